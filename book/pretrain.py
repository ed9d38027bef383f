"""Train the networks that `mnist_tutorial.load_pretrained` returns: python book/pretrain.py, about an hour.

First the choice, on validation data: convolutional networks of several sizes learn from the first 48,000 images, each
with two settings, that of chapter 10 and one without weight decay, and read the last 12,000. The better setting of each
size, with its accuracies, goes to pretrained.json, which chapter 13 shows. Then the final trainings, on all 60,000
images: the small network with its better setting, the others with that of chapter 10, so that nothing but the network
differs. Their weights go to pretrained.npz. The tests hold one file to the other, and `make bench` trains them again.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import keras
import numpy as np
from numpy.typing import NDArray

import mnist_tutorial as mt
from mnist_tutorial.pretrained import BUILDERS, SHIPPED

CHOICE = SHIPPED.with_suffix(".json")
EPOCHS, BATCH = 15, 100  # as in chapter 10
SIZES = [(16, 32, 64), (8, 16, 32), (8, 12, 12), (7, 11, 11), (6, 10, 10), (4, 8, 8)]


class Setting(NamedTuple):
    """The highest learning rate of the cycle, and the weight decay."""

    peak: float
    decay: float | None


CHAPTER_10, WITHOUT_DECAY = Setting(0.005, 0.07), Setting(0.01, None)


def choose(filters: tuple[int, ...], seeds: Iterable[int] = range(3)) -> dict[str, Any]:
    """Return the setting that suits a convolutional network better, and the validation accuracy of each seed."""

    def judge(setting: Setting) -> dict[str, Any]:
        runs = train(lambda: mt.build_cnn(filters=filters), setting, seeds, images=48_000)
        accuracies = [round(accuracy, 4) for accuracy in runs.final("val_accuracy").tolist()]
        count = runs.models[0].count_params()
        return {"filters": filters, "parameters": count} | setting._asdict() | {"val_accuracy": accuracies}

    return max(map(judge, (CHAPTER_10, WITHOUT_DECAY)), key=lambda row: np.mean(row["val_accuracy"]))


def finish(name: str, seeds: Iterable[int] = range(5)) -> mt.Runs:
    """Train the networks of a name on all images: as in chapter 10, and the small one as was best for it."""
    setting = CHAPTER_10
    if name == "small_cnn":
        count = BUILDERS[name]().count_params()
        setting = next(Setting(row["peak"], row["decay"]) for row in choice() if row["parameters"] == count)
    return train(BUILDERS[name], setting, seeds, images=60_000, straightened=name == "mlp_straightened")


def choice() -> list[dict[str, Any]]:
    """Return what pretrained.json holds: a row for each size, the largest first."""
    rows: list[dict[str, Any]] = json.loads(CHOICE.read_text(encoding="utf-8"))
    return rows


def train(
    build: Callable[[], keras.Model],
    setting: Setting,
    seeds: Iterable[int],
    images: int,
    straightened: bool = False,
) -> mt.Runs:
    """Train a network for each seed on the first images, and validate it on the others, if there are any."""
    (x, y), _ = mt.load_mnist()
    x = mt.normalize(mt.straighten(x) if straightened else x)
    y = mt.one_hot(y)
    x = x.reshape(-1, *build().input_shape[1:])

    def compiled() -> keras.Model:
        model = build()
        rate = one_cycle(EPOCHS * images // BATCH, setting.peak)
        optimizer = keras.optimizers.Adam(rate, weight_decay=setting.decay)
        model.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
        return model

    held_out = (x[images:], y[images:]) if images < len(x) else None
    return mt.repeat(
        compiled,
        x[:images],
        y[:images],
        seeds=seeds,
        epochs=EPOCHS,
        batch_size=BATCH,
        validation_split=0,
        validation_data=held_out,
        augment=mt.shift_images,
    )


def one_cycle(steps: int, peak: float) -> keras.optimizers.schedules.LearningRateSchedule:
    """Return the learning rate of chapter 10: up for a fifth of the steps, then down to 0."""
    up = int(0.2 * steps)
    return keras.optimizers.schedules.CosineDecay(
        peak / 10, decay_steps=steps - up, warmup_target=peak, warmup_steps=up
    )


def in_one_row(model: keras.Model) -> NDArray[np.float16]:
    """Return all weights of a network, as pretrained.npz holds them."""
    return np.concatenate([part.ravel() for part in model.get_weights()]).astype("<f2")


def main() -> None:
    """Write both files."""
    rows = []
    for filters in SIZES:
        rows.append(choose(filters))
        print(rows[-1], flush=True)
    CHOICE.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    networks = {}
    for name in BUILDERS:
        networks[name] = [in_one_row(model) for model in finish(name).models]
        print(f"{name}: {len(networks[name])} networks", flush=True)
    np.savez_compressed(SHIPPED, **networks)


if __name__ == "__main__":
    main()
