"""Time the library, the book, and what people would otherwise use, side by side in one run: make bench.

Writes mnist_tutorial/data/benchmarks.json, which the book's appendix a3_speed shows wherever the library is
installed, and results/benchmarks.md. Rounds are interleaved (A B C,
A B C, …), so that a machine whose speed drifts slows all alike: read the ratios, not the seconds. With --book, only
what takes no peers is measured again: the chapters and the site.
"""

import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import Any

import jupytext
import records
from common import ROOT  # which also puts the book's scripts within reach
from helpers import browser_program
from workloads import WORKLOADS

HERE = Path(__file__).parent

import make_notebooks  # noqa: E402

import mnist_tutorial as mt  # noqa: E402

REPORT = ROOT / "mnist_tutorial" / "data" / "benchmarks.json"
TABLE = HERE / "results" / "benchmarks.md"
ROUNDS = 3
# What is slow and in no close race runs in the first round alone, and so do the groups of other networks.
FEW_ROUNDS = {
    "repeat_jax_vmap",
    "repeat_ten_seeds",
    "train_beyond_99",
    "train_library_dropout",
    "train_pytorch_compile",
}
PEERS = {
    "train_pytorch": ["torch"],
    "train_pytorch_fused": ["torch"],
    "train_pytorch_compile": ["torch"],
    "train_jax_scan": ["jax", "optax"],
    "repeat_jax_vmap": ["jax", "optax"],
    "train_keras_jax": ["jax"],
    "train_sklearn": ["sklearn"],
    "epoch_page": ["playwright"],
}
GROUPS = {  # title: the baseline that ratios refer to, then the others
    "Training: 15 epochs of 48,000 images": [
        "train_keras",
        "train_library",
        "train_keras_steps_per_execution",
        "train_keras_jax",
        "train_jax_scan",
        "train_pytorch",
        "train_pytorch_fused",
        "train_pytorch_compile",
        "train_sklearn",
        "train_numpy",
        "products_alone",
        "products_large",
        "train_library_dropout",
        "repeat_ten_seeds",
        "repeat_jax_vmap",
        "train_beyond_99",
    ],
    "Time to an accuracy": ["train_keras", "time_to_9766", "time_to_98", "time_to_99"],
    "Another network: convolutions": ["convolution_keras", "convolution_library"],
    "Another network: normalized": ["normalized_keras", "normalized_library"],
    "Another network: recurrent": ["recurrent_keras", "recurrent_library"],
    "A small training": ["small_keras", "small_library"],
    "A small training, repeated": ["later_keras", "later_library"],
    "An epoch of 1,000 images": ["epoch_keras", "epoch_library", "epoch_page"],
    "Reading 10,000 images": ["predict_one_by_one", "predict_batched"],
    "Loading MNIST": ["load_plain", "load_library"],
    "One-hot, 60,000 labels": ["one_hot_keras", "one_hot_library"],
    "Normalizing 60,000 images": ["normalize_plain", "normalize_library"],
    "Importing": ["import_keras", "import_library"],
}
SCALE = {
    "predict_one_by_one": 10_000 / 200,
    "repeat_jax_vmap": 15 / 5,
    "epoch_keras": 1 / 20,
    "epoch_library": 1 / 20,
    "epoch_page": 1 / 20,
    "one_hot_keras": 1 / 100,
    "one_hot_library": 1 / 100,
}
IMPORTS = {"import_keras": "keras", "import_library": "mnist_tutorial"}
# As appendix 1 sets it; NumPy looks only when it is imported, which a workload has done before the chapter's code runs.
ENVIRONMENT = {"train_numpy": {"OPENBLAS_NUM_THREADS": "1"}}


def main(only_book: bool) -> None:
    """Measure everything, or the book alone, and write the results."""
    report = json.loads(REPORT.read_text(encoding="utf-8")) if only_book else {"rows": rows()}
    if not only_book:
        report["records"] = {name: records.record(name) for name in records.RECORDS}
    write(report | {"machine": machine(), "book": book_times()})


def one_record(name: str) -> None:
    """Measure one record alone, its time beside plain Keras, and put it in its place among the results."""
    report = json.loads(REPORT.read_text(encoding="utf-8"))
    report.setdefault("records", {})[name] = records.record(name)
    if name in WORKLOADS:
        group = "Time to an accuracy"
        new = {"group": group} | row(name, "train_keras", rounds(["train_keras", name]))
        report["rows"] = [old for old in report["rows"] if old["name"] != name] + [new]
    write(report | {"machine": machine()})


def write(report: dict[str, Any]) -> None:
    """Write the results, for the book and as a table."""
    REPORT.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    TABLE.write_text(markdown(report), encoding="utf-8")


def rows() -> list[dict[str, object]]:
    """Run every workload; return a row for each place that one has in a group."""
    runs = rounds([name for group in GROUPS.values() for name in group])
    return [{"group": title} | row(name, group[0], runs) for title, group in GROUPS.items() for name in group]


def rounds(names: list[str]) -> dict[str, list[dict[str, float]]]:
    """Run workloads in turn, and that ROUNDS times."""
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in names if not missing(name)}
    for round_number in range(1, ROUNDS + 1):
        for name in (name for name in runs if round_number == 1 or not in_one_round(name)):
            results = runs[name]
            results.append(measure(name))
            print(f"round {round_number}  {name:34} {results[-1]['seconds']:9.3f} s", flush=True)
    return runs


def in_one_round(name: str) -> bool:
    """Say whether a workload runs in the first round alone."""
    networks = [name for title, group in GROUPS.items() if title.startswith("Another network") for name in group]
    return name in FEW_ROUNDS or name in networks


def missing(name: str) -> str | None:
    """Return what a workload needs and this machine lacks."""
    for package in PEERS.get(name, []):
        if importlib.util.find_spec(package) is None:
            return f"{package} is not installed"
    if name == "train_pytorch_compile" and not any(map(shutil.which, (os.environ.get("CXX", "g++"), "clang++"))):
        return "no C++ compiler is installed"
    if name == "epoch_page" and not browser_program():
        return "neither Chromium nor Chrome is installed"
    return None


def measure(name: str) -> dict[str, float]:
    """Run one workload in a fresh process."""
    if name in IMPORTS:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", f"import {IMPORTS[name]}"], check=True, capture_output=True)
        return {"seconds": time.perf_counter() - start, "extra_mb": 0.0}
    output = subprocess.run(
        [sys.executable, str(HERE / "workloads.py"), name],
        check=True,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | ENVIRONMENT.get(name, {}),
    ).stdout
    result: dict[str, float] = json.loads(output.splitlines()[-1])
    result["seconds"] *= SCALE.get(name, 1)
    return result


def row(name: str, baseline: str, runs: dict[str, list[dict[str, float]]]) -> dict[str, object]:
    """Return one line of the table; ratios are taken round by round."""
    what = WORKLOADS[name].__doc__.rstrip(".") if name in WORKLOADS else f"`import {IMPORTS[name]}`"
    if name not in runs:
        return {"name": name, "what": what, "missing": missing(name)}
    seconds = [result["seconds"] for result in runs[name]]
    pairs = zip(runs[name], runs[baseline], strict=not in_one_round(name))
    ratios = [mine["seconds"] / other["seconds"] for mine, other in pairs]
    accuracy = [result["accuracy"] for result in runs[name] if "accuracy" in result]
    return {
        "name": name,
        "what": what,
        "seconds": round(median(seconds), 4),
        "range": [round(min(seconds), 4), round(max(seconds), 4)],
        "ratio": round(median(ratios), 4),
        "extra_mb": round(median(result["extra_mb"] for result in runs[name])),
    } | ({"accuracy": round(median(accuracy), 4)} if accuracy else {})


def book_times() -> dict[str, float]:
    """Return the seconds that each chapter takes to run, and the whole site to build."""
    times, start = {}, time.perf_counter()
    for name, seconds in make_notebooks.side_by_side(run_chapter, make_notebooks.sources()):
        times[name] = round(seconds, 1)
        print(f"{name:43} {seconds:9.1f} s", flush=True)
    times = dict(sorted(times.items())) | {"all chapters, two at a time": round(time.perf_counter() - start, 1)}
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        command = [str(Path(sys.executable).parent / "jupyter-book"), "build", str(ROOT), "--path-output", folder]
        subprocess.run(command, check=True, capture_output=True)
        times["building the site"] = round(time.perf_counter() - start, 1)
    return times


def run_chapter(source: Path) -> None:
    """Execute a chapter and keep nothing of it."""
    make_notebooks.execute(jupytext.read(source))


def machine() -> dict[str, str]:
    """Return what was measured on, with what, and when."""
    packages = ("tensorflow", "keras", "numpy", "jax", "optax", "torch", "scikit-learn")
    return {
        "date": date.today().isoformat(),
        "system": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
    } | {name: installed(name) for name in packages}


def installed(name: str) -> str:
    """Return a package's version."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def markdown(report: dict) -> str:
    """Return the report as one table a group."""
    lines = ["# Benchmarks", "", ", ".join(f"{key}: {value}" for key, value in report["machine"].items()), ""]
    for title in GROUPS:
        lines += [f"## {title}", "", "| what | seconds (min to max) | ratio | extra memory |", "|---|---|---|---|"]
        for entry in (entry for entry in report["rows"] if entry["group"] == title):
            if "missing" in entry:
                lines.append(f"| {entry['what']} | {entry['missing']} | | |")
            else:
                low, high = entry["range"]
                lines.append(
                    f"| {entry['what']} | {entry['seconds']:.3g} ({low:.3g} to {high:.3g}) "
                    f"| {entry['ratio']:.3g} | {entry['extra_mb']} MB |"
                )
        lines.append("")
    lines += [
        "## Records",
        "",
        "| what | parameters | test accuracy, ten seeds | validation accuracy |",
        "|---|---|---|---|",
    ]
    for name, entry in report.get("records", {}).items():
        shown = ("{:.4f} ± {:.4f}".format(*mt.mean_error(entry[kind])) for kind in ("test", "validation"))
        lines.append(f"| {name} | {entry['parameters']:,} | {' | '.join(shown)} |")
    lines += ["", "## The book", "", "| chapter | seconds |", "|---|---|"]
    lines += [f"| {name} | {seconds} |" for name, seconds in report["book"].items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(only_book="--book" in sys.argv)
