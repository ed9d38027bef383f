"""Find the files of a data set in a folder, under the names that people have them by."""

import re
from collections.abc import Iterator
from pathlib import Path

from ._files import causes

_PART = r"(?P<set>(?:.*[-_. ])?)(?P<part>train|t10k|test)"
_IDX = re.compile(_PART + r"[-_. ](?P<kind>images|labels)[-_. ]idx[13][-_. ]ubyte(\.gz)?", re.IGNORECASE | re.DOTALL)
_CSV = re.compile(_PART + r"([-_. ]small)?(?P<kind>\.csv)(\.gz)?", re.IGNORECASE | re.DOTALL)  # small: as in Colab
_IDX_NAMES = {
    ("train", "images"): "train-images-idx3-ubyte",
    ("train", "labels"): "train-labels-idx1-ubyte",
    ("test", "images"): "t10k-images-idx3-ubyte",
    ("test", "labels"): "t10k-labels-idx1-ubyte",
}
_CSV_NAMES = {("train", ".csv"): "train.csv", ("test", ".csv"): "test.csv"}
IN_FOLDER = (
    f"the four IDX files ({', '.join(_IDX_NAMES.values())}), plain or gzipped, or a pair such as "
    "mnist_train.csv and mnist_test.csv"
)
Files = dict[tuple[str, str], Path]


def find_set(folder: Path, wanted: str | None = None) -> list[Path] | None:
    """Return the four IDX files or the two CSV files of one data set: training before test, images before labels.

    ``wanted`` is what the names of its files begin with, such as "emnist-letters"; where there is no such file, the
    answer is ``None``. Without it, the folder holds one data set, or one under the plain names among others.
    """
    with causes(folder, "a folder with " + IN_FOLDER):
        files = list(_files_in(folder))
    begun: list[tuple[str, list[str]]] = []  # data sets with the names of the files that are missing
    for pattern, names in ((_IDX, _IDX_NAMES), (_CSV, _CSV_NAMES)):
        sets = _sets(files, pattern)
        if wanted is not None:
            sets = {name: held for name, held in sets.items() if name == wanted.lower()}
        complete = {name: held for name, held in sets.items() if len(held) == len(names)}
        if len(complete) == 1 or "" in complete:
            held = complete[min(complete)]  # "" comes first
            return [held[key] for key in names]
        if complete:
            raise ValueError(
                f"{folder}: found the data sets {', '.join(sorted(complete))}; "
                f"expected one, or a path that says which: {folder / min(complete)}"
            )
        begun += [(name, [names[key] for key in names if key not in held]) for name, held in sets.items()]
    if begun:
        name, missing = min(begun, key=lambda one: len(one[1]))
        first = f"{name}-{missing[0]}" if name else missing[0]
        hint = "; a single CSV file is read by its own path" if first.endswith(".csv") else ""
        raise FileNotFoundError(f"{folder / first}: no such file, plain or .gz; the folder holds {_shown(files)}{hint}")
    if wanted is not None:
        return None
    raise FileNotFoundError(f"{folder}: found a folder that holds {_shown(files)}; expected {IN_FOLDER}")


def _sets(files: list[Path], pattern: re.Pattern[str]) -> dict[str, Files]:
    sets: dict[str, Files] = {}
    for file in files:
        if match := pattern.fullmatch(file.name):
            part = "train" if match["part"].lower() == "train" else "test"
            held = sets.setdefault(match["set"].lower().rstrip("-_. "), {})
            held.setdefault((part, match["kind"].lower()), file)
    return sets


def _shown(files: list[Path]) -> list[str]:
    return sorted(file.name for file in files)[:8]


def _files_in(folder: Path) -> Iterator[Path]:
    """Yield the files; for a folder that holds a file of its own name, as some programs unpack, that file."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name.lower()):  # plain before gzipped
        if entry.name.startswith("."):
            continue  # what macOS leaves behind
        if entry.is_dir():
            for name in (entry.name, f"{entry.name}.csv", f"{entry.name}.gz", entry.stem):
                if (entry / name).is_file():
                    yield entry / name
                    break
        else:
            yield entry
