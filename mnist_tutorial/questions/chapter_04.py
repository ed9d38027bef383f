"""What chapter 4 asks."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from .._agree import agree
from ..exercises import Exercise, Mistake, Option, Quiz
from ._data import test, train


def _pair() -> Any:
    return train()[0][:2]


def _pale() -> Any:
    return test()[0][:10] // 2


def _once() -> Any:
    return (train()[0][:10] / 255).astype(np.float32)


def _test_rows() -> Any:
    return test()[0][:100].reshape(100, 784) / 255


@cache
def _statistics() -> tuple[float, float]:
    """Return the mean and the standard deviation of the training pixels, divided by 255."""
    images = train()[0]
    mean = float(images.mean(dtype=float))
    square = float(np.square(images, dtype=np.uint16).mean(dtype=float))
    return mean / 255, float(np.sqrt(square - mean**2)) / 255


def _standard(scale: float = 1) -> Any:
    mean, deviation = _statistics()
    return (_test_rows() - mean * scale) / (deviation * scale)


def _is_half_own(answer: Any) -> bool:
    """Tell whether the mean or the standard deviation is that of the test images and the other is not."""
    rows, (mean, deviation) = _test_rows(), _statistics()
    whole = test()[0] / 255
    return any(
        agree(answer, (rows - one) / other, tolerance=1e-3)
        for own in (rows, whole)
        for one, other in ((mean, own.std()), (own.mean(), deviation))
    )


def _empty_pixels_differ(answer: Any, axis: int) -> bool:
    """Tell whether empty pixels have become one number along an axis, and others elsewhere."""
    empty = np.ma.masked_array(np.asarray(answer, float), _test_rows() > 0)
    return bool(np.ma.ptp(empty, axis=axis).max() < 1e-4 < np.ma.ptp(empty))


@cache
def _thousand() -> Any:
    return train()[0][:1000].reshape(1000, 784).astype(np.float32)


def _largest(spread: float) -> float:
    """Return the mean of the largest probability that random weights give to undivided images."""
    scores = _thousand() @ np.random.default_rng(0).normal(0, spread, size=(784, 10))
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return float((powers.max(axis=1) / powers.sum(axis=1)).mean())


def _within(answer: Any, values: Any, most: float) -> bool:
    """Tell whether no value of an answer is further off than that."""
    return np.shape(answer) == np.shape(values) and bool((np.abs(answer - values) <= most).all())


def _close_to(values: Callable[[], Any]) -> Callable[[Any], bool]:
    """Return what tells whether an answer has these values, of whatever dtype."""
    return lambda answer: np.shape(answer) == np.shape(values()) and np.allclose(answer, values(), rtol=1e-4)


EXERCISES: tuple[Exercise | Quiz, ...] = (
    Quiz(
        "04.1",
        (
            Option(
                47,
                "수의 개수는 그대로이지만 자료형은 그대로가 아닙니다. 1바이트짜리 `uint8`에는 소수를 적을 수 없습니다.",
                "As many numbers as before, but not of the same dtype: a `uint8`, of 1 byte, cannot hold a fraction.",
            ),
            Option(
                94,
                "하나에 2바이트라면 그렇습니다. NumPy가 나눗셈에 쓰는 자료형은 그보다 큽니다.",
                "That would be 2 bytes each. The dtype that NumPy takes for a quotient is larger.",
            ),
            Option(
                188,
                "4바이트짜리 `float32`라면 그렇습니다. NumPy는 따로 말하지 않으면 더 큰 것을 씁니다.",
                "That would be `float32`, 4 bytes each. Unless told otherwise, NumPy takes a larger one.",
            ),
            Option(
                376,
                "NumPy는 정수를 나눈 몫을 8바이트짜리 `float64`에 담습니다. 그래서 여덟 배입니다.",
                "NumPy puts quotients of integers into `float64`, 8 bytes each, so it is eight times as much.",
            ),
        ),
    ),
    Quiz(
        "04.2",
        (
            Option(
                "alike",
                "`imshow`는 가장 작은 값을 흰색, 가장 큰 값을 검은색으로 그립니다. 모두 함께 작아지면 그림은 같습니다.",
                "`imshow` draws the lowest value white and the highest black. If all shrink alike, nothing changes.",
                ("똑같아 보입니다", "The same"),
            ),
            Option(
                "paler",
                "명암의 눈금을 0…1로 고정하면 그렇습니다. `imshow`는 따로 정하지 않으면 값에 눈금을 맞춥니다.",
                "It would on a fixed scale of 0…1. Unless told otherwise, `imshow` fits the scale to the values.",
                ("훨씬 옅어 보입니다", "Much paler"),
            ),
            Option(
                "darker",
                "작은 값이 어두운 그림이라면 그렇습니다. 이 책에서는 0이 흰색이고, `imshow`는 값에 눈금을 맞춥니다.",
                "Perhaps you took small for dark. In this book 0 is white, and `imshow` fits the scale to the values.",
                ("훨씬 진해 보입니다", "Much darker"),
            ),
            Option(
                "error",
                "`imshow`는 어떤 크기의 수든 그립니다. 그래서 잘못을 알아채기가 더 어렵습니다.",
                "`imshow` draws numbers of any size, which makes the slip all the harder to notice.",
                ("오류가 납니다", "There is an error"),
            ),
        ),
    ),
    Quiz(
        "04.3",
        (
            Option(
                -28,
                "보통의 정수라면 그렇습니다. 하지만 `uint8`에는 음수가 없습니다.",
                "With ordinary integers it would be. But `uint8` has no negative numbers.",
            ),
            Option(
                0,
                "0에서 멈춘다면 그렇습니다. 하지만 `uint8`은 멈추지 않고 0 다음에 255로 넘어갑니다.",
                "That would be so if it stopped at 0. It does not stop: below 0, a `uint8` goes on at 255.",
            ),
            Option(
                28,
                "음수가 없다고 해서 부호만 떼어 내는 것은 아닙니다. 0에서 한 칸 내려가면 255입니다.",
                "There are no negative numbers, but the sign is not just dropped. One step below 0 is 255.",
            ),
            Option(
                228,
                "0 아래로 스물여덟 칸을 내려가면, 255에서 시작해 228에 이릅니다. -28 + 256과 같습니다.",
                "28 steps below 0, the first of them to 255, lead to 228. That is -28 + 256.",
            ),
        ),
    ),
    Exercise(
        "04.4",
        lambda: _pair().mean(axis=0),
        (
            "먼저 실수로 바꾸면 더해도 넘치지 않습니다. `np.mean`은 스스로 그렇게 합니다.",
            "Convert first, and the sum does not overflow. `np.mean` does so by itself.",
        ),
        (
            Mistake(
                lambda: (_pair()[0] + _pair()[1]) / 2,
                "더할 때 이미 255를 넘은 픽셀이 한 바퀴 돌았습니다. 그 뒤에 실수로 바꾸면 늦습니다.",
                "Where the sum exceeds 255 it has wrapped around already. To convert after that is too late.",
                like=lambda answer: _within(answer, (_pair()[0] + _pair()[1]) / 2, 0.5),
            ),
            Mistake(
                lambda: _pair()[0] // 2 + _pair()[1] // 2,
                "넘치지는 않지만, `//`가 나머지를 버려서 조금씩 모자랍니다.",
                "Nothing overflows, but `//` drops remainders, so some values are a little too small.",
            ),
            Mistake(
                lambda: np.floor(_pair().mean(axis=0)),
                "소수점 아래가 없습니다. 실수인 채로 두세요.",
                "The fractions are gone. Leave the values as floats.",
                like=lambda answer: any(
                    agree(answer, whole(_pair().mean(axis=0))) for whole in (np.floor, np.round, np.ceil)
                ),
            ),
            Mistake(
                lambda: _pair()[0] + _pair()[1] / 2,
                "둘째 이미지만 2로 나누었습니다. 나눗셈은 덧셈보다 먼저 합니다. 괄호를 쓰세요.",
                "Only the second image has been halved: division comes before addition. Use parentheses.",
            ),
            Mistake(
                lambda: np.minimum(_pair().sum(axis=0), 255) / 2,
                "255에서 잘랐습니다. 평균은 255를 넘을 수 없으니, 자르지 않아도 됩니다.",
                "This is cut off at 255. A mean cannot exceed 255, so there is no need to cut.",
            ),
            Mistake(
                lambda: _pair().sum(axis=0),
                "더하기까지는 맞습니다. 이제 2로 나누세요.",
                "This is the sum, and right so far. Now divide by 2.",
            ),
            Mistake(
                lambda: _pair().mean(axis=0) / 255,
                "255로도 나누었습니다. 여기서는 0과 255 사이의 평균을 구합니다.",
                "This has been divided by 255, too. The exercise asks for a mean between 0 and 255.",
            ),
        ),
        (
            (
                "200 + 100은 `uint8`로 얼마일까요? 더하기 전에 할 일이 있습니다.",
                "What is 200 + 100 in `uint8`? Something has to be done before the images are added.",
            ),
            (
                "`x_train[:2].astype(np.float32)`로 두 이미지를 먼저 실수로 바꾸세요.",
                "First convert both images to float: `x_train[:2].astype(np.float32)`.",
            ),
        ),
        also=(lambda: _pair()[0] / 2 + _pair()[1] / 2, lambda: (_pair()[0].astype(np.uint16) + _pair()[1]) / 2),
    ),
    Exercise(
        "04.5",
        lambda: (_pale() / 255).astype(np.float32),
        (
            "흐린 숫자는 정규화한 뒤에도 흐려야 합니다. 가장 큰 값은 1이 아니라 0.5쯤입니다.",
            "What is pale stays pale: the largest value is not 1 but about 0.5.",
        ),
        (
            Mistake(
                lambda: (_pale() / 255).astype(np.uint8),
                "`uint8`에 도로 적어서 소수점 아래가 사라지고 모두 0이 되었습니다. 새 배열에 담으세요.",
                "Written back into a `uint8`, all fractions are gone, and everything is 0. Make a new array.",
                like=lambda answer: np.shape(answer) == _pale().shape and not np.any(answer),
            ),
            Mistake(
                lambda: (_pale() / _pale().max()).astype(np.uint8),
                "아직 0과 1뿐입니다. `uint8`에 적으면 소수점 아래가 사라집니다. 기준도 다시 보세요.",
                "There is nothing but 0 and 1: a `uint8` loses all fractions. And look again at what to divide by.",
                like=_close_to(lambda: (_pale() / _pale().max()).astype(np.uint8)),
            ),
            Mistake(
                lambda: (_pale() / _pale().max()).astype(np.float32),
                "이 이미지들의 최댓값으로 나누었습니다. 훈련 세트에서 같은 진하기는 어떤 수가 되었나요?",
                "This divides by the maximum of these images. What number is the same darkness in the training set?",
                like=_close_to(lambda: _pale() / _pale().max()),
            ),
            Mistake(
                lambda: _pale() / 255,
                "값은 맞지만 `float32`가 아닙니다. `/`는 메모리를 두 배로 쓰는 `float64`를 만듭니다.",
                "The values are right, but not `float32`: `/` makes `float64`, which takes twice the memory.",
                like=_close_to(lambda: _pale() / 255),
            ),
            Mistake(
                lambda: _pale().astype(np.float32),
                "자료형만 바꾸었습니다. 이제 나누세요.",
                "Only the dtype has changed. Now divide.",
                like=_close_to(_pale),
            ),
            Mistake(
                lambda: (_pale() / 255 / 255).astype(np.float32),
                "255로 두 번 나누었습니다. 가장 큰 값이 0.5쯤이어야 합니다.",
                "This has been divided by 255 twice. The largest value should be about 0.5.",
                like=_close_to(lambda: _pale() / 255 / 255),
            ),
            Mistake(
                lambda: (_pale() / 127.5).astype(np.float32),
                "두 배로 밝기를 되살렸습니다. 새 이미지도 훈련 세트와 똑같이 다루어야 합니다.",
                "This makes up for the pale ink. New images have to be treated just like the training set.",
                like=lambda answer: _within(answer, _pale() / 127.5, 0.005),
            ),
        ),
        (
            (
                "배열의 자료형은 값을 도로 적는다고 바뀌지 않습니다. 결과를 담을 새 배열이 필요합니다.",
                "An array keeps its dtype whatever is written into it. The result needs a new array.",
            ),
            (
                "훈련 세트는 무엇으로 나누었나요? `np.divide`에 그 수와 `dtype=np.float32`를 주세요.",
                "What was the training set divided by? Give that number and `dtype=np.float32` to `np.divide`.",
            ),
        ),
        exact_type=True,
    ),
    Exercise(
        "04.6",
        _once,
        (
            "이제 셀을 몇 번 실행해도 한 번만 나눕니다. `mt.normalize`는 두 번째에 오류를 내서 알려 줍니다.",
            "However often the cell runs, it divides once. `mt.normalize` is stricter and raises an error.",
        ),
        (
            Mistake(
                lambda: _once() / 255,
                "아직 두 번 나눕니다. 가장 큰 값이 1이 아니라 0.004쯤입니다.",
                "It still divides twice: the largest value is not 1 but about 0.004.",
                like=_close_to(lambda: _once() / 255),
            ),
            Mistake(
                lambda: train()[0][:10],
                "한 번도 나누지 않았습니다. `uint8`을 받았을 때와 `float32`를 받았을 때를 바꾸어 쓴 것은 아닌가요?",
                "It never divides. Perhaps `uint8` and `float32` have changed places?",
                like=_close_to(lambda: train()[0][:10]),
            ),
            Mistake(
                lambda: train()[0][:10] / 255,
                "한 번만 나누지만 `float64`가 나옵니다. 나눌 때 자료형을 정하세요.",
                "It divides once, but makes `float64`. Say which dtype when you divide.",
                like=_close_to(_once),
            ),
            Mistake(
                lambda: np.broadcast_to(np.float32(0), (60_000, 28, 28)),
                "이미지 6만 장을 모두 넣었습니다. `x_train[:10]`만 넣으세요.",
                "All 60,000 images went in. Only `x_train[:10]` should.",
                like=lambda answer: len(answer) == 60_000,
            ),
        ),
        (
            (
                "나누기 전과 뒤의 이미지는 무엇이 다른가요? `images.dtype`을 보세요.",
                "How do divided images differ from undivided ones? Look at `images.dtype`.",
            ),
            (
                "`images.dtype == np.float32`이면 받은 것을 그대로 돌려주세요.",
                "If `images.dtype == np.float32`, return what was given.",
            ),
            (
                "나눌 때는 `np.divide`에 `dtype=np.float32`를 주어야, 두 번째에 알아볼 수 있습니다.",
                "Give `np.divide` the `dtype=np.float32`, or the second call will not know them.",
            ),
        ),
        exact_type=True,
    ),
    Exercise(
        "04.7",
        _standard,
        (
            "이제 같은 잉크는 어느 세트에서나 같은 수입니다.",
            "Now the same ink is the same number in every set.",
        ),
        (
            Mistake(
                lambda: (_test_rows() - _test_rows().mean()) / _test_rows().std(),
                "이 100장의 평균과 표준편차입니다. 이미지를 다르게 고르면 같은 잉크가 다른 수가 됩니다.",
                "These come from the 100 images themselves. With other images, the same ink would be another number.",
            ),
            Mistake(
                lambda: (_test_rows() - (test()[0].mean() / 255)) / (test()[0].std() / 255),
                "테스트 세트 전체의 평균과 표준편차입니다. 테스트 세트는 준비하는 데에도 쓰지 않습니다.",
                "These come from the whole test set. It should have no part in the preparation either.",
            ),
            Mistake(
                lambda: _test_rows() - _statistics()[0],
                "평균은 뺐습니다. 이제 표준편차로 나누세요.",
                "The mean has been subtracted. Now divide by the standard deviation.",
            ),
            Mistake(
                lambda: (_test_rows() - _statistics()[0]) / _statistics()[1] ** 2,
                "표준편차가 아니라 그 제곱인 분산(`var`)으로 나누었습니다.",
                "This divides by the variance, `var`, the square of the standard deviation.",
            ),
            Mistake(
                lambda: _standard(255),
                "255로 나누지 않은 픽셀의 평균과 표준편차입니다. `x_train`과 `X_train`을 구별하세요.",
                "These are the mean and standard deviation of undivided pixels. Mind `x_train` and `X_train`.",
            ),
            Mistake(
                lambda: (_test_rows() - _statistics()[0]) / _test_rows().std(),
                "평균과 표준편차 가운데 하나는 아직 테스트 이미지에서 구했습니다.",
                "One of the two numbers, mean or standard deviation, still comes from the test images.",
                like=_is_half_own,
            ),
            Mistake(
                lambda: _test_rows() - _statistics()[0] / _statistics()[1],
                "나눗셈이 뺄셈보다 먼저 계산되었습니다. 먼저 할 뺄셈을 괄호로 묶으세요.",
                "The division came before the subtraction. Put the subtraction, which comes first, in parentheses.",
            ),
            Mistake(
                lambda: (255 * _test_rows() - _statistics()[0]) / _statistics()[1],
                "`x_test`의 픽셀은 아직 255로 나누지 않은 것입니다. `X_test`에서 시작하세요.",
                "The pixels of `x_test` have not been divided by 255. Start from `X_test`.",
            ),
            Mistake(
                lambda: np.full((100, 784), np.nan),
                "픽셀마다 구하면, 늘 비어 있는 픽셀에서는 표준편차가 0이라 나눌 수 없습니다. 하나씩만 구하세요.",
                "Taken for each pixel, the standard deviation is 0 where all are empty. Take one for all pixels.",
                like=lambda answer: not np.isfinite(answer).all() or _empty_pixels_differ(answer, axis=0),
            ),
            Mistake(
                lambda: (_test_rows() - _test_rows().mean(axis=1, keepdims=True)) / 0.3,
                "이미지마다 따로 구했습니다. 그러면 같은 잉크가 이미지마다 다른 수가 됩니다.",
                "Each image has numbers of its own. That makes the same ink another number in each image.",
                like=lambda answer: _empty_pixels_differ(answer, axis=1),
            ),
        ),
        (
            (
                "테스트 세트도 훈련 세트와 같은 255로 나누었습니다. 평균과 표준편차도 마찬가지입니다.",
                "Test and training set are divided by the same 255. Mean and standard deviation are no different.",
            ),
            (
                "`few_test`에서 빼고 나누되, 평균과 표준편차는 `X_train`에서 구하세요.",
                "Subtract from `few_test` and divide, but take the two numbers from `X_train`.",
            ),
        ),
        tolerance=1e-3,
    ),
    Exercise(
        "04.8",
        lambda: 0.05 / 255,
        (
            "픽셀이 255배이면 가중치는 255분의 1이어야 합니다.",
            "If pixels are 255 times as large, weights have to be 255 times as small.",
        ),
        (
            Mistake(
                lambda: -0.0002,
                "얼마나 퍼졌는지는 음수가 될 수 없습니다.",
                "How widely numbers are spread cannot be negative.",
                like=lambda answer: float(answer) < 0,
            ),
            Mistake(
                lambda: 0,
                "가중치가 모두 0이면 점수 열 개가 모두 같고, 확률도 모두 0.1입니다. 조금은 퍼져야 합니다.",
                "If all weights are 0, all ten scores are the same, and all probabilities 0.1. Spread them a little.",
                like=lambda answer: float(answer) == 0,
            ),
            Mistake(
                lambda: 0.2,
                "0.15와 0.25 사이여야 하는 것은 확률입니다. `answer`에는 퍼진 정도를 담으세요.",
                "It is the probability that should be between 0.15 and 0.25. Put the spread into `answer`.",
                like=lambda answer: 0.15 <= float(answer) <= 0.25,
            ),
            Mistake(
                lambda: 0.05 * 255,
                "이만큼 퍼지면 점수가 너무 커집니다. 0.05보다 작게 해 보세요.",
                "Spread this widely, weights make the scores too large. Try less than 0.05.",
                like=lambda answer: float(answer) >= 0.05,
            ),
            Mistake(
                lambda: 0.005,
                "방향은 맞지만 아직 포화에 가깝습니다. 나누지 않은 픽셀은 몇 배나 큰가요?",
                "The direction is right, but this is still near saturation. How many times as large are the pixels?",
                like=lambda answer: float(answer) < 0.05 and _largest(float(answer)) >= 0.25,
            ),
            Mistake(
                lambda: 0.05 / 784,
                "너무 작습니다. 점수 열 개가 거의 같아서 확률이 모두 0.1 언저리입니다.",
                "That is too small: the ten scores are nearly the same, and all probabilities about 0.1.",
                like=lambda answer: float(answer) < 0.05 and _largest(float(answer)) <= 0.15,
            ),
        ),
        (
            (
                "먼저 0.05를 10으로, 100으로, 1,000으로 나눈 값을 `largest_from`에 넣어 보세요.",
                "First try 0.05 divided by 10, by 100, by 1,000 in `largest_from`.",
            ),
            (
                "픽셀이 255배 커졌습니다. 점수를 전과 같게 하려면 가중치는 몇 분의 1이어야 할까요?",
                "Pixels are 255 times as large. How many times as small must weights be to give the same scores?",
            ),
        ),
        accepts=lambda answer: 0 < float(answer) < 0.05 and 0.15 < _largest(float(answer)) < 0.25,
        also=(lambda: 0.0002, lambda: np.float32(0.00015)),
    ),
)
