"""A small data set, and the files that people keep one in."""

import gzip
import io
import struct
import zipfile

import numpy as np

IDX_NAMES = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")
NPZ_NAMES = ("x_train", "y_train", "x_test", "y_test")


def small_arrays(height=4, width=3):
    """Return x_train, y_train, x_test, y_test of 7 and 3 images."""
    rng = np.random.default_rng(0)
    return {
        "x_train": rng.integers(0, 256, (7, height, width), dtype=np.uint8),
        "y_train": rng.integers(0, 10, 7, dtype=np.uint8),
        "x_test": rng.integers(0, 256, (3, height, width), dtype=np.uint8),
        "y_test": rng.integers(0, 10, 3, dtype=np.uint8),
    }


def idx_bytes(array):
    """Return an array as the IDX file that would hold it."""
    magic = 0x0800 + array.ndim
    return struct.pack(f">{1 + array.ndim}I", magic, *array.shape) + array.tobytes()


def csv_text(images, labels, header=True):
    """Return images and labels as Kaggle spreads them."""
    names = ["label", *(f"pixel{i}" for i in range(images[0].size))]
    rows = [[label, *image.ravel()] for image, label in zip(images, labels, strict=True)]
    return "".join(",".join(map(str, row)) + "\n" for row in ([names] if header else []) + rows)


def write_idx(folder, arrays, names=IDX_NAMES, pack=bytes):
    """Write four IDX files into a folder, new if need be; ``pack`` may be ``gzip.compress``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, array in zip(names, arrays.values(), strict=True):
        (folder / name).write_bytes(pack(idx_bytes(array)))
    return folder


def write_csv(folder, arrays, names=("mnist_train.csv", "mnist_test.csv"), header=True):
    """Write two CSV files into a folder, new if need be; gzipped where the name says so."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, part in zip(names, ("train", "test"), strict=True):
        content = csv_text(arrays[f"x_{part}"], arrays[f"y_{part}"], header).encode()
        (folder / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return folder


def assert_equal(loaded, arrays):
    """Compare what load_mnist returned with four arrays, dtypes and all."""
    (x_train, y_train), (x_test, y_test) = loaded
    for found, expected in zip((x_train, y_train, x_test, y_test), arrays.values(), strict=True):
        assert type(found) is np.ndarray
        assert found.dtype == np.uint8
        assert found.flags.writeable  # as Keras' arrays are
        np.testing.assert_array_equal(found, expected)


def npz(path, arrays, compression=zipfile.ZIP_STORED, **members):
    """Write an .npz whose members may be bytes in place of arrays."""
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, array in (arrays | members).items():
            content = array if isinstance(array, bytes) else npy(array)
            archive.writestr(f"{name}.npy", content)
    return path


def npy(array):
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def npy_with_header(header, version=1, data=b""):
    length = struct.pack("<H" if version == 1 else "<I", len(header))
    return b"\x93NUMPY" + bytes([version, 0]) + length + header.encode("latin1") + data
