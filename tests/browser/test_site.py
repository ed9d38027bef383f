"""The site as a reader meets it, in a real browser: whole, quiet, in one language, and usable by everybody."""

import re
import sys
import unicodedata
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from mnist_tutorial._widgets import WIDGETS

BOOK = Path(__file__).parents[2] / "book"
sys.path.insert(0, str(BOOK))

from make_notebooks import LANGUAGES, sources  # noqa: E402
from math_font import CHARACTERS  # noqa: E402

CHAPTERS = [source.stem for source in sources()]
PAGES = [
    "book/index.html",
    *(f"book/{language}/{chapter}.html" for language in LANGUAGES for chapter in CHAPTERS),
    "search.html",
    "search_ko.html",
    "search_en.html",
]
MOST_BYTES = 1_500_000
# What of a kind can be scrolled sideways, in itself or within a box around it.
SCROLLING = """kind => [...document.querySelectorAll(kind)].filter((each) => {
    for (let box = each; each.checkVisibility() && box.tagName !== "ARTICLE"; box = box.parentElement)
        if (box.scrollWidth > box.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(box).overflowX)) return true;
    return false;
}).map((each) => each.textContent)"""
# The words below the text that reach over the edge, where the theme hides what overflows.
CUT_OFF = """[...document.querySelectorAll(".prev-next-area a *")].filter((each) => {
    const { left, right } = each.getBoundingClientRect();
    return left < 0 || right > innerWidth || each.scrollWidth > each.clientWidth + 1 && each.clientWidth;
}).map((each) => each.textContent)"""
# The page's own fold-outs; widgets have some, too, which an XPath does not see unless they are in a quiz.
OWN_FOLDS = "xpath=//article//summary[not(ancestor::quick-quiz)]"
# What has the keyboard, and how that shows: its outline, and the contrast of that with the page.
FOCUS = """() => {
    let element = document.activeElement;
    while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const style = getComputedStyle(element.closest(".option") ?? element); // an option's ring is around all of it
    const light = (colour) => {
        const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255);
        const [r, g, b] = parts.map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
    };
    const [one, other] = [style.outlineColor, getComputedStyle(document.body).backgroundColor].map(light);
    const kinds = ["language-switch", "theme-switch-button", "copybtn", "form-control"];
    const kind = kinds.find((each) => element.classList.contains(each));
    const name = element.tagName === "BODY" ? "BODY" : element.localName + (kind ? `.${kind}` : "");
    const visible = element.checkVisibility({ opacityProperty: true });
    return [name, style.outlineStyle, style.outlineWidth, Math.max(one / other, other / one), visible];
}"""

each_page = pytest.mark.parametrize("name", PAGES)
each_chapter = pytest.mark.parametrize("chapter", CHAPTERS)
each_language = pytest.mark.parametrize("language", LANGUAGES)


def load_pictures(page):
    """Load every picture of the page, and return the addresses of those that fail."""
    page.evaluate("for (const picture of document.images) picture.loading = 'eager'")
    page.wait_for_function("[...document.images].every((picture) => picture.complete)")
    return page.evaluate("[...document.images].filter((each) => !each.naturalWidth).map((each) => each.src)")


def violations(page, **options):
    """Return what axe-core objects to, in short; the colours of code, thousands of words, have a test of their own."""
    page.evaluate("for (const code of document.querySelectorAll('pre')) code.textContent = code.textContent")
    found = Axe().run(page, options={"resultTypes": ["violations"], **options}).response["violations"]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


def test_every_page_of_the_site_is_tested(site):
    pages = {page.relative_to(site).as_posix() for page in site.rglob("*.html") if "_static" not in page.parts}
    assert pages == {"index.html", *PAGES}


@each_page
def test_page_from_a_server_is_whole_light_and_accessible(page, name):
    """Whole, by day and by night, and no heavier than promised."""
    weights = []
    page.on("response", lambda answer: weights.append(int(answer.headers.get("content-length", 0))))
    page.emulate_media(reduced_motion="reduce")
    page.goto(name)
    assert load_pictures(page) == []
    assert 10_000 < sum(weights) <= MOST_BYTES
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    assert violations(page, runOnly=["color-contrast"]) == []  # nothing else can differ


@each_page
def test_widgets_share_one_script_and_other_pages_load_none(page, disk, name):
    """Nor does any bring one of its own; every widget of the page has come to life by it."""
    page.goto(disk + name)
    widgets = page.locator("article").locator(", ".join(WIDGETS))
    sources = page.evaluate("[...document.scripts].map((script) => script.getAttribute('src') ?? script.text)")
    assert sum(source.endswith("_static/widgets.js") for source in sources) == bool(widgets.count())
    assert not any("customElements" in source for source in sources)
    assert sum(source.endswith("_static/first_pad.js") for source in sources) == (name == "book/index.html")
    for widget in widgets.all():
        assert widget.evaluate("widget => widget.shadowRoot?.querySelector('.root').checkVisibility()") is True
        assert widget.locator("script").count() == 0


def test_chapters_have_their_widgets(site):
    """The test above would say nothing of a site without any."""
    texts = [page.read_text(encoding="utf-8") for page in (site / "book").glob("*/*.html")]
    shown = WIDGETS.keys() - {"exercise-progress"}  # which is for Jupyter, as the list of chapters shows it here
    assert [tag for tag in shown if not any(f"<{tag} " in text for text in texts)] == []


@each_page
def test_page_fits_every_screen(page, disk, name):
    """Nothing moves sideways, no table either; on a phone hardly any code."""
    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(disk + name)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.evaluate(SCROLLING, "article table") == []
        assert page.evaluate(CUT_OFF) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert len(page.evaluate(SCROLLING, "article .cell pre")) == 0
    prose = page.evaluate(SCROLLING, "article pre")
    assert not prose or "a2_then_and_now" in name, "only quotations, which keep their lines, may be longer"


@each_chapter
def test_figures_on_a_phone_are_sharp_and_legible(browser, disk, chapter):
    """A letter of 10 points is a bit more than 13 pixels high in the figure's own size: see book.mplstyle."""
    page = browser.new_page(viewport={"width": 390, "height": 800}, device_scale_factor=2)
    page.goto(f"{disk}book/ko/{chapter}.html")
    assert load_pictures(page) == []
    for source, shown, own, pixels in page.locator("article .cell_output img:not(:has(+ .still))").evaluate_all(
        "all => all.map((each) => [each.src, each.clientWidth, Number(each.getAttribute('width')), each.naturalWidth])"
    ):
        assert 10 / 72 * 96 * shown / own >= 9, source
        assert source.endswith(".svg") or pixels >= 2 * shown - 2, source
    page.close()


def test_a_table_too_wide_names_the_column_of_each_cell(page, disk):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{disk}book/en/a3_speed.html")
    cell = page.locator("table.stacked tbody tr").first.locator("td").nth(1)
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content").startswith('"seconds')
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.locator("table.stacked")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_where_the_keyboard_is_can_be_seen(page, disk, scheme):
    """Every kind of control shows an outline that stands out from the page by 3 to 1 (WCAG 2.4.7 and 1.4.11)."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(f"{disk}book/ko/03_flatten.html")
    seen = set()
    for _ in range(200):
        page.keyboard.press("Tab")
        name, style, width, ratio, visible = page.evaluate(FOCUS)
        if name == "BODY":
            break
        seen.add(name)
        assert (style, width) in [("solid", "2px"), ("solid", "3px")], name
        assert ratio >= 3, name
        assert visible, name
    assert {
        "a.language-switch",
        "button.theme-switch-button",
        "button.copybtn",
        "summary",
        "input.form-control",
    } <= seen


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_of_code_can_be_read(page, disk, scheme):
    """One word of each colour that the code of any chapter has."""
    page.emulate_media(color_scheme=scheme)
    words = {}
    for chapter in CHAPTERS:
        page.goto(f"{disk}book/en/{chapter}.html")
        words |= page.locator("article pre span[class]").evaluate_all(
            "all => Object.fromEntries(all.map((each) => [each.className, each.outerHTML]))"
        )
    page.goto(f"{disk}book/en/{CHAPTERS[0]}.html")
    page.locator("article .highlight pre").first.evaluate(
        "(pre, all) => (pre.innerHTML = all)", "".join(words.values())
    )
    assert len(words) > 10
    options = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
    assert Axe().run(page, "article .highlight pre", options).response["violations"] == []


@each_page
def test_page_from_disk_is_whole(page, disk, name):
    page.goto(disk + name)
    assert load_pictures(page) == []
    assert page.locator("h1").count() == 1
    assert page.locator("input[name=q]:visible").count() == 1, "one search field"


@each_language
def test_formulas_are_drawn_by_the_browser(page, disk, language):
    """In the book's own font, which has every character that any formula has."""
    slanted = {unicodedata.normalize("NFKC", sign) for sign in CHARACTERS if sign == "ℎ" or sign > "\U0001d433"}
    for chapter in CHAPTERS:
        page.goto(f"{disk}book/{language}/{chapter}.html")
        assert set("".join(page.locator("math").all_text_contents())) - {"\n"} <= CHARACTERS, chapter
        letters = [text for text in page.locator("math mi").all_text_contents() if len(text) == 1]
        assert set(filter(str.isalpha, letters)) <= slanted, chapter
    page.goto(f"{disk}book/{language}/05_build_mlp.html")
    page.evaluate("document.fonts.ready")
    assert ["Book Math", "loaded"] in page.evaluate("[...document.fonts].map((face) => [face.family, face.status])")
    assert page.locator("math:visible").count() >= 9
    assert "\\" not in page.locator("article p, article li").all_text_contents()


@each_chapter
def test_there_and_back_between_the_languages(page, disk, chapter):
    """The way leads to the same section of the same chapter; each page shows its own language's chapters alone."""
    page.goto(f"{disk}book/ko/{chapter}.html")
    sections = page.locator("article section[id]")
    section = sections.nth(sections.count() - 1).get_attribute("id")
    assert re.fullmatch(r"[a-z0-9-]+", section)
    page.goto(f"{disk}book/ko/{chapter}.html#{section}")
    for here, there in (("ko", "en"), ("en", "ko")):
        assert page.locator("html").get_attribute("lang") == here
        links = page.locator(".bd-docs-nav a").evaluate_all("links => links.map((link) => link.href)")
        assert [Path(link.split("#")[0]).parts[-2] for link in links] == [here] * len(CHAPTERS)
        assert page.locator("link[rel=alternate][hreflang]").count() == len(LANGUAGES)
        page.wait_for_function("scrollY > 0")
        link = page.get_by_role("link", name={"ko": "한국어", "en": "English"}[there], exact=True)
        link.dispatch_event("click")  # Playwright's own click may scroll, away from the section being read
        page.wait_for_url(f"**/{there}/{chapter}.html#{section}")
        assert page.locator(f"section#{section} >> :is(h1, h2, h3)").first.is_visible()


@each_language
def test_the_root_page_leads_to_the_cover(page, disk, language):
    """So it does after a chapter was read, and so does the book's name in the sidebar."""
    page.goto(f"{disk}book/{language}/02_one_hot.html")
    page.locator("a.navbar-brand").click()
    page.wait_for_url("**/book/index.html")
    page.goto(disk + "index.html")
    page.wait_for_url("**/book/index.html")
    assert page.evaluate("scrollY") == 0
    assert page.locator("article .first-pad").bounding_box()["y"] < 400
    assert page.locator(".prev-next-area a").count() == 0  # the next chapter could be in one language only


@each_language
def test_a_chapter_carries_its_number(page, disk, language):
    """In the title, in the sidebar, and where its neighbours name it, as the text refers to it."""
    page.goto(f"{disk}book/{language}/{CHAPTERS[1]}.html")
    assert page.locator("h1").inner_text().startswith("2. ")
    assert page.title().startswith("2. ")
    assert page.locator(".prev-next-title").first.inner_text().startswith("1. ")
    listed = page.locator(".bd-docs-nav .toctree-l1").all_text_contents()
    appendix = {"ko": "부록", "en": "Appendix"}[language]
    for name, text in zip(CHAPTERS, listed, strict=True):
        number = re.sub(r"^a(?=\d)", f"{appendix} ", name.split("_")[0].lstrip("0"))
        assert text.strip().startswith(f"{number}. ") or name in ("glossary", "references"), text


@each_language
def test_fold_outs_say_what_they_open(page, disk, language):
    """Hints, solution, explanation, all of one exercise; that of a quiz; or a check. Enter opens each."""
    hint, solution, explanation, checked = {
        "ko": ("힌트", "풀이", "설명", "✓ 확인했습니다"),
        "en": ("Hint", "Solution", "Explanation", "✓ checked"),
    }[language]
    for chapter in CHAPTERS:
        page.goto(f"{disk}book/{language}/{chapter}.html")
        names = [text.strip() for text in page.locator(OWN_FOLDS).all_inner_texts()]
        names = [name for name in names if name != checked]
        quizzes = page.locator("quick-quiz").evaluate_all("all => all.map((quiz) => quiz.getAttribute('name'))")
        before = ("", "", "")
        for name in names:
            kind, number, step = re.fullmatch(r"(\w+) ([\d.]+)(?: · (\d))?", name).groups()
            assert kind in (hint, solution, explanation), name
            assert (kind == hint) == bool(step), name
            if kind == explanation:
                assert before[:2] == (solution, number) or number in quizzes, name
            elif kind == solution:
                assert before[0] != hint or before[1] == number, name
            else:
                assert before == (hint, number, str(int(step) - 1)) or step == "1", name
            before = (kind, number, step)
    page.goto(f"{disk}book/{language}/02_one_hot.html")
    folds = page.locator(OWN_FOLDS)
    for fold in folds.all():
        fold.focus()
        page.keyboard.press("Enter")
        assert fold.locator("xpath=..").get_attribute("open") is not None
    assert folds.count() == page.locator("article details[open]").count() > 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_check_is_one_quiet_line_that_opens(page, disk, scheme, width):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{disk}book/en/03_flatten.html")
    check = page.locator(".tag_check details").first
    line = page.locator("article p").nth(3).bounding_box()
    assert check.bounding_box()["height"] < 1.2 * min(line["height"], 32)
    assert check.evaluate("check => getComputedStyle(check).boxShadow") == "none"
    expect(check.locator("summary")).to_have_text(re.compile("✓ checked"))
    assert not check.locator("pre").is_visible()
    check.locator("summary").click()
    assert "assert " in check.locator("pre").inner_text()
    assert check.locator("summary").inner_text() == "✓ checked"
    assert page.evaluate("document.documentElement.scrollWidth") == width


@each_language
def test_a_chapter_says_how_long_it_takes_and_the_landing_page_how_long_all_of_them(page, disk, language):
    reading = {"ko": r"읽는 데 약 \d+분", "en": r"About \d+ minutes? to read"}[language]
    for chapter in CHAPTERS:
        page.goto(f"{disk}book/{language}/{chapter}.html")
        times = page.locator("article h1 + p.times").all_inner_texts()
        assert len(times) == bool(re.match(r"a?\d", chapter)), chapter
        assert all(re.match(reading, line) for line in times), chapter
    page.goto(f"{disk}book/index.html")
    book = {"ko": r"읽는 데 약 \d+시간", "en": r"about [\d½]+ hours to read"}[language]
    expect(page.locator(f"section#{language} > p.times")).to_have_text(re.compile(book))


def test_without_scripts_everything_but_the_search_is_there(browser, disk):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(disk + "index.html")
    page.wait_for_url("**/book/index.html")
    page.get_by_role("link", name="한국어로 시작하기").click()
    page.get_by_role("link", name="English", exact=True).click()
    assert page.locator("h1").inner_text().startswith("1. Meet the data")
    page.goto(disk + "search_ko.html")
    assert "자바스크립트" in page.locator("main noscript").inner_text()


def test_a_korean_page_speaks_korean(page, disk):
    """Every label of the interface, whether seen, shown on hovering, or read aloud."""
    page.goto(disk + "book/ko/01_meet_mnist.html")
    labelled = "button, summary, [title], [aria-label], [data-tooltip], [placeholder]"
    labelled += ", .prev-next-subtitle, .tocsection, .skip-link"
    labels = page.locator(labelled).evaluate_all(
        """all => all.flatMap((each) => [each.title, each.ariaLabel, each.placeholder, each.dataset.tooltip,
                                         each.matches("a, nav, section") ? "" : each.textContent])"""
    )
    labels = {re.sub(r"\s+", " ", label).strip() for label in labels if label and label.strip()}
    assert {"검색", "이 페이지에서", "복사", "다음", "화면 밝기", "본문으로 건너뛰기"} <= labels
    assert any(label.startswith("풀이 ") for label in labels)
    assert [label for label in labels if not re.search("[가-힣]", label)] == []


def test_with_the_keyboard_alone(page):
    """Skip to the text; change the language; search; open a result."""

    def tab_to(description):
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("wanted => document.activeElement.matches(wanted)", description):
                assert page.evaluate("document.activeElement.checkVisibility()")
                return
        raise AssertionError(f"Tab does not reach {description}")

    page.goto("book/ko/03_flatten.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "본문으로 건너뛰기"
    page.keyboard.press("Enter")
    page.wait_for_url("**#main-content")
    tab_to(".language-switch")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/03_flatten.html*")
    tab_to("input[name=q]")
    page.keyboard.type("softmax")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search_en.html?q=softmax")
    page.locator("#search-results li a").first.wait_for()
    tab_to("#search-results li a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/book/en/*.html*")


def test_on_a_phone_the_chapters_open_from_the_menu(page, disk):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(disk + "book/ko/01_meet_mnist.html")
    chapter = page.get_by_role("link", name="3. 이미지를 한 줄로 펼치기")
    assert not chapter.first.is_visible()
    page.get_by_role("button", name="차례").click()
    chapter.first.click()
    page.wait_for_url("**/ko/03_flatten.html")


def test_dark_mode_is_a_choice_and_figures_stay_legible(page, disk):
    page.goto(disk + "book/en/03_flatten.html")
    button = page.get_by_role("button", name="Color mode")
    while page.evaluate("document.documentElement.dataset.mode") != "dark":
        button.click()
    page.reload()
    colour = "selector => getComputedStyle(document.querySelector(selector)).backgroundColor"
    assert sum(map(int, re.findall(r"\d+", page.evaluate(colour, "body"))[:3])) < 150
    assert page.evaluate(colour, ".cell_output img") == "rgb(255, 255, 255)"


def test_on_paper_stands_the_text_alone(page, disk):
    page.goto(disk + "book/ko/03_flatten.html")
    page.emulate_media(media="print")
    for selector in (".bd-header-article", ".bd-sidebar-primary", ".bd-sidebar-secondary", ".prev-next-footer"):
        assert not page.locator(selector).first.is_visible(), selector
    assert page.locator("article h1").is_visible()


def test_paper_is_white_whatever_the_screen_was(page, disk):
    page.emulate_media(color_scheme="dark", media="print")
    page.goto(disk + "book/ko/03_flatten.html")
    colours = "() => ['body', 'article h1', 'article p'].map((each) => getComputedStyle(document.querySelector(each)))"
    colours += ".map((style, i) => (i ? style.color : style.backgroundColor).match(/\\d+/g).slice(0, 3).map(Number))"
    for event, theme in (("beforeprint", "light"), ("afterprint", "dark")):
        page.evaluate("name => dispatchEvent(new Event(name))", event)
        assert page.evaluate("document.documentElement.dataset.theme") == theme
        if theme == "light":
            paper, *texts = page.evaluate(colours)
            assert min(paper) == 255
            assert max(map(max, texts)) < 128


def test_on_paper_a_table_goes_on_on_the_next_page(page, disk):
    """A row stays whole; a table that had to would leave half a page empty before it."""
    page.emulate_media(media="print")
    for name in ("book/index.html", "book/ko/glossary.html"):
        page.goto(disk + name)
        inside = "all => [...new Set(all.map((each) => getComputedStyle(each).breakInside))]"
        assert page.locator("article table").evaluate_all(inside) == ["auto"]
        assert page.locator("article tr").evaluate_all(inside) == ["avoid"]


def test_on_paper_answers_are_open(page, disk):
    """By style alone, and by script for browsers that lack it; afterwards they are closed again. Checks stay closed."""
    page.goto(disk + "book/ko/03_flatten.html")
    shown = "details => details.querySelector(':scope > :not(summary)').checkVisibility()"
    answers, check = page.locator("article :not(.tag_check) > details"), page.locator(".tag_check > details").first
    assert not answers.first.evaluate(shown)
    page.emulate_media(media="print")
    assert answers.first.evaluate(shown)
    assert not check.evaluate(shown)
    for event, opened in (("beforeprint", answers.count()), ("afterprint", 0)):
        page.evaluate("name => dispatchEvent(new Event(name))", event)
        assert page.locator("article details[open]").count() == opened
    assert answers.count() > 1


def test_on_paper_no_frame_is_empty(page, disk):
    """A frame and its text go to the next page together."""
    page.goto(disk + "book/ko/03_flatten.html")
    page.emulate_media(media="print")
    inside = "all => [...new Set(all.map((each) => getComputedStyle(each).breakInside))]"
    assert page.locator("article :is(.cell_input, .output, blockquote)").evaluate_all(inside) == ["avoid"]


@each_language
def test_the_notebook_to_download_is_the_edition_itself(page, language):
    page.goto(f"book/{language}/04_normalize.html")
    with page.expect_download() as download:
        page.locator("a.btn[download]").click()
    assert Path(download.value.path()).read_bytes() == (BOOK / language / "04_normalize.ipynb").read_bytes()


@each_page
def test_nothing_leads_to_colab_or_binder_while_no_repository_is_set(site, name):
    assert not re.search("colab.research|mybinder", (site / name).read_text(encoding="utf-8"))
