"""What a trained network answers, and where it is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .preprocessing import check_labels

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True, eq=False)
class Mistakes:
    """Wrongly read images: four arrays of the same length, one place in each for every mistake.

    Attributes
    ----------
    index
        Positions in the images that were read, int64, shape ``(n,)``.
    predicted
        What the network answered, int64, shape ``(n,)``.
    answer
        What the label says, int64, shape ``(n,)``.
    confidence
        The probability the network gave to its wrong answer, float32, shape ``(n,)``.

    Examples
    --------
    >>> mistakes = Mistakes(np.array([3, 8]), np.array([9, 7]), np.array([4, 2]), np.array([0.6, 0.9]))
    >>> len(mistakes), mistakes.by_confidence()[:1].index
    (2, array([8]))
    """

    index: NDArray[np.int64]
    predicted: NDArray[np.int64]
    answer: NDArray[np.int64]
    confidence: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.index)

    def __getitem__(self, which: slice | NDArray[np.generic]) -> Mistakes:
        """Return some of the mistakes, chosen as from a NumPy array: a slice, a mask or an array of positions."""
        return Mistakes(self.index[which], self.predicted[which], self.answer[which], self.confidence[which])

    def by_confidence(self) -> Mistakes:
        """Return the same mistakes, the most confident first."""
        return self[np.argsort(-self.confidence, kind="stable")]


def predict_digits(model: keras.Model, images: NDArray[np.floating]) -> NDArray[np.int64]:
    """Return the most probable class of every image, from one batched ``model.predict``.

    Parameters
    ----------
    model
        Ends in a softmax over the classes.
    images
        Prepared as for training: float, flattened, normalized, shape ``(n, 784)``; ``n`` may be 0.

    Returns
    -------
    numpy.ndarray
        int64, shape ``(n,)``.

    Raises
    ------
    TypeError
        If the images are not a NumPy array.
    ValueError
        If the shape is not what the model takes, or the images are still raw uint8.

    Examples
    --------
    >>> from mnist_tutorial import build_mlp
    >>> predict_digits(build_mlp(), np.zeros((3, 784), np.float32)).shape
    (3,)
    """
    predictions: NDArray[np.int64] = _predict(model, images).argmax(axis=1)
    return predictions


def find_mistakes(model: keras.Model, images: NDArray[np.floating], labels: ArrayLike) -> Mistakes:
    """Return every image whose prediction differs from its label, in the order of the images.

    Parameters
    ----------
    model, images
        As for `predict_digits`.
    labels
        The right answers, integers (not one-hot), shape ``(n,)``.

    Returns
    -------
    Mistakes
        Index, predicted, answer and confidence of each.

    Raises
    ------
    TypeError, ValueError
        If images or labels are not as described, or differ in number.

    Examples
    --------
    >>> from mnist_tutorial import build_mlp
    >>> find_mistakes(build_mlp(), np.zeros((0, 784), np.float32), [])[:5].index
    array([], dtype=int64)
    """
    probabilities = _predict(model, images)
    answers = check_labels(labels, probabilities.shape[1], "labels")
    if len(answers) != len(probabilities):
        raise ValueError(f"labels: found {len(answers)} for {len(probabilities)} images; expected one an image")
    predicted = probabilities.argmax(axis=1)
    wrong = np.flatnonzero(predicted != answers)
    return Mistakes(wrong, predicted[wrong], answers[wrong], probabilities[wrong, predicted[wrong]])


def confusion_matrix(labels: ArrayLike, predictions: ArrayLike, num_classes: int = 10) -> NDArray[np.int64]:
    """Count how often each class was read as each class.

    Parameters
    ----------
    labels, predictions
        Integers from 0 to ``num_classes - 1``, shape ``(n,)`` each.
    num_classes
        Number of classes.

    Returns
    -------
    numpy.ndarray
        int64, shape ``(num_classes, num_classes)``. Row: the label. Column: the prediction. The diagonal counts
        what was right.

    Raises
    ------
    TypeError, ValueError
        If labels or predictions are not as described, or differ in number.

    Examples
    --------
    >>> confusion_matrix([0, 1, 1], [0, 1, 0], num_classes=2)
    array([[1, 0],
           [1, 1]])
    """
    rows = check_labels(labels, num_classes, "labels")
    columns = check_labels(predictions, num_classes, "predictions")
    if len(rows) != len(columns):
        raise ValueError(f"predictions: found {len(columns)} for {len(rows)} labels; expected as many")
    return np.bincount(rows * num_classes + columns, minlength=num_classes**2).reshape(num_classes, num_classes)


def _predict(model: keras.Model, images: NDArray[np.floating]) -> NDArray[np.float32]:
    """Return the probabilities, shape ``(n, num_classes)``."""
    if not isinstance(images, np.ndarray):
        raise TypeError(f"images: found {type(images).__name__}; expected a NumPy array")
    expected = tuple(model.input_shape[1:])
    if images.shape[1:] != expected or images.dtype.kind != "f":
        raise ValueError(
            f"images: found {images.dtype} of shape {images.shape}; expected floats of shape "
            f"{('n', *expected)}, prepared as for training: normalize(flatten(images))"
        )
    if len(images) == 0:  # Keras refuses to predict nothing
        return np.zeros((0, model.output_shape[-1]), np.float32)
    probabilities: NDArray[np.float32] = model.predict(images, batch_size=1000, verbose=0)
    return probabilities
