"""Exercises in JupyterLab: verdicts, a hint, quizzes, progress, in the notebook's language; saved, opened untrusted."""

import shutil
import sys
from pathlib import Path

import nbformat
import pytest
from labs import open_notebook, run_all
from playwright.sync_api import expect

from mnist_tutorial import exercises as module
from mnist_tutorial._exercise_html import SHOW, Verdict, plain, verdict_html
from mnist_tutorial.exercises import Quiz, exercises, find

sys.path.insert(0, str(Path(__file__).parents[2] / "book"))

import make_notebooks as made

ID = next(each.id for each in exercises("02") if not isinstance(each, Quiz))
CHOSEN = next(each for each in exercises("02") if isinstance(each, Quiz) and not each.typed)
TYPED = next(each for each in exercises("02") if isinstance(each, Quiz) and each.typed)
OUTPUTS = ("untried", "wrong", "right", "hint", "chosen", "typed", "progress")
CELLS = [
    "from mnist_tutorial.exercises import find",
    f'mt.check("{ID}", ...)',
    f'mt.check("{ID}", find("{ID}").mistakes[0].wrong())',
    f'mt.check("{ID}", find("{ID}").expected())',
    f'mt.hint("{ID}")',
    f'mt.quiz("{CHOSEN.id}", find("{CHOSEN.id}").options[1].value)',
    f'mt.quiz("{TYPED.id}", find("{TYPED.id}").options[0].value)',
    "mt.progress()",
]
WORDS = {  # right, wrong, done of all, forget
    "ko": ("맞았습니다.", "아닙니다.", "문제 {all}개 가운데 {done}개를 풀었습니다", "모두 지우기"),
    "en": ("Right.", "Not quite.", "{done} of {all} exercises done", "Forget all of it"),
}

each_language = pytest.mark.parametrize("language", made.LANGUAGES)


def said(option, language):
    return {"ko": option.ko, "en": option.en}[language].replace("`", "")


def output(page, name):
    """Return what the cell of that name has put out."""
    return page.locator(".jp-Notebook .jp-CodeCell").nth(2 + OUTPUTS.index(name)).locator(".jp-OutputArea-output")


def verdicts(language):
    """Return what the verdicts and the hint say in a language."""
    exercise, mistake = find(ID), find(ID).mistakes[0]
    all_of_them = {
        "untried": module.untried(ID),
        "wrong": Verdict(ID, False, (mistake.ko, mistake.en)),
        "right": module.right(ID),
        "hint": Verdict(ID, None, exercise.hints[0], f"1/{len(exercise.hints)}"),
    }
    return {name: plain(verdict_html(verdict, language)) for name, verdict in all_of_them.items()}


@each_language
def test_exercises_answer_in_jupyterlab(lab, reader, language):
    """The names of the steps say what is asserted."""
    address, folder = lab
    run = folder / "_work" / f"exercises_{language}.ipynb"
    run.parent.mkdir(exist_ok=True)
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    nbformat.write(made.edition(nbformat.v4.new_notebook(cells=cells), language), run)
    open_notebook(reader, address, f"_work/{run.name}")
    run_all(reader)
    verdicts_are_in_the_language_of_the_notebook(reader, language)
    a_quiz_answers(reader, language)
    a_number_is_typed_and_its_keys_are_not_jupyters(reader, language)
    progress_counts_both_and_forgets(reader, language)
    save(reader)
    opened_again_as_trusted_a_quiz_needs_no_running(reader, address, run, language)
    opened_untrusted_the_text_remains(reader, address, run, language)


def verdicts_are_in_the_language_of_the_notebook(page, language):
    expect(output(page, "progress").locator(".sum")).to_be_visible(timeout=180_000)
    for name, text in verdicts(language).items():
        expect(output(page, name).locator(".verdict")).to_have_text(text)
    colours = [
        output(page, name).locator(".verdict").evaluate("verdict => getComputedStyle(verdict).borderLeftColor")
        for name in ("right", "wrong")
    ]
    assert colours == ["rgb(31, 125, 87)", "rgb(192, 53, 72)"]


def a_quiz_answers(page, language):
    right, wrong, *_ = WORDS[language]
    quiz = output(page, "chosen").locator("quick-quiz")
    name = {"ko": "예상", "en": "Predict"}[language]
    expect(quiz.locator("legend")).to_contain_text(f"{name} {CHOSEN.id}")
    for choice, word in ((0, wrong), (1, right)):
        quiz.locator(".option").nth(choice).click()
        quiz.locator(".check").click()
        expect(quiz.get_by_role("status")).to_have_text(f"{word} {said(CHOSEN.options[choice], language)}")
    expect(quiz.locator(".mark")).to_be_visible()


def a_number_is_typed_and_its_keys_are_not_jupyters(page, language):
    count = page.locator(".jp-Notebook .jp-Cell").count()
    quiz = output(page, "typed").locator("quick-quiz")
    field = quiz.locator("input")
    field.focus()
    page.keyboard.type("dd x a b 00")
    expect(field).to_have_value("dd x a b 00")
    page.keyboard.press("Enter")
    expect(quiz.get_by_role("status")).not_to_have_text("")
    page.keyboard.press("Control+a")
    page.keyboard.type(f"{TYPED.options[0].value}")
    page.keyboard.press("Enter")
    expect(quiz.get_by_role("status")).to_have_text(f"{WORDS[language][0]} {said(TYPED.options[0], language)}")
    assert page.locator(".jp-Notebook .jp-Cell").count() == count


def progress_counts_both_and_forgets(page, language):
    """What was right in the notebook, and what the browser has kept of the quizzes."""
    *_, done, forget = WORDS[language]
    progress = output(page, "progress").locator("exercise-progress")
    everything = sum(len(exercises(chapter)) for chapter in module.CHAPTERS)
    expect(progress.locator(".sum")).to_have_text(done.format(done=3, all=everything))
    left = [each.id for each in exercises("02") if each.id not in (ID, CHOSEN.id, TYPED.id)]
    expect(progress.locator("li")).to_contain_text(f": {', '.join(left)}")
    progress.get_by_role("button", name=forget).click()
    expect(progress.locator(".sum")).to_have_text(done.format(done=0, all=everything))
    expect(output(page, "chosen").locator(".mark")).to_be_hidden()


def save(page):
    unsaved = page.locator(".lm-TabBar-tab.jp-mod-dirty")
    expect(unsaved.first).to_be_visible()
    page.locator(".jp-Notebook .jp-CodeCell .cm-content").last.click()  # a quiz keeps the keys to itself
    page.keyboard.press("Control+s")
    expect(unsaved).to_have_count(0)


def opened_again_as_trusted_a_quiz_needs_no_running(page, address, run, language):
    again = run.with_name(f"{run.stem}_again.ipynb")  # the same content: Jupyter knows it by that
    shutil.copy(run, again)
    open_notebook(page, address, f"_work/{again.name}")
    a_quiz_answers(page, language)


def opened_untrusted_the_text_remains(page, address, run, language):
    """As in a notebook that comes from somebody else: here, one that was changed outside Jupyter."""
    changed = nbformat.read(run, as_version=4)
    changed.cells[-1].source += "\n"
    nbformat.write(changed, run.with_name(f"{run.stem}_changed.ipynb"))
    open_notebook(page, address, f"_work/{run.stem}_changed.ipynb")
    for name, text in verdicts(language).items():
        expect(output(page, name).locator(".verdict")).to_have_text(text)
    still = output(page, "chosen")
    expect(still.locator("li")).to_have_count(len(CHOSEN.options))
    expect(still.locator("li").first).to_be_visible()
    still.locator("summary", has_text=SHOW[language]).click()
    expect(still.locator("details p")).to_contain_text(said(CHOSEN.options[1], language))
    expect(output(page, "typed").locator("summary")).to_be_visible()
    assert page.evaluate("[...document.querySelectorAll('quick-quiz')].some((each) => each.shadowRoot)") is False
