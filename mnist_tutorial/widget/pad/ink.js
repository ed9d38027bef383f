// The ink of a photograph, without a page: told from its paper as mnist_tutorial/_ink.py does, in any light.

const FAINTEST = 13; // of 255: what differs less from its paper is not ink
const COARSE = 100; // points along the longer side of the small picture in which the paper is looked for
const MOST_GAIN = 4; // how much darker than the brightest the paper may be in a shadow
const SAMPLE = 50_000; // points that stand for all when values are ranked

/**
 * Tell ink from paper. `rgba` holds red, green, blue and opacity of each point, row by row.
 *
 * Returns `difference`, how much each point differs from the paper around it, and `ink`, the same from 0 for paper to
 * 255 for full ink; `even` says that the paper is of one colour, as on a screen. The work is done in slices, with
 * `rest` awaited between them.
 */
async function findInk(rgba, width, height, rest = () => {}) {
  const channels = onPaper(rgba);
  await rest();
  const colour = evenPaper(channels, width, height);
  if (colour) {
    const difference = new Float32Array(width * height);
    channels.forEach((channel, c) => {
      for (let i = 0; i < channel.length; i++) difference[i] = Math.max(difference[i], Math.abs(channel[i] - colour[c]));
    });
    await rest();
    return { difference, ink: strengthen(difference, 0), even: true };
  }
  let difference = await differenceFromLitPaper(channels, width, height, rest);
  if (noiseOf(difference) > FAINTEST / 4) {
    const smooth = [];
    for (let values of channels) {
      // Three means in a row are close to a bell curve.
      for (let i = 0; i < 3; i++) {
        values = blurred(values, width, height, Math.max(1, Math.round(Math.max(width, height) / 400)));
        await rest();
      }
      smooth.push(values);
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
  const [red, green, blue] = channels;
  const same = (i) => red[i] === colour[0] && green[i] === colour[1] && blue[i] === colour[2];
  if (edge.filter(same).length <= 0.6 * edge.length) return null;
  let count = 0;
  for (let i = 0; i < red.length; i++) if (same(i)) count++;
  return count > 0.5 * red.length ? colour : null;
}

/**
 * Return how much each point differs from the paper around it, positive where ink is.
 *
 * Paper is what remains when everything narrower than a third of the picture is painted over with its surroundings (a
 * morphological closing), so it follows light and shadow. What departs from its surroundings the more strongly, darker
 * or lighter, is ink. Dark ink takes away a share of the light, so that less of it is missing where less falls: what is
 * missing in a shadow counts for more. Of the colours, the one that shows the ink best counts.
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
    const closed = closing(coarse, across, down, reach);
    await rest();
    const paper = enlarged(closed, across, down, cell, width, height);
    const [brightest] = ranked(closed, [0.9]);
    await rest();
    for (let i = 0; i < difference.length; i++) {
      const gain = light ? 1 : Math.min(Math.max(brightest / Math.max(paper[i], 1), 1), MOST_GAIN);
      const missing = gain * (paper[i] - sign * channel[i]);
      if (missing > difference[i]) difference[i] = missing;
    }
    await rest();
  }
  return difference;
}

/** Return the picture without what is dark and narrower than 2 · reach + 1 points; beyond the edge, the outermost goes on. */
function closing(values, width, height, reach) {
  const [wider, higher] = [width + 2 * reach, height + 2 * reach];
  const around = enlarged(values, width, height, 1, wider, higher, [reach, reach]);
  const negative = (some) => some.map((value) => -value);
  const closed = negative(highest(negative(highest(around, wider, higher, reach)), wider, higher, reach));
  return values.map((_, i) => closed[(Math.floor(i / width) + reach) * wider + (i % width) + reach]);
}

/** Return a picture `zoom` times as large, of so many points, straight lines from the middle of a point to the next. */
function enlarged(values, width, height, zoom, newWidth, newHeight, shift = [0, 0]) {
  const result = new Float32Array(newWidth * newHeight);
  const places = (length, all, from) => {
    const at = Float32Array.from({ length: all }, (_, i) => (i + 0.5 - from) / zoom - 0.5);
    return at.map((place) => Math.min(Math.max(place, 0), length - 1));
  };
  const columns = places(width, newWidth, shift[0]);
  places(height, newHeight, shift[1]).forEach((y, v) => {
    const top = Math.floor(y);
    const [above, below] = [top * width, Math.min(top + 1, height - 1) * width];
    for (let u = 0; u < newWidth; u++) {
      const left = Math.floor(columns[u]);
      const right = Math.min(left + 1, width - 1);
      const share = columns[u] - left;
      const upper = values[above + left] + share * (values[above + right] - values[above + left]);
      const lower = values[below + left] + share * (values[below + right] - values[below + left]);
      result[v * newWidth + u] = upper + (y - top) * (lower - upper);
    }
  });
  return result;
}

/** Return the mean of each cell; those at the right and lower edge may be smaller. */
function reduced(values, width, height, cell) {
  const [across, down] = [Math.ceil(width / cell), Math.ceil(height / cell)];
  const sums = new Float32Array(across * down);
  const column = Uint16Array.from({ length: width }, (_, x) => x / cell);
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.floor(y / cell) * across;
    for (let x = 0; x < width; x++, i++) sums[row + column[x]] += values[i];
  }
  const length = (at, whole) => Math.min(cell, whole - at * cell);
  return sums.map((sum, i) => sum / (length(i % across, width) * length(Math.floor(i / across), height)));
}

/** Return the means of the squares of 2 · reach + 1 points around each; beyond the edge, the outermost goes on. */
function blurred(values, width, height, reach) {
  return bothWays(values, width, height, reach, (line, means) => {
    let sum = 0;
    for (let x = 0; x < 2 * reach; x++) sum += line[x];
    for (let x = 0; x < means.length; x++) {
      sum += line[x + 2 * reach];
      means[x] = sum / (2 * reach + 1);
      sum -= line[x];
    }
  });
}

/** Return the highest of the squares of 2 · reach + 1 points around each. */
function highest(values, width, height, reach) {
  return bothWays(values, width, height, reach, (line, tops) => {
    for (let x = 0; x < tops.length; x++) {
      let top = line[x];
      for (let i = x + 1; i <= x + 2 * reach; i++) if (line[i] > top) top = line[i];
      tops[x] = top;
    }
  });
}

/** Change every row, then every column. `change` gets the line, `reach` longer at either end, and where to write. */
function bothWays(values, width, height, reach, change) {
  const result = Float32Array.from(values);
  const along = (length, lines, step, between) => {
    const line = new Float32Array(length + 2 * reach);
    const changed = new Float32Array(length);
    for (let i = 0; i < lines; i++) {
      const start = i * between;
      for (let x = 0; x < length; x++) line[x + reach] = result[start + x * step];
      line.fill(line[reach], 0, reach).fill(line[reach + length - 1], reach + length);
      change(line, changed);
      for (let x = 0; x < length; x++) result[start + x * step] = changed[x];
    }
  };
  along(width, height, 1, width);
  along(height, width, width, 1);
  return result;
}

/** Return the values that these shares of all lie below. */
function ranked(values, shares) {
  const every = Math.ceil(values.length / SAMPLE) | 1;
  const some = new Float32Array(Math.ceil(values.length / every));
  for (let i = 0; i < some.length; i++) some[i] = values[i * every];
  some.sort();
  return shares.map((share) => some[Math.round(share * (some.length - 1))]);
}

/** Return the standard deviation of the paper, from its lower half, where no ink is. */
function noiseOf(difference) {
  const [low, median] = ranked(difference, [0.16, 0.5]);
  return median - low;
}

/** Return the differences above the floor, scaled so that the ink's are 255; all 0 if nothing stands out. */
function strengthen(difference, floor) {
  const ink = new Uint8ClampedArray(difference.length);
  const candidates = difference.filter((value) => value > Math.max(floor, FAINTEST));
  if (!candidates.length) return ink;
  const [top] = ranked(candidates, [0.99]);
  const [full] = ranked(
    candidates.filter((value) => value >= top / 2),
    [0.75],
  );
  if (full < 1.5 * floor) return ink;
  const scale = 255 / (full - floor);
  for (let i = 0; i < ink.length; i++) ink[i] = Math.floor((difference[i] - floor) * scale);
  return ink;
}
