"""Exercises and fold-outs: hints, solutions and their explanations in prose, and the checks of what the text claims.

A cell tagged "exercise" gets its hints below it; one tagged "solution" opens under its exercise's number; one tagged
"check" says that it was checked, in one quiet line. Explanations are `<details>` in prose, which Jupyter and code hosts
fold too; here they look like solutions.
"""

import re
from typing import Any

from docutils import nodes
from languages import LANGUAGES, language_of
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from mnist_tutorial._exercise_html import marked_up
from mnist_tutorial.exercises import Exercise, find

SOLUTION = {"ko": "풀이 {}", "en": "Solution {}"}
HINT = {"ko": "힌트 {} · {}", "en": "Hint {} · {}"}
CHECKED = {"ko": "✓ 확인했습니다", "en": "✓ checked"}
RUN = {
    "ko": "이 셀을 Jupyter나 Colab에서 실행하면 답을 바로 검사해 줍니다.",
    "en": "Run this cell in Jupyter or Colab, and it checks what you wrote.",
}
CHECK, EXERCISE = "tag_check", "tag_exercise"  # the classes of cells with these tags
CALL = re.compile(r'mt\.check\(\s*"(\d\d\.\d+)"')
EXPLANATION = re.compile(r"<details>\s*<summary>(.*?)</summary>")
FRAMED = r"""<div class="cell docutils container"><details class="admonition hide above-input">
<summary><p class="admonition-title">\1</p></summary>"""
END = "</details></div>"


def prompt(language: str, classes: list[str], source: str) -> str:
    """Return what a hidden cell opens: a check, or the solution of the exercise that its code names."""
    if CHECK in classes:
        return CHECKED[language]
    named = CALL.search(source)
    return SOLUTION[language].format(named[1] if named else "").strip()


def framed(html: str) -> str:
    """Return the beginning or the end of an explanation in the frame that a hidden cell has; other HTML as it is."""
    return EXPLANATION.sub(FRAMED, html).replace("</details>", END)


def hints(id: str, language: str) -> str:
    """Return the fold-outs with an exercise's hints, and how to have it checked."""
    exercise = find(id)
    assert isinstance(exercise, Exercise)
    words = [hint[list(LANGUAGES).index(language)] for hint in exercise.hints]
    parts = [
        framed(f"<details><summary>{HINT[language].format(id, number)}</summary>") + f"<p>{marked_up(text)}</p>{END}"
        for number, text in enumerate(words, 1)
    ]
    return f'<p class="run">{RUN[language]}</p>' + "\n".join(parts)


class FoldOuts(SphinxTransform):
    """Name the hidden cells of one document, frame its explanations, and give its exercises their hints."""

    default_priority = 260

    def apply(self, **kwargs: Any) -> None:
        """Set the words for a cell that is closed and for one that is open: the same, for browsers tell which it is."""
        language = language_of(self.env.docname)
        for raw in self.document.findall(nodes.raw):
            raw.children = [nodes.Text(framed(raw.astext()))]
        for cell in list(self.document.findall(nodes.container)) if language else ():
            if cell.get("hide_mode"):
                cell["prompt_show"] = cell["prompt_hide"] = prompt(language, cell["classes"], cell.astext())
            elif EXERCISE in cell["classes"] and (named := CALL.search(cell.astext())):
                place = cell.parent.index(cell) + 1
                cell.parent.insert(place, nodes.raw("", hints(named[1], language), format="html"))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register it with Sphinx."""
    app.add_transform(FoldOuts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
