"""What exercises show: a verdict, a quiz, progress. Each language is a part of the HTML, so that an edition keeps one.

Notebooks that run no scripts, and code hosts, show a quiz as its options and a fold-out with the right one.
"""

from __future__ import annotations

import html as escaping
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ._agree import Words
from ._widgets import element, with_script
from .language import LANGUAGES, current_language, spoken

if TYPE_CHECKING:
    from .exercises import Option, Quiz

COLOURS = {True: "#1f7d57", False: "#c03548", None: "#808a94"}
MARKS = {True: "✓ ", False: "✗ ", None: ""}
SHOW = {"ko": "정답 보기", "en": "Show the answer"}
VERDICT = re.compile(r'<div class="verdict" lang="\w+" data-name="(\d\d\.\d+)" data-state="(untried|right)"')
QUIZ = re.compile(r'<quick-quiz(?: lang="\w+")? name="(\d\d\.\d+)" right="(\d+)"')
TRIED = re.compile(r'<exercise-progress(?: lang="\w+")? done="([\d. ]*)"')


@dataclass(frozen=True)
class Verdict:
    """What `check` and `hint` say.

    Attributes
    ----------
    id
        The exercise's.
    right
        True, False, or None: not tried, or a hint.
    says
        In Korean and in English, with code between backticks.
    label
        Of a hint, which of how many.
    """

    id: str
    right: bool | None
    says: Words
    label: str = ""

    def _repr_html_(self) -> str:
        return verdict_html(self, current_language())

    def __repr__(self) -> str:
        return plain(self._repr_html_())


@dataclass(frozen=True)
class Question:
    """What `quiz` returns: a notebook shows it when it is the last line of a cell.

    Attributes
    ----------
    id
        The quiz's.
    right
        Which option is right, counted from 0.
    """

    id: str
    right: int

    def _repr_html_(self) -> str:
        return quiz_html(self.id, self.right, current_language())


@dataclass(frozen=True)
class Progress:
    """What `progress` returns: shown in a notebook, it adds the quizzes that the browser remembers.

    Attributes
    ----------
    done
        The ids of the exercises that are right in this notebook.
    """

    done: tuple[str, ...]

    def _repr_html_(self) -> str:
        return progress_html(self.done, current_language())

    def __repr__(self) -> str:
        words = {"ko": ("이 노트북에서 푼 문제", "아직 없음"), "en": ("Done in this notebook", "none yet")}
        chosen = [words[code] for code in spoken(current_language())]
        return "\n".join(f"{name}: {', '.join(self.done) or none}" for name, none in chosen)


def remake_exercise(html: str, language: str) -> str:
    """Return the HTML of a verdict, a quiz, or progress in one language, with today's words; other HTML as it is."""
    if found := QUIZ.match(html):
        return quiz_html(found[1], int(found[2]), language)
    if found := TRIED.match(html):
        return progress_html(tuple(found[1].split()), language)
    if found := VERDICT.match(html):
        from .exercises import right, untried

        return verdict_html((right if found[2] == "right" else untried)(found[1]), language)
    return html


def plain(html: str) -> str:
    """Return the text of a verdict's HTML."""
    return escaping.unescape(re.sub(r"<[^>]*>", "", html))


def is_verdict(html: str) -> bool:
    """Tell whether some HTML is that of a verdict."""
    return bool(VERDICT.match(html))


def verdict_html(verdict: Verdict, language: str | None) -> str:
    """Return what a verdict says as HTML, in one language or in both."""
    style = f"border-left: 4px solid {COLOURS[verdict.right]}; padding: 0.3em 0.8em"
    state = "right" if verdict.right else "wrong" if verdict.right is False else verdict.label or "untried"
    label = f" ({verdict.label})" if verdict.label else ""
    lead = f"{MARKS[verdict.right]}<strong>{verdict.id}</strong>{label}: "
    said = dict(zip(LANGUAGES, verdict.says, strict=True))
    return "\n".join(
        f'<div class="verdict" lang="{code}" data-name="{verdict.id}" data-state="{state}" style="{style}">'
        f"{lead}{marked_up(said[code])}</div>"
        for code in spoken(language)
    )


def quiz_html(id: str, right: int, language: str | None) -> str:
    """Return a quiz with its right option, in one language or in whichever is around it."""
    from .exercises import Quiz, find

    quiz = find(id)
    assert isinstance(quiz, Quiz)
    attributes = {
        "name": id,
        "right": str(right),
        "options": json.dumps([_option(option) for option in quiz.options], ensure_ascii=False),
    }
    if quiz.typed:
        attributes["typed"] = ""
    still = "".join(f'<div class="still" lang="{code}">{_still(quiz, right, code)}</div>' for code in spoken(language))
    return with_script("quick-quiz", element("quick-quiz", attributes, language), still)


def progress_html(done: tuple[str, ...], language: str | None) -> str:
    """Return which exercises are done, to which the browser adds what it remembers."""
    from .exercises import CHAPTERS, exercises

    everything = {chapter: [exercise.id for exercise in exercises(chapter)] for chapter in CHAPTERS}
    attributes = {"done": " ".join(done), "chapters": json.dumps(everything)}
    still = f"<p>{escaping.escape(', '.join(done))}</p>"
    return with_script("exercise-progress", element("exercise-progress", attributes, language), still)


def marked_up(text: str) -> str:
    """Return words as HTML: what stands between backticks is code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escaping.escape(text, quote=False))


def option_text(option: Option, code: str) -> str:
    """Return what an option says, by default its value as code."""
    if option.text:
        return option.text[LANGUAGES.index(code)]
    value: Any = option.value
    return f"{value:,}" if isinstance(value, int | float) else f"`{value}`"


def _option(option: Option) -> dict[str, Any]:
    value = option.value
    if hasattr(value, "low"):
        value = [value.low, value.high]
    return {
        "value": value if isinstance(value, int | float | list) else None,
        "text": [option_text(option, code) for code in LANGUAGES],
        "says": [option.ko, option.en],
    }


def _still(quiz: Quiz, right: int, code: str) -> str:
    options = "" if quiz.typed else "".join(f"<li>{marked_up(option_text(each, code))}</li>" for each in quiz.options)
    chosen = quiz.options[right]
    says = marked_up(f"{option_text(chosen, code)}. {getattr(chosen, code)}")
    return (f"<ul>{options}</ul>" if options else "") + (
        f"<details><summary>{SHOW[code]}</summary><p>{says}</p></details>"
    )
