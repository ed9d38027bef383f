"""Prose says what the code beside it does and prints, in words that the book has explained."""

import ast
import re
import sys
from itertools import pairwise

import jupytext
import nbformat
import pytest
from chapters import (
    BOOK,
    both,
    code,
    each_language,
    each_main_source,
    each_source,
    headings,
    is_answer,
    is_check,
    made,
    prose,
    runnable,
    sections,
    text_of,
    typed,
)
from computed import expressions
from markdown_it import MarkdownIt

sys.path.insert(0, str(BOOK / "_ext"))

import times

# Facts of the data and of the network, and the original's accuracy: prose may say them, they are the same everywhere.
FACTS = {784, 785, 255, 256, 89_610, 78_500, 10_100, 1_010, 47_040_000, 7_840_000, 0.9766}
NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?(?!\w*\d)%?")


def numbers(text):
    """Yield the numbers in a text with three significant digits or more: value, decimals, whether in percent."""
    for found in NUMBER.findall(text):
        figure = found.rstrip("%").rstrip(",").replace(",", "")
        digits = figure.split("e")[0].lstrip("0.").replace(".", "")
        if len(digits if "." in figure else digits.rstrip("0")) >= 3:
            decimals = len(figure.split("e")[0].partition(".")[2])
            yield float(figure), decimals, found.endswith("%")


def literals(notebook):
    """Return the numbers that the chapter's code sets; what checks compare with are no settings."""
    trees = [ast.parse(runnable(cell)) for cell in code(notebook) if not is_check(cell)]
    constants = [node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return {abs(value) for value in constants if isinstance(value, int | float)}


def typed_results(text, printed, known):
    """Return the numbers typed into a text that a cell printed with as many digits or more."""
    found = []
    for value, decimals, percent in numbers(typed(text)):
        year = 1900 < value < 2100 and not decimals
        settings = {value, value / 100} if percent else {value}
        if year or any(abs(setting - other) < 1e-12 for setting in settings for other in known):
            continue
        scales = (1, 100) if percent else (1,)
        if any(abs(scale * other - value) <= 0.5000001 * 10**-decimals for other in printed for scale in scales):
            found.append(value)
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The accuracy is 0.9752.", [0.9752]),
        ("The accuracy is 0.975, and it", [0.975]),
        ("97.5% of them, or 97.52%", [97.5, 97.52]),
        ("It took 1,234 steps; 1,235 images.", [1234]),
        ("{{accuracy:.4f}}, and {{ accuracy:.2%}}", []),
        ("97.6%, 98%, 0.98, and 60,000", []),
        ("a rate of 0.125, since 1998, in [1](a.ipynb#0.9752)", []),
    ],
)
def test_which_numbers_are_results(text, found):
    assert typed_results(text, {0.97523, 1234, 1998, 60_000, 0.125}, {0.125}) == found


def test_settings_are_the_numbers_of_the_code_but_not_of_its_checks():
    cells = [
        nbformat.v4.new_code_cell("%pip install x\nfit(rate=0.125, epochs=-7)"),
        nbformat.v4.new_code_cell("assert a > 0.97"),
    ]
    cells[1].metadata["tags"] = ["check"]
    assert literals(nbformat.v4.new_notebook(cells=cells)) == {0.125, 7}


@each_language
@each_source
def test_no_number_that_a_cell_printed_is_typed_into_prose(source, language):
    """It would be wrong after the next run: {{ accuracy:.1%}} computes it where it stands."""
    notebook = jupytext.read(source)
    printed = {value for cell in code(both(source)[0]) for value, *_ in numbers(text_of(cell.outputs))}
    known = FACTS | literals(notebook)
    found = [f"{n}: {text}" for text in prose(notebook, language) for n in typed_results(text, printed, known)]
    assert not found, "\n\n".join(found)


def arguments(tree):
    """Return the names that code gives constants to, each with all its values: arguments, defaults, assignments."""
    found = {}
    for node in ast.walk(tree):
        pairs = []
        if isinstance(node, ast.keyword):
            pairs = [(node.arg, node.value)]
        elif isinstance(node, ast.Assign):
            pairs = [(target.id, node.value) for target in node.targets if isinstance(target, ast.Name)]
        elif isinstance(node, ast.arguments):
            named = [*node.posonlyargs, *node.args][-len(node.defaults) :] if node.defaults else []
            pairs = [(each.arg, value) for each, value in zip(named, node.defaults, strict=True)]
            pairs += [(each.arg, value) for each, value in zip(node.kwonlyargs, node.kw_defaults, strict=True) if value]
        for name, value in pairs:
            if is_constant(value):
                found.setdefault(name, set()).add(ast.unparse(value))
    return found


def is_constant(node):
    try:
        return ast.literal_eval(node) is not ...
    except ValueError:
        return False


def named_values(text):
    """Yield the arguments with constant values that a text names in code: `epochs=5`, `fit(x, epochs=5)`."""
    for span in re.findall(r"`([^`\n]+)`", typed(text)):
        for form in (f"_({span})", span):
            try:
                tree = ast.parse(form)
            except SyntaxError:
                continue
            keywords = [node for node in ast.walk(tree) if isinstance(node, ast.keyword) and is_constant(node.value)]
            yield from ((keyword.arg, ast.unparse(keyword.value)) for keyword in keywords)
            break


def contradictions(source, language):
    """Return the values that prose names for an argument which its section's code, or all of it, gives others only.

    An exercise may name a value to try.
    """
    parts, before = [], []
    for texts, cells in sections(source, language):
        parts.append((texts, arguments(tree_of(before + cells)), any(map(is_answer, cells))))
        before = cells[-1:]  # a new section may begin with what it shows
    everywhere = arguments(tree_of(code(jupytext.read(source))))
    found = []
    for texts, held, exercises in parts:
        for name, value in (pair for text in texts for pair in named_values(text)):
            given = held if name in held else {} if exercises else everywhere
            if value not in given.get(name, {value}):
                found.append(f"{name}={value}")
    return found


def tree_of(cells):
    return ast.parse("\n".join(map(runnable, cells)))


@each_language
@each_source
def test_prose_names_the_values_that_the_code_beside_it_gives(source, language):
    """`epochs=5` above `epochs=4` is a slip of one of the two."""
    assert contradictions(source, language) == []


def test_which_values_contradict_the_code(tmp_path):
    """Names that the code does not have at all, and those of an exercise, may be anything."""
    fit, answer = (nbformat.v4.new_code_cell(f"fit(x, epochs={n}, rate=0.1)") for n in (4, 50))
    answer.metadata["tags"] = ["hide-cell"]
    says = [
        "# One\n\n`epochs=5` is five, `fit(x, epochs=4)` four, `rate=0.1`, `axis=1`.",
        "## Two\n\n`rate=0.2`, not `0.3`; `epochs=n`.",
        "## Exercises\n\n1. Try `rate=7`, and `epochs=50`.",
    ]
    prose = [nbformat.v4.new_markdown_cell(text, metadata={"tags": ["en"]}) for text in says]
    notebook = nbformat.v4.new_notebook(cells=[prose[0], fit, prose[1], prose[2], answer])
    jupytext.write(notebook, tmp_path / "a.md", fmt="md:myst")
    assert contradictions(tmp_path / "a.md", "en") == ["epochs=5", "rate=0.2", "rate=7"]


def test_where_code_gives_values():
    held = arguments(ast.parse("a = 1\ndef f(b=2, *, c='x', d): g(e=[3], h=n)"))
    assert held == {"a": {"1"}, "b": {"2"}, "c": {"'x'"}, "e": {"[3]"}}


@each_source
def test_editions_hold_numbers_not_what_computes_them(source):
    assert [text for edition in both(source) for text in prose(edition) if "{{" in text] == []


@each_source
def test_both_languages_compute_from_the_same_values(source):
    """In each pair of prose cells; how a number is put differs, as 7만 and 70,000 do."""
    cells = jupytext.read(source).cells
    for korean, english in pairwise(cells):
        if "ko" in made.tags(korean) and "en" in made.tags(english):
            assert names_in(korean) == names_in(english), english.source


def names_in(cell):
    """Return the names from which a prose cell's numbers are computed."""
    found = "".join(f"{{{expression}}}" for expression in expressions(cell))
    return {node.id for node in ast.walk(ast.parse(f"f'''{found}'''")) if isinstance(node, ast.Name)}


@each_source
@pytest.mark.parametrize("language", made.LANGUAGES)
def test_bold_is_bold(source, language):
    """In `**92 %**를` no bold begins: a mark of punctuation before the stars, a letter after them."""
    edition = made.read_edition(made.edition_path(source, language))
    assert [words for text in prose(edition) for words in stray_stars(text)] == []


def stray_stars(text):
    """Return the passages in which stars are left that were meant for bold."""
    inlines = [token for token in MarkdownIt().enable("table").parse(text) if token.type == "inline"]
    words = [child.content for token in inlines for child in token.children if child.type == "text"]
    return [word for word in words if "**" in word]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("**92 %**를", ["**92 %**를"]),
        ("| a |\n|---|\n| **(왼쪽)**은 |", ["**(왼쪽)**은"]),
        ("**92 %** 를", []),
        ("`a**2`", []),
    ],
)
def test_which_stars_are_left(text, found):
    assert stray_stars(text) == found


@each_main_source
def test_korean_headings_are_polite_or_no_sentences(source):
    """무엇을 무엇으로 읽었나, 그래도 쓸모가 있다: the plain style does not mix with 합니다체."""
    found = [heading for text in prose(jupytext.read(source), "ko") for heading in headings(text)]
    assert [heading for heading in found if is_plain_sentence(heading)] == []


def is_plain_sentence(heading):
    """Tell whether a Korean heading is a sentence in the plain style (해라체), or ends in a full stop."""
    return bool(re.search(r"(?<!니)다[?!]?$|까[?]?$|(?<!하)나[?]?$|(?<=[은는인])가[?]?$|[가-힣]\.$", heading))


@pytest.mark.parametrize(
    ("heading", "plain"),
    [
        ("그래도 확신도는 쓸모가 있다", True),
        ("무엇을 무엇으로 읽었나", True),
        ("어떤 숫자가 가장 어려울까?", True),
        ("얼마나 자신 있게 틀리나", True),
        ("층은 무엇인가?", True),
        ("유닛 하나", False),
        ("왜 오를까요?", False),
        ("다음으로 넘어갑니다", False),
        ("훈련하고 평가하기", False),
        ("예측과 평가", False),
    ],
)
def test_what_a_plain_sentence_is(heading, plain):
    assert is_plain_sentence(heading) == plain


# Whose answers these are; not those of readers, nor "the answer to this question".
ANSWER = re.compile(
    r"\b(?:(?:right|wrong|correct|true|confident|training|its|their|ten|(?:network|model|label)(?:'s|s')) answers?"
    r"|answers? of (?:the|all|each|several)|answered)\b",
    re.IGNORECASE,
)


@each_main_source
def test_an_answer_answers_an_exercise(source):
    """What the data says is the label, what the network says the prediction."""
    for language, word in (("ko", re.compile("정답|오답")), ("en", ANSWER)):
        for texts, cells in sections(source, language):
            if not any(map(is_answer, cells)):
                assert [found for text in texts for found in word.findall(typed(text))] == [], texts
                shown = [node.value for node in ast.walk(tree_of(cells)) if isinstance(node, ast.Constant)]
                assert [text for text in shown if isinstance(text, str) and "answer" in text] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the network's answer", True),
        ("the right answers", True),
        ("answers of all networks", True),
        ("the networks' answers", True),
        ("The answer is in the timing.", False),
        ("the network answers with a number", False),
        ("it answered 7", True),
        ("Chapter 8 answers this question.", False),
        ("an answer to the question", False),
        ("a question to answer", False),
    ],
)
def test_which_answers_are_meant(text, found):
    assert bool(ANSWER.search(text)) == found


@each_language
@each_source
def test_no_chapter_takes_longer_than_half_an_hour_to_read(source, language):
    edition = made.read_edition(made.edition_path(source, language))
    assert source.stem == "glossary" or times.reading_minutes(edition, language) <= 30
