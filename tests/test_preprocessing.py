"""one_hot, flatten, normalize: right on good input, and a clear refusal of bad input."""

import tracemalloc

import numpy as np
import pytest

from mnist_tutorial import flatten, load_mnist, normalize, one_hot


def test_one_hot_equals_keras():
    from keras.utils import to_categorical

    (_, y_train), _ = load_mnist()
    rows = one_hot(y_train)
    assert rows.shape == (60000, 10)
    assert rows.dtype == np.float32
    np.testing.assert_array_equal(rows, to_categorical(y_train))
    np.testing.assert_array_equal(rows.argmax(axis=1), y_train)


def test_one_hot_of_5_has_its_1_at_position_5():
    assert one_hot([5]).tolist() == [[0, 0, 0, 0, 0, 1, 0, 0, 0, 0]]


def test_one_hot_of_nothing():
    assert one_hot([]).shape == (0, 10)
    assert one_hot(np.zeros(0, np.uint8), num_classes=3).shape == (0, 3)


@pytest.mark.parametrize(
    ("labels", "kind", "message"),
    [
        ([3, -1], ValueError, "labels: found -1 to 3; expected 0 to 9"),
        ([3, 10], ValueError, "labels: found 3 to 10; expected 0 to 9"),
        ([3.0, 1.0], TypeError, "labels: found float64; expected integers"),
        ([True, False], TypeError, "labels: found bool; expected integers"),
        (["3"], TypeError, "expected integers"),
        ([[3, 1]], ValueError, r"labels: found shape \(1, 2\); expected one dimension"),
        (3, ValueError, r"labels: found shape \(\)"),
    ],
)
def test_one_hot_refuses(labels, kind, message):
    with pytest.raises(kind, match=message):
        one_hot(labels)


def test_one_hot_refuses_no_classes():
    with pytest.raises(ValueError, match="num_classes: found 0"):
        one_hot([], num_classes=0)


def test_flatten_is_a_view_in_row_order():
    images = np.arange(2 * 3 * 4).reshape(2, 3, 4)
    rows = flatten(images)
    assert rows.shape == (2, 12)
    assert rows[1, 2 * 4 + 3] == images[1, 2, 3]
    assert np.shares_memory(rows, images)


def test_flatten_mnist():
    (x_train, _), _ = load_mnist()
    rows = flatten(x_train)
    assert rows.shape == (60000, 784)
    assert np.shares_memory(rows, x_train)


def test_flatten_of_nothing():
    assert flatten(np.zeros((0, 28, 28), np.uint8)).shape == (0, 784)


@pytest.mark.parametrize(
    ("images", "kind", "message"),
    [
        (np.zeros((28, 28)), ValueError, r"images: found shape \(28, 28\).*images\[np.newaxis\]"),
        (np.zeros((5, 28, 28, 1)), ValueError, r"images: found shape \(5, 28, 28, 1\)"),
        ([[[1, 2]]], TypeError, "images: found list; expected a NumPy array"),
    ],
)
def test_flatten_refuses(images, kind, message):
    with pytest.raises(kind, match=message):
        flatten(images)


def test_normalize_mnist():
    (x_train, _), _ = load_mnist()
    scaled = normalize(x_train)
    assert scaled.dtype == np.float32
    assert scaled.shape == x_train.shape
    assert (scaled.min(), scaled.max()) == (0, 1)
    np.testing.assert_array_equal(scaled[:100], x_train[:100] / np.float32(255))


def test_normalize_makes_nothing_but_its_result():
    images = np.zeros((1000, 28, 28), np.uint8)
    tracemalloc.start()
    result = normalize(images)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1.1 * result.nbytes


@pytest.mark.parametrize("dtype", [np.int16, np.int64, np.float32, np.float64])
def test_normalize_takes_raw_numbers_of_any_type(dtype):
    raw = np.array([[0, 51, 255]], dtype)
    scaled = normalize(raw)
    assert scaled.dtype == np.float32
    np.testing.assert_array_equal(scaled, np.array([[0, 0.2, 1]], np.float32))


def test_normalize_takes_a_dark_raw_image():
    assert normalize(np.array([0, 1], np.uint8)).max() == np.float32(1 / 255)


def test_normalize_of_nothing():
    assert normalize(np.zeros((0, 784), np.uint8)).shape == (0, 784)
    assert normalize(np.zeros((0, 784), np.float32)).shape == (0, 784)


@pytest.mark.parametrize(
    ("images", "kind", "message"),
    [
        (normalize(np.array([0, 255], np.uint8)), ValueError, "normalized already"),
        (np.array([0.0, 256.0]), ValueError, "found numbers from 0.0 to 256.0; expected 0 to 255"),
        (np.array([-1, 3]), ValueError, "found numbers from -1 to 3"),
        (np.array([np.nan, 3.0]), ValueError, "found numbers from nan to nan"),
        (np.array([True]), TypeError, "found bool"),
        ([0, 255], TypeError, "found list; expected a NumPy array"),
    ],
)
def test_normalize_refuses(images, kind, message):
    with pytest.raises(kind, match=message):
        normalize(images)
