"""load_mnist keeps within bounds: it gives back what was written, and spends on anything no more than is there."""

import gzip
import io
import re
import struct
import tracemalloc
import warnings
import zipfile
import zlib

import numpy as np
import pytest
from datasets import (
    IDX_NAMES,
    assert_equal,
    csv_text,
    idx_bytes,
    npy_with_header,
    npz,
    small_arrays,
    write_csv,
    write_idx,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from mnist_tutorial import _files, load_mnist


@pytest.fixture
def arrays():
    return small_arrays(4, 4)


@pytest.fixture
def folder(tmp_path, arrays):
    return write_idx(tmp_path / "data", arrays)


def peak_memory(path, **options):
    """Load, and return the most bytes that were in use at once, and what was loaded or the error."""
    tracemalloc.start()
    try:
        result = load_mnist(path, **options)
    except (OSError, ValueError) as error:
        result = error
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return peak, result


# Archives that would fill the memory


def gzip_of_zeros(start, mebibytes):
    """Return a gzip file of ``start`` and so many MiB of zeros; each flush repeats the same thousand bytes."""
    packer = zlib.compressobj(wbits=31)
    head = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    packer.compress(bytes(1 << 20))
    packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + block * mebibytes


def test_gzip_of_two_gibibytes(folder):
    header = struct.pack(">4I", 2051, 2048 * 1024, 32, 32)
    (folder / IDX_NAMES[0]).write_bytes(gzip_of_zeros(header, 2048))
    size = (folder / IDX_NAMES[0]).stat().st_size
    assert size < 3 << 20
    peak, error = peak_memory(folder)
    assert "claim to unpack to 2,147,483,648; expected at most" in str(error)
    assert peak < 1 << 20


def test_gzip_that_goes_on_after_its_data(folder):
    (folder / IDX_NAMES[0]).write_bytes(gzip_of_zeros((folder / IDX_NAMES[0]).read_bytes(), 2048))
    peak, error = peak_memory(folder)
    assert "found more than 112 bytes of data; expected 112" in str(error)
    assert peak < 1 << 20


def test_gzip_that_claims_what_it_does_not_hold(folder):
    """Memory goes to what is there: 64 MiB are believed possible, and a few bytes come."""
    claim = struct.pack(">4I", 2051, 1 << 16, 32, 32) + bytes(50)
    (folder / IDX_NAMES[0]).write_bytes(gzip.compress(claim))
    peak, error = peak_memory(folder)
    assert "found 50 bytes of data; expected 67108864" in str(error)
    assert peak < 2 << 20


def test_npz_that_unpacks_to_a_thousandfold(tmp_path, arrays, monkeypatch):
    monkeypatch.setattr(_files, "_SMALL", 1 << 20)
    np.savez_compressed(tmp_path / "bomb.npz", **(arrays | {"x_train": np.zeros((8 << 10, 32, 32), np.uint8)}))
    peak, error = peak_memory(tmp_path / "bomb.npz")
    assert re.search(r"found [\d,]+ bytes that claim to unpack to 8,38", str(error))
    assert peak < 1 << 20


def test_npz_whose_member_claims_more_than_comes(tmp_path, arrays):
    header = "{'descr': '|u1', 'fortran_order': False, 'shape': (65536, 32, 16)}"
    content = bytearray(
        npz(tmp_path / "liar.npz", arrays, zipfile.ZIP_DEFLATED, x_train=npy_with_header(header)).read_bytes()
    )
    for mark, field in ((b"PK\3\4", 22), (b"PK\1\2", 24)):  # the size unpacked
        start = content.index(mark) + field
        content[start : start + 4] = struct.pack("<I", len(npy_with_header(header)) + (32 << 20))
    (tmp_path / "liar.npz").write_bytes(content)
    peak, error = peak_memory(tmp_path / "liar.npz")
    assert re.search(r"found (0 bytes of data|a damaged member)", str(error))
    assert peak < 2 << 20


def test_csv_that_unpacks_without_end(tmp_path, monkeypatch):
    monkeypatch.setattr(_files, "_SMALL", 1 << 20)
    (tmp_path / "train.csv.gz").write_bytes(gzip.compress(b"0,0,0,0,0\n" * 400_000))
    peak, error = peak_memory(tmp_path / "train.csv.gz")
    assert "unpacks to far more than its size makes likely" in str(error)
    assert peak < 3 << 20


def test_black_pictures_are_no_bomb(tmp_path, arrays):
    arrays = arrays | {"x_train": np.zeros((60_000, 28, 28), np.uint8), "y_train": np.zeros(60_000, np.uint8)}
    np.savez_compressed(tmp_path / "black.npz", **arrays)
    assert (tmp_path / "black.npz").stat().st_size < 60_000
    assert_equal(load_mnist(tmp_path / "black.npz"), arrays)


# Properties: what was written comes back, whatever it is


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("hypothesis")


quick = settings(derandomize=True, database=None, deadline=None, max_examples=50)
sides = st.integers(1, 6)


@st.composite
def data_sets(draw, square=False, least=0):
    height, width = draw(sides), draw(sides)
    if square:
        width = height
    drawn = {}
    for part in ("train", "test"):
        count = draw(st.integers(least, 5))
        drawn[f"x_{part}"] = draw(hnp.arrays(np.uint8, (count, height, width)))
        drawn[f"y_{part}"] = draw(hnp.arrays(np.uint8, count))
    return drawn


@given(arrays=data_sets(), pack=st.sampled_from([bytes, gzip.compress]))
@quick
def test_idx_gives_back_what_was_written(scratch, arrays, pack):
    assert_equal(load_mnist(write_idx(scratch / "idx", arrays, pack=pack), num_classes=256), arrays)


@given(
    arrays=data_sets(),
    save=st.sampled_from([np.savez, np.savez_compressed]),
    dtype=st.sampled_from([np.uint8, ">i2", "<u4", np.int64]),
    order=st.sampled_from("CF"),
)
@quick
def test_npz_gives_back_what_was_written(scratch, arrays, save, dtype, order):
    images = {name: np.asarray(arrays[name], order=order) for name in ("x_train", "x_test")}
    labels = {name: arrays[name].astype(dtype) for name in ("y_train", "y_test")}
    save(scratch / "a.npz", **images, **labels)
    assert_equal(load_mnist(scratch / "a.npz", num_classes=256), arrays)


@given(arrays=data_sets(square=True, least=1), header=st.booleans(), end=st.sampled_from(["", ".gz"]))
@quick
def test_csv_gives_back_what_was_written(scratch, arrays, header, end):
    folder = write_csv(scratch / f"csv{end}", arrays, (f"train.csv{end}", f"test.csv{end}"), header)
    assert_equal(load_mnist(folder, num_classes=256), arrays)


# Fuzzing: whatever happens to a file, it loads or is refused by name, within bounds of time and memory


def originals():
    """One data set in every form: what to load, and the bytes of the file that is mutated."""
    arrays = small_arrays(4, 4)
    for name, save in (("stored.npz", np.savez), ("packed.npz", np.savez_compressed)):
        file = io.BytesIO()
        save(file, **arrays)
        yield name, file.getvalue()
    for name, array in zip(IDX_NAMES[:2], list(arrays.values())[:2], strict=True):
        yield name, idx_bytes(array)
        yield f"{name}.gz", gzip.compress(idx_bytes(array), mtime=0)
    text = csv_text(arrays["x_train"], arrays["y_train"])
    yield "train.csv", text.encode()
    yield "train.csv.gz", gzip.compress(text.encode(), mtime=0)


ORIGINALS = dict(originals())
INTERESTING = [b"", b"\0", b"\xff", b"\x7f", b"\0" * 4, b"\xff" * 4, b"\xff" * 8, b"\n", b'"', b",", b"PK\5\6", b"("]


@st.composite
def mutations(draw, content):
    """Cut, overwrite, insert, repeat: one to four times."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        stop = min(len(content), start + draw(st.sampled_from([0, 1, 2, 4, 8, 64, 1 << 20])))
        piece = draw(st.sampled_from(INTERESTING) | st.binary(max_size=8) | st.just(content[start:stop] * 2))
        content = content[:start] + piece + content[stop:]
    return content


@pytest.mark.parametrize("name", ORIGINALS)
@given(data=st.data())
@quick
def test_mutated_file(scratch, name, data):
    folder = write_idx(scratch / f"of {name}", small_arrays(4, 4))
    (folder / name.removesuffix(".gz")).unlink(missing_ok=True)
    content = data.draw(mutations(ORIGINALS[name]))
    (folder / name).write_bytes(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # NumPy's and Python's, of headers that look odd
        peak, result = peak_memory(folder if name.startswith(IDX_NAMES[:2]) else folder / name, num_classes=256)
    if isinstance(result, Exception):
        assert type(result) in (ValueError, FileNotFoundError)
        assert name in str(result) or "labels" in str(result)
        assert "found" in str(result)
        loaded = 0
    else:
        loaded = sum(array.nbytes for part in result for array in part)
    assert peak <= 10 * len(content) + loaded + (1 << 20)  # a constant for the buffers of zipfile, gzip and NumPy
