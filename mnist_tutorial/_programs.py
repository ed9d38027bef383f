"""Compiled programs are kept, because compiling one takes longer than many a training."""

from __future__ import annotations

import json
import random
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any

from ._engine import Augment, Data, Program, is_keras_own, prepare, state, use_xla

if TYPE_CHECKING:
    import keras

MOST = 8  # programs kept for models that Keras can rebuild, whoever trained them, and for each model that it cannot
_shared: list[tuple[Any, Program]] = []
_lock = Lock()


@contextmanager
def lease(
    model: keras.Model, data: Data, epochs: int, batch_size: int, augment: Augment | None, jit_compile: bool | None
) -> Iterator[Program]:
    """Lend a program that trains ``model`` to one training at a time: one that was kept, or a new one.

    A model that its description describes wholly is trained by a program for a copy of it, which then serves every
    model of the same description and holds on to none of them. Any other model gets a program of its own, kept with
    the model and gone with it.
    """
    prepare(model, data)
    xla = use_xla(model, epochs * len(data.x) // batch_size) if jit_compile is None else jit_compile
    with _lock:
        words = describe(model)
    kept = _shared if words else vars(model).setdefault("_mnist_tutorial_programs", [])
    key: list[Any] = [words or (model.optimizer, *model.metrics), batch_size, augment, xla]
    key += [len(part) if xla else None for part in data] + [(part.shape[1:], part.dtype) for part in data[:2]]
    with _lock:
        program = next((program for other, program in kept if other == key), None)
        if program is None:
            program = Program(copy(model, data) if words else model, data, batch_size, augment, xla)
        else:
            kept[:] = [(other, it) for other, it in kept if it is not program]
    try:
        yield program
    finally:
        with _lock:
            kept[:] = [*kept[1 - MOST :], (key, program)]


def describe(model: keras.Model) -> str | None:
    """Describe network, optimizer, loss, and metrics, or return None if words do not tell the whole.

    Numbers in automatic names (dense_3) are counted anew, so that models built by the same code read alike. What
    training keeps in variables (learning rate, random state) is left out.
    """
    layers = model._flatten_layers()
    if not all(_has_no_secrets(layer) for layer in layers):
        return None
    with warnings.catch_warnings():  # of functions that cannot be saved
        warnings.simplefilter("ignore")
        try:
            text = json.dumps([model.get_config(), model.get_compile_config()])
        except TypeError:
            return None
    # A class of one's own has another module or null, a function "builtins", a lambda none at all.
    if text.count('"class_name": ') != len(re.findall(r'"module": "keras[."]', text)):
        return None
    text = re.sub(r'"(learning_rate|seed)": [-+.\de]+', r'"\1": 0', text)
    numbers: dict[str, dict[str, int]] = {}

    def renumber(match: re.Match[str]) -> str:
        name = match[1] or match[2]
        base = re.sub(r"_\d+$", "", name)
        same = numbers.setdefault(base, {})
        return f'"{base} {same.setdefault(name, len(same))}"'

    return re.sub(r'(?<="name": )"([^"]+)"|"([^"]+)"(?=, \d+, \d+\])', renumber, text)


def _has_no_secrets(layer: Any) -> bool:
    """Say whether a layer and what it calls come with Keras, with no state but variables (``adapt`` gives other)."""
    import keras

    held = [] if isinstance(layer, keras.Model) else vars(layer).values()
    return not hasattr(layer, "adapt") and all(is_keras_own(part) for part in (layer, *held) if callable(part))


def copy(model: keras.Model, data: Data) -> keras.Model:
    """Return a model like ``model``, and leave the random numbers that the next one will draw as they are."""
    before = random.getstate()
    try:
        twin = type(model).from_config(model.get_config())
        twin.compile_from_config(model.get_compile_config())
    finally:
        random.setstate(before)
    prepare(twin, data)
    assert [v.shape for v in state(twin)] == [v.shape for v in state(model)]
    return twin
