"""What chapter 13 asks."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

from ..exercises import Exercise, Mistake, Option, Quiz
from ..preprocessing import flatten, normalize
from ._data import train


def _rows() -> Any:
    return normalize(flatten(train()[0][:5]))


def _pictures() -> Any:
    return _rows().reshape(5, 28, 28, 1)


def _digit(number: int = 0) -> tuple[Any, ...]:
    return (normalize(train()[0][number : number + 1])[0],)


def _small() -> tuple[Any, ...]:
    """Return a picture that is not square."""
    return (np.random.default_rng(0).normal(size=(6, 10)),)


def _blocks(picture: Any) -> Any:
    height, width = picture.shape
    return picture.reshape(height // 2, 2, width // 2, 2)


def _pool(picture: Any) -> Any:
    return _blocks(picture).max(axis=(1, 3))


def _far_apart(picture: Any) -> Any:
    height, width = picture.shape
    return picture.reshape(2, height // 2, 2, width // 2).max(axis=(0, 2))


def _every_place(picture: Any) -> Any:
    return np.max([picture[:-1, :-1], picture[:-1, 1:], picture[1:, :-1], picture[1:, 1:]], axis=0)


def _count(filters: Any, *, bias: bool = True, last_bias: bool = True, channels: bool = True, up: bool = False) -> int:
    """Return how many parameters `build_cnn` has, or what comes out if something is forgotten."""
    total, side = 0, 28
    for before, number in pairwise((1, *filters)):
        total += (9 * (before if channels else 1) + bias) * number
        side = -(-side // 2) if up else side // 2
    return int(total + side * side * filters[-1] * 10 + 10 * last_bias)


def _without_pooling(filters: Any) -> Any:
    return _count(filters) + (28 * 28 - (28 // 2 ** len(filters)) ** 2) * filters[-1] * 10


def _with_fractions(filters: Any) -> Any:
    side = 28 / 2 ** len(filters)
    return _count(filters) + (side**2 - (28 // 2 ** len(filters)) ** 2) * filters[-1] * 10


def _bias_for_each_channel(filters: Any) -> Any:
    return _count(filters) + sum((before - 1) * number for before, number in pairwise((1, *filters)))


def _side_alone(filters: Any) -> Any:
    side = 28 // 2 ** len(filters)
    return _count(filters) - (side**2 - side) * filters[-1] * 10


def _as_given(filters: Any) -> float:
    return float(9 * sum(filters) + (28 / 2 ** len(filters)) ** 2 * filters[-1] * 10)


def _convolve(image: Any, weights: Any) -> Any:
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(image, 1), (3, 3))
    return (windows * weights).sum(axis=(2, 3))


def _image_and_weights() -> tuple[Any, ...]:
    return (*_digit(), np.arange(1.0, 10).reshape(3, 3))


def _other_weights() -> tuple[Any, ...]:
    return (*_small(), np.random.default_rng(1).normal(size=(3, 3)))


def _shaped(*shape: int) -> Callable[[Any], bool]:
    return lambda found: np.shape(found) == shape


EXERCISES: tuple[Exercise | Quiz, ...] = (
    Quiz(
        "13.1",
        (
            Option(
                (28, 28),
                "둘레에 0을 둘러 주면 그렇게 됩니다. 지금은 이미지 안에 온전히 들어가는 자리만 셉니다.",
                "It would be, with a border of zeros. Here only places count in which the weights fit entirely inside.",
            ),
            Option(
                (26, 26),
                "왼쪽 끝에서 0번 칸, 오른쪽 끝에서 25번 칸까지 26자리입니다. 세로도 같습니다.",
                "The left column of the patch can be any of 0 to 25. That makes 26 places, and as many for the rows.",
            ),
            Option(
                (25, 25),
                "28에서 3을 뺐을 것입니다. 끝자리도 한 자리로 쳐야 합니다.",
                "That is 28 minus 3. But the last place counts, too.",
            ),
            Option(
                (9, 9),
                "3×3칸씩 겹치지 않게 옮기면 그쯤 됩니다. 여기서는 한 칸씩 옮깁니다.",
                "About that many patches fit side by side. Here the patch moves by one pixel.",
            ),
        ),
    ),
    Quiz(
        "13.2",
        (
            Option(
                4640,
                "필터 하나에 3·3·16개의 가중치와 편향 하나, 그런 필터가 32개입니다.",
                "A filter has 3·3·16 weights and one bias, and there are 32 filters.",
            ),
            Option(
                4608,
                "가중치는 맞게 세었습니다. 필터마다 하나씩 있는 편향이 빠졌습니다.",
                "The weights are counted rightly. The bias of each filter is missing.",
            ),
            Option(
                320,
                "필터를 3×3으로만 보았습니다. 필터 하나가 채널 16개를 모두 봅니다.",
                "That counts only 3×3 weights for each filter. Each one sees all 16 channels.",
            ),
            Option(
                5120,
                "채널마다 편향을 따로 두었습니다. 필터 하나는 모두 더한 다음 편향을 하나만 더합니다.",
                "That gives every channel a bias. A filter adds everything up, and then one bias.",
            ),
        ),
        typed=True,
    ),
    Quiz(
        "13.3",
        (
            Option(
                "dense",
                "필터는 이웃에 뜻이 있다고 짐작합니다. 뒤섞으면 그 짐작이 틀려서, 풀링이 쓸모 있는 값까지 버립니다.",
                "Filters guess that neighbours mean something. Here that is wrong, and pooling drops good values.",
                ("밀집층뿐인 신경망", "The network of dense layers"),
            ),
            Option(
                "convolution",
                "멀쩡한 이미지에서는 그렇습니다. 뒤섞은 이미지에서는 이웃한 아홉 칸이 서로 아무 상관이 없습니다.",
                "On ordinary images it is. After shuffling, nine neighbouring places have nothing in common.",
                ("합성곱 신경망", "The convolutional network"),
            ),
            Option(
                "neither",
                "앞선 만큼만 잃고 비기리라 생각했을 것입니다. 그런데 틀린 짐작은 방해까지 됩니다.",
                "It loses its lead and draws level? A wrong guess is not merely of no help: it gets in the way.",
                ("차이가 없음", "No difference"),
            ),
        ),
    ),
    Exercise(
        "13.4",
        _pictures,
        (
            "`X_train[:5].reshape(-1, 28, 28, 1)`이라고 쓰면 이미지가 몇 장이든 됩니다.",
            "Written as `X_train[:5].reshape(-1, 28, 28, 1)`, it works for any number of images.",
        ),
        (
            Mistake(
                lambda: _rows().reshape(28, 28, 5),
                "이미지의 축이 맨 앞에 와야 합니다. 이대로면 픽셀이 다섯 장에 흩어집니다.",
                "The axis of the images comes first. Like this, each picture is scattered over all five.",
                like=lambda found: np.shape(found)[-1:] == (5,),
            ),
            Mistake(
                lambda: _rows().reshape(5, 28, 28),
                "채널의 축이 빠졌습니다. 회색 이미지에도 길이가 1인 축이 하나 있어야 합니다.",
                "The axis of the channels is missing. Grey images need one too, of length 1.",
                like=_shaped(5, 28, 28),
            ),
            Mistake(
                _rows,
                "아직 펼쳐진 줄입니다. 줄에는 이웃이 없습니다.",
                "These are still flat rows. In a row there are no neighbours.",
                like=_shaped(5, 784),
            ),
            Mistake(
                lambda: _rows().reshape(5, 1, 28, 28),
                "채널이 앞에 왔습니다. 그렇게 쓰는 도구도 있지만, 우리 필터와 케라스는 채널을 맨 뒤에 둡니다.",
                "The channel comes first here. Some tools do so; our filters and Keras have it last.",
                like=_shaped(5, 1, 28, 28),
            ),
            Mistake(
                lambda: _pictures().transpose(0, 2, 1, 3),
                "모양은 맞지만 줄과 칸이 바뀌어, 숫자가 누워 있습니다.",
                "The shape is right, but rows and columns have changed places: the digits lie on their side.",
            ),
            Mistake(
                lambda: _pictures() * 255,
                "모양은 맞지만 0…255입니다. 신경망은 0…1로 나눈 이미지로 배웁니다.",
                "The shape is right, but this goes from 0 to 255. The network learned from images from 0 to 1.",
            ),
        ),
        (
            (
                "축은 차례로 이미지, 세로, 가로, 채널입니다.",
                "The axes are, in this order, images, height, width, channels.",
            ),
            (
                "잉크의 양은 채널 하나이므로, 마지막 축의 길이는 1입니다.",
                "The amount of ink is a single channel, so the last axis has length 1.",
            ),
        ),
        also=(lambda: normalize(train()[0][:5])[..., np.newaxis],),
    ),
    Exercise(
        "13.5",
        lambda: _pool,
        (
            "이웃한 넷을 한데 묶으려면, 크기가 2인 축이 줄과 칸의 바로 뒤에 와야 합니다.",
            "To group four neighbours, each axis of length 2 has to come right after its rows or columns.",
        ),
        (
            Mistake(
                lambda: _far_apart,
                "이웃한 넷이 아니라, 이미지의 절반만큼 떨어진 넷을 묶었습니다. 첫 네 칸이 어디에서 왔는지 적어 보세요.",
                "These four are half an image apart, not neighbours. Write down which places the first four come from.",
            ),
            Mistake(
                lambda: lambda picture: _blocks(picture).max(axis=(0, 2)),
                "길이가 2인 두 축이 남고 줄과 칸이 사라졌습니다. 없앨 축은 길이가 2인 두 축입니다.",
                "Only 2×2 values are left: the wrong axes are gone. Those to go have length 2 and group neighbours.",
                like=_shaped(2, 2),
            ),
            Mistake(
                lambda: lambda picture: _blocks(picture).max(axis=1).reshape(len(picture) // 2, -1),
                "줄끼리만 묶었습니다. 옆 칸과도 묶어야 합니다.",
                "This takes the maximum of two rows only. Neighbours side by side belong to the four, too.",
            ),
            Mistake(
                lambda: lambda picture: _blocks(picture).mean(axis=(1, 3)),
                "평균을 남겼습니다. 그런 풀링도 있지만, 여기서는 가장 큰 값을 남깁니다.",
                "This keeps the mean. There is such a pooling, but here the largest is kept.",
            ),
            Mistake(
                lambda: lambda picture: picture[::2, ::2],
                "넷 가운데 왼쪽 위의 값만 골랐습니다. 가장 큰 값을 남기세요.",
                "This picks the top left of every four. Keep the largest.",
            ),
            Mistake(
                lambda: _every_place,
                "한 칸씩 옮기며 최댓값을 구했습니다. 두 칸씩 건너뛰어야 크기가 절반이 됩니다.",
                "This moves by one place. It has to move by two, so that half the size remains.",
            ),
            Mistake(
                lambda: lambda picture: _blocks(picture).sum(axis=(1, 3)),
                "넷을 더했습니다. 가장 큰 값 하나만 남깁니다.",
                "This adds the four up. Only the largest is kept.",
            ),
            Mistake(
                lambda: lambda picture: _blocks(picture).min(axis=(1, 3)),
                "가장 작은 값을 남겼습니다. 필터가 찾은 것은 큰 값에 있습니다.",
                "This keeps the smallest. What a filter has found is in the large values.",
            ),
        ),
        (
            (
                "`np.arange(16).reshape(4, 4)`를 넣고, 나온 수를 손으로 구한 것과 비교해 보세요.",
                "Put in `np.arange(16).reshape(4, 4)`, and compare with what you get by hand.",
            ),
            (
                "본문의 `pool`에서는 높이가 `h, 2`로 나뉩니다. 순서가 중요합니다.",
                "In the chapter's `pool`, the height is divided into `h, 2`. The order matters.",
            ),
        ),
        also=(
            lambda: (
                lambda picture: np.max(
                    [picture[::2, ::2], picture[::2, 1::2], picture[1::2, ::2], picture[1::2, 1::2]], axis=0
                )
            ),
            lambda: lambda picture: picture.reshape(len(picture) // 2, 2, -1, 2).max((1, 3)),
        ),
        inputs=_digit,
        also_inputs=(lambda: _digit(7), _small),
    ),
    Exercise(
        "13.6",
        lambda: _count,
        (
            "합성곱의 파라미터에는 이미지의 크기가 들어가지 않습니다. 크기는 밀집층에서만 나타납니다.",
            "The size of the image does not enter into a convolution's parameters, only into those of the dense layer.",
        ),
        (
            Mistake(
                lambda: _as_given,
                "처음 그대로입니다. 채널, 편향, 나누어떨어지지 않는 크기를 차례로 살펴보세요.",
                "This is what it was. Look at channels, at biases, and at sizes that 2 does not divide.",
            ),
            Mistake(
                lambda: lambda filters: _count(filters, channels=False),
                "필터는 앞 층의 채널을 모두 봅니다. 첫 층만 채널이 하나입니다.",
                "A filter sees all channels of the layer before. Only in the first layer is there a single one.",
            ),
            Mistake(
                lambda: lambda filters: _count(filters, bias=False, last_bias=False),
                "편향이 하나도 없습니다. 필터마다 하나, 출력 유닛마다 하나 있습니다.",
                "There are no biases. Each filter has one, and each output unit.",
            ),
            Mistake(
                lambda: lambda filters: _count(filters, bias=False),
                "필터의 편향이 빠졌습니다.",
                "The biases of the filters are missing.",
            ),
            Mistake(
                lambda: lambda filters: _count(filters, last_bias=False),
                "마지막 밀집층의 편향 열 개가 빠졌습니다.",
                "The ten biases of the dense layer at the end are missing.",
            ),
            Mistake(
                lambda: _with_fractions,
                "칸의 수가 소수일 수는 없습니다. 7을 반으로 나누면 풀링은 3칸만 남깁니다.",
                "There are no fractions of a place. Of 7, pooling leaves 3.",
            ),
            Mistake(
                lambda: lambda filters: _count(filters, up=True),
                "7을 반으로 나눌 때 올림했습니다. 짝이 없는 마지막 줄은 버려집니다.",
                "This rounds up when 7 is halved. A last row without a partner is dropped.",
            ),
            Mistake(
                lambda: _without_pooling,
                "풀링을 잊었습니다. 합성곱마다 세로와 가로가 절반이 됩니다.",
                "Pooling has been forgotten: it halves height and width after each convolution.",
            ),
            Mistake(
                lambda: _bias_for_each_channel,
                "채널마다 편향을 두었습니다. 필터 하나는 채널까지 모두 더한 다음 편향을 하나만 더합니다.",
                "That is a bias for every channel. A filter adds up over its channels, and then one bias.",
            ),
            Mistake(
                lambda: _side_alone,
                "마지막에 펼치는 것은 한 변이 아니라 세로와 가로를 곱한 만큼의 칸입니다.",
                "What is flattened at the end has height times width places, not only one side of them.",
            ),
        ),
        (
            (
                "`mt.build_cnn(filters=(4,)).count_params()`처럼 작은 것부터 비교해 보세요.",
                "Begin with a small one, and compare: `mt.build_cnn(filters=(4,)).count_params()`.",
            ),
            (
                "앞 층의 필터 수를 기억해 두는 변수가 하나 더 있어야 합니다. 처음에는 1입니다.",
                "One more variable has to remember how many filters the layer before had. At first it is 1.",
            ),
            (
                "반으로 나눌 때는 `//`를 쓰고, 층마다 편향을 더하세요.",
                "Halve with `//`, and add the biases of every layer.",
            ),
        ),
        inputs=lambda: ((16, 32, 64),),
        also_inputs=(lambda: ((4,),), lambda: ((6, 10, 10),), lambda: ((3, 5),)),
    ),
    Exercise(
        "13.7",
        lambda: lambda image, weights: _convolve(image, weights[::-1, ::-1]),
        (
            "뒤집은 필터를 배운 신경망은 뒤집지 않은 필터를 배운 신경망과 똑같은 일을 합니다.",
            "Turned or not, a network can learn the same: only the places of the nine numbers differ.",
        ),
        (
            Mistake(
                lambda: _convolve,
                "뒤집지 않았습니다. 이것은 본문의 합성곱입니다.",
                "Nothing is turned. This is the convolution of the text.",
            ),
            Mistake(
                lambda: lambda image, weights: _convolve(image, weights[::-1]),
                "위아래로만 뒤집었습니다. 좌우로도 뒤집어야 합니다.",
                "This is turned upside down only. It has to be turned left to right, too.",
            ),
            Mistake(
                lambda: lambda image, weights: _convolve(image, weights[:, ::-1]),
                "좌우로만 뒤집었습니다. 위아래로도 뒤집어야 합니다.",
                "This is turned left to right only. It has to be turned upside down, too.",
            ),
            Mistake(
                lambda: lambda image, weights: _convolve(image, weights.T),
                "줄과 칸을 바꾼 것은 뒤집은 것과 다릅니다. `weights`의 왼쪽 위가 오른쪽 아래로 가야 합니다.",
                "This exchanges rows and columns. To turn is to move the top left of `weights` to the bottom right.",
            ),
            Mistake(
                lambda: lambda image, weights: _convolve(image[::-1, ::-1], weights),
                "필터 대신 이미지를 뒤집어서, 결과가 거꾸로 나왔습니다.",
                "The image is turned instead of the filter, so the result comes out upside down.",
            ),
            Mistake(
                lambda: lambda image, weights: _convolve(image, -weights),
                "부호를 바꾸었습니다. 자리를 바꾸어야 합니다.",
                "This changes the sign. It is the places that have to change.",
            ),
        ),
        (
            (
                "`weights[::-1]`은 줄의 순서를 거꾸로 합니다. 칸의 순서는요?",
                "`weights[::-1]` reverses the order of the rows. And that of the columns?",
            ),
            (
                "본문의 `convolve`에 뒤집은 `weights`를 넘기면 됩니다.",
                "Hand the `weights`, turned, to the chapter's `convolve`.",
            ),
        ),
        also=(
            lambda: lambda image, weights: _convolve(image, np.rot90(weights, 2)),
            lambda: lambda image, weights: _convolve(image[::-1, ::-1], weights)[::-1, ::-1],
        ),
        inputs=_image_and_weights,
        also_inputs=(_other_weights,),
    ),
    Exercise(
        "13.8",
        lambda: 30,
        (
            "필터는 돌지 않습니다. 가로획을 찾는 필터에게, 많이 기운 가로획은 다른 것입니다.",
            "Filters do not turn. One that looks for level strokes does not find a stroke at a steep slant.",
        ),
        (
            Mistake(
                lambda: 0.9,
                "정확도를 적은 것 같습니다. 몇 도인지 적으세요.",
                "That looks like an accuracy. Give the angle in degrees.",
                like=lambda answer: 0 < abs(float(answer)) < 1,
            ),
            Mistake(
                lambda: -33,
                "`turn`에서는 양수가 시계 반대 방향입니다. 양수로 적으세요.",
                "For `turn`, positive angles are counter-clockwise. Give a positive one.",
                like=lambda answer: float(answer) < 0,
            ),
            Mistake(
                lambda: 15,
                "그 각도라면 아직 거의 모두 읽습니다. 더 돌려 보세요.",
                "At that angle nearly all are still read. Turn them further.",
                like=lambda answer: 0 <= float(answer) < 22,
            ),
            Mistake(
                lambda: 60,
                "그보다 훨씬 전에 90% 아래로 떨어집니다. 처음으로 떨어지는 각도를 찾으세요.",
                "It falls below 90% long before that. Find where it does so for the first time.",
                like=lambda answer: float(answer) > 40,
            ),
        ),
        (
            (
                "`np.stack([turn(x_test[i], 20) for i in sample[:300]])`이 20도 돌린 이미지 300장입니다.",
                "`np.stack([turn(x_test[i], 20) for i in sample[:300]])` gives 300 images turned by 20 degrees.",
            ),
            (
                '`read("cnn", images) == y_test[sample[:300]]`의 평균이 정확도입니다. 5도씩 늘려 보세요.',
                'The accuracy is the mean of `read("cnn", images) == y_test[sample[:300]]`. Go on by 5 degrees.',
            ),
        ),
        accepts=lambda answer: 22 <= float(answer) <= 40,
        also=(lambda: 25.0, lambda: np.int64(36)),
    ),
)
