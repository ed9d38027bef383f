"""What the site's Sphinx extensions promise, without a browser; tests/browser looks at the pages they make."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from jupyter_book.config import get_final_config
from sphinx.errors import ExtensionError

BOOK = Path(__file__).parent.parent / "book"
sys.path.insert(0, str(BOOK / "_ext"))

import languages  # noqa: E402
import offline  # noqa: E402
from korean_search import SearchBoth  # noqa: E402


@pytest.mark.parametrize(
    "address", ["https://github.com/someone/some-book", "https://github.com/someone/some-book.git/"]
)
def test_links_to_colab_and_binder_come_from_one_setting(address):
    options = {"repository_url": address, "repository_branch": "main"}
    assert languages.launch_links(options, "book/ko/06_train") == [
        (
            "https://colab.research.google.com/github/someone/some-book/blob/main/book/ko/06_train.ipynb",
            "Colab",
        ),
        (
            "https://mybinder.org/v2/gh/someone/some-book/main?urlpath=lab/tree/book/ko/06_train.ipynb",
            "Binder",
        ),
    ]


def test_the_setting_for_the_repository_arrives():
    config = yaml.safe_load((BOOK.parent / "_config.yml").read_text())
    config["repository"]["url"] = "https://github.com/someone/some-book"
    final, _ = get_final_config(user_yaml=config, cli_config={"latex_individualpages": False})
    assert len(languages.launch_links(final["html_theme_options"], "book/ko/06_train")) == 2


@pytest.mark.parametrize("options", [{}, {"repository_url": ""}, {"repository_url": "https://example.org/book"}])
def test_without_a_repository_no_link_leads_nowhere(options):
    assert languages.launch_links(options, "book/ko/06_train") == []


@pytest.mark.parametrize(
    ("page", "broken"),
    [
        ('<a href="other.html">', False),
        ('<a href="other.html#here">', False),
        ('<a href="#top"><p id="top">', False),
        ('<a href="https://example.org/x#y">', False),
        ('<a href="absent.html">', True),
        ('<a href="other.html#absent">', True),
        ('<a href="#absent">', True),
        ('<img src="absent.png">', True),
        ('<script src="absent.js"></script>', True),
    ],
)
def test_a_link_that_leads_nowhere_fails_the_build(tmp_path, page, broken):
    (tmp_path / "page.html").write_text(page)
    (tmp_path / "other.html").write_text('<h1 id="here">')
    site = SimpleNamespace(outdir=tmp_path)
    if not broken:
        offline.check_links(site, None)
        return
    with pytest.raises(ExtensionError, match="absent"):
        offline.check_links(site, None)


def test_headings_are_those_of_the_prose(tmp_path):
    cells = [
        {"cell_type": "markdown", "source": ["# First\n", "\n", "```\n", "# no heading\n", "```\n"]},
        {"cell_type": "code", "source": ["# a comment"]},
        {"cell_type": "markdown", "source": ["## `Second`, and more"]},
    ]
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": cells}))
    assert languages.headings_of(tmp_path / "a.ipynb") == ["First", "`Second`, and more"]


def test_every_page_knows_its_language_and_its_twin():
    assert languages.language_of("book/ko/01_meet_mnist") == "ko"
    assert languages.language_of("search_en") == "en"
    assert languages.language_of("book/index") is languages.language_of("search") is None
    assert languages.twin_of("book/ko/01_meet_mnist", "en") == "book/en/01_meet_mnist"
    assert languages.twin_of("search_en", "ko") == "search_ko"


def test_korean_is_found_by_pairs_of_syllables_and_english_by_words():
    split = SearchBoth({}).split
    assert split("원-핫 vectors, MNIST의") == ["원", "핫", "원핫", "vectors", "MNIST", "의"]
    assert {"학습", "검증"} <= set(split("미니배치학습을 검증세트로"))


def test_formulas_are_mathml():
    assert offline.mathml("x^2", "inline").startswith("<math")
    assert "0.17em" in offline.mathml(r"\ln p", "inline")
