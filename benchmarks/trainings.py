"""Trainings by `mt.fit` and `mt.repeat`: the original's, then other networks and sizes beside ``model.fit``."""

from typing import Any

import numpy as np
from common import BATCH, EPOCHS, SEEDS, Run, code_cells, prepared, ready_model

import mnist_tutorial as mt


def train_library() -> Run:
    """`mt.fit`."""
    (x, y), model = prepared(), ready_model()

    def run() -> float:
        history = mt.fit(model, x, y, epochs=EPOCHS, batch_size=BATCH, seed=0).history
        return float(history["val_accuracy"][-1])

    return run


def repeat_ten_seeds() -> Run:
    """`mt.repeat` with ten seeds."""
    x, y = prepared()
    ready_model()

    def run() -> float:
        runs = mt.repeat(mt.build_mlp, x, y, seeds=SEEDS, epochs=EPOCHS, batch_size=BATCH, progress=False)
        return float(runs.final("val_accuracy").mean())

    return run


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


def train_beyond_99() -> Run:
    """Chapter 10's best training of the same network: 15 epochs of 60,000 straightened and shifted images."""
    imports, *cells = code_cells("10_beyond_99")
    names: dict[str, object] = {}
    exec(imports.source, names)
    ready_model()
    timed = [cell.source for cell in cells if "benchmark" in cell.metadata.get("tags", [])]
    timed[-1] = timed[-1].replace("FINAL_SEEDS, FINAL_EPOCHS = range(3)", "FINAL_SEEDS, FINAL_EPOCHS = range(1)")
    return lambda: [exec(source.replace("plt.show()", "plt.close()"), names) for source in timed]


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
