"""What is said to an answer: nothing to a right one, to another the mistake it shows or what can be seen of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ._agree import agree, describe_difference, describe_unreadable

if TYPE_CHECKING:
    from ._exercise_html import Words
    from .exercises import Exercise, Mistake

NO_FUNCTION = (
    "함수가 와야 합니다. 괄호로 부르거나 따옴표를 붙이지 말고 함수의 이름만 넘기세요.",
    "This should be a function. Hand over its name, without calling it, and without quotes.",
)
STOPPED = ("함수가 `{error}` 오류로 멈췄습니다: {text}", "Your function stopped with `{error}`: {text}")
UNREADABLE = (
    "이 값은 비교할 수 없습니다. 배열이나 수처럼 문제가 묻는 것을 넘겼는지 보세요.",
    "This value cannot be compared. See that it is what the exercise asks for, such as an array or a number.",
)


def judge(exercise: Exercise, answer: Any) -> Words | None:
    """Return what to say to a wrong answer, or None to a right one."""
    value, expected, wrong = answer, exercise.expected(), [mistake.wrong for mistake in exercise.mistakes]
    stopped = None
    if exercise.inputs:
        inputs = exercise.inputs
        if not callable(answer):
            return NO_FUNCTION
        try:
            value = answer(*inputs())
        except Exception as error:
            value = stopped = error
        expected = expected(*inputs())
        wrong = [lambda function=function: function()(*inputs()) for function in wrong]  # type: ignore[misc]
    if stopped:
        for mistake, example in zip(exercise.mistakes, wrong, strict=True):
            if _stops_with(stopped, example):
                return mistake.ko, mistake.en
        said = {"error": type(stopped).__name__, "text": str(stopped).strip()}
        return STOPPED[0].format(**said), STOPPED[1].format(**said)
    if unreadable := describe_unreadable(value, expected):
        return unreadable

    def same(one: Any, other: Any) -> bool:
        return agree(one, other, exercise.exact_type, exercise.tolerance)

    def shows(mistake: Mistake, example: Callable[[], Any]) -> bool:
        try:
            return bool(mistake.like(value) if mistake.like else same(value, example()))
        except Exception:  # an answer too strange to be asked, or a mistake that stops: not this mistake
            return False

    if _accepted(exercise, value) if exercise.accepts else same(value, expected):
        return None
    for mistake, example in zip(exercise.mistakes, wrong, strict=True):
        if shows(mistake, example):
            return mistake.ko, mistake.en
    return UNREADABLE if exercise.accepts else describe_difference(value, expected)


def _accepted(exercise: Exercise, value: Any) -> bool:
    """Tell whether a value is accepted; one that cannot even be looked at is not, but may be a known mistake."""
    try:
        return bool(exercise.accepts and exercise.accepts(value))
    except Exception:
        return False


def _stops_with(error: Exception, example: Callable[[], Any]) -> bool:
    """Tell whether the function of a known mistake stops with the same error."""
    try:
        example()
    except Exception as other:
        return type(other) is type(error) and str(other) == str(error)
    return False
