// The drawing pad of mnist_tutorial.draw_digit: <draw-digit sizes="784,100,100,10" weights="…">.

const PENS = [1.4, 2.3, 3.4]; // widths, as the pen of a pad 28 wide
const ERASER = 3.8;

class DrawDigit extends Widget {
  start() {
    const network = this.given ?? this.readNetwork();
    this.side = Math.sqrt(network.sizes[0]);
    this.size = this.side * Math.max(1, Math.round(560 / this.side)); // of the pad, a multiple of the picture's
    this.steps = Object.fromEntries(STEPS.map((step) => [step, true]));
    this.paper = new Paper(this.find(".pad"), this.size, this.side);
    this.makePens();
    this.makeTools();
    this.followPointers();
    this.followKeys();
    this.makeSteps();
    this.photo = new Photo(this);
    this.take(network);
    new Collection(this);
  }

  readNetwork() {
    const sizes = this.getAttribute("sizes").split(",").map(Number);
    return Network.read(sizes, bytesOf(this.getAttribute("weights")));
  }

  /** Show what another network makes of the drawing; it was trained on numbers from 0 to 1, or else to 255. */
  take(network, { normalize = true } = {}) {
    this.network = network;
    this.steps.normalize = normalize;
    this.scale = normalize ? 1 : 255;
    for (const filled of [".bars", ".layers", ".one", ".other", ".examples"]) this.find(filled).replaceChildren();
    this.answer = new Answer(this.find(".answer"), network.sizes.at(-1), this.words);
    this.inside = new Inside(this.find(".inside"), network, network.sizes, this.words);
    this.why = new Why(this.find(".why"), network, this.words, (image) => {
      this.paper.put(this.steps.invert ? image : image.map((value) => 255 - value)); // the pad holds ink
      this.update();
    });
    this.makeExamples();
    this.update();
  }

  /** Return the class that the network takes a prepared picture for, whose numbers are from 0 to 1. */
  read(pixels) {
    return argmax(this.network.run(Float32Array.from(pixels, (value) => value * this.scale)).at(-1));
  }

  makePens() {
    const choose = (text, pen, properties) => {
      const label = make("label", { title: text }, this.find(".pens"));
      const checked = pen.width === PENS[1];
      const input = make("input", { type: "radio", name: "pen", ariaLabel: text, checked }, label);
      if (checked) this.pen = pen;
      input.onchange = () => (this.pen = pen);
      return make("span", { className: "button", ...properties }, label);
    };
    PENS.forEach((width, i) =>
      choose(this.words.pen[i], { width }).style.setProperty("--dot", `${3 + 4 * width}px`),
    );
    const { eraser } = this.words;
    choose(eraser, { width: ERASER, erases: true }, { className: "button eraser", textContent: eraser });
  }

  makeTools() {
    for (const name of ["undo", "redo", "clear"])
      this.find(`.${name}`).onclick = () => {
        this.paper[name]();
        this.update();
      };
    this.find(".root").addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      if (key !== "z" && key !== "y") return;
      event.preventDefault();
      this.paper[key === "y" || event.shiftKey ? "redo" : "undo"]();
      this.update();
    });
  }

  followPointers() {
    const pad = this.find(".pad");
    const place = (event) => {
      const box = pad.getBoundingClientRect();
      return [
        ((event.clientX - box.left) / box.width) * this.size,
        ((event.clientY - box.top) / box.height) * this.size,
      ];
    };
    let last; // the last point of the stroke
    let middle; // halfway to it: curves from halfway to halfway have no corners
    followHand(pad, {
      start: (event) => {
        this.inside.point(null);
        this.paper.lift();
        last = middle = place(event);
        this.draw(last, last, last);
      },
      move: (event) => {
        const events = event.getCoalescedEvents?.() ?? [];
        for (const point of (events.length ? events : [event]).map(place)) {
          const next = [(last[0] + point[0]) / 2, (last[1] + point[1]) / 2];
          this.draw(middle, last, next);
          [last, middle] = [point, next];
        }
      },
      end: () => {
        this.draw(middle, last, last);
        this.paper.lift();
      },
      drop: () => {
        this.paper.drop();
        this.update();
      },
    });
  }

  /** Let the arrow keys move a pen that Space lowers and lifts. */
  followKeys() {
    const pad = this.find(".pad");
    const ring = this.find(".pen");
    this.find(".guide").setAttribute("viewBox", `0 0 ${this.size} ${this.size}`);
    ring.setAttribute("r", this.size / 45);
    const step = this.size / 28;
    let at = [this.size / 2, this.size / 4];
    let down = false;
    const move = (to, drawing = down) => {
      if (down && !drawing) this.paper.lift();
      down = drawing;
      if (down) this.draw(at, at, to);
      at = to;
      ring.setAttribute("cx", at[0]);
      ring.setAttribute("cy", at[1]);
      ring.classList.toggle("down", down);
    };
    pad.onkeydown = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const way = arrow(event);
      if (way) move(at.map((value, axis) => Math.min(Math.max(value + way[axis] * step, 0), this.size)));
      else if (event.key === " ") move(at, !down);
      else if (event.key === "Escape") move(at, false);
      else if (event.key === "Delete" || event.key === "Backspace") this.find(".clear").click();
      else return;
      event.preventDefault();
    };
    this.liftPen = () => move(at, false);
    pad.addEventListener("blur", this.liftPen);
    move(at);
  }

  /** Draw a curve with the chosen pen, and ask the network as soon as the browser paints. */
  draw(from, control, to) {
    this.paper.draw(this.pen, from, control, to);
    this.waiting ??= requestAnimationFrame(() => this.update());
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
        input.disabled = Boolean(this.paper.picture) && (step === "scale" || step === "centre");
        input.checked = input.disabled || this.steps[step];
        why.textContent = input.disabled ? this.words.framed : input.checked ? on : off;
      };
    });
  }

  makeExamples() {
    const pixels = bytesOf(this.getAttribute("images") ?? "");
    const labels = (this.getAttribute("labels") || "").split(",").filter(Boolean).map(Number);
    this.find(".shelf").hidden = !labels.length;
    this.examples = labels.map((label, i) => {
      const image = pixels.subarray(i * this.side ** 2, (i + 1) * this.side ** 2);
      const read = this.read(Float32Array.from(image, (value) => value / 255));
      const button = make("button", { type: "button", ariaLabel: this.words.example(label, read) }, this.find(".examples"));
      paint(make("canvas", { className: "ink", width: this.side, height: this.side }, button), this.side, (k) => image[k]);
      const [className, textContent] = read === label ? ["", label] : ["missed", `${read},${label}`];
      make("span", { className, textContent }, button);
      button.onclick = () => {
        this.paper.put(image, label);
        this.update();
      };
      return { button, image };
    });
  }

  /** From the pad to the probabilities, and all of it onto the screen. */
  update() {
    cancelAnimationFrame(this.waiting);
    this.waiting = null;
    const { paper, steps } = this;
    this.picture = prepare(paper.ink(), this.size, this.side, steps, Boolean(paper.picture));
    const outputs = this.network.run(this.picture.pixels);
    const { blank } = this.picture;
    for (const refresh of this.switches) refresh();
    this.find(".hint").hidden = !blank;
    this.find(".undo").ariaDisabled = !paper.done.length;
    this.find(".redo").ariaDisabled = !paper.undone.length;
    for (const { button, image } of this.examples) button.ariaPressed = image === paper.untouched?.image;
    this.photo.mark();
    this.inside.show(this.picture, outputs, steps.normalize ? 1 : 255);
    this.why.show(this.picture, outputs.at(-1), steps.normalize ? 1 : 255);
    this.answer.show(outputs.at(-1), blank, paper.untouched?.label);
  }
}
