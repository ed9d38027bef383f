"""The network of the drawing pad: Dense layers one after another, read from a Keras model, packed, and checked."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import keras

EXPECTED = "expected one like build_mlp's: Dense layers, ReLU in the hidden ones, softmax at the end"
PASSIVE = (  # layers that do nothing once a network is trained, or nothing that the pad would notice
    *("InputLayer", "Flatten", "Identity", "ActivityRegularization"),
    *("Dropout", "AlphaDropout", "GaussianDropout", "GaussianNoise", "SpatialDropout1D", "SpatialDropout2D"),
)


@dataclass(frozen=True)
class PackedNetwork:
    """Dense layers, ReLU between them, softmax at the end.

    Attributes
    ----------
    sizes
        Numbers in an input row, units of each hidden layer, and classes.
    weights
        Matrix and biases of each layer, one after another in one row of float16, little-endian.
    """

    sizes: tuple[int, ...]
    weights: NDArray[np.float16]

    def run(self, rows: NDArray[Any]) -> NDArray[np.float64]:
        """Return the probabilities for rows of inputs, as the browser computes them."""
        numbers, at = self.weights.astype(np.float64), 0
        values = rows.astype(np.float64)
        for inputs, units in zip(self.sizes, self.sizes[1:], strict=False):
            matrix, biases = np.split(numbers[at : at + (inputs + 1) * units], [inputs * units])
            sums = values @ matrix.reshape(inputs, units) + biases
            values = np.maximum(sums, 0)
            at += (inputs + 1) * units
        powers = np.exp(sums - sums.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def pack(model: keras.Model) -> PackedNetwork:
    """Read a model; a `ValueError` says what there is in it that the pad cannot compute."""
    layers = _dense_layers(model)
    matrices = [_numbers(layer.kernel) for layer in layers]
    sizes = (len(matrices[0]), *(matrix.shape[1] for matrix in matrices))
    if math.isqrt(sizes[0]) ** 2 != sizes[0]:
        raise ValueError(f"model: found {sizes[0]} inputs; expected those of a square image, such as 784 = 28 × 28")
    biases = [_numbers(layer.bias) for layer in layers]
    weights = np.concatenate([np.ravel(array) for pair in zip(matrices, biases, strict=True) for array in pair])
    counted = sum(math.prod(variable.shape) for variable in model.weights)
    if counted != weights.size:
        raise ValueError(f"model: found {counted:,} weights, {weights.size:,} of them in its Dense layers; {EXPECTED}")
    if not np.abs(weights).max() <= np.finfo(np.float16).max:  # written so that NaN fails too
        raise ValueError("model: found a weight that is no number or beyond 65,504; expected ones that fit float16")
    packed = PackedNetwork(sizes, weights.astype("<f2"))
    _compare(packed, model)
    return packed


def _dense_layers(model: Any) -> list[Any]:
    """Return the layers with weights in the order of computation, or refuse by name what is not to be computed."""
    import keras

    if not isinstance(model, keras.Model):
        raise ValueError(f"model: found {type(model).__name__}; {EXPECTED}")
    if not model.built:
        raise ValueError(f"model: found one that is not built yet; {EXPECTED}")
    layers: list[Any] = []
    activations: list[str] = []
    for layer, shape in _chain(model):
        name = type(layer).__name__
        if any(layer is other for other in layers):
            raise ValueError(f"model: found the layer {layer.name} used twice; {EXPECTED}")
        if type(layer) is keras.layers.Dense:
            if len(shape) != 2:
                raise ValueError(f"model: found a Dense layer on inputs of shape {shape}; expected rows")
            if activations and activations[-1] == "linear":
                raise _unexpected("Dense with linear")
            layers.append(_plain(layer))
            activations.append(_activation(layer.activation))
        elif _activation(layer) and layers and activations[-1] == "linear":
            activations[-1] = _activation(layer)
        elif name not in PASSIVE or type(layer) is not getattr(keras.layers, name):
            raise _unexpected(name)
    if not layers:
        raise ValueError(f"model: found no layers with weights; {EXPECTED}")
    for layer, found in zip(layers, activations, strict=True):
        wanted = "softmax" if layer is layers[-1] else "relu"
        if found != wanted:
            raise _unexpected(f"Dense with {found or _name(layer.activation)}")
    return layers


def _chain(model: keras.Model) -> Iterator[tuple[Any, tuple[int | None, ...]]]:
    """Yield layers and the shapes of their inputs, from the one input to the one output, through nested models."""
    import keras

    inputs, outputs = getattr(model, "inputs", None), getattr(model, "outputs", None)
    if not inputs or not outputs:
        raise ValueError(f"model: found {type(model).__name__}, whose layers only its own code connects; {EXPECTED}")
    for tensors, kind in ((inputs, "inputs"), (outputs, "outputs")):
        if len(tensors) != 1:
            raise ValueError(f"model: found {len(tensors)} {kind}; expected one")
    path = []
    tensor = outputs[0]
    while tensor is not inputs[0]:
        layer, node, _ = tensor._keras_history
        before = layer._inbound_nodes[node].input_tensors
        if len(before) != 1:
            raise _unexpected(type(layer).__name__)
        tensor = before[0]
        path.append((layer, tuple(tensor.shape)))
    for layer, shape in reversed(path):
        yield from _chain(layer) if isinstance(layer, keras.Model) else [(layer, shape)]


def _plain(layer: keras.layers.Dense) -> keras.layers.Dense:
    """Return a Dense layer whose kernel and biases are all that it computes with, or refuse it."""
    quantized = getattr(layer, "quantization_mode", None)
    added = {
        " and LoRA": getattr(layer, "lora_enabled", False),  # Keras 3.0 has neither yet
        f" and weights quantized to {quantized}": quantized,
        " and no biases": not layer.use_bias,
    }
    for what, found in added.items():
        if found:
            raise _unexpected(f"Dense with {_name(layer.activation)}{what}")
    return layer


def _activation(found: Any) -> str:
    """Return the name of an activation that the pad knows, whether it is a function or a layer; "" for others."""
    import keras

    known = {keras.activations.get(name): name for name in ("linear", "relu", "softmax")}
    if type(found) is keras.layers.Activation:
        found = found.activation
    if type(found) is keras.layers.ReLU:
        plain = (found.max_value, found.negative_slope, found.threshold) in ((None, 0, 0), (None, None, 0))
        return "relu" if plain else ""
    if type(found) is keras.layers.Softmax:
        return "softmax" if found.axis in (-1, 1) else ""
    return "" if isinstance(found, keras.layers.Layer) else known.get(found, "")


def _name(activation: Any) -> str:
    return str(getattr(activation, "__name__", type(activation).__name__))


def _unexpected(layer: str) -> ValueError:
    return ValueError(f"model: found the layer {layer}; {EXPECTED}")


def _numbers(variable: Any) -> NDArray[np.float32]:
    """Return a variable's or a tensor's numbers; half-precision ones too, whose types NumPy does not know."""
    return np.asarray(variable.numpy()).astype(np.float32)


def _compare(packed: PackedNetwork, model: Any) -> None:
    """Feed the same rows to both networks: nothing, noise, and noise as sparse as ink."""
    import keras

    generator = np.random.default_rng(0)
    rows = generator.random((8, packed.sizes[0]), np.float32)
    rows[0] = 0
    rows[4:] *= generator.random(rows[4:].shape) < 0.2
    shaped = keras.ops.convert_to_tensor(rows.reshape(-1, *model.inputs[0].shape[1:]))
    outputs = _numbers(model(shaped, training=False))
    exact = all(layer.compute_dtype in ("float32", "float64") for layer in model.layers)
    allowed = 0.01 if exact else 0.05  # what the rounding to float16 may change, and half-precision sums on top
    off = np.abs(packed.run(rows) - outputs).max() if outputs.shape == (8, packed.sizes[-1]) else np.inf
    if not off <= allowed:
        raise ValueError(
            f"model: found one whose probabilities differ by up to {off:.3f} from those of its Dense layers with "
            f"weights rounded to float16; expected at most {allowed}"
        )
