"""Figures of digits, predictions, and mistakes. Every function draws and returns; none calls ``plt.show()``.

In a notebook, the figure appears at the end of the cell. For a figure of your own, hand in your axes.

Ink is dark on white paper, and the pictures of one call share one scale of it: from 0 to 255 for uint8, otherwise from
0 to 1 or, if any number is larger, to the largest. So a faint digit looks faint. Where numbers are negative, as weights
are, 0 is white, above is red, below is blue, equally strong to either side.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, SupportsIndex

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._checks import check_integer
from ._digits import check_grey, check_numbers, draw_grid, draw_picture, ink_of
from ._figure import axes_or_new, check_texts, letters_of, width_in_points
from .evaluation import Mistakes

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_RIGHT, _WRONG = "#2a9d6f", "#d1495b"


def show_digits(images: ArrayLike, titles: Iterable[object] | None = None, ax: Axes | None = None) -> Axes:
    """Draw images in a grid of ten columns (fewer if titles are very long), dark ink on white.

    Parameters
    ----------
    images
        Grey, shape ``(n, height, width)``; any ``n`` up to 5,000, 0 included. Negative numbers are drawn in blue, and
        positive ones beside them in red.
    titles
        One for each image, drawn above it, in letters as small as they need to be. Any language that this computer has
        a font for.
    ax
        Where to draw; a new figure that fits the grid if ``None``.

    Returns
    -------
    matplotlib.axes.Axes
        The axes, with one image, and one text if there are titles, for each image given.

    Raises
    ------
    TypeError
        If the images are not numbers, the titles one text, or ``ax`` is no ``Axes``.
    ValueError
        If the images do not have three dimensions, are one colour picture, or hold NaN; if there are not as many titles
        as images; or if no font has their letters.

    Examples
    --------
    >>> len(show_digits(np.zeros((13, 28, 28)), titles=range(13)).images)
    13
    """
    pictures = check_grey(images, "images", ("n", "height", "width"))
    texts = None if titles is None else check_texts(titles, "titles", len(pictures), "images")
    return draw_grid(pictures, ink_of(pictures), texts, "titles", ax)


def plot_prediction(
    image: ArrayLike,
    probabilities: ArrayLike,
    label: SupportsIndex | None = None,
    *,
    names: Iterable[str] | None = None,
) -> Figure:
    """Draw one image beside the probability that the network gives to each class.

    Parameters
    ----------
    image
        Grey, shape ``(height, width)``.
    probabilities
        Shape ``(num_classes,)``: one row of ``model.predict``, from a network that ends in a softmax.
    label
        What the data say. Its bar is green, and the most probable bar red where the two differ.
    names
        What the classes are called, ``num_classes`` texts; their numbers if ``None``.

    Returns
    -------
    matplotlib.figure.Figure
        Two axes: the image, the bars.

    Raises
    ------
    TypeError
        If image or probabilities are not numbers, the label no integer, or the names one text.
    ValueError
        If the image or the probabilities have another number of dimensions; if the probabilities are none, the label
        no class, or the names more or fewer than the classes; or if no font has their letters.

    Examples
    --------
    >>> left, right = plot_prediction(np.zeros((28, 28)), [0.1, 0.9], label=1).axes
    >>> left.get_title()
    'read as 1, label 1'
    """
    import matplotlib.pyplot as plt

    picture, row = check_grey(image, "image", ("height", "width")), _check_probabilities(probabilities)
    true = None if label is None else check_integer(label, "label", 0, len(row) - 1)
    classes = check_texts(range(len(row)) if names is None else names, "names", len(row))
    letters = letters_of(classes, "names")
    predicted = int(row.argmax())
    width = max(3.4, 0.25 * len(row))  # of the bars, in inches
    size = (1.6 + width, 2.2 if names is None else 3.2)
    figure, (left, right) = plt.subplots(1, 2, figsize=size, width_ratios=(1.6, width), layout="constrained")
    draw_picture(left, picture, ink_of(picture))
    left.set_axis_off()
    left.set_anchor("N")  # else the layout finds no room for a title of two lines
    between = ", " if names is None else ",\n"
    told = "" if true is None else f"{between}label {classes[true]}"
    left.set_title(f"read as {classes[predicted]}{told}", **letters)
    bars = right.bar(np.arange(len(row)), row, color="#9aa5b1")
    bars[predicted].set_color("#1f6fb4" if true is None else _WRONG)
    if true is not None:
        bars[true].set_color(_RIGHT)
    _name_classes(right, classes, letters, 0.85 * width)
    right.set(ylim=(0, 1), xlabel="Digit" if names is None else "Class", ylabel="Probability")
    right.grid(False, axis="x")
    return figure


def plot_mistakes(
    mistakes: Mistakes, images: ArrayLike, ax: Axes | None = None, *, names: Iterable[str] | None = None
) -> Axes:
    """Draw every mistake in a grid, each titled with its prediction and its label, as the title says once.

    Parameters
    ----------
    mistakes
        From `find_mistakes`; any number up to 5,000, none included. Take a part with ``mistakes[:40]``.
    images
        All the images that were read, before flattening, grey, shape ``(n, height, width)``.
    ax
        Where to draw; a new figure that fits the grid if ``None``.
    names
        What the classes are called, from class 0 on; their numbers if ``None``. Names are drawn in two lines.

    Returns
    -------
    matplotlib.axes.Axes
        The axes, with one image and one text for each mistake.

    Raises
    ------
    TypeError
        If the mistakes are not `Mistakes`, the images not numbers, the names one text, or ``ax`` is no ``Axes``.
    ValueError
        If the images do not have three dimensions, are fewer than were read, or hold NaN; if there are fewer names than
        classes; or if no font has their letters.

    Examples
    --------
    >>> one = Mistakes(np.array([2]), np.array([9]), np.array([4]), np.array([0.6]))
    >>> plot_mistakes(one, np.zeros((3, 28, 28))).texts[0].get_text()
    '9,4'
    """
    if not isinstance(mistakes, Mistakes):
        raise TypeError(f"mistakes: found {type(mistakes).__name__}; expected what find_mistakes returns")
    pictures = check_grey(images, "images", ("n", "height", "width"))
    last = max(mistakes.index, default=-1)
    if last >= len(pictures):
        raise ValueError(
            f"images: found {len(pictures)}, but a mistake in image {last}; expected all the images that were read"
        )
    pairs = zip(mistakes.prediction, mistakes.label, strict=True)
    if names is None:
        titles = [f"{prediction},{label}" for prediction, label in pairs]
    else:
        classes = check_texts(names, "names")
        most = max([*mistakes.prediction, *mistakes.label], default=-1)
        if most >= len(classes):
            raise ValueError(f"names: found {len(classes)}, but a mistake about class {most}; expected one a class")
        titles = [f"{classes[prediction]},\n{classes[label]}" for prediction, label in pairs]
    axes = draw_grid(pictures[mistakes.index], ink_of(pictures), titles, "names", ax)
    axes.set_title("prediction,label")
    return axes


def plot_confusion(matrix: ArrayLike, ax: Axes | None = None, *, names: Iterable[str] | None = None) -> Axes:
    """Draw a confusion matrix with its counts; colour shows the mistakes alone, for the diagonal would drown them.

    Parameters
    ----------
    matrix
        From `confusion_matrix`: counts, shape ``(num_classes, num_classes)``, a row for each label.
    ax
        Where to draw; a new figure if ``None``.
    names
        What the classes are called, ``num_classes`` texts; their numbers if ``None``.

    Returns
    -------
    matplotlib.axes.Axes
        The axes, with one image and one text for each cell that is not 0.

    Raises
    ------
    TypeError
        If the matrix does not hold numbers, the names are one text, or ``ax`` is no ``Axes``.
    ValueError
        If the matrix is not square or does not hold counts; if the names are more or fewer than the classes; or if no
        font has their letters.

    Examples
    --------
    >>> [text.get_text() for text in plot_confusion([[7, 1], [0, 9]]).texts]
    ['7', '1', '9']
    """
    numbers = check_numbers(matrix, "matrix")
    if numbers.ndim != 2 or numbers.shape[0] != numbers.shape[1] or not numbers.size:
        raise ValueError(f"matrix: found shape {numbers.shape}; expected (num_classes, num_classes)")
    if (numbers < 0).any() or (numbers % 1 != 0).any():
        raise ValueError("matrix: found fractions or negative numbers; expected counts, as from confusion_matrix")
    counts = numbers.astype(np.int64)
    classes = check_texts(range(len(counts)) if names is None else names, "names", len(counts))
    letters = letters_of(classes, "names")
    ax = axes_or_new(ax, (max(5, 0.4 * len(counts)),) * 2)
    mistakes = np.where(np.eye(len(counts), dtype=bool), 0, counts)
    ax.imshow(mistakes, cmap="Reds", vmin=0, vmax=max(1, mistakes.max()), interpolation="nearest", origin="upper")
    for row, column in zip(*np.nonzero(counts), strict=True):
        right = row == column
        dark = mistakes[row, column] > mistakes.max() / 2
        colour = _RIGHT if right else "white" if dark else "black"
        ax.text(column, row, str(counts[row, column]), ha="center", va="center", color=colour)
    _name_classes(ax, classes, letters, 0.9 * ax.get_window_extent().width / ax.figure.dpi)
    ax.set_yticks(range(len(classes)), classes, **letters)
    ax.set(xlabel="Prediction", ylabel="Label")
    ax.grid(False)
    return ax


def _check_probabilities(values: ArrayLike) -> NDArray[Any]:
    row = check_numbers(values, "probabilities")
    if row.ndim != 1 or len(row) < 2:
        hint = ". For the one row in it, use probabilities[0]" if row.ndim == 2 and len(row) == 1 else ""
        raise ValueError(f"probabilities: found shape {row.shape}; expected one row, (num_classes,), 2 or more{hint}")
    total = row.sum(dtype=np.float64)
    if row.min() < 0 or abs(total - 1) > 0.01:  # half precision rounds each to three digits
        raise ValueError(
            f"probabilities: found {row.min():.3g} to {row.max():.3g}, in all {total:.3g}; expected 0 to 1, in all 1. "
            "If the network ends without a softmax, use tf.nn.softmax(probabilities)"
        )
    return row


def _name_classes(ax: Axes, classes: list[str], letters: dict[str, Any], inches: float) -> None:
    """Write the classes below axes that are so many inches wide, aslant if they need it."""
    import matplotlib as mpl

    wide = width_in_points(classes, mpl.rcParams["font.size"], letters) > 0.8 * 72 * inches / len(classes)
    slant: dict[str, Any] = {"rotation": 45, "ha": "right", "rotation_mode": "anchor"} if wide else {}
    ax.set_xticks(range(len(classes)), classes, **slant, **letters)
