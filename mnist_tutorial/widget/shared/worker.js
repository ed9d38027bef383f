// Training that runs by itself: in a Web Worker, or, where none can be had, in slices between which the page lives on.
//
//   const training = startTraining(settings, data, onReport);
//   training.play(), .play(30), .pause(), .step(), .epoch(), .reset(settings), .stop()
//
// settings: { hidden: [100, 100], count: 1000, normalized: true, target: "one-hot" | "number", optimizer: "adam" | "sgd",
//   rate: 0.001, batch: 100, dropout: 0, decay: 0, shifts: false, seed: 0 }; what is left out is as here. `count` is how
//   many of the training images are used, the first ones.
// data: { images, labels, validation: { images, labels } }, Uint8Arrays; images one after the other, 0 to 255. They are
//   copied to the worker once, and kept over `reset`.
// play(until) trains until so many epochs are done in all, or until pause(); step() and epoch() take one, then pause;
//   reset(settings) begins anew, not playing; stop() is the end of it.
//
// onReport(report) is called after each epoch, step() and pause(), at the start, and some times a second in between:
//   epoch       whole epochs done
//   step, steps steps done since then (0 at an epoch's end), and how many an epoch has
//   loss, accuracy  of training: means over the steps of this epoch so far; at its end, of all; null before the first step
//   validation  { loss, accuracy } when step is 0, also before any training; otherwise null
//   parameters  a copy of all of them, a Float32Array: Network.from(report.sizes, report.parameters)
//   sizes       of the network
//   risen       whether the loss of some step was over ten times the untrained network's: the rate is far too high. It
//               may fall again, but mostly to what guessing gives: the units are dead then
//   diverged    whether the loss is no longer a finite number; training has stopped then, until reset()
//   playing     whether training goes on after this report
//   inWorker    whether it runs in a worker

/** Runs a training piece by piece; calls `report` as above. Pieces fill slices of so many milliseconds. */
class Trainer {
  constructor(data, report, slice) {
    Object.assign(this, { data, tell: report, slice, run: 0, playing: false });
  }

  /** Begin anew; reports carry the number of the run. */
  reset({ settings, run }) {
    const standard = { hidden: [100, 100], count: 1000, normalized: true, target: "one-hot", seed: 0 };
    const { hidden, count, normalized, target, ...others } = { ...standard, ...settings };
    const { images, labels, validation } = this.data;
    const width = images.length / labels.length;
    const sizes = [width, ...hidden, target === "number" ? 1 : 10];
    const read = (numbers) => Rows.from(numbers, width, normalized ? 1 / 255 : 1);
    this.training = new Training(Network.start(sizes, others.seed), others);
    this.images = { rows: read(images.subarray(0, count * width)), labels: labels.subarray(0, count) };
    this.validation = { rows: read(validation.images), labels: validation.labels };
    Object.assign(this, { run, sizes, epochs: 0, steps: 0, mean: null, validated: null, untrained: null });
    Object.assign(this, { resting: false, risen: false, diverged: false });
    this.stepsAnEpoch = Math.ceil(this.images.labels.length / this.training.batch);
    this.pieces = this.work();
    this.until(() => true);
  }

  play(until = Infinity) {
    this.until(() => this.epochs >= until);
  }

  pause() {
    this.until(() => true);
  }

  step() {
    const now = this.epochs * this.stepsAnEpoch + this.steps;
    this.until(() => this.epochs * this.stepsAnEpoch + this.steps > now);
  }

  epoch() {
    this.play(this.epochs + 1);
  }

  stop() {
    this.until(() => true);
    this.playing = false;
    this.tell = () => {};
  }

  /** Work until a goal is reached and training may rest. */
  until(reached) {
    this.reached = reached;
    this.playing = !this.diverged && !(this.resting && reached());
    this.timer ??= setTimeout(() => this.go());
  }

  /** Fill one slice with pieces of work, then let others have a turn. */
  go() {
    this.timer = null;
    const end = performance.now() + this.slice;
    while (this.playing && performance.now() < end) {
      const { value: resting, done } = this.pieces.next();
      this.resting = resting;
      if (done || (resting && this.reached())) this.playing = false;
      else if (resting && (!this.steps || performance.now() - this.told > 250)) this.report();
    }
    if (this.playing) this.timer = setTimeout(() => this.go());
    else this.report();
  }

  /** Do the work piece by piece; yield whether training may rest here. */
  *work() {
    const { training, images } = this;
    yield* this.validate();
    this.untrained = this.validated.loss;
    yield true;
    for (;;) {
      const sums = { loss: 0, right: 0, count: 0 };
      for (const { X, labels } of training.batches(images.rows, images.labels)) {
        const { loss, right } = yield* this.stepWith(X, labels);
        sums.loss += loss * labels.length;
        sums.right += right;
        sums.count += labels.length;
        this.mean = { loss: sums.loss / sums.count, accuracy: sums.right / sums.count };
        this.validated = null;
        this.risen ||= loss > 10 * this.untrained;
        this.diverged = !Number.isFinite(loss);
        if (this.diverged) return;
        if (++this.steps < this.stepsAnEpoch) yield true;
      }
      yield* this.validate();
      this.epochs++;
      this.steps = 0;
      if (this.diverged) return;
      yield true;
    }
  }

  /** Take one step; return its result. */
  *stepWith(X, labels) {
    let result;
    for (result of this.training.stepInParts(X, labels)) yield false;
    return result;
  }

  /** Evaluate the validation images, a hundred at a time. */
  *validate() {
    const { rows, labels } = this.validation;
    const sums = { loss: 0, accuracy: 0 };
    for (let from = 0; from < labels.length; from += 100) {
      const some = labels.subarray(from, from + 100);
      const part = this.training.evaluate(rows.slice(from, from + some.length), some);
      for (const name of Object.keys(sums)) sums[name] += (part[name] * some.length) / labels.length;
      yield false;
    }
    this.validated = sums;
    this.diverged = !Number.isFinite(sums.loss);
  }

  report() {
    const { run, sizes, epochs, steps, stepsAnEpoch, mean, risen, diverged, playing } = this;
    this.told = performance.now();
    const parameters = this.training.network.parameters.slice();
    const { loss, accuracy } = mean ?? { loss: null, accuracy: null };
    const validation = this.validated;
    const where = { run, epoch: epochs, step: steps, steps: stepsAnEpoch };
    this.tell({ ...where, loss, accuracy, validation, parameters, sizes, risen, diverged, playing });
  }
}

/** Follow a page's commands in a worker. */
function serve() {
  let trainer;
  onmessage = ({ data: [command, value] }) => {
    if (command === "start") trainer = new Trainer(value, (report) => postMessage(report, [report.parameters.buffer]), 100);
    else trainer[command](value);
  };
}

/** Train as the head of this file says; `worker: false` does without one. */
function startTraining(settings, data, onReport, { worker = true } = {}) {
  let run = 0;
  const hear = (report, inWorker) => report.run === run && onReport({ ...report, inWorker });
  let way = null;
  const withoutWorker = (sent) => (way = inSlices(data, hear, sent));
  way = worker ? inWorker(data, hear, withoutWorker) : withoutWorker([]);
  const handle = {
    play: (until) => way.send("play", until),
    pause: () => way.send("pause"),
    step: () => way.send("step"),
    epoch: () => way.send("epoch"),
    reset: (others) => way.send("reset", { settings: others, run: ++run }),
    stop: () => way.stop(),
  };
  handle.reset(settings);
  return handle;
}

/** Train on the page, beginning with what was sent before. */
function inSlices(data, hear, sent) {
  const trainer = new Trainer(data, (report) => hear(report, false), 20);
  const send = (command, value) => trainer[command](value);
  for (const message of sent) send(...message);
  return { send, stop: () => trainer.stop() };
}

/** Train in a worker; if there cannot be one, call `fail` with what was sent to it, maybe only after a while. */
function inWorker(data, hear, fail) {
  const functions = [random, shuffle, softmax, argmax, forward, backward, gradients];
  const parts = [...functions, softmaxOfRows, crossEntropy, squaredError, shifted, predicted, Rows, Network, SGD, Adam, Training, Trainer];
  const source = [...parts, `(${serve})();`].join("\n");
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  let helper;
  try {
    helper = new Worker(address);
  } catch {
    return fail([]);
  }
  let sent = []; // until it is heard
  helper.onmessage = ({ data: report }) => {
    sent = null;
    URL.revokeObjectURL(address);
    hear(report, true);
  };
  helper.onerror = (event) => {
    if (!sent) return;
    event.preventDefault();
    helper.terminate();
    fail(sent);
  };
  helper.postMessage(["start", data]);
  const send = (...message) => {
    sent?.push(message);
    helper.postMessage(message);
  };
  return { send, stop: () => helper.terminate() };
}
