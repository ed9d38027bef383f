"""The search: what the pages say, as scripts that the search pages load, from a server or from disk alike.

Sphinx's own index knows which page has a word, not where on it, so a page opened from disk could show no excerpts; and
its words are what spaces part, which Korean nouns are not. So each language's pages are written out section by section,
some 300 KB, and book/_static/search_engine.js looks through them in a few milliseconds.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from answers import CHECK
from docutils import nodes
from glossary import is_glossary, terms_of, words_of
from languages import KOREAN, LANGUAGES, book_title, language_of
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

KOREAN.update({
    "Not in the book: {0}": "책에 없는 말: {0}",
    "Pages found: {0}": "찾은 페이지: {0}",
    "Perhaps you meant:": "혹시 이 말을 찾으셨나요?",
    "See all the terms in the glossary": "용어집에서 모든 용어 보기",
    "The book has nothing about “{0}”.": "‘{0}’에 관한 내용은 이 책에 없습니다.",
    "“{0}” is not in the book. The nearest word: “{1}”.": "‘{0}’: 책에 없는 말이라, 가까운 말 ‘{1}’(으)로 찾았습니다.",
})  # fmt: skip

UNSEEN = (nodes.section, nodes.title, nodes.comment, nodes.raw, nodes.image, nodes.math_block)


@dataclass
class Section:
    """A heading and what stands under it, up to the next one; what is in bold are mostly terms that it explains."""

    anchor: str
    heading: str
    bold: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)


Sections = dict[str, list[Section]]  # by language: the landing page has both


def read_page(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the sections of a page that was read."""
    docname = app.env.docname
    sections: Sections = {language: [] for language in LANGUAGES}
    for section in doctree.findall(nodes.section):
        language = language_of(docname) or part_of(section)
        if language:
            found = read_section(section, tables=not is_glossary(docname))
            if found.anchor == language:  # the landing page's part is titled after the language alone
                found.heading = book_title(app, language)
            sections[language].append(found)
    store(app.env)[docname] = sections


def part_of(section: nodes.Node | None) -> str | None:
    """Return the language of the landing page's part that a section is in, or None for its title."""
    if not isinstance(section, nodes.section):
        return None
    return next((anchor for anchor in section["ids"] if anchor in LANGUAGES), None) or part_of(section.parent)


def read_section(section: nodes.section, tables: bool = True) -> Section:
    """Return a section as the search sees it: without outputs, checks, displayed formulas; tables if wanted."""
    title = section.next_node(nodes.title)
    found = Section(section["ids"][0], title.astext() if title else "")
    pending = list(section.children)
    while pending:
        node = pending.pop(0)
        if isinstance(node, UNSEEN) or (isinstance(node, nodes.table) and not tables):
            continue
        if isinstance(node, nodes.literal_block):
            found.code.append(node.astext())
        elif isinstance(node, nodes.TextElement):
            found.text.append(words_of(node))
            found.bold += [words_of(strong) for strong in node.findall(nodes.strong)]
        elif isinstance(node, nodes.Element) and not {"cell_output", CHECK} & set(node["classes"]):
            pending[:0] = node.children
    return found


def index_of(app: Sphinx, language: str) -> dict[str, Any]:
    """Return a language's pages, and the glossary's terms with their names in every language."""
    names: dict[str, list[str]] = {}
    for each in (language, *LANGUAGES):
        for term in terms_of(app, each):
            names.setdefault(term.anchor, []).extend([*term.names, *term.also])
    address = app.builder.get_target_uri
    pages = [
        {"address": address(docname), "sections": [plain(section) for section in sections[language]]}
        for docname, sections in sorted(store(app.env).items())
        if sections[language]
    ]
    terms = [
        {
            "address": f"{address(f'book/{language}/glossary')}#{term.anchor}",
            "name": term.name,
            "names": list(dict.fromkeys(names[term.anchor])),
            "meaning": term.meaning,
            "taught": address(term.page),
        }
        for term in terms_of(app, language)
    ]
    return {"glossary": address(f"book/{language}/glossary"), "pages": pages, "terms": terms}


def plain(section: Section) -> dict[str, str]:
    """Return a section with each list in one text."""
    return {key: value if isinstance(value, str) else "\n".join(value) for key, value in asdict(section).items()}


def write_indexes(app: Sphinx, exception: Exception | None) -> None:
    """Write a script with the index of each language."""
    if exception or app.builder.format != "html":
        return
    for language in LANGUAGES:
        index = json.dumps(index_of(app, language), ensure_ascii=False, separators=(",", ":"))
        script = f"(globalThis.searchIndexes ??= {{}}).{language} = {index};\n"
        Path(app.outdir, f"search_index_{language}.js").write_text(script, encoding="utf-8")


def search_pages(app: Sphinx) -> list[tuple[str, dict[str, Any], str]]:
    """Return a search page for each language, and one for both, which the landing page leads to."""
    pages = {"search": list(LANGUAGES)} | {f"search_{language}": [language] for language in LANGUAGES}
    return [(name, {"search_languages": languages}, "search.html") for name, languages in pages.items()]


def store(env: BuildEnvironment) -> dict[str, Sections]:
    """Return where the environment keeps the sections of every page."""
    kept: dict[str, Sections] = vars(env).setdefault("search_sections", {})
    return kept


def purge_page(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget a page that is gone or will be read again."""
    store(env).pop(docname, None)


def merge_pages(app: Sphinx, env: BuildEnvironment, docnames: list[str], other: BuildEnvironment) -> None:
    """Take over what another process read."""
    store(env).update({docname: store(other)[docname] for docname in docnames if docname in store(other)})


def replace_search_of_sphinx(app: Sphinx) -> None:
    """Let Sphinx make no index, since no page would load it."""
    app.builder.search = False  # type: ignore[attr-defined]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register all of it with Sphinx."""
    app.connect("builder-inited", replace_search_of_sphinx)
    app.connect("doctree-read", read_page)
    app.connect("env-purge-doc", purge_page)
    app.connect("env-merge-info", merge_pages)
    app.connect("html-collect-pages", search_pages)
    app.connect("build-finished", write_indexes)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": 1}
