"""The glossary: each term has an address, and where a chapter explains a term, it leads there.

The address is made of the term's English name and the same in both languages: glossary.html#overfitting. A chapter
prints a term in bold where it explains it; the first time on a page, that becomes a link.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docutils import nodes
from languages import language_of
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError


@dataclass
class Term:
    """A row of the glossary; `names` are its own and those in brackets, `also` what else people call it."""

    anchor: str
    name: str
    names: list[str]
    also: list[str]
    meaning: str
    page: str  # the one that teaches it


def is_glossary(docname: str) -> bool:
    """Tell whether a page is the glossary."""
    return docname.endswith("/glossary")


def terms_of(app: Sphinx, language: str) -> list[Term]:
    """Return the terms of a language's glossary, which has been read."""
    terms: list[Term] = app.env.metadata[f"book/{language}/glossary"].get("terms", [])
    return terms


def read_glossary(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the glossary's terms, and give its rows their addresses. Other pages are read anew when it changes."""
    docname, language = app.env.docname, language_of(app.env.docname)
    if is_glossary(docname):
        terms = [read_term(row, language) for body in doctree.findall(nodes.tbody) for row in body.findall(nodes.row)]
        slugs = {term.anchor: (0, term.anchor, term.name) for term in terms}  # what links in Markdown can lead to
        app.env.metadata[docname].update(terms=terms, myst_slugs=slugs)
    elif language:
        app.env.note_dependency(str(Path(app.env.srcdir, "book", language, "glossary.ipynb")))


def read_term(row: nodes.row, language: str | None) -> Term:
    """Return a row's term: its names, its meaning with a link to the page that teaches it, its other names."""
    cells = list(row.findall(nodes.entry))
    page = row.next_node(addnodes.pending_xref)
    if len(cells) != 3 or page is None:
        raise ExtensionError(f"glossary: found {row.astext()!r}; expected three cells, the second with a link")
    name, meaning, also = (words_of(cell, addnodes.pending_xref) for cell in cells)
    own, _, brackets = name.rstrip(")").partition(" (")
    others = split(brackets)
    anchor = nodes.make_id(others[0] if others and language != "en" else own)
    row["ids"] = [anchor]
    return Term(anchor, name, [own, *others], split(also), meaning, page["reftarget"])


def split(words: str) -> list[str]:
    """Return what commas part."""
    return [word.strip() for word in words.split(",") if word.strip()]


def link_terms(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Let the first of each term in bold lead to the glossary."""
    language = language_of(docname)
    if not language or is_glossary(docname):
        return
    anchors = {fold(name): term.anchor for term in terms_of(app, language) for name in term.names}
    glossary = app.builder.get_relative_uri(docname, f"book/{language}/glossary")
    done: set[str] = set()
    for strong in list(doctree.findall(nodes.strong)):
        anchor = anchors.get(fold(words_of(strong)))
        inside = any(isinstance(node, nodes.reference | nodes.title) for node in above(strong))
        if anchor and anchor not in done and not inside:
            done.add(anchor)
            link = nodes.reference("", "", *strong.children, internal=True, refuri=f"{glossary}#{anchor}")
            strong.children = []
            strong += link


def fold(name: str) -> str:
    """Return a name as names are compared: without capitals, spaces, hyphens, and the plural's s."""
    return re.sub(r"(?<=[a-rt-z])s$", "", re.sub(r"[\s-]", "", name.lower()))


def words_of(node: nodes.Node, without: type[nodes.Node] | tuple[()] = ()) -> str:
    """Return a node's text in one line, less that inside nodes of one kind; for a formula with commands, dots."""
    kept = [text for text in node.findall(nodes.Text) if not any(isinstance(each, without) for each in above(text))]
    plain = ["…" if isinstance(text.parent, nodes.math) and re.search(r"[\\{}^_]", text) else text for text in kept]
    return " ".join("".join(plain).split())


def above(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield the nodes around a node, up to the document."""
    while node := node.parent:
        yield node


def setup(app: Sphinx) -> dict[str, bool]:
    """Register all of it with Sphinx."""
    app.connect("doctree-read", read_glossary)
    app.connect("doctree-resolved", link_terms)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
