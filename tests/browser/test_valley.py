"""The valley in the browser: its numbers against NumPy's, and what readers find out with mouse, finger and keys."""

import re

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from pads import PAGE
from playwright.sync_api import expect

import mnist_tutorial as mt
from mnist_tutorial import _widgets

X, LABELS, START = np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0]), 0.5  # chapter 6
RNG = np.random.default_rng(0)
POSITIONS = RNG.uniform(0, 3, size=200)
HEIGHTS = 2 * POSITIONS + 1 + RNG.normal(0, 0.8, size=200)
CURVE = mt.loss_valley(X, LABELS, START)
MAP = mt.loss_valley(POSITIONS, HEIGHTS, (0, 3.5), batch=10, rate=0.06)
LOWEST = np.polyfit(POSITIONS, HEIGHTS, 1)
PROSE = {
    "en": "<p>Walk down this valley, step by step.</p>",
    "ko": "<p>이 골짜기를 한 걸음씩 직접 내려가면서 무엇이 달라지는지 봅시다.</p>",
}


@pytest.fixture
def open_valley(page, tmp_path):
    """Open a page of one's own with a valley, from disk."""

    def open_it(valley, language="en", after=""):
        file = tmp_path / "valley.html"
        file.write_text(PAGE.format(language, f"<main>{PROSE[language]}{valley.html}{after}</main>"), encoding="utf-8")
        page.goto(file.as_uri())
        page.wait_for_function("document.querySelector('loss-valley').chart.walks")
        return page.locator("loss-valley")

    return open_it


@pytest.fixture
def at_once(page):
    """Let walks be at their end at once, as for readers who do not like motion."""
    page.emulate_media(reduced_motion="reduce")


def press(valley, name, times=1):
    for _ in range(times):
        valley.locator(f"button.{name}").click()


def set_rate(valley, rate):
    """Move the slider to a learning rate."""
    script = """(slider, rate) => {
        const { host } = slider.getRootNode();
        for (let i = 0; i <= Number(slider.max) && host.rate !== rate; i++) {
            slider.value = i;
            slider.dispatchEvent(new Event("input"));
        }
    }"""
    valley.locator("input[type=range]").evaluate(script, rate)
    expect(valley.locator(".value")).to_have_text(f"{rate:g}")


def verdict(valley):
    return valley.locator(".verdict").inner_text()


def table(valley):
    """Return the numbers of the table, a row for each step."""
    rows = valley.locator("tbody tr").evaluate_all("rows => rows.map(row => row.innerText)")
    return np.array([[float(text.replace("−", "-")) for text in row.split()] for row in rows])


def points(valley):
    """Return the points of the present walk, exactly."""
    return np.array(valley.evaluate("element => element.walk.points"))


def loss(w):
    return np.mean((w * X - LABELS) ** 2)


def slope(w):
    return 2 * np.mean((w * X - LABELS) * X)


def walk(rate, steps):
    path = [START]
    for _ in range(steps):
        path.append(path[-1] - rate * slope(path[-1]))
    return path


def steps_to_the_bottom(rate):
    """Return after how many steps the weight is within a hundredth of the picture's reach from the lowest place."""
    return next(i for i, w in enumerate(walk(rate, 300)) if abs(w - 2) <= 0.01 * 1.4 * 1.5)


@pytest.mark.parametrize("parameters", [1, 2])
def test_loss_gradient_step_and_lowest_place_are_numpy_s(page, parameters):
    """The computation runs without any widget, and agrees to the last digits."""
    folder = _widgets.FOLDER
    script = (folder / "valley" / "descent.js").read_text(encoding="utf-8")
    rng = np.random.default_rng(parameters)
    x, labels = rng.normal(1, 2, 30), rng.normal(size=30)
    point, rate, rows = rng.normal(size=parameters), 0.07, [3, 1, 4, 15, 9, 26]
    inputs = np.stack([x, np.ones(30)][:parameters], axis=1)
    found = page.evaluate(
        f"""([x, labels, point, rate, rows]) => {{ {script}
            const ground = new Ground(x, labels, point);
            const axes = axesOf(ground.curvature);
            return [ground.loss(point), ground.gradient(point), ground.gradient(point, rows),
                ground.step(point, rate), ground.lowest, axes.map((axis) => axis.steepness), ground.largestRate];
        }}""",
        [x.tolist(), labels.tolist(), point.tolist(), rate, rows],
    )
    wrong = inputs @ point - labels
    gradient = 2 * inputs.T @ wrong / 30
    curvature = np.linalg.eigvalsh(2 * inputs.T @ inputs / 30)[::-1]
    expected = [
        np.mean(wrong**2),
        gradient,
        2 * inputs[rows].T @ wrong[rows] / len(rows),
        point - rate * gradient,
        np.linalg.lstsq(inputs, labels, rcond=None)[0],
        curvature,
        2 / curvature[0],
    ]
    for value, right in zip(found, expected, strict=True):
        np.testing.assert_allclose(value, right, rtol=1e-9)


def test_each_step_is_listed_and_worked_out(open_valley):
    valley = open_valley(CURVE)
    expect(valley.locator("th")).to_have_text(["Step", "w", "Slope", "Loss"])
    assert verdict(valley).startswith("w = 0.50, loss 10.50.")
    press(valley, "step", 6)
    path = walk(0.01, 6)
    expected = [[i, w, slope(w), loss(w)] for i, w in enumerate(path)]
    np.testing.assert_allclose(table(valley), expected, atol=0.0051)
    sums = f"w = {path[5]:.2f} − 0.01 × (−{-slope(path[5]):.2f}) = {path[6]:.2f}. Loss {loss(path[6]):.2f}"
    assert verdict(valley) == f"Step 6: {sums}."


@pytest.mark.parametrize(("rate", "least", "most"), [(0.01, 40, 60), (0.06, 4, 8), (0.1, 2, 2), (0.2, 20, 40)])
def test_a_rate_arrives_after_as_many_steps_as_numpy_says(open_valley, at_once, rate, least, most):
    """Too small creeps, the right one is quick, one too large but not yet too much goes to and fro."""
    valley = open_valley(CURVE)
    set_rate(valley, rate)
    press(valley, "run")
    steps = steps_to_the_bottom(rate)
    assert least <= steps <= most
    assert verdict(valley).startswith(f"At the bottom after {'two' if steps == 2 else steps} steps.")
    np.testing.assert_allclose(points(valley)[:, 0], walk(rate, steps), rtol=1e-12)
    press(valley, "back")
    expect(valley.locator(".tries li")).to_have_text([f"Rate {rate}: at the bottom after {steps} steps"])


@pytest.mark.parametrize("rate", [0.22, 1.0])
def test_too_large_a_rate_leaves_the_picture_and_is_said(open_valley, at_once, rate):
    valley = open_valley(CURVE)
    set_rate(valley, rate)
    press(valley, "run")
    edge = 1.4 * 1.5
    steps = next(i for i, w in enumerate(walk(rate, 50)) if abs(w - 2) > edge)
    assert f"Too large: at step {steps} the ball jumped out" in verdict(valley)
    expect(valley.locator(".ball")).to_be_hidden()
    assert not re.search("NaN|Infinity|undefined", valley.locator(".root").inner_text())
    set_rate(valley, 0.06)  # a new rate begins a new walk
    assert verdict(valley).startswith("w = 0.50")
    expect(valley.locator(".ball")).to_be_visible()


@pytest.mark.parametrize("valley", [CURVE, MAP], ids=["curve", "map"])
def test_at_either_end_of_the_slider_stand_numbers(open_valley, at_once, valley):
    valley = open_valley(valley)
    for key, said in (("Home", "creeps"), ("End", "Too large")):
        valley.locator("input[type=range]").press(key)
        press(valley, "run")
        assert said in verdict(valley)
        press(valley, "back")
        assert not re.search("NaN|Infinity|undefined", valley.locator(".root").inner_text())


def test_all_examples_go_smoothly_and_batches_tremble_but_arrive_near(open_valley, at_once):
    valley = open_valley(MAP)
    press(valley, "run")
    assert "At the bottom" in verdict(valley)
    smooth = points(valley)
    assert np.abs(smooth[-1] - LOWEST).max() < 0.04
    wrong = smooth[:-1] @ [POSITIONS, np.ones(200)] - HEIGHTS
    gradients = 2 * np.stack([(wrong * POSITIONS).mean(axis=1), wrong.mean(axis=1)], axis=1)
    np.testing.assert_allclose(np.diff(smooth, axis=0), -0.06 * gradients, atol=1e-12)

    valley.get_by_role("radio", name="10 at random").check(force=True)
    np.testing.assert_array_equal(points(valley), [[0, 3.5]])
    press(valley, "run")
    assert "trembles" in verdict(valley)
    rough = points(valley)
    assert np.abs(rough[20] - smooth[20]).max() > 0.01
    assert np.linalg.norm(rough[200:] - LOWEST, axis=1).mean() < 0.35
    set_rate(valley, 0.01)  # goes on from here, and the trembling becomes less
    press(valley, "run")
    spread = [np.std(part, axis=0).max() for part in (points(valley)[200:300], points(valley)[-100:])]
    assert spread[1] < spread[0] / 1.5
    turns = [np.sum(np.diff(path[5:60], axis=0)[1:] * np.diff(path[5:60], axis=0)[:-1] < 0) for path in (smooth, rough)]
    assert turns[0] == 0
    assert turns[1] > 20


def test_every_step_of_a_batch_is_the_gradient_of_ten_different_examples(open_valley):
    """Ten slopes of 200 are found again: the step is their mean, none of them twice."""
    valley = open_valley(MAP)
    rows = valley.evaluate("""element => {
        const { ground } = element, rows = [], gradient = ground.gradient;
        ground.gradient = function (point, some) {
            rows.push(Array.from(some));
            return gradient.call(this, point, some);
        };
        element.walk.batch = 10;
        for (let i = 0; i < 20; i++) element.walk.step(0.06, element.draw);
        return rows;
    }""")
    assert all(len(set(batch)) == 10 for batch in rows)
    assert len(set(map(tuple, rows))) == 20
    assert set(np.ravel(rows)) <= set(range(200))
    assert len(set(np.ravel(rows))) > 100
    path = points(valley)
    for before, after, batch in zip(path[:-1], path[1:], rows, strict=True):
        wrong = before[0] * POSITIONS[batch] + before[1] - HEIGHTS[batch]
        expected = before - 0.06 * 2 * np.array([np.mean(wrong * POSITIONS[batch]), np.mean(wrong)])
        np.testing.assert_allclose(after, expected, atol=1e-12)


def test_the_same_seed_gives_the_same_paths(open_valley, at_once):
    def paths(seed):
        valley = open_valley(mt.loss_valley(POSITIONS, HEIGHTS, (0, 3.5), batch=10, seed=seed))
        valley.get_by_role("radio", name="10 at random").check(force=True)
        found = []
        for _ in range(2):
            press(valley, "run")
            found.append(points(valley).tolist())
            press(valley, "back")
        return found

    first, again, other = paths(0), paths(0), paths(1)
    assert first == again
    assert first[0] != first[1]  # the next walk draws new batches
    assert first[0] != other[0]


def test_the_rate_can_be_changed_on_the_way(open_valley):
    valley = open_valley(CURVE)
    set_rate(valley, 0.06)
    press(valley, "step")
    set_rate(valley, 0.01)
    press(valley, "step")
    first = START - 0.06 * slope(START)
    np.testing.assert_allclose(points(valley)[:, 0], [START, first, first - 0.01 * slope(first)])
    press(valley, "back")
    expect(valley.locator(".tries li")).to_have_text(re.compile("^Rate 0.06 → 0.01: loss .* after 2 steps$"))


def test_walks_run_at_a_pace_one_can_follow_until_they_are_paused(page, open_valley):
    valley = open_valley(CURVE)
    run = valley.locator(".run")
    expect(run).to_have_text("Run")
    run.click()
    expect(run).to_have_text("Pause")
    page.wait_for_function("document.querySelector('loss-valley').walk.steps >= 3")
    run.click()
    steps = len(points(valley))
    assert 3 < steps < 20
    page.wait_for_timeout(400)
    assert len(points(valley)) == steps
    expect(run).to_have_text("Run")
    run.click()
    page.wait_for_function("document.querySelector('loss-valley').walk.over")
    expect(run).to_have_text("Run")
    assert len(points(valley)) - 1 == steps_to_the_bottom(0.01)


def test_leaving_the_page_stops_the_walk(page, open_valley):
    open_valley(CURVE).locator(".run").click()
    steps = """async () => {
        const valley = document.querySelector("loss-valley"), { parentElement } = valley;
        valley.remove();
        const before = valley.walk.steps;
        await new Promise((done) => setTimeout(done, 500));
        parentElement.append(valley);
        return [before, valley.walk.steps];
    }"""
    before, after = page.evaluate(steps)
    assert before == after
    page.locator("loss-valley .step").click()  # and where it comes back it goes on
    assert len(points(page.locator("loss-valley"))) == before + 2


def place(valley, selector):
    box = valley.locator(selector).bounding_box()
    return np.array([box["x"] + box["width"] / 2, box["y"] + box["height"] / 2])


@pytest.mark.parametrize("valley", [CURVE, MAP], ids=["curve", "map"])
def test_the_ball_is_dragged_to_another_start(page, open_valley, at_once, valley):
    valley = open_valley(valley)
    press(valley, "step")
    before = place(valley, ".ball")
    ahead = before + np.array([80, 60])
    page.mouse.move(*before)
    page.mouse.down()
    page.mouse.move(*(before + ahead) / 2)
    page.mouse.move(*ahead)
    page.mouse.up()
    expect(valley.locator("tbody tr")).to_have_count(1)
    after = place(valley, ".ball")
    assert after[0] == pytest.approx(ahead[0], abs=1)
    if len(points(valley)[0]) == 2:
        assert after[1] == pytest.approx(ahead[1], abs=1)
    page.mouse.move(*(after + 6))  # no longer held
    np.testing.assert_allclose(place(valley, ".ball"), after)
    press(valley, "step", 2)
    press(valley, "back")
    np.testing.assert_allclose(place(valley, ".ball"), after, atol=1)


def test_a_finger_drags_the_ball_and_scrolls_beside_it(browser, tmp_path):
    file = tmp_path / "valley.html"
    html = PAGE.format("en", f'<meta name="viewport" content="width=device-width">{MAP.html}<p style="height:2000px">')
    file.write_text(html, encoding="utf-8")
    context = browser.new_context(
        viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(file.as_uri())
    valley, session = page.locator("loss-valley"), context.new_cdp_session(page)

    def swipe(start, way):
        for i in range(9):
            x, y = np.array(start) + np.array(way) * i / 8
            session.send(
                "Input.dispatchTouchEvent",
                {"type": "touchMove" if i else "touchStart", "touchPoints": [{"x": x, "y": y}]},
            )
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        page.wait_for_timeout(300)

    ball = place(valley, ".ball")
    swipe(ball, (40, 90))
    np.testing.assert_allclose(place(valley, ".ball"), ball + np.array([40, 90]), atol=2)
    assert page.evaluate("scrollY") == 0
    origin = points(valley)
    swipe(ball + np.array([120, 130]), (0, -100))
    assert page.evaluate("scrollY") > 50
    np.testing.assert_array_equal(points(valley), origin)
    context.close()


def test_a_press_in_the_picture_puts_the_ball_there(page, open_valley, at_once):
    valley = open_valley(MAP)
    box = valley.locator(".chart").bounding_box()
    where = box["x"] + 0.6 * box["width"], box["y"] + 0.3 * box["height"]
    page.mouse.click(*where)
    np.testing.assert_allclose(place(valley, ".ball"), where, atol=1)


def test_the_start_stays_in_the_picture(page, open_valley):
    valley = open_valley(CURVE)
    for key, way in (("Shift+ArrowLeft", -1), ("Shift+ArrowRight", 1)):
        for _ in range(12):
            valley.locator(".ball").press(key)
        assert points(valley)[0, 0] == pytest.approx(2 + way * 0.98 * 2.1)
        press(valley, "step")
        assert len(points(valley)) == 2


def test_by_the_keyboard_alone(page, open_valley, at_once):
    """Choose a start, a kind of step and a learning rate, step, run, go back: with Tab, arrows, Space and Enter."""
    valley = open_valley(MAP)

    def focused():
        return valley.evaluate(
            "element => element.shadowRoot.activeElement?.className || element.shadowRoot.activeElement?.type"
        )

    page.keyboard.press("Tab")
    assert focused().startswith("ball")
    for key in ("ArrowRight", "ArrowUp"):
        page.keyboard.press(key)
    start = points(valley)[0]
    assert start[0] > 0
    assert start[1] > 3.5
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert valley.evaluate("element => element.walk.batch") == 10
    page.keyboard.press("Tab")
    assert focused() == "range"
    before = float(valley.locator(".value").inner_text())
    page.keyboard.press("ArrowRight")
    assert before < float(valley.locator(".value").inner_text()) < 1.25 * before
    for name, key, steps in (("step", "Enter", 1), ("run", "Space", 301), ("back", "Enter", 0)):
        page.keyboard.press("Tab")
        assert focused() == name
        page.keyboard.press(key)
        assert len(points(valley)) == steps + 1
    np.testing.assert_array_equal(points(valley)[0], start)
    expect(valley.locator(".heard")).to_have_text(verdict(valley))
    page.keyboard.press("Tab")
    assert focused() == "list"


def test_the_tangent_has_the_slope_of_the_loss(open_valley):
    """And its colour says what the step does to the weight: red raises, blue lowers."""
    valley = open_valley(CURVE)
    for start, kind in ((0.5, "raises"), (3.1, "lowers")):
        valley.evaluate("(element, w) => element.startAt([w])", start)
        tangent = valley.locator(".tangent").evaluate(
            "each => ['x1', 'y1', 'x2', 'y2'].map(n => +each.getAttribute(n))"
        )
        ends = np.reshape(tangent, (2, 2)).tolist()
        (w1, y1), (w2, y2) = valley.evaluate(
            "(element, ends) => ends.map(([x, y]) => [element.chart.x.back(x), element.chart.y.back(y)])", ends
        )
        assert (y2 - y1) / (w2 - w1) == pytest.approx(slope(start))
        assert (y1 + y2) / 2 == pytest.approx(loss(start))
        expect(valley.locator(".tangent")).to_have_class(f"tangent {kind}")
        colour = valley.locator(".tangent").evaluate("each => getComputedStyle(each).stroke")
        red, _, blue = map(int, re.findall(r"\d+", colour))
        assert (red > blue) == (kind == "raises")


def test_contours_join_places_of_equal_loss(open_valley):
    valley = open_valley(MAP)
    rings = valley.evaluate("""element => [...element.shadowRoot.querySelectorAll(".ring")].map((ring) => {
        const { chart } = element, matrix = ring.transform.baseVal.consolidate().matrix;
        return [0, 0.1, 0.3, 0.6, 0.8].map((part) => {
            const point = ring.getPointAtLength(part * ring.getTotalLength()).matrixTransform(matrix);
            return chart.pointAt(point.x, point.y);
        });
    })""")
    losses = [[np.mean((w * POSITIONS + b - HEIGHTS) ** 2) for w, b in ring] for ring in rings]
    np.testing.assert_allclose(losses, np.mean(losses, axis=1, keepdims=True).repeat(5, axis=1), rtol=0.02)
    means = np.mean(losses, axis=1)
    assert np.all(np.diff(means) < 0)  # the inner ones lie above the outer ones
    assert means[-1] < 2 * np.mean((np.polyval(LOWEST, POSITIONS) - HEIGHTS) ** 2)


@pytest.mark.parametrize(
    ("x", "labels", "start"),
    [([1, 2, 3], [2, 4, 6], 2.0), ([1900, 1950, 2020], [1, 2, 4], (0, 0)), ([1e-9, 3e-9], [1e9, 2], 7), ([5], [0], 0)],
    ids=["at the bottom", "years", "tiny", "nothing to learn"],
)
def test_data_of_every_kind_has_a_picture_and_numbers(open_valley, at_once, x, labels, start):
    """A narrow valley, a start at its bottom, sizes far from 1: the ball is in the picture, and walks are told."""
    valley = open_valley(mt.loss_valley(x, labels, start))
    chart, ball = valley.locator(".chart").bounding_box(), place(valley, ".ball")
    assert chart["x"] < ball[0] < chart["x"] + chart["width"]
    assert chart["y"] < ball[1] < chart["y"] + chart["height"]
    press(valley, "run")
    words = valley.locator(".root").inner_text() + valley.locator(".chart").inner_html()
    assert not re.search("NaN|Infinity|undefined", words)
    scales = valley.locator(".chart text").count()
    assert 6 < scales < 40


def test_both_scales_of_the_map_are_alike(open_valley):
    chart = open_valley(MAP).evaluate("({ chart: { x, y } }) => [x(1) - x(0), y(0) - y(1)]")
    assert chart[0] == pytest.approx(chart[1])


def test_the_start_is_amber_and_the_walks_before_are_pale(open_valley):
    valley = open_valley(CURVE)
    colour = "each => getComputedStyle(each, '::before').backgroundColor"
    amber, blue = "rgb(232, 147, 12)", "rgb(31, 111, 180)"
    assert valley.locator(".ball").evaluate(colour) == amber
    press(valley, "step")
    assert valley.locator(".ball").evaluate(colour) == blue
    assert valley.locator(".start").evaluate("each => getComputedStyle(each).fill") == amber
    press(valley, "back")
    press(valley, "step")
    assert float(valley.locator(".past").evaluate("each => getComputedStyle(each).opacity")) < 0.5
    expect(valley.locator(".walk")).to_have_count(2)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("width", [320, 360, 700, 1100])
def test_fits_every_screen_in_either_language(page, open_valley, at_once, language, width):
    """Nothing moves sideways, fingers find what they press, axe objects to nothing, by day or night."""
    page.set_viewport_size({"width": width, "height": 800})
    first, second = (MAP, CURVE) if width in (360, 700) else (CURVE, MAP)
    valley = open_valley(first, language, second.html).first
    press(valley, "run")
    press(valley, "step")
    words = valley.locator(".root").inner_text()
    assert any("가" <= letter <= "힣" for letter in words) == (language == "ko")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for part in valley.locator("button, input[type=range], .ball, .looks .button").all():
        box = part.bounding_box()
        assert box is None or min(box["height"], box["width"]) >= 40
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [each["id"] for each in found if each["id"] != "page-has-heading-one"] == []


def test_follows_the_width_of_the_page(page, open_valley):
    valley = open_valley(CURVE)
    for width in (1000, 380, 700):
        page.set_viewport_size({"width": width, "height": 800})
        expect(valley).to_be_visible()
        page.wait_for_timeout(250)
        chart, view = valley.locator(".chart").bounding_box(), valley.locator(".view").bounding_box()
        assert 0.85 * view["width"] < chart["width"] < view["width"]
        ball = place(valley, ".ball")
        assert chart["x"] < ball[0] < chart["x"] + chart["width"] / 2


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_chapter_has_both_valleys(page, disk, language):
    page.goto(f"{disk}book/{language}/06_learn_by_hand.html")
    valleys = page.locator("loss-valley")
    expect(valleys).to_have_count(2)
    for valley, parameters in zip(valleys.all(), (1, 2), strict=True):
        assert points(valley).shape == (1, parameters)
        expect(valley.locator(".root")).to_have_attribute("lang", language)
        press(valley, "step")
        assert points(valley).shape == (2, parameters)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_without_scripts_and_on_paper_stands_the_picture(browser, page, disk, language):
    page.emulate_media(media="print")
    page.goto(f"{disk}book/{language}/06_learn_by_hand.html")
    for valley in page.locator("loss-valley").all():
        expect(valley.locator("img")).to_be_visible()
        expect(valley.locator(".root")).to_be_hidden()
    context = browser.new_context(java_script_enabled=False)
    bare = context.new_page()
    bare.goto(f"{disk}book/{language}/06_learn_by_hand.html")
    for valley in bare.locator("loss-valley").all():
        expect(valley.locator("img")).to_be_visible()
        assert any("가" <= letter <= "힣" for letter in valley.inner_text()) == (language == "ko")
    context.close()
