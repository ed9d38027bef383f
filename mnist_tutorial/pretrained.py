"""Networks whose training takes minutes, trained beforehand by ``book/pretrain.py`` of the project."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from .model import build_cnn, build_mlp

if TYPE_CHECKING:
    import keras

SHIPPED = Path(__file__).parent / "data" / "pretrained.npz"
BUILDERS: dict[str, Callable[[], keras.Model]] = {
    "mlp": build_mlp,
    "mlp_straightened": build_mlp,
    "cnn": build_cnn,
    "small_cnn": lambda: build_cnn(filters=(8, 12, 12)),
}


def load_pretrained(name: str) -> list[keras.Model]:
    """Return five trained networks that ship inside the package, one for each of the seeds 0 to 4.

    All had the training of the book's chapter 10: 15 epochs of the 60,000 training images, shifted by up to one pixel,
    in batches of 100, with Adam, weight decay, and a one-cycle learning rate; "small_cnn" without weight decay.

    Parameters
    ----------
    name
        "mlp" and "cnn" are `build_mlp` and `build_cnn` with their defaults. "mlp_straightened" is "mlp", but its images
        were straightened first, and so must be those that it reads (see `straighten`). "small_cnn" is `build_cnn` with
        fewer filters: 3,354 parameters.

    Returns
    -------
    list of keras.Model
        Compiled as by their builders. Their weights are stored as float16.

    Raises
    ------
    ValueError
        If there are no networks of this name.

    Examples
    --------
    >>> len(load_pretrained("small_cnn"))
    5
    """
    if not isinstance(name, str) or name not in BUILDERS:
        raise ValueError(f"name: found {name!r}; expected one of {', '.join(BUILDERS)}")
    with np.load(SHIPPED) as archive:
        rows = archive[name].astype(np.float32)
    models = []
    for row in rows:
        model = BUILDERS[name]()
        shapes = [weights.shape for weights in model.get_weights()]
        ends = np.cumsum([math.prod(shape) for shape in shapes])
        parts = np.split(row, ends[:-1])
        model.set_weights([part.reshape(shape) for part, shape in zip(parts, shapes, strict=True)])
        models.append(model)
    return models
