"""What the drawing pad shows is so: its colours, bars, pictures and numbers against those that Keras computes."""

import re

import keras
import numpy as np
import pytest
from hands import HANDS
from pads import answer, painted, photograph, pixels, switch, write
from playwright.sync_api import expect

import mnist_tutorial as mt

IMAGES = np.array([[[255, 0], [128, 64]], [[0, 204], [51, 255]]], np.uint8)


@pytest.fixture(scope="module")
def small():
    """Return a network for pictures of 2×2, small enough that each of its numbers can be looked at."""
    model = mt.build_mlp(4, (5, 3), 3)
    generator = np.random.default_rng(149)
    model.set_weights([generator.integers(-8, 9, array.shape) / 8 for array in model.get_weights()])
    layers = [layer.output for layer in model.layers if isinstance(layer, keras.layers.Dense)]
    every_layer = keras.Model(model.inputs[0], layers)
    outputs = [
        [np.array(layer)[0] for layer in every_layer(mt.normalize(mt.flatten(IMAGES[i : i + 1])))] for i in (0, 1)
    ]
    for hidden in (*outputs[0][:2], *outputs[1][:2]):  # some units on, some off, no two alike
        assert 0 < np.count_nonzero(hidden) < len(hidden)
        assert len(set(hidden[hidden > 0])) == np.count_nonzero(hidden)
    return model, outputs


@pytest.fixture
def pad(open_pads, small):
    """Return a pad with the small network, on which its first image lies."""
    model, outputs = small
    right = int(outputs[0][-1].argmax())
    wrong = (int(outputs[1][-1].argmax()) + 1) % 3
    pad = open_pads(mt.draw_digit(model, IMAGES, [right, wrong]))
    pad.locator(".examples button").first.click()
    return pad


def colour(part, name="background-color"):
    """Return red, green and blue, from 0 to 1, as the browser computes them."""
    text = part.evaluate("(each, name) => getComputedStyle(each).getPropertyValue(name)", name)
    values = np.array(re.findall(r"[\d.]+", text)[:3], float)
    return values / 255 if text.startswith("rgb") else values


def is_blue(rgb):
    return rgb[2] > rgb[0] + 0.1


def is_red(rgb):
    return rgb[0] > max(rgb[1:]) + 0.1


def is_green(rgb):
    return rgb[1] > max(rgb[0], rgb[2]) + 0.1


@pytest.mark.parametrize("image", [0, 1])
def test_bars_are_as_high_as_the_probabilities_of_their_digits(pad, small, image):
    probabilities = small[1][image][-1]
    pad.locator(".examples button").nth(image).click()
    bars = pad.locator(".bar")
    assert [bar.inner_text().split()[-1] for bar in bars.all()] == ["0", "1", "2"]
    left = [bar.bounding_box()["x"] for bar in bars.all()]
    assert left == sorted(left)
    for bar, probability in zip(bars.all(), probabilities, strict=True):
        rail, fill = bar.locator(".rail").bounding_box(), bar.locator(".fill").bounding_box()
        assert fill["height"] == pytest.approx(probability * rail["height"], abs=1.5)
        assert fill["y"] + fill["height"] == pytest.approx(rail["y"] + rail["height"], abs=1.5)


def test_the_leading_bar_is_blue_and_if_it_is_wrong_red_and_the_label_s_green(pad, small):
    for image, leading in ((0, is_blue), (1, is_red)):
        pad.locator(".examples button").nth(image).click()
        first = int(small[1][image][-1].argmax())
        label = (first + image) % 3  # right for the first image, and one more for the second; see the fixture
        assert answer(pad) == str(first)
        fills = [colour(fill) for fill in pad.locator(".fill").all()]
        assert leading(fills[first])
        assert leading(colour(pad.locator(".digit"), "color"))
        assert all(fills[first].sum() < other.sum() for digit, other in enumerate(fills) if digit not in (first, label))
        assert is_green(fills[label]) == (label != first)
        said = pad.locator(".sure").inner_text()
        assert said.startswith(f"The network says {first}")
        assert (f"the label is {label}" in said) == (label != first)


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (0.5, 0.3, ["50% sure", "next: 1, 30%"]),
        (0.8749, 0.0996, ["87% sure", "next: 1, 10%"]),
        (0.9, 0.0994, ["90% sure", "next: 1, 9.9%"]),
        (0.9895, 0.0104, ["99% sure", "next: 1, 1.0%"]),
        (0.9949, 0.005, ["99.4% sure", "next: 1, 0.5%"]),
        (0.99951, 0.0004, ["99.9% sure"]),  # not 100
        (0.999999, 1e-7, ["99.9% sure"]),
    ],
)
def test_bars_and_words_say_the_same_number(open_pads, first, second, said):
    """The biases of a network whose weights are 0 give the probabilities, whatever is on the pad."""
    model = mt.build_mlp(4, (), 3)
    model.set_weights([np.zeros((4, 3)), np.log([first, second, max(1 - first - second, 1e-9)])])
    pad = open_pads(mt.draw_digit(model, IMAGES, [0, 0]))
    pad.locator(".examples button").first.click()
    words = pad.locator(".sure").inner_text().split("\n")
    assert [words[0], *words[-1].split(" · ")] == ["The network says 0", *said]
    shown = [bar.inner_text() for bar in pad.locator(".percent").all()]
    assert shown[0] == re.search(r"([\d.]+)% sure", words[-1])[1]
    assert shown[1] == (re.search(r"next: 1, ([\d.]+)%", words[-1]) or ["", ""])[1]
    meters = [rail.get_attribute("aria-valuetext") for rail in pad.get_by_role("meter").all()]
    assert meters[0] == f"{shown[0]}%"


def test_each_unit_shows_its_own_value(pad, small):
    """The brighter, the larger; what is off is grey; pointing at a unit tells its number."""
    for layer, values in enumerate(small[1][0][:-1]):
        figure = pad.locator(".layers figure").nth(layer)
        on = np.count_nonzero(values > 0)
        expect(figure.locator("figcaption")).to_have_text(f"Hidden layer {layer + 1} {on} of {len(values)} on")
        cells = figure.locator("i")
        orange = []
        for unit, value in enumerate(values):
            red, _, blue = colour(cells.nth(unit))
            orange.append(red - blue)
            cells.nth(unit).hover()
            expect(pad.locator(".readout")).to_contain_text(f"unit {unit} gives {value:.2f}")
        orange = np.array(orange)
        assert (orange[values == 0] < 0.1).all()
        assert (orange[values > 0] > 0.1).all()
        np.testing.assert_array_equal(np.argsort(orange[values > 0]), np.argsort(values[values > 0]))


def test_each_unit_of_the_first_layer_shows_its_own_weights(pad, small):
    """Red counts for it, blue against; the denser, the more. The picture itself fades."""
    kernel = small[0].get_weights()[0]
    for unit, own in enumerate(kernel.T):
        pad.locator(".units").first.locator("i").nth(unit).hover()
        expect(pad.locator(".readout")).to_contain_text("red counts for, blue against")
        expect(pad.locator(".weights")).to_be_visible()
        rgba = painted(pad.locator(".weights")).reshape(4, 4)
        np.testing.assert_allclose(rgba[:, 3], 255 * np.abs(own) / np.abs(own).max(), atol=1)
        for weight, (*rgb, density) in zip(own, rgba / 255, strict=True):
            if density > 0.1:
                assert is_red(rgb) if weight > 0 else is_blue(rgb)
    pad.locator(".units").last.locator("i").first.hover()
    expect(pad.locator(".weights")).to_be_hidden()
    expect(pad.locator(".readout")).not_to_contain_text("blue")


def test_picture_and_row_show_the_same_numbers(pad):
    """Ink is dark on light, rows go down, columns to the right; the row of numbers is read line by line."""
    picture = photograph(pad.locator(".pixels")).sum(axis=2) / 765
    low, high = (int(len(picture) * part) for part in (0.4, 0.6))  # beside the lines that are drawn over it
    centres = picture[low : high + 1 : high - low, low : high + 1 : high - low]
    np.testing.assert_allclose(centres, 1 - IMAGES[0] / 255, atol=0.02)
    pad.locator(".verdict").hover()  # no pixel is pointed at
    strip = photograph(pad.locator(".strip svg"))
    blue = strip[..., 2] - strip[..., 0] > 60
    width = blue.shape[1] // 4
    heights = [blue[:, i * width + width // 2].mean() for i in range(4)]
    np.testing.assert_allclose(heights, 0.96 * IMAGES[0].ravel() / 255, atol=0.04)


@pytest.mark.parametrize("place", [".picture", ".strip"])
def test_pointing_at_a_pixel_tells_its_place_and_its_number(pad, place):
    part = pad.locator(place)
    box = part.bounding_box()
    for normalized in (True, False):
        switch(pad, "normalize", normalized)
        for i, raw in enumerate(IMAGES[0].ravel().tolist()):
            row, column = divmod(i, 2)
            across, down = ((column + 0.5) / 2, (row + 0.5) / 2) if place == ".picture" else ((i + 0.5) / 4, 0.5)
            part.hover(position={"x": box["width"] * across, "y": box["height"] * down})
            value = f"{raw / 255:.2f} ({raw} / 255)" if normalized else str(raw)
            expect(pad.locator(".readout")).to_have_text(f"row {row}, column {column}: input {i} is {value}")


def test_arrow_keys_walk_over_pixels_and_units(page, chapter):
    chapter.locator(".examples button").first.click()
    chapter.locator(".picture").focus()
    page.keyboard.press("ArrowRight")
    expect(chapter.locator(".readout")).to_contain_text("row 14, column 15: input 407 is")
    chapter.locator(".units").first.focus()
    page.keyboard.press("ArrowDown")
    expect(chapter.locator(".readout")).to_contain_text("unit 65 gives")


def test_box_and_cross_stand_around_and_in_the_middle_of_the_digit(page, chapter):
    write(page, chapter, HANDS["plain"][2], 0.5, (0.2, 0.3))
    for centre in (True, False):
        switch(chapter, "centre", centre)
        picture = pixels(chapter).reshape(28, 28)
        whole = chapter.locator(".picture").bounding_box()
        box, cross = (chapter.locator(name).bounding_box() for name in (".box", ".mass"))
        for axis, start, length in ((0, "y", "height"), (1, "x", "width")):
            scale = 28 / whole[length]
            inked = np.flatnonzero(picture.max(axis=1 - axis) > 0.3)
            low = (box[start] - whole[start]) * scale
            assert low == pytest.approx(inked[0], abs=1)
            assert low + box[length] * scale == pytest.approx(inked[-1] + 1, abs=1)
            mass = picture.sum(axis=1 - axis) @ (np.arange(28) + 0.5) / picture.sum()
            assert (cross[start] + cross[length] / 2 - whole[start]) * scale == pytest.approx(mass, abs=0.3)


def test_examples_show_their_image_and_what_is_read(pad, small):
    buttons = pad.locator(".examples button")
    labels = [str(int(small[1][0][-1].argmax())), f"{small[1][1][-1].argmax()},{(small[1][1][-1].argmax() + 1) % 3}"]
    assert buttons.all_inner_texts() == labels
    for button, image in zip(buttons.all(), IMAGES, strict=True):
        np.testing.assert_array_equal(painted(button.locator("canvas"))[..., 3], image)
    assert [is_red(colour(button.locator("span"), "color")) for button in buttons.all()] == [False, True]


def test_each_switch_says_what_it_does_and_what_comes_of_leaving_it_out(chapter):
    texts = []
    for name in ("scale", "centre", "invert", "normalize"):
        small = chapter.locator(f".step:has(input[name={name}]) small")
        on = small.inner_text()
        assert not is_red(colour(small, "color"))
        switch(chapter, name, False)
        assert is_red(colour(small, "color"))
        assert small.inner_text().startswith("Off: ")
        texts += [on, small.inner_text()]
    assert len(set(texts)) == 8


def test_ink_is_dark_on_light_and_in_the_dark_light_on_dark(page, chapter):
    write(page, chapter, ["10,50 90,50"])
    for theme, sign in (("light", 1), ("dark", -1)):
        page.evaluate("theme => (document.documentElement.dataset.theme = theme)", theme)
        page.wait_for_timeout(50)
        picture = photograph(chapter.locator(".pad")).sum(axis=2) / 765
        middle, corner = picture[len(picture) // 2, len(picture) // 2], picture[20, 20]
        assert sign * (corner - middle) > 0.8
