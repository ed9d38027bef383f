"""Points of two classes in a plane, and a small ReLU network that learns them in the page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._checks import check_integer
from ._plane_still import REACH, still_plane
from ._widgets import Widget, assemble
from .preprocessing import check_labels

Points = NDArray[np.float64]
MOST_UNITS = 10
MOST_POINTS = 300


@dataclass(frozen=True)
class ReluPlane(Widget):
    """What `relu_plane` returns: a notebook shows it when it is the last line of a cell.

    Attributes
    ----------
    patterns
        How many points each pattern has that can be chosen, by its name; the first one is shown at first.
    units
        Hidden units at first.
    html
        All of it as one piece of HTML that works on any page, without a network connection.

    Examples
    --------
    >>> relu_plane(units=4).units
    4
    """

    patterns: dict[str, int]
    units: int


def relu_plane(points: ArrayLike | None = None, classes: ArrayLike | None = None, units: int = 3) -> ReluPlane:
    """Return a plane with points of two classes, in which a network of one hidden layer learns to tell them apart.

    The reader chooses a pattern or draws points, sets the number of ReLU units, and trains the network in the browser.
    The fold of each unit is seen, where it switches on, and the area of each class with the boundary between them.

    Parameters
    ----------
    points
        Points of one's own, numbers of shape ``(n, 2)``, at most 300. Both columns are shifted and scaled so that they
        fill the plane. They come before the three patterns that are always there: the ring of chapter 5, four corners,
        two moons.
    classes
        The class of each point, 0 (a cross) or 1 (a dot), or booleans, of shape ``(n,)``.
    units
        Hidden units at first, 1 to 10.

    Returns
    -------
    ReluPlane
        Shown by Jupyter, Colab, and the book. It speaks the language of `set_language`, or else of the notebook or page
        around it, Korean or English.

    Raises
    ------
    TypeError
        If the points are no numbers, the classes neither integers nor booleans, or ``units`` is no integer.
    ValueError
        If a shape or a number is not as described, or points or classes are missing or all of one class.

    Examples
    --------
    >>> relu_plane()
    ReluPlane(patterns={'ring': 80, 'corners': 80, 'moons': 80}, units=3)
    >>> relu_plane([[0, 0], [10, 10], [0, 10]], [True, True, False], units=1)
    ReluPlane(patterns={'yours': 3, 'ring': 80, 'corners': 80, 'moons': 80}, units=1)
    """
    units = check_integer(units, "units", most=MOST_UNITS)
    patterns = _check_points(points, classes) | {"ring": _ring(), "corners": _corners(), "moons": _moons()}
    written = {
        name: [[round(x, 4), round(y, 4), kind] for (x, y), kind in zip(places.tolist(), kinds.tolist(), strict=True)]
        for name, (places, kinds) in patterns.items()
    }
    attributes = {"units": str(units), "patterns": json.dumps(written, separators=(",", ":"))}
    picture = still_plane(*next(iter(patterns.values())), units)
    html = assemble("relu-plane", attributes, picture)
    return ReluPlane({name: len(kinds) for name, (_, kinds) in patterns.items()}, units, html=html)


def _ring() -> tuple[Points, NDArray[np.intp]]:
    """Return the points of chapter 5: 30 together in the middle, and 50 around them in a ring."""
    rng = np.random.default_rng(0)
    angles = rng.uniform(0, 2 * np.pi, size=80)
    radii = np.append(rng.uniform(0, 1, 30), rng.uniform(1.5, 2.2, 50))
    return np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1), (np.arange(80) < 30).astype(np.intp)


def _corners() -> tuple[Points, NDArray[np.intp]]:
    """Return points in four corners, of one class where both coordinates have the same sign ("exclusive or")."""
    signs = np.tile([[1, 1], [-1, -1], [1, -1], [-1, 1]], (20, 1))
    places = signs * np.random.default_rng(1).uniform(0.3, 2.1, size=(80, 2))
    return places, (signs.prod(axis=1) > 0).astype(np.intp)


def _moons() -> tuple[Points, NDArray[np.intp]]:
    """Return two crescents, each with a tip in the hollow of the other."""
    rng = np.random.default_rng(2)
    angles = rng.uniform(0, np.pi, 40)
    upper = np.stack([1.3 * np.cos(angles) - 0.65, 1.7 * np.sin(angles) - 0.6], axis=1)
    return np.concatenate([upper, -upper]) + rng.normal(0, 0.12, (80, 2)), (np.arange(80) < 40).astype(np.intp)


def _check_points(points: Any, classes: Any) -> dict[str, tuple[Points, NDArray[np.intp]]]:
    """Return the reader's own points as a pattern, scaled into the plane, or say what is wrong."""
    if points is None and classes is None:
        return {}
    if points is None or classes is None:
        missing, given = ("points", "classes") if points is None else ("classes", "points")
        raise ValueError(f"{missing}: found none, but {given}; expected both or neither")
    try:
        array = np.asarray(points)
    except ValueError as error:  # NumPy's, for lists of different lengths
        raise ValueError("points: found lists of different lengths; expected shape (n, 2)") from error
    if array.dtype.kind not in "iuf":
        found = type(points).__name__ if array.dtype.kind == "O" else array.dtype
        raise TypeError(f"points: found {found}; expected numbers")
    if array.ndim != 2 or array.shape[1] != 2 or not 2 <= len(array) <= MOST_POINTS:
        raise ValueError(f"points: found shape {array.shape}; expected (n, 2), n from 2 to {MOST_POINTS}")
    places = array.astype(np.float64)
    if not np.isfinite(places).all():
        raise ValueError("points: found a number that is not finite; expected finite numbers")
    is_bool = np.asarray(classes).dtype == bool if not isinstance(classes, list | tuple) else _all_bool(classes)
    kinds = check_labels(np.asarray(classes).astype(np.intp) if is_bool else classes, 2, "classes")
    if len(kinds) != len(places):
        raise ValueError(f"classes: found {len(kinds)} for {len(places)} points; expected one a point")
    if len(set(kinds.tolist())) < 2:
        raise ValueError(f"classes: found only {kinds[0]}; expected both 0 and 1")
    low, high = places.min(axis=0), places.max(axis=0)
    half = (high / 2 - low / 2) / (REACH - 0.2)  # the difference of two halves does not overflow
    return {"yours": ((places - (low / 2 + high / 2)) / np.where(half > 0, half, 1), kinds)}


def _all_bool(classes: Any) -> bool:
    return all(isinstance(each, bool | np.bool_) for each in classes)
