"""Training runs by itself in the page, in a worker or without one, and learns what Keras learns."""

import numpy as np
import pytest
from trainings import COUNT, VALIDATION, build, follow, split, unpack

import mnist_tutorial as mt

SMALL = {"hidden": [20], "count": 300, "rate": 0.01, "dropout": 0.2, "shifts": True}


@pytest.fixture(scope="module")
def course(blank):
    return follow(blank, ["step"], ["step"], ["epoch"], ["play", 3], **SMALL, seed=4)


def test_reports_tell_the_course(course):
    resting = [(r["epoch"], r["step"]) for r in course if not r["playing"]]
    assert resting == [(0, 0), (0, 1), (0, 2), (1, 0), (3, 0)]
    assert {r["epoch"] for r in course} == {0, 1, 2, 3}  # every epoch is told of
    assert all(r["steps"] == 3 and r["inWorker"] and not r["diverged"] and not r["risen"] for r in course)
    assert all((r["validation"] is None) == (r["step"] > 0) for r in course)
    assert course[0]["loss"] is None
    assert course[0]["accuracy"] is None
    losses = [r["loss"] for r in course if r["epoch"] and not r["step"]]
    assert losses == sorted(losses, reverse=True)
    assert losses[0] < 2.5
    assert len(unpack(course[0]["parameters"])) == 784 * 20 + 20 + 200 + 10


def test_reports_hold_the_network_they_tell_of(blank, images, course):
    model = build(hidden=(20,))
    parameters = unpack(course[-1]["parameters"])
    model.set_weights(split(parameters, model.get_weights()))
    model.compile(loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    theirs = model.evaluate(images[0][COUNT:] / np.float32(255), images[1][COUNT:], batch_size=VALIDATION, verbose=0)
    told = course[-1]["validation"]
    assert [told["loss"], told["accuracy"]] == pytest.approx(theirs, rel=1e-4)


def ends(reports):
    """Return what is the same in two runs: the epochs' ends."""
    names = ("epoch", "loss", "accuracy", "validation", "parameters")
    return [[r[name] for name in names] for r in reports if not r["step"]]


def test_same_seed_same_run(blank, course):
    again = follow(blank, ["play", 3], **SMALL, seed=4)
    assert ends(again) == ends(course)
    other = follow(blank, ["play", 3], **SMALL, seed=5)
    assert all(a != b for a, b in zip(ends(other), ends(course), strict=True))


def test_slices_give_the_worker_s_numbers(blank, course):
    slices = follow(blank, ["play", 3], worker=False, **SMALL, seed=4)
    assert not any(r["inWorker"] for r in slices)
    assert ends(slices) == ends(course)


NO_WORKER = {
    "none": {"before": "delete window.Worker"},
    "forbidden": {"head": """<meta http-equiv="Content-Security-Policy" content="worker-src 'none'">"""},
}


@pytest.mark.parametrize("kind", NO_WORKER)
def test_without_workers_slices_take_over(open_blank, course, kind):
    """Nothing asked for gets lost: the first command is sent before it is known that there is no worker."""
    page = open_blank(**NO_WORKER[kind])
    reports = follow(page, ["play", 3], **SMALL, seed=4)
    page.close()
    assert not any(r["inWorker"] for r in reports)
    assert ends(reports) == ends(course)


@pytest.mark.parametrize("batch", [20, 1000])
def test_slices_leave_the_page_its_turns(blank, batch):
    """A slice takes 20 ms and the piece of work that ends it, however large the batch: here, 2 pieces of 15 ms."""
    script = """async (settings) => {
      const { now } = performance;
      const { addGradients } = Training.prototype;
      let [clock, pieces, most, open] = [0, 0, 0, true];
      performance.now = () => clock;
      Training.prototype.addGradients = function (...batch) {
        clock += 15;
        pieces++;
        return addGradients.apply(this, batch);
      };
      const turn = () => {
        most = Math.max(most, pieces);
        pieces = 0;
        if (open) setTimeout(turn);
      };
      turn();
      await new Promise((done) => {
        const training = startTraining(settings, DATA, (report) => {
          if (!report.playing && report.epoch) done(training.stop());
          else if (!report.epoch && !report.playing) training.play(2);
        }, { worker: false });
      });
      open = false;
      Object.assign(Training.prototype, { addGradients });
      performance.now = now;
      return most;
    }"""
    # The page's turns and the slices alternate, so that two slices may come between two turns.
    assert 1 <= blank.evaluate(script, {"hidden": [5], "batch": batch}) <= 4


@pytest.mark.parametrize("worker", [True, False])
def test_pause_reset_and_stop(blank, worker):
    """After a reset no report of the run before comes; after a stop none at all."""
    script = """async ({ settings, worker }) => {
      const [reports, wait] = [[], (milliseconds) => new Promise((done) => setTimeout(done, milliseconds))];
      let heard;
      const next = () => new Promise((done) => (heard = done));
      const training = startTraining(settings, DATA, (report) => {
        reports.push([report.sizes[1], report.epoch, report.step, report.playing]);
        heard?.(report);
      }, { worker });
      const resting = async () => { while ((await next()).playing); };
      await resting();
      training.play();
      await next();
      training.pause();
      await resting();
      const paused = reports.length;
      await wait(50);
      const quiet = reports.length === paused;
      training.play();
      await next();
      training.reset({ ...settings, hidden: [7] });
      const from = reports.length;
      await resting();
      training.play();
      await next();
      training.stop();
      const stopped = reports.length;
      await wait(50);
      return [quiet, reports.slice(0, from), reports.slice(from), reports.length === stopped];
    }"""
    settings = {"hidden": [5], "count": 300}
    quiet, before, after, silent = blank.evaluate(script, {"settings": settings, "worker": worker})
    assert (quiet, silent) == (True, True)
    assert {units for units, *_ in before} == {5}
    assert {units for units, *_ in after} == {7}
    assert after[0] == [7, 0, 0, False]
    assert len(after) > 1


LONG = {
    "plain": {},
    "shifted": {"shifts": True},
    "raw": {"normalized": False},
}


@pytest.fixture(scope="module")
def trained(blank):
    """Return the reports of 30 epochs with each setting, by the name of the setting."""
    return {
        name: [r for r in follow(blank, ["play", 30], **settings) if not r["step"]] for name, settings in LONG.items()
    }


def test_learns_as_keras_does(images, trained):
    """Validation accuracy is within the range of Keras's seeds on the same images, their spread on either side."""
    x, y = images[0] / np.float32(255), mt.one_hot(images[1])
    share = VALIDATION / (COUNT + VALIDATION)
    runs = mt.repeat(
        mt.build_mlp, x, y, seeds=range(4), epochs=30, batch_size=100, validation_split=share, progress=False
    )
    theirs = np.array(runs.history["val_accuracy"])[:, -1]
    spread = np.ptp(theirs)
    assert theirs.min() - spread <= trained["plain"][-1]["validation"]["accuracy"] <= theirs.max() + spread
    their_losses = np.array(runs.history["val_loss"])[:, -1]
    assert trained["plain"][-1]["validation"]["loss"] == pytest.approx(their_losses.mean(), rel=0.15)


def test_overfits(trained):
    losses = [r["validation"]["loss"] for r in trained["plain"]]
    assert trained["plain"][-1]["accuracy"] == 1
    assert losses[-1] > 1.05 * min(losses)
    assert 5 < np.argmin(losses) < 25


def test_shifts_help(trained):
    ends = {name: reports[-1]["validation"]["loss"] for name, reports in trained.items()}
    assert ends["shifted"] < 0.85 * ends["plain"]


def test_raw_pixels_are_worse(trained):
    ends = {name: reports[-1]["validation"]["accuracy"] for name, reports in trained.items()}
    assert ends["raw"] < ends["plain"] - 0.05


def test_a_rate_of_1_is_said_to_be_too_high(blank, trained):
    """Adam's loss rises a thousandfold, then the units are dead and it guesses; ordinary settings raise no alarm."""
    reports = follow(blank, ["play", 5], rate=1)
    assert (reports[-1]["risen"], reports[-1]["diverged"]) == (True, False)
    assert reports[-1]["epoch"] == 5
    assert max(r["loss"] for r in reports[1:]) > 100
    assert reports[-1]["accuracy"] < 0.2
    assert not any(r["risen"] or r["diverged"] for name in LONG for r in trained[name])


@pytest.mark.parametrize("worker", [True, False])
def test_a_loss_that_is_no_number_stops_training(blank, worker):
    """Gradient descent on numbers at a rate of 1 overflows; a reset makes all good again."""
    settings = {"target": "number", "optimizer": "sgd", "rate": 1}
    reports = follow(blank, ["play"], ["step"], ["reset", {"count": 100}], ["epoch"], worker=worker, **settings)
    diverged = [r for r in reports if r["diverged"]]
    assert len(diverged) == 2  # of playing, and of asking for a step after that
    assert not any(r["playing"] for r in diverged)
    assert diverged[0]["epoch"] == 0
    assert reports[-1]["epoch"] == 1
    assert np.isfinite(reports[-1]["loss"])
    assert not any(r["diverged"] or r["risen"] for r in reports[-2:])
