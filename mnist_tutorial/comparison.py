"""Compare settings by what several seeds gave: the mean, its standard error, and a picture of every seed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._figure import axes_or_new

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def mean_error(values: ArrayLike) -> tuple[float, float]:
    """Return the mean of one result a seed, and its standard error.

    Parameters
    ----------
    values
        Finite numbers, two or more, shape ``(seeds,)``.

    Returns
    -------
    tuple of float
        The mean, and how far it would typically be off if other seeds had been drawn: the spread of the values
        (with ``ddof=1``), divided by the root of their number.

    Raises
    ------
    TypeError
        If ``values`` are no numbers.
    ValueError
        If they are not a row of two or more finite numbers.

    Examples
    --------
    >>> mean, error = mean_error([0.97, 0.98, 0.99])
    >>> f"{mean:.3f} ± {error:.3f}"
    '0.980 ± 0.006'
    """
    return _mean_error(_results(values, "values"))


def difference(a: ArrayLike, b: ArrayLike) -> tuple[float, float]:
    """Return how much higher the mean of ``b`` is than that of ``a``, and the standard error of this difference.

    Parameters, types and errors are those of `mean_error`; ``a`` and ``b`` may be of different length. A difference
    of more than two standard errors is hardly chance.

    Examples
    --------
    >>> more, error = difference([0.97, 0.98, 0.99], [0.98, 0.99, 1.0])
    >>> f"{more:.3f} ± {error:.3f}"
    '0.010 ± 0.008'
    """
    (mean_a, error_a), (mean_b, error_b) = (_mean_error(_results(v, name)) for v, name in ((a, "a"), (b, "b")))
    return mean_b - mean_a, float(np.hypot(error_a, error_b))


def plot_seeds(
    results: Mapping[str, ArrayLike], *, xlabel: str = "Test accuracy", title: str = "", ax: Axes | None = None
) -> Axes:
    """Draw a row for each setting: every seed a dot, the mean a bar, and two standard errors to either side of it.

    Parameters
    ----------
    results
        From a setting's name to one number a seed, as for `mean_error`. The first stands on top.
    xlabel, title
        What the numbers are, and what the figure shows.
    ax
        Where to draw; a new figure if ``None``.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TypeError
        If ``results`` is no mapping, its values are no numbers, or ``ax`` is no ``Axes``.
    ValueError
        If there is no setting, or one has not two or more finite numbers.

    Examples
    --------
    >>> ax = plot_seeds({"plain": [0.97, 0.98], "shifted": [0.985, 0.99]}, title="What shifts are worth")
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['plain', 'shifted']
    """
    if not isinstance(results, Mapping):
        raise TypeError(f"results: found {type(results).__name__}; expected a dict from names to numbers")
    rows = {str(name): _results(values, f"results[{name!r}]") for name, values in results.items()}
    if not rows:
        raise ValueError("results: found no setting; expected one or more")
    ax = axes_or_new(ax)
    for y, values in enumerate(rows.values()):
        mean, error = _mean_error(values)
        (dots,) = ax.plot(values, np.full(len(values), y), "o", color="C0", alpha=0.4, markeredgewidth=0)
        ax.errorbar(mean, y, xerr=2 * error, color="C3", marker="|", markersize=14, capsize=4, zorder=dots.zorder + 1)
    ax.set(xlabel=xlabel, title=title, ylim=(len(rows) - 0.5, -0.5))
    ax.set_yticks(range(len(rows)), list(rows))
    ax.grid(axis="x", alpha=0.3)
    return ax


def _mean_error(results: NDArray[np.float64]) -> tuple[float, float]:
    return float(results.mean()), float(results.std(ddof=1) / np.sqrt(len(results)))


def _results(values: ArrayLike, name: str) -> NDArray[np.float64]:
    """Return one number a seed as float64."""
    results = np.asarray(values)
    if results.dtype.kind not in "biuf":
        raise TypeError(f"{name}: found {results.dtype}; expected numbers")
    if results.ndim != 1 or len(results) < 2:
        raise ValueError(f"{name}: found shape {results.shape}; expected (seeds,) with 2 or more")
    if not np.isfinite(results).all():
        raise ValueError(f"{name}: found {(~np.isfinite(results)).sum()} that are NaN or infinite; expected none")
    return results.astype(np.float64)
