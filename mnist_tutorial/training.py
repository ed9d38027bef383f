"""Train a compiled Keras model several times faster than ``model.fit``: once, or once for each of many seeds.

``model.fit`` returns to Python after every batch. Here a whole epoch is one compiled (XLA) program: a loop that
gathers one batch after the other and hands it to the model's own ``train_step``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ._compiled import Augment, Program

if TYPE_CHECKING:
    import keras

Array = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Runs:
    """The same network trained once for each seed. `plot_loss` and `plot_accuracy` draw it like one history.

    Attributes
    ----------
    seeds
        The seeds, in the order of training.
    models
        The trained models, one for each seed.
    epochs
        How many epochs each run lasted, int64, shape ``(seeds,)``.
    history
        Name to float64 array of shape ``(seeds, epochs)``; NaN after the end of a run that stopped early.

    Examples
    --------
    >>> runs = Runs((0, 1), (), np.array([3, 2]), {"val_loss": np.array([[0.5, 0.3, 0.4], [0.7, 0.6, np.nan]])})
    >>> runs.final("val_loss"), runs.best("val_loss"), runs.median("val_loss").round(2)
    (array([0.4, 0.6]), array([0.3, 0.6]), array([0.6 , 0.45, 0.4 ]))
    """

    seeds: tuple[int, ...]
    models: tuple[keras.Model, ...]
    epochs: NDArray[np.int64]
    history: dict[str, NDArray[np.float64]]

    def final(self, name: str) -> NDArray[np.float64]:
        """Return the value after each run's last epoch, shape ``(seeds,)``."""
        return self.history[name][np.arange(len(self.epochs)), self.epochs - 1]

    def best(self, name: str) -> NDArray[np.float64]:
        """Return each run's lowest value if ``name`` ends in "loss", otherwise its highest, shape ``(seeds,)``."""
        extreme = np.nanmin if name.endswith("loss") else np.nanmax
        return np.asarray(extreme(self.history[name], axis=1))

    def median(self, name: str) -> NDArray[np.float64]:
        """Return the median over the seeds after each epoch, shape ``(epochs,)``."""
        return np.asarray(np.nanmedian(self.history[name], axis=0))

    def range(self, name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the lowest and the highest value over the seeds after each epoch, each of shape ``(epochs,)``."""
        return np.nanmin(self.history[name], axis=0), np.nanmax(self.history[name], axis=0)


def fit(
    model: keras.Model,
    x: Array,
    y: Array,
    *,
    epochs: int = 15,
    batch_size: int = 100,
    validation_split: float = 0.2,
    validation_data: tuple[Array, Array] | None = None,
    seed: int | None = None,
    augment: Augment | None = None,
    callbacks: Sequence[keras.callbacks.Callback] = (),
    verbose: int = 0,
) -> keras.callbacks.History:
    """Train as ``model.fit`` does on arrays in memory, in about a quarter of the time.

    Parameters
    ----------
    model
        Compiled, with one input and one output.
    x, y, epochs, batch_size, validation_split, validation_data
        As for ``model.fit``: two NumPy arrays of as many rows. The last part of them is held back for validation,
        unless ``validation_data``, a pair ``(x, y)`` of other arrays, is given for it.
    seed
        Decides batches, dropout, and augmentation (initial weights are the model's own): the same seed gives the
        same result on the same machine, to the last bit. ``None`` leaves it to ``keras.utils.set_random_seed``.
    augment
        ``augment(rows, seed) -> rows`` changes each training batch by TensorFlow operations, as `shift_images` does.
        ``seed`` is int32 of shape ``(2,)``, new for every batch, fit for ``tf.random.stateless_uniform``.
    callbacks
        Keras callbacks that act between epochs.
    verbose
        0 prints nothing; 1 prints the line of `epoch_log` after each epoch.

    Returns
    -------
    keras.callbacks.History
        As ``model.fit`` returns it.

    Raises
    ------
    TypeError
        If the data are not NumPy arrays of numbers.
    ValueError
        If an argument is out of range, the model is not compiled, or a compiled epoch cannot do what is asked:
        callbacks that act on each batch, ``run_eagerly``, a model with a ``train_step`` of its own.

    Examples
    --------
    >>> from mnist_tutorial import build_mlp, one_hot
    >>> x, y = np.zeros((50, 784), np.float32), one_hot([0] * 50)
    >>> sorted(fit(build_mlp(), x, y, epochs=2, batch_size=20, seed=0).history)
    ['accuracy', 'loss', 'val_accuracy', 'val_loss']
    """
    _check_counts(epochs, batch_size)
    if verbose not in (0, 1):
        raise ValueError(f"verbose: found {verbose}; expected 0 or 1")
    program = Program(model, batch_size, augment)
    data = _load(x, y, validation_data, validation_split)
    return program.run(model, *data, epochs, seed, [*callbacks, epoch_log()] if verbose else callbacks)


def repeat(
    build: Callable[[], keras.Model],
    x: Array,
    y: Array,
    *,
    seeds: Iterable[int],
    epochs: int = 15,
    batch_size: int = 100,
    validation_split: float = 0.2,
    validation_data: tuple[Array, Array] | None = None,
    augment: Augment | None = None,
    callbacks: Callable[[], Sequence[keras.callbacks.Callback]] | None = None,
    progress: bool = True,
) -> Runs:
    """Train a new model for each seed, several at a time.

    A run is ``keras.utils.set_random_seed(seed)``, ``model = build()``, and ``fit(model, x, y, seed=seed, ...)``.

    Parameters
    ----------
    build
        Returns a new compiled model, always the same but for its random initial weights.
    x, y, epochs, batch_size, validation_split, validation_data, augment
        As for `fit`.
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
        The histories as arrays, and the models.

    Raises
    ------
    TypeError, ValueError
        As for `fit`; and if ``seeds`` is empty, ``callbacks`` is no function, or ``build`` changes the network.

    Examples
    --------
    >>> from mnist_tutorial import build_mlp, one_hot
    >>> x, y = np.zeros((50, 784), np.float32), one_hot([0] * 50)
    >>> repeat(build_mlp, x, y, seeds=range(2), epochs=3, progress=False).history["val_loss"].shape
    (2, 3)
    """
    import keras
    from tqdm import tqdm

    _check_counts(epochs, batch_size)
    seeds = tuple(seeds)
    if not seeds:
        raise ValueError("seeds: found none; expected at least one")
    if callbacks is not None and not callable(callbacks):
        raise TypeError(f"callbacks: found {type(callbacks).__name__}; expected a function that returns new callbacks")
    programs = [Program(build(), batch_size, augment) for _ in range(min(_threads(), len(seeds)))]
    data = _load(x, y, validation_data, validation_split)
    models, hooks = [], []
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        models.append(build())
        hooks.append(callbacks() if callbacks else ())
    histories: list[dict[str, list[float]]] = [{} for _ in seeds]
    stop = Event()

    def train(thread: int) -> None:
        for row in range(thread, len(seeds), len(programs)):
            if not stop.is_set():
                run = programs[thread].run(models[row], *data, epochs, seeds[row], hooks[row])
                histories[row] = run.history
                bar.update()

    shown = {} if progress else {"disable": True}  # TQDM_DISABLE counts only where nothing is said
    with tqdm(total=len(seeds), desc="seeds", leave=False, **shown) as bar, ThreadPoolExecutor(len(programs)) as pool:
        try:
            for done in as_completed([pool.submit(train, thread) for thread in range(len(programs))]):
                done.result()
        except BaseException:  # an error, or the reader's interruption: the others end after their epoch
            stop.set()
            for model in models:
                model.stop_training = True
            raise
    lengths = np.array([len(history["loss"]) for history in histories])
    curves = {name: np.full((len(seeds), lengths.max()), np.nan) for name in histories[0]}
    for row, history in enumerate(histories):
        for name, values in history.items():
            curves[name][row, : len(values)] = values
    return Runs(seeds, tuple(models), lengths, curves)


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

    def show(epoch: int, logs: dict[str, float]) -> None:
        total = str(callback.params["epochs"])
        metrics = sorted((name for name in logs if not name.startswith("val_")), key=lambda name: name != "loss")
        parts = [f"epoch {epoch + 1:>{len(total)}}/{total}"]
        for name in metrics:  # in at most 64 characters, which a phone shows without scrolling
            validation = f" val {logs[f'val_{name}']:.4f}" if f"val_{name}" in logs else ""
            parts.append(f"{name} {logs[name]:.4f}{validation}")
        print(*parts, sep="  ", flush=True)

    callback = keras.callbacks.LambdaCallback(on_epoch_end=show)
    return callback


def shift_images(rows: Any, seed: Any) -> Any:
    """Shift each image at random by at most one pixel: left, right, or not, and up, down, or not.

    The nine outcomes are equally likely. The edge that becomes free is 0.

    Parameters
    ----------
    rows
        Flattened square images, array or tensor, shape ``(n, side * side)``.
    seed
        Two integers, array or tensor; the same seed gives the same shifts.

    Returns
    -------
    tensorflow.Tensor
        Same shape and dtype.

    Raises
    ------
    ValueError
        If the rows are not flattened square images.

    Examples
    --------
    >>> shift_images(np.ones((5, 784), np.float32), seed=(0, 1)).shape
    TensorShape([5, 784])
    """
    import tensorflow as tf

    rows = tf.convert_to_tensor(rows)
    side = int(np.sqrt(rows.shape[-1]))
    if rows.shape.rank != 2 or side * side != rows.shape[-1]:
        raise ValueError(f"rows: found shape {tuple(rows.shape)}; expected flattened square images, (n, side * side)")
    # In a flattened image, down is `side` places on and right is one. What moves right out of one line enters the next
    # at its left end, which has to become 0. Slices of one padded array are what XLA turns into fast code.
    padded = tf.pad(rows, [[0, 0], [side + 1, side + 1]])
    down, right = tf.unstack(tf.random.stateless_uniform((2, tf.shape(rows)[0], 1), seed, -1, 2, tf.int32))
    column = np.arange(side * side) % side

    def moved_down(x: int) -> Any:
        up, stay, down_ = (padded[:, side + 1 - side * y - x :][:, : side * side] for y in (-1, 0, 1))
        return tf.where(down > 0, down_, tf.where(down < 0, up, stay))

    to_left = tf.where(column < side - 1, moved_down(-1), 0)
    to_right = tf.where(column > 0, moved_down(1), 0)
    return tf.where(right > 0, to_right, tf.where(right < 0, to_left, moved_down(0)))


def _threads() -> int:
    """Return how many runs to train at a time. Past four, compiling each thread's program takes the gain back."""
    return min(4, int(os.environ.get("TF_NUM_INTRAOP_THREADS", 0)) or os.cpu_count() or 1)


def _load(
    x: Array, y: Array, validation_data: tuple[Array, Array] | None, validation_split: float
) -> tuple[Any, Any, int]:
    """Check the data, and return it as tensors whose first rows are for training: those, and how many."""
    _check_rows(x, y, "x", "y")
    if validation_data is not None:
        x_val, y_val = validation_data
        _check_rows(x_val, y_val, "validation_data[0]", "validation_data[1]")
        for name, more, array in ("validation_data[0]", x_val, x), ("validation_data[1]", y_val, y):
            if more.shape[1:] != array.shape[1:]:
                raise ValueError(f"{name}: found rows of shape {more.shape[1:]}; expected {array.shape[1:]}")
        return _to_tensor(x, x_val), _to_tensor(y, y_val), len(x)
    if not 0 <= validation_split < 1:
        raise ValueError(f"validation_split: found {validation_split}; expected 0 or more, less than 1")
    training = int(len(x) * (1 - validation_split))  # rounded as in Keras
    if training == 0 or (validation_split and training == len(x)):
        raise ValueError(f"x: found {len(x)} rows, too few for validation_split={validation_split}; expected more")
    return _to_tensor(x), _to_tensor(y), training


def _to_tensor(*parts: Array) -> Any:
    """Copy arrays into one, floats as Keras' float type. ``tf.constant`` would hold two copies for a while."""
    import keras
    import tensorflow as tf

    dtype = np.dtype(keras.config.floatx()) if parts[0].dtype.kind == "f" else parts[0].dtype
    shape = (sum(map(len, parts)), *parts[0].shape[1:])
    size = int(np.prod(shape)) * dtype.itemsize
    memory = np.empty(size + 64, np.uint8)
    start = -memory.ctypes.data % 64  # TensorFlow takes over only what begins at a multiple of 64
    copy = memory[start : start + size].view(dtype).reshape(shape)
    np.concatenate(parts, out=copy, casting="same_kind")
    return tf.experimental.dlpack.from_dlpack(copy.__dlpack__())


def _check_rows(x: Array, y: Array, x_name: str, y_name: str) -> None:
    for name, array in (x_name, x), (y_name, y):
        if not isinstance(array, np.ndarray) or array.dtype.kind not in "iuf":
            found = array.dtype if isinstance(array, np.ndarray) else type(array).__name__
            raise TypeError(f"{name}: found {found}; expected a NumPy array of numbers")
    if len(x) != len(y):
        raise ValueError(f"{y_name}: found {len(y)} rows for the {len(x)} rows of {x_name}; expected as many")
    if len(x) == 0:
        raise ValueError(f"{x_name}: found no rows; expected at least one")


def _check_counts(epochs: int, batch_size: int) -> None:
    for name, number in ("epochs", epochs), ("batch_size", batch_size):
        if number < 1:
            raise ValueError(f"{name}: found {number}; expected at least 1")
