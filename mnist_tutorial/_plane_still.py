"""A picture of the plane of `relu_plane`, for paper and for where no script runs: before and after training."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ._widgets import figure_png

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = NDArray[np.float64]
Parameters = tuple[Array, Array, Array, Array]  # weights and biases of the hidden layer and of the output layer

REACH = 2.4  # half the width of the plane
RATE = 0.02  # as in widget/plane/lesson.js
STEPS = 600
STARTS = 5  # networks that are trained for the picture; it shows the best
DOT, CROSS = "#b35806", "#5b3a94"  # the colours of the classes in the page; see plane.css


def still_plane(points: Array, classes: NDArray[np.intp], units: int) -> bytes:
    """Return a PNG of a network's folds, areas, and boundary, before training and after."""
    from matplotlib.figure import Figure
    from PIL import Image

    starts = [start(units, np.random.default_rng(seed)) for seed in range(STARTS)]
    trained = [train(parameters, points, classes, STEPS) for parameters in starts]
    best = int(np.argmin([loss(parameters, points, classes) for parameters in trained]))
    figure = Figure(figsize=(4.8, 2.55), dpi=200, layout="constrained")
    before, after = figure.subplots(1, 2)
    draw(before, starts[best], points, classes)
    before.set_title("Before training", fontsize=10)
    right = draw(after, trained[best], points, classes)
    after.set_title(f"After: {right} of {len(points)} right", fontsize=10)
    return figure_png(figure, Image.Quantize.FASTOCTREE)  # other methods lose the dots' colour


def start(units: int, rng: np.random.Generator) -> Parameters:
    """Return an untrained network: weights as Glorot and Bengio draw them, biases 0."""
    first, second = np.sqrt(6 / (2 + units)), np.sqrt(6 / (units + 2))
    weights = rng.uniform(-first, first, (2, units)), rng.uniform(-second, second, (units, 2))
    return weights[0], np.zeros(units), weights[1], np.zeros(2)


def forward(parameters: Parameters, points: Array) -> tuple[Array, Array]:
    """Return what the hidden units give, and the probabilities."""
    w1, b1, w2, b2 = parameters
    hidden = np.maximum(points @ w1 + b1, 0)
    scores = hidden @ w2 + b2
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return hidden, powers / powers.sum(axis=-1, keepdims=True)


def loss(parameters: Parameters, points: Array, classes: NDArray[np.intp]) -> float:
    """Return the mean cross-entropy."""
    likely = forward(parameters, points)[1][np.arange(len(points)), classes]
    return float(-np.log(np.maximum(likely, 1e-300)).mean())


def train(parameters: Parameters, points: Array, classes: NDArray[np.intp], steps: int) -> Parameters:
    """Return the network after so many steps of Adam, each with all points."""
    state = [(value.copy(), np.zeros_like(value), np.zeros_like(value)) for value in parameters]
    for step in range(1, steps + 1):
        w1, b1, w2, b2 = (value for value, _, _ in state)
        hidden, probabilities = forward((w1, b1, w2, b2), points)
        output = (probabilities - np.eye(2)[classes]) / len(points)
        back = (output @ w2.T) * (hidden > 0)
        gradients = (points.T @ back, back.sum(axis=0), hidden.T @ output, output.sum(axis=0))
        rate = RATE * np.sqrt(1 - 0.999**step) / (1 - 0.9**step)
        for (value, mean, square), gradient in zip(state, gradients, strict=True):
            mean += 0.1 * (gradient - mean)
            square += 0.001 * (gradient**2 - square)
            value -= rate * mean / (np.sqrt(square) + 1e-7)
    w1, b1, w2, b2 = (value for value, _, _ in state)
    return w1, b1, w2, b2


def draw(ax: Axes, parameters: Parameters, points: Array, classes: NDArray[np.intp]) -> int:
    """Draw the plane as the network sees it, and return how many points are right."""
    from matplotlib.colors import LinearSegmentedColormap

    w1, b1, w2, b2 = parameters
    side = np.linspace(-REACH, REACH, 481)
    plane = np.stack(np.meshgrid(side, side), axis=-1)
    sums = plane @ w1 + b1
    heights = np.maximum(sums, 0) @ (w2[:, 1] - w2[:, 0]) + (b2[1] - b2[0])
    shades = LinearSegmentedColormap.from_list("classes", [CROSS, "white", DOT])
    square = (-REACH, REACH, -REACH, REACH)
    ax.imshow(np.tanh(heights / 2), shades, vmin=-2.5, vmax=2.5, origin="lower", extent=square)
    for i, surface in enumerate([heights, *np.moveaxis(sums, -1, 0)]):
        if surface.min() < 0 < surface.max():
            ax.contour(side, side, surface, [0], colors="k", linestyles="--" if i else "-", linewidths=1 if i else 2)
    is_dot = classes == 1
    ax.scatter(points[is_dot, 0], points[is_dot, 1], s=9, color=DOT)
    ax.scatter(points[~is_dot, 0], points[~is_dot, 1], s=12, color=CROSS, marker="x")
    ax.set(xticks=[], yticks=[], aspect="equal")
    return int((forward(parameters, points)[1].argmax(axis=1) == classes).sum())
