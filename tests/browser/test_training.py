"""What trains in the page computes what TensorFlow, Keras, and appendix 1 compute."""

import ast
import base64

import chapters
import jupytext
import keras
import numpy as np
import pytest
import tensorflow as tf
from trainings import COUNT, VALIDATION, build, pack, split, unpack

import mnist_tutorial as mt


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


def described(model):
    """Return a network for the page: its sizes and all its parameters."""
    weights = model.get_weights()
    sizes = [weights[0].shape[0], *(len(biases) for biases in weights[1::2])]
    return {"sizes": sizes, "parameters": pack(np.concatenate([w.ravel() for w in weights]))}


def apart(ours, theirs):
    """Return how far two lists of arrays are apart, relative to the second, at worst."""
    return max(np.linalg.norm(a.ravel() - b.ravel()) / np.linalg.norm(b) for a, b in zip(ours, theirs, strict=True))


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


@pytest.mark.parametrize("count", [1, 100])
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


@pytest.mark.parametrize("target", ["one-hot", "number"])
def test_a_large_batch_taken_in_parts_is_one_step(blank, images, target):
    x, y = images[0][:250] / np.float32(255), images[1][:250]
    script = """const whole = training.gradients(X, labels);
      const before = training.network.parameters.slice();
      const { loss, right } = training.step(X, labels);
      return [pack(whole.gradients), pack(before.map((w, i) => w - training.network.parameters[i])),
        [whole.loss, whole.right], [loss, right]];"""
    model = build(target)
    gradient, step, whole, parts = in_page(blank, model, x, y, {"optimizer": "sgd", "rate": 1}, script)
    np.testing.assert_allclose(unpack(step), unpack(gradient), atol=2e-6)
    assert np.abs(unpack(step)).max() > 0.01
    assert parts == pytest.approx(whole)


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
      const whole = (H) => {
        const row = new Float32Array(100);
        H.columns.forEach((j, k) => (row[j] = H.values[k]));
        return row;
      };
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
        assert w.size == inputs * units
        assert biases == [0] * units
        assert np.abs(w).max() <= limit
        if w.size >= 1000:
            assert np.abs(w).max() > 0.99 * limit
            assert w.std() == pytest.approx(limit / 3**0.5, rel=0.05)
            assert abs(w.mean()) < 5 * w.std() / w.size**0.5
            assert abs(np.corrcoef(w[:-1], w[1:])[0, 1]) < 5 / w.size**0.5


def test_chance(blank):
    """Seeds and streams are independent, and their numbers spread evenly from 0 to 1."""
    script = """([seed, stream]) => {
      const draw = random(seed, stream);
      return Array.from({ length: 10000 }, () => draw());
    }"""
    runs = np.array([blank.evaluate(script, pair) for pair in ((0, 0), (0, 1), (1, 0), (1, 1), (0, 0))])
    assert (runs[0] == runs[4]).all()
    assert runs.min() >= 0
    assert runs.max() < 1
    np.testing.assert_allclose(runs.mean(axis=1), 0.5, atol=0.015)  # five standard errors
    np.testing.assert_allclose(runs.std(axis=1), 12**-0.5, rtol=0.04)
    assert np.abs(np.corrcoef(runs[:4])[np.triu_indices(4, 1)]).max() < 0.05


def test_every_order_is_equally_likely(blank):
    script = "() => { const draw = random(0); return Array.from({ length: 6000 }, () => shuffle(3, draw).join('')); }"
    _, counts = np.unique(blank.evaluate(script), return_counts=True)
    assert len(counts) == 6
    np.testing.assert_allclose(counts, 1000, atol=150)  # five standard errors
