"""prepare_digit: a digit on any paper becomes a picture like MNIST's, and what is no digit is refused."""

import io
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PIL import Image, ImageDraw, ImageSequence

from mnist_tutorial import load_mnist, prepare_digit

SEVEN = [(30, 30), (90, 30), (50, 120)]


def draw(size=(160, 150), ink=0, paper=255, width=12, mode="L", points=SEVEN):
    """Return a sheet with a 7 on it, off the middle."""
    sheet = Image.new(mode, size, paper)
    ImageDraw.Draw(sheet).line(points, ink, width, joint="curve")
    return sheet


@pytest.fixture(scope="module")
def seven():
    """Return the 7 as it ought to come out."""
    return prepare_digit(draw())


@pytest.fixture(scope="module")
def digits():
    """Return 20 test digits, two of each, and a reader that knows the mean digits alone."""
    (x_train, y_train), (x_test, y_test) = load_mnist()
    means = np.stack([x_train[y_train == digit].mean(axis=0) for digit in range(10)])
    chosen = np.concatenate([np.flatnonzero(y_test == digit)[:2] for digit in range(10)])
    return x_test[chosen], lambda image: int(((means - image) ** 2).sum(axis=(1, 2)).argmin())


def difference(found, expected):
    """Return how far two pictures are apart: 0 if they are equal, 1 if no ink is in the same place."""
    found, expected = found.astype(float), expected.astype(float)
    return np.abs(found - expected).sum() / (found.sum() + expected.sum())


def photograph(image, rng, side=120, size=200, noise=6, contrast=110, pen=(1, 1, 1), slope=60, lines=False):
    """Return the digit as a camera sees it: somewhere on a sheet, in light that falls off to one side, with noise."""
    digit = np.asarray(Image.fromarray(image).resize((side, side), Image.Resampling.BICUBIC)) / 255
    page = np.zeros((size, size))
    top, left = rng.integers(0, size - side, 2)
    page[top : top + side, left : left + side] = digit
    rows, columns = np.mgrid[0:size, 0:size] / size
    angle = rng.uniform(0, 2 * np.pi)
    light = 210 - slope * (0.5 + (rows - 0.5) * np.sin(angle) + (columns - 0.5) * np.cos(angle))
    seen = light[..., np.newaxis] - contrast * page[..., np.newaxis] * pen
    if lines:
        seen[:: size // 12] -= (45, 30, 10)
    return (seen + rng.normal(0, noise, seen.shape)).clip(0, 255).astype(np.uint8)


def test_one_stroke_by_hand():
    """200×30 points become 20×3 pixels, whose middle is that of pixel 14."""
    sheet = np.full((600, 400), 255, np.uint8)
    sheet[50:250, 300:330] = 0
    expected = np.zeros((28, 28), np.uint8)
    expected[5:25, 13:16] = 255
    np.testing.assert_array_equal(prepare_digit(sheet), expected)


def test_edges_are_grey_by_the_part_that_is_ink():
    """A box of 80 becomes 20, each pixel the mean of 4×4 points."""
    sheet = np.zeros((200, 200), np.uint8)
    sheet[60:140, 60:140] = 255
    sheet[60:140, 60] = 0  # 79 wide: a column of three quarters
    picture = prepare_digit(sheet)
    assert picture[14, 14] == 255
    assert np.unique(picture).tolist() == [0, 191, 255]
    assert (picture == 191).sum() == 20


@pytest.mark.parametrize(("grey", "height"), [(128, 16), (127, 20)])
def test_half_ink_is_part_of_the_digit_and_less_is_not(grey, height):
    sheet = np.zeros((60, 60), np.uint8)
    sheet[20:40, 30:45] = 255
    sheet[20:40, 45:55] = grey  # 20 points high, 25 wide with the grey ones
    assert prepare_digit(sheet).any(axis=1).sum() == height


def test_frame_is_that_of_mnist():
    """The longer side is 20 and the centre of mass in pixel (14, 14), wherever the digit was and however large."""
    for points in (SEVEN, [(5, 4), (35, 4), (15, 49)], [(300, 600), (900, 600), (500, 1500)]):
        size = (max(x for x, _ in points) + 40, max(y for _, y in points) + 10)
        picture = prepare_digit(draw(size, width=max(2, np.ptp(points) // 12), points=points))
        rows, columns = np.nonzero(picture >= 32)
        assert max(np.ptp(rows), np.ptp(columns)) + 1 == pytest.approx(20, abs=1)
        mass = [axis @ np.arange(28) / picture.sum() for axis in (picture.sum(axis=1), picture.sum(axis=0))]
        assert np.round(mass).tolist() == [14, 14]


def test_mnist_s_own_digits_are_left_alone(digits):
    images, _ = digits
    apart = [difference(prepare_digit(image), image) for image in images]
    assert np.median(apart) < 0.01
    assert np.mean(np.array(apart) < 0.03) > 0.9


@pytest.mark.parametrize(
    "seen",
    [
        {},
        {"noise": 20},
        {"slope": 0, "noise": 0},
        {"pen": (1, 0.7, 0.1)},
        {"pen": (0, 0.1, 1)},
        {"contrast": 60, "noise": 3},
        {"lines": True},
        {"size": 300},
    ],
    ids=["uneven light", "noise", "even light", "blue pen", "yellow pen", "pencil", "lined paper", "small on a sheet"],
)
def test_photographs_are_near_the_original_and_read_the_same(digits, seen):
    images, read = digits
    rng = np.random.default_rng(0)
    photographs = [photograph(image, rng, **seen) for image in images]
    prepared = [prepare_digit(255 - photo if i % 2 else photo) for i, photo in enumerate(photographs)]
    # Enlarging blurs a little: that much the even, noiseless sheet loses too.
    assert np.median([difference(*pair) for pair in zip(prepared, images, strict=True)]) < 0.15
    same = [read(picture) == read(image) for picture, image in zip(prepared, images, strict=True)]
    assert np.mean(same) > 0.85


def test_what_reaches_in_from_the_edge_is_left_out(seven):
    """A table beside the sheet, a finger, a line across the page."""
    sheet = np.asarray(draw((200, 170), ink=70)) - np.arange(200, dtype=np.uint8) // 4
    sheet[:, 180:] = 20
    sheet[150:156] = 30
    assert difference(prepare_digit(sheet), seven) < 0.05


def test_dirt_is_left_out_but_a_dot_is_not():
    clean = draw((400, 400), width=20)
    dirty = np.asarray(clean).copy()
    dirty[380:383, 380:383] = 0
    np.testing.assert_array_equal(prepare_digit(dirty), prepare_digit(clean))
    dirty[350:360, 350:360] = 0
    assert difference(prepare_digit(dirty), prepare_digit(clean)) > 0.3


def test_a_digit_may_reach_the_edge_of_a_clean_sheet():
    sheet = np.zeros((60, 40), bool)
    sheet[0:60, 0:6] = True
    assert (prepare_digit(sheet).max(axis=1) == 255).sum() == 20


ARRAY = np.asarray(draw())
SAME = {
    "inverted": 255 - ARRAY,
    "booleans": ARRAY == 255,
    "0 and 1": (ARRAY // 255),
    "int64": ARRAY.astype(np.int64),
    "uint16": ARRAY * np.uint16(257),
    "big-endian": (ARRAY * np.uint16(257)).astype(">u2"),
    "float16, 0 to 1": (ARRAY / 255).astype(np.float16),
    "floats, 0 to 255": ARRAY.astype(np.float64),
    "one channel": ARRAY[..., np.newaxis],
    "colours": np.stack([ARRAY] * 3, axis=-1),
    "opacity": np.stack([*[np.zeros_like(ARRAY)] * 3, 255 - ARRAY], axis=-1),
    "grey on grey": ARRAY // 4 + np.uint8(90),
    "not contiguous": np.repeat(ARRAY, 2, axis=1)[:, ::2],
    "a Pillow image": draw(),
    "black and white": draw().convert("1"),
    "palette": draw(mode="RGB", paper="white", ink="black").quantize(4),
    "transparent": draw(mode="RGBA", paper=(0, 0, 0, 0), ink=(0, 0, 0, 255)),
    "grey and transparent": draw(mode="LA", paper=(0, 0), ink=(0, 255)),
    "16 bits": Image.fromarray(ARRAY * np.uint16(257)),
    "32 bits": draw().convert("I"),
    "float image": draw().convert("F"),
    "four inks": draw().convert("CMYK"),
    "blue": draw(mode="RGB", paper="white", ink="blue"),
    "yellow on white": draw(mode="RGB", paper="white", ink="yellow"),
    "red on green": draw(mode="RGB", paper="green", ink="red"),
    "white, transparent": draw(mode="RGBA", paper=(255, 255, 255, 0), ink=(255, 255, 255, 255)),
}


@pytest.mark.parametrize("name", SAME)
def test_every_way_to_hold_a_picture_gives_the_same(seven, name):
    picture = prepare_digit(SAME[name])
    assert picture.shape == (28, 28)
    assert picture.dtype == np.uint8
    np.testing.assert_allclose(picture.astype(int), seven, atol=1)


def test_leaves_the_picture_as_it_was():
    array, image = ARRAY.copy(), draw()
    prepare_digit(array)
    prepare_digit(image)
    np.testing.assert_array_equal(array, ARRAY)
    assert image == draw()


@pytest.mark.parametrize("kind", ["png", "jpeg", "gif", "tiff", "webp", "bmp"])
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_reads_files(seven, tmp_path, kind, mode):
    path = tmp_path / "글씨 7.dat"
    draw().convert(mode).save(path, kind)
    for source in (path, str(path), io.BytesIO(path.read_bytes())):
        assert difference(prepare_digit(source), seven) < 0.02
    with path.open("rb") as file:
        assert difference(prepare_digit(file), seven) < 0.02
        assert not file.closed


def test_a_path_may_begin_at_home(seven, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    draw().save(tmp_path / "7.png")
    np.testing.assert_array_equal(prepare_digit("~/7.png"), seven)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_turns_a_photograph_as_the_camera_says(seven, orientation):
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = draw().transpose(undo[orientation]) if orientation in undo else draw()
    exif, file = Image.Exif(), io.BytesIO()
    exif[0x0112] = orientation
    stored.save(file, "jpeg", exif=exif, quality=95)
    assert difference(prepare_digit(file), seven) < 0.02


@pytest.mark.parametrize("kind", ["gif", "png", "tiff"])
def test_takes_the_first_frame(seven, kind):
    file = io.BytesIO()
    draw().save(file, kind, save_all=True, append_images=[draw(points=[(20, 20), (20, 120)])])
    assert len(list(ImageSequence.Iterator(Image.open(file)))) == 2
    np.testing.assert_array_equal(prepare_digit(file), seven)


def test_a_large_photograph_costs_seconds_not_minutes(seven):
    assert difference(prepare_digit(draw().resize((3200, 3000))), seven) < 0.05


BLANK = {
    "white": np.full((50, 40), 255, np.uint8),
    "black": np.zeros((28, 28)),
    "one pixel": np.ones((1, 1), np.uint8),
    "transparent": np.zeros((30, 30, 4), np.uint8),
    "shade": np.linspace(100, 200, 300 * 200).reshape(300, 200).astype(np.uint8),
    "noise": np.random.default_rng(0).normal(128, 20, (200, 300)).clip(0, 255).astype(np.uint8),
    "grain": np.random.default_rng(0).normal(128, 3, (900, 900)).astype(np.uint8),
    "dust of JPEG": np.full((99, 99), 250, np.uint8) + np.eye(99, dtype=np.uint8),
}


@pytest.mark.parametrize("name", BLANK)
def test_refuses_a_blank_sheet(name):
    with pytest.raises(ValueError, match="image: found a blank sheet; expected a digit"):
        prepare_digit(BLANK[name])


@pytest.mark.parametrize(
    ("image", "kind", "message"),
    [
        ([[0, 255]], TypeError, "image: found list; expected an array, a Pillow image, or the path"),
        (None, TypeError, "image: found NoneType"),
        (b"\x89PNG", TypeError, "image: found bytes"),
        (ARRAY.astype(complex), TypeError, "image: found an array of complex128"),
        (ARRAY.astype(str), TypeError, "image: found an array of <U"),
        (ARRAY[0], ValueError, r"image: found shape \(160,\)"),
        (
            np.zeros((3, 28, 28)),
            ValueError,
            r"found shape \(3, 28, 28\).*\[prepare_digit\(image\) for image in images\]",
        ),
        (np.zeros((2, 28, 28, 1)), ValueError, r"found shape \(2, 28, 28, 1\)"),
        (np.zeros((0, 28)), ValueError, "expected at least one pixel"),
        (ARRAY - 1.0, ValueError, "found numbers from -1.0 to 254.0; expected 0 to 1 or 0 to 255"),
        (ARRAY.astype(np.int64) * 300, ValueError, "expected 0 to 1 or 0 to 255 or 0 to 65535"),
        (ARRAY * np.nan, ValueError, "found numbers from nan to nan"),
    ],
)
def test_refuses_what_is_no_picture(image, kind, message):
    with pytest.raises(kind, match=message):
        prepare_digit(image)


def test_says_what_is_wrong_with_a_file(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        prepare_digit(tmp_path / "nowhere.png")
    with pytest.raises(ValueError, match=r"^image: found .*, which is not a file"):
        prepare_digit(tmp_path)
    (tmp_path / "text.png").write_text("no picture")
    with pytest.raises(ValueError, match=r"^image: found .*text.png, which Pillow cannot read"):
        prepare_digit(tmp_path / "text.png")
    with pytest.raises(ValueError, match=r"^image: found StringIO, which Pillow cannot read"):
        prepare_digit(io.StringIO("no picture"))


def test_refuses_a_file_that_unpacks_to_gigabytes(monkeypatch):
    """The limit is Pillow's; a lower one, so that the test is quick."""
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10_000)
    file = io.BytesIO()
    draw((120, 120)).save(file, "png")
    with pytest.raises(ValueError, match=r"which Pillow cannot read.*14400 pixels"):
        prepare_digit(file)


def prepared_or_refused(image):
    try:
        picture = prepare_digit(image)
    except ValueError as error:
        if not str(error).startswith("image: found "):
            raise
    else:
        assert picture.shape == (28, 28)
        assert picture.max() > 0


@pytest.mark.parametrize("kind", ["png", "jpeg"])
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(kind, data):
    file = io.BytesIO()
    draw().save(file, kind)
    content = bytearray(file.getvalue())
    for place, value in data.draw(
        st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255)), max_size=4)
    ):
        content[place] = value
    end = data.draw(st.integers(0, len(content)))
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        prepared_or_refused(io.BytesIO(content[:end]))
    assert said == []


STROKES = st.lists(st.tuples(st.integers(20, 180), st.integers(20, 180)), min_size=2, max_size=6, unique=True)


@settings(max_examples=20, deadline=None)
@given(STROKES, st.integers(8, 20))
def test_whatever_is_drawn_is_framed_and_read_the_same_in_all_its_forms(points, width):
    sheet = draw((200, 200), width=width, points=points)
    picture = prepare_digit(sheet)
    assert picture.max() > 128
    rows, columns = np.nonzero(picture >= 128)
    assert max(np.ptp(rows), np.ptp(columns)) < 21
    np.testing.assert_array_equal(prepare_digit(255 - np.asarray(sheet)), picture)
    np.testing.assert_array_equal(prepare_digit(np.asarray(sheet.convert("RGB")) / 255), picture)
    wider = Image.new("L", (260, 230), 255)
    wider.paste(sheet, (37, 11))
    np.testing.assert_allclose(prepare_digit(wider).astype(int), picture, atol=1)
    turned = prepare_digit(sheet.transpose(Image.Transpose.TRANSPOSE))
    np.testing.assert_allclose(turned.T.astype(int), picture, atol=1)


@settings(max_examples=80, deadline=None)
@given(
    hnp.arrays(
        st.sampled_from([np.dtype(bool), np.dtype(np.uint8), np.dtype(np.int16), np.dtype(np.float32)]),
        hnp.array_shapes(min_dims=1, max_dims=4, min_side=0, max_side=12),
    )
)
def test_any_array_is_prepared_or_refused_by_name(array):
    prepared_or_refused(array)
