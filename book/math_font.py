"""Cut the font of the book's formulas out of STIX Two Math: a page that needs no network cannot rely on a system's.

    pip download --no-deps ziamath && unzip -j ziamath-*.whl '*/STIXTwoMath-Regular.ttf'
    python book/math_font.py STIXTwoMath-Regular.ttf

This writes book/_static/math.woff, some 40 kB. A formula with a character that is not in it fails a test; add it here.
"""

import string
import sys
from pathlib import Path

from fontTools import subset

FONT = Path(__file__).parent / "_static" / "math.woff"
GREEK = "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ"
SIGNS = "°±·×÷‖†…′−∂∆∇∈∉∏∑√∝∞∥∩∪∫≈≠≡≤≥≪≫⊂⊙⊤⋅⋮⋯⌈⌉⌊⌋←↑→↓↔⇒ˆ˜¯ˉ⃗⏞⏟"
# A lone letter is drawn slanted: browsers take it from the mathematical alphabets, where h is Planck's constant.
SLANTED = {"ℎ", *map(chr, range(0x1D434, 0x1D468)), *map(chr, range(0x1D6E2, 0x1D71C))} - {"\U0001d455"}
OTHERS = "ℝℕ𝟏𝐱𝐲𝐰𝐛𝐩𝐖𝐗𝐘"
CHARACTERS = {*string.printable.strip(), " ", "\xa0", "\u2061", "\u2062", *GREEK, *SIGNS, *SLANTED, *OTHERS}


def main(original: str) -> None:
    """Keep these characters, their larger forms, and the table that says how formulas are set."""
    options = subset.Options(flavor="woff", hinting=False, layout_features=["dtls"])
    options.drop_tables += ["DSIG"]
    font = subset.load_font(original, options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(character) for character in CHARACTERS])
    cutter.subset(font)
    font["head"].modified = font["head"].created  # the same characters, the same bytes
    font.recalcTimestamp = False
    subset.save_font(font, FONT, options)


if __name__ == "__main__":
    main(sys.argv[1])
