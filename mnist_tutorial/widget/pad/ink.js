// The ink of a photograph, without a page: told from its paper as mnist_tutorial/_ink.py does, in any light.

const FAINTEST = 13; // of 255: what differs less from its paper is not ink
const COARSE = 100; // points along the longer side of the small picture in which the paper is looked for
const SAMPLE = 50_000; // points that stand for all when values are ranked

/**
 * Tell ink from paper. `rgba` holds red, green, blue and opacity of each point, row by row.
 *
 * Returns `difference`, how much each point differs from the paper around it, and `ink`, the same from 0 for paper to
 * 255 for full ink; `even` says that the paper is of one colour, as on a screen. The work is done in slices, with
 * `rest` awaited between them.
 */
async function findInk(rgba, width, height, rest = () => {}) {
  let channels = onPaper(rgba);
  await rest();
  const colour = evenPaper(channels, width, height);
  if (colour) {
    const difference = new Float32Array(width * height);
    channels.forEach((channel, c) => {
      for (let i = 0; i < channel.length; i++) difference[i] = Math.max(difference[i], Math.abs(channel[i] - colour[c]));
    });
    return { difference, ink: strengthen(difference, 0), even: true };
  }
  let difference = await differenceFromLitPaper(channels, width, height, rest);
  if (noiseOf(difference) > FAINTEST / 4) {
    const smooth = [];
    for (const channel of channels) {
      smooth.push(blurred(channel, width, height, Math.max(1, Math.round(Math.max(width, height) / 220)), 3));
      await rest();
    }
    difference = await differenceFromLitPaper(smooth, width, height, rest);
  }
  const [median] = ranked(difference, [0.5]);
  return { difference, ink: strengthen(difference, median + 4 * noiseOf(difference)), even: false };
}

/** Return red, green and blue, on white paper where it is transparent; on black if nothing is seen on white. */
function onPaper(rgba) {
  const on = (paper) =>
    [0, 1, 2].map((c) => {
      const channel = new Uint8ClampedArray(rgba.length / 4);
      for (let i = 0; i < channel.length; i++)
        channel[i] = paper + ((rgba[4 * i + c] - paper) * rgba[4 * i + 3]) / 255;
      return channel;
    });
  const onWhite = on(255);
  return onWhite.some((channel) => channel.some((value) => value !== channel[0])) ? onWhite : on(0);
}

/** Return the colour of the paper if it has but one: most of the edge, and half of the whole, are of one colour. */
function evenPaper(channels, width, height) {
  const edge = [];
  for (let x = 0; x < width; x++) edge.push(x, (height - 1) * width + x);
  for (let y = 0; y < height; y++) edge.push(y * width, (y + 1) * width - 1);
  const colour = channels.map((channel) => ranked(Uint8Array.from(edge, (i) => channel[i]), [0.5])[0]);
  const same = (i) => channels.every((channel, c) => channel[i] === colour[c]);
  if (edge.filter(same).length <= 0.6 * edge.length) return null;
  let count = 0;
  for (let i = 0; i < width * height; i++) count += same(i);
  return count > 0.5 * width * height ? colour : null;
}

/**
 * Return how much each point differs from the paper around it, positive where ink is.
 *
 * Paper is what remains when everything narrower than a third of the picture is painted over with its surroundings (a
 * morphological closing), so it follows light and shadow. What departs from its surroundings the more strongly, darker
 * or lighter, is ink. Of the colours, the one that shows the ink best counts.
 */
async function differenceFromLitPaper(channels, width, height, rest) {
  const cell = Math.ceil(Math.max(width, height) / COARSE);
  const [across, down] = [Math.ceil(width / cell), Math.ceil(height / cell)];
  const reach = Math.max(1, Math.floor(Math.min(across, down) / 6));
  const difference = new Float32Array(width * height).fill(-255);
  for (const channel of channels) {
    let coarse = blurred(reduced(channel, width, height, cell), across, down, 1);
    const around = blurred(coarse, across, down, reach);
    const light = coarse.reduce((sum, value, i) => sum + (value - around[i]) ** 3, 0) > 0;
    const sign = light ? -1 : 1; // with light ink everything is turned: from here on, ink is the darker
    coarse = coarse.map((value) => sign * value);
    const negative = (values) => values.map((value) => -value);
    const closed = negative(highest(negative(highest(coarse, across, down, reach)), across, down, reach));
    const places = Array.from({ length: width }, (_, x) => between(x, cell, across));
    for (let y = 0; y < height; y++) {
      const [top, bottom, part] = between(y, cell, down);
      const row = Float32Array.from({ length: across }, (_, x) => {
        const above = closed[top * across + x];
        return above + part * (closed[bottom * across + x] - above);
      });
      for (let x = 0, i = y * width; x < width; x++, i++) {
        const [left, right, share] = places[x];
        const value = row[left] + share * (row[right] - row[left]) - sign * channel[i];
        if (value > difference[i]) difference[i] = value;
      }
    }
    await rest();
  }
  return difference;
}

/** Return the two cells whose middles a point lies between, and how far it is from the first to the second. */
function between(point, cell, cells) {
  const at = Math.min(Math.max((point + 0.5) / cell - 0.5, 0), cells - 1);
  const first = Math.floor(at);
  return [first, Math.min(first + 1, cells - 1), at - first];
}

/** Return the mean of each cell; those at the right and lower edge may be smaller. */
function reduced(values, width, height, cell) {
  const [across, down] = [Math.ceil(width / cell), Math.ceil(height / cell)];
  const sums = new Float32Array(across * down);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) sums[Math.floor(y / cell) * across + Math.floor(x / cell)] += values[i];
  const length = (at, whole) => Math.min(cell, whole - at * cell);
  return sums.map((sum, i) => sum / (length(i % across, width) * length(Math.floor(i / across), height)));
}

/** Return the means of the squares of 2 · reach + 1 points around each; beyond the edge, the outermost goes on. */
function blurred(values, width, height, reach, times = 1) {
  const means = (line) => {
    const at = (x) => line[Math.min(Math.max(x, 0), line.length - 1)];
    let sum = 0;
    for (let x = -reach; x <= reach; x++) sum += at(x);
    return line.map((_, x) => {
      const mean = sum / (2 * reach + 1);
      sum += at(x + reach + 1) - at(x - reach);
      return mean;
    });
  };
  const repeated = (line) => {
    for (let i = 0; i < times; i++) line = means(line);
    return line;
  };
  return bothWays(values, width, height, repeated);
}

/** Return the highest of the squares of 2 · reach + 1 points around each. */
function highest(values, width, height, reach) {
  return bothWays(values, width, height, (line) =>
    line.map((_, x) => Math.max(...line.subarray(Math.max(x - reach, 0), x + reach + 1))),
  );
}

/** Change every row, then every column. */
function bothWays(values, width, height, change) {
  const result = Float32Array.from(values);
  for (let y = 0; y < height; y++) result.set(change(result.subarray(y * width, (y + 1) * width)), y * width);
  const column = new Float32Array(height);
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) column[y] = result[y * width + x];
    change(column).forEach((value, y) => (result[y * width + x] = value));
  }
  return result;
}

/** Return the values that these shares of all lie below. */
function ranked(values, shares) {
  const every = Math.ceil(values.length / SAMPLE) | 1;
  const some = values.filter((_, i) => i % every === 0).sort();
  return shares.map((share) => some[Math.round(share * (some.length - 1))]);
}

/** Return the standard deviation of the paper, from its lower half, where no ink is. */
function noiseOf(difference) {
  const [low, median] = ranked(difference, [0.16, 0.5]);
  return median - low;
}

/** Return the differences above the floor, scaled so that the ink's are 255; all 0 if nothing stands out. */
function strengthen(difference, floor) {
  const candidates = difference.filter((value) => value > Math.max(floor, FAINTEST));
  if (!candidates.length) return new Uint8Array(difference.length);
  const [top] = ranked(candidates, [0.99]);
  const [full] = ranked(
    candidates.filter((value) => value >= top / 2),
    [0.75],
  );
  if (full < 1.5 * floor) return new Uint8Array(difference.length);
  const scale = 255 / (full - floor);
  return Uint8Array.from(difference, (value) => Math.min(Math.max((value - floor) * scale, 0), 255));
}
