"""Exercises as a reader meets them on the page, from disk: every quiz answered, right and wrong, and what is kept."""

import re
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from playwright.sync_api import expect

from mnist_tutorial._exercise_html import SHOW, option_text, plain, quiz_html, verdict_html
from mnist_tutorial._widgets import FOLDER
from mnist_tutorial.exercises import CHAPTERS, Between, Exercise, Quiz, exercises
from mnist_tutorial.exercises import right as right_verdict

sys.path.insert(0, str(Path(__file__).parents[2] / "book"))

from make_notebooks import LANGUAGES, sources

NAMES = {source.stem[:2]: source.stem for source in sources()}
QUIZZES = {chapter: [each for each in exercises(chapter) if isinstance(each, Quiz)] for chapter in CHAPTERS}
WITH_QUIZ = [chapter for chapter, quizzes in QUIZZES.items() if quizzes]
TYPED = [quiz for quizzes in QUIZZES.values() for quiz in quizzes if quiz.typed]
CHOSEN = [quiz for quizzes in QUIZZES.values() for quiz in quizzes if not quiz.typed]
WORDS = {  # right, wrong, done, no number, another number
    "ko": ("맞았습니다.", "아닙니다.", "✓ 맞혔습니다", "수가 아닙니다.", "이 수는 아닙니다."),
    "en": ("Right.", "Not quite.", "✓ done", "This is not a number.", "Not this one."),
}
# Choose or type each, press the button, and return what the quiz then shows: the reply, its colour, the marked option,
# and whether the answer is offered and the quiz is marked as done.
ANSWER = """(quiz, answers) => answers.map((answer) => {
    const find = (selector) => quiz.shadowRoot.querySelector(selector);
    if (typeof answer === "string") {
        find("input").value = answer;
        find("input").dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
    } else quiz.shadowRoot.querySelectorAll(".option")[answer].click();
    const before = find(".verdict").textContent;
    find(".check").click();
    const options = [...quiz.shadowRoot.querySelectorAll(".option")];
    return {
        before,
        text: find(".verdict").textContent.trim(),
        colour: find(".verdict").className.replace("verdict", "").trim(),
        marked: options.flatMap((each, i) => (each.matches(".right, .wrong") ? [i] : [])),
        offered: !find(".show").hidden,
        done: !find(".mark").hidden,
    };
})"""
OWN_FOLDS = ".exercise > .cell:not(.tag_check) > details > summary"  # but for what a quiz has where no script runs
NOTHING_IS_KEPT = """Object.defineProperty(window, "localStorage", {
    get() { throw new DOMException("Access is denied", "SecurityError"); },
})"""

each_language = pytest.mark.parametrize("language", LANGUAGES)
each_chapter = pytest.mark.parametrize("chapter", WITH_QUIZ)


def address(site, language, chapter):
    return f"{site}book/{language}/{NAMES[chapter]}.html"


@pytest.fixture
def open_quiz(page, disk):
    """Open a chapter, from disk unless told otherwise, and return a quiz of it."""

    def open_it(quiz, language="en", site=disk):
        page.goto(address(site, language, quiz.id[:2]))
        return page.locator(f"quick-quiz[name='{quiz.id}']")

    return open_it


def said(option, language):
    """Return what an option replies, as text."""
    return {"ko": option.ko, "en": option.en}[language].replace("`", "")


def typed(value):
    """Return how people type an option's value: a number between the two, if it has two."""
    return f"{(value.low + value.high) / 2!r}" if isinstance(value, Between) else f"{value!r}"


def wrong_of(quiz, right):
    return [number for number in range(len(quiz.options)) if number != right]


# Every quiz


@each_language
@each_chapter
def test_every_option_of_every_quiz_gets_its_own_reply(page, disk, language, chapter):
    """Wrong ones first, which leave it undone; the Korean pages on a small phone in the dark."""
    if language == "ko":
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address(disk, language, chapter))
    right_word, wrong_word, *_ = WORDS[language]
    assert page.locator("quick-quiz").evaluate_all("all => all.map((quiz) => quiz.getAttribute('name'))") == [
        quiz.id for quiz in QUIZZES[chapter]
    ]
    for quiz in QUIZZES[chapter]:
        element = page.locator(f"quick-quiz[name='{quiz.id}']")
        right = int(element.get_attribute("right"))
        order = [*wrong_of(quiz, right), right]
        replies = element.evaluate(ANSWER, [typed(quiz.options[i].value) for i in order] if quiz.typed else order)
        for number, reply in zip(order, replies, strict=True):
            is_right = number == right
            word = right_word if is_right else wrong_word
            assert reply == {
                "before": "",
                "text": f"{word} {said(quiz.options[number], language)}",
                "colour": "right" if is_right else "wrong",
                "marked": [] if quiz.typed else [number],
                "offered": not is_right,
                "done": is_right,
            }
        assert element.evaluate("quiz => quiz.scrollWidth <= quiz.clientWidth")
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") == width


@each_language
@pytest.mark.parametrize("quiz", TYPED, ids=lambda quiz: quiz.id)
def test_other_numbers_and_other_texts_are_told_apart(open_quiz, language, quiz):
    *_, no_number, other = WORDS[language]
    element = open_quiz(quiz, language)
    unknown = next(n for n in (123457, -98765.25) if not any(option.fits(n) for option in quiz.options))
    replies = element.evaluate(ANSWER, [str(unknown), "many", "0,97", "  "])
    assert [(reply["colour"], reply["done"]) for reply in replies] == [("wrong", False)] + 3 * [("", False)]
    assert replies[0]["text"].startswith(other)
    assert [reply["text"].startswith(no_number) for reply in replies[1:3]] == [True, True]
    assert replies[3]["text"] in ("먼저 수를 적으세요.", "Type a number first.")


@each_language
def test_without_a_choice_it_asks_for_one(open_quiz, language):
    quiz = open_quiz(CHOSEN[0], language)
    quiz.locator(".check").click()
    expect(quiz.get_by_role("status")).to_have_text(
        {"ko": "먼저 하나를 고르세요.", "en": "Choose one first."}[language]
    )
    quiz.locator(".option").first.click()
    expect(quiz.get_by_role("status")).to_have_text("")


@each_language
def test_the_answer_is_shown_to_who_asks_for_it(open_quiz, language):
    """Only after a try; seen is not yet done."""
    quiz = open_quiz(CHOSEN[0], language)
    right = int(quiz.get_attribute("right"))
    show = quiz.get_by_role("button", name=SHOW[language])
    expect(show).to_have_count(0)
    quiz.locator(".option").nth(wrong_of(CHOSEN[0], right)[0]).click()
    quiz.locator(".check").click()
    show.click()
    expect(quiz.locator(f"input[value='{right}']")).to_be_checked()
    expect(quiz.get_by_role("status")).to_contain_text(said(CHOSEN[0].options[right], language))
    expect(quiz.locator(".mark")).to_be_hidden()
    assert quiz.evaluate("quiz => quiz.shadowRoot.activeElement.className") == "check"


SPELLINGS = {
    "5": 5, "5.": 5, ".5": 0.5, "+5": 5, "-5": -5, "−5": -5, "–5": -5, " 5 ": 5, "1e-3": 0.001, "1E3": 1000,
    "60,000": 60_000, "60 000": 60_000, "60_000": 60_000, "1,234,567": 1_234_567, "1,234.5": 1234.5, "6만": 60_000,
    "1.5만": 15_000, "97.5 %": 0.975, "97.5%": 0.975, "97.5％": 0.975, "６０，０００": 60_000, "２８": 28, "1/2": 0.5,
    "½": 0.5, "1 / 4": 0.25, "0.9766": 0.9766, "007": 7,
    "": None, " ": None, "many": None, "0,97": None, "1,23": None, "12,3456": None, "1/0": None, "1/2%": None,
    "--5": None, "5 5x": None, "%": None, "만": None, ".": None, "e3": None, "NaN": None, "Infinity": None,
    "0x10": None, "1e999": None, "5개": None, "(10,)": None, "1.2.3": None,
}  # fmt: skip


def test_numbers_are_read_as_people_type_them(page):
    page.goto("about:blank")
    page.add_script_tag(content=(FOLDER / "quiz" / "number.js").read_text(encoding="utf-8"))
    read = dict(zip(SPELLINGS, page.evaluate("texts => texts.map(typedNumber)", list(SPELLINGS)), strict=True))
    assert read == {text: value if value is None else pytest.approx(value) for text, value in SPELLINGS.items()}
    cases = [(97.65, 97.65, True), (0.1 + 0.2, 0.3, True), (0.31, 0.3, False), (0, 0, True), (60_001, 60_000, False)]
    cases += [(0.5, [0.5, 0.6], True), (0.6, [0.5, 0.6], False), (0.49, [0.5, 0.6], False), (3, None, False)]
    for number, value, expected in cases:
        assert page.evaluate("([number, value]) => fits(number, value)", [number, value]) is expected, (number, value)


# By keyboard, by ear, by finger, in the dark


@each_language
def test_with_the_keyboard_alone(page, open_quiz, language):
    """Arrows choose, Enter checks, Tab leads on to the buttons; a number is typed and checked by Enter."""
    quiz, right_word = CHOSEN[0], WORDS[language][0]
    element = open_quiz(quiz, language)
    right = int(element.get_attribute("right"))
    status = element.get_by_role("status")
    element.locator("input").first.focus()
    page.keyboard.press("Space")
    for i in range(len(quiz.options)):
        page.keyboard.press("Enter")
        expect(status).to_contain_text(said(quiz.options[i], language))
        if i == right:
            expect(status).to_contain_text(right_word)
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert element.evaluate("quiz => quiz.shadowRoot.activeElement.className") == "check"
    page.keyboard.press("Space")
    expect(status).to_contain_text(said(quiz.options[0], language))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(status).to_contain_text(said(quiz.options[right], language))
    element = open_quiz(TYPED[0], language)
    element.locator("input").focus()
    right = int(element.get_attribute("right"))
    page.keyboard.type(typed(TYPED[0].options[right].value))
    page.keyboard.press("Enter")
    expect(element.get_by_role("status")).to_have_text(f"{right_word} {said(TYPED[0].options[right], language)}")


@each_language
def test_a_screen_reader_hears_what_it_is_and_what_is_said(page, open_quiz, language):
    quiz = CHOSEN[0]
    element = open_quiz(quiz, language)
    name = {"ko": "예상", "en": "Predict"}[language]
    frame = page.get_by_role("group", name=f"{name} {quiz.id}", exact=True)
    expect(frame.locator("quick-quiz")).to_have_count(1)
    expect(frame.get_by_role("group", name=f"{name} {quiz.id}")).to_have_count(1)  # the form's own
    texts = [option_text(option, language).replace("`", "") for option in quiz.options]
    expect(element.get_by_role("radio")).to_have_count(len(texts))
    for text in texts:
        expect(element.get_by_role("radio", name=text, exact=True)).to_have_count(1)
    status = element.locator("[role=status]")
    assert status.evaluate("status => [status.textContent, status.checkVisibility()]") == ["", True]  # there before
    element.evaluate(ANSWER, [0])
    expect(element.get_by_role("status")).to_contain_text(said(quiz.options[0], language))


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_answered_and_opened_it_is_accessible(page, server, open_quiz, scheme, width):
    """And every target is large enough for a finger, and shows where the keyboard is."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    element = open_quiz(CHOSEN[0], site=server)  # axe reads the styles, which it cannot from disk
    element.evaluate(ANSWER, [0])
    for summary in page.locator(OWN_FOLDS).all():
        summary.evaluate("summary => summary.click()")
    other = page.locator("quick-quiz").nth(1)
    other.evaluate("(quiz) => quiz.shadowRoot.querySelector('.check').click()")
    found = Axe().run(page, ".exercise", {"resultTypes": ["violations"]}).response["violations"]
    assert [(each["id"], node["html"][:200]) for each in found for node in each["nodes"]] == []
    for target in page.locator(f".exercise :is(.option, button:not(.copybtn), input[type=text], {OWN_FOLDS})").all():
        if target.is_visible():
            assert target.bounding_box()["height"] >= 40, target.evaluate("target => target.outerHTML")
    for control in (element.locator("input").first, element.locator(".check")):
        control.focus()
        page.keyboard.press("Shift")  # the keyboard is in use
        ring = "control => getComputedStyle(control.closest('.option') ?? control).outline"
        assert re.search(r"solid [23]px", control.evaluate(ring))


def test_nothing_moves_for_readers_who_do_not_want_it(page, open_quiz):
    page.emulate_media(reduced_motion="reduce")
    open_quiz(CHOSEN[0])
    summary = page.locator(OWN_FOLDS).first
    summary.click()
    moving = "document.getAnimations().filter((each) => each.playState === 'running').length"
    assert page.evaluate(moving) == 0


# The frame of an exercise


@each_language
@pytest.mark.parametrize("chapter", [chapter for chapter in CHAPTERS if exercises(chapter)])
def test_a_frame_holds_all_of_an_exercise_and_nothing_else(site, language, chapter):
    """Its name and question first; then the quiz, or starter, how to run it, hints, solution, and what explains it."""
    page = BeautifulSoup((site / "book" / language / f"{NAMES[chapter]}.html").read_text("utf-8"), "html.parser")
    hint, solution, explanation = {"ko": ("힌트", "풀이", "설명"), "en": ("Hint", "Solution", "Explanation")}[language]
    frames = page.select("article .exercise")
    asked = [frame for frame in frames if not re.match("프로젝트|Project", frame["aria-label"])]
    assert [frame["id"] for frame in asked] == [f"exercise-{each.id}" for each in exercises(chapter)]
    for each, frame in zip(exercises(chapter), asked, strict=True):
        name, is_quiz = frame.select_one(":scope > p:first-child > strong:first-child").text, isinstance(each, Quiz)
        assert name == frame["aria-label"]
        assert name.endswith(f" {each.id}")
        assert len(frame.select(":scope > .tag_quiz quick-quiz")) == is_quiz
        for part in (".tag_exercise", "p.run a[download]", ".tag_solution"):
            assert len(frame.select(f":scope > {part}")) == (not is_quiz), part
        folds = [fold.p.text for fold in frame.select(":scope > .cell:not(.tag_check) > details > summary")]
        hints = [] if is_quiz else [f"{hint} {each.id} · {number}" for number in range(1, 1 + len(each.hints))]
        named = [] if is_quiz else [*hints, f"{solution} {each.id}"]
        assert folds in (named, [*named, f"{explanation} {each.id}"])
    outside = [fold.text for fold in page.select("article summary") if not fold.find_parent(class_="exercise")]
    assert [text for text in outside if re.search(rf"{chapter}\.\d", text)] == []


@each_language
def test_hints_and_solution_open_to_what_they_say(page, disk, language):
    each = next(each for chapter in CHAPTERS for each in exercises(chapter) if isinstance(each, Exercise))
    page.goto(address(disk, language, each.id[:2]))
    folds = page.locator(f"[id='exercise-{each.id}'] details")
    for fold, words in zip(folds.all(), each.hints, strict=False):
        text = fold.locator("p").last
        expect(text).to_be_hidden()
        fold.locator("summary").click()
        expect(text).to_have_text(words[LANGUAGES.index(language)].replace("`", ""))
    solution = folds.nth(len(each.hints))
    solution.locator("summary").click()
    expect(solution.locator("pre").first).to_contain_text(f'mt.check("{each.id}", answer)')
    expect(solution.locator(".verdict")).to_have_text(plain(verdict_html(right_verdict(each.id), language)))
    notebook = page.locator(f"[id='exercise-{each.id}'] p.run a").evaluate("link => link.href")
    assert notebook == page.locator("a.btn[download]").evaluate("link => link.href")


# What is kept


def marks(page):
    return page.locator(".bd-docs-nav .done")


def solve(page, quiz):
    element = page.locator(f"quick-quiz[name='{quiz.id}']")
    right = int(element.get_attribute("right"))
    value = typed(quiz.options[right].value) if quiz.typed else right
    return element.evaluate(ANSWER, [value])[0]


def kept(page):
    return page.evaluate("localStorage.getItem('exercises done')")


def test_marks_are_kept_shared_by_both_languages_and_forgotten_by_one_press(page, disk):
    chapter = WITH_QUIZ[0]
    quizzes = QUIZZES[chapter]
    number, all_of_them = int(chapter), len(quizzes)
    page.goto(address(disk, "ko", chapter))
    expect(marks(page)).to_have_count(0)
    expect(page.locator(".forget-done")).to_be_hidden()
    page.locator(f"quick-quiz[name='{quizzes[0].id}']").evaluate(ANSWER, ["123457" if quizzes[0].typed else 0])
    for done, quiz in enumerate(quizzes, 1):
        solve(page, quiz)
        expect(marks(page)).to_have_text(f"{done}/{all_of_them}")
    said_of_it = f"예상 문제 {all_of_them}개 가운데 {all_of_them}개를 맞혔습니다"
    expect(marks(page)).to_have_attribute("title", said_of_it)
    expect(page.get_by_role("link", name=re.compile(rf"^{number}\. .*{said_of_it}$"))).to_have_count(1)
    page.reload()
    expect(marks(page)).to_have_count(1)
    page.goto(address(disk, "en", chapter))
    expect(marks(page)).to_have_attribute("title", f"{all_of_them} of {all_of_them} predictions right")
    expect(page.locator("quick-quiz").first.locator(".mark")).to_have_text(WORDS["en"][2])
    page.goto(f"{disk}book/index.html")  # lists the chapters of both languages
    expect(marks(page)).to_have_count(2)
    page.goto(address(disk, "en", "04"))
    expect(marks(page)).to_have_count(1)
    page.go_back()
    page.goto(address(disk, "en", chapter))
    page.get_by_role("button", name="Forget what is done").click()
    expect(marks(page)).to_have_count(0)
    expect(page.locator(".forget-done")).to_be_hidden()
    expect(page.locator("quick-quiz").first.locator(".mark")).to_be_hidden()
    assert kept(page) is None
    page.goto(address(disk, "ko", chapter))
    expect(marks(page)).to_have_count(0)
    expect(page.get_by_role("button", name="맞힌 기록 지우기", include_hidden=True)).to_have_count(1)


def test_a_mark_appears_on_pages_that_are_open(page, disk):
    """The other language in another tab, say."""
    chapter = WITH_QUIZ[0]
    other = page.context.new_page()
    other.goto(address(disk, "en", chapter))
    page.goto(address(disk, "ko", chapter))
    solve(page, QUIZZES[chapter][0])
    expect(marks(other)).to_have_count(1)


def test_on_a_phone_the_marks_are_in_the_menu(page, disk):
    page.set_viewport_size({"width": 390, "height": 844})
    chapter = WITH_QUIZ[0]
    page.goto(address(disk, "ko", chapter))
    solve(page, QUIZZES[chapter][0])
    expect(marks(page)).to_be_hidden()
    page.get_by_role("button", name="차례").click()
    expect(marks(page)).to_be_visible()
    forget = page.get_by_role("button", name="맞힌 기록 지우기")
    assert forget.bounding_box()["height"] >= 40
    forget.click()
    expect(marks(page)).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_list_of_chapters_with_marks_is_accessible(page, server, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(address(server, "en", WITH_QUIZ[0]))
    solve(page, QUIZZES[WITH_QUIZ[0]][0])
    expect(marks(page)).to_be_visible()
    found = Axe().run(page, ".bd-sidebar-primary", {"resultTypes": ["violations"]}).response["violations"]
    assert [(each["id"], node["html"][:200]) for each in found for node in each["nodes"]] == []


# Where little is allowed


def test_where_the_browser_keeps_nothing_quizzes_answer_all_the_same(browser, disk):
    """Neither a widget nor the list of chapters stumbles."""
    page, errors = browser.new_page(), []
    page.on("pageerror", lambda error: errors.append(error.stack))
    page.add_init_script(NOTHING_IS_KEPT)
    page.goto(address(disk, "en", WITH_QUIZ[0]))
    reply = solve(page, QUIZZES[WITH_QUIZ[0]][0])
    assert (reply["colour"], reply["done"]) == ("right", False)
    expect(marks(page)).to_have_count(0)
    expect(page.locator(".forget-done")).to_be_hidden()
    assert [stack for stack in errors if re.search(r"/(widgets|progress|book)\.js", stack)] == []
    page.close()


@pytest.mark.parametrize("quiz", [CHOSEN[0], TYPED[0]], ids=["chosen", "typed"])
@pytest.mark.parametrize("allowed", ["allow-scripts", "allow-scripts allow-forms"])
def test_in_a_frame_that_may_do_little_it_answers(page, tmp_path, quiz, allowed):
    """As notebook programs show outputs; what it keeps is then for nobody, and the first kind may send no forms."""
    text = quiz_html(quiz.id, 0, "en").replace("&", "&amp;").replace('"', "&quot;")
    file = tmp_path / "frame.html"
    file.write_text(
        f'<!doctype html><html lang="ko"><meta charset="utf-8"><title>Frame</title><body>'
        f'<iframe width="600" height="500" sandbox="{allowed}" srcdoc="{text}"></iframe>',
        encoding="utf-8",
    )
    page.goto(file.as_uri())
    element = page.frame_locator("iframe").locator("quick-quiz")
    expect(element.locator("legend")).to_contain_text(f"Predict {quiz.id}")
    if quiz.typed:
        element.locator("input").fill(typed(quiz.options[0].value))
        element.locator("input").press("Enter")
    else:
        element.locator("input").first.check()
        element.locator("input").first.press("Enter")
    expect(element.get_by_role("status")).to_have_text(f"Right. {said(quiz.options[0], 'en')}")
    element.locator("input").first.press("End")
    element.locator(".check").click()
    expect(element.get_by_role("status")).not_to_have_text("")


@each_language
@pytest.mark.parametrize("quiz", [CHOSEN[0], TYPED[0]], ids=["chosen", "typed"])
def test_without_scripts_the_options_and_the_answer_are_there(browser, disk, language, quiz):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(address(disk, language, quiz.id[:2]))
    element = page.locator(f"quick-quiz[name='{quiz.id}']")
    right = quiz.options[int(element.get_attribute("right"))]
    options = [] if quiz.typed else [option_text(option, language).replace("`", "") for option in quiz.options]
    expect(element.locator("li")).to_have_text(options)
    answer = element.locator("details > p")
    expect(answer).to_be_hidden()
    expect(element.locator("summary")).to_have_text(SHOW[language])
    element.locator("summary").click()
    expect(answer).to_have_text(f"{option_text(right, language).replace('`', '')}. {said(right, language)}")
    expect(marks(page)).to_have_count(0)
    expect(page.locator(".forget-done")).to_be_hidden()
    page.context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_on_paper_stand_the_options_and_the_answer(browser, disk, scripts):
    page = browser.new_context(java_script_enabled=scripts).new_page()
    page.goto(address(disk, "en", CHOSEN[0].id[:2]))
    page.emulate_media(media="print")
    element = page.locator(f"quick-quiz[name='{CHOSEN[0].id}']")
    for item in element.locator("li").all():
        expect(item).to_be_visible()
    expect(element.locator("li")).to_have_count(len(CHOSEN[0].options))
    assert element.locator("details > p").bounding_box()["height"] > 10
    expect(element.locator(".root")).to_have_count(int(scripts))
    if scripts:
        expect(element.locator(".root")).to_be_hidden()
    expect(page.locator(".exercise > p:first-child > strong:first-child").first).to_be_visible()
    page.context.close()
