"""What trains in the page computes what TensorFlow, Keras, and appendix 1 compute, and learns what they learn."""

import ast
import base64
import json

import chapters
import jupytext
import keras
import numpy as np
import pytest
import tensorflow as tf

import mnist_tutorial as mt
from mnist_tutorial import _widgets


SCRIPTS = ["random", "rows", "network", "training", "worker"]
COUNT, VALIDATION = 1000, 500
# Arrays cross between Python and the page as base64.
CROSSING = """
const unpack = (text, Kind) => new Kind(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);
const pack = (array) => {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  let text = "";
  for (let i = 0; i < bytes.length; i += 1000) text += String.fromCharCode(...bytes.subarray(i, i + 1000));
  return btoa(text);
};
const unpackData = ({ images, labels, validation }) => ({
  images: unpack(images, Uint8Array),
  labels: unpack(labels, Uint8Array),
  ...(validation && { validation: unpackData(validation) }),
});
"""
# Follow a training: take one action after another, each when the one before has ended; return the reports.
FOLLOW = """async ({ settings, actions, options }) => {
  const reports = [];
  await new Promise((done) => {
    const training = startTraining(settings, DATA, (report) => {
      reports.push({ ...report, parameters: pack(report.parameters) });
      if (report.playing) return;
      const action = actions.shift();
      if (action) training[action[0]](...action.slice(1));
      else done(training.stop());
    }, options);
  });
  return reports;
}"""


def pack(array, dtype=np.float32):
    return base64.b64encode(np.ascontiguousarray(array, dtype).tobytes()).decode()


def unpack(text):
    return np.frombuffer(base64.b64decode(text), np.float32)


@pytest.fixture(scope="module")
def images():
    """Return images, not yet normalized, and labels: the first to train on, the last to validate on."""
    (x_train, y_train), _ = mt.load_mnist()
    return x_train[: COUNT + VALIDATION].reshape(-1, 784), y_train[: COUNT + VALIDATION]


@pytest.fixture(scope="module")
def data(images):
    x, y = (pack(array[:COUNT], np.uint8) for array in images)
    validation = dict(zip(("images", "labels"), (pack(array[COUNT:], np.uint8) for array in images), strict=True))
    return {"images": x, "labels": y, "validation": validation}


@pytest.fixture(scope="module")
def open_page(browser, data, tmp_path_factory):
    """Open a page from disk that holds nothing but the shared scripts and the data, and must not complain."""
    file = tmp_path_factory.mktemp("training") / "blank.html"
    complaints = []

    def open_it(head="", before=None):
        file.write_text(f"<!doctype html><meta charset=utf-8>{head}<title>Blank</title>", encoding="utf-8")
        page = browser.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if before:
            page.add_init_script(before)
        page.goto(file.as_uri())
        sources = [(_widgets.FOLDER / "shared" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
        page.add_script_tag(content="\n".join([*sources, CROSSING, f"const DATA = unpackData({json.dumps(data)});"]))
        return page

    yield open_it
    assert complaints == []


@pytest.fixture(scope="module")
def blank(open_page):
    return open_page()


@pytest.fixture(scope="module")
def appendix():
    """Return the functions and classes of appendix 1, as its cells define them."""
    names = {"np": np}
    source = next(source for source in chapters.SOURCES if source.stem == "a1_backpropagation")
    for cell in chapters.code(jupytext.read(source)):
        for node in ast.parse(cell.source).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                exec(compile(ast.Module([node], []), source.name, "exec"), names)
    return names


def build(target="one-hot", hidden=(100, 100), seed=0):
    """Return Keras's network, with random biases, since zeros would hide a mistake."""
    keras.utils.set_random_seed(seed)
    model = mt.build_mlp(hidden_units=hidden)
    if target == "number":
        model = keras.Sequential([*model.layers[:-1], keras.layers.Dense(1)])
    rng = np.random.default_rng(seed)
    model.set_weights([w if w.ndim > 1 else rng.normal(0, 0.1, w.shape) for w in model.get_weights()])
    return model


def described(model):
    """Return a network for the page: its sizes and all its parameters."""
    weights = model.get_weights()
    sizes = [weights[0].shape[0], *(len(biases) for biases in weights[1::2])]
    return {"sizes": sizes, "parameters": pack(np.concatenate([w.ravel() for w in weights]))}


def apart(ours, theirs):
    """Return how far two lists of arrays are apart, relative to the second, at worst."""
    return max(np.linalg.norm(a.ravel() - b.ravel()) / np.linalg.norm(b) for a, b in zip(ours, theirs, strict=True))


def split(flat, like):
    """Split all parameters into arrays like these."""
    return [part.reshape(w.shape) for part, w in zip(np.split(flat, np.cumsum([w.size for w in like])[:-1]), like)]


def in_page(page, model, x, y, settings, script):
    """Run a script on a training of this network, with images as rows X and labels."""
    head = """({ network, images, labels, settings }) => {
      const training = new Training(Network.from(network.sizes, unpack(network.parameters, Float32Array)), settings);
      const X = Rows.from(unpack(images, Float32Array), training.network.sizes[0]);
      labels = Uint8Array.from(labels);
      """
    values = {"network": described(model), "images": pack(x), "labels": y.tolist(), "settings": settings}
    return page.evaluate(f"{head}{script} }}", values)


def loss_of(target):
    if target == "number":
        return lambda y, p: tf.reduce_mean(tf.square(tf.cast(y, tf.float32) - p[:, 0]))
    return lambda y, p: tf.reduce_mean(keras.losses.sparse_categorical_crossentropy(y, p))


@pytest.mark.parametrize("count", [1, 7, 100])
@pytest.mark.parametrize("scale", [1 / 255, 1], ids=["normalized", "raw"])
@pytest.mark.parametrize(
    ("target", "hidden"), [("one-hot", (100, 100)), ("one-hot", (7,)), ("one-hot", ()), ("number", (30, 9))]
)
def test_loss_and_gradients_are_tensorflows(blank, images, target, hidden, scale, count):
    x, y = images[0][:count] * np.float32(scale), images[1][:count]
    model = build(target, hidden)
    if scale == 1:  # keep the softmax from being certain, where a float32 says little
        model.set_weights([w / 100 for w in model.get_weights()])
    with tf.GradientTape() as tape:
        loss = loss_of(target)(y, model(x))
    theirs = [g.numpy() for g in tape.gradient(loss, model.trainable_variables)]
    script = "const { loss, gradients } = training.gradients(X, labels); return [loss, pack(gradients)];"
    our_loss, ours = in_page(blank, model, x, y, {}, script)
    assert our_loss == pytest.approx(float(loss), rel=1e-4)
    assert apart(split(unpack(ours), theirs), theirs) < 1e-4


def test_loss_and_gradients_are_those_of_appendix_1(blank, images, appendix):
    x, y = images[0][:100] / np.float32(255), images[1][:100]
    model, Y = build(), mt.one_hot(y)
    weights = model.get_weights()
    values = appendix["forward"](x, weights)
    theirs = appendix["gradients"](x, values, appendix["backward"](Y, weights, values))
    script = "const { loss, right, gradients } = training.gradients(X, labels); return [loss, right, pack(gradients)];"
    loss, right, ours = in_page(blank, model, x, y, {}, script)
    assert loss == pytest.approx(appendix["cross_entropy"](values[-1], Y), rel=1e-4)
    assert right == (values[-1].argmax(axis=1) == y).sum()
    assert apart(split(unpack(ours), theirs), theirs) < 1e-4


@pytest.mark.parametrize(
    ("target", "settings", "optimizer"),
    [
        ("one-hot", {}, keras.optimizers.Adam),
        ("one-hot", {"rate": 0.003, "decay": 1}, keras.optimizers.Adam),
        ("number", {}, keras.optimizers.Adam),
        ("one-hot", {"optimizer": "sgd", "rate": 0.1}, keras.optimizers.SGD),
        ("one-hot", {"optimizer": "sgd", "rate": 0.1, "decay": 0.5}, keras.optimizers.SGD),
        ("number", {"optimizer": "sgd", "rate": 0.01}, keras.optimizers.SGD),
    ],
)
def test_twenty_steps_are_keras_s(blank, images, target, settings, optimizer):
    """Not only are the weights the same to 1e-3: so is the way they have come."""
    x, y = images[0][:COUNT] / np.float32(255), images[1][:COUNT]
    model = build(target)
    start = model.get_weights()
    script = """for (let step = 0; step < 20; step++) {
        const chosen = Uint32Array.from({ length: 50 }, (_, i) => 50 * step + i);
        training.step(X.pick(chosen), labels.subarray(50 * step, 50 * step + 50));
      }
      return pack(training.network.parameters);"""
    ours = split(unpack(in_page(blank, model, x, y, settings, script)), start)
    loss = "mean_squared_error" if target == "number" else "sparse_categorical_crossentropy"
    rate = settings.get("rate", 0.001)
    model.compile(optimizer(rate, weight_decay=settings.get("decay")), loss)
    for at in range(0, COUNT, 50):
        model.train_on_batch(x[at : at + 50], y[at : at + 50])
    theirs = model.get_weights()
    way = [a - b for a, b in zip(theirs, start, strict=True)]
    assert min(np.linalg.norm(w) for w in way) > 0.01
    assert apart(ours, theirs) < 1e-3
    assert apart([a - b for a, b in zip(ours, start, strict=True)], way) < 2e-3


def test_evaluation_is_keras_s(blank, images):
    x, y = images[0][COUNT:] / np.float32(255), images[1][COUNT:]
    model = build()
    model.compile(loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    ours = in_page(blank, model, x, y, {"dropout": 0.5}, "return training.evaluate(X, labels);")
    theirs = model.evaluate(x, y, batch_size=VALIDATION, verbose=0)
    assert [ours["loss"], ours["accuracy"]] == pytest.approx(theirs, rel=1e-5)


@pytest.mark.parametrize(("output", "expected"), [([-3.2], 0), ([4.4], 4), ([4.6], 5), ([12.0], 9), ([0, 3, 1], 1)])
def test_prediction(blank, output, expected):
    assert blank.evaluate("output => predicted(Float32Array.from(output), 10)", output) == expected


def test_dropout_keeps_the_mean(blank, images):
    """A unit is off in the asked share of the steps, and the others make up for it."""
    x, y = images[0][:1] / np.float32(255), images[1][:1]
    script = """const without = forward(X, training.network)[0];
      const whole = (H) => { const row = new Float32Array(100); H.columns.forEach((j, k) => (row[j] = H.values[k])); return row; };
      const sums = new Float64Array(100);
      const on = new Float64Array(100);
      for (let i = 0; i < 2000; i++)
        whole(forward(X, training.network, 0.3, training.drawDropout)[0]).forEach((h, j) => {
          sums[j] += h / 2000;
          on[j] += (h > 0) / 2000;
        });
      return [[...whole(without)], [...sums], [...on]];"""
    plain, mean, on = np.array(in_page(blank, build(), x, y, {}, script))
    open_units = plain > 0
    assert 20 < open_units.sum() < 80
    assert (on[~open_units] == 0).all()
    np.testing.assert_allclose(on[open_units], 0.7, atol=0.05)  # five standard errors
    np.testing.assert_allclose(mean[open_units] / plain[open_units], 1, atol=0.075)


def test_gradients_through_dropout_are_slopes(blank, images):
    """The same units are off on the way back: nudging a parameter changes the loss as its gradient says."""
    x, y = images[0][:100] / np.float32(255), images[1][:100]
    script = """const { parameters } = training.network;
      const at = () => { training.drawDropout = random(5); return training.gradients(X, labels); };
      const { gradients } = at();
      const order = Array.from(gradients.keys()).sort((a, b) => Math.abs(gradients[b]) - Math.abs(gradients[a]));
      return order.slice(0, 200).filter((_, i) => i % 10 === 0).map((i) => {
        const kept = parameters[i];
        const slopes = [0.002, -0.002].map((nudge) => { parameters[i] = kept + nudge; return at().loss; });
        parameters[i] = kept;
        return [gradients[i], (slopes[0] - slopes[1]) / 0.004];
      });"""
    pairs = np.array(in_page(blank, build(hidden=(30, 20)), x, y, {"dropout": 0.4}, script))
    assert np.abs(pairs[:, 0]).min() > 0.01
    np.testing.assert_allclose(pairs[:, 1], pairs[:, 0], rtol=0.03)


@pytest.fixture(scope="module")
def epochs(blank):
    """Return two epochs of shifted batches as the page makes them: images and labels, in the batches' order."""
    script = """() => {
      const rows = Rows.from(DATA.images, 784);
      const training = new Training(Network.start([784, 10], 0), { shifts: true, batch: 70 });
      return [1, 2].map(() => [...training.batches(rows, DATA.labels)].map(({ X, labels }) => {
        const whole = new Uint8Array(784 * X.length);
        for (let row = 0; row < X.length; row++)
          for (let k = X.starts[row]; k < X.starts[row + 1]; k++) whole[784 * row + X.columns[k]] = X.values[k];
        return [pack(whole), Array.from(labels)];
      }));
    }"""
    found = []
    for batches in blank.evaluate(script):
        assert [len(labels) for _, labels in batches] == 14 * [70] + [20]
        pictures = [np.frombuffer(base64.b64decode(text), np.uint8).reshape(-1, 28, 28) for text, _ in batches]
        found.append((np.concatenate(pictures), np.concatenate([labels for _, labels in batches])))
    return found


def test_shifts_move_each_image_by_at_most_a_pixel(images, epochs):
    """Each image comes once an epoch, in one of nine places, which are equally likely; the free edge is 0."""
    x, y = images[0][:COUNT].reshape(-1, 28, 28), images[1][:COUNT]
    padded = np.pad(x, ((0, 0), (1, 1), (1, 1)))
    known = {}
    for place in range(9):
        down, right = divmod(place, 3)
        moved = padded[:, 2 - down : 30 - down, 2 - right : 30 - right]
        known |= {picture.tobytes(): (i, place) for i, picture in enumerate(moved)}
    seen = [[known[picture.tobytes()] for picture in pictures] for pictures, _ in epochs]
    for found, (_, labels) in zip(seen, epochs, strict=True):
        numbers, places = np.transpose(found)
        assert sorted(numbers) == list(range(COUNT))
        assert (y[numbers] == labels).all()
        assert (np.abs(np.bincount(places, minlength=9) - COUNT / 9) < 50).all()  # five standard errors
    orders = [[number for number, _ in found] for found in seen]
    assert orders[0] != orders[1] != sorted(orders[1])
    same_place = np.mean([dict(seen[0])[i] == place for i, place in seen[1]])
    assert 0.05 < same_place < 0.2  # drawn anew


@pytest.mark.parametrize("sizes", [[784, 100, 100, 10], [2, 5, 1]])
def test_start_is_glorot_s(blank, sizes):
    script = """sizes => Network.start(sizes, 3).layers.map(({ weights, biases }) => [pack(weights), [...biases]])"""
    for (weights, biases), inputs, units in zip(blank.evaluate(script, sizes), sizes, sizes[1:], strict=False):
        w, limit = unpack(weights), (6 / (inputs + units)) ** 0.5
        assert w.size == inputs * units and biases == [0] * units
        assert np.abs(w).max() <= limit
        if w.size >= 1000:
            assert np.abs(w).max() > 0.99 * limit
            assert w.std() == pytest.approx(limit / 3**0.5, rel=0.05)
            assert abs(w.mean()) < 5 * w.std() / w.size**0.5
            assert abs(np.corrcoef(w[:-1], w[1:])[0, 1]) < 5 / w.size**0.5


@pytest.mark.parametrize("draw", ["draw()", "normal(draw)"])
def test_chance(blank, draw):
    """Seeds and streams are independent; the numbers have the moments of their distribution."""
    script = f"([seed, stream]) => {{ const draw = random(seed, stream); return Array.from({{ length: 10000 }}, () => {draw}); }}"
    runs = np.array([blank.evaluate(script, pair) for pair in ((0, 0), (0, 1), (1, 0), (1, 1), (0, 0))])
    assert (runs[0] == runs[4]).all()
    mean, std = (0, 1) if "normal" in draw else (0.5, 12**-0.5)
    np.testing.assert_allclose(runs.mean(axis=1), mean, atol=5 * std / 100)
    np.testing.assert_allclose(runs.std(axis=1), std, rtol=0.04)
    assert np.abs(np.corrcoef(runs[:4])[np.triu_indices(4, 1)]).max() < 0.05


def follow(page, *actions, worker=True, **settings):
    values = {"settings": settings, "actions": [list(action) for action in actions], "options": {"worker": worker}}
    return page.evaluate(FOLLOW, values)


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
    assert course[0]["loss"] is None and course[0]["accuracy"] is None
    losses = [r["loss"] for r in course if r["epoch"] and not r["step"]]
    assert losses == sorted(losses, reverse=True) and losses[0] < 2.5
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
    assert ends(other)[0] != ends(course)[0] and ends(other)[-1] != ends(course)[-1]


def test_slices_give_the_worker_s_numbers(blank, course):
    slices = follow(blank, ["play", 3], worker=False, **SMALL, seed=4)
    assert not any(r["inWorker"] for r in slices)
    assert ends(slices) == ends(course)


NO_WORKER = {
    "none": {"before": "delete window.Worker"},
    "forbidden": {"head": """<meta http-equiv="Content-Security-Policy" content="worker-src 'none'">"""},
}


@pytest.mark.parametrize("kind", NO_WORKER)
def test_without_workers_slices_take_over(open_page, course, kind):
    """Nothing asked for gets lost: the first command is sent before it is known that there is no worker."""
    page = open_page(**NO_WORKER[kind])
    reports = follow(page, ["play", 3], **SMALL, seed=4)
    page.close()
    assert not any(r["inWorker"] for r in reports)
    assert ends(reports) == ends(course)


def test_slices_leave_the_page_its_turns(blank):
    """Between two turns of the page passes no more than a slice and the step in which it ends: here, 3 steps of 10 ms."""
    script = """async (settings) => {
      const { now } = performance;
      const step = Training.prototype.step;
      let [clock, steps, most, open] = [0, 0, 0, true];
      performance.now = () => clock;
      Training.prototype.step = function (...batch) { clock += 10; steps++; return step.apply(this, batch); };
      const turn = () => { most = Math.max(most, steps); steps = 0; if (open) setTimeout(turn); };
      turn();
      await new Promise((done) => {
        const training = startTraining(settings, DATA, (report) => {
          if (!report.playing && report.epoch) done(training.stop());
          else if (!report.epoch && !report.playing) training.play(2);
        }, { worker: false });
      });
      open = false;
      [performance.now, Training.prototype.step] = [now, step];
      return most;
    }"""
    # The page's turns and the slices' alternate, so that two slices may come between two turns.
    assert 1 <= blank.evaluate(script, {"hidden": [5], "batch": 20}) <= 6


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
    assert quiet and silent
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
    """Adam's loss rises a thousandfold, then its units are dead and it guesses; the settings of a book's run are quiet."""
    reports = follow(blank, ["play", 5], rate=1)
    assert reports[-1]["risen"] and not reports[-1]["diverged"]
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
    assert reports[-1]["epoch"] == 1 and np.isfinite(reports[-1]["loss"])
    assert not any(r["diverged"] or r["risen"] for r in reports[-2:])
