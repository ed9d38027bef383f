"""What chapter 8 asks."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..exercises import Between, Exercise, Mistake, Option, Quiz
from ._data import test

OUTPUTS = np.array([-0.8, 0.4, 3.9, 6.2, 8.7, 9.6, 11.3])
VAL = np.array([[0.912, 0.918, 0.915], [0.967, 0.951, 0.955], [0.962, 0.963, 0.961], [0.960, 0.957, 0.961]])
TEST = np.array([[0.914, 0.919, 0.916], [0.957, 0.953, 0.955], [0.959, 0.958, 0.963], [0.961, 0.966, 0.960]])


def _five() -> Any:
    """Return the first five test images, flat and divided."""
    return test()[0][:5].reshape(5, 784) / 255


def _orders() -> list[Any]:
    rng = np.random.default_rng(0)
    return [rng.permutation(784) for _ in range(2)]


def _layer() -> tuple[Any, Any, Any]:
    """Return images, weights, and biases of eight units, of which five are never on; the sums of one are exactly 0."""
    X = np.array([[1, 0, 2], [0, 3, 1], [2, 2, 0], [1, 1, 1], [0, 0, 0]])
    W = np.array([[1, -1, 0, 2, -1, -2, 1, -1], [0, -1, 0, 1, 1, 1, 1, 2], [1, 0, 0, -3, 0, 0, 2, -1]])
    b = np.array([0, -1, 0, 1, -5, 1, -9, -6])
    return X, W, b


def _sums(X: Any, W: Any, b: Any) -> Any:
    return X @ W + b


EXERCISES: tuple[Exercise | Quiz, ...] = (
    Quiz(
        "08.1",
        (
            Option(
                Between(0.955, 1),
                "Adam이 스텝의 크기를 맞추어 주니 그럴 법합니다. 하지만 맞추어 주지 못하는 것도 남습니다.",
                "Adam adapts its steps, so that is a fair guess. But there is something that it cannot adapt.",
                ("나눈 것과 다름없이, 97% 언저리입니다", "As well as if they were divided: about 97%"),
            ),
            Option(
                Between(0.88, 0.955),
                "배우기는 배웁니다. 다만 처음의 스텝을 잘못된 확신을 지우는 데 쓰므로 뒤처집니다.",
                "It does learn, but falls behind, since its first steps go into undoing false confidence.",
                ("몇 %p 낮아서, 93% 언저리입니다", "A few points lower: about 93%"),
            ),
            Option(
                Between(0.4, 0.8),
                "4장에서 본 것으로는 그럴 법합니다. 효과는 뚜렷하지만 그만큼 크지는 않습니다.",
                "After what we saw in chapter 4, a fair guess. The effect is plain, but not as large as that.",
                ("많이 낮아서, 60% 언저리입니다", "Much lower: about 60%"),
            ),
            Option(
                Between(0.05, 0.2),
                "손실이 너무 커진다고 보았을 것입니다. Adam의 스텝은 그레이디언트가 커도 커지지 않습니다.",
                "Perhaps you expect the loss to explode. But with Adam, large gradients do not make large steps.",
                ("아무것도 배우지 못해서, 10% 언저리입니다", "It learns nothing: about 10%"),
            ),
        ),
    ),
    Quiz(
        "08.2",
        (
            Option(
                Between(0.95, 1),
                "은닉층이 같으니 그럴 법합니다. 하지만 출력 하나로는 '4 아니면 9'를 말할 길이 없습니다.",
                'The hidden layers are the same, after all. But one output has no way to say "a 4 or a 9".',
                ("원-핫 벡터와 다름없이, 97% 언저리입니다", "As well as with one-hot vectors: about 97%"),
            ),
            Option(
                Between(0.8, 0.95),
                "그보다 손해가 큽니다. 값이 0.5만 빗나가도 이웃한 숫자로 읽힙니다.",
                "It loses more than that. An output that is off by 0.5 is read as a neighbouring number.",
                ("조금 낮아서, 90% 언저리입니다", "A little lower: about 90%"),
            ),
            Option(
                Between(0.45, 0.8),
                "값은 대체로 맞는 자리에 있지만, 이웃과 겹칠 만큼 퍼져 있습니다.",
                "The outputs are roughly where they should be, but spread enough to overlap their neighbours.",
                ("많이 낮아서, 60% 언저리입니다", "Much lower: about 60%"),
            ),
            Option(
                Between(0.1, 0.4),
                "2장의 선형 모델이 그쯤이었습니다. 은닉층이 있으면 그보다는 낫습니다.",
                "So it was with the linear model of chapter 2. Hidden layers do better than that.",
                ("2장에서처럼, 20% 언저리입니다", "As in chapter 2: about 20%"),
            ),
        ),
    ),
    Quiz(
        "08.3",
        (
            Option(
                (True, True),
                "픽셀이 모두 있으니 그럴 법합니다. 하지만 보통 이미지로 배운 가중치는 함께 옮겨 가지 않습니다.",
                "All pixels are still there. But weights learned on ordinary images do not move along with them.",
                ("둘 다 90% 넘게 읽습니다", "Both read more than 90%"),
            ),
            Option(
                (True, False),
                "그렇게 배우면 가중치도 옮겨 간 자리에서 배웁니다. 보통 이미지로 배웠다면 자리가 어긋납니다.",
                "Who learns on them has the weights in the right places; who learned on ordinary images has not.",
                ("뒤섞은 이미지로 배운 쪽만 90% 넘게 읽습니다", "Only the one that learned on shuffled images"),
            ),
            Option(
                (False, False),
                "사람 눈에는 잡음이니 그럴 법합니다. 하지만 이 신경망은 어느 픽셀이 이웃인지 애초에 모릅니다.",
                "To our eyes they are noise. But this network never knew which pixels are neighbours.",
                ("둘 다 90%에 못 미칩니다", "Neither reads 90%"),
            ),
            Option(
                (False, True),
                "뒤섞은 이미지에서는 배울 것이 없다고 보았나요? 같은 픽셀은 언제나 같은 자리로 옮겨 갑니다.",
                "Is there nothing to learn from shuffled images? Yet each pixel always moves to the same place.",
                ("보통 이미지로 배운 쪽만 90% 넘게 읽습니다", "Only the one that learned on ordinary images"),
            ),
        ),
    ),
    Exercise(
        "08.4",
        lambda: np.array([0, 0, 4, 6, 9, 9, 9]),
        (
            "범위를 벗어난 출력도 가장 가까운 숫자가 됩니다. 자르는 것과 반올림하는 것은 차례가 바뀌어도 됩니다.",
            "Outputs beyond the range get the nearest digit too. Whether you clip or round first makes no difference.",
        ),
        (
            Mistake(
                lambda: OUTPUTS.round(),
                "반올림만 했습니다. -1과 10, 11이라는 숫자는 없습니다.",
                "This only rounds. There are no digits -1, 10, and 11.",
            ),
            Mistake(
                lambda: OUTPUTS.astype(int),
                "`astype(int)`는 반올림하지 않고 소수점 아래를 버립니다. 3.9가 3이 되었습니다.",
                "`astype(int)` does not round but drops the decimals: 3.9 has become 3.",
            ),
            Mistake(
                lambda: np.clip(OUTPUTS, 0, 9).astype(int),
                "범위는 맞습니다. 하지만 소수점 아래를 버려서 3.9가 3이 되었습니다.",
                "The range is right. But the decimals are dropped, so 3.9 has become 3.",
            ),
            Mistake(
                lambda: OUTPUTS.round() % 10,
                "나머지를 구하면 11은 1이 되고 -1은 9가 됩니다. 11에 가장 가까운 숫자는 무엇인가요?",
                "A remainder turns 11 into 1 and -1 into 9. Which digit is nearest to 11?",
            ),
            Mistake(
                lambda: np.clip(OUTPUTS, 0, 9),
                "범위는 맞습니다. 아직 소수가 남아 있습니다.",
                "The range is right. There are still decimals.",
            ),
            Mistake(
                lambda: np.clip(OUTPUTS.round(), 0, 10),
                "10이 남아 있습니다. 숫자는 9까지입니다.",
                "There is still a 10. Digits end at 9.",
            ),
        ),
        (
            (
                "범위를 벗어난 값을 끝에 맞추는 함수가 이 장에 나왔습니다. `np.clip`입니다.",
                "This chapter used a function that moves values beyond a range to its ends: `np.clip`.",
            ),
            ("`np.clip(..., 0, 9)` 안에서 반올림하세요.", "Round inside `np.clip(..., 0, 9)`."),
        ),
        also=(lambda: np.clip(OUTPUTS, 0, 9).round().astype(int), lambda: np.rint(np.minimum(OUTPUTS.clip(0), 9))),
    ),
    Exercise(
        "08.5",
        lambda: _five()[:, _orders()[0]],
        (
            "훈련할 때와 쓸 때의 순서가 같아야 합니다. 전처리는 모두 그렇습니다.",
            "Training and use need one and the same order. So it is with all preprocessing.",
        ),
        (
            Mistake(
                lambda: _five()[:, _orders()[1]],
                "적혀 있던 코드의 결과 그대로입니다. `permutation`은 부를 때마다 새 순서를 만듭니다.",
                "This is what the code gave. Every call of `permutation` makes a new order.",
            ),
            Mistake(
                _five,
                "뒤섞지 않은 테스트 이미지입니다. 훈련 이미지의 픽셀은 자리를 옮겼습니다.",
                "These test images are not shuffled, but the pixels of the training images have moved.",
            ),
            Mistake(
                lambda: _five()[:, np.argsort(_orders()[0])],
                "순서를 거꾸로 되돌리는 쪽으로 옮겼습니다. 훈련 이미지와 같은 쪽으로 옮기세요.",
                "The pixels moved the way back. Move them as those of the training images.",
            ),
            Mistake(
                lambda: 255 * _five()[:, _orders()[0]],
                "순서는 맞지만 픽셀이 0…255입니다. 훈련 이미지는 나눈 것이었습니다.",
                "The order is right, but pixels are 0…255. The training images had been divided.",
            ),
        ),
        (
            (
                "`rng.permutation(784)`를 두 번 부르면 서로 다른 순서가 두 개 나옵니다.",
                "Two calls of `rng.permutation(784)` give two different orders.",
            ),
            (
                "순서를 한 번만 만들어 이름을 붙이고, `X_test[:5, ...]`의 괄호 안에서 다시 쓰세요.",
                "Make one order, give it a name, and use it again in `X_test[:5, ...]`.",
            ),
        ),
        also=(lambda: _five().astype(np.float32)[:, _orders()[0]],),
    ),
    Exercise(
        "08.6",
        lambda: lambda X, W, b: np.sum(np.all(_sums(X, W, b) <= 0, axis=0)),
        (
            "유닛마다 가장 큰 합이 0 이하이면 한 번도 켜지지 않은 것입니다.",
            "If the largest of a unit's sums is not above 0, it was never on.",
        ),
        (
            Mistake(
                lambda: lambda X, W, b: np.sum(np.any(_sums(X, W, b) <= 0, axis=0)),
                "한 번이라도 꺼진 유닛을 모두 세었습니다. 한 번도 켜지지 않은 유닛만 세세요.",
                "This counts units that were off at least once. Count those that were never on.",
            ),
            Mistake(
                lambda: lambda X, W, b: np.sum(np.all(_sums(X, W, b) <= 0, axis=1)),
                "축이 바뀌어 이미지를 세었습니다. 줄은 이미지, 칸은 유닛입니다.",
                "With the other axis, this counts images. A row is an image, a column a unit.",
            ),
            Mistake(
                lambda: lambda X, W, b: np.sum(_sums(X, W, b) <= 0),
                "이미지와 유닛의 짝을 모두 세었습니다. 먼저 유닛마다 모든 이미지를 보아야 합니다.",
                "This counts pairs of image and unit. First look at all images for each unit.",
            ),
            Mistake(
                lambda: lambda X, W, b: np.sum(np.all(X @ W <= 0, axis=0)),
                "편향 `b`를 더하지 않았습니다.",
                "The biases `b` are missing.",
            ),
            Mistake(
                lambda: lambda X, W, b: np.sum(np.all(_sums(X, W, b) < 0, axis=0)),
                "합이 꼭 0인 유닛이 빠졌습니다. 렐루는 0도 켜지 않습니다.",
                "A unit whose sum is exactly 0 is missing. ReLU does not switch that on either.",
            ),
            Mistake(
                lambda: lambda X, W, b: np.all(_sums(X, W, b) <= 0, axis=0),
                "유닛마다의 참과 거짓입니다. 참이 몇 개인지 세세요.",
                "This is True or False for each unit. Count how many are True.",
            ),
            Mistake(
                lambda: lambda X, W, b: np.sum(np.any(_sums(X, W, b) > 0, axis=0)),
                "한 번이라도 켜진 유닛을 세었습니다. 그 나머지를 세세요.",
                "This counts the units that were on at least once. Count the others.",
            ),
            Mistake(
                lambda: lambda X, W, b: np.mean(np.all(_sums(X, W, b) <= 0, axis=0)),
                "비율입니다. 몇 개인지 세세요.",
                "This is a fraction. Count them.",
            ),
        ),
        (
            (
                "`X @ W + b`의 줄은 이미지, 칸은 유닛입니다. 유닛마다 가장 큰 합을 보세요.",
                "In `X @ W + b`, a row is an image and a column a unit. Look at the largest sum of each unit.",
            ),
            (
                "`.max(axis=0) <= 0`이 참인 유닛을 `np.sum`으로 세세요.",
                "Count with `np.sum` where `.max(axis=0) <= 0` is true.",
            ),
        ),
        also=(lambda: lambda X, W, b: int((np.maximum(X @ W + b, 0).sum(axis=0) == 0).sum()),),
        inputs=_layer,
    ),
    Exercise(
        "08.7",
        lambda: TEST[2].mean(),
        (
            "테스트 정확도가 가장 높은 학습률은 아니지만, 고르는 데 쓰지 않은 점수라서 믿을 수 있습니다.",
            "Another rate does better on the test set. But this score had no part in choosing: it can be trusted.",
        ),
        (
            Mistake(
                lambda: TEST.max(),
                "적혀 있던 코드 그대로입니다. 열두 번 가운데 가장 운이 좋았던 한 번입니다.",
                "This is the code as it was: the luckiest of twelve trainings.",
            ),
            Mistake(
                lambda: TEST.mean(axis=1).max(),
                "시드로 평균을 낸 것은 잘했습니다. 하지만 테스트 세트로 골랐으므로 후한 점수입니다.",
                "Means over the seeds are right. But the test set did the choosing, so the score is too generous.",
            ),
            Mistake(
                lambda: TEST[1].mean(),
                "시드 하나만 보고 학습률을 고른 듯합니다. 검증 정확도도 세 시드의 평균을 비교하세요.",
                "The rate seems to be chosen by a single seed. Compare the means of three for validation too.",
            ),
            Mistake(
                lambda: VAL[2].mean(),
                "학습률은 맞게 골랐습니다. 하지만 이것은 고르는 데 쓴 검증 점수입니다.",
                "The rate is the right one. But this is its validation score, which did the choosing.",
            ),
            Mistake(
                lambda: TEST[2].max(),
                "학습률은 맞게 골랐습니다. 하지만 시드 셋 가운데 가장 높은 것만 적었습니다.",
                "The rate is the right one. But this is only the highest of its three seeds.",
            ),
            Mistake(
                lambda: 2,
                "몇 번째 학습률인지는 맞습니다. 그 학습률의 테스트 정확도를 물었습니다.",
                "That is the right position. The question is that rate's test accuracy.",
            ),
            Mistake(
                lambda: TEST[0].mean(),
                "축이 바뀐 듯합니다. 학습률은 줄이므로 `axis=1`로 평균을 냅니다.",
                "Perhaps the wrong axis: rates are rows, so take means along `axis=1`.",
            ),
        ),
        (
            (
                "먼저 `val`만 보고 줄을 하나 고르세요. 줄마다 세 시드의 평균을 비교합니다.",
                "First choose a row by `val` alone: compare the means of the three seeds.",
            ),
            (
                "`val.mean(axis=1).argmax()`가 그 줄의 번호입니다. 이제 `test`의 그 줄을 보세요.",
                "`val.mean(axis=1).argmax()` is the number of that row. Now look at that row of `test`.",
            ),
        ),
        also=(lambda: TEST.mean(axis=1)[VAL.mean(axis=1).argmax()],),
    ),
    Exercise(
        "08.8",
        lambda: 0.04,
        (
            "밝기가 20분의 1쯤 되어야 절반을 놓칩니다. 픽셀의 목소리가 편향의 목소리에 묻히는 곳입니다.",
            "Only at about a twentieth of the brightness is half misread: there the biases drown what the pixels say.",
        ),
        (
            Mistake(
                lambda: 0.5,
                "밝기가 반이라고 반만 읽지는 않습니다. 아직 거의 다 읽으니 더 줄여 보세요.",
                "Half the brightness does not mean half the images. Nearly all are still read: go lower.",
                like=lambda answer: 0.1 <= answer < 1,
            ),
            Mistake(
                lambda: 1 / 255,
                "너무 줄였습니다. 여기서는 거의 찍는 수준입니다. 조금 키워 보세요.",
                "That is too little: down here it is hardly better than guessing. Go up a bit.",
                like=lambda answer: 0 <= answer < 0.02,
            ),
            Mistake(
                lambda: 25,
                "나누는 수를 적은 듯합니다. 곱하는 수를 적으세요.",
                "This looks like a number to divide by. Write the one to multiply by.",
                like=lambda answer: 10 <= answer <= 50,
            ),
            Mistake(
                lambda: 255,
                "곱해서 크게 하면 정확도는 거의 그대로입니다. 1보다 작은 수를 찾으세요.",
                "Multiplying them up hardly changes the accuracy. Look below 1.",
                like=lambda answer: answer >= 1,
            ),
            Mistake(
                lambda: 0.09,
                "가까이 왔습니다. 아직 절반보다 많이 읽으니 조금 더 줄여 보세요.",
                "You are close. It still reads more than half: go a little lower.",
                like=lambda answer: 0.07 <= answer < 0.1,
            ),
        ),
        (
            (
                "`for factor in (0.5, 0.2, 0.1, 0.05)`로 정확도를 출력해 보세요.",
                "Print the accuracy in a loop: `for factor in (0.5, 0.2, 0.1, 0.05)`.",
            ),
            (
                "정확도가 절반을 지나는 두 수 사이를 다시 나누어 보세요. `0.02`보다는 큽니다.",
                "Divide again between the two factors where it passes one half. It is more than `0.02`.",
            ),
        ),
        also=(lambda: 0.035, lambda: 0.05),
        accepts=lambda answer: bool(0.02 <= answer < 0.07),
    ),
)
