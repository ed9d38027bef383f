// The valley of mnist_tutorial.loss_valley: <loss-valley x="…" labels="…" start="0.5" rate="0.01" seed="0" batch="10">.

const PACE = 240; // milliseconds to the second step; after BRISK more, half as many
const BRISK = 8;
const KEPT = 6; // walks in the list

class LossValley extends Widget {
  start() {
    const floats = (name) => Array.from(new Float64Array(bytesOf(this.getAttribute(name)).buffer));
    this.origin = this.getAttribute("start").split(",").map(Number);
    this.ground = new Ground(floats("x"), floats("labels"), this.origin);
    this.count = this.ground.x.length;
    this.batch = Number(this.getAttribute("batch"));
    this.map = this.origin.length === 2;
    this.draw = random(Number(this.getAttribute("seed")));
    this.chart = new (this.map ? MapChart : CurveChart)(this.find(".chart"), this.ground, this.words);
    this.ball = this.find(".ball");
    this.find(".root").classList.toggle("map", this.map);
    this.find(".looks").hidden = !this.batch;
    this.find(".looks").onchange = () => this.restart();
    this.walk = this.newWalk();
    this.makeRate();
    this.find(".step").onclick = () => this.go();
    this.find(".run").onclick = () => (this.running ? this.pause() : this.run());
    this.find(".back").onclick = () => this.restart();
    this.followBall();
    this.makeHead();
    this.resume();
  }

  /** Follow the room there is; the first report of it draws everything. */
  resume() {
    this.room = new ResizeObserver(([{ contentRect }]) => {
      if (contentRect.width) this.layOut(contentRect.width);
    });
    this.room.observe(this.find(".view"));
  }

  disconnectedCallback() {
    this.pause();
    this.room.disconnect();
  }

  layOut(width) {
    this.chart.layOut(width);
    this.show();
  }

  makeRate() {
    const given = Number(this.getAttribute("rate"));
    const rates = ratesAround(this.ground.largestRate, given);
    const slider = this.find(".rate input");
    slider.max = rates.length - 1;
    slider.value = rates.indexOf(given);
    slider.oninput = () => {
      if (this.walk.over) this.restart();
      this.rate = rates[slider.value];
      this.find(".value").textContent = this.rate;
      slider.setAttribute("aria-valuetext", this.rate);
    };
    slider.oninput();
  }

  newWalk() {
    return new Walk(this.ground, this.origin, this.find(".looks input[value=batch]").checked ? this.batch : 0);
  }

  /** Go back to the start, and keep the walk so far in the list and, pale, in the picture. */
  restart(origin = this.origin) {
    this.pause();
    const moved = origin !== this.origin;
    this.origin = origin;
    if (this.walk.steps) {
      this.note(this.walk);
      this.past = this.walk;
    }
    if (moved) this.past = undefined;
    this.walk = this.newWalk();
    this.show();
  }

  /** Go one step; when the walk has ended, from the start. */
  go() {
    this.pause();
    if (this.walk.over) this.restart();
    this.walk.step(this.rate, this.draw);
    this.show();
  }

  /** Go on until the walk ends, or for many steps, at a pace for the eye; at once for those who do not like motion. */
  run() {
    if (this.walk.over) this.restart();
    this.running = true;
    const still = motionless();
    const rest = this.walk.steps + LONG;
    const done = () => this.walk.over || this.walk.steps === rest;
    const next = () => {
      do this.walk.step(this.rate, this.draw);
      while (still && !done());
      if (done()) this.pause();
      else this.timer = setTimeout(next, PACE / (1 + this.walk.steps / BRISK));
      this.show();
    };
    next();
  }

  pause() {
    clearTimeout(this.timer);
    this.running = false;
    this.showRunning();
  }

  showRunning() {
    this.find(".run").textContent = this.running ? this.words.pause : this.words.run;
  }

  /** Let the reader choose a start: drag the ball, press somewhere in the picture, or use the arrow keys. */
  followBall() {
    const { ball, chart } = this;
    const choose = (event) => {
      const box = chart.element.getBoundingClientRect();
      this.startAt(chart.pointAt(event.clientX - box.left, event.clientY - box.top));
    };
    ball.onpointerdown = (event) => {
      ball.setPointerCapture(event.pointerId);
      ball.classList.add("held");
    };
    ball.onpointermove = (event) => ball.classList.contains("held") && choose(event);
    ball.onpointerup = ball.onpointercancel = () => ball.classList.remove("held");
    chart.element.onclick = choose;
    ball.onkeydown = (event) => {
      const way = arrow(event);
      if (!way) return;
      event.preventDefault();
      const far = (this.ground.reach / 20) * (event.shiftKey ? 5 : 1);
      this.startAt(this.origin.map((value, i) => value + far * (i ? -way[1] : way[0])));
    };
  }

  /** Start from this point, or the nearest one in the picture, a little inside its frame. */
  startAt(point) {
    const { lowest, reach } = this.ground;
    this.restart(point.map((value, i) => Math.min(Math.max(value, lowest[i] - 0.98 * reach), lowest[i] + 0.98 * reach)));
  }

  show() {
    const { walk, ball } = this;
    if (!this.chart.walks) return; // not laid out yet
    this.chart.show(this.past ? [this.past, walk] : [walk]);
    const [left, top] = this.chart.place(walk.point, walk.loss);
    ball.style.left = `${left}px`;
    ball.style.top = `${top}px`;
    ball.classList.toggle("ready", !walk.steps);
    const { width, height } = this.chart;
    ball.classList.toggle("gone", !(left > 0 && left < width && top > 0 && top < height));
    this.showRunning();
    this.say();
    this.list();
  }

  say() {
    const { walk, words } = this;
    const { state } = walk;
    const loss = this.lossText(walk.loss);
    const text = {
      ready: () => words.ready(this.pointText(walk.point), loss),
      going: () => words.stepped(walk.steps, this.sumText(), loss),
      bottom: () => words.bottom(walk.steps),
      gone: () => words.gone(walk.steps, loss),
      long: () => words.long(walk.steps, loss),
      trembling: () => words.trembling(walk.steps),
    }[state]();
    const verdict = this.find(".verdict");
    verdict.className = `verdict ${state}`;
    verdict.textContent = text;
    if (!this.running) this.find(".heard").textContent = text;
  }

  makeHead() {
    const { words } = this;
    const names = [words.stepName, "w", this.map ? "b" : words.slope, words.loss];
    for (const textContent of names) make("th", { scope: "col", textContent }, this.find("thead tr"));
  }

  /** Write the steps of this walk into the table, and show the last. */
  list() {
    const { walk } = this;
    const rows = this.find("tbody");
    if (rows.walk !== walk) rows.replaceChildren();
    rows.walk = walk;
    for (let i = rows.children.length; i <= walk.steps; i++) {
      const point = walk.points[i];
      const numbers = this.map ? point : [point[0], this.ground.gradient(point)[0]];
      const row = make("tr", {}, rows);
      const texts = [i, ...numbers.map((value) => this.numberText(value)), this.lossText(walk.losses[i])];
      for (const textContent of texts) make("td", { textContent }, row);
    }
    this.find(".list").scrollTop = this.find(".list").scrollHeight;
  }

  /** Put a walk into the list of walks, the latest first. */
  note(walk) {
    const { words } = this;
    const rates = [walk.rates[0], walk.rates.at(-1)].filter((rate, i, both) => !i || rate !== both[0]).join(" → ");
    const how = walk.batch ? words.batchWalk(walk.batch) : "";
    const textContent = words.walk(rates, how, words.ends[walk.state](walk.steps, this.lossText(walk.loss)));
    const tries = this.find(".tries");
    tries.prepend(make("li", { className: walk.state, textContent }, tries));
    if (tries.children.length > KEPT) tries.lastChild.remove();
    this.find(".none").hidden = true;
  }

  numberText(value) {
    return rounded(value, this.ground.reach);
  }

  lossText(value) {
    return rounded(value, this.ground.highest / 10);
  }

  pointText(point) {
    return point.map((value, i) => `${"wb"[i]} = ${this.numberText(value)}`).join(", ");
  }

  /** Return what the last step came to: for one weight as a sum, "w = 0.50 − 0.01 × (−14.00) = 0.64". */
  sumText() {
    const { walk } = this;
    if (this.map) return this.pointText(walk.point);
    const before = walk.points.at(-2);
    const slope = this.numberText(this.ground.gradient(before)[0]);
    const factor = slope.startsWith("−") ? `(${slope})` : slope;
    return `w = ${this.numberText(before[0])} − ${walk.rates.at(-1)} × ${factor} = ${this.numberText(walk.point[0])}`;
  }
}

/** Return a number with as many decimals as numbers of this size need for three digits. */
const rounded = (value, size) => inSigns(value, Math.max(2 - Math.floor(Math.log10(size)), 0));
