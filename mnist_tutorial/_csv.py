"""Read a CSV file as Kaggle spreads it: a label and the pixels of one picture a line, with or without a header."""

import io
import itertools
import math
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from ._files import most_unpacked, open_unpacked

_EXPECTED = (
    "a CSV file of a label and the pixels of a square picture a line (785 columns for 28 × 28), numbers 0 to 255"
)
_LABEL_NAMES = {"label", "labels", "class", "target", "digit", "y"}
_LONGEST_HEADER = 1 << 17  # characters: the names of 100 × 100 pixels
_LONGEST_CELL = 8  # with its comma; quotes and spaces have room


def read_csv(file: Path) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return images and labels. NumPy parses the lines; this finds the columns and keeps the lines within bounds."""
    with open_unpacked(file, _EXPECTED) as (stream, size, gzipped):
        lines = _Lines(stream, most_unpacked(size) if gzipped else math.inf)
        try:
            first = next(lines, None)
            if first is None:
                raise ValueError("found no line")
            columns = first.count(",") + 1
            side = _side(columns)
            label, has_header = _label_column([cell.strip().lower() for cell in first.split(",")])
            lines.longest = _LONGEST_CELL * columns
            rows = lines if has_header else itertools.chain([first], lines)
            start = next(rows, None)
            if start is None:
                raise ValueError("found a header without lines of data")
            if start.count(",") + 1 != columns:
                raise ValueError(f"found {start.count(',') + 1} columns under a header of {columns}")
            table = np.loadtxt(itertools.chain([start], rows), np.uint8, delimiter=",", comments=None, ndmin=2)
        except ValueError as error:
            reason = str(error)
            if isinstance(error, UnicodeDecodeError):
                reason = f"found text that is not UTF-8 ({error.reason})"
            elif not reason.startswith("found"):  # NumPy counts rows from the first it was given, so that is cut off
                reason = f"found one that does not fit ({reason.split(' at row')[0]})"
            raise ValueError(f"{file}: line {lines.number}: {reason}; expected {_EXPECTED}") from error
    return np.delete(table, label, axis=1).reshape(-1, side, side), table[:, label].copy()


class _Lines(Iterator[str]):
    """The lines that are not blank, without quotes; ``number`` is that of the last one given, from 1."""

    def __init__(self, stream: IO[bytes], most: float) -> None:
        self.text = io.TextIOWrapper(stream, encoding="utf-8-sig")  # a byte order mark, as Excel writes it, is skipped
        self.left = most  # characters; an archive may not unpack without end
        self.longest = _LONGEST_HEADER
        self.number = 0

    def __next__(self) -> str:
        line = "\n"
        while line and not line.strip():
            self.number += 1
            line = self.text.readline(self.longest + 1)
            self.left -= len(line)
            if len(line) > self.longest:
                raise ValueError(f"found more than {self.longest:,} characters")
            if self.left < 0:
                raise ValueError("found an archive that unpacks to far more than its size makes likely")
        if not line:
            raise StopIteration
        if '"' in line:
            line = line.strip().strip('"').replace('",', ",").replace(',"', ",")
        return line


def _side(columns: int) -> int:
    side = math.isqrt(columns - 1)
    if columns < 2 or side**2 != columns - 1:
        hint = ""
        if math.isqrt(columns) ** 2 == columns > 1:
            hint = " (pixels without a label? Kaggle's test.csv has none: give the path of its train.csv)"
        raise ValueError(f"found {columns} columns{hint}")
    return side


def _label_column(cells: list[str]) -> tuple[int, bool]:
    """Return the label's column, and whether these cells are a header: it says which it is; else it is the first."""
    if all(cell.isdecimal() for cell in cells):
        return 0, False
    named = [column for column, cell in enumerate(cells) if cell in _LABEL_NAMES]
    if len(named) == 1:
        return named[0], True
    # pandas makes 0, 0.1, 0.2 ... of a first line 0, 0, 0 ... that it took for a header: names that are all different.
    if len(set(cells)) == len(cells) and all(cell.replace(".", "", 1).isdecimal() for cell in cells):
        return 0, True
    raise ValueError(
        f"found a line that begins {','.join(cells[:3])[:60]!r}, no numbers and no header with one 'label'"
    )
