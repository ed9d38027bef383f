// Why this prediction: what each pixel says for one class against another, and how few pixels turn one into the other.

const SLICE = 8; // milliseconds of searching between which the page lives on
const PACE = 350; // milliseconds from one changed pixel to the next
const BUTTONS = ["forward", "run", "backward", "put"];

class Why {
  /** Fill a section of the page; `put` puts a picture on the pad. */
  constructor(section, network, words, put) {
    Object.assign(this, { section, network, words, put, chosen: null, search: 0 });
    this.find = (selector) => section.querySelector(selector);
    this.side = Math.sqrt(network.sizes[0]);
    section.hidden = network.sizes.at(-1) < 2; // one class has nothing to be compared with
    for (const canvas of section.querySelectorAll("canvas")) canvas.width = canvas.height = this.side;
    this.selects = [this.find(".one"), this.find(".other")];
    this.selects.forEach((select, i) => {
      for (let digit = 0; digit < network.sizes.at(-1); digit++) make("option", { textContent: digit }, select);
      select.onchange = () => this.choose(i);
    });
    for (const name of BUTTONS) this.find(`.${name}`).onclick = () => this[`${name}Pressed`]();
  }

  /** Compare the classes that the reader chose; never one with itself. */
  choose(changed) {
    const pair = this.selects.map((select) => select.selectedIndex);
    if (pair[0] === pair[1]) pair[1 - changed] = this.pair[changed];
    this.chosen = pair;
    this.compare(pair);
  }

  /** Show a prepared picture, whose largest number may be `most`, and the probabilities that it gets. */
  show({ pixels, blank }, probabilities, most) {
    if (this.section.hidden) return;
    const order = Array.from(probabilities.keys()).sort((a, b) => probabilities[b] - probabilities[a]);
    if (blank || order[0] !== this.leading) this.chosen = null; // another prediction is another question
    if (this.pixels && !blank && !this.blank && pixels.every((value, i) => value === this.pixels[i])) return;
    Object.assign(this, { pixels, blank, most });
    this.leading = order[0];
    this.compare(this.chosen ?? order.slice(0, 2));
  }

  compare(pair) {
    this.pair = pair;
    this.selects.forEach((select, i) => (select.selectedIndex = pair[i]));
    this.showReasons();
    this.startOver();
  }

  showReasons() {
    const { pixels, most, pair } = this;
    const { difference, contributions, rest } = explain(this.network, pixels, ...pair);
    const largest = contributions.reduce((high, value) => Math.max(high, Math.abs(value)), 0) || 1;
    paint(this.find(".reasons .faint"), this.side, (i) => (255 * pixels[i]) / most);
    paint(
      this.find(".says"),
      this.side,
      (i) => (255 * Math.abs(contributions[i])) / largest,
      (i) => (contributions[i] > 0 ? FOR : AGAINST),
    );
    const sum = (sign) => contributions.reduce((total, value) => total + Math.max(sign * value, 0), 0);
    const parts = { one: pair[0], other: pair[1], red: sum(1), blue: sum(-1), rest, difference };
    this.find(".sum").textContent = this.blank ? this.words.whyEmpty : this.words.sum(parts);
  }

  /** Forget the search, and offer one from the class that leads now to the other of the pair. */
  startOver() {
    this.pause();
    this.search++;
    this.goal = this.pair.find((digit) => digit !== this.leading);
    Object.assign(this, { found: null, shown: 0 });
    this.find(".turning").textContent = this.words.turning(this.goal);
    this.showChanges();
  }

  /** Search, in slices, and remember what was found. */
  async seek() {
    if (this.found) return true;
    const search = ++this.search;
    const steps = turnInto(this.network, this.pixels, this.goal, this.most);
    this.find(".count").textContent = this.words.seeking;
    for (let step = {}; !step.done; ) {
      const end = performance.now() + SLICE;
      while (!step.done && performance.now() < end) step = steps.next();
      if (step.done) this.found = step.value;
      else await new Promise((resolve) => setTimeout(resolve));
      if (search !== this.search) return false; // the picture or the question has changed
    }
    return true;
  }

  async forwardPressed() {
    this.pause();
    if (await this.seek()) this.advance(1);
  }

  async runPressed() {
    if (this.timer) return this.pause();
    if (!(await this.seek())) return;
    if (motionless()) return this.advance(Infinity);
    if (this.shown === this.found.changes.length) this.shown = 0;
    this.timer = setInterval(() => this.advance(1), PACE);
    this.showChanges();
  }

  backwardPressed() {
    this.pause();
    this.shown = Math.max(this.shown - 1, 0);
    this.showChanges();
  }

  putPressed() {
    this.put(Uint8Array.from(this.turned(), (value) => Math.round((255 * value) / this.most)));
  }

  pause() {
    clearInterval(this.timer);
    this.timer = null;
    this.find(".run").textContent = this.words.run;
  }

  advance(count) {
    this.shown = Math.min(this.shown + count, this.found.changes.length);
    if (this.shown === this.found.changes.length) this.pause();
    this.showChanges();
  }

  /** Return the picture with the changes that are shown. */
  turned() {
    const picture = Float32Array.from(this.pixels);
    for (const { pixel, to } of this.found?.changes.slice(0, this.shown) ?? []) picture[pixel] = to;
    return picture;
  }

  showChanges() {
    const { blank, found, shown, words, most } = this;
    const picture = this.turned();
    const changed = new Map((found?.changes ?? []).slice(0, shown).map(({ pixel, from, to }) => [pixel, to > from]));
    paint(this.find(".turned"), this.side, (i) => (255 * picture[i]) / most);
    paint(
      this.find(".changes"),
      this.side,
      (i) => (changed.has(i) ? 255 : 0),
      (i) => (changed.get(i) ? FOR : AGAINST),
    );
    if (this.timer) this.find(".run").textContent = words.pause;
    for (const name of BUTTONS) this.find(`.${name}`).disabled = blank;
    const now = argmax(this.network.run(picture).at(-1));
    this.find(".count").ariaLive = this.timer ? "off" : "polite"; // while it runs, only the end is read out
    this.find(".count").textContent = blank || !found ? words.turnNote : this.told(shown, found, now);
  }

  told(shown, { changes, reached }, now) {
    const { words } = this;
    const lines = [words.changed(shown, changes.length), words.nowSays(now)];
    if (shown === changes.length)
      lines.push(reached ? words.reached(shown, this.side ** 2) : words.notReached(shown, this.goal));
    return lines.join(" ");
  }
}
