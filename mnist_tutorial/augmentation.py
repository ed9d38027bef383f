"""Changes of training images that keep what they show."""

import reprlib
from typing import Any

import numpy as np


def shift_images(rows: Any, seed: Any) -> Any:
    """Shift each image at random by at most one pixel: left, right, or not, and up, down, or not.

    The nine outcomes are equally likely. The edge that becomes free is 0.

    Parameters
    ----------
    rows
        Flattened square images, array or tensor, shape ``(n, side * side)``.
    seed
        Two integers, array or tensor; the same seed gives the same shifts.

    Returns
    -------
    tensorflow.Tensor
        Same shape and dtype.

    Raises
    ------
    TypeError
        If the rows are not numbers, or the seed not integers.
    ValueError
        If the rows are not flattened square images, or the seed is not two integers.

    Examples
    --------
    >>> shift_images(np.ones((5, 784), np.float32), seed=(0, 1)).shape
    TensorShape([5, 784])
    """
    import tensorflow as tf

    rows, seed = _tensor(rows, "rows"), _tensor(seed, "seed")
    if not rows.dtype.is_floating and not rows.dtype.is_integer:
        raise TypeError(f"rows: found {rows.dtype.name}; expected numbers")
    if seed.dtype not in (tf.int32, tf.int64):
        raise TypeError(f"seed: found {seed.dtype.name}; expected int32 or int64")
    if seed.shape != (2,):
        raise ValueError(f"seed: found shape {tuple(seed.shape)}; expected two integers, shape (2,)")
    side = int(np.sqrt(rows.shape[-1])) if rows.shape.rank == 2 else 0
    if rows.shape.rank != 2 or side * side != rows.shape[-1]:
        raise ValueError(f"rows: found shape {tuple(rows.shape)}; expected flattened square images, (n, side * side)")
    # In a flattened image, down is `side` places on and right is one. What moves right out of one line enters the next
    # at its left end, which has to become 0. Slices of one padded array are what XLA turns into fast code.
    padded = tf.pad(rows, [[0, 0], [side + 1, side + 1]])
    down, right = tf.unstack(tf.random.stateless_uniform((2, tf.shape(rows)[0], 1), seed, -1, 2, tf.int32))
    column = np.arange(side * side) % side

    def moved_down(x: int) -> Any:
        up, stay, down_ = (padded[:, side + 1 - side * y - x :][:, : side * side] for y in (-1, 0, 1))
        return tf.where(down > 0, down_, tf.where(down < 0, up, stay))

    to_left = tf.where(column < side - 1, moved_down(-1), 0)
    to_right = tf.where(column > 0, moved_down(1), 0)
    return tf.where(right > 0, to_right, tf.where(right < 0, to_left, moved_down(0)))


def _tensor(value: Any, name: str) -> Any:
    import tensorflow as tf

    try:
        return tf.convert_to_tensor(value)
    except (TypeError, ValueError) as error:
        raise TypeError(f"{name}: found {reprlib.repr(value)}; expected an array or tensor of numbers") from error
