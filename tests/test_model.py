"""build_mlp is the network of the original, build_cnn one of convolutions; both behave as networks should."""

import keras
import numpy as np
import pytest

from mnist_tutorial import build_cnn, build_mlp, repeat


def test_layers_and_parameters():
    model = build_mlp()
    sizes = [(layer.units, layer.activation.__name__) for layer in model.layers[1:]]
    assert sizes == [(100, "relu"), (100, "relu"), (10, "softmax")]
    assert model.count_params() == 784 * 100 + 100 + 100 * 100 + 100 + 100 * 10 + 10 == 89610


def test_compiled_as_in_the_original():
    model = build_mlp()
    assert isinstance(model.optimizer, keras.optimizers.Adam)
    assert float(model.optimizer.learning_rate) == pytest.approx(0.001)
    assert model.loss == "categorical_crossentropy"
    history = model.fit(np.zeros((4, 784), np.float32), np.eye(10, dtype=np.float32)[:4], verbose=0)
    assert set(history.history) == {"loss", "accuracy"}


def test_other_sizes():
    assert build_mlp(4, (), 3).count_params() == 4 * 3 + 3
    assert build_mlp(4, (5,), 3).output_shape == (None, 3)


@pytest.mark.parametrize("sizes", [{"input_dim": 0}, {"hidden_units": (100, 0)}, {"num_classes": -1}])
def test_refuses_sizes_below_1(sizes):
    (name,) = sizes
    with pytest.raises(ValueError, match=f"{name}: found (0|-1); expected an integer of at least 1"):
        build_mlp(**sizes)


@pytest.mark.parametrize("units", [100, "100", b"dd", None, 100.0, {100}, np.array(100), (n for n in (3, 4))])
def test_refuses_hidden_units_that_are_no_sequence(units):
    with pytest.raises(TypeError, match=r"^hidden_units: found .+; expected a sequence of integers, such as \(100,\)$"):
        build_mlp(hidden_units=units)


@pytest.mark.parametrize(
    "sizes",
    [
        *({name: size} for name in ("input_dim", "num_classes") for size in (10.0, "10", None, True, (10,))),
        *({"hidden_units": units} for units in ((10, 2.5), ("10",), (None,), (True, 3), [[10, 10]], np.array([1.0]))),
    ],
    ids=str,
)
def test_refuses_sizes_that_are_no_integer(sizes):
    (name,) = sizes
    with pytest.raises(TypeError, match=rf"^{name}: found .+; expected an integer of at least 1$"):
        build_mlp(**sizes)


@pytest.mark.parametrize("units", [[5, 3], range(5, 1, -2), np.array([5, 3], np.uint8)])
def test_takes_any_sequence_of_any_integers(units):
    model = build_mlp(np.int64(4), units, np.uint8(2))
    assert [layer.units for layer in model.layers[1:]] == [5, 3, 2]


def test_convolutions_and_pooling_in_turn_with_their_parameters():
    model = build_cnn()
    kinds = [type(layer).__name__ for layer in model.layers]
    assert kinds == ["InputLayer", *["Conv2D", "MaxPooling2D"] * 3, "Flatten", "Dense"]
    assert [layer.activation.__name__ for layer in model.layers if hasattr(layer, "activation")] == [
        *["relu"] * 3,
        "softmax",
    ]
    counts = [10 * 16, (9 * 16 + 1) * 32, (9 * 32 + 1) * 64, (3 * 3 * 64 + 1) * 10]
    assert [layer.count_params() for layer in model.layers if layer.count_params()] == counts
    assert model.count_params() == sum(counts) == 29_066 <= build_mlp().count_params()
    assert model.loss == build_mlp().loss
    assert type(model.optimizer) is type(build_mlp().optimizer)


def test_convolution_and_pooling_by_hand_equal_predict(mnist):
    X_test = mnist[1][0][:20].reshape(-1, 28, 28, 1)
    keras.utils.set_random_seed(0)
    model = build_cnn(filters=(3, 4))
    *convolutions, matrix, bias = model.get_weights()
    values = X_test
    for kernel, biases in zip(convolutions[::2], convolutions[1::2], strict=True):
        padded = np.pad(values, ((0, 0), (1, 1), (1, 1), (0, 0)))
        windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(1, 2))
        values = np.maximum(np.einsum("nyxcij,ijcf->nyxf", windows, kernel) + biases, 0)
        n, height, width, filters = values.shape
        values = values.reshape(n, height // 2, 2, width // 2, 2, filters).max(axis=(2, 4))
    logits = values.reshape(n, -1) @ matrix + bias
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    expected = powers / powers.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(model.predict(X_test, verbose=0), expected, atol=1e-6)


def test_other_images_filters_and_classes():
    model = build_cnn((9, 12, 3), range(2, 4), np.uint8(5))
    assert model.input_shape == (None, 9, 12, 3)
    assert model.output_shape == (None, 5)
    assert model.count_params() == (9 * 3 + 1) * 2 + (9 * 2 + 1) * 3 + (2 * 3 * 3 + 1) * 5
    assert build_cnn((1, 2, 1), (), 3).count_params() == 2 * 3 + 3


@pytest.mark.parametrize(
    ("arguments", "trouble", "message"),
    [
        (
            {"input_shape": 784},
            TypeError,
            r"input_shape: found 784; expected a sequence of integers, such as \(28, 28, 1\)",
        ),
        ({"input_shape": (28, 28)}, ValueError, r"input_shape: found \(28, 28\); expected height, width, channels"),
        ({"input_shape": (28, 28, 0)}, ValueError, "input_shape: found 0; expected an integer of at least 1"),
        ({"filters": 16}, TypeError, r"filters: found 16; expected a sequence of integers, such as \(16, 32\)"),
        ({"filters": (16, 2.5)}, TypeError, "filters: found 2.5; expected an integer of at least 1"),
        ({"filters": (16, 0)}, ValueError, "filters: found 0; expected an integer of at least 1"),
        ({"filters": (1,) * 5}, ValueError, "filters: found 5 convolutions for images of 28×28; expected at most 4"),
        ({"num_classes": 1.0}, TypeError, "num_classes: found 1.0; expected an integer of at least 1"),
    ],
)
def test_build_cnn_says_what_it_takes(arguments, trouble, message):
    with pytest.raises(trouble, match=message):
        build_cnn(**arguments)


@pytest.mark.parametrize("build", [build_mlp, build_cnn])
def test_before_training_the_network_guesses(build, mnist):
    """Its probabilities sum to 1, and its loss is about that of giving each of ten digits a tenth: ln 10."""
    (_, _), (X_test, y_test) = mnist
    for seed in range(10):
        keras.utils.set_random_seed(seed)
        model = build()
        probabilities = model.predict(X_test.reshape(-1, *model.input_shape[1:]), batch_size=1000, verbose=0)
        np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-5)
        loss = -np.log(probabilities[np.arange(10000), y_test]).mean()
        assert loss == pytest.approx(np.log(10), abs=0.15)


def test_forward_pass_by_hand_equals_predict(mnist):
    X = mnist[1][0][:100]
    model = build_mlp()
    W1, b1, W2, b2, W3, b3 = model.get_weights()
    hidden = np.maximum(np.maximum(X @ W1 + b1, 0) @ W2 + b2, 0)
    scores = np.exp(hidden @ W3 + b3)
    np.testing.assert_allclose(scores / scores.sum(axis=1, keepdims=True), model.predict(X, verbose=0), atol=1e-5)


def accuracies(mnist, columns, seeds):
    """Train on these columns of the rows, once a seed; return the test accuracies and the last probabilities."""
    (X_train, Y_train), (X_test, y_test) = mnist
    runs = repeat(build_mlp, X_train[:, columns], Y_train, seeds=seeds, epochs=3, progress=False)
    probabilities = [model.predict(X_test[:, columns], batch_size=1000, verbose=0) for model in runs.models]
    return np.array([(each.argmax(axis=1) == y_test).mean() for each in probabilities]), probabilities[-1]


@pytest.mark.slow
def test_after_training_the_network_is_good_confident_and_blind_to_the_order_of_pixels(mnist):
    """Permuting the pixels leaves accuracy in the seeds' range: the network does not know which are neighbours."""
    plain, probabilities = accuracies(mnist, slice(None), range(3))
    permuted, _ = accuracies(mnist, np.random.default_rng(0).permutation(784), range(3))
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-5)
    assert np.median(probabilities.max(axis=1)) > 0.9
    assert 0.955 < plain.min() <= plain.max() < 0.98
    assert abs(np.median(permuted) - np.median(plain)) <= max(2 * np.ptp(plain), 0.004)
