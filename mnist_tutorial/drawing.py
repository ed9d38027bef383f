"""A pad to draw a digit on, with the network inside: HTML that Jupyter, Colab, and the book show as it is."""

from __future__ import annotations

import base64
import json
import math
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .language import current_language
from .preprocessing import check_labels

if TYPE_CHECKING:
    import keras

_WIDGET = Path(__file__).parent / "widget"
_FALLBACK = (
    "The drawing pad needs JavaScript. In Jupyter, trust this notebook or run the cell. · "
    "그림판에는 자바스크립트가 필요합니다. Jupyter에서는 노트북을 신뢰하거나 셀을 실행하세요."
)


@dataclass(frozen=True)
class DrawingPad:
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
    html: str = field(repr=False)

    def _repr_html_(self) -> str:
        return self.html


def draw_digit(
    model: keras.Model, images: NDArray[np.uint8] | None = None, labels: ArrayLike | None = None
) -> DrawingPad:
    """Return a pad to draw on, which shows what the network makes of each stroke.

    Drawings are prepared as MNIST's digits were: scaled into a box of 20×20 pixels, with shades of grey at the edges,
    the centre of mass in the middle of 28×28. Everything runs in the browser.

    Parameters
    ----------
    model
        From `build_mlp`, of any sizes as long as the input is a square image; Dropout layers may stand between.
    images, labels
        Examples to put on the pad with a click: uint8 of shape ``(n, side, side)``, and integers of shape ``(n,)``.

    Returns
    -------
    DrawingPad
        Shown by Jupyter, Colab, and the book. It holds the weights as float16: 239 kB for 89,610 of them.

    Raises
    ------
    TypeError
        If the images are not a NumPy array of uint8, or the labels no integers.
    ValueError
        If the model is not as described, a weight is too large for float16, or images and labels do not fit to it
        or to each other.

    Examples
    --------
    >>> from mnist_tutorial import build_mlp
    >>> draw_digit(build_mlp(), np.zeros((1, 28, 28), np.uint8), [0])
    DrawingPad(sizes=(784, 100, 100, 10), examples=1)
    """
    sizes, weights = _read_model(model)
    language = current_language()
    attributes = {"lang": language} if language else {}
    attributes |= {"sizes": ",".join(map(str, sizes)), "weights": _base64(weights)}
    side = math.isqrt(sizes[0])
    answers = _check_examples(images, labels, side, sizes[-1])
    if images is not None:
        attributes |= {"images": _base64(images), "labels": ",".join(map(str, answers))}
    tag = " ".join(f'{name}="{value}"' for name, value in attributes.items())
    html = f"<draw-digit {tag}>{escape(_FALLBACK)}</draw-digit>\n<script>\n{_script()}\n</script>"
    return DrawingPad(sizes, len(answers), html)


def _script() -> str:
    """Return the script, with markup and style in it, closed off from the page's other scripts."""
    markup, style, script = ((_WIDGET / f"draw.{kind}").read_text(encoding="utf-8") for kind in ("html", "css", "js"))
    constants = f"const MARKUP = {json.dumps(markup)};\nconst STYLE = {json.dumps(style)};\n".replace("</", "<\\/")
    return f'(() => {{\n"use strict";\n{constants}{script}}})();'


def _read_model(model: keras.Model) -> tuple[tuple[int, ...], NDArray[np.float16]]:
    """Return the sizes of the layers, and all weights in one row: matrix and biases of each layer."""
    import keras

    expected = "expected one like build_mlp's: Dense layers, ReLU in the hidden ones, softmax at the end"
    if not isinstance(model, keras.Model):
        raise ValueError(f"model: found {type(model).__name__}; {expected}")
    if not model.built:
        raise ValueError(f"model: found one that is not built yet; {expected}")
    passive = keras.layers.InputLayer | keras.layers.Dropout
    layers = [layer for layer in model.layers if not isinstance(layer, passive)]
    if not layers:
        raise ValueError(f"model: found no layers with weights; {expected}")
    for layer in layers:
        wanted = "softmax" if layer is layers[-1] else "relu"
        found = type(layer).__name__
        if isinstance(layer, keras.layers.Dense):
            found += f" with {layer.activation.__name__}" + ("" if layer.use_bias else " and no biases")
        if found != f"Dense with {wanted}":
            raise ValueError(f"model: found the layer {found}; {expected}")
    shapes = [layer.kernel.shape for layer in layers]
    sizes = (int(shapes[0][0]), *(int(shape[1]) for shape in shapes))
    if math.isqrt(sizes[0]) ** 2 != sizes[0]:
        raise ValueError(f"model: found {sizes[0]} inputs; expected those of a square image, such as 784 = 28 × 28")
    weights = np.concatenate([np.ravel(array) for layer in layers for array in layer.get_weights()])
    if not np.abs(weights).max() <= np.finfo(np.float16).max:  # written so that NaN fails too
        raise ValueError("model: found a weight that is no number or beyond 65,504; expected ones that fit float16")
    return sizes, weights.astype("<f2")


def _check_examples(images: Any, labels: Any, side: int, num_classes: int) -> list[int]:
    """Return the labels as plain integers, or say what is wrong."""
    if images is None and labels is None:
        return []
    if images is None or labels is None:
        missing, given = ("images", "labels") if images is None else ("labels", "images")
        raise ValueError(f"{missing}: found none, but {given}; expected both or neither")
    if not isinstance(images, np.ndarray) or images.dtype != np.uint8:
        found = images.dtype if isinstance(images, np.ndarray) else type(images).__name__
        raise TypeError(f"images: found {found}; expected raw images, a NumPy array of uint8")
    if images.shape[1:] != (side, side):
        raise ValueError(f"images: found shape {images.shape}; expected (n, {side}, {side}), as the model takes")
    answers: list[int] = check_labels(labels, num_classes, "labels").tolist()
    if len(answers) != len(images):
        raise ValueError(f"labels: found {len(answers)} for {len(images)} images; expected one an image")
    return answers


def _base64(array: NDArray[Any]) -> str:
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()
