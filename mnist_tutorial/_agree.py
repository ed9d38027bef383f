"""Whether an answer agrees with the expected one, and if not, where they differ; in Korean and in English."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

Words = tuple[str, str]  # Korean, English
UNREADABLE = (
    "이 값은 비교할 수 없습니다. 배열이나 수처럼 문제가 묻는 것을 넘겼는지 보세요.",
    "This value cannot be compared. See that it is what the exercise asks for, such as an array or a number.",
)
MOST = 100_000_000  # places of an array that are still compared
NUMBERS = "iufc"


def agree(found: Any, expected: Any, exact_type: bool = False, tolerance: float = 1e-5) -> bool:
    """Tell whether two values are the same: arrays up to rounding, lists as arrays, any type of number for another."""
    if isinstance(expected, tuple | list) and any(not is_number(part) for part in expected):
        return (
            isinstance(found, tuple | list)
            and len(found) == len(expected)
            and all(agree(one, other, exact_type, tolerance) for one, other in zip(found, expected, strict=True))
        )
    if isinstance(expected, str | bytes) or expected is None:
        return isinstance(found, str | bytes | np.str_ | None) and bool(found == expected)
    try:
        one, other = np.asarray(found), np.asarray(expected)
    except ValueError:  # parts of different lengths
        return False
    if one.shape != other.shape or (exact_type and one.dtype != other.dtype):
        return False
    if other.dtype.kind in NUMBERS and one.dtype.kind in NUMBERS + "b" * bool(other.ndim):  # a mask is 0s and 1s
        return bool(np.allclose(one, other, rtol=tolerance, atol=1e-7, equal_nan=True))
    return one.dtype.kind == other.dtype.kind and bool(np.array_equal(one, other))


def describe_unreadable(found: Any, expected: Any) -> Words | None:
    """Return None for a value that can be compared, or what to say of one that cannot."""
    if found is None or (isinstance(found, tuple | list) and any(part is None for part in found)):
        return (
            "값이 `None`입니다. 함수라면 `return`을 잊었거나, 결과를 돌려주지 않는 메서드를 부른 것일 수 있습니다.",
            "The value is `None`. A function may lack its `return`, or a method was called that returns nothing.",
        )
    if found is ...:
        return ("`...`이 남아 있습니다. 그 자리에 코드를 적으세요.", "A `...` is left. Put your code in its place.")
    if isinstance(found, str) and not isinstance(expected, str):
        return (
            "글자(`str`)를 받았습니다. 따옴표 없이 값을 넘기세요.",
            "This is text (`str`). Hand over the value itself, without quotes.",
        )
    if callable(found) and not callable(expected):
        return (
            "함수를 받았습니다. 뒤에 괄호를 붙여 불러야 값이 됩니다.",
            "This is a function. Call it, with parentheses, to get its value.",
        )
    if isinstance(expected, str):
        return None if isinstance(found, str) else ("글자(`str`)가 와야 합니다.", "This should be text (`str`).")
    places = prod(getattr(found, "shape", ()))  # a tensor has no `size`
    if places == 0 and np.size(expected):
        return ("빈 배열입니다.", "This array is empty.")
    return describe_shape(found, expected) if places > MOST else None


def describe_difference(found: Any, expected: Any) -> Words:
    """Return what can be said of a wrong answer without knowing the mistake: its shape, its dtype, how many places."""
    try:
        one, other = np.asarray(found), np.asarray(expected)
    except ValueError:
        return (
            "안에 든 것들의 모양이 서로 달라서 배열이 되지 않습니다.",
            "The parts of this differ in shape, so they make no array.",
        )
    if one.dtype.kind == "O":
        return UNREADABLE
    if one.shape != other.shape:
        return describe_shape(one, other)
    if one.dtype.kind != other.dtype.kind and not {one.dtype.kind, other.dtype.kind} <= set(NUMBERS):
        return _types(one, other)
    if one.dtype.kind not in NUMBERS:
        return _places(one, one != other)
    if np.isnan(one).any() and not np.isnan(other).any():
        return (
            "수가 아니라는 뜻의 `nan`이 들어 있습니다. 0을 0으로 나누거나 음수의 로그를 구하면 나옵니다.",
            "There is a `nan`, not a number, in it, as from 0 divided by 0, or the logarithm of a negative number.",
        )
    if not agree(one, other) and _is_rounded(one, other):
        return (
            "반올림한 값입니다. 반올림하지 말고, 계산한 값을 그대로 넘기세요.",
            "This has been rounded. Hand over the value as it was computed.",
        )
    differs = ~np.isclose(one, other, rtol=1e-5, atol=1e-7, equal_nan=True)
    return _places(one, differs) if differs.any() else _types(one, other)


def _is_rounded(found: Any, expected: Any) -> bool:
    """Tell whether an answer has kept one to six decimals of the expected one, and enough to see what it is."""
    near = np.abs(found - expected).max() < 0.1 * np.abs(expected).max()
    return bool(near) and any(np.allclose(found, np.round(expected, digits), rtol=1e-6) for digits in range(1, 7))


def _places(found: Any, differs: Any) -> Words:
    if np.ndim(found) == 0:
        return (f"아직 아닙니다. 받은 값은 {found}입니다.", f"Not yet. The value is {found}.")
    many, all_ = f"{differs.sum():,}", f"{differs.size:,}"
    if differs.all():
        return (f"모양은 맞지만 값 {all_}개가 모두 다릅니다.", f"The shape is right, but all {all_} values differ.")
    first = ", ".join(str(place) for place in np.argwhere(differs)[0])
    return (
        f"모양은 맞지만 값 {all_}개 가운데 {many}개가 다릅니다. 처음 다른 곳은 `[{first}]`입니다.",
        f"The shape is right, but {many} of {all_} values differ, the first at `[{first}]`.",
    )


def describe_shape(found: Any, expected: Any) -> Words:
    """Return what to say of a value of another shape."""
    one, other = np.shape(found), np.shape(expected)
    if other == ():
        return (
            f"값 하나가 와야 합니다. 받은 것의 모양은 `{one}`입니다.",
            f"This should be a single value. Its shape is `{one}`.",
        )
    if one == ():
        return (f"모양이 `{other}`인 배열이 와야 합니다.", f"Expected an array of shape `{other}`.")
    return (
        f"모양이 다릅니다. 받은 모양은 `{one}`이고, 와야 할 모양은 `{other}`입니다.",
        f"The shape differs: found `{one}`, expected `{other}`.",
    )


def _types(one: Any, other: Any) -> Words:
    return (
        f"자료형이 다릅니다. 받은 것은 `{one.dtype}`, 와야 할 것은 `{other.dtype}`입니다.",
        f"The dtype differs: found `{one.dtype}`, expected `{other.dtype}`.",
    )


def is_number(value: Any) -> bool:
    """Tell whether a value is a single number; True and False are none."""
    return isinstance(value, int | float | np.number) and not isinstance(value, bool)
