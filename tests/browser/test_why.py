"""The pad says why: contributions that add up as in TensorFlow, and few pixels that turn a 4 into a 9 for Keras too."""

import re

import keras
import numpy as np
import pytest
import tensorflow as tf
from axe_playwright_python.sync_playwright import Axe
from pads import HINTS, PAGE, answer, painted, pixels, switch
from playwright.sync_api import expect

import mnist_tutorial as mt
from mnist_tutorial import _widgets

FILES = ("shared/random.js", "shared/rows.js", "shared/network.js", "pad/explain.js")
EXPLAIN = """([layers, inputs, one, other]) => {
    const found = explain(new Network(layers), inputs, one, other);
    return { ...found, contributions: Array.from(found.contributions), slopes: Array.from(found.slopes) };
}"""
TURN = """([layers, rows, goals, most, limit]) => {
    const network = new Network(layers);
    return rows.map((row, i) => {
        const steps = turnInto(network, row, goals[i], most, limit);
        for (;;) {
            const { done, value } = steps.next();
            if (done) return value;
        }
    });
}"""
# How long a search takes, and the longest time in which the page could do nothing else.
SEARCH = """async ({ why }) => {
    const start = performance.now();
    let [last, longest, searching] = [start, 0, true];
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
        const now = performance.now();
        [last, longest] = [now, Math.max(longest, now - last)];
        if (searching) channel.port2.postMessage(0);
    };
    channel.port2.postMessage(0);
    why.startOver();
    await why.seek();
    searching = false;
    const end = performance.now();
    return [end - start, Math.max(longest, end - last)];
}"""
each_language = pytest.mark.parametrize("language", HINTS)


@pytest.fixture
def pure(page):
    """Return a page that holds the computations alone."""
    page.goto("about:blank")
    for name in FILES:
        page.add_script_tag(content=(_widgets.FOLDER / name).read_text(encoding="utf-8"))
    return page


def layers_of(model):
    return [
        {"weights": layer.kernel.numpy().ravel().tolist(), "biases": layer.bias.numpy().tolist()}
        for layer in model.layers
        if layer.weights
    ]


@pytest.mark.parametrize("image", range(5))
def test_contributions_are_pixels_times_tensorflow_s_gradient_and_add_up(pure, trained, mnist, image):
    row, (one, other) = mnist[1][0][image], (4, 9)
    logits = keras.Model(trained.inputs, trained.layers[-2].output)
    last = trained.layers[-1]
    inputs = tf.constant(row[None])
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        sums = logits(inputs) @ last.kernel + last.bias
        difference = sums[0, one] - sums[0, other]
    slopes = tape.gradient(difference, inputs)[0].numpy()
    found = pure.evaluate(EXPLAIN, [layers_of(trained), row.tolist(), one, other])
    np.testing.assert_allclose(found["difference"], difference, atol=1e-4)
    np.testing.assert_allclose(found["slopes"], slopes, atol=1e-5)
    np.testing.assert_allclose(found["contributions"], slopes * row, atol=1e-5)
    np.testing.assert_allclose(sum(found["contributions"]) + found["rest"], found["difference"], atol=1e-9)


def test_an_empty_picture_and_units_that_are_all_off_leave_only_biases(pure):
    layers = [{"weights": [-1.0] * 8, "biases": [-1.0, -2.0]}, {"weights": [3.0] * 4, "biases": [0.25, -0.5]}]
    for row in ([0.0] * 4, [1.0] * 4):
        found = pure.evaluate(EXPLAIN, [layers, row, 0, 1])
        assert np.abs(found["contributions"]).tolist() == [0] * 4
        assert found["rest"] == found["difference"] == 0.75


def test_few_pixels_turn_a_4_into_a_9_for_keras_too(pure, trained, mnist):
    rows, labels = mnist[1][0], mt.load_mnist()[1][1]
    fours = rows[(labels == 4) & (trained.predict(rows, verbose=0).argmax(axis=1) == 4)][:20]
    found = pure.evaluate(TURN, [layers_of(trained), fours.tolist(), [9] * len(fours), 1, 100])
    turned, without = fours.copy(), []
    for row, original, one in zip(turned, fours, found, strict=True):
        changes = one["changes"]
        assert one["reached"]
        assert len({change["pixel"] for change in changes}) == len(changes)
        for change in changes:
            assert np.isclose(row[change["pixel"]], change["from"])
            assert change["to"] in (0, 1)
            row[change["pixel"]] = change["to"]
        for change in changes:  # none of them is needless
            without.append(row.copy())
            without[-1][change["pixel"]] = original[change["pixel"]]
    assert set(trained.predict(turned, verbose=0).argmax(axis=1)) == {9}
    assert 9 not in trained.predict(np.stack(without), verbose=0).argmax(axis=1)
    assert 1 < len(without) / len(fours) < 20


def test_a_single_pixel_is_found_whenever_one_is_enough(pure, trained, mnist):
    """So, where more than one is changed, the page may say that one alone does not do."""
    layers = [layer.numpy() for layer in trained.weights]
    rows = mnist[1][0]
    probabilities = trained.predict(rows, verbose=0)
    order = np.argsort(probabilities, axis=1)
    doubtful = np.argsort(np.ptp(np.take_along_axis(probabilities, order[:, -2:], axis=1), axis=1))[:900:60]
    enough = []
    for row, goal in zip(rows[doubtful], order[doubtful, -2], strict=True):
        tried = np.repeat(row[None], 2 * 784, axis=0)
        tried[np.arange(784), np.arange(784)] = 0
        tried[784 + np.arange(784), np.arange(784)] = 1
        for kernel, bias in zip(layers[:-2:2], layers[1:-2:2], strict=True):
            tried = np.maximum(tried @ kernel + bias, 0)
        enough.append(np.any((tried @ layers[-2] + layers[-1]).argmax(axis=1) == goal))
    found = pure.evaluate(TURN, [layers_of(trained), rows[doubtful].tolist(), order[doubtful, -2].tolist(), 1, 100])
    assert [len(one["changes"]) == 1 for one in found] == enough
    assert 0 < sum(enough) < len(enough)


def test_a_pixel_whose_slope_says_nothing_is_found(pure):
    """The first one switches a unit on that is off; where slopes lead, two of the others would be needed."""
    layers = [
        {"weights": [2.0, 0.0, 0.0, 0.5, 0.0, 0.5], "biases": [-1.0, 1.0]},
        {"weights": [0.0, 1.0, 0.0, 1.0], "biases": [0.7, -1.0]},
    ]
    [found] = pure.evaluate(TURN, [layers, [[0, 0, 0]], [1], 1, 100])
    assert found == {"reached": True, "changes": [{"pixel": 0, "from": 0, "to": 1}]}


def test_a_pixel_that_later_ones_make_needless_is_put_back(pure):
    """The first promises most, but the other two together switch a unit on that is enough without it."""
    layers = [
        {"weights": [1.0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 1], "biases": [1.0, 1, 1, -1]},
        {"weights": [0.0, 1.2, 0, 1, 0, 1, 0, 3], "biases": [3.0, -3.2]},
    ]
    [found] = pure.evaluate(TURN, [layers, [[0, 0, 0]], [1], 1, 100])
    assert found["reached"]
    assert sorted(change["pixel"] for change in found["changes"]) == [1, 2]


def test_a_search_ends_at_its_limit_and_says_so(pure, trained, mnist):
    row = mnist[1][0][0]
    goal = int(np.argsort(trained.predict(row[None], verbose=0)[0])[0])
    [found] = pure.evaluate(TURN, [layers_of(trained), [row.tolist()], [goal], 1, 1])
    assert found["reached"] is False
    assert len(found["changes"]) == 1


def test_numbers_up_to_255_are_changed_within_their_range(pure, trained, mnist):
    layers = layers_of(trained)
    scaled = [{**layers[0], "weights": [weight / 255 for weight in layers[0]["weights"]]}, *layers[1:]]
    row = np.round(255 * mnist[1][0][4])
    [plain] = pure.evaluate(TURN, [layers, [(row / 255).tolist()], [9], 1, 100])
    [large] = pure.evaluate(TURN, [scaled, [row.tolist()], [9], 255, 100])
    assert [c["pixel"] for c in plain["changes"]] == [c["pixel"] for c in large["changes"]]
    assert {c["to"] for c in large["changes"]} <= {0, 255}


@pytest.fixture
def pad(open_pads, trained, mnist):
    """Return a pad on which a 4 stands that the network reads."""
    images, labels = mt.load_mnist()[1]
    chosen = np.flatnonzero((labels == 4) & (trained.predict(mnist[1][0], verbose=0).argmax(axis=1) == 4))[:2]
    pad = open_pads(mt.draw_digit(trained, images[chosen], labels[chosen]))
    pad.locator(".examples button").first.click()
    return pad


def button(pad, name):
    return pad.locator(".why").get_by_role("button", name=name)


def test_the_reader_turns_a_4_into_a_9_by_keyboard_and_puts_it_on_the_pad(pad, page):
    assert answer(pad) == "4"
    pad.locator(".other").select_option("9")
    expect(pad.locator(".turning")).to_have_text("How many pixels make it a 9?")
    button(pad, "One pixel").press("Enter")
    expect(pad.locator(".count")).to_contain_text(re.compile(r"Pixels changed: 1 of \d+"))
    page.emulate_media(reduced_motion="reduce")
    button(pad, "Run").press("Enter")
    expect(pad.locator(".count")).to_contain_text("The network says 9.")
    count, total = re.search(r"changed: (\d+) of (\d+)", pad.locator(".count").inner_text()).groups()
    assert count == total
    assert (painted(pad.locator(".changes"))[..., 3] > 0).sum() == int(count)
    button(pad, "One back").press("Enter")
    expect(pad.locator(".count")).to_contain_text(f"Pixels changed: {int(count) - 1} of {total}. The network says 4.")
    for _ in range(int(count)):
        button(pad, "One back").press("Enter")
    expect(pad.locator(".count")).to_contain_text("Pixels changed: 0")
    button(pad, "Run").press("Enter")
    button(pad, "Put on the pad").press("Enter")
    assert answer(pad) == "9"
    pad.locator(".undo").click()
    assert answer(pad) == "4"


def test_it_runs_pixel_by_pixel_and_can_be_stopped(pad):
    pad.locator(".other").select_option("9")
    button(pad, "Run").click()
    expect(button(pad, "Pause")).to_be_visible()
    expect(pad.locator(".count")).to_have_attribute("aria-live", "off")  # not every step is read out, but the end is
    expect(pad.locator(".count")).to_contain_text("The network says 9.")
    expect(button(pad, "Run")).to_be_visible()
    expect(pad.locator(".count")).to_have_attribute("aria-live", "polite")


def test_a_picture_goes_onto_the_pad_as_it_is_shown_with_paper_and_ink_exchanged_too(pad):
    switch(pad, "invert", False)
    before = pixels(pad)
    button(pad, "Put on the pad").click()
    np.testing.assert_allclose(pixels(pad), before, atol=1 / 255)


def test_another_prediction_is_another_question(open_pads, trained, mnist):
    images, labels = mt.load_mnist()[1]
    read = trained.predict(mnist[1][0], verbose=0).argmax(axis=1)
    chosen = [np.flatnonzero((labels == digit) & (read == digit))[0] for digit in (4, 2)]
    pad = open_pads(mt.draw_digit(trained, images[chosen], labels[chosen]))
    pad.locator(".examples button").first.click()
    pad.locator(".other").select_option("9")
    pad.locator(".examples button").last.click()
    assert pad.locator(".one").input_value() == answer(pad) == "2"


@pytest.mark.filterwarnings("ignore:You are using a softmax over axis -1 of a tensor of shape")
def test_with_a_single_class_nothing_is_compared(open_pads):
    model = keras.Sequential([keras.Input((64,)), keras.layers.Dense(1), keras.layers.Activation("softmax")])
    pad = open_pads(mt.draw_digit(model, np.full((1, 8, 8), 255, np.uint8), [0]))
    pad.locator(".examples button").click()
    assert answer(pad) == "0"
    expect(pad.locator(".why")).to_be_hidden()


def test_the_page_lives_on_while_it_searches(open_pads):
    keras.utils.set_random_seed(0)
    model = mt.build_mlp(784, (300, 300), 10)
    image = np.random.default_rng(0).integers(0, 256, (1, 28, 28), np.uint8)
    pad = open_pads(mt.draw_digit(model, image, [0]))
    pad.locator(".examples button").click()
    searches = [pad.evaluate(SEARCH) for _ in range(3)]
    assert min(took for took, _ in searches) > 100
    # Slices, however slow the machine is; what else it does may fall into one search, but not into all.
    assert min(longest / took for took, longest in searches) < 1 / 4


def test_the_sum_in_words_is_what_the_bars_say(pad):
    probabilities = [float(bar.get_attribute("aria-valuenow")) for bar in pad.locator("[role=meter]").all()]
    pad.locator(".one").select_option("4")
    pad.locator(".other").select_option("9")
    words = pad.locator(".sum").inner_text().replace("−", "-")
    difference = float(re.search(r"In all ([+-]\d+\.\d)", words)[1])
    assert abs(difference - np.log(probabilities[4] / probabilities[9])) < 0.06
    parts = [float(part) for part in re.findall(r"[:g] ([+-]\d+\.\d)", words)]
    assert abs(sum(parts) - difference) < 0.2


def test_a_new_stroke_asks_anew_and_classes_are_never_compared_with_themselves(pad):
    pad.locator(".one").select_option("9")
    assert pad.locator(".other").input_value() == "4"
    pad.locator(".examples button").last.click()
    expect(pad.locator(".count")).to_contain_text("Guess first")
    pad.get_by_role("button", name="Clear").click()
    expect(pad.locator(".sum")).to_have_text("Draw a digit, and its reasons appear here.")
    expect(button(pad, "Run")).to_be_disabled()


@each_language
def test_on_a_phone_by_night_and_for_axe(page, pad, trained, tmp_path, language):
    html = _widgets.remake(mt.draw_digit(trained).html, language)
    (tmp_path / "page.html").write_text(PAGE.format(language, html), encoding="utf-8")
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(color_scheme="dark")
    page.goto((tmp_path / "page.html").as_uri())
    page.locator("draw-digit .why").scroll_into_view_if_needed()
    words = page.locator("draw-digit .why").inner_text()
    assert any("가" <= letter <= "힣" for letter in words) == (language == "ko")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"], "resultTypes": ["violations"]}
    assert Axe().run(page, "draw-digit", options).response["violations"] == []
