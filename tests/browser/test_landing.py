"""The landing page opens with a small drawing pad: light, in the reader's language, and nothing moves when it comes."""

import json
import re
from pathlib import Path

import pytest
from hands import HANDS, curve
from pads import HINTS, Glass, answer, photograph, write
from playwright.sync_api import expect
from test_site import violations

BOOK = Path(__file__).parents[2] / "book"
LANDING = "book/index.html"
MOST_BYTES = 450_000
# Of a page that loads: the largest paint so far, as [time, in a shadow tree or put there by a script], and what moved.
WATCH = """
window.seen = { largest: null, moved: 0 };
new PerformanceObserver((list) => {
    for (const { startTime, element } of list.getEntries())
        seen.largest = { time: startTime, what: element?.outerHTML.slice(0, 60) ?? "in a shadow tree" };
}).observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) seen.moved += value;
}).observe({ type: "layout-shift", buffered: true });
"""
SETTLED = "() => new Promise((done) => setTimeout(done, 300))"
SCREENS = {"phone": (390, 844), "small phone": (360, 740), "sideways": (844, 390), "laptop": (1280, 800)}

each_language = pytest.mark.parametrize("language", HINTS)
each_screen = pytest.mark.parametrize("screen", SCREENS)


@pytest.fixture
def pad(page):
    """Return the pad of the landing page, as a reader of English sees it."""
    page.goto(LANDING)
    return page.locator("draw-digit")


@pytest.fixture
def visit(browser, server):
    """Open pages as another reader: with other settings, and nothing kept from before."""
    contexts = []

    def open_page(**settings):
        contexts.append(browser.new_context(base_url=server, **settings))
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()


def test_a_written_digit_is_answered(page, pad):
    """Nine of ten at least; chapter 12's tests write with more hands."""
    assert answer(pad) == "?"
    read = []
    for strokes in HANDS["plain"].values():
        write(page, pad, strokes)
        read.append(answer(pad))
    assert sum(found == str(digit) for found, digit in zip(read, HANDS["plain"], strict=True)) >= 9
    shown = pad.locator(".bar.first")
    expect(shown).to_have_count(1)
    assert shown.inner_text().split()[-1] == read[-1]


@each_language
def test_a_digit_is_written_with_a_finger(visit, language):
    page = visit(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale=language)
    page.goto(LANDING)
    glass = Glass(page.context, page, page.locator("draw-digit"))
    for digit in (1, 2, 3):
        glass.pad.locator(".clear").click()
        for stroke in HANDS["plain"][digit]:
            glass.touch(1, *((20 + 0.6 * x, 20 + 0.6 * y) for x, y in curve(stroke)))
            glass.lift(1)
        glass.pad.evaluate("() => new Promise(requestAnimationFrame)")
        assert answer(glass.pad) == str(digit)
    assert page.evaluate("scrollY") == 0


def test_a_digit_is_written_with_the_keyboard(page, pad):
    """Tab goes through what is shown, and nothing else takes the keyboard."""
    names = []
    page.locator("article h1").click()
    for _ in range(12):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.shadowRoot?.activeElement.className ?? null"))
    assert [name for name in names if name is not None] == ["pad ink", "", "undo", "clear"]
    pad.locator(".pad").focus()
    for key in ["Space", *["ArrowDown"] * 14, "Escape"]:
        page.keyboard.press(key)
    assert answer(pad) == "1"


def test_only_paper_tools_and_the_answer_are_shown(pad):
    shown = pad.evaluate(
        """element => [...element.shadowRoot.querySelectorAll(".root, .root *")]
            .filter((each) => each.checkVisibility())
            .filter((each) => each.matches("section, fieldset, figure, button, .pens .button"))
            .map((each) => each.className)"""
    )
    assert shown == ["write", *["button"] * 3, "undo", "clear", "answer empty"]


@pytest.mark.parametrize(
    ("locale", "chosen", "language"),
    [
        ("ko-KR", None, "ko"),
        ("en-GB", None, "en"),
        ("de-DE", None, "en"),
        ("ko-KR", "en", "en"),
        ("en-GB", "ko", "ko"),
    ],
)
def test_speaks_the_language_chosen_last_or_else_the_browser_s(visit, locale, chosen, language):
    page = visit(locale=locale)
    if chosen:
        page.goto(LANDING)
        page.get_by_role("link", name={"ko": "한국어로 시작하기", "en": "Start in English"}[chosen]).click()
        page.wait_for_url(f"**/{chosen}/01_meet_mnist.html")
        page.locator("a.navbar-brand").click()
    else:
        page.goto(LANDING)
    expect(page.locator("draw-digit .hint")).to_have_text(HINTS[language])
    expect(page.locator("draw-digit .root")).to_have_attribute("lang", language)
    lines = page.locator(".one-language:visible").all()
    assert [line.get_attribute("lang") for line in lines] == [language]
    assert bool(re.search("[가-힣]", lines[0].inner_text())) == (language == "ko")


def test_the_way_to_the_other_language_is_a_choice(visit):
    page = visit(locale="ko-KR")
    page.goto("book/ko/03_flatten.html")
    page.get_by_role("link", name="English", exact=True).click()
    page.wait_for_url("**/en/03_flatten.html")
    page.goto(LANDING)
    expect(page.locator("draw-digit .hint")).to_have_text(HINTS["en"])


@pytest.mark.parametrize(
    "storage", ["get() { throw new DOMException('no', 'SecurityError'); }", "value: { language: 'fr' }"]
)
@each_language
def test_a_browser_that_keeps_nothing_of_use_speaks_its_own_language(visit, storage, language):
    """As one that blocks what pages want to keep; another page on the same disk may have kept something else."""
    page = visit(locale=language)
    page.add_init_script(f"Object.defineProperty(window, 'localStorage', {{ {storage} }})")
    page.goto(LANDING)
    expect(page.locator("draw-digit .hint")).to_have_text(HINTS[language])
    page.goto("book/ko/03_flatten.html")
    expect(page.locator("button.copybtn").first).to_have_attribute("data-tooltip", "복사")  # book.js has gone on


@each_screen
@each_language
def test_the_largest_paint_does_not_wait_for_the_network_and_nothing_moves(page, visit, screen, language):
    width, height = SCREENS[screen]
    page = visit(viewport={"width": width, "height": height}, locale=language)
    page.add_init_script(WATCH)
    held = []
    page.route("**/first_pad.js", lambda route: held.append(route))
    page.goto(LANDING, wait_until="commit")
    page.wait_for_function("seen.largest && document.querySelector('.place img')?.complete")
    page.evaluate(SETTLED)
    before = page.evaluate("performance.now()")
    place = page.locator(".place").bounding_box()
    expect(page.locator("draw-digit")).to_have_count(0)
    expect(page.locator(".place img")).to_be_visible()
    held[0].continue_()
    expect(page.locator("draw-digit .hint")).to_be_visible()
    page.evaluate(SETTLED)
    largest = page.evaluate("seen.largest")
    assert largest["time"] < before, largest
    assert page.evaluate("seen.moved") == 0
    assert page.locator(".place").bounding_box() == place == page.locator("draw-digit .root").bounding_box()
    for part in (".sheet", ".tools", ".verdict", ".bars"):
        box = page.locator(f"draw-digit {part}").bounding_box()
        assert place["y"] < box["y"], part
        assert box["y"] + box["height"] <= place["y"] + place["height"] - 10, part
        assert place["x"] < box["x"] < box["x"] + box["width"] < place["x"] + place["width"], part
    assert page.evaluate("document.documentElement.scrollWidth") == width


@each_language
def test_on_a_phone_all_of_it_is_on_the_first_screen(visit, language):
    page = visit(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale=language)
    page.goto(LANDING)
    pad = page.locator("draw-digit")
    for part in (".sheet", ".clear", ".digit", ".bars"):
        box = pad.locator(part).bounding_box()
        assert box["y"] + box["height"] <= 844, part
    for button in pad.locator(".button:visible, button:visible").all():
        assert min(button.bounding_box()[length] for length in ("width", "height")) >= 40
    (top,) = {round(each.bounding_box()["y"]) for each in pad.locator(".button:visible, button:visible").all()}
    assert top > pad.locator(".sheet").bounding_box()["y"], "the tools are one row below the paper"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_pad_in_use_is_accessible(visit, scheme, width):
    page = visit(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    page.goto(LANDING)
    write(page, page.locator("draw-digit"), HANDS["plain"][4])
    assert violations(page) == []


def test_in_the_dark_pad_and_picture_are_dark(visit):
    page = visit(color_scheme="dark")
    page.goto(LANDING)
    expect(page.locator("draw-digit")).to_have_attribute("dark", "")
    assert photograph(page.locator(".place")).mean() < 60
    page.route("**/first_pad.js", lambda route: route.abort())
    page.goto(LANDING)
    expect(page.locator(".place img")).to_be_visible()
    assert photograph(page.locator(".place")).mean() < 60


def test_the_page_is_light(page):
    weights = {}
    page.on("response", lambda answer: weights.update({answer.url: int(answer.headers.get("content-length", 0))}))
    page.goto(LANDING)
    page.evaluate("for (const picture of document.images) picture.loading = 'eager'")
    page.wait_for_function("[...document.images].every((picture) => picture.complete)")
    page.locator("draw-digit .hint").wait_for()
    assert any("first_pad.js" in address for address in weights)
    assert 200_000 < sum(weights.values()) < MOST_BYTES, weights
    html = sum(size for address, size in weights.items() if address.endswith(".html"))
    assert html < 20_000, "the network is not in the page itself"


@each_language
def test_it_is_the_network_of_chapter_12(page, disk, language):
    """From disk, where no request could be made: the very numbers of the committed edition."""
    page.goto(disk + LANDING)
    weights = page.locator("draw-digit").get_attribute("weights")
    assert len(weights) > 200_000
    edition = json.loads((BOOK / language / "12_draw.ipynb").read_text(encoding="utf-8"))
    outputs = [output.get("data", {}) for cell in edition["cells"] for output in cell.get("outputs", [])]
    assert sum(weights in "".join(each.get("text/html", "")) for each in outputs) == 1


def test_without_scripts_a_picture_leads_to_chapter_12_in_both_languages(visit):
    page = visit(java_script_enabled=False)
    page.goto(LANDING)
    picture = page.locator(".first-pad img")
    expect(picture).to_be_visible()
    assert page.locator(".place").bounding_box()["height"] < picture.bounding_box()["height"] + 5  # no empty room
    for language in HINTS:
        expect(page.locator(f".one-language[lang={language}]")).to_be_visible()
        sentence = page.locator(f".first-pad p[lang={language}]")
        expect(sentence).to_be_visible()
        assert bool(re.search("[가-힣]", sentence.inner_text())) == (language == "ko")
        sentence.get_by_role("link").click()
        page.wait_for_url(f"**/book/{language}/12_draw.html")
        page.goto(LANDING)


def test_on_paper_stands_the_picture(page, pad):
    page.emulate_media(media="print")
    expect(pad.locator("img")).to_be_visible()
    expect(pad.locator(".root")).to_be_hidden()
    assert page.locator(".place").bounding_box()["height"] < pad.locator("img").bounding_box()["height"] + 20
