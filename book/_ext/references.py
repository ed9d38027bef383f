"""The references: each entry has an address, its first author and year, to which the chapters' citations lead.

An entry is an item of a list, or a row of a table, on the page "references": "Kingma, D. P., & Ba, J. (2015). …" has
the address references.html#kingma-2015, the same in both languages. The word alone will do too, as for "MNIST".
"""

import re
from collections.abc import Iterator

from docutils import nodes
from languages import language_of
from sphinx.application import Sphinx


def keys(entry: str) -> Iterator[str]:
    """Yield the names that an entry goes by: kingma-2015, and kingma."""
    word = re.search(r"[^\W\d_]+", entry)
    year = re.search(r"\b(?:18|19|20)\d\d\b", entry)
    if word and year:
        yield f"{nodes.make_id(word[0])}-{year[0]}"
    if word:
        yield nodes.make_id(word[0])


def read_references(app: Sphinx, doctree: nodes.document) -> None:
    """Give the entries their addresses, and tell MyST of them, so that links in Markdown can lead there."""
    docname = app.env.docname
    if not language_of(docname) or not docname.endswith("/references"):
        return
    slugs: dict[str, tuple[int, str, str]] = {}
    for entry in doctree.findall(lambda node: isinstance(node, nodes.list_item | nodes.row)):
        if isinstance(entry.parent, nodes.thead):
            continue
        entry["ids"] = [key for key in keys(entry.astext()) if key and key not in slugs]
        slugs |= {key: (0, key, entry.astext()) for key in entry["ids"]}
    app.env.metadata[docname]["myst_slugs"] = app.env.metadata[docname].get("myst_slugs", {}) | slugs


def setup(app: Sphinx) -> dict[str, bool]:
    """Register it with Sphinx."""
    app.connect("doctree-read", read_references)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
