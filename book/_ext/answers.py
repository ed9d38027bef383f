"""Exercises and fold-outs: hints, solutions and their explanations in prose, and the checks of what the text claims.

An exercise has a frame from its question to the end of its quiz, or of its solution and what explains it. A cell tagged
"exercise" gets its hints below it; one tagged "solution" opens under its exercise's number; one tagged "check" says
that it was checked, in one quiet line. Explanations are `<details>` in prose, which Jupyter and code hosts fold too;
here they look like solutions.
"""

import re
from typing import Any

from docutils import nodes
from languages import LANGUAGES, language_of
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from mnist_tutorial._exercise_html import marked_up
from mnist_tutorial.exercises import CHAPTERS, Exercise, Quiz, exercises, find

SOLUTION = {"ko": "풀이 {}", "en": "Solution {}"}
HINT = {"ko": "힌트 {} · {}", "en": "Hint {} · {}"}
CHECKED = {"ko": "✓ 확인했습니다", "en": "✓ checked"}
RUN = {
    "ko": "<a {}>노트북</a>의 <code>...</code> 자리에 코드를 적고 Jupyter나 Colab에서 실행하면, 바로 검사해 줍니다.",
    "en": "Put your code in place of <code>...</code> in the <a {}>notebook</a> and run it in Jupyter or Colab: it is "
    "checked at once.",
}
# The classes of cells with these tags.
CHECK, QUIZ, EXERCISE, SOLUTION_CELL = "tag_check", "tag_quiz", "tag_exercise", "tag_solution"
PARTS = {QUIZ, EXERCISE, SOLUTION_CELL}
# In bold before a question.
ASKED = re.compile(r"(?:예상|코드|실험|프로젝트|Predict|Write|Find out|Project) \d\d\.\d+")
CALL = re.compile(r'mt\.check\(\s*"(\d\d\.\d+)"')
EXPLANATION = re.compile(r"<details>\s*<summary>(.*?)</summary>")
FRAMED = r"""<div class="cell docutils container"><details class="admonition hide above-input">
<summary><p class="admonition-title">\1</p></summary>"""
END = "</details></div>"


def prompts(language: str, cells: list[tuple[list[str], str]]) -> list[str]:
    """Return what a page's hidden cells open, of which the classes and the code are given.

    A check; or the solution of the exercise that the code names, or else of the first, the second, and so on.
    """
    names, unnamed = [], 0
    for classes, source in cells:
        named = CALL.search(source)
        unnamed += CHECK not in classes and not named
        solution = SOLUTION[language].format(named[1] if named else unnamed)
        names.append(CHECKED[language] if CHECK in classes else solution)
    return names


def framed(html: str) -> str:
    """Return the beginning or the end of an explanation in the frame that a hidden cell has; other HTML as it is."""
    return EXPLANATION.sub(FRAMED, html).replace("</details>", END)


def hints(id: str, language: str, notebook: str) -> str:
    """Return the fold-outs with an exercise's hints, and how to have it checked, in the notebook at an address."""
    exercise = find(id)
    assert isinstance(exercise, Exercise)
    words = [hint[list(LANGUAGES).index(language)] for hint in exercise.hints]
    parts = [
        framed(f"<details><summary>{HINT[language].format(id, number)}</summary>") + f"<p>{marked_up(text)}</p>{END}"
        for number, text in enumerate(words, 1)
    ]
    link = f'href="{notebook}" download'
    return f'<p class="run">{RUN[language].format(link)}</p>' + "\n".join(parts)


def question(node: nodes.Node) -> str:
    """Return what an exercise is called, such as "Write 02.3", if a node begins one; else nothing."""
    if not isinstance(node, nodes.paragraph):
        return ""
    first = next((part for part in node.children if part.astext()), None)
    return first.astext() if isinstance(first, nodes.strong) and ASKED.fullmatch(first.astext()) else ""


def end_of_exercise(siblings: list[nodes.Node], begin: int) -> int:
    """Return where an exercise ends that begins at a place: after the last of its cells, and what explains it.

    One without cells, such as a project, is all that follows under its heading, up to the next.
    """
    rest = range(begin + 1, len(siblings))
    stop = next((i for i in rest if question(siblings[i]) or isinstance(siblings[i], nodes.section)), len(siblings))
    cells = [i for i in range(begin, stop) if PARTS & classes_of(siblings[i])]
    if not cells:
        return stop
    end = cells[-1] + 1
    after = next((i for i in range(end, stop) if CHECK not in classes_of(siblings[i])), end)
    if after < stop and isinstance(siblings[after], nodes.raw) and EXPLANATION.match(siblings[after].astext()):
        end = next(i + 1 for i in range(after, stop) if "</details>" in siblings[i].astext())
    return end


def classes_of(node: nodes.Node) -> set[str]:
    """Return the classes of a node; text has none."""
    return set(node["classes"]) if isinstance(node, nodes.Element) else set()


def frame_exercises(parent: nodes.Element) -> None:
    """Put a frame around each exercise of a section."""
    begins = [i for i, node in enumerate(parent.children) if question(node)]
    for begin in reversed(begins):
        name = question(parent[begin])
        number = name.split()[-1]
        frame = f'<div class="exercise" id="exercise-{number}" role="group" aria-label="{name}">'
        parent.insert(end_of_exercise(parent.children, begin), nodes.raw("", "</div>", format="html"))
        parent.insert(begin, nodes.raw("", frame, format="html"))


class FoldOuts(SphinxTransform):
    """Frame the exercises of one document and its explanations, name its hidden cells, and add the hints."""

    default_priority = 260

    def apply(self, **kwargs: Any) -> None:
        """Set the words for a cell that is closed and for one that is open: the same, for browsers tell which it is."""
        language = language_of(self.env.docname)
        for section in self.document.findall(nodes.section):
            frame_exercises(section)
        for raw in self.document.findall(nodes.raw):
            raw.children = [nodes.Text(framed(raw.astext()))]
        notebook = f"{'../' * self.env.docname.count('/')}_sources/{self.env.docname}.ipynb"
        cells = list(self.document.findall(nodes.container)) if language else []
        hidden = [cell for cell in cells if cell.get("hide_mode")]
        names = prompts(language, [(cell["classes"], cell.astext()) for cell in hidden]) if language else []
        for cell, name in zip(hidden, names, strict=True):
            cell["prompt_show"] = cell["prompt_hide"] = name
        for cell in cells:
            if EXERCISE in cell["classes"] and (named := CALL.search(cell.astext())):
                place = cell.parent.index(cell) + 1
                cell.parent.insert(place, nodes.raw("", hints(named[1], language, notebook), format="html"))


def list_quizzes(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Give a page the ids of each chapter's quizzes; the list of chapters marks which are done."""
    context["quizzes"] = {
        chapter: [each.id for each in exercises(chapter) if isinstance(each, Quiz)] for chapter in CHAPTERS
    }


def setup(app: Sphinx) -> dict[str, bool]:
    """Register it with Sphinx."""
    app.add_transform(FoldOuts)
    app.connect("html-page-context", list_quizzes, priority=100)  # before the theme, which tries out its templates
    return {"parallel_read_safe": True, "parallel_write_safe": True}
