// Why a prediction, without a page: what each pixel adds to one class against another, and which few pixels turn one
// prediction into another. A ReLU network is linear as long as the same units are on, so its sums come apart exactly.

/**
 * Take apart the logit of one class less that of another: difference = contributions, added up, + rest.
 *
 * A contribution is the pixel times its slope while the same units are on; the rest comes from the biases.
 */
function explain(network, inputs, one, other) {
  const sums = network.sums(inputs);
  const { slopes, rest } = slopesOf(network, sums, one, other);
  const contributions = slopes.map((slope, i) => slope * inputs[i]);
  return { difference: sums.at(-1)[one] - sums.at(-1)[other], contributions, slopes, rest };
}

/** Return how fast the difference of two logits grows with each input, and what the biases add to it. */
function slopesOf({ layers, sizes }, sums, one, other) {
  let signals = new Float64Array(sizes.at(-1));
  signals[one] += 1;
  signals[other] -= 1;
  let rest = 0;
  for (let layer = layers.length - 1; layer >= 0; layer--) {
    const { weights, biases } = layers[layer];
    biases.forEach((bias, j) => (rest += bias * signals[j]));
    const back = new Float64Array(sizes[layer]);
    for (let i = 0; i < back.length; i++) {
      if (layer && !(sums[layer - 1][i] > 0)) continue; // the unit is off
      for (let j = 0, at = i * biases.length; j < biases.length; j++) back[i] += weights[at + j] * signals[j];
    }
    signals = back;
  }
  return { slopes: signals, rest };
}

/**
 * Look for few pixels that turn the prediction into `goal`; yield after each step, so that a page stays responsive.
 *
 * Pixels go from 0 to `most`, and a change empties one or fills it. First each pixel is tried alone: more than one
 * change in the end means that no single one is enough. Then each step takes the change that brings `goal` nearest to
 * the class that leads: slopes say which come into question, and the best are tried out. In the end, pixels that turn
 * out not to be needed are put back. Returns { reached, changes: [{ pixel, from, to }] }.
 */
function* turnInto(network, inputs, goal, most = 1, limit = 100) {
  const image = Float64Array.from(inputs);
  const first = network.sums(image)[0];
  const set = (pixel, value) => {
    network.add(first, 0, pixel, value - image[pixel]);
    image[pixel] = value;
  };
  const lead = () => leadOf(network.sumsAfter(first).at(-1), goal);
  const attempt = (pixel, value) => {
    const sums = first.slice();
    network.add(sums, 0, pixel, value - image[pixel]);
    return leadOf(network.sumsAfter(sums).at(-1), goal).by;
  };
  let changes = [];
  const alone = lead().by > 0 ? null : yield* turnAlone(inputs, most, attempt);
  if (alone) return { reached: true, changes: [alone] };
  while (lead().by <= 0 && changes.length < limit) {
    const { slopes } = slopesOf(network, network.sumsAfter(first), goal, lead().rival);
    const best = candidates(slopes, image, inputs, most)
      .map((change) => ({ ...change, by: attempt(change.pixel, change.to) }))
      .sort((a, b) => b.by - a.by)[0];
    if (!best) break;
    set(best.pixel, best.to);
    changes.push({ pixel: best.pixel, from: inputs[best.pixel], to: best.to });
    yield;
  }
  const reached = lead().by > 0;
  if (reached)
    changes = changes.filter(({ pixel, from, to }) => {
      set(pixel, from);
      if (lead().by > 0) return false;
      set(pixel, to);
      return true;
    });
  return { reached, changes };
}

/** Try every pixel alone, and return the change that brings the goal furthest into the lead, or null. */
function* turnAlone(inputs, most, attempt) {
  let change = null;
  for (let pixel = 0, furthest = 0; pixel < inputs.length; pixel++) {
    for (const to of [0, most]) {
      const by = attempt(pixel, to);
      if (by > furthest) [change, furthest] = [{ pixel, from: inputs[pixel], to }, by];
    }
    if (pixel % 16 === 0) yield;
  }
  return change;
}

/** Return by how much the goal's logit is above the highest other one, and whose that is. */
function leadOf(logits, goal) {
  let rival = goal ? 0 : 1;
  logits.forEach((z, digit) => {
    if (digit !== goal && z > logits[rival]) rival = digit;
  });
  return { by: logits[goal] - logits[rival], rival };
}

/** Return the untouched pixels whose emptying or filling promises most, at most `count` of them. */
function candidates(slopes, image, original, most, count = 16) {
  return Array.from(image, (value, pixel) => {
    const to = slopes[pixel] > 0 ? most : 0;
    return { pixel, to, promise: image[pixel] === original[pixel] ? slopes[pixel] * (to - value) : 0 };
  })
    .filter(({ promise }) => promise > 0)
    .sort((a, b) => b.promise - a.promise)
    .slice(0, count);
}
