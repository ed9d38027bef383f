"""The three steps from raw digits to what a network takes: one-hot labels, flat rows, numbers from 0 to 1."""

from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._checks import check_integer

DType = TypeVar("DType", bound=np.generic)
_SMALLEST_PICTURE = 8  # points; a last axis of at most 4 after two axes from this length on holds colours


def one_hot(labels: ArrayLike, num_classes: int = 10) -> NDArray[np.float32]:
    """Turn each label into a row with a single 1 at the label's position.

    Parameters
    ----------
    labels
        Integers from 0 to ``num_classes - 1``, shape ``(n,)``; ``n`` may be 0.
    num_classes
        Length of a row, at least 1.

    Returns
    -------
    numpy.ndarray
        float32, shape ``(n, num_classes)``; equal to ``keras.utils.to_categorical(labels, num_classes)``.

    Raises
    ------
    TypeError
        If the labels or ``num_classes`` are not integers.
    ValueError
        If the labels are not one-dimensional, one is negative or too large, or ``num_classes`` is below 1.

    Examples
    --------
    >>> one_hot([2, 0], num_classes=3)
    array([[0., 0., 1.],
           [1., 0., 0.]], dtype=float32)
    """
    num_classes = check_integer(num_classes, "num_classes")
    classes = check_labels(labels, num_classes, "labels")
    rows = np.zeros((len(classes), num_classes), np.float32)
    rows[np.arange(len(classes)), classes] = 1
    return rows


def flatten(images: NDArray[DType]) -> NDArray[DType]:
    """Join the rows of each image into one row, without copying where NumPy can avoid it.

    Parameters
    ----------
    images
        Any dtype, shape ``(n, height, width)``; ``n`` may be 0.

    Returns
    -------
    numpy.ndarray
        Same dtype, shape ``(n, height * width)``. It shares the memory of ``images`` if that is contiguous, so
        writing to one changes the other.

    Raises
    ------
    TypeError
        If ``images`` is not a NumPy array.
    ValueError
        If it does not have three dimensions, or the last of them holds colours.

    Examples
    --------
    >>> flatten(np.zeros((5, 28, 28), np.uint8)).shape
    (5, 784)
    """
    check_images(images, "images")
    count, height, width = images.shape
    return images.reshape(count, height * width)


def normalize(images: NDArray[np.generic]) -> NDArray[np.float32]:
    """Scale brightness from 0…255 to 0…1.

    Parameters
    ----------
    images
        Raw brightness of any shape, integer or float, from 0 to 255. Floats that all lie in [0, 1] are refused,
        for they have most likely been normalized already; an image of uint8 may be as dark as it likes.

    Returns
    -------
    numpy.ndarray
        A new float32 array of the same shape, from 0 to 1. No float64 is made on the way.

    Raises
    ------
    TypeError
        If ``images`` is not a NumPy array of integers or floats.
    ValueError
        If a number lies outside [0, 255] or is not a number, or floats are already in [0, 1].

    Examples
    --------
    >>> normalize(np.array([0, 51, 255], np.uint8))
    array([0. , 0.2, 1. ], dtype=float32)
    """
    if not isinstance(images, np.ndarray) or images.dtype.kind not in "iuf":
        found = images.dtype if isinstance(images, np.ndarray) else type(images).__name__
        raise TypeError(f"images: found {found}; expected a NumPy array of integers or floats")
    if images.size and images.dtype != np.uint8:  # a uint8 cannot be out of range
        lowest, highest = images.min(), images.max()
        if not (lowest >= 0 and highest <= 255):  # written so that NaN fails too
            raise ValueError(f"images: found numbers from {lowest} to {highest}; expected 0 to 255")
        if images.dtype.kind == "f" and highest <= 1:
            raise ValueError(f"images: found floats up to {highest}, normalized already? Expected 0 to 255")
    scaled: NDArray[np.float32] = np.divide(images, np.float32(255), dtype=np.float32)
    return scaled


def check_images(images: Any, name: str) -> None:
    """Refuse what is not an array of grey images, shape ``(n, height, width)``; name the argument, and the remedy."""
    if not isinstance(images, np.ndarray):
        raise TypeError(f"{name}: found {type(images).__name__}; expected a NumPy array")
    shape = images.shape
    coloured = len(shape) in (3, 4) and 1 <= shape[-1] <= 4 and min(shape[-3:-1]) >= _SMALLEST_PICTURE
    if len(shape) == 3 and not coloured:
        return
    advice = ""
    if len(shape) == 2:
        advice = f". For one image, use {name}[np.newaxis]"
    elif len(shape) in (3, 4) and shape[-1] == 1:
        advice = f". For grey images with a last axis of 1, use {name}[..., 0]"
    elif coloured:
        advice = f". The last axis looks like one of colours: make them grey, {name}.mean(axis=-1)"
    raise ValueError(f"{name}: found shape {shape}; expected (n, height, width){advice}")


def check_labels(labels: ArrayLike, num_classes: int, name: str) -> NDArray[np.intp]:
    """Return labels as an index array of shape ``(n,)``, or say what is wrong with the argument ``name``."""
    try:
        array = np.asarray(labels)
    except ValueError as error:  # NumPy's, for lists of different lengths
        raise ValueError(f"{name}: found lists of different lengths; expected one dimension, (n,)") from error
    if array.ndim == 2 and array.shape[1] == 1:
        raise ValueError(f"{name}: found shape {array.shape}; expected one dimension, (n,): {name}[:, 0]")
    if array.ndim == 2:
        raise ValueError(
            f"{name}: found shape {array.shape}; expected one dimension, (n,). From one-hot rows: {name}.argmax(axis=1)"
        )
    if array.size and array.dtype.kind not in "iu":
        found = type(labels).__name__ if array.dtype.kind == "O" else array.dtype
        raise TypeError(f"{name}: found {found}; expected integers")
    if array.ndim != 1:
        raise ValueError(f"{name}: found shape {array.shape}; expected one dimension, (n,)")
    if array.size == 0:
        return np.zeros(0, np.intp)
    if array.min() < 0 or array.max() >= num_classes:
        raise ValueError(f"{name}: found {array.min()} to {array.max()}; expected 0 to {num_classes - 1}")
    return array.astype(np.intp, copy=False)
