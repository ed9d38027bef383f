"""Fold-outs: answers to exercises, their explanations in prose, and the checks of what the text claims.

A hidden code cell is an answer, and says which: "Answer 2". One tagged "check" says that it was checked, in one quiet
line. Explanations are `<details>` in prose, which Jupyter and code hosts fold too; here they look like answers.
"""

import re
from typing import Any

from docutils import nodes
from languages import language_of
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

ANSWER = {"ko": "정답 {}", "en": "Answer {}"}
CHECKED = {"ko": "✓ 확인했습니다", "en": "✓ checked"}
CHECK = "tag_check"  # the class of a cell with that tag
EXPLANATION = re.compile(r"<details>\s*<summary>(.*?)</summary>")
FRAMED = r"""<div class="cell docutils container"><details class="admonition hide above-input">
<summary><p class="admonition-title">\1</p></summary>"""


def prompts(language: str, checks: list[bool]) -> list[str]:
    """Return what each hidden cell of a chapter opens: an answer, or a check."""
    numbers = [i + 1 - sum(checks[: i + 1]) for i in range(len(checks))]
    words = CHECKED[language], ANSWER[language]
    return [words[0] if check else words[1].format(number) for check, number in zip(checks, numbers, strict=True)]


def framed(html: str) -> str:
    """Return the beginning or the end of an explanation in the frame that a hidden cell has; other HTML as it is."""
    return EXPLANATION.sub(FRAMED, html).replace("</details>", "</details></div>")


class FoldOuts(SphinxTransform):
    """Name the hidden cells of one document, and frame its explanations."""

    default_priority = 260

    def apply(self, **kwargs: Any) -> None:
        """Set the words for a cell that is closed and for one that is open: the same, for browsers tell which it is."""
        language = language_of(self.env.docname)
        hidden = [node for node in self.document.findall(nodes.container) if node.get("hide_mode")]
        checks = [CHECK in cell["classes"] for cell in hidden]
        for cell, words in zip(hidden, prompts(language, checks) if language else (), strict=False):
            cell["prompt_show"] = cell["prompt_hide"] = words
        for raw in self.document.findall(nodes.raw):
            raw.children = [nodes.Text(framed(raw.astext()))]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register it with Sphinx."""
    app.add_transform(FoldOuts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
