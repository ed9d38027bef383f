"""A lab in which a network learns before the reader's eyes: HTML that Jupyter, Colab, and the book show as it is."""

from __future__ import annotations

import math
import reprlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._checks import check_integer
from ._lab_still import still_picture
from ._packed_images import check_image_set, pack_images
from ._widgets import Widget, assemble

# What the controls of the page can show; widget/lab/settings.js holds the same bounds.
OPTIMIZERS = ("adam", "sgd")
MOST_LAYERS, MOST_UNITS, MOST_BATCH, MOST_EPOCHS = 4, 300, 1000, 200


@dataclass(frozen=True)
class TrainingLab(Widget):
    """What `training_lab` returns: a notebook shows it when it is the last line of a cell.

    Attributes
    ----------
    training, validation
        How many images are inside.
    settings
        What the controls show at first, as the lab writes it into the address of the page.
    html
        The lab and the images, as one piece of HTML that works on any page, without a network connection.

    Examples
    --------
    >>> digits = np.zeros((20, 28, 28), np.uint8), np.arange(20) % 10
    >>> training_lab(digits, digits).training
    20
    """

    training: int
    validation: int
    settings: str


def training_lab(
    train: tuple[NDArray[np.uint8], ArrayLike],
    validation: tuple[NDArray[np.uint8], ArrayLike],
    *,
    images: int = 1000,
    normalize: bool = True,
    one_hot: bool = True,
    hidden: Sequence[int] = (100, 100),
    learning_rate: float = 0.001,
    batch_size: int = 100,
    optimizer: str = "adam",
    dropout: float = 0.0,
    weight_decay: float = 0.0,
    shift: bool = False,
    epochs: int = 30,
    seed: int = 0,
) -> TrainingLab:
    """Return a lab that trains a network in the page, and shows what changes while it learns.

    Loss and accuracy, the weights of the first layer, the predictions for ten validation images, and the mistakes are
    drawn as training goes on. The settings below are where the controls of the lab begin; the reader can change each.

    Parameters
    ----------
    train, validation
        Pairs of images and labels: uint8 of shape ``(n, side, side)``, and integers from 0 to 9 of shape ``(n,)``. The
        page gets them in 16 shades of grey: about 125 kB a thousand images of 28×28.
    images
        How many of the training images to learn from; all of them, if there are fewer.
    normalize
        Whether the network gets numbers from 0 to 1, or from 0 to 255.
    one_hot
        Whether the target is a one-hot row, or the label as a number.
    hidden
        Units of each hidden layer: at most 4 layers, of 1 to 300 units.
    learning_rate
        More than 0, at most 10.
    batch_size
        1 to 1000.
    optimizer
        ``"adam"`` or ``"sgd"``.
    dropout
        Share of each hidden layer's units that is left out in a training step, from 0 to 0.9.
    weight_decay
        Share of each weight that is taken off in a step, divided by the learning rate, as in Keras; from 0 to 10.
    shift
        Whether training images are moved by a pixel at random, as `shift_images` does.
    epochs
        How many epochs *Train* runs for, 1 to 200.
    seed
        Of the first weights, of the order of the images, of dropout and of the shifts; from 0 to 999,999.

    Returns
    -------
    TrainingLab
        Shown by Jupyter, Colab, and the book, in the language of `set_language`, or else of the notebook or page
        around it.

    Raises
    ------
    TypeError
        If the images are not NumPy arrays of uint8, the labels no integers, or a setting of another type.
    ValueError
        If images and labels do not fit to each other, or a setting is out of bounds.

    Examples
    --------
    >>> digits = np.zeros((20, 28, 28), np.uint8), np.arange(20) % 10
    >>> training_lab(digits, digits, images=10, learning_rate=0.01)  # doctest: +ELLIPSIS
    TrainingLab(training=20, validation=20, settings='images:10,normalize:1,one_hot:1,hidden:100-100,...')
    """
    x_train, y_train = check_image_set(train, "train")
    x_validation, y_validation = check_image_set(validation, "validation")
    if x_train.shape[1:] != x_validation.shape[1:]:
        raise ValueError(
            f"validation[0]: found images of {x_validation.shape[1:]}; expected {x_train.shape[1:]}, as for training"
        )
    if optimizer not in OPTIMIZERS:
        raise ValueError(f"optimizer: found {reprlib.repr(optimizer)}; expected 'adam' or 'sgd'")
    values = {
        "images": min(check_integer(images, "images"), len(x_train)),
        "normalize": _check_flag(normalize, "normalize"),
        "one_hot": _check_flag(one_hot, "one_hot"),
        "hidden": "-".join(map(str, _check_hidden(hidden))),
        "learning_rate": _check_number(learning_rate, "learning_rate", 10, above=True),
        "batch_size": check_integer(batch_size, "batch_size", most=MOST_BATCH),
        "optimizer": optimizer,
        "dropout": _check_number(dropout, "dropout", 0.9),
        "weight_decay": _check_number(weight_decay, "weight_decay", 10),
        "shift": _check_flag(shift, "shift"),
        "epochs": check_integer(epochs, "epochs", most=MOST_EPOCHS),
        "seed": check_integer(seed, "seed", least=0, most=999_999),
    }
    settings = ",".join(f"{name}:{value}" for name, value in values.items())
    attributes = {
        "settings": settings,
        "side": str(x_train.shape[1]),
        "training": pack_images(x_train),
        "training-labels": "".join(map(str, y_train)),
        "validation": pack_images(x_validation),
        "validation-labels": "".join(map(str, y_validation)),
    }
    html = assemble("training-lab", attributes, still_picture(x_validation, y_validation))
    return TrainingLab(len(x_train), len(x_validation), settings, html=html)


def _check_flag(value: Any, name: str) -> int:
    """Return 1 or 0 for True or False."""
    if not isinstance(value, bool | np.bool_):
        raise TypeError(f"{name}: found {reprlib.repr(value)}; expected True or False")
    return int(value)


def _check_number(value: Any, name: str, most: float, above: bool = False) -> str:
    """Return a number from 0 to `most` as text that JavaScript reads alike; with `above`, it must be above 0."""
    expected = f"expected a number {'above 0, at most' if above else '0 to'} {most}"
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        raise TypeError(f"{name}: found {reprlib.repr(value)}; {expected}")
    number = float(value)
    if not 0 <= number <= most or (above and number == 0) or math.isnan(number):
        raise ValueError(f"{name}: found {value}; {expected}")
    return f"{number:.12g}"


def _check_hidden(hidden: Any) -> list[int]:
    """Return the units of each hidden layer."""
    if isinstance(hidden, str | bytes) or not isinstance(hidden, Iterable):
        raise TypeError(f"hidden: found {reprlib.repr(hidden)}; expected units of each layer, such as (100, 100)")
    units = [check_integer(unit, "hidden", most=MOST_UNITS) for unit in hidden]
    if len(units) > MOST_LAYERS:
        raise ValueError(f"hidden: found {len(units)} layers; expected at most {MOST_LAYERS}")
    return units
