// Digits, without a page: from ink on a pad to a picture as MNIST's are.

const STEPS = ["scale", "centre", "invert", "normalize"];
const INK = 128; // how dark a point of the pad must be to count as part of the digit

/** Return the bytes of base64 text. */
function bytesOf(base64) {
  const letters = atob(base64);
  return new Uint8Array(letters.length).map((_, i) => letters.charCodeAt(i));
}

/** Read images as Python's `pack_images` packs them: deflated, two pixels a byte, in 16 greys. Their bytes are 0 to 255. */
async function unpackImages(base64) {
  const packed = new Blob([bytesOf(base64)]).stream().pipeThrough(new DecompressionStream("deflate"));
  const pairs = new Uint8Array(await new Response(packed).arrayBuffer());
  const pixels = new Uint8Array(2 * pairs.length);
  for (let i = 0; i < pairs.length; i++) {
    pixels[2 * i] = 17 * (pairs[i] >> 4);
    pixels[2 * i + 1] = 17 * (pairs[i] & 15);
  }
  return pixels;
}

/**
 * Prepare a drawing as MNIST's digits were: scaled into a box, its centre of mass in the middle, in shades of grey.
 *
 * Both steps are one map from the pad to the picture, x → zoom · x + shift. A pixel of the picture is the mean ink of
 * the square of the pad that lands on it. `framed` says that the pad holds a picture which has gone through this.
 */
function prepare(ink, size, side, steps, framed) {
  const found = measure(ink, size);
  let zoom = side / size;
  let shift = [0, 0];
  if (found && !framed && (steps.scale || steps.centre)) {
    const [left, top, right, bottom] = found.box;
    if (steps.scale) zoom = boxSide(side) / Math.max(right - left, bottom - top);
    shift = [
      [left, right],
      [top, bottom],
    ].map(([low, high], axis) => {
      // The box begins at the edge of a pixel. MNIST's centre of mass falls into pixel 14 of 0…27.
      const middle = steps.centre ? side / 2 + 0.5 : ((low + high) / 2) * (side / size);
      return Math.round(middle - zoom * (steps.centre ? found.mass[axis] : (low + high) / 2) + zoom * low) - zoom * low;
    });
  }
  let pixels = resample(ink, size, side, zoom, shift);
  if (!steps.invert) pixels = pixels.map((value) => 1 - value);
  if (!steps.normalize) pixels = pixels.map((value) => 255 * value);
  const place = (point) => [zoom * point[0] + shift[0], zoom * point[1] + shift[1]];
  return {
    pixels,
    blank: !found,
    box: found && [place(found.box), place(found.box.slice(2))],
    mass: found && place(found.mass),
  };
}

const boxSide = (side) => Math.max(1, Math.round((side * 20) / 28));

/** Return the box around the ink and its centre of mass, or null for an empty pad. */
function measure(ink, size) {
  let [left, top, right, bottom] = [size, size, 0, 0];
  let [total, sumX, sumY] = [0, 0, 0];
  for (let y = 0, i = 0; y < size; y++) {
    for (let x = 0; x < size; x++, i++) {
      const value = ink[i];
      if (!value) continue;
      total += value;
      sumX += value * (x + 0.5);
      sumY += value * (y + 0.5);
      if (value < INK) continue;
      if (x < left) left = x;
      if (x >= right) right = x + 1;
      if (y < top) top = y;
      bottom = y + 1;
    }
  }
  return right ? { box: [left, top, right, bottom], mass: [sumX / total, sumY / total] } : null;
}

/** Return the picture, from 0 to 1. The running sums give the ink of any rectangle, its edges between points included. */
function resample(ink, size, side, zoom, shift) {
  const width = size + 1;
  const sums = new Float64Array(width * width);
  for (let y = 0; y < size; y++) {
    for (let x = 0, row = 0; x < size; x++) {
      row += ink[y * size + x];
      sums[(y + 1) * width + x + 1] = sums[y * width + x + 1] + row;
    }
  }
  const edges = (axis) =>
    Array.from({ length: side + 1 }, (_, i) => {
      const edge = Math.min(Math.max((i - shift[axis]) / zoom, 0), size);
      const low = Math.min(Math.floor(edge), size - 1);
      return [low, edge - low];
    });
  const [across, down] = [edges(0), edges(1)];
  const within = ([x, fx], [y, fy]) => {
    const i = y * width + x;
    return (
      (1 - fy) * ((1 - fx) * sums[i] + fx * sums[i + 1]) + fy * ((1 - fx) * sums[i + width] + fx * sums[i + width + 1])
    );
  };
  const full = 255 / zoom ** 2;
  return Float32Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    const sum =
      within(across[x + 1], down[y + 1]) -
      within(across[x], down[y + 1]) -
      within(across[x + 1], down[y]) +
      within(across[x], down[y]);
    return Math.round((255 * Math.max(sum, 0)) / full) / 255; // as MNIST's, in 256 shades
  });
}
