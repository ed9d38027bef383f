// The geometry of a network with two inputs, without a page: folds, heights, and the boundary between two classes.

/** Return where a unit's sum is 0 within the square of half-width `reach`: the ends, and which way the unit is on. */
function foldLine(across, up, bias, reach) {
  const length = Math.hypot(across, up);
  if (length < 1e-9) return null;
  const on = [across / length, up / length];
  const foot = on.map((part) => (-bias / length) * part); // the point of the line that is nearest to the middle
  const way = [-on[1], on[0]];
  let [first, last] = [-Infinity, Infinity];
  for (const axis of [0, 1]) {
    if (Math.abs(way[axis]) < 1e-9) {
      if (Math.abs(foot[axis]) > reach) return null;
      continue;
    }
    const crossings = [-reach, reach].map((edge) => (edge - foot[axis]) / way[axis]);
    first = Math.max(first, Math.min(...crossings));
    last = Math.min(last, Math.max(...crossings));
  }
  if (first >= last) return null;
  const [from, to] = [first, last].map((t) => foot.map((part, axis) => part + t * way[axis]));
  return { from, to, on };
}

/** Return for each hidden unit its weights and bias: [[across, up, bias], …]. */
function unitsOf(network) {
  const { weights, biases } = network.layers[0];
  return Array.from(biases, (bias, unit) => [weights[unit], weights[biases.length + unit], bias]);
}

/** Return the score of class 1 less that of class 0 on a grid of side × side points, the top row first. */
function heightsOf(network, side, reach) {
  const units = unitsOf(network);
  const { weights, biases } = network.layers[1];
  const heights = new Float64Array(side * side).fill(biases[1] - biases[0]);
  const step = (2 * reach) / (side - 1);
  units.forEach(([across, up, bias], unit) => {
    const slope = weights[2 * unit + 1] - weights[2 * unit];
    for (let row = 0, i = 0; row < side; row++)
      for (let column = 0; column < side; column++, i++) {
        const sum = across * (column * step - reach) + up * (reach - row * step) + bias;
        if (sum > 0) heights[i] += slope * sum;
      }
  });
  return heights;
}

/** Return the line where the heights cross 0, as segments [[x, y], [x, y]] in places of the plane. */
function boundaryOf(heights, side, reach) {
  const step = (2 * reach) / (side - 1);
  const place = (column, row) => [column * step - reach, reach - row * step];
  const segments = [];
  for (let row = 0; row + 1 < side; row++)
    for (let column = 0; column + 1 < side; column++) {
      const corners = [
        [column, row],
        [column + 1, row],
        [column + 1, row + 1],
        [column, row + 1],
      ];
      const height = corners.map(([x, y]) => heights[y * side + x]);
      const found = [];
      corners.forEach(([x, y], i) => {
        const next = (i + 1) % 4;
        if (height[i] > 0 === height[next] > 0) return;
        const share = height[i] / (height[i] - height[next]);
        found.push(place(x + share * (corners[next][0] - x), y + share * (corners[next][1] - y)));
      });
      for (let i = 0; i + 1 < found.length; i += 2) segments.push([found[i], found[i + 1]]);
    }
  return segments;
}

/** Return the numbers, from 1, of the units that are off at every point: no point changes their weights any more. */
function deadUnits(network, points) {
  const dead = ([across, up, bias]) => points.every(([x, y]) => across * x + up * y + bias <= 0);
  return unitsOf(network).flatMap((unit, i) => (points.length && dead(unit) ? [i + 1] : []));
}
