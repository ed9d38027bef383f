"""What `repeat` returns: which value of a run is its best, and how the curves of the seeds are joined."""

import warnings

import keras
import numpy as np
import pytest
from keras import layers

import mnist_tutorial as mt
from mnist_tutorial.runs import Runs

CURVES = np.array([[0.5, 0.3, 0.4], [0.7, 0.9, np.nan]])
LOWEST, HIGHEST = [0.3, 0.7], [0.5, 0.9]


def share_of_ones(y_true, y_pred):
    return keras.ops.mean(y_true)


@pytest.fixture(scope="module")
def model():
    """Return a small network that has met its metrics."""
    metrics = ["mae", "accuracy", keras.metrics.AUC(name="area"), share_of_ones]
    network = keras.Sequential([layers.Input((4,)), layers.Dense(2, "softmax")])
    network.compile(loss="categorical_crossentropy", metrics=metrics)
    network.evaluate(np.zeros((2, 4), np.float32), np.eye(2, dtype=np.float32), verbose=0)
    return network


def runs_of(name, model):
    return Runs((5, 6), (model, model), np.array([3, 2]), {name: CURVES})


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("loss", LOWEST),
        ("val_loss", LOWEST),
        ("mae", LOWEST),
        ("val_mae", LOWEST),
        ("accuracy", HIGHEST),
        ("val_sparse_categorical_accuracy", HIGHEST),
        ("val_acc", HIGHEST),
        ("area", HIGHEST),
        ("val_area", HIGHEST),
    ],
)
def test_best_is_lowest_or_highest_as_the_metric_wants(model, name, expected):
    assert runs_of(name, model).best(name).tolist() == expected


@pytest.mark.parametrize("name", ["loss", "val_accuracy", "share_of_ones", "unheard_of"])
def test_mode_goes_before_what_keras_says(model, name):
    runs = runs_of(name, model)
    assert runs.best(name, "min").tolist() == LOWEST
    assert runs.best(name, "max").tolist() == HIGHEST


@pytest.mark.parametrize(
    ("name", "mode", "found"),
    [("val_share_of_ones", None, "None"), ("unheard_of", None, "None"), ("loss", "up", "'up'")],
)
def test_best_that_nobody_can_tell_is_refused(model, name, mode, found):
    with pytest.raises(ValueError, match=f'^mode: found {found} for \'{name}\'; expected "min" or "max"$'):
        runs_of(name, model).best(name, mode)


@pytest.mark.parametrize("method", ["best", "final", "mean"])
def test_curve_that_is_not_there_is_refused_with_the_names_of_those_that_are(model, method):
    with pytest.raises(KeyError, match=r"name: found 'acc'; expected one of \['loss'\]"):
        getattr(runs_of("loss", model), method)("acc")


def test_mean_passes_over_runs_that_have_ended(model):
    runs = Runs((1, 2, 3), (), np.array([2, 1, 2]), {"loss": np.array([[3.0, 2.0], [9.0, np.nan], [6.0, 6.0]])})
    assert runs.mean("loss").tolist() == [6, 4]
    assert runs.final("loss").tolist() == [2, 9, 6]


class Reported:
    """A model of which only the names of its metrics matter."""

    def __init__(self, *names):
        self.names = names

    def get_metrics_result(self):
        return dict.fromkeys(self.names, 0.0)


def test_metrics_that_keras_numbers_are_one_curve_under_the_first_models_name():
    models = Reported("loss", "auc"), Reported("loss", "auc_1")
    histories = (
        {"loss": [3.0, 2.0], "auc": [0.6, 0.7], "val_auc": [0.5, 0.6], "lr": [0.1, 0.2]},
        {"loss": [4.0], "auc_1": [0.8], "val_auc_1": [0.9], "lr": [0.3], "late": [1.0]},
    )
    runs = Runs.from_histories([7, 8], models, histories)
    assert (runs.seeds, runs.models) == ((7, 8), models)
    assert (runs.epochs.tolist(), runs.epochs.dtype) == ([2, 1], np.int64)
    expected = {
        "loss": [[3, 2], [4, np.nan]],
        "auc": [[0.6, 0.7], [0.8, np.nan]],
        "val_auc": [[0.5, 0.6], [0.9, np.nan]],
        "lr": [[0.1, 0.2], [0.3, np.nan]],
        "late": [[np.nan, np.nan], [1, np.nan]],
    }
    assert list(runs.history) == list(expected)
    for name, curves in expected.items():
        np.testing.assert_array_equal(runs.history[name], curves)
    assert mt.plot_loss(runs).lines


def test_runs_that_all_diverged_are_nan_without_a_warning():
    nothing = np.full((2, 2), np.nan)
    runs = Runs((0, 1), (), np.array([2, 2]), {"loss": nothing})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = np.stack([runs.mean("loss"), runs.best("loss"), runs.final("loss")])
        mt.plot_loss(runs)
    assert np.isnan(found).all()
