"""Draw the set of digits that `mnist_tutorial.load_drawings` reads: a script draws it from polylines, no person does.

Three hands, written down as polylines for the tests of the drawing pad, are drawn again and again with other slants,
proportions, pens, and corners a little out of place. The same script makes the same file: `make_set` is tested.
"""

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mnist_tutorial import prepare_digit

ROOT = Path(__file__).parent.parent
FILE = ROOT / "mnist_tutorial" / "data" / "drawings.npz"
OF_EACH = 20
SHEET = 112  # points a side of the paper

sys.path.insert(0, str(ROOT / "tests" / "browser"))

from hands import HANDS, curve  # noqa: E402


def make_set() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return images and labels: all digits, again and again, the hands in turn."""
    rng = np.random.default_rng(1998)
    hands = list(HANDS.values())
    drawings = [
        (prepare_digit(draw(hands[round_ % len(hands)][digit], rng)), digit)
        for round_ in range(OF_EACH)
        for digit in range(10)
    ]
    images, labels = zip(*drawings, strict=True)
    return np.stack(images), np.array(labels, np.uint8)


def draw(strokes: list[str], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Draw a digit's strokes on paper: 0 is paper, 255 ink."""
    pen = rng.uniform(2, 5.6)
    slant = rng.normal(0.1, 0.5)  # columns to the right for each row up; MNIST's spread is 0.28
    turn = rng.normal(0, 0.1)  # radians
    stretch = np.exp(rng.normal(0, 0.15))
    cos, sin = np.cos(turn), np.sin(turn)
    writing = np.array([[cos, -sin], [sin, cos]]) @ np.array([[stretch, -slant], [0, 1]])
    ink = np.zeros((SHEET, SHEET))
    for stroke in strokes:
        corners = np.array([point.split(",") for point in stroke.split()], float)
        corners += rng.normal(0, 3.5, corners.shape)
        moved = " ".join(f"{round(x)},{round(y)}" for x, y in corners)
        line = (np.array(curve(moved)) - 50) @ writing.T * 0.6 + SHEET / 2
        ink = np.maximum(ink, stroke_of(line, pen))
    return np.rint(255 * ink).astype(np.uint8)


def stroke_of(line: NDArray[np.float64], pen: float) -> NDArray[np.float64]:
    """Return how much ink, 0 to 1, a round pen leaves on each point of the paper along a line through these places."""
    y, x = np.mgrid[:SHEET, :SHEET] + 0.5
    points = np.stack([x, y], axis=-1)[:, :, np.newaxis]  # (SHEET, SHEET, 1, 2)
    start, way = line[:-1], np.diff(line, axis=0)
    length = (way**2).sum(axis=1).clip(1e-9)
    along = (((points - start) * way).sum(axis=3) / length).clip(0, 1)
    distance = np.linalg.norm(points - start - along[..., np.newaxis] * way, axis=3).min(axis=2)
    ink: NDArray[np.float64] = (pen / 2 - distance + 0.5).clip(0, 1)
    return ink


if __name__ == "__main__":
    images, labels = make_set()
    np.savez_compressed(FILE, images=images, labels=labels)
    print(f"{FILE}: {len(labels)} drawings, {FILE.stat().st_size:,} bytes")
