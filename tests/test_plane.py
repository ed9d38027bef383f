"""The plane of chapter 5: its patterns, what it refuses, its picture."""

import io
import json
import re
from html import unescape

import jupytext
import numpy as np
import PIL.Image
import pytest
from chapters import BOOK

from mnist_tutorial import ReluPlane, _plane_still, _widgets, plane, relu_plane
from mnist_tutorial._widgets import FOLDER

PATTERNS = {"ring": plane._ring, "corners": plane._corners, "moons": plane._moons}
each_pattern = pytest.mark.parametrize("name", PATTERNS)
SQUARE = [[0, 0], [4, 0], [0, 4], [4, 4]]


def shown(widget):
    """Return the patterns that the browser gets: for each name the places and the classes."""
    written = json.loads(unescape(re.search(r'patterns="([^"]*)"', widget.html)[1]))
    return {name: (np.array(rows)[:, :2], np.array(rows)[:, 2]) for name, rows in written.items()}


def test_the_ring_is_that_of_the_chapter():
    cells = jupytext.read(BOOK / "05_build_mlp.md").cells
    code = next(cell.source for cell in cells if "is_inside = " in cell.source)
    chapter = {"np": np}
    exec(code, chapter)
    places, classes = shown(relu_plane())["ring"]
    np.testing.assert_allclose(places, chapter["points"], atol=1e-4)
    np.testing.assert_array_equal(classes, chapter["is_inside"])


@each_pattern
def test_a_pattern_lies_within_the_plane_and_no_line_divides_it(name):
    places, classes = PATTERNS[name]()
    assert np.abs(places).max() < _plane_still.REACH - 0.1
    assert 0.3 < classes.mean() < 0.7
    turns = np.linspace(0, 2 * np.pi, 360)
    sums = places @ np.stack([np.cos(turns), np.sin(turns)])
    says = sums[:, :, np.newaxis] > np.linspace(-2.4, 2.4, 97)
    assert (says == classes[:, np.newaxis, np.newaxis]).mean(axis=0).max() < 0.95


@pytest.mark.parametrize("classes", [[0, 1, 1, 1], np.array([False, True, True, True]), [False, True, True, True]])
@pytest.mark.parametrize("points", [SQUARE, np.array(SQUARE, np.float32) * 1e3 - 7, np.array(SQUARE) * 4e307])
def test_own_points_come_first_and_fill_the_plane(points, classes):
    widget = relu_plane(points, classes, units=np.int64(4))
    assert widget.patterns == {"yours": 4, "ring": 80, "corners": 80, "moons": 80}
    assert widget.units == 4
    places, kinds = next(iter(shown(widget).values()))
    np.testing.assert_allclose(places, np.sign(np.array(SQUARE) - 2) * 2.2, atol=1e-3)
    assert kinds.tolist() == [0, 1, 1, 1]


def test_points_on_a_line_stay_on_it():
    places, _ = next(iter(shown(relu_plane([[1, 5], [2, 5], [3, 5]], [0, 1, 0])).values()))
    np.testing.assert_allclose(places, [[-2.2, 0], [0, 0], [2.2, 0]], atol=1e-6)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"points": SQUARE}, ValueError, "classes: found none, but points; expected both or neither"),
        ({"classes": [0, 1]}, ValueError, "points: found none, but classes; expected both or neither"),
        ({"points": [[0, 0], [1]], "classes": [0, 1]}, ValueError, "points: found lists of different lengths"),
        ({"points": [["a", "b"]] * 2, "classes": [0, 1]}, TypeError, "points: found <U1; expected numbers"),
        ({"points": [0, 1], "classes": [0, 1]}, ValueError, r"points: found shape \(2,\); expected \(n, 2\)"),
        ({"points": np.zeros((2, 3)), "classes": [0, 1]}, ValueError, r"points: found shape \(2, 3\)"),
        ({"points": np.zeros((0, 2)), "classes": []}, ValueError, r"points: found shape \(0, 2\)"),
        ({"points": np.zeros((301, 2)), "classes": [0] * 301}, ValueError, r"found shape \(301, 2\).* 2 to 300"),
        ({"points": [[0, np.nan], [1, 1]], "classes": [0, 1]}, ValueError, "points: found a number that is not finite"),
        ({"points": SQUARE, "classes": [0, 1]}, ValueError, "classes: found 2 for 4 points; expected one a point"),
        ({"points": SQUARE, "classes": [0, 1, 2, 0]}, ValueError, "classes: found 0 to 2; expected 0 to 1"),
        ({"points": SQUARE, "classes": [0.0, 1.0, 0.0, 0.0]}, TypeError, "classes: found float64; expected integers"),
        ({"points": SQUARE, "classes": [1] * 4}, ValueError, "classes: found only 1; expected both 0 and 1"),
        ({"units": 0}, ValueError, "units: found 0; expected an integer 1 to 10"),
        ({"units": 11}, ValueError, "units: found 11; expected an integer 1 to 10"),
        ({"units": 2.0}, TypeError, "units: found 2.0; expected an integer 1 to 10"),
    ],
)
def test_refuses_what_it_cannot_show(arguments, error, message):
    with pytest.raises(error, match=message):
        relu_plane(**arguments)


def test_the_picture_s_gradient_is_the_slope_of_its_loss():
    """One small step of training goes down each parameter's slope, as differences measure it."""
    points, classes = plane._moons()
    parameters = _plane_still.start(3, np.random.default_rng(4))
    after = _plane_still.train(parameters, points, classes, 1)
    for i, (value, moved) in enumerate(zip(parameters, after, strict=True)):
        for place in np.ndindex(value.shape):
            slopes = []
            for change in (1e-6, -1e-6):
                other = [each.copy() for each in parameters]
                other[i][place] += change
                slopes.append(_plane_still.loss(tuple(other), points, classes))
            slope = (slopes[0] - slopes[1]) / 2e-6
            # Adam's first step is as long as the rate, whatever the slope.
            assert moved[place] - value[place] == pytest.approx(-_plane_still.RATE * np.sign(slope), rel=1e-2)


@each_pattern
def test_one_unit_of_the_picture_cannot_and_four_can(name):
    points, classes = PATTERNS[name]()

    def most_right(units):
        starts = [_plane_still.start(units, np.random.default_rng(seed)) for seed in range(5)]
        trained = [_plane_still.train(each, points, classes, 600) for each in starts]
        return max((_plane_still.forward(each, points)[1].argmax(axis=1) == classes).sum() for each in trained)

    assert most_right(1) < 75
    assert most_right(4) == 80


def test_the_picture_shows_both_planes_in_the_colours_of_the_page():
    style = (FOLDER / "plane" / "plane.css").read_text(encoding="utf-8")
    assert f"--dot: {_plane_still.DOT};" in style
    assert f"--cross: {_plane_still.CROSS};" in style
    picture = PIL.Image.open(io.BytesIO(_plane_still.still_plane(*plane._ring(), 3)))
    assert picture.width == 2 * _widgets.STILL_WIDTH
    pixels = np.asarray(picture.convert("RGB")).astype(int)
    middle = pixels.shape[1] // 2
    orange, purple = (np.abs(pixels - colour).max(axis=2) < 12 for colour in ((0xB3, 0x58, 6), (0x5B, 0x3A, 0x94)))
    for half in (slice(None, middle), slice(middle, None)):
        assert orange[:, half].sum() > 500
        assert purple[:, half].sum() > 500


def test_the_page_and_the_picture_train_alike():
    script = (FOLDER / "plane" / "lesson.js").read_text(encoding="utf-8")
    assert f"const REACH = {_plane_still.REACH};" in script
    assert f"const RATE = {_plane_still.RATE};" in script
    page = (FOLDER / "plane" / "plane.js").read_text(encoding="utf-8")
    assert f"const MOST_UNITS = {plane.MOST_UNITS};" in page
    assert f"const MOST_POINTS = {plane.MOST_POINTS};" in page


def test_is_shown_and_told_in_short():
    widget = relu_plane()
    assert isinstance(widget, ReluPlane)
    assert widget._repr_html_() == widget.html
    assert repr(widget) == "ReluPlane(patterns={'ring': 80, 'corners': 80, 'moons': 80}, units=3)"
    assert len(widget.html) < 150_000
