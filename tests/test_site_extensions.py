"""What the site's Sphinx extensions promise, without a browser; tests/browser looks at the pages they make."""

import json
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from docutils import nodes
from docutils.core import publish_doctree
from fontTools.ttLib import TTFont
from jupyter_book.config import get_final_config
from PIL import Image
from sphinx import addnodes
from sphinx.errors import ExtensionError

from mnist_tutorial._widgets import WIDGETS
from mnist_tutorial.exercises import CHAPTERS, Quiz, exercises, find

BOOK = Path(__file__).parent.parent / "book"
sys.path.insert(0, str(BOOK / "_ext"))

sys.path.insert(0, str(BOOK))

import answers  # noqa: E402
import glossary  # noqa: E402
import languages  # noqa: E402
import math_font  # noqa: E402
import numbering  # noqa: E402
import offline  # noqa: E402
import references  # noqa: E402
import site_search  # noqa: E402
import times  # noqa: E402
import widgets  # noqa: E402


@pytest.mark.parametrize(
    "address", ["https://github.com/someone/some-book", "https://github.com/someone/some-book.git/"]
)
def test_links_to_colab_and_binder_come_from_one_setting(address):
    options = {"repository_url": address, "repository_branch": "main"}
    assert languages.launch_links(options, "book/ko/07_train") == [
        (
            "https://colab.research.google.com/github/someone/some-book/blob/main/book/ko/07_train.ipynb",
            "Colab",
        ),
        (
            "https://mybinder.org/v2/gh/someone/some-book/main?urlpath=lab/tree/book/ko/07_train.ipynb",
            "Binder",
        ),
    ]


def test_the_setting_for_the_repository_arrives():
    config = yaml.safe_load((BOOK.parent / "_config.yml").read_text(encoding="utf-8"))
    config["repository"]["url"] = "https://github.com/someone/some-book"
    final, _ = get_final_config(user_yaml=config, cli_config={"latex_individualpages": False})
    assert len(languages.launch_links(final["html_theme_options"], "book/ko/07_train")) == 2


@pytest.mark.parametrize("options", [{}, {"repository_url": ""}, {"repository_url": "https://example.org/book"}])
def test_without_a_repository_no_link_leads_nowhere(options):
    assert languages.launch_links(options, "book/ko/07_train") == []


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


def test_a_page_lists_the_chapters_of_its_own_language():
    korean, english = (
        f'<p aria-level="2" class="caption"><span class="caption-text">{caption}</span></p><ul><li>{chapter}</li></ul>'
        for caption, chapter in (("준비", "MNIST"), ("Prepare", "Meet 숫자"))
    )
    tree = korean + english + korean
    assert languages.chapters(tree, "ko") == korean + korean
    assert languages.chapters(tree, "en") == english
    assert languages.chapters(tree, None) == tree


def glossary_row(*cells, taught="book/ko/train"):
    entries = [nodes.entry("", nodes.paragraph("", cell)) for cell in cells]
    if taught:
        entries[1][0] += [nodes.Text(" "), addnodes.pending_xref("", nodes.Text("6장"), reftarget=taught)]
    return nodes.row("", *entries)


@pytest.mark.parametrize(
    ("language", "cell", "anchor", "names"),
    [
        ("ko", "손실 (loss)", "loss", ["손실", "loss"]),
        ("en", "loss (손실)", "loss", ["loss", "손실"]),
        (
            "ko",
            "다층 퍼셉트론 (multilayer perceptron, MLP)",
            "multilayer-perceptron",
            ["다층 퍼셉트론", "multilayer perceptron", "MLP"],
        ),
        (
            "en",
            "multilayer perceptron (MLP, 다층 퍼셉트론)",
            "multilayer-perceptron",
            ["multilayer perceptron", "MLP", "다층 퍼셉트론"],
        ),
        ("ko", "NumPy", "numpy", ["NumPy"]),
    ],
)
def test_a_term_has_the_same_address_in_both_languages(language, cell, anchor, names):
    row = glossary_row(cell, "It means this.", "one, two words")
    term = glossary.read_term(row, language)
    assert row["ids"] == [anchor]
    assert term == glossary.Term(anchor, cell, names, ["one", "two words"], "It means this.", "book/ko/train")


@pytest.mark.parametrize(
    "row", [glossary_row("손실 (loss)", "뜻"), glossary_row("손실 (loss)", "뜻", "비용", taught=None)]
)
def test_a_row_that_is_no_term_fails_the_build(row):
    with pytest.raises(ExtensionError, match="found '손실"):
        glossary.read_term(row, "ko")


def test_names_are_compared_without_what_differs_in_writing():
    same = [("Hidden layers", "hidden layer"), ("원-핫 벡터", "원핫 벡터"), ("ReLU", "relu")]
    assert [glossary.fold(one) == glossary.fold(other) for one, other in same] == [True] * 3
    assert glossary.fold("loss") == "loss"


def test_both_glossaries_have_the_same_terms():
    tables = [(BOOK / code / "glossary.ipynb").read_text(encoding="utf-8") for code in languages.LANGUAGES]
    korean, english = (
        re.findall(r"^\| ([^|]+) \| .*\]\((\S+)\) \|", "\n".join(prose(table)), re.M) for table in tables
    )
    assert len(korean) > 70
    for (one, taught), (other, taught_there) in zip(korean, english, strict=True):
        assert taught == taught_there
        assert set(re.split(r", | \(", one.rstrip(")"))) == set(re.split(r", | \(", other.rstrip(")")))


@pytest.mark.parametrize(
    ("entry", "keys"),
    [
        ("Kingma, D. P., & Ba, J. (2015). Adam", ["kingma-2015", "kingma"]),
        ("Cireşan, D. 2010. Deep, 2011", ["ciresan-2010", "ciresan"]),
        ("MNIST. The database of 70,000 digits", ["mnist"]),
        ("12345", []),
    ],
)
def test_an_entry_goes_by_its_first_author_and_year(entry, keys):
    assert list(references.keys(entry)) == keys


def test_every_citation_has_its_entry():
    """In both languages; the build would fail too, but only the build."""
    for language in languages.LANGUAGES:
        page = BOOK / language / "references.ipynb"
        entries = re.findall(r"^[-*] (.*)", "\n".join(prose(page.read_text(encoding="utf-8"))), re.MULTILINE)
        known = {key for entry in entries for key in references.keys(entry)}
        for chapter in (BOOK / language).glob("*.ipynb"):
            cited = re.findall(r"\(references\.ipynb#([^)]*)\)", "\n".join(prose(chapter.read_text(encoding="utf-8"))))
            assert set(cited) <= known, chapter
        assert len(known) > 20


def prose(notebook):
    return ["".join(cell["source"]) for cell in json.loads(notebook)["cells"]]


def test_the_search_sees_prose_terms_in_bold_and_code():
    text = """
Title
=====

The **loss** falls :math:`w` and :math:`\\\\ln p`.

* in a list

::

    code(1)

Below
-----

Another.
"""
    document = publish_doctree(text.replace("\\\\", "\\"), settings_overrides={"doctitle_xform": False})
    title, below = document.findall(nodes.section)
    for kind in ("cell_output", "tag_check"):
        title.insert(2, nodes.container("", nodes.literal_block("", "not prose"), classes=["cell", kind]))
    expected = site_search.Section("title", "Title", ["loss"], ["The loss falls w and ….", "in a list"], ["code(1)"])
    assert site_search.read_section(title) == expected
    assert site_search.plain(site_search.read_section(below))["text"] == "Another."


def test_formulas_are_mathml():
    assert offline.mathml("x^2", "inline").startswith("<math")
    assert "0.17em" in offline.mathml(r"\ln p", "inline")


@pytest.mark.parametrize(
    ("page", "title", "expected"),
    [
        ("book/ko/07_train", "훈련하기", "7. 훈련하기"),
        ("book/en/10_beyond_99", "Go beyond 99%", "10. Go beyond 99%"),
        ("book/en/13_convolution", "Draw", "13. Draw"),
        ("book/ko/a1_backpropagation", "부록: 손으로 하는 역전파", "부록 1. 손으로 하는 역전파"),
        ("book/en/a1_backpropagation", "Appendix: backpropagation", "Appendix 1. Backpropagation"),
        ("book/en/a2_speed", "Measure", "Appendix 2. Measure"),
        ("book/en/glossary", "Glossary", "Glossary"),
        ("book/ko/references", "참고 문헌", "참고 문헌"),
        ("book/index", "MNIST", "MNIST"),
    ],
)
def test_a_title_gets_the_number_in_the_name_of_its_file(page, title, expected):
    assert numbering.numbered(page, title) == expected


def test_a_fold_out_says_which_solution_it_opens():
    """Of the exercise that its code checks, or else in order; a check is no solution, and is not counted."""
    cells = [([answers.CHECK], 'mt.check("02.1", 1)'), ([], "x"), ([], 'mt.check(\n"02.3", x)'), ([], "mt.check(y)")]
    assert answers.prompts("en", cells) == ["✓ checked", "Solution 1", "Solution 02.3", "Solution 2"]
    assert answers.prompts("ko", cells) == ["✓ 확인했습니다", "풀이 1", "풀이 02.3", "풀이 2"]


def test_an_explanation_looks_like_a_solution():
    """Its HTML in the source is what Jupyter folds; other HTML stays as it is."""
    framed = answers.framed("<details>\n<summary>설명 02.3</summary>")
    assert re.sub(r"\s", "", framed).startswith('<divclass="celldocutilscontainer"><detailsclass="admonition')
    assert '<summary><p class="admonition-title">설명 02.3</p></summary>' in framed
    assert answers.framed("</details>") == "</details></div>"
    assert answers.framed("<!-- times -->") == "<!-- times -->"


@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_an_exercise_has_its_hints_folded_and_says_how_to_run_it(language):
    html = answers.hints("02.3", language, "../x.ipynb")
    hints = [pair[list(languages.LANGUAGES).index(language)] for pair in find("02.3").hints]
    shown = re.findall(r"<p>(.*?)</p></details></div>", html)
    assert [re.sub("</?code>", "`", text) for text in shown] == hints
    names = re.findall(r'<p class="admonition-title">(.*?)</p>', html)
    word = {"ko": "힌트", "en": "Hint"}[language]
    assert names == [f"{word} 02.3 · {number}" for number in range(1, len(hints) + 1)]
    assert html.startswith('<p class="run">')
    assert '<a href="../x.ipynb" download>' in html


def question(name):
    return nodes.paragraph("", "", nodes.Text(""), nodes.strong("", name), nodes.Text(" What?"))


def part(kind):
    return nodes.container("", nodes.literal_block("", kind), classes=["cell", kind])


def raw(html):
    return nodes.raw("", html, format="html")


def framed_parts(*parts):
    """Return the texts of a section's parts, with "[" and "]" where a frame begins and ends."""
    section = nodes.section("", *parts)
    answers.frame_exercises(section)
    brackets = {'<div class="exercise"': "[", "</div>": "]"}
    texts = [each.astext() for each in section]
    return [next((sign for html, sign in brackets.items() if text.startswith(html)), text) for text in texts]


def test_a_frame_ends_after_the_last_part_of_an_exercise():
    text, explained = nodes.paragraph("", "text"), [raw("<details>\n<summary>Explanation 02.2</summary>"), part("why")]
    parts = [text, question("Predict 02.1"), part(answers.QUIZ), text.deepcopy(), question("Write 02.2"), part("list")]
    parts += [
        part(answers.EXERCISE),
        part(answers.SOLUTION_CELL),
        part(answers.CHECK),
        *explained,
        raw("</details>"),
        text.deepcopy(),
    ]
    asked, code, why = "Predict 02.1 What?", "Write 02.2 What?", "<details>\n<summary>Explanation 02.2</summary>"
    assert framed_parts(*parts) == [
        *("text", "[", asked, answers.QUIZ, "]", "text", "[", code, "list", answers.EXERCISE, answers.SOLUTION_CELL),
        *(answers.CHECK, why, "why", "</details>", "]", "text"),
    ]


def test_a_frame_holds_no_other_exercise_nor_a_fold_out_of_another_kind():
    """A project has no cells, and a fold-out that does not follow at once explains something else."""
    parts = [question("코드 02.2"), part(answers.SOLUTION_CELL), raw("<!-- times -->"), raw("<details>")]
    parts += [question("프로젝트 12.9"), nodes.paragraph("", "report"), nodes.section("", nodes.paragraph("", "below"))]
    code, project = "코드 02.2 What?", "프로젝트 12.9 What?"
    expected = [
        "[",
        code,
        answers.SOLUTION_CELL,
        "]",
        "<!-- times -->",
        "<details>",
        "[",
        project,
        "report",
        "]",
        "below",
    ]
    assert framed_parts(*parts) == expected
    assert framed_parts(nodes.paragraph("", "", nodes.strong("", "Write 2"), nodes.Text(" What?"))) == ["Write 2 What?"]


def test_a_page_knows_the_quizzes_of_each_chapter():
    context = {}
    answers.list_quizzes(None, "book/ko/page", "page.html", context, None)
    assert context["quizzes"]["02"] == [quiz.id for quiz in exercises("02") if isinstance(quiz, Quiz)]
    assert list(context["quizzes"]) == list(CHAPTERS)


@pytest.mark.parametrize(
    ("seconds", "korean", "english"),
    [
        (0.4, "5초", "5 seconds"),
        (33, "35초", "35 seconds"),
        (58, "1분", "1 minute"),
        (100, "2분", "2 minutes"),
        (59 * 60, "59분", "59 minutes"),
        (62 * 60, "1시간", "1 hour"),
        (95 * 60, "1시간 30분", "1½ hours"),
        (10_700, "3시간", "3 hours"),
        (12_500, "3시간 30분", "3½ hours"),
    ],
)
def test_times_are_said_as_people_say_them(seconds, korean, english):
    assert [times.spell(seconds, language) for language in ("ko", "en")] == [korean, english]


def cell(kind, source, cell_id="x", **metadata):
    return {"cell_type": kind, "source": [source], "metadata": metadata, "id": cell_id}


def test_reading_counts_prose_and_open_code():
    folded = "<details>\n<summary>Explanation 1</summary>\n\nNot counted.\n\n</details>"
    read = {
        "cells": [
            cell("code", "set_up()", "setup"),
            cell("markdown", "word " * 220 + "- [of a link](to_elsewhere.ipynb) " + folded),
            cell("code", "a = 1\n\n" * 20),
            cell("code", "assert a\n" * 40, tags=["check", "hide-cell"]),
            cell("markdown", "**Predict 02.1** Not counted."),
            cell("code", "mt.quiz(1)\n" * 40, tags=["quiz", "remove-input"]),
            cell("markdown", "**Write 02.2** Not counted.\n\nNor this."),
            cell("code", "answer = ...\n" * 40, tags=["exercise", "remove-output"]),
            cell("code", "answer = 1\n" * 40, tags=["solution", "hide-cell"]),
        ]
    }
    assert times.reading_minutes(read, "en") == pytest.approx(223 / 220 + 1)
    assert times.reading_minutes(read, "ko") == pytest.approx(223 / 160 + 1)
    assert times.count_exercises(read) == 2


def test_exercises_are_counted_in_both_languages():
    asked = "**예상 02.1** …\n\n**코드 02.2** …\n\n**실험 02.3** …\n\n**프로젝트 12.4** … **코드 02.9** 아님"
    told = "**Predict 02.1** …\n\n**Write 02.2** …\n\n**Find out 02.3** …\n\n**Project 12.4** …\n\nWrite 02.5"
    for text in (asked, told):
        assert times.count_exercises({"cells": [cell("markdown", text), cell("code", "'**Write 02.7**'")]}) == 4


def test_only_a_page_with_exercises_says_how_many(tmp_path):
    words = []
    for text in ("word", "**Write 02.1** word"):
        path = tmp_path / "02_a.ipynb"
        path.write_text(json.dumps({"cells": [cell("markdown", text)]}), encoding="utf-8")
        page = SimpleNamespace(env=SimpleNamespace(note_dependency=lambda path: None))
        words.append(times.Times.line(page, [path], "en", times.CHAPTER).astext())
    assert "exercises" not in words[0]
    assert words[1].endswith(" · 1 exercises</p>")


def test_running_is_told_only_where_it_was_measured(tmp_path):
    paths = [tmp_path / "01_a.ipynb", tmp_path / "02_b.ipynb"]
    for path in paths:
        path.write_text(json.dumps({"cells": [cell("markdown", "word " * 2_200)]}))
    (tmp_path / "a1_c.ipynb").write_text("{}")
    measured = {"01_a": 40.0}
    assert times.told(paths[:1], "en", times.CHAPTER["en"], measured) == "About 10 minutes to read · 40 seconds to run"
    assert times.told(paths[1:], "ko", times.CHAPTER["ko"], measured) == "읽는 데 약 14분"
    said = "The 2 chapters take about 20 minutes to read"
    assert times.told(paths, "en", times.BOOK["en"], measured) == f"{said}."
    measured["02_b"] = 100.0
    assert times.told(paths, "en", times.BOOK["en"], measured) == f"{said} and 2 minutes to run."
    assert times.chapters(tmp_path.parent, tmp_path.name) == paths, "without the appendices"
    assert times.measured_seconds()["01_meet_mnist"] > 0


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


PICTURE = '<img alt="" width="480" src="data:image/png;base64,AAAA">'


def share(body):
    """Return what is left of a page's body, and what the page's frame is told."""
    context = {"body": body}
    widgets.share_script(None, "book/ko/page", "page.html", context, None)
    return context


def test_several_widgets_share_one_script_and_keep_none_of_their_own():
    elements = [f'<{tag} a="1">{PICTURE}<p>Still.</p></{tag}>' for tag in (*WIDGETS, *WIDGETS)]
    body = "<p>Text.</p>".join(f"{element}\n<script>\nlet a = 1;\n\nlet b;\n</script>" for element in elements)
    found = share(body)
    assert found["has_widgets"] is True
    assert found["body"] == "<p>Text.</p>".join(elements)


def test_a_page_without_widgets_loads_no_script_of_theirs_and_keeps_its_own():
    body = "<p>Text.</p>\n<script>\nlet a;\n</script>"
    assert share(body) == {"body": body, "has_widgets": False, "has_first_pad": False}


def test_the_place_of_the_first_pad_brings_both_scripts():
    found = share(widgets.PLACE.format(picture=PICTURE))
    assert found["has_widgets"] is found["has_first_pad"] is True
    assert PICTURE in found["body"]


def pad_edition(path, html):
    output = {"output_type": "display_data", "data": {"text/html": html.splitlines(keepends=True)}}
    cells = [{"cell_type": "markdown", "source": ["A pad."]}, {"cell_type": "code", "outputs": [output]}]
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return path


def test_the_first_pad_has_the_network_and_the_picture_of_the_edition_alone(tmp_path):
    html = f'<draw-digit lang="ko" images="x" sizes="4,3,2" labels="1" weights="AB+/=">{PICTURE}</draw-digit>\n'
    read = widgets.read_pad(pad_edition(tmp_path / "12_draw.ipynb", html))
    assert read == ({"small": "", "sizes": "4,3,2", "weights": "AB+/="}, PICTURE)


@pytest.mark.parametrize("html", ["", "<p>Text.</p>", f'<draw-digit lang="ko" sizes="4,3,2">{PICTURE}</draw-digit>'])
def test_an_edition_without_a_pad_fails_the_build(tmp_path, html):
    with pytest.raises(ExtensionError, match="found no drawing pad"):
        widgets.read_pad(pad_edition(tmp_path / "12_draw.ipynb", html))
