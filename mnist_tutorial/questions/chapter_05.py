"""What chapter 5 asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..exercises import Between, Exercise, Mistake, Option, Quiz
from ._data import train

PAIRS = ((784, 300), (300, 100), (100, 10))


def _seven(images: slice | int = slice(7, 8)) -> Any:
    """Return the image at position 7, or others, prepared as the network takes them."""
    pixels = train()[0][images]
    return (pixels.reshape(*pixels.shape[:-2], 784) / 255).astype(np.float32)


def _tables() -> tuple[Any, ...]:
    """Return scores of three images for four classes: usual ones, large ones, and very small ones."""
    return (np.array([[2.0, 1, -1, 0], [2000, 1998, 0, 0], [-1000, -1001, -1003, -1002]]),)


def _softmax(scores: Any, largest: Callable[[Any], Any], axis: int | None = 1) -> Any:
    """Return the powers of the scores as shares of their sum, with something taken off the scores before."""
    with np.errstate(all="ignore"):
        powers = np.exp(scores - largest(scores))
        return powers / powers.sum(axis=axis, keepdims=axis is not None)


def _of_row(scores: Any) -> Any:
    return scores.max(axis=1, keepdims=True)


def _of_column(scores: Any) -> Any:
    return scores.max(axis=0)


def _nothing(scores: Any) -> float:
    return 0.0


def _network() -> tuple[Any, ...]:
    """Return four images of five pixels and the parameters of a small network, with biases that are not 0."""
    rng = np.random.default_rng(5)
    return tuple(rng.normal(size=shape) for shape in ((4, 5), (5, 6), (6,), (6, 3), (3,)))


def _forward(
    biases: tuple[int, int] = (1, 1),
    bend: Callable[[Any, Any], Any] = lambda sums, biases: np.maximum(sums + biases, 0),
    bend_scores: bool = False,
    end: Callable[[Any], Any] = lambda scores: _softmax(scores, _of_row),
) -> Callable[..., Any]:
    """Return a forward pass through one hidden layer, complete or with something forgotten."""

    def forward(x: Any, W1: Any, b1: Any, W2: Any, b2: Any) -> Any:
        scores = bend(x @ W1, biases[0] * b1) @ W2 + biases[1] * b2
        return end(np.maximum(scores, 0) if bend_scores else scores)

    return forward


def _ring() -> tuple[Any, Any]:
    """Return the chapter's 80 points, and which of them are inside."""
    rng = np.random.default_rng(0)
    angles = rng.uniform(0, 2 * np.pi, size=80)
    radii = np.append(rng.uniform(0, 1, 30), rng.uniform(1.5, 2.2, 50))
    return np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1), np.arange(80) < 30


def _right(units: Any) -> int:
    """Return how many of the points hidden units get right, with an output unit that starts from 1."""
    points, is_inside = _ring()
    units = np.asarray(units, float)
    voices = np.maximum(points @ units[:, :2].T + units[:, 2], 0)
    return int(((voices @ units[:, 3] + 1 > 0) == is_inside).sum())


def _has_start(answer: Any) -> bool:
    """Tell whether units come together with the number from which the output unit starts."""
    return isinstance(answer, tuple) and len(answer) == 2 and np.ndim(answer[1]) == 0


def _opposite(x: float, y: float) -> Any:
    return np.array([[x, y, 0, -1], [-x, -y, 0, -1]])


EXERCISES: tuple[Exercise | Quiz, ...] = (
    Quiz(
        "05.1",
        (
            Option(
                "right",
                "오른쪽으로 갈수록 첫째가 더 크게 찬성하니, 아무리 멀리 가도 점수가 0 아래로 내려가지 않습니다.",
                "The further right, the louder the first judge is in favour, so the score never falls below 0 there.",
                ("오른쪽입니다", "On the right"),
            ),
            Option(
                "left",
                "왼쪽에서는 첫째가 입을 다뭅니다. 그쪽은 둘째가 여전히 지킵니다.",
                "On the left the first judge keeps silent, and the second still guards that side.",
                ("왼쪽입니다", "On the left"),
            ),
            Option(
                "right left top bottom",
                "나머지 셋은 하던 대로 자기 쪽을 지킵니다. 첫째가 말하는 곳에서만 달라집니다.",
                "The other three guard their sides as before. Something changes only where the first judge speaks.",
                ("사방이 모두 터집니다", "On all sides"),
            ),
            Option(
                "nowhere",
                "반대 셋이 찬성 하나를 이길 것 같지만, 오른쪽 멀리에서는 셋이 말하지 않거나 작게 말합니다.",
                "Three against one should win, you might think. But far to the right they say nothing, or too little.",
                ("어디도 터지지 않습니다", "Nowhere: it stays closed"),
            ),
        ),
    ),
    Quiz(
        "05.2",
        (
            Option(
                "rises",
                "점수의 차이도 5배로 벌어집니다. 소프트맥스는 점수의 비율이 아니라 차이를 봅니다.",
                "The gaps between the scores grow five times, too, and softmax goes by gaps, not by ratios.",
                ("커집니다", "It rises"),
            ),
            Option(
                "same",
                "점수를 그냥 합으로 나눈다면 그렇습니다. 소프트맥스는 먼저 지수 함수를 씌웁니다.",
                "It would, if the scores were simply divided by their sum. But softmax applies the exponential first.",
                ("그대로입니다", "It stays the same"),
            ),
            Option(
                "falls",
                "둘째 점수도 함께 커지니 첫째의 몫이 줄 것 같지만, 1등과의 차이는 더 벌어집니다.",
                "The second score grows as well, but it falls further behind the first.",
                ("작아집니다", "It falls"),
            ),
        ),
    ),
    Quiz(
        "05.3",
        (
            Option(
                Between(0, 0.02),
                "모두 틀리는 것도 어렵습니다. 레이블을 전부 피해 가려면 레이블을 알아야 합니다.",
                "Getting everything wrong is hard, too: to avoid every label, one would have to know them.",
                ("거의 하나도 못 맞힙니다", "Almost none"),
            ),
            Option(
                Between(0.02, 0.3),
                "클래스가 열 개이니 아무렇게나 찍어도 열에 하나쯤은 맞습니다.",
                "With ten classes, guessing gets about one in ten.",
                ("10%쯤 맞힙니다", "About 10%"),
            ),
            Option(
                Between(0.4, 0.6),
                "반은 클래스가 둘일 때 찍어서 맞힐 비율입니다.",
                "One half is what guessing gets when there are two classes.",
                ("절반쯤 맞힙니다", "About half"),
            ),
            Option(
                Between(0.7, 1),
                "1장의 평균 열 개가 그만큼 맞혔지만 데이터에서 구한 것입니다. 이 가중치는 데이터를 본 적이 없습니다.",
                "So did the ten means of chapter 1, but they came from the data. These weights have never seen it.",
                ("80%쯤 맞힙니다", "About 80%"),
            ),
        ),
    ),
    Exercise(
        "05.4",
        lambda: sum(n_in * n_out + n_out for n_in, n_out in PAIRS),
        (
            "편향은 유닛마다 하나입니다. 가중치에 비하면 적어서, 빼먹어도 눈에 잘 띄지 않습니다.",
            "Each unit has one bias. Beside the weights they are few, so they are easily left out unnoticed.",
        ),
        (
            Mistake(
                lambda: sum(n_in * n_out for n_in, n_out in PAIRS),
                "아직 가중치만 세었습니다. 유닛에는 가중치 말고 무엇이 더 있나요?",
                "These are the weights alone. What else does a unit have?",
            ),
            Mistake(
                lambda: sum(n_in * n_out + n_in for n_in, n_out in PAIRS),
                "편향을 입력마다 하나씩 더했습니다. 편향은 유닛의 것입니다.",
                "There is a bias for each input here. Biases belong to units.",
            ),
            Mistake(
                lambda: sum(n_in * n_out + 1 for n_in, n_out in PAIRS),
                "편향을 층마다 하나만 더했습니다. 한 층의 유닛은 저마다 다른 편향을 씁니다.",
                "Here each layer has a single bias. The units of a layer have one each.",
            ),
            Mistake(
                lambda: 784 + sum(n_in * n_out + n_out for n_in, n_out in PAIRS),
                "입력에도 편향을 더했습니다. 입력은 계산을 하지 않으므로 유닛이 아닙니다.",
                "The inputs were given biases, too. They compute nothing, so they are no units.",
            ),
            Mistake(
                lambda: 235_500,
                "첫 층만 세었습니다. 층은 셋입니다.",
                "This is the first layer alone. There are three.",
            ),
            Mistake(
                lambda: 266_600,
                "출력층의 편향이 빠졌습니다. 출력 유닛도 유닛입니다.",
                "The biases of the output layer are missing. Output units are units, too.",
            ),
            Mistake(
                lambda: 89_610,
                "유닛이 100개씩인 신경망의 파라미터입니다. 여기서는 300개와 100개입니다.",
                "That is the network with 100 units in both layers. This one has 300 and 100.",
            ),
        ),
        (
            (
                "이 장에서 89,610개를 셀 때는 `n_out`을 한 번 더 썼습니다.",
                "Counting 89,610, this chapter used `n_out` twice.",
            ),
            (
                "층마다 `n_in * n_out`에 편향의 수를 더하세요. 편향은 유닛마다 하나입니다.",
                "For each layer, add the number of biases to `n_in * n_out`: one for each unit.",
            ),
        ),
        also=(lambda: 784 * 300 + 300 * 100 + 100 * 10 + 300 + 100 + 10,),
    ),
    Exercise(
        "05.5",
        _seven,
        (
            "한 장이라도 배치입니다. 맨 앞의 1이 이미지의 수입니다.",
            "Even a single image is a batch. The 1 in front says how many images there are.",
        ),
        (
            Mistake(
                lambda: _seven(7),
                "배치 축이 없습니다. 번호 하나로 고르면 그 축이 사라집니다.",
                "There is no batch axis. It disappears when you select by a single position.",
            ),
            Mistake(
                lambda: _seven(7)[:, np.newaxis],
                "축이 뒤에 붙었습니다. 이대로라면 픽셀 하나짜리 이미지가 784장입니다.",
                "The new axis is last, so this would be 784 images of one pixel each.",
            ),
            Mistake(
                lambda: _seven(slice(7)),
                "`:7`은 처음부터 일곱 장입니다. 7번 한 장만 필요합니다.",
                "`:7` takes the first seven images. Only number 7 is asked for.",
            ),
            Mistake(
                lambda: _seven(slice(7, 9)),
                "이미지가 여러 장입니다. 7번 한 장만 남기세요. 범위의 끝 번호는 들어가지 않습니다.",
                "These are several images. Keep only number 7; the end of a range is not part of it.",
                like=lambda answer: np.shape(answer)[1:] == (784,) and len(answer) > 1,
            ),
            Mistake(
                lambda: _seven() / 255,
                "`X_train`은 이미 0…1입니다. 한 번 더 나누지 마세요.",
                "`X_train` is 0…1 already. Do not divide it once more.",
            ),
            Mistake(
                lambda: train()[0][7],
                "원래 이미지입니다. `X_train`에서 고르고, 배치 축도 남기세요.",
                "This is the raw image. Select from `X_train`, and keep the batch axis.",
                like=lambda answer: np.shape(answer) == (28, 28),
            ),
            Mistake(
                lambda: train()[0][7:8],
                "배치 축은 있지만 28×28 그대로인 원래 이미지입니다. 준비해 둔 `X_train`에서 고르세요.",
                "The batch axis is there, but this is the raw image of 28×28. Select from the prepared `X_train`.",
            ),
            Mistake(
                lambda: train()[0][7:8].reshape(1, 784),
                "모양은 맞지만 값이 아직 0…255입니다. 준비해 둔 `X_train`에서 고르세요.",
                "The shape is right, but the values are still 0…255. Select from the prepared `X_train`.",
            ),
            Mistake(
                lambda: _seven(slice(6, 7)),
                "한 장짜리 배치이지만 7번 이미지가 아닙니다. 번호는 0부터 셉니다.",
                "A batch of one, but not of image 7. Positions are counted from 0.",
                like=lambda answer: np.shape(answer) == (1, 784),
            ),
            Mistake(
                lambda: np.full((1, 10), 0.1),
                "예측까지 했습니다. 여기서는 `predict`의 괄호 안에 넣을 배열을 묻습니다.",
                "This is the prediction already. Give the array that goes into the parentheses of `predict`.",
                like=lambda answer: np.shape(answer)[-1:] == (10,),
            ),
        ),
        (
            (
                "`X_train[7]`의 모양은 `(784,)`입니다. 신경망은 `(1, 784)`를 기다립니다.",
                "`X_train[7]` has shape `(784,)`. The network waits for `(1, 784)`.",
            ),
            ("번호 하나 대신 범위로 자르면 축이 남습니다.", "Take a range instead of a position, and the axis stays."),
        ),
        also=(lambda: _seven(7)[np.newaxis], lambda: _seven(7).reshape(1, -1).astype(np.float64)),
    ),
    Exercise(
        "05.6",
        lambda: lambda scores: _softmax(scores, _of_row),
        (
            "줄마다 합이 1이고, 점수가 아주 크거나 작아도 `nan`이 없습니다.",
            "Each row sums to 1, and no scores, however large or small, give `nan`.",
        ),
        (
            Mistake(
                lambda: lambda scores: _softmax(scores, _nothing, axis=0),
                "아직 그대로입니다. 점수가 크면 `nan`이 나오고, 합을 구하는 방향도 다릅니다.",
                "Nothing has changed yet: large scores give `nan`, and the sum goes in the wrong direction.",
            ),
            Mistake(
                lambda: lambda scores: np.exp(scores - _of_row(scores)) / np.exp(scores).sum(axis=1),
                "줄마다 구한 값의 모양 `(3,)`이 `(3, 4)`와 짝이 맞지 않아 멈췄습니다. 세로로 세워 `(3, 1)`로 만드세요.",
                "It stops: one value for each row has the shape `(3,)`, which does not go with `(3, 4)`. "
                "They should stand in a column, `(3, 1)`.",
            ),
            Mistake(
                lambda: lambda scores: _softmax(scores, _of_column),
                "세로로 구한 최댓값을 뺐습니다. 이미지 한 장의 점수는 한 줄에 있습니다.",
                "The maximum of each column was taken off. The scores of one image are in one row.",
            ),
            Mistake(
                lambda: lambda scores: _softmax(scores, np.max),
                "표 전체의 최댓값을 뺐습니다. 점수가 그보다 훨씬 작은 줄은 모두 0이 되어 0을 0으로 나눕니다.",
                "The maximum of the whole table was taken off. A row far below it is left with zeros, and 0/0.",
            ),
            Mistake(
                lambda: lambda scores: _softmax(scores, _nothing),
                "`nan`이 있습니다. `np.exp(1000)`은 너무 커서 담을 수 없습니다. `np.exp`에 넣기 전에 할 일이 있습니다.",
                "There is a `nan`. `np.exp(1000)` is too large for a float. Something comes before `np.exp`.",
                like=lambda value: bool(np.isnan(value).any()),
            ),
            Mistake(
                lambda: lambda scores: _softmax(scores, _of_column, axis=0),
                "세로로 더해서 1이 됩니다. 그러면 서로 다른 이미지가 확률을 나누어 갖습니다.",
                "The columns sum to 1, so that different images share out the probability among them.",
                like=lambda value: bool(np.allclose(value.sum(axis=0), 1)),
            ),
            Mistake(
                lambda: lambda scores: _softmax(scores, _of_row, axis=None),
                "표 전체의 합이 1입니다. 줄마다 1이어야 합니다.",
                "The whole table sums to 1. Every row should.",
                like=lambda value: bool(np.isclose(value.sum(), 1)),
            ),
            Mistake(
                lambda: lambda scores: scores / scores.sum(axis=1, keepdims=True),
                "점수를 그대로 합으로 나누었습니다. 음수인 점수가 있으니, 먼저 지수 함수로 모두 양수로 만드세요.",
                "The scores were divided by their sum as they are. Some are negative: the exponential comes first.",
            ),
            Mistake(
                lambda: lambda scores: np.exp(scores - _of_row(scores)),
                "모두 양수이지만 합이 1이 아닙니다. 마지막 나눗셈이 빠졌습니다.",
                "All are positive, but they do not sum to 1. The division at the end is missing.",
            ),
        ),
        (
            (
                "잘못은 둘입니다. 하나는 `axis`이고, 하나는 지수 함수를 씌우기 전에 빠진 것입니다.",
                "There are two faults. One is the `axis`; the other is missing before the exponential.",
            ),
            (
                "이미지 한 장의 점수는 한 줄에 있습니다. 최댓값과 합을 모두 `axis=1`로 구하세요.",
                "The scores of one image are in one row. Take maximum and sum along `axis=1`.",
            ),
            (
                "줄마다 구한 값이 `(3, 4)`와 계산되려면 모양이 `(3, 1)`이어야 합니다. `keepdims=True`를 쓰세요.",
                "To go with `(3, 4)`, the value of each row needs the shape `(3, 1)`. Use `keepdims=True`.",
            ),
        ),
        also=(lambda: lambda scores: _softmax(scores - 5, lambda shifted: shifted.max(axis=-1)[:, np.newaxis], -1),),
        inputs=_tables,
    ),
    Exercise(
        "05.7",
        _forward,
        (
            "소프트맥스를 빼먹어도 가장 큰 칸은 그대로여서 정확도로는 들키지 않습니다. 합이 1인지 보세요.",
            "Without softmax the largest place stays the largest, so accuracy tells nothing. Look at the sums.",
        ),
        (
            Mistake(
                lambda: _forward((0, 0), end=lambda scores: scores),
                "아직 그대로입니다. 줄의 합이 1이 아니고, `b1`과 `b2`가 쓰이지 않습니다.",
                "Nothing has changed yet: the rows do not sum to 1, and `b1` and `b2` are not used.",
            ),
            Mistake(
                lambda: _forward(end=lambda scores: scores),
                "편향은 맞습니다. 하지만 음수가 있고 합도 1이 아니니, 아직 점수입니다.",
                "The biases are right. But some numbers are negative and no row sums to 1: these are still scores.",
            ),
            Mistake(
                lambda: _forward((0, 0)),
                "합은 1이지만 편향이 둘 다 빠졌습니다. 편향이 0인 새 신경망에서는 들키지 않았을 것입니다.",
                "The sums are 1, but both biases are missing. In a new network they are 0, and it would not show.",
            ),
            Mistake(
                lambda: _forward((1, 0)),
                "은닉층은 맞습니다. 출력층에도 편향이 있습니다.",
                "The hidden layer is right. The output layer has biases, too.",
            ),
            Mistake(
                lambda: _forward((0, 1)),
                "출력층은 맞습니다. 은닉층에도 편향이 있고, 꺾기 전에 더합니다.",
                "The output layer is right. The hidden layer has biases, too, and they come before the bend.",
            ),
            Mistake(
                lambda: _forward(bend_scores=True),
                "점수까지 꺾었습니다. 음수인 점수도 소프트맥스에 그대로 들어가야 합니다.",
                "The scores were bent, too. Negative scores should go into softmax as they are.",
            ),
            Mistake(
                lambda: _forward(bend=lambda sums, biases: np.maximum(sums, 0) + biases),
                "`b1`을 꺾은 다음에 더했습니다. 편향도 합의 일부이니 꺾기 전에 더해야 합니다.",
                "`b1` was added after the bend. A bias is part of the sum, so it comes before.",
            ),
            Mistake(
                lambda: _forward(bend=lambda sums, biases: sums + biases),
                "꺾는 곳이 없어졌습니다. 이러면 두 층이 한 층과 같습니다.",
                "The bend is gone, so the two layers are only one.",
            ),
            Mistake(
                lambda: lambda *network: _forward(end=lambda scores: scores)(*network).argmax(axis=1),
                "가장 큰 칸의 번호까지 골랐습니다. 확률을 그대로 돌려주세요.",
                "This goes on to choose the largest place. Return the probabilities themselves.",
            ),
            Mistake(
                lambda: lambda *network: _forward((1, 0))(*network) + network[-1],
                "`b2`를 소프트맥스 다음에 더했습니다. 편향은 점수의 일부입니다.",
                "`b2` was added after softmax. The biases are part of the scores.",
            ),
            Mistake(
                lambda: _forward(bend=lambda sums, biases: _softmax(sums + biases, _of_row)),
                "은닉층에도 소프트맥스를 썼습니다. 은닉층은 렐루로 꺾습니다.",
                "Softmax was used in the hidden layer as well. Hidden layers bend with ReLU.",
            ),
            Mistake(
                lambda: _forward(end=lambda scores: np.maximum(scores, 0)),
                "마지막을 렐루로 꺾었습니다. 점수를 확률로 바꾸는 함수는 다른 것입니다.",
                "The end bends with ReLU. It is another function that turns scores into probabilities.",
            ),
            Mistake(
                lambda: _forward(end=lambda scores: _softmax(scores, _of_column, axis=0)),
                "세로로 더해서 1이 됩니다. 이미지 한 장의 확률은 한 줄에 있습니다.",
                "The columns sum to 1. The probabilities of one image are in one row.",
            ),
        ),
        (
            (
                "출력이 왜 확률이 아닌지 보세요. 줄마다 더하면 1인가요? 음수는 없나요?",
                "Why are these not probabilities? Does each row sum to 1? Is none negative?",
            ),
            (
                "이 장의 순전파와 한 줄씩 비교하세요. 쓰이지 않은 인수가 둘 있습니다.",
                "Compare it with the forward pass of this chapter, line by line. Two arguments are not used.",
            ),
            (
                "`relu`의 괄호 안에 `+ b1`, 마지막 줄에 `+ b2`, 그리고 그 줄 전체에 `softmax`입니다.",
                "`+ b1` inside the parentheses of `relu`, `+ b2` in the last line, and `softmax` around that line.",
            ),
        ),
        inputs=_network,
    ),
    Exercise(
        "05.8",
        lambda: _opposite(np.cos(2.8), np.sin(2.8)),
        (
            "그래도 80개는 안 됩니다. 둘이 어디를 지키든 경계가 닫히지 않기 때문입니다.",
            "And yet 80 are out of reach: whatever the two guard, the boundary does not close.",
        ),
        (
            Mistake(
                lambda: (_opposite(1, 0), 1),
                "유닛 둘만 넘기세요. 시작 점수는 1로 정해져 있습니다.",
                "Hand over the two units alone. The start is 1 already.",
                like=_has_start,
            ),
            Mistake(
                lambda: [[0, 1, -0.2, -1], [0.9, -0.5, -0.2, -1], [-0.9, -0.5, -0.2, -1]],
                "유닛이 둘이 아닙니다. 두 줄로 해 보세요.",
                "These are not two units. Try two rows.",
                like=lambda answer: np.shape(answer)[-1:] == (4,) and np.shape(answer) != (2, 4),
            ),
            Mistake(
                lambda: [[1, 0, 0], [-1, 0, 0]],
                "한 줄에 수가 넷이어야 합니다. `x`의 가중치, `y`의 가중치, 편향, 출력 유닛의 가중치입니다.",
                "A row needs four numbers: the weights of `x` and `y`, the bias, the weight in the output unit.",
                like=lambda answer: np.shape(answer) == (2, 3),
            ),
            Mistake(
                lambda: 65,
                "맞힌 개수가 아니라 유닛 둘을 넘기세요. `two`처럼 두 줄에 수가 넷씩 있는 배열입니다.",
                "Hand over the two units, not a count: an array like `two`, with two rows of four numbers.",
                like=lambda answer: np.shape(answer) != (2, 4),
            ),
            Mistake(
                lambda: [[1, 0, 0, 1], [-1, 0, 0, 1]],
                "마지막 수가 둘 다 0 이상이라 아무도 반대하지 않습니다. 그러면 어디서나 '안쪽'입니다.",
                'Neither last number is negative, so nobody objects, and the answer is "inside" everywhere.',
                like=lambda answer: np.shape(answer) == (2, 4) and min(row[3] for row in answer) >= 0,
            ),
            Mistake(
                lambda: [[1, 0, 0, -1], [0, 1, 0, -1]],
                "아직 65개에 못 미칩니다. 둘이 서로 마주 보는 방향을 지키게 하고, 방향을 조금씩 돌려 보세요.",
                "That is still below 65. Let the two guard opposite directions, and turn these a little at a time.",
                like=lambda answer: np.shape(answer) == (2, 4) and _right(answer) < 65,
            ),
        ),
        (
            (
                "둘이 정반대 방향을 지키면 띠가 됩니다. 띠가 어느 쪽으로 놓여야 할지 찾으세요.",
                "Two that guard opposite directions make a band. See which way it should run.",
            ),
            (
                "한 줄은 `[np.cos(t), np.sin(t), 0, -1]`, 다른 줄은 앞의 두 부호만 반대입니다. 여러 `t`로 해 보세요.",
                "One row is `[np.cos(t), np.sin(t), 0, -1]`, the other reverses its first two signs. Try many `t`.",
            ),
        ),
        accepts=lambda answer: not _has_start(answer) and np.shape(answer) == (2, 4) and _right(answer) >= 65,
    ),
)
