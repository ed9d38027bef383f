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

/** Return the function that gives the score of class 1 less that of class 0 at a place. */
function heightOf(network) {
  const { weights, biases } = network.layers[1];
  const units = unitsOf(network).map((unit, i) => [...unit, weights[2 * i + 1] - weights[2 * i]]);
  const start = biases[1] - biases[0];
  return (x, y) => {
    let height = start;
    for (const [across, up, bias, slope] of units) height += slope * Math.max(across * x + up * y + bias, 0);
    return height;
  };
}

/** Return the heights on a grid of side × side points, the top row first. */
function gridOf(height, side, reach) {
  const step = (2 * reach) / (side - 1);
  return Float64Array.from({ length: side * side }, (_, i) =>
    height((i % side) * step - reach, reach - Math.floor(i / side) * step),
  );
}

/**
 * Return the line where the height crosses 0, as segments [[x, y], [x, y]].
 *
 * The grid tells between which points it crosses. Where, is searched by halves: the height has folds between the points.
 */
function boundaryOf(height, grid, side, reach) {
  const step = (2 * reach) / (side - 1);
  const crossing = (low, high) => {
    for (let i = 0; i < 12; i++) {
      const middle = [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2];
      if (height(...middle) > 0) high = middle;
      else low = middle;
    }
    return high;
  };
  const segments = [];
  for (let row = 0; row + 1 < side; row++)
    for (let column = 0; column + 1 < side; column++) {
      const first = row * side + column;
      const above = [first, first + 1, first + side + 1, first + side].map((i) => grid[i] > 0);
      if (above.every((is) => is === above[0])) continue;
      const [left, top] = [column * step - reach, reach - row * step];
      const corners = [
        [left, top],
        [left + step, top],
        [left + step, top - step],
        [left, top - step],
      ];
      const found = [];
      corners.forEach((corner, i) => {
        const next = (i + 1) % 4;
        if (above[i] !== above[next])
          found.push(above[i] ? crossing(corners[next], corner) : crossing(corner, corners[next]));
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
