// Training, without a page, in the order of appendix 1: forward, backward, gradients, a step; then epochs of them.
//
// A batch X is a `Rows`, one row an image; its labels are an array of whole numbers, as long. The outputs of hidden
// layers, H, and the signals that come back, dZ, are `Rows` too: what a ReLU or dropout made 0 is not in H, and the gate
// on the way back is open where H has an entry. Other matrices are Float32Arrays, row by row.

/** Return what a batch becomes on its way: H1, H2, …, the last sums Z, and P, the probabilities (or Z, if a number). */
function forward(X, network, dropout = 0, draw = null) {
  const values = [];
  for (const { weights, biases } of network.layers) {
    const units = biases.length;
    const Z = new Float32Array(X.length * units);
    for (let at = 0; at < Z.length; at += units) Z.set(biases, at);
    X.times(weights, units, Z); // X @ W + b
    if (values.length === network.layers.length - 1) return [...values, Z, units > 1 ? softmaxOfRows(Z, units) : Z];
    for (let i = 0; i < Z.length; i++) if (Z[i] < 0) Z[i] = 0;
    if (dropout) for (let i = 0; i < Z.length; i++) Z[i] = draw() < dropout ? 0 : Z[i] / (1 - dropout);
    values.push((X = Rows.from(Z, units)));
  }
}

/** Return the signals that come back to the layers' sums: dZ1, dZ2, …, for the mean loss of so many images. */
function backward(labels, network, values, dropout = 0, count = labels.length) {
  const units = network.sizes.at(-1);
  const dZ = values.at(-1).slice();
  if (units > 1) labels.forEach((label, row) => (dZ[row * units + label] -= 1)); // P - Y
  else labels.forEach((label, row) => (dZ[row] = 2 * (dZ[row] - label)));
  const signals = [Rows.from(dZ, units, 1 / count)];
  for (let i = network.layers.length - 1; i > 0; i--) // dZ @ W.T, through the gate
    signals.unshift(values[i - 1].gate(signals[0], network.layers[i].weights, 1 / (1 - dropout)));
  return signals;
}

/** Add the gradient of every parameter to an array like `network.parameters`. */
function gradients(X, network, values, signals, sums) {
  network.views(sums).forEach(({ weights, biases }, i) => {
    const [H, dZ] = [i > 0 ? values[i - 1] : X, signals[i]];
    H.transposedTimes(dZ, weights); // H.T @ dZ
    dZ.values.forEach((value, k) => (biases[dZ.columns[k]] += value));
  });
}

/** Return the softmax of each row. */
function softmaxOfRows(Z, units) {
  const P = new Float32Array(Z.length);
  for (let at = 0; at < Z.length; at += units) P.set(softmax(Z.subarray(at, at + units)), at);
  return P;
}

/** Return the mean cross-entropy, -log p of the labels; from the sums, lest a p be rounded to 0. */
function crossEntropy(Z, labels, units) {
  let loss = 0;
  labels.forEach((label, row) => {
    const sums = Z.subarray(row * units, (row + 1) * units);
    let [highest, total] = [Math.max(...sums), 0];
    for (const sum of sums) total += Math.exp(sum - highest);
    loss += Math.log(total) + highest - sums[label];
  });
  return loss / labels.length;
}

/** Return the mean squared error of numbers. */
function squaredError(Z, labels) {
  return labels.reduce((loss, label, row) => loss + (Z[row] - label) ** 2, 0) / labels.length;
}

/** Gradient descent: a step against the gradient. Weight decay is Keras's, apart from the gradient. */
class SGD {
  constructor(count, rate, decay) {
    Object.assign(this, { rate, decay });
  }

  step(parameters, grads) {
    const shrink = 1 - this.decay * this.rate;
    for (let i = 0; i < parameters.length; i++) parameters[i] = shrink * parameters[i] - this.rate * grads[i];
  }
}

/** Adam, with Keras's defaults: running means of the gradient and of its square, corrected for their start at 0. */
class Adam {
  constructor(count, rate, decay) {
    Object.assign(this, { rate, decay, t: 0, m: new Float32Array(count), v: new Float32Array(count) });
  }

  step(parameters, grads) {
    const { m, v } = this;
    this.t++;
    const rate = (this.rate * Math.sqrt(1 - 0.999 ** this.t)) / (1 - 0.9 ** this.t);
    const shrink = 1 - this.decay * this.rate;
    for (let i = 0; i < parameters.length; i++) {
      const g = grads[i];
      m[i] += 0.1 * (g - m[i]);
      v[i] += 0.001 * (g * g - v[i]);
      parameters[i] = shrink * parameters[i] - (rate * m[i]) / (Math.sqrt(v[i]) + 1e-7);
    }
  }
}

/** A network in training. */
class Training {
  /**
   * Settings: optimizer "adam" or "sgd", rate, decay, dropout (the share switched off), shifts (true or false), batch
   * (images a step), seed (order, dropout, shifts; the weights are the network's), classes (if the output is a number).
   */
  constructor(network, settings = {}) {
    const standard = { optimizer: "adam", rate: 0.001, decay: 0, dropout: 0, shifts: false, batch: 100, seed: 0 };
    Object.assign(this, { network, classes: 10 }, standard, settings);
    const Kind = { adam: Adam, sgd: SGD }[this.optimizer];
    this.optimizer = new Kind(network.parameters.length, this.rate, this.decay);
    [this.drawOrder, this.drawDropout, this.drawShift] = [1, 2, 3].map((stream) => random(this.seed, stream));
  }

  /** Return the loss of a batch, how many of it are predicted right, and the gradient of every parameter. */
  gradients(X, labels) {
    const sums = new Float32Array(this.network.parameters.length);
    return { ...this.addGradients(X, labels, sums, labels.length), gradients: sums };
  }

  /** Add what some of a batch's `count` images give to the gradients; return their loss, and how many are right. */
  addGradients(X, labels, sums, count) {
    const values = forward(X, this.network, this.dropout, this.drawDropout);
    const signals = backward(labels, this.network, values, this.dropout, count);
    gradients(X, this.network, values, signals, sums);
    return this.score(values, labels);
  }

  /** Take one step with a batch; return its loss before the step, and how many of it were right. */
  step(X, labels) {
    return Array.from(this.stepInParts(X, labels)).at(-1);
  }

  /** Do the same a hundred images at a time, between which others may have a turn; the last result is the batch's. */
  *stepInParts(X, labels, most = 100) {
    const [count, result] = [labels.length, { loss: 0, right: 0 }];
    const sums = new Float32Array(this.network.parameters.length);
    for (let from = 0; from < count; from += most) {
      if (from) yield result;
      const part = labels.subarray(from, from + most);
      const { loss, right } = this.addGradients(X.slice(from, from + part.length), part, sums, count);
      result.loss += (loss * part.length) / count;
      result.right += right;
    }
    if (Number.isFinite(result.loss)) this.optimizer.step(this.network.parameters, sums);
    yield result;
  }

  /** Yield the batches of an epoch, shuffled and maybe shifted: { X, labels }. */
  *batches(rows, labels) {
    const order = shuffle(rows.length, this.drawOrder);
    for (let from = 0; from < order.length; from += this.batch) {
      const chosen = order.subarray(from, from + this.batch);
      const X = rows.pick(chosen);
      yield { X: this.shifts ? shifted(X, this.drawShift) : X, labels: chosen.map((i) => labels[i]) };
    }
  }

  /** Train on every image once; return the means over the steps. The loss is not finite if training diverged. */
  epoch(rows, labels) {
    let [loss, right] = [0, 0];
    for (const batch of this.batches(rows, labels)) {
      const result = this.step(batch.X, batch.labels);
      loss += result.loss * batch.X.length;
      right += result.right;
      if (!Number.isFinite(loss)) break;
    }
    return { loss: loss / rows.length, accuracy: right / rows.length };
  }

  /** Return the loss and the accuracy on images, how many are right, and the outputs P, without dropout. */
  evaluate(rows, labels) {
    const values = forward(rows, this.network);
    const { loss, right } = this.score(values, labels);
    return { loss, right, accuracy: right / rows.length, outputs: values.at(-1) };
  }

  /** Return the mean loss of what `forward` gave, and for how many images the prediction is the label. */
  score(values, labels) {
    const [Z, P] = values.slice(-2);
    const units = this.network.sizes.at(-1);
    let right = 0;
    labels.forEach((label, row) => {
      if (predicted(P.subarray(row * units, (row + 1) * units), this.classes) === label) right++;
    });
    return { loss: units > 1 ? crossEntropy(Z, labels, units) : squaredError(Z, labels), right };
  }
}

/** Move each image by up to one pixel, drawn at random: left, right, or not, and up, down, or not. */
function shifted(rows, draw) {
  const side = Math.sqrt(rows.width);
  const [right, down] = [0, 1].map(() => Int8Array.from({ length: rows.length }, () => Math.floor(3 * draw()) - 1));
  return rows.moved((row, pixel) => {
    const x = (pixel % side) + right[row];
    const y = Math.floor(pixel / side) + down[row];
    return x < 0 || x >= side || y < 0 || y >= side ? -1 : y * side + x;
  });
}

/** Return the class that an output stands for: the most probable one, or the one nearest to a number. */
function predicted(output, classes) {
  if (output.length > 1) return argmax(output);
  return Math.min(Math.max(Math.round(output[0]), 0), classes - 1);
}
