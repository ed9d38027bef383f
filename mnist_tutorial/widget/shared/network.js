// The network, without a page: a matrix and biases for each layer, and what they make of an input.

/** Turn the 16 bits of a half-precision number into a number. */
function half(bits) {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const size = exponent ? (1 + fraction / 1024) * 2 ** (exponent - 15) : fraction * 2 ** -24;
  return bits & 0x8000 ? -size : size;
}

/** The network: for each layer a matrix, row by row, and the biases; ReLU between layers, softmax at the end. */
class Network {
  /** Read the layers of these sizes from bytes that hold half-precision numbers. */
  constructor(sizes, bytes) {
    const data = new DataView(bytes.buffer);
    let at = 0;
    const take = (count) => Float32Array.from({ length: count }, () => half(data.getUint16(2 * at++, true)));
    this.layers = sizes.slice(1).map((units, i) => ({ weights: take(sizes[i] * units), biases: take(units) }));
  }

  /** Return what every layer gives for these inputs; the last one gives the probabilities. */
  run(inputs) {
    const outputs = [];
    for (const { weights, biases } of this.layers) {
      const sums = Float64Array.from(biases);
      inputs.forEach((input, i) => {
        if (input) for (let j = 0; j < sums.length; j++) sums[j] += input * weights[i * sums.length + j];
      });
      inputs = outputs.length < this.layers.length - 1 ? sums.map((sum) => Math.max(sum, 0)) : softmax(sums);
      outputs.push(inputs);
    }
    return outputs;
  }
}

function softmax(sums) {
  const highest = Math.max(...sums);
  const powers = sums.map((sum) => Math.exp(sum - highest));
  const total = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / total);
}
