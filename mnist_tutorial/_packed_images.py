"""Images for a page: 16 shades of grey, two pixels a byte, deflated. `unpackImages` in widget/shared reads them."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._checks import check_raw
from ._widgets import base64_text

SHADES = 15  # the largest of the greys, which stands for 255


def pack_images(images: NDArray[np.uint8]) -> str:
    """Return images of uint8 as text for an attribute. Each pixel becomes the nearest of the 16 greys."""
    greys = ((images.ravel().astype(np.uint16) * SHADES + 127) // 255).astype(np.uint8)
    pairs = np.append(greys, np.zeros(greys.size % 2, np.uint8)).reshape(-1, 2)
    return base64_text(zlib.compress((pairs[:, 0] << 4 | pairs[:, 1]).tobytes(), level=9))


def check_image_set(pair: Any, name: str) -> tuple[NDArray[np.uint8], NDArray[Any]]:
    """Return images and labels from 0 to 9, or say what is wrong with the argument of this name."""
    from .preprocessing import check_labels

    if not isinstance(pair, tuple | list) or len(pair) != 2:
        many = f" of {len(pair)}" if isinstance(pair, tuple | list) else ""
        raise TypeError(f"{name}: found {type(pair).__name__}{many}; expected a pair (images, labels)")
    images, labels = pair
    check_raw(images, f"{name}[0]")
    if images.ndim != 3 or images.shape[1] != images.shape[2] or 0 in images.shape:
        raise ValueError(f"{name}[0]: found shape {images.shape}; expected (n, side, side), at least one image")
    truth = check_labels(labels, 10, f"{name}[1]")
    if len(truth) != len(images):
        raise ValueError(f"{name}[1]: found {len(truth)} labels for {len(images)} images; expected one an image")
    return images, truth
