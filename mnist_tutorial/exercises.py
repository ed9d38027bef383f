"""Exercises that check themselves: `check`, `hint`, `quiz`, `progress`, and the contract of what a chapter asks.

What a chapter asks stands in its text; what can come of it stands in ``questions/chapter_NN.py``, one entry each. An
`Exercise` is code to write: the expected answer, computed from the data and not from the notebook; the mistakes that
people make, each as the wrong answer that it leads to, with what to say; and hints. A `Quiz` is a prediction: options,
each with what to say to whoever chooses it; the right one is the one that the chapter's code computes. Words come in
pairs, Korean and English; what stands between backticks in them is code.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from ._agree import UNREADABLE, Words, agree
from ._exercise_html import Progress, Question, Verdict
from ._judge import judge

CHAPTERS = tuple(f"{number:02}" for number in range(1, 14))
Answer = Callable[[], Any]

NOT_TRIED = (
    '아직 해 보지 않았습니다. `...` 자리에 코드를 적고 다시 실행하세요. 막히면 힌트를 보세요: `mt.hint("{id}")`.',
    'Not tried yet. Put your code in place of `...` and run the cell again. Stuck? Run `mt.hint("{id}")`.',
)
RIGHT = ("맞았습니다.", "Right.")
NO_MORE = ("힌트는 이것이 마지막입니다. 아래에 풀이가 있습니다.", "That was the last hint. The solution is below.")

_done: set[str] = set()
_hints_given: dict[str, int] = {}


@dataclass(frozen=True)
class Mistake:
    """A wrong answer, and what to say to it.

    Attributes
    ----------
    wrong
        Gives the answer that this mistake leads to. An answer that agrees with it is this mistake. If answers are
        functions, a function; one that stops with an error stands for all that stop with the same.
    ko, en
        What the mistake may have been, without giving the solution away.
    like
        Tells of an answer whether it is this mistake, where one wrong answer is not enough, as for a range.
    """

    wrong: Answer
    ko: str
    en: str
    like: Callable[[Any], bool] | None = None


@dataclass(frozen=True)
class Exercise:
    """Code to write.

    Attributes
    ----------
    id
        Chapter and number, such as ``"02.3"``.
    expected
        Gives the right answer, or one of them, from the data alone. If the answer is a function, a right function.
    right
        What more to say when it is right.
    mistakes
        At least three; the first that fits is told.
    hints
        Two or three, each saying more.
    also
        Give other right answers, which the tests try.
    accepts
        Tells whether an answer is right, where comparing with the expected one does not: for a range, or a network.
    inputs
        Gives the arguments with which an answer that is a function is called; what it returns is compared.
    also_inputs
        Give other such arguments, with which a right function is called as well: of other sizes, so that a number that
        should come from the arguments does not pass.
    exact_type
        Whether the dtype counts.
    tolerance
        How far a number may be from the expected one, in proportion.
    """

    id: str
    expected: Answer
    right: Words
    mistakes: tuple[Mistake, ...]
    hints: tuple[Words, ...]
    also: tuple[Answer, ...] = ()
    accepts: Callable[[Any], bool] | None = None
    inputs: Callable[[], tuple[Any, ...]] | None = None
    also_inputs: tuple[Callable[[], tuple[Any, ...]], ...] = ()
    exact_type: bool = False
    tolerance: float = 1e-5


@dataclass(frozen=True)
class Between:
    """Numbers from ``low`` up to but not including ``high``, as an option of a quiz."""

    low: float
    high: float


@dataclass(frozen=True)
class Option:
    """What may be chosen or typed in a quiz.

    Attributes
    ----------
    value
        What the chapter's code computes if this option is right: a number, a shape, a word, or `Between` two numbers.
    ko, en
        What to say to whoever chooses it: why it is right, or what they may have been thinking.
    text
        What to read; by default the value as code.
    """

    value: Any
    ko: str
    en: str
    text: Words | None = None

    def fits(self, value: Any) -> bool:
        """Tell whether this is the option for a computed value."""
        if isinstance(self.value, Between):
            return bool(self.value.low <= value < self.value.high)
        return agree(value, self.value)


@dataclass(frozen=True)
class Quiz:
    """A prediction to make before the output is seen.

    Attributes
    ----------
    id
        Chapter and number, such as ``"02.1"``.
    options
        Three or more, of which one fits what the chapter computes; for a number to type, the right one and mistakes.
    typed
        Whether a number is typed instead of choosing one.
    """

    id: str
    options: tuple[Option, ...]
    typed: bool = False


def exercises(chapter: str) -> tuple[Exercise | Quiz, ...]:
    """Return what a chapter asks, in its order, such as ``exercises("02")``."""
    found: tuple[Exercise | Quiz, ...] = import_module(f".questions.chapter_{chapter}", __package__).EXERCISES
    return found


def find(id: str) -> Exercise | Quiz:
    """Return an exercise or a quiz by its id."""
    if isinstance(id, str) and id[:2] in CHAPTERS:
        for exercise in exercises(id[:2]):
            if exercise.id == id:
                return exercise
    raise ValueError(f'id: found {id!r}; expected that of an exercise, such as "02.3"')


def check(id: str, answer: Any) -> Verdict:
    """Say whether an answer to one of the book's exercises is right; if not, what it suggests.

    Parameters
    ----------
    id
        The exercise's chapter and number, such as ``"02.3"``.
    answer
        What the exercise asks for; ``...`` for one that has not been tried.

    Returns
    -------
    Verdict
        Shown by Jupyter and Colab, in the language of `set_language`, or else in Korean and in English. ``right`` is
        True, False, or None for not tried.

    Raises
    ------
    ValueError
        If there is no such exercise to check.

    Examples
    --------
    >>> set_language("en")
    >>> check("02.3", ...)
    02.3: Not tried yet. Put your code in place of ... and run the cell again. Stuck? Run mt.hint("02.3").
    >>> set_language(None)
    """
    exercise = _find_code(id)
    if answer is ...:
        return untried(id)
    try:
        says = judge(exercise, answer)
    except Exception:  # whatever an answer does when it is looked at
        says = UNREADABLE
    if says:
        return Verdict(id, False, says)
    _done.add(id)
    return right(id)


def hint(id: str) -> Verdict:
    """Give the next hint for an exercise, and after the last one say so.

    Parameters
    ----------
    id
        The exercise's chapter and number, such as ``"02.3"``.

    Raises
    ------
    ValueError
        If there is no such exercise.

    Examples
    --------
    >>> hint("02.3").label
    '1/3'
    """
    hints = _find_code(id).hints
    given = _hints_given.get(id, 0)
    _hints_given[id] = given + 1
    if given >= len(hints):
        return Verdict(id, None, NO_MORE)
    return Verdict(id, None, hints[given], f"{given + 1}/{len(hints)}")


def quiz(id: str, value: Any) -> Question:
    """Return a quiz whose right option is the one that fits a computed value.

    Parameters
    ----------
    id
        The quiz's chapter and number, such as ``"02.1"``.
    value
        What the chapter's code computed.

    Returns
    -------
    Question
        Shown by Jupyter, Colab, and the book, when it is the last line of a cell.

    Raises
    ------
    ValueError
        If there is no such quiz, or if not exactly one of its options fits the value.

    Examples
    --------
    >>> quiz("02.1", 25)
    Question(id='02.1', right=2)
    """
    found = find(id)
    if not isinstance(found, Quiz):
        raise ValueError(f"id: found {id!r}, an exercise to check; expected a quiz")
    right = [number for number, option in enumerate(found.options) if option.fits(value)]
    if len(right) != 1:
        raise ValueError(f"value: found {value!r}, which fits {len(right)} options of quiz {id}; expected one")
    return Question(id, right[0])


def progress() -> Progress:
    """Return which exercises are done: in this notebook, and in the browser as far as that keeps it.

    Examples
    --------
    >>> set_language("en")
    >>> progress()
    Done in this notebook: none yet
    >>> set_language(None)
    """
    return Progress(tuple(sorted(_done)))


def untried(id: str) -> Verdict:
    """Return what is said to a starter."""
    return Verdict(id, None, (NOT_TRIED[0].format(id=id), NOT_TRIED[1].format(id=id)))


def right(id: str) -> Verdict:
    """Return what is said to a right answer."""
    more = _find_code(id).right
    return Verdict(id, True, (f"{RIGHT[0]} {more[0]}", f"{RIGHT[1]} {more[1]}"))


def _find_code(id: str) -> Exercise:
    found = find(id)
    if not isinstance(found, Exercise):
        raise ValueError(f"id: found {id!r}, a quiz; expected an exercise to check")
    return found
