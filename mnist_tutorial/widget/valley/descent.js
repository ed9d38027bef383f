// Gradient descent, without a page: the loss of w · x, or of w · x + b, and what a step makes of the parameters.

const MARGIN = 1.4; // how far the picture reaches, for each step between the start and the lowest place; see _ground.py
const THERE = 0.01; // of the way from the lowest place to the picture's edge: no eye tells this from the bottom
const NEAR = 0.2; // of that way: near the bottom
const LONG = 300; // steps, after which a walk rests
const ROUND = [10, 12, 15, 18, 20, 22, 25, 30, 35, 40, 50, 60, 70, 80, 90]; // a finger can still choose among so many

/** The loss over the parameters, [w] or [w, b], and the part of it that the picture shows. */
class Ground {
  constructor(x, labels, start) {
    Object.assign(this, { x, labels, start });
    this.rows = x.map((_, i) => i);
    this.curvature = this.findCurvature();
    this.lowest = this.findLowest(this.findLowest(start)); // the second time for what rounding left
    this.least = this.loss(this.lowest);
    const apart = Math.max(...start.map((value, i) => Math.abs(value - this.lowest[i])));
    const size = Math.max(...this.lowest.map(Math.abs)) || 1;
    this.reach = apart > 1e-9 * size ? MARGIN * apart : size;
    this.highest = Math.max(...[-1, 1].map((way) => this.loss(this.away([this.reach, way * this.reach]))));
    this.largestRate = 2 / axesOf(this.curvature)[0].steepness;
  }

  away(distances) {
    return this.lowest.map((value, i) => value + distances[i]);
  }

  predict([w, b = 0], row) {
    return w * this.x[row] + b;
  }

  /** Return the mean squared difference between predictions and labels. */
  loss(point) {
    return this.rows.reduce((sum, row) => sum + (this.predict(point, row) - this.labels[row]) ** 2, 0) / this.x.length;
  }

  /** Return the slope of the loss for each parameter, over all examples or only over these rows. */
  gradient(point, rows = this.rows) {
    const slopes = [0, 0];
    for (const row of rows) {
      const wrong = this.predict(point, row) - this.labels[row];
      slopes[0] += (2 * wrong * this.x[row]) / rows.length;
      slopes[1] += (2 * wrong) / rows.length;
    }
    return slopes.slice(0, point.length);
  }

  /** Return the point after one step: against the gradient, as far as the learning rate says. */
  step(point, rate, rows) {
    const slopes = this.gradient(point, rows);
    return point.map((value, i) => value - rate * slopes[i]);
  }

  /** Return how the slopes of w and b change with w and b: [ww, wb, bb]. It is the same everywhere. */
  findCurvature() {
    const mean = (value) => this.x.reduce((sum, x) => sum + value(x), 0) / this.x.length;
    return this.start.length === 1 ? [2 * mean((x) => x * x)] : [2 * mean((x) => x * x), 2 * mean((x) => x), 2];
  }

  /** Return where all slopes are 0. */
  findLowest(point) {
    const [ww, wb, bb] = this.curvature;
    const [w, b] = this.gradient(point);
    if (point.length === 1) return [point[0] - w / ww];
    const determinant = ww * bb - wb * wb;
    return [point[0] - (bb * w - wb * b) / determinant, point[1] - (ww * b - wb * w) / determinant];
  }
}

/** Return the axes of the contours, the steepest first: how steep the ground is along each, and its direction. */
function axesOf([ww, wb, bb]) {
  if (wb === undefined) return [{ steepness: ww, direction: [1] }];
  const middle = (ww + bb) / 2;
  const apart = Math.hypot((ww - bb) / 2, wb);
  const angle = Math.atan2(2 * wb, ww - bb) / 2;
  const across = [Math.cos(angle), Math.sin(angle)];
  const steepest = middle + apart;
  return [
    { steepness: steepest, direction: across },
    { steepness: (ww * bb - wb * wb) / steepest, direction: [-across[1], across[0]] },
  ];
}

/** A walk from a start: its points, the loss at each, and how it stands. */
class Walk {
  constructor(ground, start, batch) {
    Object.assign(this, { ground, batch, points: [start], losses: [ground.loss(start)], rates: [] });
  }

  get steps() {
    return this.points.length - 1;
  }

  get point() {
    return this.points.at(-1);
  }

  get loss() {
    return this.losses.at(-1);
  }

  /** Go one step; `draw` gives random numbers for the batch. */
  step(rate, draw) {
    const { x } = this.ground;
    const rows = this.batch ? shuffle(x.length, draw).slice(0, this.batch) : undefined;
    this.points.push(this.ground.step(this.point, rate, rows));
    this.losses.push(this.ground.loss(this.point));
    this.rates.push(rate);
  }

  /**
   * Return "ready" or "going"; at the end "bottom" or, out of the picture, "gone"; or after many steps "long" if still on
   * the way, "trembling" if near the bottom, where batches find no rest. A place with a loss above that of the highest
   * corner is surely outside the picture.
   */
  get state() {
    const { lowest, reach, highest } = this.ground;
    const off = Math.max(...this.point.map((value, i) => Math.abs(value - lowest[i]))) / reach;
    if (!this.steps) return "ready";
    if (!(this.loss <= highest)) return "gone";
    if (!this.batch && off <= THERE) return "bottom";
    if (this.steps < LONG) return "going";
    return this.batch && off <= NEAR ? "trembling" : "long";
  }

  get over() {
    return ["bottom", "gone"].includes(this.state);
  }
}

/** Return learning rates from far too small to far too large, in round numbers, and this one among them. */
function ratesAround(largest, rate) {
  const [low, high] = [Math.min(largest / 200, rate), Math.max(largest * 5, rate)];
  const rates = new Set([rate]);
  for (let power = Math.floor(Math.log10(low)) - 1; power < Math.log10(high); power++) {
    for (const digits of ROUND) {
      const value = Number(`${digits}e${power}`);
      if (value >= low && value <= high) rates.add(value);
    }
  }
  return [...rates].sort((a, b) => a - b);
}
