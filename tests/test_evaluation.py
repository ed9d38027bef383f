"""What the network predicts and where it is wrong, on a network whose every prediction is known beforehand."""

import dataclasses

import keras
import numpy as np
import pytest
from keras import layers

from mnist_tutorial import Mistakes, build_mlp, confusion_matrix, find_mistakes, plot_mistakes, predict_digits
from mnist_tutorial.runs import Runs


@pytest.fixture
def model():
    """A network that predicts the position of the largest of its ten inputs."""
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


def test_mistakes_and_runs_are_not_written_to():
    numbers = np.zeros(1, np.int64)
    for result in (Mistakes(numbers, numbers, numbers, np.zeros(1, np.float32)), Runs((), (), numbers, {})):
        for field in dataclasses.fields(result):
            with pytest.raises(dataclasses.FrozenInstanceError):
                setattr(result, field.name, numbers)


def test_find_mistakes(model):
    mistakes = find_mistakes(model, np.concatenate([rows(3, 4), rows(9, strength=1), rows(5, 6)]), [3, 1, 4, 5, 8])
    assert mistakes.index.tolist() == [1, 2, 4]
    assert mistakes.prediction.tolist() == [4, 9, 6]
    assert mistakes.label.tolist() == [1, 4, 8]
    strong, weak = (np.exp(s) / (np.exp(s) + 9) for s in (5, 1))
    np.testing.assert_allclose(mistakes.confidence, [strong, weak, strong], rtol=1e-5)


def test_mistakes_by_confidence():
    mistakes = Mistakes(np.arange(4), np.arange(4), np.arange(4) + 1, np.array([0.5, 0.9, 0.5, 0.7]))
    ordered = mistakes.by_confidence()
    assert ordered.index.tolist() == [1, 3, 0, 2]  # equals keep their order
    assert ordered.confidence.tolist() == [0.9, 0.7, 0.5, 0.5]
    assert len(ordered[:3]) == 3
    assert mistakes[mistakes.label == 2].index.tolist() == [1]


def test_many_equally_sure_mistakes_keep_their_order():
    """Enough of them that a sort which is not stable would shuffle them."""
    sure = np.tile(np.array([0.5, 0.9], np.float32), 500)
    ordered = Mistakes(np.arange(1000), np.zeros(1000, int), np.ones(1000, int), sure).by_confidence()
    assert ordered.index.tolist() == [*range(1, 1000, 2), *range(0, 1000, 2)]


@pytest.mark.parametrize("first", [0, np.int64(0), np.uint8(0), -3])
def test_one_mistake_is_mistakes_too(first):
    mistakes = Mistakes(np.array([5, 6, 7]), np.arange(3), np.arange(3) + 1, np.array([0.5, 0.9, 0.7]))
    assert (len(mistakes[first]), mistakes[first].index.tolist()) == (1, [5])
    assert [one.confidence.tolist() for one in mistakes] == [[0.5], [0.9], [0.7]]
    assert mistakes[[2, 0]].index.tolist() == [7, 5]
    with pytest.raises(IndexError):
        mistakes[3]


def test_mistakes_have_a_short_repr():
    mistakes = Mistakes(np.arange(9), np.arange(9), np.arange(9), np.ones(9, np.float32))
    assert repr(mistakes) == "Mistakes(n=9)"


@pytest.mark.parametrize("index", [np.arange(3), np.arange(4).reshape(2, 2), np.int64(3)])
def test_mistakes_are_four_arrays_of_one_length(index):
    with pytest.raises(ValueError, match=r"mistakes: found arrays of shapes .*; expected one dimension"):
        Mistakes(index, np.arange(4), np.arange(4), np.ones(4, np.float32))


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


@pytest.mark.parametrize("num_classes", [np.uint8(200), np.int8(100), np.int64(20)])
def test_num_classes_of_a_narrow_type_do_not_overflow(num_classes):
    last = int(num_classes) - 1
    matrix = confusion_matrix(np.array([0, last], np.uint8), np.array([last, last], np.uint8), num_classes)
    assert matrix.shape == (last + 1, last + 1)
    assert np.argwhere(matrix).tolist() == [[0, last], [last, last]]


@pytest.mark.parametrize("num_classes", [10.0, "10", None, True, [10]])
def test_num_classes_are_an_integer(num_classes):
    with pytest.raises(TypeError, match=r"^num_classes: found .+; expected an integer of at least 1"):
        confusion_matrix([1], [1], num_classes)


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
    ax = plot_mistakes(some, X_test.reshape(-1, 28, 28))
    assert ax.get_title() == "prediction,label"
    titles = [text.get_text() for text in ax.texts]
    assert titles == [f"{p},{t}" for p, t in zip(some.prediction, some.label, strict=True)]


def network(*last, inputs=(10,), first=()):
    """Return a network that gives its inputs to these last layers."""
    entrance = layers.Input(inputs)
    x = entrance
    for layer in (*first, *last):
        x = layer(x)
    return keras.Model(entrance, x)


@pytest.mark.parametrize(
    ("model", "found", "remedy"),
    [
        (network(layers.Dense(10)), r"outputs from -?[\d.]+ to [\d.]+", r"Sequential\(\[model, keras.layers.Softmax"),
        (network(layers.Dense(10, "sigmoid")), r"outputs with sums from", "end in softmax"),
        (network(layers.Dense(10, "relu")), "outputs", "end in softmax"),
        (network(layers.Dense(10, "log_softmax")), "outputs from -", "Softmax"),
        (network(layers.Dense(1, "sigmoid")), r"outputs of shape \(3, 1\)", r"Dense\(2, 'softmax'\).*> 0.5"),
        (network(layers.Reshape((5, 2)), layers.Softmax()), r"outputs of shape \(3, 5, 2\)", r"\(3, num_classes\)"),
        (
            network(layers.Dense(3, "softmax", bias_initializer=lambda *a, **k: np.full(3, np.nan))),
            "outputs that are not finite",
            "learning rate",
        ),
    ],
    ids=["logits", "sigmoids", "relu", "log_softmax", "one sigmoid", "three dimensions", "nan"],
)
def test_outputs_that_are_no_probabilities(model, found, remedy):
    for call in (predict_digits, lambda *args: find_mistakes(*args, [1, 2, 3])):
        with pytest.raises(ValueError, match=rf"^model: found {found}.*expected.*{remedy}"):
            call(model, rows(1, 2, 3))


def test_the_remedy_for_logits_works():
    model = network(layers.Dense(10, kernel_initializer="identity"))
    softened = keras.Sequential([model, keras.layers.Softmax()])
    assert predict_digits(softened, rows(7, 2, 1)).tolist() == [7, 2, 1]


@pytest.mark.parametrize("dtype", ["mixed_float16", "mixed_bfloat16", "float16", "bfloat16", "float64"])
def test_confidence_is_float32_whatever_the_network_computes_in(dtype):
    model = network(layers.Dense(10, "softmax", kernel_initializer="identity", dtype=keras.DTypePolicy(dtype)))
    mistakes = find_mistakes(model, rows(3, 4, strength=3), [0, 0])
    assert mistakes.confidence.dtype == np.float32
    assert mistakes.prediction.tolist() == [3, 4]
    np.testing.assert_allclose(mistakes.confidence, np.exp(3) / (np.exp(3) + 9), rtol=0.01)


@pytest.mark.parametrize("dtype", ["mixed_float16", "mixed_bfloat16"])
@pytest.mark.parametrize("classes", [2, 10, 1000])
def test_half_precision_sums_count_as_1(dtype, classes):
    keras.utils.set_random_seed(0)
    model = network(layers.Dense(classes, "softmax", dtype=keras.DTypePolicy(dtype)))
    images = 10 * np.random.default_rng(0).random((1000, 10), np.float32)
    assert predict_digits(model, images).shape == (1000,)


class Own(keras.Model):
    """A model as people write them: it knows its shapes only once it is called."""

    def __init__(self, last):
        super().__init__()
        self.last = last

    def call(self, x):
        return self.last(x)


@pytest.mark.parametrize(
    "make",
    [lambda: Own(layers.Dense(10, "softmax")), lambda: keras.Sequential([layers.Dense(10, "softmax")])],
    ids=["subclassed", "Sequential without Input"],
)
def test_models_that_know_no_input_shape(make):
    assert predict_digits(make(), rows()).shape == (0,)
    model = make()
    assert predict_digits(model, rows(1, 2)).tolist() == model.predict(rows(1, 2), verbose=0).argmax(axis=1).tolist()
    assert len(find_mistakes(make(), rows(), [])) == 0
    with pytest.raises(ValueError, match="labels: found 10 to 10; expected 0 to 9"):
        find_mistakes(make(), rows(1), [10])
    with pytest.raises(
        ValueError, match=r"(model: found no way to predict from|images: found) float32 of shape \(2, 9\)"
    ):
        predict_digits(model, rows(1, 2)[:, :9])


def heads(**layers_by_name):
    entrance = layers.Input((10,))
    return keras.Model(entrance, [layer(entrance) for layer in layers_by_name.values()])


def two_inputs():
    entrances = [layers.Input((10,)), layers.Input((10,))]
    return keras.Model(entrances, layers.Softmax()(layers.Add()(entrances)))


@pytest.mark.parametrize(
    ("model", "kind", "message"),
    [
        (heads(a=layers.Softmax(), b=layers.Dense(1)), ValueError, r"found 2 outputs in a list.*model.outputs\[0\]"),
        (two_inputs(), ValueError, "found 2 inputs; expected one that takes images alone"),
        ("model.keras", TypeError, "found str; expected a Keras model"),
        (None, TypeError, "found NoneType"),
        (build_mlp, TypeError, "found function"),
    ],
)
@pytest.mark.parametrize("digits", [(), (1, 2)])
def test_models_that_are_no_classifier_of_images(model, kind, message, digits):
    with pytest.raises(kind, match=f"^model: {message}"):
        find_mistakes(model, rows(*digits), digits)


PICTURES = np.zeros((4, 28, 28), np.float32)
PICTURES[:, 5:24, 12:16] = 1
REFUSED = {
    "raw": (255 * PICTURES, r"numbers up to 255; expected 0 to 1: normalize\(images\)"),
    "normalized twice": (PICTURES / 255, "numbers up to 0.0039, normalized twice"),
    "ink on white": (1 - PICTURES, "dark ink on white; expected 0 for paper and 1 for ink: 1 - images"),
    "grey ink on grey": (0.9 - 0.8 * PICTURES, "dark ink on white"),
    "nan": (np.where(PICTURES > 0, np.nan, PICTURES), "numbers from nan to nan; expected finite"),
    "inf": (np.where(PICTURES > 0, np.inf, PICTURES), "numbers from 0.0 to inf; expected finite"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_images_that_are_certainly_wrong(name):
    images, message = REFUSED[name]
    with pytest.raises(ValueError, match=f"^images: found {message}"):
        predict_digits(build_mlp(), images.reshape(4, 784))
    convolutional = network(layers.Flatten(), layers.Dense(10, "softmax"), inputs=(28, 28, 1))
    with pytest.raises(ValueError, match=f"^images: found {message}"):
        predict_digits(convolutional, images[..., np.newaxis])


@pytest.mark.parametrize("values", [(0, 1), (0, 0), (1, 1), (-0.42, 2.8), (-1, 1), (0, 16), (0, 1.02), (0.4, 0.6)])
def test_images_that_may_be_right_are_read(values):
    paper, ink = values
    images = (paper + (ink - paper) * PICTURES).astype(np.float32).reshape(4, 784)
    assert predict_digits(build_mlp(), images).shape == (4,)


def test_real_digits_are_read_and_their_negatives_refused_one_by_one(mnist):
    model, X = build_mlp(), mnist[1][0][:8]
    for image in X:
        assert predict_digits(model, image[np.newaxis]).shape == (1,)
        with pytest.raises(ValueError, match="dark ink on white"):
            predict_digits(model, 1 - image[np.newaxis])


@pytest.mark.parametrize("dtype", [np.uint8, np.float32, np.int64])
def test_a_network_that_scales_by_itself_takes_raw_numbers(dtype):
    scaling = keras.Sequential([layers.Rescaling(1 / 255), layers.Flatten()])
    model = network(layers.Dense(10, "softmax"), inputs=(28, 28), first=[scaling])
    images = (255 * PICTURES).astype(dtype)
    assert predict_digits(model, images).tolist() == model.predict(images, verbose=0).argmax(axis=1).tolist()


@pytest.mark.parametrize(("shape", "fits"), [((28, 28), True), ((28, 28, 1), True), ((28, 27), False), ((784,), False)])
@pytest.mark.parametrize("inputs", [(28, 28, 1), (None, 28, 1)])
def test_shapes_are_those_that_keras_takes(shape, fits, inputs):
    model = network(layers.GlobalAveragePooling2D(), layers.Dense(10, "softmax"), inputs=inputs)
    images = np.zeros((2, *shape), np.float32)
    if fits:
        assert predict_digits(model, images).shape == (2,)
    else:
        with pytest.raises(ValueError, match=r"images: found float32 of shape .*; expected floats of shape \('n', "):
            predict_digits(model, images)


@pytest.mark.parametrize("dtype", [">f4", "f2", "f8"])
def test_floats_of_any_width_and_order(model, dtype):
    assert predict_digits(model, rows(7, 2).astype(dtype)).tolist() == [7, 2]
