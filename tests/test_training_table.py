"""Feature by feature: `mt.fit` gives what ``model.fit`` gives when it is fed the same batches."""

import keras
import numpy as np
import pytest
from keras import layers, losses, metrics, optimizers
from keras.optimizers import schedules

import mnist_tutorial as mt
from mnist_tutorial import _engine

pytestmark = pytest.mark.filterwarnings(
    "ignore:__array__ implementation:DeprecationWarning"
)  # Keras reads variables so
ROWS, TRAINING, BATCH, EPOCHS = 230, 184, 50, 2  # the last batch of an epoch is smaller


@pytest.fixture(scope="module")
def digits():
    (images, labels), _ = mt.load_mnist()
    return mt.normalize(mt.flatten(images[:ROWS])), mt.one_hot(labels[:ROWS])


def network(*middle, optimizer="adam", loss="categorical_crossentropy", end=None, measured=("accuracy",), **settings):
    """Build a small network; with the same initial weights every time."""
    keras.utils.set_random_seed(1)
    middle = [part() for part in middle] or [layers.Dense(8, activation="relu")]
    model = keras.Sequential([layers.Input((784,)), *middle, end() if end else layers.Dense(10, activation="softmax")])
    optimizer = optimizer() if callable(optimizer) else optimizer
    measured = [measure() if callable(measure) else measure for measure in measured]
    model.compile(optimizer, loss, metrics=measured, **settings)
    return model


def dense(**settings):
    return lambda: layers.Dense(8, activation="relu", **settings)


def picture(*rest):
    return lambda: layers.Reshape((28, 28, 1)), *rest, layers.Flatten


def functional():
    """Build a network with a branch."""
    keras.utils.set_random_seed(1)
    inputs = layers.Input((784,))
    left, right = (layers.Dense(6, activation=kind)(inputs) for kind in ("relu", "tanh"))
    outputs = layers.Dense(10, activation="softmax")(layers.Concatenate()([left, right]))
    model = keras.Model(inputs, outputs)
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model


class Subclassed(keras.Model):
    """A model with a method of its own."""

    def __init__(self):
        super().__init__()
        self.hidden, self.end = layers.Dense(8, activation="relu"), layers.Dense(10, activation="softmax")

    def call(self, inputs):
        return self.end(self.hidden(inputs))


def subclassed():
    keras.utils.set_random_seed(1)
    model = Subclassed()
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model


def own_loss(y, answer):
    return keras.ops.mean(keras.ops.square(y - answer), axis=-1)


def adam(**settings):
    return lambda: optimizers.Adam(**settings)


def decaying():
    return optimizers.SGD(schedules.CosineDecay(0.5, 6))


def stepwise():
    return optimizers.SGD(schedules.PiecewiseConstantDecay([2, 5], [0.5, 0.1, 0.01]), momentum=0.9, nesterov=True)


def scaled():
    return optimizers.LossScaleOptimizer(optimizers.Adam(), initial_scale=2.0**10, dynamic_growth_steps=3)


def rotation():
    return layers.RandomRotation(0.0)


FEATURES = {
    "sgd": {"optimizer": "sgd"},
    "rmsprop": {"optimizer": "rmsprop"},
    "nadam": {"optimizer": "nadam"},
    "ftrl": {"optimizer": "ftrl"},
    "lion": {"optimizer": "lion"},
    "adafactor": {"optimizer": "adafactor"},
    "adamw": {"optimizer": lambda: optimizers.AdamW(0.003, weight_decay=0.5)},
    "amsgrad": {"optimizer": adam(amsgrad=True)},
    "schedule": {"optimizer": decaying},
    "schedule by steps, momentum": {"optimizer": stepwise},
    "average of weights": {"optimizer": adam(use_ema=True, ema_momentum=0.5)},
    "average written back": {"optimizer": adam(use_ema=True, ema_momentum=0.5, ema_overwrite_frequency=3)},
    "clipped norm": {"optimizer": adam(clipnorm=0.01)},
    "clipped values": {"optimizer": adam(clipvalue=0.001)},
    "clipped together": {"optimizer": adam(global_clipnorm=0.01)},
    "accumulated gradients": {"optimizer": adam(gradient_accumulation_steps=2)},
    "scaled loss": {"optimizer": scaled},
    "mixed_float16": {"middle": [dense(dtype="mixed_float16")]},
    "mixed_bfloat16": {"middle": [dense(dtype="mixed_bfloat16")]},
    "squared error": {"loss": "mse", "measured": ["mae"]},
    "smoothed labels": {"loss": lambda *data: losses.CategoricalCrossentropy(label_smoothing=0.1)(*data)},
    "divergence": {"loss": "kl_divergence"},
    "a loss of one's own": {"loss": own_loss, "measured": [lambda: own_loss]},
    "weighted loss": {"loss_weights": 0.5},
    "numbered metrics": {"measured": [metrics.AUC, metrics.Precision, metrics.Recall]},
    "metric of many numbers": {"measured": [metrics.F1Score]},
    "no metric": {"measured": []},
    "batch normalization": {"middle": [dense(), layers.BatchNormalization]},
    "other normalizations": {"middle": [dense(), layers.LayerNormalization, lambda: layers.GroupNormalization(2)]},
    "spectral normalization": {"middle": [lambda: layers.SpectralNormalization(layers.Dense(8))]},
    "l1 and l2": {"middle": [dense(kernel_regularizer="l1", bias_regularizer="l2")]},
    "regularized activity, constraint": {"middle": [dense(activity_regularizer="l2", kernel_constraint="max_norm")]},
    "frozen": {"middle": [dense(trainable=False)]},
    "convolution": {"middle": picture(lambda: layers.Conv2D(2, 3, 2), layers.MaxPooling2D)},
    "recurrence": {"middle": [lambda: layers.Reshape((28, 28)), lambda: layers.GRU(4)]},
    "random rotation by nothing": {"middle": picture(rotation)},
    "lambda": {"middle": [lambda: layers.Lambda(lambda rows: 2 * rows), dense()]},
}
XLA_TOO = ["sgd", "average of weights", "accumulated gradients", "mixed_float16", "numbered metrics", "l1 and l2"]
XLA_TOO += ["batch normalization", "metric of many numbers", "scaled loss"]


def batches(x, y, seed):
    """Return, batch by batch and epoch by epoch, what `mt.fit` feeds."""
    for epoch in range(EPOCHS):
        order, _ = _engine.shuffle(seed, epoch, TRAINING)
        for start in range(0, TRAINING, BATCH):
            batch = order[start : start + BATCH]
            yield x[batch], y[batch]


def assert_equal_to_keras(build, x, y, hooks=list, rtol=2e-4):
    """Train one model here and one there; compare history, weights, and the optimizer's state."""
    ours, theirs = build(), build()
    settings = {"epochs": EPOCHS, "verbose": 0}
    validation = {"validation_data": (x[TRAINING:], y[TRAINING:]), "validation_batch_size": BATCH}
    expected = theirs.fit(
        batches(x, y, 3),
        steps_per_epoch=-(-TRAINING // BATCH),
        shuffle=False,
        callbacks=hooks(),
        **settings,
        **validation,
    )
    found = mt.fit(ours, x, y, batch_size=BATCH, seed=3, callbacks=hooks(), **settings)
    assert len(found.history) == len(expected.history)
    for ours_, theirs_ in zip(found.history.values(), expected.history.values(), strict=True):
        np.testing.assert_allclose(np.array(ours_), np.array(theirs_), rtol, atol=1e-6)
    states = (_engine.state(model) for model in (ours, theirs))
    for ours_, theirs_ in zip(*states, strict=True):
        if theirs_.name == "seed_generator_state":  # which mt.fit's seed decides
            continue
        np.testing.assert_allclose(np.array(ours_), np.array(theirs_), 1e-3, 1e-4, err_msg=theirs_.path)
    return ours


@pytest.mark.parametrize(
    ("feature", "xla"), [*((name, False) for name in FEATURES), *((name, True) for name in XLA_TOO)]
)
@pytest.mark.slow
def test_feature(digits, monkeypatch, feature, xla):
    monkeypatch.setattr(_engine, "LONG", 0 if xla else 10**9)
    settings = dict(FEATURES[feature])
    middle = settings.pop("middle", [])
    rough = "float16" in feature
    assert_equal_to_keras(lambda: network(*middle, **settings), *digits, rtol=0.02 if rough else 2e-4)


@pytest.mark.parametrize("build", [functional, subclassed])
def test_kinds_of_models(digits, build):
    assert_equal_to_keras(build, *digits)
