"""The plane of chapter 5 in the browser: what it learns, what it shows, and that every reader can use it."""

import re

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from pads import PAGE as ANY_PAGE
from pads import painted
from playwright.sync_api import expect

import mnist_tutorial as mt
from mnist_tutorial import _plane_still, _widgets

REACH = _plane_still.REACH
PAGE = ANY_PAGE.replace("<title>", '<meta name="viewport" content="width=device-width"><title>')
NAMES = {"en": "Train", "ko": "훈련하기"}
each_language = pytest.mark.parametrize("language", NAMES)


@pytest.fixture(scope="module")
def html():
    return mt.relu_plane().html


@pytest.fixture
def opened(page, tmp_path, html):
    """Open a page with a plane, from disk, by default in English and without moving pictures."""

    def open_it(language="en", motion="reduce", where=page):
        file = tmp_path / "plane.html"
        file.write_text(PAGE.format(language, _widgets.remake(html, language)), encoding="utf-8")
        where.emulate_media(reduced_motion=motion)
        where.goto(file.as_uri())
        return where.locator("relu-plane")

    return open_it


def press(plane, name):
    plane.get_by_role("button", name=name, exact=True).click()


def wait(plane):
    """Wait until the training has ended, and return how many points are right."""
    plane.page.wait_for_function("plane => !plane.running", arg=plane.element_handle(), timeout=30_000)
    return plane.evaluate("plane => plane.lesson.right")


def verdict(plane):
    return plane.locator(".verdict").inner_text()


def set_units(plane, units):
    more = units - plane.evaluate("plane => plane.units")
    for _ in range(abs(more)):
        press(plane, "One unit more" if more > 0 else "One unit fewer")
    expect(plane.locator(".units")).to_have_text(f"{units} ReLU unit{'s' * (units > 1)}")


def parameters(plane):
    """Return the network's weights and biases, as NumPy's functions take them."""
    values = plane.evaluate("plane => [plane.units, Array.from(plane.lesson.network.parameters)]")
    units, flat = values[0], np.array(values[1])
    w1, b1, w2, b2 = np.split(flat, np.cumsum([2 * units, units, 2 * units]))
    return w1.reshape(2, units), b1, w2.reshape(units, 2), b2


def points(plane):
    """Return the places of the points, and their classes."""
    rows = np.array(plane.evaluate("plane => plane.points"))
    return rows[:, :2], rows[:, 2].astype(int)


def drawn(plane, selector):
    """Return the ends of the lines of a path: (n, 2, 2), upward as in the plane."""
    paths = plane.locator(selector).evaluate_all("all => all.map(each => each.getAttribute('d'))")
    numbers = [np.array(re.findall(r"-?[\d.]+", path), float).reshape(-1, 2, 2) for path in paths]
    return [each * [1, -1] for each in numbers]


def click(plane, x, y):
    """Click at a place of the plane."""
    box = plane.locator(".touch").bounding_box()
    across, down = (x + REACH) / (2 * REACH), (REACH - y) / (2 * REACH)
    plane.locator(".touch").click(position={"x": across * box["width"], "y": down * box["height"]})


def most_right(plane, starts):
    """Train from so many starts, and return how many points were right each time."""
    press(plane, "Train")
    found = [wait(plane)]
    for _ in range(starts - 1):
        press(plane, "Start again with other weights")
        found.append(wait(plane))
    return found


@pytest.mark.parametrize(("pattern", "most"), [("Ring", 60), ("Corners", 65), ("Moons", 76)])
def test_one_unit_cannot_and_six_can(opened, pattern, most):
    plane = opened()
    press(plane, pattern)
    set_units(plane, 1)
    assert max(most_right(plane, 4)) <= most
    assert "It gets no further" in verdict(plane)
    assert "or add a unit" in verdict(plane)
    set_units(plane, 6)
    found = most_right(plane, 5)
    assert np.sum(np.array(found) == 80) >= 3, found


def test_three_units_can_divide_the_ring_but_do_not_always(opened):
    """As the chapter tells; two never do, four nearly always."""
    plane = opened()
    three = np.array(most_right(plane, 8))
    assert 2 <= (three == 80).sum() < 8
    set_units(plane, 2)
    assert max(most_right(plane, 6)) < 75
    set_units(plane, 4)
    assert np.sum(np.array(most_right(plane, 6)) == 80) >= 5
    assert verdict(plane) == "All 80 are right, with 4 ReLU units."
    expect(plane.locator("dd.right")).to_have_text("80 / 80 (100%)")


def test_learns_as_numpy_does(opened):
    """The first steps from the same weights: the page's parameters are those of the picture's code."""
    plane = opened()
    start = parameters(plane)
    plane.evaluate("plane => { for (let i = 0; i < 40; i++) plane.lesson.step(); plane.show(); }")
    expected = _plane_still.train(start, *points(plane), 40)
    for found, wanted in zip(parameters(plane), expected, strict=True):
        np.testing.assert_allclose(found, wanted, atol=1e-4)
    _, probabilities = _plane_still.forward(expected, points(plane)[0])
    right = (probabilities.argmax(axis=1) == points(plane)[1]).sum()
    said, percent = re.fullmatch(r"(.*)\((.*)%\)", plane.locator("dd.right").text_content()).groups()
    assert said == f"{right} / 80 "
    assert float(percent) == pytest.approx(100 * right / 80, abs=0.06)
    loss = _plane_still.loss(expected, *points(plane))
    assert float(plane.locator("dd.loss").inner_text()) == pytest.approx(loss, abs=6e-4)


@pytest.mark.parametrize("train", [False, True])
def test_folds_boundary_and_areas_are_where_numpy_says(opened, train):
    plane = opened()
    if train:
        press(plane, "Train")
        assert wait(plane) == 80
    w1, b1, w2, b2 = parameters(plane)
    creases, ticks = drawn(plane, ".folds .crease"), drawn(plane, ".folds .ticks")
    assert len(creases) == len(ticks) == 3
    for unit, (crease, tick) in enumerate(zip(creases, ticks, strict=True)):
        np.testing.assert_allclose(crease @ w1[:, unit] + b1[unit], 0, atol=3e-3)
        np.testing.assert_allclose(np.abs(crease[0]).max(axis=1), REACH, atol=2e-3)  # from edge to edge
        assert len(tick) > 8
        assert (tick[:, 1] @ w1[:, unit] + b1[unit] > 0).all()  # a tick ends where the unit is on

    def height(places):
        return np.maximum(places @ w1 + b1, 0) @ (w2[:, 1] - w2[:, 0]) + b2[1] - b2[0]

    (boundary,) = drawn(plane, ".boundary >> nth=0")
    assert len(boundary) > 20
    ends = boundary.reshape(-1, 2)
    ways = np.array([[np.cos(turn), np.sin(turn)] for turn in np.linspace(0, 2 * np.pi, 9)])
    around = np.stack([height(ends + 0.003 * way) > 0 for way in ways])
    assert (around.any(axis=0) & ~around.all(axis=0)).all()  # both classes are right beside every end of a piece
    canvas = painted(plane.locator(".areas")).astype(int)
    side = np.linspace(-REACH, REACH, len(canvas))
    heights = height(np.stack(np.meshgrid(side, -side), axis=-1))
    orange = canvas[..., 0] > canvas[..., 2]
    clear = np.abs(heights) > 1e-6
    assert (orange == (heights > 0))[clear].all()
    assert clear.mean() > 0.5


def test_marks_the_points_that_are_wrong(opened):
    plane = opened()
    places, classes = points(plane)
    _, probabilities = _plane_still.forward(parameters(plane), places)
    missed = plane.locator(".dots > g").evaluate_all("all => all.map(each => each.classList.contains('missed'))")
    np.testing.assert_array_equal(missed, probabilities.argmax(axis=1) != classes)
    assert 0 < sum(missed) < 80


def test_a_dead_unit_is_told_and_learns_nothing(opened):
    plane = opened()
    plane.evaluate("plane => { plane.lesson.network.layers[0].biases[1] = -50; plane.show(); }")
    assert "Unit 2 is off at every point" in verdict(plane)
    before = parameters(plane)
    press(plane, "Train")
    wait(plane)
    after = parameters(plane)
    np.testing.assert_array_equal(before[0][:, 1], after[0][:, 1])
    assert not np.allclose(before[0][:, 0], after[0][:, 0])
    assert "it is dead" in verdict(plane)
    press(plane, "Start again with other weights")
    wait(plane)
    assert "dead" not in verdict(plane)


def test_moves_while_it_trains_and_can_be_paused(opened):
    plane = opened(motion="no-preference")
    press(plane, "Train")
    seen = set()
    for _ in range(6):
        plane.evaluate("() => new Promise(requestAnimationFrame)")
        seen.add(plane.locator(".crease").first.get_attribute("d"))
    assert len(seen) > 2
    assert verdict(plane) == "Training …"
    press(plane, "Pause")
    steps = plane.locator("dd.count").inner_text()
    assert int(steps) < 222  # at 222 it would have been done
    assert verdict(plane) == "Paused."
    plane.evaluate("() => new Promise(requestAnimationFrame)")
    expect(plane.locator("dd.count")).to_have_text(steps)
    press(plane, "Train")
    assert wait(plane) == 80


def test_with_reduced_motion_the_plane_changes_once(opened):
    plane = opened()
    plane.evaluate(
        """plane => {
            plane.changes = 0;
            const folds = plane.shadowRoot.querySelector(".boundary");
            const seen = new Set([folds.getAttribute("d")]);
            new MutationObserver(() => seen.add(folds.getAttribute("d"))).observe(folds, { attributes: true });
            plane.seen = seen;
        }"""
    )
    press(plane, "Train")
    assert wait(plane) == 80
    assert plane.evaluate("plane => plane.seen.size") == 2


def test_a_step_with_ten_units_takes_a_few_milliseconds(opened):
    plane = opened()
    set_units(plane, 10)
    script = """plane => {
        const start = performance.now();
        for (let i = 0; i < 50; i++) plane.lesson.step();
        return (performance.now() - start) / 50;
    }"""
    assert plane.evaluate(script) < 5


def test_the_mouse_draws_points_that_are_learned(page, opened):
    plane = opened()
    press(plane, "Clear")
    expect(plane.locator(".hint")).to_be_visible()
    assert "dots and crosses" in verdict(plane)
    for place in [(-1.5, -1.5), (-1.5, 1.5), (1.5, 1.5)]:
        click(plane, *place)
    train = plane.get_by_role("button", name="Train")
    expect(train).to_have_attribute("aria-disabled", "true")  # points of one class: nothing to learn
    train.click(force=True)
    assert "dots and crosses" in verdict(plane)
    assert plane.evaluate("plane => plane.lesson.steps") == 0
    plane.get_by_text("crosses", exact=True).click()
    box = plane.locator(".touch").bounding_box()
    page.mouse.move(box["x"] + 0.35 * box["width"], box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.65 * box["width"], box["y"] + box["height"] / 2, steps=20)
    page.mouse.up()
    places, classes = points(plane)
    np.testing.assert_allclose(places[:3], [[-1.5, -1.5], [-1.5, 1.5], [1.5, 1.5]], atol=0.02)
    assert classes.tolist() == [1] * 3 + [0] * (len(classes) - 3)
    assert 4 <= (classes == 0).sum() <= 8
    set_units(plane, 8)
    press(plane, "Train")
    assert wait(plane) == len(classes)
    expect(plane.locator(".hint")).to_be_hidden()
    click(plane, -1.5, 1.5)  # takes it away
    assert points(plane)[0][:2].round(1).tolist() == [[-1.5, -1.5], [1.5, 1.5]]
    assert plane.locator(".dots > g").count() == len(classes) - 1


def test_everything_works_with_the_keyboard_alone(page, opened):
    plane = opened()
    plane.get_by_role("button", name="Ring").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(plane.get_by_role("button", name="Corners")).to_have_attribute("aria-pressed", "true")
    stops = []
    for _ in range(8):
        page.keyboard.press("Tab")
        stop, outlined = plane.evaluate(
            """plane => {
                const now = plane.shadowRoot.activeElement;
                const shown = now.type === "radio" ? now.nextSibling : now;
                return [now.className || now.name || now.textContent, getComputedStyle(shown).outlineStyle !== "none"];
            }"""
        )
        stops.append(stop)
        assert outlined, stop
    assert stops == ["Moons", "touch", "fewer", "more", "train", "again", "kind", "clear"]
    for _ in range(4):
        page.keyboard.press("Shift+Tab")  # back to "more"
    page.keyboard.press("Enter")
    expect(plane.locator(".units")).to_have_text("4 ReLU units")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert wait(plane) > 40


def test_the_keyboard_puts_points_and_takes_them_away(page, opened):
    plane = opened()
    press(plane, "Clear")
    plane.locator(".touch").focus()
    for key in ["ArrowRight", "ArrowUp", "ArrowUp", "Space", *["ArrowLeft"] * 6, "Space"]:
        page.keyboard.press(key)
    np.testing.assert_allclose(points(plane)[0], [[0.15, 0.3], [-0.75, 0.3]], atol=1e-6)
    expect(plane.locator(".pen")).to_be_visible()
    page.keyboard.press("Space")
    np.testing.assert_allclose(points(plane)[0], [[0.15, 0.3]], atol=1e-6)
    for key in ["Tab"] * 5 + ["ArrowRight"]:
        page.keyboard.press(key)
    plane.locator(".touch").focus()
    page.keyboard.press("Enter")
    assert points(plane)[1].tolist() == [1, 0]


@each_language
def test_on_a_phone_a_tap_puts_a_point_and_nothing_is_cut_off(browser, opened, language):
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    plane = opened(language, where=context.new_page())
    page = plane.page
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    sizes = plane.locator("button, .kinds .button").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height))"
    )
    assert len(sizes) == 10
    assert min(sizes) >= 40
    box = plane.locator(".touch").bounding_box()
    assert box["width"] > 280
    page.touchscreen.tap(box["x"] + 20, box["y"] + 20)
    places, classes = points(plane)
    assert len(classes) == 81
    assert places[-1] == pytest.approx([20 / box["width"] * 4.8 - 2.4, 2.4 - 20 / box["height"] * 4.8], abs=0.05)
    plane.get_by_role("button", name=NAMES[language], exact=True).tap()
    wait(plane)
    assert plane.evaluate("plane => plane.lesson.steps") > 20
    context.close()


@each_language
def test_is_accessible_by_day_and_by_night(page, opened, language):
    plane = opened(language)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert plane.evaluate("plane => plane.hasAttribute('dark')") == (scheme == "dark")
        plane.get_by_role("button", name=NAMES[language], exact=True).click()
        wait(plane)
        report = Axe().run(page, options={"resultTypes": ["violations"], "rules": {"region": {"enabled": False}}})
        found = [
            f"{each['id']}: {node['html'][:200]}"
            for each in report.response["violations"]
            if each["id"] not in ("landmark-one-main", "page-has-heading-one")  # of a page made for the test
            for node in each["nodes"]
        ]
        assert found == []


def test_the_areas_follow_the_theme(page, opened):
    plane = opened()
    day = painted(plane.locator(".areas"))
    page.emulate_media(color_scheme="dark")
    plane.evaluate("() => new Promise(requestAnimationFrame)")
    assert np.abs(painted(plane.locator(".areas")) - day).max() > 30


@each_language
def test_speaks_one_language(opened, language):
    plane = opened(language)
    plane.get_by_role("button", name=NAMES[language], exact=True).click()
    wait(plane)
    words = plane.evaluate(
        """plane => [...plane.shadowRoot.querySelectorAll(".root, .root *")].map(
            each => `${each.ariaLabel ?? ""} ${each.title ?? ""} ${each.innerText ?? ""}`).join(" ")"""
    )
    assert "undefined" not in words
    assert bool(re.search("[가-힣]", words)) == (language == "ko")
    assert bool(re.search("[a-zA-Z]", words)) == (language == "en")


def test_leaving_the_page_stops_the_training(opened):
    plane = opened(motion="no-preference")
    press(plane, "Train")
    script = """async plane => {
        plane.remove();
        const steps = plane.lesson.steps;
        for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
        return [plane.running, plane.lesson.steps - steps];
    }"""
    assert plane.evaluate(script) == [False, 0]


def test_two_planes_on_a_page_learn_each_for_itself(page, tmp_path, html):
    own = mt.relu_plane([[0, 0], [1, 1], [0, 1], [1, 0]], [True, True, False, False], units=4).html
    (tmp_path / "two.html").write_text(PAGE.format("en", html + own), encoding="utf-8")
    page.emulate_media(reduced_motion="reduce")
    page.goto((tmp_path / "two.html").as_uri())
    first, second = (page.locator("relu-plane").nth(i) for i in (0, 1))
    expect(second.get_by_role("button", name="Your points")).to_have_attribute("aria-pressed", "true")
    press(second, "Train")
    assert wait(second) == 4
    assert first.evaluate("plane => plane.lesson.steps") == 0
    expect(first.locator(".units")).to_have_text("3 ReLU units")
    expect(second.locator(".units")).to_have_text("4 ReLU units")
