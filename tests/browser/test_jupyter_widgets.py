"""The widgets of the chapters in JupyterLab: run, used, saved, and opened again, trusted or not.

For each widget, the chapter that shows it first, in both editions. Of its code only the cells run whose output is a
widget, and those that these need for their names, with one epoch and two seeds wherever the source says how many.
Quizzes would need more, since their keys are results; they and what else exercises show are in
test_jupyter_exercises.py.
"""

import re
import shutil
import symtable
import sys
from pathlib import Path

import nbformat
import pytest
from hands import HANDS, curve
from labs import open_notebook, run_all
from pads import PAGE, sheet
from playwright.sync_api import expect

from mnist_tutorial._widgets import SENTENCES, WITHOUT_NETWORK
from mnist_tutorial._widgets import WIDGETS as ALL_WIDGETS

sys.path.insert(0, str(Path(__file__).parents[2] / "book"))

import make_notebooks as made

WIDGETS = [tag for tag in ALL_WIDGETS if tag not in WITHOUT_NETWORK]
ANY_WIDGET = ", ".join(WIDGETS)
SHORTER = {r"\b(epochs ?= ?)\d+": r"\g<1>1", r"(?<=seeds=range\()\d+": "2"}  # a standard error takes two
KEYS = ["d", "d", "x", "a", "b", "m", "z", "0", "0"]  # delete, cut, insert, undo, restart, where JupyterLab gets them
FIRST_CONTROL = """widget => [...widget.shadowRoot.querySelectorAll("[tabindex='0'], button, input, summary")]
    .find((each) => each.checkVisibility()).focus()"""


def outputs(cell):
    """Return the HTML that a cell has put out."""
    return ["".join(output.get("data", {}).get("text/html", "")) for output in cell.get("outputs", [])]


def widgets_of(cell):
    """Return the tags of the widgets that a cell shows."""
    found = [re.match(r"<([\w-]+) ", html) for html in outputs(cell)]
    return [each[1] for each in found if each and each[1] in WIDGETS]


def stored(chapter, language):
    return nbformat.read(made.edition_path(Path(f"{chapter}.md"), language), as_version=4)


def first_chapters():
    """Return for each widget the chapter that shows it first."""
    first = {}
    for source in made.sources():
        for cell in stored(source.stem, "en").cells:
            for tag in widgets_of(cell):
                first.setdefault(tag, source.stem)
    assert first.keys() == set(WIDGETS), "each widget is shown in a chapter, whose editions have been made"
    return first


CHAPTERS = sorted(set(first_chapters().values()))
each_chapter = pytest.mark.parametrize("chapter", CHAPTERS)
each_language = pytest.mark.parametrize("language", made.LANGUAGES)
each_widget = pytest.mark.parametrize("tag", WIDGETS)


def names(source):
    """Return the names that a cell binds, and those of others that it uses, in functions too."""
    tables = [symtable.symtable(source, "cell", "exec")]
    bound = {symbol.get_name() for symbol in tables[0].get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    used = {symbol.get_name() for symbol in tables[0].get_symbols() if symbol.is_referenced()}
    for table in tables:
        tables.extend(table.get_children())
        used |= {symbol.get_name() for symbol in table.get_symbols() if symbol.is_global() and symbol.is_referenced()}
    return bound, used


def leading_to_widgets(cells):
    """Return the cells that show widgets, and before them those that bind the names they need.

    A function's names count where it is defined, not where it is called; a name that is left out fails the run.
    """
    wanted, kept = set(), []
    for cell in reversed(cells):
        bound, used = names(cell.source)
        if widgets_of(cell) or bound & wanted:
            kept.insert(0, cell)
            wanted = wanted - bound | used
    return kept


def shorter(source):
    """Return code that trains for one epoch, with two seeds."""
    for pattern, replacement in SHORTER.items():
        source = re.sub(pattern, replacement, source, flags=re.IGNORECASE)
    return source


def short_edition(chapter, language):
    """Return an edition without the code that no widget needs and without outputs, each widget's cell twice."""
    edition = stored(chapter, language)
    code = [cell for cell in edition.cells if cell.cell_type == "code"]
    setup, kept = code[0], leading_to_widgets(code[1:])
    again = [nbformat.v4.new_code_cell(cell.source) for cell in kept if widgets_of(cell)]
    shown = [tag for cell in kept for tag in widgets_of(cell)]
    for cell in (*kept, *again):
        cell.source, cell.outputs, cell.execution_count = shorter(cell.source), [], None
    edition.cells = [
        cell for cell in edition.cells if cell.cell_type != "code" or cell is setup or cell in kept
    ] + again
    return edition, shown * 2


def axes(place):
    return ("x", "width", place[0]), ("y", "height", place[1])


def write_a_one(page, pad):
    box, places = sheet(pad), curve(*HANDS["plain"][1])
    points = [[box[start] + box[side] * (20 + at) / 140 for start, side, at in axes(place)] for place in places]
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point)
    page.mouse.up()
    expect(pad.locator(".digit")).to_have_text("1")


def train_in_the_lab(page, lab):
    lab.locator(".missed .thumb").first.wait_for()
    lab.locator("button.train").click()
    expect(lab.locator(".where")).to_have_text(re.compile(r"\b([2-9]|[1-9]\d)\b"))
    lab.locator("button.train").click()


def step_in_the_valley(page, valley):
    rows = valley.locator("tbody tr")
    before = rows.count()
    valley.locator("button.step").click()
    expect(rows).to_have_count(before + 1)


def train_in_the_plane(page, plane):
    plane.locator("button.train").click()
    expect(plane.locator(".count")).to_have_text(re.compile("[1-9]"))
    plane.locator("button.train").click()


TRIALS = {
    "draw-digit": write_a_one,
    "training-lab": train_in_the_lab,
    "loss-valley": step_in_the_valley,
    "relu-plane": train_in_the_plane,
}


def use(page, tags):
    """Wait for a notebook's widgets, in their order, and use each."""
    widgets = page.locator(f".jp-OutputArea-output :is({ANY_WIDGET})")
    red = page.locator("[data-mime-type='application/vnd.jupyter.stderr'], [data-mime-type$='.error']")
    red.or_(widgets.nth(len(tags) - 1)).first.wait_for(timeout=180_000)
    assert red.all_inner_texts() == []
    assert [widget.evaluate("widget => widget.localName") for widget in widgets.all()] == tags
    for tag, widget in zip(tags, widgets.all(), strict=True):
        expect(widget.locator(".root")).to_be_visible()
        TRIALS[tag](page, widget)
    return widgets.all()


def is_korean(text):
    return any("가" <= letter <= "힣" for letter in text)


def cells(page):
    return page.locator(".jp-Notebook .jp-Cell").all_inner_texts()


@each_language
@each_chapter
def test_widgets_are_used_saved_and_used_again(lab, reader, chapter, language):
    """The names of the steps say what is asserted."""
    folder = lab[1] / "_work" / language
    folder.mkdir(parents=True, exist_ok=True)
    notebook, tags = short_edition(chapter, language)
    run = folder / f"{chapter}.ipynb"
    nbformat.write(notebook, run)

    open_notebook(reader, lab[0], f"_work/{language}/{run.name}")
    run_all(reader)
    widgets = use(reader, tags)
    assert len(widgets) == len(notebook_widgets(notebook)) * 2 >= 2  # each one twice
    for widget in widgets:
        text = widget.locator(".root").inner_text()
        assert is_korean(text) == (language == "ko"), text

    keys_stay_in_the_widgets(reader, widgets)
    save(reader, run, len(tags))
    opened_again_as_trusted_they_need_no_running(reader, lab[0], run, tags)
    opened_untrusted_they_are_pictures(reader, lab[0], run, tags, language)


def notebook_widgets(notebook):
    """Return the cells of a short edition that show widgets, once each."""
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    return [source for source in set(sources) if sources.count(source) == 2]


def keys_stay_in_the_widgets(page, widgets):
    """JupyterLab's shortcuts of one letter would delete and insert cells."""
    before = page.locator(".jp-Notebook .jp-Cell").count()
    for widget in widgets:
        widget.evaluate(FIRST_CONTROL)
        for key in KEYS:
            page.keyboard.press(key)
        assert page.locator(".jp-Notebook .jp-Cell").count() == before
        assert page.locator(".jp-Dialog").count() == 0
        assert widget.evaluate("widget => Boolean(widget.shadowRoot.activeElement)"), "the keyboard is still there"


def save(page, path, count):
    """Save the notebook, with all its widgets."""
    unsaved = page.locator(".lm-TabBar-tab.jp-mod-dirty")
    expect(unsaved.first).to_be_visible()
    page.locator(".jp-Notebook .jp-CodeCell .cm-content").last.click()  # a widget keeps the keys to itself
    page.keyboard.press("Control+s")
    expect(unsaved).to_have_count(0)
    assert sum(len(widgets_of(cell)) for cell in nbformat.read(path, as_version=4).cells) == count


def opened_again_as_trusted_they_need_no_running(page, address, run, tags):
    again = run.with_name(f"{run.stem}_again.ipynb")  # the same content: Jupyter knows it by that
    shutil.copy(run, again)
    open_notebook(page, address, f"_work/{run.parent.name}/{again.name}")
    use(page, tags)
    ran = [cell.execution_count for cell in nbformat.read(run, as_version=4).cells if cell.cell_type == "code"]
    assert None not in ran
    prompts = page.locator(".jp-CodeCell .jp-InputPrompt:visible").all_inner_texts()
    assert [int(prompt.strip("[]:")) for prompt in prompts if prompt] == ran[1:]  # the first is collapsed


def opened_untrusted_they_are_pictures(page, address, run, tags, language):
    """As in a notebook that comes from somebody else: here, one that was changed outside Jupyter."""
    changed = nbformat.read(run, as_version=4)
    changed.cells[-1].source += "\n"
    nbformat.write(changed, run.with_name(f"{run.stem}_changed.ipynb"))
    open_notebook(page, address, f"_work/{run.parent.name}/{run.stem}_changed.ipynb")
    sentences = page.locator(".jp-OutputArea-output p", has_text=SENTENCES[language])
    expect(sentences).to_have_count(len(tags))
    pictures = page.locator(".jp-OutputArea-output img[src^='data:image/png']")
    expect(pictures).to_have_count(len(tags))
    for picture in (*pictures.all(), *sentences.all()):
        expect(picture).to_be_visible()
    assert pictures.evaluate_all("all => all.every((each) => each.naturalWidth > 200)")
    assert page.evaluate(f"[...document.querySelectorAll('{ANY_WIDGET}')].some((each) => each.shadowRoot)") is False


@each_widget
@pytest.mark.parametrize("first", ["older", "newer"])
def test_outputs_with_an_older_and_a_newer_script_work_on_one_page(page, tmp_path, tag, first):
    """As in a notebook saved long ago in which a cell runs again: the script that comes first makes the widgets."""
    edition = stored(first_chapters()[tag], "en")
    newer = next(html for cell in edition.cells for html in outputs(cell) if html.startswith(f"<{tag} "))
    older = re.sub(r"\bthis\.language =", "this.dataset.older = this.language =", newer)
    assert older != newer
    file = tmp_path / "page.html"
    parts = [older, newer] if first == "older" else [newer, older]
    file.write_text(PAGE.format("en", "".join(parts)), encoding="utf-8")
    page.goto(file.as_uri())
    expect(page.locator(tag)).to_have_count(2)
    assert page.locator(f"{tag}[data-older]").count() == (2 if first == "older" else 0)
    for widget in page.locator(tag).all():
        TRIALS[tag](page, widget)


def code(*sources):
    return [nbformat.v4.new_code_cell(source) for source in sources]


def test_the_cells_that_lead_to_a_widget_are_found_by_their_names():
    chapter = code(
        "import numpy as np, keras",
        "a = np.zeros(3)",
        "b = a + 1",
        "print(b)",
        "def build():\n    local = a\n    return local",
        "local = 7",
        "model = build()",
        "model",
        "b = 8",
    )
    chapter[7].outputs = [nbformat.v4.new_output("display_data", {"text/html": f"<{next(iter(WIDGETS))} a='1'></x>"})]
    kept = [chapter.index(cell) for cell in leading_to_widgets(chapter)]
    assert kept == [0, 1, 4, 6, 7]
    assert names("x[0] = y\nz: int = 1\ndef f(p):\n    return q + p") == ({"f", "z"}, {"x", "y", "q", "int"})


def test_training_is_cut_to_one_epoch_and_two_seeds():
    long = "EPOCHS = 7\nmt.repeat(build, seeds=range(20), epochs=30, batch_size=100, early=epochs - 5)"
    assert shorter(long) == "EPOCHS = 1\nmt.repeat(build, seeds=range(2), epochs=1, batch_size=100, early=epochs - 5)"
