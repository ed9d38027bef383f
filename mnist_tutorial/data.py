"""Read MNIST, or any data set stored in one of its formats. Nothing here opens a network connection."""

import os
import stat
from os import PathLike
from pathlib import Path

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from ._csv import read_csv
from ._files import Part, as_path, check_pairs, mode_of, open_unpacked
from ._find import IN_FOLDER, find_set
from ._idx import read_idx
from ._npz import read_npz

Unchecked = tuple[NDArray[np.generic], NDArray[np.generic], object]  # images, labels, and where they come from

_ARRAYS = ("x_train", "y_train", "x_test", "y_test")
_SHIPPED = Path(__file__).parent / "data" / "mnist.npz"
_EXPECTED = f"an .npz file, a .csv file, or a folder with {IN_FOLDER}"


def load_mnist(
    path: str | PathLike[str] | None = None, *, num_classes: int = 10, transpose: bool = False
) -> tuple[Part, Part]:
    """Return the training set and the test set, in the layout of ``keras.datasets.mnist.load_data()``.

    Parameters
    ----------
    path
        ``None`` reads the full MNIST that ships inside the package. Otherwise one of these; ``~`` is your home folder.

        * An ``.npz`` file with the arrays ``x_train``, ``y_train``, ``x_test`` and ``y_test``.
        * A folder with the four IDX files (``train-images-idx3-ubyte`` and so on), as Fashion-MNIST and
          Kuzushiji-MNIST come. Each may be gzipped or not, have a dot in its name (``train-images.idx3-ubyte``), be
          in capitals, or lie in a folder of its own name. Where several data sets lie in one folder, and their names
          begin the files' (``emnist-letters-train-images-idx3-ubyte.gz``), end the path in such a name:
          ``gzip/emnist-letters``.
        * A folder with a pair of CSV files, such as ``mnist_train.csv`` and ``mnist_test.csv``: a label and 784 pixels
          (or those of another square) a line. Without a header, the label comes first; with one, its column is called
          ``label``.
        * A single CSV file, such as the ``train.csv`` of Kaggle's Digit Recognizer. It becomes the training set, and
          the test set is empty, with shapes ``(0, 28, 28)`` and ``(0,)``. The ``test.csv`` of that competition has no
          labels and is refused.
    num_classes
        Labels go from 0 to ``num_classes - 1``; at most 256. EMNIST's letters begin at 1, so they need 27, and
        ``y_train - 1`` counts from 0.
    transpose
        Exchange the rows and the columns of every image. EMNIST stores its pictures mirrored on their side; ``True``
        sets them upright: ``load_mnist("gzip/emnist-letters", num_classes=27, transpose=True)``.

    Returns
    -------
    (x_train, y_train), (x_test, y_test)
        Images: uint8, shape ``(n, height, width)``, 0 is the background and 255 full ink.
        Labels: uint8, shape ``(n,)``. For MNIST, 60,000 and 10,000 images of 28×28 pixels, labels 0 to 9.

    Raises
    ------
    FileNotFoundError
        If there is nothing at ``path``, or a file is missing from the folder.
    PermissionError
        If you may not read a file or a folder.
    ValueError
        If a file is damaged or holds something else, if it is a pipe or a device, or if it claims to unpack to more
        than a hundred times its size (and more than 64 MiB); the message names the file, what was found, and what was
        expected. Pickled objects are refused, never opened. Also if ``num_classes`` is not within 1 to 256.
    TypeError
        If an argument is of another type.

    Examples
    --------
    >>> (x_train, y_train), (x_test, y_test) = load_mnist()
    >>> x_train.shape, x_test.shape
    ((60000, 28, 28), (10000, 28, 28))
    >>> y_train[:3].tolist()
    [5, 0, 4]
    """
    if isinstance(num_classes, bool) or not isinstance(num_classes, (int, np.integer)):
        raise TypeError(f"num_classes: found {num_classes!r}; expected an integer from 1 to 256")
    if not 1 <= num_classes <= 256:
        raise ValueError(f"num_classes: found {num_classes}; expected 1 to 256, since labels are uint8")
    if not isinstance(transpose, (bool, np.bool_)):
        raise TypeError(f"transpose: found {transpose!r}; expected True or False")
    train, test = (
        check_pairs(images, labels, int(num_classes), where, "num_classes")
        for images, labels, where in _read(_SHIPPED if path is None else as_path(path, _EXPECTED))
    )
    return (_transposed(train), _transposed(test)) if transpose else (train, test)


def _read(source: Path) -> list[Unchecked]:
    """Read what is at a path, and say for each part where its labels stand, for errors."""
    try:
        is_folder = stat.S_ISDIR(mode_of(source, _EXPECTED))
    except FileNotFoundError:
        found = find_set(source.parent, source.name) if os.path.isdir(source.parent) else None
        if found is None:
            raise
        return _read_set(found)
    inner = source / source.name
    if is_folder and not os.path.isfile(inner):
        return _read_set(find_set(source) or [])
    return _read_file(inner if is_folder else source)  # some programs unpack to a folder of the file's own name


def _read_set(files: list[Path]) -> list[Unchecked]:
    if len(files) == 2:
        test, train = (read_csv(file) for file in reversed(files))  # Kaggle's test.csv fails in its first line
        return [(*train, files[0]), (*test, files[1])]
    x_train, y_train, x_test, y_test = (read_idx(file, 1 + 2 * (i % 2 == 0)) for i, file in enumerate(files))
    return [(x_train, y_train, files[1]), (x_test, y_test, files[3])]


def _read_file(file: Path) -> list[Unchecked]:
    with open_unpacked(file, _EXPECTED) as (stream, _, _):
        start = stream.read(6)
    name = file.name.lower()
    if name.endswith(".npz") or start.startswith(b"PK"):
        x_train, y_train, x_test, y_test = read_npz(file, _ARRAYS)
        return [(x_train, y_train, f"{file} (y_train)"), (x_test, y_test, f"{file} (y_test)")]
    if name.endswith((".csv", ".csv.gz")):
        images, labels = read_csv(file)
        return [(images, labels, file), (images[:0].copy(), labels[:0].copy(), file)]
    if start.startswith(b"\0\0\x08"):
        found = "one IDX file alone; give the folder that holds all four"
    elif start.startswith(npy.MAGIC_PREFIX):
        found = "one array alone; join all four with numpy.savez"
    elif start.startswith(b"\x80"):
        found = "a pickle, which could run code"
    else:
        found = f"a file that is neither .npz nor .csv; it begins with {start!r}" if start else "an empty file"
    raise ValueError(f"{file}: found {found}; expected {_EXPECTED}")


def _transposed(part: Part) -> Part:
    images, labels = part
    return np.ascontiguousarray(images.transpose(0, 2, 1)), labels
