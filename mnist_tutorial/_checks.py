"""Checks of arguments that several modules share. A message names the argument, what was found, what was expected."""

import operator
import reprlib
from typing import Any

import numpy as np


def check_integer(value: Any, name: str, least: int = 1, most: int | None = None) -> int:
    """Return the argument ``name`` as a Python integer, or say what is wrong with it.

    Parameters
    ----------
    value
        Anything that Python takes for an index, NumPy's integers included; but no boolean.
    name
        The argument's name, for the message.
    least, most
        The range it must lie in, both ends included; no upper end if ``most`` is ``None``.

    Raises
    ------
    TypeError
        If it is not an integer: a float, even a whole one, a string, ``None``, ``True``.
    ValueError
        If it lies outside the range.

    Examples
    --------
    >>> import numpy as np
    >>> check_integer(np.uint8(3), "epochs")
    3
    >>> check_integer(2.5, "epochs")
    Traceback (most recent call last):
    TypeError: epochs: found 2.5; expected an integer of at least 1
    """
    expected = f"expected an integer of at least {least}" if most is None else f"expected an integer {least} to {most}"
    try:
        number = operator.index(value)
    except TypeError:
        number = None
    if number is None or isinstance(value, bool):
        raise TypeError(f"{name}: found {reprlib.repr(value)}; {expected}")
    if number < least or (most is not None and number > most):
        raise ValueError(f"{name}: found {number}; {expected}")
    return number


def check_raw(images: Any, name: str) -> None:
    """Raise a `TypeError` if images are not raw: a NumPy array of uint8."""
    if not isinstance(images, np.ndarray) or images.dtype != np.uint8:
        found = images.dtype if isinstance(images, np.ndarray) else type(images).__name__
        raise TypeError(f"{name}: found {found}; expected raw images, a NumPy array of uint8")
