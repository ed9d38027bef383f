"""Build the site of what stands in the sources: make book.

A chapter whose prose has changed gets new editions around the outputs it has. Where the code has changed, the chapter
has to run first, which may take minutes: that is named, and the site shows the last run.
"""

from collections.abc import Iterator
from pathlib import Path

import make_notebooks as made

ROOT = made.BOOK.parent
SITE = ROOT / "_build" / "html" / "index.html"
SHARED = (
    "_config.yml",
    "_toc.yml",
    "requirements.txt",
    "book/_ext",
    "book/_templates",
    "book/_static",
    "mnist_tutorial/questions",
    "mnist_tutorial/widget",
)


def main() -> None:
    """Make new editions where they need no running, then build the pages that have changed."""
    from jupyter_book.cli.main import main as jupyter_book

    stale = list(renew_editions(made.sources()))
    everything = ["--all"] if shared_is_newer() else []
    try:
        jupyter_book(["build", str(ROOT), *everything, "-W", "--keep-going"], standalone_mode=False)
    except BaseException:
        SITE.unlink(missing_ok=True)  # the next build starts over, for Sphinx would not warn of the same thing again
        raise
    SITE.touch()
    print("", *stale, f"Open {SITE.relative_to(ROOT)}", sep="\n")


def renew_editions(sources: list[Path]) -> Iterator[str]:
    """Write the editions of the chapters that need not run; yield a sentence for each that would have to."""
    for source in sources:
        try:
            made.make_prose(source)
        except made.StaleError as reason:
            yield f"Not up to date: {reason}"


def shared_is_newer() -> bool:
    """Tell whether something has changed that every page is made of."""
    if not SITE.exists():
        return True
    built = SITE.stat().st_mtime
    files = [file for name in SHARED for file in (ROOT / name, *(ROOT / name).rglob("*")) if file.is_file()]
    return any(file.stat().st_mtime > built for file in files if file.suffix != ".pyc")


if __name__ == "__main__":
    main()
