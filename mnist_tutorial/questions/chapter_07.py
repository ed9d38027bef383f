"""What chapter 7 asks."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from ..exercises import Between, Exercise, Mistake, Option, Quiz
from ._data import train

LOG = {
    "loss": [0.352, 0.143, 0.100, 0.076, 0.059],
    "accuracy": [0.899, 0.957, 0.970, 0.978, 0.983],
    "val_loss": [0.168, 0.138, 0.117, 0.110, 0.115],
    "val_accuracy": [0.953, 0.958, 0.964, 0.971, 0.969],
}
OLD = np.array([0.9712, 0.9748, 0.9735, 0.9766, 0.9729])
NEW = np.array([0.9749, 0.9772, 0.9738, 0.9787, 0.9759])


@cache
def _sorted_digits() -> Any:
    """Return every sixtieth training image and label, sorted by label."""
    images, labels = train()
    few = np.argsort(labels, kind="stable")[::60]
    return images[few], labels[few]


def _in(order: Any, other: Any = None) -> Any:
    """Return the sorted images in one order, and the labels in the same or another."""
    images, labels = _sorted_digits()
    return images[order], labels[order if other is None else other]


def _order(seed: int) -> Any:
    return np.random.default_rng(seed).permutation(1000)


def _each_part() -> Any:
    """Return an order that mixes the first 800 and the last 200 separately."""
    rng = np.random.default_rng(0)
    return np.concatenate([rng.permutation(800), 800 + rng.permutation(200)])


def _paired(answer: Any) -> bool:
    """Tell whether all images are there, each with its own label."""
    images, labels = answer
    known = {image.tobytes(): label for image, label in zip(*_sorted_digits(), strict=True)}
    found = [image.astype(np.uint8).tobytes() for image in np.asarray(images)]
    return len(set(found)) == len(known) and [known.get(each) for each in found] == list(labels)


def _mixed(answer: Any) -> bool:
    """Tell whether each digit is among the last fifth of the labels."""
    return set(np.asarray(answer[1])[-200:].tolist()) == set(range(10))


def _same(part: int, answer: Any) -> bool:
    """Tell whether the images (0) or the labels (1) still stand in their old order."""
    return np.array_equal(answer[part], _sorted_digits()[part])


def _error(values: Any, ddof: int = 1) -> Any:
    return np.std(values, ddof=ddof) / np.sqrt(len(values))


def _draws() -> Any:
    return np.random.default_rng(0).normal(size=(10_000, 20))


EXERCISES: tuple[Exercise | Quiz, ...] = (
    Quiz(
        "07.1",
        (
            Option(
                "same",
                "그렇게 하는 손실은 따로 있고, 이름이 `sparse_`로 시작합니다. 이 손실에는 레이블도 열 칸이어야 합니다.",
                "There is such a loss, and its name begins with `sparse_`. This one wants labels of ten places too.",
                (
                    "알아서 원-핫 벡터로 바꾸어 같은 손실을 냅니다",
                    "It makes one-hot vectors by itself and gives the same loss",
                ),
            ),
            Option(
                "other",
                "그랬다면 가장 나빴을 것입니다. 다행히 이 함수는 계산하기 전에 모양부터 비교합니다.",
                "That would be the worst. Luckily, this function compares the shapes before it computes.",
                ("아무 말 없이 엉뚱한 손실을 냅니다", "Without a word, it gives a loss that means nothing"),
            ),
            Option(
                "stops",
                "레이블은 이미지마다 수 하나, 예측은 열 칸이어서 칸끼리 짝지을 수 없습니다.",
                "A label is one number and a prediction ten places, so there is nothing to pair.",
                ("오류를 내고 멈춥니다", "It stops with an error"),
            ),
        ),
    ),
    Quiz(
        "07.2",
        (
            Option(
                Between(0.9, 1),
                "이미지를 잘 섞어 나누었다면 그럴 것입니다. 정렬된 데이터의 맨 뒤에는 어떤 숫자가 있을까요?",
                "So it would be if the images had been mixed. Which digits stand at the end of sorted data?",
                ("96% 언저리입니다", "About 96%"),
            ),
            Option(
                Between(0.6, 0.9),
                "열 가지 가운데 두 가지를 못 읽을 때의 수입니다. 검증 세트에는 바로 그 두 가지가 모여 있습니다.",
                "True if two kinds out of ten were misread. But the validation set holds hardly any other kind.",
                ("80% 언저리입니다", "About 80%"),
            ),
            Option(
                Between(0.07, 0.13),
                "찍는다면 그쯤 됩니다. 이 신경망은 찍지 않습니다. 본 적 없는 숫자를, 본 적 있는 숫자로 읽습니다.",
                "Guessing gets that. The network does not guess: it takes digits it never saw for digits it knows.",
                ("10% 언저리입니다", "About 10%"),
            ),
            Option(
                Between(0, 0.07),
                "검증 세트는 거의 8과 9뿐인데, 신경망은 8도 9도 본 적이 없어서 그렇게 예측하는 일이 없습니다.",
                "The validation set is nearly all 8s and 9s. The network never saw one, so it never predicts one.",
                ("5%도 안 됩니다", "Less than 5%"),
            ),
        ),
    ),
    Exercise(
        "07.3",
        lambda: LOG["val_accuracy"][-1],
        (
            "훈련이 끝났을 때의 모델을 쓸 것이므로 그 모델의 점수를 적습니다. 가장 높은 값을 고르면 조금 후해집니다.",
            "We keep the model as it is at the end, so its score is the one to report. The highest is too generous.",
        ),
        (
            Mistake(
                lambda: max(LOG["val_accuracy"]),
                "이름은 고쳤지만 가장 높았던 값입니다. 마지막 에포크의 값은 무엇인가요?",
                "The name is mended, but this is the highest value. What is that of the last epoch?",
            ),
            Mistake(
                lambda: LOG["accuracy"][-1],
                "훈련 이미지에서 구한 값입니다. 이미 본 이미지의 점수로는 일반화를 알 수 없습니다.",
                "This was measured on training images, and says nothing about generalization.",
            ),
            Mistake(
                lambda: LOG["val_accuracy"][0],
                "첫 에포크의 값입니다. 맨 끝의 위치를 쓰세요.",
                "This is from the first epoch. Take the position at the end.",
            ),
            Mistake(
                lambda: LOG["val_loss"][-1],
                "손실입니다. 맞힌 비율을 물었습니다.",
                "This is the loss. The question is how many were right.",
            ),
            Mistake(
                lambda: 100 * LOG["val_accuracy"][-1],
                "백분율로 바꾸었습니다. `log`에 적힌 비율 그대로 넘기세요.",
                "This is a percentage. Hand over the fraction as it stands in `log`.",
            ),
            Mistake(
                lambda: LOG["val_accuracy"],
                "모든 에포크의 값입니다. 하나만 고르세요.",
                "These are the values of all epochs. Pick one.",
            ),
        ),
        (
            (
                "`log.keys()`를 출력해서 이름을 확인하세요. `acc`라는 이름은 이제 없습니다.",
                "Print `log.keys()` to see the names. There is no `acc` any more.",
            ),
            (
                "파이썬 리스트의 맨 끝은 위치 `-1`입니다. `max`는 빼세요.",
                "In a Python list, the last one is at position `-1`. Leave out `max`.",
            ),
        ),
    ),
    Exercise(
        "07.4",
        lambda: _in(_order(0)),
        (
            "순서를 하나 만들어 둘 다에 썼으므로, 이미지마다 제 레이블이 따라갑니다.",
            "One order, used for both: every image takes its own label along.",
        ),
        (
            Mistake(
                lambda: _order(0),
                "이것은 섞을 순서입니다. 이제 이 순서로 `images`와 `labels`를 뽑으세요.",
                "This is an order. Now use it to pick from `images` and `labels`.",
                like=lambda answer: getattr(answer, "shape", None) == (1000,),
            ),
            Mistake(
                lambda: _in(_order(0))[::-1],
                "레이블이 먼저 왔습니다. 이미지, 레이블의 차례로 적으세요.",
                "The labels come first here. Put the images first, then the labels.",
                like=lambda answer: len(answer) == 2 and np.ndim(answer[0]) == 1 < np.ndim(answer[1]),
            ),
            Mistake(
                _sorted_digits,
                "아직 정렬된 그대로입니다. 맨 뒤 20%에는 8과 9만 있습니다.",
                "They are still sorted: the last 20% hold nothing but 8s and 9s.",
                like=lambda answer: _same(0, answer) and _same(1, answer),
            ),
            Mistake(
                lambda: _in(np.arange(1000), _order(0)),
                "레이블만 섞였고 이미지는 그대로여서, 이미지가 남의 레이블을 달고 있습니다.",
                "Only the labels are mixed. The images stand where they stood and bear the labels of others.",
                like=lambda answer: len(answer[0]) == len(answer[1]) and _same(0, answer),
            ),
            Mistake(
                lambda: _in(_order(0), np.arange(1000)),
                "이미지만 섞였고 레이블은 그대로여서, 이미지가 남의 레이블을 달고 있습니다.",
                "Only the images are mixed. The labels stand where they stood, so images bear the labels of others.",
                like=lambda answer: len(answer[0]) == len(answer[1]) and _same(1, answer),
            ),
            Mistake(
                lambda: _in(_each_part()),
                "짝은 맞지만 맨 뒤 200장은 아직 8과 9뿐입니다. 나누기 전에, 1,000장을 통째로 섞어야 합니다.",
                "The pairs are right, but the last 200 are still 8s and 9s. Mix all 1,000 before splitting.",
                like=_paired,
            ),
            Mistake(
                lambda: _in(_order(0), _order(1)),
                "둘 다 섞였지만 순서가 서로 다릅니다. `permutation`은 부를 때마다 새 순서를 만듭니다.",
                "Both are mixed, but not alike: every call of `permutation` makes a new order.",
                like=lambda answer: sorted(answer[1]) == sorted(_sorted_digits()[1]) and len(answer[0]) == 1000,
            ),
        ),
        (
            (
                "순서를 먼저 하나 만들어 이름을 붙이세요. `rng.permutation(1000)`은 0부터 999까지를 섞은 것입니다.",
                "First make one order and give it a name: `rng.permutation(1000)` is 0 to 999, mixed.",
            ),
            (
                "그 순서를 `images[...]`와 `labels[...]`의 괄호 안에 똑같이 넣으세요.",
                "Put that same order into the brackets of `images[...]` and of `labels[...]`.",
            ),
        ),
        also=(
            lambda: list(_in(_order(5))),
            lambda: (lambda images, labels: (images, labels.tolist()))(*_in(_order(6))),
        ),
        accepts=lambda answer: len(answer) == 2 and _paired(answer) and _mixed(answer),
    ),
    Exercise(
        "07.5",
        lambda: (NEW.mean() - OLD.mean()) / np.hypot(_error(OLD), _error(NEW)),
        (
            "두 배에 못 미치므로 다섯 시드로는 보이지 않는 차이입니다. `ddof=1`만 빠뜨려도 두 배를 넘습니다.",
            "Less than two, so it does not show with five seeds. Without `ddof=1` alone, it would seem to.",
        ),
        (
            Mistake(
                lambda: (NEW.mean() - OLD.mean()) / np.std(OLD),
                "아직 적혀 있던 식 그대로입니다. 표준편차 하나로 나누었는데, 흔들리는 것은 양쪽의 평균입니다.",
                "This is the formula as it was. It divides by one standard deviation; what varies here are two means.",
            ),
            Mistake(
                lambda: (NEW.mean() - OLD.mean()) / np.hypot(_error(OLD, 0), _error(NEW, 0)),
                "거의 다 왔습니다. 평균도 같은 점수로 구했으니 표준편차를 바로잡아야 합니다.",
                "Nearly. The mean came from the same scores, so the standard deviation needs its correction.",
            ),
            Mistake(
                lambda: (NEW.mean() - OLD.mean()) / np.hypot(np.std(OLD, ddof=1), np.std(NEW, ddof=1)),
                "표준편차로 나누었습니다. 평균은 시드가 많을수록 덜 흔들리는데, 그 몫이 빠졌습니다.",
                "This divides by standard deviations. Means vary less the more seeds there are, and that is missing.",
            ),
            Mistake(
                lambda: (NEW.mean() - OLD.mean()) / _error(OLD),
                "한쪽의 표준 오차로만 나누었습니다. `new`의 평균도 흔들립니다.",
                "This divides by the standard error of one side. The mean of `new` varies too.",
            ),
            Mistake(
                lambda: (NEW.mean() - OLD.mean()) / _error(NEW),
                "한쪽의 표준 오차로만 나누었습니다. `old`의 평균도 흔들립니다.",
                "This divides by the standard error of one side. The mean of `old` varies too.",
            ),
            Mistake(
                lambda: (NEW.mean() - OLD.mean()) / (_error(OLD) + _error(NEW)),
                "두 표준 오차를 그냥 더했습니다. 양쪽이 늘 반대쪽으로 흔들리지는 않으므로 제곱해서 더합니다.",
                "The two standard errors are simply added. They do not always pull apart, so add their squares.",
            ),
            Mistake(
                lambda: (OLD.mean() - NEW.mean()) / np.hypot(_error(OLD), _error(NEW)),
                "크기는 맞고 부호가 반대입니다. `new`가 얼마나 더 높은지 물었습니다.",
                "The size is right and the sign is not. The question is how much higher `new` is.",
            ),
            Mistake(
                lambda: np.hypot(_error(OLD), _error(NEW)),
                "차이의 표준 오차까지 구했습니다. 차이는 그것의 몇 배인가요?",
                "This is the standard error of the difference. How many times that is the difference?",
            ),
        ),
        (
            (
                "`mt.difference(old, new)`는 차이와 그 표준 오차를 돌려줍니다.",
                "`mt.difference(old, new)` returns the difference and its standard error.",
            ),
            (
                "직접 쓴다면 한쪽의 표준 오차는 `np.std(old, ddof=1) / np.sqrt(5)`이고, 둘은 `np.hypot`으로 합칩니다.",
                "By hand, one side's standard error is `np.std(old, ddof=1) / np.sqrt(5)`; `np.hypot` joins the two.",
            ),
        ),
        also=(lambda: (NEW.mean() - OLD.mean()) / np.sqrt((OLD.var(ddof=1) + NEW.var(ddof=1)) / 5),),
    ),
    Quiz(
        "07.6",
        (
            Option(
                10,
                "여섯 자리에서 한쪽의 셋이 놓일 자리를 고르는 방법은 스무 가지이고, 완전히 앞서는 것은 그중 둘입니다.",
                "Of six places, three can be chosen in twenty ways, and in two of them one side leads completely.",
            ),
            Option(
                20,
                "이긴 쪽을 미리 정해 두었다면 그렇습니다. 어느 쪽이 앞서도 똑같이 말했을 것이므로 두 배로 잦습니다.",
                "True if the winner was named beforehand. But you would have said the same of either side.",
            ),
            Option(
                8,
                "하나씩 짝지어 세 번 이길 때의 수입니다. 여기서는 가장 못한 시드도 상대의 가장 나은 시드를 이깁니다.",
                "That is three matches, one against one. Here the worst of one side must beat the best of the other.",
            ),
            Option(
                4,
                "하나씩 짝지어 어느 한쪽이 세 번 모두 이길 때의 수입니다. 여기서는 모두가 모두를 이겨야 합니다.",
                "That is three matches won by either side, one against one. Here, all must beat all.",
            ),
            Option(
                64,
                "동전 여섯 개를 던질 때의 수입니다. 여섯 점수의 순서는 서로 상관이 있습니다.",
                "That is for six coins. But the order of six scores is not made of six separate tosses.",
            ),
            Option(
                512,
                "아홉 번의 비교를 동전 아홉 개로 보았습니다. 한 번 이긴 시드는 다른 비교에서도 이기기 쉽습니다.",
                "That takes nine comparisons for nine coins. But a seed that wins once is likely to win again.",
            ),
        ),
        typed=True,
    ),
    Exercise(
        "07.7",
        lambda: _draws().max(axis=1).mean(),
        (
            "아무것도 고치지 않고, 스무 번 가운데 하나를 고르는 것만으로 얻는 점수입니다.",
            "This is gained by nothing but picking one of twenty.",
        ),
        (
            Mistake(
                lambda: _draws().max(),
                "20만 개를 통틀어 가장 높은 점수입니다. 스무 번마다 하나씩 고르세요.",
                "This is the highest of all 200,000. Pick one from each twenty.",
            ),
            Mistake(
                lambda: _draws().max(axis=0).mean(),
                "칸마다, 곧 1만 번 가운데 하나를 골랐습니다. 한 사람은 한 줄, 스무 번입니다.",
                "This picks one from each column, that is, from 10,000. One person is one row, of twenty.",
            ),
            Mistake(
                lambda: _draws().max(axis=1),
                "사람마다 발표한 점수입니다. 이제 1만 명의 평균을 내세요.",
                "These are the scores that each person reports. Now take the mean of the 10,000.",
            ),
            Mistake(
                lambda: _draws()[0].max(),
                "첫 번째 사람만 보았습니다. 한 사람의 운으로는 모릅니다.",
                "This is the first person alone, and that is one person's luck.",
            ),
            Mistake(
                lambda: _draws().mean(axis=1).max(),
                "차례가 바뀌었습니다. 평균을 먼저 내면 가장 높은 시드의 운이 사라집니다.",
                "The other way round. Taking the mean first averages the luck away.",
            ),
            Mistake(
                lambda: _draws().argmax(axis=1).mean(),
                "`argmax`는 몇 번째인지를 알려 줍니다. 여기서는 점수 자체가 필요합니다.",
                "`argmax` says which one. Here the score itself is wanted.",
            ),
        ),
        (
            (
                "한 줄이 한 사람입니다. 줄마다 수 하나가 남아야 합니다.",
                "A row is one person. One number is to remain of each row.",
            ),
            (
                "`axis=1`로 가장 큰 값을 구하고, 그 평균을 내세요.",
                "Take the largest along `axis=1`, then the mean of those.",
            ),
        ),
        also=(lambda: np.sort(_draws(), axis=1)[:, -1].mean(),),
    ),
    Exercise(
        "07.8",
        lambda: 10,
        (
            "에포크는 세 배쯤 들지만 스텝은 오히려 적습니다. 1,000장의 그레이디언트가 더 정확하기 때문입니다.",
            "It takes some three times the epochs, and yet fewer steps: the gradient of 1,000 images is more exact.",
        ),
        (
            Mistake(
                lambda: 1,
                "`argmax`는 `True`가 하나도 없어도 0을 돌려줍니다. 아직 이르지 못한 것은 아닌지 곡선을 보세요.",
                "`argmax` returns 0 also when nothing is `True`. Look at the curve: perhaps it never got there.",
                like=lambda answer: bool(answer in (0, 1)),
            ),
            Mistake(
                lambda: 3,
                "같은 에포크로는 모자랍니다. 가중치를 고칠 기회가 10분의 1이었습니다.",
                "As many epochs are not enough: the weights were changed a tenth as often.",
                like=lambda answer: 1 < answer < 7,
            ),
            Mistake(
                lambda: 30,
                "스텝 수가 같아지는 에포크입니다. 실제로 훈련해 보면 그보다 일찍 이릅니다.",
                "That is where the steps are equally many. Train, and you will find it gets there earlier.",
                like=lambda answer: 20 < answer <= 40,
            ),
            Mistake(
                lambda: 480,
                "스텝 수를 적은 듯합니다. 한 에포크는 48스텝입니다.",
                "These seem to be steps. An epoch has 48 of them.",
                like=lambda answer: answer > 40,
            ),
            Mistake(
                lambda: 0.965,
                "정확도를 적은 듯합니다. 몇 번째 에포크인지 물었습니다.",
                "This seems to be an accuracy. The question is which epoch.",
                like=lambda answer: 0 < answer < 1,
            ),
        ),
        (
            (
                "`mt.fit(..., epochs=20, batch_size=1000, seed=0)`으로 훈련하고 `val_accuracy` 곡선을 보세요.",
                "Train with `mt.fit(..., epochs=20, batch_size=1000, seed=0)` and look at the `val_accuracy` curve.",
            ),
            (
                "`np.argmax(np.array(curve) >= goal)`은 처음 이른 위치를 0부터 세어 알려 줍니다.",
                "`np.argmax(np.array(curve) >= goal)` is the position where it first got there, counted from 0.",
            ),
        ),
        also=(lambda: 8, lambda: 16),
        accepts=lambda answer: bool(7 <= answer <= 20),
    ),
)
