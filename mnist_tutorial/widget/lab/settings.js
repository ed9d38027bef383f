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

/** Return the settings under the names of `startTraining`. */
function forWorker({ images, normalize, one_hot, learning_rate, batch_size, weight_decay, shift, ...same }) {
  const { hidden, optimizer, dropout, seed } = same;
  const target = one_hot ? "one-hot" : "number";
  const others = { rate: learning_rate, batch: batch_size, decay: weight_decay, shifts: shift };
  return { count: images, normalized: normalize, target, hidden, optimizer, dropout, seed, ...others };
}
