"""When an answer agrees with the expected one, what is said where it does not, and the HTML in which all is shown."""

import json
import re

import numpy as np
import pytest

import mnist_tutorial as mt
from mnist_tutorial._agree import MOST, agree, describe_difference, describe_unreadable
from mnist_tutorial._exercise_html import (
    SHOW,
    Progress,
    Question,
    Verdict,
    is_verdict,
    marked_up,
    option_text,
    plain,
    progress_html,
    quiz_html,
    remake_exercise,
    verdict_html,
)
from mnist_tutorial._widgets import remake
from mnist_tutorial.exercises import CHAPTERS, Between, Option, exercises, find
from mnist_tutorial.language import LANGUAGES

NAN = float("nan")
each_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(autouse=True)
def _no_language():
    yield
    mt.set_language(None)


@pytest.mark.parametrize(
    ("found", "expected", "same"),
    [
        ([1, 2], np.array([1, 2]), True),
        ((1.0, 2.0), [1, 2], True),
        (np.float32(0.1), 0.1, True),
        (np.int8(3), 3, True),
        (0.1 + 0.2, 0.3, True),
        (0.3001, 0.3, False),
        ([[1, 2]], [1, 2], False),
        (5, [5], False),
        ([1, 2, 3], [1, 2], False),
        ([NAN, 1], [NAN, 1], True),
        (NAN, 1, False),
        ([True, False], [True, False], True),
        ([1, 0], [True, False], False),
        (["a", "b"], np.array(["a", "b"]), True),
        ("rises", "rises", True),
        (np.str_("rises"), "rises", True),
        ("Rises", "rises", False),
        (5, "5", False),
        ("5", 5, False),
        (None, None, True),
        (0, None, False),
        (["a", 1], ("a", 1), True),
        (["a", 1.0000001], ("a", 1), True),
        (["a"], ("a", 1), False),
        ("a1", ("a", 1), False),
        ((np.eye(2), "x"), (np.eye(2), "x"), True),
        ((np.eye(3), "x"), (np.eye(2), "x"), False),
    ],
)
def test_what_agrees(found, expected, same):
    assert agree(found, expected) is same


def test_the_type_counts_only_where_it_is_asked_for():
    single, double = np.float32([0.5, 1]), np.float64([0.5, 1])
    assert agree(single, double)
    assert not agree(single, double, exact_type=True)
    assert agree(single, single.copy(), exact_type=True)


def test_a_tolerance_is_a_proportion():
    assert agree(1010, 1000, tolerance=0.02)
    assert not agree(1010, 1000, tolerance=0.001)


@pytest.mark.parametrize(
    ("found", "expected", "english"),
    [
        (None, 1, "The value is `None`."),
        ("5", 5, "This is text"),
        (len, 5, "This is a function."),
        (5, "rises", "This should be text"),
        (np.empty((0, 784)), np.zeros(3), "This array is empty."),
        (np.broadcast_to(0.5, (MOST, 2)), np.zeros(3), f"The shape differs: found `({MOST}, 2)`, expected `(3,)`."),
        (5, 5, None),
        ("falls", "rises", None),
        (len, max, None),
        (np.empty(0), np.empty(0), None),
        ([1], [1], None),
    ],
)
def test_what_cannot_be_compared(found, expected, english):
    told = describe_unreadable(found, expected)
    assert (told and told[1].startswith(english)) == (None if english is None else True)
    assert told is None or re.search("[가-힣]", told[0])


@pytest.mark.parametrize(
    ("found", "expected", "korean", "english"),
    [
        (7, 5, "아직 아닙니다. 받은 값은 7입니다.", "Not yet. The value is 7."),
        (
            np.zeros((2, 3)),
            np.zeros((3, 2)),
            "모양이 다릅니다. 받은 모양은 `(2, 3)`이고, 와야 할 모양은 `(3, 2)`입니다.",
            "The shape differs: found `(2, 3)`, expected `(3, 2)`.",
        ),
        (
            np.array([[1, 2], [3, 5]]),
            np.array([[1, 2], [3, 4]]),
            "모양은 맞지만 값 4개 가운데 1개가 다릅니다. 처음 다른 곳은 `[1, 1]`입니다.",
            "The shape is right, but 1 of 4 values differ, the first at `[1, 1]`.",
        ),
        (
            np.float64([1]),
            np.float32([1]),
            "자료형이 다릅니다. 받은 것은 `float64`, 와야 할 것은 `float32`입니다.",
            "The dtype differs: found `float64`, expected `float32`.",
        ),
        (
            np.array(["1", "2"]),
            np.array([1, 2]),
            "자료형이 다릅니다. 받은 것은 `<U1`, 와야 할 것은 `int64`입니다.",
            "The dtype differs: found `<U1`, expected `int64`.",
        ),
        (
            ["a", "c"],
            ["a", "b"],
            "모양은 맞지만 값 2개 가운데 1개가 다릅니다. 처음 다른 곳은 `[1]`입니다.",
            "The shape is right, but 1 of 2 values differ, the first at `[1]`.",
        ),
        ("falls", "rises", "아직 아닙니다. 받은 값은 falls입니다.", "Not yet. The value is falls."),
    ],
)
def test_what_is_said_of_an_unknown_mistake(found, expected, korean, english):
    assert describe_difference(found, expected) == (korean, english)


# The HTML


def test_what_stands_between_backticks_is_code_and_the_rest_is_text():
    assert marked_up("`a < b` & <b>`c`") == "<code>a &lt; b</code> &amp; &lt;b&gt;<code>c</code>"


def test_a_verdict_reads_alike_as_html_and_as_text():
    verdict = Verdict("02.3", False, ("`a<b`가 아닙니다.", "Not `a<b`."))
    mt.set_language("en")
    assert repr(verdict) == "✗ 02.3: Not a<b."
    assert "<code>a&lt;b</code>" in verdict._repr_html_()
    mt.set_language("ko")
    assert repr(verdict) == "✗ 02.3: a<b가 아닙니다."
    mt.set_language(None)
    assert repr(verdict).split("\n") == ["✗ 02.3: a<b가 아닙니다.", "✗ 02.3: Not a<b."]


@each_language
@pytest.mark.parametrize("state", ["untried", "right"])
def test_a_stored_verdict_is_made_anew_in_each_language(language, state):
    """With today's words, whichever language it was stored in, or in both."""
    verdict = mt.check("02.3", ... if state == "untried" else find("02.3").expected())
    expected = verdict_html(verdict, language)
    for stored in (*LANGUAGES, None):
        html = re.sub("Right|Not tried|맞았|아직", "old words", verdict_html(verdict, stored))
        assert is_verdict(html)
        assert remake_exercise(html, language) == expected
    assert re.findall(r'lang="(\w+)"', expected) == [language]


@pytest.mark.parametrize(
    "verdict", [Verdict("02.3", False, ("가.", "A.")), Verdict("02.3", None, ("가.", "A."), "1/3")]
)
def test_what_was_said_of_a_wrong_answer_or_as_a_hint_stays_as_it_is(verdict):
    """No edition stores it, and what it was is not known."""
    html = verdict_html(verdict, "en")
    assert remake_exercise(html, "ko") == html
    assert not is_verdict(html)


@each_language
@pytest.mark.parametrize("id", ["02.1", "02.2"])
def test_a_stored_quiz_is_made_anew_in_each_language_with_its_key(language, id):
    expected = quiz_html(id, 2, language)
    for stored in (*LANGUAGES, None):
        html = quiz_html(id, 2, stored).replace("<script>", "<script>let old;")
        assert remake_exercise(html, language) == remake_exercise(remake(html, language), language) == expected
    assert re.match(rf'<quick-quiz lang="{language}" name="{id}" right="2" options="[^"]*"[^>]*>', expected)


@each_language
def test_a_quiz_holds_its_options_in_both_languages_and_stands_as_text_in_one(language):
    quiz, html = find("02.1"), quiz_html("02.1", 1, language)
    held = json.loads(re.search(r'options="([^"]*)"', html)[1].replace("&quot;", '"').replace("&#x27;", "'"))
    assert [each["says"] for each in held] == [[option.ko, option.en] for option in quiz.options]
    assert [each["value"] for each in held] == [option.value for option in quiz.options]
    (still,) = re.findall(r'<div class="still" lang="(\w+)">(.*?)</div></quick-quiz>', html, re.DOTALL)
    assert still[0] == language
    assert re.findall("<li>(.*?)</li>", still[1]) == [option_text(option, language) for option in quiz.options]
    right = quiz.options[1]
    said = marked_up(f"{option_text(right, language)}. {right.ko if language == 'ko' else right.en}")
    assert f"<details><summary>{SHOW[language]}</summary><p>{said}</p></details>" in still[1]


def test_without_a_language_a_quiz_stands_as_text_in_both():
    html = Question("02.1", 2)._repr_html_()
    assert html.startswith('<quick-quiz name="02.1" right="2"')
    assert re.findall(r'<div class="still" lang="(\w+)">', html) == ["ko", "en"]


def test_a_quiz_to_type_lists_no_options():
    html = quiz_html("02.2", 0, "en")
    assert ' typed="">' in html
    assert "<li>" not in html.split("<script>")[0]


@pytest.mark.parametrize(
    ("option", "texts"),
    [
        (Option(60_000, "", ""), ["60,000"] * 2),
        (Option(0.97, "", ""), ["0.97"] * 2),
        (Option((60_000, 784), "", ""), ["`(60000, 784)`"] * 2),
        (Option("rises", "", "", ("오른다", "It rises")), ["오른다", "It rises"]),
        (Option(Between(0, 1), "", "", ("0과 1 사이", "From 0 to 1")), ["0과 1 사이", "From 0 to 1"]),
    ],
)
def test_what_an_option_says(option, texts):
    assert [option_text(option, code) for code in LANGUAGES] == texts


@each_language
def test_stored_progress_is_made_anew_in_each_language(language):
    expected = progress_html(("02.3", "02.4"), language)
    for stored in (*LANGUAGES, None):
        assert remake_exercise(progress_html(("02.3", "02.4"), stored), language) == expected
    held = json.loads(re.search(r'chapters="([^"]*)"', expected)[1].replace("&quot;", '"'))
    assert held == {chapter: [each.id for each in exercises(chapter)] for chapter in CHAPTERS}


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ["Done in this notebook: none yet", "Done in this notebook: 02.3, 02.4"]),
        ("ko", ["이 노트북에서 푼 문제: 아직 없음", "이 노트북에서 푼 문제: 02.3, 02.4"]),
    ],
)
def test_progress_as_text(language, texts):
    mt.set_language(language)
    assert [repr(Progress(done)) for done in ((), ("02.3", "02.4"))] == texts
    mt.set_language(None)
    assert texts[1] in repr(Progress(("02.3", "02.4"))).split("\n")


@pytest.mark.parametrize("html", ["", "<p>text</p>", "<div>02.3</div>", '<draw-digit lang="ko" sizes="1">'])
def test_other_html_stays_as_it_is(html):
    assert remake_exercise(html, "ko") == html
    assert not is_verdict(html)


def test_the_text_of_html():
    assert plain("<div>✓ <strong>02.3</strong>: a &lt; b</div>") == "✓ 02.3: a < b"
