"""Two languages in one site: each page knows its own, shows only that one's chapters, and leads to its twin.

book/ko/NAME and book/en/NAME are twins. The landing page has both languages, and so have the words around it.
"""

import gettext
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sphinx.locale
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

LANGUAGES = {"ko": "한국어", "en": "English"}

# Words of the interface that Sphinx's own Korean catalog lacks.
KOREAN = {
    "Back to top": "맨 위로",
    "Chapters": "차례",
    "Color mode": "화면 밝기",
    "Dark": "어둡게",
    "Download this chapter as a notebook": "이 장을 노트북으로 내려받기",
    "Forget what is done": "맞힌 기록 지우기",
    "Light": "밝게",
    "On this page": "이 페이지에서",
    "Open in": "열기:",
    "Please activate JavaScript to enable the search functionality.": "검색하려면 자바스크립트를 켜 주세요.",
    "Skip to main content": "본문으로 건너뛰기",
    "System Settings": "시스템 설정대로",
    "Link to this heading": "이 제목의 주소",
    "next page": "다음 장",
    "previous page": "이전 장",
}
# Words that arrive in the text already written, in English.
FIXED_WORDS = ["Link to this heading"]
SPHINX = gettext.translation("sphinx", Path(sphinx.locale.__file__).parent, ["ko"], fallback=True)


def korean(word: str) -> str:
    """Return a word of the interface in Korean."""
    return KOREAN.get(word) or SPHINX.gettext(word)


def both(word: str) -> str:
    """Return a word of the interface in Korean and English."""
    return f"{korean(word)} · {word}" if korean(word) != word else word


WORDS: dict[str | None, Callable[[str], str]] = {"ko": korean, "en": str, None: both}


def language_of(pagename: str) -> str | None:
    """Return the language of a page, or None for one that has both."""
    found = re.match(r"(?:book/|search_)(ko|en)\b", pagename)
    return found[1] if found else None


def twin_of(pagename: str, language: str) -> str:
    """Return the name of the same page in a language."""
    return re.sub(r"^(book/|search_)(ko|en)\b", rf"\1{language}", pagename)


class SameAnchors(SphinxTransform):
    """Name each section after its English heading, so that its address is readable, and the same in both languages."""

    default_priority = 250

    def apply(self, **kwargs: Any) -> None:
        """Rename the sections of one document, in order."""
        sections = list(self.document.findall(nodes.section))
        headings = [section.next_node(nodes.title).astext() for section in sections]
        if language_of(self.env.docname):
            english = Path(self.env.srcdir, "book/en", Path(self.env.docname).name).with_suffix(".ipynb")
            self.env.note_dependency(str(english))
            headings = headings_of(english)
        languages = {name: code for code, name in LANGUAGES.items()}
        taken: set[str] = set()
        for section, heading in zip(sections, headings, strict=True):
            name = anchor = languages.get(heading) or nodes.make_id(heading) or "part"  # Hangul alone gives none
            while anchor in taken:
                anchor = f"{name}-{len(taken)}"
            taken.add(anchor)
            section["ids"] = [anchor]


def headings_of(notebook: Path) -> list[str]:
    """Return the headings of a notebook, in order."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    prose = "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    return re.findall(r"^#+ +(.+)$", re.sub(r"```.*?```", "", prose, flags=re.DOTALL), flags=re.MULTILINE)


def prepare_page(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Give a page its language: its words, its title, its chapters, its twin, and its neighbours."""
    language, pathto = language_of(pagename), context["pathto"]
    words = WORDS[language]
    context["gettext"] = words
    context["language"] = language or next(iter(LANGUAGES))
    context["search_page"] = pathto(f"search_{language}" if language else "search")
    context["home"] = pathto("book/index")
    context["docstitle"] = book_title(app, language)
    context["description"] = description(doctree) or context["docstitle"]
    context["body"] = translate_body(context.get("body", ""), language, words)
    context["twins"] = {  # code: (name, address), this page included
        code: (name, pathto(twin_of(pagename, code))) for code, name in LANGUAGES.items() if language
    }
    base = app.config.html_baseurl
    context["alternates"] = {  # search engines want whole addresses; without a base address, relative ones still tell
        code: f"{base.rstrip('/')}/{twin_of(pagename, code)}.html" if base else f"../{code}/{Path(pagename).name}.html"
        for code in LANGUAGES
        if pagename.startswith(f"book/{language}/")
    }
    context["launch"] = launch_links(app.config.html_theme_options, pagename)
    context["mystnb_css"] = next(Path(css.filename).stem for css in context["css_files"] if "mystnb" in css.filename)
    for way in ("prev", "next"):  # no neighbour in the other language, and none of the cover, which has both
        link = (context.get(way) or {}).get("link", "")
        if not language or any(f"../{other}/" in link for other in LANGUAGES):
            context[way] = None


def adapt_theme(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Replace what the theme itself put there: its words, and its list of all chapters."""
    language, tree = language_of(pagename), context["generate_toctree_html"]
    context["translate"] = WORDS[language]
    context["generate_toctree_html"] = lambda *args, **options: chapters(tree(*args, **options), language)


def book_title(app: Sphinx, language: str | None) -> str:
    """Return the book's title in a language, or in both; _config.yml gives it in English, then in Korean."""
    title: str = app.config.html_title
    return dict(zip(LANGUAGES, reversed(title.split(" · ")), strict=True)).get(language or "", title)


def launch_links(options: dict[str, Any], pagename: str) -> list[tuple[str, str]]:
    """Return where a chapter can be run, as (address, name): nowhere while _config.yml names no repository."""
    found = re.search(r"github\.com/([^/]+/[^/]+?)(?:\.git)?/?$", options.get("repository_url") or "")
    if not found:
        return []
    branch, notebook = options.get("repository_branch") or "main", f"{pagename}.ipynb"
    return [
        (f"https://colab.research.google.com/github/{found[1]}/blob/{branch}/{notebook}", "Colab"),
        (f"https://mybinder.org/v2/gh/{found[1]}/{branch}?urlpath=lab/tree/{notebook}", "Binder"),
    ]


def description(doctree: nodes.document | None) -> str:
    """Return a page's first sentence or so, for search engines."""
    paragraphs = doctree.findall(nodes.paragraph) if doctree else ()
    return next((text for text in (" ".join(p.astext().split()) for p in paragraphs) if len(text) > 30), "")


def translate_body(body: str, language: str | None, words: Callable[[str], str]) -> str:
    """Translate what Sphinx and MyST wrote into the text; mark the landing page's part that is in English."""
    for word in FIXED_WORDS:
        body = body.replace(word, words(word))
    body = body.replace(' aria-label="Toggle hidden content"', "")  # it would hide what the fold-out itself says
    return body if language else body.replace('<section id="en"', '<section id="en" lang="en"')


def chapters(tree: str, language: str | None) -> str:
    """Return of the list of chapters one language's parts, or all; a part's caption is in its language."""
    parts = re.split(r'(?=<p [^>]*class="caption")', str(tree))
    return "".join(part for part in parts if language in (None, language_of_part(part)))


def language_of_part(part: str) -> str:
    """Return the language of a part of the list of chapters: Korean has Hangul in its caption."""
    return "ko" if re.search(r'class="caption-text">[^<]*[가-힣]', part) else "en"


def extra_pages(app: Sphinx) -> list[tuple[str, dict[str, Any], str]]:
    """Return the root page."""
    return [("index", {}, "root.html")]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register all of it with Sphinx."""
    app.add_transform(SameAnchors)
    app.connect("html-collect-pages", extra_pages)
    app.connect("html-page-context", prepare_page, priority=100)  # before the theme, which tries out its templates
    app.connect("html-page-context", adapt_theme, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
