// The drawing pad of mnist_tutorial.draw_digit, as a custom element: <draw-digit sizes="784,100,100,10" weights="…">.
// Python puts MARKUP and STYLE, the two files beside this one, in front of it. Nothing here asks the network for anything.

const WORDS = {
  en: {
    padLabel: "Drawing pad. Arrow keys move the pen, Space lowers and lifts it, Delete clears.",
    hint: "Draw a digit here",
    pens: "Pen",
    pen: ["thin", "medium", "thick"],
    eraser: "Eraser",
    clear: "Clear",
    keys: "Keyboard: arrows move the pen, Space lowers and lifts it, Delete clears.",
    bars: "Probability of each class",
    bar: (digit) => `Probability of ${digit}`,
    nothing: "Nothing drawn yet",
    waiting: "The answer and the probabilities will appear here.",
    says: (digit) => `The network says ${digit}`,
    sure: (percent) => `${percent} sure`,
    next: (digit, percent) => `next: ${digit}, ${percent}`,
    label: (digit) => `the label is ${digit}`,
    seen: "What the network gets",
    pictureLabel: "The prepared picture. Arrow keys walk over its pixels.",
    line: (side, count) => `The same picture flattened: ${count} numbers in one row`,
    pixel: (row, column, i, value, raw) =>
      `row ${row}, column ${column}: input ${i} is ${value}` + (raw ? ` (${raw} / 255)` : ""),
    tour: "Dashed: the box of your digit. Cross: its centre of mass. Point at a pixel or a unit to see its number.",
    hidden: (i) => `Hidden layer ${i}`,
    lit: (on, all) => `${on} of ${all} on`,
    unit: (i, value) => `unit ${i} gives ${value}`,
    looks: "its weights: blue counts for, red against",
    steps: "Prepared as MNIST was. Break it on purpose",
    stepsNote: "Switch a step off, and watch the picture and the probabilities.",
    framed: "The test images came with this done.",
    scale: (box) => [
      `Scale into a box of ${box}×${box}`,
      "Big or small, every digit gets the same size.",
      "Off: the digit keeps the size you drew.",
    ],
    centre: () => [
      "Centre of mass to the middle",
      "The digit goes where MNIST's digits are.",
      "Off: the digit stays where you drew it.",
    ],
    invert: () => [
      "Paper 0, ink 255",
      "As in MNIST: the background is 0.",
      "Off: paper 255 and ink 0, as in a photo of black ink on white paper.",
    ],
    normalize: () => [
      "0…255 becomes 0…1",
      "As in chapter 4.",
      "Off: numbers up to 255 go in, and make every sum huge.",
    ],
    examples: "Or take one from the test set",
    examplesNote: "In red: what the network reads wrong, as prediction,label. You can draw on it and rub parts out.",
    example: (label, read) => `Test image, label ${label}, read as ${read}`,
  },
  ko: {
    padLabel: "그림판. 화살표 키로 펜을 옮기고, 스페이스 키로 펜을 내리고 들며, Delete 키로 지웁니다.",
    hint: "여기에 숫자를 쓰세요",
    pens: "펜",
    pen: ["가는 펜", "보통 펜", "굵은 펜"],
    eraser: "지우개",
    clear: "모두 지우기",
    keys: "키보드: 화살표로 펜을 옮기고, 스페이스로 내리거나 들고, Delete로 지웁니다.",
    bars: "클래스마다의 확률",
    bar: (digit) => `${digit}일 확률`,
    nothing: "아직 쓴 것이 없습니다",
    waiting: "답과 확률이 여기에 나타납니다.",
    says: (digit) => `신경망의 답: ${digit}`,
    sure: (percent) => `확률 ${percent}`,
    next: (digit, percent) => `다음은 ${digit}, ${percent}`,
    label: (digit) => `레이블은 ${digit}`,
    seen: "신경망이 받는 그림",
    pictureLabel: "다듬은 그림. 화살표 키로 픽셀을 하나씩 볼 수 있습니다.",
    line: (side, count) => `같은 그림을 펼친 것: 한 줄로 선 수 ${count}개`,
    pixel: (row, column, i, value, raw) =>
      `${row}번 줄 ${column}번 칸: 입력 ${i}번의 값은 ${value}` + (raw ? ` (${raw} / 255)` : ""),
    tour: "점선은 숫자를 둘러싼 상자, 십자는 무게중심입니다. 픽셀이나 유닛을 가리키면 값이 나옵니다.",
    hidden: (i) => `은닉층 ${i}`,
    lit: (on, all) => `${all}개 중 ${on}개 켜짐`,
    unit: (i, value) => `유닛 ${i}번의 출력은 ${value}`,
    looks: "이 유닛의 가중치: 파랑은 더하고 빨강은 뺍니다",
    steps: "MNIST처럼 다듬습니다. 일부러 망가뜨려 보세요",
    stepsNote: "하나씩 끄고 그림과 확률이 어떻게 달라지는지 보세요.",
    framed: "테스트 이미지는 이미 이렇게 되어 있습니다.",
    scale: (box) => [
      `${box}×${box} 상자에 맞추기`,
      "크게 쓰든 작게 쓰든 크기가 같아집니다.",
      "꺼짐: 쓴 크기 그대로 들어갑니다.",
    ],
    centre: () => ["무게중심을 가운데로", "MNIST의 숫자가 있는 자리로 옮깁니다.", "꺼짐: 쓴 자리에 그대로 있습니다."],
    invert: () => [
      "종이는 0, 글씨는 255",
      "MNIST처럼 배경이 0입니다.",
      "꺼짐: 흰 종이를 찍은 사진처럼 종이가 255, 글씨가 0입니다.",
    ],
    normalize: () => [
      "0…255를 0…1로",
      "4장에서 한 정규화입니다.",
      "꺼짐: 255까지의 수가 그대로 들어가 합이 모두 커집니다.",
    ],
    examples: "테스트 세트에서 골라 보기",
    examplesNote:
      "빨간 것은 신경망이 틀린 이미지이고, '예측,레이블'을 적었습니다. 위에 덧쓰거나 일부를 지울 수도 있습니다.",
    example: (label, read) => `테스트 이미지, 레이블 ${label}, 예측 ${read}`,
  },
};

const STEPS = ["scale", "centre", "invert", "normalize"];
const PENS = [1.4, 2.3, 3.4]; // widths, as the pen of a pad 28 wide
const INK = 128; // how dark a point of the pad must be to count as part of the digit
const WORTH_SAYING = 0.001; // a second answer less probable is not mentioned

const bytes = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const percent = (p) => (p < 0.99 ? `${(100 * p).toFixed(p < 0.1 ? 1 : 0)}%` : `${Math.floor(1000 * p) / 10}%`); // 100% is certain
const make = (tag, properties, parent) => parent.appendChild(Object.assign(document.createElement(tag), properties));

/** Turn the 16 bits of a half-precision number into a number. */
function half(bits) {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const size = exponent ? (1 + fraction / 1024) * 2 ** (exponent - 15) : fraction * 2 ** -24;
  return bits & 0x8000 ? -size : size;
}

/** The network: for each layer a matrix, row by row, and the biases; ReLU between layers, softmax at the end. */
class Network {
  constructor(sizes, base64) {
    const data = new DataView(bytes(base64).buffer);
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

/**
 * Prepare a drawing as MNIST's digits were: scaled into a box, its centre of mass in the middle, in shades of grey.
 *
 * Both steps are one map from the pad to the picture, x → zoom · x + shift. A pixel of the picture is the mean ink of
 * the square of the pad that lands on it. `framed` says that the pad holds a picture which has gone through this.
 */
function prepare(ink, size, side, steps, framed) {
  const found = measure(ink, size);
  let zoom = side / size;
  let shift = [0, 0];
  if (found && !framed && (steps.scale || steps.centre)) {
    const [left, top, right, bottom] = found.box;
    if (steps.scale) zoom = boxSide(side) / Math.max(right - left, bottom - top);
    shift = [
      [left, right],
      [top, bottom],
    ].map(([low, high], axis) => {
      // The box begins at the edge of a pixel. MNIST's centre of mass falls into pixel 14 of 0…27.
      const middle = steps.centre ? side / 2 + 0.5 : ((low + high) / 2) * (side / size);
      return Math.round(middle - zoom * (steps.centre ? found.mass[axis] : (low + high) / 2) + zoom * low) - zoom * low;
    });
  }
  let pixels = resample(ink, size, side, zoom, shift);
  if (!steps.invert) pixels = pixels.map((value) => 1 - value);
  if (!steps.normalize) pixels = pixels.map((value) => 255 * value);
  const place = (point) => [zoom * point[0] + shift[0], zoom * point[1] + shift[1]];
  return {
    pixels,
    blank: !found,
    box: found && [place(found.box), place(found.box.slice(2))],
    mass: found && place(found.mass),
  };
}

const boxSide = (side) => Math.max(1, Math.round((side * 20) / 28));

/** Return the box around the ink and its centre of mass, or null for an empty pad. */
function measure(ink, size) {
  let [left, top, right, bottom] = [size, size, 0, 0];
  let [total, sumX, sumY] = [0, 0, 0];
  for (let y = 0, i = 0; y < size; y++) {
    for (let x = 0; x < size; x++, i++) {
      const value = ink[i];
      if (!value) continue;
      total += value;
      sumX += value * (x + 0.5);
      sumY += value * (y + 0.5);
      if (value < INK) continue;
      if (x < left) left = x;
      if (x >= right) right = x + 1;
      if (y < top) top = y;
      bottom = y + 1;
    }
  }
  return right ? { box: [left, top, right, bottom], mass: [sumX / total, sumY / total] } : null;
}

/** Return the picture, from 0 to 1. The running sums give the ink of any rectangle, its edges between points included. */
function resample(ink, size, side, zoom, shift) {
  const width = size + 1;
  const sums = new Float64Array(width * width);
  for (let y = 0; y < size; y++) {
    for (let x = 0, row = 0; x < size; x++) {
      row += ink[y * size + x];
      sums[(y + 1) * width + x + 1] = sums[y * width + x + 1] + row;
    }
  }
  const edges = (axis) =>
    Array.from({ length: side + 1 }, (_, i) => {
      const edge = Math.min(Math.max((i - shift[axis]) / zoom, 0), size);
      const low = Math.min(Math.floor(edge), size - 1);
      return [low, edge - low];
    });
  const [across, down] = [edges(0), edges(1)];
  const within = ([x, fx], [y, fy]) => {
    const i = y * width + x;
    return (
      (1 - fy) * ((1 - fx) * sums[i] + fx * sums[i + 1]) + fy * ((1 - fx) * sums[i + width] + fx * sums[i + width + 1])
    );
  };
  const full = 255 / zoom ** 2;
  return Float32Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    const sum =
      within(across[x + 1], down[y + 1]) -
      within(across[x], down[y + 1]) -
      within(across[x + 1], down[y]) +
      within(across[x], down[y]);
    return Math.max(sum, 0) / full;
  });
}

class DrawDigit extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return; // moved on the page
    const sizes = this.getAttribute("sizes").split(",").map(Number);
    this.side = Math.sqrt(sizes[0]);
    this.size = this.side * Math.max(1, Math.round(560 / this.side)); // of the pad, a multiple of the picture's
    this.network = new Network(sizes, this.getAttribute("weights"));
    this.words = this.closest("[lang]")?.lang.startsWith("ko") ? WORDS.ko : WORDS.en;
    this.steps = Object.fromEntries(STEPS.map((step) => [step, true]));
    this.framed = false;
    this.label = null;
    this.pointed = null;
    this.dataset.lmSuppressShortcuts = "true"; // JupyterLab leaves the keys to the pad
    this.attachShadow({ mode: "open" }).innerHTML = `<style>${STYLE}</style>${MARKUP}`;
    this.find = (selector) => this.shadowRoot.querySelector(selector);
    this.write();
    this.followTheme();
    this.makePad();
    this.makeBars(sizes.at(-1));
    this.makePicture();
    this.makeLayers(sizes.slice(1, -1));
    this.makeSteps();
    this.makeExamples();
    this.update();
  }

  /** Put the words of the page's language into the markup. */
  write() {
    const text = (name) => {
      const words = this.words[name];
      return typeof words === "function" ? words(this.side, this.side ** 2) : words;
    };
    for (const element of this.shadowRoot.querySelectorAll("[data-text]"))
      element.textContent = text(element.dataset.text);
    for (const element of this.shadowRoot.querySelectorAll("[data-label]"))
      element.setAttribute("aria-label", text(element.dataset.label));
  }

  /** Be dark when the book, Jupyter or else the reader's system is. */
  followTheme() {
    const system = matchMedia("(prefers-color-scheme: dark)");
    const follow = () => {
      const book = document.documentElement.dataset.theme;
      const jupyter = document.body.dataset.jpThemeLight;
      this.toggleAttribute("dark", book ? book === "dark" : jupyter ? jupyter === "false" : system.matches);
    };
    follow();
    system.addEventListener("change", follow);
    for (const element of [document.documentElement, document.body])
      new MutationObserver(follow).observe(element, { attributes: true });
  }

  makePad() {
    const pad = this.find(".pad");
    pad.width = pad.height = this.size;
    this.paper = pad.getContext("2d", { willReadFrequently: true });
    this.find(".guide").setAttribute("viewBox", `0 0 ${this.size} ${this.size}`);
    this.find(".pen").setAttribute("r", this.size / 45);
    this.makePens();
    this.find(".clear").onclick = () => this.clear();

    const place = (event) => {
      const box = pad.getBoundingClientRect();
      return [
        ((event.clientX - box.left) / box.width) * this.size,
        ((event.clientY - box.top) / box.height) * this.size,
      ];
    };
    let last = null; // the last point of the stroke, while a pointer is down
    let middle = null; // halfway to it: curves from halfway to halfway have no corners
    pad.onpointerdown = (event) => {
      if (event.button || !event.isPrimary) return;
      pad.setPointerCapture(event.pointerId);
      this.pointed = null;
      last = middle = place(event);
      this.draw(last, last, last);
    };
    pad.onpointermove = (event) => {
      if (!last || !event.isPrimary) return;
      const events = event.getCoalescedEvents?.() ?? [];
      for (const point of (events.length ? events : [event]).map(place)) {
        const next = [(last[0] + point[0]) / 2, (last[1] + point[1]) / 2];
        this.draw(middle, last, next);
        [last, middle] = [point, next];
      }
    };
    pad.onpointerup = pad.onpointercancel = () => {
      if (last) this.draw(middle, last, last);
      last = null;
    };
    this.makeKeyboardPen(pad);
  }

  makePens() {
    const choose = (text, properties, width) => {
      const label = make("label", { title: text }, this.find(".pens"));
      const input = make("input", { type: "radio", name: "pen", ariaLabel: text, checked: width === PENS[1] }, label);
      input.onchange = () => {
        this.width = width;
        this.erasing = properties.className === "eraser";
      };
      return make("span", properties, label);
    };
    PENS.forEach((width, i) => choose(this.words.pen[i], {}, width).style.setProperty("--dot", `${3 + 4 * width}px`));
    choose(this.words.eraser, { className: "eraser", textContent: this.words.eraser }, 3.8);
    [this.width, this.erasing] = [PENS[1], false];
  }

  makeKeyboardPen(pad) {
    const ring = this.find(".pen");
    const step = this.size / 28;
    let at = [this.size / 2, this.size / 4];
    let down = false;
    const move = (to, drawing = down) => {
      down = drawing;
      if (down) this.draw(at, at, to);
      at = to;
      ring.setAttribute("cx", at[0]);
      ring.setAttribute("cy", at[1]);
      ring.classList.toggle("down", down);
    };
    pad.onkeydown = (event) => {
      const way = arrow(event);
      if (way) move(at.map((value, axis) => Math.min(Math.max(value + way[axis] * step, 0), this.size)));
      else if (event.key === " ") move(at, !down);
      else if (event.key === "Escape") move(at, false);
      else if (event.key === "Delete" || event.key === "Backspace") this.clear();
      else return;
      event.preventDefault();
    };
    pad.addEventListener("blur", () => move(at, false));
    move(at);
  }

  /** Draw a curve, or rub it out, and ask the network as soon as the browser paints. */
  draw(from, control, to) {
    const paper = this.paper;
    paper.globalCompositeOperation = this.erasing ? "destination-out" : "source-over";
    paper.lineCap = paper.lineJoin = "round";
    paper.lineWidth = (this.width * this.size) / 28;
    paper.beginPath();
    paper.moveTo(...from);
    paper.lineTo(from[0] + 0.01, from[1]); // a mere touch leaves a dot
    paper.quadraticCurveTo(...control, ...to);
    paper.stroke();
    this.forgetExample(true);
    this.waiting ??= requestAnimationFrame(() => this.update());
  }

  clear() {
    this.paper.clearRect(0, 0, this.size, this.size);
    this.forgetExample(false);
    this.update();
  }

  /** What is on the pad is no test image any more. It is still framed like one when it grew out of one. */
  forgetExample(framed) {
    this.framed &&= framed;
    this.label = null;
    this.find("[aria-pressed=true]")?.setAttribute("aria-pressed", "false");
  }

  makeBars(count) {
    this.find(".root").classList.toggle("many", count > 12);
    this.bars = Array.from({ length: count }, (_, digit) => {
      const bar = make("div", { className: "bar" }, this.find(".bars"));
      const rail = make(
        "div",
        { className: "rail", role: "meter", ariaLabel: this.words.bar(digit), ariaValueMin: 0, ariaValueMax: 1 },
        bar,
      );
      make("div", { className: "fill" }, rail);
      make("span", { className: "percent" }, rail);
      make("span", { textContent: digit }, bar);
      return bar;
    });
  }

  makePicture() {
    const { side } = this;
    for (const canvas of this.shadowRoot.querySelectorAll(".picture canvas")) canvas.width = canvas.height = side;
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
      return { cells, count: make("span", { className: "note" }, caption), caption };
    });
    this.find(".layers").hidden = !sizes.length;
  }

  makeSteps() {
    this.switches = STEPS.map((step) => {
      const [name, on, off] = this.words[step](boxSide(this.side));
      const label = make("label", { className: "step" }, this.find(".steps"));
      const input = make("input", { type: "checkbox", role: "switch", checked: true, name: step }, label);
      make("span", { textContent: name }, label);
      const why = make("small", {}, label);
      input.onchange = () => {
        this.steps[step] = input.checked;
        this.update();
      };
      return () => {
        input.disabled = this.framed && (step === "scale" || step === "centre");
        input.checked = input.disabled || this.steps[step];
        why.textContent = input.disabled ? this.words.framed : input.checked ? on : off;
      };
    });
  }

  makeExamples() {
    const pixels = bytes(this.getAttribute("images") ?? "");
    const labels = (this.getAttribute("labels") || "").split(",").filter(Boolean);
    this.find(".shelf").hidden = !labels.length;
    labels.map(Number).forEach((label, i) => {
      const image = pixels.subarray(i * this.side ** 2, (i + 1) * this.side ** 2);
      const read = best(this.network.run(Float32Array.from(image, (value) => value / 255)).at(-1));
      const button = make(
        "button",
        { type: "button", ariaPressed: "false", ariaLabel: this.words.example(label, read) },
        this.find(".examples"),
      );
      const canvas = make("canvas", { className: "ink", width: this.side, height: this.side }, button);
      paint(canvas, this.side, (k) => image[k]);
      make(
        "span",
        { className: read === label ? "" : "missed", textContent: read === label ? label : `${read},${label}` },
        button,
      );
      button.onclick = () => this.show(image, label, button);
    });
  }

  /** Put a test image on the pad, each of its pixels a square of the same grey. */
  show(image, label, button) {
    const block = this.size / this.side;
    paint(
      this.paper.canvas,
      this.size,
      (i) => image[Math.floor(i / this.size / block) * this.side + Math.floor((i % this.size) / block)],
    );
    this.forgetExample(false);
    [this.framed, this.label] = [true, label];
    button.setAttribute("aria-pressed", "true");
    this.update();
  }

  /** From the pad to the probabilities, and all of it onto the screen. */
  update() {
    cancelAnimationFrame(this.waiting);
    this.waiting = null;
    const rgba = this.paper.getImageData(0, 0, this.size, this.size).data;
    const ink = new Uint8Array(this.size ** 2);
    for (let i = 0; i < ink.length; i++) ink[i] = rgba[4 * i + 3];
    this.picture = prepare(ink, this.size, this.side, this.steps, this.framed);
    this.outputs = this.network.run(this.picture.pixels);
    for (const refresh of this.switches) refresh();
    this.showPicture();
    this.showLayers();
    this.showAnswer();
    this.point(this.pointed);
  }

  showPicture() {
    const { pixels, blank, box, mass } = this.picture;
    const most = this.steps.normalize ? 1 : 255;
    paint(this.find(".pixels"), this.side, (i) => (255 * pixels[i]) / most);
    this.find(".hint").hidden = !blank;
    this.find(".box").classList.toggle("shown", !blank);
    this.find(".mass").classList.toggle("shown", !blank);
    if (!blank) {
      const [[left, top], [right, bottom]] = box;
      for (const [name, value] of Object.entries({ x: left, y: top, width: right - left, height: bottom - top }))
        this.find(".box").setAttribute(name, value);
      this.find(".mass").setAttribute("d", `M${mass[0] - 1} ${mass[1]}h2m-1 -1v2`);
    }
    let d = "M0 100";
    pixels.forEach((value, i) => (d += `V${(100 - (96 * value) / most).toFixed(1)}H${i + 1}`));
    this.find(".numbers").setAttribute("d", `${d}V100Z`);
    this.find(".top").textContent = most;
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

  showAnswer() {
    const { blank } = this.picture;
    const probabilities = this.outputs.at(-1);
    const order = Array.from(probabilities.keys()).sort((a, b) => probabilities[b] - probabilities[a]);
    const wrong = !blank && this.label !== null && this.label !== order[0];
    this.find(".answer").classList.toggle("empty", blank);
    this.find(".answer").classList.toggle("wrong", wrong);
    this.bars.forEach((bar, digit) => {
      const p = blank ? 0 : probabilities[digit];
      bar.style.setProperty("--p", p);
      bar.classList.toggle("first", !blank && digit === order[0]);
      bar.classList.toggle("label", digit === this.label);
      bar.firstChild.ariaValueNow = p;
      bar.querySelector(".percent").textContent = p >= 0.01 ? Math.round(100 * p) : "";
    });
    this.find(".digit").textContent = blank ? "?" : order[0];
    const { words } = this;
    const lines = blank
      ? [words.nothing, words.waiting]
      : [words.says(order[0]), words.sure(percent(probabilities[order[0]]))];
    if (wrong) lines.push(words.label(this.label));
    else if (!blank && probabilities[order[1]] > WORTH_SAYING)
      lines.push(words.next(order[1], percent(probabilities[order[1]])));
    const sure = this.find(".sure");
    sure.replaceChildren();
    make("strong", { textContent: lines[0] }, sure);
    sure.append(lines.slice(1).join(" · "));
    clearTimeout(this.speaking); // to a screen reader, once the hand rests
    this.speaking = setTimeout(() => (this.find(".heard").textContent = lines.join(", ")), 700);
  }

  /** Mark the pixel or the unit that the reader points at, and say its number; `null` for neither. */
  point(to) {
    this.pointed = to;
    const { pixel, layer, unit } = to ?? {};
    for (const mark of this.shadowRoot.querySelectorAll("svg .chosen"))
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
    const raw = Math.round(255 * value);
    return this.steps.normalize
      ? this.words.pixel(row, column, i, value.toFixed(2), String(raw))
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
    const [blue, red] = [
      [31, 111, 180],
      [209, 73, 91],
    ];
    paint(
      this.find(".weights"),
      this.side,
      (i) => (255 * Math.abs(own[i])) / largest,
      (i) => (own[i] > 0 ? blue : red),
    );
  }
}

/** Paint a square canvas point by point: black, or in the colour of the point, as dense as `density` says from 0 to 255. */
function paint(canvas, side, density, colour) {
  const image = new ImageData(side, side);
  for (let i = 0; i < side * side; i++) {
    if (colour) image.data.set(colour(i), 4 * i);
    image.data[4 * i + 3] = density(i);
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
}

/** Call `choose` with the number of the place in a grid that a pointer or the arrow keys are at, or null. */
function pointAt(element, columns, rows, choose) {
  let at = [Math.floor(columns / 2), Math.floor(rows / 2)];
  const go = (x, y) => {
    at = [Math.min(Math.max(x, 0), columns - 1), Math.min(Math.max(y, 0), rows - 1)];
    choose(at[1] * columns + at[0]);
  };
  element.onpointermove = element.onpointerdown = (event) => {
    const box = element.getBoundingClientRect();
    go(
      Math.floor(((event.clientX - box.left) / box.width) * columns),
      Math.floor(((event.clientY - box.top) / box.height) * rows),
    );
  };
  element.onkeydown = (event) => {
    const way = arrow(event);
    if (!way) return;
    event.preventDefault();
    go(at[0] + way[0], at[1] + way[1]);
  };
  element.addEventListener("focus", () => element.matches(":focus-visible") && go(...at));
  element.onblur = () => choose(null);
  element.onpointerleave = (event) => event.pointerType === "mouse" && choose(null); // a finger's choice stays
}

const arrow = (event) => ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] })[event.key];
const best = (values) => values.indexOf(Math.max(...values));

if (!customElements.get("draw-digit")) customElements.define("draw-digit", DrawDigit);
