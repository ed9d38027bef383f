"""The chapters as tests read them: sources, editions, and what is in their cells."""

import re
import sys
from pathlib import Path

import jupytext
import pytest

BOOK = Path(__file__).parent.parent / "book"
sys.path.insert(0, str(BOOK))

import make_notebooks as made  # noqa: E402
from computed import EXPRESSION  # noqa: E402

SOURCES = made.sources()
MAIN = [source for source in SOURCES if source.stem[0].isdigit()]  # without the appendices
# The names of exercises, whose numbers are no results.
NUMBERED = re.compile(
    r"(?:\*\*)?(?:예상|코드|실험|프로젝트|설명|Predict|Write|Find out|Project|Explanation) \d\d\.\d+(?:\*\*)?"
)
EDITIONS = [made.edition_path(source, language) for source in SOURCES for language in made.LANGUAGES]


def each(name, paths):
    return pytest.mark.parametrize(name, paths, ids=lambda path: path.stem)


each_source, each_main_source = each("source", SOURCES), each("source", MAIN)
each_edition = pytest.mark.parametrize("path", EDITIONS, ids=lambda path: f"{path.parent.name}-{path.stem}")
each_language = pytest.mark.parametrize("language", made.LANGUAGES)


def code(notebook):
    return made.code_cells(notebook)


def is_check(cell):
    return "check" in made.tags(cell)


def is_answer(cell):
    """Tell whether a cell is the solution of an exercise; in an appendix, which has its own, it is only hidden."""
    return not {"hide-cell", "solution"}.isdisjoint(made.tags(cell)) and not is_check(cell)


def runnable(cell):
    """Return a cell's code without the lines that are IPython's own."""
    return re.sub(r"^[%!].*$", "", cell.source, flags=re.MULTILINE)


def prose(notebook, language=None):
    """Return the prose of an edition; of a source that in one language."""
    return [
        cell.source
        for cell in notebook.cells
        if cell.cell_type == "markdown" and (language is None or language in made.tags(cell))
    ]


def both(source):
    return [made.read_edition(made.edition_path(source, language)) for language in made.LANGUAGES]


def sections(source, language):
    """Yield what stands under each heading of a chapter's source in one language: its prose cells, its code cells."""
    texts, cells = [], []
    for cell in jupytext.read(source).cells:
        if cell.cell_type == "code":
            cells.append(cell)
        elif language in made.tags(cell):
            if texts and headings(cell.source):
                yield texts, cells
                texts, cells = [], []
            texts.append(cell.source)
    yield texts, cells


def headings(text):
    """Return the headings in a prose cell, without their #."""
    return re.findall(r"^#+ +(.+)$", without_code_blocks(text), flags=re.MULTILINE)


def without_code_blocks(text):
    return re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)


def typed(text):
    """Return what somebody typed of a prose cell: no computed numbers, quoted blocks, addresses, names of exercises."""
    told = NUMBERED.sub("", without_code_blocks(EXPRESSION.sub("…", text)))
    return re.sub(r"(?<=\])\([^)]*\)|https?://\S+", "", told)


def text_of(outputs):
    """Return everything in the outputs that a reader sees as text."""
    parts = [output.get("text", "") + output.get("data", {}).get("text/plain", "") for output in outputs]
    return "\n".join(parts)


def hangul_share(text):
    """Return the share of Hangul among the letters of a prose cell, its code, formulas and addresses aside."""
    words = re.sub(r"```.*?```|`[^`]*`|\$[^$]*\$|\]\([^)]*\)", " ", text, flags=re.DOTALL)
    letters = [letter for letter in words if letter.isalpha()]
    return sum("가" <= letter <= "힣" for letter in letters) / max(len(letters), 1), len(letters)
