"""Read one picture, from wherever it comes, into an array of bytes."""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST = 1000  # points along the longer side: larger pictures are averaged down, which takes noise away too
_FORMS = "expected an array, a Pillow image, or the path of a picture such as PNG or JPEG"


def read_picture(image: Any) -> NDArray[np.uint8]:
    """Return the picture as colours without transparency, uint8 of shape ``(height, width, 3)``.

    See `prepare_digit` for what ``image`` may be, and for the errors.
    """
    from PIL.Image import Image, fromarray

    if isinstance(image, np.ndarray):
        picture = fromarray(_to_bytes(image))
    elif isinstance(image, Image):
        picture = _upright(image)
    elif isinstance(image, str | os.PathLike) or hasattr(image, "read"):
        picture = _open(image)
    else:
        raise TypeError(f"image: found {type(image).__name__}; {_FORMS}")
    picture = _on_paper(picture)
    return np.asarray(picture.reduce(max(1, max(picture.size) // _MOST)))


def _to_bytes(array: NDArray[Any]) -> NDArray[np.uint8]:
    """Return the numbers from 0 to 255, with one, three or four channels."""
    if array.dtype.kind not in "biuf":
        raise TypeError(f"image: found an array of {array.dtype}; expected booleans, integers or floats")
    if not (array.ndim == 2 or (array.ndim == 3 and array.shape[2] in (1, 3, 4))):
        advice = ". For several images, use [prepare_digit(image) for image in images]" if array.ndim > 2 else ""
        raise ValueError(
            f"image: found shape {array.shape}; expected (height, width) or (height, width, 1, 3 or 4){advice}"
        )
    if array.size == 0:
        raise ValueError(f"image: found shape {array.shape}; expected at least one pixel")
    lowest, highest = array.min(), array.max()
    limits = (1, 255) if array.dtype.kind == "f" else (1, 255, 65535)
    if not (lowest >= 0 and highest <= limits[-1]):  # written so that NaN fails too
        raise ValueError(
            f"image: found numbers from {lowest} to {highest}; expected 0 to " + " or 0 to ".join(map(str, limits))
        )
    scale = 255 / next(limit for limit in limits if highest <= limit)
    array = array[..., 0] if array.shape[2:] == (1,) else array
    return array if array.dtype == np.uint8 and scale == 1 else np.rint(array * scale).astype(np.uint8)


def _open(file: Any) -> Image:
    """Return the picture in a file."""
    from PIL import Image

    name = getattr(file, "name", type(file).__name__)
    if not hasattr(file, "read"):
        name = file = Path(file).expanduser()
        if file.exists() and not file.is_file():
            raise ValueError(f"image: found {file}, which is not a file; {_FORMS}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file) as picture:
                return _upright(picture)
    except (FileNotFoundError, PermissionError):
        raise
    except Exception as error:  # a damaged file makes Pillow raise errors of every kind
        raise ValueError(f"image: found {name}, which Pillow cannot read ({error}); {_FORMS}") from error


def _upright(picture: Image) -> Image:
    """Return the first frame, turned as the camera says; a copy."""
    from PIL import ImageOps

    picture.load()
    return ImageOps.exif_transpose(picture)


def _on_paper(picture: Image) -> Image:
    """Return the picture in RGB, on white paper where it is transparent; on black if nothing is seen on white."""
    from PIL import Image

    if picture.mode.startswith(("I", "F")):  # numbers of more than a byte
        picture = Image.fromarray(_to_bytes(np.asarray(picture)))
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    picture = picture.convert("RGBA")
    for paper in ("white", "black"):
        flat = Image.alpha_composite(Image.new("RGBA", picture.size, paper), picture).convert("RGB")
        if np.ptp(np.asarray(flat), axis=(0, 1)).any():
            break  # otherwise it is white ink
    return flat
