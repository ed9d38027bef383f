"""Widgets hold all their files once, say the same in both languages, and stand alone."""

import json
import re

import pytest

from mnist_tutorial import _widgets

each_widget = pytest.mark.parametrize("tag", _widgets.WIDGETS)


def test_every_folder_belongs_to_a_widget():
    folders = {path.name for path in _widgets.FOLDER.iterdir()}
    assert folders == {"shared", *_widgets.WIDGETS.values()}


@pytest.mark.parametrize("tags", [(tag,) for tag in _widgets.WIDGETS] + [tuple(_widgets.WIDGETS)])
def test_a_script_holds_every_file_of_its_widgets_once(tags):
    """A file that nobody puts into the page would be dead; one put in twice would not run."""
    script = _widgets.scripts(*tags)
    with_network = not _widgets.WITHOUT_NETWORK.issuperset(tags)
    for folder in ("shared", *(_widgets.WIDGETS[tag] for tag in tags)):
        for file in (_widgets.FOLDER / folder).iterdir():
            if file.stem in _widgets.NETWORK and not with_network:
                continue
            text = file.read_text(encoding="utf-8")
            if file.suffix != ".js":
                text = json.dumps(text)[1:-1].replace("</", "<\\/")
            assert script.count(text) == 1, file.name


def test_no_file_is_long():
    for file in _widgets.FOLDER.glob("*/*.js"):
        assert file.read_text(encoding="utf-8").count("\n") <= 300, file.name


@each_widget
def test_both_languages_have_the_same_words(tag):
    """A word that one language lacks would show as "undefined"."""
    source = (_widgets.FOLDER / _widgets.WIDGETS[tag] / "words.js").read_text(encoding="utf-8")
    english, korean = source.split("\n  ko: {")[0], source.split("\n  ko: {")[1].split("\n};")[0]
    names = [re.findall(r"^    (\w+):", part, re.MULTILINE) for part in (english, korean)]
    assert len(names[0]) > 3
    assert names[0] == names[1]
    assert len(set(names[0])) == len(names[0])  # of two words with one name, the later would silently win
