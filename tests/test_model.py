"""build_mlp is the network of the original, and a network before and after training behaves as one should."""

import keras
import numpy as np
import pytest

from mnist_tutorial import build_mlp, repeat


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


def test_before_training_the_network_guesses(mnist):
    """Its probabilities sum to 1, and its loss is about that of giving each of ten digits a tenth: ln 10."""
    (_, _), (X_test, y_test) = mnist
    for seed in range(10):
        keras.utils.set_random_seed(seed)
        probabilities = build_mlp().predict(X_test, batch_size=1000, verbose=0)
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
