"""What chapter 2 asks."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from ..exercises import Exercise, Mistake, Option, Quiz
from ._data import train

WORDS = ["cat", "dog", "cat", "bird"]


def _ten_labels() -> Any:
    return train()[1][:10]


def _rows(labels: Any, width: int = 10) -> Any:
    return np.eye(width)[labels]


def _svhn() -> Any:
    return np.array([10, 1, 9, 10, 2])


@cache
def _accuracy(count: int) -> float:
    """Return the accuracy of least squares on the last 10,000 training images, with weights from the first few.

    These are the weights that `lstsq` finds, several times as fast for so few images: the smallest of those with the
    least error. What is added to the diagonal only keeps the equations solvable.
    """
    images, labels = train()
    known, unseen = (_with_one(part) for part in (images[:count], images[-10000:]))
    weights = known.T @ np.linalg.solve(known @ known.T + 1e-9 * np.eye(count), _rows(labels[:count]))
    return float(((unseen @ weights).argmax(axis=1) == labels[-10000:]).mean())


def _with_one(images: Any) -> Any:
    return np.column_stack([images.reshape(len(images), 784) / 255, np.ones(len(images))])


def _fall(answer: Any) -> float:
    """Return by how much the accuracy is lower with the larger number of images than with the smaller."""
    smaller, larger = answer
    return _accuracy(int(smaller)) - _accuracy(int(larger))


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
                "레이블이 4라면 오차가 없지만, 9라면 5만큼 벗어나 제곱이 25, 평균이 12.5입니다. 더 줄일 수 있습니다.",
                "No error if it is a 4. If it is a 9, it is off by 5, squared 25: a mean of 12.5. That can be beaten.",
            ),
            Option(
                9,
                "레이블이 9라면 오차가 없지만, 4라면 5만큼 벗어나 제곱이 25, 평균이 12.5입니다. 더 줄일 수 있습니다.",
                "No error if it is a 9. If it is a 4, it is off by 5, squared 25: a mean of 12.5. That can be beaten.",
            ),
            Option(
                6.25,
                "그것은 이때의 제곱 오차입니다. 그만큼밖에 벗어나지 않는 예측은 얼마인가요?",
                "That is how large the squared error is then. Which prediction has it?",
            ),
            Option(
                2.5,
                "그것은 레이블에서 벗어난 만큼입니다. 예측은 두 레이블 사이에 있습니다.",
                "That is how far it is off. The prediction itself is between the two labels.",
            ),
            Option(
                13,
                "둘을 더했습니다. 예측은 두 레이블 사이에 있습니다.",
                "That is their sum. Look between the two labels.",
            ),
            Option(
                6,
                "거의 다 왔습니다. 클래스의 번호일 필요는 없으니 내림하지 마세요.",
                "Close. It need not be the number of a class: do not round it down.",
            ),
            Option(
                7,
                "거의 다 왔습니다. 클래스의 번호일 필요는 없으니 올림하지 마세요.",
                "Close. It need not be the number of a class: do not round it up.",
            ),
        ),
        typed=True,
    ),
    Exercise(
        "02.3",
        lambda: _rows(_ten_labels()),
        (
            "같은 줄을 여러 번 뽑아도 됩니다. 레이블 1이 세 번 나오니 1번 줄도 세 번 뽑혔습니다.",
            "A row may be selected again and again: the label 1 occurs three times, and so does row 1.",
        ),
        (
            Mistake(
                lambda: _rows(_ten_labels()).T,
                "줄과 칸이 바뀌었습니다. `np.eye(10)`에서 줄이 아니라 칸을 고른 것 같습니다.",
                "Rows and columns have changed places. Perhaps columns of `np.eye(10)` were selected, not rows.",
            ),
            Mistake(
                lambda: _rows(_ten_labels(), 11)[:, 1:],
                "한 칸씩 밀렸습니다. 칸은 0부터 셉니다.",
                "All are off by one place. Positions are counted from 0.",
            ),
            Mistake(
                lambda: np.eye(10),
                "`np.eye(10)` 그대로입니다. 여기서 레이블이 가리키는 줄을 골라야 합니다.",
                "This is `np.eye(10)` as it is. Select the rows that the labels name.",
            ),
            Mistake(
                lambda: np.isin(np.arange(10), _ten_labels()) * np.ones((10, 1)),
                "줄마다 1이 여럿입니다. `:`을 쓰면 줄과 칸이 짝지어지지 않습니다.",
                "Rows have more than one 1. With `:`, rows and columns are not paired.",
            ),
            Mistake(
                _ten_labels,
                "아직 레이블 그대로입니다. 레이블마다 열 칸이 필요합니다.",
                "These are the labels. Each needs ten places.",
            ),
            Mistake(
                lambda: _rows(train()[1]),
                "레이블 6만 개를 모두 바꾸었습니다. 처음 열 개만 바꾸세요.",
                "All 60,000 labels have been turned. Only the first ten are asked for.",
            ),
            Mistake(
                lambda: _rows(train()[1][1:11]),
                "둘째 레이블부터 바꾸었습니다. 처음 레이블은 0번입니다.",
                "This starts at the second label. The first is number 0.",
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
                "`np.eye(10)[...]`의 대괄호 안에 레이블 열 개를 넣으세요.",
                "Put the ten labels into the square brackets of `np.eye(10)[...]`.",
            ),
        ),
        also=(lambda: _rows(_ten_labels()).astype(np.float32), lambda: _rows(_ten_labels()).tolist()),
    ),
    Exercise(
        "02.4",
        lambda: _rows([sorted(set(WORDS)).index(word) for word in WORDS], 3),
        (
            "번호만 붙이면 무엇이든 클래스가 됩니다. 어떤 번호가 무엇인지는 따로 적어 두어야 되돌릴 수 있습니다.",
            "Anything can be a class once it is numbered. Keep the list of names, or there is no way back.",
        ),
        (
            Mistake(
                lambda: np.array([[1, 0, 0], [0, 1, 0], [1, 0, 0], [0, 0, 1]]),
                "나온 순서대로 번호를 붙였습니다. `np.unique`는 알파벳순으로 붙입니다.",
                "The words are numbered as they appear. `np.unique` numbers them in alphabetical order.",
            ),
            Mistake(
                lambda: _rows([1, 2, 1, 0]),
                "칸이 열 개입니다. 클래스가 셋이라는 것을 `num_classes`로 알려 주세요.",
                "There are ten places. Say by `num_classes` that there are three classes.",
            ),
            Mistake(
                lambda: np.array([1, 2, 1, 0]),
                "번호까지는 맞습니다. 이제 원-핫 벡터로 바꾸세요.",
                "The numbers are right. Now turn them into one-hot vectors.",
            ),
            Mistake(
                lambda: np.eye(3),
                "클래스마다 한 줄입니다. 낱말은 넷이고 `cat`은 두 번 나오니, 낱말마다 한 줄씩 있어야 합니다.",
                "That is one row for each class. There are four words, `cat` among them twice: each needs a row.",
            ),
            Mistake(
                lambda: _rows([1, 2, 1, 0], 3).T,
                "줄과 칸이 바뀌었습니다. 낱말마다 한 줄, 클래스마다 한 칸입니다.",
                "Rows and columns have changed places: a row for each word, a column for each class.",
            ),
        ),
        (
            (
                "`np.unique(words, return_inverse=True)`가 돌려주는 두 값을 보세요.",
                "Look at the two things that `np.unique(words, return_inverse=True)` returns.",
            ),
            (
                "둘째 값이 낱말마다 붙은 번호, 곧 레이블입니다.",
                "The second holds each word's number: these are the labels.",
            ),
            (
                "그 레이블을 `mt.one_hot`에 넘기고, `num_classes`로 클래스의 수를 알려 주세요.",
                "Hand these labels to `mt.one_hot`, and say by `num_classes` how many classes there are.",
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
                "`vectors` 그대로입니다. 칸이 열한 개인데, 0번 칸은 늘 비어 있고 0은 10번 칸에 있습니다.",
                "These are the `vectors`. Of their eleven places, place 0 is always empty, and a 0 stands at place 10.",
            ),
            Mistake(
                lambda: np.eye(11)[_svhn()][:, :10],
                "마지막 칸을 떼어 냈더니 0의 줄에는 1이 하나도 남지 않았습니다. 그 1은 0번 칸에 있어야 합니다.",
                "With the last place cut off, no 1 is left in the rows of a 0. It should be at place 0.",
            ),
            Mistake(
                lambda: np.eye(10)[_svhn() - 1],
                "모두 한 칸씩 밀려 1이 0번 칸에 있습니다. 0번 칸은 10의 자리입니다.",
                "Everything has moved by one: a 1 stands at place 0, which belongs to the 10.",
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
            Mistake(
                lambda: _rows(_svhn()[_svhn() < 10]),
                "10인 레이블을 버렸습니다. 잘못된 것이 아니라 0을 달리 적은 것이니, 살려야 합니다.",
                "The labels that are 10 were dropped. They are not wrong, just another way to write a 0. Keep them.",
            ),
        ),
        (
            (
                "원-핫 벡터로 바꾸기 전에 레이블부터 고치세요. 10은 0이 되고, 1부터 9까지는 그대로여야 합니다.",
                "Mend the labels before you turn them into vectors. A 10 should become a 0; 1 to 9 stay as they are.",
            ),
            (
                "어떤 수로 나눈 나머지(`%`)를 구하면 10은 0이 되고, 그보다 작은 수는 그대로일까요?",
                "After division by which number is the remainder (`%`) of a 10 a 0, while smaller numbers stay?",
            ),
        ),
        also=(lambda: _rows(np.where(_svhn() == 10, 0, _svhn())),),
    ),
    Exercise(
        "02.6",
        lambda: _rows([4] * 7 + [9] * 3).mean(axis=0),
        (
            "제곱 오차의 평균이 가장 작은 열 칸은 확률 그대로입니다.",
            "The ten places with the smallest mean squared error are the probabilities themselves.",
        ),
        (
            Mistake(
                lambda: 5.5,
                "수 하나로 예측할 때의 평균입니다. 여기서는 열 칸이 필요합니다.",
                "That is the mean for a prediction by one number. Here there are ten places.",
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
            Mistake(
                lambda: [0, 0, 0, 0, 0.3, 0, 0, 0, 0, 0.7],
                "4와 9의 자리가 바뀌었습니다.",
                "The 4 and the 9 have changed places.",
            ),
            Mistake(
                lambda: [0, 0, 0, 0, 70, 0, 0, 0, 0, 30],
                "퍼센트로 적었습니다. 칸에는 0과 1 사이의 수를 적습니다.",
                "Those are percentages. A place takes a number between 0 and 1.",
            ),
            Mistake(
                lambda: [0.7, 0.3],
                "두 칸뿐입니다. 나머지 여덟 클래스의 칸도 있어야 합니다.",
                "There are only two places. The other eight classes need theirs, too.",
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
        lambda: (200, 400),
        (
            "이미지가 늘었는데 더 못 읽습니다. 두 수의 사이와 바깥도 측정해서, 어디에서 가장 낮은지 찾아보세요.",
            "More images, and it reads worse. Try numbers between and beyond these two: where is it lowest?",
        ),
        (
            Mistake(
                lambda: (0.6, 0.46),
                "정확도를 적은 것 같습니다. 이미지의 개수 둘을 적으세요.",
                "These look like accuracies. Write two numbers of images.",
                like=lambda answer: 0 < max(map(float, answer)) <= 1,
            ),
            Mistake(
                lambda: (400, 200),
                "작은 수를 먼저 적으세요.",
                "Put the smaller number first.",
                like=lambda answer: float(answer[0]) >= float(answer[1]),
            ),
            Mistake(
                lambda: (2000, 5000),
                "두 수 모두 10에서 1,000 사이여야 합니다.",
                "Both numbers should be from 10 to 1,000.",
                like=lambda answer: float(answer[0]) < 10 or float(answer[1]) > 1000,
            ),
            Mistake(
                lambda: (100, 150),
                "조금 떨어지기는 하지만, 10%포인트가 되지 않습니다. 그만한 차이는 어쩌다 생기기도 합니다.",
                "It is lower, but not by 10 percentage points. So small a difference may be mere chance.",
                like=lambda answer: 0 < _fall(answer) <= 0.1,
            ),
            Mistake(
                lambda: (600, 900),
                "이쯤에서는 이미지가 많을수록 낫습니다. 더 적은 쪽을 살펴보세요.",
                "From here on, more images are better. Look at smaller numbers.",
                like=lambda answer: float(answer[0]) >= 550 and _fall(answer) <= 0,
            ),
            Mistake(
                lambda: (20, 200),
                "이 둘은 많은 쪽이 낫습니다. 100쯤에서 시작해서, 늘려 가며 차례로 측정해 보세요.",
                "Of these two, more is better. Start at about 100, and go up step by step.",
                like=lambda answer: _fall(answer) <= 0,
            ),
        ),
        (
            (
                "두 수를 어림으로 고르지 말고, 50부터 1,000까지 여러 개수의 정확도를 늘어놓고 보세요.",
                "Do not guess two numbers. Look at the accuracies for many, from 50 to 1,000.",
            ),
            (
                "`for count in (100, 200, 400, 700, 1000):`으로 `accuracy_from(count)`를 출력해 보세요.",
                "Print `accuracy_from(count)` in a loop: `for count in (100, 200, 400, 700, 1000):`.",
            ),
        ),
        accepts=lambda answer: (
            len(answer) == 2 and 10 <= float(answer[0]) < float(answer[1]) <= 1000 and _fall(answer) > 0.1
        ),
        also=(lambda: [100, 500], lambda: np.array([50, 450])),
    ),
)
