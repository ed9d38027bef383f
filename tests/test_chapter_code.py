"""Chapter code is for readers: short, without comments, and with its checks out of the way."""

import ast
import io
import re
import tokenize

import jupytext
import pytest
from chapters import (
    both,
    code,
    each_language,
    each_main_source,
    each_source,
    is_answer,
    is_check,
    made,
    runnable,
    sections,
)

MOST_LINES = 20


def comments(source):
    """Return the comments of a cell, but for those that hold shapes alone, which need no language: # (n, 10)."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    found = [token.string for token in tokens if token.type == tokenize.COMMENT]
    return [each for each in found if not re.fullmatch(r"#[ (),\dn@>-]+", each)]


def asserts(cell):
    return [node for node in ast.walk(ast.parse(runnable(cell))) if isinstance(node, ast.Assert)]


@each_source
def test_code_has_no_comments(source):
    """What needs saying is said in prose, in the reader's language; a cell tagged "syntax" teaches the syntax."""
    cells = [cell for cell in code(jupytext.read(source)) if "syntax" not in made.tags(cell)]
    assert [found for cell in cells for found in comments(cell.source)] == []


@each_main_source
def test_asserts_are_in_checks_alone(source):
    """And a check has nothing but what it needs for them."""
    for cell in code(jupytext.read(source)):
        assert bool(asserts(cell)) == is_check(cell), cell.source


@each_source
def test_a_check_shows_nothing(source):
    """It is one line on the page; what a reader is to see stands in a cell of its own."""
    assert [cell.source for cell in code(both(source)[0]) if is_check(cell) and cell.outputs] == []


@each_source
def test_a_cell_is_short(source):
    for cell in code(jupytext.read(source)):
        lines = [line for line in cell.source.splitlines() if line.strip() and not line.lstrip().startswith("#")]
        assert len(lines) <= MOST_LINES, cell.source


def exercise_section(source, language):
    """Return the prose and the answers of the section with the exercises, if the chapter has one."""
    found = [(texts, cells) for texts, cells in sections(source, language) if any(map(is_answer, cells))]
    assert len(found) <= 1, "answers stand in one section"
    return found[0] if found else ([], [])


@each_language
@each_source
def test_each_exercise_has_its_answer_and_explanations_are_numbered_alike(source, language):
    """The site numbers the answers; what explains the second is called 풀이 2, or Explanation 2, and comes after it."""
    word = {"ko": "풀이", "en": "Explanation"}[language]
    texts, cells = exercise_section(source, language)
    exercises = [int(number) for number in re.findall(r"^(\d+)\. ", "\n".join(texts), flags=re.MULTILINE)]
    answers = sum(map(is_answer, cells))
    assert exercises[-answers:] == list(range(1, answers + 1)), "one collapsed cell an exercise"
    shown = 0
    for cell in jupytext.read(source).cells:
        shown += is_answer(cell)
        if language in made.tags(cell):
            for summary in re.findall(r"<summary>(.*?)</summary>", cell.source):
                assert summary == f"{word} {shown}"


@each_language
@each_source
def test_folded_prose_is_written_as_jupyter_and_code_hosts_fold_it(source, language):
    """With empty lines around the Markdown in it; no other HTML shows anywhere."""
    for texts, _ in sections(source, language):
        for text in texts:
            opened = re.findall(r"^<details>\n<summary>[^\n<]+</summary>\n\n(?=\S)", text, flags=re.MULTILINE)
            closed = re.findall(r"(?<=\n\n)</details>$", text, flags=re.MULTILINE)
            assert len(opened) == len(closed) == text.count("<details") == text.count("</details"), text


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("x = 1  # one", ["# one"]),
        ("x = '#1'", []),
        ("# a\nplot(color='#fff')  # b", ["# a", "# b"]),
    ],
)
def test_what_is_a_comment(source, found):
    assert comments(source) == found
