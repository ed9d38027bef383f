// What happens between the drawing and the answer: the picture, the row of numbers, the hidden layers, the weights.

const FOR = [209, 73, 91]; // the colour of weights that count for a unit, and of those that count against it
const AGAINST = [31, 111, 180];

class Inside {
  /** Fill a section of the page; `sizes` are the network's. */
  constructor(section, network, sizes, words) {
    Object.assign(this, { section, network, words, side: Math.sqrt(sizes[0]), pointed: null });
    this.find = (selector) => section.querySelector(selector);
    this.makePicture();
    this.makeLayers(sizes.slice(1, -1));
  }

  makePicture() {
    const { side } = this;
    for (const canvas of this.section.querySelectorAll(".picture canvas")) canvas.width = canvas.height = side;
    const marks = this.find(".marks");
    marks.setAttribute("viewBox", `0 0 ${side} ${side}`);
    marks.querySelector(".middle").setAttribute("d", `M${side / 2 + 0.5} 0V${side}M0 ${side / 2 + 0.5}H${side}`);
    const strip = this.find(".strip svg");
    strip.setAttribute("viewBox", `0 0 ${side * side} 100`);
    strip
      .querySelector(".rows")
      .setAttribute("d", Array.from({ length: side - 1 }, (_, row) => `M${(row + 1) * side} 0V100`).join(""));
    strip.querySelector(".chosen").setAttribute("width", 1);
    const choose = (i) => this.point(i === null ? null : { pixel: i });
    pointAt(this.find(".picture"), side, side, choose);
    pointAt(this.find(".strip"), side * side, 1, choose);
  }

  makeLayers(sizes) {
    this.units = sizes.map((count, layer) => {
      const figure = make("figure", {}, this.find(".layers"));
      const caption = make("figcaption", { textContent: this.words.hidden(layer + 1) }, figure);
      const columns = Math.ceil(Math.sqrt(count));
      const grid = make(
        "div",
        { className: "units", tabIndex: 0, role: "application", ariaLabel: this.words.hidden(layer + 1) },
        figure,
      );
      grid.style.setProperty("--columns", columns);
      const cells = Array.from({ length: count }, () => make("i", {}, grid));
      pointAt(grid, columns, Math.ceil(count / columns), (i) =>
        this.point(i === null || i >= count ? null : { layer, unit: i }),
      );
      return { cells, count: make("span", { className: "note" }, caption) };
    });
    this.find(".layers").hidden = !sizes.length;
  }

  /** Show a prepared picture, in which the largest number is `most`, and what each layer makes of it. */
  show(picture, outputs, most) {
    Object.assign(this, { picture, outputs, most });
    this.showPicture();
    this.showLayers();
    this.point(this.pointed);
  }

  showPicture() {
    const { pixels, blank, box, mass } = this.picture;
    paint(this.find(".pixels"), this.side, (i) => (255 * pixels[i]) / this.most);
    this.find(".box").classList.toggle("shown", !blank);
    this.find(".mass").classList.toggle("shown", !blank);
    if (!blank) {
      const [[left, top], [right, bottom]] = box;
      for (const [name, value] of Object.entries({ x: left, y: top, width: right - left, height: bottom - top }))
        this.find(".box").setAttribute(name, value);
      this.find(".mass").setAttribute("d", `M${mass[0] - 1} ${mass[1]}h2m-1 -1v2`);
    }
    let d = "M0 100";
    pixels.forEach((value, i) => (d += `V${(100 - (96 * value) / this.most).toFixed(1)}H${i + 1}`));
    this.find(".numbers").setAttribute("d", `${d}V100Z`);
    this.find(".top").textContent = this.most;
  }

  showLayers() {
    const { blank } = this.picture;
    this.units.forEach(({ cells, count }, layer) => {
      const values = this.outputs[layer];
      const highest = Math.max(...values);
      cells.forEach((cell, i) =>
        cell.style.setProperty("--on", blank || !values[i] ? 0 : 0.15 + (0.85 * values[i]) / highest),
      );
      count.textContent = blank ? "" : ` ${this.words.lit(values.filter((value) => value > 0).length, values.length)}`;
    });
  }

  /** Mark the pixel or the unit that the reader points at, and say its number; `null` for neither. */
  point(to) {
    this.pointed = to;
    const { pixel, layer, unit } = to ?? {};
    for (const mark of this.section.querySelectorAll("svg .chosen"))
      mark.classList.toggle("shown", pixel !== undefined);
    this.units.forEach(({ cells }, i) =>
      cells.forEach((cell, k) => cell.classList.toggle("chosen", i === layer && k === unit)),
    );
    this.find(".picture").classList.toggle("weighing", layer === 0);
    if (layer === 0) this.showWeights(unit);
    const text =
      pixel !== undefined ? this.pixelText(pixel) : layer !== undefined ? this.unitText(layer, unit) : this.words.tour;
    const readout = this.find(".readout");
    if (readout.textContent !== text) readout.textContent = text;
  }

  pixelText(i) {
    const [row, column] = [Math.floor(i / this.side), i % this.side];
    this.find(".marks .chosen").setAttribute("x", column);
    this.find(".marks .chosen").setAttribute("y", row);
    this.find(".strip .chosen").setAttribute("x", i);
    const value = this.picture.pixels[i];
    return this.most === 1
      ? this.words.pixel(row, column, i, value.toFixed(2), String(Math.round(255 * value)))
      : this.words.pixel(row, column, i, Math.round(value));
  }

  unitText(layer, unit) {
    const text = this.words.unit(unit, (this.picture.blank ? 0 : this.outputs[layer][unit]).toFixed(2));
    return layer === 0 ? `${text}; ${this.words.looks}` : text;
  }

  /** Lay the weights of a unit of the first hidden layer over the picture. */
  showWeights(unit) {
    const { weights, biases } = this.network.layers[0];
    const own = Array.from({ length: this.side ** 2 }, (_, i) => weights[i * biases.length + unit]);
    const largest = Math.max(...own.map(Math.abs)) || 1;
    paint(
      this.find(".weights"),
      this.side,
      (i) => (255 * Math.abs(own[i])) / largest,
      (i) => (own[i] > 0 ? FOR : AGAINST),
    );
  }
}
