// A photograph of digits on paper: chosen, dropped or pasted, shown stage by stage, and its digits as buttons.

const LONGEST = 1000; // points along the longer side: what has more is scaled down
const MOST_PIXELS = 64; // millions that a browser can be trusted with
const MOST_DIGITS = 50;
const PREVIEW = 360; // points along the longer side of the small pictures
const LINGER = 500; // milliseconds between the stages

/** Let the page answer the reader before the work goes on. */
const breathe = (milliseconds = 0) => new Promise((resolve) => setTimeout(resolve, milliseconds));

class Photo {
  constructor(pad) {
    this.pad = pad;
    this.section = pad.find(".photo");
    this.digits = [];
    for (const input of this.section.querySelectorAll("input"))
      input.onchange = () => {
        if (input.files[0]) this.read(input.files[0]);
        input.value = ""; // so that the same file may be chosen again
      };
    this.takeDropped(pad.find(".root"));
  }

  takeDropped(root) {
    const files = (event) => event.dataTransfer.types.includes("Files");
    const over = (on) => (event) => {
      if (!files(event)) return;
      event.preventDefault();
      event.stopPropagation();
      this.section.classList.toggle("over", on);
    };
    root.ondragover = over(true);
    root.ondragleave = over(false);
    root.ondrop = (event) => {
      over(false)(event);
      if (files(event)) this.read(event.dataTransfer.files[0]);
    };
    root.onpaste = (event) => {
      const [file] = event.clipboardData.files;
      if (!file) return;
      event.preventDefault();
      this.read(file);
    };
  }

  /** Read a file, which may be anything, and show what is found in it, or a sentence that says what is wrong. */
  async read(file) {
    const { words } = this.pad;
    const run = (this.run = {}); // another file, chosen meanwhile, ends this one
    this.clear();
    this.say(words.looking);
    try {
      await this.find(await load(file, words), () => run === this.run);
    } catch (error) {
      if (run !== this.run) return;
      if (!(error instanceof Unreadable)) throw error;
      this.say(error.message, true);
    }
  }

  clear() {
    this.digits = [];
    for (const part of [".stages", ".digits"]) this.section.querySelector(part).replaceChildren();
  }

  say(text, failed = false) {
    const found = this.section.querySelector(".found");
    found.textContent = text;
    found.classList.toggle("failed", failed);
  }

  async find(picture, current) {
    const { words } = this.pad;
    const { width, height, data } = picture;
    const linger = () => breathe(motionless() ? 0 : LINGER);
    if (!current()) return;
    this.stage(0, picture);
    await breathe();
    const { difference, ink, even } = await findInk(data, width, height, breathe);
    await linger();
    if (!current()) return;
    const most = ranked(difference, [0.999])[0] || 1;
    this.stage(1, grey(width, height, (i) => 255 - (255 * difference[i]) / most));
    await linger();
    if (!current()) return;
    this.stage(2, grey(width, height, (i) => 255 - ink[i]));
    const found = await findDigits(ink, width, height, even, breathe);
    await linger();
    if (!current()) return;
    if (!found.length) throw new Unreadable(words.noDigit);
    const digits = found.slice(0, MOST_DIGITS);
    mark(this.stage(3, grey(width, height, (i) => 255 - 0.5 * ink[i])), digits, width);
    for (const digit of digits) {
      await breathe();
      if (!current()) return;
      this.offer(digit);
    }
    this.say(digits.length < found.length ? words.crowded(MOST_DIGITS) : words.found(digits.length));
  }

  /** Show a picture of the next stage, with its words; return its canvas. */
  stage(i, picture) {
    const [name, why] = this.pad.words.stages[i];
    const figure = make("figure", {}, this.section.querySelector(".stages"));
    const zoom = Math.min(1, PREVIEW / Math.max(picture.width, picture.height));
    const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(zoom * side)));
    const whole = new OffscreenCanvas(picture.width, picture.height);
    whole.getContext("2d").putImageData(picture, 0, 0);
    const canvas = make("canvas", { width, height }, figure);
    const context = canvas.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.drawImage(whole, 0, 0, width, height);
    const caption = make("figcaption", { textContent: `${i + 1}. ${name}` }, figure);
    make("small", { textContent: why }, caption);
    return canvas;
  }

  /** Add a button with the digit, as the network gets it, and the prediction; it puts the digit on the pad. */
  offer(digit) {
    const { pad } = this;
    const ink = onPad(digit, pad.size);
    const all = Object.fromEntries(STEPS.map((step) => [step, true]));
    const { pixels } = prepare(ink, pad.size, pad.side, all, false);
    const read = pad.read(pixels);
    const ariaLabel = pad.words.foundDigit(this.digits.length + 1, read);
    const button = make("button", { type: "button", ariaLabel, ariaPressed: false }, this.section.querySelector(".digits"));
    const canvas = make("canvas", { className: "ink", width: pad.side, height: pad.side }, button);
    paint(canvas, pad.side, (i) => 255 * pixels[i]);
    make("span", { textContent: read }, button);
    button.onclick = () => {
      pad.paper.lay(ink);
      pad.update();
    };
    this.digits.push({ button, ink });
  }

  /** Show which digit is on the pad. */
  mark() {
    const ink = this.pad.paper.done.at(-1)?.ink;
    for (const digit of this.digits) digit.button.ariaPressed = digit.ink === ink;
  }
}

/** What is said to the reader when a file holds nothing to read. */
class Unreadable extends Error {}

/** Return the picture in a file, upright and no larger than need be. */
async function load(file, words) {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  try {
    // Its size is known before it is decoded: what unpacks to gigabytes is not.
    await new Promise((resolve, reject) => Object.assign(image, { onload: resolve, onerror: reject }));
    const pixels = (image.naturalWidth * image.naturalHeight) / 1e6;
    if (pixels > MOST_PIXELS) throw new Unreadable(words.tooLarge(Math.round(pixels), MOST_PIXELS));
    const zoom = Math.min(1, LONGEST / Math.max(image.naturalWidth, image.naturalHeight));
    const [width, height] = [image.naturalWidth, image.naturalHeight].map((side) => Math.max(1, Math.round(zoom * side)));
    const upright = await createImageBitmap(file, { resizeWidth: width, resizeHeight: height, resizeQuality: "high" });
    const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    context.drawImage(upright, 0, 0);
    return context.getImageData(0, 0, width, height);
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable(words.noImage);
  } finally {
    URL.revokeObjectURL(image.src);
  }
}

/** Return a grey picture, each point as `level` says from 0 to 255. */
function grey(width, height, level) {
  const picture = new ImageData(width, height);
  for (let i = 0, at = 0; i < width * height; i++, at += 4) {
    picture.data[at] = picture.data[at + 1] = picture.data[at + 2] = level(i);
    picture.data[at + 3] = 255;
  }
  return picture;
}

/** Draw a numbered box around each digit. */
function mark(canvas, digits, width) {
  const context = canvas.getContext("2d");
  const zoom = canvas.width / width;
  Object.assign(context, { strokeStyle: "#1f6fb4", fillStyle: "#1f6fb4", lineWidth: 2, font: "bold 15px sans-serif" });
  digits.forEach(({ box }, i) => {
    const [left, top, right, bottom] = box.map((value) => value * zoom);
    context.strokeRect(left - 3, top - 3, right - left + 6, bottom - top + 6);
    context.fillText(i + 1, Math.max(left - 3, 0), top > 20 ? top - 7 : bottom + 18);
  });
}
