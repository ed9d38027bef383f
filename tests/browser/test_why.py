"""The pad says why: contributions that add up as in TensorFlow, and few pixels that turn a 4 into a 9 for Keras too."""

import re

import keras
import numpy as np
import pytest
import tensorflow as tf
from axe_playwright_python.sync_playwright import Axe
from pads import HINTS, PAGE, answer, painted
from playwright.sync_api import expect

import mnist_tutorial as mt
from mnist_tutorial import _widgets

FILES = ("shared/random.js", "shared/rows.js", "shared/network.js", "pad/explain.js")
EXPLAIN = """([layers, inputs, one, other]) => {
    const found = explain(new Network(layers), inputs, one, other);
    return { ...found, contributions: Array.from(found.contributions), slopes: Array.from(found.slopes) };
}"""
TURN = """([layers, inputs, goal, most, limit]) => {
    const steps = turnInto(new Network(layers), inputs, goal, most, limit);
    for (;;) {
        const { done, value } = steps.next();
        if (done) return value;
    }
}"""
each_language = pytest.mark.parametrize("language", HINTS)


@pytest.fixture(scope="module")
def trained(mnist):
    (X_train, Y_train), _ = mnist
    model = mt.build_mlp()
    mt.fit(model, X_train, Y_train, epochs=2, seed=0)
    return model


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
    counts = []
    for row in fours:
        found = pure.evaluate(TURN, [layers_of(trained), row.tolist(), 9, 1, 100])
        turned = row.copy()
        for change in found["changes"]:
            assert np.isclose(turned[change["pixel"]], change["from"])
            assert change["to"] in (0, 1)
            turned[change["pixel"]] = change["to"]
        assert found["reached"]
        assert trained.predict(turned[None], verbose=0).argmax() == 9
        assert len({change["pixel"] for change in found["changes"]}) == len(found["changes"])
        counts.append(len(found["changes"]))
        for change in found["changes"]:  # none of them is needless
            without = turned.copy()
            without[change["pixel"]] = change["from"]
            assert trained.predict(without[None], verbose=0).argmax() != 9
    assert 1 < np.mean(counts) < 20


def test_a_search_ends_at_its_limit_and_says_so(pure, trained, mnist):
    row = mnist[1][0][0]
    goal = int(np.argsort(trained.predict(row[None], verbose=0)[0])[0])
    found = pure.evaluate(TURN, [layers_of(trained), row.tolist(), goal, 1, 1])
    assert found["reached"] is False
    assert len(found["changes"]) == 1


def test_numbers_up_to_255_are_changed_within_their_range(pure, trained, mnist):
    layers = layers_of(trained)
    scaled = [{**layers[0], "weights": [weight / 255 for weight in layers[0]["weights"]]}, *layers[1:]]
    row = np.round(255 * mnist[1][0][4])
    plain = pure.evaluate(TURN, [layers, (row / 255).tolist(), 9, 1, 100])
    large = pure.evaluate(TURN, [scaled, row.tolist(), 9, 255, 100])
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
    button(pad, "Back").press("Enter")
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
    expect(pad.locator(".count")).to_contain_text("The network says 9.")
    expect(button(pad, "Run")).to_be_visible()


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
