"""What the network answers and where it is wrong, on a network whose every answer is known beforehand."""

import keras
import numpy as np
import pytest

from mnist_tutorial import Mistakes, build_mlp, confusion_matrix, find_mistakes, plot_mistakes, predict_digits


@pytest.fixture
def model():
    """A network that answers with the position of the largest of its ten inputs."""
    model = build_mlp(10, (), 10)
    model.set_weights([np.eye(10, dtype=np.float32), np.zeros(10, np.float32)])
    return model


def rows(*digits, strength=5.0):
    return np.eye(10, dtype=np.float32)[list(digits)] * strength


def test_predict_digits(model):
    predictions = predict_digits(model, rows(7, 2, 1, 0))
    assert predictions.tolist() == [7, 2, 1, 0]
    assert predictions.dtype == np.int64


def test_predict_digits_calls_predict_once(model, monkeypatch):
    calls = []
    predict = model.predict
    monkeypatch.setattr(model, "predict", lambda *args, **kwargs: calls.append(1) or predict(*args, **kwargs))
    predict_digits(model, rows(*range(10)))
    assert calls == [1]


def test_predict_nothing(model):
    assert predict_digits(model, rows()).shape == (0,)
    assert len(find_mistakes(model, rows(), [])) == 0


@pytest.mark.parametrize(
    ("images", "found"),
    [
        (np.zeros((2, 28, 28), np.uint8), r"uint8 of shape \(2, 28, 28\)"),
        (np.zeros((2, 10), np.uint8), r"uint8 of shape \(2, 10\)"),
        (np.zeros(10, np.float32), r"float32 of shape \(10,\)"),
        ([[0.0] * 10], "list"),
    ],
)
def test_images_that_are_not_prepared(model, images, found):
    with pytest.raises((ValueError, TypeError), match=f"images: found {found}.*expected"):
        predict_digits(model, images)


def test_find_mistakes(model):
    mistakes = find_mistakes(model, np.concatenate([rows(3, 4), rows(9, strength=1), rows(5, 6)]), [3, 1, 4, 5, 8])
    assert mistakes.index.tolist() == [1, 2, 4]
    assert mistakes.predicted.tolist() == [4, 9, 6]
    assert mistakes.answer.tolist() == [1, 4, 8]
    strong, weak = (np.exp(s) / (np.exp(s) + 9) for s in (5, 1))
    np.testing.assert_allclose(mistakes.confidence, [strong, weak, strong], rtol=1e-5)


def test_mistakes_by_confidence():
    mistakes = Mistakes(np.arange(4), np.arange(4), np.arange(4) + 1, np.array([0.5, 0.9, 0.5, 0.7]))
    ordered = mistakes.by_confidence()
    assert ordered.index.tolist() == [1, 3, 0, 2]  # equals keep their order
    assert ordered.confidence.tolist() == [0.9, 0.7, 0.5, 0.5]
    assert len(ordered[:3]) == 3
    assert mistakes[mistakes.answer == 2].index.tolist() == [1]


@pytest.mark.parametrize(
    ("labels", "message"),
    [([1], "labels: found 1 for 2 images"), ([1, 10], "labels: found 1 to 10"), ([[0, 1], [1, 0]], "found shape")],
)
def test_find_mistakes_refuses(model, labels, message):
    with pytest.raises(ValueError, match=message):
        find_mistakes(model, rows(1, 2), labels)


def test_confusion_matrix():
    matrix = confusion_matrix([0, 2, 2, 2, 1], [0, 2, 1, 1, 1], num_classes=4)
    assert matrix.tolist() == [[1, 0, 0, 0], [0, 1, 0, 0], [0, 2, 1, 0], [0, 0, 0, 0]]
    assert matrix.dtype == np.int64


def test_confusion_matrix_of_nothing():
    assert confusion_matrix([], []).tolist() == np.zeros((10, 10)).tolist()


def test_confusion_matrix_refuses():
    with pytest.raises(ValueError, match="predictions: found 2 for 3 labels"):
        confusion_matrix([1, 2, 3], [1, 2])
    with pytest.raises(ValueError, match="predictions: found 1 to 10"):
        confusion_matrix([1, 2], [1, 10])


def test_mistakes_and_matrix_agree_on_a_real_network(mnist):
    """Mistakes, grid titles, and the matrix off its diagonal count the same images."""
    X_test, y_test = mnist[1][0][:500], mnist[1][1][:500]
    keras.utils.set_random_seed(0)
    model = build_mlp()
    mistakes = find_mistakes(model, X_test, y_test)
    matrix = confusion_matrix(y_test, predict_digits(model, X_test))
    assert len(mistakes) == 500 - np.trace(matrix) > 0
    some = mistakes[:23]
    titles = [text.get_text() for text in plot_mistakes(some, X_test.reshape(-1, 28, 28)).texts]
    assert titles == [f"{p},{a}" for p, a in zip(some.predicted, some.answer, strict=True)]
