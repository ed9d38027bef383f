"""The network of the tutorial."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

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
    num_classes = check_integer(num_classes, "num_classes")
    several = isinstance(hidden_units, Sequence | np.ndarray) and not isinstance(hidden_units, str | bytes)
    if not several or getattr(hidden_units, "ndim", 1) == 0:
        raise TypeError(f"hidden_units: found {hidden_units!r}; expected a sequence of integers, such as (100,)")
    hidden_units = [check_integer(units, "hidden_units") for units in hidden_units]

    from keras import Model, layers

    inputs = layers.Input(shape=(input_dim,))
    x = inputs
    for units in hidden_units:
        x = layers.Dense(units, activation="relu")(x)
    model = Model(inputs, layers.Dense(num_classes, activation="softmax")(x))
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    return model
