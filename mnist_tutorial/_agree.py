"""Whether an answer agrees with the expected one, and if not, where they differ; in Korean and in English."""

from __future__ import annotations

from typing import Any

import numpy as np

Words = tuple[str, str]
MOST = 100_000_000  # places of an array that are still compared
NUMBERS = "iufc"


def agree(found: Any, expected: Any, exact_type: bool = False, tolerance: float = 1e-5) -> bool:
    """Tell whether two values are the same: arrays up to rounding, lists as arrays, any type of number for another."""
    if isinstance(expected, tuple | list) and any(not _is_number(part) for part in expected):
        return (
            isinstance(found, tuple | list)
            and len(found) == len(expected)
            and all(agree(one, other, exact_type, tolerance) for one, other in zip(found, expected, strict=True))
        )
    if isinstance(expected, str | bytes) or expected is None:
        return isinstance(found, str | bytes | np.str_ | None) and bool(found == expected)
    one, other = np.asarray(found), np.asarray(expected)
    if one.shape != other.shape or (exact_type and one.dtype != other.dtype):
        return False
    if other.dtype.kind in NUMBERS and one.dtype.kind in NUMBERS + "b" * bool(other.ndim):  # a mask is 0s and 1s
        return bool(np.allclose(one, other, rtol=tolerance, atol=1e-7, equal_nan=True))
    return one.dtype.kind == other.dtype.kind and bool(np.array_equal(one, other))


def describe_unreadable(found: Any, expected: Any) -> Words | None:
    """Return None for a value that can be compared, or what to say of one that cannot."""
    if found is None:
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
    if getattr(found, "size", 0) == 0 and hasattr(found, "shape") and np.size(expected):
        return ("빈 배열입니다.", "This array is empty.")
    if isinstance(getattr(found, "size", 0), int) and getattr(found, "size", 0) > MOST:
        return _shapes(found, expected)
    return None


def describe_difference(found: Any, expected: Any) -> Words:
    """Return what can be said of a wrong answer without knowing the mistake: its shape, its dtype, how many places."""
    if _is_number(expected) and _is_number(found):
        return (f"아직 아닙니다. 받은 수는 {found}입니다.", f"Not yet. The number is {found}.")
    one, other = np.asarray(found), np.asarray(expected)
    if one.shape != other.shape:
        return _shapes(one, other)
    if one.dtype.kind != other.dtype.kind and not {one.dtype.kind, other.dtype.kind} <= set(NUMBERS):
        return _types(one, other)
    if one.dtype.kind in NUMBERS and other.dtype.kind in NUMBERS:
        differs = ~np.isclose(one, other, rtol=1e-5, atol=1e-7, equal_nan=True)
        if not differs.any():
            return _types(one, other)
    else:
        differs = np.asarray(one != other)
    if one.ndim == 0:
        return ("아직 아닙니다.", "Not yet.")
    first = ", ".join(str(place) for place in np.argwhere(differs)[0])
    many, all_ = f"{differs.sum():,}", f"{differs.size:,}"
    return (
        f"모양은 맞지만 값 {all_}개 가운데 {many}개가 다릅니다. 처음 다른 곳은 `[{first}]`입니다.",
        f"The shape is right, but {many} of {all_} values differ, the first at `[{first}]`.",
    )


def _shapes(found: Any, expected: Any) -> Words:
    one, other = np.shape(found), np.shape(expected)
    if other == ():
        return (f"수 하나가 와야 합니다. 받은 모양은 `{one}`입니다.", f"Expected one number; found shape `{one}`.")
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


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | np.number) and not isinstance(value, bool)
