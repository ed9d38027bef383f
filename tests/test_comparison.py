"""The mean of several seeds, its error, and the picture of both."""

import numpy as np
import pytest

import mnist_tutorial as mt


def test_the_error_is_how_far_means_of_other_seeds_are_off():
    """Drawn anew many times, the means spread by as much as the error says."""
    draws = np.random.default_rng(0).normal(0.98, 0.002, (2000, 10))
    means, errors = zip(*map(mt.mean_error, draws), strict=True)
    assert np.mean(means) == pytest.approx(0.98, abs=1e-4)
    assert np.mean(errors) == pytest.approx(np.std(means), rel=0.05)


def test_the_difference_of_means_has_the_error_that_draws_anew_show():
    random = np.random.default_rng(1)
    pairs = zip(random.normal(0.97, 0.002, (2000, 5)), random.normal(0.98, 0.001, (2000, 20)), strict=True)
    more, errors = zip(*(mt.difference(a, b) for a, b in pairs), strict=True)
    assert np.mean(more) == pytest.approx(0.01, abs=1e-4)
    assert np.mean(errors) == pytest.approx(np.std(more), rel=0.08)


@pytest.mark.parametrize(
    ("values", "error", "found"),
    [
        ([0.98], ValueError, r"found shape \(1,\); expected \(seeds,\) with 2 or more"),
        ([[0.9, 0.8]], ValueError, r"found shape \(1, 2\)"),
        ([0.9, np.nan], ValueError, "found 1 that are NaN or infinite"),
        (["a", "b"], TypeError, "found <U1; expected numbers"),
    ],
)
def test_what_is_no_row_of_results_is_refused_by_name(values, error, found):
    with pytest.raises(error, match=f"^values: {found}"):
        mt.mean_error(values)
    with pytest.raises(error, match=f"^b: {found}"):
        mt.difference([0.9, 0.8], values)
    with pytest.raises(error, match=rf"^results\['plain'\]: {found}"):
        mt.plot_seeds({"plain": values})


@pytest.mark.parametrize(("results", "error"), [({}, ValueError), ([1, 2], TypeError)])
def test_no_settings_are_refused(results, error):
    with pytest.raises(error, match=r"^results: found"):
        mt.plot_seeds(results)


def test_every_seed_is_a_dot_in_its_row_and_the_mean_has_its_error():
    results = {"plain": [1.0, 2.0, 3.0], "better": [4.0, 4.0, 7.0]}
    ax = mt.plot_seeds(results, xlabel="Test accuracy (%)", title="What it is worth")
    rows = [label.get_text() for label in ax.get_yticklabels()]
    assert rows == ["plain", "better"]
    low, high = ax.get_ylim()
    assert low > high, "the first row is on top"
    dots = [line.get_xydata().tolist() for line in ax.lines if line.get_marker() == "o"]
    assert dots == [[[1, 0], [2, 0], [3, 0]], [[4, 1], [4, 1], [7, 1]]]
    bars = [container.lines for container in ax.containers]
    for y, values in enumerate(results.values()):
        mean, error = mt.mean_error(values)
        marker, _, (whisker,) = bars[y]
        assert marker.get_xydata().tolist() == [[mean, y]]
        np.testing.assert_allclose(whisker.get_segments()[0], [[mean - 2 * error, y], [mean + 2 * error, y]])
    assert (ax.get_xlabel(), ax.get_title()) == ("Test accuracy (%)", "What it is worth")
