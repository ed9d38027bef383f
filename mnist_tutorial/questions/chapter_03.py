"""What chapter 3 asks."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from ..exercises import Exercise, Mistake, Option, Quiz
from ._data import train


def _ten() -> Any:
    return train()[0][:10]


def _one() -> Any:
    return train()[0][50_000]


def _order() -> Any:
    return np.random.default_rng(0).permutation(784)


def _shuffled() -> Any:
    return _ten().reshape(10, 784)[:, _order()]


def _stay(order: Any) -> bool:
    return bool((np.asarray(order) == np.arange(784)).any())


@cache
def _learned() -> Any:
    """Return the means of the ten digits, and the images to read with them."""
    images, labels = train()
    rows = images.reshape(len(images), 784).astype(np.float32)
    known = np.eye(10, dtype=np.float32)[labels[:50_000]]
    return known.T @ rows[:50_000] / known.sum(axis=0)[:, np.newaxis], rows[50_000:].copy()


def _accuracy(order: Any) -> float:
    """Return how many images with their places in a new order the ordinary means read."""
    means, rows = _learned()
    back = np.argsort(order)  # to put the places of ten means back is less work than to shuffle those of all images
    distances = (means**2).sum(axis=1) - 2 * rows @ means[:, back].T
    return float((distances.argmin(axis=1) == train()[1][50_000:]).mean())


def _is_order(order: Any) -> bool:
    array = np.asarray(order)
    return array.shape == (784,) and np.array_equal(np.sort(array), np.arange(784))


EXERCISES: tuple[Exercise | Quiz, ...] = (
    Quiz(
        "03.1",
        (
            Option(
                (8, 14),
                "두 수는 맞지만 자리가 바뀌었습니다. 28칸씩 끊었을 때 앞에 놓인 줄의 수가 줄의 번호입니다.",
                "The two numbers are right, but swapped. The row is how many rows of 28 places come before.",
            ),
            Option(
                (13, 8),
                "온전한 줄 열네 개가 앞에 있고, 그 마지막이 13번 줄입니다. 이 칸은 그다음 줄에 있습니다.",
                "Fourteen whole rows come before it, and the last of them is row 13. This place is in the next.",
            ),
            Option(
                (14, 7),
                "줄은 맞습니다. 칸도 0부터 세므로, 그 줄에서 앞에 놓인 칸의 수가 칸의 번호입니다.",
                "The row is right. Columns are counted from 0, too: the column is how many places come before it.",
            ),
            Option(
                (14, 8),
                "400 = 14 × 28 + 8입니다. 28칸짜리 줄 열네 개와 칸 여덟 개가 앞에 있습니다.",
                "400 = 14 × 28 + 8: fourteen rows of 28 and eight more places come before it.",
            ),
        ),
    ),
    Quiz(
        "03.2",
        (
            Option(
                (0, 1, 0),
                "이미지와 줄은 맞지만 한 칸 모자랍니다. 3번 칸은 0부터 세어 네 번째입니다.",
                "Image and row are right, but place 3, counted from 0, is the fourth.",
            ),
            Option(
                (0, 1, 1),
                "`reshape`는 복사하지 않으므로 `images`에도 적힙니다. 첫 이미지의 마지막 칸입니다.",
                "`reshape` copies nothing, so the 9 is in `images`, too: at the last place of the first image.",
            ),
            Option(
                (1, 1, 1),
                "그 칸은 `view[1, 3]`입니다. 대괄호의 첫 번호가 몇 번 이미지인지를 말합니다.",
                "That place is `view[1, 3]`. The first number in the brackets says which image.",
            ),
            Option(
                "nowhere",
                "`view`가 복사본이라면 그렇습니다. 하지만 둘은 같은 메모리를 씁니다.",
                "That would be so if `view` were a copy. The two use the same memory.",
                ("어디에도 없습니다", "Nowhere"),
            ),
        ),
    ),
    Quiz(
        "03.3",
        (
            Option(
                (True, True),
                "(2)에서는 이미지만 뒤섞었습니다. 같은 번호의 칸에 이제는 서로 다른 픽셀이 있습니다.",
                "In (2) only the images are shuffled. Places of the same number no longer hold the same pixel.",
                ("(1)과 (2) 둘 다입니다", "Both"),
            ),
            Option(
                (True, False),
                "둘 다 똑같이 뒤섞으면 더하는 순서만 바뀝니다. 한쪽만 뒤섞으면 칸의 짝이 어긋납니다.",
                "Shuffle both, and only the order of adding changes. Shuffle one, and the wrong places are paired.",
                ("(1)만입니다", "Only (1)"),
            ),
            Option(
                (False, True),
                "멀쩡한 평균이 더 좋아 보이지만, 뒤섞은 이미지와는 칸의 짝이 맞지 않습니다.",
                "Ordinary means look better to us, but their places do not match those of shuffled images.",
                ("(2)만입니다", "Only (2)"),
            ),
            Option(
                (False, False),
                "사람의 눈에는 그렇습니다. 하지만 거리는 칸마다 구한 수의 합이고, 합은 더하는 순서와 상관없습니다.",
                "To human eyes, yes. But a distance is a sum of one number for each place, in whatever order.",
                ("둘 다 아닙니다", "Neither"),
            ),
        ),
    ),
    Exercise(
        "03.4",
        lambda: _one().reshape(1, 784),
        (
            "이제 이미지 한 장도 여러 장과 똑같이 다룰 수 있습니다. 신경망에 한 장만 줄 때도 이렇게 합니다.",
            "Now one image can be treated like many. A network, too, is given a single image in this way.",
        ),
        (
            Mistake(
                lambda: _one().reshape(784),
                "수 784개가 늘어섰을 뿐, 아직 표가 아닙니다. 축이 하나 더 있어야 합니다.",
                "These are 784 numbers in a line, but not a table yet. One more axis is needed.",
            ),
            Mistake(
                lambda: _one().reshape(784, 1),
                "줄이 784개이고 칸이 하나입니다. 계산은 이것을 픽셀 하나짜리 이미지 784장으로 볼 것입니다.",
                "This has 784 rows of one place. It would be taken for 784 images of one pixel.",
            ),
            Mistake(
                _one,
                "아직 28×28 표입니다. 이대로라면 픽셀 28개짜리 이미지 28장으로 보입니다.",
                "This is still a table of 28×28. It would be taken for 28 images of 28 pixels.",
            ),
            Mistake(
                lambda: _one()[np.newaxis],
                "이미지의 수를 적을 축은 생겼지만, 아직 펼치지 않았습니다.",
                "It has an axis for the number of images, but it has not been flattened yet.",
            ),
            Mistake(
                lambda: _ten()[:1].reshape(1, 784),
                "모양은 맞지만 다른 이미지입니다. 50,000번 이미지여야 합니다.",
                "The shape is right, but this is another image. It should be image 50,000.",
                like=lambda answer: np.shape(answer) == (1, 784),
            ),
            Mistake(
                lambda: train()[0].reshape(-1, 784),
                "이미지를 여러 장 펼쳤습니다. 한 장만 필요합니다.",
                "Many images have been flattened. Only one is asked for.",
                like=lambda answer: len(answer) > 1 and np.shape(answer)[1:] == (784,),
            ),
            Mistake(
                lambda: np.array([1e7]),
                "거리를 넘기신 것 같습니다. `answer`에는 거리를 구하기 전의, 펼친 이미지를 담으세요.",
                "This looks like the distance. `answer` should hold the flattened image from which it is computed.",
                like=lambda answer: np.size(answer) == 1,
            ),
        ),
        (
            (
                "`rows`의 모양은 `(60000, 784)`입니다. 이미지가 한 장뿐이라면 모양은 어떻게 될까요?",
                "The shape of `rows` is `(60000, 784)`. What would it be if there were only one image?",
            ),
            (
                "`flatten()` 대신 `reshape`로, 원하는 모양을 직접 적으세요.",
                "In place of `flatten()`, use `reshape`, and give it the shape that you want.",
            ),
        ),
    ),
    Exercise(
        "03.5",
        lambda: np.stack([image.ravel() for image in _ten()], axis=1),
        (
            "`reshape`는 픽셀의 순서를 지키고, `.T`는 줄과 칸을 맞바꿉니다. 둘은 다른 일입니다.",
            "`reshape` keeps the order of the pixels, `.T` swaps rows and columns. They do different things.",
        ),
        (
            Mistake(
                lambda: _ten().reshape(784, -1),
                "모양은 맞지만 가로줄마다 같은 이미지의 픽셀이 열 개씩 놓였습니다. `reshape`는 축을 맞바꾸지 않습니다.",
                "The shape is right, but each row holds ten pixels of one image. `reshape` swaps no axes.",
            ),
            Mistake(
                lambda: _ten().reshape(10, 784),
                "옳게 펼쳤지만, 아직 이미지 한 장이 한 줄입니다.",
                "The images are flattened rightly, but each is still a row.",
            ),
            Mistake(
                lambda: _ten().reshape(784, -1).T,
                "`columns`에서는 이미지들이 이미 섞였습니다. 거기에서 고치지 말고 `x_train[:10]`에서 다시 시작하세요.",
                "In `columns` the images are mixed up already. Begin again with `x_train[:10]`.",
            ),
            Mistake(
                lambda: _ten().T.reshape(784, 10),
                "이미지의 세로와 가로까지 맞바뀌었습니다. 축이 셋일 때 `.T`는 축의 순서를 모두 뒤집습니다.",
                "Height and width of the images are swapped as well: with three axes, `.T` reverses all.",
            ),
            Mistake(
                lambda: train()[0].reshape(-1, 784).T,
                "6만 장을 모두 담았습니다. 처음 열 장만 필요합니다.",
                "This holds all 60,000 images. Only the first ten are asked for.",
                like=lambda answer: np.shape(answer) == (784, 60_000),
            ),
        ),
        (
            (
                "`reshape`는 메모리에 놓인 순서대로 새 모양을 채울 뿐입니다. 먼저 이미지마다 한 줄이 되게 펼치세요.",
                "`reshape` only fills the new shape in the order of memory. First flatten to one row for each image.",
            ),
            (
                "그다음에 줄과 칸을 맞바꾸면 됩니다. 배열 뒤에 `.T`를 붙이세요.",
                "Then swap rows and columns: put `.T` after the array.",
            ),
        ),
        also=(lambda: _ten().transpose(1, 2, 0).reshape(784, 10),),
    ),
    Exercise(
        "03.6",
        lambda: np.array([[image[r, c] for c in range(28) for r in range(28)] for image in _ten()]),
        (
            "모든 이미지를 같은 규칙으로 펼치기만 하면 어느 순서든 괜찮습니다.",
            "Any order will do, so long as it is the same for all images.",
        ),
        (
            Mistake(
                lambda: _ten().reshape(10, 784),
                "윗줄부터 펼쳤습니다. 펼치기 전에 세로와 가로를 맞바꾸세요.",
                "This goes row by row. Swap height and width before you flatten.",
            ),
            Mistake(
                lambda: _ten().T.reshape(10, 784),
                "모양은 맞지만 여러 이미지가 섞였습니다. `.T`는 이미지의 축까지 맨 뒤로 옮깁니다.",
                "The shape is right, but the images are mixed up: `.T` moves their axis to the end as well.",
            ),
            Mistake(
                lambda: _ten().T,
                "`.T`는 세 축의 순서를 모두 뒤집어서, 이미지의 축이 맨 뒤로 갔습니다. 세로와 가로만 맞바꾸세요.",
                "`.T` reverses all three axes, so that of the images has gone to the end. Swap only height and width.",
                like=lambda answer: np.shape(answer) in ((28, 28, 10), (28, 280)),
            ),
            Mistake(
                lambda: _ten().transpose(0, 2, 1),
                "세로와 가로는 맞바꾸었습니다. 이제 펼치세요.",
                "Height and width have been swapped. Now flatten.",
            ),
            Mistake(
                lambda: _ten()[:, :, ::-1].transpose(0, 2, 1).reshape(10, 784),
                "오른쪽 세로줄부터 읽었습니다. 왼쪽부터 읽으세요.",
                "This begins with the column on the right. Begin on the left.",
            ),
            Mistake(
                lambda: _ten().transpose(2, 1, 0).reshape(784, 10),
                "이미지가 줄이 아니라 칸에 있습니다. 이미지의 축은 맨 앞에 두세요.",
                "The images are in columns, not in rows. Leave the axis of the images in front.",
                like=lambda answer: np.shape(answer) == (784, 10),
            ),
        ),
        (
            (
                "세로와 가로를 맞바꾼 이미지를 윗줄부터 펼치면 됩니다.",
                "Swap height and width of each image; then flattening row by row does it.",
            ),
            (
                "축의 번호는 이미지 0, 세로 1, 가로 2입니다. `transpose`는 축을 괄호 안의 순서대로 놓습니다. "
                "`transpose(2, 0, 1)`이라면 가로가 맨 앞에 옵니다.",
                "Axis 0 is that of the images, 1 height, 2 width. `transpose` puts them into the order it is given: "
                "with `transpose(2, 0, 1)` the width would come first.",
            ),
            (
                "0번 축은 그대로 두고 1번과 2번을 맞바꾼 다음 `reshape`로 펼치세요.",
                "Leave axis 0, swap 1 and 2, then flatten with `reshape`.",
            ),
        ),
        also=(lambda: _ten().swapaxes(1, 2).reshape(10, 784), lambda: _ten().reshape(10, 784, order="F")),
    ),
    Exercise(
        "03.7",
        lambda: _ten().reshape(10, 784),
        (
            "`order`를 아는 사람에게는 아무리 뒤섞어도 감출 수 없습니다.",
            "From anybody who knows `order`, shuffling hides nothing.",
        ),
        (
            Mistake(
                lambda: _shuffled()[:, _order()],
                "한 번 더 뒤섞었습니다. `order`를 거꾸로 적용해야 합니다.",
                "This shuffles once more. `order` has to be undone.",
            ),
            Mistake(
                _shuffled,
                "아직 뒤섞인 그대로입니다. `order`를 정렬하면 0, 1, 2, …가 되므로, 그 순서로 골라도 달라지지 않습니다.",
                "This is as shuffled as before. Sorted, `order` is 0, 1, 2, …: to select in that order moves nothing.",
            ),
            Mistake(
                lambda: _shuffled()[:, ::-1],
                "칸을 뒤에서부터 늘어놓았습니다. 뒤섞은 순서는 `order`가 알고 있습니다.",
                "This turns the places back to front. It is `order` that knows how they were shuffled.",
            ),
            Mistake(
                lambda: _shuffled()[:, _order()[::-1]],
                "`order`를 뒤에서부터 읽었습니다. 원래의 0번, 1번, … 칸이 지금 어디에 있는지를 알아야 합니다.",
                "That is `order` read from its end. You need to know where the old places 0, 1, … are now.",
            ),
            Mistake(
                lambda: np.sort(_shuffled(), axis=1),
                "픽셀의 값을 크기순으로 늘어놓았습니다. 값이 아니라 자리를 되돌리세요.",
                "This sorts the values of the pixels. It is their places that have to be put back.",
            ),
            Mistake(
                lambda: np.argsort(_order()),
                "되돌리는 순서는 맞습니다. 이 순서로 `shuffled[:10]`의 칸을 고르세요.",
                "That is the order which leads back. Use it to select the places of `shuffled[:10]`.",
            ),
            Mistake(
                lambda: np.broadcast_to(np.uint8(0), (60_000, 784)),
                "6만 줄입니다. 처음 열 줄만 필요합니다.",
                "These are 60,000 rows. Only the first ten are asked for.",
                like=lambda answer: np.shape(answer) == (60_000, 784),
            ),
        ),
        (
            (
                "`order[0]`은 지금 0번 칸에 있는 값이 원래 몇 번 칸에서 왔는지를 말합니다.",
                "`order[0]` says from which old place the value now at place 0 came.",
            ),
            (
                "거꾸로 원래의 0번 칸이 지금 어디에 있는지 알려면, `order`에서 0을 찾으면 됩니다.",
                "To learn where the old place 0 is now, look for the 0 in `order`.",
            ),
            (
                "`np.argsort(order)`는 0, 1, 2, …가 `order`의 몇 번째에 있는지를 차례로 알려 줍니다.",
                "`np.argsort(order)` tells where in `order` the 0, the 1, the 2, and so on are.",
            ),
        ),
    ),
    Exercise(
        "03.8",
        lambda: np.roll(np.arange(784), 1),
        (
            "이웃한 픽셀은 값이 비슷해서, 서로 자리를 바꾸어도 거리가 크게 달라지지 않습니다.",
            "Neighbouring pixels have similar values, so little changes if they take each other's place.",
        ),
        (
            Mistake(
                lambda: np.arange(28),
                "`answer`에는 칸의 번호 784개가 한 줄로 있어야 합니다. 모양은 `order`와 같은 `(784,)`입니다.",
                "`answer` should hold the numbers of 784 places in one row, of shape `(784,)` like `order`.",
                like=lambda answer: np.shape(answer) != (784,),
            ),
            Mistake(
                lambda: np.arange(784.0),
                "칸의 번호는 소수가 아니라 정수여야 합니다. `astype(int)`로 바꿀 수 있습니다.",
                "The numbers of places must be whole: integers, not floats. `astype(int)` makes them so.",
                like=lambda answer: np.asarray(answer).dtype.kind == "f",
            ),
            Mistake(
                lambda: np.minimum(np.arange(784) + 1, 783),
                "빠지거나 되풀이된 번호가 있습니다. 밖으로 밀려난 번호가 있으면 반대쪽에 넣으세요.",
                "Some number is missing or comes twice. What is pushed out at one end may come in at the other.",
                like=lambda answer: not _is_order(answer),
            ),
            Mistake(
                lambda: np.arange(784),
                "제자리에 남은 픽셀이 있습니다. `answer == np.arange(784)`가 참인 칸이 하나도 없어야 합니다.",
                "Some pixel is in its old place. `answer == np.arange(784)` should be true nowhere.",
                like=_stay,
            ),
            Mistake(
                lambda: np.roll(np.arange(784), 3),
                "무작위로 뒤섞을 때보다는 훨씬 낫지만 아직 모자랍니다. 더 가까운 곳으로 옮기세요.",
                "That is much better than any random order, but not enough. Move the pixels less far.",
                like=lambda answer: _accuracy(answer) > 0.3,
            ),
            Mistake(
                lambda: np.arange(784)[::-1],
                "픽셀이 제자리에서 너무 멀어져 거의 읽지 못합니다. 더 가까운 자리로 옮길 수는 없을까요?",
                "The pixels have moved too far, and hardly anything is read. Could each stay closer to its old place?",
                like=lambda answer: _accuracy(answer) <= 0.3,
            ),
        ),
        (
            (
                "어떤 두 픽셀이 서로 비슷한 값일 때가 많을까요? 이미지에서 가까운 곳을 생각해 보세요.",
                "Which two pixels have similar values most of the time? Think of what is close together in an image.",
            ),
            (
                "1장에서 이미지를 한 칸 밀어 보았습니다. `np.roll(np.arange(784), ...)`로 순서를 밀면 어떻게 될까요?",
                "Chapter 1 pushed images along by a pixel. What if you push the order, `np.roll(np.arange(784), ...)`?",
            ),
        ),
        accepts=lambda answer: _is_order(answer) and not _stay(answer) and _accuracy(answer) > 0.7,
        also=(lambda: (np.arange(784) ^ 1).tolist(), lambda: np.roll(np.arange(784), -28)),
    ),
)
