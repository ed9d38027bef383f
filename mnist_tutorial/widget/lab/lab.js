// The training lab of mnist_tutorial.training_lab: <training-lab settings="images:1000,…" side="28" training="…" …>.

const MISTAKES_EVERY = 300; // milliseconds between two looks for the mistakes while training

class TrainingLab extends Widget {
  async start() {
    this.side = Number(this.getAttribute("side"));
    const part = (name) => ({
      images: unpackImages(this.getAttribute(name)),
      labels: Uint8Array.from(this.getAttribute(`${name}-labels`), Number),
    });
    const [data, validation] = [part("training"), part("validation")];
    this.count = data.labels.length;
    this.initial = readSettings(this.getAttribute("settings"), {}, this.count).settings;
    this.settings = this.initial;
    this.address = new Address(this);
    this.makeCharts();
    this.makeDrive();
    this.makePresets();
    this.makeSettings();
    this.listen();
    const [images, others] = await Promise.all([data.images, validation.images]);
    const cut = (pixels, { labels }) => ({ images: pixels.subarray(0, labels.length * this.side ** 2), labels });
    this.data = { ...cut(images, data), validation: cut(others, validation) };
    this.driver = new Driver(this.data, (report) => this.hear(report));
    this.ten = new Ten(this.find(".ten"), this.data.validation, this.side, this.words);
    this.missed = new Missed(this.find(".missed"), this.data.validation, this.side, this.words);
    this.begin(this.settings);
    this.follow();
  }

  /** Do what the address says, if it says anything of this lab. */
  follow() {
    const text = this.data && this.address.read();
    if (text == null) return;
    const { settings, understood } = readSettings(text, this.initial, this.count);
    this.change(settings, false);
    this.find("details").open = true;
    this.find(".copied").textContent = understood ? "" : this.words.misread;
    this.scrollIntoView();
  }

  listen() {
    this.leave = () => this.rest();
    this.turn = () => this.follow();
    addEventListener("pagehide", this.leave);
    addEventListener("hashchange", this.turn);
  }

  resume() {
    this.listen();
  }

  disconnectedCallback() {
    this.rest();
    removeEventListener("pagehide", this.leave);
    removeEventListener("hashchange", this.turn);
  }

  /** End the worker; whoever trains on begins anew. */
  rest() {
    this.driver?.stop();
    this.left = true;
    if (this.run) this.refresh();
  }

  makeCharts() {
    const { words } = this;
    const chart = (name, format, ceiling) =>
      new Chart(
        this.find(`.${name} svg`),
        (run) => run.drawn.map((point) => [point.epoch, ...point[name]]),
        format,
        words.axis,
        ceiling,
      );
    this.charts = {
      loss: chart("loss", short),
      accuracy: chart("accuracy", (value) => `${Math.round(100 * value)}%`, 1),
    };
    for (const key of this.findAll(".key"))
      for (const kind of ["training", "validation"])
        make("b", {}, make("span", { className: kind, textContent: `${words[kind]} ` }, key));
  }

  makeDrive() {
    const press = (name, act) => (this.find(`.${name}`).onclick = () => this.data && act());
    const drive = (name, act) =>
      press(name, () => {
        if (this.left) this.begin(this.settings); // the worker was ended
        if (!this.run.diverged) act();
      });
    drive("train", () => (this.driver.goal ? this.pause() : this.go(this.target)));
    drive("epoch", () => this.go(this.run.epoch + 1));
    drive("step", () => this.go());
    press("reset", () => this.begin(this.settings));
    press("keep", () => this.run.trained && this.keep());
    press("drop", () => this.drop());
    press("hand", () => this.run.trained && this.hand());
    const slider = this.find(".scrub input");
    slider.oninput = () => {
      const at = Number(slider.value);
      if (this.driver.goal) this.pause();
      this.seen = at < Number(slider.max) ? at : null;
      this.refresh();
    };
    this.find(".only input").onchange = () => this.refresh();
  }

  makePresets() {
    for (const [name, changes] of Object.entries(PRESETS)) {
      const button = make("button", { type: "button", textContent: this.words[name] }, this.find(".presets"));
      button.dataset.preset = name;
      button.onclick = () => {
        if (!this.data) return;
        this.change({ ...this.initial, ...changes, images: Math.min(changes.images ?? this.initial.images, this.count) });
        this.find(".watch").textContent = this.words[`${name}Watch`];
        this.find(".drive").scrollIntoView({ block: "nearest" });
      };
    }
  }

  makeSettings() {
    const choose = (name, value) => {
      if (!this.data) return;
      const settings = { ...this.settings, [name]: value };
      if (name === "epochs") this.extend(settings);
      else this.change(settings);
    };
    this.controls = new Controls(this.find(".settings"), this.words, this.count, choose);
    this.controls.show(this.settings);
    this.find(".first").onclick = () => this.data && this.change(this.initial);
    this.find(".copy").onclick = async () => {
      const copied = await this.address.copy(writeSettings(this.settings));
      this.find(".copied").textContent = copied ? this.words.copied : this.words.copyThis;
    };
  }

  /** Begin with other settings; what was trained before stays for comparison, unless another run does. */
  change(settings, write = true) {
    if (write) this.address.write(writeSettings(settings));
    if (this.run.trained && !this.kept) this.kept = this.run;
    this.find(".watch").textContent = "";
    this.find(".copied").textContent = "";
    this.begin(settings);
  }

  /** Train to another number of epochs; that needs no new run. */
  extend(settings) {
    this.address.write(writeSettings(settings));
    this.settings = this.run.settings = settings;
    this.controls.show(settings);
    this.refresh();
  }

  /** Begin a new run. */
  begin(settings) {
    this.settings = settings;
    this.controls.show(settings);
    this.run = new Run(settings, this.side);
    Object.assign(this, { seen: null, left: false });
    this.driver.reset(settings);
    this.refresh();
  }

  /** Train up to an epoch, or take a step. */
  go(goal) {
    this.seen = null;
    if (goal) this.driver.train(goal);
    else this.driver.step();
    this.refresh();
  }

  /** How many epochs Train runs to. */
  get target() {
    const { epochs } = this.settings;
    return (Math.floor(this.run.epoch / epochs) + 1) * epochs;
  }

  pause() {
    this.driver.pause();
    this.refresh();
  }

  hear(report) {
    this.slices = !report.inWorker;
    this.run.add(report);
    this.refresh();
  }

  keep() {
    this.kept = this.run;
    this.refresh();
  }

  drop() {
    this.kept = null;
    this.refresh();
    this.find(".keep").focus();
  }

  /** Put the network that is seen on a drawing pad. */
  hand() {
    const { epoch, network } = this.look();
    if (network.sizes.at(-1) === 1) return this.say(this.words.noHand);
    putOnPad(this, network, this.run.settings.normalize);
    this.say(this.words.handed(epoch));
  }

  /** Return the network that is seen: the last one, or that of an epoch gone back to. */
  look() {
    if (this.seen === null) return { epoch: this.run.epoch, network: this.run.network };
    const { epoch, parameters } = this.run.snapshots[this.seen];
    return { epoch, network: Network.from(this.run.sizes, parameters) };
  }

  /** Show everything anew as soon as the browser paints. */
  refresh() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = null;
      this.show();
    });
  }

  show() {
    const { run, kept, settings, words } = this;
    const { goal } = this.driver;
    const { epoch, network } = this.look();
    this.find(".train").classList.toggle("going", Boolean(goal));
    this.find(".train span").textContent = goal ? words.pause : words.train;
    for (const name of ["train", "epoch", "step"]) this.find(`.${name}`).ariaDisabled = run.diverged;
    this.find(".where").textContent = run.step
      ? words.inside(run.epoch + 1, run.step, run.steps)
      : words.at(run.epoch, goal ?? Math.max(settings.epochs, run.epoch));
    this.showCharts(this.seen === null ? null : epoch);
    const slider = this.find(".scrub input");
    slider.disabled = !run.trained;
    slider.max = Math.max(1, run.snapshots.length - 1);
    slider.value = this.seen ?? run.snapshots.length - 1;
    slider.ariaValueText = this.find(".scrub output").textContent = words.seenAt(epoch);
    for (const name of ["keep", "hand"]) this.find(`.${name}`).ariaDisabled = !run.trained;
    this.find(".drop").hidden = !kept;
    this.say(goal ? "" : verdict(run, this.data.validation.labels.length, words));
    const comparable = kept && kept !== run && run.trained;
    this.find(".compared").hidden = !comparable;
    if (comparable)
      this.find(".compared").textContent = comparison(run, kept, this.data.validation.labels.length, words);
    this.find(".read .note").textContent = settings.one_hot ? words.digitsNote : words.digitsNumber;
    this.ten.show(network, settings.normalize ? 1 / 255 : 1);
    this.showUnits(network);
    this.showMissed(network);
  }

  showCharts(marked) {
    const { run, kept } = this;
    const epochs = Math.max(this.settings.epochs, this.driver.goal ?? 0, run.epoch, kept === run ? 0 : (kept?.epoch ?? 0));
    const point = marked === null ? run.drawn.at(-1) : run.points[marked];
    const format = { loss: (value) => short(value, 3), accuracy: share };
    for (const [name, chart] of Object.entries(this.charts)) {
      chart.draw(run, kept === run ? null : kept, epochs, marked);
      const values = [0, 1].map((kind) => {
        const value = point?.[name][kind] ?? (kind && marked === null ? run.points.at(-1)?.[name][1] : null);
        return Number.isFinite(value) ? format[name](value) : "";
      });
      this.findAll(`.${name} .key b`).forEach((part, kind) => (part.textContent = values[kind]));
      const none = (text) => text || this.words.none;
      chart.svg.ariaLabel = this.words.chart(this.words[name], ...values.map(none));
    }
  }

  showUnits(network) {
    const before = this.find(".only input").checked ? this.run.start.layers[0].weights : null;
    const canvas = this.find("canvas.grid");
    const count = paintUnits(canvas, network.layers[0], before, this.side, this.hasAttribute("dark"));
    canvas.ariaLabel = this.words.unitsLabel(count);
  }

  /** Look for the mistakes at once at rest, and now and then in training. */
  showMissed(network) {
    const now = performance.now();
    if (this.driver.goal && now - (this.looked ?? -Infinity) < MISTAKES_EVERY) return;
    this.looked = now;
    this.missed.show(network, this.settings.normalize);
  }

  say(text) {
    const verdict = this.find(".verdict");
    const all = this.slices && !text.includes(this.words.slices) ? `${text} ${this.words.slices}`.trim() : text;
    if (verdict.textContent !== all) verdict.textContent = all;
    verdict.classList.toggle("bad", this.run.diverged || this.run.risen);
  }
}
