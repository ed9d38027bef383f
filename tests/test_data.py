"""load_mnist: the shipped data are the real ones, other formats drop in, and bad files get clear errors."""

import gzip
import hashlib
import socket
import struct
from pathlib import Path

import numpy as np
import pytest

from mnist_tutorial import load_mnist

PUBLISHED_MD5 = {
    "x_train": "6bbc9ace898e44ae57da46a324031adb",
    "y_train": "a25bea736e30d166cdddb491f175f624",
    "x_test": "2646ac647ad5339dbf082846283269ea",
    "y_test": "27ae3e4e09519cfbb04c329615203637",
}
NAMES = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")


def idx_bytes(array):
    """Return an array as the IDX file that would hold it."""
    magic = 0x0800 + array.ndim
    return struct.pack(f">{1 + array.ndim}I", magic, *array.shape) + array.tobytes()


@pytest.fixture
def arrays():
    rng = np.random.default_rng(0)
    return {
        "x_train": rng.integers(0, 256, (7, 4, 3), dtype=np.uint8),
        "y_train": rng.integers(0, 10, 7, dtype=np.uint8),
        "x_test": rng.integers(0, 256, (3, 4, 3), dtype=np.uint8),
        "y_test": rng.integers(0, 10, 3, dtype=np.uint8),
    }


@pytest.fixture
def folder(tmp_path, arrays):
    """A folder with a space and Korean letters in its name, holding a small IDX data set."""
    path = tmp_path / "손글씨 data"
    path.mkdir()
    for name, array in zip(NAMES, arrays.values(), strict=True):
        (path / name).write_bytes(idx_bytes(array))
    return path


def assert_equal(loaded, arrays):
    (x_train, y_train), (x_test, y_test) = loaded
    for found, expected in zip((x_train, y_train, x_test, y_test), arrays.values(), strict=True):
        assert found.dtype == np.uint8
        np.testing.assert_array_equal(found, expected)


def error(path, kind=ValueError):
    """Load, and return the message of the error, which must name the path."""
    with pytest.raises(kind) as caught:
        load_mnist(path)
    assert str(Path(path).name) in str(caught.value)
    return str(caught.value)


def test_shipped_data_are_mnist():
    (x_train, y_train), (x_test, y_test) = load_mnist()
    assert (x_train.shape, x_test.shape) == ((60000, 28, 28), (10000, 28, 28))
    assert y_train[:3].tolist() == [5, 0, 4]
    assert y_train[-3:].tolist() == [5, 6, 8]
    for name, array in zip(PUBLISHED_MD5, (x_train, y_train, x_test, y_test), strict=True):
        assert array.dtype == np.uint8
        assert hashlib.md5(idx_bytes(array)).hexdigest() == PUBLISHED_MD5[name], name


def test_no_network(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("load_mnist opened a connection")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    load_mnist()


def test_npz(tmp_path, arrays):
    np.savez_compressed(tmp_path / "small.npz", **arrays)
    assert_equal(load_mnist(tmp_path / "small.npz"), arrays)
    assert_equal(load_mnist(str(tmp_path / "small.npz")), arrays)


def test_npz_labels_of_another_integer_type_become_uint8(tmp_path, arrays):
    np.savez(tmp_path / "small.npz", **(arrays | {"y_train": arrays["y_train"].astype(np.int64)}))
    assert_equal(load_mnist(tmp_path / "small.npz"), arrays)


def test_idx_folder_plain(folder, arrays):
    loaded = load_mnist(folder)
    assert_equal(loaded, arrays)
    loaded[0][0][0, 0, 0] = 1  # writable, as Keras' arrays are


def test_idx_folder_gzipped(folder, arrays):
    for name in NAMES[1:]:  # one stays plain: a mixture is fine
        (folder / f"{name}.gz").write_bytes(gzip.compress((folder / name).read_bytes()))
        (folder / name).unlink()
    assert_equal(load_mnist(folder), arrays)


def test_missing_path(tmp_path):
    assert "expected an .npz file or a folder" in error(tmp_path / "nowhere.npz", FileNotFoundError)


def test_missing_idx_file_names_it_and_what_is_there(folder):
    (folder / NAMES[3]).unlink()
    with pytest.raises(FileNotFoundError, match=rf"{NAMES[3]}: no such file.*{NAMES[2]}"):
        load_mnist(folder)


def test_file_that_is_no_npz(tmp_path):
    (tmp_path / "digits.csv").write_text("1,2,3")
    assert "not an .npz" in error(tmp_path / "digits.csv")


@pytest.mark.parametrize(("content", "found"), [(b"", "an empty file"), (b"just some text\n", "something else")])
def test_npz_that_is_empty_or_text(tmp_path, content, found):
    (tmp_path / "bad.npz").write_bytes(content)
    assert found in error(tmp_path / "bad.npz")


def test_npz_truncated(tmp_path, arrays):
    np.savez(tmp_path / "cut.npz", **arrays)
    content = (tmp_path / "cut.npz").read_bytes()
    (tmp_path / "cut.npz").write_bytes(content[: len(content) // 2])
    assert "expected an .npz archive" in error(tmp_path / "cut.npz")


def test_npz_damaged_inside(tmp_path, arrays):
    np.savez_compressed(tmp_path / "bad.npz", **arrays)
    content = bytearray((tmp_path / "bad.npz").read_bytes())
    content[60:90] = bytes(30)  # the archive's index is whole, the first array is not
    (tmp_path / "bad.npz").write_bytes(content)
    assert "expected an .npz archive" in error(tmp_path / "bad.npz")


def test_npz_without_one_array(tmp_path, arrays):
    del arrays["y_test"]
    np.savez(tmp_path / "three.npz", **arrays)
    assert "without ['y_test']" in error(tmp_path / "three.npz")


class Bomb:
    """Leaves a trace if anything unpickles it."""

    exploded = False

    def __reduce__(self):
        return (setattr, (Bomb, "exploded", True))


def test_npz_with_pickled_objects_is_refused_and_never_unpickled(tmp_path, arrays):
    arrays["y_train"] = np.array([Bomb()] * 7, dtype=object)
    np.savez(tmp_path / "pickled.npz", **arrays)
    assert "pickled objects" in error(tmp_path / "pickled.npz")
    assert not Bomb.exploded


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        (NAMES[0], lambda content: b"", "found 0 bytes; expected an IDX header of 16 bytes"),
        (NAMES[0], lambda content: content[:-5], "found 79 bytes of data; expected 84.*7 × 4 × 3"),
        (NAMES[0], lambda content: content + b"x", "found 85 bytes of data; expected 84"),
        (NAMES[1], lambda content: content[:6], "found 6 bytes; expected an IDX header of 8 bytes"),
        (NAMES[0], lambda content: b"\0\0\x08\x01" + content[4:], "found magic number 2049; expected 2051"),
        (NAMES[1], lambda content: idx_bytes(np.zeros(6, np.uint8)), "found 6 labels for 7 images"),
        (NAMES[1], lambda content: idx_bytes(np.full(7, 10, np.uint8)), "found labels from 10 to 10; expected 0 to 9"),
    ],
)
def test_bad_idx(folder, name, change, message):
    (folder / name).write_bytes(change((folder / name).read_bytes()))
    with pytest.raises(ValueError, match=rf"{name}.*{message}"):
        load_mnist(folder)


@pytest.mark.parametrize(
    "damage", [lambda gz: gz[:-10], lambda gz: b"no gzip", lambda gz: gz[:12] + bytes(8) + gz[20:]]
)
def test_bad_gzip(folder, damage):
    plain = folder / NAMES[0]
    (folder / f"{NAMES[0]}.gz").write_bytes(damage(gzip.compress(plain.read_bytes())))
    plain.unlink()
    with pytest.raises(ValueError, match=rf"{NAMES[0]}\.gz: found a damaged or truncated gzip file"):
        load_mnist(folder)


@pytest.mark.parametrize(
    ("name", "array", "message"),
    [
        ("x_train", np.zeros((7, 12), np.uint8), r"found images of uint8, shape \(7, 12\)"),
        ("x_test", np.zeros((3, 4, 3), np.float32), "found images of float32"),
        ("y_train", np.zeros(7, np.float32), "found labels of float32"),
        ("y_test", np.array([0, -1, 3]), "found labels from -1 to 3"),
        ("y_test", np.zeros((3, 10), np.uint8), r"found labels of uint8, shape \(3, 10\)"),
    ],
)
def test_npz_with_the_wrong_kind_of_array(tmp_path, arrays, name, array, message):
    np.savez(tmp_path / "odd.npz", **(arrays | {name: array}))
    with pytest.raises(ValueError, match=rf"odd\.npz \((train|test)\): {message}"):
        load_mnist(tmp_path / "odd.npz")
