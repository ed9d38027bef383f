"""The drawing pad holds the whole network and its examples, stands alone, and refuses models it cannot show."""

import base64
import json
import re
from pathlib import Path

import keras
import numpy as np
import pytest
from keras import layers

import mnist_tutorial
from mnist_tutorial import DrawingPad, build_mlp, draw_digit

WIDGET = Path(mnist_tutorial.__file__).parent / "widget"


def attribute(pad, name):
    """Return what stands in an attribute of the HTML element, or None."""
    tag = re.match(r"<draw-digit ([^>]*)>", pad.html)[1]
    return dict(re.findall(r'(\w+)="([^"]*)"', tag)).get(name)


def numbers(pad, name, dtype):
    return np.frombuffer(base64.b64decode(attribute(pad, name)), dtype)


@pytest.mark.parametrize("sizes", [(784, (100, 100), 10), (64, (7,), 3), (9, (), 26)])
def test_holds_all_weights_in_the_order_of_the_layers(sizes):
    model = build_mlp(*sizes)
    pad = draw_digit(model)
    assert pad.sizes == (sizes[0], *sizes[1], sizes[2])
    assert attribute(pad, "sizes") == ",".join(map(str, pad.sizes))
    expected = np.concatenate([array.ravel() for array in model.get_weights()])
    np.testing.assert_array_equal(numbers(pad, "weights", "<f2"), expected.astype(np.float16))


def test_weights_of_the_book_s_network_take_less_than_250_kilobytes():
    pad = draw_digit(build_mlp())
    assert len(attribute(pad, "weights")) < 250_000
    assert len(pad.html) < 300_000


def test_dropout_changes_nothing():
    plain = build_mlp(4, (3,), 2)
    inputs = layers.Input((4,))
    hidden = layers.Dropout(0.5)(layers.Dense(3, "relu")(inputs))
    dropping = keras.Model(inputs, layers.Dense(2, "softmax")(hidden))
    dropping.set_weights(plain.get_weights())
    assert draw_digit(dropping).html == draw_digit(plain).html


def test_holds_the_examples():
    images = np.random.default_rng(0).integers(0, 256, (5, 28, 28), np.uint8)
    pad = draw_digit(build_mlp(), images[::2], [3, 1, 4])  # a view with gaps in memory
    np.testing.assert_array_equal(numbers(pad, "images", np.uint8).reshape(3, 28, 28), images[::2])
    assert attribute(pad, "labels") == "3,1,4"
    assert pad.examples == 3
    assert attribute(draw_digit(build_mlp()), "images") is None


def test_stands_alone():
    """No address but the one that names SVG, no id that two pads on a page would share, no tag that ends the script."""
    html = draw_digit(build_mlp(16, (3,), 2))._repr_html_()
    assert not re.search(r"https?:|//[a-z]+\.|\bsrc=|\bid=|@import|url\(|localStorage", html)
    assert html.count("</script>") == 1
    for name in "draw.html", "draw.css":
        assert json.dumps((WIDGET / name).read_text()).replace("</", "<\\/") in html
    assert (WIDGET / "draw.js").read_text() in html


def test_says_what_to_do_where_no_script_runs():
    element = draw_digit(build_mlp(16, (3,), 2)).html.split("<script>")[0]
    assert "JavaScript" in element
    assert "자바스크립트" in element


def test_same_model_same_bytes_and_no_address_in_the_text():
    model = build_mlp(16, (3,), 2)
    assert draw_digit(model) == draw_digit(model)
    assert repr(draw_digit(model)) == "DrawingPad(sizes=(16, 3, 2), examples=0)"
    assert isinstance(draw_digit(model), DrawingPad)


def stack(*all_layers):
    return keras.Sequential([layers.Input((16,)), *all_layers])


@pytest.mark.parametrize(
    ("model", "found"),
    [
        ("a path", "model: found str"),
        (stack(layers.Dense(3, "relu"), layers.Dense(2)), "the layer Dense with linear"),
        (stack(layers.Dense(3, "tanh"), layers.Dense(2, "softmax")), "the layer Dense with tanh"),
        (stack(layers.Dense(2, "softmax", use_bias=False)), "the layer Dense with softmax and no biases"),
        (stack(layers.BatchNormalization(), layers.Dense(2, "softmax")), "the layer BatchNormalization"),
        (stack(layers.Dropout(0.5)), "found no layers with weights"),
        (keras.Sequential([layers.Dense(2, "softmax")]), "found one that is not built yet"),
    ],
)
def test_refuses_other_models(model, found):
    with pytest.raises(ValueError, match=rf"{found}.*; expected"):
        draw_digit(model)


def test_refuses_two_networks_side_by_side():
    inputs = layers.Input((16,))
    sides = [layers.Dense(16, "relu")(inputs) for _ in range(2)]
    model = keras.Model(inputs, layers.Dense(2, "softmax")(layers.Add()(sides)))
    with pytest.raises(ValueError, match="the layer Add"):
        draw_digit(model)


def test_refuses_inputs_that_are_no_square():
    with pytest.raises(ValueError, match=r"found 10 inputs; expected those of a square image, such as 784 = 28 × 28"):
        draw_digit(build_mlp(10, (3,), 2))


@pytest.mark.parametrize("weight", [np.nan, np.inf, -70_000])
def test_refuses_weights_that_float16_cannot_hold(weight):
    model = build_mlp(16, (), 2)
    model.set_weights([np.full((16, 2), weight), np.zeros(2)])
    with pytest.raises(ValueError, match="fit float16"):
        draw_digit(model)


IMAGES = np.zeros((2, 28, 28), np.uint8)


@pytest.mark.parametrize(
    ("images", "labels", "error", "message"),
    [
        (IMAGES, None, ValueError, "labels: found none, but images"),
        (None, [1, 2], ValueError, "images: found none, but labels"),
        (IMAGES / 255, [1, 2], TypeError, "images: found float64; expected raw images"),
        (IMAGES.tolist(), [1, 2], TypeError, "images: found list"),
        (IMAGES[0], [1], ValueError, r"images: found shape \(28, 28\); expected \(n, 28, 28\)"),
        (IMAGES[:, :20], [1, 2], ValueError, r"images: found shape \(2, 20, 28\)"),
        (IMAGES, [1], ValueError, "labels: found 1 for 2 images"),
        (IMAGES, [1, 10], ValueError, "labels: found 1 to 10; expected 0 to 9"),
        (IMAGES, [1.0, 2.0], TypeError, "labels: found float64"),
    ],
)
def test_refuses_examples(images, labels, error, message):
    with pytest.raises(error, match=message):
        draw_digit(build_mlp(), images, labels)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_chapter_shows_the_pad_as_it_is_now(language):
    chapter = Path(__file__).parents[1] / "book" / language / "09_draw.ipynb"
    outputs = [output for cell in json.loads(chapter.read_text())["cells"] for output in cell.get("outputs", [])]
    (html,) = ["".join(output["data"]["text/html"]) for output in outputs if "text/html" in output.get("data", {})]
    script = draw_digit(build_mlp(16, (3,), 2)).html.split("<script>")[1]
    assert html.endswith(script), "run: python book/make_notebooks.py 09_draw"
