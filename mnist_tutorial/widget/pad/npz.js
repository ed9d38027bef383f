// A set of drawings as a file, without a page: an .npz as numpy.savez writes it, a zip file of two arrays.
//
// `images` are unsigned bytes, n × 28 × 28, 0 for paper and 255 for ink; `labels` are n numbers from 0 to 9.

const MOST_BYTES = 4e6; // of a file that is read; the pad holds 1,000 drawings, of 784 bytes each
const [LOCAL, CENTRAL, END] = [0x04034b50, 0x02014b50, 0x06054b50]; // what the parts of a zip file begin with

/** Return the bytes of the file that holds these drawings, [{ label, pixels }, …], of so many pixels a side. */
function writeNpz(drawings, side) {
  const pixels = new Uint8Array(drawings.length * side ** 2);
  drawings.forEach((drawing, i) => pixels.set(drawing.pixels, i * side ** 2));
  const labels = Uint8Array.from(drawings, (drawing) => drawing.label);
  return zip({
    "images.npy": npy(`${drawings.length}, ${side}, ${side}`, pixels),
    "labels.npy": npy(`${drawings.length},`, labels),
  });
}

/** Return the drawings in a file, or throw: nothing that it claims is believed. */
async function readNpz(file, side) {
  if (file.size > MOST_BYTES) throw RangeError(`${file.size} bytes`);
  const members = await unzip(new Uint8Array(await file.arrayBuffer()));
  const [images, labels] = ["images.npy", "labels.npy"].map((name) => readNpy(members.get(name)));
  const [count, ...sides] = images.shape;
  if (images.width !== 1 || sides.length !== 2 || sides.some((each) => each !== side)) throw RangeError("images");
  if (labels.shape.length !== 1 || labels.shape[0] !== count) throw RangeError("labels");
  return Array.from({ length: count }, (_, i) => {
    const [label, ...rest] = labels.data.subarray(i * labels.width, (i + 1) * labels.width);
    if (label > 9 || rest.some(Boolean)) throw RangeError("labels");
    return { label, pixels: images.data.slice(i * side ** 2, (i + 1) * side ** 2) };
  });
}

/** Return an array of bytes as an .npy file: its magic word, and a header that ends at a multiple of 64. */
function npy(shape, data) {
  const header = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape}), }`;
  const length = Math.ceil((10 + header.length + 1) / 64) * 64;
  const bytes = new Uint8Array(length + data.length);
  bytes.set([0x93, ...Array.from("NUMPY", (letter) => letter.charCodeAt(0)), 1, 0, length - 10, 0]);
  bytes.set(new TextEncoder().encode(`${header.padEnd(length - 11)}\n`), 10);
  bytes.set(data, length);
  return bytes;
}

/** Return the shape of an array of integers, how many bytes each has, the lowest first, and all of the bytes. */
function readNpy(bytes) {
  const start = bytes[6] === 1 ? 10 : 12; // version 2 has a longer length
  const end = start + bytes[8] + 256 * bytes[9];
  const header = new TextDecoder("latin1").decode(bytes.subarray(start, end));
  const [, width] = /'descr': '[|<][iu]([1248])'/.exec(header);
  const [, sizes] = /'fortran_order': False, 'shape': \(([\d, ]*)\)/.exec(header);
  const shape = sizes.split(",").filter((size) => size.trim()).map(Number);
  const data = bytes.subarray(end);
  if (data.length !== shape.reduce((a, b) => a * b, Number(width))) throw RangeError("bytes");
  return { shape, width: Number(width), data };
}

/** Return a zip file of these members, by name; nothing is compressed. */
function zip(members) {
  const [parts, index] = [[], []];
  let at = 0;
  for (const [name, data] of Object.entries(members)) {
    // Version 2.0, no flags, stored, midnight of 1 January 1980, then sums, sizes, and the length of the name.
    const known = [20, 0, 0, 0, 0x21, ...halves(crc32(data)), ...halves(data.length), ...halves(data.length), name.length, 0];
    const letters = new TextEncoder().encode(name);
    parts.push(shorts(halves(LOCAL), known), letters, data);
    index.push(shorts(halves(CENTRAL), [20], known, [0, 0, 0, 0, 0], halves(at)), letters);
    at += 30 + name.length + data.length;
  }
  const count = Object.keys(members).length;
  const length = index.reduce((sum, part) => sum + part.length, 0);
  index.push(shorts(halves(END), [0, 0, count, count], halves(length), halves(at), [0]));
  return joined([...parts, ...index]);
}

/** Return the members of a zip file, by name, as its index at the end says. */
async function unzip(bytes) {
  const view = new DataView(bytes.buffer);
  let end = bytes.length - 22;
  while (view.getUint32(end, true) !== END) end--; // a comment may follow; before the beginning this throws
  const members = new Map();
  for (let at = view.getUint32(end + 16, true), left = view.getUint16(end + 10, true); left; left--) {
    if (view.getUint32(at, true) !== CENTRAL) throw RangeError("index");
    const [method, sum, size] = [view.getUint16(at + 10, true), view.getUint32(at + 16, true), view.getUint32(at + 20, true)];
    const [name, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    const local = view.getUint32(at + 42, true);
    if (view.getUint32(local, true) !== LOCAL) throw RangeError("member");
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const packed = bytes.subarray(start, start + size);
    const data = method ? await inflate(packed) : packed;
    if (crc32(data) !== sum) throw RangeError("sum");
    members.set(new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name)), data);
    at += 46 + name + extra + comment;
  }
  return members;
}

/** Unpack what zip has packed, no more than a set may hold. */
async function inflate(packed) {
  const parts = [];
  let length = 0;
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  for (let reader = stream.getReader(), read; !(read = await reader.read()).done; ) {
    length += read.value.length;
    if (length > MOST_BYTES) throw RangeError("unpacks to more");
    parts.push(read.value);
  }
  return joined(parts);
}

/** Return the sum that zip files check their members by. */
function crc32(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

const halves = (number) => [number & 0xffff, number >>> 16];
const shorts = (...lists) => new Uint8Array(Uint16Array.from(lists.flat()).buffer);

function joined(parts) {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
