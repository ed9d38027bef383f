// The picture of a valley: the ground with its scales, the paths on it, and where the ball lies. One unit is a CSS pixel.

const EDGES = { left: 44, right: 12, top: 12, bottom: 40 };
const RINGS = 12; // contours, the outermost through the corners of the picture
const SIDE = 440; // the largest map
const MOUND = 300; // the height of a curve, its scales included

const svg = (tag, attributes, parent) => {
  const element = parent.appendChild(document.createElementNS("http://www.w3.org/2000/svg", tag));
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};

const line = (points) => points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");

/** What the curve of one weight and the map of two parameters share; they differ in size, scales, ground and slope. */
class Chart {
  constructor(element, ground, words) {
    Object.assign(this, { element, ground, words });
  }

  /** Draw the ground anew for a picture at most so many pixels wide. */
  layOut(room) {
    const { element } = this;
    element.replaceChildren();
    this.setSize(room);
    element.setAttribute("width", this.width);
    element.setAttribute("height", this.height);
    const { left, right, top, bottom } = EDGES;
    const [width, height] = [this.width - left - right, this.height - top - bottom];
    const field = { x: left, y: top, width, height };
    svg("rect", { ...field, class: "field" }, element);
    const cut = { ...field, viewBox: `${left} ${top} ${width} ${height}` }; // what reaches beyond is not seen
    this.land = svg("svg", cut, element);
    this.drawScales();
    this.drawGround();
    this.walks = svg("svg", cut, element);
  }

  /** Return the function from a span of numbers to the pixels from one place to another; `.back` leads the other way. */
  scale([low, high], from, to) {
    const unit = (to - from) / (high - low);
    const scale = (value) => from + (value - low) * unit;
    return Object.assign(scale, { low, high, unit, back: (at) => low + (at - from) / unit });
  }

  setScales([spanX, spanY]) {
    this.x = this.scale(spanX, EDGES.left, this.width - EDGES.right);
    this.y = this.scale(spanY, this.height - EDGES.bottom, EDGES.top);
  }

  drawScales() {
    const [middleX, middleY] = [(EDGES.left + this.width - EDGES.right) / 2, (EDGES.top + this.height - EDGES.bottom) / 2];
    const base = this.height - EDGES.bottom;
    for (const value of ticks(this.x.low, this.x.high, this.width / 70)) {
      svg("path", { class: "tick", d: `M${this.x(value)} ${base}v5` }, this.element);
      this.write(inSigns(value), this.x(value), base + 18, "middle");
    }
    for (const value of ticks(this.y.low, this.y.high, this.height / 60)) {
      svg("path", { class: "tick", d: `M${EDGES.left} ${this.y(value)}h-5` }, this.element);
      this.write(inSigns(value), EDGES.left - 8, this.y(value) + 4, "end");
    }
    const [across, up] = this.names();
    this.write(across, middleX, this.height - 5, "middle", { class: "name" });
    this.write(up, 0, 0, "middle", { class: "name", transform: `translate(11 ${middleY}) rotate(-90)` });
  }

  write(text, x, y, anchor, more = {}) {
    svg("text", { x, y, "text-anchor": anchor, ...more }, this.element).textContent = text;
  }

  /** Draw these walks, the last one as the present one. */
  show(walks) {
    this.walks.replaceChildren();
    for (const walk of walks) {
      const group = svg("g", { class: walk === walks.at(-1) ? "walk" : "walk past" }, this.walks);
      const places = walk.points.map((point, i) => this.place(point, walk.losses[i]));
      svg("polyline", { points: line(places) }, group);
      places.forEach(([cx, cy], i) => svg("circle", { cx, cy, r: i ? this.dot : 6, class: i ? "point" : "start" }, group));
    }
    this.drawSlope(walks.at(-1));
  }
}

/** One weight: the loss over it, and at the ball the tangent. */
class CurveChart extends Chart {
  dot = 3.5;

  setSize(width) {
    const { lowest, reach, least, highest } = this.ground;
    [this.width, this.height] = [width, Math.min(MOUND, 0.85 * width)];
    const [low] = lowest;
    this.setScales([
      [low - reach, low + reach],
      [least - 0.06 * (highest - least), highest],
    ]);
  }

  names() {
    return [this.words.weight, this.words.loss];
  }

  place([w], loss) {
    return [this.x(w), this.y(loss)];
  }

  /** Return the point under a place of the picture: the weight there, whatever the height. */
  pointAt(x) {
    return [this.x.back(x)];
  }

  drawGround() {
    const { lowest, reach } = this.ground;
    const points = Array.from({ length: 101 }, (_, i) => {
      const w = lowest[0] + (i / 50 - 1) * reach;
      return this.place([w], this.ground.loss([w]));
    });
    const base = this.height - EDGES.bottom;
    const below = [...points, [points.at(-1)[0], base], [points[0][0], base]];
    svg("polygon", { class: "soil", points: line(below) }, this.land);
    svg("polyline", { class: "ground", points: line(points) }, this.land);
  }

  /** Draw the tangent where the walk has got to: red where the step raises the weight, blue where it lowers it. */
  drawSlope({ point, loss }) {
    const [slope] = this.ground.gradient(point);
    const [x, y] = this.place(point, loss);
    const rise = (slope * this.y.unit) / this.x.unit;
    const run = 64 / Math.hypot(1, rise);
    const ends = { x1: x - run, y1: y - run * rise, x2: x + run, y2: y + run * rise };
    svg("line", { ...ends, class: slope < 0 ? "tangent raises" : "tangent lowers" }, this.walks);
  }
}

/** A weight and a bias: contours as on a map, both scales alike, so that the way down is at right angles to them. */
class MapChart extends Chart {
  dot = 2.5;

  setSize(width) {
    const { lowest, reach } = this.ground;
    const side = Math.min(SIDE, width - EDGES.left - EDGES.right);
    [this.width, this.height] = [side + EDGES.left + EDGES.right, side + EDGES.top + EDGES.bottom];
    this.setScales(lowest.map((value) => [value - reach, value + reach]));
  }

  names() {
    return [this.words.weight, this.words.bias];
  }

  place([w, b]) {
    return [this.x(w), this.y(b)];
  }

  pointAt(x, y) {
    return [this.x.back(x), this.y.back(y)];
  }

  /** Draw the contours of this loss, which are ellipses, evenly apart, and a cross where the ground is lowest. */
  drawGround() {
    const { ground } = this;
    const [steep, gentle] = axesOf(ground.curvature);
    const [cx, cy] = this.place(ground.lowest);
    const turn = (-Math.atan2(steep.direction[1], steep.direction[0]) * 180) / Math.PI;
    for (let ring = RINGS; ring > 0; ring--) {
      const height = (ground.highest - ground.least) * (ring / RINGS) ** 2;
      const [rx, ry] = [steep, gentle].map(({ steepness }) => Math.sqrt((2 * height) / steepness) * this.x.unit);
      svg("ellipse", { class: "ring", cx, cy, rx, ry, transform: `rotate(${turn} ${cx} ${cy})` }, this.land);
    }
    svg("path", { class: "lowest", d: `M${cx - 6} ${cy - 6}l12 12m0 -12l-12 12` }, this.land);
  }

  /** Draw an arrow down the steepest way, which the gradient of all examples gives. */
  drawSlope({ point, loss }) {
    const slopes = this.ground.gradient(point);
    const size = Math.hypot(...slopes);
    if (!size) return;
    const [x, y] = this.place(point, loss);
    const [dx, dy] = [-slopes[0] / size, slopes[1] / size];
    const at = (along, aside) => `${x + along * dx - aside * dy} ${y + along * dy + aside * dx}`;
    const d = `M${at(13, 0)}L${at(44, 0)}M${at(36, 6)}L${at(45, 0)}L${at(36, -6)}`;
    svg("path", { class: "downhill", d }, this.walks);
  }
}

/** Return round numbers within a span, about so many. */
function ticks(low, high, count) {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const apart = [1, 2, 5, 10].find((digit) => digit * power >= rough) * power;
  const found = [];
  for (let i = Math.ceil(low / apart); i * apart <= high; i++) found.push(Number((i * apart).toPrecision(12)));
  return found;
}

/** Return a number as text, by default as it is, with powers of ten where it would be too long. */
function inSigns(value, decimals) {
  const size = Math.abs(value);
  const long = size >= 1e6 || (size > 0 && size < 1e-3 && decimals === undefined) || decimals > 5;
  const text = long ? value.toExponential(1).replace("e+", "e") : decimals === undefined ? `${value}` : value.toFixed(decimals);
  return (Number(text) ? text : text.replace("-", "")).replace(/-/g, "−");
}
