"""One's own test set on the drawing pad: labelled, kept, saved, loaded again; other files are refused."""

import re
import zipfile

import keras
import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from hands import HANDS
from pads import CHAPTER, pixels, sheet, write
from playwright.sync_api import expect

import mnist_tutorial as mt

STORE = "mnist-tutorial-drawings"


@pytest.fixture(scope="module")
def model():
    keras.utils.set_random_seed(0)
    return mt.build_mlp()


@pytest.fixture(scope="module")
def html(model):
    return mt.draw_digit(model, *(part[:3] for part in mt.load_mnist()[1]))


@pytest.fixture
def pad(open_pads, html):
    """Return a pad whose collection is open."""
    pad = open_pads(html)
    pad.locator(".own summary").click()
    return pad


@pytest.fixture
def drawings():
    """Return images and labels, as a file of the pad holds them."""
    images, labels = mt.load_drawings()
    return images[:12], labels[:12]


def told(pad):
    return pad.locator(".told").inner_text()


def counts(pad):
    """Return how many are kept of each digit, as the buttons say."""
    texts = [each.get_attribute("aria-label") for each in pad.locator(".labels input").all()]
    assert [text[0] for text in texts] == list("0123456789")
    return [int(re.search(r": (\d+)", text)[1]) for text in texts]


def thumbnails(pad):
    return [each.inner_text() for each in pad.locator(".kept button").all()]


def keep(page, pad, digit, hand="plain"):
    """Write a digit, choose its label, and keep it; return the picture that the network got, as bytes."""
    write(page, pad, HANDS[hand][digit])
    picture = 255 * pixels(pad).reshape(28, 28)
    pad.locator(f".labels input[value='{digit}']").check(force=True)
    pad.locator(".keep").click()
    return picture


def saved(page, pad, path):
    with page.expect_download() as download:
        pad.locator(".save").click()
    assert download.value.suggested_filename == "my_digits.npz"
    download.value.save_as(path)
    return mt.load_drawings(path)


def load(pad, *paths):
    """Choose files as a reader does, and wait for what the pad says."""
    pad.locator(".told").evaluate("each => each.textContent = ''")
    pad.locator(".file").set_input_files(paths)
    expect(pad.locator(".told")).not_to_be_empty()
    return told(pad)


def test_drawings_are_kept_with_the_keyboard_alone(page, open_pads, html):
    pad = open_pads(html)
    pad.locator(".pad").focus()
    page.keyboard.press("7")  # the section is closed: nothing happens
    pad.locator(".own summary").focus()
    page.keyboard.press("Enter")
    assert pad.locator(".labels input:checked").count() == 0
    for label, way in (("1", "ArrowDown"), ("7", "ArrowRight"), ("1", "ArrowLeft")):
        pad.locator(".pad").focus()
        page.keyboard.press(" ")
        for _ in range(12):
            page.keyboard.press(way)
        page.keyboard.press("ArrowUp" if way == "ArrowDown" else "ArrowDown")
        page.keyboard.press(label)
        page.keyboard.press("Enter")
        assert pad.locator(".digit").inner_text() == "?", "the pad is clean again"
        assert pad.locator(".labels input:checked").count() == 0, "the next label is a new choice"
    assert counts(pad) == [0, 2, 0, 0, 0, 0, 0, 1, 0, 0]
    assert thumbnails(pad) == ["1", "7", "1"]
    assert pad.locator(".total").inner_text() == "3 of 50"
    assert told(pad) == "A 1 is kept, 3 in all."
    assert pad.locator(".pad").evaluate("each => each.getRootNode().activeElement === each"), "on with the next"


def test_the_pad_says_what_is_missing(page, pad):
    pad.locator(".keep").click()
    assert told(pad) == "Write a digit first."
    write(page, pad, HANDS["plain"][3])
    pad.locator(".keep").click()
    assert "Which digit did you mean?" in told(pad)
    pad.locator(".labels input[value='3']").check(force=True)
    pad.locator(".keep").click()
    pad.get_by_role("button", name="Undo").click()  # the drawing comes back
    pad.locator(".labels input[value='3']").check(force=True)
    pad.locator(".keep").click()
    assert told(pad) == "This very drawing is kept already."
    pad.locator(".examples button").first.click()
    pad.locator(".keep").click()
    assert "MNIST's" in told(pad)
    assert counts(pad) == [0, 0, 0, 1, 0, 0, 0, 0, 0, 0]


def test_the_file_holds_the_very_pixels_that_the_network_got(page, pad, tmp_path):
    pictures = [keep(page, pad, digit) for digit in range(10)]
    pad.locator("input[name=invert]").uncheck()  # a pad that is broken on purpose still keeps as MNIST's are
    keep(page, pad, 4, "round")
    images, labels = saved(page, pad, tmp_path / "my_digits.npz")
    np.testing.assert_array_equal(labels, [*range(10), 4])
    np.testing.assert_allclose(images[:10], pictures, atol=1e-3)
    assert images[10][0, 0] == 0
    assert images[10].max() > 250
    with np.load(tmp_path / "my_digits.npz") as others:  # readable without this library
        np.testing.assert_array_equal(others["images"], images)
        np.testing.assert_array_equal(others["labels"], labels)
    with zipfile.ZipFile(tmp_path / "my_digits.npz") as archive:
        assert archive.testzip() is None


def test_the_browser_keeps_them_for_every_page(page, pad, html, tmp_path):
    keep(page, pad, 5)
    first = saved(page, pad, tmp_path / "first.npz")
    other = page.context.new_page()
    other.goto(page.url)
    opened = other.locator("draw-digit")
    assert opened.locator(".own details").get_attribute("open") is not None, "a set that was begun is open"
    keep(page, pad, 6)
    expect(opened.locator(".total")).to_have_text("2 of 50")
    other.close()
    page.reload()
    assert counts(pad) == [0, 0, 0, 0, 0, 1, 1, 0, 0, 0]
    images, labels = saved(page, pad, tmp_path / "again.npz")
    np.testing.assert_array_equal(images[:1], first[0])
    np.testing.assert_array_equal(labels, [5, 6])


def test_two_pads_of_a_page_show_one_set(page, open_pads, html):
    pads = open_pads(html, html)
    for i in (0, 1):
        pads.nth(i).locator(".own summary").click()
        keep(page, pads.nth(i), 2 + i)
    for i in (0, 1):
        assert thumbnails(pads.nth(i)) == ["2", "3"]


@pytest.mark.parametrize("text", ["", "no comma", "77,AAAA", "7,!!!", "12,", '{"a": 1}'])
def test_what_somebody_else_left_in_the_store_counts_as_nothing(page, pad, text):
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [STORE, text])
    page.reload()
    assert pad.locator(".total").text_content() == "0 of 50"
    pad.locator(".own summary").click()
    keep(page, pad, 8)
    page.reload()
    assert thumbnails(pad) == ["8"]


@pytest.mark.parametrize(
    "forbid",
    [
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });",
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };",
    ],
)
def test_where_the_browser_keeps_nothing_the_page_says_so(page, open_pads, html, forbid, tmp_path):
    page.add_init_script(forbid)
    pad = open_pads(html)
    pad.locator(".own summary").click()
    keep(page, pad, 0)
    assert "keep nothing" in pad.locator(".where").inner_text()
    assert "stay in this browser" not in pad.locator(".opened").inner_text()
    keep(page, pad, 1)
    assert saved(page, pad, tmp_path / "my_digits.npz")[1].tolist() == [0, 1]


def test_where_the_browser_keeps_them_the_page_says_so(page, pad):
    keep(page, pad, 0)
    assert "stay in this browser" in pad.locator(".where").inner_text()


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
@pytest.mark.parametrize("dtype", [np.uint8, np.int64])
def test_files_are_merged_and_duplicates_told(page, pad, drawings, tmp_path, save, dtype):
    images, labels = drawings
    for name, part in (("a", slice(8)), ("b", slice(5, 12))):
        save(tmp_path / f"{name}.npz", images=images[part], labels=labels[part].astype(dtype))
    assert load(pad, tmp_path / "a.npz") == "8 loaded."
    assert load(pad, tmp_path / "b.npz") == "4 loaded; 3 were here already."
    back = saved(page, pad, tmp_path / "all.npz")
    np.testing.assert_array_equal(back[0], images)
    np.testing.assert_array_equal(back[1], labels)


def test_files_that_are_no_drawings_are_refused(page, pad, drawings, tmp_path):
    images, labels = drawings
    odd = {
        "flat": {"images": images.reshape(12, 784), "labels": labels},
        "small": {"images": images[:, 1:], "labels": labels},
        "floats": {"images": images / 255, "labels": labels},
        "wide": {"images": images.astype(np.int16), "labels": labels},
        "columns": {"images": np.asfortranarray(images), "labels": labels},
        "eleven": {"images": images, "labels": labels[:11]},
        "ten": {"images": images, "labels": labels + 1},
        "far": {"images": images, "labels": labels.astype(np.int64) + 256},
        "minus": {"images": images, "labels": labels.astype(np.int64) - 1},
        "one-hot": {"images": images, "labels": np.eye(10, dtype=np.uint8)[labels]},
        "alone": {"images": images},
        "mnist": {"x_train": images, "y_train": labels},
        "objects": {"images": images, "labels": labels.astype(object)},
    }
    for name, arrays in odd.items():
        np.savez(tmp_path / f"{name}.npz", **arrays)
    whole = {"images": images, "labels": labels}
    np.savez(tmp_path / "whole.npz", **whole)
    content = (tmp_path / "whole.npz").read_bytes()
    contents = {
        "empty": b"",
        "text": b"just some text " * 9,
        "cut": content[:-60],
        "half": content[: len(content) // 2],
        "flipped": content[:2000] + bytes([content[2000] ^ 1]) + content[2001:],
        "heavy": content + bytes(5_000_000),
    }
    for name, bytes_ in contents.items():
        (tmp_path / f"{name}.npz").write_bytes(bytes_)
    with zipfile.ZipFile(tmp_path / "bomb.npz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("images.npy", bytes(200_000_000))
        archive.writestr("labels.npy", b"")
    assert load(pad, tmp_path / "whole.npz") == "12 loaded."
    for name in [*odd, *contents, "bomb"]:
        assert load(pad, tmp_path / f"{name}.npz").startswith(f"{name}.npz: no drawings found"), name
    assert thumbnails(pad) == [str(label) for label in labels]


def test_no_more_than_a_thousand(page, pad, tmp_path):
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (1001, 28, 28), dtype=np.uint8)
    np.savez(tmp_path / "many.npz", images=images, labels=np.arange(1001) % 10)
    assert load(pad, tmp_path / "many.npz") == (
        "1000 loaded. 1000 are the most that are kept here. Save them, and begin a new set."
    )
    keep(page, pad, 0)
    assert "the most" in told(pad)
    page.reload()
    assert pad.locator(".total").inner_text() == "1000"


def test_one_is_taken_out_and_put_back(page, pad, drawings, tmp_path):
    np.savez(tmp_path / "a.npz", images=drawings[0], labels=drawings[1])
    load(pad, tmp_path / "a.npz")
    before = thumbnails(pad)
    pad.locator(".kept button").nth(4).focus()
    page.keyboard.press("Enter")
    assert thumbnails(pad) == before[:4] + before[5:]
    assert told(pad) == "A 4 is taken out."
    page.keyboard.press("Enter")  # the focus is on "Put it back"
    assert thumbnails(pad) == before
    assert not pad.locator(".back").is_visible()
    np.testing.assert_array_equal(saved(page, pad, tmp_path / "b.npz")[0], drawings[0])


def test_all_are_forgotten_after_one_question(page, pad):
    keep(page, pad, 2)
    pad.locator(".forget").click()
    assert pad.locator(".asking p").inner_text().startswith("Forget all 1?")
    page.keyboard.press("Enter")  # the focus is on "Cancel"
    assert not pad.locator(".asking").is_visible()
    assert thumbnails(pad) == ["2"]
    pad.locator(".forget").click()
    pad.locator(".yes").click()
    assert thumbnails(pad) == []
    assert not pad.locator(".save").is_visible()
    assert page.evaluate("localStorage.length") == 0
    page.reload()
    assert pad.locator(".total").text_content() == "0 of 50"


def test_the_score_is_told_on_demand_alone_and_is_that_of_keras(page, pad, model, tmp_path):
    np.savez(tmp_path / "a.npz", **dict(zip(("images", "labels"), mt.load_drawings(), strict=True)))
    load(pad, tmp_path / "a.npz")
    assert pad.locator(".kept .missed").count() == 0
    assert "Whoever watches the score" in pad.locator(".opened").inner_text()
    pad.locator(".judge").click()
    images, labels = mt.load_drawings()
    read = mt.predict_digits(model, mt.normalize(mt.flatten(images)))
    right = re.match(r"The network reads (\d+) of 200 right.", told(pad))[1]
    assert abs(int(right) - np.sum(read == labels)) <= 1  # half precision may decide a tie
    shown = thumbnails(pad)
    expected = [f"{p},{label}" if p != label else str(label) for p, label in zip(read, labels, strict=True)]
    assert sum(a != b for a, b in zip(shown, expected, strict=True)) <= 1
    keep(page, pad, 5)
    assert pad.locator(".kept .missed").count() == 0, "the next drawing is not watched"
    assert "right" not in told(pad)


def test_a_network_for_other_pictures_has_no_collection(open_pads):
    pads = open_pads(mt.draw_digit(mt.build_mlp(64, (5,), 10)), mt.draw_digit(mt.build_mlp(784, (5,), 7)))
    assert not pads.nth(0).locator(".own").is_visible()
    assert not pads.nth(1).locator(".own").is_visible()


@pytest.fixture
def phone(browser, server):
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, base_url=server
    )
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def test_on_a_phone_it_is_right_below_the_pad_and_speaks_korean(phone, tmp_path):
    phone.goto(CHAPTER.format("ko"))
    pad = phone.locator("draw-digit")
    pad.locator(".own summary").tap()
    assert pad.locator(".own summary").inner_text().split("\n")[0].startswith("나만의 테스트 세트")
    box = sheet(pad)
    phone.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    pad.locator(".labels label").nth(9).tap()
    pad.locator(".keep").tap()
    assert told(pad) == "숫자 9, 모았습니다. 모두 1장입니다."
    written, own, answer = (pad.locator(f".{name}").bounding_box() for name in ("write", "own", "answer"))
    assert written["y"] < own["y"] < answer["y"]
    assert own["y"] - written["y"] - written["height"] < 30
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    for part in pad.locator(".own :is(button, summary, label):visible").all():
        assert min(part.bounding_box()[name] for name in ("width", "height")) >= 40, part.inner_text()
    assert not re.search("[a-z]{3}", pad.locator(".opened").inner_text().replace("npz", ""))
    pad.locator(".own summary").tap()
    written, answer = (pad.locator(f".{name}").bounding_box() for name in ("write", "answer"))
    assert answer["y"] > written["y"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_by_day_and_by_night(page, pad, drawings, tmp_path, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    dark = expect(pad)
    (dark.to_have_attribute if scheme == "dark" else dark.not_to_have_attribute)("dark", "")
    np.savez(tmp_path / "a.npz", images=drawings[0], labels=drawings[1])
    load(pad, tmp_path / "a.npz")
    pad.locator(".judge").click()
    assert pad.locator(".kept .missed").count() > 3
    pad.locator(".forget").click()
    found = Axe().run(page, context="draw-digit", options={"resultTypes": ["violations"]}).response["violations"]
    assert [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]] == []
