"""The package as a whole: cheap to import, small, and every docstring's example gives what it says."""

import doctest
import importlib
import subprocess
import sys
import tomllib
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

import mnist_tutorial

MODULES = ["data", "preprocessing", "model", "training", "evaluation", "plotting", "drawing", "language"]


def test_import_costs_numpy_alone():
    code = (
        "import sys, mnist_tutorial; print({'numpy', 'tensorflow', 'keras', 'matplotlib', 'tqdm'} & set(sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "{'numpy'}"


def test_every_public_name_is_documented_with_an_example():
    for name in mnist_tutorial.__all__:
        assert ">>>" in (getattr(mnist_tutorial, name).__doc__ or ""), name


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples(name):
    module = importlib.import_module(f"mnist_tutorial.{name}")
    names = {"np": np} | {public: getattr(mnist_tutorial, public) for public in mnist_tutorial.__all__}
    failed, attempted = doctest.testmod(module, extraglobs=names)
    plt.close("all")
    assert attempted > 0
    assert failed == 0


def test_style_is_found_by_its_package_name():
    with plt.style.context("mnist_tutorial.book"):
        assert mpl.rcParams["image.cmap"] == "gray_r"


def test_every_file_of_the_package_is_installed():
    """A wheel holds the modules, and of the other files those that pyproject.toml names."""
    package = Path(mnist_tutorial.__file__).parent
    settings = tomllib.loads((package.parent / "pyproject.toml").read_text())
    named = {
        file
        for pattern in settings["tool"]["setuptools"]["package-data"]["mnist_tutorial"]
        for file in package.glob(pattern)
    }
    present = {file for file in package.rglob("*") if file.is_file() and "__pycache__" not in file.parts}
    assert present - named == set(package.glob("*.py"))
