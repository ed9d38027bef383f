"""What many trainings of one network gave."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import keras


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
    >>> runs.final("val_loss"), runs.best("val_loss"), runs.mean("val_loss").round(2)
    (array([0.4, 0.6]), array([0.3, 0.6]), array([0.6 , 0.45, 0.4 ]))
    """

    seeds: tuple[int, ...]
    models: tuple[keras.Model, ...]
    epochs: NDArray[np.int64]
    history: dict[str, NDArray[np.float64]]

    @classmethod
    def from_histories(
        cls, seeds: Sequence[int], models: Sequence[keras.Model], histories: Sequence[Mapping[str, Sequence[float]]]
    ) -> Runs:
        """Join one history a seed. Names that Keras numbered (``auc_1``) become those of the first model."""
        lengths = np.array([len(history["loss"]) for history in histories], np.int64)
        first = list(models[0].get_metrics_result())
        curves: dict[str, NDArray[np.float64]] = {}
        for row, (model, history) in enumerate(zip(models, histories, strict=True)):
            names = dict(zip(model.get_metrics_result(), first, strict=True))
            names |= {f"val_{name}": f"val_{as_first}" for name, as_first in names.items()}
            for name, values in history.items():
                curve = curves.setdefault(names.get(name, name), np.full((len(seeds), lengths.max()), np.nan))
                curve[row, : len(values)] = values
        return cls(tuple(seeds), tuple(models), lengths, curves)

    def final(self, name: str) -> NDArray[np.float64]:
        """Return the value after each run's last epoch, shape ``(seeds,)``."""
        return self._curve(name)[np.arange(len(self.epochs)), self.epochs - 1]

    def best(self, name: str, mode: Literal["min", "max"] | None = None) -> NDArray[np.float64]:
        """Return each run's lowest or highest value, shape ``(seeds,)``.

        Without a ``mode``, the lowest loss or error and the highest accuracy: what Keras says of the metric. One of
        which it says nothing, such as a function of your own, is a ValueError.
        """
        curve = self._curve(name)
        mode = mode or self._better(name.removeprefix("val_"))
        if mode not in ("min", "max"):
            raise ValueError(f'mode: found {mode!r} for {name!r}; expected "min" or "max"')
        return np.asarray((np.fmin if mode == "min" else np.fmax).reduce(curve, axis=1))

    def mean(self, name: str) -> NDArray[np.float64]:
        """Return the mean over the seeds after each epoch, shape ``(epochs,)``; a run that has ended is left out."""
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Mean of empty slice")  # all runs diverged: NaN says it
            return np.asarray(np.nanmean(self._curve(name), axis=0))

    def _curve(self, name: str) -> NDArray[np.float64]:
        if name not in self.history:
            raise KeyError(f"name: found {name!r}; expected one of {sorted(self.history)}")
        return self.history[name]

    def _better(self, name: str) -> Literal["min", "max"] | None:
        if name.endswith("loss"):
            return "min"
        if name.endswith(("acc", "accuracy")):
            return "max"
        for metric in (part for model in self.models[:1] for part in model.metrics):
            for part in getattr(metric, "metrics", [metric]):  # those of compile(metrics=...) are in one that holds all
                if part.name == name and hasattr(part, "_direction"):
                    return "max" if part._direction == "up" else "min"
        return None
