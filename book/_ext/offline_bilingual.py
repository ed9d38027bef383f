"""What the two languages and a reader without a network need from Sphinx.

A page says which language it is in. Formulas are MathML, which browsers draw themselves: no script, no font, no host.
"""

import re
from typing import Any

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator


def mathml(tex: str, display: str) -> str:
    """Return a formula as MathML, with the space after "ln" and its like that the converter leaves out."""
    return re.sub(r"(<mi>[a-z]{2,}</mi>)(?=<m(?!o>|o ))", r'\1<mspace width="0.17em"/>', convert(tex, display=display))


def inline_formula(writer: HTML5Translator, node: nodes.math) -> None:
    """Write a formula inside a sentence."""
    writer.body.append(mathml(node.astext(), "inline"))
    raise nodes.SkipNode


def display_formula(writer: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula on a line of its own; a wide one scrolls inside its box."""
    writer.body.append(f'<div class="math-display">{mathml(node.astext(), "block")}</div>')
    raise nodes.SkipNode


def set_language(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Give the page its edition's language, and no "previous" or "next" that leads into the other edition."""
    for language, other in (("ko", "en"), ("en", "ko")):
        if pagename.startswith(f"book/{language}/"):
            context["language"] = language
            for way in ("prev", "next"):
                if (context.get(way) or {}).get("link", "").startswith(f"../{other}/"):
                    context[way] = None


def drop_thebe(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Leave out Thebe, which would run code by way of other hosts, and declares its constants twice."""
    context["script_files"] = [
        script for script in context["script_files"] if "thebe" not in f"{script.filename}{script.attributes}".lower()
    ]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register all with Sphinx."""
    app.add_html_math_renderer("mathml", (inline_formula, None), (display_formula, None))
    app.connect("html-page-context", set_language)
    app.connect("html-page-context", drop_thebe)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
