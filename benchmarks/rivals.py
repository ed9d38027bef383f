"""The original's training by other means, each written as its own users would write it.

All train 784-100-100-10 with Adam on 48,000 images in batches of 100 for 15 epochs, and look at the other 12,000 after
each epoch. Each returns the validation accuracy that it ends with, so that nobody is quick by not learning.
"""

import os
from itertools import pairwise
from typing import Any

import numpy as np
from common import BATCH, EPOCHS, SEEDS, TRAIN, Run, code_cells, digits, prepared, ready_model

SIZES = (784, 100, 100, 10)  # 89,610 parameters, also in the rivals that build the network themselves


def train_keras() -> Run:
    """`model.fit`, as in the original."""
    return keras_fit()


def train_keras_steps_per_execution() -> Run:
    """`model.fit` with 480 steps an execution."""
    return keras_fit(steps_per_execution=480)


def train_keras_jax() -> Run:
    """`model.fit`, Keras with the JAX backend."""
    os.environ["KERAS_BACKEND"] = "jax"
    return keras_fit()


def keras_fit(**settings: Any) -> Run:
    """Return the original's training by whichever backend Keras is set to."""
    (x, y), model = prepared(), ready_model()
    if settings:
        model.compile("adam", "categorical_crossentropy", metrics=["accuracy"], **settings)

    def run() -> float:
        history = model.fit(x, y, epochs=EPOCHS, batch_size=BATCH, validation_split=0.2, verbose=0).history
        return float(history["val_accuracy"][-1])

    return run


def train_pytorch() -> Run:
    """A plain PyTorch loop."""
    return pytorch_loop()


def train_pytorch_fused() -> Run:
    """The same loop with Adam(fused=True)."""
    return pytorch_loop(fused=True)


def train_pytorch_compile() -> Run:
    """The same loop with Adam(fused=True) and torch.compile(model)."""
    return pytorch_loop(compiled=True, fused=True)


def pytorch_network() -> Any:
    """Return the network in PyTorch; its loss takes the softmax."""
    import torch
    from torch import nn

    torch.manual_seed(0)
    layers = [layer for pair in pairwise(SIZES) for layer in (nn.Linear(*pair), nn.ReLU())]
    return nn.Sequential(*layers[:-1])


def pytorch_loop(compiled: bool = False, **settings: bool) -> Run:
    """Return a plain loop over the batches."""
    import torch

    x, y = map(torch.from_numpy, digits())
    network = pytorch_network()
    optimizer, loss = torch.optim.Adam(network.parameters(), **settings), torch.nn.CrossEntropyLoss()
    model = torch.compile(network) if compiled else network

    def run() -> float:
        for _ in range(EPOCHS):
            for batch in torch.randperm(TRAIN).split(BATCH):
                optimizer.zero_grad()
                loss(model(x[batch]), y[batch]).backward()
                optimizer.step()
            with torch.no_grad():
                answer = model(x[TRAIN:])
                loss(answer, y[TRAIN:])
                accuracy = (answer.argmax(1) == y[TRAIN:]).float().mean()
        return float(accuracy)

    return run


def train_jax_scan() -> Run:
    """JAX and Optax, an epoch as one `lax.scan`."""
    x, y, initial, epoch = jax_training()

    def run() -> float:
        from jax import random

        state = initial(random.key(0))
        for key in random.split(random.key(1), EPOCHS):
            state, _, accuracy = epoch(state, key, x, y)
        return float(accuracy)

    return run


def repeat_jax_vmap() -> Run:
    """The same for ten seeds at once, by `vmap`; timed for 5 epochs, and scaled to 15."""
    import jax

    x, y, initial, epoch = jax_training()
    epochs = jax.jit(jax.vmap(epoch, (0, 0, None, None)))

    def run() -> float:
        from jax import random

        state = jax.vmap(initial)(jax.vmap(random.key)(np.array(SEEDS)))
        for number in range(EPOCHS // 3):
            keys = random.split(random.key(1 + number), len(SEEDS))
            state, _, accuracy = epochs(state, keys, x, y)
        return float(accuracy.mean())

    return run


def jax_parameters(key: Any) -> list[tuple[Any, Any]]:
    """Return weights as Keras draws them, and biases."""
    import jax

    keys, draw = jax.random.split(key, len(SIZES) - 1), jax.nn.initializers.glorot_uniform()
    return [(draw(key, pair), jax.numpy.zeros(pair[1])) for key, pair in zip(keys, pairwise(SIZES), strict=True)]


def jax_training() -> tuple[Any, ...]:
    """Return the data, a function that makes the first state, and one that trains an epoch."""
    import jax
    import optax
    from jax import numpy as jnp

    x, y = map(jnp.asarray, digits())
    optimizer = optax.adam(0.001)

    def network(parameters: Any, rows: Any) -> Any:
        for weights, biases in parameters[:-1]:
            rows = jax.nn.relu(rows @ weights + biases)
        weights, biases = parameters[-1]
        return rows @ weights + biases

    def loss(parameters: Any, rows: Any, labels: Any) -> Any:
        return optax.softmax_cross_entropy_with_integer_labels(network(parameters, rows), labels).mean()

    def initial(key: Any) -> Any:
        parameters = jax_parameters(key)
        return parameters, optimizer.init(parameters)

    @jax.jit
    def epoch(state: Any, key: Any, x: Any, y: Any) -> Any:
        def step(state: Any, batch: Any) -> Any:
            parameters, memory = state
            value, gradient = jax.value_and_grad(loss)(parameters, x[batch], y[batch])
            update, memory = optimizer.update(gradient, memory)
            return (optax.apply_updates(parameters, update), memory), value

        batches = jax.random.permutation(key, TRAIN).reshape(-1, BATCH)
        state, losses = jax.lax.scan(step, state, batches)
        accuracy = (network(state[0], x[TRAIN:]).argmax(-1) == y[TRAIN:]).mean()
        return state, losses.mean(), accuracy

    return x, y, initial, epoch


def train_sklearn() -> Run:
    """scikit-learn's MLPClassifier on the same network; it has no validation pass."""
    import warnings

    from sklearn.neural_network import MLPClassifier

    warnings.simplefilter("ignore")  # it says after 15 epochs that it has not converged
    x, y = digits()
    model = MLPClassifier(
        SIZES[1:-1], alpha=0, batch_size=BATCH, max_iter=EPOCHS, n_iter_no_change=EPOCHS, random_state=0
    )
    return lambda: model.fit(x[:TRAIN], y[:TRAIN])


def train_numpy() -> Run:
    """The NumPy network of appendix 1."""
    names: dict[str, object] = {}
    for cell in code_cells("a1_backpropagation"):
        if "benchmark" in cell.metadata.get("tags", []):
            return lambda: exec(cell.source, names)
        exec(cell.source.replace("plt.show()", "plt.close()"), names)
    raise LookupError("a1_backpropagation.md: no cell tagged benchmark")


def products() -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return the shapes of the matrix products in one step: forward, of each weight matrix, of each hidden layer."""
    pairs = list(pairwise(SIZES))
    forward = [((BATCH, a), (a, b)) for a, b in pairs]
    weights = [((a, BATCH), (BATCH, b)) for a, b in pairs]
    return forward + weights + [((BATCH, b), (b, a)) for a, b in pairs[1:]]  # nobody needs the pixels' gradient


def products_alone() -> Run:
    """Nothing but the matrix products of that training, its validation included, compiled by XLA before."""
    import tensorflow as tf

    rng = np.random.default_rng(0)
    x = tf.constant(rng.random((60_000 // BATCH, BATCH, SIZES[0]), np.float32))
    weights = [tf.constant(rng.random(pair, np.float32) / pair[0]) for pair in pairwise(SIZES)]

    def forward(i: Any) -> list[Any]:
        rows = [x[i]]
        for matrix in weights:
            rows.append(rows[-1] @ matrix)
        return rows

    def backward(i: Any, *sums: Any) -> list[Any]:
        *inputs, error = forward(i)
        gradients = []
        for rows, matrix in zip(reversed(inputs), reversed(weights), strict=True):
            gradients.append(tf.matmul(rows, error, transpose_a=True))
            if len(gradients) < len(weights):  # nobody needs the pixels' gradient
                error = tf.matmul(error, matrix, transpose_b=True)
        return [i + 1, *(total + one for total, one in zip(sums, reversed(gradients), strict=True))]

    @tf.function(jit_compile=True)
    def epoch(trained: Any, validated: Any) -> Any:
        sums = tf.while_loop(lambda i, *_: i < trained, backward, [0, *map(tf.zeros_like, weights)])[1:]
        seen = tf.while_loop(
            lambda i, _: i < trained + validated,
            lambda i, total: [i + 1, total + forward(i)[-1]],
            [trained, tf.zeros((BATCH, SIZES[-1]))],
        )
        return *sums, seen

    steps = tf.constant(TRAIN // BATCH), tf.constant((60_000 - TRAIN) // BATCH)
    epoch(tf.constant(1), tf.constant(1))
    return lambda: [epoch(*steps)[0].numpy() for _ in range(EPOCHS)]


def multiplications() -> int:
    """Count those in the matrix products of that training and its validation."""
    step = sum(rows * inner * columns for (rows, inner), (_, columns) in products())
    validation = (60_000 - TRAIN) * sum(a * b for a, b in pairwise(SIZES))
    return EPOCHS * (TRAIN // BATCH * step + validation)


def products_large() -> Run:
    """As many multiplications, but in large matrices."""
    side = 2000
    a, b = np.random.default_rng(0).random((2, side, side), np.float32)
    out = np.empty_like(a)
    return lambda: [np.matmul(a, b, out=out) for _ in range(round(multiplications() / side**3))]
