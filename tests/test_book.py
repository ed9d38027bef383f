"""The two editions are what the sources give, say the same in both languages, and hold nothing they should not."""

import copy
import doctest
import os
import re
import sys
from pathlib import Path
from unittest.mock import patch

import jupytext
import nbformat
import pytest
import yaml
from nbclient.exceptions import CellExecutionError

ROOT = Path(__file__).parent.parent
BOOK = ROOT / "book"
sys.path.insert(0, str(BOOK))

import make_notebooks as made  # noqa: E402

from mnist_tutorial.drawing import remake  # noqa: E402

SOURCES = made.sources()
EDITIONS = [made.edition_path(source, language) for source in SOURCES for language in made.LANGUAGES]
CHAPTERS = {
    "01_meet_mnist",
    "02_one_hot",
    "03_flatten",
    "04_normalize",
    "05_build_mlp",
    "06_train",
    "07_overfitting",
    "08_mistakes",
    "09_draw",
    "a1_from_scratch",
    "a2_then_and_now",
    "a3_benchmarks",
    "glossary",
}


each_source = pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
each_edition = pytest.mark.parametrize("path", EDITIONS, ids=lambda path: f"{path.parent.name}-{path.stem}")


@pytest.fixture(autouse=True)
def environment():
    """Undo what `prepare_kernels` sets for kernels: other tests look at progress bars."""
    with patch.dict(os.environ):
        yield


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def prose(notebook):
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


def without_results(notebook):
    """Return the notebook as it was before it ran."""
    for cell in code(notebook):
        cell.outputs, cell.execution_count = [], None
    return notebook


def both(source):
    return [nbformat.read(made.edition_path(source, language), as_version=4) for language in made.LANGUAGES]


def text_of(outputs):
    """Return everything in the outputs that a reader sees as text."""
    parts = [output.get("text", "") + output.get("data", {}).get("text/plain", "") for output in outputs]
    return "\n".join(parts)


def hangul_share(text):
    """Return the share of Hangul among the letters of a prose cell, its code, formulas and addresses aside."""
    words = re.sub(r"```.*?```|`[^`]*`|\$[^$]*\$|\]\([^)]*\)", " ", text, flags=re.DOTALL)
    letters = [letter for letter in words if letter.isalpha()]
    return sum("가" <= letter <= "힣" for letter in letters) / max(len(letters), 1), len(letters)


def test_the_book_is_whole():
    assert {source.stem for source in SOURCES} == CHAPTERS
    for language in made.LANGUAGES:
        assert {path.stem for path in (BOOK / language).glob("*.ipynb")} == CHAPTERS


def test_table_of_contents_lists_every_edition():
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text())
    assert toc["root"] == "book/index"
    listed = [chapter["file"] for part in toc["parts"] for chapter in part["chapters"]]
    expected = [f"book/{language}/{source.stem}" for language in made.LANGUAGES for source in SOURCES]
    assert listed == expected


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
    expected = made.edition(jupytext.read(source), language)
    stored = nbformat.read(made.edition_path(source, language), as_version=4)
    assert without_results(stored) == without_results(expected), f"run: python book/make_notebooks.py {source.stem}"


@each_source
def test_both_editions_have_the_same_code_and_outputs(source):
    """Only what a figure shows and what a drawing pad says is told to each language's readers in their own."""
    korean, english = map(code, both(source))
    for cell in korean + english:
        cell.metadata.pop("mystnb", None)
        for output in cell.outputs:
            if "text/html" in output.get("data", {}):
                output.data["text/html"] = remake(output.data["text/html"], None)
    assert korean == english


@pytest.mark.parametrize("language", made.LANGUAGES)
@each_source
def test_figures_are_described_in_the_language_of_the_edition(source, language):
    for cell in code(nbformat.read(made.edition_path(source, language), as_version=4)):
        if any("image/png" in output.get("data", {}) for output in cell.outputs):
            description = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
            share, letters = hangul_share(description)
            assert letters > 15, f"a figure without alt_{language}:\n{cell.source}"
            assert share > 0.5 if language == "ko" else share == 0, description


@each_source
def test_both_editions_have_the_same_shape(source):
    """Each pair of prose cells has as many headings, links, list items, quotes, and table rows in either language."""
    patterns = [r"^#+ ", r"\]\([^)]*\)", r"^\s*[-*] ", r"^\s*\d+\. ", r"(?:\A|\n\n)> ", r"^\|", r"```"]
    for korean, english in zip(*map(prose, both(source)), strict=True):
        for pattern in patterns:
            found = [re.findall(pattern, text, flags=re.MULTILINE) for text in (korean, english)]
            assert len(found[0]) == len(found[1]), (pattern, korean, english)
        links = [re.findall(r"\]\(([^)]*)\)", text) for text in (korean, english)]
        assert sorted(links[0]) == sorted(links[1])


@each_edition
def test_prose_is_in_the_language_of_its_edition(path):
    for text in prose(nbformat.read(path, as_version=4)):
        share, letters = hangul_share(text)
        if path.parent.name == "en":
            assert share < (0.35 if path.stem == "glossary" else 0.1), text
        elif letters > 20:
            assert share > (0.3 if path.stem == "glossary" else 0.5), text


@each_edition
def test_every_code_cell_was_executed_in_order(path):
    counts = [cell.execution_count for cell in code(nbformat.read(path, as_version=4))]
    assert counts == list(range(1, len(counts) + 1))


@each_edition
def test_outputs_hold_no_debris(path):
    """No errors, no stderr, no start-up lines, warnings, progress bars, memory addresses or machine paths."""
    debris = r"0x[0-9a-f]{6,}|Warning|WARNING|oneDNN|cudart|\x08|\r|━|100%\||/home/|/root/|/tmp/|/Users/"
    for cell in code(nbformat.read(path, as_version=4)):
        for output in cell.outputs:
            assert output.output_type != "error", cell.source
            assert output.get("name") != "stderr", cell.source
        assert not re.search(debris, text_of(cell.outputs)), cell.source


@each_edition
def test_what_nbval_does_not_compare_a_claim_holds(path):
    """A cell whose output differs from run to run asserts a range, or one of the next three compared cells does."""
    cells = code(nbformat.read(path, as_version=4))
    for i, cell in enumerate(cells):
        if "nbval-ignore-output" in made.tags(cell):
            compared = [other for other in cells[i + 1 :] if "nbval-ignore-output" not in made.tags(other)]
            near = [cell, *compared[:3]]
            assert any(re.search(r"^\s*assert ", other.source, re.MULTILINE) for other in near), cell.source
        assert not {"nbval-skip", "raises-exception"} & set(made.tags(cell)), cell.source


@each_edition
def test_code_fits_the_page(path):
    for cell in code(nbformat.read(path, as_version=4)):
        lines = cell.source.splitlines()
        assert len(lines) <= 24, cell.source
        assert max(map(len, lines)) <= 92, cell.source


@each_edition
def test_links_lead_somewhere(path):
    for text in prose(nbformat.read(path, as_version=4)):
        for target in re.findall(r"\]\(([^)]*)\)", text):
            if not target.startswith("https://"):
                assert (path.parent / target.split("#")[0]).is_file(), target


@each_edition
def test_no_directive_shows_as_raw_text_outside_the_book(path):
    for text in prose(nbformat.read(path, as_version=4)):
        assert not re.search(r"```\{|^:::|\{[a-z]+\}`|^\(.*\)=$|<[a-z]+[ >]", text, flags=re.MULTILINE), text


def ruled_out_terms():
    """Return the glossary's terms not to be used, and those allowed in one sense only."""
    table = nbformat.read(BOOK / "ko" / "glossary.ipynb", as_version=4)
    rows = re.findall(r"^\|(.*)\|\s*$", "\n".join(prose(table)), flags=re.MULTILINE)
    last = [cell.strip() for cell in (row.split("|")[-1] for row in rows[2:]) if cell.strip()]
    terms = [term.strip() for cell in last for term in cell.split(",")]
    return [term for term in terms if "(" not in term], [term.split("(")[0] for term in terms if "(" in term]


def test_glossary_rules_out_what_it_should():
    never, in_one_sense = ruled_out_terms()
    assert {"라벨", "레이어", "중량", "최적화기", "과대적합", "기능적 API", "노말라이징"} <= set(never)
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
    assert "://" not in (ROOT / "requirements.txt").read_text()
    for path in [*SOURCES, *EDITIONS, *ROOT.glob("*.md"), *ROOT.glob("*.yml"), ROOT / "Makefile"]:
        assert not re.search(r"/(root|home|work|tmp)/", path.read_text()), path


def test_landing_page_leads_to_every_chapter_in_both_languages():
    text = (BOOK / "index.md").read_text()
    for language in made.LANGUAGES:
        for source in SOURCES:
            assert f"]({language}/{source.stem}.ipynb)" in text


def small_notebook(*cells):
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])


def test_chapters_run_side_by_side_and_a_failure_is_not_swallowed():
    names = [name for name, _ in made.side_by_side(Path.read_text, SOURCES[:3])]
    assert sorted(names) == [source.stem for source in SOURCES[:3]]
    with pytest.raises(FileNotFoundError):
        list(made.side_by_side(Path.read_text, [*SOURCES[:2], BOOK / "absent.md"]))


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
    made.prepare_kernels()
    source = small_notebook("import matplotlib.pyplot as plt; _ = plt.plot([1, 2]); plt.show()", "2 + 2")
    first, second = (made.edition(made.execute(copy.deepcopy(source)), "ko") for _ in range(2))
    assert nbformat.writes(first) == nbformat.writes(second)
    assert [cell.id for cell in first.cells] == ["code-01", "code-02"]


def test_prose_alone_can_be_made_anew_only_while_the_code_is_what_ran(tmp_path, monkeypatch):
    monkeypatch.setattr(made, "BOOK", tmp_path)
    source, before, after = tmp_path / "tiny.md", "1 + 1", "1 + 2"
    (tmp_path / "ko").mkdir()
    notebook = made.execute(small_notebook(before))
    nbformat.write(made.edition(notebook, "ko"), made.edition_path(source, "ko"))
    jupytext.write(small_notebook(before), source, fmt="md:myst")
    (cell,) = made.with_stored_outputs(source).cells
    assert cell.outputs == notebook.cells[0].outputs
    jupytext.write(small_notebook(after), source, fmt="md:myst")
    with pytest.raises(RuntimeError, match="code has changed"):
        made.with_stored_outputs(source)


def python_example(readme):
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / readme).read_text(), flags=re.DOTALL)
    return example


def test_readme_example_gives_what_it_shows():
    test = doctest.DocTestParser().get_doctest(python_example("README.md"), {}, "README.md", None, 0)
    assert doctest.DocTestRunner().run(test) == (0, 8)
    without_comments = [re.sub(r" +#.*", "", python_example(name)) for name in ("README.md", "README.ko.md")]
    assert without_comments[0] == without_comments[1]


@pytest.mark.parametrize("name", ["README.md", "README.ko.md", "CONTRIBUTING.md"])
def test_links_of_the_readmes_lead_somewhere(name):
    for target in re.findall(r"\]\(([^)]*)\)", (ROOT / name).read_text()):
        assert (ROOT / target).exists(), target
