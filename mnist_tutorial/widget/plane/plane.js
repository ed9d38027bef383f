// The plane of mnist_tutorial.relu_plane: <relu-plane units="3" patterns='{"ring": [[x, y, class], …], …}'>.

const MOST_UNITS = 10;
const MOST_POINTS = 300;
const FRAME_STEPS = 2; // steps between two pictures
const NEAR = 0.11; // a click so near to a point takes it away
const APART = 0.25; // between points that are drawn in one go
const FIRST_SEED = 1;

class ReluPlane extends Widget {
  start() {
    this.patterns = JSON.parse(this.getAttribute("patterns"));
    this.units = Number(this.getAttribute("units"));
    this.seed = FIRST_SEED;
    this.view = new View(this.find(".sheet"));
    this.makePatterns();
    this.makeKinds();
    this.makeControls();
    this.followPointer();
    this.followKeys();
    this.choose(Object.keys(this.patterns)[0]);
    new MutationObserver(() => this.show()).observe(this, { attributes: true, attributeFilter: ["dark"] });
  }

  disconnectedCallback() {
    this.pause();
  }

  makePatterns() {
    for (const name of Object.keys(this.patterns)) {
      const properties = { type: "button", textContent: this.words[name], onclick: () => this.choose(name) };
      make("button", properties, this.find(".patterns")).dataset.pattern = name;
    }
  }

  makeKinds() {
    const marks = { dot: '<circle cx="9" cy="9" r="5" />', cross: '<path d="m4 4 10 10m0-10-10 10" />' };
    ["dot", "cross"].forEach((name, i) => {
      const label = make("label", {}, this.find(".kinds"));
      const properties = { type: "radio", name: "kind", ariaLabel: this.words[name], checked: !i };
      make("input", properties, label).onchange = () => (this.kind = 1 - i);
      const span = make("span", { className: "button" }, label);
      span.innerHTML = `<svg class="${name}" viewBox="0 0 18 18" aria-hidden="true">${marks[name]}</svg>`;
      span.append(this.words[name]);
    });
    this.kind = 1;
  }

  makeControls() {
    this.find(".clear").onclick = () => this.put([], null);
    this.find(".fewer").onclick = () => this.changeUnits(-1);
    this.find(".more").onclick = () => this.changeUnits(1);
    this.find(".train").onclick = () => (this.running ? this.pause() : this.run());
    this.find(".again").onclick = () => {
      this.seed++;
      this.restart();
      this.run();
    };
  }

  changeUnits(by) {
    const units = Math.min(Math.max(this.units + by, 1), MOST_UNITS);
    if (units === this.units) return;
    this.units = units;
    this.restart();
  }

  /** Take up a pattern, with an untrained network. */
  choose(name) {
    this.put(this.patterns[name], name);
    this.restart();
  }

  /** Show other points; the network stays as it is. */
  put(points, name = null) {
    this.points = points;
    for (const button of this.findAll(".patterns button")) button.ariaPressed = button.dataset.pattern === name;
    this.view.place(points);
    this.find(".hint").hidden = points.length > 0;
    if (!this.lesson) return;
    this.lesson.learn(points);
    if (!this.lesson.possible) this.pause();
    this.show();
  }

  /** Begin with new weights; what was running runs on. */
  restart() {
    this.lesson = new Lesson(this.points, this.units, this.seed);
    this.show();
  }

  run() {
    if (this.running || !this.lesson.possible) return this.show();
    this.lesson.begin();
    this.running = true;
    this.show();
    if (motionless()) return this.runUnseen();
    const frame = () => {
      if (!this.running) return;
      this.advance(FRAME_STEPS);
      this.show();
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  /** Train without moving pictures: the plane changes once, at the end. */
  runUnseen() {
    const slice = () => {
      if (!this.running) return;
      const until = performance.now() + 12;
      while (this.running && performance.now() < until) this.advance(1);
      if (this.running) setTimeout(slice);
      else this.show();
    };
    slice();
  }

  advance(steps) {
    for (let i = 0; i < steps && this.running; i++) {
      this.lesson.step();
      if (this.lesson.end) this.running = false;
    }
  }

  pause() {
    if (!this.running) return;
    this.running = false;
    this.show();
  }

  followPointer() {
    const touch = this.find(".touch");
    const place = (event) => {
      const box = touch.getBoundingClientRect();
      const x = ((event.clientX - box.left) / box.width) * 2 * REACH - REACH;
      return [x, REACH - ((event.clientY - box.top) / box.height) * 2 * REACH];
    };
    let last = null; // where a mouse or pen that is drawing put the last point
    let type = null;
    touch.onclick = (event) => type === "touch" && this.toggle(place(event)); // until then the finger may be scrolling
    touch.onpointerdown = (event) => {
      type = event.pointerType;
      if (event.button || type === "touch") return;
      touch.setPointerCapture(event.pointerId);
      last = place(event);
      if (!this.toggle(last)) last = null;
    };
    touch.onpointermove = (event) => {
      if (!last) return;
      const now = place(event);
      if (Math.hypot(now[0] - last[0], now[1] - last[1]) >= APART && this.add(now)) last = now;
    };
    touch.onpointerup = touch.onpointercancel = () => (last = null);
  }

  /** Let the arrow keys move a ring; Space puts a point into it, or takes one away. */
  followKeys() {
    const pen = this.find(".pen");
    let at = [0, 0];
    this.find(".touch").onkeydown = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const way = arrow(event);
      if (!way && event.key !== " " && event.key !== "Enter") return;
      event.preventDefault();
      if (!way) return this.toggle(at);
      at = [at[0] + 0.15 * way[0], at[1] - 0.15 * way[1]].map((value) => Math.min(Math.max(value, -2.25), 2.25));
      pen.setAttribute("cx", at[0]);
      pen.setAttribute("cy", -at[1]);
    };
  }

  /** Take away the point that is here, or put one; return whether one was put. */
  toggle([x, y]) {
    const distances = this.points.map((point) => Math.hypot(point[0] - x, point[1] - y));
    const nearest = distances.indexOf(Math.min(...distances));
    if (!(distances[nearest] < NEAR)) return this.add([x, y]);
    this.put(this.points.filter((_, i) => i !== nearest));
    return false;
  }

  add([x, y]) {
    if (this.points.length >= MOST_POINTS || Math.max(Math.abs(x), Math.abs(y)) > REACH) return false;
    this.put([...this.points, [x, y, this.kind]]);
    return true;
  }

  /** All of it onto the screen. */
  show() {
    const { lesson, words, units, points } = this;
    if (!lesson) return;
    this.view.show(lesson);
    const percent = points.length ? ` (${Math.round((1000 * lesson.right) / points.length) / 10}%)` : "";
    this.say(".units", words.units(units));
    this.say(".train", this.running ? words.pause : words.train);
    this.say(".right strong", `${lesson.right} / ${points.length}`);
    this.say(".right small", percent);
    this.say(".loss", points.length ? lesson.loss.toFixed(3) : "–");
    this.say(".count", lesson.steps.toLocaleString("en"));
    this.say(".verdict", this.verdict());
    this.find(".fewer").ariaDisabled = units === 1;
    this.find(".more").ariaDisabled = units === MOST_UNITS;
    this.find(".train").ariaDisabled = !lesson.possible;
  }

  /** Change a text if it is another: what is live is read aloud each time. */
  say(selector, text) {
    const element = this.find(selector);
    if (element.textContent !== text) element.textContent = text;
  }

  /** Return in words how it stands. */
  verdict() {
    const { lesson, words, units, points } = this;
    if (!lesson.possible) return words.lacking;
    if (this.running) return words.running;
    if (lesson.end === "right") return words.done(points.length, words.units(units));
    const dead = deadUnits(lesson.network, points);
    const died = dead.length ? [words.dead(dead)] : [];
    if (lesson.end !== "stuck") return [lesson.steps ? words.paused : words.untrained, ...died].join(" ");
    return [words.stuck(points.length - lesson.right, words.units(units)), ...died, words.advice].join(" ");
  }
}
