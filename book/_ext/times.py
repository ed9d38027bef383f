"""How long a chapter takes to read and to run: under its title, and on the landing page where it says <!-- times -->.

Reading is computed from the edition, without what is folded and without its exercises, which are counted; running is
what `make bench` measured last.
"""

import json
import re
from pathlib import Path
from typing import Any

from answers import ASKED
from docutils import nodes
from languages import LANGUAGES, language_of
from site_search import part_of
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

MEASURED = Path(__file__).parents[2] / "mnist_tutorial" / "data" / "benchmarks.json"
WORDS_A_MINUTE = {"ko": 160, "en": 220}  # read to learn, not for pleasure; a Korean word is what spaces part
LINES_A_MINUTE = 20  # of code
MARKER = "<!-- times -->"
EXERCISE = re.compile(rf"^\*\*{ASKED.pattern}\*\*", re.MULTILINE)
WORKED = {"hide-cell", "quiz", "exercise"}  # tags of cells that are not read
CHAPTER = {
    "ko": ("읽는 데 약 {}", " · 실행하는 데 약 {}"),
    "en": ("About {} to read", " · {} to run"),
}
EXERCISES = {"ko": " · 문제 {}개", "en": " · {} exercises"}
BOOK = {
    "ko": ("본문 {n}장을 모두 읽는 데 약 {}", ", 실행하는 데 약 {}", " 걸립니다."),
    "en": ("The {n} chapters take about {} to read", " and {} to run", "."),
}
UNITS = {
    "ko": ("{}초", "{}분", "{}시간", "{}시간 30분"),
    "en": ("{} seconds", "{} minutes", "{} hours", "{}½ hours"),
}


def reading_minutes(notebook: dict[str, Any], language: str) -> float:
    """Return how long it takes to read an edition: prose up to an exercise, and code that is neither folded nor one."""
    words = lines = 0
    for cell in notebook["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            read = EXERCISE.split(text)[0]
            open_text = re.sub(r"<details>.*?</details>|(?<=\])\([^)]*\)", "", read, flags=re.DOTALL)
            words += len(re.findall(r"\S*\w\S*", open_text))
        elif cell.get("id") != "setup" and WORKED.isdisjoint(cell["metadata"].get("tags", [])):
            lines += sum(bool(line.strip()) for line in text.splitlines())
    return words / WORDS_A_MINUTE[language] + lines / LINES_A_MINUTE


def count_exercises(notebook: dict[str, Any]) -> int:
    """Return how many exercises an edition has."""
    prose = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    return sum(len(EXERCISE.findall(text)) for text in prose)


def chapters(book: Path, language: str) -> list[Path]:
    """Return the editions of the numbered chapters, without the appendices."""
    return sorted(path for path in (book / language).glob("*.ipynb") if path.stem[0].isdigit())


def spell(seconds: float, language: str) -> str:
    """Return a time as people say it: to 5 seconds, to the minute, or from an hour on to the half hour."""
    minutes, half_hours = round(seconds / 60), round(seconds / 1800)
    if seconds < 57.5:
        count, unit = max(5 * round(seconds / 5), 5), 0
    elif minutes < 60:
        count, unit = minutes, 1
    else:
        count, unit = half_hours // 2, 2 + half_hours % 2
    words = UNITS[language][unit].format(count)
    return words.removesuffix("s") if count == 1 and unit < 3 else words


def read(edition: Path) -> dict[str, Any]:
    """Return an edition's notebook."""
    notebook: dict[str, Any] = json.loads(edition.read_text(encoding="utf-8"))
    return notebook


def told(editions: list[Path], language: str, frame: tuple[str, ...], measured: dict[str, float]) -> str:
    """Return the sentence with the sum for some editions; how long they run only if each has been measured."""
    minutes = [reading_minutes(read(path), language) for path in editions]
    reading, running, *end = frame
    sentence = reading.format(spell(60 * sum(minutes), language), n=len(editions))
    seconds = [measured.get(path.stem) for path in editions]
    if all(seconds):
        sentence += running.format(spell(sum(filter(None, seconds)), language))
    return sentence + "".join(end)


def measured_seconds() -> dict[str, float]:
    """Return how long each chapter ran when it was measured."""
    seconds: dict[str, float] = json.loads(MEASURED.read_text(encoding="utf-8"))["book"]
    return seconds


class Times(SphinxTransform):
    """Say in one document how long it takes, or the book."""

    default_priority = 260

    def apply(self, **kwargs: Any) -> None:
        """Put a line under the title of a chapter or an appendix; replace the landing page's markers."""
        language, edition = language_of(self.env.docname), Path(self.env.doc2path(self.env.docname))
        if language and re.match(r"a?\d", edition.stem):
            title = self.document.next_node(nodes.title)
            place = title.parent.index(title) + 1
            title.parent.insert(place, self.line([edition], language, CHAPTER))
        elif not language:
            for marker in list(self.document.findall(nodes.raw)):
                part = part_of(marker.parent)
                if marker.astext().strip() == MARKER and part:
                    marker.parent.replace(marker, self.line(chapters(edition.parent, part), part, BOOK))

    def line(self, editions: list[Path], language: str, frames: dict[str, tuple[str, ...]]) -> nodes.raw:
        """Return the line for some editions, and read this page anew when its reasons change."""
        for path in (MEASURED, *editions):
            self.env.note_dependency(str(path))
        words = told(editions, language, frames[language], measured_seconds())
        if frames is CHAPTER and (count := count_exercises(read(editions[0]))):
            words += EXERCISES[language].format(count)
        return nodes.raw("", f'<p class="times">{words}</p>', format="html")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register it with Sphinx."""
    assert CHAPTER.keys() == BOOK.keys() == LANGUAGES.keys()
    app.add_transform(Times)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
