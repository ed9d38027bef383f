// A small network that learns the points of a plane, step by step, and knows when it is done or gets no further.

const REACH = 2.4; // half the width of the plane
const RATE = 0.02;
const LOW = 0.05; // with every point right and a loss below this, the areas change little
const LEAST = 50; // steps, so that the button does something where all is right already
const PATIENCE = 300; // steps in which the loss must fall by a hundredth

class Lesson {
  constructor(points, units, seed) {
    this.network = Network.start([2, units, 2], seed);
    this.training = new Training(this.network, { rate: RATE, classes: 2, seed });
    this.steps = 0;
    this.learn(points);
  }

  /** Go on with these points, [x, y, class]. */
  learn(points) {
    this.points = points;
    this.X = Rows.from(Float32Array.from(points.flatMap(([x, y]) => [x, y])), 2);
    this.labels = Uint8Array.from(points, (point) => point[2]);
    this.measure();
    this.begin();
  }

  /** Let at least some steps pass before the lesson may end. */
  begin() {
    this.end = null;
    this.checked = { step: this.steps, loss: this.loss };
    this.least = this.steps + LEAST;
  }

  /** Are there points of both classes? */
  get possible() {
    return new Set(this.labels).size === 2;
  }

  /** Take one step with all points; `end` becomes "right" when all are right, "stuck" when the loss falls no more. */
  step() {
    this.training.step(this.X, this.labels);
    this.steps++;
    this.measure();
    if (this.right === this.points.length && this.loss < LOW && this.steps >= this.least) this.end = "right";
    else if (this.steps - this.checked.step >= PATIENCE) {
      if (this.loss > 0.99 * this.checked.loss) this.end = this.right === this.points.length ? "right" : "stuck";
      this.checked = { step: this.steps, loss: this.loss };
    }
  }

  measure() {
    const { loss, right, outputs } = this.training.evaluate(this.X, this.labels);
    this.said = Array.from(this.labels, (_, i) => Number(outputs[2 * i + 1] > outputs[2 * i]));
    Object.assign(this, { loss, right });
  }
}
