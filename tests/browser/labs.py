"""JupyterLab, started as `make lab` starts it, and what a reader does first in it."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

BOOK = Path(__file__).parents[2] / "book"
sys.path.insert(0, str(BOOK))

from lab import command  # noqa: E402

SETTINGS = {  # nothing from elsewhere, and every cell in the page
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "notebook-extension/tracker": {"windowingMode": "none"},
}
END_KERNELS = """async () => {
    const headers = { "X-XSRFToken": document.cookie.match(/_xsrf=([^;]+)/)[1] };
    for (const { id } of await (await fetch("/api/sessions")).json())
        await fetch(`/api/sessions/${id}`, { method: "DELETE", headers });
}"""
WATCHES = ["--IPKernelApp.capture_fd_output=True", "--HistoryManager.enabled=False"]
KERNEL = {
    "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", *WATCHES],
    "display_name": "Python 3 (ipykernel)",
    "language": "python",
}


@contextmanager
def running_lab(folder):
    """Run a JupyterLab that shows a folder, with nothing of this machine's or its user's; give its address."""
    (folder / "kernels" / "python3").mkdir(parents=True)
    (folder / "kernels" / "python3" / "kernel.json").write_text(json.dumps(KERNEL), encoding="utf-8")
    for name, value in SETTINGS.items():
        file = folder / "lab" / "user-settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(value), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {name: str(folder) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_PATH", "IPYTHONDIR")}
    own["JUPYTER_DATA_DIR"] = str(folder / "data")  # which notebooks are trusted
    own["PYTHONPATH"] = str(BOOK)
    # Where this name is set, kernels do not watch the descriptor.
    environment = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    options = [f"--ServerApp.port={port}", "--IdentityProvider.token=", "--no-browser", "--allow-root"]
    with open(folder / "log", "w", encoding="utf-8") as log:
        server = subprocess.Popen([*command(folder), *options], env=environment | own, stdout=log, stderr=log)
    try:
        wait_for(f"http://127.0.0.1:{port}/api", server, folder / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def wait_for(address, server, log):
    """Wait until a server answers."""
    for _ in range(300):
        assert server.poll() is None, log.read_text(encoding="utf-8")
        try:
            return urllib.request.urlopen(address).close()
        except OSError:
            time.sleep(0.1)
    raise AssertionError(log.read_text(encoding="utf-8"))


def open_notebook(page, address, path):
    """Open a notebook of the folder, in a workspace of its own, and wait until its cells are there."""
    page.set_default_timeout(60_000)
    page.goto(f"{address}/lab/workspaces/{path.replace('/', '-').removesuffix('.ipynb')}/tree/{path}")
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()


def run_all(page):
    """Run all cells of the notebook that is open, without waiting for the end."""
    page.get_by_text("(ipykernel) | Idle").first.wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
