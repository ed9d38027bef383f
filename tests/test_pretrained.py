"""load_pretrained: the shipped networks are what book/pretrain.py trains, and as good as chapter 13 says."""

import sys
from pathlib import Path

import numpy as np
import pytest

import mnist_tutorial as mt
from mnist_tutorial.pretrained import BUILDERS, SHIPPED

sys.path.insert(0, str(Path(__file__).parent.parent / "book"))

import pretrain

LEAST = {"mlp": 0.984, "mlp_straightened": 0.989, "cnn": 0.993, "small_cnn": 0.99}  # mean test accuracy of five seeds


def accuracies(name, models):
    (_, _), (x, y) = mt.load_mnist()
    images = mt.normalize(mt.straighten(x) if name == "mlp_straightened" else x)
    return np.array([np.mean(mt.predict_digits(m, images.reshape(-1, *m.input_shape[1:])) == y) for m in models])


@pytest.mark.parametrize("name", BUILDERS)
def test_five_different_networks_of_the_stated_accuracy(name):
    models = mt.load_pretrained(name)
    assert len(models) == 5
    assert len({pretrain.in_one_row(model).tobytes() for model in models}) == 5
    assert accuracies(name, models).mean() >= LEAST[name]
    assert models[0].count_params() == BUILDERS[name]().count_params() <= 89_610


def test_they_come_compiled_and_anew():
    first, again = mt.load_pretrained("small_cnn"), mt.load_pretrained("small_cnn")
    first[0].set_weights([0 * part for part in first[0].get_weights()])
    assert np.abs(pretrain.in_one_row(again[0])).max() > 0
    loss, _ = again[0].evaluate(np.zeros((2, 28, 28, 1)), mt.one_hot([0, 1]), verbose=0)
    assert np.isfinite(loss)


@pytest.mark.parametrize("name", ["resnet", "", None, 3, ["cnn"]])
def test_other_names_are_refused(name):
    with pytest.raises(ValueError, match=r"^name: found .+; expected one of mlp, mlp_straightened, cnn, small_cnn$"):
        mt.load_pretrained(name)


def test_the_file_holds_these_networks_alone():
    with np.load(SHIPPED) as archive:
        assert {name: (part.dtype, len(part)) for name, part in archive.items()} == dict.fromkeys(BUILDERS, ("<f2", 5))
    assert SHIPPED.stat().st_size < 3_000_000


def test_the_small_network_is_the_smallest_that_passes_on_validation_data():
    """What the final trainings are is decided by what pretrained.json says of the choice."""
    rows = pretrain.choice()
    assert [row["parameters"] for row in rows] == sorted((row["parameters"] for row in rows), reverse=True)
    by_parameters = {row["parameters"]: np.mean(row["val_accuracy"]) for row in rows}
    passing = [count for count, accuracy in by_parameters.items() if accuracy >= 0.99]
    assert BUILDERS["small_cnn"]().count_params() == min(passing)
    assert BUILDERS["cnn"]().count_params() == max(by_parameters, key=by_parameters.get)


@pytest.mark.bench
@pytest.mark.slow
@pytest.mark.parametrize("name", BUILDERS)
def test_training_again_gives_as_good_networks(name):
    stored, new = accuracies(name, mt.load_pretrained(name)), accuracies(name, pretrain.finish(name).models)
    assert new.mean() >= LEAST[name]
    difference, error = mt.difference(stored, new)
    assert abs(difference) <= 3 * error + 1e-4
