"""A picture of the training lab before training, for paper and for where no script runs: empty charts, and digits."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._widgets import STILL_WIDTH, png

_SIZE = (2 * STILL_WIDTH, 560)
_CHARTS = ((70, 80, 450, 320), (550, 80, 930, 320))  # left, top, right, bottom
_TITLES = ("Loss", "Accuracy")
_DIGITS = (30, 390, 90)  # left, top, and from one to the next
# The colours of the lab on the page; see common.css.
_PAPER, _CARD, _RULE, _TEXT, _BLUE = "#fff", "#f6f7f9", "#d5dae0", "#1c2530", "#1f6fb4"


def still_picture(images: NDArray[np.uint8], labels: NDArray[Any]) -> bytes:
    """Return a PNG of the lab as it waits to be started, with ten images to be read and their labels."""
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("RGB", _SIZE, _CARD)
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle([0, 0, _SIZE[0] - 1, _SIZE[1] - 1], 24, outline=_RULE, width=2)
    for (left, top, right, bottom), title in zip(_CHARTS, _TITLES, strict=True):
        draw.text((left, top - 26), title, _TEXT, ImageFont.load_default(30), anchor="lm")
        draw.rectangle([left, top, right, bottom], _PAPER)
        for third in range(3):
            height = bottom - third * (bottom - top) / 3
            draw.line([left, height, right, height], _RULE if third else _TEXT, 2)
    middle, height = _SIZE[0] / 2, (_CHARTS[0][1] + _CHARTS[0][3]) / 2
    draw.ellipse([middle - 44, height - 44, middle + 44, height + 44], _BLUE)
    draw.polygon([(middle - 13, height - 22), (middle - 13, height + 22), (middle + 24, height)], _PAPER)
    left, top, width = _DIGITS
    for place, index in enumerate(each_digit(labels)):
        ink = Image.fromarray(255 - images[index]).resize((84, 84), Image.Resampling.NEAREST)
        picture.paste(ink, (left + place * width, top))
        label = str(labels[index])
        draw.text((left + place * width + 42, top + 116), label, _TEXT, ImageFont.load_default(30), anchor="mm")
    return png(picture)


def each_digit(labels: NDArray[Any]) -> list[int]:
    """Return where each digit stands first, up to ten; the lab on the page shows the same."""
    return sorted(np.unique(labels, return_index=True)[1], key=lambda index: int(labels[index]))
