"""What `make bench` times. Each workload runs alone in a fresh process: python workloads.py NAME.

A workload prepares its data first, then returns a function; only that function is timed, compilation included.
"""

import gc
import json
import os
import shutil
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import psutil

import mnist_tutorial as mt

ROOT = Path(__file__).parent.parent
EPOCHS, BATCH, TRAIN = 15, 100, 48_000  # the original notebook's training; the last 12,000 images validate
SEEDS = range(10)
Run = Callable[[], object]


def prepared() -> tuple[np.ndarray, np.ndarray]:
    """Return the training set as the chapters prepare it."""
    (x_train, y_train), _ = mt.load_mnist()
    return mt.normalize(mt.flatten(x_train)), mt.one_hot(y_train)


def ready_model() -> object:
    """Return a fresh network; import Keras and start TensorFlow now rather than in the timed part."""
    import keras

    keras.utils.set_random_seed(0)
    model = mt.build_mlp()
    model.predict(np.zeros((1, 784), np.float32), verbose=0)
    return model


def train_library() -> Run:
    """`mt.fit`."""
    (x, y), model = prepared(), ready_model()
    return lambda: mt.fit(model, x, y, epochs=EPOCHS, batch_size=BATCH, seed=0)


def train_keras() -> Run:
    """`model.fit`, as in the original."""
    (x, y), model = prepared(), ready_model()
    return lambda: model.fit(x, y, epochs=EPOCHS, batch_size=BATCH, validation_split=0.2, verbose=0)


def train_keras_steps_per_execution() -> Run:
    """`model.fit` with 480 steps an execution."""
    (x, y), model = prepared(), ready_model()
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"], steps_per_execution=480)
    return lambda: model.fit(x, y, epochs=EPOCHS, batch_size=BATCH, validation_split=0.2, verbose=0)


def train_pytorch() -> Run:
    """A plain PyTorch loop over the same network, with a validation pass each epoch."""
    import torch
    from torch import nn

    torch.manual_seed(0)
    (x_train, y_train), _ = mt.load_mnist()
    x = torch.from_numpy(mt.normalize(mt.flatten(x_train)))
    y = torch.from_numpy(y_train.astype(np.int64))
    model = nn.Sequential(nn.Linear(784, 100), nn.ReLU(), nn.Linear(100, 100), nn.ReLU(), nn.Linear(100, 10))
    optimizer, loss = torch.optim.Adam(model.parameters()), nn.CrossEntropyLoss()

    def run() -> None:
        for _ in range(EPOCHS):
            for batch in torch.randperm(TRAIN).split(BATCH):
                optimizer.zero_grad()
                loss(model(x[batch]), y[batch]).backward()
                optimizer.step()
            with torch.no_grad():
                loss(model(x[TRAIN:]), y[TRAIN:])

    return run


def train_sklearn() -> Run:
    """scikit-learn's MLPClassifier on the same network; it has no validation pass."""
    import warnings

    from sklearn.neural_network import MLPClassifier

    warnings.simplefilter("ignore")  # it says after 15 epochs that it has not converged
    (x_train, y_train), _ = mt.load_mnist()
    x = mt.normalize(mt.flatten(x_train))[:TRAIN]
    model = MLPClassifier(
        (100, 100), alpha=0, batch_size=BATCH, max_iter=EPOCHS, n_iter_no_change=EPOCHS, random_state=0
    )
    return lambda: model.fit(x, y_train[:TRAIN])


def train_numpy() -> Run:
    """The NumPy network of appendix 1."""
    names: dict[str, object] = {}
    for cell in code_cells("a1_backpropagation"):
        if "benchmark" in cell.metadata.get("tags", []):
            return lambda: exec(cell.source, names)
        exec(cell.source.replace("plt.show()", "plt.close()"), names)
    raise LookupError("a1_backpropagation.md: no cell tagged benchmark")


def train_beyond_99() -> Run:
    """Chapter 10's best training of the same network: 15 epochs of 60,000 straightened and shifted images."""
    imports, *cells = code_cells("10_beyond_99")
    names: dict[str, object] = {}
    exec(imports.source, names)
    ready_model()
    timed = [cell.source for cell in cells if "benchmark" in cell.metadata.get("tags", [])]
    timed[-1] = timed[-1].replace("FINAL_SEEDS, FINAL_EPOCHS = range(3)", "FINAL_SEEDS, FINAL_EPOCHS = range(1)")
    return lambda: [exec(source.replace("plt.show()", "plt.close()"), names) for source in timed]


def code_cells(chapter: str) -> list[Any]:
    """Return the code cells of a chapter's source: what is timed is what the book shows."""
    import jupytext

    return [cell for cell in jupytext.read(ROOT / "book" / f"{chapter}.md").cells if cell.cell_type == "code"]


def repeat_ten_seeds() -> Run:
    """`mt.repeat` with ten seeds."""
    x, y = prepared()
    ready_model()
    return lambda: mt.repeat(mt.build_mlp, x, y, seeds=SEEDS, epochs=EPOCHS, batch_size=BATCH, progress=False)


def train_library_dropout() -> Run:
    """`mt.fit` with Dropout(0.2) after both hidden layers."""
    import keras

    keras.utils.set_random_seed(0)
    layers = [keras.layers.Input((784,))]
    for _ in range(2):
        layers += [keras.layers.Dense(100, activation="relu"), keras.layers.Dropout(0.2)]
    model = keras.Sequential([*layers, keras.layers.Dense(10, activation="softmax")])
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    model.predict(np.zeros((1, 784), np.float32), verbose=0)
    x, y = prepared()
    return lambda: mt.fit(model, x, y, epochs=EPOCHS, batch_size=BATCH, seed=0)


def other(layers: list[Any]) -> object:
    """Return a network of these layers and a softmax, compiled like the tutorial's."""
    import keras

    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.layers.Input((784,)), *layers, keras.layers.Dense(10, activation="softmax")])
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model


def convolution() -> object:
    """Return two convolutions with pooling."""
    from keras import layers

    convolutions = [layers.Conv2D(16, 3, activation="relu"), layers.Conv2D(32, 3, activation="relu")]
    pooled = [layer for convolution in convolutions for layer in (convolution, layers.MaxPooling2D())]
    return other([layers.Reshape((28, 28, 1)), *pooled, layers.Flatten()])


def normalized() -> object:
    """Return the tutorial's network with BatchNormalization."""
    from keras import layers

    hidden = [(layers.Dense(100), layers.BatchNormalization(), layers.ReLU()) for _ in range(2)]
    return other([layer for group in hidden for layer in group])


def recurrent() -> object:
    """Return a network that reads an image line by line."""
    from keras import layers

    return other([layers.Reshape((28, 28)), layers.GRU(32)])


def versus(library: bool, model: Any, rows: int, epochs: int, before: int = 0) -> Run:
    """Return a training by `mt.fit` or by ``model.fit``, after so many others of the same model."""
    x, y = (part[:rows] for part in prepared())
    ready_model()

    def run() -> object:
        if library:
            return mt.fit(model, x, y, epochs=epochs, batch_size=BATCH, seed=0)
        return model.fit(x, y, epochs=epochs, batch_size=BATCH, validation_split=0.2, verbose=0)

    for _ in range(before):
        run()
    return run


def convolution_keras() -> Run:
    """`model.fit`, convolutions, 2 epochs of 20,000 images."""
    return versus(False, convolution(), 20_000, 2)


def convolution_library() -> Run:
    """`mt.fit`."""
    return versus(True, convolution(), 20_000, 2)


def normalized_keras() -> Run:
    """`model.fit`, BatchNormalization, 5 epochs of 20,000 images."""
    return versus(False, normalized(), 20_000, 5)


def normalized_library() -> Run:
    """`mt.fit`."""
    return versus(True, normalized(), 20_000, 5)


def recurrent_keras() -> Run:
    """`model.fit`, a GRU, 2 epochs of 20,000 images."""
    return versus(False, recurrent(), 20_000, 2)


def recurrent_library() -> Run:
    """`mt.fit`."""
    return versus(True, recurrent(), 20_000, 2)


def small_keras() -> Run:
    """`model.fit`, the tutorial's network, 1 epoch of 500 images."""
    return versus(False, mt.build_mlp(), 500, 1)


def small_library() -> Run:
    """`mt.fit`."""
    return versus(True, mt.build_mlp(), 500, 1)


def later_keras() -> Run:
    """`model.fit`, the same once more."""
    return versus(False, mt.build_mlp(), 500, 1, before=1)


def later_library() -> Run:
    """`mt.fit`."""
    return versus(True, mt.build_mlp(), 500, 1, before=1)


def epoch_keras() -> Run:
    """`model.fit`, an epoch of 1,000 images, 250 others to validate; one of 20 epochs, after 20 others."""
    return versus(False, mt.build_mlp(), 1250, 20, before=1)


def epoch_library() -> Run:
    """`mt.fit`."""
    return versus(True, mt.build_mlp(), 1250, 20, before=1)


def epoch_page() -> Run:
    """The training in the book's pages, JavaScript in a browser's worker (whose memory is not counted)."""
    from playwright.sync_api import sync_playwright

    (x, y), _ = mt.load_mnist()
    split = {"images": slice(0, 1000), "validation": slice(1000, 1250)}
    data = {name: [x[part].reshape(-1).tolist(), y[part].tolist()] for name, part in split.items()}
    shared = ROOT / "mnist_tutorial" / "widget" / "shared"
    page = sync_playwright().start().chromium.launch(executable_path=browser_program()).new_page()
    for name in ("random", "rows", "network", "training", "worker"):
        page.add_script_tag(path=shared / f"{name}.js")
    start = """({ images: [images, labels], validation }) => {
        const read = (images, labels) => ({ images: Uint8Array.from(images), labels: Uint8Array.from(labels) });
        const data = { ...read(images, labels), validation: read(...validation) };
        window.until = (epoch) => new Promise((done) => {
            window.hear = (report) => !report.playing && done(report.inWorker);
            window.training?.play(epoch);
            window.training ??= startTraining({}, data, (report) => window.hear(report));
        });
        return until(0);
    }"""
    if not page.evaluate(start, data):
        raise RuntimeError("epoch_page: found no worker in the browser; expected one")
    page.evaluate("until(20)")
    return lambda: page.evaluate("until(40)")


def browser_program() -> str | None:
    """Return where the machine's own browser is, if it has one."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next(filter(None, map(shutil.which, names)), None)


def predict_batched() -> Run:
    """`mt.predict_digits` on the 10,000 test images."""
    model, x = ready_model(), prepared()[0][:10_000]
    mt.predict_digits(model, x[:10])
    return lambda: mt.predict_digits(model, x)


def predict_one_by_one() -> Run:
    """The original's loop, on 200 images; the table scales it to 10,000."""
    model, x = ready_model(), prepared()[0]
    return lambda: [model.predict(x[a : a + 1], verbose=0) for a in range(200)]


def load_library() -> Run:
    """`mt.load_mnist`."""
    return mt.load_mnist


def load_plain() -> Run:
    """`np.load`, what Keras' loader does once it has downloaded."""

    def run() -> list[np.ndarray]:
        with np.load(ROOT / "mnist_tutorial" / "data" / "mnist.npz") as archive:
            return [archive[name] for name in ("x_train", "y_train", "x_test", "y_test")]

    return run


def one_hot_library() -> Run:
    """`mt.one_hot` of the 60,000 labels."""
    labels = mt.load_mnist()[0][1]
    return lambda: mt.one_hot(labels)


def one_hot_keras() -> Run:
    """`keras.utils.to_categorical` of the same."""
    from keras.utils import to_categorical

    labels = mt.load_mnist()[0][1]
    return lambda: to_categorical(labels)


def normalize_library() -> Run:
    """`mt.normalize` of the 60,000 images."""
    images = mt.load_mnist()[0][0]
    return lambda: mt.normalize(images)


def normalize_plain() -> Run:
    """`images / 255.0`, as in the original."""
    images = mt.load_mnist()[0][0]
    return lambda: images / 255.0


WORKLOADS = {
    name: make for name, make in globals().items() if callable(make) and (make.__annotations__.get("return") is Run)
}


class Memory(threading.Thread):
    """Watches how much memory the process holds, since what preparing needed must not count."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.process, self.done = psutil.Process(), threading.Event()
        self.before = self.most = self.process.memory_info().rss

    def run(self) -> None:
        """Look every 20 ms."""
        while not self.done.wait(0.02):
            self.most = max(self.most, self.process.memory_info().rss)

    def extra_mb(self) -> float:
        """Stop watching; return the most that was held beyond what was held before."""
        self.done.set()
        self.join()
        return (self.most - self.before) / 1e6


if __name__ == "__main__":
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    run = WORKLOADS[sys.argv[1]]()
    gc.collect()
    memory = Memory()
    memory.start()
    start = time.perf_counter()
    run()
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "extra_mb": memory.extra_mb()}))
