"""A term is introduced once in the book, where the glossary says, and the Korean text calls each thing by one name."""

import re
from dataclasses import dataclass

import jupytext
import nbformat
import pytest
from chapters import BOOK, MAIN, SOURCES, prose, typed

GLOSSARY = BOOK / "glossary.md"
ROW = re.compile(r"^\| ([^|]+?) \| [^|]*\]\((\w+)\.ipynb\) \| ([^|]*?) ?\|$", re.MULTILINE)
# Words of everyday speech, which a chapter may use before another gives them their narrow meaning.
EVERYDAY = {"모양", "훈련", "예측", "모델", "배열", "분류", "층", "축", "정확도", "평균"}


@dataclass
class Term:
    """A row of the glossary in one language: its own name, the others in brackets, the chapter that teaches it."""

    name: str
    others: list[str]
    chapter: str


def terms(language):
    """Return the terms of the glossary that a chapter teaches, in their order."""
    tables = "\n".join(prose(jupytext.read(GLOSSARY), language))
    found = []
    for title, chapter, _ in ROW.findall(tables):
        name, _, brackets = title.rstrip(")").partition(" (")
        found.append(Term(name, brackets.split(", ") if brackets else [], chapter))
    return found


def running_text(source, language):
    """Return a chapter's prose without what announces things: its opening list, headings, names of pages."""
    first, *rest = prose(jupytext.read(source), language)
    opening = re.sub(r"^#.*|^[-*] .*(?:\n  .*)*", "", first, flags=re.MULTILINE)
    text = "\n\n".join(typed(each) for each in [opening, *rest])
    text = re.sub(r"^#.*|^.*\[[^\]]*\]$|`[^`\n]*`", "", text, flags=re.MULTILINE)
    return re.sub(r"\s+", " ", text)


def first_said(term, text):
    """Return where a text introduces a Korean term, **한글**(English), or None."""
    stems = "|".join(re.escape(other[:5]) for other in term.others)  # normalize, normalization
    found = re.search(rf"\*\*{re.escape(term.name)}\*\*\((?:{stems})[^)]*\)", text, re.IGNORECASE)
    return found.start() if found else None


def korean_terms():
    return [term for term in terms("ko") if term.others and re.match("[가-힣]", term.name)]


def test_a_korean_term_is_introduced_once_and_no_later_than_the_glossary_says():
    """As **한글**(English); later it is plain 한글. A chapter may name what one after it teaches."""
    texts = {source.stem: running_text(source, "ko") for source in SOURCES if source != GLOSSARY}
    wrong = {}
    for term in korean_terms():
        introduced = [stem for stem, text in texts.items() if first_said(term, text) is not None]
        once = len(introduced) == 1 and introduced[0] <= term.chapter
        if term.chapter in texts and not once and (introduced or term.name not in EVERYDAY):
            wrong[term.name] = f"{term.chapter}, not {introduced}"
    assert not wrong, "\n".join(f"{name}: {where}" for name, where in wrong.items())


def test_a_korean_term_is_not_used_before_it_is_introduced():
    texts = {source.stem: running_text(source, "ko") for source in MAIN}
    names = [term.name for term in korean_terms()]
    wrong = {}
    for term in korean_terms():
        if term.chapter not in texts or term.name in EVERYDAY:
            continue
        so_far = "\n".join(text for stem, text in texts.items() if stem <= term.chapter)
        start = first_said(term, so_far)
        if start is not None and uses(so_far[:start], term.name, names):
            wrong[term.name] = next(stem for stem, text in texts.items() if uses(text, term.name, names))
    assert not wrong, "\n".join(f"{name}: {where}" for name, where in wrong.items())


@pytest.mark.parametrize(
    ("text", "introduced"),
    [
        ("이것을 **손실**(loss)이라고 합니다.", True),
        ("이것을 **손실**(Losses, 손해)이라고 합니다.", True),
        ("이것을 **손실**(cost)이라고 합니다.", False),
        ("이것을 **손실**이라고 합니다.", False),
        ("이것을 손실(loss)이라고 합니다.", False),
        ("**손실 함수**(loss)", False),
    ],
)
def test_what_introduces_a_term(text, introduced):
    assert (first_said(Term("손실", ["loss"], "06_learn_by_hand"), text) is not None) == introduced


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("손실이 줄었습니다", True),
        ("그 손실은", True),
        ("파손실험", False),
        ("잃은 것", False),
        ("손실 함수는", False),
        ("손실 함수와 손실", True),
    ],
)
def test_what_uses_a_term(text, used):
    assert uses(text, "손실", ["손실", "손실 함수"]) == used


def test_what_announces_a_chapter_uses_no_term_yet(tmp_path):
    cells = ["# 손실 줄이기\n\n- **할 일**: 손실을\n  줄입니다.\n\n첫 문장.", "## 손실\n\n`loss` 다음"]
    cells = [nbformat.v4.new_markdown_cell(cell, metadata={"tags": ["ko"]}) for cell in cells]
    jupytext.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "a.md", fmt="md:myst")
    assert running_text(tmp_path / "a.md", "ko").split() == ["첫", "문장.", "다음"]


def uses(text, name, names=()):
    """Tell whether a text has a word that begins with a Korean name; a longer one of the names may begin with it."""
    longer = [re.escape(other[len(name) :]) for other in names if other.startswith(name) and other != name]
    but = f"(?!{'|'.join(longer)})" if longer else ""
    return bool(re.search(rf"(?<![가-힣]){re.escape(name)}{but}", text))


def test_an_english_term_is_in_bold_where_the_glossary_says():
    texts = {source.stem: running_text(source, "en") for source in SOURCES if source != GLOSSARY}
    bold = {stem: [fold(found) for found in re.findall(r"\*\*([^*]+)\*\*", text)] for stem, text in texts.items()}
    wrong = {}
    for term in terms("en"):
        stems = tuple(fold(name)[: max(5, len(name) - 3)] for name in [term.name, *term.others])  # as above
        everyday = not term.others or EVERYDAY & set(term.others)
        if not everyday and term.chapter in bold and not any(said.startswith(stems) for said in bold[term.chapter]):
            wrong[term.name] = term.chapter
    assert not wrong, "\n".join(f"{name}: {where}" for name, where in wrong.items())


def fold(name):
    """Return a name as names are compared; book/_ext/glossary.py does it so on the site."""
    return re.sub(r"(?<=[a-rt-z])s$", "", re.sub(r"[\s-]", "", name.lower()))
