"""Set slanted digits upright."""

import numpy as np
from numpy.typing import NDArray

from .preprocessing import DType, check_images

_AT_A_TIME = 500  # images, which keeps the arrays between in the processor's cache


def straighten(images: NDArray[DType]) -> NDArray[DType]:
    """Shear each image sideways until its ink stands upright: deskewing by moments.

    The slant is how many columns the ink drifts to the right with each row further down: the least-squares line through
    the ink, each pixel weighing as much as it has ink. Every row is moved back sideways by its distance from the middle
    of the ink times the slant; between two pixels, their values are blended. What leaves the image is lost.

    Parameters
    ----------
    images
        Integers or floats, not negative, shape ``(n, height, width)``; ``n`` may be 0. Raw or normalized.

    Returns
    -------
    numpy.ndarray
        New images of the same shape and dtype; integers are rounded. An image without ink, or with ink in one row
        only, stays as it is.

    Raises
    ------
    TypeError
        If ``images`` is not a NumPy array of integers or floats.
    ValueError
        If it does not have three dimensions, or holds a negative number, NaN, or infinity.

    Examples
    --------
    >>> slanted = np.zeros((1, 5, 5), np.uint8)
    >>> slanted[0, range(5), [4, 3, 2, 1, 0]] = 9
    >>> straighten(slanted)[0]
    array([[0, 0, 9, 0, 0],
           [0, 0, 9, 0, 0],
           [0, 0, 9, 0, 0],
           [0, 0, 9, 0, 0],
           [0, 0, 9, 0, 0]], dtype=uint8)
    """
    check_images(images, "images")
    if images.dtype.kind not in "iuf":
        raise TypeError(f"images: found {images.dtype}; expected integers or floats")
    if images.size and not (images.min() >= 0 and np.isfinite(images.max())):  # so that NaN fails too
        raise ValueError(f"images: found numbers from {images.min()} to {images.max()}; expected finite ones from 0")
    result = np.empty_like(images)
    for start in range(0, len(images), _AT_A_TIME):
        part = slice(start, start + _AT_A_TIME)
        upright = _sheared_back(images[part].astype(np.float32))
        result[part] = upright.round() if images.dtype.kind in "iu" else upright
    return result


def _sheared_back(ink: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return float32 images, each row moved back by what it drifted."""
    count, height, width = ink.shape
    down, right = np.arange(height, dtype=np.float32), np.arange(width, dtype=np.float32)
    in_row = ink.sum(axis=2)  # (n, height)
    total = in_row.sum(axis=1, keepdims=True)
    total[total == 0] = 1  # no ink: every mean is 0, and so is the slant
    below = down - in_row @ down[:, None] / total  # how far each row lies below the middle of the ink
    spread = (in_row * below**2).sum(axis=1, keepdims=True)
    drift = (below * (ink @ right)).sum(axis=1, keepdims=True)  # `below` has mean 0, so `right` need not have it
    slant = np.divide(drift, spread, out=np.zeros_like(drift), where=spread > 1e-6 * total)
    shift = (slant * below)[:, :, None]
    whole = np.floor(shift)
    left = np.clip(right + whole, -2, width).astype(np.int32)  # beyond the edges there is no ink
    padded = np.pad(ink, ((0, 0), (0, 0), (2, 2)))
    rows = np.arange(count * height, dtype=np.int32).reshape(count, height, 1) * (width + 4)
    near, far = (np.take(padded, rows + left + step) for step in (2, 3))
    blended: NDArray[np.float32] = near + (shift - whole) * (far - near)
    return blended
