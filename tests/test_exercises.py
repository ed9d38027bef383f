"""Every exercise against right answers, typical wrong ones, and rubbish; every quiz against its key; both languages."""

import re
import sys

import jupytext
import numpy as np
import pytest
from chapters import BOOK, MAIN, each_language, made

import mnist_tutorial as mt
from mnist_tutorial._exercise_html import Question, plain
from mnist_tutorial._judge import judge
from mnist_tutorial.exercises import CHAPTERS, Between, Exercise, Mistake, Quiz, exercises, find

sys.path.insert(0, str(BOOK / "_ext"))

from answers import CALL
from times import EXERCISE

ALL = [exercise for chapter in CHAPTERS for exercise in exercises(chapter)]
CODE = [exercise for exercise in ALL if isinstance(exercise, Exercise)]
QUIZZES = [quiz for quiz in ALL if isinstance(quiz, Quiz)]
MISTAKES = [(exercise, number) for exercise in CODE for number in range(len(exercise.mistakes))]
KINDS = {"예상": "Predict", "코드": "Write", "실험": "Find out", "프로젝트": "Project"}
by_id = {"ids": lambda value: getattr(value, "id", str(value))}
each_exercise = pytest.mark.parametrize("exercise", CODE, **by_id)
each_quiz = pytest.mark.parametrize("quiz", QUIZZES, **by_id)
each_chapter = pytest.mark.parametrize("source", MAIN, ids=lambda path: path.stem)


class Hostile:
    """Raises whatever is done to it."""

    def __getattribute__(self, name):
        raise RuntimeError("no")

    __call__ = __array__ = __eq__ = __len__ = __iter__ = __lt__ = __gt__ = __getattribute__
    __hash__ = None


RUBBISH = {
    "none": lambda: None,
    "text": lambda: "rubbish",
    "empty": lambda: np.empty(0),
    "empty list": lambda: [],
    "huge": lambda: np.broadcast_to(np.float32(0.5), (10**6, 10**6)),
    "hostile": Hostile,
    "object": lambda: object(),
    "dictionary": lambda: {"a": 1},
    "not a number": lambda: float("nan"),
    "ragged": lambda: [[1, 2], [3]],
    "function": lambda: lambda: None,
    "objects": lambda: np.array([None, {}], dtype=object),
    "type": lambda: int,
}


def words_of(exercise):
    """Return all that an exercise or quiz says, in pairs."""
    if isinstance(exercise, Quiz):
        return [(option.ko, option.en) for option in exercise.options]
    return [exercise.right, *((mistake.ko, mistake.en) for mistake in exercise.mistakes), *exercise.hints]


# What an exercise says to answers


@each_exercise
@each_language
def test_a_starter_is_not_tried_yet(exercise, language):
    mt.set_language(language)
    verdict = mt.check(exercise.id, ...)
    assert verdict.right is None
    assert {"ko": "아직 해 보지 않았습니다", "en": "Not tried yet"}[language] in repr(verdict)
    assert mt.progress().done == ()


@each_exercise
def test_right_answers_in_any_form_are_right(exercise):
    answers = [exercise.expected(), *(other() for other in exercise.also)]
    if not exercise.inputs and not exercise.accepts:
        answers += list(other_forms(answers[0], exercise.exact_type))
    for answer in answers:
        verdict = mt.check(exercise.id, answer)
        assert verdict.right is True, (answer, verdict)
    assert mt.progress().done == (exercise.id,)


def other_forms(answer, exact_type):
    """Yield an answer as other people have it: lists, tuples, whole numbers and fractions of other sizes."""
    if isinstance(answer, str) or exact_type:
        return
    array = np.asarray(answer)
    yield array.tolist()
    if array.dtype.kind in "iu":
        yield array.astype(np.int64)
        yield array.astype(float)
    if array.dtype.kind == "f":
        yield array.astype(np.float32)


@pytest.mark.parametrize(("exercise", "number"), MISTAKES, **by_id)
def test_each_mistake_is_wrong_and_told_what_it_is(exercise, number):
    mistake = exercise.mistakes[number]
    assert judge(exercise, mistake.wrong()) == (mistake.ko, mistake.en)
    assert mt.check(exercise.id, mistake.wrong()).right is False
    assert mt.progress().done == ()


@each_exercise
@pytest.mark.parametrize("rubbish", RUBBISH)
def test_rubbish_gets_a_kind_sentence(exercise, rubbish):
    verdict = mt.check(exercise.id, RUBBISH[rubbish]())
    assert verdict.right is False
    for text in verdict.says:
        assert len(text) > 5
        assert "Traceback" not in text


def _is_long(answer):
    return len(answer) > 2


def _divide(by):
    return lambda number: number / by


ASKED = {
    "a mistake that cannot be asked is passed over": (1.5, "아직 아닙니다. 받은 값은 1.5입니다."),
    "an array for a number": ([3], "값 하나가 와야 합니다. 받은 것의 모양은 `(1,)`입니다."),
    "a mistake that tells": ([1, 2, 3], "long"),
}


@pytest.mark.parametrize("case", ASKED)
def test_what_is_said_if_a_mistake_cannot_ask_an_answer(case):
    answer, said = ASKED[case]
    exercise = Exercise("02.3", lambda: 3, ("", ""), (Mistake(lambda: [1, 2, 3], "long", "long", like=_is_long),), ())
    assert judge(exercise, answer)[0] == said


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (_divide(2), None),
        (_divide(0), "by nothing"),
        (_divide(4), "by four"),
        (_divide(None), "함수가 `TypeError` 오류로 멈췄습니다: "),
        (lambda number: ..., "`...`이 남아 있습니다."),
        ("divide", "함수가 와야 합니다."),
    ],
)
def test_a_function_that_stops_as_a_known_mistake_does_is_that_mistake(function, said):
    """And a mistake that stops is not in the way of the others, nor of what is said to other errors."""
    mistakes = Mistake(lambda: _divide(0), "by nothing", ""), Mistake(lambda: _divide(4), "by four", "")
    exercise = Exercise("02.3", lambda: _divide(2), ("", ""), mistakes, (), inputs=lambda: (3.0,))
    found = judge(exercise, function)
    assert found is None if said is None else found[0].startswith(said)


def test_an_array_is_asked_for_where_something_else_came():
    assert judge(find("02.3"), 7)[0] == "모양이 `(10, 10)`인 배열이 와야 합니다."


class Tensor:
    """An array of a library without `size`, as Keras has them."""

    def __init__(self, values):
        self.values, self.shape = np.asarray(values), np.shape(values)

    def __array__(self, dtype=None, copy=None):
        return self.values


SAID = {
    "a tensor": (Tensor(7815), None),
    "a list of one": ([7815], "This should be a single value. Its shape is `(1,)`."),
    "parts that differ": ([[1, 2], [3]], "The parts of this differ in shape, so they make no array."),
    "none in a list": ([None, 1], "The value is `None`."),
    "not a number": (np.float32("nan"), "There is a `nan`, not a number, in it,"),
    "an object": ({1, 2}, "This value cannot be compared."),
}


@pytest.mark.parametrize("case", SAID)
def test_what_can_be_seen_of_an_answer_is_said(case):
    answer, start = SAID[case]
    said = judge(find("06.4"), answer)
    assert said is None if start is None else said[1].startswith(start)


def test_a_rounded_answer_is_told_so_but_not_a_distant_one():
    right = find("06.5").expected()
    for digits in (1, 2, 3, 4):
        assert judge(find("06.5"), round(right, digits))[1].startswith("This has been rounded.")
    assert judge(find("06.7"), 0)[1] == "Not yet. The value is 0."
    assert judge(find("06.5"), 0.58)[1] == "Not yet. The value is 0.58."


@pytest.mark.parametrize("id", ["04.8", "06.8", "09.8"])
def test_answers_that_a_range_accepts_are_single_numbers(id):
    exercise = find(id)
    right = exercise.expected()
    assert judge(exercise, np.array(right)) is None
    assert judge(exercise, [right])[1].startswith("This should be a single value.")
    assert judge(exercise, str(right))[1].startswith("This is text")
    assert "`nan`" in judge(exercise, np.nan)[1]


def test_a_function_that_is_right_for_one_size_alone_is_wrong():
    exercise = find("06.6")

    def step(count):
        return lambda W, X, Y, rate: W + (exercise.expected()(W, X, Y, rate) - W) * len(X) / count(X)

    assert judge(exercise, step(len)) is None
    for count in (lambda X: 4, lambda X: X.shape[1], lambda X: np.full((4, 3), 4)):
        assert judge(exercise, step(count))[1].startswith("This was right once, but not for arrays of other sizes.")


# What the contract asks


def test_ids_count_each_chapter_from_one():
    for chapter in CHAPTERS:
        ids = [exercise.id for exercise in exercises(chapter)]
        assert ids == [f"{chapter}.{number}" for number in range(1, len(ids) + 1)]


@each_exercise
def test_an_exercise_knows_three_mistakes_and_has_two_hints_or_three(exercise):
    said = [(mistake.ko, mistake.en) for mistake in exercise.mistakes]
    assert len(set(said)) == len(said) >= 3
    assert 2 <= len(exercise.hints) <= 3


@pytest.mark.parametrize("exercise", ALL, **by_id)
def test_all_is_said_in_both_languages(exercise):
    for korean, english in words_of(exercise):
        assert re.search("[가-힣]", korean), korean
        assert not re.search("[가-힣]", english), english
        assert re.search(r"[.?!)]$", korean), korean
        assert korean.count("`") % 2 == english.count("`") % 2 == 0
        assert "**" not in re.sub("`[^`]*`", "", korean + english), "code is all that is marked"
        assert korean.count("`") == english.count("`"), (korean, english)


@each_quiz
def test_no_two_options_of_a_quiz_are_both_right(quiz):
    values = [middle(option.value) for option in quiz.options]
    for number, value in enumerate(values):
        assert [option.fits(value) for option in quiz.options] == [i == number for i in range(len(values))]
    assert len(values) >= 3
    assert len({(option.ko, option.en) for option in quiz.options}) == len(values), "each has a reply of its own"


@each_quiz
def test_an_option_is_a_label_which_what_is_said_of_it_follows(quiz):
    """It is put before the reply with a full stop between them, so it has none of its own."""
    assert [text for option in quiz.options for text in option.text or () if text.endswith((".", "!"))] == []


def middle(value):
    return (value.low + value.high) / 2 if isinstance(value, Between) else value


@pytest.mark.parametrize("id", ["02.99", "99.1", "", None, 2.3, "02.1 "])
def test_an_unknown_id_is_named(id):
    for function in (mt.hint, lambda id: mt.check(id, 1), lambda id: mt.quiz(id, 1)):
        with pytest.raises(ValueError, match=f"^id: found {re.escape(repr(id))}; expected"):
            function(id)


def test_quizzes_are_not_checked_nor_exercises_asked():
    with pytest.raises(ValueError, match=r"^id: found '02.1', a quiz; expected an exercise"):
        mt.check("02.1", 5)
    with pytest.raises(ValueError, match=r"^id: found '02.3', an exercise to check; expected a quiz"):
        mt.quiz("02.3", 5)
    with pytest.raises(ValueError, match=r"^value: found 26, which fits 0 options of quiz 02.1; expected one"):
        mt.quiz("02.1", 26)


def test_hints_come_one_after_another_and_end():
    mt.set_language("en")
    exercise = find("02.3")
    said = [repr(mt.hint("02.3")) for _ in range(len(exercise.hints) + 2)]
    assert [text.split(":")[0] for text in said] == ["02.3 (1/3)", "02.3 (2/3)", "02.3 (3/3)", "02.3", "02.3"]
    assert said[-1] == said[-2] == "02.3: That was the last hint. The solution is below."


def test_without_a_language_both_are_said():
    html = mt.check("02.3", ...)._repr_html_()
    assert re.findall(r'lang="(\w+)"', html) == ["ko", "en"]
    mt.set_language("ko")
    assert re.findall(r'lang="(\w+)"', mt.check("02.3", ...)._repr_html_()) == ["ko"]


# What the chapters ask


def tagged(notebook, tag):
    return [cell for cell in notebook.cells if tag in cell.metadata.get("tags", [])]


def asked(source, language):
    """Return the kinds and ids of what a chapter asks in one language, in order."""
    cells = [cell.source for cell in jupytext.read(source).cells if language in made.tags(cell)]
    return [tuple(found.strip("*").rsplit(" ", 1)) for text in cells for found in EXERCISE.findall(text)]


@each_chapter
def test_a_chapter_asks_what_its_module_holds(source):
    """Six to eight, of each kind at least one, and at most one experiment; alike in both languages."""
    korean, english = asked(source, "ko"), asked(source, "en")
    assert [(KINDS[kind], id) for kind, id in korean] == english
    assert [id for kind, id in english if kind != "Project"] == [each.id for each in exercises(source.stem[:2])]
    kinds = [kind for kind, _ in english]
    assert 6 <= len(kinds) <= 8 + kinds.count("Project")
    assert kinds.count("Find out") == 1
    assert kinds.count("Predict") >= 1 <= kinds.count("Write")
    assert ("Project" in kinds) == (source.stem[:2] == "12")
    for kind, id in english:
        assert kind == "Project" or isinstance(find(id), Quiz) == (kind == "Predict"), id


@each_chapter
def test_quiz_starter_and_solution_come_right_after_what_is_asked(source):
    """The solution of an exercise is no starter, and both are checked."""
    cells = jupytext.read(source).cells
    order = [(id, part) for each in exercises(source.stem[:2]) for id, part in parts_of(each)]
    assert [found for cell in cells for found in parts_in(cell)] == order
    for tag in ("exercise", "solution"):
        for cell in (cell for cell in cells if tag in made.tags(cell)):
            assert bool(re.search(r"^answer = \.\.\.$", cell.source, re.MULTILINE)) == (tag == "exercise"), cell.source


def parts_of(exercise):
    """Return what a chapter's source has of an exercise, in order."""
    parts = ["quiz"] if isinstance(exercise, Quiz) else ["exercise", "solution"]
    return [(exercise.id, part) for part in ("ko", "en", *parts)]


def parts_in(cell):
    """Return what a cell has of exercises: questions in its language, or one of the calls."""
    (tag,) = made.tags(cell)[-1:] or [""]
    if cell.cell_type == "markdown":
        found = [text.strip("*").rsplit(" ", 1) for text in EXERCISE.findall(cell.source)]
        return [(id, tag) for kind, id in found if kind not in ("프로젝트", "Project")]
    return [(id, tag) for id in re.findall(r'mt\.(?:check|quiz)\(\s*"(\d\d\.\d+)"', cell.source)]


@each_chapter
@each_language
def test_in_each_edition_starters_are_untried_and_solutions_right(source, language):
    edition = made.read_edition(made.edition_path(source, language))
    mt.set_language(language)
    for tag, right in (("exercise", None), ("solution", True)):
        cells = tagged(edition, tag)
        assert len(cells) == sum(isinstance(each, Exercise) for each in exercises(source.stem[:2]))
        for cell in cells:
            (id,) = CALL.findall(cell.source)
            exercise, data = find(id), cell.outputs[-1].data
            expected = mt.check(id, ... if right is None else exercise.expected())
            assert expected.right is right
            assert data["text/html"] == expected._repr_html_()
            assert data["text/plain"] == repr(expected) == plain(data["text/html"])


@each_chapter
@each_language
def test_the_quizzes_of_an_edition_have_computed_keys(source, language):
    """The stored key is what the cell computed when it ran; nbval compares it with what it computes anew."""
    edition = made.read_edition(made.edition_path(source, language))
    for cell in tagged(edition, "quiz"):
        (id,) = re.findall(r'mt\.quiz\("(\d\d\.\d+)"', cell.source)
        data = cell.outputs[-1].data
        key = int(re.search(r'right="(\d+)"', data["text/html"])[1])
        assert data["text/plain"] == repr(Question(id, key))
        assert data["text/html"].startswith(f'<quick-quiz lang="{language}" name="{id}" ')
