"""Chapter code is for readers: short, without comments, and with its checks out of the way."""

import ast
import io
import re
import sys
import tokenize

import jupytext
import nbformat
import pytest
from chapters import (
    BOOK,
    MAIN,
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

sys.path.insert(0, str(BOOK / "_ext"))

from answers import CALL

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


def explanations(notebook, language):
    """Return the pairs of what explains something and of what: a solution's number, or a quiz's; and all solutions'.

    A solution is numbered as its check is, in an appendix as it comes. What explains it comes right after it, in the
    prose of each language, but for a check of what the text claims; anything else explains None.
    """
    pairs, numbers, unnamed, open_to = [], [], 0, None
    for cell in notebook.cells:
        if is_check(cell):
            continue
        if cell.cell_type == "code":
            quiz = re.search(r'mt\.quiz\(\s*"(\d\d\.\d+)"', cell.source)
            open_to = quiz[1] if quiz else None
            if is_answer(cell):
                named = CALL.search(cell.source)
                unnamed += not named
                numbers.append(open_to := named[1] if named else str(unnamed))
        elif language in made.tags(cell):
            pairs += [(summary, open_to) for summary in re.findall(r"<summary>(.*?)</summary>", cell.source)]
            open_to = None
    return pairs, numbers


@each_language
@each_source
def test_each_explanation_follows_its_own_solution_or_quiz_and_is_named_after_it(source, language):
    word = {"ko": "설명", "en": "Explanation"}[language]
    pairs, _ = explanations(jupytext.read(source), language)
    assert [name for name, _ in pairs] == [f"{word} {number}" for _, number in pairs]


@each_language
@each_source
def test_each_exercise_of_an_appendix_has_its_solution(source, language):
    """The site numbers its solutions as the list above them does. For chapters, see test_exercises."""
    if source in MAIN:
        return
    _, numbers = explanations(jupytext.read(source), language)
    found = ["\n".join(texts) for texts, cells in sections(source, language) if any(map(is_answer, cells))]
    exercises = re.findall(r"^(\d+)\. ", "\n".join(found), flags=re.MULTILINE)
    assert exercises[len(exercises) - len(numbers) :] == numbers


def test_which_explanations_are_out_of_place():
    solution = nbformat.v4.new_code_cell('mt.check("02.3", answer)', metadata={"tags": ["solution"]})
    starter = nbformat.v4.new_code_cell('answer = ...\nmt.check("02.4", answer)', metadata={"tags": ["exercise"]})
    quiz = nbformat.v4.new_code_cell('mt.quiz("02.3", 1)', metadata={"tags": ["quiz"]})
    hidden = nbformat.v4.new_code_cell("1 + 1", metadata={"tags": ["hide-cell"]})
    explained = [
        nbformat.v4.new_markdown_cell(f"<details>\n<summary>{name} 02.3</summary>", metadata={"tags": [language]})
        for language, name in (("ko", "설명"), ("en", "Explanation"))
    ]
    check = nbformat.v4.new_code_cell("assert 1", metadata={"tags": ["check"]})
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [explained[1], solution, check, *explained, starter, explained[1], hidden, quiz, explained[1]]
    pairs = [("Explanation 02.3", number) for number in (None, "02.3", None, "02.3")]
    assert explanations(notebook, "en") == (pairs, ["02.3", "1"])
    assert explanations(notebook, "ko") == ([("설명 02.3", "02.3")], ["02.3", "1"])


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
