"""Mouse, keyboard, fingers, palms and pens on the drawing pad; each pen; undo and redo."""

import itertools

import numpy as np
import pytest
from pads import CHAPTER, Glass, answer, ink, pixels, sheet, switch, write
from playwright.sync_api import expect

import mnist_tutorial as mt


def test_keyboard_draws_lifts_and_clears(page, chapter):
    chapter.locator(".pad").focus()
    for key in ["Space", *["ArrowDown"] * 14, "Space", *["ArrowRight"] * 5, "Escape"]:
        page.keyboard.press(key)
    assert answer(chapter) == "1"
    box = chapter.evaluate("element => element.picture.box")
    assert box[1][1] - box[0][1] == pytest.approx(20)
    assert box[1][0] - box[0][0] < 5  # nothing was drawn on the way to the right
    expect(chapter.get_by_role("status").first).to_contain_text("The network says 1")
    page.keyboard.press("Delete")
    assert answer(chapter) == "?"


def test_everything_is_reached_with_the_keyboard(page, chapter):
    """Tab walks from the pad to the last example; each stop shows where it is."""
    chapter.locator(".pad").focus()
    stops = set()
    for _ in range(45):
        page.keyboard.press("Tab")
        stop, outlined = chapter.evaluate(
            """element => {
                const now = element.shadowRoot.activeElement;
                if (!now) return [null, true];
                const shown = now.type === "radio" ? now.nextSibling : now;
                const name = now.className || now.name || now.parentNode.className;
                return [name, getComputedStyle(shown).outlineStyle !== "none"];
            }"""
        )
        stops.add(stop)
        assert outlined, stop
    assert {
        "pen",
        "undo",
        "redo",
        "clear",
        "picture",
        "units",
        "scale",
        "centre",
        "invert",
        "normalize",
        "examples",
    } <= stops


def test_eraser_takes_ink_away(page, chapter):
    write(page, chapter, ["10,50 90,50"])
    switch(chapter, "scale", False)
    switch(chapter, "centre", False)
    before = pixels(chapter)
    chapter.get_by_role("radio", name="Eraser").check(force=True)
    box = sheet(chapter)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] - 5)
    page.mouse.up()
    after = pixels(chapter)
    assert 0.5 * before.sum() < after.sum() < before.sum()
    assert (after <= before).all()


def test_undo_and_redo_go_through_all_that_was_done(page, chapter):
    """A stroke, another, an example put over both, a stroke rubbed out of it, all cleared; back and forth."""
    states = [ink(chapter)]
    write(page, chapter, ["10,10 90,10"])
    states.append(ink(chapter))
    box = sheet(chapter)
    page.mouse.click(box["x"] + 50, box["y"] + 200)
    states.append(ink(chapter))
    chapter.locator(".examples button").nth(3).click()
    states.append(ink(chapter))
    chapter.get_by_role("radio", name="Eraser").check(force=True)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 3)
    states.append(ink(chapter))
    chapter.get_by_role("button", name="Clear").click()
    chapter.get_by_role("button", name="Clear").click()  # an empty pad is not cleared again
    states.append(states[0])
    differ = [(a != b).any() for a, b in itertools.pairwise(states)]
    assert all(differ)
    undo, redo = (chapter.get_by_role("button", name=name) for name in ("Undo", "Redo"))
    expect(redo).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Control+z")  # the focus is on Clear, somewhere in the pad
    np.testing.assert_array_equal(ink(chapter), states[4])
    undo.click()
    undo.click()
    np.testing.assert_array_equal(ink(chapter), states[3])
    expect(chapter.locator("[aria-pressed=true]")).to_have_count(1)
    expect(chapter.locator("input[name=scale]")).to_be_disabled()
    undo.click()
    np.testing.assert_array_equal(ink(chapter), states[2])
    expect(chapter.locator("[aria-pressed=true]")).to_have_count(0)
    expect(chapter.locator("input[name=scale]")).to_be_enabled()
    page.keyboard.press("Control+Shift+Z")
    np.testing.assert_array_equal(ink(chapter), states[3])
    assert answer(chapter) == "3"
    for _ in range(9):
        undo.click(force=True)  # Playwright waits for what says that it is disabled
    np.testing.assert_array_equal(ink(chapter), states[0])
    assert answer(chapter) == "?"
    expect(undo).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Control+y")
    np.testing.assert_array_equal(ink(chapter), states[1])
    page.mouse.click(box["x"] + 20, box["y"] + 20)  # what comes after is another story now
    expect(redo).to_have_attribute("aria-disabled", "true")


def test_undo_takes_back_a_whole_stroke_of_the_keyboard(page, chapter):
    chapter.locator(".pad").focus()
    for key in ["Space", *["ArrowDown"] * 9, "Space", "ArrowRight", "Space", "ArrowRight", "ArrowRight"]:
        page.keyboard.press(key)
    two = ink(chapter)
    page.keyboard.press("Control+z")
    one = ink(chapter)
    assert 0 < (one > 0).sum() < (two > 0).sum()
    page.keyboard.press("Control+z")
    assert not ink(chapter).any()
    page.keyboard.press("ArrowDown")  # the pen is still down
    assert ink(chapter).any()


@pytest.mark.parametrize("pen", [("thin", 1.4), ("medium", 2.3), ("thick", 3.4), ("Eraser", 3.8)])
def test_each_pen_has_its_own_width(page, open_pads, pen):
    """A touch leaves a dot, or a hole, as wide as the pen, in pixels of a picture 28 wide."""
    name, width = pen
    pad = open_pads(mt.draw_digit(mt.build_mlp()))
    box = sheet(pad)
    if name == "Eraser":
        pad.evaluate("element => element.paper.put(new Uint8Array(784).fill(255), 8)")
    before = ink(pad)
    pad.get_by_role("radio", name=name).check(force=True)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    area = np.abs(ink(pad).astype(int) - before).sum() / 255 / 20**2
    assert 2 * np.sqrt(area / np.pi) == pytest.approx(width, rel=0.03)


def test_a_thicker_pen_has_a_larger_dot(open_pads):
    dots = (
        open_pads(mt.draw_digit(mt.build_mlp()))
        .locator(".pens span:not(.eraser)")
        .evaluate_all("all => all.map((each) => parseFloat(getComputedStyle(each, '::before').width))")
    )
    assert dots == sorted(set(dots))
    assert len(dots) == 3


@pytest.fixture(scope="module")
def phone(browser, server):
    """Return the Korean chapter on a phone."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, base_url=server
    )
    page = context.new_page()
    page.goto(CHAPTER.format("ko"))
    yield context, page
    context.close()


@pytest.fixture
def glass(phone):
    context, page = phone
    pad = page.locator("draw-digit")
    pad.get_by_role("button", name="모두 지우기").click()
    pad.evaluate("element => new Promise((done) => setTimeout(done, 1000))")  # no pen has been near
    return Glass(context, page, pad)


def test_touch_draws_without_scrolling(phone, glass):
    page = phone[1]
    before = page.evaluate("scrollY")
    glass.touch(1, *((50, y) for y in range(20, 90, 10)))
    glass.lift(1)
    glass.pad.evaluate("() => new Promise(requestAnimationFrame)")
    assert answer(glass.pad) == "1"
    assert page.evaluate("scrollY") == before
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("radius", [8, 50])
def test_a_resting_palm_neither_draws_nor_blocks(glass, radius):
    """Whether the screen tells how wide it is or not."""
    glass.touch(1, (80, 80), (81, 80), radius=radius)
    glass.touch(2, (20, 20), (40, 20), (60, 20))
    glass.touch(1, (82, 81), radius=radius)
    glass.lift(2)
    glass.lift(1)
    assert [glass.is_dark(*place) for place in ((40, 20), (80, 80))] == [True, False]
    glass.pad.get_by_role("button", name="되돌리기").click()
    assert not ink(glass.pad).any()


def test_a_palm_that_comes_while_a_finger_draws_changes_nothing(glass):
    glass.touch(1, (20, 20), (40, 20))
    glass.touch(2, (80, 80), (82, 80))
    glass.touch(1, (60, 20))
    glass.lift(2)
    glass.touch(1, (70, 20))
    glass.lift(1)
    assert [glass.is_dark(*place) for place in ((30, 20), (65, 20), (80, 80))] == [True, True, False]


def test_a_palm_that_lands_edge_first_is_taken_back(glass):
    glass.touch(1, (80, 80), radius=8)
    glass.touch(1, (80.5, 80), radius=50)
    assert not ink(glass.pad).any()
    glass.lift(1)


def test_a_stroke_that_the_system_cancels_is_taken_back(glass):
    glass.touch(1, (20, 20), (60, 20))
    assert ink(glass.pad).any()
    glass.lift(1, "touchCancel")
    assert not ink(glass.pad).any()


def test_a_pen_goes_before_the_hand_that_holds_it(glass):
    glass.touch(1, (80, 80), (80, 60))  # the hand slides over the glass
    glass.pen("mousePressed", 20, 20)
    glass.pen("mouseMoved", 40, 20)
    glass.touch(1, (80, 50))
    glass.pen("mouseMoved", 60, 20)
    glass.pen("mouseReleased", 60, 20)
    glass.touch(1, (80, 40))
    glass.lift(1)
    glass.touch(2, (20, 90), (40, 90))  # right after, where the hand comes down again
    glass.lift(2)
    places = ((40, 20), (55, 20), (80, 70), (80, 45), (30, 90))
    assert [glass.is_dark(*place) for place in places] == [True, True, False, False, False]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_on_a_phone_held_sideways_pad_and_answer_are_seen_together(page, server, language):
    page.set_viewport_size({"width": 844, "height": 390})
    page.goto(CHAPTER.format(language))
    pad = page.locator("draw-digit")
    pad.evaluate("element => scrollBy(0, element.getBoundingClientRect().top - 60)")
    boxes = {name: pad.locator(name).bounding_box() for name in (".sheet", ".clear", ".digit", ".bars")}
    for name, box in boxes.items():
        assert box["y"] >= 0, name
        assert box["y"] + box["height"] <= 390, name
        assert box["x"] + box["width"] <= 844, name
    assert boxes[".sheet"]["width"] >= 230
