"""What the text leans on: every citation leads to an entry, and every entry is there because a chapter needs it."""

import re
import sys
from pathlib import Path

import jupytext
import pytest

BOOK = Path(__file__).parent.parent / "book"
sys.path.insert(0, str(BOOK))

import make_notebooks as made  # noqa: E402

REFERENCES = BOOK / "references.md"
TEXTS = {
    (source.stem, language): "\n\n".join(
        cell.source for cell in jupytext.read(source).cells if language in made.tags(cell)
    )
    for source in made.sources()
    for language in made.LANGUAGES
}
each_language = pytest.mark.parametrize("language", made.LANGUAGES)


def entries(language, headings=r"## .*"):
    """Return the entries under the headings: the key, which is the first name and the year or MNIST, to the text."""
    parts = re.findall(rf"^{headings}\n+((?:- .*\n+)+)", TEXTS["references", language] + "\n", re.MULTILINE)
    lines = [line for part in parts for line in part.splitlines() if line]
    return {key(line): line for line in lines}


def key(entry):
    """Return what an entry is cited by; book/_ext/references.py gives it that address."""
    name, year = re.match(r"- ([^\W\d_]+)", entry)[1], re.search(r"\((\d{4})\)", entry)[1]
    name = name.lower().replace("ş", "s")
    return name if name == "mnist" else f"{name}-{year}"


def cited(language):
    texts = [text for (stem, language_), text in TEXTS.items() if language_ == language]
    return {found for text in texts for found in re.findall(r"\]\(references\.ipynb#([^)]*)\)", text)}


@each_language
def test_every_citation_has_an_entry(language):
    assert cited(language) <= set(entries(language))


def test_every_entry_is_cited_or_named():
    """By the name of its first author; what only goes further stands under a heading of its own."""
    text = "\n".join(each for name, each in TEXTS.items() if name[1] == "en" and name[0] != "references")
    idle = set(entries("en", "## Cited")) - cited("en")
    assert {each for each in idle if not re.search(rf"\b{each.split('-')[0]}\b", text, re.IGNORECASE)} == set()


def test_both_languages_have_the_same_entries_in_the_order_of_the_alphabet():
    """In what is not prose of their own: authors, year, title, place, link."""
    korean, english = (entries(language) for language in made.LANGUAGES)
    assert list(korean) == list(english)
    for part in ("## Cited", "## Further reading"):
        assert list(entries("en", part)) == sorted(entries("en", part))
    for name, entry in english.items():
        work = re.match(r".*\]\([^)]*\)", entry)[0]
        assert korean[name].startswith(work)


@each_language
def test_an_entry_has_authors_a_year_and_a_link_that_says_where_it_leads(language):
    """A DOI or an arXiv number is written out, for paper; the link holds the same one."""
    for entry in entries(language).values():
        assert re.match(r"- (?:MNIST: )?[^\W\d_][^(]* \(\d{4}\)\. ", entry), entry
        ((label, address),) = re.findall(r"\[([^\]]*)\]\((https://[^)\s]*)\)", entry)
        plain = address.replace("%28", "(").replace("%29", ")")
        expected = {"doi:": "https://doi.org/", "arXiv:": "https://arxiv.org/abs/"}
        scheme = next((each for each in expected if label.startswith(each)), None)
        if scheme:
            assert plain == expected[scheme] + label.removeprefix(scheme)
        else:
            assert label in plain
        assert len(entry.rpartition(")")[2]) > 12 or entry.endswith(")."), f"what for? {entry}"
