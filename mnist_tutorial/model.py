"""The networks of the tutorial: one of dense layers, one of convolutions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ._checks import check_integer

if TYPE_CHECKING:
    import keras


def build_mlp(input_dim: int = 784, hidden_units: Sequence[int] = (100, 100), num_classes: int = 10) -> keras.Model:
    """Build and compile a multilayer perceptron: ReLU in the hidden layers, softmax at the end.

    Compiled as in the original notebook: Adam, categorical cross-entropy on one-hot labels, accuracy.
    Call ``keras.utils.set_random_seed`` first to get the same initial weights again.

    Parameters
    ----------
    input_dim
        Numbers in one input row.
    hidden_units
        Units of each hidden layer; an empty sequence gives softmax regression.
    num_classes
        Units of the output layer.

    Returns
    -------
    keras.Model
        Takes float32 of shape ``(n, input_dim)``; returns float32 of shape ``(n, num_classes)``, each row a
        probability for every class. The defaults have 89,610 parameters.

    Raises
    ------
    TypeError
        If a size is not an integer, or ``hidden_units`` is no sequence of them.
    ValueError
        If a size is not at least 1.

    Examples
    --------
    >>> build_mlp().count_params()
    89610
    """
    input_dim = check_integer(input_dim, "input_dim")
    hidden_units = _check_sizes(hidden_units, "hidden_units")
    num_classes = check_integer(num_classes, "num_classes")

    from keras import Model, layers

    x = inputs = layers.Input(shape=(input_dim,))
    for units in hidden_units:
        x = layers.Dense(units, activation="relu")(x)
    return _compiled(Model(inputs, layers.Dense(num_classes, activation="softmax")(x)))


def build_cnn(
    input_shape: Sequence[int] = (28, 28, 1), filters: Sequence[int] = (16, 32, 64), num_classes: int = 10
) -> keras.Model:
    """Build and compile a convolutional neural network: convolutions and pooling in turn, softmax at the end.

    Each convolution has filters of 3×3, keeps height and width (``padding="same"``), and ends in ReLU. The pooling that
    follows keeps the largest of 2×2 numbers. Compiled as `build_mlp` is.

    Parameters
    ----------
    input_shape
        Height, width, and channels of an image: 1 if it is grey, 3 if it is coloured.
    filters
        Filters of each convolution. Pooling halves height and width after each, rounding down.
    num_classes
        Units of the output layer.

    Returns
    -------
    keras.Model
        Takes float32 of shape ``(n, height, width, channels)``, so images are not flattened; returns float32 of shape
        ``(n, num_classes)``, each row a probability for every class. The defaults have 29,066 parameters.

    Raises
    ------
    TypeError
        If a size is not an integer, or ``input_shape`` or ``filters`` no sequence of them.
    ValueError
        If a size is not at least 1, ``input_shape`` has not three of them, or pooling would leave nothing of an image.

    Examples
    --------
    >>> build_cnn().count_params()
    29066
    >>> build_cnn((32, 32, 3), filters=(8, 8)).input_shape
    (None, 32, 32, 3)
    """
    input_shape = _check_sizes(input_shape, "input_shape")
    filters = _check_sizes(filters, "filters")
    num_classes = check_integer(num_classes, "num_classes")
    if len(input_shape) != 3:
        raise ValueError(f"input_shape: found {tuple(input_shape)}; expected height, width, channels, as (28, 28, 1)")
    if min(input_shape[:2]) < 2 ** len(filters):
        raise ValueError(
            f"filters: found {len(filters)} convolutions for images of {input_shape[0]}×{input_shape[1]}; "
            f"expected at most {min(input_shape[:2]).bit_length() - 1}, since pooling halves them after each"
        )

    from keras import Model, layers

    x = inputs = layers.Input(shape=input_shape)
    for count in filters:
        x = layers.Conv2D(count, 3, padding="same", activation="relu")(x)
        x = layers.MaxPooling2D(2)(x)
    return _compiled(Model(inputs, layers.Dense(num_classes, activation="softmax")(layers.Flatten()(x))))


def _compiled(model: keras.Model) -> keras.Model:
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    return model


def _check_sizes(sizes: Any, name: str) -> list[int]:
    """Return the argument ``name`` as a list of Python integers, or say what is wrong with it."""
    several = isinstance(sizes, Sequence | np.ndarray) and not isinstance(sizes, str | bytes)
    if not several or getattr(sizes, "ndim", 1) == 0:
        example = {"hidden_units": (100,), "filters": (16, 32), "input_shape": (28, 28, 1)}[name]
        raise TypeError(f"{name}: found {sizes!r}; expected a sequence of integers, such as {example}")
    return [check_integer(size, name) for size in sizes]
