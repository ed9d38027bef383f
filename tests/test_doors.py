"""What make book does before Sphinx, and what make lab copies and refuses."""

import os
import re
import sys
from pathlib import Path

import pytest
from tornado.web import HTTPError

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "book"), str(ROOT / "book" / "_ext")]

import lab  # noqa: E402
import make_notebooks as made  # noqa: E402
import make_site  # noqa: E402
from neighbours import pages_to_write  # noqa: E402


def test_only_chapters_whose_code_has_changed_are_named(monkeypatch):
    """The others get new editions."""
    written = []

    def make_prose(source):
        if source.stem == "changed":
            raise made.StaleError("book/changed.md: its code has changed")
        written.append(source.stem)

    monkeypatch.setattr(made, "make_prose", make_prose)
    named = list(make_site.renew_editions([Path("a.md"), Path("changed.md"), Path("b.md")]))
    assert named == ["Not up to date: book/changed.md: its code has changed"]
    assert written == ["a", "b"]


def test_editions_that_are_right_are_not_touched(tmp_path):
    file = tmp_path / "edition"
    made.write_if_new(file, b"text")
    os.utime(file, (1, 1))
    made.write_if_new(file, b"text")
    assert file.stat().st_mtime == 1
    made.write_if_new(file, b"other")
    assert file.stat().st_mtime > 1


def test_all_pages_are_built_when_what_they_share_is_newer(tmp_path, monkeypatch):
    site, settings, static = tmp_path / "index.html", tmp_path / "_config.yml", tmp_path / "book" / "_static"
    monkeypatch.setattr(make_site, "ROOT", tmp_path)
    monkeypatch.setattr(make_site, "SITE", site)
    static.mkdir(parents=True)
    for file in settings, static / "book.css":
        file.touch()
    assert make_site.shared_is_newer(), "no site yet"
    site.touch()
    os.utime(site, (2e9, 2e9))
    assert not make_site.shared_is_newer()
    os.utime(static / "book.css", (2e9 + 1, 2e9 + 1))
    assert make_site.shared_is_newer()


def test_a_changed_title_is_written_to_every_page():
    class Title(str):
        def astext(self):
            return str(self)

    class Environment:
        titles = {"a": Title("A"), "b": Title("B")}  # noqa: RUF012

    environment = Environment()
    assert pages_to_write(None, environment) == ["a", "b"]
    assert pages_to_write(None, environment) == []
    environment.titles = {"a": Title("A"), "b": Title("B, better")}
    assert pages_to_write(None, environment) == ["a", "b"]


def test_copies_to_work_on_are_made_once(tmp_path):
    """What the reader has changed stays."""
    book, work = tmp_path / "book", tmp_path / "_work"
    for language in made.LANGUAGES:
        (book / language).mkdir(parents=True)
        (book / language / "one.ipynb").write_text(language)
    for name in lab.LINKED:
        (book / name).write_text(name)
    lab.copy_editions(book, work)
    (work / "ko" / "one.ipynb").write_text("changed")
    (book / "ko" / "two.ipynb").write_text("new")
    lab.copy_editions(book, work)
    files = [path for path in work.rglob("*") if path.is_file()]
    found = {path.relative_to(work).as_posix(): path.read_text(encoding="utf-8") for path in files}
    notebooks = {"ko/one.ipynb": "changed", "ko/two.ipynb": "new", "en/one.ipynb": "en"}
    assert found == notebooks | {name: name for name in lab.LINKED}


def test_copies_to_work_on_lead_where_the_book_leads(tmp_path):
    """A link out of a language's folder, to the script or the landing page, has a copy there too."""
    lab.copy_editions(made.BOOK, tmp_path)
    for edition in tmp_path.glob("*/*.ipynb"):
        for target in re.findall(r"\]\((\.\./[^)#]*)\)", edition.read_text(encoding="utf-8")):
            assert (edition.parent / target).is_file(), target


@pytest.mark.parametrize("path", ["book/ko/07_train.ipynb", "/book/en/07_train.ipynb"])
def test_tracked_editions_are_refused(path):
    with pytest.raises(HTTPError) as refused:
        lab.refuse_editions(path=path, model={}, contents_manager=None)
    assert refused.value.status_code == 403
    assert f"_work/{path[-17:]}" in refused.value.reason


@pytest.mark.parametrize("path", ["_work/ko/07_train.ipynb", "book/07_train.md", "mine/book/ko/07_train.ipynb"])
def test_all_else_may_be_saved(path):
    lab.refuse_editions(path=path, model={}, contents_manager=None)


def test_make_lists_what_there_is():
    """Every target that is not a file, with what it does, and those alone."""
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    (phony,) = [line.split()[1:] for line in lines if line.startswith(".PHONY")]
    told = [line.split(":")[0] for line in lines if line[:1].isalpha() and " # " in line]
    assert sorted(told) == sorted(phony)
    assert told[0] == "help"
