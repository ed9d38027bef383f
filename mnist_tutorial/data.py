"""Read MNIST, or any data set stored in one of its formats. Nothing here opens a network connection."""

import gzip
import math
import struct
import zipfile
import zlib
from os import PathLike
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Images = NDArray[np.uint8]
Labels = NDArray[np.uint8]

_SHIPPED = Path(__file__).parent / "data" / "mnist.npz"
_IMAGES_MAGIC, _LABELS_MAGIC = 2051, 2049  # 0x08 is "uint8"; the last byte is the number of dimensions
_READ_ERRORS = (OSError, EOFError, ValueError, zlib.error, zipfile.BadZipFile)


def load_mnist(path: str | PathLike[str] | None = None) -> tuple[tuple[Images, Labels], tuple[Images, Labels]]:
    """Return the training set and the test set, in the layout of ``keras.datasets.mnist.load_data()``.

    Parameters
    ----------
    path
        ``None`` reads the full MNIST that ships inside the package. Otherwise an ``.npz`` file with the arrays
        ``x_train``, ``y_train``, ``x_test`` and ``y_test``, or a folder with the four IDX files
        (``train-images-idx3-ubyte`` and so on), each plain or gzipped. Fashion-MNIST and Kuzushiji-MNIST come
        as such folders.

    Returns
    -------
    (x_train, y_train), (x_test, y_test)
        Images: uint8, shape ``(n, height, width)``, 0 is the background and 255 full ink.
        Labels: uint8, shape ``(n,)``, 0 to 9. For MNIST, 60,000 and 10,000 images of 28×28 pixels.

    Raises
    ------
    FileNotFoundError
        If there is nothing at ``path``, or an IDX file is missing from the folder.
    ValueError
        If a file is damaged or holds something else; the message names the file, what was found, and what was
        expected. Pickled objects are refused, never opened.

    Examples
    --------
    >>> (x_train, y_train), (x_test, y_test) = load_mnist()
    >>> x_train.shape, x_test.shape
    ((60000, 28, 28), (10000, 28, 28))
    >>> y_train[:3].tolist()
    [5, 0, 4]
    """
    source = _SHIPPED if path is None else Path(path)
    if not source.exists():
        raise FileNotFoundError(f"{source}: nothing there; expected an .npz file or a folder with the four IDX files")
    if source.is_dir():
        return _read_pair(source, "train"), _read_pair(source, "t10k")
    if source.suffix != ".npz":
        raise ValueError(f"{source}: found a file that is not an .npz; expected an .npz file or a folder of IDX files")
    return _read_npz(source)


def _read_npz(file: Path) -> tuple[tuple[Images, Labels], tuple[Images, Labels]]:
    names = ("x_train", "y_train", "x_test", "y_test")
    if not zipfile.is_zipfile(file):  # np.load would try to unpickle it
        found = "an empty file" if file.stat().st_size == 0 else "something else, or a part of one"
        raise ValueError(f"{file}: found {found}; expected an .npz archive")
    try:
        with np.load(file, allow_pickle=False) as archive:
            missing = [name for name in names if name not in archive.files]
            if missing:
                raise ValueError(f"found the arrays {sorted(archive.files)}, without {missing}")
            x_train, y_train, x_test, y_test = (archive[name] for name in names)
    except _READ_ERRORS as error:
        reason = "pickled objects, which could run code; refused" if "pickle" in str(error) else error
        raise ValueError(
            f"{file}: {reason}; expected an .npz archive with the plain arrays {', '.join(names)}"
        ) from error
    return _checked(x_train, y_train, f"{file} (train)"), _checked(x_test, y_test, f"{file} (test)")


def _read_pair(folder: Path, part: str) -> tuple[Images, Labels]:
    images = _read_idx(_find(folder, f"{part}-images-idx3-ubyte"), _IMAGES_MAGIC)
    labels_file = _find(folder, f"{part}-labels-idx1-ubyte")
    return _checked(images, _read_idx(labels_file, _LABELS_MAGIC), str(labels_file))


def _find(folder: Path, name: str) -> Path:
    for candidate in (folder / name, folder / f"{name}.gz"):
        if candidate.is_file():
            return candidate
    found = sorted(entry.name for entry in folder.iterdir())[:8]
    raise FileNotFoundError(f"{folder / name}: no such file, plain or .gz; the folder holds {found}")


def _read_idx(file: Path, magic: int) -> NDArray[np.uint8]:
    """Read an IDX file: a big-endian magic number, one big-endian size a dimension, then the bytes."""
    try:
        content = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    except _READ_ERRORS as error:
        raise ValueError(f"{file}: found a damaged or truncated gzip file ({error}); expected a whole one") from error
    header = 4 + 4 * (magic & 0xFF)
    if len(content) < header:
        raise ValueError(f"{file}: found {len(content)} bytes; expected an IDX header of {header} bytes, then the data")
    found, *shape = struct.unpack(f">{header // 4}I", content[:header])
    if found != magic:
        raise ValueError(f"{file}: found magic number {found}; expected {magic}")
    if len(content) - header != math.prod(shape):
        raise ValueError(
            f"{file}: found {len(content) - header} bytes of data; "
            f"expected {math.prod(shape)}, since its header says {' × '.join(map(str, shape))}"
        )
    return np.frombuffer(bytearray(content), np.uint8, offset=header).reshape(shape)  # bytearray: writable, as in Keras


def _checked(images: NDArray[np.generic], labels: NDArray[np.generic], where: str) -> tuple[Images, Labels]:
    if images.ndim != 3 or images.dtype != np.uint8:
        raise ValueError(
            f"{where}: found images of {images.dtype}, shape {images.shape}; expected uint8, three dimensions"
        )
    if labels.ndim != 1 or labels.dtype.kind not in "iu":
        raise ValueError(
            f"{where}: found labels of {labels.dtype}, shape {labels.shape}; expected integers, one dimension"
        )
    if len(images) != len(labels):
        raise ValueError(f"{where}: found {len(labels)} labels for {len(images)} images; expected one label an image")
    if labels.size and not 0 <= labels.min() <= labels.max() <= 9:
        raise ValueError(f"{where}: found labels from {labels.min()} to {labels.max()}; expected 0 to 9")
    return images.view(np.ndarray), labels.astype(np.uint8, copy=False)
