"""What is said to an answer: nothing to a right one, to another the mistake it shows or what can be seen of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from ._agree import UNREADABLE, agree, describe_difference, describe_shape, describe_unreadable, is_number

if TYPE_CHECKING:
    from ._exercise_html import Words
    from .exercises import Exercise, Mistake

NO_FUNCTION = (
    "함수가 와야 합니다. 괄호로 부르거나 따옴표를 붙이지 말고 함수의 이름만 넘기세요.",
    "This should be a function. Hand over its name, without calling it, and without quotes.",
)
STOPPED = ("함수가 `{error}` 오류로 멈췄습니다: {text}", "Your function stopped with `{error}`: {text}")
NOT_ALWAYS = (
    "한 번은 맞았지만, 크기가 다른 배열로 다시 부르니 틀렸습니다. 그냥 적은 수나 다른 축의 길이가 들어 있지 않나요?",
    "This was right once, but not for arrays of other sizes. Look for a number that is fixed, or of another axis.",
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
    if exercise.accepts and is_number(expected) and np.ndim(value):
        return describe_shape(value, expected)

    def same(one: Any, other: Any) -> bool:
        return agree(one, other, exercise.exact_type, exercise.tolerance)

    def shows(mistake: Mistake, example: Callable[[], Any]) -> bool:
        try:
            return bool(mistake.like(value) if mistake.like else same(value, example()))
        except Exception:  # an answer too strange to be asked, or a mistake that stops: not this mistake
            return False

    def right_for(inputs: Callable[[], tuple[Any, ...]]) -> bool:
        try:
            return same(answer(*inputs()), exercise.expected()(*inputs()))
        except Exception:  # it may be made for other sizes
            return False

    if _accepted(exercise, value) if exercise.accepts else same(value, expected):
        return None if all(right_for(inputs) for inputs in exercise.also_inputs) else NOT_ALWAYS
    for mistake, example in zip(exercise.mistakes, wrong, strict=True):
        if shows(mistake, example):
            return mistake.ko, mistake.en
    if exercise.accepts and not (is_number(value) and is_number(expected)):
        return UNREADABLE
    return describe_difference(value, expected)


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
