"""One script for all widgets of the site, once in a page; the landing page's pad, where that says <!-- pad -->."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.transforms import SphinxTransform

from mnist_tutorial._widgets import FOLDER, WIDGETS, scripts

OWN_SCRIPT = re.compile(rf"(</(?:{'|'.join(WIDGETS)})>)\n<script>\n.*?\n</script>", re.DOTALL)
MARKER = "<!-- pad -->"
FIRST_PAD = '<div class="first-pad">'
# Until the script below has run, and where none does, the picture is there, in a place that has the pad's size.
PLACE = f"""{FIRST_PAD}<div class="place">{{picture}}</div>
<noscript>
<p lang="ko">움직이지 않는 그림입니다. 직접 써 보려면 자바스크립트를 켜세요.
이 그림판은 <a href="ko/12_draw.html">12장</a>에서 자세히 다룹니다.</p>
<p lang="en">This is a still picture. To write on it, turn JavaScript on.
<a href="en/12_draw.html">Chapter 12</a> is about this pad.</p>
</noscript></div>"""
FIRST_PAD_SCRIPT = """\
// The network of chapter 12's drawing pad, in a small one around the landing page's picture, in the reader's language.
"use strict";
{{
  const place = document.querySelector(".first-pad .place");
  place.lang = document.documentElement.dataset.reader;
  const pad = document.createElement("draw-digit");
  for (const [name, value] of Object.entries({attributes})) pad.setAttribute(name, value);
  pad.append(...place.childNodes);
  place.append(pad);
}}
"""


class FirstPad(SphinxTransform):
    """Put a place for the pad where a page says so."""

    default_priority = 260

    def apply(self, **kwargs: Any) -> None:
        """Replace the marker of one document."""
        for marker in list(self.document.findall(nodes.raw)):
            if marker.astext().strip() == MARKER:
                edition = edition_with_pad(Path(self.env.srcdir))
                self.env.note_dependency(str(edition))
                text = PLACE.format(picture=read_pad(edition)[1])
                marker.parent.replace(marker, nodes.raw("", text, format="html"))


def edition_with_pad(root: Path) -> Path:
    """Return where the pad is whose network the landing page has; the editions share their outputs."""
    return root / "book" / "ko" / "12_draw.ipynb"


def read_pad(edition: Path) -> tuple[dict[str, str], str]:
    """Return of the first pad in an edition what the small one needs: its network as attributes, and its picture."""
    for cell in json.loads(edition.read_text(encoding="utf-8"))["cells"]:
        for output in cell.get("outputs", []):
            html = "".join(output.get("data", {}).get("text/html", ""))
            if html.startswith("<draw-digit "):
                found = re.match(r"<draw-digit ([^>]*)>(<img [^>]*>)", html)
                given = dict(re.findall(r'([\w-]+)="([^"]*)"', found[1])) if found else {}
                if found and {"sizes", "weights"} <= given.keys():
                    return {"small": "", "sizes": given["sizes"], "weights": given["weights"]}, found[2]
    raise ExtensionError(f"{edition}: found no drawing pad with sizes, weights, and a picture; expected one")


def share_script(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document) -> None:
    """Take the scripts out of a page that has widgets, and let it load the shared one."""
    body, count = OWN_SCRIPT.subn(r"\1", context.get("body", ""))
    context["has_first_pad"] = FIRST_PAD in body
    context["has_widgets"] = count > 0 or context["has_first_pad"]
    if count:
        context["body"] = body


def write_scripts(app: Sphinx, exception: Exception | None) -> None:
    """Write the shared script, the landing page's own, and what the list of chapters shares with widgets."""
    if not exception:
        attributes, _ = read_pad(edition_with_pad(Path(app.srcdir)))
        static = Path(app.outdir, "_static")
        first_pad = FIRST_PAD_SCRIPT.format(attributes=json.dumps(attributes))
        (static / "widgets.js").write_text(scripts(*WIDGETS), encoding="utf-8")
        (static / "first_pad.js").write_text(first_pad, encoding="utf-8")
        shutil.copy(FOLDER / "shared" / "done.js", static)  # for the list of chapters, where there may be no widget


def setup(app: Sphinx) -> dict[str, bool]:
    """Register all of it with Sphinx."""
    app.add_transform(FirstPad)
    app.connect("html-page-context", share_script)
    app.connect("build-finished", write_scripts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
