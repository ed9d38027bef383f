"""Tell the ink of a picture from its paper, on a screen's even white and in a photograph's uneven light."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

INK = 128  # how much ink makes a point part of the digit; the drawing pad holds the same numbers
_FAINTEST = 13  # of 255: what differs less from its paper is not ink
_COARSE = 100  # points along the longer side of the small picture in which paper and strokes are looked for
_SPECK = 0.005  # a blot with less than this part of the largest one's ink is dirt


def find_ink(picture: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return how much ink lies on every point, from 0 for paper to 255.

    Parameters
    ----------
    picture
        Shape ``(height, width, 3)``.

    Returns
    -------
    numpy.ndarray
        Shape ``(height, width)``; all 0 if nothing stands out.
    """
    paper = _even_paper(picture)
    if paper is not None:
        return _stroke(np.abs(picture - paper).max(axis=2), 0, inside=False)
    difference = _difference_from_lit_paper(picture)
    if _noise(difference) > _FAINTEST / 4:
        difference = _difference_from_lit_paper(_smooth(picture))
    return _stroke(difference, float(np.median(difference)) + 4 * _noise(difference), inside=True)


def _even_paper(picture: NDArray[np.uint8]) -> NDArray[np.float64] | None:
    """Return the colour of the paper if it has but one: most of the edge, and half of the whole, are of one colour."""
    edge = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
    colour = np.percentile(edge, 50, axis=0, method="nearest")
    even = (edge == colour).all(axis=1).mean() > 0.6 and (picture == colour).all(axis=2).mean() > 0.5
    return colour.astype(np.float64) if even else None


def _difference_from_lit_paper(picture: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return how much each point differs from the paper around it, positive where ink is.

    Paper is what remains when everything narrower than a third of the picture is painted over with its surroundings
    (a morphological closing), so it follows light and shadow. Ink is the lesser part: what departs from its
    surroundings the more strongly, darker or lighter, decides which side is ink. Of the colours, the one that shows
    the ink best counts.
    """
    from PIL import Image, ImageFilter

    whole = Image.fromarray(picture)
    small = whole.reduce(math.ceil(max(whole.size) / _COARSE)).filter(ImageFilter.BoxBlur(1))
    reach = max(1, min(small.size) // 6)
    blurred = small.filter(ImageFilter.BoxBlur(reach))
    difference = np.full(picture.shape[:2], -255.0)
    for channel, coarse, around in zip(whole.split(), small.split(), blurred.split(), strict=True):
        light, coarse_light = np.asarray(channel, np.float32), np.asarray(coarse, np.float32)
        if ((coarse_light - np.asarray(around)) ** 3).sum() > 0:  # light ink: from here on, ink is the darker
            light, coarse_light = -light, -coarse_light
        closed = Image.fromarray(-_highest(-_highest(coarse_light, reach), reach))
        paper = np.asarray(closed.resize(whole.size, Image.Resampling.BILINEAR))
        np.maximum(difference, paper - light, out=difference)
    return difference


def _highest(values: NDArray[np.float32], reach: int) -> NDArray[np.float32]:
    """Return the highest value within ``reach`` points of each."""
    for axis in (0, 1):
        padding = [(reach, reach) if axis == each else (0, 0) for each in (0, 1)]
        padded = np.pad(values, padding, mode="edge")
        values = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1, axis).max(axis=-1)
    return values


def _noise(difference: NDArray[np.float64]) -> float:
    """Return the standard deviation of the paper, from its lower half, where no ink is."""
    low, middle = np.percentile(difference, [16, 50])
    return float(middle - low)


def _smooth(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    from PIL import Image, ImageFilter

    return np.asarray(Image.fromarray(picture).filter(ImageFilter.GaussianBlur(max(picture.shape) / 200)))


def _stroke(difference: NDArray[np.float64], floor: float, inside: bool) -> NDArray[np.float64]:
    """Return the differences above the floor, scaled so that the ink's are 255, without dirt.

    ``inside`` says that what touches the edge is no part of the digit, unless there is nothing else.
    """
    nothing = np.zeros_like(difference)
    candidates = difference[difference > max(floor, _FAINTEST)]
    if not candidates.size:
        return nothing
    full = np.percentile(candidates[candidates >= np.percentile(candidates, 99) / 2], 75)
    if full < 1.5 * floor:
        return nothing
    ink: NDArray[np.float64] = ((difference - floor) * (255 / (full - floor))).clip(0, 255)
    return np.where(_digit(ink >= INK, inside), ink, 0)


def _digit(strokes: NDArray[np.bool_], inside: bool) -> NDArray[np.bool_]:
    """Return where the digit is and what lies close to it: the blots that are no dirt."""
    height, width = strokes.shape
    cell = math.ceil(max(height, width) / _COARSE)
    padded = np.pad(strokes, ((0, -height % cell), (0, -width % cell)))
    cells = padded.reshape(padded.shape[0] // cell, cell, -1, cell).sum(axis=(1, 3))
    blots = _blots(cells > 0)
    ink = [sum(int(cells[place]) for place in blot) for blot in blots]
    ends = cells.shape[0] - 1, cells.shape[1] - 1
    free = [not any(y in (0, ends[0]) or x in (0, ends[1]) for y, x in blot) for blot in blots]
    near = np.zeros((cells.shape[0] + 2, cells.shape[1] + 2), bool)  # with a margin, for the neighbours at the edge
    enough = _SPECK * max((size for size, alone in zip(ink, free, strict=True) if alone or not inside), default=0)
    chosen = [b for b, size, alone in zip(blots, ink, free, strict=True) if size >= enough and (alone or not inside)]
    for y, x in (place for blot in chosen or blots for place in blot):
        near[y : y + 3, x : x + 3] = True
    return near[1:-1, 1:-1].repeat(cell, axis=0).repeat(cell, axis=1)[:height, :width]


def _blots(cells: NDArray[np.bool_]) -> list[list[tuple[int, int]]]:
    """Return the connected parts, each as its places; corners connect."""
    left = set(zip(*(axis.tolist() for axis in np.nonzero(cells)), strict=True))
    blots = []
    while left:
        blot = [left.pop()]
        for y, x in blot:  # grows while we go through it
            around = {(y + dy, x + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)} & left
            left -= around
            blot.extend(around)
        blots.append(blot)
    return blots
