"""Changes of training images that keep what they show."""

import math
import reprlib
from typing import Any

import numpy as np


def shift_images(images: Any, seed: Any) -> Any:
    """Shift each image at random by at most one pixel: left, right, or not, and up, down, or not.

    The nine outcomes are equally likely. The edge that becomes free is 0.

    Parameters
    ----------
    images
        Array or tensor: flattened square images, shape ``(n, side * side)``, as `build_mlp` takes them, or images of
        shape ``(n, height, width)`` or ``(n, height, width, 1)``, as `build_cnn` takes them.
    seed
        Two integers, array or tensor; the same seed gives the same shifts.

    Returns
    -------
    tensorflow.Tensor
        Same shape and dtype.

    Raises
    ------
    TypeError
        If the images are not numbers, or the seed not integers.
    ValueError
        If the images have another shape, or the seed is not two integers.

    Examples
    --------
    >>> shift_images(np.ones((5, 784), np.float32), seed=(0, 1)).shape
    TensorShape([5, 784])
    >>> shift_images(np.ones((5, 28, 28, 1), np.float32), seed=(0, 1)).shape
    TensorShape([5, 28, 28, 1])
    """
    import tensorflow as tf

    images, seed = _tensor(images, "images"), _tensor(seed, "seed")
    if not images.dtype.is_floating and not images.dtype.is_integer:
        raise TypeError(f"images: found {images.dtype.name}; expected numbers")
    if seed.dtype not in (tf.int32, tf.int64):
        raise TypeError(f"seed: found {seed.dtype.name}; expected int32 or int64")
    if seed.shape != (2,):
        raise ValueError(f"seed: found shape {tuple(seed.shape)}; expected two integers, shape (2,)")
    height, width = _height_and_width(images.shape)
    size = height * width
    # In a flattened image, down is `width` places on and right is one. What moves right out of one line enters the next
    # at its left end, which has to become 0. Slices of one padded array are what XLA turns into fast code.
    rows = tf.reshape(images, (-1, size))
    padded = tf.pad(rows, [[0, 0], [width + 1, width + 1]])
    down, right = tf.unstack(tf.random.stateless_uniform((2, tf.shape(rows)[0], 1), seed, -1, 2, tf.int32))
    column = np.arange(size) % width

    def moved_down(x: int) -> Any:
        up, stay, down_ = (padded[:, width + 1 - width * y - x :][:, :size] for y in (-1, 0, 1))
        return tf.where(down > 0, down_, tf.where(down < 0, up, stay))

    to_left = tf.where(column < width - 1, moved_down(-1), 0)
    to_right = tf.where(column > 0, moved_down(1), 0)
    shifted = tf.where(right > 0, to_right, tf.where(right < 0, to_left, moved_down(0)))
    return tf.reshape(shifted, tf.shape(images))


def _height_and_width(shape: Any) -> tuple[int, int]:
    """Return the height and width of one image, or say that these are no images."""
    sizes = tuple(shape[1:]) if shape.rank else ()
    if len(sizes) == 1 and sizes[0]:
        side = math.isqrt(sizes[0])
        if side * side == sizes[0]:
            return side, side
    elif len(sizes) in (2, 3) and all(sizes) and sizes[2:] in ((), (1,)):
        return sizes[0], sizes[1]
    expected = "flattened square images, (n, side * side), or (n, height, width) or (n, height, width, 1)"
    raise ValueError(f"images: found shape {tuple(shape) if shape.rank else ()}; expected {expected}")


def _tensor(value: Any, name: str) -> Any:
    import tensorflow as tf

    try:
        return tf.convert_to_tensor(value)
    except (TypeError, ValueError) as error:
        raise TypeError(f"{name}: found {reprlib.repr(value)}; expected an array or tensor of numbers") from error
