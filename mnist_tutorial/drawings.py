"""Read a set of drawings: one's own test set, as the pad of `draw_digit` saves it."""

from os import PathLike
from pathlib import Path

from ._files import Part, as_path, check_pairs
from ._npz import read_npz

_SHIPPED = Path(__file__).parent / "data" / "drawings.npz"
_SIDE, _CLASSES = 28, 10


def load_drawings(path: str | PathLike[str] | None = None) -> Part:
    """Return drawings and their labels, as `load_mnist` returns one part of MNIST.

    The file is an ``.npz`` archive with two arrays, ``images`` and ``labels``, which ``numpy.load`` opens too. The
    drawing pad of `draw_digit` saves one; ``numpy.savez("my_digits.npz", images=images, labels=labels)`` makes one of
    other pictures, such as photographs that went through `prepare_digit`.

    Parameters
    ----------
    path
        The file; ``~`` is your home folder. ``None`` reads the set that ships inside the package: 200 digits, twenty of
        each, which a script drew.

    Returns
    -------
    images, labels
        Images: uint8, shape ``(n, 28, 28)``, 0 is the background and 255 full ink. Labels: uint8 from 0 to 9, shape
        ``(n,)``. There is at least one.

    Raises
    ------
    FileNotFoundError
        If there is nothing at ``path``.
    PermissionError
        If you may not read it.
    ValueError
        If the file is damaged or holds something else, if it is a folder, a pipe or a device, or if it claims to
        unpack to more than a hundred times its size (and more than 64 MiB); the message names the file, what was found,
        and what was expected. Pickled objects are refused, never opened.
    TypeError
        If ``path`` is of another type.

    Examples
    --------
    >>> images, labels = load_drawings()
    >>> images.shape, labels.shape
    ((200, 28, 28), (200,))
    """
    file = _SHIPPED if path is None else as_path(path, "an .npz file of drawings")
    images, labels = read_npz(file, ("images", "labels"))
    if images.shape[1:] != (_SIDE, _SIDE) or not len(images):
        raise ValueError(
            f"{file} (images): found shape {images.shape}; expected (n, {_SIDE}, {_SIDE}), and at least one drawing"
        )
    return check_pairs(images, labels, _CLASSES, f"{file} (labels)")
