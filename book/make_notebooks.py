"""Run each chapter once and write its Korean and its English edition, with outputs.

    python book/make_notebooks.py                  every chapter
    python book/make_notebooks.py 03_flatten       one of them
    python book/make_notebooks.py --prose ...      the same without running: for when no code has changed

A chapter is one MyST notebook, book/NAME.md. A prose cell is tagged "ko" or "en" and goes into that edition alone;
a code cell has neither tag, runs once, and goes into both with the same outputs (a drawing pad among them speaks the
language of the edition). A code cell that draws says in alt_ko and alt_en what its figure shows, for readers who do
not see it.
"""

import base64
import copy
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
from nbclient import NotebookClient
from nbformat import NotebookNode

from mnist_tutorial.drawing import remake

BOOK = Path(__file__).parent
LANGUAGES = ("ko", "en")
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


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
    """Write both editions, and the cover if it is in this chapter."""
    for language in LANGUAGES:
        nbformat.write(edition(notebook, language), edition_path(source, language))
    save_cover(notebook)


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

    Each keeps to one thread of TensorFlow, for kernels side by side would fight over the cores, and the last digits of
    a sum depend on how many threads share it.

    TensorFlow writes its start-up lines straight to file descriptor 2, past Python. Kernels copy what arrives there
    into the notebook unless told not to; Python's own warnings still get in, and fail the run.
    """
    folder = Path(tempfile.mkdtemp(prefix="ipython-"))
    (folder / "profile_default").mkdir()
    settings = "c = get_config()\nc.IPKernelApp.capture_fd_output = False\nc.HistoryManager.enabled = False\n"
    (folder / "profile_default" / "ipython_kernel_config.py").write_text(settings)
    os.environ["IPYTHONDIR"] = str(folder)
    os.environ["TQDM_DISABLE"] = "1"
    os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")


def execute(notebook: NotebookNode) -> NotebookNode:
    """Run the code cells from top to bottom; refuse warnings and other writing to stderr."""
    where = {"metadata": {"path": str(BOOK / LANGUAGES[0])}}
    client = NotebookClient(notebook, timeout=1200, record_timing=False, coalesce_streams=True, resources=where)
    client.execute(stderr=subprocess.DEVNULL)  # what compiled code writes to file descriptor 2; see prepare_kernels
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.get("name") == "stderr":
                raise RuntimeError(f"This cell wrote to stderr:\n{cell.source}\n\n{output.text}")
    return notebook


def with_stored_outputs(source: Path) -> NotebookNode:
    """Return a chapter with the outputs of its last run, if that ran the same code."""
    notebook, stored = jupytext.read(source), nbformat.read(edition_path(source, LANGUAGES[0]), as_version=4)
    cells, ran = ([cell for cell in each.cells if cell.cell_type == "code"] for each in (notebook, stored))
    if [cell.source for cell in cells] != [cell.source for cell in ran]:
        raise RuntimeError(f"{source.name}: its code has changed since it ran last. Leave out --prose.")
    for cell, before in zip(cells, ran, strict=True):
        cell.outputs, cell.execution_count = before.outputs, before.execution_count
    return notebook


def save_cover(notebook: NotebookNode) -> None:
    """Keep the figure of the cell tagged "cover": the landing page and the READMEs show it."""
    for cell in notebook.cells:
        if "cover" in tags(cell):
            (picture,) = [output.data["image/png"] for output in cell.outputs if "image/png" in output.get("data", {})]
            (BOOK / "_static" / "cover.png").write_bytes(base64.b64decode(picture))


def edition(notebook: NotebookNode, language: str) -> NotebookNode:
    """Return one language's notebook: its prose cells and every code cell, numbered so that ids stay stable."""
    cells = [tidy(cell, language) for cell in notebook.cells if cell.cell_type == "code" or language in tags(cell)]
    count = {"code": 0, "markdown": 0}
    for cell in cells:
        count[cell.cell_type] += 1
        cell.id = f"{'code' if cell.cell_type == 'code' else 'text'}-{count[cell.cell_type]:02}"
    metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


def tidy(cell: NotebookNode, language: str) -> NotebookNode:
    """Return a copy as one edition has it: without language tags, with its words, collapsed as in the book."""
    cell = copy.deepcopy(cell)
    for output in cell.get("outputs", []):
        if "text/html" in output.get("data", {}):
            output.data["text/html"] = remake(output.data["text/html"], language)
    kept = [tag for tag in tags(cell) if tag not in LANGUAGES]
    description = cell.metadata.get(f"alt_{language}")
    cell.metadata = NotebookNode({"tags": kept} if kept else {})
    if description:
        cell.metadata.mystnb = NotebookNode(image=NotebookNode(alt=description))
    if "hide-cell" in kept:
        cell.metadata.jupyter = NotebookNode(source_hidden=True, outputs_hidden=True)
    return cell


def tags(cell: NotebookNode) -> list[str]:
    """Return a cell's tags."""
    return cell.metadata.get("tags", [])


if __name__ == "__main__":
    main(sys.argv[1:])
