"""Photographs on the drawing pad: digits are found on a sheet, in any light, and read as if they had been drawn."""

import base64
import io
import re

import keras
import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from hands import HANDS
from pads import PAGE, answer, pixels
from PIL import Image
from playwright.sync_api import expect
from sheets import file_of, photograph, write_sheet

import mnist_tutorial as mt

ROWS = [[3, 1, 4, 1, 5], [9, 2, 6, 5, 3], [8, 0, 7, 9, 4]]


@pytest.fixture(scope="module")
def network(mnist):
    """Return a network that has learned enough for clear answers."""
    X_train, Y_train = (part[:20_000] for part in mnist[0])
    keras.utils.set_random_seed(0)
    model = mt.build_mlp()
    mt.fit(model, X_train, Y_train, epochs=3, seed=0)
    return model


@pytest.fixture
def pad(page, tmp_path, network):
    """Return an English pad on a page of its own, without animation."""
    return open_pad(page, tmp_path, network, "en")


def open_pad(page, folder, network, language):
    page.emulate_media(reduced_motion="reduce")
    file = folder / "pad.html"
    frame = PAGE.replace("<title>", '<meta name="viewport" content="width=device-width"><title>')
    file.write_text(frame.format(language, mt.draw_digit(network).html), encoding="utf-8")
    page.goto(file.as_uri())
    return page.locator("draw-digit")


def choose(pad, data, name="sheet.jpg"):
    """Choose a file of these bytes, and wait until it has been read; return what the pad says."""
    pad.locator("input[type=file]").first.set_input_files({"name": name, "mimeType": "image/jpeg", "buffer": data})
    return said(pad)


def said(pad):
    """Return what the pad says, once it does not say that it is looking."""
    expect(pad.locator(".found")).to_have_text(re.compile(r"^(?!Looking|숫자를 찾는)."), timeout=30_000)
    return pad.locator(".found").inner_text()


def found(pad):
    """Return what each digit's button shows: the pictures, 0…255, and the predictions."""
    shown = pictures_of(pad, ".digits canvas")
    return np.array([picture[..., 3] for picture in shown]), [
        int(text) for text in pad.locator(".digits span").all_inner_texts()
    ]


def pictures_of(pad, canvases):
    """Return what canvases hold: red, green, blue and opacity."""
    urls = pad.locator(canvases).evaluate_all("all => all.map((canvas) => canvas.toDataURL())")
    return [np.asarray(Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2])))) for url in urls]


def difference(some, others):
    """Return how far pictures are apart, each pair: 0 if they are equal, 1 if no ink is in the same place.

    The digit's place is rounded to a pixel, and half a grey level may decide which: one pixel aside counts as equal.
    """
    some, others = np.asarray(some, float), np.asarray(others, float)
    sides = [np.roll(some, (y, x), axis=(1, 2)) for y in (-1, 0, 1) for x in (-1, 0, 1)]
    return np.min([np.abs(side - others).sum(axis=(1, 2)) for side in sides], axis=0) / (some + others).sum(axis=(1, 2))


def alone(digits, hand="plain"):
    """Return each digit as `prepare_digit` makes it of its strokes alone, without a photograph."""
    return np.stack([mt.prepare_digit(write_sheet([[digit]], (150, 180), hand=hand)) for digit in digits])


def assert_read_alike(network, predictions, pictures):
    """What the network is sure of in these pictures, it was told of the photographs too; unclear ones may tip over."""
    probabilities = network.predict(mt.normalize(mt.flatten(pictures)), verbose=0)
    sure = probabilities.max(axis=1) > 0.9
    assert sure.sum() >= 0.4 * len(pictures)
    np.testing.assert_array_equal(np.array(predictions)[sure], probabilities.argmax(axis=1)[sure])


@pytest.mark.parametrize(
    ("hand", "sheet", "camera"),
    [
        ("plain", {}, {}),
        ("round", {}, {"shadow": 90}),
        ("plain", {}, {"noise": 18}),
        ("round", {}, {"specks": 40}),
        ("plain", {}, {"lined": 60}),
        ("round", {}, {"inverted": True}),
        ("plain", {}, {"pen": (1, 0.6, 0.15)}),
        ("small", {"slope": 0.06, "height": 100}, {}),
        ("round", {"size": (2400, 1800), "height": 320, "pen": 24}, {}),
    ],
    ids=["light", "shadow", "noise", "specks", "lined", "white on black", "blue pen", "askew", "large"],
)
def test_finds_the_digits_of_a_sheet_in_reading_order(pad, network, hand, sheet, camera):
    says = choose(pad, file_of(photograph(write_sheet(ROWS, hand=hand, **sheet), **camera), quality=90))
    assert says == "15 digits found. Press one to put it on the pad."
    pictures, predictions = found(pad)
    expected = alone([digit for row in ROWS for digit in row], hand)
    apart = difference(pictures, expected)
    assert np.median(apart) < 0.12
    assert apart.max() < 0.25  # two digits of a hand are 0.5 apart or more
    assert_read_alike(network, predictions, expected)


@pytest.mark.parametrize("hand", HANDS)
def test_makes_of_one_digit_what_prepare_digit_makes(pad, network, hand):
    """In Python and in the page, the same photograph becomes nearly the same picture."""
    files = [
        file_of(photograph(write_sheet([[d]], (500, 400), 260, 20, hand=hand)), quality=95) for d in (1, 4, 5, 7, 8)
    ]
    expected = np.stack([mt.prepare_digit(io.BytesIO(file)) for file in files])
    pictures, predictions = [], []
    for file in files:
        assert choose(pad, file) == "One digit found. Press it to put it on the pad."
        picture, prediction = found(pad)
        pictures.extend(picture)
        predictions.extend(prediction)
    apart = difference(pictures, expected)
    assert apart.max() < 0.06
    assert_read_alike(network, predictions, expected)


def test_a_screen_s_picture_is_prepared_as_in_python_within_a_few_grey_levels(pad):
    """Even paper and clean edges: the two do the same, but for rounding when the digit is put on the pad."""
    sheet = 255 - np.rint(255 * write_sheet([[8]], (300, 300), 200, 16)).astype(np.uint8)
    choose(pad, file_of(Image.fromarray(sheet), "png"))
    apart = np.abs(found(pad)[0][0].astype(int) - mt.prepare_digit(sheet))
    assert apart.mean() < 3


APART = {
    "the bar of a 5": ["30,26 26,36 24,45 45,40 68,52 71,76 53,95 29,95 13,85", "40,6 62,6 82,4"],
    "a 4 of two strokes": ["40,4 30,32 19,58 50,59 58,59", "70,28 69,60 67,98"],
    "a broken 1": ["50,3 50,45", "50,51 49,98"],
}


@pytest.mark.parametrize("name", APART)
def test_joins_the_strokes_of_a_digit(pad, name):
    strokes = APART[name]
    choose(pad, file_of(photograph(write_sheet([[7, strokes, 3], [2, 8, strokes]], pen=7)), quality=95))
    pictures, _ = found(pad)
    assert len(pictures) == 6
    assert max(difference(pictures, alone([7, strokes, 3, 2, 8, strokes]))) < 0.3


def test_digits_close_together_stay_apart(pad):
    choose(pad, file_of(photograph(write_sheet([[1, 1, 1, 7, 1, 4, 1, 5]], (760, 200), 110)), quality=95))
    assert len(found(pad)[1]) == 8


@pytest.mark.parametrize("place", [np.s_[:, 860:], np.s_[60:150, 780:]], ids=["a table", "a thumb"])
def test_leaves_out_what_reaches_in_from_the_edge(pad, place):
    seen = np.asarray(photograph(write_sheet([[3, 5]]))).copy()
    seen[place] = 40
    choose(pad, file_of(Image.fromarray(seen), quality=95))
    pictures, _ = found(pad)
    assert len(pictures) == 2
    assert max(difference(pictures, alone([3, 5]))) < 0.25


def test_turns_a_photograph_as_the_camera_says(pad):
    sheet = photograph(write_sheet([[2, 7], [4, 5]], (400, 480)))
    undo = {3: 3, 5: 5, 6: 2, 8: 4}  # numbers of Pillow's transpositions
    choose(pad, file_of(sheet, quality=95))
    expected, _ = found(pad)
    assert len(expected) == 4
    for orientation in undo:
        exif = Image.Exif()
        exif[0x0112] = orientation
        choose(pad, file_of(sheet.transpose(Image.Transpose(undo[orientation])), exif=exif, quality=95))
        assert max(difference(found(pad)[0], expected)) < 0.1, orientation


@pytest.mark.parametrize("colour", [0, 255])
def test_ink_on_nothing_stands_on_paper(pad, colour):
    ink = np.rint(255 * write_sheet([[2, 7]])).astype(np.uint8)
    picture = np.stack([*[np.full_like(ink, colour)] * 3, ink], axis=-1)
    choose(pad, file_of(Image.fromarray(picture), "png"))
    assert max(difference(found(pad)[0], alone([2, 7]))) < 0.1


NOISE = np.random.default_rng(0).normal(128, 20, (300, 400, 3)).clip(0, 255).astype(np.uint8)
SHADE = np.linspace(100, 200, 300 * 200).reshape(300, 200).astype(np.uint8)
NOTHING = "No digit stands out"
NO_PICTURE = "This browser cannot read that"
GOOD = file_of(photograph(write_sheet([[3]], (300, 300), 200, 14)))
BAD = {
    "text": (b"I am no picture", NO_PICTURE),
    "nothing": (b"", NO_PICTURE),
    "half a file": (file_of(Image.fromarray(NOISE), "png")[:50], NO_PICTURE),
    "a page": (b"<html><script>document.title = 'run'</script></html>", NO_PICTURE),
    "72 million pixels": (
        file_of(Image.new("1", (9000, 8000), 1), "png"),
        "This picture has 72 million pixels. At most 64",
    ),
    "white": (file_of(Image.new("L", (300, 200), 255)), NOTHING),
    "transparent": (file_of(Image.new("RGBA", (300, 200)), "png"), NOTHING),
    "one pixel": (file_of(Image.new("L", (1, 1)), "png"), NOTHING),
    "noise": (file_of(Image.fromarray(NOISE)), NOTHING),
    "a shade": (file_of(Image.fromarray(SHADE)), NOTHING),
}


def test_says_kindly_what_is_wrong_with_a_file_and_goes_on(page, pad):
    for name, (data, sentence) in BAD.items():
        assert choose(pad, data).startswith(sentence), name
        expect(pad.locator(".found")).to_have_class("found failed")
        assert pad.locator(".digits button").count() == 0, name
        assert answer(pad) == "?"
    assert choose(pad, GOOD).startswith("One digit found")
    expect(pad.locator(".found")).to_have_class("found")
    assert page.title() == "Pads"


def test_a_page_of_text_costs_no_more_than_fifty_buttons(pad):
    rows = [[(5 * row + column) % 10 for column in range(12)] for row in range(6)]
    assert choose(pad, file_of(photograph(write_sheet(rows, (1000, 700), 60, 6)))).startswith("The first 50")
    assert pad.locator(".digits button").count() == 50


def test_forty_megapixels_are_read(pad):
    sheet = photograph(write_sheet([[3, 5]]))
    assert choose(pad, file_of(sheet.resize((7300, 5500), Image.Resampling.NEAREST))).startswith("2 digits")
    assert max(difference(found(pad)[0], alone([3, 5]))) < 0.25


def test_shows_the_stages(pad):
    choose(pad, file_of(photograph(write_sheet([[3, 5]]), light=150), quality=95))
    captions = [caption.inner_text().split("\n")[0] for caption in pad.locator(".stages figcaption").all()]
    assert captions == ["1. Photograph", "2. Grey", "3. Ink", "4. Digits"]
    photo, grey, ink, boxes = (picture[..., :3].astype(int) for picture in pictures_of(pad, ".stages canvas"))
    corners = [picture[[5, -5], [5, -5]].mean(axis=1) for picture in (photo, grey, ink)]
    assert corners[0][0] > corners[0][1] + 80  # the light falls off
    assert all(abs(corner - 255).max() < 25 for corner in corners[1:])  # and is gone
    assert np.ptp(ink, axis=2).max() == 0
    blue = np.abs(boxes - (31, 111, 180)).sum(axis=2) < 30
    assert blue.any(axis=0).sum() > 60


def test_a_digit_is_put_on_the_pad_drawn_on_and_taken_back_by_keyboard_alone(page, pad):
    """Tab to the file, choose it, Tab to a digit, Enter; undo and redo; a stroke on top of it."""
    pad.get_by_role("button", name="Clear").focus()
    page.keyboard.press("Tab")
    assert pad.evaluate("element => element.shadowRoot.activeElement.type") == "file"
    outline = "element => getComputedStyle(element.shadowRoot.activeElement.nextElementSibling).outlineStyle"
    assert pad.evaluate(outline) == "solid"
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    seven = photograph(write_sheet([[4, 7]]))
    chooser.value.set_files({"name": "sheet.png", "mimeType": "image/png", "buffer": file_of(seven, "png")})
    assert said(pad) == "2 digits found. Press one to put it on the pad."
    pictures, predictions = found(pad)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    second = pad.locator(".digits button").nth(1)
    expect(second).to_be_focused()
    assert second.get_attribute("aria-label") == f"Digit 2, read as {predictions[1]}"
    page.keyboard.press("Enter")
    expect(second).to_have_attribute("aria-pressed", "true")
    assert answer(pad) == str(predictions[1])
    put = pixels(pad)
    np.testing.assert_allclose(255 * put, pictures[1].ravel(), atol=1)
    expect(pad.locator("input[name=centre]")).to_be_enabled()  # it is ink, not a picture prepared before
    page.keyboard.press("Control+z")
    assert answer(pad) == "?"
    expect(second).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("Control+y")
    np.testing.assert_array_equal(pixels(pad), put)
    pad.locator(".pad").focus()
    for key in ["Space", *["ArrowLeft"] * 3, "Space"]:
        page.keyboard.press(key)
    assert (pixels(pad) != put).any()
    expect(second).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("Control+z")
    np.testing.assert_array_equal(pixels(pad), put)
    page.keyboard.press("Control+z")
    assert answer(pad) == "?"


@pytest.mark.parametrize("way", ["drop", "paste"])
def test_a_picture_may_be_dropped_or_pasted(pad, way):
    pad.evaluate(
        """(element, [way, base64]) => {
            const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
            const data = new DataTransfer();
            data.items.add(new File([bytes], "sheet.jpg", { type: "image/jpeg" }));
            const options = { bubbles: true, cancelable: true };
            const event = way === "drop"
                ? new DragEvent("drop", { ...options, dataTransfer: data })
                : new ClipboardEvent("paste", { ...options, clipboardData: data });
            element.shadowRoot.querySelector(".pad").dispatchEvent(event);
            if (!event.defaultPrevented) throw new Error("the browser would open the file itself");
        }""",
        [way, base64.b64encode(GOOD).decode()],
    )
    assert said(pad).startswith("One digit found")


def test_a_second_file_ends_the_first(pad):
    name = pad.locator("input[type=file]").first
    many = file_of(photograph(write_sheet(ROWS)))
    for data in (many, GOOD):
        name.set_input_files({"name": "sheet.jpg", "mimeType": "image/jpeg", "buffer": data})
    assert said(pad).startswith("One digit found")
    pad.page.wait_for_timeout(1000)
    assert pad.locator(".digits button").count() == 1
    assert pad.locator(".stages figure").count() == 4


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_korean_on_a_phone(browser, tmp_path, network, theme):
    """Large enough for a finger, a camera of its own, nothing sideways, and accessible by day and by night."""
    context = browser.new_context(
        viewport={"width": 360, "height": 780}, has_touch=True, is_mobile=True, color_scheme=theme, locale="ko-KR"
    )
    pad = open_pad(context.new_page(), tmp_path, network, "ko")
    pad.page.add_style_tag(content=":root { background: Canvas; color-scheme: light dark }")
    assert choose(pad, file_of(photograph(write_sheet(ROWS)))) == "숫자 15개를 찾았습니다. 누르면 그림판에 놓입니다."
    assert [each.inner_text() for each in pad.locator(".sources .button").all()] == [
        "사진·파일 고르기",
        "카메라로 찍기",
    ]
    for target in pad.locator(".photo :is(.button, button)").all():
        box = target.bounding_box()
        assert min(box["width"], box["height"]) >= 40
    pad.locator(".digits button").first.tap()
    assert answer(pad) == "3"
    assert pad.page.evaluate("document.documentElement.scrollWidth") == 360
    # The page around it is a mere frame.
    result = Axe().run(pad.page, context="draw-digit", options={"resultTypes": ["violations"]}).response
    assert [node["html"] for each in result["violations"] for node in each["nodes"]] == []
    context.close()
