"""Compiled programs are kept for models alike, and for no others."""

import gc
import signal
import threading
import time
import warnings
import weakref

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers

import mnist_tutorial as mt
from mnist_tutorial import _engine, _programs

pytestmark = pytest.mark.filterwarnings(
    "ignore:__array__ implementation:DeprecationWarning"
)  # Keras reads variables so


@pytest.fixture(scope="module")
def digits():
    (images, labels), _ = mt.load_mnist()
    return mt.normalize(mt.flatten(images[:100])), mt.one_hot(labels[:100])


@pytest.fixture
def traces(monkeypatch):
    """Start without programs; return a list that grows by one for each that is compiled for training."""
    found, trace = [], _engine.Program._train
    monkeypatch.setattr(_programs, "_shared", [])
    monkeypatch.setattr(_engine.Program, "_train", lambda *inputs: found.append(trace(*inputs)))
    return found


def network(*middle, loss="categorical_crossentropy", optimizer="sgd", measured=("accuracy",)):
    model = keras.Sequential([layers.Input((784,)), *middle, layers.Dense(10, activation="softmax")])
    model.compile(optimizer, loss, metrics=list(measured))
    return model


def test_models_alike_share_one_program_whatever_their_weights_are_called(digits, traces):
    for _ in range(3):
        mt.fit(network(layers.Dense(5)), *digits, epochs=1)
    assert len(traces) == 1
    mt.fit(network(layers.Dense(5), optimizer=keras.optimizers.SGD(0.5)), *digits, epochs=1)
    assert len(traces) == 1  # the learning rate is a variable
    mt.fit(network(layers.Dense(5)), digits[0][:60], digits[1][:60], epochs=3)
    assert len(traces) == 1  # other rows, other epochs


@pytest.mark.parametrize(
    "other",
    [
        lambda: network(layers.Dense(6)),
        lambda: network(layers.Dense(5, activation="relu")),
        lambda: network(layers.Dense(5), optimizer=keras.optimizers.SGD(momentum=0.5)),
        lambda: network(layers.Dense(5), loss="mse"),
        lambda: network(layers.Dense(5), measured=[]),
        lambda: network(layers.Dense(5, dtype="mixed_bfloat16")),
        lambda: network(layers.Dense(5, activation="tanh", name="tanh")),
    ],
)
def test_models_that_differ_do_not(digits, traces, other):
    mt.fit(network(layers.Dense(5)), *digits, epochs=1)
    mt.fit(network(layers.Dense(5, activation="relu", name="relu")), *digits, epochs=1)
    mt.fit(other(), *digits, epochs=1)
    assert len(traces) == 3


def own_function(y, answer):
    return keras.ops.mean(keras.ops.square(y - answer), axis=-1)


class Own(layers.Dense):
    """A layer that words do not tell."""


class OwnRegularizer(keras.regularizers.Regularizer):
    """A regularizer that words do not tell."""

    def __call__(self, x):
        return 0.0 * keras.ops.sum(x)


def adapted():
    layer = layers.Normalization()
    layer.adapt(np.random.default_rng(0).random((50, 784)))
    return network(layer)


@pytest.mark.parametrize(
    "build",
    [
        lambda: network(loss=lambda y, answer: own_function(y, answer)),
        lambda: network(loss=own_function),
        lambda: network(measured=[own_function]),
        lambda: network(Own(5)),
        lambda: network(layers.Dense(5, kernel_regularizer=OwnRegularizer())),
        lambda: network(layers.Dense(5, activation=lambda x: x)),
        lambda: network(layers.Lambda(lambda x: x)),
        adapted,
    ],
)
def test_what_words_do_not_tell_is_compiled_for_each_model(digits, traces, build):
    first = build()
    for _ in range(2):
        mt.fit(first, *digits, epochs=1)
    assert len(traces) == 1
    mt.fit(build(), *digits, epochs=1)
    assert len(traces) == 2
    assert _programs._shared == []


def test_two_losses_of_one_name_are_two(digits):
    def times(factor):
        return lambda y, answer: factor * own_function(y, answer)

    first, second = (mt.fit(network(loss=times(n)), *digits, epochs=1, validation_split=0).history for n in (1, 100))
    assert second["loss"][0] > 50 * first["loss"][0]


def test_a_model_that_is_compiled_anew_gets_a_new_program(digits):
    model = network(Own(5))
    mt.fit(model, *digits, epochs=1)
    model.compile("sgd", "mse", metrics=["mae"])
    assert mt.fit(model, *digits, epochs=1).history.keys() == {"loss", "mae", "val_loss", "val_mae"}


def test_a_copy_does_not_change_the_random_numbers_to_come(digits, traces):
    def second_model():
        keras.utils.set_random_seed(0)
        mt.fit(network(layers.Dense(5), layers.Dropout(0.5)), *digits, epochs=1)
        return network().get_weights()[0]

    fresh = second_model()
    assert np.array_equal(fresh, second_model())  # now without a copy being made
    assert len(traces) == 1


def test_another_model_of_the_kind_keeps_its_own_weights(digits):
    first, second = network(layers.Dense(5)), network(layers.Dense(5))
    mt.fit(first, *digits, epochs=1)
    before = first.get_weights()
    mt.fit(second, *digits, epochs=1)
    assert all(np.array_equal(one, two) for one, two in zip(before, first.get_weights(), strict=True))


def test_models_are_released_and_programs_bounded(digits, traces):
    for units in range(1, _programs.MOST + 4):
        model = network(layers.Dense(units))
        mt.fit(model, *digits, epochs=1)
    own = network(Own(5))
    mt.fit(own, *digits, epochs=1)
    assert len(_programs._shared) == _programs.MOST
    gone = [weakref.ref(model), weakref.ref(own)]
    del model, own
    keras.backend.clear_session()
    gc.collect()
    assert [reference() for reference in gone] == [None, None]


def test_a_hundred_trainings_neither_warn_nor_compile_again(digits, traces, caplog):
    model = network()
    for _ in range(100):
        mt.fit(model, *digits, epochs=1)
    assert len(traces) == 1
    assert caplog.records == []  # TensorFlow warns there of programs that are traced again and again


def test_other_threads_may_train_at_the_same_time(digits, traces):
    models = [network(layers.Dense(5)) for _ in range(4)]
    threads = [threading.Thread(target=mt.fit, args=(model, *digits), kwargs={"epochs": 30}) for model in models]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(len(model.history.epoch) == 30 for model in models)
    assert 1 <= len(traces) <= 4


@pytest.mark.parametrize(
    ("build", "steps", "expected"),
    [
        (mt.build_mlp, 10_000, True),
        (mt.build_mlp, 100, False),
        (lambda: network(layers.BatchNormalization(), layers.Dropout(0.1)), 10_000, True),
        (lambda: network(layers.Reshape((28, 28, 1)), layers.Conv2D(2, 3), layers.Flatten()), 10_000, False),
        (lambda: network(layers.Reshape((28, 28)), layers.LSTM(2)), 10_000, False),
        (lambda: network(layers.GaussianNoise(0.1)), 10_000, False),
        (lambda: network(Own(5)), 10_000, False),
    ],
)
def test_xla_is_for_long_trainings_of_layers_that_are_fast_there(build, steps, expected):
    assert _engine.use_xla(build(), steps) is expected


def test_jit_compile_of_the_model_is_honoured(digits):
    model = network(layers.Reshape((28, 28)), layers.LSTM(2))
    model.compile("sgd", "categorical_crossentropy", jit_compile=True)
    assert _engine.use_xla(model, 1)


@pytest.mark.parametrize(("asked", "xla"), [(None, True), (False, False), (True, True)])
def test_jit_compile_of_the_call_goes_before(digits, monkeypatch, traces, asked, xla):
    monkeypatch.setattr(_engine, "LONG", 0)
    mt.fit(network(), *digits, epochs=1, jit_compile=asked)
    mt.repeat(network, *digits, seeds=[0], epochs=1, jit_compile=asked, progress=False)
    assert [program.xla for _, program in _programs._shared] == [xla]
    with pytest.raises(TypeError, match="jit_compile: found 'auto'; expected True, False, or None"):
        mt.fit(network(), *digits, jit_compile="auto")


def test_what_xla_cannot_compile_is_trained_without(digits, monkeypatch):
    monkeypatch.setattr(_engine, "LONG", 0)

    def augment(rows, seed):
        return tf.numpy_function(lambda rows: rows, [rows], tf.float32)

    ours, plain = network(), network()
    plain.set_weights(ours.get_weights())
    history = mt.fit(ours, *digits, epochs=2, seed=0, augment=augment).history
    assert mt.fit(plain, *digits, epochs=2, seed=0).history["loss"] == pytest.approx(history["loss"], rel=1e-5)


def test_many_networks_are_not_many_traces_of_one(digits, traces, caplog):
    for units in range(1, 9):
        mt.fit(network(layers.Dense(units)), *digits, epochs=1)
    assert len(traces) == 8
    assert caplog.records == []


# Interruptions


class Interrupt(keras.callbacks.Callback):
    """Press Ctrl+C soon after an epoch began, that is, while its program runs."""

    def on_epoch_begin(self, epoch, logs=None):
        if epoch == 1:
            threading.Timer(0.02, signal.raise_signal, [signal.SIGINT]).start()


@pytest.mark.parametrize("middle", [lambda: layers.Dense(300), lambda: Own(300)])
def test_after_an_interruption_training_can_go_on(middle):
    rng = np.random.default_rng(0)
    x, y = rng.random((20_000, 784), np.float32), mt.one_hot(rng.integers(0, 10, 20_000))
    model = network(middle(), optimizer="adam")
    with pytest.raises(KeyboardInterrupt):
        mt.fit(model, x, y, epochs=500, batch_size=20, seed=0, callbacks=Interrupt())
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    steps = int(model.optimizer.iterations)
    assert steps > 800  # the first epoch, and the second
    assert all(np.isfinite(weights).all() for weights in model.get_weights())
    mt.fit(model, x, y, epochs=1, batch_size=20)
    assert int(model.optimizer.iterations) == steps + 800


def test_an_interruption_while_variables_are_created_waits_for_all_of_them(digits, monkeypatch):
    model = network(optimizer="adam")
    build = model.optimizer.build

    def interrupted(variables):
        signal.raise_signal(signal.SIGINT)
        build(variables)

    monkeypatch.setattr(model.optimizer, "build", interrupted)
    with pytest.raises(KeyboardInterrupt):
        mt.fit(model, *digits, epochs=1)
    monkeypatch.undo()
    assert model.optimizer.built
    mt.fit(model, *digits, epochs=1, batch_size=80)
    assert int(model.optimizer.iterations) == 1


def test_an_interrupted_repeat_returns_what_is_finished(digits, monkeypatch):
    monkeypatch.setenv("TF_NUM_INTRAOP_THREADS", "1")
    main = threading.main_thread().ident

    class Wait(keras.callbacks.Callback):
        def __init__(self, row):
            super().__init__()
            self.row = row

        def on_epoch_end(self, epoch, logs=None):
            if self.row == 2:
                if epoch == 0:
                    time.sleep(0.2)  # the main thread has counted the others by now
                    signal.pthread_kill(main, signal.SIGINT)
                time.sleep(0.05)

    rows = iter(range(6))
    with pytest.warns(UserWarning, match="interrupted: 2 of 6 seeds are done"):
        runs = mt.repeat(
            network, *digits, seeds=range(10, 16), epochs=40, callbacks=lambda: Wait(next(rows)), progress=False
        )
    assert runs.seeds == (10, 11)
    assert runs.epochs.tolist() == [40, 40]
    assert len(runs.models) == 2


def test_nothing_is_warned_of(digits):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        mt.fit(network(layers.Lambda(lambda x: x)), *digits, epochs=1)
