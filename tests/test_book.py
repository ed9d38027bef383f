"""The two editions are what the sources give, say the same in both languages, and hold nothing they should not."""

import base64
import copy
import doctest
import importlib.metadata
import io
import os
import re
from pathlib import Path
from unittest.mock import patch

import jupytext
import matplotlib.pyplot as plt
import nbformat
import pytest
import yaml
from chapters import (
    BOOK,
    EDITIONS,
    SOURCES,
    both,
    code,
    each_edition,
    each_source,
    hangul_share,
    is_check,
    made,
    prose,
    text_of,
)
from matplotlib.font_manager import FontProperties
from nbclient.exceptions import CellExecutionError
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PIL import Image
from setup_cell import repository, setup_cell

import mnist_tutorial as mt

ROOT = BOOK.parent
CHAPTERS = {
    "01_meet_mnist",
    "02_one_hot",
    "03_flatten",
    "04_normalize",
    "05_build_mlp",
    "06_learn_by_hand",
    "07_train",
    "08_what_each_step_is_worth",
    "09_overfitting",
    "10_beyond_99",
    "11_mistakes",
    "12_draw",
    "13_convolution",
    "a1_backpropagation",
    "a2_then_and_now",
    "a3_speed",
    "glossary",
    "references",
}


@pytest.fixture(autouse=True)
def environment():
    """Undo what `prepare_kernels` sets for kernels: other tests look at progress bars."""
    with patch.dict(os.environ):
        yield


def figures(cell):
    """Return the figures among the outputs of a cell, each as its type and its data."""
    data = [output.get("data", {}).items() for output in cell.outputs]
    return [(kind, figure) for items in data for kind, figure in items if kind.startswith("image/")]


def test_the_book_is_whole():
    assert {source.stem for source in SOURCES} == CHAPTERS
    for language in made.LANGUAGES:
        assert {path.stem for path in (BOOK / language).glob("*.ipynb")} == CHAPTERS


def test_table_of_contents_lists_every_edition():
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    assert toc["root"] == "book/index"
    listed = [chapter["file"] for part in toc["parts"] for chapter in part["chapters"]]
    expected = [f"book/{language}/{source.stem}" for language in made.LANGUAGES for source in SOURCES]
    assert listed == expected
    captions = [part["caption"] for part in toc["parts"]]
    assert captions == ["준비", "학습", "판단", "그다음", "부록", "Prepare", "Learn", "Judge", "Go on", "About"]


@each_source
def test_every_prose_cell_has_one_language_and_a_partner(source):
    """Prose comes in pairs: Korean, then the same in English."""
    languages = []
    for cell in jupytext.read(source).cells:
        (language,) = [tag for tag in made.tags(cell) if tag in made.LANGUAGES] or ["code"]
        assert (language == "code") == (cell.cell_type == "code"), cell.source
        languages.append(language)
    assert re.fullmatch(r"((ko en|code) ?)+", " ".join(languages))


@each_source
@pytest.mark.parametrize("language", made.LANGUAGES)
def test_edition_is_what_its_source_gives(source, language):
    expected = made.edition(made.with_stored_outputs(source), language)
    assert made.read_edition(made.edition_path(source, language)) == expected


@each_source
def test_both_editions_have_the_same_code_and_outputs(source):
    """Only what figures show, and what widgets and exercises say, is told to each language's readers in their own."""
    korean, english = map(code, both(source))
    for cell in korean + english:
        cell.metadata.pop("mystnb", None)
        for output in cell.outputs:
            made.speak(output, "ko")
    assert korean == english


@each_edition
def test_editions_begin_with_the_cell_that_sets_up_and_differ_in_no_other(path):
    cells = [cell for cell in made.read_edition(path).cells if cell.cell_type == "code"]
    expected = [setup_cell(path.parent.name)] if cells else []
    assert [cell for cell in cells if cell.id == "setup"] == cells[:1] == expected
    assert not cells or made.read_edition(path).cells[0] == cells[0]


@pytest.mark.parametrize(("address", "installs"), [("", False), ("https://example.org/a.git@main", True)])
@pytest.mark.parametrize("language", made.LANGUAGES)
def test_the_cell_that_sets_up(language, address, installs):
    """Where the library is, it chooses the language, silently; elsewhere it installs, or says what to do."""
    source = setup_cell(language, address).source
    assert ("%pip install --quiet git+https://example.org/a.git@main" in source) == installs
    hidden = "import sys\nsys.modules['mnist_tutorial'] = None\n"
    there = "from mnist_tutorial.language import current_language\ncurrent_language()"
    made.prepare_kernels()
    setup, chosen = made.execute(small_notebook(source, there)).cells
    assert setup.outputs == []
    assert text_of(chosen.outputs) == repr(language)
    if not installs:
        with pytest.raises(CellExecutionError, match="README"):
            made.execute(small_notebook(hidden + source))


def test_the_repository_comes_from_the_settings(tmp_path, monkeypatch):
    settings = tmp_path / "_config.yml"
    monkeypatch.setattr("setup_cell.CONFIG", settings)
    for url, expected in ("", ""), ("https://example.org/a/b/", "https://example.org/a/b.git@main"):
        settings.write_text(f"repository: {{url: '{url}', branch: main}}", encoding="utf-8")
        assert repository() == expected


def test_an_edition_that_jupyter_saved_over_is_named_with_the_way_back(tmp_path, monkeypatch):
    monkeypatch.setattr(made, "BOOK", tmp_path / "book")
    path = made.edition_path(Path("tiny.md"), "ko")
    path.parent.mkdir(parents=True)
    notebook = made.edition(small_notebook("1 + 1"), "ko")
    nbformat.write(notebook, path)
    assert made.read_edition(path) == notebook
    notebook.metadata.language_info.version = "3.12.1"  # as Jupyter does when a kernel has run
    nbformat.write(notebook, path)
    with pytest.raises(made.StaleError, match=r"git checkout book/ko/tiny.ipynb\n.*make lab"):
        made.read_edition(path)


@pytest.mark.parametrize("language", made.LANGUAGES)
@each_source
def test_figures_are_described_in_the_language_of_the_edition(source, language):
    for cell in code(made.read_edition(made.edition_path(source, language))):
        if figures(cell):
            description = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
            share, letters = hangul_share(description)
            assert letters > 15, f"a figure without alt_{language}:\n{cell.source}"
            assert share > 0.5 if language == "ko" else share == 0, description


@each_source
def test_both_editions_have_the_same_shape(source):
    """Each pair of prose cells has as many headings, links, list items, quotes, and table rows in either language."""
    patterns = [r"^#+ ", r"\]\([^)]*\)", r"^\s*[-*] ", r"^\s*\d+\. ", r"(?:\A|\n\n)> ", r"^\|", r"```", r"<details>"]
    for korean, english in zip(*map(prose, both(source)), strict=True):
        for pattern in patterns:
            found = [re.findall(pattern, text, flags=re.MULTILINE) for text in (korean, english)]
            assert len(found[0]) == len(found[1]), (pattern, korean, english)
        links = [re.findall(r"\]\(([^)]*)\)", text) for text in (korean, english)]
        assert sorted(links[0]) == sorted(links[1])


@each_edition
def test_prose_is_in_the_language_of_its_edition(path):
    for text in prose(made.read_edition(path)):
        share, letters = hangul_share(text)
        if path.parent.name == "en":
            assert share < (0.35 if path.stem == "glossary" else 0.1), text
        elif letters > 20:
            assert share > {"glossary": 0.3, "references": 0.2}.get(path.stem, 0.5), text


@each_edition
def test_every_code_cell_was_executed_in_order(path):
    counts = [cell.execution_count for cell in code(made.read_edition(path))]
    assert counts == list(range(1, len(counts) + 1))


@each_edition
def test_outputs_hold_no_debris(path):
    """No errors, no stderr, no start-up lines, warnings, progress bars, memory addresses or machine paths."""
    debris = r"0x[0-9a-f]{6,}|Warning|WARNING|oneDNN|cudart|\x08|\r|━|100%\||/home/|/root/|/tmp/|/Users/"
    for cell in code(made.read_edition(path)):
        for output in cell.outputs:
            assert output.output_type != "error", cell.source
            assert output.get("name") != "stderr", cell.source
        assert not re.search(debris, text_of(cell.outputs)), cell.source


@each_edition
def test_what_nbval_does_not_compare_a_claim_holds(path):
    """A cell whose output differs from run to run asserts a range, or a check does, or another of the next three."""
    cells = code(made.read_edition(path))
    for i, cell in enumerate(cells):
        if "nbval-ignore-output" in made.tags(cell):
            near = [cell]
            for other in cells[i + 1 :]:
                if sum(each is not cell and not is_check(each) for each in near) == 3:
                    break
                if "nbval-ignore-output" not in made.tags(other):
                    near.append(other)
            assert any(re.search(r"^\s*assert ", other.source, re.MULTILINE) for other in near), cell.source
        assert not {"nbval-skip", "raises-exception"} & set(made.tags(cell)), cell.source


@each_edition
def test_code_and_outputs_fit_a_phone(path):
    """So wide is what a phone shows without scrolling; see book.css."""
    for cell in code(made.read_edition(path)):
        lines = cell.source.splitlines()
        assert len(lines) <= 24, cell.source
        assert max(map(len, lines)) <= 72, cell.source
        printed = text_of(output for output in cell.outputs if not shown_otherwise(output)).splitlines()
        assert max(map(len, printed), default=0) <= 64, cell.source


def shown_otherwise(output):
    """Return whether the book shows something better than the output's text: a figure, a table, a widget."""
    return any(kind != "text/plain" for kind in output.get("data", {}))


@each_source
def test_figures_can_be_read_on_a_phone(source):
    """At most some 5 inches wide, they shrink little there: no letter gets under 9 pixels. Images are sharp."""
    for cell in code(nbformat.read(made.edition_path(source, "ko"), as_version=4)):
        for kind, figure in figures(cell):
            width, letters = measure(kind, figure)
            assert width <= 5.25, cell.source
            phone = 390  # pixels, from edge to edge
            assert min(letters) / 72 * phone / max(width, phone / 96) >= 9, cell.source


def measure(kind, figure):
    """Return a figure's width in inches, and the sizes of its letters in points, as far as it tells."""
    if kind == "image/svg+xml":
        assert "<image" not in figure, "images as curves are soft"
        width = float(re.search(r'<svg [^>]*width="([\d.]+)pt"', figure)[1]) / 72
        sizes = re.findall(r"scale\((0\.\d+) -0\.\d+\)", figure)  # of the fonts, which have 100 units a letter
        exponents = [0.7] if "scale(0.7)" in figure else [1]
        return width, [100 * float(size) * exponents[0] for size in sizes]
    with Image.open(io.BytesIO(base64.b64decode(figure))) as image:
        density = image.info["dpi"][0]
        assert density == pytest.approx(192, abs=1), "double density is sharp"
        return image.width / density, [10]  # as the next test says


def test_no_letter_is_smaller_than_the_style_says():
    """Pixels do not tell; but the style and the code that draws do."""
    with plt.style.context("mnist_tutorial.book"):
        texts = "xtick.labelsize", "ytick.labelsize", "axes.labelsize", "legend.fontsize", "axes.titlesize"
        assert all(FontProperties(size=plt.rcParams[name]).get_size_in_points() >= 10 for name in texts)
    drawing = [cell.source for source in SOURCES for cell in code(jupytext.read(source))]
    for text in [*drawing, Path(mt.plotting.__file__).read_text(encoding="utf-8")]:
        assert all(float(size) >= 10 for size in re.findall(r"fontsize=(\d+)", text)), text


@each_edition
def test_links_lead_somewhere(path):
    for text in prose(made.read_edition(path)):
        for target in re.findall(r"\]\(([^)]*)\)", text):
            if not target.startswith("https://"):
                assert (path.parent / target.split("#")[0]).is_file(), target


@each_edition
def test_no_directive_shows_as_raw_text_outside_the_book(path):
    for text in prose(made.read_edition(path)):
        directive = r"```\{|^:::|\{[a-z]+\}`|^\(.*\)=$|<(?!details>|summary>)[a-z]+[ >]"
        assert not re.search(directive, text, flags=re.MULTILINE), text


def ruled_out_terms():
    """Return the words that Korean prose does not use, and those allowed in one sense only."""
    _, table = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("The Korean text does not use these words:")
    rows = re.findall(r"^\| ([가-힣][^|]*) \|", table, flags=re.MULTILINE)
    terms = [term for row in rows for term in row.split(", ")]
    return [term for term in terms if "(" not in term], [term.split(" (")[0] for term in terms if "(" in term]


def test_what_is_ruled_out():
    never, in_one_sense = ruled_out_terms()
    assert {"라벨", "레이어", "중량", "최적화기", "과대적합", "기능적 API", "노말라이징", "행렬 곱셈", "행렬곱"} <= set(
        never
    )
    assert in_one_sense == ["매개변수"]


@each_source
def test_korean_prose_uses_the_glossary(source):
    never, (argument,) = ruled_out_terms()
    if source.stem == "glossary":  # it names them
        return
    for text in prose(both(source)[0]):
        for term in never:
            assert term not in text, f"{term}: {text}"
        assert argument not in text or "함수" in text, text


def test_no_registry_or_machine_is_named():
    """The lock holds no index address, and nothing that is committed names a path of one machine."""
    assert "://" not in (ROOT / "requirements.txt").read_text(encoding="utf-8")
    for path in [*SOURCES, *EDITIONS, *ROOT.glob("*.md"), *ROOT.glob("*.yml"), ROOT / "Makefile"]:
        assert not re.search(r"/(root|home|work|tmp)/", path.read_text(encoding="utf-8")), path


def test_the_lock_names_the_extras_that_its_packages_ask_for():
    """Without them pip 23.2, which comes with Python 3.11, refuses it as soon as there is a newer release."""
    locked = set(
        re.findall(r"^([\w.-]+(?:\[[\w,-]+\])?)==", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    )
    names = {canonicalize_name(name.partition("[")[0]): name for name in locked}
    asked = [Requirement(text) for name in names.values() for text in requires_of(name)]
    needed = {requirement.name: requirement.extras for requirement in asked if requirement.extras}
    assert needed
    for name, extras in needed.items():
        assert all(f"{extra}" in names[canonicalize_name(name)] for extra in extras), (name, extras)


def requires_of(locked):
    """Return what an installed package asks for on this machine, without what only its own unused extras do."""
    name, _, extras = locked.rstrip("]").partition("[")
    try:
        texts = importlib.metadata.requires(name) or []
    except importlib.metadata.PackageNotFoundError:  # locked for another system
        return []
    environments = [{"extra": extra} for extra in ["", *filter(None, extras.split(","))]]
    found = [(text, Requirement(text).marker) for text in texts]
    return [text for text, marker in found if not marker or any(map(marker.evaluate, environments))]


def test_landing_page_leads_to_every_chapter_in_both_languages():
    text = (BOOK / "index.md").read_text(encoding="utf-8")
    for language in made.LANGUAGES:
        for source in SOURCES:
            assert f"]({language}/{source.stem}.ipynb)" in text


def small_notebook(*cells):
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])


def test_chapters_run_side_by_side_and_a_failure_is_not_swallowed():
    names = [name for name, _ in made.side_by_side(Path.read_bytes, SOURCES[:3])]
    assert sorted(names) == [source.stem for source in SOURCES[:3]]
    with pytest.raises(FileNotFoundError):
        list(made.side_by_side(Path.read_bytes, [*SOURCES[:2], BOOK / "absent.md"]))


def test_a_chapter_that_warns_or_fails_is_not_written():
    made.prepare_kernels()
    with pytest.raises(RuntimeError, match=r"wrote to stderr[\s\S]*careful"):
        made.execute(small_notebook("import warnings; warnings.warn('careful')"))
    with pytest.raises(CellExecutionError):
        made.execute(small_notebook("1 / 0"))


def test_start_up_lines_of_compiled_code_stay_out():
    """TensorFlow's C++ writes to file descriptor 2 itself; so does this cell."""
    made.prepare_kernels()
    notebook = made.execute(small_notebook("import os; count = os.write(2, b'oneDNN')", "print('hello')"))
    assert [output.get("text") for cell in notebook.cells for output in cell.outputs] == ["hello\n"]


def test_running_the_same_source_twice_gives_the_same_bytes():
    """Curves as curves and images as pixels, each once."""
    made.prepare_kernels()
    style = "import matplotlib.pyplot as plt; plt.style.use('mnist_tutorial.book')"
    curves, pixels = ("_ = plt.plot([1, 2]); plt.show()", "_ = plt.imshow([[1, 2]]); plt.show()")
    source = small_notebook(style, curves, pixels, "2 + 2")
    first, second = (made.edition(made.execute(copy.deepcopy(source)), "ko") for _ in range(2))
    assert nbformat.writes(first) == nbformat.writes(second)
    assert [cell.id for cell in first.cells] == ["setup", "code-01", "code-02", "code-03", "code-04"]
    drawn = [[kind for kind, _ in figures(cell)] for cell in first.cells]
    assert drawn == [[], [], ["image/svg+xml"], ["image/png"], []]


def test_prose_alone_can_be_made_anew_only_while_the_code_is_what_ran(tmp_path, monkeypatch):
    monkeypatch.setattr(made, "BOOK", tmp_path)
    source, before, after = tmp_path / "tiny.md", "1 + 1", "1 + 2"
    for language in made.LANGUAGES:
        made.edition_path(source, language).parent.mkdir()
    notebook = made.execute(small_notebook(before))
    made.write(notebook, source)
    jupytext.write(small_notebook(before), source, fmt="md:myst")
    (cell,) = made.with_stored_outputs(source).cells
    assert cell.outputs == notebook.cells[0].outputs
    jupytext.write(small_notebook(after), source, fmt="md:myst")
    with pytest.raises(RuntimeError, match="code has changed"):
        made.with_stored_outputs(source)


def test_numbers_in_prose_are_computed_where_they_stand(tmp_path, monkeypatch):
    """Also when a name means something else later; and prose made anew keeps them, but cannot make up a new one."""
    monkeypatch.setattr(made, "BOOK", tmp_path)
    made.prepare_kernels()
    source = tmp_path / "tiny.md"
    cells = small_notebook("x = 0.98765", "x = 2").cells
    says = [
        nbformat.v4.new_markdown_cell(text, metadata={"tags": ["ko"]}) for text in ("{{ x:.1%}}로", "{{x}}, {{x}}장")
    ]
    for language in made.LANGUAGES:
        made.edition_path(source, language).parent.mkdir()

    def told(*prose):
        notebook = nbformat.v4.new_notebook(cells=[cells[0], prose[0], cells[1], prose[1]])
        jupytext.write(notebook, source, fmt="md:myst")
        return source

    def korean():
        return prose(made.read_edition(made.edition_path(source, "ko")))

    notebook = made.execute(jupytext.read(told(*says)))
    made.write(notebook, source)
    assert [cell.execution_count for cell in code(notebook)] == [1, 2]
    assert korean() == ["98.8%로", "2, 2장"]
    says[0].source = "약 {{x:.1%}}"
    told(*says)
    made.make_prose(source)
    assert korean()[0] == "약 98.8%"
    says[0].source = "{{x:.2%}}"
    told(*says)
    with pytest.raises(made.StaleError, match=r"\{\{x:.2%\}\} has not been computed"):
        made.make_prose(source)
    says[0].source = "{{absent}}"
    with pytest.raises(RuntimeError, match=r"\{\{absent\}\} in the prose: NameError"):
        made.execute(jupytext.read(told(*says)))


def python_example(readme):
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / readme).read_text(encoding="utf-8"), flags=re.DOTALL)
    return example


def test_readme_example_gives_what_it_shows():
    test = doctest.DocTestParser().get_doctest(python_example("README.md"), {}, "README.md", None, 0)
    assert doctest.DocTestRunner().run(test) == (0, 8)
    without_comments = [re.sub(r" +#.*", "", python_example(name)) for name in ("README.md", "README.ko.md")]
    assert without_comments[0] == without_comments[1]


@pytest.mark.parametrize("name", ["README.md", "README.ko.md", "CONTRIBUTING.md"])
def test_links_of_the_readmes_lead_somewhere(name):
    text = re.sub(r"`[^`\n]*`", "", (ROOT / name).read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)]*)\)", text):
        assert target.startswith("https://") or (ROOT / target).exists(), target
