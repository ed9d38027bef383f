"""Chapters carry their number, as the text refers to them: "7. Train and evaluate", "부록 1. 손으로 하는 역전파".

The file's name holds it: 07_train, a1_backpropagation. It goes into the title, and from there into the sidebar, the
neighbours, and the search. The notebook's own heading has none, so that a chapter that moves needs no other edit.
"""

import re
from typing import Any

from docutils import nodes
from languages import language_of
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

APPENDIX = {"ko": "부록", "en": "Appendix"}


def numbered(pagename: str, title: str) -> str:
    """Return a page's title with its number, if its name holds one."""
    language = language_of(pagename)
    found = re.match(r"(a?)0*(\d+)_", pagename.rpartition("/")[2])
    if not language or not found:
        return title
    if not found[1]:
        return f"{found[2]}. {title}"
    title = title.removeprefix(f"{APPENDIX[language]}: ")
    return f"{APPENDIX[language]} {found[2]}. {title[0].upper()}{title[1:]}"


class Numbers(SphinxTransform):
    """Number the title of one document."""

    default_priority = 260  # after the anchors, which are made of the headings as they were

    def apply(self, **kwargs: Any) -> None:
        """Put the number before the title's first words."""
        title = self.document.next_node(nodes.title)
        words = title and title.next_node(nodes.Text)
        if words:
            words.parent.replace(words, nodes.Text(numbered(self.env.docname, words.astext())))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register it with Sphinx."""
    app.add_transform(Numbers)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
