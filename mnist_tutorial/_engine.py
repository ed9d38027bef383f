"""An epoch as one TensorFlow program, a loop over its batches: what `fit` and `repeat` run.

A program is compiled for one network. The next one like it lends the program its state (weights, optimizer, metrics)
for an epoch and takes it back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ._interrupts import uninterrupted

if TYPE_CHECKING:
    import keras

Augment = Callable[[Any, Any], Any]

LONG = 1200  # steps of training that repay XLA's compiling: it costs a second more and saves a millisecond each
# What XLA makes fast on a CPU: matrix products and what works element by element. Its convolutions, recurrences, and
# random numbers are slow there, and some other layers it cannot compile at all.
FAST_LAYERS = {
    "Activation", "Add", "BatchNormalization", "Concatenate", "Dense", "Dropout", "ELU", "Flatten", "Functional",
    "Identity", "InputLayer", "LayerNormalization", "LeakyReLU", "Multiply", "PReLU", "ReLU", "Rescaling", "Reshape",
    "Sequential", "Softmax", "Subtract",
}  # fmt: skip


class Data(NamedTuple):
    """The tensors of one training: rows and targets to learn from, then those to validate on (perhaps none)."""

    x: Any
    y: Any
    x_val: Any
    y_val: Any


class Program:
    """An epoch of training and one of validation for ``model`` and every model like it."""

    def __init__(self, model: keras.Model, data: Data, batch_size: int, augment: Augment | None, xla: bool) -> None:
        import tensorflow as tf

        self.model, self.batch_size, self.augment = model, batch_size, augment
        self.signature = [tf.TensorSpec([None, *part.shape[1:]], part.dtype) for part in data[:2]]
        self._compile(xla)

    def _compile(self, xla: bool) -> None:
        import tensorflow as tf

        self.xla = xla
        order, seed = tf.TensorSpec([None], tf.int32), tf.TensorSpec([], tf.int32)
        settings = {"autograph": False, "jit_compile": xla}
        # XLA compiles for fixed sizes. Otherwise one program serves data of any length. The partials make TensorFlow
        # count each program for itself: of one method that is traced for many networks it warns.
        self.train = tf.function(partial(self._train), None if xla else [*self.signature, order, seed], **settings)
        self.validate = tf.function(partial(self._validate), None if xla else self.signature, **settings)

    def epoch(self, model: keras.Model, name: Literal["train", "validate"], *inputs: Any) -> dict[str, Any]:
        """Train or validate on the state of ``model``; return the metrics as Keras logs them."""
        import tensorflow as tf

        with uninterrupted():
            model.reset_metrics()
            copy_state(model, self.model)
            try:
                getattr(self, name)(*inputs)
            except tf.errors.InvalidArgumentError:
                if not self.xla:
                    raise
                self._compile(xla=False)  # an augmentation or a metric that XLA cannot compile: nothing has run
                getattr(self, name)(*inputs)
            finally:
                copy_state(self.model, model)
            return {metric: logged(value) for metric, value in model.get_metrics_result().items()}

    def _train(self, x: Any, y: Any, order: Any, seed: Any) -> None:
        import tensorflow as tf

        def step(i: Any, size: Any) -> None:
            batch = tf.slice(order, [i * self.batch_size], [size])
            rows = tf.gather(x, batch)
            if self.augment:
                rows = tf.ensure_shape(self.augment(rows, tf.stack([seed, i])), rows.shape)
            self.model.train_step((rows, tf.gather(y, batch)))

        with fast_dropout(self.model if self.xla else None):
            self._each_batch(step, order)

    def _validate(self, x: Any, y: Any) -> None:
        import tensorflow as tf

        def step(i: Any, size: Any) -> None:
            batch = i * self.batch_size + tf.range(size)  # for XLA, slices would be a hundred times slower
            self.model.test_step((tf.gather(x, batch), tf.gather(y, batch)))

        self._each_batch(step, x)

    def _each_batch(self, step: Callable[[Any, Any], None], rows: Any) -> None:
        """Call ``step(i, size)`` for batch ``i`` of ``size`` rows, the last one perhaps smaller."""
        import tensorflow as tf

        def loop(steps: Any, size: Callable[[Any], Any]) -> None:
            def body(i: Any) -> list[Any]:
                step(i, size(i))
                return [i + 1]

            tf.while_loop(lambda i: i < steps, body, [tf.constant(0)])

        if not self.xla:
            count = tf.shape(rows)[0]
            steps = -(-count // self.batch_size)
            loop(steps, lambda i: tf.minimum(self.batch_size, count - i * self.batch_size))
            return
        full, rest = divmod(rows.shape[0], self.batch_size)  # XLA asks for batches of a fixed size
        if full:
            loop(full, lambda i: self.batch_size)
        if rest:
            step(tf.constant(full), rest)


def use_xla(model: keras.Model, steps: int) -> bool:
    """Say whether XLA will train ``model`` sooner: the training is long, and all its layers are fast there.

    What ``compile(jit_compile=...)`` says goes before, as far as Keras keeps it: on a CPU, "auto" and False are one.
    """
    import tensorflow as tf

    if model.jit_compile or tf.config.list_physical_devices("GPU"):
        return bool(model.jit_compile)
    layers = model._flatten_layers()
    return steps >= LONG and all(type(layer).__name__ in FAST_LAYERS and is_keras_own(layer) for layer in layers)


def is_keras_own(thing: Any) -> bool:
    """Say whether an object's class, or a function, comes with Keras."""
    origin = thing if hasattr(thing, "__qualname__") else type(thing)
    return str(origin.__module__).split(".")[0] == "keras"


@uninterrupted()  # half of an optimizer's variables could never be completed
def prepare(model: keras.Model, data: Data) -> None:
    """Create the variables that a compiled program cannot create: a first row goes through model, loss, and metrics."""
    if model.optimizer.built and all(getattr(metric, "built", True) for metric in model.metrics):
        return
    x, y = data.x[:1], data.y[:1]
    try:
        prediction = model(x, training=False)
        model.compute_loss(x, y, prediction)
        model.compute_metrics(x, y, prediction)
    except ValueError as error:
        found = f"found rows of shape {tuple(x.shape[1:])} and {tuple(y.shape[1:])}"
        raise ValueError(f"x, y: {found}; expected what the model and its loss take. Keras says: {error}") from error
    if not model.optimizer.built:
        model.optimizer.build(model.trainable_variables)


def copy_state(source: keras.Model, target: keras.Model) -> None:
    """Give ``target`` the weights, the optimizer's variables, and the metrics of ``source``."""
    if source is not target:
        for variable, value in zip(state(target), state(source), strict=True):
            variable.assign(value)


def state(model: keras.Model) -> list[Any]:
    """Return all variables that training changes."""
    return [*model.variables, *model.optimizer.variables, *model.metrics_variables]


def logged(value: Any) -> Any:
    """Return a metric as Keras logs it: a number, or an array of several."""
    value = np.asarray(value)
    return value if value.size > 1 else float(value.reshape(()))


def shuffle(seed: int, epoch: int, count: int) -> tuple[NDArray[np.int32], np.int32]:
    """Return the order in which an epoch goes through its rows, and a number for the seeds of ``augment``."""
    rng = np.random.default_rng((seed, epoch))
    return rng.permutation(count).astype(np.int32), rng.integers(2**31, dtype=np.int32)


def seed_layers(model: keras.Model, seed: int | None) -> int:
    """Seed dropout and its like; without a seed leave them as they are and draw one for the rest."""
    import keras

    if seed is None:
        return int(keras.random.randint((), 0, 2**31 - 1))
    states = [variable for variable in model.variables if variable.name == "seed_generator_state"]
    for variable, start in zip(states, np.random.default_rng(seed).integers(2**31, size=len(states)), strict=True):
        variable.assign([start, 0])
    return seed


@contextmanager
def fast_dropout(model: keras.Model | None) -> Iterator[None]:
    """Let Keras' Dropout layers take their random numbers from a hash: XLA's own are slow on a CPU."""
    import keras

    layers = [layer for layer in model._flatten_layers() if type(layer) is keras.layers.Dropout] if model else []
    for layer in layers:
        layer.call = partial(dropout, layer)
    try:
        yield
    finally:
        for layer in layers:
            del layer.call


def dropout(layer: keras.layers.Dropout, inputs: Any, training: bool = False) -> Any:
    """Drop as ``layer.call`` does, where a hash of its place, the layer's seed, and the step says so."""
    import tensorflow as tf

    if not training or layer.noise_shape or not 0 < layer.rate < 1:
        return type(layer).call(layer, inputs, training)
    bits = tf.reshape(tf.cast(tf.range(tf.size(inputs)), tf.uint32), tf.shape(inputs))
    for word in tf.unstack(tf.cast(layer.seed_generator.next(), tf.uint32)):
        bits = bits ^ word
        for shift, factor in (16, 0x7FEB352D), (15, 0x846CA68B), (16, 1):  # the hash "lowbias32" by C. Wellons
            bits = (bits ^ tf.bitwise.right_shift(bits, np.uint32(shift))) * np.uint32(factor)
    return tf.where(bits >= np.uint32(layer.rate * 2**32), inputs / (1 - layer.rate), tf.zeros_like(inputs))
