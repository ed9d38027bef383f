"""Run each chapter once and write its Korean and its English edition, with outputs.

    python book/make_notebooks.py                  every chapter
    python book/make_notebooks.py 03_flatten       one of them
    python book/make_notebooks.py --prose ...      the same without running: for when no code has changed

"make book" does the last by itself.

A chapter is one MyST notebook, book/NAME.md. A prose cell is tagged "ko" or "en" and goes into that edition alone;
a code cell has neither tag, runs once, and goes into both with the same outputs (a drawing pad among them speaks the
language of the edition). Before them all, each edition has the cell of setup_cell.py. A code cell that draws says in
alt_ko and alt_en what its figure shows, for readers who do not see it; one that only asserts what the prose claims is
tagged "check", and collapsed. Numbers in prose are computed: see computed.py. Cells of exercises are tagged "quiz",
"exercise" (what to start from), and "solution", which is collapsed too.
"""

import base64
import copy
import gzip
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import jupytext
import nbformat
from computed import VALUES, Client, expressions, filled, remember, stored_values
from nbformat import NotebookNode
from setup_cell import ID as SETUP
from setup_cell import setup_cell

from mnist_tutorial._exercise_html import is_verdict, plain, remake_exercise
from mnist_tutorial._widgets import remake

BOOK = Path(__file__).parent
LANGUAGES = ("ko", "en")
# Figures come twice, as curves and as pixels at double density; see lighter.
SETTINGS = """
c = get_config()
c.IPKernelApp.capture_fd_output = False
c.HistoryManager.enabled = False
c.InlineBackend.figure_formats = {"svg", "retina"}
c.InlineBackend.print_figure_kwargs = {"bbox_inches": "tight", "metadata": {"Date": None, "Creator": None}}
"""
# Of cells with these tags, the site folds or leaves out a part: the code of a quiz, what a starter says untried.
HIDDEN = {"check": "hide-cell", "solution": "hide-cell", "quiz": "remove-input", "exercise": "remove-output"}
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
METADATA = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
SAVED_OVER = """\
{path} is a made file, and an editor, such as Jupyter, has saved over it. To get it back: git checkout {path}
What you want to change in a chapter stands in book/{name}.md. To run and try things: make lab, which opens copies."""


def main(names: list[str]) -> None:
    """Make the editions of the chapters with these names, or of all."""
    start = time.perf_counter()
    task = make_prose if "--prose" in names else make
    chosen = [BOOK / f"{name}.md" for name in names if name != "--prose"]
    for name, seconds in side_by_side(task, chosen or sources()):
        print(f"{name:20} {seconds:6.1f} s", flush=True)
    print(f"{'in all':20} {time.perf_counter() - start:6.1f} s")


def make(source: Path) -> None:
    """Execute a chapter, and write its editions."""
    write(execute(jupytext.read(source)), source)


def make_prose(source: Path) -> None:
    """Write a chapter's editions anew around the outputs of its last run, with the drawing pad's script of today."""
    write(with_stored_outputs(source), source)


def write(notebook: NotebookNode, source: Path) -> None:
    """Write both editions, and the cover if it is in this chapter; leave alone what is so already."""
    for language in LANGUAGES:
        text = nbformat.writes(edition(notebook, language)) + "\n"
        write_if_new(edition_path(source, language), text.encode())
    save_cover(notebook)


def write_if_new(path: Path, content: bytes) -> None:
    """Write a file unless it holds just that, so that nothing is built anew without need."""
    if not path.exists() or path.read_bytes() != content:
        path.write_bytes(content)


def side_by_side(task: Callable[[Path], object], chapters: list[Path]) -> Iterator[tuple[str, float]]:
    """Do something with each chapter, as many at a time as there are cores; yield names and seconds."""
    at_once = min(len(chapters), os.cpu_count() or 1)
    prepare_kernels()
    with ProcessPoolExecutor(at_once) as pool:
        later_ones_are_longer = reversed(chapters)
        for done in as_completed([pool.submit(timed, task, source) for source in later_ones_are_longer]):
            yield done.result()


def timed(task: Callable[[Path], object], source: Path) -> tuple[str, float]:
    """Do something with a chapter; return its name and the seconds it took."""
    start = time.perf_counter()
    task(source)
    return source.stem, time.perf_counter() - start


def sources() -> list[Path]:
    """Return every chapter's source, in the book's order. The landing page is no chapter: it has both languages."""
    return [path for path in sorted(BOOK.glob("*.md")) if path.stem != "index"]


def edition_path(source: Path, language: str) -> Path:
    """Return where the edition of a chapter in one language stands."""
    return BOOK / language / f"{source.stem}.ipynb"


def prepare_kernels() -> None:
    """Let the kernels that this process starts run alike everywhere: no personal settings, no progress bars.

    Each keeps to one thread of TensorFlow and one of NumPy, for kernels side by side would fight over the cores (a fit
    by least squares then takes thirty times as long), and the last digits of a sum depend on how many threads share it.

    TensorFlow writes its start-up lines straight to file descriptor 2, past Python. Kernels copy what arrives there
    into the notebook unless told not to; Python's own warnings still get in, and fail the run.
    """
    folder = Path(tempfile.mkdtemp(prefix="ipython-"))
    (folder / "profile_default").mkdir()
    (folder / "profile_default" / "ipython_kernel_config.py").write_text(SETTINGS, encoding="utf-8")
    os.environ["IPYTHONDIR"] = str(folder)
    os.environ["TQDM_DISABLE"] = "1"
    os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def execute(notebook: NotebookNode) -> NotebookNode:
    """Run the cells from top to bottom; refuse warnings and other writing to stderr."""
    where = {"metadata": {"path": str(BOOK / LANGUAGES[0])}}
    client = Client(notebook, timeout=1200, record_timing=False, coalesce_streams=True, resources=where)
    client.execute(stderr=subprocess.DEVNULL)  # what compiled code writes to file descriptor 2; see prepare_kernels
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.get("name") == "stderr":
                raise RuntimeError(f"This cell wrote to stderr:\n{cell.source}\n\n{output.text}")
            lighter(output)
    return notebook


def lighter(output: NotebookNode) -> None:
    """Keep of a figure's two forms the lighter one; one that holds images stays pixels, for SVG would soften them."""
    data = output.get("data", {})
    if {"image/svg+xml", "image/png"} <= set(data):
        curves, pixels = data["image/svg+xml"], base64.b64decode(data["image/png"])
        heavier = "<image" in curves or len(gzip.compress(curves.encode())) > len(pixels)
        dropped = "image/svg+xml" if heavier else "image/png"
        data.pop(dropped)
        output.metadata.pop(dropped, None)


class StaleError(RuntimeError):
    """The outputs that are stored for a chapter are not those of its code."""


def with_stored_outputs(source: Path) -> NotebookNode:
    """Return a chapter with the outputs of its last run, if that ran the same code."""
    notebook, stored = jupytext.read(source), [read_edition(edition_path(source, language)) for language in LANGUAGES]
    cells, ran = code_cells(notebook), code_cells(stored[0])
    if [cell.source for cell in cells] != [cell.source for cell in ran]:
        reason = "its code has changed since it ran last, and its outputs are those of the old code"
        raise StaleError(stale(source, reason))
    for cell, before in zip(cells, ran, strict=True):
        cell.outputs, cell.execution_count = before.outputs, before.execution_count
    recall_values(notebook, stored, source)
    return notebook


def recall_values(notebook: NotebookNode, stored: list[NotebookNode], source: Path) -> None:
    """Give the prose the values of its last run; a number that is new has to be computed first."""
    known = stored_values(stored[0], SETUP) | stored_values(stored[1], SETUP)
    ran = 0
    for cell in notebook.cells:
        ran += cell.cell_type == "code"
        for expression in expressions(cell) if cell.cell_type == "markdown" else ():
            if (ran, expression) not in known:
                raise StaleError(stale(source, f"{{{{{expression}}}}} has not been computed at its place"))
            remember(cell, cell.metadata.get(VALUES, {}) | {expression: known[ran, expression]})


def stale(source: Path, reason: str) -> str:
    """Return what to tell somebody whose chapter has to run."""
    command = f"{Path(sys.executable).name} book/make_notebooks.py {source.stem}"
    return f"book/{source.name}: {reason}. To run it: {command}"


def read_edition(path: Path) -> NotebookNode:
    """Return a stored edition, unless something other than this file wrote it."""
    notebook = nbformat.read(path, as_version=4)
    if notebook.metadata != METADATA:  # Jupyter adds the kernel's version to it
        raise StaleError(SAVED_OVER.format(path=path.relative_to(BOOK.parent).as_posix(), name=path.stem))
    return notebook


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """Return the chapter's own code cells, without the one that sets up."""
    return [cell for cell in notebook.cells if cell.cell_type == "code" and cell.get("id") != SETUP]


def save_cover(notebook: NotebookNode) -> None:
    """Keep the figure of the cell tagged "cover": the landing page and the READMEs show it."""
    for cell in notebook.cells:
        if "cover" in tags(cell):
            (picture,) = [output.data["image/png"] for output in cell.outputs if "image/png" in output.get("data", {})]
            write_if_new(BOOK / "_static" / "cover.png", base64.b64decode(picture))


def edition(notebook: NotebookNode, language: str) -> NotebookNode:
    """Return one language's notebook: its prose cells and every code cell, numbered so that ids stay stable.

    The cell that sets up comes first, if there is code at all.
    """
    cells = [tidy(cell, language) for cell in notebook.cells if cell.cell_type == "code" or language in tags(cell)]
    count = {"code": 0, "markdown": 0}
    for cell in cells:
        count[cell.cell_type] += 1
        cell.id = f"{'code' if cell.cell_type == 'code' else 'text'}-{count[cell.cell_type]:02}"
    setup = [setup_cell(language)] if count["code"] else []
    return nbformat.v4.new_notebook(cells=setup + cells, metadata=copy.deepcopy(METADATA))


def tidy(cell: NotebookNode, language: str) -> NotebookNode:
    """Return a copy as one edition has it: without language tags, with words and numbers, collapsed."""
    cell = copy.deepcopy(cell)
    for output in cell.get("outputs", []):
        speak(output, language)
    kept = [tag for tag in tags(cell) if tag not in LANGUAGES]
    kept += [hidden for tag, hidden in HIDDEN.items() if tag in kept]
    description, values = cell.metadata.get(f"alt_{language}"), cell.metadata.get(VALUES)
    if cell.cell_type == "markdown":
        cell.source = filled(cell)
    cell.metadata = NotebookNode({"tags": kept} if kept else {})
    if values:
        cell.metadata[VALUES] = values
    if description:
        cell.metadata.mystnb = NotebookNode(image=NotebookNode(alt=description))
    if "hide-cell" in kept:
        cell.metadata.jupyter = NotebookNode(source_hidden=True, outputs_hidden=True)
    elif "quiz" in kept:
        cell.metadata.jupyter = NotebookNode(source_hidden=True)
    return cell


def speak(output: NotebookNode, language: str) -> None:
    """Let an output, if it is a widget or what an exercise says, speak a language, with today's script and words."""
    if "text/html" in output.get("data", {}):
        html = output.data["text/html"] = remake_exercise(remake(output.data["text/html"], language), language)
        if is_verdict(html):
            output.data["text/plain"] = plain(html)


def tags(cell: NotebookNode) -> list[str]:
    """Return a cell's tags."""
    return cell.metadata.get("tags", [])


if __name__ == "__main__":
    main(sys.argv[1:])
