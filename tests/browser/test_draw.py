"""The drawing pad in a real browser: it computes what Keras computes, and reads what hands write."""

import re

import numpy as np
import pytest
from hands import HANDS, PENS, curve
from playwright.sync_api import expect

import mnist_tutorial as mt

CHAPTER = "book/{}/09_draw.html"
ANSWER_WITHOUT = """(element, steps) => {
    const click = () => steps.forEach((step) => element.shadowRoot.querySelector(`input[name=${step}]`).click());
    click();
    const answer = element.shadowRoot.querySelector(".digit").textContent;
    click();
    return answer;
}"""
PAGE = '<!doctype html><html lang="{}"><meta charset="utf-8"><title>Pads</title><body>{}</body></html>'


@pytest.fixture
def chapter(page, server):
    """Return the pad of the English chapter, in a window that holds little else."""
    page.set_viewport_size({"width": 800, "height": 700})
    page.goto(CHAPTER.format("en"))
    return page.locator("draw-digit")


@pytest.fixture
def open_pads(page, tmp_path):
    """Open a page of one's own with these pads, from disk."""

    def open_them(*pads, language="en"):
        file = tmp_path / "pads.html"
        file.write_text(PAGE.format(language, "".join(pad.html for pad in pads)))
        page.goto(file.as_uri())
        return page.locator("draw-digit")

    return open_them


@pytest.fixture(scope="module")
def trained(mnist):
    """Return a network that has learned enough for clear answers."""
    (X_train, Y_train), _ = mnist
    model = mt.build_mlp()
    mt.fit(model, X_train, Y_train, epochs=2, seed=0)
    return model


def answer(pad):
    return pad.locator(".digit").inner_text()


def switch(pad, name, on):
    """Set one of the steps, as a click does."""
    pad.locator(f"input[name={name}]").set_checked(on)


def sheet(pad):
    """Return where the pad's paper is, once it is in sight."""
    pad.locator(".pad").hover()  # waits until the page has come to rest
    return pad.locator(".pad").bounding_box()


def pixels(pad):
    """Return the numbers that the network got last, after the next painting."""
    script = "async (element) => (await new Promise(requestAnimationFrame), Array.from(element.picture.pixels))"
    return np.array(pad.evaluate(script))


def write(page, pad, strokes, size=0.6, corner=(0.2, 0.2)):
    """Write strokes with the mouse, on a clean pad."""
    pad.get_by_role("button", name="Clear").click()
    box = sheet(pad)
    for stroke in strokes:
        places = [
            [box[name] + box[length] * (start + size * value / 100) for name, length, start, value in axes]
            for axes in ((("x", "width", corner[0], x), ("y", "height", corner[1], y)) for x, y in curve(stroke))
        ]
        page.mouse.move(*places[0])
        page.mouse.down()
        for place in places[1:]:
            page.mouse.move(*place)
        page.mouse.up()
    pad.evaluate("() => new Promise(requestAnimationFrame)")  # the answer comes with the next painting


def test_gives_the_probabilities_of_keras(open_pads, trained, mnist):
    images, labels = (part[:500] for part in mt.load_mnist()[1])
    pad = open_pads(mt.draw_digit(trained, images, labels))
    found = pad.evaluate(
        """element => Array.from(element.shadowRoot.querySelectorAll(".examples button"), (button) => {
            button.click();
            return Array.from(element.shadowRoot.querySelectorAll("[role=meter]"), (bar) => Number(bar.ariaValueNow));
        })"""
    )
    expected = trained.predict(mnist[1][0][:500], verbose=0)
    np.testing.assert_allclose(found, expected, atol=2e-3)
    np.testing.assert_array_equal(np.argmax(found, axis=1), expected.argmax(axis=1))


def test_gives_the_probabilities_of_keras_without_normalization(open_pads, trained, mnist):
    """The pad feeds what the switches say: 255 times the same numbers."""
    images, labels = (part[:1] for part in mt.load_mnist()[1])
    pad = open_pads(mt.draw_digit(trained, images, labels))
    pad.locator(".examples button").click()
    for name, rows in (("normalize", 255 * mnist[1][0][:1]), ("invert", 255 - 255 * mnist[1][0][:1])):
        switch(pad, name, False)
        found = [float(bar.get_attribute("aria-valuenow")) for bar in pad.locator("[role=meter]").all()]
        np.testing.assert_allclose([found], trained.predict(rows, verbose=0), atol=2e-3)


def test_reads_three_hands_with_all_steps_and_worse_without(page, chapter):
    switched_off = {"all": [], "place": ["centre"], "size": ["scale"], "both": ["centre", "scale"], "swap": ["invert"]}
    right = dict.fromkeys(switched_off, 0)
    for hand, digits in HANDS.items():
        pen, size, corner = PENS[hand]
        chapter.get_by_role("radio", name=pen).check(force=True)
        for digit, strokes in digits.items():
            write(page, chapter, strokes, size, corner)
            for name, steps in switched_off.items():
                right[name] += chapter.evaluate(ANSWER_WITHOUT, steps) == str(digit)
    assert right["all"] >= 27
    assert right["size"] <= right["all"] - 2
    assert right["place"] <= right["all"] - 7
    assert right["both"] <= right["all"] - 10
    assert right["swap"] <= 10


def test_prepares_as_mnist_was(page, chapter):
    """The longer side of the box is 20, the centre of mass in pixel (14, 14), whatever the size and the place."""
    for size, corner in ((0.3, (0.65, 0.02)), (0.9, (0.05, 0.05))):
        write(page, chapter, HANDS["plain"][2], size, corner)
        picture = pixels(chapter).reshape(28, 28)
        assert 0.98 < picture.max() <= 1
        assert picture.min() == 0
        rows, columns = np.nonzero(picture > 0.02)
        assert max(np.ptp(rows), np.ptp(columns)) + 1 in (20, 21)  # a faint edge may reach over
        mass = [axis @ np.arange(28) / picture.sum() for axis in (picture.sum(axis=1), picture.sum(axis=0))]
        assert np.round(mass).tolist() == [14, 14]


def test_answers_within_50_milliseconds(page, chapter):
    write(page, chapter, HANDS["round"][8])
    box = sheet(chapter)
    page.mouse.move(box["x"] + 50, box["y"] + 50)
    page.mouse.down()
    chapter.evaluate(
        """element => {
            element.times = [];
            const pad = element.shadowRoot.querySelector(".pad");
            const strip = element.shadowRoot.querySelector(".numbers");
            let start = null;
            pad.addEventListener("pointermove", () => (start ??= performance.now()), { capture: true });
            new MutationObserver(() => {
                element.times.push(performance.now() - start);
                start = null;
            }).observe(strip, { attributes: true });
        }"""
    )
    for i in range(30):
        page.mouse.move(box["x"] + 50 + 6 * i, box["y"] + 50 + 3 * i)
    page.mouse.up()
    times = chapter.evaluate("element => element.times")
    assert len(times) >= 10
    assert np.median(times) < 50


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
    assert {"pen", "clear", "picture", "units", "scale", "centre", "invert", "normalize", "examples"} <= stops


def test_pixels_and_units_say_their_number(page, chapter):
    chapter.locator(".examples button").first.click()
    chapter.locator(".picture").focus()
    page.keyboard.press("ArrowRight")
    expect(chapter.locator(".readout")).to_contain_text("row 14, column 15: input 407 is")
    chapter.locator(".units i").nth(37).hover()
    expect(chapter.locator(".readout")).to_contain_text("unit 37 gives")
    expect(chapter.locator(".weights")).to_be_visible()


def test_an_example_becomes_another_digit_by_drawing_on_it(page, chapter):
    """What is drawn on a test image is not moved or scaled, and no label is claimed for it."""
    mistake = chapter.locator(".examples button:has(.missed)").first
    mistake.click()
    expect(chapter.locator(".answer")).to_have_class("answer wrong")
    expect(chapter.locator("input[name=centre]")).to_be_disabled()
    before = pixels(chapter)
    box = sheet(chapter)
    page.mouse.move(box["x"] + 15, box["y"] + box["height"] - 15)
    page.mouse.down()
    page.mouse.up()
    after = pixels(chapter)
    assert 0 < (after != before).sum() < 20
    expect(chapter.locator(".answer")).to_have_class("answer")
    chapter.get_by_role("button", name="Clear").click()
    expect(chapter.locator("input[name=centre]")).to_be_enabled()


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


def test_touch_draws_without_scrolling(browser, server):
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, base_url=server
    )
    page = context.new_page()
    page.goto(CHAPTER.format("ko"))
    pad = page.locator("draw-digit")
    box = sheet(pad)
    before = page.evaluate("scrollY")
    finger = context.new_cdp_session(page)
    places = [(box["x"] + box["width"] / 2, box["y"] + box["height"] * part / 10) for part in range(2, 9)]
    for kind, points in (("touchStart", places[:1]), *(("touchMove", [p]) for p in places[1:]), ("touchEnd", [])):
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})
    pad.evaluate("() => new Promise(requestAnimationFrame)")
    assert answer(pad) == "1"
    assert page.evaluate("scrollY") == before
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    context.close()


def test_several_pads_on_a_page_are_apart(page, open_pads):
    """Each has its own network, drawing, pen and switches; other sizes than MNIST's work too."""
    pads = open_pads(
        mt.draw_digit(mt.build_mlp()), mt.draw_digit(mt.build_mlp(64, (7,), 3)), mt.draw_digit(mt.build_mlp(9, (), 26))
    )
    assert [pad.locator(".bar").count() for pad in pads.all()] == [10, 3, 26]
    assert [pad.locator(".units").count() for pad in pads.all()] == [2, 1, 0]
    second = pads.nth(1)
    second.get_by_role("radio", name="thick").check(force=True)
    switch(second, "invert", False)
    write(page, second, HANDS["plain"][0])
    for other in (pads.first, pads.last):
        other.get_by_role("button", name="Clear").click()  # shows what its switches say now
    assert [answer(pad) == "?" for pad in pads.all()] == [True, False, True]
    assert [pad.locator("input[name=invert]").is_checked() for pad in pads.all()] == [True, False, True]
    assert [pad.get_by_role("radio", name="medium").is_checked() for pad in pads.all()] == [True, False, True]
    assert sum(
        map(float, second.locator("[role=meter]").evaluate_all("bars => bars.map(bar => bar.ariaValueNow)"))
    ) == pytest.approx(1)


def test_a_pad_that_a_notebook_puts_in_later_works(page, open_pads):
    """Jupyter and Colab set innerHTML and run the scripts themselves."""
    open_pads()
    page.evaluate(
        """html => {
            const cell = document.createElement("div");
            cell.innerHTML = html;
            for (const old of cell.querySelectorAll("script")) {
                const script = document.createElement("script");
                script.textContent = old.textContent;
                old.replaceWith(script);
            }
            document.body.append(cell);
        }""",
        mt.draw_digit(mt.build_mlp()).html,
    )
    pad = page.locator("draw-digit")
    write(page, pad, HANDS["plain"][0])
    assert answer(pad) != "?"


@pytest.mark.parametrize(("language", "hint"), [("en", "Draw a digit here"), ("ko", "여기에 숫자를 쓰세요")])
def test_speaks_the_language_of_the_page(page, server, language, hint):
    page.goto(CHAPTER.format(language))
    pad = page.locator("draw-digit")
    expect(pad.locator(".hint")).to_have_text(hint)
    words = pad.evaluate(
        "element => [...element.shadowRoot.querySelectorAll('.root')].map(root => root.innerText).join()"
    )
    assert any("가" <= letter <= "힣" for letter in words) == (language == "ko")


def test_both_languages_have_the_same_words():
    """A word that one language lacks would show as "undefined"."""
    source = (mt.drawing._WIDGET / "draw.js").read_text()
    english, korean = source.split("  ko: {")[0], source.split("  ko: {")[1].split("\n};")[0]
    names = [re.findall(r"^    (\w+):", part, re.MULTILINE) for part in (english, korean)]
    assert len(names[0]) > 20
    assert names[0] == names[1]


def test_follows_the_theme(page, chapter):
    paper = "element => getComputedStyle(element.shadowRoot.querySelector('.sheet')).backgroundColor"
    for theme, colour in (("dark", "rgb(15, 19, 24)"), ("light", "rgb(255, 255, 255)")):
        page.evaluate("theme => (document.documentElement.dataset.theme = theme)", theme)
        page.wait_for_timeout(20)
        assert chapter.evaluate(paper) == colour


def test_follows_the_system_where_no_theme_is_set(page, open_pads):
    page.emulate_media(color_scheme="dark")
    pad = open_pads(mt.draw_digit(mt.build_mlp(16, (3,), 2)))
    expect(pad).to_have_attribute("dark", "")
    page.emulate_media(color_scheme="light")
    expect(pad).not_to_have_attribute("dark", "")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_works_from_disk(page, disk, language):
    page.goto(disk + CHAPTER.format(language))
    pad = page.locator("draw-digit")
    pad.locator(".examples button").nth(4).click()
    assert answer(pad) == "4"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_page_weighs_at_most_a_megabyte_and_a_half(page, server, language):
    weights = []
    page.on("requestfinished", lambda request: weights.append(request.sizes()["responseBodySize"]))
    page.goto(CHAPTER.format(language), wait_until="networkidle")
    assert 200_000 < sum(weights) < 1_500_000
