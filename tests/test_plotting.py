"""The figures hold the data they should: lines, labels, number of images."""

from types import SimpleNamespace

import keras
import matplotlib.pyplot as plt
import numpy as np
import pytest

from mnist_tutorial import (
    Mistakes,
    build_mlp,
    plot_accuracy,
    plot_confusion,
    plot_loss,
    plot_mistakes,
    plot_prediction,
    show_digits,
)

HISTORY = {"loss": [0.4, 0.2], "val_loss": [0.3, 0.25], "accuracy": [0.8, 0.9], "val_accuracy": [0.85, 0.88]}


@pytest.mark.parametrize("wrap", [lambda h: h, lambda h: SimpleNamespace(history=h)])
@pytest.mark.parametrize(("plot", "metric"), [(plot_loss, "loss"), (plot_accuracy, "accuracy")])
def test_curves(plot, metric, wrap):
    ax = plot(wrap(HISTORY))
    train, validation = ax.lines
    assert train.get_xdata().tolist() == validation.get_xdata().tolist() == [1, 2]
    assert train.get_ydata().tolist() == HISTORY[metric]
    assert validation.get_ydata().tolist() == HISTORY[f"val_{metric}"]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["train", "validation"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("Epoch", metric.capitalize())


def test_curves_of_a_keras_history():
    model = build_mlp(4, (), 2)
    history = model.fit(np.zeros((8, 4)), np.eye(2)[[0, 1] * 4], epochs=3, validation_split=0.5, verbose=0)
    assert isinstance(history, keras.callbacks.History)
    for plot, metric in ((plot_loss, "loss"), (plot_accuracy, "accuracy")):
        train, validation = plot(history).lines
        assert train.get_ydata().tolist() == history.history[metric]
        assert validation.get_ydata().tolist() == history.history[f"val_{metric}"]


def test_curves_without_validation():
    (line,) = plot_loss({"loss": [1.0]}).lines
    assert line.get_label() == "train"


def test_curves_of_several_seeds_are_their_mean_before_a_thin_line_for_each():
    runs = np.array([[3.0, 1.0], [5.0, 2.0], [4.0, 6.0]])
    ax = plot_loss({"loss": runs})
    assert ax.lines[0].get_ydata().tolist() == [4, 3]
    (seeds,) = ax.collections
    assert [path.vertices[:, 1].tolist() for path in seeds.get_paths()] == runs.tolist()
    assert seeds.get_zorder() < ax.lines[0].get_zorder()


def test_curves_go_where_they_are_told():
    figure, (left, right) = plt.subplots(1, 2)
    assert plot_loss(HISTORY, right) is right
    assert show_digits(np.zeros((2, 28, 28)), ax=right) is right
    assert not left.lines
    assert plt.get_fignums() == [figure.number]


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 230, 231])
def test_show_any_number_of_digits(count):
    images = np.random.default_rng(0).integers(0, 256, (count, 28, 28))
    ax = show_digits(images, titles=range(count))
    assert [text.get_text() for text in ax.texts] == [str(i) for i in range(count)]
    for drawn, image in zip(ax.images, images, strict=True):
        np.testing.assert_array_equal(drawn.get_array(), image)


def test_digits_do_not_overlap_and_lie_in_sight():
    ax = show_digits(np.zeros((23, 28, 28)))
    boxes = [image.get_extent() for image in ax.images]
    corners = {(left, bottom) for left, _, bottom, _ in boxes}
    assert len(corners) == 23
    assert len({bottom for _, bottom in corners}) == 3  # rows of ten, ten, and three
    (x_low, x_high), (y_low, y_high) = ax.get_xlim(), ax.get_ylim()
    assert all(
        x_low <= left < right <= x_high and y_low <= bottom < top <= y_high for left, right, bottom, top in boxes
    )


def test_show_digits_refuses():
    with pytest.raises(ValueError, match=r"images: found shape \(28, 28\)"):
        show_digits(np.zeros((28, 28)))
    with pytest.raises(ValueError, match="titles: found 1 for 2 images"):
        show_digits(np.zeros((2, 28, 28)), ["one"])


def test_prediction():
    probabilities = np.array([0.1, 0.7, 0.2])
    left, right = plot_prediction(np.ones((28, 28)), probabilities, label=2).axes
    assert left.get_title() == "read as 1, label 2"
    assert [bar.get_height() for bar in right.patches] == probabilities.tolist()
    colours = [bar.get_facecolor() for bar in right.patches]
    assert len(set(colours)) == 3  # the wrong prediction, the label, and the rest


def test_prediction_that_is_right_has_one_colour_for_its_bar():
    _, right = plot_prediction(np.ones((28, 28)), [0.1, 0.7, 0.2], label=1).axes
    colours = [bar.get_facecolor() for bar in right.patches]
    assert colours[0] == colours[2] != colours[1]


def test_prediction_refuses():
    with pytest.raises(ValueError, match="image: found shape"):
        plot_prediction(np.zeros((1, 28, 28)), [0.5, 0.5])
    with pytest.raises(ValueError, match="probabilities: found shape"):
        plot_prediction(np.zeros((28, 28)), [[0.5, 0.5]])


@pytest.mark.parametrize("count", [0, 1, 37])
def test_mistakes(count):
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (50, 28, 28))
    index = rng.permutation(50)[:count]
    mistakes = Mistakes(index, index % 10, (index + 1) % 10, np.ones(count, np.float32))
    ax = plot_mistakes(mistakes, images)
    assert [text.get_text() for text in ax.texts] == [f"{i % 10},{(i + 1) % 10}" for i in index]
    for drawn, i in zip(ax.images, index, strict=True):
        np.testing.assert_array_equal(drawn.get_array(), images[i])


def test_confusion_colours_the_mistakes_alone():
    ax = plot_confusion([[980, 2], [3, 0]])
    assert [text.get_text() for text in ax.texts] == ["980", "2", "3"]
    np.testing.assert_array_equal(ax.images[0].get_array(), [[0, 2], [3, 0]])
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("Prediction", "Label")


def test_confusion_refuses():
    with pytest.raises(ValueError, match=r"matrix: found shape \(2, 3\)"):
        plot_confusion(np.zeros((2, 3)))


@pytest.mark.parametrize(
    ("loss", "dots"), [([3.0, 2.0, 1.0], None), ([3.0, 2.0, np.nan, 1.0], [3]), ([3.0, np.nan, 2.0, 1.0], [0])]
)
def test_only_an_epoch_without_neighbours_is_a_dot(loss, dots):
    (line,) = plot_loss({"loss": loss}).lines
    assert (line.get_marker(), line.get_markevery()) == ("None" if dots is None else "o", dots)
