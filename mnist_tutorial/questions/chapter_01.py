"""What chapter 1 asks."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from ..exercises import Between, Exercise, Mistake, Option, Quiz
from ._data import test, train

DIGITS = np.arange(10)


@cache
def _means() -> Any:
    images, labels = train()
    return np.stack([images[labels == digit].mean(axis=0) for digit in DIGITS]).reshape(10, 784)


@cache
def _read(part: str) -> Any:
    """Return what the nearest mean predicts for the test set, or for the last 10,000 images of the training set."""
    images = (test()[0] if part == "test" else train()[0][-10000:]).reshape(10000, 784)
    return ((_means() ** 2).sum(axis=1) - 2 * (images @ _means().T)).argmin(axis=1)


def _last_right(labels: Any) -> Any:
    return _read("last") == labels


def _per_digit(statistic: Any = np.mean) -> Any:
    labels = test()[1]
    return np.array([statistic(_read("test")[labels == digit] == digit) for digit in DIGITS])


def _pair() -> Any:
    """Return the two images of 01.6, as they are stored."""
    return train()[0][0], train()[0][7]


def _length(difference: Any) -> Any:
    return np.sqrt((difference**2).sum())


@cache
def _nearest_image(count: int) -> float:
    """Return the accuracy of the nearest of the first few training images on the last 5,000."""
    images, labels = train()
    known, new = (part.reshape(len(part), 784).astype(np.float32) for part in (images[:count], images[-5000:]))
    nearest = ((known**2).sum(axis=1) - 2 * (new @ known.T)).argmin(axis=1)
    return float((labels[nearest] == labels[-5000:]).mean())


def _beats_means(answer: Any) -> bool:
    return bool(_nearest_image(int(answer)) > _last_right(train()[1][-10000:])[-5000:].mean())


EXERCISES: tuple[Exercise | Quiz, ...] = (
    Quiz(
        "01.1",
        (
            Option(
                (9, 11),
                "끝 번호까지 세었습니다. `12:20`은 19에서 끝나므로 20 - 12, 곧 여덟 줄입니다.",
                "That counts the end as well. `12:20` stops at 19: it has 20 - 12, that is, eight rows.",
            ),
            Option(
                (8, 10),
                "12~19번 줄은 여덟 줄, 10~19번 칸은 열 칸입니다. 번호 하나로 고른 이미지의 축은 사라집니다.",
                "Rows 12 to 19 are eight, columns 10 to 19 are ten. Picking one image by its number drops that axis.",
            ),
            Option(
                (10, 8),
                "세로와 가로가 바뀌었습니다. 이미지 번호 다음에는 줄이 먼저, 칸이 나중에 옵니다.",
                "Height and width have changed places. After the image's number come the rows, then the columns.",
            ),
            Option(
                (1, 8, 10),
                "한 장이라는 뜻의 1은 `0:1`로 잘라야 남습니다. 번호 `0`으로 고르면 그 축은 사라집니다.",
                "A 1, for one image, would be left by `0:1`. The number `0` picks an image and drops the axis.",
            ),
        ),
    ),
    Quiz(
        "01.2",
        (
            Option(
                Between(0.05, 0.2),
                "그렇다면 찍는 것과 같습니다. 하지만 평균 그림은 열 개 모두 알아볼 수 있었습니다. 쓸모가 꽤 있습니다.",
                "That would be no better than guessing. But all ten means could be read. They are worth something.",
                ("10%쯤(찍은 것과 같음)", "about 10% (like guessing)"),
            ),
            Option(
                Between(0.2, 0.6),
                "첫 이미지에서는 5와 3이 아슬아슬했습니다. 하지만 그렇게 망설여지는 이미지는 많지 않습니다.",
                "The first image was a close call between 5 and 3. But few images are as doubtful as that one.",
                ("40%쯤(절반도 안 됨)", "about 40% (not even half)"),
            ),
            Option(
                Between(0.6, 0.9),
                "흐릿한 평균 열 개만으로도 찍기의 여덟 배를 맞힙니다.",
                "Ten blurred means get eight times as many right as guessing does.",
                ("80%쯤(다섯에 넷)", "about 80% (four in five)"),
            ),
            Option(
                Between(0.9, 1.01),
                "사람이라면 그쯤 맞힙니다. 그러나 이 방법은 획을 보지 않고, 칸마다 잉크의 양만 비교합니다.",
                "A person would. But this method sees no strokes. It only compares amounts of ink, square by square.",
                ("98%쯤(거의 모두)", "about 98% (nearly all)"),
            ),
        ),
    ),
    Quiz(
        "01.3",
        (
            Option(
                Between(0.1, 0.3),
                "훈련 세트를 통째로 외웠다면 그렇습니다. 하지만 평균 열 개에 6만 장을 담을 수는 없습니다.",
                "It would be, for a method that memorized the training set. Ten means cannot hold 60,000 images.",
                ("훨씬 높음(거의 100%)", "far higher (close to 100%)"),
            ),
            Option(
                Between(0.005, 0.1),
                "신경망이라면 대개 그렇습니다. 하지만 평균은 한 장 한 장을 기억하지 않습니다.",
                "With networks that is usual. But a mean remembers no single image.",
                ("조금 높음(10%포인트 안쪽으로)", "a little higher (within 10 percentage points)"),
            ),
            Option(
                Between(-0.1, -0.005),
                "평균 열 개는 6만 장을 외우지 못하니 유리할 것이 없습니다. 테스트 세트가 마침 조금 쉽습니다.",
                "Ten means cannot memorize 60,000 images, so it is no advantage. The test set happens to be easier.",
                ("조금 낮음(10%포인트 안쪽으로)", "a little lower (within 10 percentage points)"),
            ),
            Option(
                Between(-0.5, -0.1),
                "두 세트는 같은 방식으로 모은 글씨입니다. 그만큼 차이가 날 까닭은 없습니다.",
                "Both sets were collected in the same way. Nothing would make such a difference.",
                ("훨씬 낮음(10%포인트 넘게)", "far lower (by more than 10 percentage points)"),
            ),
        ),
    ),
    Exercise(
        "01.4",
        lambda: np.bincount(train()[1][-10000:])[8],
        (
            "`==`는 참과 거짓의 배열을 만들고, `sum`은 그 가운데 참을 셉니다.",
            "`==` makes an array of True and False, and `sum` counts the True.",
        ),
        (
            Mistake(
                lambda: (train()[1] == 8).sum(),
                "훈련 세트 전체에서 세었습니다. 마지막 1만 장만 세어 보세요.",
                "That is the count in the whole training set. Only the last 10,000 are asked for.",
            ),
            Mistake(
                lambda: (train()[1][:10000] == 8).sum(),
                "처음 1만 장에서 세었습니다. 끝에서부터 세는 번호는 음수입니다.",
                "That is the count in the first 10,000. Numbers that count from the end are negative.",
            ),
            Mistake(
                lambda: (test()[1] == 8).sum(),
                "테스트 세트에서 세었습니다. 그것도 1만 장이지만, 여기서는 훈련 세트입니다.",
                "That is the count in the test set. It has 10,000 images, too, but the training set is asked about.",
            ),
            Mistake(
                lambda: (train()[1][-10000:] == 8).mean(),
                "8의 비율입니다. 몇 장인지는 평균이 아니라 합으로 셉니다.",
                "That is the share of 8s. The count is a sum, not a mean.",
            ),
            Mistake(
                lambda: 8 * (train()[1][-10000:] == 8).sum(),
                "레이블 8을 모두 더해서 여덟 배가 되었습니다. 더할 것은 레이블이 아니라 참과 거짓입니다.",
                "These labels were added up, each an 8: eight times too many. Add up True and False instead.",
            ),
            Mistake(
                lambda: (train()[1][-10000:] == 7).sum(),
                "7을 세었습니다. 0부터 세므로 8은 8번입니다.",
                "Those are the 7s. Digits start at 0, so the label of an 8 is 8.",
            ),
            Mistake(
                lambda: train()[1][-10000:] == 8,
                "거의 다 왔습니다. 8인 자리는 찾았습니다. 이제 참이 몇 개인지 세세요.",
                "Nearly there. You have found where the 8s are. Now count how many are True.",
            ),
        ),
        (
            (
                "`x_train[:20]`이 처음 스무 장이었습니다. 끝에서부터는 `y_train[-20:]`처럼 셉니다.",
                "`x_train[:20]` were the first twenty images. From the end, it is `y_train[-20:]`.",
            ),
            (
                "레이블이 8인 자리는 `== 8`로 찾고, 참은 1로 세니 모두 더하세요.",
                "Find where the label is 8 by `== 8`. True counts as 1: add it all up.",
            ),
        ),
        also=(lambda: len(np.flatnonzero(train()[1][-10000:] == 8)),),
    ),
    Exercise(
        "01.5",
        lambda: _last_right(train()[1][-10000:]).mean(),
        (
            "이미지와 레이블은 같은 자리의 것끼리 비교해야 하고, 정확도는 개수가 아니라 비율입니다.",
            "Images and labels must come from the same places, and an accuracy is a share, not a count.",
        ),
        (
            Mistake(
                lambda: _last_right(train()[1][:10000]).sum(),
                "아직 처음 그대로입니다. 이미지와 레이블이 저마다 어디에서 왔는지 비교해 보세요.",
                "That is still what they had. Compare where the images come from with where the labels do.",
            ),
            Mistake(
                lambda: _last_right(train()[1][:10000]).mean(),
                "하나는 고쳤습니다. 이제 비율이지만, 찍은 것과 다름없는 값입니다. 누구의 레이블과 비교했나요?",
                "One thing is mended: it is a share. But it is no better than a guess. Whose labels are these?",
            ),
            Mistake(
                lambda: _last_right(train()[1][-10000:]).sum(),
                "하나는 고쳤습니다. 이제 제 레이블과 비교하지만, 맞힌 개수입니다. 정확도는 비율입니다.",
                "One thing is mended: these are the right labels. But it is a count, and an accuracy is a share.",
            ),
            Mistake(
                lambda: 100 * _last_right(train()[1][-10000:]).mean(),
                "퍼센트로 적었습니다. 이 책에서 정확도는 0과 1 사이의 수입니다.",
                "That is in percent. In this book an accuracy is a number between 0 and 1.",
            ),
            Mistake(
                lambda: _last_right(train()[1][-10000:]).sum() / 60000,
                "6만으로 나누었습니다. 읽은 것은 마지막 1만 장뿐입니다.",
                "This was divided by 60,000, but only the last 10,000 were read.",
            ),
            Mistake(
                lambda: 1 - _last_right(train()[1][-10000:]).mean(),
                "틀린 비율입니다. 맞힌 비율을 구하세요.",
                "That is the share that is wrong. Give the share that is right.",
            ),
            Mistake(
                lambda: (_read("test") == test()[1]).mean(),
                "테스트 세트의 정확도입니다. 여기서는 훈련 세트의 마지막 1만 장입니다.",
                "That is the accuracy on the test set. Here it is the last 10,000 images of the training set.",
            ),
        ),
        (
            (
                "`x_train[-10000:]`과 `y_train[:10000]`을 나란히 놓고 보세요.",
                "Put `x_train[-10000:]` and `y_train[:10000]` side by side.",
            ),
            (
                "참과 거짓의 합은 개수입니다. 비율은 무엇으로 구했나요?",
                "The sum of True and False is a count. What gave us the share?",
            ),
            (
                "`read`를 `y_train[-10000:]`과 비교해서 `mean()`을 구하세요.",
                "Compare `read` with `y_train[-10000:]`, and take the `mean()`.",
            ),
        ),
        also=(lambda: _last_right(train()[1][50000:]).sum() / 10000,),
    ),
    Exercise(
        "01.6",
        lambda: np.linalg.norm(_pair()[0] - _pair()[1].astype(float)),
        (
            "이 5에서 `x_train[11]`까지의 거리도 구해 보세요. 그것도 5인데, 이 3보다 더 멉니다.",
            "Try `x_train[11]` in place of the 3. That is a 5, too, and yet it is further away.",
        ),
        (
            Mistake(
                lambda: _length(_pair()[0] - _pair()[1]),
                "`uint8`끼리 계산했습니다. 뺄셈에서도 제곱에서도 255를 넘거나 0 아래로 가면 값이 한 바퀴 돕니다.",
                "This was computed in `uint8`, where the difference and the square wrap around below 0 and above 255.",
            ),
            Mistake(
                lambda: _length((_pair()[0] - _pair()[1]).astype(float)),
                "거의 다 왔습니다. 제곱은 이제 맞지만, 자료형을 바꾸기 전에 `uint8`끼리 빼 버렸습니다.",
                "Close. The squares are right now, but `uint8` had been subtracted before the dtype was changed.",
            ),
            Mistake(
                lambda: _length(_pair()[0].astype(np.int16) - _pair()[1]),
                "`int16`에는 음수가 있어 뺄셈은 맞습니다. 하지만 32,767까지만 담으므로 255의 제곱은 넘칩니다.",
                "`int16` has negative numbers, so the difference is right. But it ends at 32,767, below 255 squared.",
            ),
            Mistake(
                lambda: _length(_pair()[0].astype(float) - _pair()[1]) ** 2,
                "거리의 제곱입니다. 마지막에 제곱근을 구하세요.",
                "That is the square of the distance. The root is missing.",
            ),
            Mistake(
                lambda: np.abs(_pair()[0].astype(float) - _pair()[1]).sum(),
                "차이의 크기를 그대로 더했습니다. 거리는 제곱해서 더하고, 제곱근을 구합니다.",
                "The sizes of the differences were added up. For the distance, add their squares, and take the root.",
            ),
            Mistake(
                lambda: np.sqrt(((_pair()[0].astype(float) - _pair()[1]) ** 2).mean()),
                "제곱의 평균을 냈습니다. 식에는 합이 있습니다.",
                "This takes the mean of the squares. The formula has their sum.",
            ),
            Mistake(
                lambda: np.sqrt(((_pair()[0].astype(float) - _pair()[1]) ** 2).sum(axis=0)),
                "세로로만 더해서 수가 28개 남았습니다. 784칸을 모두 더하세요.",
                "Only the rows were added up, which leaves 28 numbers. Add up all 784 squares.",
            ),
        ),
        (
            (
                "`difference.dtype`을 출력해 보세요. 앞에서 3에서 5를 뺐을 때 어떻게 되었나요?",
                "Print `difference.dtype`. What came of subtracting 5 from 3 above?",
            ),
            (
                "빼기 전에 이미지의 자료형을 바꾸세요. 음수도, 큰 수도 담을 수 있어야 합니다.",
                "Change the dtype of an image before you subtract. It has to hold negative numbers, and large ones.",
            ),
            (
                "`x_train[0].astype(float)`에는 소수점이 있는 수가 들어 있습니다.",
                "`x_train[0].astype(float)` holds floats.",
            ),
        ),
        also=(
            lambda: np.sqrt(((_pair()[0].astype(int) - _pair()[1]) ** 2).sum()),
            lambda: _length(_pair()[1].astype(np.float32) - _pair()[0]),
        ),
    ),
    Exercise(
        "01.7",
        _per_digit,
        (
            "정확도 하나로는 보이지 않던 차이가, 숫자별로 나누면 보입니다.",
            "Digit by digit, differences show that a single accuracy hides.",
        ),
        (
            Mistake(
                lambda: _per_digit(np.sum),
                "맞힌 개수입니다. 그 숫자가 몇 장인지로 나누어야 비율이 됩니다.",
                "Those are counts. To get shares, divide by how many images that digit has.",
            ),
            Mistake(
                lambda: 100 * _per_digit(),
                "퍼센트로 적었습니다. 0과 1 사이의 수로 적으세요.",
                "Those are percentages. Give numbers between 0 and 1.",
            ),
            Mistake(
                lambda: _per_digit(np.sum) / 10000,
                "1만 장 모두로 나누었습니다. 숫자마다 그 숫자의 이미지만 놓고 보세요.",
                "Each was divided by all 10,000. For each digit, look only at the images of that digit.",
            ),
            Mistake(
                lambda: np.array([(test()[1][_read("test") == digit] == digit).mean() for digit in DIGITS]),
                "예측이 그 숫자인 이미지를 골랐습니다. 레이블이 그 숫자인 이미지를 고르세요.",
                "These select the images by their prediction. Select those whose label is that digit.",
            ),
            Mistake(
                lambda: 1 - _per_digit(),
                "틀린 비율입니다. 맞힌 비율을 구하세요.",
                "Those are the shares that are wrong. Give the shares that are right.",
            ),
            Mistake(
                lambda: _per_digit()[1:],
                "아홉 개뿐입니다. 0이 빠졌습니다.",
                "There are only nine: the 0 is missing.",
            ),
            Mistake(
                lambda: np.full(10, _per_digit(np.sum).sum() / 10000),
                "열 개가 모두 전체의 정확도입니다. 숫자마다 그 숫자의 이미지만 고르세요.",
                "All ten are the accuracy on all images. For each digit, select only its images.",
            ),
        ),
        (
            (
                "`predictions[y_test == 4]`는 레이블이 4인 이미지들의 예측입니다. 그 가운데 4는 얼마나 되나요?",
                "`predictions[y_test == 4]` holds the predictions for images labelled 4. What share of them is 4?",
            ),
            (
                "`(predictions[y_test == 4] == 4).mean()`이 4의 정확도입니다. 열 숫자에 대해 되풀이하세요.",
                "`(predictions[y_test == 4] == 4).mean()` is the accuracy of the 4. Do it for all ten digits.",
            ),
        ),
        also=(lambda: _per_digit(np.sum) / np.bincount(test()[1]),),
    ),
    Exercise(
        "01.8",
        lambda: 600,
        (
            "6만 장을 평균 낸 그림 열 개가, 이미지 몇백 장을 그대로 간직한 것만 못합니다.",
            "Ten means of 60,000 images are worth less than a few hundred images kept as they are.",
        ),
        (
            Mistake(
                lambda: 0.86,
                "정확도를 적은 것 같습니다. 몇 장이 필요한지 적으세요.",
                "That looks like an accuracy. Give the number of images.",
                like=lambda answer: 0 < float(answer) < 1,
            ),
            Mistake(
                lambda: 5000,
                "2,000 이하에서 찾으세요. 그보다 훨씬 적어도 이깁니다.",
                "Look among numbers up to 2,000. Far fewer will do.",
                like=lambda answer: float(answer) > 2000,
            ),
            Mistake(
                lambda: 300,
                "그만큼으로는 평균 열 개에 집니다. 더 늘려 보세요.",
                "With that many, it still loses to the ten means. Take more.",
                like=lambda answer: float(answer) >= 1 and not _beats_means(answer),
            ),
            Mistake(
                lambda: 1200,
                "이기기는 하지만, 그 절반으로도 이깁니다. 줄여 보세요.",
                "That many win, but so do half as many. Take fewer.",
                like=lambda answer: float(answer) >= 2,
            ),
        ),
        (
            (
                "`accuracy_from(100)`과 `accuracy_from(1000)`을 `ten_means`와 비교해 보세요.",
                "Compare `accuracy_from(100)` and `accuracy_from(1000)` with `ten_means`.",
            ),
            (
                "75에서 시작해 두 배씩 늘리면서, 지다가 이기는 곳을 찾으세요.",
                "Start with 75 and keep doubling until it no longer loses but wins.",
            ),
        ),
        accepts=lambda answer: (
            2 <= float(answer) <= 2000 and _beats_means(answer) and not _beats_means(float(answer) / 2)
        ),
        also=(lambda: 500, lambda: np.int64(800)),
    ),
)
