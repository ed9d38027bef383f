"""What else the library does, beside the common way: train in a page, predict, load, prepare."""

import shutil

import numpy as np
from common import ROOT, Run, prepared, ready_model

import mnist_tutorial as mt


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


def hundred_times(once: Run) -> Run:
    """Return what does a short thing again and again, and keeps none of the results."""

    def run() -> None:
        for _ in range(100):
            once()

    return run


def one_hot_library() -> Run:
    """`mt.one_hot` of the 60,000 labels, one of 100 times."""
    labels = mt.load_mnist()[0][1]
    return hundred_times(lambda: mt.one_hot(labels))


def one_hot_keras() -> Run:
    """`keras.utils.to_categorical` of the same, one of 100 times."""
    from keras.utils import to_categorical

    labels = mt.load_mnist()[0][1]
    return hundred_times(lambda: to_categorical(labels))


def normalize_library() -> Run:
    """`mt.normalize` of the 60,000 images."""
    images = mt.load_mnist()[0][0]
    return lambda: mt.normalize(images)


def normalize_plain() -> Run:
    """`images / 255.0`, as in the original."""
    images = mt.load_mnist()[0][0]
    return lambda: images / 255.0
