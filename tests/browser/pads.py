"""What a reader does with a drawing pad in the browser, and sees on it."""

import io

import numpy as np
import PIL.Image
from hands import curve

CHAPTER = "book/{}/12_draw.html"
HINTS = {"en": "Draw a digit here", "ko": "여기에 숫자를 쓰세요"}
PAGE = '<!doctype html><html lang="{}"><meta charset="utf-8"><title>Pads</title><body>{}</body></html>'


def answer(pad):
    return pad.locator(".digit").inner_text()


def switch(pad, name, on):
    """Set one of the steps, as a click does."""
    pad.locator(f"input[name={name}]").set_checked(on)


def sheet(pad):
    """Return where the pad's paper is, once it is in sight."""
    pad.locator(".pad").hover()  # waits until the page has come to rest
    return pad.locator(".pad").bounding_box()


def ink(pad):
    """Return how dark each point of the pad is, from 0 to 255."""
    return np.array(pad.evaluate("element => Array.from(element.paper.ink())"), np.uint8)


def pixels(pad):
    """Return the numbers that the network got last, after the next painting."""
    script = "async (element) => (await new Promise(requestAnimationFrame), Array.from(element.picture.pixels))"
    return np.array(pad.evaluate(script))


def painted(canvas):
    """Return what a canvas holds: rows, columns, and red, green, blue, and how dense."""
    script = """canvas => {
        const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
        copy.drawImage(canvas, 0, 0);
        return [canvas.width, Array.from(copy.getImageData(0, 0, canvas.width, canvas.height).data)];
    }"""
    width, values = canvas.evaluate(script)
    return np.reshape(values, (-1, width, 4))


def photograph(part):
    """Return a part of the page as it looks: rows, columns, and red, green, blue."""
    return np.asarray(PIL.Image.open(io.BytesIO(part.screenshot())).convert("RGB")).astype(int)


def write(page, pad, strokes, size=0.6, corner=(0.2, 0.2)):
    """Write strokes with the mouse, on a clean pad."""
    pad.get_by_role("button", name="Clear").click()
    box = sheet(pad)
    for stroke in strokes:
        places = [
            [box[name] + box[length] * (start + size * value / 100) for name, length, start, value in axes]
            for axes in ((("x", "width", corner[0], x), ("y", "height", corner[1], y)) for x, y in curve(stroke))
        ]
        page.mouse.move(*places[0])
        page.mouse.down()
        for place in places[1:]:
            page.mouse.move(*place)
        page.mouse.up()
    pad.evaluate("() => new Promise(requestAnimationFrame)")  # the answer comes with the next painting


class Glass:
    """A touch screen: fingers, palms and pens on the pad, at places from 0 to 100."""

    def __init__(self, context, page, pad):
        self.session, self.pad, self.box, self.down = context.new_cdp_session(page), pad, sheet(pad), {}

    def place(self, x, y):
        return {
            "x": self.box["x"] + self.box["width"] * x / 100,
            "y": self.box["y"] + self.box["height"] * y / 100,
        }

    def touch(self, name, *points, radius=8):
        """Put a finger down, or lead it on."""
        for point in points:
            kind = "touchMove" if name in self.down else "touchStart"
            self.down[name] = self.place(*point) | {"id": name, "radiusX": radius, "radiusY": radius}
            self.send(kind, list(self.down.values()))

    def lift(self, name, kind="touchEnd"):
        lifted = self.down.pop(name)
        self.send(kind, [lifted] if kind == "touchEnd" else [])

    def send(self, kind, points):
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def pen(self, kind, x, y):
        button = {"button": "left", "clickCount": 1} if kind != "mouseMoved" else {"buttons": 1}
        event = {"type": kind, "pointerType": "pen", **self.place(x, y), **button}
        self.session.send("Input.dispatchMouseEvent", event)

    def is_dark(self, x, y):
        """Say whether there is ink."""
        side = self.pad.evaluate("element => element.size")
        return bool(ink(self.pad).reshape(side, side)[int(side * y / 100), int(side * x / 100)])
