"""What many trainings gave: names, best values, and curves that end early."""

import warnings

import keras
import numpy as np
import pytest
from keras import layers, metrics

import mnist_tutorial as mt
from mnist_tutorial.runs import Runs


def own(y, answer):
    return keras.ops.mean(answer)


def measured(*some):
    """Return a model that has measured two rows."""
    model = keras.Sequential([layers.Input((2,)), layers.Dense(2, activation="softmax")])
    model.compile("sgd", "mse", metrics=list(some))
    model.evaluate(np.eye(2), np.eye(2), verbose=0)
    return model


def runs_of(model, name, values=(0.2, 0.9, 0.5)):
    history = {"loss": list(values), name: list(values)}
    return Runs.from_histories([7], [model], [history])


@pytest.mark.parametrize(
    ("metric", "name", "expected"),
    [
        (lambda: "mae", "val_mae", 0.2),
        (lambda: "mse", "mse", 0.2),
        (lambda: metrics.AUC(name="area"), "val_area", 0.9),
        (lambda: metrics.R2Score(), "val_r2_score", 0.9),
        (lambda: "accuracy", "val_accuracy", 0.9),
        (lambda: "accuracy", "val_loss", 0.2),
    ],
)
def test_best_is_what_keras_calls_better(metric, name, expected):
    assert runs_of(measured(metric()), name).best(name).tolist() == [expected]


def test_best_of_what_keras_says_nothing_about_needs_a_mode():
    runs = runs_of(measured(own), "val_own")
    with pytest.raises(ValueError, match='mode: found None for \'val_own\'; expected "min" or "max"'):
        runs.best("val_own")
    with pytest.raises(ValueError, match="mode: found 'up' for 'val_own'"):
        runs.best("val_own", "up")
    assert (runs.best("val_own", "min"), runs.best("val_own", "max")) == (0.2, 0.9)


def test_a_name_that_is_not_there_is_told():
    with pytest.raises(KeyError, match=r"found 'acc'; expected one of .*'loss'"):
        runs_of(measured(), "mae").final("acc")


def test_numbered_names_become_those_of_the_first_model_and_late_names_are_kept():
    models = [measured(metrics.AUC()), measured(metrics.AUC())]
    first, second = (list(model.get_metrics_result())[1] for model in models)
    assert first != second
    histories = [
        {"loss": [1.0, 2.0], first: [0.1, 0.2], f"val_{first}": [0.3, 0.4]},
        {"loss": [3.0], second: [0.5], f"val_{second}": [0.6], "learning_rate": [0.7]},
    ]
    runs = Runs.from_histories([0, 1], models, histories)
    assert runs.history.keys() == {"loss", first, f"val_{first}", "learning_rate"}
    assert np.array_equal(runs.history[f"val_{first}"], [[0.3, 0.4], [0.6, np.nan]], equal_nan=True)
    assert np.array_equal(runs.history["learning_rate"], [[np.nan, np.nan], [0.7, np.nan]], equal_nan=True)
    assert runs.final("loss").tolist() == [2.0, 3.0]
    assert runs.epochs.tolist() == [2, 1]


def test_runs_that_all_diverged_are_nan_without_a_warning():
    nothing = np.full((2, 2), np.nan)
    runs = Runs((0, 1), (), np.array([2, 2]), {"loss": nothing})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = [runs.median("loss"), *runs.range("loss"), runs.best("loss"), runs.final("loss")]
        mt.plot_loss(runs)
    assert np.isnan(found).all()
