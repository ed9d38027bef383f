"""What chapter 12 asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..exercises import Between, Exercise, Mistake, Option, Quiz
from ..prepare import prepare_digit
from ..preprocessing import flatten, normalize
from ._data import test


def _photo() -> tuple[Any, ...]:
    """Return a digit in dark ink on white paper."""
    return (255 - test()[0][0],)


def _ready(photo: Any) -> Any:
    return (255 - photo).reshape(1, 784) / 255


def _has_shape(*shapes: tuple[int, ...]) -> Callable[[Any], bool]:
    return lambda found: np.shape(found) in shapes


def _moved() -> tuple[Any, ...]:
    """Return a digit that is five rows too high and two columns too far right."""
    return (np.roll(test()[0][0], (-5, 2), axis=(0, 1)),)


def _mass(picture: Any) -> tuple[int, int]:
    """Return the row and the column of the centre of mass."""
    rows, columns = np.indices(picture.shape)
    return round(np.average(rows, weights=picture)), round(np.average(columns, weights=picture))


def _roll(picture: Any, down: int, right: int) -> Any:
    return np.roll(picture, (down, right), axis=(0, 1))


def _centred(picture: Any, place: int = 14) -> Any:
    row, column = _mass(picture)
    return _roll(picture, place - row, place - column)


def _backwards(picture: Any) -> Any:
    row, column = _mass(picture)
    return _roll(picture, row - 14, column - 14)


def _exchanged(picture: Any) -> Any:
    row, column = _mass(picture)
    return _roll(picture, 14 - column, 14 - row)


def _as_given(picture: Any) -> Any:
    row, column = _mass(picture)
    return _roll(picture, column - 14, row - 14)


def _box_in_the_middle(picture: Any) -> Any:
    row, column = (round(np.flatnonzero(picture.any(axis=axis))[[0, -1]].mean()) for axis in (1, 0))
    return _roll(picture, 14 - row, 14 - column)


def _interval(right: float, n: int, errors: float = 2) -> Any:
    """Return Wilson's interval by its formula."""
    middle, width = right + errors**2 / 2, np.sqrt(right * (n - right) / n + errors**2 / 4)
    return (middle + errors * np.array([-width, width])) / (n + errors**2)


def _usual(right: float, n: int, errors: float = 2) -> Any:
    share = right / n
    return share + errors * np.sqrt(share * (1 - share) / n) * np.array([-1, 1])


def _enough(width: float) -> int:
    """Return how many drawings, in fifties, make the interval so narrow."""
    return next(n for n in range(50, 10_000, 50) if np.ptp(_interval(0.92 * n, n)) <= width)


EXERCISES: tuple[Exercise | Quiz, ...] = (
    Quiz(
        "12.1",
        (
            Option(
                Between(1, 3),
                "그렇게까지 예민하지는 않습니다. 784개 가운데 한두 개로는 대개 뒤집히지 않습니다.",
                "It is not that sensitive: of 784 pixels, one or two seldom turn it.",
                ("한두 개(1–2개)", "One or two (1–2)"),
            ),
            Option(
                Between(3, 13),
                "그레이디언트가 가장 이득이 되는 픽셀을 골라 주므로, 아무 데나 바꿀 때보다 훨씬 적게 듭니다.",
                "The gradient picks the pixels that gain most, so it takes far fewer than changing any would.",
                ("열 개 안팎(3–12개)", "Some ten or fewer (3–12)"),
            ),
            Option(
                Between(13, 60),
                "사람 눈에 9로 보이려면 그만큼 채워야 합니다. 신경망은 그보다 먼저 넘어갑니다.",
                "To look like a 9 to us, it would take that many. The network turns sooner.",
                ("수십 개(13–59개)", "Dozens (13–59)"),
            ),
            Option(
                Between(60, 785),
                "아무 데나 바꾼다면 그만큼 들 수도 있습니다. 여기서는 가장 이득이 되는 것부터 바꿉니다.",
                "Changing pixels at random, perhaps. Here those that gain most come first.",
                ("100개쯤(60개 이상)", "About a hundred (60 or more)"),
            ),
        ),
    ),
    Quiz(
        "12.2",
        (
            Option(
                Between(0, 0.15),
                "본 적 없는 크기의 수이니 엉망이 되리라 생각했을 것입니다. 그런데 없던 잉크가 생기지는 않습니다.",
                "Numbers of a size never seen, so all is lost? But no ink appears where there was none.",
                ("찍는 수준(15% 미만)", "Like guessing (less than 15%)"),
            ),
            Option(
                Between(0.15, 0.5),
                "가운데로 옮기지 않았을 때가 그렇습니다. 여기서는 잉크가 모두 제자리에 있고 진하기만 다릅니다.",
                "That is so when digits are not centred. Here all ink is in its place, and only stronger.",
                ("절반도 못 맞힘(15–50%)", "Fewer than half (15–50%)"),
            ),
            Option(
                Between(0.5, 0.95),
                "무언가 빠뜨렸으니 조금은 나빠지리라 생각했을 것입니다. 예측은 열 로짓의 순서로 정해집니다.",
                "A step is missing, so it should be somewhat worse? The prediction depends on the order of ten logits.",
                ("조금 떨어짐(50–95%)", "Somewhat lower (50–95%)"),
            ),
            Option(
                Between(0.95, 1.01),
                "모든 것이 함께 255배가 되면 가장 큰 것은 그대로 가장 큽니다. 달라지는 것은 확신도입니다.",
                "When everything grows 255-fold, the largest stays the largest. What changes is the confidence.",
                ("거의 그대로(95% 이상)", "Nearly as before (95% or more)"),
            ),
        ),
    ),
    Quiz(
        "12.3",
        (
            Option(
                Between(0.9, 1.01),
                "사람이라면 그럴 것입니다. 상자와 무게중심은 맞추었지만, 기울기는 맞추지 않았습니다.",
                "A person would. Size and place were put in order, but the slant was not.",
                ("거의 그대로(90% 이상)", "Nearly as many (90% or more)"),
            ),
            Option(
                Between(0.6, 0.9),
                "조금 기운 글씨는 훈련 세트에도 있지만, 이만큼 기운 것은 거의 없습니다.",
                "Slightly slanted digits are in the training set too, but hardly any slant as much.",
                ("넷에 셋쯤(60–90%)", "About three in four (60–90%)"),
            ),
            Option(
                Between(0.2, 0.6),
                "그보다는 낫습니다. 돌려도 가운데에 있으므로 잉크의 대부분은 익숙한 자리에 남습니다.",
                "It does better than that: the digit stays in the middle, and much of its ink where it used to be.",
                ("절반도 안 됨(20–60%)", "Half or fewer (20–60%)"),
            ),
            Option(
                Between(0, 0.2),
                "흑백을 뒤집었을 때가 그렇습니다. 돌린 숫자는 여전히 검은 바탕의 흰 획입니다.",
                "That is so for inverted pictures. A turned digit is still white strokes on black.",
                ("찍는 수준(20% 미만)", "Like guessing (less than 20%)"),
            ),
        ),
    ),
    Exercise(
        "12.4",
        lambda: _ready,
        (
            "훈련할 때와 같은 모양, 같은 범위, 같은 흑백입니다.",
            "The shape, the range, and what is ink are now as in training.",
        ),
        (
            Mistake(
                lambda: lambda photo: photo.reshape(28, 28, 1) / 255 / 255,
                "맨 뒤에 색을 담는 축이 있습니다. 그 축은 다른 신경망이 쓰는 것이고, 여기서는 한 줄로 펼칩니다.",
                "There is an axis for colours at the end. Other networks want one; this one takes a flat row.",
                like=_has_shape((28, 28, 1), (1, 28, 28, 1)),
            ),
            Mistake(
                lambda: lambda photo: _ready(photo)[0],
                "784칸은 맞지만 배치 축이 없습니다. 한 장이라도 한 줄짜리 표로 넘깁니다.",
                "There are 784 places, but no batch axis. Even a single image is handed over as a table of one row.",
                like=_has_shape((784,)),
            ),
            Mistake(
                lambda: lambda photo: _ready(photo).T,
                "줄과 칸이 바뀌었습니다. 이미지 하나가 한 줄입니다.",
                "Rows and columns have changed places: an image is a row.",
                like=_has_shape((784, 1)),
            ),
            Mistake(
                lambda: lambda photo: (255 - photo)[np.newaxis] / 255,
                "아직 784칸 한 줄이 아닙니다. 모양이 `X_test[:1]`과 같아지도록 펼치세요.",
                "This is not one row of 784 places yet. Flatten it to the shape of `X_test[:1]`.",
                like=lambda found: np.shape(found) != (1, 784),
            ),
            Mistake(
                lambda: lambda photo: _ready(photo) / 255,
                "255로 두 번 나누었습니다. 잉크가 거의 보이지 않을 만큼 옅어졌습니다.",
                "This is divided by 255 twice. The ink is too faint to tell from the paper.",
                like=lambda found: np.ptp(found) < 0.01,
            ),
            Mistake(
                lambda: lambda photo: photo.reshape(1, 784).astype(float),
                "255로 나누지 않았습니다. 0부터 1까지여야 합니다.",
                "This has not been divided by 255. It should go from 0 to 1.",
                like=lambda found: np.max(found) > 1,
            ),
            Mistake(
                lambda: lambda photo: photo.reshape(1, 784) / 255 - 1,
                "음수가 있습니다. 종이가 0, 잉크가 1이 되어야 하니 빼는 순서를 보세요.",
                "There are negative numbers. Paper should be 0 and ink 1: look which is subtracted from which.",
                like=lambda found: np.min(found) < 0,
            ),
            Mistake(
                lambda: lambda photo: photo.reshape(1, 784) / 255,
                "모양과 범위는 맞지만 종이가 1이고 잉크가 0입니다. MNIST와 흑백이 반대입니다.",
                "Shape and range are right, but paper is 1 and ink 0: the reverse of MNIST.",
                like=lambda found: np.mean(found) > 0.5,
            ),
            Mistake(
                lambda: lambda photo: (1 - photo).reshape(1, 784) / 255,
                "가장 진한 잉크가 사라졌습니다. `uint8`에는 음수가 없어서, `1 - photo`는 0 다음에 255로 넘어갑니다.",
                "The darkest ink is gone. `uint8` has no negative numbers: below 0, `1 - photo` goes on from 255.",
            ),
        ),
        (
            (
                "`to_row(photo)`의 모양, 최솟값, 최댓값을 출력하고 `X_test[:1]`과 비교해 보세요.",
                "Print the shape, the minimum and the maximum of `to_row(photo)`, and compare with `X_test[:1]`.",
            ),
            (
                "고칠 곳은 넷입니다. 흑백, 255로 나누는 횟수, 색을 담는 축, 배치 축입니다.",
                "Four things need mending: what is ink, how often it is divided, the axis for colours, the batch axis.",
            ),
            (
                "`255 - photo`가 흑백을 뒤집고, `reshape(1, 784)`가 한 줄짜리 표를 만듭니다.",
                "`255 - photo` swaps black and white, and `reshape(1, 784)` makes a table of one row.",
            ),
        ),
        also=(
            lambda: lambda photo: 1 - np.float32(photo.flatten()[np.newaxis] / 255),
            lambda: lambda photo: np.invert(photo).reshape(-1, 784) / 255,
            lambda: lambda photo: normalize(flatten(prepare_digit(photo)[np.newaxis])),
        ),
        accepts=lambda found: np.shape(found) == (1, 784) and bool(np.abs(found - _ready(*_photo())).max() < 0.02),
        inputs=_photo,
    ),
    Exercise(
        "12.5",
        lambda: _centred,
        (
            "가야 할 자리에서 지금 자리를 뺀 만큼 옮깁니다.",
            "It is moved by where it should be minus where it is.",
        ),
        (
            Mistake(
                lambda: _as_given,
                "처음 그대로입니다. 어느 축을 따라 더해야 줄마다의 합이 되는지, 어느 쪽으로 옮기는지 보세요.",
                "This does what it did before. Along which axis are rows added up? And which way does it move?",
            ),
            Mistake(
                lambda: _backwards,
                "반대쪽으로 옮겨서 더 멀어졌습니다.",
                "It moves the wrong way, and is now further off.",
            ),
            Mistake(
                lambda: _exchanged,
                "줄과 칸이 바뀌었습니다. `axis=1`을 따라 더해야 줄마다의 잉크가 됩니다.",
                "Rows and columns have changed places. The ink of each row is added up along `axis=1`.",
            ),
            Mistake(
                lambda: lambda picture: picture,
                "옮기지 않았습니다. `np.roll`은 그림을 고치지 않고 새 그림을 돌려줍니다.",
                "Nothing has moved. `np.roll` does not change a picture but returns a new one.",
            ),
            Mistake(
                lambda: _box_in_the_middle,
                "상자의 한가운데를 옮겼습니다. MNIST는 잉크의 무게중심을 옮깁니다.",
                "This puts the middle of the box there. MNIST goes by the centre of mass.",
            ),
            Mistake(
                lambda: lambda picture: _centred(picture, 13),
                "한 픽셀씩 어긋났습니다. 무게중심은 14번 줄 14번 칸에 옵니다.",
                "It is off by one pixel: the centre of mass belongs in row 14, column 14.",
            ),
        ),
        (
            (
                "`centre(off)`를 `mt.show_digits`로 그려 보세요. 어디로 갔나요?",
                "Draw `centre(off)` with `mt.show_digits`. Where did it go?",
            ),
            (
                "본문에서 6만 장의 `row`와 `column`을 구한 코드와 축을 비교해 보세요.",
                "Compare the axes with the code that measured `row` and `column` of all 60,000 images.",
            ),
            (
                "무게중심이 10번 줄에 있다면 아래로 4줄, 곧 `14 - 10`만큼 옮깁니다.",
                "If the centre of mass is in row 10, move it down by 4, that is `14 - 10`.",
            ),
        ),
        also=(lambda: lambda picture: _roll(_roll(picture, 14 - _mass(picture)[0], 0), 0, 14 - _mass(picture)[1]),),
        inputs=_moved,
    ),
    Exercise(
        "12.6",
        lambda: _interval(46, 50),
        (
            "구간의 한가운데는 맞힌 비율보다 조금 아래에 있습니다.",
            "The middle of the interval lies a little below the share that was right.",
        ),
        (
            Mistake(
                lambda: _usual(46, 50),
                "맞힌 비율에서 양쪽으로 똑같이 갔습니다. `interval`은 정확도를 하나하나 대어 봅니다.",
                "This goes equally far to both sides of the share. `interval` tries each accuracy instead.",
            ),
            Mistake(
                lambda: _usual(46, 50, 1),
                "표준 오차 하나만큼만 갔습니다. 두 배까지가 구간입니다.",
                "This goes one standard error to each side. The interval reaches to two.",
            ),
            Mistake(
                lambda: _interval(46, 50, 1),
                "표준 오차의 한 배까지입니다. 두 배까지 대어 보세요.",
                "This allows for one standard error. Allow for two.",
            ),
            Mistake(
                lambda: _interval(4, 50),
                "틀린 개수를 넣었습니다. 이것은 오차율의 구간입니다.",
                "The number of mistakes was put in. This is the interval of the error rate.",
            ),
            Mistake(
                lambda: 100 * _interval(46, 50),
                "퍼센트로 적었습니다. 0과 1 사이의 비율로 두세요.",
                "These are percentages. Leave them as shares between 0 and 1.",
            ),
            Mistake(
                lambda: _interval(50, 50),
                "모두 맞혔을 때의 구간입니다. 맞힌 것은 46장입니다.",
                "That is for all right. Here, 46 were.",
            ),
            Mistake(
                lambda: _interval(46, 50)[::-1],
                "두 끝이 바뀌었습니다. 작은 쪽을 먼저 적으세요.",
                "The ends have changed places. Put the lower one first.",
            ),
        ),
        (
            (
                "본문의 `interval`은 맞힌 수와 전체 장수를 받습니다.",
                "The chapter's `interval` takes how many were right, and how many there were.",
            ),
            (
                "`interval(46, 50)`이 돌려주는 두 수가 구간의 양 끝입니다.",
                "The two numbers that `interval(46, 50)` returns are its ends.",
            ),
        ),
        tolerance=1e-4,
    ),
    Exercise(
        "12.7",
        lambda: _enough(0.05),
        (
            "폭을 절반으로 줄이려면 네 배쯤 모아야 하므로, 처음에 정해 두는 편이 낫습니다.",
            "To halve the width takes about four times as many, so it is best to decide beforehand.",
        ),
        (
            Mistake(
                lambda: _enough(0.1),
                "±5%포인트라면 그만큼이면 됩니다. 여기서는 아래 끝부터 위 끝까지가 5%포인트입니다.",
                "That will do for ± 5 points. Here it is 5 points from the lower end to the upper.",
            ),
            Mistake(
                lambda: _enough(0.05) - 50,
                "한 걸음 모자랍니다. 그때는 아직 5%포인트보다 조금 넓습니다.",
                "One step short: there it is still a little wider than 5 points.",
            ),
            Mistake(
                lambda: 200,
                "네 배로 모으면 절반이 되지만, 그것으로는 아직 모자랍니다.",
                "Four times as many halve the width, but that is not narrow enough.",
            ),
            Mistake(
                lambda: next(n for n in range(1, 10_000) if np.ptp(_interval(0.92 * n, n)) <= 0.05),
                "한 장씩 늘렸습니다. 50장씩 늘려 보세요.",
                "This goes up one by one. Go up by fifties.",
            ),
            Mistake(
                lambda: _enough(0.05) // 50,
                "몇 번째인지를 적었습니다. 몇 장인지 적으세요.",
                "This says which step it is. Say how many drawings.",
            ),
        ),
        (
            (
                "`n`장이면 맞힌 것은 `0.92 * n`장입니다. 구간의 두 끝을 빼면 폭입니다.",
                "Of `n` drawings, `0.92 * n` are right. The width is the difference of the two ends.",
            ),
            (
                "`for n in range(50, 1000, 50)`으로 폭을 출력하고, 처음으로 0.05를 넘지 않는 `n`을 찾으세요.",
                "Print the widths with `for n in range(50, 1000, 50)`, and find the first `n` with at most 0.05.",
            ),
        ),
    ),
    Exercise(
        "12.8",
        lambda: 54,
        (
            "1장에서 물은 한국의 7은 이보다 훨씬 짧게 내려 긋습니다.",
            "The Korean 7 of chapter 1 has a far shorter stroke.",
        ),
        (
            Mistake(
                lambda: 81,
                "퍼센트로 적은 것 같습니다. 다리의 높이가 67픽셀이니, 픽셀로 적으세요.",
                "That looks like a percentage. The leg is 67 pixels high: give the length in pixels.",
                like=lambda answer: float(answer) > 67,
            ),
            Mistake(
                lambda: 0.81,
                "비율로 적은 것 같습니다. 픽셀로 적으세요.",
                "That looks like a share. Give the length in pixels.",
                like=lambda answer: 0 < float(answer) < 1,
            ),
            Mistake(
                lambda: 24,
                "그 길이라면 아직 거의 모두 7로 읽습니다. 더 길게 그려 보세요.",
                "At that length nearly all are still read as 7. Draw it longer.",
                like=lambda answer: 1 <= float(answer) < 40,
            ),
        ),
        (
            (
                "`read_sevens(60, left=left)`의 `argmax(axis=2)`가 7인 비율을 구하세요.",
                "Find the share for which `argmax(axis=2)` of `read_sevens(60, left=left)` is 7.",
            ),
            (
                "`for left in range(30, 68, 6)`으로 비율을 출력해 보고, 떨어지는 곳을 더 촘촘히 보세요.",
                "Print the shares in a loop, `for left in range(30, 68, 6)`, and look closer where they fall.",
            ),
        ),
        accepts=lambda answer: 40 <= float(answer) <= 67,
        also=(lambda: 60.0, lambda: np.int64(48)),
    ),
)
