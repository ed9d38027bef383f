"""Open the chapters in JupyterLab, as copies in _work that may be changed at will: make lab.

The editions in book/ko and book/en are made files and tracked; saved over, they would no longer be what the sources
give. So JupyterLab, started here, refuses to save them.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tornado.web import HTTPError

BOOK = Path(__file__).parent
LANGUAGES = ("ko", "en")
LINKED = ("index.md", "plain_keras.py")  # what the chapters lead to beside themselves


def copy_editions(book: Path, work: Path) -> None:
    """Copy what ``work`` does not hold yet. What is there stays, for the reader may have changed it."""
    editions = [edition for language in LANGUAGES for edition in (book / language).glob("*.ipynb")]
    for file in [*editions, *(book / name for name in LINKED)]:
        copy = work / file.relative_to(book)
        copy.parent.mkdir(parents=True, exist_ok=True)
        if not copy.exists():
            shutil.copy(file, copy)


def refuse_editions(path: str, **others: Any) -> None:
    """Refuse to save over a tracked edition; Jupyter shows the reason."""
    if re.match(r"/?book/(ko|en)/[^/]+\.ipynb$", path):
        copy = path.lstrip("/").replace("book", "_work", 1)
        raise HTTPError(403, reason=f"{path} is a made file. Work on its copy: {copy}")


def command(root: Path) -> list[str]:
    """Return what starts JupyterLab with a folder that holds the copies in _work and, in reach, all else."""
    settings = {
        "ServerApp.root_dir": root,
        "LabApp.default_url": "/lab/tree/_work",
        "ContentsManager.pre_save_hook": "lab.refuse_editions",
    }
    return [sys.executable, "-m", "jupyterlab", *(f"--{name}={value}" for name, value in settings.items())]


def main(options: list[str]) -> None:
    """Copy, and start JupyterLab."""
    root = BOOK.parent
    copy_editions(BOOK, root / "_work")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(BOOK), os.environ.get("PYTHONPATH")]))
    raise SystemExit(subprocess.call([*command(root), *options]))


if __name__ == "__main__":
    main(sys.argv[1:])
