"""Pictures of digits on axes: the check of what is given, the scale of ink, one picture, and a grid of many."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._figure import axes_or_new, letters_of, width_in_points

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST = 5000  # images in a grid; Matplotlib draws some thousand more, but nobody looks at them
_COLUMNS, _PITCH = 10, 1.12  # images in a row; from one to the next, in sizes of an image
_INCHES = 0.5 / _PITCH  # the size of an image in a figure of our own
_SMALLEST = 5.0  # size of a title's letters, in points


def check_numbers(values: ArrayLike, name: str) -> NDArray[Any]:
    """Return the argument ``name`` as an array of finite numbers, or say what is wrong with it."""
    try:
        array = np.asarray(values)
    except ValueError:  # NumPy's word for rows of different lengths
        raise ValueError(f"{name}: found parts of different shapes; expected one array") from None
    if array.dtype.kind not in "biuf":
        raise TypeError(f"{name}: found {array.dtype}; expected numbers")
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        raise ValueError(f"{name}: found NaN or infinity; expected finite numbers")
    return array


def check_grey(images: ArrayLike, name: str, expected: tuple[str, ...]) -> NDArray[Any]:
    """Return grey pictures, or one, as an array with axes as in ``expected``; say what to do with anything else."""
    array = check_numbers(images, name)
    shape, dimensions = array.shape, len(expected)
    # A picture is hardly one, three or four pixels wide and much higher: that axis is its colours.
    coloured = len(shape) >= 3 and shape[-1] in (1, 3, 4) and shape[-2] > 2 * shape[-1]
    if len(shape) == dimensions and not coloured and (0 not in shape[-2:]):
        return array
    hint = ""
    if coloured:
        grey = "[..., 0]" if shape[-1] == 1 else "[..., :3].mean(axis=-1)"
        hint = f". The last axis looks like colours; for grey, use {name}{grey}"
        hint += "[np.newaxis]" if len(shape) == dimensions == 3 else ""
    elif len(shape) == dimensions + 1 and shape[0] == 1:
        hint = f". For the one in it, use {name}[0]"
    elif len(shape) == dimensions - 1 and math.isqrt(shape[-1]) ** 2 == shape[-1] >= 49:
        side = math.isqrt(shape[-1])
        hint = f". Flattened? Use {name}.reshape({'' if dimensions == 2 else '-1, '}{side}, {side})"
    elif len(shape) == dimensions - 1:
        hint = f". For one image, use {name}[np.newaxis]"
    raise ValueError(f"{name}: found shape {shape}; expected ({', '.join(expected)}){hint}")


def ink_of(pictures: NDArray[Any]) -> dict[str, Any]:
    """Return the colours and the scale with which ``imshow`` draws these pictures, be it all or some of them."""
    if pictures.dtype == np.uint8:
        return {"cmap": "gray_r", "vmin": 0, "vmax": 255}
    lowest, highest = (float(pictures.min()), float(pictures.max())) if pictures.size else (0.0, 0.0)
    if lowest < 0:
        highest = max(-lowest, highest)
        return {"cmap": "RdBu_r", "vmin": -highest, "vmax": highest}
    return {"cmap": "gray_r", "vmin": 0, "vmax": max(1.0, highest)}


def draw_picture(ax: Axes, picture: NDArray[Any], ink: dict[str, Any], **where: Any) -> None:
    """Draw one picture, its first row at the top whatever the style says."""
    ax.imshow(picture, interpolation="nearest", origin="upper", **ink, **where)


def draw_grid(
    pictures: NDArray[Any], ink: dict[str, Any], titles: list[str] | None, name: str, ax: Axes | None
) -> Axes:
    """Draw pictures row by row, each below its title; ``name`` is the argument that the titles come from."""
    import matplotlib as mpl

    count = len(pictures)
    if count > _MOST:
        raise ValueError(f"images: found {count} to draw; expected at most {_MOST}. Take a part, such as [:100]")
    letters = {} if titles is None else letters_of(titles, name)
    columns = min(count, _COLUMNS) or 1
    rows = math.ceil(count / columns)
    if ax is not None:
        box = axes_or_new(ax).get_window_extent()
        points = 72 / ax.figure.dpi * min(box.width / columns, box.height / max(rows, 1)) / _PITCH
    else:
        points = 72 * _INCHES
    # Long titles spread the pictures over the width of ten, then shrink, then leave room for fewer in a row.
    size = mpl.rcParams["font.size"]
    # Small letters come out wider than they should be.
    width = width_in_points(titles or (), 1.2 * size, letters) / points  # in sizes of a picture, like all that follows
    spread = _COLUMNS * _PITCH / columns
    shrink = min(1, max(_SMALLEST / size, spread / width)) if width else 1
    across = max(_PITCH, shrink * width)
    columns = min(columns, max(1, int(_COLUMNS * _PITCH / across + 1e-9)))
    rows = math.ceil(count / columns) or 1
    lines = max((title.count("\n") + 1 for title in titles or ()), default=0)
    down = _PITCH + (0.09 + 1.2 * shrink * size * lines / points if lines else 0)
    if ax is None:
        ax = axes_or_new(None, (_INCHES * across * columns, _INCHES * (down * rows + _PITCH - 1) + 0.1))
    # One axes for the whole grid: an axes for each image, ticks and all, would take ten times as long.
    height, width = np.array(pictures.shape[1:]) / max(*pictures.shape[1:], 1)
    for i, picture in enumerate(pictures):
        x, y = across * (i % columns + 0.5), -down * (i // columns)  # the middle of its top
        left, bottom = x - width / 2, y - (1 + height) / 2
        draw_picture(ax, picture, ink, extent=(left, left + width, bottom, bottom + height))
        if titles is not None:
            ax.text(x, y + 0.06, titles[i], ha="center", va="bottom", fontsize=shrink * size, **letters)
    ax.set(xlim=(0, across * columns), ylim=(-down * (rows - 1) - _PITCH, down - 1))
    ax.set_axis_off()
    return ax
