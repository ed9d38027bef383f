"""The package as a whole: cheap to import, small, and every docstring's example gives what it says."""

import doctest
import importlib
import shutil
import subprocess
import sys
import tarfile
import tomllib
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

import mnist_tutorial

PACKAGE = Path(mnist_tutorial.__file__).parent
MODULES = sorted(path.stem for path in PACKAGE.glob("*.py") if ">>>" in path.read_text(encoding="utf-8"))


def test_import_costs_numpy_alone():
    heavy = "{'numpy', 'tensorflow', 'keras', 'matplotlib', 'PIL', 'tqdm'}"
    code = f"import sys, mnist_tutorial; print({heavy} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
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
    settings = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))
    named = {
        file
        for pattern in settings["tool"]["setuptools"]["package-data"]["mnist_tutorial"]
        for file in PACKAGE.glob(pattern)
    }
    present = {file for file in PACKAGE.rglob("*") if file.is_file() and "__pycache__" not in file.parts}
    packages = [PACKAGE.parent / name.replace(".", "/") for name in settings["tool"]["setuptools"]["packages"]]
    assert present - named == {file for package in packages for file in package.glob("*.py")}


def test_bounds_that_are_not_met_are_told_at_import(monkeypatch):
    """One sentence each, with what was found and what is expected; what is not installed names itself later."""
    check, seen = mnist_tutorial._requirements, {"keras": "2.15.0", "tensorflow": "2.15.1"}
    monkeypatch.setattr(check, "distribution", lambda name: Package())
    monkeypatch.setattr(check, "version", lambda name: seen[name] if name in seen else version_of_none(name))
    with pytest.warns(RuntimeWarning) as told:
        check.check_requirements()
    assert [str(each.message) for each in told] == ["keras: found 2.15.0; mnist_tutorial expects <4,>=3.0"]


class Package:
    """Metadata of an installed distribution."""

    requires = ("keras<4,>=3.0", "tensorflow<2.22,>=2.15", "tqdm>=4", 'ruff>=99; extra == "lint"')
    metadata = {"Requires-Python": ">=3.11"}  # noqa: RUF012


def version_of_none(name):
    raise PackageNotFoundError(name)


@pytest.mark.parametrize("found", ["2.16.1", "2.16.2", "2.21.0", "2.21.0rc1"])
def test_versions_within_bounds(found):
    assert mnist_tutorial._requirements._within(found, ">=2.16.1,<2.22")
    assert not mnist_tutorial._requirements._within(found, ">=2.22,<3")
    assert not mnist_tutorial._requirements._within(found, "<2.16.1")


def test_a_source_distribution_holds_what_its_tests_need(tmp_path):
    """All tests, all sources of the book, and what they read; and setuptools has nothing to warn of."""
    root = PACKAGE.parent
    project = tmp_path / "project"
    made = shutil.ignore_patterns(".*", "_build", "_work", "build", "dist", "*.egg-info", "__pycache__")
    shutil.copytree(root, project, ignore=made)
    shutil.copytree(root / ".binder", project / ".binder")
    code = "import sys; from setuptools import build_meta; build_meta.build_sdist(sys.argv[1])"
    built = subprocess.run([sys.executable, "-c", code, tmp_path], cwd=project, capture_output=True, encoding="utf-8")
    assert built.returncode == 0, built.stderr
    assert "absent from the `packages`" not in built.stdout + built.stderr
    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    needed = {path.relative_to(project).as_posix() for path in project.rglob("*") if path.is_file()}
    assert {name for name in needed - held if ".egg-info" not in name} == set()
