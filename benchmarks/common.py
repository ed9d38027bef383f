"""What the workloads share: the original's training, its data, and its network."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

import mnist_tutorial as mt

ROOT = Path(__file__).parent.parent
EPOCHS, BATCH, TRAIN = 15, 100, 48_000  # the original notebook's training; the last 12,000 images validate
SEEDS = range(10)
sys.path.insert(0, str(ROOT / "book"))  # for its scripts: make_notebooks, pretrain

Run = Callable[[], object]  # what is timed; a training returns the validation accuracy that it ends with


def digits() -> tuple[np.ndarray, np.ndarray]:
    """Return the training set as the chapters prepare it, but its labels as they are, int64."""
    (x_train, y_train), _ = mt.load_mnist()
    return mt.normalize(mt.flatten(x_train)), y_train.astype(np.int64)


def prepared() -> tuple[np.ndarray, np.ndarray]:
    """Return the training set as the chapters prepare it."""
    x, y = digits()
    return x, mt.one_hot(y)


def ready_model() -> Any:
    """Return a fresh network; import Keras and start its backend now rather than in the timed part."""
    import keras

    keras.utils.set_random_seed(0)
    model = mt.build_mlp()
    model.predict(np.zeros((1, 784), np.float32), verbose=0)
    return model


def code_cells(chapter: str) -> list[Any]:
    """Return the code cells of a chapter's source: what is timed is what the book shows."""
    import jupytext

    return [cell for cell in jupytext.read(ROOT / "book" / f"{chapter}.md").cells if cell.cell_type == "code"]
