"""What `fit` and `repeat` take, and how they say what they do not."""

from __future__ import annotations

import reprlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ._checks import check_integer
from ._engine import Data, prepare, state
from ._programs import describe

if TYPE_CHECKING:
    import keras

Array = NDArray[Any]

OF_KERAS = ("train_step", "test_step", "compute_metrics", "get_metrics_result", "make_train_function")
BATCH_HOOKS = [f"on_{kind}batch_{when}" for kind in ("", "train_", "test_") for when in ("begin", "end")]


def check_model(model: Any) -> None:
    """Refuse what one loop over batches cannot train as ``model.fit`` would."""
    import keras

    if keras.backend.backend() != "tensorflow":
        raise RuntimeError(
            f"keras: found the backend {keras.backend.backend()}; expected tensorflow. "
            "Set KERAS_BACKEND=tensorflow before Keras is imported, or use model.fit"
        )
    if not isinstance(model, keras.Model):
        raise TypeError(f"model: found {type(model).__name__}; expected a keras.Model")
    if not model.compiled or model.optimizer is None:
        raise ValueError("model: found one that is not compiled; expected model.compile(...) before")
    if model.run_eagerly:
        raise ValueError("model: found run_eagerly=True; expected a model that may be compiled, or use model.fit")
    for name in OF_KERAS:
        if getattr(getattr(model, name), "__func__", None) is not getattr(keras.Model, name):
            raise ValueError(f"model: found a {name} of its own; expected the one of keras.Model, or use model.fit")
    for what in "inputs", "outputs":
        if len(getattr(model, what, None) or [0]) > 1:
            raise ValueError(f"model: found {len(getattr(model, what))} {what}; expected one, or use model.fit")
    if model.distribute_strategy.num_replicas_in_sync > 1:
        raise ValueError("model: found one spread over several devices; expected one device, or use model.fit")


def check_augment(augment: Any, x: Any) -> None:
    """Refuse what is no function of rows and seed that keeps shape and dtype."""
    if augment is None:
        return
    if not callable(augment):
        raise TypeError(f"augment: found {type(augment).__name__}; expected a function of rows and seed")
    rows = x[:2]
    changed = augment(rows, np.zeros(2, np.int32))
    if tuple(changed.shape) != tuple(rows.shape):
        raise ValueError(f"augment: found rows of shape {tuple(changed.shape)}; expected {tuple(rows.shape)}")
    if changed.dtype != rows.dtype:
        raise TypeError(f"augment: found rows of {changed.dtype.name}; expected {rows.dtype.name}")


def check_callbacks(callbacks: Any) -> list[keras.callbacks.Callback]:
    """Return callbacks as a list; refuse those that act on each batch, for none of them would be called."""
    import keras

    single = isinstance(callbacks, keras.callbacks.Callback)
    if not single and not isinstance(callbacks, Iterable):
        raise TypeError(f"callbacks: found {type(callbacks).__name__}; expected Keras callbacks")
    found = [callbacks] if single else list(callbacks)
    for callback in found:
        if not isinstance(callback, keras.callbacks.Callback) or isinstance(callback, keras.callbacks.CallbackList):
            raise TypeError(f"callbacks: found {type(callback).__name__}; expected Keras callbacks, one or a list")
        if isinstance(callback, keras.callbacks.ModelCheckpoint) and callback.save_freq == "epoch":
            continue  # its batch hook then does nothing
        for hook in BATCH_HOOKS:
            if getattr(getattr(callback, hook), "__func__", None) is not getattr(keras.callbacks.Callback, hook):
                raise ValueError(
                    f"callbacks: found {type(callback).__name__}, which acts on each batch ({hook}); "
                    "expected callbacks that act between epochs, or use model.fit"
                )
    return found


def check_all_new(models: list[keras.Model], callbacks: list[list[keras.callbacks.Callback]], data: Data) -> None:
    """Refuse models that are not alike, models or callbacks that share state, and metrics that are not one number."""
    for model in models:
        prepare(model, data)
    for model in models[1:]:
        if describe(model) != describe(models[0]) or shapes(model) != shapes(models[0]):
            raise ValueError("build: found a model that differs from the first; expected the same, new weights apart")
    parts = [id(part) for model in models for part in state(model)]
    if len(set(parts)) < len(parts):
        raise ValueError("build: found the same weights, optimizer, or metrics twice; expected a new model each time")
    hooks = [id(callback) for some in callbacks for callback in some]
    if len(set(hooks)) < len(hooks):
        raise ValueError("callbacks: found the same callback twice; expected a function that returns new ones")
    for name, value in models[0].get_metrics_result().items():
        if np.size(value) != 1:
            raise ValueError(f"model: found the metric {name} of {np.size(value)} numbers; expected one an epoch")


def shapes(model: keras.Model) -> list[tuple[int, ...]]:
    """Return the shapes of all variables that training changes."""
    return [tuple(variable.shape) for variable in state(model)]


def load(model: keras.Model, x: Array, y: Array, split: float, validation_data: Any) -> Data:
    """Check the data, and return them as tensors."""
    import keras
    import tensorflow as tf

    check_rows(x, y, "x", "y")
    expected = getattr(model, "input_shape", None) or (None, *x.shape[1:])
    if len(expected) != x.ndim or any(size not in (None, n) for size, n in zip(expected[1:], x.shape[1:], strict=True)):
        raise ValueError(f"x: found rows of shape {x.shape[1:]}; the model takes {tuple(expected[1:])}")
    if validation_data is None:
        training = check_split(len(x), split)
        parts = x[:training], y[:training], x[training:], y[training:]
    else:
        if not isinstance(validation_data, tuple | list) or len(validation_data) != 2:
            many = f" of {len(validation_data)}" if isinstance(validation_data, tuple | list) else ""
            raise TypeError(f"validation_data: found {type(validation_data).__name__}{many}; expected a pair (x, y)")
        check_rows(validation_data[0], validation_data[1], "validation_data[0]", "validation_data[1]")
        for i, array in enumerate((x, y)):
            found = validation_data[i].shape[1:]
            if found != array.shape[1:]:
                raise ValueError(f"validation_data[{i}]: found rows of shape {found}; expected {array.shape[1:]}")
        parts = x, y, *validation_data

    def common_dtype(i: int) -> np.dtype[Any]:
        dtype = np.result_type(parts[i], parts[i + 2])
        return np.dtype(keras.config.floatx()) if dtype.kind == "f" else dtype.newbyteorder("=")

    dtypes = [common_dtype(0), common_dtype(1)] * 2
    return Data(*(tf.constant(part.astype(dtype, copy=False)) for part, dtype in zip(parts, dtypes, strict=True)))


def check_split(count: int, split: Any) -> int:
    """Return how many rows are for training, rounded as in Keras."""
    if isinstance(split, bool) or not isinstance(split, int | float | np.integer | np.floating):
        raise TypeError(f"validation_split: found {reprlib.repr(split)}; expected a number")
    if not 0 <= split < 1:
        raise ValueError(f"validation_split: found {split}; expected 0 or more, less than 1")
    training = int(count * (1 - split))
    if training == 0 or (split and training == count):
        raise ValueError(f"x: found {count} rows, too few for validation_split={split}; expected more")
    return training


def check_rows(x: Any, y: Any, x_name: str, y_name: str) -> None:
    """Refuse what are not two arrays of numbers with as many rows."""
    for name, array in (x_name, x), (y_name, y):
        if not isinstance(array, np.ndarray) or array.dtype.kind not in "iuf":
            found = array.dtype if isinstance(array, np.ndarray) else type(array).__name__
            raise TypeError(f"{name}: found {found}; expected a NumPy array of numbers")
        if array.ndim == 0:
            raise ValueError(f"{name}: found a single number; expected one row an image")
    if len(x) != len(y):
        raise ValueError(f"{y_name}: found {len(y)} rows for the {len(x)} rows of {x_name}; expected as many")
    if len(x) == 0:
        raise ValueError(f"{x_name}: found no rows; expected at least one")


def check_seeds(seeds: Any) -> tuple[int, ...]:
    """Return the seeds as plain integers."""
    if isinstance(seeds, str | bytes) or not isinstance(seeds, Iterable) or getattr(seeds, "ndim", 1) == 0:
        raise TypeError(f"seeds: found {reprlib.repr(seeds)}; expected several integers, such as range(10)")
    found = tuple(check_seed(seed, "seeds") for seed in seeds)
    if not found:
        raise ValueError("seeds: found none; expected at least one")
    return found


def check_seed(seed: Any, name: str) -> int:
    """Return a seed that Keras takes as a plain integer."""
    return check_integer(seed, name, least=0, most=2**32 - 1)
