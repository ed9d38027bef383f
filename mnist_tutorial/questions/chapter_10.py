"""What chapter 10 asks."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from ..exercises import Between, Exercise, Mistake, Option, Quiz
from ._data import train

VALIDATION = np.array(
    [[0.975, 0.990, 0.977], [0.980, 0.980, 0.979], [0.981, 0.983, 0.982], [0.984, 0.984, 0.973]],
)
TEST = np.array(
    [[0.977, 0.981, 0.976], [0.982, 0.984, 0.983], [0.979, 0.983, 0.977], [0.980, 0.981, 0.974]],
)
BEFORE = np.array([0.9712, 0.9748, 0.9726, 0.9755, 0.9729])
AFTER = np.array([0.9746, 0.9751, 0.9744, 0.9752, 0.9742])


def _moved(pixels: int, axis: int = 2) -> Any:
    return np.roll(train()[0][:10], pixels, axis=axis)


def _blank(places: Any, axis: int = 2) -> Any:
    """Return the images moved to the right by six pixels, with some columns, rows or whole images made empty."""
    images = _moved(6)
    images[(slice(None),) * axis + (places,)] = 0
    return images


def _chosen(setting: Any, of: Any = TEST, report: Any = np.mean) -> tuple[int, float]:
    return int(setting), float(report(of[setting]))


def _error(values: Any, ddof: int = 1) -> float:
    return float(np.std(values, ddof=ddof) / np.sqrt(len(values)))


def _gain(middle: Any = np.mean) -> float:
    return float(middle(AFTER) - middle(BEFORE))


@cache
def _lean(digit: int) -> float:
    """Return how many columns to the right each row further up is, on average, in the first 200 images of a digit."""
    images, labels = train()
    ink = images[labels == digit][:200].reshape(-1, 784) / 255
    row, column = np.divmod(np.arange(784), 28)
    share = ink / ink.sum(axis=1, keepdims=True)
    from_row, from_column = row - share @ row[:, None], column - share @ column[:, None]
    slope = (share * from_row * from_column).sum(axis=1) / (share * from_row**2).sum(axis=1)
    return float(-slope.mean())


def _leans_more(answer: Any) -> float:
    """Return how many times as much as the second digit the first one leans; not a number if one is no digit."""
    one, other = answer
    if one not in range(10) or other not in range(10):
        return float("nan")
    return _lean(int(one)) / _lean(int(other))


EXERCISES: tuple[Exercise | Quiz, ...] = (
    Quiz(
        "10.1",
        (
            Option(
                "weight decay",
                "가중치 감쇠는 외우지 못하게 누르는 재료입니다. 세 에포크로는 아직 외운 것이 많지 않아서 누를 것도 "
                "적습니다.",
                "Weight decay keeps a network from memorizing. After three epochs it has not memorized much yet.",
                ("가중치 감쇠입니다", "weight decay"),
            ),
            Option(
                "shifts",
                "9장에서는 옮기기가 으뜸이었습니다. 하지만 그때는 이미지가 1,000장뿐이었고 훈련이 길었습니다. 4만 8천 "
                "장을 세 번 보는 "
                "동안에는 외울 틈이 적고, 배울 모습만 아홉 배가 됩니다.",
                "Shifts did best in chapter 9, with only 1,000 images and a long training. In three passes over 48,000 "
                "there is little time for memorizing, and nine times as much to learn.",
                ("옮기기입니다", "shifts"),
            ),
            Option(
                "straightened",
                "바로 세우기도 큰 몫을 합니다. 하지만 세 에포크처럼 짧은 훈련에서는 얼마나 빨리 배우는지가 더 "
                "중요합니다.",
                "Straightening does a lot. But in a training as short as three epochs, how fast it learns matters "
                "more.",
                ("바로 세우기입니다", "straightening"),
            ),
            Option(
                "one cycle",
                "훈련이 짧을수록 학습률이 중요합니다. 크게 올려 멀리 가고 0까지 내려 차분히 마무리합니다.",
                "The shorter the training, the more the learning rate matters: high to get far, down to 0 to settle.",
                ("원 사이클 학습률입니다", "one cycle"),
            ),
        ),
    ),
    Quiz(
        "10.2",
        (
            Option(
                Between(0, 0.9),
                "쓴 그대로의 이미지가 더 자연스럽기는 합니다. 하지만 이 신경망은 그런 이미지를 본 적이 없습니다.",
                "As written, they look more natural to us. But this network has never seen any of that kind.",
                ("줄어듭니다", "It falls"),
            ),
            Option(
                Between(0.9, 1.3),
                "사람에게는 같은 숫자이지만, 이웃을 모르는 신경망에게는 잉크가 다른 칸에 놓인 이미지입니다.",
                "To us they are the same digits. To a network that knows no neighbours, the ink is in other places.",
                ("거의 같습니다", "It stays about the same"),
            ),
            Option(
                Between(1.3, 3),
                "나빠진다는 것은 맞습니다. 하지만 숫자는 거의 모두 조금씩은 기울어 있어서, 생각보다 훨씬 나빠집니다.",
                "It does get worse. But nearly all digits lean a little, so it gets far worse than that.",
                ("두 배쯤 됩니다", "It about doubles"),
            ),
            Option(
                Between(3, 100),
                "이 신경망은 기울어진 숫자를 한 번도 보지 못했습니다. 훈련할 때 한 준비는 예측할 때도 똑같이 해야 "
                "합니다.",
                "This network has never seen a slanted digit. What was done for training must be done for predictions.",
                ("세 배 넘게 커집니다", "It grows to more than three times as much"),
            ),
        ),
    ),
    Quiz(
        "10.3",
        (
            Option(
                "fewer",
                "셋이 똑같은 곳에서 틀리지는 않습니다. 하나가 틀린 이미지에서 나머지 둘이 바로잡아 주는 일이 많습니다.",
                "The three do not all fail on the same images. Where one is wrong, the other two often put it right.",
                ("더 적습니다", "fewer"),
            ),
            Option(
                "equal",
                "오차율의 평균이 아니라 확률의 평균입니다. 확률을 먼저 평균하면 예측이 달라집니다.",
                "It is not the error rates that are averaged, but the probabilities, and that changes predictions.",
                ("똑같습니다", "just as many"),
            ),
            Option(
                "more",
                "틀린 신경망이 나머지까지 끌고 간다고 생각했을 것입니다. 그런 이미지도 있지만 반대인 이미지가 더 "
                "많습니다.",
                "A network that is wrong may drag the others along. It happens, but the opposite happens more often.",
                ("더 많습니다", "more"),
            ),
        ),
    ),
    Exercise(
        "10.4",
        lambda: _blank(slice(6)),
        (
            "밀려나서 생긴 자리는 비우고, 밖으로 나간 잉크는 버립니다.",
            "Places that become free are empty, and ink that leaves the image is lost.",
        ),
        (
            Mistake(
                lambda: _moved(6),
                "아직 고치기 전 그대로입니다. 오른쪽 끝을 넘은 잉크가 왼쪽 끝에 남아 있습니다.",
                "That is the code as it stands. Ink that went over the right edge is still there, at the left.",
            ),
            Mistake(
                lambda: _blank(slice(-6, None)),
                "오른쪽 끝을 비웠습니다. `np.roll`을 한 다음에는 넘친 잉크가 어디에 있나요?",
                "This empties the right end. Once `np.roll` is done, where is the ink that went over the edge?",
            ),
            Mistake(
                lambda: _blank(slice(6), axis=1),
                "위쪽 여섯 줄을 비웠습니다. 축의 순서는 이미지, 줄, 칸입니다.",
                "This empties the six rows at the top. The axes are images, rows, columns.",
            ),
            Mistake(
                lambda: _blank(slice(6), axis=0),
                "처음 여섯 장이 통째로 비었습니다. 축의 순서는 이미지, 줄, 칸입니다.",
                "The first six images are all empty. The axes are images, rows, columns.",
            ),
            Mistake(
                lambda: _moved(6, axis=1),
                "아래로 옮겼습니다. 오른쪽은 마지막 축입니다.",
                "This moves them down. To the right is along the last axis.",
            ),
            Mistake(
                lambda: _moved(-6),
                "왼쪽으로 옮겼습니다. 오른쪽은 칸의 번호가 커지는 쪽입니다.",
                "This moves them to the left. To the right, the numbers of the columns grow.",
            ),
        ),
        (
            (
                "첫 이미지를 `plt.imshow(moved[0])`으로 그려 보세요. 어느 칸들이 비어야 하나요?",
                "Draw the first one with `plt.imshow(moved[0])`. Which columns should be empty?",
            ),
            (
                "`np.roll`의 결과를 `answer`에 담은 다음, 넘친 칸에 0을 넣으세요.",
                "Put what `np.roll` returns into `answer`, then write 0 into the columns that came round.",
            ),
        ),
        also=(lambda: np.pad(train()[0][:10], ((0, 0), (0, 0), (6, 0)))[:, :, :28],),
    ),
    Exercise(
        "10.5",
        lambda: 10 * -(-54_000 // 128),
        (
            "떼어 둔 이미지는 빼고, 에포크마다 마지막의 작은 배치까지 셉니다.",
            "Without what is held out, and with the smaller batch that ends each epoch.",
        ),
        (
            Mistake(
                lambda: 10 * 60_000 // 128,
                "아직 고치기 전 그대로입니다. 검증용으로 떼어 두는 10%로는 훈련하지 않습니다.",
                "That is the code as it stands. The 10% held out for validation are not trained on.",
            ),
            Mistake(
                lambda: 10 * -(-60_000 // 128),
                "마지막의 작은 배치까지 잘 세었습니다. 하지만 검증용으로 떼어 두는 10%가 들어 있습니다.",
                "The smaller last batch has been counted, well done. But the 10% held out for validation are in it.",
            ),
            Mistake(
                lambda: 10 * (54_000 // 128),
                "에포크마다 끝에 남는 112장이 빠졌습니다. 케라스는 남은 이미지로도 한 스텝을 더 합니다.",
                "The 112 images left at the end of each epoch are missing. Keras makes one more step with them.",
            ),
            Mistake(
                lambda: 10 * 54_000 // 128,
                "열 에포크를 이어 붙여서 나누었습니다. 남은 이미지는 다음 에포크로 넘어가지 않으니 에포크마다 따로 "
                "세세요.",
                "This divides ten epochs in one piece. What is left over does not go on to the next: count each epoch.",
            ),
            Mistake(
                lambda: 10 * -(-54_000 // 128) - 1,
                "하나 모자랍니다. 0부터 센 마지막 스텝의 번호인가요? 물은 것은 스텝의 수입니다.",
                "One short. Is it the number of the last step, counted from 0? The question is how many there are.",
            ),
            Mistake(
                lambda: -(-54_000 // 128),
                "한 에포크의 스텝입니다. 에포크는 열 번입니다.",
                "Those are the steps of one epoch. There are ten.",
            ),
        ),
        (
            (
                "`validation_split=0.1`이면 훈련에 쓰는 이미지는 몇 장인가요?",
                "With `validation_split=0.1`, how many images are trained on?",
            ),
            (
                "한 에포크의 스텝 수는 이미지 수를 `batch_size`로 나누어 올림한 것입니다. `np.ceil`을 쓸 수 있습니다.",
                "An epoch has as many steps as images divided by `batch_size`, rounded up. `np.ceil` can do that.",
            ),
        ),
    ),
    Exercise(
        "10.6",
        lambda: np.array(_chosen(VALIDATION.mean(axis=1).argmax())),
        (
            "고르는 일은 검증 세트가, 알리는 일은 테스트 세트가 맡습니다.",
            "The validation set is for choosing, the test set for reporting.",
        ),
        (
            Mistake(
                lambda: _chosen(TEST.max(axis=1).argmax(), report=np.max),
                "아직 고치기 전 그대로입니다. 테스트 세트로 고르고, 가장 운이 좋았던 시드를 알렸습니다.",
                "That is the code as it stands: it chooses on the test set, and reports the luckiest seed.",
            ),
            Mistake(
                lambda: _chosen(TEST.mean(axis=1).argmax()),
                "테스트 세트로 골랐습니다. 고르는 데 쓴 이미지의 정확도는 부풀려집니다.",
                "This chooses on the test set. On images that were used for choosing, an accuracy is inflated.",
            ),
            Mistake(
                lambda: _chosen(VALIDATION.max(axis=1).argmax()),
                "가장 좋은 시드로 골랐습니다. 한 번의 행운이니 시드의 평균을 비교하세요.",
                "This chooses by the best seed, which is one piece of luck. Compare means over seeds.",
            ),
            Mistake(
                lambda: _chosen(np.median(VALIDATION, axis=1).argmax()),
                "중앙값으로 골랐습니다. 셋 가운데 하나만 보고 나머지를 버린 셈입니다. 이 책은 평균으로 비교합니다.",
                "This chooses by the median, which looks at one of three seeds. This book compares means.",
            ),
            Mistake(
                lambda: _chosen(VALIDATION.mean(axis=1).argmax(), report=np.max),
                "잘 골랐습니다. 하지만 알린 것은 가장 좋은 시드의 정확도입니다.",
                "Well chosen. But what is reported is the accuracy of the best seed.",
            ),
            Mistake(
                lambda: _chosen(VALIDATION.mean(axis=1).argmax(), of=VALIDATION),
                "잘 골랐습니다. 하지만 고르는 데 쓴 검증 정확도를 알렸습니다.",
                "Well chosen. But what is reported is the validation accuracy, which was used for choosing.",
            ),
        ),
        (
            (
                "고를 때 보는 표와 알릴 때 보는 표가 달라야 합니다.",
                "One table is for choosing, the other for reporting.",
            ),
            (
                "둘 다 `max`가 아니라 `mean`입니다. 고를 때는 `axis=1`로 줄마다 평균을 내세요.",
                "Both take a `mean`, not a `max`. For choosing, take that of each row, with `axis=1`.",
            ),
        ),
    ),
    Exercise(
        "10.7",
        lambda: [_gain(), float(np.hypot(_error(BEFORE), _error(AFTER)))],
        (
            "차이는 표준 오차의 두 배에 못 미칩니다. 뒤쪽의 오차만 보았다면 속았을 것입니다.",
            "The difference is less than two standard errors. Going by the error of one side, you would have been "
            "fooled.",
        ),
        (
            Mistake(
                lambda: (_gain(np.median), _error(AFTER)),
                "아직 고치기 전 그대로입니다. 중앙값의 차이에 한쪽의 오차만 붙였습니다.",
                "That is the code as it stands: a difference of medians, with the error of one side.",
            ),
            Mistake(
                lambda: (_gain(), _error(AFTER)),
                "차이는 맞습니다. 하지만 `before`의 평균도 흔들리는데 그 오차가 빠졌습니다.",
                "The difference is right. But the mean of `before` is uncertain too, and that is left out.",
            ),
            Mistake(
                lambda: (_gain(), _error(BEFORE) + _error(AFTER)),
                "두 오차를 그대로 더했습니다. 둘이 같은 쪽으로 빗나가리라는 법은 없으니, 제곱해서 더한 다음 제곱근을 "
                "구합니다.",
                "The two errors are added as they are. They need not go the same way: add squares, then take the root.",
            ),
            Mistake(
                lambda: (_gain(), np.hypot(BEFORE.std(ddof=1), AFTER.std(ddof=1))),
                "시드 하나의 흔들림입니다. 평균의 오차는 시드 수의 제곱근으로 나누어야 합니다.",
                "That is how much one seed varies. For the error of a mean, divide by the root of the number of seeds.",
            ),
            Mistake(
                lambda: (_gain(), np.hypot(_error(BEFORE, 0), _error(AFTER, 0))),
                "오차가 조금 작습니다. 시드가 다섯뿐이니 `ddof=1`이 필요합니다.",
                "The error is a little too small. With only five seeds, it takes `ddof=1`.",
            ),
            Mistake(
                lambda: (_gain(np.median), np.hypot(_error(BEFORE), _error(AFTER))),
                "오차는 맞습니다. 하지만 중앙값의 차이에 평균의 오차를 붙일 수는 없습니다.",
                "The error is right. But it is that of means, and the difference is one of medians.",
            ),
            Mistake(
                lambda: (-_gain(), np.hypot(_error(BEFORE), _error(AFTER))),
                "부호가 반대입니다. `after`가 더 높을 때 양수여야 합니다.",
                "The sign is the other way round: it should be positive when `after` is higher.",
            ),
            Mistake(
                lambda: (100 * _gain(), 100 * np.hypot(_error(BEFORE), _error(AFTER))),
                "퍼센트포인트로 적었습니다. 여기서는 정확도처럼 비율 그대로 적으세요.",
                "These are percentage points. Leave them as fractions here, as the accuracies are.",
            ),
        ),
        (
            (
                "두 평균이 저마다 오차를 지닙니다. 차이의 오차에는 둘 다 들어가야 합니다.",
                "Each of the two means has an error. That of their difference needs both.",
            ),
            (
                "앞의 `table`은 차이와 그 오차를 어느 함수로 구했나요?",
                "Which function gave `table` above its differences and their errors?",
            ),
        ),
    ),
    Exercise(
        "10.8",
        lambda: (1, 9),
        (
            "숫자마다 누운 정도가 다릅니다. 사람의 버릇만이 아니라 숫자의 생김새도 함께 재어지기 때문입니다.",
            "They do not lean alike: what is measured is people's habit, and the shape of the digit as well.",
        ),
        (
            Mistake(
                lambda: (_lean(1), _lean(9)),
                "기울기를 적었습니다. 그 기울기가 나온 숫자를 적으세요.",
                "Those are slants. Give the digits that they belong to.",
                like=lambda answer: len(answer) == 2 and (answer[0] % 1 != 0 or answer[1] % 1 != 0),
            ),
            Mistake(
                lambda: (9, 1),
                "순서가 바뀌었습니다. 더 많이 누운 숫자를 먼저 적으세요.",
                "They have changed places: put the digit that leans more first.",
                like=lambda answer: _leans_more(answer) <= 1 / 3,
            ),
            Mistake(
                lambda: (2, 3),
                "두 숫자의 차이가 세 배에 못 미칩니다. 열 숫자를 모두 재어 보세요.",
                "The first does not lean three times as much as the second. Measure all ten.",
                like=lambda answer: _leans_more(answer) < 3,
            ),
        ),
        (
            (
                "`for digit in range(10)`으로 열 숫자의 기울기를 모두 출력해 보세요.",
                "Print the slants of all ten in a loop: `for digit in range(10)`.",
            ),
            (
                "가장 많이 누운 숫자와 가장 덜 누운 숫자를 고르면 됩니다.",
                "The one that leans most and the one that leans least will do.",
            ),
        ),
        accepts=lambda answer: len(answer) == 2 and _leans_more(answer) >= 3,
        also=(lambda: np.array([0, 9]), lambda: [1, 6]),
    ),
)
