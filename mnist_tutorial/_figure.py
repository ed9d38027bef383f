"""What all figures need: axes to draw on, words, and a font that has their letters."""

from __future__ import annotations

import itertools
import re
import reprlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Fonts with Hangul, the plain ones first: Linux and Colab, Windows, macOS. Any other that has the letters will do too.
_HANGUL = ["Noto Sans CJK KR", "Noto Sans KR", "NanumGothic", "NanumBarunGothic", "UnDotum", "Baekmuk Gulim"]
_HANGUL += ["Malgun Gothic", "Gulim", "Apple SD Gothic Neo", "AppleGothic"]


def axes_or_new(ax: Axes | None, figsize: tuple[float, float] | None = None) -> Axes:
    """Return ``ax``, or the axes of a new figure if it is ``None``; refuse anything else."""
    if ax is None:
        import matplotlib.pyplot as plt

        return plt.subplots(figsize=figsize, layout="constrained")[1]
    from matplotlib.axes import Axes

    if not isinstance(ax, Axes):
        raise TypeError(f"ax: found {type(ax).__name__}; expected the axes to draw on, a matplotlib Axes")
    return ax


def check_texts(values: Iterable[object], name: str, count: int | None = None, things: str = "classes") -> list[str]:
    """Return the argument ``name`` as a list of texts, one for each of ``count`` things, from whatever has an order."""
    if hasattr(values, "__array__"):
        values = np.asarray(values)
        if values.ndim != 1:
            raise ValueError(f"{name}: found shape {values.shape}; expected one dimension, (n,)")
    if isinstance(values, str | bytes | Mapping | Set) or not isinstance(values, Iterable):
        raise TypeError(f"{name}: found {reprlib.repr(values)}; expected a sequence of texts")
    texts = list(itertools.islice(values, None if count is None else count + 1))
    if count is not None and len(texts) != count:
        found = len(texts) if len(texts) < count else f"more than {count}"
        raise ValueError(f"{name}: found {found} for {count} {things}; expected one each")
    # Names of files on a Mac hold Hangul taken to pieces; NFC puts it together, as fonts want it. A tab is no letter.
    return [re.sub(r"[^\S\n]", " ", unicodedata.normalize("NFC", str(text))) for text in texts]


def letters_of(texts: Iterable[str], name: str) -> dict[str, Any]:
    r"""Return the properties of a Matplotlib text with which it draws these texts as they are written.

    Letters that the font in use lacks come from another font of this computer, for these texts alone. A ``$`` is a
    dollar, not the beginning of a formula.

    Raises
    ------
    ValueError
        If no font has all the letters.

    Examples
    --------
    >>> letters_of(["5", "$5"], "titles")
    {'parse_math': False}
    """
    import matplotlib as mpl
    from matplotlib.font_manager import FontProperties, findfont, fontManager

    families = list(mpl.rcParams["font.family"])
    missing = set("".join(texts)) - {"\n"}
    for family in families:
        missing = _without(findfont(FontProperties(family=[family])), missing)
    if not missing:
        return {"parse_math": False}
    for fonts in _lists_of_fonts():
        for entry in sorted(fonts, key=_preference):
            if not entry.name.startswith("Last Resort") and not _without(entry.fname, missing):
                if entry not in fontManager.ttflist:
                    fontManager.addfont(entry.fname)
                return {"parse_math": False, "fontfamily": [*families, entry.name]}
    raise ValueError(
        f"{name}: found {''.join(sorted(missing))!r}; expected letters that a font of this computer has. Install one "
        "(for Korean NanumGothic: the package fonts-nanum on Debian, Ubuntu and Colab), or write in Latin letters"
    )


def width_in_points(texts: Iterable[str], size: float, letters: Mapping[str, Any]) -> float:
    """Return how much room the longest line of these texts takes; ``letters`` are from `letters_of`."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    def columns(line: str) -> int:
        return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)

    longest = max((line for text in texts for line in text.split("\n")), key=columns, default="").strip()
    if not longest:
        return 0.0
    font = FontProperties(family=letters.get("fontfamily"))
    return float(TextPath((0, 0), longest.replace("$", r"\$"), size=size, prop=font).get_extents().width)


def _lists_of_fonts() -> Iterator[list[Any]]:
    """Yield the list that Matplotlib keeps, then a new one, which has the fonts that were installed since."""
    from matplotlib.font_manager import FontManager, fontManager

    yield fontManager.ttflist
    yield FontManager().ttflist


def _preference(entry: Any) -> int:
    return _HANGUL.index(entry.name) if entry.name in _HANGUL else len(_HANGUL)


def _without(path: str, letters: set[str]) -> set[str]:
    """Return those of the letters that the font in the file lacks."""
    from matplotlib.ft2font import FT2Font

    try:
        font = FT2Font(path)
    except (OSError, RuntimeError):  # moved away, or damaged
        return letters
    return {letter for letter in letters if not font.get_char_index(ord(letter))}
