"""Records: the time to an accuracy, and the fewest dense weights for one. One command repeats one: records.py NAME.

It prints the record and writes it into mnist_tutorial/data/benchmarks.json; `make bench` runs them all. Settings were
chosen on validation data (the last 12,000 training images); `validation` holds what the choice was made on. The test
accuracy is that of ten networks trained on all 60,000 images, as in chapter 10.
"""

import sys
from dataclasses import asdict, dataclass
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
from common import SEEDS, TRAIN, Run

import mnist_tutorial as mt

VALIDATION_SEEDS = range(3)
Rows = np.ndarray  # float32, (n, side * side)


@dataclass(frozen=True)
class Settings:
    """All that a training depends on. The network has only dense layers, its learning rate one cycle to ``peak``."""

    epochs: int
    batch_size: int
    peak: float
    images: int = 60_000  # the first so many of the training set
    hidden: tuple[int, ...] = (100, 100)
    beta_1: float = 0.7
    beta_2: float = 0.95
    smoothing: float = 0.05  # of the labels
    scale: float = 2.0  # of the pixels, once the mean image has been taken away
    upright: bool = False  # straightened, as in chapter 10
    shifted: bool = False  # by at most one pixel: anew in each batch or, where images shrink after it, all nine ways
    side: int = 28  # below 28, two lines are cut off all around and the middle is shrunk by averaging


SMALL = {"beta_1": 0.9, "beta_2": 0.99, "scale": 3.0, "upright": True, "shifted": True}
RECORDS = {
    "time_to_9766": Settings(epochs=2, batch_size=500, peak=0.015, images=45_000),
    "time_to_98": Settings(epochs=4, batch_size=500, peak=0.015),
    "time_to_99": Settings(epochs=12, batch_size=250, peak=0.006, beta_1=0.8, upright=True, shifted=True),
    "weights_98": Settings(epochs=10, batch_size=250, peak=0.01, hidden=(32, 20), smoothing=0.0, side=8, **SMALL),
    "weights_99": Settings(epochs=7, batch_size=250, peak=0.01, hidden=(100, 50), smoothing=0.03, side=12, **SMALL),
}


def time_to_9766() -> Run:
    """The same network to the original's accuracy, 0.9766."""
    return ready(RECORDS["time_to_9766"])


def time_to_98() -> Run:
    """The same network to 98%."""
    return ready(RECORDS["time_to_98"])


def time_to_99() -> Run:
    """The same network to 99%, from straightened and shifted images."""
    return ready(RECORDS["time_to_99"])


def ready(settings: Settings) -> Run:
    """Return a training on all images: whatever it does to them beyond what the chapters do is timed too."""
    images, labels = (part[: settings.images] for part in mt.load_mnist()[0])
    x, y = mt.normalize(mt.flatten(images)), mt.one_hot(labels)
    model = build(settings, len(x))
    model.predict(np.zeros((1, settings.side**2), np.float32), verbose=0)

    def run() -> None:
        rows = treated(settings, images) if settings.upright else x
        centre(settings, rows)
        mt.fit(model, rows, y, **how(settings), validation_split=0, seed=0)

    return run


def treated(settings: Settings, images: np.ndarray) -> Rows:
    """Return raw images as rows, straightened and shrunk as the settings ask."""
    return shrunk(settings, mt.straighten(images) if settings.upright else images)


def shrunk(settings: Settings, images: np.ndarray) -> Rows:
    """Return raw images as rows of the settings' side."""
    if settings.side == 28:
        return mt.normalize(mt.flatten(images))
    side, block = settings.side, 24 // settings.side
    blocks = images[:, 2:26, 2:26].reshape(-1, side, block, side, block)
    return mt.flatten(blocks.mean((2, 4), dtype=np.float32) / 255)


def all_shifts(settings: Settings, images: np.ndarray) -> Rows:
    """Return raw images as rows, straightened, moved in each of the nine ways, and only then shrunk."""
    upright = mt.straighten(images) if settings.upright else images
    ways = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    return np.concatenate([shrunk(settings, np.roll(upright, way, (1, 2))) for way in ways])


def centre(settings: Settings, training: Rows, *others: Rows) -> None:
    """Take the mean training image away, and scale, in place."""
    mean = training.mean(axis=0)
    for rows in (training, *others):
        rows -= mean
        rows *= settings.scale


def build(settings: Settings, images: int) -> Any:
    """Return a new network, compiled."""
    import keras
    from pretrain import one_cycle

    rate = one_cycle(settings.epochs * -(-images // settings.batch_size), settings.peak)
    model = mt.build_mlp(settings.side**2, settings.hidden)
    model.compile(
        keras.optimizers.Adam(rate, settings.beta_1, settings.beta_2),
        keras.losses.CategoricalCrossentropy(label_smoothing=settings.smoothing),
        metrics=["accuracy"],
    )
    return model


def how(settings: Settings) -> dict[str, Any]:
    """Return what `mt.fit` and `mt.repeat` take alike."""
    augment = mt.shift_images if settings.shifted and settings.side == 28 else None
    return {"epochs": settings.epochs, "batch_size": settings.batch_size, "augment": augment}


def accuracies(settings: Settings, seeds: range, held_out: bool) -> list[float]:
    """Return the accuracy of each seed: on the test set, or on held-out training images."""
    (images, labels), (test_images, test_labels) = mt.load_mnist()
    if held_out:
        images, test_images = images[:TRAIN], images[TRAIN:]
        labels, test_labels = labels[:TRAIN], labels[TRAIN:]
    images, labels = images[: settings.images], labels[: settings.images]
    beforehand = settings.shifted and settings.side < 28
    x, x_test = (all_shifts if beforehand else treated)(settings, images), treated(settings, test_images)
    y = np.tile(mt.one_hot(labels), (len(x) // len(labels), 1))
    centre(settings, x, x_test)
    make = partial(build, settings, len(x))
    runs = mt.repeat(make, x, y, **how(settings), validation_split=0, seeds=seeds, progress=False)
    return [float(np.mean(mt.predict_digits(model, x_test) == test_labels)) for model in runs.models]


def record(name: str) -> dict[str, Any]:
    """Measure one record, times apart, and print it."""
    settings = RECORDS[name]
    found = {
        "settings": asdict(settings),
        "parameters": parameters(settings),
        "validation": accuracies(settings, VALIDATION_SEEDS, held_out=True),
        "test": accuracies(settings, SEEDS, held_out=False),
    }
    summary = (
        f"{kind} {mt.mean_error(found[kind])[0]:.4f} ± {mt.mean_error(found[kind])[1]:.4f}"
        for kind in ("validation", "test")
    )
    print(f"{name:14} {found['parameters']:7,} parameters ", *summary, sep="  ", flush=True)
    return found


def parameters(settings: Settings) -> int:
    """Count weights and biases."""
    sizes = (settings.side**2, *settings.hidden, 10)
    return sum((a + 1) * b for a, b in pairwise(sizes))


if __name__ == "__main__":
    import bench

    for name in sys.argv[1:] or RECORDS:
        bench.one_record(name)
