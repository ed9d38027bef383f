"""What chapter 11 asks."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..evaluation import confusion_matrix
from ..exercises import Between, Exercise, Mistake, Option, Quiz


def _table() -> Any:
    """Return how 300 images of 3, 5 and 8 were read: rows are labels, columns predictions."""
    return np.array([[90, 6, 4], [9, 60, 6], [5, 2, 118]])


def _shares(axis: int) -> Any:
    return np.diagonal(_table()) / _table().sum(axis=axis)


def _read() -> tuple[Any, ...]:
    """Return labels and predictions in which pairs are repeated, one direction more often than the other."""
    return np.array([4, 4, 4, 9, 9, 4, 9, 1, 7, 1]), np.array([4, 9, 9, 9, 4, 9, 9, 1, 1, 1])


def _once(labels: Any, predictions: Any) -> Any:
    matrix = np.zeros((10, 10), dtype=int)
    matrix[labels, predictions] = 1
    return matrix


def _only_mistakes(labels: Any, predictions: Any) -> Any:
    matrix = confusion_matrix(labels, predictions)
    return matrix - np.diag(np.diagonal(matrix))


def _all_with_all(labels: Any, predictions: Any) -> Any:
    return confusion_matrix(np.repeat(labels, len(predictions)), np.tile(predictions, len(labels)))


def _whole_rows(labels: Any, predictions: Any) -> Any:
    matrix = np.zeros((10, 10), dtype=int)
    np.add.at(matrix, np.stack([labels, predictions]), 1)
    return matrix


def _one_reading() -> tuple[Any, ...]:
    """Return the probabilities of 12 images, and labels that differ from about half of the predictions."""
    rng = np.random.default_rng(11)
    probabilities = rng.dirichlet(np.full(10, 0.5), 12).astype(np.float32)
    labels = probabilities.argmax(axis=1)
    labels[::2] = (labels[::2] + 3 + np.arange(6)) % 10
    return probabilities, labels


def _surest(probabilities: Any, labels: Any) -> Any:
    prediction = probabilities.argmax(axis=1)
    wrong = np.flatnonzero(prediction != labels)
    return wrong[np.argsort(-probabilities[wrong, prediction[wrong]])]


def _surest_of_label(probabilities: Any, labels: Any) -> Any:
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    return wrong[np.argsort(-probabilities[wrong, labels[wrong]])]


def _by_label(answer: Any) -> bool:
    order = _surest_of_label(*_one_reading())
    return np.array_equal(answer, order) or np.array_equal(answer, order[::-1])


def _are_places_in_the_list(answer: Any) -> bool:
    return np.array_equal(np.sort(answer), np.arange(len(_surest(*_one_reading()))))


def _four_readings() -> tuple[Any, ...]:
    return (np.random.default_rng(4).dirichlet(np.full(10, 0.3), (4, 30)),)


def _are_three_numbers(answer: Any) -> bool:
    """Tell whether an answer is three numbers side by side, and none of them text or another pair."""
    if not isinstance(answer, tuple | list | np.ndarray) or len(answer) != 3:
        return False
    return all(np.shape(number) == () and np.asarray(number).dtype.kind in "iuf" for number in answer)


def _chosen() -> Any:
    return _four_readings()[0].argmax(axis=2)


def _vote(probabilities: Any) -> Any:
    return np.eye(10)[probabilities.argmax(axis=2)].sum(axis=0).argmax(axis=1)


EXERCISES: tuple[Exercise | Quiz, ...] = (
    Quiz(
        "11.1",
        (
            Option(
                Between(0.005, 0.1),
                "그것은 오차율이고, 대각선을 뺀 나머지를 더해서 나눌 때 나옵니다.",
                "That is the error rate: what is off the diagonal, divided by the number of images.",
                ("오차율(0.03쯤)", "The error rate (about 0.03)"),
            ),
            Option(
                Between(0.9, 0.999),
                "그것은 정확도이고, 대각선만 더해서 나눌 때 나옵니다. 여기서는 틀린 칸까지 더했습니다.",
                "That is the accuracy, for which only the diagonal is added up. Here the mistakes are added too.",
                ("정확도(0.97쯤)", "The accuracy (about 0.97)"),
            ),
            Option(
                1,
                "표에는 이미지가 한 번씩 빠짐없이 들어가므로, 무엇을 예측하든 1입니다. 맞힌 것은 대각선에 있습니다.",
                "Each image is in the table once, so it is 1 whatever was predicted. Right ones are on the diagonal.",
            ),
            Option(
                10,
                "줄마다 합이 1이라면 그렇습니다. 확률이라면 1이겠지만, 이 표에는 개수가 적혀 있습니다.",
                "That would be so if each row added up to 1. Rows of probabilities do, but this table holds counts.",
            ),
        ),
    ),
    Quiz(
        "11.2",
        (
            Option(
                Between(0, 0.05),
                "틀릴 때는 늘 망설인다면 그렇습니다. 맞힐 때보다는 망설이지만, 조금도 망설이지 않는 것도 많습니다.",
                "You expect doubt where the network errs. There is more of it than elsewhere, but not always.",
                ("거의 없음(5% 미만)", "Hardly any (less than 5%)"),
            ),
            Option(
                Between(0.05, 0.4),
                "대개는 맞힐 때보다 덜 확신하지만, 이만큼은 확신하면서 틀립니다. 확신도로는 알 수 없는 실수입니다.",
                "Most are less sure than right ones, but this many are wrong and all but certain.",
                ("다섯에 하나쯤(5–40%)", "About one in five (5–40%)"),
            ),
            Option(
                Between(0.4, 0.7),
                "그렇게까지 많지는 않습니다. 틀린 예측에는 두 숫자 사이에서 망설인 것이 많습니다.",
                "Not that many. Among the mistakes, many hesitate between two digits.",
                ("절반쯤(40–70%)", "About half (40–70%)"),
            ),
            Option(
                Between(0.7, 1.01),
                "맞힌 예측이라면 그렇습니다. 방금 본 스무 장은 가장 확신한 것만 골라낸 것입니다.",
                "That is so for right predictions. The twenty that you just saw were picked for their confidence.",
                ("거의 모두(70% 이상)", "Nearly all (70% or more)"),
            ),
        ),
    ),
    Quiz(
        "11.3",
        (
            Option(
                "most, sure",
                "사람이라면 그럴 것입니다. 신경망에게는 784칸의 수가 모두 달라졌습니다.",
                "A person would. To the network, all 784 numbers are different now.",
                ("대부분 맞히고 확신함(확신도 평균 0.6 이상)", "Mostly right, and sure (mean confidence above 0.6)"),
            ),
            Option(
                "most, unsure",
                "모양은 그대로이니 읽을 수 있을 것 같지만, 신경망은 모양이 아니라 칸마다의 수를 봅니다.",
                "The shapes are the same, but the network does not see shapes: it sees the number in each place.",
                (
                    "대부분 맞히지만 망설임(확신도 평균 0.6 미만)",
                    "Mostly right, but unsure (mean confidence below 0.6)",
                ),
            ),
            Option(
                "few, sure",
                "배운 것과 전혀 다른 이미지인데도, 확신도는 그것을 알아차리지 못합니다.",
                "The images are nothing like those in training, and confidence does not notice.",
                ("대부분 틀리면서 확신함(확신도 평균 0.6 이상)", "Mostly wrong, yet sure (mean confidence above 0.6)"),
            ),
            Option(
                "few, unsure",
                "낯선 것을 보면 사람은 망설입니다. 하지만 신경망은 낯설다는 것 자체를 모릅니다.",
                "You expect doubt in the face of the strange. But a network cannot tell that something is strange.",
                ("대부분 틀리고 망설임(확신도 평균 0.6 미만)", "Mostly wrong, and unsure (mean confidence below 0.6)"),
            ),
        ),
    ),
    Exercise(
        "11.4",
        lambda: _shares(axis=1),
        (
            "줄의 합이 곧 레이블이 그 숫자인 이미지의 수입니다.",
            "The sum of a row is the number of images with that label.",
        ),
        (
            Mistake(
                lambda: _shares(axis=0),
                "세로줄의 합, 곧 그 숫자로 예측한 횟수로 나누었습니다. 레이블이 그 숫자인 이미지는 몇 장인가요?",
                "This divides by the column's sum: how often the digit was predicted. How many images are labelled so?",
            ),
            Mistake(
                lambda: np.diagonal(_table()) / _table().sum(),
                "이미지 300장 전체로 나누었습니다. 숫자마다 그 숫자인 이미지 가운데 얼마를 맞혔는지 구합니다.",
                "This divides by all 300 images. For each digit, count only the images of that digit.",
            ),
            Mistake(
                lambda: _table() / _table().sum(axis=1),
                "표 전체를 나누었는데, 줄의 합이 세로줄과 짝지어졌습니다. 맞힌 개수만 나누세요.",
                "The whole table was divided, and the sums of rows were paired with columns. Divide what was right.",
            ),
            Mistake(
                lambda: _table() / _table().sum(axis=1, keepdims=True),
                "줄마다 옳게 나눈 표입니다. 여기서 맞힌 비율 셋만 고르면 됩니다.",
                "Each row is divided as it should be. Now take from it the three shares that were right.",
            ),
            Mistake(
                lambda: np.diagonal(_table()),
                "맞힌 개수입니다. 숫자마다 그 숫자인 이미지의 수로 나누어야 비율이 됩니다.",
                "This is how many were right. Divided by the number of images of each digit, it becomes a share.",
            ),
            Mistake(
                lambda: np.diagonal(_table()) / 100,
                "숫자마다 100장씩이라고 보고 나누었습니다. 몇 장씩인지 `table`에서 세어 보세요.",
                "This takes each digit to have 100 images. Count in `table` how many each has.",
            ),
            Mistake(
                lambda: np.round(_shares(axis=1), 2),
                "거의 맞았지만 반올림했습니다. 계산한 수를 그대로 담으세요.",
                "Nearly, but rounded. Leave the numbers as they come out.",
            ),
            Mistake(
                lambda: 1 - _shares(axis=1),
                "숫자마다의 오차율입니다. 정확도는 맞힌 비율입니다.",
                "These are error rates. Accuracy is the share that was right.",
            ),
            Mistake(
                lambda: np.trace(_table()) / _table().sum(),
                "전체의 정확도입니다. 숫자마다 하나씩, 모두 세 수가 필요합니다.",
                "This is the accuracy over all images. Give one for each digit, three numbers.",
            ),
            Mistake(
                lambda: 100 * _shares(axis=1),
                "퍼센트로 나타냈습니다. 0과 1 사이의 비율로 두세요.",
                "These are percentages. Leave them as shares between 0 and 1.",
            ),
        ),
        (
            (
                "맞힌 개수는 대각선에 있습니다. `np.diagonal`이 꺼내 줍니다.",
                "What was read right is on the diagonal, and `np.diagonal` takes it out.",
            ),
            (
                "한 줄에는 레이블이 같은 이미지가 모두 있습니다. 줄을 따라 더하세요.",
                "A row holds all images of one label. Add up along the rows.",
            ),
            (
                "줄을 따라 더하는 것은 `axis=1`입니다.",
                "To add up along the rows, use `axis=1`.",
            ),
        ),
        also=(lambda: [90 / 100, 60 / 75, 118 / 125],),
    ),
    Exercise(
        "11.5",
        lambda: confusion_matrix,
        (
            "대괄호에 배열을 넣고 `+=`를 쓰면 같은 칸이 여러 번 나와도 한 번만 더합니다.",
            "With arrays in the brackets, `+=` adds only once, however often a place is named.",
        ),
        (
            Mistake(
                lambda: lambda labels, predictions: _once(predictions, labels),
                "처음 그대로입니다. 줄은 레이블이어야 하고, 같은 칸에 여러 번 더해야 합니다.",
                "This does what it did before. Rows should be labels, and a place may need adding to many times.",
            ),
            Mistake(
                lambda: lambda labels, predictions: confusion_matrix(predictions, labels),
                "이제 빠짐없이 세지만 줄과 칸이 바뀌었습니다. 4를 9로 읽었다면 4번 줄 9번 칸입니다.",
                "Everything is counted, but rows and columns have changed places: a 4 read as 9 is in row 4, column 9.",
            ),
            Mistake(
                lambda: _once,
                "줄과 칸은 맞지만 1보다 큰 수가 없습니다. 같은 일이 여러 번 일어나도 한 번만 셌습니다.",
                "Rows and columns are right, but nothing exceeds 1: what happened often was counted once.",
            ),
            Mistake(
                lambda: _only_mistakes,
                "틀린 것만 셌습니다. 맞힌 것도 대각선에 세어야 합니다.",
                "Only mistakes were counted. What was read right belongs on the diagonal.",
            ),
            Mistake(
                lambda: _all_with_all,
                "레이블마다 모든 예측을 짝지었습니다. 같은 이미지의 레이블과 예측만 짝지으세요.",
                "Each label was paired with every prediction. Pair the label and the prediction of the same image.",
            ),
            Mistake(
                lambda: _whole_rows,
                "칸이 아니라 줄 전체에 더했습니다. 레이블과 예측을 소괄호로 묶어야 줄과 칸의 번호로 짝지어집니다.",
                "This adds to whole rows. In round parentheses, labels and predictions pair up as rows and columns.",
            ),
            Mistake(
                lambda: lambda labels, predictions: confusion_matrix(labels[:1], predictions[:1]),
                "이미지 한 장만 셌습니다. `return`이 `for` 문 안에 들어가 있지는 않은지 보세요.",
                "Only one image was counted. See that `return` is not inside the `for` loop.",
                like=lambda answer: np.sum(answer) == 1,
            ),
        ),
        (
            (
                "본문에서 `matrix`를 만든 코드와 한 줄씩 비교해 보세요.",
                "Compare it with the code that made `matrix` in this chapter.",
            ),
            (
                "`tally([4, 4], [9, 9])`를 출력해 보세요. 어느 칸이 2여야 하나요?",
                "Print `tally([4, 4], [9, 9])`. Which place should hold a 2?",
            ),
            (
                "`for` 문으로 한 쌍씩 더하거나, `np.add.at(matrix, (labels, predictions), 1)`을 쓰세요.",
                "Add one pair at a time with `for`, or use `np.add.at(matrix, (labels, predictions), 1)`.",
            ),
        ),
        also=(
            lambda: (
                lambda labels, predictions: [
                    [int(np.sum((labels == a) & (predictions == b))) for b in range(10)] for a in range(10)
                ]
            ),
        ),
        inputs=_read,
    ),
    Exercise(
        "11.6",
        lambda: _surest,
        (
            "`mistakes.by_confidence().index`가 하는 일이 바로 이것입니다.",
            "This is what `mistakes.by_confidence().index` holds.",
        ),
        (
            Mistake(
                lambda: lambda p, labels: np.argsort(-p.max(axis=1)),
                "맞힌 이미지까지 들어 있습니다. 틀린 것만 남기세요.",
                "Images that were read right are among them. Keep only the mistakes.",
                like=lambda answer: len(answer) == len(_one_reading()[1]),
            ),
            Mistake(
                lambda: lambda p, labels: np.sort(_surest(p, labels))[np.argsort(-p.max(axis=1))],
                "모든 이미지의 번호로 `wrong`에서 뽑으려다 멈췄습니다. 틀린 이미지의 확신도만 남기세요.",
                "It stops: `wrong` is shorter than the confidence of all images. Keep that of the mistakes alone.",
            ),
            Mistake(
                lambda: lambda p, labels: np.flatnonzero(p.argmax(axis=1) == labels),
                "맞힌 이미지의 번호입니다. 틀린 것을 찾으세요.",
                "These are images that were read right. Find those that were not.",
                like=lambda answer: set(answer) == set(range(12)) - set(_surest(*_one_reading())),
            ),
            Mistake(
                lambda: lambda p, labels: np.arange(len(_surest(p, labels))),
                "틀린 것들 가운데 몇 번째인지를 돌려줍니다. 필요한 것은 이미지의 번호입니다.",
                "These are places among the mistakes. The exercise asks for positions of images.",
                like=_are_places_in_the_list,
            ),
            Mistake(
                lambda: _surest_of_label,
                "레이블에 준 확률로 줄을 세웠습니다. 확신도는 신경망이 자기 예측에 매긴 확률입니다.",
                "They are ordered by the probability of the label. Confidence is that of the prediction.",
                like=_by_label,
            ),
            Mistake(
                lambda: lambda p, labels: _surest(p, labels)[::-1],
                "가장 망설인 것부터 늘어놓았습니다. `argsort`의 순서는 작은 것부터입니다.",
                "The least sure come first: `argsort` begins with the smallest.",
            ),
            Mistake(
                lambda: lambda p, labels: np.sort(_surest(p, labels)),
                "틀린 이미지는 맞지만 번호 순서 그대로입니다. 확신도에 따라 줄을 세우세요.",
                "These are the right images, still in the order of their positions. Order them by confidence.",
            ),
            Mistake(
                lambda: lambda p, labels: p.max(axis=1)[_surest(p, labels)],
                "확신도를 돌려줍니다. 필요한 것은 이미지의 번호입니다.",
                "This returns the confidence. The exercise asks for the positions of the images.",
            ),
        ),
        (
            (
                "고칠 곳이 셋입니다. 무엇의 확률인지, 어느 쪽부터인지, 무엇의 번호인지 차례로 보세요.",
                "There are three faults: whose probability it is, which end comes first, and positions in what.",
            ),
            (
                "확신도는 줄마다 가장 큰 확률, `p.max(axis=1)`입니다. 그 가운데 틀린 이미지의 것만 남기세요.",
                "Confidence is the largest probability in each row, `p.max(axis=1)`. Keep only that of the mistakes.",
            ),
            (
                "`(-confidence).argsort()`의 순서는 큰 것부터입니다. 그 순서로 `wrong`에서 뽑으세요.",
                "`(-confidence).argsort()` begins with the largest. Select from `wrong` in that order.",
            ),
        ),
        also=(
            lambda: (
                lambda p, labels: sorted(
                    np.flatnonzero(p.argmax(axis=1) != labels).tolist(), key=lambda i: p[i].max(), reverse=True
                )
            ),
        ),
        inputs=_one_reading,
    ),
    Exercise(
        "11.7",
        lambda: lambda p: p.mean(axis=0).argmax(axis=1),
        (
            "먼저 평균하고 나중에 고릅니다. 그래서 자신 없는 신경망의 의견이 작게 반영됩니다.",
            "First the mean, then the choice: so a network that is unsure counts for less.",
        ),
        (
            Mistake(
                lambda: _vote,
                "투표입니다. 신경망마다 숫자를 고르기 전에, 확률부터 평균하세요.",
                "This is the vote. Average the probabilities before anything is chosen.",
            ),
            Mistake(
                lambda: lambda p: np.rint(p.argmax(axis=2).mean(axis=0)),
                "숫자를 먼저 고르고 그 숫자를 평균했습니다. 4와 9의 평균은 4도 9도 아닙니다.",
                "The digits were chosen first, and then averaged. The mean of 4 and 9 is neither.",
                like=lambda answer: np.array_equal(np.rint(answer), np.rint(_chosen().mean(axis=0))),
            ),
            Mistake(
                lambda: lambda p: p.argmax(axis=2),
                "신경망마다 고른 숫자입니다. 고르기 전에 평균해야 합니다.",
                "These are the digits that each network chose. Take the mean before anything is chosen.",
            ),
            Mistake(
                lambda: lambda p: p.mean(axis=1).argmax(axis=1),
                "이미지 축을 따라 평균했습니다. 신경망 축은 몇 번인가요?",
                "This averages over the images. Which axis holds the networks?",
            ),
            Mistake(
                lambda: lambda p: p.mean(axis=0).argmax(axis=0),
                "평균은 맞지만 이미지 가운데에서 골랐습니다. 이미지마다 숫자 하나를 고르세요.",
                "The mean is right, but this chooses among images. Choose a digit for each image.",
            ),
            Mistake(
                lambda: lambda p: p.mean(axis=0).max(axis=1),
                "가장 큰 확률의 값입니다. 그 값이 몇 번 칸에 있는지를 물었습니다.",
                "This is the largest mean probability. The question is at which place it stands.",
            ),
            Mistake(
                lambda: lambda p: p.mean(axis=0),
                "평균까지는 맞습니다. 이제 이미지마다 숫자 하나를 고르세요.",
                "These are the means. Now choose a digit for each image.",
            ),
            Mistake(
                lambda: lambda p: p[0].argmax(axis=1),
                "첫 번째 신경망의 예측입니다. 신경망 모두의 확률을 평균하세요.",
                "This is the first network's prediction. Take the mean of all.",
            ),
        ),
        (
            (
                "축은 차례로 신경망, 이미지, 숫자입니다. 평균하면 어느 축이 사라져야 하나요?",
                "The axes are networks, images, digits. Which of them should the mean remove?",
            ),
            (
                "평균을 내고 나면 축은 이미지와 숫자 둘입니다. 숫자 축에서 `argmax`를 구하세요.",
                "After the mean, images and digits are left. Take `argmax` along the digits.",
            ),
        ),
        also=(lambda: lambda p: np.argmax(sum(p), axis=-1),),
        inputs=_four_readings,
    ),
    Exercise(
        "11.8",
        lambda: (4, 9, 33.0),
        (
            "테스트 세트를 열지 않고도 같은 것을 알 수 있습니다. 고치려고 읽는 실수는 여기서 찾으세요.",
            "The validation set tells the same as the test set. Read mistakes here if you mean to mend them.",
        ),
        (
            Mistake(
                lambda: ((4, 9), 33.0),
                "`(숫자, 숫자, 횟수)`처럼 수 셋을 한 괄호 안에 적으세요.",
                "Write three numbers in one pair of parentheses: `(digit, digit, times)`.",
                like=lambda answer: not _are_three_numbers(answer),
            ),
            Mistake(
                lambda: (1, 1, 1340.0),
                "대각선의 칸이고, 맞힌 개수입니다. 서로 다른 두 숫자를 찾으세요.",
                "That is on the diagonal, where right ones are counted. Find two different digits.",
                like=lambda answer: answer[0] == answer[1],
            ),
            Mistake(
                lambda: (5, 6, 19.5),
                "그보다 더 헷갈리는 짝이 있습니다. 네 신경망의 표를 더한 다음 가장 큰 것을 고르세요.",
                "Another pair is confused more often. Add up the tables of all four networks, and take the largest.",
                like=lambda answer: set(answer[:2]) not in ({4, 9}, {3, 5}),
            ),
            Mistake(
                lambda: (4, 9, 0.0027),
                "비율로 적은 것 같습니다. 몇 번 헷갈렸는지 횟수로 적으세요.",
                "That looks like a share. Say how many times the two were confused.",
                like=lambda answer: 0 < answer[2] < 1,
            ),
            Mistake(
                lambda: (4, 9, 17.0),
                "너무 적습니다. 한 방향만 세었거나, 검증 세트가 아니라 테스트 세트를 읽었을 수 있습니다.",
                "Too few. Perhaps one direction was counted, or the test set read instead of the validation set.",
                like=lambda answer: answer[2] < 24,
            ),
            Mistake(
                lambda: (4, 9, 131.0),
                "너무 많습니다. 네 신경망의 합이라면 신경망의 수로 나누세요.",
                "Too many. If it is the sum over four networks, divide by their number.",
                like=lambda answer: answer[2] >= 55,
            ),
        ),
        (
            (
                "본문에서 `total`과 `both`를 만든 코드를 `X_val`과 `y_val`로 다시 쓰세요.",
                "Write the code that made `total` and `both` again, with `X_val` and `y_val`.",
            ),
            (
                "신경망 `m`의 예측은 `mt.predict_digits(m, X_val)`입니다.",
                "What a network `m` predicts is `mt.predict_digits(m, X_val)`.",
            ),
            (
                "짝마다 두 방향을 더하고, 네 신경망의 합을 `len(SEEDS)`로 나누세요.",
                "Add both directions of a pair, and divide the sum over the networks by `len(SEEDS)`.",
            ),
        ),
        accepts=lambda answer: (
            _are_three_numbers(answer) and set(answer[:2]) in ({4, 9}, {3, 5}) and bool(24 <= answer[2] < 55)
        ),
        also=(lambda: [5, 3, 33.25],),
    ),
)
