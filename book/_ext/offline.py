"""Pages that need no network: formulas without a script, pictures that wait their turn, no link that leads nowhere."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from docutils import nodes
from latex2mathml.converter import convert
from PIL import Image
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.images import get_image_size
from sphinx.writers.html5 import HTML5Translator


def mathml(tex: str, display: str) -> str:
    """Return a formula as MathML, with the space after "ln" and its like that the converter leaves out."""
    return re.sub(r"(<mi>[a-z]{2,}</mi>)(?=<m(?!o>|o ))", r'\1<mspace width="0.17em"/>', convert(tex, display=display))


def inline_formula(writer: HTML5Translator, node: nodes.math) -> None:
    """Write a formula inside a sentence."""
    writer.body.append(mathml(node.astext(), "inline"))
    raise nodes.SkipNode


def display_formula(writer: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula on a line of its own; a wide one scrolls in its box, which the theme lets the keyboard reach."""
    classes = "math-display pst-scrollable-table-container"
    writer.body.append(f'<div class="{classes}">{mathml(node.astext(), "block")}</div>')
    raise nodes.SkipNode


def size_of(file: Path) -> tuple[int, int] | None:
    """Return a picture's width and height on the page; one with twice the pixels an inch takes half the room."""
    size = get_image_size(file)
    if not size or file.suffix == ".svg":
        return size
    with Image.open(file) as image:
        density = image.info.get("dpi", (96, 96))[0]
    return round(size[0] * 96 / density), round(size[1] * 96 / density)


def picture(writer: HTML5Translator, node: nodes.image) -> None:
    """Write a picture with its size, so that nothing jumps; all but a page's first load when they come near."""
    size = size_of(Path(writer.builder.srcdir, node["uri"]))
    if node is not next(node.document.findall(nodes.image)):
        node["loading"] = "lazy"
    HTML5Translator.visit_image(writer, node)
    if size:
        writer.body[-1] = writer.body[-1].replace("<img", f'<img width="{size[0]}" height="{size[1]}"', 1)


class Links(HTMLParser):
    """What one page links to, and the places on it that a link can lead to."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.targets: set[str] = set()
        self.anchors: set[str] = {""}
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect from one element."""
        for name, value in attrs:
            if name in ("href", "src", "action"):
                self.targets.add(value or "")
            elif name == "id":
                self.anchors.add(value or "")


def check_links(app: Sphinx, exception: Exception | None) -> None:
    """Fail the build when a link leads to a file or a section that is not there."""
    if exception:
        return
    found = (page.resolve() for page in Path(app.outdir).rglob("*.html") if "_static" not in page.parts)
    pages = {page: Links(page) for page in found}
    broken = []
    for page, links in pages.items():
        for target in links.targets:
            address = urlsplit(target)
            if address.scheme or address.netloc:
                continue
            file = (page.parent / unquote(address.path)).resolve() if address.path else page
            if not file.is_file() or (file in pages and unquote(address.fragment) not in pages[file].anchors):
                broken.append(f"{page.relative_to(app.outdir)}: {target}")
    if broken:
        raise ExtensionError("Links that lead nowhere:\n" + "\n".join(sorted(broken)))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register all of it with Sphinx."""
    app.add_html_math_renderer("mathml", (inline_formula, None), (display_formula, None))
    app.add_node(nodes.image, override=True, html=(picture, None))
    app.connect("build-finished", check_links, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
