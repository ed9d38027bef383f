"""Train a compiled Keras model several times faster than ``model.fit``: once, or once for each of many seeds.

``model.fit`` returns to Python after every batch. Here a whole epoch is one compiled program: a loop that gathers one
batch after the other and hands it to the model's own ``train_step`` (``_engine.py``). Programs are kept for the next
training of such a model (``_programs.py``).
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from threading import Event
from typing import TYPE_CHECKING, Any, Never, SupportsIndex

import numpy as np
from numpy.typing import NDArray

from ._checks import check_integer
from ._engine import Augment, Data, Program, seed_layers, shuffle
from ._interrupts import uninterrupted
from ._programs import lease
from ._training_checks import check_all_new, check_augment, check_callbacks, check_model, check_seed, check_seeds, load
from .notebook import progress_bar
from .runs import Runs

if TYPE_CHECKING:
    from typing import TypeAlias

    import keras

    Callbacks: TypeAlias = keras.callbacks.Callback | Iterable[keras.callbacks.Callback]

Array = NDArray[Any]


def fit(
    model: keras.Model,
    x: Array,
    y: Array,
    *,
    epochs: SupportsIndex = 15,
    batch_size: SupportsIndex = 100,
    validation_split: float = 0.2,
    validation_data: tuple[Array, Array] | None = None,
    seed: SupportsIndex | None = None,
    augment: Augment | None = None,
    jit_compile: bool | None = None,
    callbacks: Callbacks = (),
    verbose: int = 0,
    **more: Never,
) -> keras.callbacks.History:
    """Train as ``model.fit`` does on arrays in memory, in a fraction of the time.

    The batches of an epoch run in one TensorFlow program. A long training of layers that are matrix products or work
    element by element (Dense, Dropout, BatchNormalization and the like) is compiled by XLA and takes about a quarter
    of the time; short ones, and other layers, run without XLA in about half of it. Programs are kept for the next
    training of such a model.

    Parameters
    ----------
    model
        Compiled, with one input and one output.
    x, y, epochs, batch_size, validation_split, validation_data
        As for ``model.fit``: two NumPy arrays of as many rows. The last part of them is held back for validation,
        unless ``validation_data``, a pair ``(x, y)`` of other arrays, is given for it.
    seed
        From 0 to 2**32 - 1. Decides batches, dropout, and augmentation (initial weights are the model's own): the same
        seed gives the same result on the same machine, to the last bit. ``None`` leaves it to
        ``keras.utils.set_random_seed``.
    augment
        ``augment(rows, seed) -> rows`` changes each training batch by TensorFlow operations, as `shift_images` does.
        ``seed`` is int32 of shape ``(2,)``, new for every batch, fit for ``tf.random.stateless_uniform``.
    jit_compile
        Whether XLA compiles. ``None`` leaves it to the rule above, unless ``model.compile(jit_compile=True)`` asks
        for it. (A False there is also what Keras makes of "auto" on a CPU, so it says nothing.)
    callbacks
        Keras callbacks, one or several, that act between epochs.
    verbose
        0 prints nothing; 1 prints the line of `epoch_log` after each epoch.
    more
        Nothing: what else ``model.fit`` takes (``class_weight``, ``sample_weight``, ``shuffle``, ``initial_epoch``,
        ``steps_per_epoch``, ...) is refused here.

    Returns
    -------
    keras.callbacks.History
        As ``model.fit`` returns it.

    Raises
    ------
    TypeError
        If the data are not NumPy arrays of numbers, or another argument is not of its kind.
    ValueError
        If an argument is out of range, the model is not compiled, or a compiled epoch cannot do what is asked:
        callbacks that act on each batch, ``run_eagerly``, a model with a ``train_step`` of its own.
    RuntimeError
        If Keras runs on another backend than TensorFlow.

    Examples
    --------
    >>> from mnist_tutorial import build_mlp, one_hot
    >>> x, y = np.zeros((50, 784), np.float32), one_hot([0] * 50)
    >>> sorted(fit(build_mlp(), x, y, epochs=2, batch_size=20, seed=0).history)
    ['accuracy', 'loss', 'val_accuracy', 'val_loss']
    """
    epochs, batch_size = _check_settings(epochs, batch_size, jit_compile, more)
    if seed is not None:
        seed = check_seed(seed, "seed")
    if not np.isscalar(verbose) or verbose not in (0, 1):
        raise ValueError(f"verbose: found {verbose!r}; expected 0 or 1")
    check_model(model)
    hooks = check_callbacks(callbacks) + ([epoch_log()] if verbose else [])
    data = load(model, x, y, validation_split, validation_data)
    check_augment(augment, data.x)
    with lease(model, data, epochs, batch_size, augment, jit_compile) as program:
        return _run(program, model, data, epochs, seed, hooks)


def repeat(
    build: Callable[[], keras.Model],
    x: Array,
    y: Array,
    *,
    seeds: Iterable[SupportsIndex],
    epochs: SupportsIndex = 15,
    batch_size: SupportsIndex = 100,
    validation_split: float = 0.2,
    validation_data: tuple[Array, Array] | None = None,
    augment: Augment | None = None,
    jit_compile: bool | None = None,
    callbacks: Callable[[], Callbacks] | None = None,
    progress: bool = True,
    **more: Never,
) -> Runs:
    """Train a new model for each seed, several at a time.

    A run is ``keras.utils.set_random_seed(seed)``, ``model = build()``, and ``fit(model, x, y, seed=seed, ...)``.

    Parameters
    ----------
    build
        Returns a new compiled model, always the same but for its random initial weights.
    x, y, epochs, batch_size, validation_split, validation_data, augment, jit_compile, more
        As for `fit`. Each metric is a single number.
    seeds
        At least one, such as ``range(10)``.
    callbacks
        A function that returns new callbacks, since each remembers its run:
        ``callbacks=lambda: [keras.callbacks.EarlyStopping(patience=3)]``.
    progress
        Whether to show a bar that counts the seeds and vanishes at the end. The environment variable
        ``TQDM_DISABLE=1`` turns it off too.

    Returns
    -------
    Runs
        The histories as arrays, and the models. After an interruption (Ctrl+C) those of the seeds that are done, with
        a warning; if none is, the interruption goes on.

    Raises
    ------
    TypeError, ValueError, RuntimeError
        As for `fit`; and if ``seeds`` is empty, ``callbacks`` is no function, or ``build`` changes the network or
        returns the same one again.

    Examples
    --------
    >>> from mnist_tutorial import build_mlp, one_hot
    >>> x, y = np.zeros((50, 784), np.float32), one_hot([0] * 50)
    >>> repeat(build_mlp, x, y, seeds=range(2), epochs=3, progress=False).history["val_loss"].shape
    (2, 3)
    """
    import keras

    epochs, batch_size = _check_settings(epochs, batch_size, jit_compile, more)
    seeds = check_seeds(seeds)
    for name, function in ("build", build), ("callbacks", callbacks or list):
        if not callable(function) or isinstance(function, keras.Model):
            raise TypeError(f"{name}: found {type(function).__name__}; expected a function that returns new ones")
    models, hooks, stop = [], [], Event()
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        models.append(build())
        check_model(models[-1])
        hooks.append(check_callbacks(callbacks() if callbacks else ()))
    data = load(models[0], x, y, validation_split, validation_data)
    check_augment(augment, data.x)
    check_all_new(models, hooks, data)

    def train(row: int) -> dict[str, list[float]]:
        def obey(epoch: int, logs: Any) -> None:
            models[row].stop_training |= stop.is_set()

        callbacks = [*hooks[row], keras.callbacks.LambdaCallback(on_epoch_end=obey)]
        with lease(models[row], data, epochs, batch_size, augment, jit_compile) as program:
            history: dict[str, list[float]] = _run(program, models[row], data, epochs, seeds[row], callbacks).history
        return history

    done: dict[int, dict[str, list[float]]] = {}
    with progress_bar(len(seeds), "seeds", progress) as bar, ThreadPoolExecutor(_threads()) as pool:
        rows = {pool.submit(train, row): row for row in range(len(seeds))}
        try:
            for future in as_completed(rows):
                done[rows[future]] = future.result()
                bar.update()
        except BaseException as error:
            stop.set()  # the others end after their epoch
            pool.shutdown(wait=False, cancel_futures=True)
            if not (isinstance(error, KeyboardInterrupt) and done):
                raise
    if len(done) < len(seeds):
        warnings.warn(f"interrupted: {len(done)} of {len(seeds)} seeds are done", stacklevel=2)
    order = sorted(done)
    return Runs.from_histories([seeds[i] for i in order], [models[i] for i in order], [done[i] for i in order])


def epoch_log() -> keras.callbacks.Callback:
    """Return a callback that prints a line an epoch, for ``model.fit(..., verbose=0, callbacks=[epoch_log()])``.

    Unlike Keras' progress bar it prints no timings: the same training gives the same text.

    Returns
    -------
    keras.callbacks.Callback
        Prints the epoch, then each metric, the loss first; behind "val" its value on the validation images.

    Examples
    --------
    >>> log = epoch_log()
    >>> log.set_params({"epochs": 15})
    >>> log.on_epoch_end(0, {"accuracy": 0.5, "loss": 2, "val_loss": 1})
    epoch  1/15  loss 2.0000 val 1.0000  accuracy 0.5000
    """
    import keras

    def show(epoch: int, logs: dict[str, Any]) -> None:
        total = str(callback.params["epochs"])
        metrics = sorted((name for name in logs if not name.startswith("val_")), key=lambda name: name != "loss")
        parts = [f"epoch {epoch + 1:>{len(total)}}/{total}"]
        for name in metrics:  # in at most 64 characters, which a phone shows without scrolling
            validation = f" val {digits(logs[f'val_{name}'])}" if f"val_{name}" in logs else ""
            parts.append(f"{name} {digits(logs[name])}{validation}")
        print(*parts, sep="  ", flush=True)

    def digits(value: Any) -> str:
        return " ".join(f"{number:.4f}" for number in np.ravel(value))

    callback = keras.callbacks.LambdaCallback(on_epoch_end=show)
    return callback


def _run(
    program: Program,
    model: keras.Model,
    data: Data,
    epochs: int,
    seed: int | None,
    callbacks: list[keras.callbacks.Callback],
) -> keras.callbacks.History:
    """Go through the epochs as ``Model.fit`` does."""
    import keras

    seed = seed_layers(model, seed)
    steps = -(-len(data.x) // program.batch_size)
    hooks = keras.callbacks.CallbackList(callbacks, True, model=model, epochs=epochs, steps=steps, verbose=0)
    model.stop_training = False
    hooks.on_train_begin()
    for epoch in range(epochs):
        hooks.on_epoch_begin(epoch)
        order, number = shuffle(seed, epoch, len(data.x))
        if model.stop_training:  # Keras looks after each batch, so one is trained
            order = order[: program.batch_size]
        logs = program.epoch(model, "train", data.x, data.y, order, number)
        if len(data.x_val):
            hooks.on_test_begin()
            found = program.epoch(model, "validate", data.x_val, data.y_val)
            hooks.on_test_end(found)
            logs |= {f"val_{name}": value for name, value in found.items()}
        hooks.on_epoch_end(epoch, logs)
        if model.stop_training:
            break
    with uninterrupted():
        model.optimizer.finalize_variable_values(model.trainable_weights)
    hooks.on_train_end(logs)
    return model.history


def _check_settings(epochs: Any, batch_size: Any, jit_compile: Any, more: dict[str, Any]) -> tuple[int, int]:
    if more:
        raise TypeError(f"{next(iter(more))}: found an argument that is not taken here; if it is Keras', use model.fit")
    if jit_compile not in (None, True, False):
        raise TypeError(f"jit_compile: found {jit_compile!r}; expected True, False, or None")
    return check_integer(epochs, "epochs"), check_integer(batch_size, "batch_size", most=2**31 - 1)


def _threads() -> int:
    """Return how many runs to train at a time. Past four, compiling each thread's program takes the gain back."""
    return min(4, int(os.environ.get("TF_NUM_INTRAOP_THREADS", 0)) or os.cpu_count() or 1)
