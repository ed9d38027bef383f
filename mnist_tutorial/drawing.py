"""A pad to draw a digit on, with the network inside: HTML that Jupyter, Colab, and the book show as it is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._checks import check_raw
from ._packed import pack
from ._still import still_picture
from ._widgets import Widget, assemble, base64_text
from .preprocessing import check_labels

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class DrawingPad(Widget):
    """What `draw_digit` returns: a notebook shows it when it is the last line of a cell.

    Attributes
    ----------
    sizes
        Numbers in an input row, units of each hidden layer, and classes.
    examples
        How many images can be put on the pad.
    html
        The pad and the network, as one piece of HTML that works on any page, without a network connection.

    Examples
    --------
    >>> from mnist_tutorial import build_mlp
    >>> draw_digit(build_mlp(64, (5,), 3))
    DrawingPad(sizes=(64, 5, 3), examples=0)
    """

    sizes: tuple[int, ...]
    examples: int


def draw_digit(
    model: keras.Model, images: NDArray[np.uint8] | None = None, labels: ArrayLike | None = None
) -> DrawingPad:
    """Return a pad to draw on, which shows what the network makes of each stroke.

    Drawings are prepared as MNIST's digits were: scaled into a box of 20×20 pixels, with shades of grey at the edges,
    the centre of mass in the middle of 28×28. Everything runs in the browser.

    Parameters
    ----------
    model
        From `build_mlp`, of any sizes as long as the input is a square image. Layers that do nothing after training
        may stand between, such as Dropout, the first may be Flatten, activations may be layers of their own, and models
        may be nested, as long as one Dense layer follows the other.
    images, labels
        Examples to put on the pad with a click: uint8 of shape ``(n, side, side)``, and integers of shape ``(n,)``.

    Returns
    -------
    DrawingPad
        Shown by Jupyter, Colab, and the book. It holds the weights as float16: 239 kB for 89,610 of them. It speaks
        the language of `set_language`, or else of the notebook or page around it, Korean or English.

    Raises
    ------
    TypeError
        If the images are not a NumPy array of uint8, or the labels no integers.
    ValueError
        If the model is not as described or predicts otherwise than its Dense layers, a weight is too large for float16,
        or images and labels do not fit to it or to each other.

    Examples
    --------
    >>> from mnist_tutorial import build_mlp
    >>> draw_digit(build_mlp(), np.zeros((1, 28, 28), np.uint8), [0])
    DrawingPad(sizes=(784, 100, 100, 10), examples=1)
    """
    network = pack(model)
    side = math.isqrt(network.sizes[0])
    truth = _check_examples(images, labels, side, network.sizes[-1])
    attributes = {"sizes": ",".join(map(str, network.sizes)), "weights": base64_text(network.weights.tobytes())}
    if images is not None:
        attributes |= {"images": base64_text(images.tobytes()), "labels": ",".join(map(str, truth))}
    still = still_picture(network, images[0] if images is not None and truth else np.zeros((side, side), np.uint8))
    return DrawingPad(network.sizes, len(truth), html=assemble("draw-digit", attributes, still))


def _check_examples(images: Any, labels: Any, side: int, num_classes: int) -> list[int]:
    """Return the labels as plain integers, or say what is wrong."""
    if images is None and labels is None:
        return []
    if images is None or labels is None:
        missing, given = ("images", "labels") if images is None else ("labels", "images")
        raise ValueError(f"{missing}: found none, but {given}; expected both or neither")
    check_raw(images, "images")
    if images.shape[1:] != (side, side):
        raise ValueError(f"images: found shape {images.shape}; expected (n, {side}, {side}), as the model takes")
    truth: list[int] = check_labels(labels, num_classes, "labels").tolist()
    if len(truth) != len(images):
        raise ValueError(f"labels: found {len(truth)} for {len(images)} images; expected one an image")
    return truth
