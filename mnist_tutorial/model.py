"""The network of the tutorial."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

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
    ValueError
        If a size is not at least 1.

    Examples
    --------
    >>> build_mlp().count_params()
    89610
    """
    for name, size in (
        ("input_dim", input_dim),
        *(("hidden_units", n) for n in hidden_units),
        ("num_classes", num_classes),
    ):
        if size < 1:
            raise ValueError(f"{name}: found {size}; expected at least 1")

    from keras import Model, layers

    inputs = layers.Input(shape=(input_dim,))
    x = inputs
    for units in hidden_units:
        x = layers.Dense(units, activation="relu")(x)
    model = Model(inputs, layers.Dense(num_classes, activation="softmax")(x))
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    return model
