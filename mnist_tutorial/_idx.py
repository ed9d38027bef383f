"""Read an IDX file: a big-endian magic number, one big-endian size a dimension, then the bytes."""

import math
import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ._files import check_claim, check_images, open_unpacked, read_up_to

_TYPES = {0x08: "uint8", 0x09: "int8", 0x0B: "int16", 0x0C: "int32", 0x0D: "float32", 0x0E: "float64"}


def read_idx(file: Path, ndim: int) -> NDArray[np.uint8]:
    """Return the uint8 array in an IDX file of ``ndim`` dimensions (3: images, 1: labels), plain or gzipped."""
    expected = f"an IDX file of uint8 with {_dimensions(ndim)}, plain or gzipped"
    header = 4 + 4 * ndim
    with open_unpacked(file, expected) as (stream, size, gzipped):
        head = stream.read(header)
        if len(head) >= 4:
            _check_magic(file, head[:4], ndim)
        if len(head) < header:
            raise ValueError(
                f"{file}: found {len(head)} bytes; expected an IDX header of {header} bytes, then the data"
            )
        shape = struct.unpack(f">{ndim}I", head[4:])
        if ndim == 3:
            check_images(shape, np.dtype(np.uint8), file)
        claimed = math.prod(shape)
        found: str | int = claimed
        if gzipped:
            check_claim(file, claimed, size)
        else:
            found = size - header
        if found == claimed:
            data = read_up_to(stream, claimed, size)
            # Asking for one byte more also makes gzip compare its checksum.
            found = f"more than {claimed}" if stream.read(1) else len(data)
        if found != claimed:
            says = " × ".join(map(str, shape))
            raise ValueError(f"{file}: found {found} bytes of data; expected {claimed}, since its header says {says}")
    return data.reshape(shape)


def _check_magic(file: Path, magic: bytes, ndim: int) -> None:
    expected = 0x0800 + ndim
    found = int.from_bytes(magic, "big")
    if found == expected:
        return
    if magic[:2] == b"\0\0" and magic[2] in _TYPES:
        what = f"magic number {found} ({_TYPES[magic[2]]}, {_dimensions(magic[3])})"
    else:
        what = f"a file that begins with {magic!r}, no IDX file"
    raise ValueError(f"{file}: found {what}; expected magic number {expected} (uint8, {_dimensions(ndim)})")


def _dimensions(count: int) -> str:
    return f"{count} dimension{'s' * (count != 1)}"
