"""What the site's Sphinx extensions promise, without a browser; tests/browser looks at the pages they make."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from fontTools.ttLib import TTFont
from jupyter_book.config import get_final_config
from PIL import Image
from sphinx.errors import ExtensionError

BOOK = Path(__file__).parent.parent / "book"
sys.path.insert(0, str(BOOK / "_ext"))

sys.path.insert(0, str(BOOK))

import answers  # noqa: E402
import languages  # noqa: E402
import math_font  # noqa: E402
import numbering  # noqa: E402
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


@pytest.mark.parametrize(
    ("page", "title", "expected"),
    [
        ("book/ko/07_train", "훈련하기", "7. 훈련하기"),
        ("book/en/12_draw", "Draw", "12. Draw"),
        ("book/ko/a1_from_scratch", "부록: 손으로 하는 역전파", "부록 1. 손으로 하는 역전파"),
        ("book/en/a1_from_scratch", "Appendix: backpropagation", "Appendix 1. Backpropagation"),
        ("book/en/a2_speed", "Measure", "Appendix 2. Measure"),
        ("book/en/glossary", "Glossary", "Glossary"),
        ("book/index", "MNIST", "MNIST"),
    ],
)
def test_a_title_gets_the_number_in_the_name_of_its_file(page, title, expected):
    assert numbering.numbered(page, title) == expected


def test_a_fold_out_says_which_answer_it_opens():
    """A cell that shows nothing checks the answer before it."""
    assert answers.prompts("en", [True, False, True]) == ["Answer 1", "Answer 1, checked", "Answer 2"]
    assert answers.prompts("ko", [True, False]) == ["정답 1", "정답 1 확인"]


def test_a_picture_of_double_density_takes_half_the_room(tmp_path):
    for density, size in ((192, (50, 30)), (96, (100, 60)), (None, (100, 60))):
        options = {"dpi": (density, density)} if density else {}
        Image.new("L", (100, 60)).save(tmp_path / "picture.png", **options)
        assert offline.size_of(tmp_path / "picture.png") == size
    (tmp_path / "curves.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt"/>')
    assert offline.size_of(tmp_path / "curves.svg") == (96, 48)


def test_the_font_of_the_formulas_holds_its_characters():
    font = TTFont(math_font.FONT)
    assert {ord(character) for character in math_font.CHARACTERS} <= font.getBestCmap().keys()
    assert "MATH" in font, "how to set fractions and roots"
    assert math_font.FONT.stat().st_size < 45_000
