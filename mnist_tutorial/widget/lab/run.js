// One run of training: what was measured, and the network at each epoch.

const MOST_SNAPSHOTS = 100;
const MOST_NUMBERS = 10e6; // in all snapshots together: 40 MB

class Run {
  constructor(settings, side) {
    this.settings = settings;
    this.sizes = [side ** 2, ...settings.hidden, settings.one_hot ? 10 : 1];
    this.points = []; // one for each whole epoch: { epoch, loss: [training, validation], accuracy: […] }
    this.partial = null; // the same in the middle of an epoch, without validation
    this.start = Network.start(this.sizes, settings.seed); // as the worker begins, too
    this.snapshots = [{ epoch: 0, parameters: this.start.parameters }];
    this.stride = 1;
    [this.epoch, this.step, this.steps] = [0, 0, 1];
    this.network = this.start; // the last one
    this.risen = false;
    this.diverged = false;
  }

  /** Take in a report of `startTraining`. */
  add({ epoch, step, steps, loss, accuracy, validation, parameters, risen, diverged }) {
    this.epoch = epoch;
    this.step = step;
    this.steps = steps;
    this.diverged ||= diverged;
    this.risen ||= risen;
    const point = {
      epoch: epoch + step / steps,
      loss: [epoch + step ? loss : null, validation?.loss ?? null],
      accuracy: [epoch + step ? accuracy : null, validation?.accuracy ?? null],
    };
    if (diverged) return;
    this.network = Network.from(this.sizes, parameters);
    this.partial = step ? point : null;
    if (!step && this.points.at(-1)?.epoch !== epoch) {
      this.points.push(point);
      this.keepSnapshot(epoch, parameters);
    }
  }

  /** Keep the network of an epoch; where there are too many, forget every other one. */
  keepSnapshot(epoch, parameters) {
    if (epoch && epoch % this.stride === 0) this.snapshots.push({ epoch, parameters });
    while (this.snapshots.length > Math.min(MOST_SNAPSHOTS, MOST_NUMBERS / parameters.length) && this.snapshots.length > 2) {
      this.stride *= 2;
      this.snapshots = this.snapshots.filter((snapshot) => snapshot.epoch % this.stride === 0);
    }
  }

  get drawn() {
    return this.partial ? [...this.points, this.partial] : this.points;
  }

  get trained() {
    return this.points.length > 1;
  }

  /** The point with the lowest validation loss. */
  get lowest() {
    return this.points.reduce((best, point) => (point.loss[1] < best.loss[1] ? point : best));
  }

  /** Whether validation loss has risen for good, while training loss went on falling: three epochs on end say so. */
  get turned() {
    const [before, { loss }] = [this.points.slice(0, -3), this.lowest];
    const recent = this.points.slice(-3);
    return (
      before.includes(this.lowest) &&
      recent.every((point) => point.loss[1] > 1.02 * loss[1] && point.loss[0] < (loss[0] ?? Infinity))
    );
  }
}
