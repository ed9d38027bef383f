"""The drawing pad holds the whole network and its examples, stands alone, and refuses models it cannot show."""

import base64
import io
import json
import re
import warnings
from pathlib import Path

import keras
import numpy as np
import PIL.Image
import pytest
from keras import layers

import mnist_tutorial
from mnist_tutorial import DrawingPad, _widgets, build_mlp, draw_digit, load_mnist, set_language
from mnist_tutorial._packed import PackedNetwork

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
    assert len(pad.html) < 420_000


def functional(*all_layers, shape=(16,), after=lambda tensor: tensor):
    """Return a functional model of these layers, one after another."""
    inputs = tensor = layers.Input(shape)
    for layer in all_layers:
        tensor = layer(tensor)
    return keras.Model(inputs, after(tensor))


def hidden(**options):
    return layers.Dense(3, **({"activation": "relu"} | options))


def classes(**options):
    return layers.Dense(2, **({"activation": "softmax"} | options))


def unbuilt_until_called():
    model = keras.Sequential([hidden(), classes()])
    model(np.zeros((1, 16)))
    return model


def half_precision(policy):
    return lambda: functional(hidden(dtype=policy), classes(dtype=policy))


ALIKE = {
    "functional": lambda: functional(hidden(), classes()),
    "dropout and noise": lambda: stack(layers.Dropout(0.5), hidden(), layers.GaussianNoise(1.0), classes()),
    "ReLU and Softmax": lambda: stack(
        hidden(activation=None), layers.ReLU(), classes(activation=None), layers.Softmax()
    ),
    "Activation": lambda: stack(
        hidden(activation=None), layers.Activation("relu"), classes(activation=None), layers.Activation("softmax")
    ),
    "a layer given as activation": lambda: stack(hidden(activation=layers.ReLU()), classes()),
    "images flattened": lambda: functional(layers.Flatten(), hidden(), classes(), shape=(4, 4)),
    "images with a channel flattened": lambda: functional(layers.Flatten(), hidden(), classes(), shape=(4, 4, 1)),
    "nested": lambda: functional(functional(hidden()), keras.Sequential([layers.Input((3,)), classes()])),
    "Sequential without Input": unbuilt_until_called,
    "regularized and constrained": lambda: stack(
        hidden(kernel_regularizer="l2", kernel_constraint=keras.constraints.MaxNorm(9)),
        layers.ActivityRegularization(l2=0.1),
        classes(bias_regularizer="l1"),
    ),
    "mixed_float16": half_precision("mixed_float16"),
    "mixed_bfloat16": half_precision("mixed_bfloat16"),
    "bfloat16": half_precision("bfloat16"),
    "float64": half_precision("float64"),
}


@pytest.mark.parametrize("make", ALIKE.values(), ids=ALIKE)
def test_other_ways_to_write_the_same_network_give_the_same_pad(make):
    generator = np.random.default_rng(3)
    shapes = [(16, 3), (3,), (3, 2), (2,)]
    weights = [generator.integers(-8, 9, shape) / 8 for shape in shapes]  # such as bfloat16 holds exactly
    plain, model = build_mlp(16, (3,), 2), make()
    plain.set_weights(weights)
    model.set_weights(weights)
    assert draw_digit(model).html == draw_digit(plain).html


def test_layers_shared_with_another_model_are_this_model_s_too():
    own, other = hidden(), layers.Input((16,))
    keras.Model(other, own(other))
    assert draw_digit(functional(own, classes())).sizes == (16, 3, 2)


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
    assert not re.search(r"https?:|//[a-z]+\.|\bsrc=.(?!data:)|\bid=|@import|url\(", html)
    assert html.count("</script>") == 1


def still(pad):
    """Return what is shown where no script runs: the picture, and the sentences by language."""
    inside = re.match(r"<draw-digit [^>]*>(.*?)</draw-digit>", pad.html)[1]
    image = base64.b64decode(re.search(r'src="data:image/png;base64,([^"]+)"', inside)[1])
    return PIL.Image.open(io.BytesIO(image)).convert("RGB"), dict(
        re.findall(r'<p class="still" lang="(..)">(.+?)</p>', inside)
    )


@pytest.mark.parametrize("ink", [255, 51])
def test_a_picture_shows_the_digit_and_the_answer_where_no_script_runs(ink):
    model, image = build_mlp(4, (), 2), np.array([[ink, 0], [0, 0]], np.uint8)
    model.set_weights([np.array([[0, 255 / ink], [0, 0], [0, 0], [0, 0]]), np.zeros(2)])  # 1 by 73%
    picture, _ = still(draw_digit(model, image[None], [1]))
    pixels = np.asarray(picture).astype(int)
    paper = pixels[20:380, 20:380].sum(axis=2) / 765
    quarters = [part.mean() for half in np.split(paper, 2) for part in np.split(half, 2, axis=1)]
    np.testing.assert_allclose(quarters, [1 - ink / 255, 1, 1, 1], atol=0.01)
    blue = (pixels[..., 2] - pixels[..., 0] > 50)[150:340]  # where the bars are
    heights = [column.any(axis=1).sum() for column in (blue[:, 440:660], blue[:, 700:920])]
    np.testing.assert_allclose(heights, [0.27 * 190, 0.73 * 190], atol=2)
    dark_blue = (pixels == [0x1F, 0x6F, 0xB4]).all(axis=2)[200:335]
    assert [dark_blue[:, 440:660].any(), dark_blue[:, 700:920].any()] == [False, True]


def test_picture_says_the_answer_large_and_names_each_bar():
    model, image = build_mlp(4, (), 10), np.array([[255, 0], [0, 0]], np.uint8)
    model.set_weights([np.zeros((4, 10)), np.eye(10)[7]])
    pixels = np.asarray(still(draw_digit(model, image[None], [7]))[0]).astype(int)
    answer = (pixels == [0x1F, 0x6F, 0xB4]).all(axis=2)[20:140, 420:940]
    assert 60 < answer.any(axis=1).sum() < 100
    below = pixels[345:390, 420:940].sum(axis=2) < 400
    names = [part.tobytes() for part in np.split(below, 10, axis=1)]
    assert all(part.any() for part in np.split(below, 10, axis=1))
    assert len(set(names)) == 10
    card = pixels[370:395, 100:400]
    assert (card == [0xF6, 0xF7, 0xF9]).all(axis=2).mean() > 0.5


def test_without_examples_the_picture_is_of_an_empty_pad():
    picture, _ = still(draw_digit(build_mlp(16, (3,), 2)))
    assert picture.crop((20, 20, 380, 380)).getextrema() == ((255, 255),) * 3
    pixels = np.asarray(picture).astype(int)[20:340, 420:940]
    assert (pixels[:120] == [0xD5, 0xDA, 0xE0]).all(axis=2).any()  # a pale question mark
    assert (pixels[..., 2] - pixels[..., 0]).max() < 50  # and nothing blue


@pytest.mark.parametrize("language", ["ko", "en"])
def test_speaks_the_language_that_is_set(language):
    model = build_mlp(16, (3,), 2)
    around = draw_digit(model)
    try:
        set_language(language)
        pad = draw_digit(model)
    finally:
        set_language(None)
    assert attribute(around, "lang") is None
    assert attribute(pad, "lang") == language
    sentences = still(around)[1]
    assert list(sentences) == ["ko", "en"]
    assert "JavaScript" in sentences["en"]
    assert "자바스크립트" in sentences["ko"]
    assert still(pad)[1] == {language: sentences[language]}


def test_editions_make_pads_anew_in_their_language_and_with_the_script_of_today():
    around = draw_digit(build_mlp(16, (3,), 2), np.zeros((1, 4, 4), np.uint8), [1]).html
    korean, english = (_widgets.remake(around, language) for language in ("ko", "en"))
    assert korean.startswith('<draw-digit lang="ko" sizes="16,3,2"')
    assert english.startswith('<draw-digit lang="en" sizes="16,3,2"')
    for html in (around, korean, english, re.sub("<script>.*", "<script>old()</script>", korean, flags=re.DOTALL)):
        assert [_widgets.remake(html, language) for language in (None, "ko", "en")] == [around, korean, english]
    table = '<table><p lang="en">1</p></table>'
    assert _widgets.remake(table, "ko") == table


@pytest.mark.parametrize(("language", "root"), [(None, "<html>"), ("ko", '<html lang="ko">')])
@pytest.mark.parametrize("kind", [str, Path])
def test_a_saved_page_holds_the_pad_and_says_how_it_is_to_be_read(tmp_path, language, root, kind):
    """Its letters, its language if it has one, its name: all within the first 1,024 bytes, where browsers look."""
    set_language(language)
    pad, file = draw_digit(build_mlp(16, (3,), 2)), tmp_path / "B&W 7.html"
    file.write_text("older and longer" * 100_000, encoding="utf-8")
    pad.save(kind(file))
    page = file.read_bytes().decode("utf-8")
    assert page.count(pad.html) == 1
    head = page[:1024].partition("<draw-digit")[0]
    for part in ("<!doctype html>", root, '<meta charset="utf-8">', "<title>B&amp;W 7</title>", "width=device-width"):
        assert part in head


def test_a_page_that_cannot_be_saved_says_where(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        draw_digit(build_mlp(16, (3,), 2)).save(tmp_path / "nowhere" / "digit.html")


@pytest.mark.parametrize("language", ["KO", "fr", "", 1])
def test_refuses_other_languages(language):
    with pytest.raises(ValueError, match=f"language: found {language!r}; expected 'ko', 'en', or None"):
        set_language(language)


def test_same_model_same_bytes_and_no_address_in_the_text():
    model = build_mlp(16, (3,), 2)
    assert draw_digit(model) == draw_digit(model)
    assert repr(draw_digit(model)) == "DrawingPad(sizes=(16, 3, 2), examples=0)"
    assert isinstance(draw_digit(model), DrawingPad)


def stack(*all_layers):
    return keras.Sequential([layers.Input((16,)), *all_layers])


class Subclassed(keras.Model):
    def __init__(self):
        super().__init__()
        self.last = classes()

    def call(self, x):
        return self.last(x)


class TwiceAsLarge(layers.Dense):
    def call(self, inputs):
        return super().call(2 * inputs)


class Upside(keras.Sequential):
    """A model whose layers are well known and do not say what it computes."""

    def call(self, inputs, training=None, mask=None):
        return 1 - super().call(inputs)


def subclassed():
    model = Subclassed()
    model(np.zeros((1, 16)))
    return model


def with_lora():
    model = stack(hidden(), classes())
    model.layers[0].enable_lora(2)
    return model


def quantized():
    model = stack(hidden(), classes())
    with warnings.catch_warnings(action="ignore"):  # Keras and NumPy disagree on an argument
        model.layers[0].quantize("int8")
    return model


def shared():
    square = layers.Dense(16, "relu")
    return functional(square, square, classes())


def shared_model():
    inner = functional(layers.Dense(16, "relu"))
    return functional(inner, inner, classes())


def parallel(join):
    inputs = layers.Input((16,))
    return keras.Model(inputs, classes()(join([hidden()(inputs), hidden()(inputs)])))


def skipping():
    inputs = layers.Input((16,))
    return keras.Model(inputs, classes()(layers.Add()([inputs, layers.Dense(16, "relu")(inputs)])))


def two_heads():
    inputs = layers.Input((16,))
    middle = hidden()(inputs)
    return keras.Model(inputs, [classes()(middle), classes()(middle)])


def two_inputs():
    inputs = [layers.Input((16,)), layers.Input((16,))]
    return keras.Model(inputs, classes()(layers.Concatenate()(inputs)))


def more_than_its_chain():
    model = stack(hidden(), classes())
    model.own = model.add_weight(shape=(5,))
    return model


def truncating():
    """Return a network that makes whole numbers of its inputs, which are 0 to 1 on the pad."""
    inputs = layers.Input((16,), dtype="uint8")
    return keras.Model(inputs, classes()(inputs))


def named_like_relu():
    def relu(x):
        return keras.ops.relu(x) + 1

    return stack(hidden(activation=relu), classes())


@pytest.mark.parametrize(
    ("make", "found"),
    [
        (lambda: "a path", "found str"),
        (lambda: stack(hidden(), layers.Dense(2)), "the layer Dense with linear"),
        (lambda: stack(hidden(activation="tanh"), classes()), "the layer Dense with tanh"),
        (lambda: stack(hidden(activation="softmax"), classes()), "the layer Dense with softmax"),
        (lambda: stack(hidden(activation=None), classes()), "the layer Dense with linear"),
        (lambda: stack(hidden(), layers.Dense(2), layers.Activation("sigmoid")), "the layer Activation"),
        (lambda: stack(hidden(activation=None), layers.ReLU(6), classes()), "the layer ReLU"),
        (lambda: stack(hidden(activation=layers.LeakyReLU()), classes()), "the layer Dense with LeakyReLU"),
        (named_like_relu, "the layer Dense with relu"),
        (lambda: stack(hidden(), layers.Dense(2), layers.Softmax(axis=0)), "the layer Softmax"),
        (lambda: stack(layers.ReLU(), classes()), "the layer ReLU"),
        (lambda: stack(classes(use_bias=False)), "the layer Dense with softmax and no biases"),
        (lambda: stack(layers.BatchNormalization(), classes()), "the layer BatchNormalization"),
        (lambda: stack(layers.Rescaling(1 / 255), classes()), "the layer Rescaling"),
        (lambda: stack(layers.Reshape((4, 4)), layers.Flatten(), classes()), "the layer Reshape"),
        (lambda: stack(layers.Masking(), classes()), "the layer Masking"),
        (lambda: functional(hidden(), layers.Flatten(), classes(), shape=(4, 4)), "a Dense layer on inputs of shape"),
        (lambda: stack(TwiceAsLarge(3, "relu"), classes()), "the layer TwiceAsLarge"),
        (lambda: functional(classes(), after=lambda tensor: 1 - tensor), "the layer Subtract"),
        (lambda: stack(layers.Dropout(0.5)), "found no layers with weights"),
        (lambda: keras.Sequential([classes()]), "found one that is not built yet"),
        (subclassed, "found Subclassed, whose layers only its own code connects"),
        (with_lora, "the layer Dense with relu and LoRA"),
        (quantized, "the layer Dense with relu and weights quantized to int8"),
        (shared, "found the layer dense.* used twice"),
        (shared_model, "found the layer dense.* used twice"),
        (lambda: parallel(layers.Add()), "the layer Add"),
        (lambda: parallel(layers.Concatenate()), "the layer Concatenate"),
        (skipping, "the layer Add"),
        (two_heads, "found 2 outputs"),
        (two_inputs, "found 2 inputs"),
        (more_than_its_chain, "found 64 weights, 59 of them in its Dense layers"),
        (lambda: Upside([layers.Input((16,)), hidden(), classes()]), "probabilities differ by up to"),
        (truncating, "probabilities differ by up to"),
    ],
)
def test_refuses_what_the_pad_would_not_compute(make, found):
    with pytest.raises(ValueError, match=rf"^model: .*{found}.*; expected"):
        draw_digit(make())


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
def test_the_pad_in_the_chapter_is_a_network_that_reads_its_examples_as_the_chapter_says(language):
    """Ten examples, one of each digit, that it reads right, and ten that it reads wrong; in the edition's language."""
    chapter = Path(__file__).parents[1] / "book" / language / "12_draw.ipynb"
    cells = json.loads(chapter.read_text(encoding="utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    shown = ["".join(output["data"]["text/html"]) for output in outputs if "text/html" in output.get("data", {})]
    (html,) = [html for html in shown if html.startswith("<draw-digit ")]
    pad = DrawingPad((784, 100, 100, 10), 20, html=html)
    assert attribute(pad, "lang") == language
    assert list(still(pad)[1]) == [language]
    assert attribute(pad, "sizes") == "784,100,100,10"
    network = PackedNetwork(pad.sizes, numbers(pad, "weights", "<f2"))
    images = numbers(pad, "images", np.uint8).reshape(-1, 784)
    labels = np.array(attribute(pad, "labels").split(","), int)
    read = network.run(images / 255).argmax(axis=1)
    assert labels[:10].tolist() == read[:10].tolist() == list(range(10))
    assert (labels[10:] != read[10:]).all()
    assert len(labels) == 20
    images, labels = (part[:1000] for part in load_mnist()[1])
    assert np.mean(network.run(images.reshape(-1, 784) / 255).argmax(axis=1) == labels) > 0.96
