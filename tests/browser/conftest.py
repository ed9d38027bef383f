"""A reader's browser and the built site: Debian's chromium or an installed Chrome, with every other host out of reach.

Every test's page complains by itself: an error in the console or a request to another host fails the test.
"""

import gzip
import os
import shutil
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import playwright.sync_api
import pytest
import trainings
from labs import END_KERNELS, running_lab
from pads import CHAPTER, PAGE

import mnist_tutorial as mt

SITE = Path(__file__).parents[2] / "_build" / "html"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Launch the machine's own browser, and let it find no host but this machine."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    own = {"executable_path": program} if program else {"channel": "chrome"}  # where Windows and macOS install Chrome
    return browser_type_launch_args | own | {"args": ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]}


@pytest.fixture(scope="session")
def browser(launch_browser):
    """Return the running browser; without one, skip and say so, but fail in CI."""
    try:
        running = launch_browser()
    except playwright.sync_api.Error as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no Chromium or Chrome could be started on this machine: {error.message.splitlines()[0]}")
    yield running
    running.close()


@pytest.fixture
def page(page, server):
    """Return a page that must stay quiet, and ask only this machine."""
    complaints = []
    here = (server, "file:", "data:", "blob:")
    page.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_default_timeout(10_000)
    page.on("request", lambda request: None if request.url.startswith(here) else complaints.append(request.url))
    yield page
    assert complaints == []


@pytest.fixture(scope="session")
def trained(mnist):
    """Return a network that has learned enough for clear answers."""
    (X_train, Y_train), _ = mnist
    model = mt.build_mlp()
    mt.fit(model, X_train, Y_train, epochs=2, seed=0)
    return model


@pytest.fixture
def chapter(page, server):
    """Return the drawing pad of the English chapter, in a window that holds little else."""
    page.set_viewport_size({"width": 800, "height": 700})
    page.goto(CHAPTER.format("en"))
    return page.locator("draw-digit")


@pytest.fixture
def open_pads(page, tmp_path):
    """Open a page of one's own with these drawing pads, from disk."""

    def open_them(*pads):
        file = tmp_path / "pads.html"
        file.write_text(PAGE.format("en", "".join(pad.html for pad in pads)), encoding="utf-8")
        page.goto(file.as_uri())
        return page.locator("draw-digit")

    return open_them


@pytest.fixture(scope="session")
def site():
    """Return the folder of the built site."""
    assert (SITE / "index.html").is_file(), "the site is not built yet: run make book"
    return SITE


@pytest.fixture(scope="session")
def disk(site):
    """Return the address of the site's folder, as a reader without a network opens it."""
    return f"{site.as_uri()}/"


@pytest.fixture(scope="session")
def base_url(server):
    """Let tests write "book/index.html" for an address on the server."""
    return server


@pytest.fixture(scope="session")
def server(site):
    """Return the address of the site on a server that sends gzip, as static hosts do."""
    service = ThreadingHTTPServer(("127.0.0.1", 0), partial(GzipHandler, directory=site))
    Thread(target=service.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{service.server_port}/"
    service.shutdown()
    service.server_close()


@pytest.fixture(scope="session")
def images():
    """Return what is trained on in a page, not yet normalized, and the labels; the last ones are for validation."""
    return trainings.load()


@pytest.fixture(scope="session")
def open_blank(browser, images, tmp_path_factory):
    """Open a page from disk that holds nothing but the shared scripts and the data, and must not complain."""
    file = tmp_path_factory.mktemp("training") / "blank.html"
    complaints = []

    def open_it(head="", before=""):
        file.write_text(f"<!doctype html><meta charset=utf-8>{head}<title>Blank</title>", encoding="utf-8")
        page = browser.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.add_init_script(before)
        page.goto(file.as_uri())
        page.add_script_tag(content=trainings.script(*images))
        return page

    yield open_it
    assert complaints == []


@pytest.fixture(scope="session")
def blank(open_blank):
    """Return such a page for all tests; none leaves anything in it."""
    return open_blank()


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """Return the address of a running JupyterLab, and the folder that it shows."""
    folder = tmp_path_factory.mktemp("lab")
    with running_lab(folder) as address:
        yield address, folder


@pytest.fixture
def reader(lab, browser):
    """Return a page on which no script fails; the kernels that it starts end with it."""
    page, errors = browser.new_page(locale="de-DE"), []  # the notebooks' languages are theirs, not the browser's
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.evaluate(END_KERNELS)
    page.close()
    assert errors == []


class GzipHandler(SimpleHTTPRequestHandler):
    """Python's file server, plus gzip for what compresses well."""

    def do_GET(self):
        file = Path(self.translate_path(self.path))
        if file.suffix not in {".html", ".css", ".js", ".svg", ".json", ".ipynb"} or not file.is_file():
            return super().do_GET()
        body = gzip.compress(file.read_bytes(), compresslevel=6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(file))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Keep the tests' output free of the server's log."""
