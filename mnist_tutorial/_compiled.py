"""One epoch as one compiled program: what `fit` and `repeat` run.

A program is compiled for one model. For the next model like it, as `repeat` builds one for each seed, the state
(weights, optimizer, metrics) is copied into the compiled model before every epoch and back after it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import keras

Augment = Callable[[Any, Any], Any]


class Program:
    """An epoch of training and one of validation, compiled for ``model`` and usable for every model like it."""

    def __init__(self, model: keras.Model, batch_size: int, augment: Augment | None) -> None:
        import tensorflow as tf

        _check_model(model)
        self.model, self.batch_size, self.augment = model, batch_size, augment
        self.train = tf.function(self._train, jit_compile=True, autograph=False)
        self.validate = tf.function(self._validate, jit_compile=True, autograph=False)

    def run(
        self,
        model: keras.Model,
        x: Any,
        y: Any,
        training: int,
        epochs: int,
        seed: int | None,
        callbacks: Sequence[keras.callbacks.Callback],
    ) -> keras.callbacks.History:
        """Train ``model`` on the first ``training`` rows and validate it on the others, as ``Model.fit`` does."""
        import keras

        self._adopt(model, x[:1], y[:1])
        _check_callbacks(callbacks)
        seed = _seed_layers(model, seed)
        steps = -(-training // self.batch_size)
        hooks = keras.callbacks.CallbackList(list(callbacks), True, model=model, epochs=epochs, steps=steps, verbose=0)
        model.stop_training = False
        hooks.on_train_begin()
        for epoch in range(epochs):
            hooks.on_epoch_begin(epoch)
            logs = self._epoch(model, self.train, x, y, *_shuffle(seed, epoch, training))
            if training < len(x):
                hooks.on_test_begin()
                found = self._epoch(model, self.validate, x, y, training)
                hooks.on_test_end(found)
                logs |= {f"val_{name}": value for name, value in found.items()}
            hooks.on_epoch_end(epoch, logs)
            if model.stop_training:
                break
        model.optimizer.finalize_variable_values(model.trainable_weights)
        hooks.on_train_end(logs)
        return model.history

    def _adopt(self, model: keras.Model, x: Any, y: Any) -> None:
        """Check a model, and create the variables that a compiled program cannot create."""
        _check_model(model)
        for new in (model, self.model):
            answer = new(x, training=False)
            new.compute_loss(x, y, answer)
            new.compute_metrics(x, y, answer)
            new.optimizer.build(new.trainable_variables)
        if model is not self.model and _blueprint(model) != _blueprint(self.model):
            raise ValueError("build: found a model that differs from the first; expected the same, new weights apart")

    def _epoch(self, model: keras.Model, compiled: Callable[..., None], *inputs: Any) -> dict[str, float]:
        """Lend the state of ``model`` to the compiled model, run an epoch, and return the metrics."""
        model.reset_metrics()
        _copy_state(model, self.model)
        compiled(*inputs)
        _copy_state(self.model, model)
        return {name: float(value) for name, value in model.get_metrics_result().items()}

    def _train(self, x: Any, y: Any, order: Any, seed: Any) -> None:
        import tensorflow as tf

        def step(i: Any, size: int) -> None:
            batch = tf.slice(order, [i * self.batch_size], [size])
            rows = tf.gather(x, batch)
            if self.augment:
                rows = tf.ensure_shape(self.augment(rows, tf.stack([seed, i])), rows.shape)
            self.model.train_step((rows, tf.gather(y, batch)))

        with _fast_dropout(self.model):
            self._each_batch(step, order.shape[0])

    def _validate(self, x: Any, y: Any, start: int) -> None:
        import tensorflow as tf

        def step(i: Any, size: int) -> None:
            batch = start + i * self.batch_size + tf.range(size)
            self.model.test_step((tf.gather(x, batch), tf.gather(y, batch)))

        self._each_batch(step, x.shape[0] - start)

    def _each_batch(self, step: Callable[[Any, int], None], count: int) -> None:
        import tensorflow as tf

        def body(i: Any) -> list[Any]:
            step(i, self.batch_size)
            return [i + 1]

        full, rest = divmod(count, self.batch_size)
        if full:
            tf.while_loop(lambda i: i < full, body, [tf.constant(0)])
        if rest:
            step(tf.constant(full), rest)


def _shuffle(seed: int, epoch: int, count: int) -> tuple[NDArray[np.int32], np.int32]:
    """Return the order in which an epoch goes through its rows, and a number for the seeds of ``augment``."""
    rng = np.random.default_rng((seed, epoch))
    return rng.permutation(count).astype(np.int32), rng.integers(2**31, dtype=np.int32)


def _seed_layers(model: keras.Model, seed: int | None) -> int:
    """Seed dropout and its like; without a seed leave them as they are and draw one for the rest."""
    import keras

    if seed is None:
        return int(keras.random.randint((), 0, 2**31 - 1))
    states = [variable for variable in model.variables if variable.name == "seed_generator_state"]
    for state, start in zip(states, np.random.default_rng(seed).integers(2**31, size=len(states)), strict=True):
        state.assign([start, 0])
    return seed


def _copy_state(source: keras.Model, target: keras.Model) -> None:
    if source is not target:
        for variable, value in zip(_state(target), _state(source), strict=True):
            variable.assign(value)


def _state(model: keras.Model) -> list[Any]:
    return [*model.variables, *model.optimizer.variables, *model.metrics_variables]


def _blueprint(model: keras.Model) -> str:
    """Describe network, optimizer, loss, and metrics, with a number in place of each automatic name."""
    text = json.dumps([model.get_config(), model.get_compile_config()], default=repr)
    names = dict.fromkeys(re.findall(r'"name": "(\w+)"', text))
    numbers = {name: str(number) for number, name in enumerate(names)}
    return re.sub(r'"(\w+)"', lambda word: numbers.get(word[1], word[0]), text)


@contextmanager
def _fast_dropout(model: keras.Model) -> Iterator[None]:
    """Let Keras' Dropout layers take their random numbers from a hash: XLA's own are slow on a CPU."""
    import keras

    layers = [layer for layer in model._flatten_layers() if type(layer) is keras.layers.Dropout]
    for layer in layers:
        layer.call = partial(_dropout, layer)
    try:
        yield
    finally:
        for layer in layers:
            del layer.call


def _dropout(layer: keras.layers.Dropout, inputs: Any, training: bool = False) -> Any:
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


def _check_model(model: keras.Model) -> None:
    import keras

    if not getattr(model, "compiled", False):
        raise ValueError("model: found one that is not compiled; expected model.compile(...) before")
    if model.run_eagerly:
        raise ValueError("model: found run_eagerly=True; expected a model that may be compiled")
    for name in "train_step", "test_step":
        if getattr(type(model), name) is not getattr(keras.Model, name):
            raise ValueError(f"model: found a {name} of its own; expected the one of keras.Model, or use model.fit")


def _check_callbacks(callbacks: Sequence[keras.callbacks.Callback]) -> None:
    import keras

    for callback in callbacks:
        if isinstance(callback, keras.callbacks.ModelCheckpoint) and callback.save_freq == "epoch":
            continue  # its batch hook then does nothing
        for hook in (f"on_{kind}batch_{when}" for kind in ("", "train_", "test_") for when in ("begin", "end")):
            if getattr(getattr(callback, hook), "__func__", None) is not getattr(keras.callbacks.Callback, hook):
                raise ValueError(
                    f"callbacks: found {type(callback).__name__}, which acts on each batch ({hook}); "
                    "expected callbacks that act between epochs, or use model.fit"
                )
