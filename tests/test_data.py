"""load_mnist: the shipped data are the real ones, and what people have drops in, by whatever name they have it."""

import gzip
import hashlib
import os
import socket
from pathlib import Path

import numpy as np
import pytest
from datasets import IDX_NAMES, NPZ_NAMES, assert_equal, csv_text, idx_bytes, small_arrays, write_csv, write_idx

from mnist_tutorial import load_mnist

PUBLISHED_MD5 = {
    "x_train": "6bbc9ace898e44ae57da46a324031adb",
    "y_train": "a25bea736e30d166cdddb491f175f624",
    "x_test": "2646ac647ad5339dbf082846283269ea",
    "y_test": "27ae3e4e09519cfbb04c329615203637",
}


@pytest.fixture
def arrays():
    return small_arrays()


@pytest.fixture
def squares():
    """Square pictures, which a CSV file must hold."""
    return small_arrays(4, 4)


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


# .npz


@pytest.mark.parametrize("name", ["small.npz", "SMALL.NPZ", "small.zip"])
def test_npz(tmp_path, arrays, name):
    with open(tmp_path / name, "wb") as file:
        np.savez_compressed(file, **arrays)
    assert_equal(load_mnist(tmp_path / name), arrays)


def test_npz_in_a_folder_of_its_own_name(tmp_path, arrays):
    (tmp_path / "mnist.npz").mkdir()
    np.savez(tmp_path / "mnist.npz" / "mnist.npz", **arrays)
    assert_equal(load_mnist(tmp_path / "mnist.npz"), arrays)


@pytest.mark.parametrize("dtype", [np.int64, ">i2", np.uint32, np.int8])
def test_npz_labels_of_another_integer_type_become_uint8(tmp_path, arrays, dtype):
    np.savez(tmp_path / "small.npz", **(arrays | {"y_train": arrays["y_train"].astype(dtype)}))
    assert_equal(load_mnist(tmp_path / "small.npz"), arrays)


def test_npz_in_fortran_order(tmp_path, arrays):
    np.savez(tmp_path / "small.npz", **(arrays | {"x_train": np.asfortranarray(arrays["x_train"])}))
    assert_equal(load_mnist(tmp_path / "small.npz"), arrays)


# Paths


def test_path_may_be_str_pathlike_or_begin_with_home(tmp_path, arrays, monkeypatch):
    class Somewhere(os.PathLike):
        def __fspath__(self):
            return str(tmp_path / "small.npz")

    np.savez(tmp_path / "small.npz", **arrays)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))  # home, on Windows
    monkeypatch.chdir(tmp_path)
    for path in (str(tmp_path / "small.npz"), Somewhere(), "~/small.npz", Path("~/small.npz"), "small.npz"):
        assert_equal(load_mnist(path), arrays)


# IDX folders


def test_idx_folder_with_a_space_and_korean_in_its_name(tmp_path, arrays):
    name = os.fsdecode("손글씨 data".encode())  # by way of bytes, any locale can name it
    assert_equal(load_mnist(write_idx(tmp_path / name, arrays)), arrays)


@pytest.mark.parametrize(
    "rename",
    [
        lambda name: name.replace("-idx", ".idx"),
        lambda name: name.replace("-idx", ".idx") + ".gz",
        lambda name: name.upper(),
        lambda name: name.upper() + ".GZ",
        lambda name: name.replace("-", "_"),
        lambda name: "emnist-letters-" + name.replace("t10k", "test"),
        lambda name: f"{name}/{name}",
        lambda name: f"{name}/{name}.gz",
        lambda name: f"{name}.gz/{name}",
        lambda name: f"{name.replace('-idx', '.idx')}/{name.replace('-idx', '.idx')}",
    ],
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])  # whatever the name says
def test_idx_folder_by_the_names_people_have(tmp_path, arrays, rename, pack):
    for name, array in zip(IDX_NAMES, arrays.values(), strict=True):
        file = tmp_path / rename(name)
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(pack(idx_bytes(array)))
        (file.parent / f"._{file.name}").write_bytes(b"\0\5\x16\7")  # as macOS leaves them
    assert_equal(load_mnist(tmp_path), arrays)


def test_idx_folder_where_one_is_gzipped_and_one_is_there_twice(tmp_path, arrays):
    write_idx(tmp_path, arrays)
    (tmp_path / f"{IDX_NAMES[1]}.gz").write_bytes(gzip.compress((tmp_path / IDX_NAMES[1]).read_bytes()))
    (tmp_path / IDX_NAMES[1]).unlink()
    (tmp_path / f"{IDX_NAMES[0]}.gz").write_bytes(b"an older copy; the plain file comes first")
    assert_equal(load_mnist(tmp_path), arrays)


def test_several_gzip_members_make_one_file(tmp_path, arrays):
    def pack(content):
        return gzip.compress(content[:9]) + gzip.compress(content[9:])

    assert_equal(load_mnist(write_idx(tmp_path, arrays, pack=pack)), arrays)


def test_a_path_says_which_of_several_data_sets(tmp_path, arrays):
    others = arrays | {"y_train": 9 - arrays["y_train"]}
    write_idx(tmp_path, arrays, [f"emnist-digits-{name}" for name in IDX_NAMES])
    write_idx(tmp_path, others, [f"EMNIST-MNIST-{name}" for name in IDX_NAMES])
    with pytest.raises(ValueError, match="found the data sets emnist-digits, emnist-mnist; expected one") as caught:
        load_mnist(tmp_path)
    assert str(tmp_path / "emnist-digits") in str(caught.value)
    assert_equal(load_mnist(tmp_path / "emnist-digits"), arrays)
    assert_equal(load_mnist(str(tmp_path / "Emnist-Mnist")), others)
    with pytest.raises(FileNotFoundError, match="emnist-letters: found nothing there"):
        load_mnist(tmp_path / "emnist-letters")
    plain = arrays | {"y_test": 9 - arrays["y_test"]}
    assert_equal(load_mnist(write_idx(tmp_path, plain)), plain)  # the plain names are the folder's own


# EMNIST: more classes, pictures on their side


def test_labels_beyond_nine(tmp_path, arrays):
    arrays["y_train"][:2] = 26, 1
    write_idx(tmp_path, arrays)
    with pytest.raises(ValueError, match=r"found labels from \d to 26; expected 0 to 9.* give num_classes=27"):
        load_mnist(tmp_path)
    with pytest.raises(ValueError, match="expected 0 to 25"):
        load_mnist(tmp_path, num_classes=26)
    assert_equal(load_mnist(tmp_path, num_classes=27), arrays)


def test_all_labels_of_a_byte(tmp_path, arrays):
    arrays["y_test"][0] = 255
    assert_equal(load_mnist(write_idx(tmp_path, arrays), num_classes=np.uint16(256)), arrays)


def test_transpose(tmp_path, arrays):
    loaded = load_mnist(write_idx(tmp_path, arrays), transpose=True)
    turned = {name: array.transpose(0, 2, 1) if array.ndim == 3 else array for name, array in arrays.items()}
    assert_equal(loaded, turned)
    assert loaded[0][0].flags.c_contiguous


# CSV


@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize(
    "names",
    [
        ("mnist_train.csv", "mnist_test.csv"),
        ("fashion-mnist_train.csv.gz", "fashion-mnist_test.csv.gz"),
        ("Train.CSV", "TEST.csv"),
        ("sign_mnist_train/sign_mnist_train.csv", "sign_mnist_test/sign_mnist_test.csv"),
        ("train.csv/train.csv", "test.csv/test.csv"),
        ("mnist_train_small.csv", "mnist_test.csv"),  # in Colab's sample_data
    ],
)
def test_csv_pair(tmp_path, squares, names, header):
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
    write_csv(tmp_path, squares, names, header)
    (tmp_path / "sample_submission.csv").write_text("ImageId,Label\n1,0\n", encoding="utf-8")
    for name in ("strain.csv", "stest.csv"):  # no data set of the name "s"
        (tmp_path / name).write_text("1", encoding="utf-8")
    assert_equal(load_mnist(tmp_path), squares)


def test_csv_pair_beside_another(tmp_path, squares):
    """Colab's sample_data holds houses as well."""
    write_csv(tmp_path, squares, ("mnist_train_small.csv", "mnist_test.csv"), header=False)
    for part in ("train", "test"):
        (tmp_path / f"california_housing_{part}.csv").write_text('"longitude","latitude"\n-114.3,34.2\n', "utf-8")
    with pytest.raises(ValueError, match="found the data sets california_housing, mnist; expected one"):
        load_mnist(tmp_path)
    assert_equal(load_mnist(tmp_path / "mnist"), squares)


def test_idx_files_come_before_a_csv_pair(tmp_path, arrays, squares):
    write_csv(tmp_path, squares, ("fashion-mnist_train.csv", "fashion-mnist_test.csv"))
    assert_equal(load_mnist(write_idx(tmp_path, arrays)), arrays)


def test_single_csv_is_the_training_set(tmp_path, squares):
    write_csv(tmp_path, squares, ("train.csv", "other.csv"))
    empty = {"x_test": np.empty((0, 4, 4), np.uint8), "y_test": np.empty(0, np.uint8)}
    assert_equal(load_mnist(tmp_path / "train.csv"), squares | empty)


def variants(text):
    _header, body = text.split("\n", 1)
    rows = [line.split(",") for line in text.split()]
    yield "as it is", text.encode()
    yield "no header", body.encode()
    yield "byte order mark", text.encode("utf-8-sig")
    yield "byte order mark, no header", body.encode("utf-8-sig")
    yield "Windows", text.replace("\n", "\r\n").encode()
    yield "old Macintosh", text.replace("\n", "\r").encode()
    yield "blank lines", text.replace("\n", "\n\n").encode()
    yield "no last newline", text.rstrip("\n").encode()
    yield "spaces", text.replace(",", ", ").encode()
    yield "quotes", "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode()
    yield "quoted header", (",".join(f'"{cell}"' for cell in rows[0]) + "\n" + body).encode()
    yield "label last", "\n".join(",".join(row[1:] + row[:1]) for row in rows).encode()
    for name in ("Labels", "Class", "target", "digit", "y"):
        yield f"{name} for label", text.replace("label", name).encode()
    yield "pandas' header of numbers", (",".join(["0", *(f"0.{i}" for i in range(1, 17))]) + "\n" + body).encode()
    yield "Korean names", text.replace("pixel", "화소").encode()


VARIANTS = dict(variants(csv_text(*(small_arrays(4, 4)[name] for name in NPZ_NAMES[:2]))))


@pytest.mark.parametrize("how", VARIANTS)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_csv_as_programs_write_it(tmp_path, squares, how, pack):
    (tmp_path / "train.csv").write_bytes(pack(VARIANTS[how]))
    (images, labels), _ = load_mnist(tmp_path / "train.csv")
    np.testing.assert_array_equal(images, squares["x_train"])
    np.testing.assert_array_equal(labels, squares["y_train"])
    assert images.flags.c_contiguous
