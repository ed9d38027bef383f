"""one_hot, flatten, normalize: right on good input, and a clear refusal of bad input."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

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
        (None, TypeError, "labels: found NoneType; expected integers"),
        (["3", None], TypeError, "labels: found list; expected integers"),
        ([[1], [2, 3]], ValueError, "labels: found lists of different lengths"),
        (np.eye(10)[:2], ValueError, r"labels: found shape \(2, 10\); expected one dimension.*labels.argmax\(axis=1\)"),
        (
            np.array([[1], [2]]),
            ValueError,
            r"labels: found shape \(2, 1\); expected one dimension, \(n,\): labels\[:, 0\]",
        ),
        (np.zeros((1, 2, 3), int), ValueError, r"labels: found shape \(1, 2, 3\)"),
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


@pytest.mark.parametrize("num_classes", [3.0, "3", None, True, np.float64(3)])
def test_one_hot_refuses_classes_that_are_no_integer(num_classes):
    with pytest.raises(TypeError, match=r"^num_classes: found .+; expected an integer of at least 1"):
        one_hot([1], num_classes)


def test_one_hot_takes_numpy_s_integers():
    assert one_hot(np.array([250], np.uint8), np.uint8(255)).shape == (1, 255)


@settings(deadline=None, max_examples=60)
@given(st.data(), st.integers(1, 300))
def test_one_hot_rows_give_back_their_labels(data, num_classes):
    dtype = data.draw(
        st.sampled_from([np.uint8, np.int16, ">i4", np.uint64] if num_classes <= 256 else [np.int16, ">i4"])
    )
    labels = data.draw(hnp.arrays(dtype, st.integers(0, 20), elements=st.integers(0, num_classes - 1)))
    rows = one_hot(labels, num_classes)
    assert rows.shape == (len(labels), num_classes)
    np.testing.assert_array_equal(rows.sum(axis=1), 1)
    np.testing.assert_array_equal(rows.argmax(axis=1), labels)


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


NUMBERS = st.sampled_from([np.dtype(name) for name in ("bool", "uint8", ">i2", "int64", "float16", "float64")])


@settings(deadline=None, max_examples=60)
@given(
    hnp.arrays(
        NUMBERS, hnp.array_shapes(min_dims=3, max_dims=3, min_side=0, max_side=7), elements={"allow_nan": False}
    ),
    st.data(),
)
def test_flatten_keeps_numbers_dtype_and_order(images, data):
    turned = images.transpose(data.draw(st.permutations(range(3))))  # not always one piece of memory
    rows = flatten(turned)
    assert rows.dtype == images.dtype
    assert rows.shape == (len(turned), turned.shape[1] * turned.shape[2])
    assert rows.tolist() == [[number for line in image for number in line] for image in turned.tolist()]


@pytest.mark.parametrize("shape", [(60000, 8, 5), (8, 7, 3), (3, 28, 4), (28, 3, 3), (0, 28, 28), (9, 9, 0)])
def test_flatten_takes_narrow_images_that_cannot_be_colours(shape):
    assert flatten(np.zeros(shape, np.uint8)).shape == (shape[0], shape[1] * shape[2])


@pytest.mark.parametrize(
    ("images", "kind", "message"),
    [
        (np.zeros((28, 28, 3)), ValueError, r"found shape \(28, 28, 3\).*last axis.*colours.*images.mean\(axis=-1\)"),
        (np.zeros((8, 8, 3)), ValueError, r"found shape \(8, 8, 3\).*colours"),
        (np.zeros((480, 640, 4)), ValueError, r"found shape \(480, 640, 4\).*colours"),
        (np.zeros((28, 28, 1)), ValueError, r"found shape \(28, 28, 1\).*images\[..., 0\]"),
        (np.zeros((5, 28, 28, 3)), ValueError, r"found shape \(5, 28, 28, 3\).*colours.*images.mean"),
        (np.zeros(784), ValueError, r"found shape \(784,\); expected \(n, height, width\)$"),
        (None, TypeError, "images: found NoneType"),
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


@settings(deadline=None, max_examples=60)
@given(
    hnp.arrays(
        st.sampled_from([np.dtype(name) for name in ("uint8", ">u2", "int64", "float16", "float64")]),
        hnp.array_shapes(max_dims=4, min_side=0, max_side=5),
        elements=st.integers(0, 255),
    )
)
def test_normalize_divides_by_255_or_says_normalized_already(raw):
    if raw.dtype.kind == "f" and raw.size and raw.max() <= 1:
        with pytest.raises(ValueError, match=r"images: found floats up to .*normalized already"):
            normalize(raw)
        return
    scaled = normalize(raw)
    assert scaled.dtype == np.float32
    assert scaled.shape == raw.shape
    np.testing.assert_allclose(scaled.astype(np.float64), raw.astype(np.float64) / 255, rtol=1e-6)
    assert not np.shares_memory(scaled, raw)


@settings(deadline=None, max_examples=60)
@given(hnp.arrays(np.float64, st.integers(1, 5), elements=st.floats()))
def test_normalize_gives_nothing_outside_0_and_1(raw):
    try:
        scaled = normalize(raw)
    except ValueError:
        assert not (raw.min() >= 0 and 1 < raw.max() <= 255)
    else:
        assert 0 <= scaled.min() <= scaled.max() <= 1


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
