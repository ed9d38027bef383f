"""load_drawings: what the pad or numpy.savez saved comes back; what is damaged or made to harm is refused by name."""

import os
import re
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from datasets import npy_with_header, npz

from mnist_tutorial import load_drawings

sys.path.insert(0, str(Path(__file__).parent.parent / "book"))

import draw_set


@pytest.fixture
def arrays():
    rng = np.random.default_rng(0)
    return {
        "images": rng.integers(0, 256, (7, 28, 28), dtype=np.uint8),
        "labels": rng.integers(0, 10, 7, dtype=np.uint8),
    }


def refused(path, kind=ValueError):
    """Load, and return the message of the error, which must name the file, and say what was found and expected."""
    with pytest.raises(kind) as caught:
        load_drawings(path)
    assert type(caught.value) is kind
    text = str(caught.value)
    assert text.startswith(str(path))
    assert re.search(r": found .*; expected ", text)
    assert "num_classes" not in text  # there is no such argument
    return text


def test_the_shipped_set_is_what_the_script_draws():
    images, labels = draw_set.make_set()
    shipped = load_drawings()
    np.testing.assert_array_equal(shipped[0], images)
    np.testing.assert_array_equal(shipped[1], labels)
    assert draw_set.FILE.stat().st_size < 50_000


def test_the_shipped_set_is_prepared_as_mnist_is():
    images, labels = load_drawings()
    assert images.shape == (200, 28, 28)
    assert images.dtype == labels.dtype == np.uint8
    np.testing.assert_array_equal(np.bincount(labels), [20] * 10)
    assert len(np.unique(images, axis=0)) == 200
    lines = np.arange(28)
    total = images.sum(axis=(1, 2), dtype=float)
    for axis in (1, 2):
        middle = images.sum(axis=axis, dtype=float) @ lines / total
        assert np.abs(middle - 14).max() < 0.6  # in pixel 14, as near as whole pixels allow
    longer = [max(np.ptp(where) + 1 for where in np.nonzero(image)) for image in images]
    assert set(longer) <= {20, 21, 22}  # a faint edge may reach over on either side


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
@pytest.mark.parametrize("dtype", [np.uint8, np.int64, ">i2"])
def test_what_numpy_saves_comes_back(tmp_path, arrays, save, dtype):
    path = tmp_path / "my digits 손글씨.npz"
    save(path, images=arrays["images"], labels=arrays["labels"].astype(dtype))
    for given in (path, str(path)):
        images, labels = load_drawings(given)
        np.testing.assert_array_equal(images, arrays["images"])
        np.testing.assert_array_equal(labels, arrays["labels"])
        assert images.dtype == labels.dtype == np.uint8
        assert images.flags.writeable
        assert labels.flags.writeable


def test_home_folder(tmp_path, arrays, monkeypatch):
    np.savez(tmp_path / "my_digits.npz", **arrays)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert len(load_drawings("~/my_digits.npz")[1]) == 7


@pytest.mark.parametrize(
    ("path", "kind", "found"),
    [
        (0, TypeError, "path: found int; expected a str"),
        (b"x", TypeError, "path: found bytes; expected a str"),
        ("", ValueError, "path: found an empty string; expected the path of an .npz file of drawings"),
        ("a\0b", ValueError, "found a name that no file can have"),
        ("~nobody-of-this-name/x.npz", FileNotFoundError, "found no home folder.*expected an .npz file of drawings"),
        ("nowhere.npz", FileNotFoundError, "nowhere.npz: found nothing there; expected an .npz archive"),
    ],
)
def test_path_that_cannot_be(path, kind, found):
    with pytest.raises(kind, match=found):
        load_drawings(path)


def test_what_is_no_file(tmp_path):
    assert "found a folder" in refused(tmp_path)
    (tmp_path / "gone.npz").symlink_to(tmp_path / "nowhere.npz")
    assert "found a link to" in refused(tmp_path / "gone.npz", FileNotFoundError)
    (tmp_path / "round.npz").symlink_to(tmp_path / "round.npz")
    refused(tmp_path / "round.npz")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes or devices")
def test_pipes_and_devices_are_refused_unopened(tmp_path):
    os.mkfifo(tmp_path / "pipe.npz")
    assert "found a named pipe" in refused(tmp_path / "pipe.npz")
    (tmp_path / "zero.npz").symlink_to("/dev/zero")
    assert "found a device" in refused(tmp_path / "zero.npz")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "an empty file"),
        (b'{"images": []}', "something else than an archive"),
        (b"\x80\x04N.", "something else than an archive"),
        (b"\x93NUMPY\1\0", "something else than an archive"),
        (b"PK\3\4and so on", "a damaged or truncated archive"),
    ],
)
def test_file_of_another_kind(tmp_path, content, found):
    (tmp_path / "odd.npz").write_bytes(content)
    assert f"found {found}; expected an .npz archive with the arrays images, labels" in refused(tmp_path / "odd.npz")


def test_cut_at_every_length(tmp_path, arrays):
    """The index stands at the end: whatever is missing there, it is no archive."""
    content = npz(tmp_path / "cut.npz", arrays).read_bytes()
    for length in range(2, len(content), 211):
        (tmp_path / "cut.npz").write_bytes(content[:length])
        assert "damaged or truncated archive" in refused(tmp_path / "cut.npz")


def test_a_flipped_bit_is_noticed(tmp_path, arrays):
    content = bytearray(npz(tmp_path / "bad.npz", arrays).read_bytes())
    content[1000] ^= 1
    (tmp_path / "bad.npz").write_bytes(content)
    assert "(images): found a damaged member" in refused(tmp_path / "bad.npz")


def test_mnist_is_no_set_of_drawings(tmp_path, arrays):
    np.savez(tmp_path / "mnist.npz", x_train=arrays["images"], y_train=arrays["labels"])
    assert "['x_train', 'y_train'], without ['images', 'labels']" in refused(tmp_path / "mnist.npz")


class Bomb:
    """Leaves a trace if anything unpickles it."""

    exploded = False

    def __reduce__(self):
        return (setattr, (Bomb, "exploded", True))


@pytest.mark.parametrize("name", ["images", "labels"])
def test_pickled_objects_are_never_unpickled(tmp_path, arrays, name):
    shape = (7, 28, 28) if name == "images" else 7
    np.savez(tmp_path / "pickled.npz", **(arrays | {name: np.full(shape, Bomb(), dtype=object)}))
    assert f"({name}): found pickled objects" in refused(tmp_path / "pickled.npz")
    assert not Bomb.exploded


def test_a_small_file_that_unpacks_to_a_gigabyte(tmp_path, arrays):
    """It is refused by what it claims, before it is unpacked."""
    with zipfile.ZipFile(tmp_path / "bomb.npz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("labels.npy", b"")
        with archive.open("images.npy", "w", force_zip64=True) as member:
            for _ in range(80):
                member.write(bytes(1 << 20))
    assert re.search(r"found [\d,]+ bytes that claim to unpack to 83,886,080", refused(tmp_path / "bomb.npz"))


HEADER = "{'descr': '|u1', 'fortran_order': False, 'shape': (%s)}"


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("images", b"hello", "bytes that begin with b'hello', no array"),
        ("images", npy_with_header("{" + " " * 60_000 + "}"), "a header of 60,002 bytes"),
        ("images", npy_with_header(HEADER % "2, -28, 28"), "a damaged header"),
        ("images", npy_with_header(HEADER % "7, 28, 28", data=b"123"), "3 bytes of data; expected 5488"),
        (
            "labels",
            npy_with_header("{'descr': '<u8', 'fortran_order': False, 'shape': (2305843009213693952,)}"),
            "0 bytes",
        ),
        ("labels", npy_with_header("__import__('os').getcwd()"), "a damaged header"),
    ],
)
def test_member_that_is_no_array(tmp_path, arrays, name, content, found):
    text = refused(npz(tmp_path / "odd.npz", arrays, **{name: content}))
    assert re.search(rf"\({name}\): found .*{re.escape(found)}", text)


@pytest.mark.parametrize(
    ("name", "array", "found"),
    [
        ("images", np.zeros((7, 784), np.uint8), r"images of uint8, shape \(7, 784\)"),
        ("images", np.zeros((7, 28, 28), np.float32), "images of float32"),
        ("images", np.zeros((7, 28, 28), bool), "images of bool"),
        ("images", np.zeros((7, 27, 28), np.uint8), r"shape \(7, 27, 28\); expected \(n, 28, 28\)"),
        ("images", np.zeros((7, 28, 0), np.uint8), "images of 28 × 0 pixels"),
        ("images", np.zeros((0, 28, 28), np.uint8), r"shape \(0, 28, 28\); .*at least one"),
        ("images", np.zeros((6, 28, 28), np.uint8), "7 labels for 6 images"),
        ("labels", np.zeros(7, np.float64), "labels of float64"),
        ("labels", np.array(list("0123456")), "labels of <U1"),
        ("labels", np.zeros((7, 10), np.uint8), r"labels of uint8, shape \(7, 10\)"),
        ("labels", np.array([0, 1, 2, 3, 4, 5, 10]), "labels from 0 to 10; expected 0 to 9$"),
        ("labels", np.array([0, 1, 2, 3, 4, 5, -1]), "labels from -1 to 5; expected 0 to 9$"),
        ("labels", np.array([0, 1, 2, 3, 4, 5, 256]), "labels from 0 to 256; expected 0 to 9$"),
    ],
)
def test_the_wrong_kind_of_array(tmp_path, arrays, name, array, found):
    np.savez(tmp_path / "odd.npz", **(arrays | {name: array}))
    assert re.search(rf"found {found}", refused(tmp_path / "odd.npz"))
