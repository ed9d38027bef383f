"""What chapter 2 asks."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..exercises import Exercise, Mistake, Option, Quiz
from ._data import train


def _ten_labels() -> Any:
    return train()[1][:10]


def _rows(labels: Any, width: int = 10) -> Any:
    return np.eye(width)[labels]


def _svhn() -> Any:
    return np.array([10, 1, 9, 10, 2])


def _accuracy(count: int) -> float:
    """Return how many of the last 10,000 training images least squares reads after learning from the first few."""
    images, labels = train()
    rows = images.reshape(len(images), 784) / 255
    rows = np.column_stack([rows, np.ones(len(rows))])
    weights = np.linalg.lstsq(rows[:count], np.eye(10)[labels[:count]], rcond=None)[0]
    return float(((rows[-10000:] @ weights).argmax(axis=1) == labels[-10000:]).mean())


EXERCISES: tuple[Exercise | Quiz, ...] = (
    Quiz(
        "02.1",
        (
            Option(
                5,
                "줄마다 1을 하나씩 적을 때의 개수입니다. `:`은 줄과 칸을 짝짓지 않습니다.",
                "That would be one in each row. `:` does not pair rows with columns.",
            ),
            Option(
                10,
                "칸은 열 개이지만, `five`에 있는 번호의 칸에만 적습니다.",
                "There are ten columns, but a 1 goes only into those that `five` names.",
            ),
            Option(
                25,
                "`:`은 모든 줄이라는 뜻이므로, 다섯 줄 모두에서 다섯 칸이 1이 됩니다.",
                "`:` means all rows, so five columns become 1 in each of the five rows.",
            ),
            Option(
                50,
                "표 전체가 1이 되지는 않습니다. `five`에 없는 번호의 칸은 그대로 0입니다.",
                "Not the whole table becomes 1. Columns that `five` does not name stay 0.",
            ),
        ),
    ),
    Quiz(
        "02.2",
        (
            Option(
                6.5,
                "4와 9의 평균입니다. 어느 쪽이든 2.5만큼 벗어나고, 제곱하면 6.25입니다.",
                "It is the mean of 4 and 9: off by 2.5 either way, and 2.5 squared is 6.25.",
            ),
            Option(
                4,
                "4이면 오차가 없지만, 9이면 5만큼 벗어나 제곱하면 25이고, 평균은 12.5입니다. 더 작게 할 수 있습니다.",
                "No error for a 4, but for a 9 it is 5, squared 25, so the mean is 12.5. That can be beaten.",
            ),
            Option(
                9,
                "9이면 오차가 없지만, 4이면 5만큼 벗어나 제곱하면 25이고, 평균은 12.5입니다. 더 작게 할 수 있습니다.",
                "No error for a 9, but for a 4 it is 5, squared 25, so the mean is 12.5. That can be beaten.",
            ),
            Option(
                13,
                "둘을 더했습니다. 예측은 두 레이블 사이에 있어야 합니다.",
                "That is their sum. Look between the two.",
            ),
            Option(
                6,
                "거의 다 왔습니다. 클래스의 번호일 필요는 없으니 반올림하지 마세요.",
                "Close. It need not be the number of a class: do not round.",
            ),
            Option(
                7,
                "거의 다 왔습니다. 클래스의 번호일 필요는 없으니 반올림하지 마세요.",
                "Close. Nothing asks for the number of a class, so do not round.",
            ),
        ),
        typed=True,
    ),
    Exercise(
        "02.3",
        lambda: _rows(_ten_labels()),
        ("레이블 열 개를 줄 번호 삼아 열 줄을 뽑았습니다.", "Ten labels selected ten rows."),
        (
            Mistake(
                lambda: _rows(_ten_labels()).T,
                "줄과 칸이 바뀌었습니다. 줄마다 레이블 하나, 칸마다 클래스 하나입니다.",
                "Rows and columns have changed places: a row is one label, a column one class.",
            ),
            Mistake(
                lambda: _rows(_ten_labels(), 11)[:, 1:],
                "한 칸씩 밀렸습니다. 칸은 0부터 셉니다.",
                "All are off by one place. Positions are counted from 0.",
            ),
            Mistake(
                lambda: np.isin(np.arange(10), _ten_labels()) * np.ones((10, 1)),
                "줄마다 1이 여럿입니다. `:` 때문에 줄과 칸이 짝지어지지 않았을 것입니다.",
                "Rows have more than one 1. Perhaps a `:` kept rows and columns from being paired.",
            ),
            Mistake(
                _ten_labels,
                "아직 레이블 그대로입니다. 레이블마다 열 칸이 필요합니다.",
                "These are the labels. Each needs ten places.",
            ),
            Mistake(
                lambda: _rows(train()[1]),
                "레이블 6만 개를 모두 바꾸었습니다. 처음 열 개만 필요합니다.",
                "All 60,000 labels have been turned. Only the first ten are asked for.",
            ),
        ),
        (
            (
                "`np.eye(10)`의 각 줄은 무엇의 원-핫 벡터인가요?",
                "Which class is each row of `np.eye(10)` the one-hot vector of?",
            ),
            (
                "레이블이 곧 줄 번호입니다. 배열로 줄을 고르세요.",
                "A label is the number of a row: select rows by an array.",
            ),
            (
                "`np.eye(10)[...]`의 괄호 안에 레이블 열 개를 넣으세요.",
                "Put the ten labels into the brackets of `np.eye(10)[...]`.",
            ),
        ),
        also=(lambda: _rows(_ten_labels()).astype(np.float32), lambda: _rows(_ten_labels()).tolist()),
    ),
    Exercise(
        "02.4",
        lambda: np.array([[0, 1, 0], [0, 0, 1], [0, 1, 0], [1, 0, 0]]),
        ("낱말도 번호를 붙이면 클래스가 됩니다.", "Numbered, words are classes too."),
        (
            Mistake(
                lambda: np.array([[1, 0, 0], [0, 1, 0], [1, 0, 0], [0, 0, 1]]),
                "나온 순서대로 번호를 붙였습니다. `np.unique`는 알파벳순으로 붙입니다.",
                "The words are numbered as they appear. `np.unique` numbers them in alphabetical order.",
            ),
            Mistake(
                lambda: _rows([1, 2, 1, 0]),
                "칸이 열 개입니다. 클래스는 셋이니 `num_classes`를 알려 주세요.",
                "There are ten places. With three classes, say so by `num_classes`.",
            ),
            Mistake(
                lambda: np.array([1, 2, 1, 0]),
                "번호까지는 맞습니다. 이제 원-핫 벡터로 바꾸세요.",
                "The numbers are right. Now turn them into one-hot vectors.",
            ),
            Mistake(
                lambda: np.eye(3),
                "낱말마다 한 줄이 아니라 클래스마다 한 줄입니다. `return_inverse=True`가 낱말의 번호를 줍니다.",
                "There is a row for each class, not for each word. `return_inverse=True` numbers the words.",
            ),
        ),
        (
            (
                "`np.unique(words, return_inverse=True)`가 돌려주는 두 값을 보세요.",
                "Look at the two things that `np.unique(words, return_inverse=True)` returns.",
            ),
            (
                "둘째 값이 낱말마다 붙은 번호입니다. `mt.one_hot`에 넘기세요.",
                "The second holds each word's number. Hand it to `mt.one_hot`.",
            ),
        ),
    ),
    Exercise(
        "02.5",
        lambda: _rows(_svhn() % 10),
        (
            "10으로 나눈 나머지를 쓰면 10은 0이 되고 나머지는 그대로입니다.",
            "The remainder after dividing by 10 makes the 10 a 0 and leaves the others.",
        ),
        (
            Mistake(
                lambda: np.eye(11)[_svhn()],
                "칸이 열한 개입니다. 오류는 사라졌지만, 0번 칸은 언제나 비고 0은 10번 칸에 있습니다.",
                "There are eleven places. The error is gone, but place 0 is always empty, and a 0 stands at place 10.",
            ),
            Mistake(
                lambda: np.eye(10)[_svhn() - 1],
                "모두 한 칸씩 밀려 1이 0번 칸에 있습니다. 10만 0이어야 합니다.",
                "Everything moved by one: a 1 stands at place 0. Only the 10 should become a 0.",
            ),
            Mistake(
                lambda: np.eye(10)[np.minimum(_svhn(), 9)],
                "10이 9가 되었습니다. 이 데이터에서 10은 0을 뜻합니다.",
                "The 10 has become a 9. In this data it stands for a 0.",
            ),
            Mistake(
                lambda: _svhn() % 10,
                "레이블은 맞습니다. 이제 원-핫 벡터로 바꾸세요.",
                "The labels are right. Now turn them into one-hot vectors.",
            ),
        ),
        (
            ("10만 0이 되어야 하고, 1부터 9까지는 그대로여야 합니다.", "Only the 10 should become 0; 1 to 9 stay."),
            ("10으로 나눈 나머지(`%`)를 생각해 보세요.", "Think of the remainder after division, `%`."),
        ),
        also=(lambda: _rows(np.where(_svhn() == 10, 0, _svhn())),),
    ),
    Exercise(
        "02.6",
        lambda: [0, 0, 0, 0, 0.7, 0, 0, 0, 0, 0.3],
        (
            "제곱 오차의 평균이 가장 작은 열 칸은 가능성 그대로입니다. 그래서 확률로 읽어도 됩니다.",
            "The ten places with the smallest mean squared error are the probabilities themselves.",
        ),
        (
            Mistake(
                lambda: 5.5,
                "수 하나로 적을 때의 평균입니다. 여기서는 열 칸의 평균을 구합니다.",
                "That is the mean as a single number. Here the mean of ten places is asked for.",
            ),
            Mistake(
                lambda: [0, 0, 0, 0, 0.5, 0, 0, 0, 0, 0.5],
                "반반이 되었습니다. 4가 일곱 번, 9가 세 번 나온다고 생각하세요.",
                "That is half and half. Think of seven 4s and three 9s.",
            ),
            Mistake(
                lambda: [0, 0, 0, 0, 1, 0, 0, 0, 0, 0],
                "가능성이 큰 쪽만 골랐습니다. 9일 때의 오차가 커집니다.",
                "Only the likelier class is there. If it is a 9, the error is large.",
            ),
            Mistake(
                lambda: [0, 0, 0, 0, 7, 0, 0, 0, 0, 3],
                "합을 구했습니다. 평균은 합을 개수로 나눈 것입니다.",
                "This is the sum. The mean divides it by how many there are.",
            ),
        ),
        (
            (
                "그런 이미지가 열 장 있다고 생각해 보세요. 레이블은 무엇이 몇 개일까요?",
                "Imagine ten such images. Which labels do they have?",
            ),
            (
                "`[4] * 7 + [9] * 3`을 원-핫 벡터로 바꾸고 `axis=0`으로 평균을 내세요.",
                "Turn `[4] * 7 + [9] * 3` into one-hot vectors, and take their mean along `axis=0`.",
            ),
        ),
    ),
    Exercise(
        "02.7",
        lambda: (200, 800),
        (
            "늘었는데 더 못 읽습니다. 주어진 이미지를 남김없이 맞히느라 가중치가 터무니없이 커지기 때문입니다.",
            "More images, and it reads worse: to fit each given image exactly, the weights become absurdly large.",
        ),
        (
            Mistake(
                lambda: (800, 200),
                "작은 수를 먼저 적으세요.",
                "Put the smaller number first.",
                like=lambda answer: answer[0] >= answer[1],
            ),
            Mistake(
                lambda: (2000, 5000),
                "이 둘은 많을수록 낫습니다. 이미지 수가 가중치 수와 비슷한 곳을 보세요.",
                "Of these two, more is better. Look where there are about as many images as weights.",
                like=lambda answer: answer[0] >= 785,
            ),
            Mistake(
                lambda: (50, 200),
                "이 둘은 많을수록 낫습니다. 큰 쪽을 더 늘려 보세요.",
                "Of these two, more is better. Make the larger number larger.",
                like=lambda answer: answer[1] <= 10000,
            ),
        ),
        (
            (
                "가중치는 785개입니다. 이미지가 그보다 적을 때와 비슷할 때를 비교하세요.",
                "There are 785 weights. Compare fewer images than that with about as many.",
            ),
            (
                "`for count in (100, 200, 400, 800, 1600)`으로 정확도를 출력해 보세요.",
                "Print the accuracy in a loop: `for count in (100, 200, 400, 800, 1600)`.",
            ),
        ),
        accepts=lambda answer: (
            len(answer) == 2
            and 10 <= answer[0] < answer[1] <= 10000
            and (_accuracy(int(answer[0])) > _accuracy(int(answer[1])) + 0.01)
        ),
        also=(lambda: [300, 400],),
    ),
)
