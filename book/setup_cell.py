"""The first cell of every edition, the only one in which they differ: it installs the library where it is missing.

It stands in no source, shows on no page of the book, and is collapsed in Jupyter and Colab. Where the library is
there, it does no more than choose the language of what notebooks show, and says nothing.
"""

from pathlib import Path

import nbformat
import yaml
from nbformat import NotebookNode

CONFIG = Path(__file__).parent.parent / "_config.yml"
ID = "setup"
TITLES = {"ko": "준비", "en": "Setup"}  # Colab shows it in place of the code
ABSENT = {
    "ko": "이 노트북과 함께 있는 라이브러리가 필요합니다. README.ko.md의 '가져다 쓰기'를 보세요.",
    "en": "This notebook needs the library that comes with it: see 'Import' in README.md.",
}
CODE = """\
# @title {title}
try:
    import mnist_tutorial as mt
except ModuleNotFoundError:
    {otherwise}
mt.quiet_startup()
mt.set_language("{language}")"""


def setup_cell(language: str, address: str | None = None) -> NotebookNode:
    """Return the cell; ``address`` is the repository's, by default what _config.yml says."""
    address = repository() if address is None else address
    if address:
        otherwise = f"%pip install --quiet git+{address}\n    import mnist_tutorial as mt"
    else:
        otherwise = f'raise ModuleNotFoundError("{ABSENT[language]}") from None'
    code = CODE.format(title=TITLES[language], otherwise=otherwise, language=language)
    metadata = {
        "cellView": "form",  # for Colab
        "jupyter": {"source_hidden": True},
        "tags": ["remove-cell"],
    }
    return nbformat.v4.new_code_cell(code, id=ID, metadata=metadata)


def repository() -> str:
    """Return the repository's address and branch as pip takes them, or "" while _config.yml names none."""
    settings = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))["repository"]
    url = settings["url"].removesuffix("/").removesuffix(".git")
    return url and f"{url}.git@{settings['branch']}"
