"""What several test files share."""

import matplotlib as mpl
import pytest

from mnist_tutorial import exercises, language

mpl.use("agg")  # tests look at the data on the axes; no window


@pytest.fixture(autouse=True)
def close_figures():
    """Leave no open figure behind, and no style that a chapter's code has set."""
    with mpl.rc_context():
        yield
    import matplotlib.pyplot as plt

    plt.close("all")


@pytest.fixture(scope="session")
def mnist():
    """The training set, then the test set, prepared as the chapters do: (X_train, Y_train), (X_test, y_test)."""
    import mnist_tutorial as mt

    (x_train, y_train), (x_test, y_test) = mt.load_mnist()
    return (mt.normalize(mt.flatten(x_train)), mt.one_hot(y_train)), (mt.normalize(mt.flatten(x_test)), y_test)


@pytest.fixture(autouse=True)
def _nothing_done(monkeypatch):
    """Let each test begin with no exercise done, no hint given, and no language chosen."""
    monkeypatch.setattr(exercises, "_done", set())
    monkeypatch.setattr(exercises, "_hints_given", {})
    monkeypatch.setattr(language, "_chosen", None)
