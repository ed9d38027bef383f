"""Training: the same as Keras' own, step by step; everything else refused."""

import re
import time

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers

import mnist_tutorial as mt
from mnist_tutorial import _engine, _programs, training

# Keras' own callbacks read variables in a way that NumPy 2.4 deprecates.
keras_reads_variables = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


@pytest.fixture(scope="module")
def digits():
    """The first 500 images, prepared as in the chapters."""
    (images, labels), _ = mt.load_mnist()
    return mt.normalize(mt.flatten(images[:500])), mt.one_hot(labels[:500])


def small_mlp(optimizer="adam", dropout=0.0, regularizer=None, seed=0):
    """Build a network of 16 hidden units, with the same initial weights every time."""
    keras.utils.set_random_seed(seed)
    hidden = layers.Dense(16, activation="relu", kernel_regularizer=regularizer)
    model = keras.Sequential([layers.Input((784,)), hidden, layers.Dropout(dropout), layers.Dense(10, "softmax")])
    model.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
    return model


def softmax_regression(optimizer="sgd", before=()):
    """Build the smallest network that reads digits: it compiles quickly."""
    model = keras.Sequential([layers.Input((784,)), *before, layers.Dense(10, "softmax")])
    model.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
    return model


def plain_keras(model, x, y, epochs, batch_size, seed, split=0.2):
    """Train with ``train_on_batch``, in the order that `mt.fit` takes; return the history."""
    count = int(len(x) * (1 - split))
    history = {"loss": [], "accuracy": [], "val_loss": [], "val_accuracy": []}
    for epoch in range(epochs):
        order, _ = _engine.shuffle(seed, epoch, count)
        logs = dict.fromkeys(("loss", "accuracy"), 0.0)
        for start in range(0, count, batch_size):
            batch = order[start : start + batch_size]
            for name, value in model.train_on_batch(x[batch], y[batch], return_dict=True).items():
                logs[name] += float(value) * len(batch) / count
        tests = model.evaluate(x[count:], y[count:], batch_size, verbose=0, return_dict=True)
        for name, value in (logs | {f"val_{name}": value for name, value in tests.items()}).items():
            history[name].append(float(value))
    return history


def assert_same_training(ours, theirs, ours_history, theirs_history, rtol=2e-5):
    assert ours_history.keys() == theirs_history.keys()
    for name, values in theirs_history.items():
        np.testing.assert_allclose(ours_history[name], values, rtol, err_msg=name)
    for mine, other in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(mine, other, atol=2e-5)


class Probe(keras.callbacks.Callback):
    """Keep the learning rate and the weights after every epoch."""

    def __init__(self):
        super().__init__()
        self.rates, self.weights = [], []

    def on_epoch_end(self, epoch, logs=None):
        self.rates.append(float(self.model.optimizer.learning_rate))
        self.weights.append(self.model.get_weights())


# The same as Keras


def adamw():
    return keras.optimizers.AdamW(0.003, weight_decay=0.5)


def averaged_sgd_with_a_schedule():
    schedule = keras.optimizers.schedules.PiecewiseConstantDecay([2, 4], [0.3, 0.1, 0.02])
    return keras.optimizers.SGD(schedule, momentum=0.9, use_ema=True, ema_momentum=0.5)


@pytest.mark.parametrize(
    ("optimizer", "regularizer", "batch_size"),  # 400 training rows: 80 fit, 150 leave a smaller batch
    [(lambda: "adam", None, 80), (adamw, "l2", 150), (averaged_sgd_with_a_schedule, None, 150)],
)
def test_epochs_equal_plain_keras(digits, optimizer, regularizer, batch_size):
    ours, theirs = (small_mlp(optimizer(), regularizer=regularizer) for _ in range(2))
    history = mt.fit(ours, *digits, epochs=2, batch_size=batch_size, seed=5)
    expected = plain_keras(theirs, *digits, epochs=2, batch_size=batch_size, seed=5)
    theirs.optimizer.finalize_variable_values(theirs.trainable_weights)  # as fit does at the end
    assert_same_training(ours, theirs, history.history, expected)
    assert int(ours.optimizer.iterations) == int(theirs.optimizer.iterations)


def test_each_step_equals_plain_keras(digits):
    """With one batch an epoch the history holds the loss of every step."""
    x, y = digits[0][:100], digits[1][:100]
    ours, theirs = small_mlp(), small_mlp()
    history = mt.fit(ours, x, y, epochs=30, batch_size=100, validation_split=0, seed=1)
    steps = [theirs.train_on_batch(x, y) for _ in range(30)]
    assert history.history.keys() == {"loss", "accuracy"}
    assert history.history["loss"] == pytest.approx([float(loss) for loss, _ in steps], rel=2e-5)
    assert history.history["accuracy"] == pytest.approx([float(accuracy) for _, accuracy in steps])


def test_fit_equals_model_fit_itself(digits):
    """One batch an epoch, larger than the data: their order does not matter, so ``model.fit`` can be the judge.

    With integer labels, float64 rows, and a layer whose state training moves.
    """
    x, y = digits[0].astype(np.float64), digits[1].argmax(axis=1)
    histories, models = [], []
    for train in (mt.fit, lambda model, *data, **settings: model.fit(*data, verbose=0, **settings)):
        keras.utils.set_random_seed(0)
        model = keras.Sequential([layers.Input((784,)), layers.BatchNormalization(), layers.Dense(10, "softmax")])
        model.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
        history = train(model, x, y, epochs=3, batch_size=1000, validation_split=0.2)
        assert history is model.history
        assert history.epoch == [0, 1, 2]
        histories.append(history.history)
        models.append(model)
    assert_same_training(*models, *histories, rtol=1e-4)


def test_validation_is_the_last_fifth(digits):
    x, y = digits[0].copy(), digits[1]
    x[400:] = np.nan  # the network must not see them in training
    history = mt.fit(softmax_regression(), x, y, epochs=1)
    assert np.isfinite(history.history["loss"]).all()
    assert np.isnan(history.history["val_loss"]).all()


def test_every_epoch_has_a_new_order_with_every_row_once():
    first, second = _engine.shuffle(0, 0, 50)[0], _engine.shuffle(0, 1, 50)[0]
    assert sorted(first) == sorted(second) == list(range(50))
    assert not np.array_equal(first, second)


# Seeds


@keras_reads_variables
def test_without_a_seed_keras_seed_decides(digits):
    def train(seed):
        keras.utils.set_random_seed(seed)
        model = softmax_regression(before=[layers.Dropout(0.5)])
        return mt.fit(model, *digits, epochs=2).history

    assert train(3) == train(3)
    keras.utils.set_random_seed(3)
    one, two = (_engine.seed_layers(softmax_regression(), None) for _ in range(2))
    assert one != two


# Callbacks and learning rates


def test_early_stopping_stops_and_restores(digits):
    probe, stop = Probe(), keras.callbacks.EarlyStopping("val_loss", patience=2, restore_best_weights=True)
    model = softmax_regression(keras.optimizers.Adam(0.05))
    history = mt.fit(model, *digits, epochs=60, callbacks=[probe, stop])
    losses = history.history["val_loss"]
    best = int(np.argmin(losses))
    assert len(losses) == best + 3 < 60
    for mine, expected in zip(model.get_weights(), probe.weights[best], strict=True):
        assert np.array_equal(mine, expected)


@keras_reads_variables
def test_reduce_on_plateau(digits):
    probe = Probe()
    plateau = keras.callbacks.ReduceLROnPlateau("val_loss", factor=0.1, patience=1, min_delta=100)
    history = mt.fit(softmax_regression("adam"), *digits, epochs=3, callbacks=[plateau, probe])
    assert probe.rates == pytest.approx([1e-3, 1e-4, 1e-5])
    assert len(history.history["learning_rate"]) == 3


@keras_reads_variables
def test_all_hooks_between_epochs_are_called(digits, tmp_path):
    calls, file, probe = [], tmp_path / "kept.weights.h5", Probe()

    class Hooks(keras.callbacks.Callback):
        def on_train_begin(self, logs=None):
            calls.append(("train", self.params["epochs"], self.params["steps"]))

        def on_epoch_begin(self, epoch, logs=None):
            calls.append(("epoch", epoch))

        def on_test_begin(self, logs=None):
            calls.append("test")

        def on_test_end(self, logs=None):
            calls.append(sorted(logs))

        def on_epoch_end(self, epoch, logs=None):
            calls.append(sorted(logs))

        def on_train_end(self, logs=None):
            calls.append("end")

    rates = [0.01, 0.001, 0.0]
    schedule = keras.callbacks.LearningRateScheduler(lambda epoch: rates[epoch])
    checkpoint = keras.callbacks.ModelCheckpoint(file, save_weights_only=True)
    callbacks = [Hooks(), schedule, checkpoint, probe]
    mt.fit(softmax_regression(), *digits, epochs=3, batch_size=150, callbacks=callbacks)
    names = ["accuracy", "loss"]
    epoch = ["test", names, [*names, "val_accuracy", "val_loss"]]
    assert calls == [("train", 3, 3), ("epoch", 0), *epoch, ("epoch", 1), *epoch, ("epoch", 2), *epoch, "end"]
    assert probe.rates == pytest.approx(rates)
    assert not np.array_equal(probe.weights[0][0], probe.weights[1][0])
    assert np.array_equal(probe.weights[1][0], probe.weights[2][0])  # a rate of 0 moves nothing
    assert file.exists()


# Dropout and other randomness


def noisy_sum(layer, rows, batch_size):
    """Send ones through ``layer`` in training; return mean and mean square of the outputs that training saw."""
    model = keras.Sequential([layers.Input((200,)), layer])

    def mean(_, outputs):
        return keras.ops.mean(outputs)

    def square(_, outputs):
        return keras.ops.mean(outputs**2)

    def same(_, outputs):  # how far the second half of a batch's outputs is from the first
        half = batch_size // 2
        return keras.ops.mean(keras.ops.cast(outputs[:half] == outputs[half:], "float32"))

    model.add(layers.Rescaling(1.0))
    model.compile("sgd", "mse", metrics=[mean, square, same])
    ones = np.ones((rows, 200), np.float32)
    with pytest.warns(UserWarning, match="trainable weights"):
        history = mt.fit(model, ones, ones, epochs=2, batch_size=batch_size, validation_split=0.5, seed=0).history
    return {name: values[-1] for name, values in history.items()} | {"means": history["mean"]}


def test_dropout_is_bernoulli_in_training_only():
    seen = noisy_sum(layers.Dropout(0.2), 2000, 100)
    assert seen["mean"] == pytest.approx(1, abs=0.005)  # of 200,000 numbers: the standard error is 0.001
    assert seen["square"] == pytest.approx(1 / 0.8, abs=0.01)
    assert seen["same"] == pytest.approx(0.2**2 + 0.8**2, abs=0.01)  # independent from row to row
    assert seen["means"][0] != seen["means"][1]  # and from epoch to epoch
    assert seen["val_mean"] == seen["val_square"] == pytest.approx(1)


def test_dropout_is_fresh_at_each_step():
    """One row a batch: the same mask at each step would keep the variance of the mean at that of one step."""
    layer = layers.Dropout(0.5, seed=1)
    keep = np.stack([_engine.dropout(layer, np.ones((1, 4000), np.float32), training=True) for _ in range(20)]) > 0
    agree = np.corrcoef(keep.reshape(20, 4000))
    assert np.abs(agree - np.eye(20)).max() < 0.08
    many = noisy_sum(layers.Dropout(0.5), 4000, 4)  # 800 numbers a step: a standard error of 0.035 if they recurred
    assert many["means"] == pytest.approx([1, 1], abs=0.005)


@keras_reads_variables
def test_dropout_layers_differ_and_are_given_back(digits):
    first, second = layers.Dropout(0.5), layers.Dropout(0.5)
    mt.fit(softmax_regression(before=[first, second]), *digits, epochs=1, seed=0)
    states = [np.array(layer.seed_generator.state) for layer in (first, second)]
    assert states[0][0] != states[1][0]
    assert states[0][1] == states[1][1] == 4  # a draw for each batch
    assert "call" not in vars(first)
    other = [layers.Dropout(0.5), layers.Dropout(0.5)]
    _engine.seed_layers(softmax_regression(before=other), 0)  # whatever seeds they were built with
    assert [int(layer.seed_generator.state[0]) for layer in other] == [start for start, _ in states]


def test_dropout_with_a_noise_shape_stays_keras_own():
    layer = layers.Dropout(0.5, noise_shape=(None, 1), seed=0)
    rows = np.array(_engine.dropout(layer, np.ones((1000, 5), np.float32), training=True))
    assert set(map(tuple, rows)) == {(0.0,) * 5, (2.0,) * 5}  # a whole row or nothing of it


# Augmentation


def test_augment_changes_training_only_with_a_new_seed_each_batch(digits):
    model = keras.Sequential([layers.Input((1,)), layers.Rescaling(1.0)])

    def mean(_, outputs):
        return keras.ops.mean(outputs)

    def noise(rows, seed):
        assert seed.shape == (2,)
        return rows + tf.random.stateless_uniform((1, 1), seed)  # one number for the whole batch

    model.compile("sgd", "mse", metrics=[mean])
    zeros = np.zeros((4000, 1), np.float32)
    with pytest.warns(UserWarning, match="trainable weights"):
        history = mt.fit(model, zeros, zeros, epochs=3, batch_size=5, seed=0, augment=noise).history
    assert history["mean"] == pytest.approx([0.5] * 3, abs=0.05)
    assert len(set(history["mean"])) == 3
    assert history["val_mean"] == [0, 0, 0]


def test_augment_must_keep_the_shape(digits):
    with pytest.raises(ValueError, match=r"augment: found rows of shape \(1, 784\); expected \(2, 784\)"):
        mt.fit(softmax_regression(), *digits, augment=lambda rows, seed: rows[1:])
    with pytest.raises(TypeError, match="augment: found rows of float64; expected float32"):
        mt.fit(softmax_regression(), *digits, augment=lambda rows, seed: tf.cast(rows, tf.float64))
    with pytest.raises(TypeError, match="augment: found str; expected a function"):
        mt.fit(softmax_regression(), *digits, augment="shift")


def test_shift_images_gives_each_of_nine_shifts():
    images = np.arange(1, 37, dtype=np.float32).reshape(6, 6)
    padded = np.pad(images, 1)
    expected = {padded[i : i + 6, j : j + 6].tobytes(): (i, j) for i in range(3) for j in range(3)}
    shifted = np.asarray(mt.shift_images(np.tile(images.reshape(1, 36), (9000, 1)), seed=(1, 2)))
    found = [expected[row.tobytes()] for row in shifted]  # a KeyError is a tenth shift
    counts = {move: found.count(move) for move in expected.values()}
    assert min(counts.values()) > 850  # 1000 expected, standard deviation 30
    assert shifted.dtype == np.float32
    assert np.array_equal(shifted, mt.shift_images(np.tile(images.reshape(1, 36), (9000, 1)), seed=(1, 2)))
    assert not np.array_equal(shifted, mt.shift_images(np.tile(images.reshape(1, 36), (9000, 1)), seed=(1, 3)))


def test_shift_images_is_the_same_when_compiled(digits):
    plain, compiled = mt.shift_images, tf.function(mt.shift_images, jit_compile=True)
    assert np.array_equal(plain(digits[0], (3, 4)), compiled(digits[0], tf.constant([3, 4])))


@pytest.mark.parametrize("shape", [(5, 784), (5, 28, 28), (5, 28, 28, 1)])
def test_shift_images_shifts_pictures_as_it_shifts_rows(digits, shape):
    rows = digits[0][:5]
    shifted = np.asarray(mt.shift_images(rows, (3, 4)))
    assert np.array_equal(mt.shift_images(rows.reshape(shape), (3, 4)), shifted.reshape(shape))


def test_shift_images_shifts_pictures_that_are_not_square():
    image = np.arange(1, 16, dtype=np.float32).reshape(1, 3, 5)
    padded = np.pad(image[0], 1)
    expected = {padded[i : i + 3, j : j + 5].tobytes() for i in range(3) for j in range(3)}
    assert {row.numpy().tobytes() for row in mt.shift_images(np.tile(image, (200, 1, 1)), (0, 0))} == expected


@pytest.mark.parametrize("shape", [(5, 783), (5, 28, 28, 3), (784,), (5, 0), (5, 0, 28), (5, 1, 28, 28, 1)])
def test_shift_images_refuses_other_shapes(shape):
    with pytest.raises(ValueError, match="images: found shape"):
        mt.shift_images(np.zeros(shape, np.float32), (0, 0))


@pytest.mark.parametrize(
    ("rows", "seed", "trouble", "message"),
    [
        (None, (0, 0), TypeError, "images: found None; expected an array or tensor"),
        (np.ones((1, 4), bool), (0, 0), TypeError, "images: found bool; expected numbers"),
        (np.ones(()), (0, 0), ValueError, r"images: found shape \(\)"),
        (np.ones((1, 4)), None, TypeError, "seed: found None; expected an array or tensor"),
        (np.ones((1, 4)), (0.0, 1.0), TypeError, "seed: found float32; expected int32 or int64"),
        (np.ones((1, 4)), 1, ValueError, r"seed: found shape \(\); expected two integers"),
        (np.ones((1, 4)), (1, 2, 3), ValueError, r"seed: found shape \(3,\); expected two integers"),
    ],
)
def test_shift_images_says_what_it_takes(rows, seed, trouble, message):
    with pytest.raises(trouble, match=message):
        mt.shift_images(rows, seed)


# Printing


LINE = r"epoch {}/2  loss \d\.\d{{4}} val \d\.\d{{4}}  accuracy 0\.\d{{4}} val 0\.\d{{4}}\n"


def test_verbose_prints_one_line_an_epoch(digits, capsys):
    mt.fit(softmax_regression(), *digits, epochs=2, verbose=1)
    printed = capsys.readouterr()
    assert re.fullmatch(LINE.format(1) + LINE.format(2), printed.out)
    assert printed.err == ""


def test_epoch_log_serves_plain_keras_too(digits, capsys):
    softmax_regression().fit(*digits, epochs=2, validation_split=0.2, verbose=0, callbacks=[mt.epoch_log()])
    assert re.fullmatch(LINE.format(1) + LINE.format(2), capsys.readouterr().out)
    log = mt.epoch_log()
    log.set_params({"epochs": 15})
    log.on_epoch_end(0, {"loss": 1})
    assert capsys.readouterr().out == "epoch  1/15  loss 1.0000\n"


# Many seeds


def build():
    """Build a network with dropout; its weights come from the seed that was set before."""
    parts = [layers.Input((784,)), layers.Dense(16, "relu"), layers.Dropout(0.2), layers.Dense(10, "softmax")]
    model = keras.Sequential(parts)
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model


@keras_reads_variables
@pytest.mark.parametrize("threads", [1, 2])
def test_repeat_equals_fit_seed_by_seed_to_the_last_bit(digits, monkeypatch, capsys, threads):
    monkeypatch.setenv("TF_NUM_INTRAOP_THREADS", str(threads))
    monkeypatch.setattr(_programs, "_shared", [])
    traces = []
    trace = _engine.Program._train
    monkeypatch.setattr(_engine.Program, "_train", lambda *inputs: traces.append(trace(*inputs)))
    settings = {"epochs": 2, "augment": mt.shift_images}
    runs = mt.repeat(build, *digits, seeds=(3, 4, 3), progress=False, **settings)
    assert 1 <= len(traces) <= threads  # compiled once a thread
    assert capsys.readouterr() == ("", "")
    assert runs.seeds == (3, 4, 3)
    assert runs.epochs.tolist() == [2, 2, 2]
    histories = [{name: values[i].tolist() for name, values in runs.history.items()} for i in range(3)]
    weights = [model.get_weights() for model in runs.models]
    assert histories[0] == histories[2]
    assert histories[0] != histories[1]
    assert all(np.array_equal(one, two) for one, two in zip(weights[0], weights[2], strict=True))

    keras.utils.set_random_seed(4)
    model = build()
    assert mt.fit(model, *digits, seed=4, **settings).history == histories[1]
    assert all(np.array_equal(one, two) for one, two in zip(weights[1], model.get_weights(), strict=True))
    assert int(runs.models[1].optimizer.iterations) == 8


@pytest.mark.parametrize("trouble", [KeyboardInterrupt, ValueError])
def test_repeat_that_is_interrupted_ends_every_run_soon(digits, monkeypatch, trouble):
    monkeypatch.setenv("TF_NUM_INTRAOP_THREADS", "2")
    seen = []

    class Watch(keras.callbacks.Callback):
        def __init__(self, first):
            super().__init__()
            self.first = first

        def on_epoch_end(self, epoch, logs=None):
            seen.append(epoch)
            if self.first and epoch == 1:
                raise trouble("enough")
            time.sleep(0.05)

    hooks = ([Watch(row == 0)] for row in range(4))
    with pytest.raises(trouble, match="enough"):
        mt.repeat(softmax_regression, *digits, seeds=range(4), epochs=500, callbacks=lambda: next(hooks))
    assert 0 < len(seen) < 250  # of the other thread's 1,000 epochs


def test_validation_data_of_their_own_are_used_as_keras_uses_them(digits):
    x, y = digits
    ours, theirs = softmax_regression(), softmax_regression()
    theirs.set_weights(ours.get_weights())
    data = x[:300], y[:300]
    other = x[350:], y[350:]
    history = mt.fit(ours, *data, epochs=2, validation_data=other, validation_split=0.5, seed=0).history
    assert history["val_loss"][-1] == pytest.approx(ours.evaluate(*other, verbose=0)[0], rel=1e-5)
    expected = mt.fit(theirs, x[:300], y[:300], epochs=2, validation_split=0, seed=0).history
    assert history["loss"] == expected["loss"]  # all 300 rows, in the same order
    runs = mt.repeat(softmax_regression, *data, seeds=[0], epochs=2, validation_data=other, progress=False)
    assert runs.final("val_loss")[0] == pytest.approx(runs.models[0].evaluate(*other, verbose=0)[0], rel=1e-5)


def test_repeat_with_early_stopping_fills_up_with_nan(digits, capsys):
    stops = iter([1, 3])

    def fresh():
        last = next(stops)

        class Stop(keras.callbacks.Callback):
            def on_epoch_end(self, epoch, logs=None):
                self.model.stop_training = epoch + 1 == last

        return [Stop()]

    runs = mt.repeat(softmax_regression, *digits, seeds=range(2), epochs=9, callbacks=fresh)
    assert "seeds: " in capsys.readouterr().err  # the progress bar
    loss = runs.history["loss"]
    assert loss.shape == (2, 3)
    assert loss.dtype == np.float64
    assert np.isnan(loss).tolist() == [[False, True, True], [False] * 3]
    assert runs.epochs.tolist() == [1, 3]
    assert runs.final("loss").tolist() == [loss[0, 0], loss[1, 2]]
    assert runs.best("loss").tolist() == [loss[0, 0], loss[1].min()]
    assert runs.best("accuracy").tolist() == np.nanmax(runs.history["accuracy"], axis=1).tolist()
    assert runs.mean("loss")[2] == loss[1, 2]
    assert runs.mean("loss")[0] == pytest.approx(loss[:, 0].mean())
    assert len(mt.plot_loss(runs).lines) == 2


# Refusals


def uncompiled():
    return keras.Sequential([layers.Input((784,)), layers.Dense(10)])


def eager():
    model = uncompiled()
    model.compile("sgd", "mse", run_eagerly=True)
    return model


def with_own_step():
    class Own(keras.Model):
        def train_step(self, data):
            return super().train_step(data)

    inputs = layers.Input((784,))
    model = Own(inputs, layers.Dense(10)(inputs))
    model.compile("sgd", "mse")
    return model


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (uncompiled, "model: found one that is not compiled"),
        (eager, "model: found run_eagerly=True"),
        (with_own_step, "model: found a train_step of its own"),
    ],
)
def test_models_it_cannot_train_are_refused(digits, make, message):
    with pytest.raises(ValueError, match=message):
        mt.fit(make(), *digits)
    with pytest.raises(ValueError, match=message):
        mt.repeat(make, *digits, seeds=[0], progress=False)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"epochs": 0}, "epochs: found 0"),
        ({"batch_size": 0}, "batch_size: found 0"),
        ({"batch_size": 2**31}, "batch_size: found 2147483648; expected an integer 1 to 2147483647"),
        ({"validation_split": 1.0}, r"validation_split: found 1\.0"),
        ({"validation_split": -0.1}, r"validation_split: found -0\.1"),
        ({"validation_split": 0.999}, "x: found 500 rows, too few"),
        ({"verbose": 2}, "verbose: found 2"),
        ({"verbose": np.array([1, 0])}, "verbose: found array"),
        ({"seed": -1}, "seed: found -1; expected an integer 0 to"),
    ],
)
def test_arguments_out_of_range_are_refused(digits, settings, message):
    with pytest.raises(ValueError, match=message):
        mt.fit(small_mlp(), *digits, **settings)


def test_data_it_cannot_take_is_refused(digits):
    x, y = digits
    with pytest.raises(TypeError, match="x: found list; expected a NumPy array"):
        mt.fit(small_mlp(), x.tolist(), y)
    with pytest.raises(TypeError, match="y: found <U1; expected a NumPy array of numbers"):
        mt.fit(small_mlp(), x, np.array(["a"] * 500))
    with pytest.raises(ValueError, match="y: found 499 rows for the 500 rows of x"):
        mt.fit(small_mlp(), x, y[1:])
    with pytest.raises(ValueError, match="x: found no rows"):
        mt.fit(small_mlp(), x[:0], y[:0])
    with pytest.raises(TypeError, match=r"validation_data\[1\]: found list"):
        mt.fit(small_mlp(), x, y, validation_data=(x, y.tolist()))
    with pytest.raises(ValueError, match=r"validation_data\[1\]: found 500 rows for the 9 rows of "):
        mt.fit(small_mlp(), x, y, validation_data=(x[:9], y))
    with pytest.raises(ValueError, match=r"validation_data\[0\]: found rows of shape \(9,\); expected \(784,\)"):
        mt.fit(small_mlp(), x, y, validation_data=(x[:, :9], y))


@pytest.mark.parametrize(
    ("callback", "message"),
    [
        (lambda: keras.callbacks.LambdaCallback(on_train_batch_end=print), "LambdaCallback.*on_train_batch_end"),
        (keras.callbacks.TerminateOnNaN, "TerminateOnNaN.*on_batch_end"),
        (keras.callbacks.ProgbarLogger, "ProgbarLogger.*on_train_batch_end"),
        (lambda: keras.callbacks.ModelCheckpoint("m.keras", save_freq=10), "ModelCheckpoint"),
    ],
)
def test_callbacks_that_act_on_batches_are_refused(digits, callback, message):
    with pytest.raises(ValueError, match=f"callbacks: found {message}"):
        mt.fit(small_mlp(), *digits, callbacks=[callback()])


def test_no_more_threads_than_four(monkeypatch):
    monkeypatch.setenv("TF_NUM_INTRAOP_THREADS", "8")
    assert training._threads() == 4


def test_repeat_refuses(digits):
    with pytest.raises(ValueError, match="seeds: found none"):
        mt.repeat(build, *digits, seeds=[])
    with pytest.raises(TypeError, match="callbacks: found list; expected a function"):
        mt.repeat(build, *digits, seeds=[0], callbacks=[keras.callbacks.EarlyStopping()])
    for changed in ({"optimizer": "sgd"}, {"dropout": 0.1}, {"regularizer": "l2"}):
        models = iter([small_mlp(), small_mlp(**changed)])
        with pytest.raises(ValueError, match="build: found a model that differs"):
            mt.repeat(lambda models=models: next(models), *digits, seeds=[0, 1], progress=False)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"epochs": 2.0}, "epochs: found 2.0; expected an integer"),
        ({"batch_size": 32.0}, "batch_size: found 32.0; expected an integer"),
        ({"seed": "1"}, "seed: found '1'; expected an integer"),
        ({"validation_split": "0.2"}, "validation_split: found '0.2'; expected a number"),
        ({"validation_data": (1, 2, 3)}, r"validation_data: found tuple of 3; expected a pair"),
        ({"validation_data": "xy"}, "validation_data: found str; expected a pair"),
        ({"callbacks": None}, "callbacks: found NoneType; expected Keras callbacks"),
        ({"callbacks": ["stop"]}, "callbacks: found str; expected Keras callbacks"),
        ({"class_weight": {0: 1.0}}, "class_weight: found an argument that is not taken here; .* use model.fit"),
    ],
)
def test_arguments_of_other_kinds_are_refused(digits, settings, message):
    with pytest.raises(TypeError, match=message):
        mt.fit(softmax_regression(), *digits, **settings)


@pytest.mark.parametrize("seeds", [5, None, "12", np.array(3), [1.0], [True]])
def test_seeds_are_several_integers(digits, seeds):
    with pytest.raises(TypeError, match=r"seeds: found .*; expected"):
        mt.repeat(softmax_regression, *digits, seeds=seeds)


def test_repeat_refuses_what_is_shared(digits):
    model, stop = softmax_regression(), keras.callbacks.EarlyStopping()
    with pytest.raises(ValueError, match="build: found the same weights"):
        mt.repeat(lambda: model, *digits, seeds=range(2))
    with pytest.raises(ValueError, match="callbacks: found the same callback twice"):
        mt.repeat(softmax_regression, *digits, seeds=range(2), callbacks=lambda: [stop])
    with pytest.raises(TypeError, match="build: found Sequential; expected a function"):
        mt.repeat(model, *digits, seeds=range(2))


def test_models_and_data_that_do_not_fit_are_told(digits, monkeypatch):
    x, y = digits
    with pytest.raises(TypeError, match=r"model: found str; expected a keras\.Model"):
        mt.fit("model", x, y)
    inputs = layers.Input((784,))
    heads = keras.Model(inputs, [layers.Dense(10)(inputs), layers.Dense(10)(inputs)])
    heads.compile("sgd", ["mse", "mse"])
    with pytest.raises(ValueError, match=r"model: found 2 outputs; expected one, or use model\.fit"):
        mt.fit(heads, x, y)
    with pytest.raises(ValueError, match=r"x, y: found rows of shape \(784,\) and \(3,\); expected .* Keras says: "):
        mt.fit(softmax_regression(), x, y[:, :3])
    with pytest.raises(ValueError, match=r"x: found rows of shape \(9,\); the model takes \(784,\)"):
        mt.fit(softmax_regression(), x[:, :9], y)
    with pytest.raises(ValueError, match="x: found a single number"):
        mt.fit(softmax_regression(), np.array(1.0), y)
    f1 = softmax_regression()
    f1.compile("sgd", "categorical_crossentropy", metrics=[keras.metrics.F1Score()])
    with pytest.raises(ValueError, match="model: found the metric f1_score of 10 numbers"):
        mt.repeat(lambda: f1, x, y, seeds=[0])
    monkeypatch.setattr(keras.backend, "backend", lambda: "jax")
    with pytest.raises(RuntimeError, match="keras: found the backend jax; expected tensorflow"):
        mt.fit(softmax_regression(), x, y)


@pytest.mark.parametrize("hook", ["on_train_begin", "on_epoch_begin"])
def test_a_stop_before_the_first_batch_trains_one_as_keras_does(digits, hook):
    def train(fit, **settings):
        model = softmax_regression()

        class Stop(keras.callbacks.Callback):
            pass

        setattr(Stop, hook, lambda self, *_: setattr(self.model, "stop_training", True))
        fit(model, *digits, epochs=3, batch_size=50, callbacks=[Stop()], **settings)
        return int(model.optimizer.iterations)

    assert train(mt.fit) == train(keras.Model.fit, validation_split=0.2, verbose=0) == 1
