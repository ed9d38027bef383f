"""Show the site at an address, build it anew when a source is saved, and reload the page then: make serve."""

import sys
from collections.abc import Sequence
from pathlib import Path

import make_site
import uvicorn
from make_notebooks import BOOK, LANGUAGES
from sphinx_autobuild.filter import IgnoreFilter
from sphinx_autobuild.middleware import JavascriptInjectorMiddleware
from sphinx_autobuild.server import RebuildServer
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, WebSocketRoute
from starlette.staticfiles import StaticFiles

WATCHED = [BOOK, make_site.ROOT / "_config.yml", make_site.ROOT / "_toc.yml"]
MADE = [*(BOOK / language for language in LANGUAGES), BOOK / "_static" / "cover.png"]


def build(changed_paths: Sequence[Path]) -> None:
    """Build what has changed; a mistake in a source is shown, and does not end the server."""
    try:
        make_site.main()
    except Exception as error:
        print(f"\nNot built: {error}")


def application(here: str) -> Starlette:
    """Return a server of the site that rebuilds and reloads."""
    watcher = RebuildServer(WATCHED, IgnoreFilter(MADE, [r"__pycache__", r"\.ipynb_checkpoints"]), build)
    routes = [
        WebSocketRoute("/websocket-reload", watcher),
        Mount("/", StaticFiles(directory=make_site.SITE.parent, html=True)),
    ]
    reload = Middleware(JavascriptInjectorMiddleware, ws_url=here)
    return Starlette(routes=routes, middleware=[reload], lifespan=watcher.lifespan)


def main(port: int = 8000) -> None:
    """Build once, then serve until interrupted."""
    build([])
    make_site.SITE.parent.mkdir(parents=True, exist_ok=True)
    print(f"Open http://127.0.0.1:{port}/ (Ctrl+C ends)")
    uvicorn.run(application(f"127.0.0.1:{port}"), host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
