// The digits on a sheet of ink, without a page: connected ink joined into digits, in reading order, each cut out.

const SPECK = 0.005; // a part with less than this share of the largest one's ink is dirt
const THIN = 0.012; // of the longer side: a ruled line is not thicker
const FALL = 0.85; // from a point to the next at a stroke's edge; along a faint line, the ink stays the same
const RIM = 3; // points of grey along its edges
const MOST_SLOPE = 0.1; // of a ruled line, as on a sheet that lies askew
const SHORT = 0.3; // what is not so high, measured in digits, is no digit of its own
const NEAR = 0.35; // how far from a digit, measured in its height, a short part may lie: the bar of a 5
const TOUCHING = 0.06; // and how far two tall parts of one digit: a stroke that breaks off
const HIGHER = 1.25; // how much two tall parts of one digit exceed the higher of them; digits beside each other do not
const ON_PAD = 0.72; // the longer side of a digit that is put on a pad

/**
 * Find the digits in ink of 0…255, row by row. What touches the edge of an uneven sheet, such as a table beside it,
 * is left out if there is anything else.
 *
 * Returns for each digit its `box` [left, top, right, bottom], and `ink`, a square of `size` points with the digit in
 * its middle.
 */
async function findDigits(ink, width, height, even, rest = () => {}) {
  ink = ink.slice();
  eraseLines(ink, width, height, width, 1);
  await rest();
  eraseLines(ink, height, width, 1, width);
  await rest();
  const { labels, parts } = findParts(ink, width, height);
  await rest();
  const apart = ({ box: [left, top, right, bottom] }) => left > 0 && top > 0 && right < width && bottom < height;
  const free = even ? parts : parts.filter(apart);
  const candidates = free.length ? free : parts;
  const largest = candidates.reduce((most, part) => Math.max(most, part.count), 0);
  const digits = inReadingOrder(joinParts(candidates.filter((part) => part.count >= SPECK * largest)));
  await rest();
  grow(labels, ink, width, height, Math.ceil(Math.max(width, height) / 200));
  return digits.map((digit) => cutOut(digit, ink, labels, width, height));
}

/**
 * Erase the thin straight lines that run from edge to edge, but not the strokes that cross them.
 *
 * Every thin run of ink across the line votes for the lines through it: for each slope, the place where it begins.
 * `length` points lie along the lines, `across` to their side, `sideways` and `along` numbers apart.
 */
function eraseLines(ink, length, across, sideways, along) {
  const thickest = Math.max(2, Math.round(THIN * Math.max(length, across)));
  const runs = [[], []]; // thin ones: those of some 200 lines across, which vote, and the others; place, first and end
  const every = Math.ceil(length / 200);
  for (let x = 0; x < length; x++) {
    for (let y = 0; y < across; y++) {
      if (ink[x * along + y * sideways] < INK) continue;
      const first = y;
      while (y < across && ink[x * along + y * sideways] >= INK) y++;
      if (y - first <= thickest) runs[x % every ? 1 : 0].push([x, first, y]);
    }
  }
  const voters = Math.ceil(length / every);
  const middle = ([x, first, end], slope) => (first + end) / 2 - slope * x;
  const lowest = -MOST_SLOPE * length - 1;
  for (let slope = -MOST_SLOPE; slope <= MOST_SLOPE; slope += 1 / 300) {
    const votes = new Uint16Array((across + 2 * MOST_SLOPE * length) / 3 + 3);
    for (const run of runs[0]) votes[Math.floor((middle(run, slope) - lowest) / 3)]++;
    for (let place = 0; place < votes.length - 1; place++) {
      if (votes[place] + votes[place + 1] < 0.6 * voters) continue;
      const near = (run) => Math.abs(middle(run, slope) - lowest - 3 * (place + 1)) <= 6;
      const line = runs[0].filter(near);
      const reached = new Set(line.map(([x]) => Math.floor((20 * x) / length))); // twentieths of the way
      if (reached.size < 17) continue;
      const [thickness] = ranked(line.map(([, first, end]) => end - first), [0.5]); // a stroke along the line is thicker
      for (const [x, first, end] of [...line, ...runs[1].filter(near)])
        if (end - first <= 1.5 * thickness + 1)
          for (let y = Math.max(first - RIM, 0); y < Math.min(end + RIM, across); y++)
            ink[x * along + y * sideways] = 0;
      runs.forEach((some, i) => (runs[i] = some.filter((run) => !near(run))));
    }
  }
}

/** Return the connected parts, corners included: for each point its part's number, or −1; for each part box and count. */
function findParts(ink, width, height) {
  const labels = new Int32Array(ink.length).fill(-1);
  const parts = [];
  for (let start = 0; start < ink.length; start++) {
    if (ink[start] < INK || labels[start] >= 0) continue;
    const number = parts.length;
    const [box, reached] = [[width, height, 0, 0], [start]];
    labels[start] = number;
    for (const at of reached) {
      // grows while we go through it
      const [x, y] = [at % width, Math.floor(at / width)];
      widen(box, [x, y, x + 1, y + 1]);
      forNeighbours(x, y, width, height, (next) => {
        if (ink[next] < INK || labels[next] >= 0) return;
        labels[next] = number;
        reached.push(next);
      });
    }
    parts.push({ number, box, count: reached.length });
  }
  return { labels, parts };
}

function forNeighbours(x, y, width, height, visit) {
  for (let v = Math.max(y - 1, 0); v <= Math.min(y + 1, height - 1); v++)
    for (let u = Math.max(x - 1, 0); u <= Math.min(x + 1, width - 1); u++) visit(v * width + u);
}

function widen(box, other) {
  other.forEach((value, i) => (box[i] = i < 2 ? Math.min(box[i], value) : Math.max(box[i], value)));
}

const heightOf = ({ box }) => box[3] - box[1];

/** Join parts into digits: tall ones that break off, and short ones to the digit they belong to or to none. */
function joinParts(parts) {
  if (!parts.length) return [];
  // The height that half of all ink reaches is a digit's, however many specks there are.
  const byHeight = [...parts].sort((a, b) => heightOf(a) - heightOf(b));
  let half = parts.reduce((sum, part) => sum + part.count, 0) / 2;
  const usual = heightOf(byHeight.find((part) => (half -= part.count) <= 0));
  const digits = [];
  for (const part of [...parts].sort((a, b) => heightOf(b) - heightOf(a))) {
    const short = heightOf(part) < usual / 2;
    const [nearest] = digits
      .filter(({ box }) => gap(box, part.box) <= (short ? NEAR : TOUCHING) * usual && belong(box, part.box, short))
      .sort((a, b) => gap(a.box, part.box) - gap(b.box, part.box));
    if (nearest) {
      nearest.numbers.push(part.number);
      widen(nearest.box, part.box);
    } else digits.push({ numbers: [part.number], box: [...part.box] });
  }
  return digits.filter((digit) => heightOf(digit) >= SHORT * usual);
}

/** Tell whether a part near a digit is more likely its own than a digit beside it: above, below, or between its ends. */
function belong(digit, part, short) {
  const both = [...digit];
  widen(both, part);
  const higher = (both[3] - both[1]) / Math.max(digit[3] - digit[1], part[3] - part[1]);
  return shareBelow(digit, part) >= (short ? 0.3 : 0.6) || (!short && higher >= HIGHER);
}

/** Return how far two boxes are apart. */
function gap(a, b) {
  return Math.hypot(...[0, 1].map((i) => Math.max(a[i] - b[i + 2], b[i] - a[i + 2], 0)));
}

/** Return how much of the narrower box is above or below the other. */
function shareBelow(a, b) {
  return (Math.min(a[2], b[2]) - Math.max(a[0], b[0])) / Math.min(a[2] - a[0], b[2] - b[0]);
}

/** Return the digits row by row: each goes behind the one to its left that it stands beside, though lines may slope. */
function inReadingOrder(digits) {
  const rows = [];
  for (const digit of [...digits].sort((a, b) => a.box[0] - b.box[0])) {
    const beside = ({ box: [, top, , bottom] }) =>
      Math.min(bottom, digit.box[3]) - Math.max(top, digit.box[1]) > Math.min(bottom - top, heightOf(digit)) / 2;
    const row = rows.find((others) => beside(others.at(-1)));
    if (row) row.push(digit);
    else rows.push([digit]);
  }
  const middle = (row) => row.reduce((sum, { box }) => sum + box[1] + box[3], 0) / row.length;
  return rows.sort((a, b) => middle(a) - middle(b)).flat();
}

/** Let every part take in the grey edges of its strokes: so many points, on each of which the ink becomes less. */
function grow(labels, ink, width, height, points) {
  let rim = [];
  labels.forEach((label, at) => label >= 0 && rim.push(at));
  for (let i = 0; i < points; i++) {
    const next = [];
    for (const from of rim)
      forNeighbours(from % width, Math.floor(from / width), width, height, (at) => {
        if (labels[at] >= 0 || ink[at] > FALL * ink[from]) return;
        labels[at] = labels[from];
        next.push(at);
      });
    rim = next;
  }
}

/** Return a digit's ink alone, in the middle of a square. */
function cutOut({ numbers, box }, ink, labels, width, height) {
  const margin = Math.ceil(Math.max(width, height) / 200);
  const [left, top, right, bottom] = box;
  const size = Math.max(right - left, bottom - top) + 2 * margin;
  const corner = [Math.floor((left + right - size) / 2), Math.floor((top + bottom - size) / 2)];
  const own = new Set(numbers);
  const square = new Uint8Array(size * size);
  for (let i = 0; i < square.length; i++) {
    const [x, y] = [corner[0] + (i % size), corner[1] + Math.floor(i / size)];
    if (x < 0 || y < 0 || x >= width || y >= height) continue;
    const at = y * width + x;
    if (own.has(labels[at])) square[i] = ink[at];
  }
  return { box, ink: square, size, longer: Math.max(right - left, bottom - top) };
}

/** Return a digit as ink on a pad of `side` by `side` points, large and in the middle. */
function onPad({ ink, size, longer }, side) {
  const zoom = (ON_PAD * side) / longer;
  const shift = (side - zoom * size) / 2;
  const smooth = zoom < 1 ? blurred(ink, size, size, Math.round(0.5 / zoom)) : ink;
  return Uint8Array.from(enlarged(smooth, size, size, zoom, side, side, [shift, shift]));
}
