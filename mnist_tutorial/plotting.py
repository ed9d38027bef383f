"""Figures of training histories, digits, and mistakes. Every function draws and returns; none calls ``plt.show()``.

In a notebook, the figure appears at the end of the cell. For a figure of your own, hand in your axes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .evaluation import Mistakes

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_GRID_COLUMNS = 10


def plot_loss(history: Any, ax: Axes | None = None) -> Axes:
    """Draw the training loss, and the validation loss if there is one, against the epoch.

    Parameters
    ----------
    history
        A Keras ``History``, its ``.history`` dict, or anything with such a ``.history``. A curve is a sequence of
        one number an epoch; an array of shape ``(seeds, epochs)`` is drawn as its median in a band from minimum
        to maximum.
    ax
        Where to draw; a new figure if ``None``.

    Returns
    -------
    matplotlib.axes.Axes
        The axes, with lines labelled "train" and "validation".

    Raises
    ------
    ValueError
        If there is no ``loss`` in the history.

    Examples
    --------
    >>> ax = plot_loss({"loss": [0.4, 0.2], "val_loss": [0.3, 0.25]})
    >>> [line.get_label() for line in ax.lines]
    ['train', 'validation']
    """
    return _plot_metric(history, "loss", ax)


def plot_accuracy(history: Any, ax: Axes | None = None) -> Axes:
    """Draw the training accuracy, and the validation accuracy if there is one, against the epoch.

    Parameters, return value and errors are those of `plot_loss`, with ``accuracy`` in place of ``loss``.

    Examples
    --------
    >>> plot_accuracy({"accuracy": [0.9, 0.95]}).get_ylabel()
    'Accuracy'
    """
    return _plot_metric(history, "accuracy", ax)


def show_digits(images: NDArray[np.generic], titles: Sequence[object] | None = None, ax: Axes | None = None) -> Axes:
    """Draw images in a grid of ten columns, dark ink on white.

    Parameters
    ----------
    images
        Shape ``(n, height, width)``; any ``n``, 0 included.
    titles
        One for each image, drawn above it.
    ax
        Where to draw; a new figure that fits the grid if ``None``.

    Returns
    -------
    matplotlib.axes.Axes
        The axes, with one image, and one text if there are titles, for each image given.

    Raises
    ------
    ValueError
        If the images do not have three dimensions, or there are not as many titles as images.

    Examples
    --------
    >>> len(show_digits(np.zeros((13, 28, 28)), titles=range(13)).images)
    13
    """
    import matplotlib.pyplot as plt

    images = np.asarray(images)
    if images.ndim != 3:
        raise ValueError(f"images: found shape {images.shape}; expected (n, height, width)")
    if titles is not None and len(titles) != len(images):
        raise ValueError(f"titles: found {len(titles)} for {len(images)} images; expected one an image")
    columns = min(len(images), _GRID_COLUMNS) or 1
    rows = math.ceil(len(images) / _GRID_COLUMNS) or 1
    across, down = 1.12, 1.12 if titles is None else 1.5  # from one to the next, in sizes of an image
    if ax is None:
        _, ax = plt.subplots(figsize=(0.5 * columns, 0.5 * down * rows))
    # One axes for the whole grid: an axes for each image, ticks and all, would take ten times as long.
    for i, image in enumerate(images):
        left, top = across * (i % _GRID_COLUMNS), -down * (i // _GRID_COLUMNS)
        ax.imshow(image, cmap="gray_r", extent=(left, left + 1, top - 1, top), interpolation="nearest")
        if titles is not None:
            ax.text(left + 0.5, top + 0.06, str(titles[i]), ha="center", va="bottom")
    ax.set(xlim=(0, across * columns), ylim=(-down * (rows - 1) - across, down - 1))
    ax.set_axis_off()
    return ax


def plot_prediction(image: NDArray[np.generic], probabilities: ArrayLike, answer: int | None = None) -> Figure:
    """Draw one image beside the probability that the network gives to each class.

    Parameters
    ----------
    image
        Shape ``(height, width)``.
    probabilities
        Shape ``(num_classes,)``: one row of ``model.predict``.
    answer
        The label. Its bar is green, and the most probable bar red where the two differ.

    Returns
    -------
    matplotlib.figure.Figure
        Two axes: the image, the bars.

    Raises
    ------
    ValueError
        If the image or the probabilities have another number of dimensions.

    Examples
    --------
    >>> left, right = plot_prediction(np.zeros((28, 28)), [0.1, 0.9], answer=1).axes
    >>> left.get_title()
    'read as 1, label 1'
    """
    import matplotlib.pyplot as plt

    image, probabilities = np.asarray(image), np.asarray(probabilities)
    if image.ndim != 2:
        raise ValueError(f"image: found shape {image.shape}; expected (height, width)")
    if probabilities.ndim != 1:
        raise ValueError(f"probabilities: found shape {probabilities.shape}; expected one row, (num_classes,)")
    predicted = int(probabilities.argmax())
    figure, (left, right) = plt.subplots(1, 2, figsize=(5, 2.2), width_ratios=(1, 2))
    left.imshow(image, cmap="gray_r")
    left.set_axis_off()
    left.set_title(f"read as {predicted}" + ("" if answer is None else f", label {answer}"))
    bars = right.bar(np.arange(len(probabilities)), probabilities, color="#9aa5b1")
    bars[predicted].set_color("#1f6fb4" if answer is None else "#d1495b")
    if answer is not None:
        bars[answer].set_color("#2a9d6f")
    right.set(xticks=np.arange(len(probabilities)), ylim=(0, 1), xlabel="Digit", ylabel="Probability")
    right.grid(False, axis="x")
    return figure


def plot_mistakes(mistakes: Mistakes, images: NDArray[np.generic], ax: Axes | None = None) -> Axes:
    """Draw every mistake in a grid, each titled ``predicted,answer``.

    Parameters
    ----------
    mistakes
        From `find_mistakes`; any number, none included. Take a part with ``mistakes[:40]``.
    images
        All the images that were read, before flattening, shape ``(n, height, width)``.
    ax
        Where to draw; a new figure that fits the grid if ``None``.

    Returns
    -------
    matplotlib.axes.Axes
        The axes, with one image and one text for each mistake.

    Raises
    ------
    ValueError
        If the images do not have three dimensions.

    Examples
    --------
    >>> one = Mistakes(np.array([2]), np.array([9]), np.array([4]), np.array([0.6]))
    >>> plot_mistakes(one, np.zeros((3, 28, 28))).texts[0].get_text()
    '9,4'
    """
    titles = [f"{predicted},{answer}" for predicted, answer in zip(mistakes.predicted, mistakes.answer, strict=True)]
    return show_digits(np.asarray(images)[mistakes.index], titles, ax)


def plot_confusion(matrix: ArrayLike, ax: Axes | None = None) -> Axes:
    """Draw a confusion matrix with its counts; colour shows the mistakes alone, for the diagonal would drown them.

    Parameters
    ----------
    matrix
        From `confusion_matrix`: counts, shape ``(num_classes, num_classes)``, a row for each label.
    ax
        Where to draw; a new figure if ``None``.

    Returns
    -------
    matplotlib.axes.Axes
        The axes, with one image and one text for each cell that is not 0.

    Raises
    ------
    ValueError
        If the matrix is not square.

    Examples
    --------
    >>> [text.get_text() for text in plot_confusion([[7, 1], [0, 9]]).texts]
    ['7', '1', '9']
    """
    import matplotlib.pyplot as plt

    counts = np.asarray(matrix)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1]:
        raise ValueError(f"matrix: found shape {counts.shape}; expected (num_classes, num_classes)")
    if ax is None:
        _, ax = plt.subplots(figsize=(5, 5))
    mistakes = np.where(np.eye(len(counts), dtype=bool), 0, counts)
    ax.imshow(mistakes, cmap="Reds")
    for row, column in zip(*np.nonzero(counts), strict=True):
        right = row == column
        dark = mistakes[row, column] > mistakes.max() / 2
        colour = "#2a9d6f" if right else "white" if dark else "black"
        ax.text(column, row, str(counts[row, column]), ha="center", va="center", color=colour)
    ax.set(xticks=range(len(counts)), yticks=range(len(counts)), xlabel="Predicted", ylabel="Label")
    ax.grid(False)
    return ax


def _plot_metric(history: Any, metric: str, ax: Axes | None) -> Axes:
    import matplotlib.pyplot as plt
    from matplotlib.ticker import MaxNLocator

    curves: Mapping[str, ArrayLike] = getattr(history, "history", history)
    if metric not in curves:
        raise ValueError(f"history: found {sorted(curves)}; expected {metric!r} among them")
    if ax is None:
        _, ax = plt.subplots()
    for key, label in ((metric, "train"), (f"val_{metric}", "validation")):
        if key in curves:
            runs = np.atleast_2d(curves[key])
            epochs = np.arange(1, runs.shape[1] + 1)
            (line,) = ax.plot(epochs, np.nanmedian(runs, axis=0), label=label)
            if len(runs) > 1:
                low, high = np.nanmin(runs, axis=0), np.nanmax(runs, axis=0)
                ax.fill_between(epochs, low, high, color=line.get_color(), alpha=0.2, linewidth=0)
    ax.set(title=f"Model {metric}", xlabel="Epoch", ylabel=metric.capitalize())
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.legend()
    return ax
