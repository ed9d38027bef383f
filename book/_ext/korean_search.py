"""Sphinx's search, for Korean too.

Korean glues particles and other nouns to a noun: 학습을, 검증세트, 미니배치학습. So Hangul is indexed by syllables and
by pairs of neighbouring syllables, and a word is sought by its pairs: 학습 finds all of these. Other letters make
words, as ever.
"""

import itertools
import re

from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

RUNS = re.compile(r"[가-힣]+(?:-[가-힣]+)*|(?:(?![가-힣])\w)+")


class SearchBoth(SearchEnglish):
    """English words by their stems, Hangul by syllables; the script does to a query what split does to a text."""

    lang = "both"
    language_name = "Korean and English"
    js_splitter_code = r"""
var splitQuery = (query) => {
  const runs = query.match(/[가-힣]+(?:-[가-힣]+)*|(?:(?![가-힣])[\p{L}\p{N}_])+/gu) ?? [];
  return runs.flatMap((run) => {
    if (!/^[가-힣]/.test(run)) return [run];
    const syllables = [...run.replaceAll("-", "")];
    return syllables.length === 1 ? syllables : syllables.slice(1).map((next, i) => syllables[i] + next);
  });
};
"""

    def split(self, text: str) -> list[str]:
        """Return what a text is found by."""
        found: list[str] = []
        for run in RUNS.findall(text):
            if "가" <= run[0] <= "힣":
                syllables = run.replace("-", "")  # 원핫 finds 원-핫
                found += [*syllables, *map("".join, itertools.pairwise(syllables))]
            else:
                found.append(run)
        return found


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the language, for html_search_language."""
    app.add_search_language(SearchBoth)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
