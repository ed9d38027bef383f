"""What the two languages and a reader without a network need from Sphinx.

A page says which language it is in. Formulas are MathML, which browsers draw themselves: no script, no font, no host.
"""

from typing import Any

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator


def inline_formula(writer: HTML5Translator, node: nodes.math) -> None:
    """Write a formula inside a sentence."""
    writer.body.append(convert(node.astext()))
    raise nodes.SkipNode


def display_formula(writer: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula on a line of its own; a wide one scrolls inside its box."""
    writer.body.append(f'<div class="math-display">{convert(node.astext(), display="block")}</div>')
    raise nodes.SkipNode


def set_language(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Give the page the language of the edition it belongs to; pages of no edition keep the site's."""
    for language in ("ko", "en"):
        if pagename.startswith(f"book/{language}/"):
            context["language"] = language


def setup(app: Sphinx) -> dict[str, bool]:
    """Register both with Sphinx."""
    app.add_html_math_renderer("mathml", (inline_formula, None), (display_formula, None))
    app.connect("html-page-context", set_language)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
