"""Open a file that may be anything, and read no more of it than is really there."""

import gzip
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import IO, cast

import numpy as np
from numpy.typing import NDArray

Part = tuple[NDArray[np.uint8], NDArray[np.uint8]]  # images and their labels

_STEP = 1 << 20
# Real digits shrink to a fifth or so. What claims to be far larger than its file was made to fill the memory.
_SHRINK, _SMALL = 100, 64 << 20
_KINDS = {stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device"}


def as_path(path: object, expected: str) -> Path:
    """Return a path that a user gave, or say what is wrong with it. ``~`` is the home folder."""
    text = os.fspath(path) if isinstance(path, PathLike) else path
    if not isinstance(text, str):
        raise TypeError(f"path: found {type(text).__name__}; expected a str, a pathlib.Path, or None")
    if not text:
        raise ValueError(f"path: found an empty string; expected the path of {expected}")
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        raise FileNotFoundError(f"{text}: found no home folder for it ({error}); expected {expected}") from error


@contextmanager
def causes(file: Path, expected: str) -> Iterator[None]:
    """Name the file and the true cause when the system cannot find, open or read it."""
    try:
        yield
    except PermissionError as error:
        raise PermissionError(f"{file}: found no permission to read it; expected {expected}") from error
    except (FileNotFoundError, NotADirectoryError) as error:
        found = f"a link to {os.readlink(file)}, where nothing is" if file.is_symlink() else "nothing there"
        raise FileNotFoundError(f"{file}: found {found}; expected {expected}") from error
    except OSError as error:
        raise ValueError(f"{file}: found that the system cannot read it ({error}); expected {expected}") from error


def mode_of(file: Path, expected: str) -> int:
    """Return the mode of what is at a path, links followed."""
    with causes(file, expected):
        try:
            return file.stat().st_mode
        except ValueError as error:  # a NUL character, or half of a surrogate pair
            raise ValueError(f"{str(file)!r}: found a name that no file can have ({error}); expected a path") from error


@contextmanager
def open_file(file: Path, expected: str) -> Iterator[tuple[IO[bytes], int]]:
    """Open a regular file; give the stream and the file's size. Of a pipe or a device nobody knows where it ends."""
    kind = stat.S_IFMT(mode_of(file, expected))
    if kind != stat.S_IFREG:
        raise ValueError(f"{file}: found {_KINDS.get(kind, 'a folder')}; expected {expected}")
    with causes(file, expected), open(file, "rb") as stream:
        yield stream, os.fstat(stream.fileno()).st_size


@contextmanager
def open_unpacked(file: Path, expected: str) -> Iterator[tuple[IO[bytes], int, bool]]:
    """Open a file that may be gzipped, whatever its name says; give the stream, the file's size, and "gzipped?"."""
    with open_file(file, expected) as (stream, size):
        gzipped = stream.read(2) == b"\x1f\x8b"
        stream.seek(0)
        if not gzipped:
            yield stream, size, False
            return
        try:
            with gzip.GzipFile(fileobj=stream) as unpacked:
                yield cast(IO[bytes], unpacked), size, True
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise ValueError(
                f"{file}: found a damaged or truncated gzip file ({error}); expected a whole one"
            ) from error


def most_unpacked(size: int) -> int:
    """Return how many bytes an archive of ``size`` bytes may hold."""
    return max(_SMALL, _SHRINK * size)


def check_claim(file: Path, claimed: int, size: int) -> None:
    """Refuse an archive that says it holds far more than its size makes likely, before any memory is spent on it."""
    if claimed > most_unpacked(size):
        raise ValueError(
            f"{file}: found {size:,} bytes that claim to unpack to {claimed:,}; "
            f"expected at most {most_unpacked(size):,}"
        )


def read_up_to(stream: IO[bytes], count: int, size: int) -> NDArray[np.uint8]:
    """Read ``count`` bytes, or what there is. Memory grows with what comes, not with what a header claims.

    ``size`` is that of the file: a reserve of ten times as much is enough for real data, which then are never moved.
    """
    data = np.empty(min(count, 10 * size), np.uint8)
    filled = 0
    while filled < count:
        if filled == len(data):
            data.resize(min(count, 2 * len(data) + _STEP), refcheck=False)
        chunk = stream.read(min(_STEP, len(data) - filled))
        if not chunk:
            return data[:filled]
        data[filled : filled + len(chunk)] = np.frombuffer(chunk, np.uint8)
        filled += len(chunk)
    return data


def check_images(shape: tuple[int, ...], dtype: np.dtype[np.generic], where: object) -> None:
    """Check what a header says of images, before the images are read."""
    if len(shape) != 3 or dtype != np.uint8:
        raise ValueError(f"{where}: found images of {dtype}, shape {shape}; expected uint8, three dimensions")
    if 0 in shape[1:]:
        raise ValueError(f"{where}: found images of {shape[1]} × {shape[2]} pixels; expected at least 1 × 1")


def check_labels(shape: tuple[int, ...], dtype: np.dtype[np.generic], where: object) -> None:
    """Check what a header says of labels, before the labels are read."""
    if len(shape) != 1 or dtype.kind not in "iu":
        raise ValueError(f"{where}: found labels of {dtype}, shape {shape}; expected integers, one dimension")


def check_pairs(
    images: NDArray[np.generic], labels: NDArray[np.generic], num_classes: int, where: object, option: str = ""
) -> Part:
    """Check what headers cannot tell; the readers have seen to dtypes and dimensions.

    ``option`` is the name of the argument that would allow more classes, if there is one.
    """
    if len(images) != len(labels):
        raise ValueError(f"{where}: found {len(labels)} labels for {len(images)} images; expected one label an image")
    if labels.size and not 0 <= labels.min() <= labels.max() < num_classes:
        fits = option and labels.min() >= 0 and labels.max() < 256
        raise ValueError(
            f"{where}: found labels from {labels.min()} to {labels.max()}; expected 0 to {num_classes - 1}"
            + (f". If they are right, give {option}={labels.max() + 1}" if fits else "")
        )
    return images.astype(np.uint8, copy=False), labels.astype(np.uint8, copy=False)
