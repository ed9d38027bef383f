"""Sheets of handwritten digits, and photographs of them: light that falls off, a shadow, a camera's noise."""

import io

import numpy as np
from hands import HANDS, curve
from PIL import Image, ImageDraw, ImageFilter


def write_sheet(digits, size=(900, 600), height=120, pen=9, slope=0.0, hand="plain"):
    """Return how much ink lies on each point of a sheet, 0…1, shape (height, width).

    ``digits`` are rows of digits, or of strokes as in ``HANDS``, from left to right; ``slope`` is how far a row goes
    down on a point to the right.
    """
    zoom = 2
    sheet = Image.new("L", (zoom * size[0], zoom * size[1]))
    draw = ImageDraw.Draw(sheet)
    across = size[0] / (max(map(len, digits)) + 0.5)
    down = size[1] / (len(digits) + 0.4)
    for row, line in enumerate(digits):
        for column, digit in enumerate(line):
            left = across * (column + 0.4) + 11 * (row % 2)
            top = down * (row + 0.35) + slope * left + 9 * (column % 2)
            for stroke in HANDS[hand][digit] if isinstance(digit, int) else digit:
                points = [(zoom * (left + height * x / 100), zoom * (top + height * y / 100)) for x, y in curve(stroke)]
                draw.line(points, 255, zoom * pen, joint="curve")
                for x, y in (points[0], points[-1]):
                    draw.ellipse([x - pen, y - pen, x + pen, y + pen], 255)
    return np.asarray(sheet.reduce(zoom)) / 255


def photograph(
    ink, *, light=70, shadow=0, noise=4, pen=(1, 1, 0.9), paper=225, lined=0, specks=0, blur=1.0, inverted=False
):
    """Return the sheet as a camera sees it, a Pillow image. ``lined`` is the distance of ruled lines, or 0."""
    rng = np.random.default_rng(0)
    rows, columns = np.mgrid[: ink.shape[0], : ink.shape[1]] / max(ink.shape)
    lit = paper - light * (0.7 * columns + 0.5 * rows)
    lit -= shadow / (1 + np.exp(-60 * (columns + 0.4 * rows - 0.75)))  # a shadow with a soft edge
    ink = ink.copy()
    for y, x in rng.integers(20, np.array(ink.shape) - 20, (specks, 2)):
        ink[y : y + 3, x : x + 3] = 0.8
    shade = (1 - 0.75 * ink)[..., np.newaxis] ** np.array(pen)
    seen = lit[..., np.newaxis] * shade
    if lined:
        line = np.abs((np.arange(ink.shape[0])[:, np.newaxis] - 0.02 * np.arange(ink.shape[1])) % lined) < 3
        seen[line] *= (0.5, 0.6, 0.8)
    picture = Image.fromarray(seen.clip(0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(blur))
    seen = np.asarray(picture) + rng.normal(0, noise, seen.shape)
    seen = 255 - seen if inverted else seen
    return Image.fromarray(seen.clip(0, 255).astype(np.uint8))


def file_of(picture, kind="jpeg", **options):
    """Return a picture as the bytes of a file."""
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()
