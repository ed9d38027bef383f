// What the network makes of validation images, and what its first layer looks for.

const MOST_MISTAKES = 40;
const MOST_UNITS = 20;
const LEAST_CHANGE = 0.03; // of a weight, for the full colour: so the first small changes look small
// The colours of weights that raise a unit's sum, and of those that lower it, on light paper and on dark.
const WEIGHT_COLOURS = [
  [
    [209, 73, 91],
    [31, 111, 180],
  ],
  [
    [255, 125, 140],
    [90, 170, 245],
  ],
];

/** A small picture of a digit with a line below it, where `tag` stands. */
class Thumb {
  constructor(parent, side) {
    this.figure = make("figure", { className: "thumb" }, parent);
    this.canvas = make("canvas", { className: "ink", width: side, height: side, role: "img" }, this.figure);
    this.text = make("span", { ariaHidden: "true" }, this.figure);
    this.sure = make("small", { ariaHidden: "true" }, this.figure);
    this.side = side;
  }

  show(pixels, name, text, wrong, sure = "") {
    this.figure.hidden = false;
    if (this.pixels !== pixels) paint(this.canvas, this.side, (i) => pixels[i]);
    this.pixels = pixels;
    this.canvas.ariaLabel = name;
    this.text.textContent = text;
    this.sure.textContent = sure;
    this.figure.classList.toggle("wrong", wrong);
  }
}

/** Ten validation images, one of each digit where there is one, and what the network says. */
class Ten {
  constructor(parent, { images, labels }, side, words) {
    this.words = words;
    const first = Array.from({ length: 10 }, (_, digit) => labels.indexOf(digit)).filter((i) => i >= 0);
    this.thumbs = first.map((i) => ({
      thumb: new Thumb(parent, side),
      pixels: images.subarray(i * side ** 2, (i + 1) * side ** 2),
      label: labels[i],
    }));
  }

  show(network, factor) {
    for (const { thumb, pixels, label } of this.thumbs) {
      const outputs = network.run(Float32Array.from(pixels, (value) => value * factor)).at(-1);
      const prediction = predicted(outputs, 10);
      const wrong = prediction !== label;
      const sure = outputs.length > 1 ? `${Math.floor(100 * outputs[prediction])}%` : outputs[0].toFixed(1);
      const text = wrong ? `${prediction},${label}` : String(prediction);
      thumb.show(pixels, this.words.digit(label, prediction), text, wrong, sure);
    }
  }
}

/** The mistakes among all validation images, looked for a hundred at a time so that the page stays responsive. */
class Missed {
  constructor(section, { images, labels }, side, words) {
    Object.assign(this, { section, images, labels, side, words });
    this.thumbs = [];
  }

  /** Look for the mistakes of a network; another call before the end takes its place. */
  async show(network, normalized) {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    if (this.normalized !== normalized) {
      this.normalized = normalized;
      this.read = Rows.from(this.images, this.side ** 2, normalized ? 1 / 255 : 1);
    }
    const wrong = [];
    const units = network.sizes.at(-1);
    for (let from = 0; from < this.labels.length; from += 50) {
      await new Promise((resolve) => setTimeout(resolve));
      if (turn !== this.turn) return;
      const chosen = Array.from(this.labels.subarray(from, from + 50), (_, i) => from + i);
      const outputs = forward(this.read.pick(chosen), network).at(-1);
      chosen.forEach((i, row) => {
        const prediction = predicted(outputs.subarray(row * units, (row + 1) * units), 10);
        if (prediction !== this.labels[i]) wrong.push({ i, prediction });
      });
    }
    this.list(wrong);
  }

  list(wrong) {
    const { images, labels, side, words } = this;
    this.section.querySelector(".count").textContent = words.missed(wrong.length, labels.length);
    const parent = this.section.querySelector(".pictures");
    while (this.thumbs.length < Math.min(wrong.length, MOST_MISTAKES)) this.thumbs.push(new Thumb(parent, side));
    this.thumbs.forEach((thumb, place) => {
      if (place >= wrong.length) return (thumb.figure.hidden = true);
      const { i, prediction } = wrong[place];
      const pixels = (this.pixels ??= new Map()).get(i) ?? images.subarray(i * side ** 2, (i + 1) * side ** 2);
      this.pixels.set(i, pixels);
      thumb.show(pixels, words.mistake(labels[i], prediction), `${prediction},${labels[i]}`, true);
    });
  }
}

/** Paint the weights of some first-layer units into one canvas; return of how many. `before` is taken off, if any. */
function paintUnits(canvas, { weights, biases }, before, side, dark) {
  const units = biases.length;
  const shown = Math.min(units, MOST_UNITS);
  const columns = Math.min(5, shown);
  const cell = side + 1;
  const [width, height] = [columns * cell - 1, Math.ceil(shown / columns) * cell - 1];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const values = new Float32Array(shown * side * side);
  let largest = before ? LEAST_CHANGE : 0;
  for (let i = 0; i < values.length; i++) {
    const at = Math.floor(i / shown) * units + (i % shown);
    values[i] = weights[at] - (before ? before[at] : 0);
    largest = Math.max(largest, Math.abs(values[i]));
  }
  const image = new ImageData(width, height);
  const colours = WEIGHT_COLOURS[dark ? 1 : 0];
  for (let i = 0; i < values.length; i++) {
    const [unit, pixel] = [i % shown, Math.floor(i / shown)];
    const x = (unit % columns) * cell + (pixel % side);
    const y = Math.floor(unit / columns) * cell + Math.floor(pixel / side);
    const to = 4 * (y * width + x);
    const colour = colours[values[i] > 0 ? 0 : 1];
    for (let k = 0; k < 3; k++) image.data[to + k] = colour[k];
    image.data[to + 3] = (255 * Math.abs(values[i])) / largest;
  }
  canvas.getContext("2d", { willReadFrequently: true }).putImageData(image, 0, 0);
  return shown;
}
