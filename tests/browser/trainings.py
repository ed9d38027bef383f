"""Training in a page that holds nothing else: how arrays get there and back, and how a run is followed."""

import base64
import json

import numpy as np

import mnist_tutorial as mt
from mnist_tutorial import _widgets

SCRIPTS = ["random", "rows", "network", "training", "worker"]
COUNT, VALIDATION = 1000, 500
# Arrays cross between Python and the page as base64.
CROSSING = """
const unpack = (text, Kind) => new Kind(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);
const pack = (array) => {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  let text = "";
  for (let i = 0; i < bytes.length; i += 1000) text += String.fromCharCode(...bytes.subarray(i, i + 1000));
  return btoa(text);
};
const unpackData = ({ images, labels, validation }) => ({
  images: unpack(images, Uint8Array),
  labels: unpack(labels, Uint8Array),
  ...(validation && { validation: unpackData(validation) }),
});
"""
# Follow a training: take one action after another, each when the one before has ended; return the reports.
FOLLOW = """async ({ settings, actions, options }) => {
  const reports = [];
  await new Promise((done, fail) => {
    setTimeout(() => fail(new Error(`found ${reports.length} reports in two minutes; expected the end`)), 120_000);
    const training = startTraining(settings, DATA, (report) => {
      reports.push({ ...report, parameters: pack(report.parameters) });
      if (report.playing) return;
      const action = actions.shift();
      if (action) training[action[0]](...action.slice(1));
      else done(training.stop());
    }, options);
  });
  return reports;
}"""


def pack(array, dtype=np.float32):
    """Return an array as text for the page."""
    return base64.b64encode(np.ascontiguousarray(array, dtype).tobytes()).decode()


def unpack(text):
    """Return numbers from the page."""
    return np.frombuffer(base64.b64decode(text), np.float32)


def load():
    """Return images, flattened, and labels: the first to train on, the last to validate on."""
    (x, y), _ = mt.load_mnist()
    return x[: COUNT + VALIDATION].reshape(-1, 784), y[: COUNT + VALIDATION]


def script(x, y):
    """Return the script that gives a page all that is shared, and these images and labels as DATA."""
    parts = slice(None, COUNT), slice(COUNT, None)
    data, validation = ({"images": pack(x[part], np.uint8), "labels": pack(y[part], np.uint8)} for part in parts)
    sources = [(_widgets.FOLDER / "shared" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    data = json.dumps(data | {"validation": validation})
    return "\n".join([*sources, CROSSING, f"const DATA = unpackData({data});"])


def build(target="one-hot", hidden=(100, 100), seed=0):
    """Return Keras's network, with random biases, since zeros would hide a mistake."""
    import keras

    keras.utils.set_random_seed(seed)
    model = mt.build_mlp(hidden_units=hidden)
    if target == "number":
        model = keras.Sequential([*model.layers[:-1], keras.layers.Dense(1)])
    rng = np.random.default_rng(seed)
    model.set_weights([w if w.ndim > 1 else rng.normal(0, 0.1, w.shape) for w in model.get_weights()])
    return model


def split(flat, like):
    """Split all parameters into arrays like these."""
    parts = np.split(flat, np.cumsum([w.size for w in like])[:-1])
    return [part.reshape(w.shape) for part, w in zip(parts, like, strict=True)]


def follow(page, *actions, worker=True, **settings):
    """Train with these settings; return the reports."""
    values = {"settings": settings, "actions": [list(action) for action in actions], "options": {"worker": worker}}
    return page.evaluate(FOLLOW, values)
