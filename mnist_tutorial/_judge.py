"""What is said to an answer: nothing to a right one, to another the mistake it shows or what can be seen of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from ._agree import UNREADABLE, Words, agree, describe_difference, describe_shape, describe_unreadable, is_number

if TYPE_CHECKING:
    from .exercises import Exercise, Mistake

Inputs = Callable[[], tuple[Any, ...]]
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
    if exercise.inputs and not callable(answer):
        return NO_FUNCTION
    try:
        value = _value(answer, exercise.inputs)
    except Exception as error:
        return _stopped(exercise, error)
    expected = _value(exercise.expected(), exercise.inputs)
    if unreadable := describe_unreadable(value, expected):
        return unreadable
    if exercise.accepts and is_number(expected) and np.ndim(value):
        return describe_shape(value, expected)
    same = partial(agree, exact_type=exercise.exact_type, tolerance=exercise.tolerance)

    def right_for(inputs: Inputs) -> bool:
        return same(_value(answer, inputs), _value(exercise.expected(), inputs))

    def shows(mistake: Mistake) -> bool:
        return mistake.like(value) if mistake.like else same(value, _value(mistake.wrong(), exercise.inputs))

    if _holds(exercise.accepts, value) if exercise.accepts else same(value, expected):
        return None if all(_holds(right_for, inputs) for inputs in exercise.also_inputs) else NOT_ALWAYS
    for mistake in exercise.mistakes:
        if _holds(shows, mistake):
            return mistake.ko, mistake.en
    if exercise.accepts and not (is_number(value) and is_number(expected)):
        return UNREADABLE
    return describe_difference(value, expected)


def _value(answer: Any, inputs: Inputs | None) -> Any:
    """Return what is compared: the answer, or what it returns where it is a function."""
    return answer(*inputs()) if inputs else answer


def _holds(test: Callable[[Any], bool], given: Any) -> bool:
    """Tell whether a test is passed; it is not where it stops, as for an answer of another kind."""
    try:
        return bool(test(given))
    except Exception:
        return False


def _stopped(exercise: Exercise, error: Exception) -> Words:
    """Return what to say to a function that stops: the mistake that stops with the same error, or the error."""
    for mistake in exercise.mistakes:
        try:
            _value(mistake.wrong(), exercise.inputs)
        except Exception as other:
            if type(other) is type(error) and str(other) == str(error):
                return mistake.ko, mistake.en
    said = {"error": type(error).__name__, "text": str(error).strip()}
    return STOPPED[0].format(**said), STOPPED[1].format(**said)
