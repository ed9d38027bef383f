"""Ask a network for probabilities, and let nothing else pass for them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import keras

_SUM_TOLERANCE = 0.01  # bfloat16 and float16 round each number; their sums were seen to be off by 0.003
_SOFTMAX = (
    "expected probabilities: let the network end in softmax, or put it on top of one that ends in logits, "
    "keras.Sequential([model, keras.layers.Softmax()])"
)


def predict_probabilities(model: keras.Model, images: NDArray[np.generic]) -> NDArray[np.float32]:
    """Return the probabilities, shape ``(n, num_classes)``, or say what is wrong with the argument."""
    _check_model(model)
    _check_images(model, images)
    # Keras refuses to predict nothing; one blank image tells as well what the network predicts.
    asked = images if len(images) else np.zeros((1, *images.shape[1:]), images.dtype)
    try:
        outputs = model.predict(asked, batch_size=1000, verbose=0)
    except Exception as error:  # each layer has errors of its own
        raise ValueError(
            f"model: found no way to predict from {images.dtype} of shape {images.shape} "
            f"({type(error).__name__}, see above); expected one that takes such images alone"
        ) from error
    return _check_outputs(outputs, len(asked))[: len(images)]


def _check_model(model: Any) -> None:
    import keras

    if not isinstance(model, keras.Model):
        raise TypeError(f"model: found {type(model).__name__}; expected a Keras model, such as build_mlp()")
    inputs = getattr(model, "inputs", None) or []  # only models built from an Input know theirs
    if len(inputs) > 1:
        raise ValueError(f"model: found {len(inputs)} inputs; expected one that takes images alone")


def _check_images(model: keras.Model, images: Any) -> None:
    """Refuse images that the network was certainly not trained on."""
    import keras

    if not isinstance(images, np.ndarray):
        raise TypeError(f"images: found {type(images).__name__}; expected a NumPy array")
    scales = any(isinstance(layer, keras.layers.Rescaling | keras.layers.Normalization) for layer in _layers(model))
    shape = getattr(model, "input_shape", None)  # not there if the model was built by its first call
    expected = tuple(shape[1:]) if isinstance(shape, tuple) else None
    fits = images.ndim > 0 and (expected is None or _fits(images.shape[1:], expected))
    if not fits or images.dtype.kind not in ("iuf" if scales else "f"):
        kind = "numbers" if scales else "floats"
        wanted = kind if expected is None else f"{kind} of shape {('n', *expected)}"
        advice = "normalize(flatten(images))" if expected and len(expected) == 1 else "normalize(images)"
        raise ValueError(
            f"images: found {images.dtype} of shape {images.shape}; expected {wanted}, prepared as for training"
            + ("" if scales else f": {advice}")
        )
    if images.size:
        _check_range(images, scales)


def _layers(model: Any) -> Iterator[Any]:
    """Yield all layers, those of models within the model too."""
    for layer in model.layers:
        yield layer
        yield from _layers(layer) if hasattr(layer, "layers") else ()


def _fits(found: tuple[int, ...], expected: tuple[int | None, ...]) -> bool:
    """Whether Keras takes the shape: ``None`` is any size, and a last axis of 1 may be there or not."""
    return any(
        len(shape) == len(expected) and all(want in (None, have) for have, want in zip(shape, expected, strict=True))
        for shape in (found, (*found, 1), found[:-1] if found[-1:] == (1,) else found)
    )


def _check_range(images: NDArray[Any], scales: bool) -> None:
    """Refuse numbers that only a slip can explain. Standardized images, with numbers below 0, are left alone."""
    lowest, highest = images.min(), images.max()
    if not (np.isfinite(lowest) and np.isfinite(highest)):
        raise ValueError(f"images: found numbers from {lowest} to {highest}; expected finite ones, from 0 to 1")
    if scales or lowest < 0:
        return
    if highest > 16:  # up to there, other sets of digits have their greys
        slip = f"numbers up to {highest:g}; expected 0 to 1: normalize(images)"
    elif 0 < highest <= np.float32(1 / 255):
        slip = f"numbers up to {highest:.2g}, normalized twice? Expected 0 to 1"
    elif highest <= 1 and lowest < 0.5 and _paper_is_1(images):
        slip = "dark ink on white; expected 0 for paper and 1 for ink: 1 - images"
    else:
        return
    raise ValueError(
        f"images: found {slip}. For a network trained on such images, use model.predict(images).argmax(axis=1)"
    )


def _paper_is_1(images: NDArray[Any]) -> bool:
    """Whether nearly all of the images' edges, and most of their points, are above one half."""
    side = math.isqrt(images[0].size)
    if side < 8 or images[0].size != side**2:
        return False
    pictures = images.reshape(-1, side, side)
    edges = pictures[:, [0, -1], :], pictures[:, :, [0, -1]]
    return all(np.mean(edge > 0.5) > 0.95 for edge in edges) and bool(np.mean(pictures > 0.5) > 0.5)


def _check_outputs(outputs: Any, count: int) -> NDArray[np.float32]:
    """Return the outputs as float32 if they can be probabilities of classes."""
    if not isinstance(outputs, np.ndarray):
        raise ValueError(
            f"model: found {len(outputs)} outputs in a {type(outputs).__name__}; expected one. "
            "Take it by itself: keras.Model(model.inputs, model.outputs[0])"
        )
    if outputs.ndim != 2 or len(outputs) != count:
        raise ValueError(f"model: found outputs of shape {outputs.shape}; expected ({count}, num_classes)")
    if outputs.shape[1] < 2:
        raise ValueError(
            f"model: found outputs of shape {outputs.shape}; expected a probability for each of at least two classes: "
            "Dense(2, 'softmax') at the end. What one sigmoid predicts is model.predict(images)[:, 0] > 0.5"
        )
    probabilities = outputs.astype(np.float32, copy=False)
    sums = probabilities.sum(axis=1, dtype=np.float64)
    lowest, highest = probabilities.min(), probabilities.max()
    if not np.isfinite(sums).all():
        raise ValueError(
            "model: found outputs that are not finite; expected probabilities. The training went astray: "
            "train a new network, with a smaller learning rate"
        )
    if not 0 <= lowest <= highest <= 1 + _SUM_TOLERANCE:
        raise ValueError(f"model: found outputs from {lowest:.3g} to {highest:.3g}; {_SOFTMAX}")
    if np.abs(sums - 1).max() > _SUM_TOLERANCE:
        raise ValueError(f"model: found outputs with sums from {sums.min():.3g} to {sums.max():.3g}; {_SOFTMAX}")
    return probabilities
