"""The script without the library: chapter 12 shows it as it is, and it gives the network of chapter 7."""

import ast
import re
import runpy

import jupytext
import keras
import matplotlib.pyplot as plt
import numpy as np
import pytest
from chapters import BOOK, code, each_language, prose

import mnist_tutorial as mt

SCRIPT = BOOK / "plain_keras.py"


@each_language
def test_the_chapter_shows_the_script_and_links_to_it(language):
    (text,) = [text for text in prose(jupytext.read(BOOK / "12_draw.md"), language) if "](../plain_keras.py)" in text]
    assert re.findall(r"```python\n(.*?)```", text, re.DOTALL) == [SCRIPT.read_text(encoding="utf-8")]


def test_the_script_is_short_and_needs_no_more_than_keras_brings_and_matplotlib():
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    assert not any(isinstance(node, ast.ImportFrom) for node in ast.walk(tree))
    imported = {
        name.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names
    }
    assert imported == {"keras", "numpy", "matplotlib"}
    lines = [line for line in SCRIPT.read_text(encoding="utf-8").splitlines() if line]
    assert len(lines) <= 28
    assert max(map(len, lines)) <= 76, "more does not fit the page"


def cells_of_chapter_7():
    """Return what chapter 7 does to load the data, to build, to train, and to evaluate, as it stands there."""
    cells = [cell.source for cell in code(jupytext.read(BOOK / "07_train.md"))]
    steps = r"mt\.load_mnist\(\)", r"^model\.compile\(", r"^history = model\.fit\(", r"model\.evaluate\(\s+X_test"
    return [next(cell for cell in cells if re.search(step, cell, re.MULTILINE)) for step in steps]


@pytest.mark.slow
def test_the_script_gives_the_network_of_chapter_7(monkeypatch, capsys):
    """To the last bit: there is no other data here than the library's, in the form that Keras gives it."""
    monkeypatch.setattr(keras.datasets.mnist, "load_data", mt.load_mnist)
    monkeypatch.setattr(plt, "show", lambda: None)
    ours = runpy.run_path(str(SCRIPT))
    printed, book = capsys.readouterr().out, {}
    for cell in cells_of_chapter_7():
        exec(cell, book)
    assert ours["model"].history.history == book["curves"]
    assert printed.splitlines()[-1] == f"test accuracy {book['test_accuracy']:.4f}"
    expected = mt.find_mistakes(book["model"], book["X_test"], book["y_test"])
    np.testing.assert_array_equal(ours["mistakes"], expected.index)
    titles = [ax.get_title() for ax in plt.gcf().axes]
    shown = zip(expected.prediction[:10], expected.label[:10], strict=True)
    assert titles == [f"{prediction}, not {label}" for prediction, label in shown]
