"""load_mnist with files that are damaged, mislabelled or made to harm: each error states the true cause."""

import errno
import gzip
import io
import os
import re
import signal
import socket
import struct
import warnings
import zipfile
from pathlib import Path

import numpy as np
import pytest
from datasets import (
    IDX_NAMES,
    NPZ_NAMES,
    assert_equal,
    csv_text,
    idx_bytes,
    npy_with_header,
    npz,
    small_arrays,
    write_csv,
    write_idx,
)

from mnist_tutorial import _files, load_mnist

needs_fifo = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes or devices")


@pytest.fixture
def arrays():
    return small_arrays()


@pytest.fixture
def folder(tmp_path, arrays):
    return write_idx(tmp_path / "data", arrays)


@pytest.fixture(autouse=True)
def no_hang():
    """End a test that waits for a pipe; Windows has no alarm, and no pipes among its files."""

    def stop(number, frame):
        raise AssertionError("load_mnist hangs")

    if hasattr(signal, "SIGALRM"):
        before = signal.signal(signal.SIGALRM, stop)
        signal.alarm(60)
        yield
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    else:
        yield


def message(path, kind=ValueError, **options):
    """Load, and return the message of the error, which must name the path, and say what was found and expected."""
    with pytest.raises(kind) as caught:
        load_mnist(path, **options)
    assert type(caught.value) is kind
    text = str(caught.value)
    assert Path(path).name in text
    assert re.search(r"found .*expected|no such file.*holds", text, re.DOTALL)
    return text


# Arguments


@pytest.mark.parametrize("path", [0, 3.5, b"data", False, ["data"], io.BytesIO()])
def test_path_of_another_type(path):
    with pytest.raises(TypeError, match=rf"path: found {type(path).__name__}; expected a str"):
        load_mnist(path)


@pytest.mark.parametrize(
    ("path", "kind", "found"),
    [
        ("", ValueError, "path: found an empty string"),
        ("a\0b", ValueError, "found a name that no file can have"),
        ("\ud800", ValueError, "found a name that no file can have"),
        ("~nobody-of-this-name/data", FileNotFoundError, "found no home folder"),
        ("x" * 5000, ValueError, "found that the system cannot read it"),
        ("nowhere/at/all", FileNotFoundError, "nowhere/at/all: found nothing there; expected an .npz file"),
    ],
)
def test_path_that_cannot_be(path, kind, found):
    with pytest.raises(kind, match=found):
        load_mnist(path)


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({"num_classes": 10.0}, TypeError),
        ({"num_classes": None}, TypeError),
        ({"num_classes": "10"}, TypeError),
        ({"num_classes": True}, TypeError),
        ({"num_classes": 0}, ValueError),
        ({"num_classes": np.int64(-1)}, ValueError),
        ({"num_classes": 257}, ValueError),
        ({"transpose": 1}, TypeError),
        ({"transpose": "no"}, TypeError),
        ({"transpose": None}, TypeError),
    ],
)
def test_options(options, kind):
    ((name, value),) = options.items()
    with pytest.raises(kind, match=rf"{name}: found {value!r}; expected" if kind is TypeError else rf"{name}: found"):
        load_mnist(**options)


# What is there at all


def test_missing_idx_file_names_it_and_what_is_there(folder):
    (folder / IDX_NAMES[3]).unlink()
    with pytest.raises(
        FileNotFoundError, match=rf"^{re.escape(str(folder / IDX_NAMES[3]))}: no such file.*{IDX_NAMES[2]}"
    ):
        load_mnist(folder)


def test_missing_file_of_a_set_with_a_prefix(tmp_path, arrays):
    write_idx(tmp_path, arrays, [f"emnist-letters-{name}" for name in IDX_NAMES])
    (tmp_path / f"emnist-letters-{IDX_NAMES[1]}").unlink()
    for path in (tmp_path, tmp_path / "emnist-letters"):
        with pytest.raises(FileNotFoundError, match=rf"emnist-letters-{IDX_NAMES[1]}: no such file"):
            load_mnist(path)


def test_folder_without_a_data_set(tmp_path):
    (tmp_path / "notes.txt").write_text("메모", encoding="utf-8")
    text = message(tmp_path, FileNotFoundError)
    assert "holds ['notes.txt']; expected the four IDX files" in text


def test_one_csv_of_a_pair(tmp_path):
    write_csv(tmp_path, small_arrays(4, 4), ("train.csv", "other.csv"))
    with pytest.raises(FileNotFoundError, match=r"test\.csv: no such file.*single CSV file is read by its own path"):
        load_mnist(tmp_path)


def test_link_to_nothing(tmp_path):
    (tmp_path / "mnist.npz").symlink_to(tmp_path / "gone.npz")
    assert "found a link to" in message(tmp_path / "mnist.npz", FileNotFoundError)


def test_link_to_itself(tmp_path):
    (tmp_path / "mnist.npz").symlink_to(tmp_path / "mnist.npz")
    message(tmp_path / "mnist.npz")


@needs_fifo
@pytest.mark.parametrize("name", ["mnist.npz", "train.csv", "anything"])
def test_pipes_sockets_and_devices_are_refused_unopened(tmp_path, name, monkeypatch):
    os.mkfifo(tmp_path / name)
    assert "found a named pipe" in message(tmp_path / name)
    (tmp_path / name).unlink()
    (tmp_path / name).symlink_to("/dev/zero")
    assert "found a device" in message(tmp_path / name)
    (tmp_path / name).unlink()
    monkeypatch.chdir(tmp_path)  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(name)
        assert "found a socket" in message(tmp_path / name)


@needs_fifo
@pytest.mark.parametrize("name", IDX_NAMES)
def test_pipe_in_a_folder(folder, name):
    (folder / name).unlink()
    os.mkfifo(folder / name)
    with pytest.raises(ValueError, match=rf"{name}: found a named pipe"):
        load_mnist(folder)


def test_folder_in_place_of_a_file(folder):
    (folder / IDX_NAMES[0]).unlink()
    (folder / IDX_NAMES[0]).mkdir()
    with pytest.raises(FileNotFoundError, match=rf"{IDX_NAMES[0]}: no such file"):
        load_mnist(folder)


# What the system says. Root may read everything, so it is the opening that is replaced.


@pytest.mark.parametrize("kind", ["npz", "csv", "idx", "gz"])
@pytest.mark.parametrize(
    ("error", "raised", "found"),
    [
        (PermissionError(errno.EACCES, "denied"), PermissionError, "found no permission to read it"),
        (FileNotFoundError(errno.ENOENT, "gone"), FileNotFoundError, "found nothing there"),
        (OSError(errno.EIO, "Input/output error"), ValueError, r"the system cannot read it.*Input/output error"),
    ],
)
@pytest.mark.parametrize("when", ["open", "read"])
def test_file_that_the_system_does_not_give(tmp_path, arrays, monkeypatch, kind, error, raised, found, when):
    class Failing(io.FileIO):
        def readinto(self, buffer):
            raise error

    def fail(file, mode):
        if when == "open":
            raise error
        return io.BufferedReader(Failing(file))

    path = tmp_path / f"mnist.{kind}"
    if kind in ("idx", "gz"):
        write_idx(path, arrays, pack=gzip.compress if kind == "gz" else bytes)
    else:
        path.write_bytes(b"PK")
    monkeypatch.setattr(_files, "open", fail, raising=False)
    with pytest.raises(raised, match=found) as caught:
        load_mnist(path)
    assert type(caught.value) is raised
    assert (IDX_NAMES[0] if path.is_dir() else path.name) in str(caught.value)


@pytest.mark.parametrize("method", ["stat", "iterdir", "is_dir"])
def test_folder_without_permission(folder, monkeypatch, method):
    def refuse(self, **options):
        raise PermissionError(errno.EACCES, "denied", str(self))

    monkeypatch.setattr(Path, method, refuse)
    assert "found no permission to read it" in message(folder, PermissionError)


# Files of another kind


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("bad.npz", b"", "an empty file"),
        ("bad.npz", b"just some text\n", "something else than an archive"),
        ("bad.npz", b"\x80\x04N.", "something else than an archive"),
        ("half.npz", b"PK\3\4and so on", "a damaged or truncated archive"),
        ("empty", b"", "an empty file"),
        ("mnist.pkl.gz", gzip.compress(b"\x80\x04N.", mtime=0), "a pickle, which could run code"),
        ("x_train.npy", b"\x93NUMPY\1\0", "one array alone"),
        ("train-images-idx3-ubyte", idx_bytes(np.zeros((2, 3, 3), np.uint8)), "one IDX file alone"),
        ("train-images-idx3-ubyte.gz", gzip.compress(idx_bytes(np.zeros(2, np.uint8)), mtime=0), "one IDX file alone"),
        ("page.html", b"<!DOCTYPE html>", "neither .npz nor .csv; it begins with b'<!DOC"),
    ],
)
def test_file_of_another_kind(tmp_path, name, content, found):
    (tmp_path / name).write_bytes(content)
    assert found in message(tmp_path / name)


def test_zip_of_the_files(tmp_path):
    with zipfile.ZipFile(tmp_path / "archive.zip", "w") as archive:
        archive.writestr("mnist_train.csv", "")
    assert "['mnist_train.csv'], without ['x_train'" in message(tmp_path / "archive.zip")
    assert "unpack them first" in message(tmp_path / "archive.zip")


# .npz


def test_npz_version_2(tmp_path, arrays):
    header = "{'descr': '|u1', 'fortran_order': False, 'shape': (3,)}\n"
    content = npy_with_header(header, 2, arrays["y_test"].tobytes())
    assert_equal(load_mnist(npz(tmp_path / "two.npz", arrays, y_test=content)), arrays)


def test_npz_cut_or_damaged(tmp_path, arrays):
    content = npz(tmp_path / "bad.npz", arrays, zipfile.ZIP_DEFLATED).read_bytes()
    (tmp_path / "bad.npz").write_bytes(content[: len(content) // 2])
    assert "found a damaged or truncated archive" in message(tmp_path / "bad.npz")
    (tmp_path / "bad.npz").write_bytes(content[:60] + bytes(30) + content[90:])  # its index is whole
    assert "(x_train): found a damaged member" in message(tmp_path / "bad.npz")


def test_npz_without_one_array(tmp_path, arrays):
    del arrays["y_test"]
    np.savez(tmp_path / "three.npz", **arrays)
    assert "without ['y_test']" in message(tmp_path / "three.npz")
    assert "unpack them first" not in message(tmp_path / "three.npz")


class Bomb:
    """Leaves a trace if anything unpickles it."""

    exploded = False

    def __reduce__(self):
        return (setattr, (Bomb, "exploded", True))


def test_npz_with_pickled_objects_is_refused_and_never_unpickled(tmp_path, arrays):
    arrays["y_train"] = np.array([Bomb()] * 7, dtype=object)
    np.savez(tmp_path / "pickled.npz", **arrays)
    assert "(y_train): found pickled objects" in message(tmp_path / "pickled.npz")
    assert not Bomb.exploded


def test_npz_encrypted(tmp_path, arrays):
    content = bytearray(npz(tmp_path / "locked.npz", arrays).read_bytes())
    for mark, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        content[content.index(mark) + flags] |= 1
    (tmp_path / "locked.npz").write_bytes(content)
    text = message(tmp_path / "locked.npz")
    assert "(x_train): found an encrypted member" in text
    assert "damaged" not in text


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, 99])
def test_npz_of_another_compression(tmp_path, arrays, method):
    content = bytearray(npz(tmp_path / "odd.npz", arrays).read_bytes())
    for mark, field in ((b"PK\3\4", 8), (b"PK\1\2", 10)):
        start = content.index(mark) + field
        content[start : start + 2] = struct.pack("<H", method)
    (tmp_path / "odd.npz").write_bytes(content)
    assert f"(x_train): found compression method {method}; expected 0 or 8" in message(tmp_path / "odd.npz")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "bytes that begin with b'', no array"),
        (b"hello", "bytes that begin with b'hello', no array"),
        (b"\x93NUMPY", "no array"),
        (b"\x93NUMPY\3\0", r"version \(3, 0\) of the .npy format"),
        (npy_with_header("{" + " " * 60_000 + "}"), "a header of 60,002 bytes; expected at most 10,000"),
        (npy_with_header("", 2)[:8] + b"\xff" * 4, "a header of 4,294,967,295 bytes"),
        (npy_with_header("{'descr': '|u1'}"), "a damaged header"),
        (npy_with_header("(" * 9_000), "a damaged header"),
        (npy_with_header("-" * 9_000 + "1"), "a damaged header"),
        (npy_with_header("{'descr': '\\d', 'fortran_order': False, 'shape': (3,)}"), "a damaged header"),
        (npy_with_header("{'descr': '|u1', 'fortran_order': False, 'shape': (3,)}")[:20], "a damaged header"),
        (
            npy_with_header("{'descr': '|u1', 'fortran_order': False, 'shape': (-3,)}"),
            r"a damaged header \(shape \(-3,\)\)",
        ),
        (npy_with_header("{'descr': '|u1', 'fortran_order': False, 'shape': (9,)}", data=b"123"), "3 bytes of data"),
        (npy_with_header("{'descr': '|u1', 'fortran_order': False, 'shape': (3,)}", data=b"1234"), "4 bytes of data"),
        (npy_with_header("{'descr': '<u8', 'fortran_order': False, 'shape': (2305843009213693952,)}"), "0 bytes"),
        (npy_with_header("{'descr': [('a', '|u1')], 'fortran_order': False, 'shape': (3,)}"), "labels of"),
    ],
)
def test_npz_member_that_is_no_array(tmp_path, arrays, content, found):
    with warnings.catch_warnings():  # Python warns of the stray backslash, and pytest would make that an error
        warnings.simplefilter("ignore", SyntaxWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        text = message(npz(tmp_path / "odd.npz", arrays, y_test=content))
    assert re.search(rf"\(y_test\): found .*({found})", text)
    assert "pickle" not in text


@pytest.mark.parametrize(
    ("name", "array", "found"),
    [
        ("x_train", np.zeros((7, 12), np.uint8), r"found images of uint8, shape \(7, 12\)"),
        ("x_train", np.zeros((7, 0, 3), np.uint8), "found images of 0 × 3 pixels"),
        ("x_train", np.zeros((7, 28, 28, 3), np.uint8), r"found images of uint8, shape \(7, 28, 28, 3\)"),
        ("x_test", np.zeros((3, 4, 3), np.float32), "found images of float32"),
        ("x_test", np.zeros((3, 4, 3), bool), "found images of bool"),
        ("y_train", np.zeros(7, np.float32), "found labels of float32"),
        ("y_train", np.array(list("0123456")), "found labels of <U1"),
        ("y_test", np.array(3), r"found labels of int64, shape \(\)"),
        ("y_test", np.array([0, -1, 3]), "found labels from -1 to 3; expected 0 to 9$"),
        ("y_test", np.array([0, 256, 3]), "found labels from 0 to 256; expected 0 to 9$"),
        ("y_test", np.zeros((3, 10), np.uint8), r"found labels of uint8, shape \(3, 10\)"),
        ("y_test", np.zeros(4, np.uint8), "found 4 labels for 3 images"),
    ],
)
def test_npz_with_the_wrong_kind_of_array(tmp_path, arrays, name, array, found):
    np.savez(tmp_path / "odd.npz", **(arrays | {name: array}))
    with pytest.raises(ValueError, match=rf"odd\.npz \({name}\): {found}"):
        load_mnist(tmp_path / "odd.npz")


# IDX


@pytest.mark.parametrize(
    ("name", "change", "found"),
    [
        (IDX_NAMES[0], lambda content: b"", "found 0 bytes; expected an IDX header of 16 bytes"),
        (IDX_NAMES[0], lambda content: content[:-5], "found 79 bytes of data; expected 84.*7 × 4 × 3"),
        (IDX_NAMES[0], lambda content: content + b"x", "found 85 bytes of data; expected 84"),
        (IDX_NAMES[1], lambda content: content[:6], "found 6 bytes; expected an IDX header of 8 bytes"),
        (IDX_NAMES[0], lambda content: b"\0\0\x08\x01" + content[4:], "found magic number 2049 .*; expected .* 2051"),
        (IDX_NAMES[0], lambda content: b"\0\0\x0d\x03" + content[4:], r"found .* \(float32, 3 dimensions\); expected"),
        (IDX_NAMES[0], lambda content: b"\0\0\x07\x03" + content[4:], r"found a file that begins with .*x07.*, no IDX"),
        (
            IDX_NAMES[0],
            lambda content: b"\0\x01\x08\x03" + content[4:],
            r"found a file that begins with .*, no IDX file",
        ),
        (IDX_NAMES[0], lambda content: b"<!DOCTYPE html>", "found a file that begins with b'<!DO', no IDX file"),
        (IDX_NAMES[0], lambda content: idx_bytes(np.zeros((7, 4, 0), np.uint8)), "found images of 4 × 0 pixels"),
        (IDX_NAMES[0], lambda content: content[:4] + b"\xff" * 8 + bytes(4), "found images of 4294967295 × 0 pixels"),
        (
            IDX_NAMES[0],
            lambda content: content[:4] + b"\xff" * 12 + content[16:],
            "found 84 bytes of data; expected 7922816",
        ),
        (IDX_NAMES[1], lambda content: idx_bytes(np.zeros(6, np.uint8)), "found 6 labels for 7 images"),
        (
            IDX_NAMES[1],
            lambda content: idx_bytes(np.full(7, 10, np.uint8)),
            "found labels from 10 to 10; expected 0 to",
        ),
    ],
)
def test_bad_idx(folder, name, change, found):
    (folder / name).write_bytes(change((folder / name).read_bytes()))
    with pytest.raises(ValueError, match=rf"{name}.*{found}"):
        load_mnist(folder)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda content: gzip.compress(content)[:-10], "a damaged or truncated gzip file"),
        (
            lambda content: gzip.compress(content)[:12] + bytes(8) + gzip.compress(content)[20:],
            "a damaged or truncated",
        ),
        (lambda content: gzip.compress(content)[:-8] + bytes(8), "a damaged or truncated gzip file.*CRC"),
        (lambda content: gzip.compress(content) + b"and more", "a damaged or truncated gzip file"),
        (lambda content: b"no gzip, though its name says so", "a file that begins with b'no g', no IDX file"),
        (lambda content: gzip.compress(content[:-5]), "79 bytes of data; expected 84"),
        (lambda content: gzip.compress(content + b"x"), "more than 84 bytes of data; expected 84"),
        (lambda content: gzip.compress(content[:4] + b"\xff" * 12), r"[\d,]+ bytes that claim to unpack to 79,228,16"),
    ],
)
def test_bad_gzip(folder, change, found):
    plain = folder / IDX_NAMES[0]
    (folder / f"{IDX_NAMES[0]}.gz").write_bytes(change(plain.read_bytes()))
    plain.unlink()
    with pytest.raises(ValueError, match=rf"{IDX_NAMES[0]}\.gz: found {found}"):
        load_mnist(folder)


# CSV

ROWS = csv_text(*(small_arrays(4, 4)[name] for name in NPZ_NAMES[:2]), header=False)
HEADER = "label," + ",".join(f"pixel{i}" for i in range(16)) + "\n"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("", "line 1: found no line"),
        ("\n\n", "line 3: found no line"),
        (HEADER, "line 2: found a header without lines of data"),
        (HEADER + ROWS.replace(",", ";"), "line 2: found 1 columns under a header of 17"),
        (ROWS.replace(",", ";"), "line 1: found 1 columns"),
        (ROWS.replace(",", "\t"), "line 1: found 1 columns"),
        ("1,2,3\n", "line 1: found 3 columns;"),
        (HEADER.replace("label,", "") + ROWS, "found 16 columns .pixels without a label.*path of its train.csv"),
        (HEADER.replace("label", "id") + ROWS, "found a line that begins 'id,pixel0,pixel1', no numbers and no header"),
        (HEADER.replace("pixel3", "y") + ROWS, "found a line that begins 'label,pixel0,pixel1', no numbers"),
        (
            HEADER + ROWS + "1,2\n",
            "line 9: found one that does not fit .the number of columns changed from 17 to 2.; exp",
        ),
        (ROWS + "256," * 16 + "0\n", "line 8: found one that does not fit .could not convert string '256'"),
        (ROWS + "-1," * 16 + "0\n", "line 8: found one that does not fit .could not convert string '-1'"),
        (HEADER + ROWS + "0.5," * 16 + "0\n", "line 9: found one that does not fit .could not convert string '0.5'"),
        ("5.0," * 16 + "0.0\n", "line 1: found a line that begins '5.0,5.0,5.0', no numbers and no header"),
        ("," * 16 + "\n" + ROWS, "line 1: found a line that begins ',,', no numbers and no header"),
        (ROWS + "," * 16 + "\n", "line 8: found one that does not fit .could not convert string ''"),
        (ROWS + "1," * 16 + '"\n', "line 8: found one that does not fit .could not convert string ''"),
        (ROWS + "١," * 16 + "1\n", "line 8: found one that does not fit .could not convert string '١'"),
        (ROWS + "1\0," * 16 + "1\n", "line 8: found one that does not fit .could not convert string"),
        (ROWS + "1" * 200 + "," * 16 + "\n", "line 8: found more than 136 characters"),
        ("1," * 600_000, "line 1: found more than 131,072 characters"),
        (ROWS.replace("\n", ",0\n", 1), "line 1: found 18 columns"),
    ],
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_bad_csv(tmp_path, content, found, pack):
    (tmp_path / "bad.csv").write_bytes(pack(content.encode()))
    assert re.search(found, message(tmp_path / "bad.csv"))


@pytest.mark.parametrize("encoding", ["utf-16", "cp949"])
def test_csv_in_another_encoding(tmp_path, encoding):
    (tmp_path / "bad.csv").write_bytes((HEADER.replace("pixel", "화소") + ROWS).encode(encoding))
    assert "found text that is not UTF-8" in message(tmp_path / "bad.csv")


def test_csv_labels_beyond_nine(tmp_path):
    (tmp_path / "train.csv").write_text(HEADER + "24" + ",7" * 16, encoding="utf-8")
    assert "found labels from 24 to 24" in message(tmp_path / "train.csv")
    assert load_mnist(tmp_path / "train.csv", num_classes=25)[0][1].tolist() == [24]


def test_kaggles_test_file_is_refused_before_the_other_is_read(tmp_path):
    (tmp_path / "train.csv").write_text("a long file, let us say", encoding="utf-8")
    (tmp_path / "test.csv").write_text(HEADER.replace("label,", "") + "7," * 15 + "7\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"test\.csv: line 1: found 16 columns .*path of its train\.csv"):
        load_mnist(tmp_path)


def test_truncated_gzipped_csv(tmp_path):
    (tmp_path / "train.csv").write_bytes(gzip.compress((HEADER + ROWS).encode())[:-20])
    assert "found a damaged or truncated gzip file" in message(tmp_path / "train.csv")
