"""prepare_digit makes of a drawing what the pad makes of it."""

import numpy as np
import pytest
from hands import HANDS, PENS
from pads import PAGE, pixels, write

import mnist_tutorial as mt

# What the browser holds of the drawing: red, green, blue and opacity of every point.
DRAWING = """element => {
    const pad = element.shadowRoot.querySelector(".pad");
    return [pad.height, pad.width, [...pad.getContext("2d").getImageData(0, 0, pad.width, pad.height).data].join()];
}"""


@pytest.fixture
def pad(page, tmp_path):
    """Return a pad on a page of its own."""
    file = tmp_path / "pad.html"
    file.write_text(PAGE.format("en", mt.draw_digit(mt.build_mlp()).html), encoding="utf-8")
    page.goto(file.as_uri())
    return page.locator("draw-digit")


@pytest.mark.parametrize("hand", HANDS)
def test_equals_the_pad_within_a_grey_level(page, pad, hand):
    pen, size, corner = PENS[hand]
    pad.get_by_role("radio", name=pen).check(force=True)
    for digit, strokes in HANDS[hand].items():
        write(page, pad, strokes, size, corner)
        expected = np.rint(255 * pixels(pad)).reshape(28, 28)
        assert expected.max() > 200
        height, width, numbers = pad.evaluate(DRAWING)
        drawing = np.array(numbers.split(","), np.uint8).reshape(height, width, 4)
        # The drawing as it is, transparent; and as a picture of the screen would show it.
        for picture in (drawing, 255 - drawing[..., 3]):
            np.testing.assert_allclose(mt.prepare_digit(picture).astype(int), expected, atol=1, err_msg=str(digit))
