"""Fold-outs say what they open: "Answer 2". They are the hidden code cells, the answers to a chapter's exercises."""

from typing import Any

from docutils import nodes
from languages import language_of
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

PROMPTS = {"ko": ("정답 {}", "정답 {} 확인"), "en": ("Answer {}", "Answer {}, checked")}


def prompts(language: str, shows: list[bool]) -> list[str]:
    """Return what each hidden cell of a chapter opens; one that shows nothing checks the answer before it."""
    answer, check = PROMPTS[language]
    numbers = [sum(shows[: i + 1]) for i in range(len(shows))]
    return [(answer if shown else check).format(number) for shown, number in zip(shows, numbers, strict=True)]


class Answers(SphinxTransform):
    """Name the hidden cells of one document."""

    default_priority = 260

    def apply(self, **kwargs: Any) -> None:
        """Set the words for a cell that is closed and for one that is open: the same, for browsers tell which it is."""
        language = language_of(self.env.docname)
        hidden = [node for node in self.document.findall(nodes.container) if node.get("hide_mode")]
        shows = [any(part.get("nb_element") == "cell_code_output" for part in cell.children) for cell in hidden]
        for cell, words in zip(hidden, prompts(language, shows) if language else (), strict=False):
            cell["prompt_show"] = cell["prompt_hide"] = words


def setup(app: Sphinx) -> dict[str, bool]:
    """Register it with Sphinx."""
    app.add_transform(Answers)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
