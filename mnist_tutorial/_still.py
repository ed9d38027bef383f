"""A picture of the drawing pad, for paper and for where no script runs: a digit, and the network's prediction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ._widgets import STILL_WIDTH, png

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

    from ._packed import PackedNetwork

_SIZE = (2 * STILL_WIDTH, 400)
_SHEET = (20, 20, 379, 379)  # left, top, right, bottom of the paper, and of the bars
_BARS = (420, 150, 940, 340)
_LETTER = 30
# The colours of the pad on the page; see common.css.
_PAPER, _CARD, _RULE, _TEXT, _BLUE, _PALE = "#fff", "#f6f7f9", "#d5dae0", "#1c2530", "#1f6fb4", "#97bbd9"


def still_picture(network: PackedNetwork, image: NDArray[np.uint8]) -> bytes:
    """Return a PNG of the pad with an image on it; a black one shows an empty pad."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", _SIZE, _CARD)
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle([0, 0, _SIZE[0] - 1, _SIZE[1] - 1], 24, outline=_RULE, width=2)
    left, top, right, bottom = _SHEET
    draw.rectangle([left - 1, top - 1, right + 1, bottom + 1], outline=_RULE, width=1)
    ink = Image.fromarray(255 - image).resize((right - left + 1, bottom - top + 1), Image.Resampling.NEAREST)
    picture.paste(ink, (left, top))
    probabilities = network.run(image.reshape(1, -1) / 255)[0] if image.any() else np.zeros(network.sizes[-1])
    _draw_prediction(draw, probabilities)
    return png(picture)


def _draw_prediction(draw: ImageDraw, probabilities: NDArray[np.float64]) -> None:
    """Draw the digit, and a bar for each class with its name below."""
    from PIL import ImageFont

    left, top, right, bottom = _BARS
    blank, first = not probabilities.any(), int(probabilities.argmax())
    prediction, colour = ("?", _RULE) if blank else (str(first), _BLUE)
    draw.text(((left + right) / 2, 75), prediction, colour, ImageFont.load_default(110), anchor="mm")
    width = (right - left) / len(probabilities)
    letter = ImageFont.load_default(min(_LETTER, 0.7 * width))
    for digit, probability in enumerate(probabilities):
        middle = left + (digit + 0.5) * width
        bar = [middle - 0.42 * width, bottom - probability * (bottom - top), middle + 0.42 * width, bottom]
        draw.rectangle(bar, _PALE if blank or digit != first else _BLUE)
        draw.line([middle - width / 2, bottom, middle + width / 2, bottom], _TEXT, 2)
        draw.text((middle, bottom + 26), str(digit), _TEXT, letter, anchor="mm")
