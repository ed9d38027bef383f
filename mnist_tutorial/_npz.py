"""Read an .npz archive: a zip file of .npy files. ``numpy.load`` trusts what they claim; this asks first."""

import io
import itertools
import math
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from ._files import check_claim, check_images, check_labels, open_file, read_up_to

Check = Callable[[tuple[int, ...], np.dtype[np.generic], object], None]

_LONGEST_HEADER = 10_000  # NumPy's own bound; the header of a plain array has about a hundred characters


def read_npz(file: Path, names: Sequence[str]) -> list[NDArray[np.generic]]:
    """Return the arrays of these names, images and labels in turn. Pickled objects are refused, never opened."""
    expected = f"an .npz archive with the arrays {', '.join(names)}, as numpy.savez writes it"
    with open_file(file, expected) as (stream, size):
        if not zipfile.is_zipfile(stream):
            begins_well = stream.seek(0) == 0 and stream.read(2) == b"PK"
            part = "a damaged or truncated archive" if begins_well else "something else than an archive"
            raise ValueError(f"{file}: found {part if size else 'an empty file'}; expected {expected}")
        try:
            archive = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise ValueError(f"{file}: found a damaged archive ({error}); expected {expected}") from error
        with archive:
            members = _members(archive, names, file, expected)
            check_claim(file, sum(member.file_size for member in members), size)
            checks = itertools.cycle([check_images, check_labels])
            return [_read_member(archive, *each, file, size) for each in zip(members, checks, strict=False)]


def _members(archive: zipfile.ZipFile, names: Sequence[str], file: Path, expected: str) -> list[zipfile.ZipInfo]:
    held = {info.filename.removesuffix(".npy"): info for info in archive.infolist()}
    missing = [name for name in names if name not in held]
    if missing:
        shown = sorted(held)[:8]
        unpack = "" if file.suffix.lower() == ".npz" else "; if the data set's files are in there, unpack them first"
        raise ValueError(f"{file}: found an archive of {shown}, without {missing}; expected {expected}{unpack}")
    for name in names:
        info = held[name]
        if info.flag_bits & 0x1:
            raise ValueError(f"{file} ({name}): found an encrypted member; expected one that needs no password")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ValueError(
                f"{file} ({name}): found compression method {info.compress_type}; "
                "expected 0 or 8, stored or deflated, as numpy.savez writes it"
            )
    return [held[name] for name in names]


def _read_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, check: Check, file: Path, size: int
) -> NDArray[np.generic]:
    where = f"{file} ({member.filename.removesuffix('.npy')})"
    try:
        with archive.open(member) as stream:
            shape, fortran_order, dtype = _read_header(stream, where)
            check(shape, dtype, where)
            claimed, there = math.prod(shape) * dtype.itemsize, member.file_size - stream.tell()
            if claimed == there:
                data = read_up_to(stream, claimed, size)
                there = len(data)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise ValueError(f"{where}: found a damaged member ({error}); expected a whole one") from error
    if claimed != there:
        says = " × ".join(map(str, shape))
        raise ValueError(f"{where}: found {there} bytes of data; expected {claimed}, since its header says {says}")
    array = data.view(dtype)
    return array.reshape(shape[::-1]).T if fortran_order else array.reshape(shape)


def _read_header(stream: IO[bytes], where: str) -> tuple[tuple[int, ...], bool, np.dtype[np.generic]]:
    head = stream.read(npy.MAGIC_LEN)
    if head[:-2] != npy.MAGIC_PREFIX or len(head) < npy.MAGIC_LEN:
        raise ValueError(f"{where}: found bytes that begin with {head!r}, no array; expected the bytes of an .npy file")
    version = head[-2], head[-1]
    if version not in ((1, 0), (2, 0)):  # 3.0 is for names of fields alone
        raise ValueError(f"{where}: found version {version} of the .npy format; expected (1, 0) or (2, 0)")
    start = stream.read(2 if version == (1, 0) else 4)
    length = int.from_bytes(start, "little")
    if length > _LONGEST_HEADER:
        raise ValueError(f"{where}: found a header of {length:,} bytes; expected at most {_LONGEST_HEADER:,}")
    read = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
    try:
        shape, fortran_order, dtype = read(io.BytesIO(start + stream.read(length)), _LONGEST_HEADER)
    except Exception as error:  # NumPy lets Python parse it as a literal, which fails in a dozen ways
        raise ValueError(f"{where}: found a damaged header ({error}); expected that of an .npy file") from error
    if min(shape, default=0) < 0:
        raise ValueError(f"{where}: found a damaged header (shape {shape}); expected that of an .npy file")
    if dtype.hasobject:
        raise ValueError(f"{where}: found pickled objects, which could run code; expected a plain array")
    return shape, fortran_order, dtype
