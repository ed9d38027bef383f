"""One script for all widgets of the site, once in a page, instead of the one that each output of a notebook carries."""

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from mnist_tutorial._widgets import WIDGETS, scripts

OWN_SCRIPT = re.compile(rf"(</(?:{'|'.join(WIDGETS)})>)\n<script>\n.*?\n</script>", re.DOTALL)


def share_script(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document) -> None:
    """Take the scripts out of a page that has widgets, and let it load the shared one."""
    body, count = OWN_SCRIPT.subn(r"\1", context.get("body", ""))
    context["has_widgets"] = count > 0
    if count:
        context["body"] = body


def write_script(app: Sphinx, exception: Exception | None) -> None:
    """Write the shared script."""
    if not exception:
        Path(app.outdir, "_static", "widgets.js").write_text(scripts(*WIDGETS), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register both with Sphinx."""
    app.connect("html-page-context", share_script)
    app.connect("build-finished", write_script)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
