"""Widgets: pieces of HTML that Jupyter, Colab, and the book show as they are, without a network connection.

Each is a custom element whose attributes hold what it shows. Its browser's half is a folder of `widget/`, with its own
markup, style, words, and scripts; what they share is in `widget/shared`. Inside the element stands a picture, for paper
and for where no script runs.
"""

from __future__ import annotations

import base64
import html as escaping
import io
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from .language import current_language, spoken

if TYPE_CHECKING:
    from os import PathLike

    from matplotlib.figure import Figure
    from PIL import Image

FOLDER = Path(__file__).parent / "widget"
WIDGETS = {  # element: its folder
    "draw-digit": "pad",
    "exercise-progress": "progress",
    "loss-valley": "valley",
    "quick-quiz": "quiz",
    "relu-plane": "plane",
    "training-lab": "lab",
}
PAGE = """\
<!doctype html>
<html{lang}>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>body {{ max-width: 50rem; margin: 1rem auto; padding: 0 0.5rem; font-family: system-ui, sans-serif }}</style>
{html}
"""
USES = {"training-lab": ("draw-digit",)}  # element: others that it makes
# Files that come before others; within a folder the order does not matter.
SHARED = ("page", "language", "element", "done")
NETWORK = ("random", "rows", "network", "training", "worker", "digits")  # for what has a network in it
WITHOUT_NETWORK = {"exercise-progress", "quick-quiz"}
STILL_WIDTH = 480  # CSS pixels, of the picture that stands in; it has twice as many
SENTENCES = {
    "ko": "움직이지 않는 그림입니다. 직접 해 보려면 Jupyter에서는 이 셀을 실행하거나 노트북을 신뢰하도록 설정하고, "
    "웹 페이지에서는 자바스크립트를 켜세요.",
    "en": "This is a still picture. To try it yourself, run this cell in Jupyter or trust the notebook; "
    "on a web page, turn JavaScript on.",
}


@dataclass(frozen=True)
class Widget:
    """Something to try, which a notebook shows when it is the last line of a cell.

    Attributes
    ----------
    html
        All of it as one piece of HTML that works on any page, without a network connection.
    """

    html: str = field(repr=False, kw_only=True)

    def save(self, path: str | PathLike[str]) -> None:
        """Write a page with nothing else on it: one file that any browser opens, without a network connection.

        Parameters
        ----------
        path
            Where to write it, such as ``"digit.html"``; what is there is written over. The page is named after the
            file, and speaks the language of `set_language`, or else the browser's, Korean or English.

        Raises
        ------
        OSError
            If the file cannot be written there.

        Examples
        --------
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     draw_digit(build_mlp(16, (3,), 2)).save(f"{folder}/digit.html")
        ...     Path(folder, "digit.html").read_text(encoding="utf-8")[:15]
        '<!doctype html>'
        """
        said = re.match(r'<[\w-]+( lang="\w+")?', self.html)
        title = escaping.escape(Path(path).stem)
        page = PAGE.format(lang=(said and said[1]) or "", title=title, html=self.html)
        Path(path).write_text(page, encoding="utf-8")

    def _repr_html_(self) -> str:
        return self.html


def assemble(tag: str, attributes: dict[str, str], picture: bytes) -> str:
    """Return a widget's HTML: the element with its attributes, a PNG of twice `STILL_WIDTH` in it, and the script."""
    image = f'<img alt="" width="{STILL_WIDTH}" src="data:image/png;base64,{base64_text(picture)}">'
    language = current_language()
    return with_script(tag, element(tag, attributes, language), image + _sentences(language))


def element(tag: str, attributes: dict[str, str], language: str | None) -> str:
    """Return the beginning of an element, which speaks a language, or None for the one around it."""
    said = {"lang": language} if language else {}
    written = "".join(f' {name}="{escaping.escape(value)}"' for name, value in (said | attributes).items())
    return f"<{tag}{written}>"


def remake(html: str, language: str | None) -> str:
    """Return a widget's HTML anew: with today's script, speaking a language, or None for the one around it.

    So the editions of the book, which share the outputs of one run, have widgets in their own languages, and a change
    of the script needs no run. Other HTML stays as it is.
    """
    found = re.match(rf'<({"|".join(WIDGETS)})(?: lang="\w+")?((?: [\w-]+="[^"]*")*>)(<img [^>]*>)', html)
    if not found:
        return html
    said = f' lang="{language}"' if language else ""
    return with_script(found[1], f"<{found[1]}{said}{found[2]}", found[3] + _sentences(language))


def with_script(tag: str, begun: str, inside: str) -> str:
    """Return a widget's element, begun by `element`, with what stands in for it, and the script."""
    return f"{begun}{inside}</{tag}>\n<script>\n{scripts(tag)}\n</script>"


def scripts(*tags: str) -> str:
    """Return the scripts of these widgets and of those they use: what they share once, each widget closed off."""
    style = json.dumps(_read("shared", ".css")).replace("</", "<\\/")
    names = SHARED if WITHOUT_NETWORK.issuperset(tags) else SHARED + NETWORK
    shared = "\n".join((FOLDER / "shared" / f"{name}.js").read_text(encoding="utf-8") for name in names)
    needed = dict.fromkeys(other for tag in tags for other in (*USES.get(tag, ()), tag))
    parts = "\n".join(_script(tag) for tag in needed)
    return f'(() => {{\n"use strict";\nconst COMMON_STYLE = {style};\n{shared}\n{parts}}})();'


def png(picture: Image.Image, method: Image.Quantize | None = None) -> bytes:
    """Return a picture as a PNG of 64 colours; `method` chooses them."""
    file = io.BytesIO()
    picture.convert("RGB").quantize(64, method).save(file, "PNG", optimize=True)
    return file.getvalue()


def figure_png(figure: Figure, method: Image.Quantize | None = None) -> bytes:
    """Return a figure as such a PNG."""
    from PIL import Image

    file = io.BytesIO()
    figure.savefig(file, format="png")
    return png(Image.open(file), method)


def base64_text(data: bytes) -> str:
    """Return bytes as text for an attribute."""
    return base64.b64encode(data).decode()


def _sentences(language: str | None) -> str:
    return "".join(f'<p class="still" lang="{code}">{SENTENCES[code]}</p>' for code in spoken(language))


def _script(tag: str) -> str:
    """Return the script of one widget, with its markup and style in it."""
    folder = WIDGETS[tag]
    parts = ", ".join(f"{name}: {json.dumps(_read(folder, f'.{name}'))}" for name in ("html", "css"))
    kind = "".join(word.title() for word in tag.split("-"))
    escaped = parts.replace("</", "<\\/")
    return f'{{\n{_read(folder, ".js")}\ndefine("{tag}", {kind}, {{ {escaped}, words: WORDS }});\n}}\n'


def _read(folder: str, suffix: str) -> str:
    """Return the text of all files of a kind in a folder."""
    files = sorted((FOLDER / folder).glob(f"*{suffix}"))
    return "\n".join(file.read_text(encoding="utf-8") for file in files)
