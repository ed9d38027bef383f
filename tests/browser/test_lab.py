"""The training lab in a real browser, opened from disk: a network learns, and the reader holds the controls."""

import re

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

import mnist_tutorial as mt

PAGE = """<!doctype html><html lang="{}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="mnist-tutorial" content="book"><title>Lab</title>
<body style="margin: 8px"><main><h1>Lab</h1>{}</main></body></html>"""
NO_NUMBER = re.compile("NaN|undefined|Infinity|null")


@pytest.fixture(scope="module")
def digits():
    """Return a thousand images to train on, and 500 to validate with."""
    (images, labels), _ = mt.load_mnist()
    return (images[:1000], labels[:1000]), (images[48_000:48_500], labels[48_000:48_500])


@pytest.fixture
def open_lab(page, tmp_path, digits):
    """Open a page of one's own with a lab of these settings, from disk; return the lab."""

    def open_it(address="", language="en", more="", **settings):
        file = tmp_path / "lab.html"
        file.write_text(PAGE.format(language, mt.training_lab(*digits, **settings).html + more), encoding="utf-8")
        page.goto("about:blank")
        page.goto(file.as_uri() + address)
        lab = page.locator("training-lab").first
        lab.locator(".missed .thumb").first.wait_for()  # it has looked at the digits
        return lab

    return open_it


@pytest.fixture(autouse=True)
def words_and_numbers(page):
    """At the end of each test, no lab shows what is no number or no word."""
    yield
    for lab in page.locator("training-lab").all():
        shown = lab.evaluate(
            """lab => lab.shadowRoot.querySelector(".root").innerText
                + Array.from(lab.shadowRoot.querySelectorAll("svg *"), (part) => part.outerHTML).join()
                + Array.from(lab.shadowRoot.querySelectorAll("[aria-label]"), (part) => part.ariaLabel).join()"""
        )
        assert NO_NUMBER.search(shown) is None


def painted(lab):
    """Return the lab once the browser has painted anew, for it shows then what has changed."""
    lab.evaluate("() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))")
    return lab


def finish(lab):
    """Wait until training has come to its end, and the page shows it."""
    painted(lab)
    expect(lab.locator(".train")).not_to_have_class(re.compile("going"), timeout=60_000)
    painted(lab)


def train(lab):
    lab.locator(".train").click()
    finish(lab)


def curve(lab, chart, kind, run="now"):
    """Return the points of a curve, as they are drawn: x to the right, y up."""
    path = painted(lab).locator(f".{chart} path.{run}.{kind}").get_attribute("d") or ""
    return np.array([[float(x), -float(y)] for x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", path)])


def accuracy(lab):
    """Return the last accuracy on the validation images, as the lab says it."""
    return float(painted(lab).locator(".accuracy .key .validation b").inner_text().rstrip("%")) / 100


def predictions(lab):
    return painted(lab).locator(".ten .thumb > span").all_inner_texts()


def settings(lab):
    return lab.evaluate("lab => lab.settings")


def choose(lab, name, value):
    """Set a control, opening the settings if need be."""
    lab.locator("details").evaluate("details => (details.open = true)")
    control = lab.locator(f"details [name={name}]")
    if control.evaluate("control => control.type") == "checkbox":
        control.set_checked(value)
    elif control.evaluate("control => control.tagName") == "SELECT":
        control.select_option(str(value))
    else:
        control.fill(str(value))
        control.press("Enter")


def test_holds_the_digits_that_python_packed(open_lab, digits):
    lab = open_lab()
    found = lab.evaluate("lab => [Array.from(lab.data.images), Array.from(lab.data.validation.images)]")
    for pixels, (images, _) in zip(found, digits, strict=True):
        difference = np.reshape(pixels, images.shape) - images.astype(int)
        assert np.abs(difference).max() <= 8
    labels = lab.evaluate("lab => Array.from(lab.data.validation.labels)")
    np.testing.assert_array_equal(labels, digits[1][1])


def test_learns_at_the_press_of_a_key(page, open_lab):
    lab = open_lab()
    before = predictions(lab)
    assert curve(lab, "loss", "training").size == 0
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(lab.locator(".train")).to_have_text("Pause")
    finish(lab)
    assert lab.locator(".where").inner_text() == "epoch 30 of 30"
    assert accuracy(lab) > 0.85
    for chart, sign in (("loss", -1), ("accuracy", 1)):
        training, validation = (curve(lab, chart, kind) for kind in ("training", "validation"))
        assert (len(training), len(validation)) == (30, 31)  # before training, validation alone
        assert sign * (training[-1, 1] - training[0, 1]) > 50
        assert (np.diff(training[:, 0]) > 0).all()
    right = round(500 * accuracy(lab))
    assert f"{right} of 500 right" in lab.locator(".verdict").inner_text()
    expect(lab.locator(".missed .count")).to_have_text(f"Mistakes: {500 - right} of 500 validation images")
    shown = lab.locator(".missed .thumb:visible > span").all_inner_texts()
    assert len(shown) == min(500 - right, 40)
    assert all(prediction != label for prediction, label in (text.split(",") for text in shown))
    assert sum(text == str(digit) for digit, text in enumerate(predictions(lab))) >= 8
    assert predictions(lab) != before


def test_a_step_an_epoch_a_pause_and_a_new_beginning(open_lab):
    lab = open_lab(epochs=200)
    where = lab.locator(".where")
    lab.get_by_role("button", name="One step").click()
    expect(where).to_have_text("epoch 1, step 1 of 10")
    lab.get_by_role("button", name="One step").click()
    expect(where).to_have_text("epoch 1, step 2 of 10")
    assert 0 < curve(lab, "loss", "training")[0, 0] - curve(lab, "loss", "validation")[0, 0] < 1
    lab.get_by_role("button", name="One epoch").click()
    expect(where).to_have_text("epoch 1 of 200")
    lab.locator(".train").click()
    lab.evaluate("async lab => { while (lab.run.epoch < 3) await new Promise(requestAnimationFrame); }")
    lab.get_by_role("button", name="Pause").click()
    expect(lab.locator(".train")).to_have_text("Train")
    lab.page.wait_for_timeout(1000)  # what was under way has come to its end
    rested = where.inner_text()
    lab.page.wait_for_timeout(1000)
    assert where.inner_text() == rested
    assert int(re.search(r"\d+", rested)[0]) < 100
    lab.get_by_role("button", name="Reset").click()
    expect(where).to_have_text("epoch 0 of 200")
    assert curve(lab, "accuracy", "training").size == 0
    lab.get_by_role("button", name="One epoch").click()
    expect(where).to_have_text("epoch 1 of 200")


def test_the_same_seed_learns_the_same_and_another_does_not(open_lab):
    lab = open_lab(epochs=3)
    curves = []
    for seed in (0, 0, 1):
        choose(lab, "seed", seed)
        lab.get_by_role("button", name="Reset").click()
        train(lab)
        curves.append(curve(lab, "loss", "training"))
    np.testing.assert_array_equal(curves[0], curves[1])
    assert (curves[0] != curves[2]).any()


def test_goes_back_through_the_epochs(page, open_lab):
    lab = open_lab(epochs=6)
    start = predictions(lab)
    train(lab)
    end, mistakes = predictions(lab), lab.locator(".missed .count").inner_text()
    slider = lab.get_by_role("slider")
    slider.focus()
    page.keyboard.press("Home")
    expect(lab.locator(".scrub output")).to_have_text("epoch 0")
    assert predictions(lab) == start != end
    assert lab.locator(".loss .mark").get_attribute("d")
    expect(lab.locator(".missed .count")).not_to_have_text(mistakes)
    assert accuracy(lab) < 0.4
    page.keyboard.press("ArrowRight")
    expect(lab.locator(".scrub output")).to_have_text("epoch 1")
    page.keyboard.press("End")
    expect(lab.locator(".scrub output")).to_have_text("epoch 6")
    assert predictions(lab) == end
    expect(lab.locator(".missed .count")).to_have_text(mistakes)


def test_keeps_a_bounded_number_of_networks(open_lab):
    kept = open_lab().evaluate(
        """lab => {
            const run = new lab.run.constructor(lab.settings, lab.side);
            const { parameters } = run.start;
            const validation = { loss: 1, accuracy: 0.5 };
            for (let epoch = 0; epoch <= 450; epoch++)
                run.add({ epoch, step: 0, steps: 10, loss: 1, accuracy: 0.5, validation, parameters, diverged: false });
            return [run.points.length, run.snapshots.map((snapshot) => snapshot.epoch)];
        }"""
    )
    assert kept[0] == 451
    assert 40 < len(kept[1]) <= 100
    assert len(set(np.diff(kept[1]))) == 1


def test_lays_a_kept_run_behind_the_next_and_compares(open_lab):
    lab = open_lab(epochs=4, images=500)
    train(lab)
    first = curve(lab, "accuracy", "validation")
    lab.get_by_role("button", name="Keep this run").click()
    assert not painted(lab).locator(".compared").is_visible()
    choose(lab, "learning_rate", 0.01)
    np.testing.assert_array_equal(curve(lab, "accuracy", "validation", "kept"), first)
    train(lab)
    np.testing.assert_array_equal(curve(lab, "accuracy", "validation", "kept"), first)
    before, now = (100 * value for value in (lab.evaluate("lab => lab.kept.points.at(-1).accuracy[1]"), accuracy(lab)))
    said = lab.locator(".compared").inner_text()
    assert f"learning rate 0.001; validation accuracy {before:.1f}%" in said
    assert f"learning rate 0.01; validation accuracy {now:.1f}%" in said
    assert f"{abs(now - before):.1f} points {'higher' if now > before else 'lower'}" in said
    lab.get_by_role("button", name="Drop the kept run").click()
    expect(lab.locator(".drop")).to_be_hidden()  # with the next painting
    assert curve(lab, "accuracy", "validation", "kept").size == 0
    assert not lab.locator(".compared").is_visible()


CHANGED = {
    **{"one_hot": False, "normalize": False, "layers": 1, "units": 30, "learning_rate": 0.0003, "batch_size": 30},
    **{"optimizer": "sgd", "epochs": 5, "seed": 77, "images": 200, "dropout": 0.2, "weight_decay": 0.3, "shift": True},
}


def test_a_link_brings_back_every_setting(page, open_lab):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lab = open_lab()
    for name, value in CHANGED.items():
        choose(lab, name, value)
    expected = {key: value for key, value in CHANGED.items() if key not in ("layers", "units")} | {"hidden": [30]}
    assert settings(lab) == expected
    lab.get_by_role("button", name="Copy a link").click()
    expect(lab.locator(".copied")).to_have_text("Copied.")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.url
    lab = open_lab("#" + link.split("#")[1])
    assert settings(lab) == expected
    assert lab.locator("[name=layers]").input_value() == "1"
    assert lab.locator("[name=seed]").input_value() == "77"
    assert not lab.locator("[name=normalize]").is_checked()
    train(lab)
    assert lab.locator(".where").inner_text() == "epoch 5 of 5"
    assert lab.evaluate("lab => [lab.run.sizes, lab.run.steps]") == [[784, 30, 1], 7]  # 200 images, 30 a step
    lab.get_by_role("button", name="Initial settings").click()
    assert settings(lab)["images"] == 1000
    assert "images:1000" in page.url


HOSTILE = [
    *("images:1001", "images:0", "images:1e3", "seed:-1", "hidden:100-100-100-100-100", "hidden:0", "hidden:9999"),
    *("learning_rate:NaN", "learning_rate:0", "learning_rate:Infinity", "learning_rate:", "dropout:1", "epochs:100000"),
    *("optimizer:constructor", "__proto__:1", "constructor:1", "<img src=x onerror=alert(1)>", ":", "", "seed:1:2"),
]


def test_an_address_that_makes_no_sense_is_said_to_be_one_and_changes_nothing(page, open_lab):
    lab = open_lab()
    standard = settings(lab)
    for text in HOSTILE:
        page.evaluate("text => (location.hash = `lab=${text}`)", text)
        expect(lab.locator(".copied")).to_have_text("Part of the link was not understood; the rest is set.")
        assert settings(lab) == standard, text
        page.evaluate("location.hash = 'lab=seed:5,images:300'")
        expect(lab.locator(".copied")).to_have_text("")
        assert settings(lab) == standard | {"seed": 5, "images": 300}


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("", "Diverging: the steps are so large that the loss shot up"),
        ("#lab=optimizer:sgd,learning_rate:10,normalize:0,one_hot:0", "the loss is no longer a number"),
    ],
)
def test_says_in_words_that_training_diverges(open_lab, address, sentence):
    lab = open_lab(address, epochs=5)
    if not address:
        lab.get_by_role("button", name="Learning rate too large").click()
        assert settings(lab)["learning_rate"] == 1
    train(lab)
    assert sentence in lab.locator(".verdict").inner_text()
    assert "smaller learning rate" in lab.locator(".verdict").inner_text()


def test_presets_show_what_they_promise(open_lab):
    """Few images: the loss turns. Raw numbers: worse. And with shifts the loss ends lower than without."""
    lab = open_lab()
    lab.locator("summary").click()
    lab.get_by_role("button", name="Overfit 200 images").click()
    assert "validation loss turn" in lab.locator(".watch").inner_text()
    train(lab)
    assert lab.locator(".where").inner_text() == "epoch 60 of 60"
    assert lab.locator(".accuracy .key .training b").inner_text() == "100.0%"
    assert "overfitting" in lab.locator(".verdict").inner_text()
    lab.get_by_role("button", name="Initial settings").click()
    train(lab)
    plain, loss = accuracy(lab), float(lab.locator(".loss .key .validation b").inner_text())
    lab.get_by_role("button", name="Without normalization").click()
    train(lab)
    assert accuracy(lab) < plain - 0.03
    lab.get_by_role("button", name="Initial settings").click()
    choose(lab, "shift", True)
    train(lab)
    assert float(lab.locator(".loss .key .validation b").inner_text()) < 0.9 * loss


def test_the_page_stays_responsive(page, open_lab):
    """No task as long as training in the page itself takes; a busy machine adds some, so the best run counts."""
    lab = open_lab(epochs=15)
    train(lab)  # compiles what it runs
    found = []
    for _ in range(4):
        lab.get_by_role("button", name="Reset").click()
        page.evaluate(
            """() => {
                window.tasks = [];
                window.observer?.disconnect();
                window.observer = new PerformanceObserver((list) => window.tasks.push(...list.getEntries()));
                window.observer.observe({ entryTypes: ["longtask"] });
            }"""
        )
        train(lab)
        found.append(page.evaluate("window.tasks.map((task) => task.duration)"))
        if not found[-1]:
            break
    assert min(max(tasks, default=0) for tasks in found) < 150, found


def test_a_worker_lives_no_longer_than_its_lab(page, open_lab):
    lab = open_lab(epochs=200)
    assert page.workers == []
    lab.locator(".train").click()
    page.wait_for_function("document.querySelector('training-lab').run.epoch > 1")
    assert len(page.workers) == 1
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    expect(lab.locator(".train")).to_have_text("Train")
    page.wait_for_timeout(200)
    assert page.workers == []
    lab.get_by_role("button", name="One epoch").click()  # somebody came back: it begins anew
    expect(lab.locator(".where")).to_have_text("epoch 1 of 200")
    assert len(page.workers) == 1
    lab.locator(".train").click()
    lab.evaluate("lab => { document.body.append(lab); }")  # only moved
    lab.get_by_role("button", name="One epoch").click()
    expect(lab.locator(".where")).to_have_text("epoch 1 of 200")
    lab.evaluate("lab => lab.remove()")
    page.wait_for_timeout(200)
    assert page.workers == []


def test_without_workers_it_trains_in_slices_and_says_so(page, open_lab):
    page.add_init_script("delete window.Worker")
    lab = open_lab(images=300, epochs=3)
    train(lab)
    assert page.workers == []
    assert lab.locator(".where").inner_text() == "epoch 3 of 3"
    assert "No worker is to be had here" in lab.locator(".verdict").inner_text()


def test_two_labs_on_a_page_keep_apart(page, open_lab, digits):
    second = mt.training_lab(*digits, epochs=2, images=200)
    first = open_lab("#lab2=seed:9", more=second.html)
    other = page.locator("training-lab").nth(1)
    assert (settings(first)["seed"], settings(other)["seed"]) == (0, 9)
    train(other)
    assert other.locator(".where").inner_text() == "epoch 2 of 2"
    assert first.locator(".where").inner_text() == "epoch 0 of 30"
    choose(first, "seed", 4)
    assert re.search("#lab2=seed:9&lab=.*seed:4", page.url)
    choose(other, "seed", 5)
    assert re.search("#lab=.*seed:4.*&lab2=.*seed:5", page.url)
    assert settings(first)["seed"] == 4


def test_puts_the_network_of_the_epoch_on_a_pad_of_its_own(page, open_lab):
    lab = open_lab(epochs=2, normalize=False)
    train(lab)
    lab.locator(".scrub input").evaluate("slider => { slider.value = 1; slider.dispatchEvent(new Event('input')); }")
    lab.get_by_role("button", name="Put it on the drawing pad").click()
    pad = page.locator("training-lab + draw-digit")
    assert "epoch 1" in lab.locator(".verdict").inner_text()
    equal = """pad => {
        const lab = document.querySelector("training-lab");
        const { parameters } = lab.run.snapshots[1];
        return pad.network.parameters.every((value, i) => value === parameters[i]) && pad.network !== lab.run.network;
    }"""
    assert pad.evaluate(equal)
    assert not pad.locator("input[name=normalize]").is_checked()
    assert pad.evaluate("pad => pad.shadowRoot.activeElement.className") == "pad ink"
    lab.get_by_role("button", name="Put it on the drawing pad").click()
    assert page.locator("draw-digit").count() == 1


def test_puts_the_network_on_the_page_s_pad(page, open_lab, digits):
    pad_html = mt.draw_digit(mt.build_mlp(), digits[1][0][:4], digits[1][1][:4]).html
    lab = open_lab(more=pad_html, hidden=(30,), epochs=8)
    train(lab)
    lab.get_by_role("button", name="Put it on the drawing pad").click()
    pad = page.locator("draw-digit")
    assert pad.count() == 1
    assert pad.locator(".layers figure").count() == 1
    assert pad.locator(".units i").count() == 30
    assert pad.locator(".examples button").count() == 4
    for button, label in zip(pad.locator(".examples button").all(), digits[1][1], strict=False):
        button.click()
        expect(pad.locator(".digit")).to_have_text(button.inner_text()[0])
        assert button.inner_text()[-1] == str(label)


def test_a_network_that_gives_a_number_stays_off_the_pad(page, open_lab):
    lab = open_lab(epochs=1, one_hot=False)
    train(lab)
    lab.get_by_role("button", name="Put it on the drawing pad").click()
    expect(lab.locator(".verdict")).to_contain_text("needs probabilities")
    assert page.locator("draw-digit").count() == 0


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("ko", "dark")])
def test_is_accessible_and_fits_a_phone(page, open_lab, language, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": 360, "height": 740})
    lab = open_lab(language=language, epochs=2)
    train(lab)
    lab.locator(".keep").click()
    choose(lab, "seed", 1)
    train(lab)
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") == width
        small = lab.evaluate(
            """lab => Array.from(lab.shadowRoot.querySelectorAll("button, select, summary, label, input:not([type])"))
                .filter((part) => part.checkVisibility() && part.getBoundingClientRect().height < 40)
                .map((part) => part.outerHTML)"""
        )
        assert small == []
    found = Axe().run(page).response["violations"]
    assert [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]] == []
    text = lab.evaluate("lab => lab.shadowRoot.querySelector('.root').innerText")
    letters = {"ko": "[가-힣]", "en": "[a-z]"}
    assert len(re.findall(letters[language], text)) > 200, text
    assert language == "ko" or not re.search(letters["ko"], text)


def test_learns_at_the_touch_of_a_finger(browser, open_lab, page, tmp_path):
    open_lab(epochs=1, images=100)
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    try:
        phone = context.new_page()
        phone.goto((tmp_path / "lab.html").as_uri())
        lab = phone.locator("training-lab")
        lab.locator(".missed .thumb").first.wait_for()
        lab.locator(".train").tap()
        finish(lab)
        assert lab.locator(".where").inner_text() == "epoch 1 of 1"
    finally:
        context.close()
