"""What a trained network predicts, and where it is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, SupportsIndex

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._checks import check_integer
from ._predict import predict_probabilities
from .preprocessing import check_labels

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True, eq=False)
class Mistakes:
    """Wrongly read images: four arrays of the same length, one place in each for every mistake.

    A part of them is taken as from a NumPy array: by a slice, a mask, positions, or one position. It is `Mistakes`
    again, one position's too: ``mistakes[0]`` is the first mistake alone, and ``mistakes[0].index`` has the shape
    ``(1,)``. So what takes mistakes takes any part, and ``for`` walks over them one by one.

    Attributes
    ----------
    index
        Positions in the images that were read, int64, shape ``(n,)``.
    prediction
        What the network says, int64, shape ``(n,)``.
    label
        What the data say, int64, shape ``(n,)``.
    confidence
        The probability the network gave to its wrong prediction, float32, shape ``(n,)``.

    Examples
    --------
    >>> mistakes = Mistakes(np.array([3, 8]), np.array([9, 7]), np.array([4, 2]), np.array([0.6, 0.9]))
    >>> mistakes
    Mistakes(n=2)
    >>> mistakes.by_confidence()[0].index
    array([8])
    """

    index: NDArray[np.int64]
    prediction: NDArray[np.int64]
    label: NDArray[np.int64]
    confidence: NDArray[np.float32]

    def __post_init__(self) -> None:
        shapes = [np.shape(array) for array in (self.index, self.prediction, self.label, self.confidence)]
        if len(shapes[0]) != 1 or len(set(shapes)) > 1:
            raise ValueError(f"mistakes: found arrays of shapes {shapes}; expected one dimension and the same length")

    def __repr__(self) -> str:
        return f"Mistakes(n={len(self)})"

    def __len__(self) -> int:
        return len(self.index)

    def __iter__(self) -> Iterator[Mistakes]:
        return (self[i] for i in range(len(self)))

    def __getitem__(self, which: SupportsIndex | slice | Sequence[int] | NDArray[np.generic]) -> Mistakes:
        """Return some of the mistakes, or one, as `Mistakes`."""
        part = np.atleast_1d(which) if isinstance(which, int | np.integer) else which
        return Mistakes(self.index[part], self.prediction[part], self.label[part], self.confidence[part])

    def by_confidence(self) -> Mistakes:
        """Return the same mistakes, the most confident first; equally confident ones keep their order."""
        return self[np.argsort(-self.confidence, kind="stable")]


def predict_digits(model: keras.Model, images: NDArray[np.floating]) -> NDArray[np.int64]:
    """Return the most probable class of every image, from one batched ``model.predict``.

    Parameters
    ----------
    model
        Any Keras model that takes images alone and ends in one softmax over at least two classes, in half precision
        too.
    images
        Prepared as for training: for `build_mlp` float, flattened, normalized, shape ``(n, 784)``; for `build_cnn`
        float and normalized, shape ``(n, 28, 28)`` or ``(n, 28, 28, 1)``. ``n`` may be 0.
        To a network with a ``Rescaling`` or ``Normalization`` layer of its own, raw numbers of any type.

    Returns
    -------
    numpy.ndarray
        int64, shape ``(n,)``.

    Raises
    ------
    TypeError
        If the model is no Keras model, or the images are not a NumPy array.
    ValueError
        If the images do not fit the model, or are certainly not like those in training: raw numbers up to 255 or
        normalized twice, dark ink on white paper, numbers that are not finite. If the model has several inputs or
        outputs, or its outputs are no probabilities, such as logits or a single sigmoid.

    Examples
    --------
    >>> from mnist_tutorial import build_mlp
    >>> predict_digits(build_mlp(), np.zeros((3, 784), np.float32)).shape
    (3,)
    """
    predictions: NDArray[np.int64] = predict_probabilities(model, images).argmax(axis=1)
    return predictions


def find_mistakes(model: keras.Model, images: NDArray[np.floating], labels: ArrayLike) -> Mistakes:
    """Return every image whose prediction differs from its label, in the order of the images.

    Parameters
    ----------
    model, images
        As for `predict_digits`.
    labels
        What the data say, integers (not one-hot), shape ``(n,)``.

    Returns
    -------
    Mistakes
        Index, prediction, label and confidence of each.

    Raises
    ------
    TypeError, ValueError
        If model, images or labels are not as described, or images and labels differ in number.

    Examples
    --------
    >>> from mnist_tutorial import build_mlp
    >>> find_mistakes(build_mlp(), np.zeros((0, 784), np.float32), [])[:5].index
    array([], dtype=int64)
    """
    probabilities = predict_probabilities(model, images)
    truth = check_labels(labels, probabilities.shape[1], "labels")
    if len(truth) != len(probabilities):
        raise ValueError(f"labels: found {len(truth)} for {len(probabilities)} images; expected one an image")
    prediction = probabilities.argmax(axis=1)
    wrong = np.flatnonzero(prediction != truth)
    return Mistakes(wrong, prediction[wrong], truth[wrong], probabilities[wrong, prediction[wrong]])


def confusion_matrix(labels: ArrayLike, predictions: ArrayLike, num_classes: int = 10) -> NDArray[np.int64]:
    """Count how often each class was read as each class.

    Parameters
    ----------
    labels, predictions
        Integers from 0 to ``num_classes - 1``, shape ``(n,)`` each.
    num_classes
        Number of classes, at least 1.

    Returns
    -------
    numpy.ndarray
        int64, shape ``(num_classes, num_classes)``. Row: the label. Column: the prediction. The diagonal counts
        what was right.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as described, or labels and predictions differ in number.

    Examples
    --------
    >>> confusion_matrix([0, 1, 1], [0, 1, 0], num_classes=2)
    array([[1, 0],
           [1, 1]])
    """
    num_classes = check_integer(num_classes, "num_classes")
    rows = check_labels(labels, num_classes, "labels")
    columns = check_labels(predictions, num_classes, "predictions")
    if len(rows) != len(columns):
        raise ValueError(f"predictions: found {len(columns)} for {len(rows)} labels; expected as many")
    return np.bincount(rows * num_classes + columns, minlength=num_classes**2).reshape(num_classes, num_classes)
