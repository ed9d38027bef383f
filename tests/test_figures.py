"""What a person would see: the pixels of the figures, where their words stand, and what is refused in words."""

import itertools

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib import font_manager

import mnist_tutorial as mt
from mnist_tutorial import _figure

WHITE, BLACK = (255, 255, 255), (0, 0, 0)
FASHION = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]
KOREAN = ["티셔츠", "바지", "스웨터", "드레스", "코트", "샌들", "셔츠", "운동화", "가방", "앵클부츠"]
SOME = np.full(10, 0.05)
SOME[[3, 9]] = 0.4, 0.2
HAS_HANGUL = any(entry.name in _figure._HANGUL for entry in font_manager.fontManager.ttflist)
NEEDS_HANGUL = pytest.mark.skipif(not HAS_HANGUL, reason="this computer has no Hangul font")

DIGIT, DIGITS = np.zeros((28, 28)), np.zeros((4, 28, 28))
ONE = mt.Mistakes(np.array([7]), np.array([9]), np.array([4]), np.array([0.6]))


def colour(ax, x, y):
    """Return red, green and blue of the pixel at a place given in the coordinates of the axes' data."""
    ax.figure.canvas.draw()
    pixels = np.asarray(ax.figure.canvas.buffer_rgba())
    across, up = ax.transData.transform((x, y))
    return tuple(int(part) for part in pixels[len(pixels) - 1 - int(up), int(across), :3])


def place(text):
    """Return the middle of a text, in pixels from the left and from the bottom."""
    box = text.get_window_extent()
    return (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2


def middle(image):
    """Return the middle of an image, in the coordinates of the data."""
    left, right, bottom, top = image.get_extent()
    return (left + right) / 2, (bottom + top) / 2


def reddest(rgb):
    return rgb[0] > max(rgb[1:]) + 40


def greenest(rgb):
    return rgb[1] > max(rgb[0], rgb[2]) + 20


def bluest(rgb):
    return rgb[2] > rgb[0] + 40


# Digits


def test_first_row_is_at_the_top_and_ink_is_black():
    with mpl.rc_context({"image.origin": "lower", "image.cmap": "viridis"}):
        ax = mt.show_digits(np.array([[[255, 0, 0], [0, 0, 0]]], np.uint8))
    left, right, bottom, top = ax.images[0].get_extent()
    seen = [
        [colour(ax, left + (right - left) * x, top - (top - bottom) * y) for x in (1 / 6, 3 / 6, 5 / 6)]
        for y in (1 / 4, 3 / 4)
    ]
    assert seen == [[BLACK, WHITE, WHITE], [WHITE, WHITE, WHITE]]
    assert (right - left) / (top - bottom) == pytest.approx(3 / 2)  # not pressed into a square


def test_grid_is_filled_row_by_row_with_each_title_right_above_its_image():
    ink = np.linspace(0, 255, 23).astype(np.uint8)
    ax = mt.show_digits(np.broadcast_to(ink[:, None, None], (23, 28, 28)), titles=range(23))
    middles = np.array([middle(image) for image in ax.images])
    order = np.lexsort((middles[:, 0], -middles[:, 1]))  # as one reads
    assert order.tolist() == list(range(23))
    assert [colour(ax, *where)[0] for where in middles] == pytest.approx((255 - ink).astype(int), abs=1)
    for text, image in zip(ax.texts, ax.images, strict=True):
        x, y = ax.transData.inverted().transform(place(text))
        left, right, _, top = image.get_extent()
        assert left < x < right
        assert top < y < top + 0.5


@pytest.mark.parametrize("dtype", [np.uint8, np.int64, np.float32, np.float16])
def test_one_scale_of_ink_a_call(dtype):
    """A faint digit is faint and a black square black, whatever the others are."""
    images = np.stack([np.full((28, 28), ink) for ink in (0, 51, 255)]).astype(dtype)
    for pictures in (images, images / 255):
        ax = mt.show_digits(pictures)
        assert [colour(ax, *middle(image)) for image in ax.images] == [WHITE, (204, 204, 204), BLACK]


@pytest.mark.parametrize(
    ("picture", "shade"),
    [
        (np.full((28, 28), 51, np.uint8), 204),
        (np.full((28, 28), 255, np.uint8), 0),
        (np.full((28, 28), 0.2), 204),
        (np.full((28, 28), True), 0),
        (np.full((28, 28), 0), 255),
    ],
)
def test_a_picture_alone_keeps_the_scale(picture, shade):
    mistakes = mt.Mistakes(np.array([0]), np.array([1]), np.array([2]), np.array([0.5]))
    for ax in (
        mt.show_digits(picture[np.newaxis]),
        mt.plot_mistakes(mistakes, picture[np.newaxis]),
        mt.plot_prediction(picture, [0.5, 0.5]).axes[0],
    ):
        assert colour(ax, *middle(ax.images[0])) == (shade,) * 3


def test_mistakes_share_the_scale_of_all_that_was_read():
    images = np.stack([np.full((28, 28), 4.0), np.full((28, 28), 16.0)])  # scikit-learn's digits go up to 16
    ax = mt.plot_mistakes(mt.Mistakes(np.array([0]), np.array([1]), np.array([2]), np.array([0.5])), images)
    assert colour(ax, *middle(ax.images[0])) == (191, 191, 191)


def test_negative_numbers_are_blue_and_positive_ones_red():
    ax = mt.show_digits(np.stack([np.full((28, 28), weight) for weight in (-0.1, 0, 0.1, 0.2)]))
    below, zero, above, far_above = (colour(ax, *middle(image)) for image in ax.images)
    assert bluest(below)
    assert min(zero) > 240
    assert reddest(above)
    assert reddest(far_above)
    assert sum(far_above) < sum(above)


@pytest.mark.parametrize(
    "titles",
    [np.array([7, 8]), (label for label in (7, 8)), [7, 8], ("7", "8"), map(int, "78")],
)
def test_titles_from_anything_that_keeps_an_order(titles):
    assert [text.get_text() for text in mt.show_digits(np.zeros((2, 28, 28)), titles).texts] == ["7", "8"]


def test_titles_say_what_they_say():
    words = ["$5 and $6", r"$\nonsense$", "a\tb", "\u1112\u1161\u11ab" if HAS_HANGUL else "x"]
    ax = mt.show_digits(np.zeros((4, 28, 28)), words)
    ax.figure.canvas.draw()
    assert [text.get_text() for text in ax.texts] == [*words[:2], "a b", "한" if HAS_HANGUL else "x"]


@pytest.mark.parametrize("count", [3, 20])
@pytest.mark.parametrize("names", [FASHION, ["a rather long sentence as a title"] * 10])
def test_long_titles_neither_overlap_nor_leave_the_figure(names, count):
    ax = mt.show_digits(np.zeros((count, 28, 28)), (names * 2)[-count:])
    ax.figure.canvas.draw()
    boxes = [text.get_window_extent() for text in ax.texts]
    assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))
    assert min(box.x0 for box in boxes) >= 0
    assert max(box.x1 for box in boxes) <= ax.figure.bbox.x1
    assert max(box.y1 for box in boxes) <= ax.figure.bbox.y1


# Answers


def test_prediction_shows_right_in_green_and_wrong_in_red():
    image = np.array([[255, 0], [0, 0]], np.uint8)
    left, right = mt.plot_prediction(image, SOME, label=np.uint8(9)).axes
    assert [colour(left, x, y) for y in (0, 1) for x in (0, 1)] == [BLACK, WHITE, WHITE, WHITE]
    assert reddest(colour(right, 3, 0.1))
    assert greenest(colour(right, 9, 0.1))
    assert max(colour(right, 0, 0.02)) - min(colour(right, 0, 0.02)) < 30
    assert colour(right, 3, 0.45) == colour(right, 9, 0.25) == WHITE  # each bar as high as its probability
    assert [tick.get_text() for tick in right.get_xticklabels()] == list("0123456789")
    left, right = mt.plot_prediction(image, SOME, label=3).axes
    assert greenest(colour(right, 3, 0.1))
    assert left.get_title() == "read as 3, label 3"
    assert bluest(colour(mt.plot_prediction(image, SOME).axes[1], 3, 0.1))


def test_confusion_has_labels_down_and_predictions_across():
    ax = mt.plot_confusion([[5, 30], [0, 7]], names=["cat", "dog"])
    red, white, *_ = colour(ax, 1.3, 0.3), colour(ax, 0.3, 1.3)  # beside the count, in the same cell
    assert reddest(red)
    assert min(white) > 230
    assert min(colour(ax, 0.3, 0.3)) > 230  # what is right has no colour
    places = {text.get_text(): text.get_position() for text in ax.texts}
    assert places == {"5": (0, 0), "30": (1, 0), "7": (1, 1)}
    across, down = ax.get_xticklabels(), ax.get_yticklabels()
    assert [tick.get_text() for tick in across] == [tick.get_text() for tick in down] == ["cat", "dog"]
    assert place(across[0])[0] < place(across[1])[0]
    assert place(down[0])[1] > place(down[1])[1]
    assert abs(place(across[1])[0] - ax.transData.transform((1, 0))[0]) < 3  # level, below its column


@pytest.mark.parametrize("names", [FASHION, pytest.param(KOREAN, marks=NEEDS_HANGUL)])
@pytest.mark.parametrize("style", ["mnist_tutorial.book", "default", "dark_background"])
def test_names_stand_at_their_places_within_the_figure(names, style):
    mistakes = mt.Mistakes(np.arange(3), np.array([9, 0, 2]), np.array([0, 9, 4]), np.ones(3, np.float32))
    counts = np.random.default_rng(0).integers(0, 99, (10, 10))
    with plt.style.context(style):
        before = dict(mpl.rcParams)
        grid = mt.plot_mistakes(mistakes, np.zeros((3, 28, 28)), names=names)
        matrix = mt.plot_confusion(counts, names=(name for name in names))
        figure = mt.plot_prediction(np.zeros((28, 28)), SOME, 9, names=np.array(names))
        for one in (grid.figure, matrix.figure, figure):
            one.canvas.draw()
        assert dict(mpl.rcParams) == before
    left, right = figure.axes
    assert [text.get_text() for text in grid.texts] == [
        f"{names[9]},\n{names[0]}",
        f"{names[0]},\n{names[9]}",
        f"{names[2]},\n{names[4]}",
    ]
    assert left.get_title() + left.get_title("left") == f"read as {names[3]},\nlabel {names[9]}"
    assert right.get_xlabel() == "Class"
    for ticks in (matrix.get_xticklabels(), matrix.get_yticklabels(), right.get_xticklabels()):
        assert [tick.get_text() for tick in ticks] == names
    titles = [left.title, left._left_title]
    for text in (*grid.texts, *matrix.get_xticklabels(), *matrix.get_yticklabels(), *right.get_xticklabels(), *titles):
        if text.get_text():
            box, page = text.get_window_extent(), text.figure.bbox
            assert page.x0 <= box.x0 < box.x1 <= page.x1
            assert page.y0 <= box.y0 < box.y1 <= page.y1


@NEEDS_HANGUL
def test_hangul_is_drawn_and_not_boxes():
    """Two words of equal length look different; a font without them draws the same box for each letter."""
    ax = mt.show_digits(np.zeros((2, 8, 8)), ["가나다", "물불흙"])
    ax.figure.canvas.draw()
    pixels = np.asarray(ax.figure.canvas.buffer_rgba())
    size = 12
    first, second = (
        pixels[len(pixels) - int(y) - size : len(pixels) - int(y) + size, int(x) - size : int(x) + size].mean(axis=2)
        for x, y in map(place, ax.texts)
    )
    assert first.min() < 100
    assert second.min() < 100
    assert (abs(first - second) > 100).mean() > 0.05


@pytest.fixture
def fonts(monkeypatch):
    """Let Matplotlib's list have no Hangul font; return the list that it would make afresh, and the Hangul fonts."""
    manager = font_manager.fontManager
    latin = [entry for entry in manager.ttflist if entry.name.startswith(("DejaVu", "Last Resort"))]
    hangul = [entry for entry in manager.ttflist if entry.name in _figure._HANGUL]
    found = list(latin)

    class Afresh(font_manager.FontManager):
        def __init__(self):
            self.ttflist = found

    monkeypatch.setattr(manager, "ttflist", latin)
    monkeypatch.setattr(font_manager, "FontManager", Afresh)
    return found, hangul


@pytest.mark.parametrize(
    ("name", "draw"),
    [
        ("titles", lambda: mt.show_digits(np.zeros((1, 8, 8)), ["한글"])),
        ("names", lambda: mt.plot_confusion([[1]], names=["한글"])),
        ("names", lambda: mt.plot_prediction(np.zeros((8, 8)), [1, 0], names=["한글", "b"])),
        ("names", lambda: mt.plot_mistakes(ONE, np.zeros((8, 8, 8)), names=["한글"] * 10)),
    ],
)
def test_a_sentence_where_there_is_no_font(fonts, name, draw):
    with pytest.raises(ValueError, match=f"^{name}: found '글한'; expected letters .* NanumGothic"):
        draw()
    assert not plt.get_fignums()


@NEEDS_HANGUL
def test_a_font_that_was_just_installed_is_found(fonts):
    found, hangul = fonts
    found += hangul
    mt.show_digits(np.zeros((1, 8, 8)), ["한글"]).figure.canvas.draw()  # Matplotlib would warn of missing letters


# Curves


def test_training_and_validation_are_told_apart_as_the_legend_says():
    with plt.style.context("mnist_tutorial.book"):
        ax = mt.plot_loss({"loss": [1, 1, 1], "val_loss": [2, 2, 2]})
        assert bluest(colour(ax, 2, 1))
        assert reddest(colour(ax, 2, 2))
    for handle, text in zip(ax.get_legend().legend_handles, ax.get_legend().get_texts(), strict=True):
        (line,) = (line for line in ax.lines if line.get_label() == text.get_text())
        assert handle.get_color() == line.get_color()


@pytest.mark.parametrize("history", [{"loss": [0.5]}, {"loss": [0.5, np.nan, np.inf]}, {"loss": [[0.4], [0.5], [0.9]]}])
def test_a_point_without_neighbours_is_a_dot(history):
    ax = mt.plot_loss(history)
    assert colour(ax, 1, 0.5) != WHITE
    ax.figure.canvas.draw()
    assert "1" in [tick.get_text() for tick in ax.get_xticklabels()]
    assert all(float(tick).is_integer() for tick in ax.get_xticks())


def test_a_line_has_no_dots():
    ax = mt.plot_loss({"loss": [1, 1, 1]})
    x, y = ax.transData.inverted().transform(ax.transData.transform((2, 1)) + np.array([0, 4]))
    assert colour(ax, 2, 1) != colour(ax, x, y) == WHITE


@pytest.mark.parametrize("epochs", [1, 4])
def test_every_seed_is_seen_behind_the_mean(epochs):
    ax = mt.plot_loss({"loss": np.repeat([[1.0], [2.0], [9.0]], epochs, axis=1)})
    x = (1 + epochs) / 2
    mean, seeds, between = colour(ax, x, 4), [colour(ax, x, y) for y in (1, 2, 9)], colour(ax, x, 6)
    assert between == WHITE
    assert bluest(mean)
    assert all(sum(mean) < sum(seed) < sum(between) for seed in seeds)


def test_curve_of_the_runs_is_their_mean():
    line = mt.plot_loss({"loss": [[1, 1], [2, np.nan], [9, 5]]}).lines[0]
    assert line.get_ydata().tolist() == [4, 3]


def test_gaps_are_said_in_words():
    ax = mt.plot_loss({"loss": [0.5, 0.4, np.nan, np.inf], "val_loss": [0.5, 0.4, 0.3, 0.2]})
    assert [text.get_text() for text in ax.texts] == ["train: no finite loss in epoch 3, 4"]
    ax = mt.plot_accuracy({"accuracy": [np.nan] * 3})
    assert [text.get_text() for text in ax.texts] == ["train: no finite accuracy in epoch 1, 2, 3"]
    low, high = ax.get_xlim()
    assert low <= 1 < 3 <= high
    assert not mt.plot_loss({"loss": [[0.5, np.nan], [0.5, 0.4]]}).texts  # a run that ended is no gap


@pytest.mark.parametrize(
    "name", ["accuracy", "acc", "sparse_categorical_accuracy", "categorical_accuracy", "binary_accuracy"]
)
def test_accuracy_by_any_of_its_names(name):
    train, validation = mt.plot_accuracy({"loss": [1, 2], name: [0.5, 0.6], f"val_{name}": [0.7, 0.8]}).lines
    assert (train.get_ydata().tolist(), validation.get_ydata().tolist()) == ([0.5, 0.6], [0.7, 0.8])


def test_training_that_went_on_keeps_its_epochs():
    class History:
        history = {"loss": [0.3, 0.2]}  # noqa: RUF012
        epoch = [5, 6]  # noqa: RUF012

    assert mt.plot_loss(History()).lines[0].get_xdata().tolist() == [6, 7]


# Refusals


def nan(shape):
    return np.full(shape, np.nan)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: mt.show_digits(np.zeros((28, 28, 3))), ValueError, r"images: .*\(28, 28, 3\).*colours.*mean"),
        (lambda: mt.show_digits(np.zeros((28, 28, 4))), ValueError, r"images: .*\(28, 28, 4\).*colours.*\.\.\., :3\]"),
        (lambda: mt.show_digits(np.zeros((28, 28, 1))), ValueError, r"images: .*\.\.\., 0\]\[np.newaxis\]"),
        (lambda: mt.show_digits(np.zeros((5, 28, 28, 1))), ValueError, r"images: .*use images\[\.\.\., 0\]$"),
        (lambda: mt.show_digits(np.zeros((5, 28, 28, 3))), ValueError, r"images: .*\(5, 28, 28, 3\).*colours"),
        (lambda: mt.show_digits(np.zeros((5, 784))), ValueError, r"images: .*Flattened.*reshape\(-1, 28, 28\)"),
        (lambda: mt.show_digits(DIGIT), ValueError, r"images: .*\(28, 28\).*np.newaxis"),
        (lambda: mt.show_digits(np.zeros((1, 4, 28, 28))), ValueError, r"images: .*use images\[0\]"),
        (lambda: mt.show_digits(np.zeros((2, 0, 28))), ValueError, r"images: found shape \(2, 0, 28\)"),
        (lambda: mt.show_digits(nan((1, 28, 28))), ValueError, "images: found NaN"),
        (lambda: mt.show_digits([[[1, 2], [3]]]), ValueError, "images: found parts of different shapes"),
        (lambda: mt.show_digits("digits"), TypeError, "images: found <U6; expected numbers"),
        (lambda: mt.show_digits(np.zeros((5001, 1, 1))), ValueError, "images: found 5001 .* at most 5000"),
        (lambda: mt.show_digits(DIGITS, "5041"), TypeError, "titles: found '5041'; expected a sequence"),
        (lambda: mt.show_digits(DIGITS, 5), TypeError, "titles: found 5; expected a sequence"),
        (lambda: mt.show_digits(DIGITS, {0, 1, 2, 3}), TypeError, r"titles: found \{0, 1, 2, 3\}; expected a seq"),
        (lambda: mt.show_digits(DIGITS, np.eye(4)), ValueError, r"titles: found shape \(4, 4\)"),
        (lambda: mt.show_digits(DIGITS, itertools.count()), ValueError, "titles: found more than 4 for 4 images"),
        (lambda: mt.show_digits(DIGITS, range(3)), ValueError, "titles: found 3 for 4 images"),
        (lambda: mt.show_digits(DIGITS, ax=plt.subplots(2)[1]), TypeError, "ax: found ndarray; expected the axes"),
        (lambda: mt.plot_prediction(np.zeros((28, 28, 3)), SOME), ValueError, "image: .*colours"),
        (lambda: mt.plot_prediction(np.zeros((28, 28, 1)), SOME), ValueError, r"image: .*use image\[\.\.\., 0\]$"),
        (lambda: mt.plot_prediction(np.zeros((1, 28, 28)), SOME), ValueError, r"image: .*use image\[0\]"),
        (lambda: mt.plot_prediction(np.zeros(784), SOME), ValueError, r"image: .*image.reshape\(28, 28\)"),
        (lambda: mt.plot_prediction(nan((28, 28)), SOME), ValueError, "image: found NaN"),
        (lambda: mt.plot_prediction(DIGIT, SOME, label=10), ValueError, "label: found 10; expected .* 0 to 9"),
        (lambda: mt.plot_prediction(DIGIT, SOME, label=-1), ValueError, "label: found -1; expected .* 0 to 9"),
        (lambda: mt.plot_prediction(DIGIT, SOME, label=3.0), TypeError, "label: found 3.0; expected an integer"),
        (lambda: mt.plot_prediction(DIGIT, SOME, label=np.eye(10)[3]), TypeError, "label: found array"),
        (lambda: mt.plot_prediction(DIGIT, SOME[np.newaxis]), ValueError, r"probabilities: .*probabilities\[0\]"),
        (lambda: mt.plot_prediction(DIGIT, [1.0]), ValueError, r"probabilities: found shape \(1,\)"),
        (lambda: mt.plot_prediction(DIGIT, [7.6, -3.2, 1]), ValueError, "probabilities: found -3.2 to 7.6.*softmax"),
        (lambda: mt.plot_prediction(DIGIT, SOME / 2), ValueError, "probabilities: found .* in all 0.5; .*softmax"),
        (lambda: mt.plot_prediction(DIGIT, nan(10)), ValueError, "probabilities: found NaN"),
        (lambda: mt.plot_prediction(DIGIT, SOME, names=FASHION[1:]), ValueError, "names: found 9 for 10 classes"),
        (lambda: mt.plot_prediction(DIGIT, SOME, names="0123456789"), TypeError, "names: found '0123456789'"),
        (lambda: mt.plot_mistakes(ONE, np.zeros((7, 28, 28))), ValueError, "images: found 7, but a mistake in image 7"),
        (lambda: mt.plot_mistakes(ONE, np.zeros((8, 784))), ValueError, "images: .*Flattened"),
        (lambda: mt.plot_mistakes(ONE, np.zeros((28, 28, 3))), ValueError, "images: .*colours"),
        (lambda: mt.plot_mistakes(np.array([7]), DIGITS), TypeError, "mistakes: found ndarray; .*find_mistakes"),
        (lambda: mt.plot_mistakes(ONE, np.zeros((8, 28, 28)), names=FASHION[:9]), ValueError, "names: .*class 9"),
        (lambda: mt.plot_mistakes(ONE, np.zeros((8, 28, 28)), names="0123456789"), TypeError, "names: found '01"),
        (lambda: mt.plot_mistakes(ONE, np.zeros((8, 28, 28)), "left"), TypeError, "ax: found str"),
        (lambda: mt.plot_confusion(np.zeros((0, 0))), ValueError, r"matrix: found shape \(0, 0\)"),
        (lambda: mt.plot_confusion(np.eye(2) / 2), ValueError, "matrix: found fractions"),
        (lambda: mt.plot_confusion([[1, -1], [0, 1]]), ValueError, "matrix: found .*negative"),
        (lambda: mt.plot_confusion(nan((2, 2))), ValueError, "matrix: found NaN"),
        (lambda: mt.plot_confusion([["a"]]), TypeError, "matrix: found <U1"),
        (lambda: mt.plot_confusion(np.eye(2), names=["a"]), ValueError, "names: found 1 for 2 classes"),
        (lambda: mt.plot_confusion(np.eye(2), names={0: "a", 1: "b"}), TypeError, "names: found {0"),
        (lambda: mt.plot_confusion(np.eye(2), plt), TypeError, "ax: found module"),
        (lambda: mt.plot_loss(None), TypeError, "history: found NoneType; expected what fit returns"),
        (lambda: mt.plot_loss([0.5, 0.4]), TypeError, "history: found list"),
        (lambda: mt.plot_loss({}), ValueError, r"history: found \[\]; expected 'loss'"),
        (lambda: mt.plot_accuracy({"loss": [1]}), ValueError, r"found \['loss'\]; expected 'accuracy' or 'acc' or"),
        (lambda: mt.plot_loss({"loss": []}), ValueError, r"history: found shape \(0,\) in 'loss'"),
        (lambda: mt.plot_loss({"loss": 0.5}), ValueError, r"history: found shape \(\) in 'loss'"),
        (lambda: mt.plot_loss({"loss": [[0.5, 0.4], [0.5]]}), ValueError, "history: .*different lengths in 'loss'"),
        (lambda: mt.plot_loss({"loss": [0.5, None]}), TypeError, "history: found object in 'loss'"),
        (
            lambda: mt.plot_loss({"loss": [4, 3, 2, 1], "val_loss": [4, 2]}),
            ValueError,
            "history: found 4 epochs of 'loss', 2 of 'val_loss'",
        ),
        (lambda: mt.plot_loss({"loss": [1]}, plt.figure()), TypeError, "ax: found Figure"),
    ],
)
def test_refusals(call, error, words):
    with pytest.raises(error, match=f"^{words}" if ": " in words[:15] else words):
        call()
    assert all(not ax.has_data() for number in plt.get_fignums() for ax in plt.figure(number).axes)  # no half picture


def test_small_pictures_are_no_colours():
    assert len(mt.show_digits(np.zeros((32, 3, 3))).images) == 32  # the kernels of a convolution
    assert len(mt.show_digits(np.zeros((3, 28, 28))).images) == 3
