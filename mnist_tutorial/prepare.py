"""A digit of one's own, on paper or on a screen, made into a picture like MNIST's."""

from __future__ import annotations

import os
from typing import IO, TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ._ink import INK, find_ink
from ._reading import read_picture

if TYPE_CHECKING:
    from PIL.Image import Image

SIDE = 28  # of MNIST's pictures
BOX = 20  # longer side of the digit in them


def prepare_digit(image: NDArray[np.generic] | Image | str | os.PathLike[str] | IO[bytes]) -> NDArray[np.uint8]:
    """Prepare a picture of one handwritten digit as MNIST's were, and as the pad of `draw_digit` does.

    Ink and paper are told apart, the ink is cut out and scaled into a box of 20×20 pixels, with shades of grey at its
    edges, and its centre of mass is put into the middle of 28×28. Dark ink on light paper, light on dark, and coloured
    pens will do, and so will uneven light. Slanted digits are not straightened. What reaches in from the edge of a
    photograph, such as a table or the lines of a notebook, is left out if the digit does not touch it.

    Parameters
    ----------
    image
        A picture of any size from which the digit stands out:

        - a NumPy array of booleans, of integers from 0 to 255 (or 65,535), or of floats from 0 to 1 (or 255), shape
          ``(height, width)`` or ``(height, width, channels)``: one channel, three for colours, or four, the last of
          which is opacity;
        - a Pillow image;
        - the path of a file, or a file opened for reading bytes, in any format that Pillow reads, such as PNG and
          JPEG. A photograph is turned as its camera says; of several frames, the first is taken.

        What is transparent shows white paper.

    Returns
    -------
    numpy.ndarray
        uint8, shape ``(28, 28)``, 0 for paper and 255 for full ink. For the network:
        ``normalize(flatten(picture[np.newaxis]))``.

    Raises
    ------
    TypeError
        If it is none of these, or an array of another dtype.
    ValueError
        If an array has another shape or other numbers, if a file is damaged, no picture, or has too many pixels for
        Pillow to think it harmless, or if there is no digit: a blank sheet.
    OSError
        If there is no such file, or it may not be read.

    Examples
    --------
    A stroke on a large white sheet, far from its middle:

    >>> sheet = np.full((600, 400), 255, np.uint8)
    >>> sheet[50:250, 300:330] = 0
    >>> picture = prepare_digit(sheet)
    >>> picture.shape, picture.dtype
    ((28, 28), dtype('uint8'))
    >>> np.flatnonzero(picture.any(axis=1)), np.flatnonzero(picture.any(axis=0))  # 20 rows, 3 columns
    (array([ 5,  6,  7,  8,  9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
           22, 23, 24]), array([13, 14, 15]))
    """
    ink = find_ink(read_picture(image))
    found = ink >= INK
    if not found.any():
        raise ValueError("image: found a blank sheet; expected a digit that stands out clearly from its paper")
    boxes = [np.flatnonzero(found.any(axis=axis))[[0, -1]] + [0, 1] for axis in (1, 0)]
    zoom = BOX / max(end - start for start, end in boxes)
    down, across = (
        _overlaps(weight, int(start), zoom) for weight, (start, _) in zip((ink.sum(1), ink.sum(0)), boxes, strict=True)
    )
    picture: NDArray[np.uint8] = np.rint(zoom**2 * (down @ ink @ across.T)).clip(0, 255).astype(np.uint8)
    return picture


def _overlaps(weight: NDArray[np.float64], start: int, zoom: float) -> NDArray[np.float64]:
    """Return how much of each line of the sheet lies in each line of the picture, shape ``(28, lines)``.

    One map leads from the sheet to the picture, x → zoom · x + shift: the box of the ink begins at the edge of a
    pixel, and the centre of mass comes as near to the middle of pixel 14, of 0…27, as this allows.
    """
    lines = np.arange(len(weight))
    mass = weight @ (lines + 0.5) / weight.sum()
    shift = np.floor(SIDE / 2 + 0.5 - zoom * (mass - start) + 0.5) - zoom * start
    edges = (np.arange(SIDE + 1)[:, np.newaxis] - shift) / zoom
    overlaps: NDArray[np.float64] = np.minimum(edges[1:], lines + 1) - np.maximum(edges[:-1], lines)
    return overlaps.clip(0)
