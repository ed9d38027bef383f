"""The valley of a loss holds its numbers, shows three kinds of paths, and refuses what has no lowest place."""

import base64
import io
import re

import numpy as np
import PIL.Image
import pytest

from mnist_tutorial import LossValley, _widgets, loss_valley
from mnist_tutorial._ground import Ground
from mnist_tutorial._valley_still import rates_to_show

ONE = ([1.0, 2.0, 3.0], [2.0, 4.0, 6.0], 0.5)  # chapter 6


def points(count=200):
    """Return inputs and labels as chapter 6 makes them."""
    rng = np.random.default_rng(0)
    x = rng.uniform(0, 3, size=count)
    return x, 2 * x + 1 + rng.normal(0, 0.8, size=count)


def attributes(valley):
    return dict(re.findall(r'(\w+)="([^"]*)"', re.match(r"<loss-valley ([^>]*)>", valley.html)[1]))


def still(valley):
    data = re.search(r'src="data:image/png;base64,([^"]+)"', valley.html)[1]
    return PIL.Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB")


def test_holds_every_number_exactly():
    x, labels = points()
    found = attributes(loss_valley(x, labels, (0, 3.5), batch=10, rate=0.06, seed=7))
    for name, values in (("x", x), ("labels", labels)):
        np.testing.assert_array_equal(np.frombuffer(base64.b64decode(found.pop(name)), "<f8"), values)
    assert found == {"start": "0.0,3.5", "rate": "0.06", "seed": "7", "batch": "10"}


def test_takes_lists_integers_and_numbers_of_numpy():
    x, labels, start = ONE
    as_floats = loss_valley(x, labels, start)
    for convert in (np.array, tuple, lambda values: np.array(values, np.uint8), lambda values: list(map(int, values))):
        assert loss_valley(convert(x), convert(labels), np.float32(start)) == as_floats
    assert as_floats == LossValley(1, 3, html=as_floats.html)


def test_the_rate_set_first_is_too_small():
    assert attributes(loss_valley(*ONE))["rate"] == "0.01"
    assert attributes(loss_valley(*points(), (0, 3.5)))["rate"] == "0.01"


@pytest.mark.parametrize("scale", [1e-3, 0.37, 1, 8.8, 1e4])
def test_the_picture_shows_a_rate_too_small_one_that_is_right_and_one_too_large(scale):
    x, labels, start = ONE
    ground = Ground(scale * np.array(x), scale * np.array(labels), np.array([start]))
    small, right, large = (abs(ground.walk(rate, None, 6)[-1, 0] - 2) for rate in rates_to_show(ground.largest_rate))
    assert 0.5 < small < 1.5
    assert right < 0.1
    assert large > 1.5


def test_those_of_the_chapter_are_those_of_its_picture():
    """Chapter 6 names them for readers of a picture that does not move."""
    assert rates_to_show(Ground(*map(np.array, ONE[:2]), np.array([0.5])).largest_rate) == (0.01, 0.06, 0.22)


def test_ground_is_lowest_at_the_line_of_least_squares():
    x, labels = points()
    ground = Ground(x, labels, np.array([0.0, 3.5]))
    np.testing.assert_allclose(ground.lowest, np.polyfit(x, labels, 1))
    np.testing.assert_allclose(ground.walk(0.1, None, 2000)[-1], ground.lowest, atol=1e-6)


def test_batches_tremble_and_less_at_a_smaller_rate():
    """As chapter 6 says of a ball near the bottom."""
    x, labels = points()
    ground = Ground(x, labels, np.polyfit(x, labels, 1))
    spread = [np.std(ground.walk(rate, 10, 2000)[1000:], axis=0).max() for rate in (0.06, 0.006)]
    assert 0.02 < 2 * spread[1] < spread[0] < 0.5
    assert np.abs(ground.walk(0.06, None, 100) - ground.lowest).max() < 1e-9


def near(picture, colour):
    return int((np.abs(np.asarray(picture).astype(int) - colour).sum(axis=2) < 40).sum())


@pytest.mark.parametrize(("start", "batch", "panels"), [(0.5, None, 3), ((0.5, 3), None, 3), ((0.5, 3), 10, 2)])
def test_picture_has_an_amber_start_and_a_blue_path_in_each_panel(start, batch, panels):
    picture = still(loss_valley(*points(), start, batch=batch))
    assert picture.width == 960
    for i in range(panels):
        panel = picture.crop((i * 960 // panels, 0, (i + 1) * 960 // panels, picture.height))
        assert near(panel, (0xE0, 0x9F, 0x1F)) > 100
        assert near(panel, (0x1F, 0x6F, 0xB4)) > 100


def test_a_change_of_language_keeps_the_valley():
    valley = loss_valley(*ONE)
    korean = _widgets.remake(valley.html, "ko")
    assert korean.startswith('<loss-valley lang="ko" x="')
    assert _widgets.remake(korean, None) == valley.html


def test_a_start_at_the_bottom_has_a_picture_too():
    """Even where rounding says that it is not quite there."""
    assert still(loss_valley([1, -1], [0, 0], (0, 0))).width == 960
    assert Ground(*map(np.array, ONE[:2]), np.array([2 + 1e-15])).reach == pytest.approx(2)


@pytest.mark.parametrize(
    ("arguments", "options", "error", "message"),
    [
        (("123", [1], 0), {}, TypeError, "x: found '123'; expected real numbers"),
        (([1, 2], ["a", "b"], 0), {}, TypeError, "labels: found ['a', 'b']; expected real"),
        (([[1], [1, 2]], [1, 2], 0), {}, TypeError, "x: found [[1], [1, 2]]; expected real"),
        (([1j], [1], 0), {}, TypeError, "x: found [1j]"),
        (([[1, 2]], [1, 2], 0), {}, ValueError, "x: found shape (1, 2); expected (n,)"),
        (([], [], 0), {}, ValueError, "x: found shape (0,); expected (n,), at least one number"),
        (([1, np.nan], [1, 2], 0), {}, ValueError, "x: found nan; expected 0 or a size of 1e-30 to 1e+30"),
        (([1, 2], [1, np.inf], 0), {}, ValueError, "labels: found inf"),
        (([1, 2, 3], [1, 2], 0), {}, ValueError, "labels: found 2 for 3 numbers x; expected one each"),
        (([0, 0], [1, 2], 0), {}, ValueError, "x: found only zeros"),
        (([3, 3], [1, 2], (0, 0)), {}, ValueError, "x: found 2 numbers from 3 to 3; expected two that differ"),
        (([1, 1 + 1e-9], [1, 2], (0, 0)), {}, ValueError, "x: found 2 numbers from 1 to 1; expected two that differ"),
        (([1e200, 1], [1, 2], 0), {}, ValueError, "x: found 1e+200; expected 0 or"),
        (([1, 2], [1, -1e-99], 0), {}, ValueError, "labels: found -1e-99; expected 0 or"),
        (
            ([1, 2], [1, 2], (1, 2, 3)),
            {},
            ValueError,
            "start: found 3 numbers; expected a weight, or a weight and a bias",
        ),
        (([1, 2], [1, 2], None), {}, TypeError, "start: found None; expected real numbers"),
        (([1, 2], [1, 2], 0), {"batch": 3}, ValueError, "batch: found 3; expected an integer 1 to 2"),
        (([1, 2], [1, 2], 0), {"batch": 1.0}, TypeError, "batch: found 1.0"),
        (([1, 2], [1, 2], 0), {"rate": 0}, ValueError, "rate: found 0.0; expected a number above 0"),
        (([1, 2], [1, 2], 0), {"rate": "fast"}, TypeError, "rate: found 'fast'"),
        (([1, 2], [1, 2], 0), {"seed": -1}, ValueError, "seed: found -1"),
    ],
)
def test_says_what_it_found_and_what_it_expected(arguments, options, error, message):
    with pytest.raises(error, match=re.escape(message)):
        loss_valley(*arguments, **options)
