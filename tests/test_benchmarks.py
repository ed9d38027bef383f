"""What `make bench` measures, and what appendix 3 shows of it: names, networks, and records belong together."""

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path

import jupytext
import matplotlib.pyplot as plt
import numpy as np
import pytest

import mnist_tutorial as mt

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

import bench  # noqa: E402
import common  # noqa: E402
import records  # noqa: E402
import rivals  # noqa: E402
from workloads import WORKLOADS  # noqa: E402

APPENDIX = jupytext.read(ROOT / "book" / "a3_speed.md")
GROUPED = [name for group in bench.GROUPS.values() for name in group]


def test_every_workload_is_in_a_group_and_every_name_is_a_workload():
    assert set(GROUPED) == set(WORKLOADS) | set(bench.IMPORTS)
    assert set(bench.PEERS) | set(bench.SCALE) | set(bench.ENVIRONMENT) <= set(GROUPED)
    assert all(make.__doc__ for make in WORKLOADS.values())


def test_a_close_race_has_several_rounds_and_a_baseline_as_many_as_its_rivals():
    once = {name for name in GROUPED if bench.in_one_round(name)}
    assert set(GROUPED) >= bench.FEW_ROUNDS
    racing = {
        "train_keras",
        "train_library",
        "train_jax_scan",
        "train_pytorch_fused",
        "train_keras_jax",
        "time_to_9766",
    }
    assert not once & racing
    assert all(group[0] not in once for title, group in bench.GROUPS.items() if not set(group) <= once)


def test_peers_are_installed_by_the_requirements_and_their_versions_are_told():
    listed = re.findall(
        r"^[\w-]+", (ROOT / "benchmarks" / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE
    )
    packages = {{"sklearn": "scikit-learn"}.get(name, name) for names in bench.PEERS.values() for name in names}
    assert packages - {"playwright"} == set(listed)
    assert set(listed) <= set(bench.machine())


def test_a_peer_that_is_missing_is_said_in_its_row(monkeypatch):
    monkeypatch.setattr(bench.importlib.util, "find_spec", lambda name: None if name in ("optax", "torch") else name)
    for name, package in {
        "train_jax_scan": "optax",
        "repeat_jax_vmap": "optax",
        "train_pytorch_fused": "torch",
    }.items():
        assert bench.row(name, "train_keras", {})["missing"] == f"{package} is not installed"


def test_a_missing_compiler_is_said(monkeypatch):
    monkeypatch.setattr(bench.importlib.util, "find_spec", lambda name: name)
    monkeypatch.setattr(bench.shutil, "which", lambda name: None)
    assert bench.missing("train_pytorch_compile") == "no C++ compiler is installed"
    assert bench.missing("train_pytorch_fused") is None


def test_the_rivals_train_the_same_network():
    assert sum((a + 1) * b for a, b in zip(rivals.SIZES, rivals.SIZES[1:], strict=False)) == 89_610
    assert mt.build_mlp().count_params() == 89_610
    source = (ROOT / "benchmarks" / "rivals.py").read_text(encoding="utf-8")
    builders = [part for part in source.split("\n\n\ndef ") if "SIZES" in part]
    names = {part.split("(")[0] for part in builders[1:]}
    assert {"pytorch_network", "jax_parameters", "train_sklearn"} <= names


@pytest.mark.parametrize(
    ("package", "count"),
    [
        ("torch", "sum(part.numel() for part in rivals.pytorch_network().parameters())"),
        ("jax", "sum(part.size for part in jax.tree.leaves(rivals.jax_parameters(jax.random.key(0))))"),
    ],
)
def test_a_rivals_network_has_as_many_parameters(package, count):
    """Asked in another process: once JAX has been imported, every later fork in this one would warn."""
    if importlib.util.find_spec(package) is None:
        pytest.skip(f"{package} is not installed")
    command = [sys.executable, "-c", f"import {package}, rivals; print({count})"]
    folder = ROOT / "benchmarks"
    assert int(subprocess.run(command, cwd=folder, check=True, capture_output=True).stdout) == 89_610


def test_the_products_are_those_of_a_training_step():
    """Forward and backward, as appendix 1 writes them: the product of shapes is the shape of what is wanted."""
    wanted = [(100, 100), (100, 100), (100, 10), (784, 100), (100, 100), (100, 10), (100, 100), (100, 100)]
    assert [(a[0], b[1]) for a, b in rivals.products()] == wanted
    assert all(a[1] == b[0] for a, b in rivals.products())
    forward = 784 * 100 + 100 * 100 + 100 * 10
    backward = forward + 100 * 100 + 100 * 10
    assert rivals.multiplications() == 15 * (48_000 * (forward + backward) + 12_000 * forward)


@pytest.mark.parametrize("name", records.RECORDS)
def test_a_records_parameters_are_those_of_its_network(name):
    settings = records.RECORDS[name]
    assert records.build(settings, 60_000).count_params() == records.parameters(settings)
    if name.startswith("time_to"):
        assert records.parameters(settings) == 89_610
        assert name in bench.GROUPS["Time to an accuracy"]


def test_shrunk_images_are_means_of_their_middle():
    images = mt.load_mnist()[0][0][:50]
    for side in (8, 12):
        settings = records.Settings(1, 1, 1, side=side)
        rows = records.treated(settings, images)
        assert rows.shape == (50, side**2)
        assert rows.dtype == np.float32
        np.testing.assert_allclose(rows.mean(), images[:, 2:26, 2:26].mean() / 255, rtol=1e-5)


def test_images_are_shifted_in_nine_ways_before_they_shrink():
    images = mt.load_mnist()[0][0][:20]
    settings = records.Settings(1, 1, 1, side=12, upright=True, shifted=True)
    ways = records.all_shifts(settings, images).reshape(9, 20, 144)
    np.testing.assert_array_equal(ways[4], records.treated(settings, images))
    assert len(np.unique(ways, axis=0)) == 9


def test_centred_rows_have_no_mean_and_test_rows_move_alike():
    rows = np.random.default_rng(0).random((30, 4), np.float32)
    other, before = rows[:3].copy(), rows.copy()
    records.centre(records.Settings(1, 1, 1, scale=2), rows, other)
    np.testing.assert_allclose(rows.mean(axis=0), 0, atol=1e-6)
    np.testing.assert_array_equal(other, rows[:3])
    np.testing.assert_allclose(rows[1] - rows[0], 2 * (before[1] - before[0]), rtol=1e-4)


def test_a_record_chooses_on_held_out_images_and_tests_on_the_test_set(monkeypatch):
    (images, labels), test = mt.load_mnist()
    small = (images[:300], labels[:300]), tuple(part[:50] for part in test)
    monkeypatch.setattr(records.mt, "load_mnist", lambda: small)
    monkeypatch.setattr(records, "TRAIN", 250)
    settings = records.Settings(2, 50, 0.01, hidden=(8,), upright=True, shifted=True, side=12)
    seen = []
    monkeypatch.setattr(records.mt, "predict_digits", lambda model, rows: seen.append(rows) or np.zeros(len(rows)))
    found = {held: records.accuracies(settings, range(2), held) for held in (True, False)}
    assert found[True] == pytest.approx([np.mean(labels[250:300] == 0)] * 2)
    assert found[False] == pytest.approx([np.mean(test[1][:50] == 0)] * 2)
    assert [len(rows) for rows in seen] == [50] * 4


def test_the_appendix_shows_what_is_measured():
    text = "\n".join(cell.source for cell in APPENDIX.cells)
    shown = set(re.findall(r"""(?:seconds|times)\(["'](\w+)["']\)""", text))
    assert shown <= set(GROUPED)
    assert set(bench.GROUPS["Training: 15 epochs of 48,000 images"]) - shown <= {
        "train_library_dropout",
        "train_beyond_99",
    }
    for helper in ("record", "setting", "size", "error", "hidden"):
        assert set(re.findall(rf"""\b{helper}\(["'](\w+)["']""", text)) <= set(records.RECORDS)
    assert all(name in text for name in records.RECORDS)


@pytest.mark.parametrize("peers", [True, False], ids=["as measured", "without peers and records"])
def test_the_appendix_runs_with_rows_missing(monkeypatch, peers):
    report = json.loads(bench.REPORT.read_text(encoding="utf-8"))
    if not peers:
        report.pop("records", None)
        lack = {*bench.PEERS, *bench.GROUPS["Time to an accuracy"][1:], "products_alone", "products_large"}
        for row in report["rows"]:
            if row["name"] in lack:
                for key in ("seconds", "range", "ratio"):
                    row.pop(key, None)
                row["missing"] = "it is not installed"
    names = {"report": report}
    with plt.rc_context():
        for cell in APPENDIX.cells:
            if cell.cell_type == "code":
                exec(re.sub(r"^report = .*$", "", cell.source, flags=re.MULTILINE), names)
            for expression in re.findall(r"\{\{(.+?)\}\}", cell.source) if cell.cell_type == "markdown" else ():
                assert eval("f'''{" + expression.strip() + "}'''", names)
        plt.close("all")


def test_batches_and_epochs_are_the_originals():
    assert (common.EPOCHS, common.BATCH, common.TRAIN, list(common.SEEDS)) == (15, 100, 48_000, list(range(10)))
