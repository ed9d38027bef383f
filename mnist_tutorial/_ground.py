"""The ground of a valley: the loss of ``w * x`` or ``w * x + b`` over its parameters. See widget/valley/descent.js."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

_MARGIN = 1.4  # how far the picture reaches on each side, for each step between the start and the lowest place


class Ground:
    """The loss over one parameter or two, its gradient, its lowest place, and the part of it that a picture shows.

    Attributes
    ----------
    lowest
        Where the loss is least.
    reach
        How far the picture goes from there on each side.
    highest
        The loss in the picture's highest corner.
    largest_rate
        Above this learning rate every path leads away.
    """

    def __init__(self, x: NDArray[np.float64], labels: NDArray[np.float64], start: NDArray[np.float64]) -> None:
        columns = [x, np.ones_like(x)][: len(start)]
        self.inputs = np.stack(columns, axis=1)
        self.labels = labels
        self.start = start
        self.curvature = 2 * self.inputs.T @ self.inputs / len(x)
        self.lowest = np.linalg.lstsq(self.inputs, labels, rcond=None)[0].astype(np.float64)
        size = np.abs(self.lowest).max() or 1.0
        apart = np.abs(start - self.lowest).max()
        self.reach = _MARGIN * apart if apart > 1e-9 * size else size
        corners = itertools.product((-self.reach, self.reach), repeat=len(start))
        self.highest = max(self.loss(self.lowest + corner) for corner in corners)
        self.largest_rate = 2 / float(np.linalg.eigvalsh(self.curvature)[-1])

    def loss(self, point: NDArray[np.float64]) -> float:
        """Return the mean squared difference between predictions and labels."""
        return float(np.mean((self.inputs @ point - self.labels) ** 2))

    def walk(self, rate: float, batch: int | None, steps: int) -> NDArray[np.float64]:
        """Return the points of a path, the start included: shape ``(steps + 1, parameters)``."""
        rng = np.random.default_rng(0)
        path = [self.start]
        for _ in range(steps):
            rows = rng.choice(len(self.labels), batch or len(self.labels), replace=False)
            wrong = self.inputs[rows] @ path[-1] - self.labels[rows]
            path.append(path[-1] - rate * 2 * np.mean(wrong[:, np.newaxis] * self.inputs[rows], axis=0))
        return np.array(path)
