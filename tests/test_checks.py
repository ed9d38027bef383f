"""An integer is what Python counts with; anything else is refused by name."""

import numpy as np
import pytest

from mnist_tutorial._checks import check_integer


@pytest.mark.parametrize("value", [3, np.uint8(3), np.int64(3), np.array(3)])
def test_integers_of_every_type_become_pythons(value):
    number = check_integer(value, "epochs")
    assert number == 3
    assert type(number) is int


@pytest.mark.parametrize("value", [3.0, np.float32(3), "3", None, True, np.True_, [3], np.array([3]), 3 + 0j, np.nan])
def test_refuses_what_is_no_integer(value):
    with pytest.raises(TypeError, match=r"^epochs: found .+; expected an integer of at least 1$"):
        check_integer(value, "epochs")


def test_says_briefly_what_was_found():
    with pytest.raises(TypeError, match=r"^epochs: found '3'; "):
        check_integer("3", "epochs")
    with pytest.raises(TypeError, match=r"^epochs: found .{1,60}; expected"):
        check_integer("3" * 1000, "epochs")


@pytest.mark.parametrize(("value", "bounds"), [(0, {}), (-1, {"least": 0}), (10, {"least": 0, "most": 9})])
def test_refuses_what_is_out_of_range(value, bounds):
    with pytest.raises(ValueError, match=rf"^answer: found {value}; expected an integer (of at least [01]|0 to 9)$"):
        check_integer(value, "answer", **bounds)


def test_the_ends_are_within():
    assert [check_integer(value, "answer", 0, 9) for value in (0, 9)] == [0, 9]
