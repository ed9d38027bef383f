"""The training lab holds its images and its settings, stands alone, and refuses what it cannot show."""

import base64
import io
import re
import zlib

import numpy as np
import PIL.Image
import pytest

import mnist_tutorial as mt
from mnist_tutorial import _widgets
from mnist_tutorial._lab_still import each_digit
from mnist_tutorial._packed_images import pack_images


def digits(count, side=28, seed=0):
    """Return images of noise, and every label in turn."""
    return np.random.default_rng(seed).integers(0, 256, (count, side, side), np.uint8), np.arange(count) % 10


def attributes(lab):
    """Return what stands in the attributes of the HTML element."""
    return dict(re.findall(r'([\w-]+)="([^"]*)"', re.match(r"<training-lab ([^>]*)>", lab.html)[1]))


def unpack(text, shape):
    """Return the images that an attribute holds."""
    pairs = np.frombuffer(zlib.decompress(base64.b64decode(text)), np.uint8)
    greys = np.stack([pairs >> 4, pairs & 15], axis=1).ravel()
    return 17 * greys[: np.prod(shape)].reshape(shape)


@pytest.mark.parametrize("shape", [(7, 5, 5), (4, 28, 28)])
def test_packs_each_pixel_as_the_nearest_of_16_greys(shape):
    images = np.random.default_rng(1).integers(0, 256, shape, np.uint8)
    found = unpack(pack_images(images), shape)
    assert np.abs(found.astype(int) - images).max() <= 8
    np.testing.assert_array_equal(unpack(pack_images(found), shape), found)


def test_holds_all_images_and_labels():
    train, validation = digits(30), digits(12, seed=1)
    lab = mt.training_lab((train[0][::2], train[1][::2]), validation)  # a view with gaps in memory
    held = attributes(lab)
    assert (lab.training, lab.validation) == (15, 12)
    assert held["side"] == "28"
    assert held["training-labels"] == "".join(map(str, train[1][::2]))
    assert held["validation-labels"] == "012345678901"
    assert np.abs(unpack(held["training"], (15, 28, 28)).astype(int) - train[0][::2]).max() <= 8
    assert np.abs(unpack(held["validation"], (12, 28, 28)).astype(int) - validation[0]).max() <= 8


def test_a_thousand_digits_take_about_125_kilobytes():
    (images, labels), _ = mt.load_mnist()
    assert 100_000 < len(pack_images(images[:1000])) < 130_000
    lab = mt.training_lab((images[:2500], labels[:2500]), (images[-500:], labels[-500:]))
    assert len(lab.html) < 650_000


def test_settings_are_where_the_controls_begin():
    few = digits(20)
    standard = "normalize:1,one_hot:1,hidden:100-100,learning_rate:0.001,batch_size:100,optimizer:adam,"
    standard += "dropout:0,weight_decay:0,shift:0,epochs:30,seed:0"
    assert mt.training_lab(few, few).settings == f"images:20,{standard}"  # there are no thousand
    changed = {"images": 7, "normalize": False, "one_hot": False, "hidden": [np.int64(5)], "batch_size": 3}
    changed |= {"learning_rate": np.float32(0.5), "optimizer": "sgd", "dropout": 0.25, "weight_decay": 1}
    lab = mt.training_lab(few, few, **changed, shift=True, epochs=9, seed=4)
    expected = "images:7,normalize:0,one_hot:0,hidden:5,learning_rate:0.5,batch_size:3,optimizer:sgd,"
    expected += "dropout:0.25,weight_decay:1,shift:1,epochs:9,seed:4"
    assert lab.settings == attributes(lab)["settings"] == expected
    assert "hidden:," in mt.training_lab(few, few, hidden=()).settings


WRONG = {
    "train: found ndarray; expected a pair": {"train": np.zeros((3, 28, 28), np.uint8)},
    "train: found tuple of 3; expected a pair": {"train": (*digits(3), 1)},
    "train[0]: found float64; expected raw images": {"train": (np.zeros((3, 28, 28)), [0, 1, 2])},
    "validation[0]: found list; expected raw images": {"validation": ([[0]], [0])},
    "train[0]: found shape (3, 784)": {"train": (np.zeros((3, 784), np.uint8), [0, 1, 2])},
    "train[0]: found shape (3, 28, 27)": {"train": (np.zeros((3, 28, 27), np.uint8), [0, 1, 2])},
    "validation[0]: found shape (0, 28, 28)": {"validation": (np.zeros((0, 28, 28), np.uint8), [])},
    "train[1]: found 2 labels for 3 images": {"train": (digits(3)[0], [1, 2])},
    "train[1]: found": {"train": (digits(3)[0], [1, 2, 10])},
    "validation[0]: found images of (14, 14); expected (28, 28)": {"validation": digits(3, side=14)},
    "images: found 0": {"images": 0},
    "normalize: found 1; expected True or False": {"normalize": 1},
    "one_hot: found 'yes'": {"one_hot": "yes"},
    "shift: found None": {"shift": None},
    "hidden: found '100'": {"hidden": "100"},
    "hidden: found 100;": {"hidden": 100},
    "hidden: found 301": {"hidden": (301,)},
    "hidden: found 2.5": {"hidden": (2.5,)},
    "hidden: found 5 layers": {"hidden": (1,) * 5},
    "learning_rate: found 0; expected a number above 0, at most 10": {"learning_rate": 0},
    "learning_rate: found nan": {"learning_rate": float("nan")},
    "learning_rate: found 11": {"learning_rate": 11},
    "learning_rate: found '0.1'": {"learning_rate": "0.1"},
    "batch_size: found 1001": {"batch_size": 1001},
    "optimizer: found 'rmsprop'; expected 'adam' or 'sgd'": {"optimizer": "rmsprop"},
    "dropout: found 0.95; expected a number 0 to 0.9": {"dropout": 0.95},
    "dropout: found True": {"dropout": True},
    "weight_decay: found -1": {"weight_decay": -1},
    "epochs: found 201": {"epochs": 201},
    "seed: found -1": {"seed": -1},
}


@pytest.mark.parametrize(("message", "changed"), WRONG.items(), ids=WRONG)
def test_says_what_is_wrong(message, changed):
    arguments = {"train": digits(3), "validation": digits(3)} | changed
    with pytest.raises((TypeError, ValueError), match=re.escape(message)):
        mt.training_lab(arguments.pop("train"), arguments.pop("validation"), **arguments)


def test_the_still_picture_shows_a_digit_of_each_kind_and_no_curve():
    images, labels = mt.load_mnist()[1]
    places = each_digit(labels[:100])
    assert labels[places].tolist() == list(range(10))
    lab = mt.training_lab((images[:50], labels[:50]), (images[:100], labels[:100]))
    width, data = re.search(r'width="(\d+)" src="data:image/png;base64,([^"]*)"', lab.html).groups()
    picture = np.asarray(PIL.Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB")).astype(int)
    assert picture.shape[1] == 2 * int(width)
    tile = picture[390:474, 30:114, 0]  # the first digit
    assert np.corrcoef(tile[1::3, 1::3].ravel(), -images[places[0]].ravel().astype(float))[0, 1] > 0.99
    chart = picture[85:315, 75:380].reshape(-1, 3)
    assert (chart.max(axis=1) - chart.min(axis=1)).max() < 30  # grey and white: nothing that was not measured


def test_the_script_holds_the_pad_that_the_lab_can_make():
    few = digits(3)
    html = mt.training_lab(few, few).html
    assert html.index('define("draw-digit"') < html.index('define("training-lab"')
    assert _widgets.scripts("draw-digit", "training-lab").count('define("draw-digit"') == 1


def test_speaks_the_chosen_language():
    few = digits(3)
    mt.set_language("ko")
    try:
        assert mt.training_lab(few, few).html.startswith('<training-lab lang="ko" ')
    finally:
        mt.set_language(None)
    assert mt.training_lab(few, few).html.startswith('<training-lab settings="')
