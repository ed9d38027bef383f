"""Straightened digits stand upright, keep their ink, and are not touched where they stood upright before."""

import time

import numpy as np
import pytest

from mnist_tutorial import load_mnist, straighten


@pytest.fixture(scope="module")
def digits():
    (x_train, y_train), _ = load_mnist()
    return x_train[:1100], y_train[:1100]


def slants(images):
    """Return each image's slant, by the plainest least squares there is: one weighted `polyfit` an image."""
    rows, columns = np.mgrid[: images.shape[1], : images.shape[2]]
    root = np.sqrt(images.astype(float)).reshape(len(images), -1)  # polyfit squares its weights
    return np.array([np.polyfit(rows.ravel(), columns.ravel(), 1, w=weights)[0] for weights in root])


def sheared(image, slant):
    """Shear by whole pixels: each row rolls to the right by `slant` columns a row below the middle."""
    middle = len(image) // 2
    return np.stack([np.roll(row, round(slant * (y - middle))) for y, row in enumerate(image)])


def bar():
    """An upright bar, three pixels wide, in the middle of 28x28."""
    image = np.zeros((28, 28), np.uint8)
    image[4:24, 13:16] = 200
    return image


def test_digits_stand_upright(digits):
    images, _ = digits
    before, after = (np.abs(slants(part[:200])) for part in (images, straighten(images)))
    assert before.mean() > 0.2
    assert after.mean() < 0.03


@pytest.mark.parametrize("slant", [-0.5, 0.25, 0.5])
def test_a_sheared_bar_comes_back(slant):
    came_back = straighten(sheared(bar(), slant)[None])[0].astype(int)
    assert np.abs(came_back - bar()).sum() < 0.25 * bar().sum(dtype=int)  # blending softens the edges
    assert np.abs(sheared(bar(), slant).astype(int) - bar()).sum() > 0.4 * bar().sum(dtype=int)
    np.testing.assert_allclose(slants(came_back[None]), 0, atol=0.03)


def test_what_is_upright_stays(digits):
    np.testing.assert_array_equal(straighten(bar()[None])[0], bar())
    once = straighten(digits[0])
    moved = np.abs(straighten(once).astype(int) - once).sum() / once.sum(dtype=int)
    first = np.abs(once.astype(int) - digits[0]).sum() / once.sum(dtype=int)
    assert moved < 0.1 * first


def test_ink_stays_in_its_row(digits):
    rows = [images.sum(axis=2, dtype=int) for images in (digits[0], straighten(digits[0]))]
    np.testing.assert_allclose(rows[1].sum(axis=1), rows[0].sum(axis=1), rtol=0.02)
    assert np.abs(rows[1] - rows[0]).max() < 0.1 * rows[0].max()


def test_ones_become_alike(digits):
    """It is what the network gains: fewer shapes to learn."""

    def unlike(images):
        return images.astype(float).var(axis=0).sum()

    ones = digits[0][digits[1] == 1]
    assert unlike(straighten(ones)) < 0.7 * unlike(ones)


@pytest.mark.parametrize("count", [0, 1, 3, 500, 501, 1001])
def test_a_batch_of_any_size_gives_what_each_image_gives(digits, count):
    images = digits[0][:count]
    together = straighten(images)
    assert together.shape == (count, 28, 28)
    assert together.dtype == np.uint8
    if count:
        np.testing.assert_array_equal(together[-1:], straighten(images[-1:]))
        assert not np.shares_memory(together, images)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_normalized_images_give_the_same_but_for_rounding(digits, dtype):
    raw = digits[0][:50]
    normalized = straighten((raw / 255).astype(dtype))
    assert normalized.dtype == dtype
    np.testing.assert_allclose(255 * normalized, straighten(raw), atol=0.51)


def test_without_a_slant_to_be_found_nothing_moves():
    images = np.zeros((3, 28, 20), np.uint8)
    images[1, 13, 4:15] = 255  # ink in one row
    images[2, 5, 7] = 1
    np.testing.assert_array_equal(straighten(images), images)


def test_ink_beyond_the_edge_is_lost_and_does_not_come_back_at_the_other_end():
    image = np.zeros((1, 3, 9), np.uint8)
    image[0, 0, :3], image[0, 1], image[0, 2, 6:] = 200, 1, 200
    assert straighten(image)[0, 1:, :3].max() <= 1
    assert straighten(image)[0, :2, 6:].max() <= 1


def test_seventy_thousand_take_seconds(digits):
    start = time.process_time()
    straighten(digits[0][:1000])
    assert time.process_time() - start < 0.15


@pytest.mark.parametrize(
    ("images", "kind", "message"),
    [
        ([[[0]]], TypeError, "images: found list"),
        (np.zeros((1, 2, 2), bool), TypeError, "images: found bool; expected integers or floats"),
        (np.zeros((2, 784)), ValueError, r"images: found shape \(2, 784\)"),
        (np.full((1, 2, 2), np.nan), ValueError, "images: found numbers from nan"),
        (np.full((1, 2, 2), np.inf), ValueError, "images: found numbers from inf"),
        (np.full((1, 2, 2), -1), ValueError, "images: found numbers from -1 to -1; expected finite ones from 0"),
    ],
)
def test_refuses(images, kind, message):
    with pytest.raises(kind, match=message):
        straighten(images)
