"""Say at import, in a sentence, which requirement is not met: what goes wrong later seldom tells."""

import re
import sys
import warnings
from importlib.metadata import PackageNotFoundError, distribution, version


def check_requirements() -> None:
    """Warn of each requirement in the package's metadata that this Python, or a package installed here, does not meet.

    What is not installed needs no sentence: importing it names it.
    """
    try:
        package = distribution("mnist-tutorial")
    except PackageNotFoundError:  # used from its folder, without having been installed
        return
    needed = [f"python{package.metadata['Requires-Python']}"]
    needed += [line for line in package.requires or () if "extra ==" not in line]
    for requirement in needed:
        name, bounds = re.fullmatch(r"([\w-]+)(.*)", requirement).groups()  # type: ignore[union-attr]
        try:
            found = sys.version.split()[0] if name == "python" else version(name)
        except PackageNotFoundError:
            continue
        if not _within(found, bounds):
            warnings.warn(f"{name}: found {found}; mnist_tutorial expects {bounds}", RuntimeWarning, stacklevel=3)


def _within(found: str, bounds: str) -> bool:
    """Tell whether a version is within bounds such as ``>=2.16.1,<2.22``.

    >>> _within("2.15.1", ">=2.16.1,<2.22"), _within("2.16.1", ">=2.16.1,<2.22"), _within("2.22.0", ">=2.16.1,<2.22")
    (False, True, False)
    """
    at = _numbers(found)
    return all(
        at >= _numbers(bound) if relation == ">=" else at < _numbers(bound)
        for relation, bound in re.findall(r"(>=|<)([\d.]+)", bounds)
    )


def _numbers(version: str) -> list[int]:
    """Return a version's numbers: those of "2.20.0rc0" are 2, 20, 0."""
    return [int(number) for number in re.match(r"\d+(?:\.\d+)*", version)[0].split(".")]  # type: ignore[index]
