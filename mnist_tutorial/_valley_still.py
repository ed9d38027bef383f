"""A picture of the valley, for paper and for where no script runs: paths down it, or out of it, side by side."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ._ground import Ground
from ._widgets import figure_png

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_STEPS = {1: 6, 2: 20}
_GROUND, _START = "#9aa5b1", "C3"


def still_valley(ground: Ground, batch: int | None) -> bytes:
    """Return a PNG of paths at three learning rates; with a batch, at one, of all examples and of batches."""
    from matplotlib import style
    from matplotlib.figure import Figure

    rates = rates_to_show(ground.largest_rate)
    shown = [(rates[1], None), (rates[1], batch)] if batch else [(rate, None) for rate in rates]
    with style.context("mnist_tutorial.book"):
        figure = Figure(figsize=(5, 2.8 if len(ground.start) == 1 else 3.2), dpi=2 * 96)
        panels = figure.subplots(1, len(shown), sharey=True)
        for ax, (rate, size) in zip(panels, shown, strict=True):
            path = ground.walk(rate, size, _STEPS[len(ground.start)])
            (_draw_curve if len(ground.start) == 1 else _draw_map)(ax, ground, path)
            ax.set_title(f"Rate {rate:g}" + (f"\n{size or len(ground.labels)} examples" if batch else ""))
        panels[0].set_ylabel("Loss" if len(ground.start) == 1 else "Bias b")
        return figure_png(figure)


def rates_to_show(largest: float) -> tuple[float, float, float]:
    """Return a learning rate too small, one that is right, and one just too large, in two digits."""
    digits = 1 - math.floor(math.log10(1.02 * largest))
    too_large = math.ceil(1.02 * largest * 10**digits) / 10**digits
    return float(f"{largest / 20:.0e}"), float(f"{0.28 * largest:.0e}"), too_large


def _draw_curve(ax: Axes, ground: Ground, path: NDArray[np.float64]) -> None:
    weights = ground.lowest + np.linspace(-ground.reach, ground.reach, 100)[:, np.newaxis]
    ax.plot(weights, [ground.loss(weight) for weight in weights], color=_GROUND)
    losses = [ground.loss(point) for point in path]
    ax.plot(path, losses, "o-", lw=1, ms=5, color="C0")
    ax.plot(*path[0], losses[0], "o", color=_START)
    ax.set(xlabel="Weight w")


def _draw_map(ax: Axes, ground: Ground, path: NDArray[np.float64]) -> None:
    side = np.linspace(-ground.reach, ground.reach, 80)
    weights, biases = ground.lowest[0] + side, ground.lowest[1] + side
    losses = [[ground.loss(np.array([weight, bias], np.float64)) for weight in weights] for bias in biases]
    least = ground.loss(ground.lowest)
    levels = least + (ground.highest - least) * np.linspace(0.1, 0.9, 9) ** 2
    ax.contour(weights, biases, losses, levels, colors=_GROUND, linewidths=1)
    ax.plot(*path.T, "o-", lw=1, ms=3, color="C0")
    ax.plot(*path[0], "o", color=_START)
    ax.plot(*ground.lowest, "x", color="black", ms=8)
    ax.set(xlabel="Weight w", aspect="equal", xlim=weights[[0, -1]], ylim=biases[[0, -1]])
    ax.grid(visible=False)
