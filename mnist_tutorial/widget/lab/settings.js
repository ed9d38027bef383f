// What can be set, each with the chapter it belongs to; and the same as text, for the address of the page.
// The names and the bounds are those of Python's `training_lab`.

const whole = (least, most) => (text) => {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
  return value >= least && value <= most ? value : undefined;
};
const number = (most, least = 0) => (text) => {
  const value = /^\d{0,3}(\.\d{1,12})?(e-\d{1,2})?$/.test(text) && text ? Number(text) : NaN;
  return value >= least && value <= most ? value : undefined;
};
const flag = (text) => ({ 0: false, 1: true })[text];
const oneOf =
  (...names) =>
  (text) =>
    names.find((name) => name === text);

/** Read the units of each hidden layer, "100-100", or "" for none. */
function layers(text) {
  const units = text === "" ? [] : text.split("-").map(whole(1, 300));
  return units.length <= 4 && units.every(Boolean) ? units : undefined;
}

// In the order of the chapters: how a text is read, and what the control offers (nothing: a switch, or a number to type).
const SETTINGS = {
  one_hot: { chapter: 2, read: flag },
  normalize: { chapter: 4, read: flag },
  hidden: { chapter: 5, read: layers },
  learning_rate: { chapter: 6, read: number(10, 1e-9), choices: [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1] },
  batch_size: { chapter: 6, read: whole(1, 1000), choices: [1, 10, 30, 100, 300, 1000] },
  optimizer: { chapter: 7, read: oneOf("adam", "sgd"), choices: ["adam", "sgd"] },
  epochs: { chapter: 7, read: whole(1, 200), choices: [5, 10, 30, 60, 100, 200] },
  seed: { chapter: 7, read: whole(0, 999999) },
  images: { chapter: 9, read: whole(1, 999999), choices: [100, 200, 500, 1000, 2000, 5000, 10000] },
  dropout: { chapter: 9, read: number(0.9), choices: [0, 0.2, 0.5] },
  weight_decay: { chapter: 9, read: number(10), choices: [0, 0.3, 1, 3] },
  shift: { chapter: 9, read: flag },
};
const LAYERS = [0, 1, 2, 3, 4];
const UNITS = [1, 3, 10, 30, 100, 300];

// What to try: what is set, everything else being as the lab began.
const PRESETS = {
  overfit: { images: 200, epochs: 60 },
  raw: { normalize: false },
  fast: { learning_rate: 1 },
};

/** Return the settings that a text gives, beside those it does not give, and whether all of the text was understood. */
function readSettings(text, others, images) {
  const settings = { ...others };
  let understood = true;
  for (const part of text.split(",")) {
    const [name, written, ...more] = part.split(":");
    const value = Object.hasOwn(SETTINGS, name) && !more.length ? SETTINGS[name].read(written ?? "-") : undefined;
    if (value === undefined || (name === "images" && value > images)) understood = false;
    else settings[name] = value;
  }
  return { settings, understood };
}

/** Return the settings as text that `readSettings` understands. */
function writeSettings(settings) {
  const text = (value) => (Array.isArray(value) ? value.join("-") : typeof value === "boolean" ? Number(value) : value);
  return Object.keys(SETTINGS)
    .map((name) => `${name}:${text(settings[name])}`)
    .join(",");
}

/** What stands in the address for the nth lab of a page: #lab=… for the first, #lab2=… for the second. */
class Address {
  constructor(element) {
    const number = Array.from(document.querySelectorAll(element.localName)).indexOf(element) + 1;
    this.name = number > 1 ? `lab${number}` : "lab";
  }

  /** Return the text, or null where the address says nothing of this lab. */
  read() {
    return this.parts(true)[0]?.slice(this.name.length + 1) ?? null;
  }

  /** Return the address with this text in it. */
  with(text) {
    return `${location.href.split("#")[0]}#${[...this.parts(false), `${this.name}=${text}`].join("&")}`;
  }

  write(text) {
    try {
      history.replaceState(history.state, "", this.with(text));
    } catch {
      // A page without an address of its own, such as a notebook's output in a frame, keeps none.
    }
  }

  /** Return the parts of the address that are this lab's, or those that are not but set something too. */
  parts(own) {
    const all = location.hash.slice(1).split("&");
    return all.filter((part) => part.includes("=") && part.startsWith(`${this.name}=`) === own);
  }
}
