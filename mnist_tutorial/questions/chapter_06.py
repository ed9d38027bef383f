"""What chapter 6 asks."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from .._agree import agree
from ..exercises import Between, Exercise, Mistake, Option, Quiz

GIVEN = np.array([[0.7, 0.2, 0.1], [0.1, 0.3, 0.6], [0.2, 0.5, 0.3], [0.1, 0.1, 0.8]])
CLASSES = np.array([0, 1, 1, 2])


def _one_of(*values: float) -> Callable[[Any], bool]:
    """Return what tells whether an answer is one of these numbers."""
    return lambda answer: any(agree(answer, value) for value in values)


def _cross_entropy(given: Any) -> float:
    return float(-np.log(given).mean())


def _given_to_labels(move: int = 0) -> Any:
    """Return the probability given to each label, or to the class that many columns further."""
    return GIVEN[range(4), (CLASSES + move) % 3]


def _batch(pixels: int = 4, images: int = 4) -> tuple[Any, ...]:
    """Return weights of some pixels and three classes, some images, their one-hot vectors, and a learning rate."""
    rng = np.random.default_rng(6)
    labels = [0, 2, 1, 2, 0, 1][:images]
    return rng.normal(size=(pixels, 3)), rng.uniform(size=(images, pixels)), np.eye(3)[labels], 0.5


def _step(direction: int = -1, turned: bool = True, mean: bool = True) -> Callable[..., Any]:
    """Return a step of gradient descent, right or with one or more of the usual faults."""

    def step(W: Any, X: Any, Y: Any, rate: float) -> Any:
        powers = np.exp(X @ W)
        error = powers / powers.sum(axis=1, keepdims=True) - Y
        return W + direction * rate * (X.T if turned else X) @ error / (len(X) if mean else 1)

    return step


def _has_more_faults(value: Any) -> bool:
    """Tell whether a step has at least two of the three faults."""
    kinds = ((1, False, True), (1, True, False), (-1, False, False), (1, False, False))
    return any(agree(value, _step(*kind)(*_batch())) for kind in kinds)


def _mixes_pixels(value: Any) -> bool:
    """Tell whether a step took a mean over the pixels, divided by the number of images or not."""
    W, X, Y, rate = _batch()
    moves = [_step(mean=mean)(W, X, Y, rate) - W for mean in (True, False)]
    return any(agree(value, W + move.mean(axis=axis)) for move in moves for axis in (None, 0))


def _goes_another_distance(value: Any) -> bool:
    """Tell whether a step has the right direction only."""
    W = _batch()[0]
    times = (value - W) / (_step()(*_batch()) - W)
    return bool(times.min() > 0 and np.allclose(times, times[0, 0]))


@cache
def _edge() -> float:
    """Return the learning rate beyond which a walk through the chapter's second valley leaves it.

    At 2 / h, with h the largest eigenvalue of the second derivatives, a step in the steepest direction leads exactly as
    far beyond the bottom as the ball was before it.
    """
    positions = np.random.default_rng(0).uniform(0, 3, size=200)
    inputs = np.column_stack([positions, np.ones(200)])
    return float(2 / np.linalg.eigvalsh(2 * inputs.T @ inputs / 200).max())


EXERCISES: tuple[Exercise | Quiz, ...] = (
    Quiz(
        "06.1",
        (
            Option(
                "bottom",
                "학습률이 클수록 빨리 닿지만, 어느 선까지만 그렇습니다. 여기서는 그 선을 한참 넘었습니다.",
                "A larger rate is faster only up to a point, and this is far beyond it.",
                ("첫 스텝에 바닥에 닿습니다", "The first step takes it to the bottom"),
            ),
            Option(
                "away",
                "첫 스텝에 바닥을 훌쩍 지나칩니다. 거기는 더 가파르니 다음 스텝은 더 큽니다.",
                "The first step leads far beyond the bottom. The slope there is steeper, the next step larger.",
                ("갈수록 바닥에서 멀어집니다", "It gets further and further from the bottom"),
            ),
            Option(
                "across",
                "건너편의 꼭 같은 높이로 뛰어야 그렇게 됩니다. 이 학습률로는 더 높이 올라갑니다.",
                "Then each step would have to land at the same height on the other side. Here, it lands higher.",
                ("바닥 양쪽을 똑같은 높이로 오갑니다", "It jumps to and fro between two places of equal height"),
            ),
            Option(
                "still",
                "기울기가 0인 곳에서만 그렇습니다. 출발점에는 기울기가 있습니다.",
                "That happens only where the slope is 0. At the start it is not.",
                ("제자리에 있습니다", "It stays where it is"),
            ),
        ),
    ),
    Quiz(
        "06.2",
        (
            Option(
                "rests",
                "200개를 모두 볼 때는 그렇습니다. 10개만 보면 바닥에서도 그 10개의 기울기가 0이 아닙니다.",
                "With all 200 it does. But at the bottom, the slopes for just 10 of them are not 0.",
                ("바닥에서 멈춥니다", "It comes to rest at the bottom"),
            ),
            Option(
                "trembles",
                "배치마다 점이 다르니 가장 낮다고 여기는 곳도 조금씩 다릅니다.",
                "Each batch holds other points, and for each the lowest place is somewhere else.",
                ("바닥 둘레까지 가지만 멈추지 않습니다", "It comes near the bottom but not to rest"),
            ),
            Option(
                "leaves",
                "배치가 작아서가 아니라 학습률이 커서 튀어 나갑니다. 0.06은 충분히 작습니다.",
                "Balls leave because the rate is too large, not because the batch is small. 0.06 is small enough.",
                ("골짜기 밖으로 튀어 나갑니다", "It leaves the valley"),
            ),
        ),
    ),
    Quiz(
        "06.3",
        (
            Option(
                Between(0, 0.1),
                "가중치가 0이면 확률이 0인 것이 아니라 로짓이 0입니다. 손실 0은 모두 자신 있게 맞혔을 때입니다.",
                "Weights of 0 make logits of 0, not a loss of 0. For a loss of 0, a model has to be sure and right.",
                ("0에 가깝습니다", "Close to 0"),
            ),
            Option(
                Between(0.6, 1.2),
                "클래스가 둘이면 0.7쯤에서 시작합니다. 여기서는 열 개입니다.",
                "With two classes it would start from about 0.7. Here there are ten.",
                ("1에 가깝습니다", "Close to 1"),
            ),
            Option(
                Between(2.2, 2.4),
                "로짓이 모두 같으니 클래스마다 0.1을 줍니다. `-np.log(0.1)`이 바로 그 손실입니다.",
                "Equal logits give every class 0.1, and `-np.log(0.1)` is that loss.",
                ("2.3에 가깝습니다", "Close to 2.3"),
            ),
            Option(
                Between(6, 8),
                "0.001밖에 주지 않았을 때의 손실입니다. 모르는 것과 자신 있게 틀린 것은 다릅니다.",
                "That is the loss for giving only 0.001. Not knowing is not the same as being sure and wrong.",
                ("7에 가깝습니다", "Close to 7"),
            ),
        ),
    ),
    Exercise(
        "06.4",
        lambda: -(-50_000 // 32) * 5,
        (
            "에포크마다 마지막 배치에는 16장만 남습니다. 그래도 한 스텝입니다.",
            "In each epoch the last batch has only 16 images. It makes a step all the same.",
        ),
        (
            Mistake(
                lambda: 50_000 // 32 * 5,
                "거의 맞았지만, 남는 이미지를 버렸습니다. 마지막 배치도 한 스텝입니다.",
                "Almost. But the images left over were dropped. A small last batch makes a step, too.",
            ),
            Mistake(
                lambda: 50_000 / 32 * 5,
                "스텝 수가 정수가 아닙니다. 32장으로 나누고 남는 이미지는 어떻게 될까요?",
                "That is not a whole number of steps. What becomes of the images left over?",
            ),
            Mistake(
                lambda: 7813,
                "에포크를 이어 붙여서 셌습니다. 배치는 에포크마다 새로 나눕니다.",
                "The epochs were counted as one long row of images. Each epoch makes its batches anew.",
                like=_one_of(7812, 7813),
            ),
            Mistake(
                lambda: -(-50_000 // 32),
                "에포크 하나의 스텝 수입니다. 에포크는 다섯입니다.",
                "Those are the steps of one epoch. There are five.",
                like=_one_of(1562, 1562.5, 1563, 1875),
            ),
            Mistake(
                lambda: 50_000 * 5,
                "다섯 에포크 동안 보는 이미지의 수입니다. 한 스텝은 그 가운데 32장을 봅니다.",
                "That is how many images five epochs look at. One step looks at 32 of them.",
            ),
            Mistake(
                lambda: 60_000 // 32 * 5,
                "남겨 둔 1만 장까지 훈련에 넣었습니다. 훈련하는 것은 5만 장입니다.",
                "The 10,000 images held out were counted, too. Training uses 50,000.",
            ),
            Mistake(
                lambda: 2500,
                "배치가 100장일 때의 스텝 수입니다. 여기서는 32장입니다.",
                "That is for batches of 100. Here they have 32.",
            ),
        ),
        (
            (
                "`range(0, len(X), batch_size)`가 몇 번 도는지 생각해 보세요.",
                "Think how many times the loop over `range(0, len(X), batch_size)` runs.",
            ),
            (
                "한 에포크는 5만 ÷ 32를 올림한 수입니다. `math.ceil`이나 `len(range(...))`를 쓸 수 있습니다.",
                "An epoch has 50,000 ÷ 32, rounded up. You may use `math.ceil` or `len(range(...))`.",
            ),
        ),
        also=(lambda: len(range(0, 50_000, 32)) * 5,),
    ),
    Exercise(
        "06.5",
        lambda: _cross_entropy(_given_to_labels()),
        (
            "둘째 이미지는 틀렸고, 그래서 손실이 큽니다. 가장 큰 확률만 보았다면 몰랐을 것입니다.",
            "The second image is wrong, and that shows in the loss. The largest probabilities would have hidden it.",
        ),
        (
            Mistake(
                lambda: _cross_entropy(GIVEN.max(axis=1)),
                "아직 가장 큰 확률을 봅니다. 그러면 자신 있게 틀릴수록 손실이 작아집니다.",
                "These are still the largest probabilities. That way, being sure and wrong makes the loss smaller.",
            ),
            Mistake(
                lambda: _cross_entropy(GIVEN[:, CLASSES]),
                "`:`은 줄과 칸을 짝짓지 않습니다. 모든 줄에서 네 칸씩 골랐습니다.",
                "`:` does not pair rows with columns. Four columns were selected from every row.",
            ),
            Mistake(
                lambda: _cross_entropy(GIVEN),
                "모든 칸의 평균을 냈습니다. 레이블의 칸만 보아야 합니다.",
                "The mean is over all the places in the table. Only those of the labels count.",
            ),
            Mistake(
                lambda: _cross_entropy(_given_to_labels(-1)),
                "칸이 하나씩 밀렸습니다. 클래스는 0부터 셉니다.",
                "All columns are off by one. Classes are counted from 0.",
            ),
            Mistake(
                lambda: _cross_entropy(_given_to_labels()) * 4,
                "합을 구했습니다. 손실은 이미지들의 평균입니다.",
                "This is the sum. The loss is the mean over the images.",
            ),
            Mistake(
                lambda: -_cross_entropy(_given_to_labels()),
                "부호가 반대입니다. 손실은 작을수록 좋은 양수입니다.",
                "The sign is reversed. A loss is positive, and smaller is better.",
            ),
            Mistake(
                lambda: float(-np.log10(_given_to_labels()).mean()),
                "밑이 10이나 2인 로그를 썼습니다. 교차 엔트로피에는 자연로그 `np.log`를 씁니다.",
                "That is the logarithm to base 10, or 2. Cross-entropy takes the natural one, `np.log`.",
                like=lambda answer: any(
                    agree(answer, (-log(_given_to_labels())).mean()) for log in (np.log10, np.log2)
                ),
            ),
            Mistake(
                lambda: _cross_entropy(_given_to_labels()) / 3,
                "칸 12개로 나누었습니다. 평균은 이미지 4장에 대해 냅니다.",
                "This has been divided by all 12 places. The mean is over the 4 images.",
            ),
            Mistake(
                lambda: _given_to_labels().mean(),
                "고른 칸은 맞습니다. 이제 로그를 씌우고 부호를 바꾸세요.",
                "The right places. What is missing is the logarithm, with its sign reversed.",
                like=lambda answer: any(
                    agree(answer, value)
                    for right in [_given_to_labels()]
                    for value in (right, right.mean(), 1 - right.mean())
                ),
            ),
            Mistake(
                lambda: float(-np.log(_given_to_labels().mean())),
                "먼저 평균을 내고 로그를 씌웠습니다. 이미지마다 로그를 씌운 다음 평균을 내세요.",
                "The mean was taken first. Take the logarithm for each image, and then the mean.",
            ),
            Mistake(
                lambda: -np.log(_given_to_labels()),
                "이미지마다의 손실까지는 맞습니다. 이제 평균을 내세요.",
                "The loss of each image is right. Now take the mean.",
                like=lambda answer: agree(np.abs(answer), -np.log(_given_to_labels())),
            ),
        ),
        (
            (
                "둘째 이미지의 레이블은 1입니다. 그 칸의 확률은 얼마인가요?",
                "The label of the second image is 1. Which probability stands in that column?",
            ),
            (
                "2장처럼 줄 번호와 칸 번호를 짝지어 고르세요.",
                "As in chapter 2, select by row numbers paired with column numbers.",
            ),
            (
                "줄 번호는 `np.arange(4)`, 칸 번호는 `classes`입니다.",
                "The row numbers are `np.arange(4)`, the column numbers `classes`.",
            ),
        ),
        also=(lambda: _cross_entropy(GIVEN[np.eye(3)[CLASSES] == 1]),),
    ),
    Exercise(
        "06.6",
        _step,
        (
            "내리막으로, 픽셀마다, 배치의 평균만큼 갑니다.",
            "Downhill, pixel by pixel, by the mean of the batch.",
        ),
        (
            Mistake(
                lambda: _step(1),
                "나머지는 맞지만 오르막으로 갑니다. 기울기의 반대쪽으로 가야 합니다.",
                "The rest is right, but this goes uphill. It should go against the slope.",
            ),
            Mistake(
                lambda: _step(mean=False),
                "나머지는 맞지만 배치의 합만큼 갑니다. 이미지가 많을수록 스텝이 커집니다.",
                "The rest is right, but this goes by the sum of the batch: the more images, the larger the step.",
            ),
            Mistake(
                lambda: _step(turned=False),
                "나머지는 맞지만 픽셀과 이미지가 바뀌었습니다. 여기서는 둘 다 넷이라 오류가 없을 뿐입니다.",
                "The rest is right, but pixels and images have changed places. With four of each, there is no error.",
            ),
            Mistake(
                lambda: _step(1, False, False),
                "잘못이 아직 둘 이상 남았습니다. 부호, 행렬의 방향, 나눗셈을 하나씩 보세요.",
                "At least two faults are left. Look at the sign, at which way round the matrix is, and for a division.",
                like=_has_more_faults,
            ),
            Mistake(
                lambda: lambda *given: _step()(*given) - given[0],
                "고칠 만큼만 돌려주었습니다. 고친 가중치를 돌려주어야 합니다.",
                "This is the correction alone. Return the corrected weights.",
            ),
            Mistake(
                lambda: lambda W, X, Y, rate: _step()(W, X, Y, 1),
                "학습률을 곱하지 않았습니다.",
                "The learning rate is missing.",
            ),
            Mistake(
                lambda: lambda W, X, Y, rate: W + (_step()(W, X, Y, rate) - W).mean(axis=0),
                "행렬 곱이 이미지를 이미 더해 놓았습니다. 여기에 다시 평균을 내면 픽셀끼리 섞입니다.",
                "The product has added up the images already. A mean of that is one over the pixels.",
                like=_mixes_pixels,
            ),
            Mistake(
                lambda: lambda W, X, Y, rate: W + (_step()(W, X, Y, rate) - W) / 25,
                "방향은 맞지만 스텝의 크기가 다릅니다. 평균을 내려면 무엇의 개수로 나누어야 할까요?",
                "The direction is right, the length of the step is not. A mean divides by the number of what?",
                like=_goes_another_distance,
            ),
        ),
        (
            (
                "이 장의 훈련 루프와 비교하세요. 잘못은 셋입니다.",
                "Compare it with the training loop of this chapter. There are three faults.",
            ),
            (
                "`W`의 모양은 (픽셀, 클래스)입니다. 픽셀마다 모든 이미지를 더하려면 `X`를 어떻게 놓아야 할까요?",
                "`W` has the shape (pixels, classes). Which way round must `X` be, to add up images for each pixel?",
            ),
            (
                "부호를 바꾸고, `X`를 뒤집어 `X.T`로 하고, `len(X)`로 나누세요.",
                "Reverse the sign, turn `X` into `X.T`, and divide by `len(X)`.",
            ),
        ),
        inputs=_batch,
        also_inputs=(lambda: _batch(pixels=5, images=6),),
    ),
    Exercise(
        "06.7",
        lambda: 0.5 / 100,
        (
            "합은 평균의 100배이니 학습률을 100으로 나누면 스텝이 꼭 같아집니다.",
            "The sum is 100 times the mean, so a rate 100 times smaller makes the very same steps.",
        ),
        (
            Mistake(
                lambda: 0.5 * 100,
                "0.5가 사실상 얼마가 되었는지를 구했습니다. 되돌리려면 반대로 해야 합니다.",
                "That is what 0.5 has become in effect. To make up for it, go the other way.",
            ),
            Mistake(
                lambda: 0.5,
                "그대로라면 스텝이 너무 큽니다. 합은 평균의 몇 배일까요?",
                "Unchanged, the steps are far too large. How many times the mean is the sum?",
            ),
            Mistake(
                lambda: 0.5 / 500,
                "500은 배치의 수입니다. 나누지 않은 것은 배치 하나의 이미지 수입니다.",
                "500 is the number of batches. What was not divided by is the number of images in one.",
            ),
            Mistake(
                lambda: 0.5 / 50_000,
                "한 스텝에 더해지는 것은 5만 장이 아니라 배치 하나입니다.",
                "A step adds up the images of one batch, not all 50,000.",
            ),
            Mistake(
                lambda: 0.5 / 10,
                "10은 클래스의 수입니다. 합은 이미지를 따라 구합니다.",
                "10 is the number of classes. The sum goes over the images.",
            ),
        ),
        (
            ("평균은 합을 무엇으로 나눈 것인가요?", "What do you divide a sum by to get the mean?"),
            (
                "학습률과 그레이디언트의 곱이 그대로여야 합니다. 그레이디언트는 100배가 되었습니다.",
                "Rate times gradient should stay the same, and the gradient has become 100 times as large.",
            ),
        ),
    ),
    Exercise(
        "06.8",
        lambda: 0.235,
        (
            "그 선을 정하는 것은 가장 가파른 방향입니다. 한 스텝이 바닥까지 거리의 두 배를 넘으면 튀어 나갑니다.",
            "The steepest direction sets the limit: a step must not go more than twice as far as the bottom.",
        ),
        (
            Mistake(
                lambda: 0,
                "학습률은 0보다 커야 합니다. 0이면 제자리이고, 음수이면 오르막입니다.",
                "A rate has to be above 0. With 0 the ball stays, and with a negative one it climbs.",
                like=lambda rate: rate <= 0,
            ),
            Mistake(
                lambda: 0.06,
                "바닥에 닿기는 하지만, 더 키워도 닿습니다.",
                "It reaches the bottom, but so does a larger one.",
                like=lambda rate: rate < _edge(),
            ),
            Mistake(
                lambda: 23.5,
                "숫자를 백 배로 적은 것 같습니다. 학습률은 백분율이 아닙니다.",
                "This may be a hundred times too large. A rate is no percentage.",
                like=lambda rate: 23 < rate < 24,
            ),
            Mistake(
                lambda: 0.24,
                "이 학습률로는 튀어 나갑니다. 스텝이 적으면 티가 나지 않으니 2,000스텝을 가 보세요.",
                "With this one the ball leaves. A few steps may not show it, so take 2,000.",
                like=lambda rate: rate >= _edge(),
            ),
        ),
        (
            (
                "시작 코드의 출력을 보세요. 바닥에 닿았다면 마지막 자리는 2와 1에 가깝습니다.",
                "Look at what the starter prints. At the bottom, the last place is close to 2 and 1.",
            ),
            (
                "0.23과 0.24 사이를 `np.arange(0.23, 0.24, 0.001)`로 다시 나누어 보세요.",
                "Divide what lies between 0.23 and 0.24 once more: `np.arange(0.23, 0.24, 0.001)`.",
            ),
        ),
        accepts=lambda rate: np.ndim(rate) == 0 and _edge() - 0.001 < rate < _edge(),
        also=(lambda: np.float64(0.2354),),
    ),
)
