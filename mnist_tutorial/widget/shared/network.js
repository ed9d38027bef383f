// The network, without a page: a matrix and biases for each layer, and what they make of an input.

/** Turn the 16 bits of a half-precision number into a number. */
function half(bits) {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const size = exponent ? (1 + fraction / 1024) * 2 ** (exponent - 15) : fraction * 2 ** -24;
  return bits & 0x8000 ? -size : size;
}

/**
 * The network: for each layer a matrix, row by row, and the biases; ReLU between layers, softmax at the end. A last
 * layer of one unit gives a number instead, its sum as it is.
 *
 * All parameters are in one array, `parameters`, in Keras's order; the layers are views of it.
 */
class Network {
  /** Make a network of a copy of these layers, { weights, biases }. */
  constructor(layers) {
    const units = layers.map(({ biases }) => biases.length);
    this.sizes = [layers[0].weights.length / units[0], ...units];
    this.parameters = new Float32Array(Network.count(this.sizes));
    this.layers = this.views(this.parameters);
    this.layers.forEach((layer, i) => Object.keys(layer).forEach((name) => layer[name].set(layers[i][name])));
  }

  /** Return how many parameters a network of these sizes has. */
  static count(sizes) {
    return sizes.slice(1).reduce((count, units, i) => count + (sizes[i] + 1) * units, 0);
  }

  /** Make a network of these sizes, with parameters from a function that is given each layer's inputs and units. */
  static build(sizes, take) {
    return new Network(sizes.slice(1).map((units, i) => take(sizes[i], units)));
  }

  /** Make a network of an array of all its parameters. */
  static from(sizes, parameters) {
    let at = 0;
    const next = (count) => parameters.subarray(at, (at += count));
    return Network.build(sizes, (inputs, units) => ({ weights: next(inputs * units), biases: next(units) }));
  }

  /** Read the layers of these sizes from bytes that hold half-precision numbers. */
  static read(sizes, bytes) {
    const data = new DataView(bytes.buffer, bytes.byteOffset);
    const numbers = new Float32Array(Network.count(sizes)); // mapped, for an array built from a length is slow
    return Network.from(sizes, numbers.map((_, i) => half(data.getUint16(2 * i, true))));
  }

  /** Make an untrained network: weights as Glorot and Bengio draw them, biases 0. */
  static start(sizes, seed) {
    const draw = random(seed);
    return Network.build(sizes, (inputs, units) => {
      const limit = Math.sqrt(6 / (inputs + units));
      const weights = Float32Array.from({ length: inputs * units }, () => (2 * draw() - 1) * limit);
      return { weights, biases: new Float32Array(units) };
    });
  }

  /** Return each layer's weights and biases within an array that holds a number for each parameter. */
  views(array) {
    let at = 0;
    const next = (count) => array.subarray(at, (at += count));
    return this.sizes
      .slice(1)
      .map((units, i) => ({ weights: next(this.sizes[i] * units), biases: next(units) }));
  }

  /** Return what every layer gives for these inputs; the last one gives the probabilities. */
  run(inputs) {
    const sums = this.sums(inputs);
    const logits = sums.pop();
    return [...sums.map((Z) => Z.map((z) => Math.max(z, 0))), logits.length > 1 ? softmax(logits) : logits];
  }

  /** Return the sums of every layer for these inputs; the last are the logits, of which softmax makes probabilities. */
  sums(inputs) {
    const first = Float64Array.from(this.layers[0].biases);
    inputs.forEach((input, i) => input && this.add(first, 0, i, input));
    return this.sumsAfter(first);
  }

  /** Return the sums of every layer, given those of the first. */
  sumsAfter(first) {
    const all = [first];
    this.layers.slice(1).forEach(({ biases }, before) => {
      const sums = Float64Array.from(biases);
      all[before].forEach((z, i) => z > 0 && this.add(sums, before + 1, i, z));
      all.push(sums);
    });
    return all;
  }

  /** Add to a layer's sums what one of its inputs brings, or a change of it. */
  add(sums, layer, input, value) {
    const { weights } = this.layers[layer];
    for (let j = 0, at = input * sums.length; j < sums.length; j++) sums[j] += value * weights[at + j];
  }
}

/** Return where the highest number stands. */
function argmax(numbers) {
  return numbers.indexOf(Math.max(...numbers));
}

function softmax(sums) {
  const highest = Math.max(...sums);
  const powers = sums.map((sum) => Math.exp(sum - highest));
  const total = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / total);
}
