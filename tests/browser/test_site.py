"""The site as a reader meets it, in a real browser: whole, quiet, in one language, and usable by everybody."""

import re
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

BOOK = Path(__file__).parents[2] / "book"
sys.path.insert(0, str(BOOK))

from make_notebooks import LANGUAGES, sources  # noqa: E402

CHAPTERS = [source.stem for source in sources()]
PAGES = [
    "book/index.html",
    *(f"book/{language}/{chapter}.html" for language in LANGUAGES for chapter in CHAPTERS),
    "search.html",
    "search_ko.html",
    "search_en.html",
]
MOST_BYTES = 1_500_000

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
    """Whole on a wide screen and on a phone, by day and by night, and no heavier than promised."""
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
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") == 360


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
    page.goto(f"{disk}book/{language}/05_build_mlp.html")
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
def test_the_root_page_remembers_the_language(page, disk, language):
    page.goto(disk + "index.html")
    page.wait_for_url("**/book/index.html")
    page.goto(f"{disk}book/{language}/02_one_hot.html")
    page.goto(disk + "index.html")
    page.wait_for_url(f"**/book/index.html#{language}")


def test_without_scripts_everything_but_the_search_is_there(browser, disk):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(disk + "index.html")
    page.wait_for_url("**/book/index.html")
    page.get_by_role("link", name="한국어로 시작하기").click()
    page.get_by_role("link", name="English", exact=True).click()
    assert page.locator("h1").inner_text().startswith("Meet the data")
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
    assert {"검색", "이 페이지에서", "복사", "다음", "펼치기 접기", "화면 밝기", "본문으로 건너뛰기"} <= labels
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
    chapter = page.get_by_role("link", name="이미지를 한 줄로 펼치기")
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


@each_language
def test_the_notebook_to_download_is_the_edition_itself(page, language):
    page.goto(f"book/{language}/04_normalize.html")
    with page.expect_download() as download:
        page.locator("a[download]").click()
    assert Path(download.value.path()).read_bytes() == (BOOK / language / "04_normalize.ipynb").read_bytes()


@each_page
def test_nothing_leads_to_colab_or_binder_while_no_repository_is_set(site, name):
    assert not re.search("colab.research|mybinder", (site / name).read_text(encoding="utf-8"))
