// Training at a pace that one can watch: the worker is asked for one epoch after another, until a goal is reached.

const FASTEST = 50; // milliseconds from one epoch to the next, at least

class Driver {
  /** Call `onReport` with what `startTraining` reports; `goal` is the epoch that training goes on to, or null. */
  constructor(data, onReport) {
    Object.assign(this, { data, onReport, goal: null, training: null });
  }

  /** Begin anew. The worker starts when it is first needed. */
  reset(settings) {
    this.settings = settings;
    this.epoch = 0;
    this.halt();
    this.training?.reset(forWorker(settings));
  }

  /** Train up to an epoch. */
  train(goal) {
    this.goal = goal;
    this.asked = performance.now();
    this.worker.play(this.epoch + 1);
  }

  step() {
    this.halt();
    this.worker.step();
  }

  pause() {
    this.halt();
    this.training?.pause();
  }

  /** End the worker. */
  stop() {
    this.halt();
    this.training?.stop();
    this.training = null;
  }

  halt() {
    clearTimeout(this.next);
    this.goal = null;
  }

  get worker() {
    this.training ??= startTraining(forWorker(this.settings), this.data, (report) => this.hear(report));
    return this.training;
  }

  hear(report) {
    this.epoch = report.epoch;
    if (report.diverged || report.epoch >= this.goal) this.goal = null;
    if (this.goal && !report.playing && !report.step) {
      clearTimeout(this.next);
      this.next = setTimeout(() => this.train(this.goal), this.asked + FASTEST - performance.now());
    }
    this.onReport(report);
  }
}
