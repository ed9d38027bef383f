"""The drawing pad speaks the reader's language wherever it is shown, and a picture stands in where it does not run."""

import nbconvert
import pytest
from pads import CHAPTER, HINTS, PAGE
from playwright.sync_api import expect

import mnist_tutorial as mt
from mnist_tutorial import _widgets

each_language = pytest.mark.parametrize("language", HINTS)
PROSE = {
    "ko": "<h2>숫자를 써 보세요</h2><p>MNIST로 배운 신경망이 그림판에 쓴 숫자를 읽고 답합니다.</p>",
    "en": "<h2>Draw a digit</h2><p>The network that learned MNIST (엠니스트) reads what you write on the pad.</p>",
    "short": "<p>Pad</p>",
    "code": "<pre>def read(pad): return network.predict(pad)</pre><ul><li>File</li><li>Edit</li><li>View</li></ul>",
}
BOOK = '<meta name="mnist-tutorial" content="book">'
PAD = mt.draw_digit(mt.build_mlp(16, (3,), 2)).html


@each_language
def test_speaks_the_language_of_the_page(page, server, language):
    page.goto(CHAPTER.format(language))
    pad = page.locator("draw-digit")
    expect(pad.locator(".hint")).to_have_text(HINTS[language])
    expect(pad.locator(".root")).to_have_attribute("lang", language)
    words = pad.evaluate(
        "element => [...element.shadowRoot.querySelectorAll('.root')].map(root => root.innerText).join()"
    )
    assert any("가" <= letter <= "힣" for letter in words) == (language == "ko")


@pytest.mark.parametrize(
    ("html", "browser_s", "language"),
    [
        (BOOK + _widgets.remake(PAD, "ko"), "ko", "en"),  # the book's page, <html lang="en">
        (BOOK + f'<section lang="ko">{PAD}</section>', "en", "ko"),  # the book's page in two languages
        (_widgets.remake(PAD, "ko"), "en", "ko"),  # an edition in a notebook program
        (_widgets.remake(PAD, "en"), "ko", "en"),
        (PROSE["en"] + _widgets.remake(PAD, "ko"), "en", "ko"),
        (f'<section lang="ko">{PAD}</section>', "en", "ko"),
        (PROSE["ko"] + PAD, "en", "ko"),  # somebody's own notebook
        (PROSE["en"] + PAD, "ko", "en"),
        (PAD + PROSE["ko"], "en", "ko"),
        (f"{PROSE['en']}<section>{PROSE['ko']}<div>{PAD}</div></section>{PROSE['en']}", "en", "ko"),  # two of them
        (PROSE["short"] + PAD, "ko", "ko"),  # little or nothing around
        (PROSE["code"] + PAD, "ko", "ko"),
        (PAD, "ko-KR", "ko"),
        (PAD, "fr", "en"),
    ],
)
def test_speaks_the_language_of_the_book_or_the_edition_or_the_text_or_the_browser(
    page, tmp_path, html, browser_s, language
):
    page.add_init_script(f"Object.defineProperty(navigator, 'language', {{ get: () => '{browser_s}' }})")
    (tmp_path / "page.html").write_text(PAGE.format("en", html), encoding="utf-8")
    page.goto((tmp_path / "page.html").as_uri())
    expect(page.locator("draw-digit .hint")).to_have_text(HINTS[language])


@each_language
def test_an_edition_turned_into_html_by_jupyter_speaks_its_language(page, site, tmp_path, language):
    """As `jupyter nbconvert --to html` does, which writes lang="en" on the page whatever the notebook is in."""
    exporter = nbconvert.HTMLExporter(
        mathjax_url="", require_js_url="", jquery_url="", mermaid_js_url="", html_manager_semver_range=""
    )
    html, _ = exporter.from_filename(site.parents[1] / "book" / language / "12_draw.ipynb")
    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    page.goto((tmp_path / "page.html").as_uri())
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("draw-digit .hint")).to_have_text(HINTS[language])


@each_language
def test_without_scripts_a_picture_and_a_sentence_stand_in(browser, server, language):
    page = browser.new_context(java_script_enabled=False, base_url=server).new_page()
    page.goto(CHAPTER.format(language))
    pad = page.locator("draw-digit")
    expect(pad.locator("img")).to_be_visible()
    words = pad.inner_text()
    assert len(words) > 40
    assert any("가" <= letter <= "힣" for letter in words) == (language == "ko")
    assert any("a" <= letter <= "z" for letter in words.replace("Jupyter", "")) == (language == "en")
    page.context.close()


@each_language
def test_on_paper_stands_the_picture(page, server, language):
    page.goto(CHAPTER.format(language))
    pad = page.locator("draw-digit")
    expect(pad.locator("img")).to_be_hidden()
    page.emulate_media(media="print")
    expect(pad.locator("img")).to_be_visible()
    expect(pad.locator("p", has_text="Jupyter")).to_be_hidden()
    expect(pad.locator(".root")).to_be_hidden()
    image, around = pad.locator("img").bounding_box(), pad.bounding_box()
    assert around["height"] < image["height"] + 20  # no empty frame
