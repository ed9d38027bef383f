// One's own test set: the reader says which digit was meant, and keeps the drawing as the network would get it.

const GOAL = 50;
const AS_MNIST = Object.fromEntries(STEPS.map((step) => [step, true]));
const FILE_NAME = "my_digits.npz";

class Collection {
  /** Fill the pad's section; a network for other pictures or other classes than MNIST's has none. */
  constructor(pad) {
    const section = pad.find(".own");
    section.hidden = pad.side ** 2 !== PIXELS || pad.network.layers.at(-1).biases.length !== 10;
    if (section.hidden) return;
    Object.assign(this, { pad, words: pad.words, drawings: Drawings.here, judging: false });
    this.find = (selector) => section.querySelector(selector);
    this.makeLabels();
    this.makeButtons();
    this.followKeys();
    this.drawings.addEventListener("change", () => this.show());
    this.find("details").open = this.drawings.list.length > 0;
    this.show();
  }

  makeLabels() {
    this.options = Array.from({ length: 10 }, (_, digit) => {
      const label = make("label", {}, this.find(".labels"));
      const input = make("input", { type: "radio", name: "label", value: digit }, label);
      const face = make("span", { className: "button", textContent: digit, ariaHidden: true }, label);
      return { input, count: make("small", {}, face) };
    });
  }

  makeButtons() {
    const doings = { keep: "keep", save: "save", judge: "judge", forget: "ask", yes: "forget", no: "stop", back: "putBack" };
    for (const [name, doing] of Object.entries(doings)) this.find(`.${name}`).onclick = () => this[doing]();
    const file = this.find(".file");
    this.find(".load").onclick = () => file.click();
    file.onchange = async () => {
      for (const each of file.files) await this.load(each);
      file.value = ""; // so that the same file can be chosen again
    };
  }

  /** Let a digit's key choose the label, and Enter keep the drawing. */
  followKeys() {
    this.pad.find(".root").addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !this.find("details").open) return;
      if (/^\d$/.test(event.key)) this.options[event.key].input.checked = true;
      else if (event.key === "Enter" && event.target.matches(".pad, .labels input")) this.keep();
      else return;
      event.preventDefault();
    });
  }

  keep() {
    const { pad, words, drawings } = this;
    const label = this.options.findIndex(({ input }) => input.checked);
    const { paper, size, side } = pad;
    const picture = prepare(paper.ink(), size, side, AS_MNIST, Boolean(paper.picture));
    if (picture.blank) return this.tell(words.noDrawing);
    if (paper.untouched?.label !== undefined) return this.tell(words.notYours);
    if (label < 0) return this.tell(words.noLabel);
    if (drawings.list.length >= MOST) return this.tell(words.full(MOST));
    const pixels = Uint8Array.from(picture.pixels, (value) => Math.round(255 * value));
    if (!drawings.add([{ label, pixels }])) return this.tell(words.twice);
    this.options[label].input.checked = false;
    this.tell(words.keptOne(label, drawings.list.length));
    pad.liftPen();
    paper.clear();
    pad.update();
  }

  takeOut(i) {
    const { list } = this.drawings;
    this.drawings.set(list.toSpliced(i, 1));
    this.tell(this.words.takenOut(list[i].label));
    this.taken = [i, list[i]];
    this.find(".back").hidden = false;
    this.find(".back").focus(); // the button that had it is gone
  }

  putBack() {
    const [i, drawing] = this.taken;
    this.drawings.set(this.drawings.list.toSpliced(i, 0, drawing));
    this.tell(this.words.keptOne(drawing.label, this.drawings.list.length));
    this.find(".kept").children[i].focus();
  }

  save() {
    const href = URL.createObjectURL(new Blob([writeNpz(this.drawings.list, this.pad.side)]));
    make("a", { href, download: FILE_NAME, hidden: true }, this.find("details")).click();
    this.find("a").remove();
    setTimeout(() => URL.revokeObjectURL(href), 60_000); // when the browser has read it
  }

  async load(file) {
    try {
      const read = await readNpz(file, this.pad.side);
      const added = this.drawings.add(read);
      const full = this.drawings.list.length === MOST ? ` ${this.words.full(MOST)}` : "";
      this.tell(this.words.loaded(added, full ? 0 : read.length - added) + full);
    } catch {
      this.tell(this.words.unread(file.name));
    }
  }

  judge() {
    this.judging = true;
    this.show();
    const { list } = this.drawings;
    this.tell(this.words.judged(list.filter((drawing) => this.read(drawing) === drawing.label).length, list.length));
  }

  ask() {
    this.find(".asking p").textContent = this.words.asking(this.drawings.list.length);
    this.find(".asking").hidden = false;
    this.find(".no").focus();
  }

  stop() {
    this.find(".asking").hidden = true;
    this.find(".forget").focus();
  }

  forget() {
    this.find(".asking").hidden = true;
    this.drawings.set([]);
    this.tell(this.words.forgotten);
    this.find("summary").focus();
  }

  /** Return the digit that the network takes a drawing for. */
  read({ pixels }) {
    return this.pad.read(Float32Array.from(pixels, (value) => value / 255));
  }

  tell(text) {
    this.find(".told").textContent = text;
    this.find(".back").hidden = true;
  }

  /** Show what is kept. What the network makes of it is shown until the next change alone. */
  show() {
    const { words } = this;
    const { list, stored } = this.drawings;
    const judging = this.judging;
    this.judging = false;
    this.options.forEach(({ input, count }, digit) => {
      const number = list.filter(({ label }) => label === digit).length;
      count.textContent = number || "";
      input.ariaLabel = words.option(digit, number);
    });
    this.find(".total").textContent = words.goal(list.length, GOAL);
    this.find(".goal").style.setProperty("--part", Math.min(list.length / GOAL, 1));
    this.find(".where").textContent = stored ? words.stored : words.unstored;
    this.find(".asking").hidden = true;
    for (const name of ["save", "judge", "forget", "outNote"]) this.find(`.${name}`).hidden = !list.length;
    this.find(".kept").replaceChildren();
    list.forEach((drawing, i) => this.showOne(drawing, i, judging ? this.read(drawing) : undefined));
  }

  showOne({ label, pixels }, i, read) {
    const title = this.words.takeOut(label, read);
    const button = make("button", { type: "button", title, ariaLabel: title }, this.find(".kept"));
    const { side } = this.pad;
    paint(make("canvas", { className: "ink", width: side, height: side }, button), side, (k) => pixels[k]);
    const missed = read !== undefined && read !== label;
    make("span", { className: missed ? "missed" : "", textContent: missed ? `${read},${label}` : label }, button);
    button.onclick = () => this.takeOut(i);
  }
}
