"""The valley of a loss to walk down by gradient descent: HTML that Jupyter, Colab, and the book show as it is."""

from __future__ import annotations

import reprlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._checks import check_integer
from ._ground import Ground
from ._valley_still import still_valley
from ._widgets import Widget, assemble, base64_text

_SMALLEST = 1e-30  # and the largest is 1e30: the products of a few such numbers are floats yet


@dataclass(frozen=True)
class LossValley(Widget):
    """What `loss_valley` returns: a notebook shows it when it is the last line of a cell.

    Attributes
    ----------
    parameters
        1 for a weight, 2 for a weight and a bias.
    examples
        How many inputs, each with its label, the loss is the mean over.
    html
        The valley as one piece of HTML that works on any page, without a network connection.

    Examples
    --------
    >>> loss_valley([1, 2, 3], [2, 4, 6], start=0.5)
    LossValley(parameters=1, examples=3)
    """

    parameters: int
    examples: int


def loss_valley(
    x: ArrayLike,
    labels: ArrayLike,
    start: float | Sequence[float] = 0.0,
    *,
    batch: int | None = None,
    rate: float | None = None,
    seed: int = 0,
) -> LossValley:
    """Return the valley of a loss to walk down by gradient descent, step by step, at a learning rate to choose.

    The model predicts ``w * x``, or ``w * x + b``. The loss is the mean of the squared differences from the labels. One
    weight has a curve of the loss, with its slope where the ball lies; a weight and a bias have a map with contours.
    Everything runs in the browser.

    Parameters
    ----------
    x, labels
        Numbers of shape ``(n,)``: the inputs, and what the model should predict for each.
    start
        Where the ball lies first: the weight, or ``(weight, bias)``. The reader may move it.
    batch
        Lets the reader choose between steps that look at all examples and steps that look at only so many, drawn at
        random each time.
    rate
        The learning rate set first; by default one that is too small. The slider goes from far too small to far
        too large.
    seed
        Of the random batches: with the same one, a page that is opened again shows the same paths. Below 2**31.

    Returns
    -------
    LossValley
        Shown by Jupyter, Colab, and the book. It speaks the language of `set_language`, or else of the notebook or page
        around it, Korean or English.

    Raises
    ------
    TypeError
        If ``batch`` or ``seed`` is no integer, or another argument does not hold numbers.
    ValueError
        If shapes do not fit, a number is not finite or too large or small, or the loss has no single lowest place: for
        a weight, if all inputs are 0; for a weight and a bias, if all are the same.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> x = rng.uniform(0, 3, 200)
    >>> loss_valley(x, 2 * x + 1 + rng.normal(size=200), (0, 3.5), batch=10)
    LossValley(parameters=2, examples=200)
    """
    inputs, truth = _numbers(x, "x"), _numbers(labels, "labels")
    if len(inputs) != len(truth):
        raise ValueError(f"labels: found {len(truth)} for {len(inputs)} numbers x; expected one each")
    first = _numbers(start, "start", dimensions=(0, 1))
    if len(first) not in (1, 2):
        raise ValueError(f"start: found {len(first)} numbers; expected a weight, or a weight and a bias")
    _check_inputs(inputs, len(first))
    ground = Ground(inputs, truth, first)
    size = None if batch is None else check_integer(batch, "batch", most=len(inputs))
    chosen = float(f"{ground.largest_rate / 20:.0e}") if rate is None else _check_rate(rate)
    attributes = {
        "x": base64_text(inputs.astype("<f8").tobytes()),
        "labels": base64_text(truth.astype("<f8").tobytes()),
        "start": ",".join(map(repr, first.tolist())),
        "rate": repr(chosen),
        "seed": str(check_integer(seed, "seed", 0, 2**31 - 1)),
    }
    if size is not None:
        attributes["batch"] = str(size)
    still = still_valley(ground, size)
    return LossValley(len(first), len(inputs), html=assemble("loss-valley", attributes, still))


def _numbers(values: ArrayLike, name: str, dimensions: tuple[int, ...] = (1,)) -> NDArray[np.float64]:
    """Return the argument as a row of finite floats, or say what is wrong with it."""
    try:
        array = np.asarray(values)
    except ValueError:  # rows of different lengths
        array = np.asarray(None)
    if array.dtype.kind not in "iuf":
        raise TypeError(f"{name}: found {reprlib.repr(values)}; expected real numbers")
    if array.ndim not in dimensions or not array.size:
        raise ValueError(f"{name}: found shape {array.shape}; expected (n,), at least one number")
    numbers = array.astype(np.float64).reshape(-1)
    with np.errstate(invalid="ignore"):
        usable = (numbers == 0) | ((np.abs(numbers) >= _SMALLEST) & (np.abs(numbers) <= 1 / _SMALLEST))
    if not usable.all():
        raise ValueError(f"{name}: found {numbers[~usable][0]:g}; expected 0 or a size of {_SMALLEST:g} to 1e+30")
    return numbers


def _check_inputs(inputs: NDArray[np.float64], parameters: int) -> None:
    """See to it that the loss has a single lowest place."""
    if parameters == 1 and not inputs.any():
        raise ValueError("x: found only zeros; expected another number, or no weight makes a difference")
    if parameters == 2 and np.var(inputs) <= 1e-9 * np.mean(inputs**2):
        raise ValueError(
            f"x: found {len(inputs)} numbers from {inputs.min():g} to {inputs.max():g}; expected two that differ, "
            "or a weight does the same as a bias"
        )


def _check_rate(rate: float) -> float:
    """Return the learning rate as a float, or say what is wrong with it."""
    number = float(_numbers(rate, "rate", dimensions=(0,))[0])
    if number <= 0:
        raise ValueError(f"rate: found {number}; expected a number above 0")
    return number
