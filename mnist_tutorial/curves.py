"""Curves of training histories. Like all pictures of this package they are drawn and returned, not shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._figure import axes_or_new

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# As metrics=["accuracy"] is called today, then in old versions of Keras, then by those who name the kind.
_ACCURACIES = ("accuracy", "acc", "sparse_categorical_accuracy", "categorical_accuracy", "binary_accuracy")


def plot_loss(history: Any, ax: Axes | None = None) -> Axes:
    """Draw the training loss, and the validation loss if there is one, against the epoch.

    Parameters
    ----------
    history
        A Keras ``History``, its ``.history`` dict, or anything with such a ``.history``, as `Runs`. A curve is a
        sequence of one number an epoch; an array of shape ``(seeds, epochs)`` is drawn as the mean of the seeds
        before a thin line for each, in which a NaN stands for a run that has ended. Where no run has a finite number,
        the curve has a gap, and the figure says so in words.
    ax
        Where to draw; a new figure if ``None``.

    Returns
    -------
    matplotlib.axes.Axes
        The axes, with lines labelled "train" and "validation". A point without neighbours, such as a curve of one
        epoch, is a dot.

    Raises
    ------
    TypeError
        If ``history`` is something else, a curve does not consist of numbers, or ``ax`` is no ``Axes``.
    ValueError
        If there is no ``loss`` in the history, or no epoch, or not as many epochs of ``val_loss``: which ones of them
        were validated, a history does not say.

    Examples
    --------
    >>> ax = plot_loss({"loss": [0.4, 0.2], "val_loss": [0.3, 0.25]})
    >>> [line.get_label() for line in ax.lines]
    ['train', 'validation']
    """
    return _plot_metric(history, "loss", ("loss",), ax)


def plot_accuracy(history: Any, ax: Axes | None = None) -> Axes:
    """Draw the training accuracy, and the validation accuracy if there is one, against the epoch.

    Parameters, return value and errors are those of `plot_loss`, with ``accuracy`` in place of ``loss``. Its other
    names will do as well: ``acc``, ``sparse_categorical_accuracy``, ``categorical_accuracy``, ``binary_accuracy``; of
    several, the first in this order is drawn.

    Examples
    --------
    >>> plot_accuracy({"accuracy": [0.9, 0.95]}).get_ylabel()
    'Accuracy'
    """
    return _plot_metric(history, "accuracy", _ACCURACIES, ax)


def _plot_metric(history: Any, metric: str, keys: tuple[str, ...], ax: Axes | None) -> Axes:
    from matplotlib.ticker import MaxNLocator

    curves = getattr(history, "history", history)
    if not isinstance(curves, Mapping):
        raise TypeError(
            f"history: found {type(history).__name__}; expected what fit returns, or a dict from names to curves"
        )
    key = next((key for key in keys if key in curves), None)
    if key is None:
        raise ValueError(
            f"history: found {sorted(map(str, curves))}; expected {' or '.join(map(repr, keys))} among them"
        )
    found = {name: _runs(curves[name], name) for name in (key, f"val_{key}") if name in curves}
    lengths = [runs.shape[1] for runs in found.values()]
    if len(set(lengths)) > 1:
        raise ValueError(
            f"history: found {lengths[0]} epochs of {key!r}, {lengths[1]} of 'val_{key}'; expected as many of both"
        )
    epochs = np.asarray(getattr(history, "epoch", ())) + 1  # training that goes on does not begin at the first
    if epochs.shape != (lengths[0],):
        epochs = np.arange(1, lengths[0] + 1)
    ax = axes_or_new(ax)
    gaps = []
    for runs, label in zip(found.values(), ("train", "validation"), strict=False):
        known = _draw_curve(ax, epochs, runs, label)
        if not known.all():
            gaps.append(f"{label}: no finite {metric} in epoch {', '.join(map(str, epochs[~known]))}")
    if gaps:
        ax.update_datalim([(epochs[0], 0), (epochs[-1], 0)], updatey=False)  # the axis shows the epochs of gaps too
        ax.autoscale_view()
        words: dict[str, Any] = {"ha": "center", "va": "center", "wrap": True, "backgroundcolor": ax.get_facecolor()}
        ax.text(0.5, 0.5, "\n".join(gaps), transform=ax.transAxes, **words)
    ax.set(title=f"Model {metric}", xlabel="Epoch", ylabel=metric.capitalize())
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    ax.legend()
    return ax


def _runs(curve: ArrayLike, name: str) -> NDArray[np.float64]:
    """Return a curve as an array of shape ``(seeds, epochs)``, one number or more."""
    try:
        runs = np.asarray(curve)
    except ValueError:  # NumPy's word for rows of different lengths
        raise ValueError(f"history: found rows of different lengths in {name!r}; expected (seeds, epochs)") from None
    if runs.size and runs.dtype.kind not in "biuf":
        raise TypeError(f"history: found {runs.dtype} in {name!r}; expected numbers")
    if runs.ndim not in (1, 2) or not runs.size:
        raise ValueError(
            f"history: found shape {runs.shape} in {name!r}; expected (epochs,) or (seeds, epochs), 1 or more"
        )
    return np.atleast_2d(runs).astype(np.float64)


def _draw_curve(ax: Axes, epochs: NDArray[np.int64], runs: NDArray[np.float64], label: str) -> NDArray[np.bool_]:
    """Draw the mean of the runs and, if there are several, each behind it; return in which epochs there is anything."""
    from matplotlib.collections import LineCollection

    runs = np.where(np.isfinite(runs), runs, np.nan)
    known = np.asarray(np.isfinite(runs).any(axis=0))
    mean = np.full(len(epochs), np.nan)
    mean[known] = np.nanmean(runs[:, known], axis=0)  # which warns of columns without any number: they stay out
    beside = np.pad(known, 1)
    alone = np.flatnonzero(known & ~beside[:-2] & ~beside[2:]).tolist()
    (line,) = ax.plot(epochs, mean, label=label)
    if alone:
        line.set(marker="o", markevery=alone)
    if len(runs) > 1:
        thin: dict[str, Any] = {"color": line.get_color(), "alpha": 0.3, "zorder": line.zorder - 0.1}
        if len(epochs) == 1:
            ax.scatter(np.full(len(runs), epochs[0]), runs[:, 0], **thin)
        else:
            ax.add_collection(LineCollection([np.column_stack([epochs, run]) for run in runs], linewidths=0.8, **thin))
            ax.autoscale_view()
    return known
