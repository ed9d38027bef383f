"""What chapter 9 asks."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..exercises import Exercise, Mistake, Option, Quiz
from ._data import train

OUTPUTS = np.array([2.0, 1.0, 4.0, 3.0, 5.0])
ON = np.array([1, 1, 0, 1, 0])
CURVE = (0.30, 0.22, 0.19, 0.20, 0.18, 0.19, 0.185, 0.17, 0.18, 0.19, 0.20, 0.21)


def _early_stopping(**settings: Any) -> Any:
    import keras

    right = {"monitor": "val_accuracy", "mode": "max", "patience": 3, "restore_best_weights": True}
    return keras.callbacks.EarlyStopping(**(right | settings))


def _is_early_stopping(answer: Any) -> bool:
    import keras

    return isinstance(answer, keras.callbacks.EarlyStopping)


def _is_as_usual(stopping: Any) -> bool:
    return not (stopping.min_delta or stopping.start_from_epoch or stopping.baseline is not None)


def _stops(patience: int) -> int:
    """Return the first epoch, counted from 1, that is worse than one so many epochs before, as are all between."""
    for epoch in range(patience, len(CURVE)):
        if min(CURVE[epoch - patience + 1 : epoch + 1]) >= min(CURVE[: epoch - patience + 1]):
            return epoch + 1
    return len(CURVE)


def _with_moved(kept: slice, moved: slice) -> Any:
    """Return some of the first thousand images, and after them some moved to the right by a pixel."""
    images = train()[0][:1000]
    return np.concatenate([images[kept], np.roll(images, 1, axis=2)[moved]])


EXERCISES: tuple[Exercise | Quiz, ...] = (
    Quiz(
        "09.1",
        (
            Option(
                "training",
                "본 이미지이니 더 잘 읽을 것 같지만, 두 정확도는 재는 방법이 다릅니다. 훈련 "
                "정확도를 잴 때 "
                "유닛이 어떤 상태인지 생각해 보세요.",
                "It has seen those images, so it should read them better. But the two are measured in different ways: "
                "think of the state that the units are in when training accuracy is taken.",
                ("훈련 정확도가 높습니다", "training accuracy"),
            ),
            Option(
                "validation",
                "훈련 정확도는 유닛이 꺼진 채로, 에포크가 진행되는 동안 잽니다. 검증 정확도는 유닛을 모두 켜고 "
                "에포크가 끝난 뒤에 "
                "잽니다.",
                "Training accuracy is taken with units switched off, while the epoch is going on; validation accuracy "
                "with all units on, after the epoch.",
                ("검증 정확도가 높습니다", "validation accuracy"),
            ),
            Option(
                "equal",
                "아직 외운 것이 없으니 같으리라는 생각은 그럴듯합니다. 하지만 두 정확도는 재는 때도, 켜 둔 유닛도 "
                "다릅니다.",
                "Nothing has been memorized yet, so that is a fair thought. But the two are taken at different times, "
                "and with different units on.",
                ("거의 같습니다", "about equal"),
            ),
        ),
    ),
    Quiz(
        "09.2",
        (
            Option(
                "neither",
                "이미지와 레이블이 아무 상관이 없으니 배울 것도 없어 보입니다. 하지만 파라미터가 89,610개이면 "
                "1,000장을 하나하나 "
                "외울 수 있습니다.",
                "Labels that have nothing to do with the images leave nothing to understand. But 89,610 parameters are "
                "enough to memorize 1,000 images one by one.",
                ("어느 쪽도 못 맞힙니다", "neither"),
            ),
            Option(
                "training",
                "배울 것이 없어도 외울 수는 있습니다. 외운 것은 새 이미지에서 쓸모가 없습니다.",
                "Where there is nothing to understand, a network can memorize; but that is no use with new images.",
                ("훈련 이미지만 맞힙니다", "the training images only"),
            ),
            Option(
                "validation",
                "새 이미지의 레이블은 섞지 않았지만, 신경망은 섞인 레이블만 보고 배웠습니다.",
                "The labels of the new images were not shuffled, but shuffled ones are all that the network has seen.",
                ("새 이미지만 맞힙니다", "the new images only"),
            ),
            Option(
                "training and validation",
                "훈련 이미지를 맞힌다고 이해했다는 뜻은 아닙니다. 섞인 레이블에서 숫자의 생김새를 배울 수는 없습니다.",
                "Getting the training images right does not mean having understood them. Shuffled labels do not tell "
                "what a digit looks like.",
                ("둘 다 맞힙니다", "both"),
            ),
        ),
    ),
    Quiz(
        "09.3",
        (
            Option(
                3,
                "뒤집은 3은 열린 쪽이 오른쪽으로 가서, 어떤 숫자의 모양도 아닙니다.",
                "Mirrored, a 3 opens to the right, and that is the shape of no digit.",
            ),
            Option(
                5,
                "뒤집은 5는 위아래의 굽은 쪽이 서로 바뀌어서 오히려 2를 닮습니다.",
                "Mirrored, a 5 has its bends on the other sides, and looks more like a 2.",
            ),
            Option(
                7,
                "뒤집은 7은 획이 반대쪽으로 내려갑니다. 사람은 알아보지만, 그런 이미지로 배운 적은 없습니다.",
                "Mirrored, the stroke of a 7 comes down the other way. People can tell; the network has never seen "
                "one.",
            ),
            Option(
                8,
                "8은 왼쪽과 오른쪽이 비슷해서, 뒤집어도 잉크가 거의 같은 칸에 놓입니다.",
                "An 8 is much the same on both sides, so its ink stays in nearly the same places.",
            ),
        ),
    ),
    Exercise(
        "09.4",
        _early_stopping,
        (
            "클수록 좋은 값을 보므로 `max`이고, 멈춘 뒤에 가장 좋았던 가중치로 되돌립니다.",
            "What it watches is better the larger it is, hence `max`; and once stopped, it goes back to the best "
            "weights.",
        ),
        (
            Mistake(
                lambda: [_early_stopping()],
                "`EarlyStopping`이 아닙니다. `keras.callbacks.EarlyStopping(...)`으로 만든 것 하나를 담으세요.",
                "This is no `EarlyStopping`. Hand over one that `keras.callbacks.EarlyStopping(...)` makes.",
                like=lambda answer: not _is_early_stopping(answer),
            ),
            Mistake(
                lambda: _early_stopping(monitor="accuracy"),
                "훈련 성적을 보고 있습니다. 그것은 외우는 동안에도 계속 좋아지므로 멈출 때를 알려 주지 못합니다.",
                "This watches the training images. Memorizing improves that too, so it does not tell when to stop.",
                like=lambda answer: answer.monitor in ("accuracy", "loss"),
            ),
            Mistake(
                lambda: _early_stopping(monitor="val_loss", mode="min"),
                "검증 손실을 보고 멈춥니다. 그것도 좋은 방법이지만, 여기서는 검증 정확도를 보기로 했습니다.",
                "This watches validation loss. That is a good way too, but here it should watch validation accuracy.",
                like=lambda answer: answer.monitor == "val_loss",
            ),
            Mistake(
                lambda: _early_stopping(monitor="val_acc"),
                "케라스가 기록하는 것 가운데 이런 이름은 없습니다. 검증 정확도의 이름은 `hasty`에 있는 그대로입니다.",
                "Keras records nothing of this name. Validation accuracy has the name that it has in `hasty`.",
                like=lambda answer: answer.monitor != "val_accuracy",
            ),
            Mistake(
                lambda: _early_stopping(mode="min", restore_best_weights=False),
                "정확도가 작아지기를 기다리고 있습니다. 그래서 첫 에포크를 최고로 칩니다. `mode`를 보세요.",
                "It waits for the accuracy to get smaller, so the first epoch counts as the best. Look at `mode`.",
                like=lambda answer: answer.mode == "min",
            ),
            Mistake(
                lambda: _early_stopping(restore_best_weights=False),
                "제때 멈추지만, 기다린 세 에포크만큼 더 훈련한 마지막 가중치가 남습니다.",
                "It stops in time, but what stays are the last weights, after the three epochs of waiting.",
                like=lambda answer: not answer.restore_best_weights,
            ),
            Mistake(
                lambda: _early_stopping(patience=0),
                "기다리는 에포크 수가 달라졌습니다. `patience`는 그대로 두세요.",
                "It waits for another number of epochs. Leave `patience` as it was.",
                like=lambda answer: answer.patience != 3,
            ),
            Mistake(
                lambda: _early_stopping(start_from_epoch=5),
                "다른 설정도 바뀌었습니다. 두 잘못만 고치고 나머지는 그대로 두세요.",
                "Other settings have changed, too. Mend the two faults only, and leave the rest as it was.",
                like=lambda answer: not _is_as_usual(answer),
            ),
        ),
        (
            (
                "잘못이 두 군데 있습니다. 하나는 무엇을 '더 나아졌다'고 볼지, 하나는 어떤 가중치가 남는지입니다.",
                "There are two faults: what counts as better, and which weights are left in the end.",
            ),
            (
                "정확도는 클수록 좋으니 `mode`가 달라야 합니다. 남는 가중치는 앞의 `stopping`과 비교해 보세요.",
                "Accuracy is better the larger it is: that changes `mode`. For the weights, compare with `stopping` "
                "above.",
            ),
        ),
        also=(lambda: _early_stopping(mode="auto"), lambda: _early_stopping(restore_best_weights=1, verbose=1)),
        accepts=lambda answer: (
            _is_early_stopping(answer)
            and answer.monitor == "val_accuracy"
            and answer.mode in ("max", "auto")
            and answer.patience == 3
            and bool(answer.restore_best_weights)
            and _is_as_usual(answer)
        ),
    ),
    Exercise(
        "09.5",
        lambda: [_stops(patience) for patience in (1, 2, 3)],
        (
            "`patience`가 클수록 늦게 멈추고, 그만큼 작은 흔들림에 속지 않습니다.",
            "The larger the `patience`, the later it stops, and the less a small wobble can fool it.",
        ),
        (
            Mistake(
                lambda: [5, 6, 8],
                "아직 고치기 전의 결과입니다. 곡선을 눈으로 따라가며 어디에서 멈춰야 하는지 먼저 세어 보세요.",
                "That is what the code says as it stands. Follow the curve by eye first: where should it stop?",
            ),
            Mistake(
                lambda: [_stops(patience) - 1 for patience in (1, 2, 3)],
                "하나씩 작습니다. `enumerate`는 0부터 세지만 에포크는 1부터 셉니다.",
                "Each is one too small: `enumerate` counts from 0, epochs from 1.",
            ),
            Mistake(
                lambda: [_stops(patience + 1) for patience in (1, 2, 3)],
                "한 번씩 더 기다립니다. `patience`가 1이면 한 번 나아지지 않았을 때 멈춥니다.",
                "It waits once too often. With a `patience` of 1, one epoch that is no better ends it.",
            ),
            Mistake(
                lambda: [4, 6, 7],
                "나아지지 않은 에포크를 처음부터 모두 세고 있습니다. 기록이 새로 나오면 무엇이 달라져야 할까요?",
                "This counts all epochs that were no better, from the very beginning. What should a new record change?",
            ),
            Mistake(
                lambda: [6, 7, 9],
                "잘못 하나는 고쳤고 둘이 남았습니다. 언제 세기를 새로 시작하고, 몇 번 기다리고, 몇부터 세는지 보세요.",
                "One fault is mended, two are left: when counting starts anew, how long it waits, counted from what.",
                like=lambda answer: list(answer) in ([6, 7, 9], [3, 5, 6], [6, 10, 11]),
            ),
            Mistake(
                lambda: [4, 10, 11],
                "바로 앞의 에포크와 비교했습니다. 지금까지의 최저 기록과 비교해야 합니다.",
                "This compares with the epoch before. Compare with the lowest so far.",
            ),
            Mistake(
                lambda: [_stops(patience) - patience for patience in (1, 2, 3)],
                "가장 좋았던 에포크를 구했습니다. 물은 것은 훈련이 끝나는 에포크입니다.",
                "These are the best epochs. The question is after which epoch training ends.",
            ),
        ),
        (
            (
                "잘못이 세 군데 있습니다. 언제 세기를 새로 시작하나요? 몇 번 기다리나요? 몇부터 세나요?",
                "There are three faults. When does the counting start anew? How long does it wait? Counted from what?",
            ),
            (
                "`best`를 바꿀 때 `waited`는 어떻게 되어야 하나요?",
                "When `best` changes, what should become of `waited`?",
            ),
            (
                "`patience`에 이르면 바로 멈추니 `>=`이고, 에포크는 1부터 세니 `epoch + 1`입니다.",
                "It stops on reaching `patience`, hence `>=`; epochs count from 1, hence `epoch + 1`.",
            ),
        ),
    ),
    Exercise(
        "09.6",
        lambda: np.stack([OUTPUTS * ON / 0.8, OUTPUTS]),
        (
            "훈련할 때 남은 유닛을 키워 두므로, 예측할 때는 아무것도 하지 않아도 됩니다.",
            "The units left on are enlarged in training, so for a prediction nothing has to be done.",
        ),
        (
            Mistake(
                lambda: np.stack([OUTPUTS * ON, OUTPUTS * ON]),
                "아직 고치기 전 그대로입니다. 예측할 때도 유닛이 꺼져 있고, 훈련할 때 남은 유닛도 커지지 않았습니다.",
                "That is the code as it stands: units are off for predictions too, and those left on in training have "
                "not been enlarged.",
            ),
            Mistake(
                lambda: np.stack([OUTPUTS * ON / 0.8, OUTPUTS * ON / 0.8]),
                "예측할 때도 유닛이 꺼져 있습니다. 그러면 같은 이미지를 물을 때마다 답이 달라집니다.",
                "Units are off for predictions too. Then the same image would get another prediction each time.",
            ),
            Mistake(
                lambda: np.stack([OUTPUTS * ON, OUTPUTS]),
                "훈련할 때 남은 유닛이 커지지 않았습니다. 예측할 때 다음 층으로 들어가는 합이 훈련할 때보다 커집니다.",
                "Units left on in training have not been enlarged, so in predictions the next layer gets larger sums.",
            ),
            Mistake(
                lambda: np.stack([OUTPUTS * ON, OUTPUTS * 0.8]),
                "이렇게 해도 평균은 맞습니다. 다만 케라스는 예측할 때 줄이지 않고 훈련할 때 키웁니다.",
                "The averages agree in this way too. Keras, however, enlarges in training, and leaves predictions "
                "alone.",
            ),
            Mistake(
                lambda: np.stack([OUTPUTS * ON / 0.8, OUTPUTS / 0.8]),
                "예측할 때도 키웠습니다. 예측할 때는 모두 켜 있어서 모자란 것이 없습니다.",
                "Predictions have been enlarged too. All units are on then, so there is nothing to make up for.",
            ),
            Mistake(
                lambda: np.stack([OUTPUTS * ON * 0.8, OUTPUTS]),
                "훈련할 때 남은 유닛이 작아졌습니다. 꺼진 유닛의 몫까지 하려면 반대여야 합니다.",
                "The units left on in training have become smaller. They should make up for those that are off.",
            ),
            Mistake(
                lambda: np.stack([OUTPUTS * ON * 1.2, OUTPUTS]),
                "꺼지는 비율만큼 더했습니다. 평균 5분의 4가 된 합에 1.2를 곱해도 처음의 합이 되지 않습니다.",
                "This adds the share that is off. Sums of four fifths, times 1.2, do not make the whole again.",
            ),
            Mistake(
                lambda: np.stack([OUTPUTS, OUTPUTS * ON / 0.8]),
                "둘이 바뀌었습니다. 유닛을 끄는 것은 훈련할 때입니다.",
                "The two have changed places. It is in training that units are off.",
            ),
            Mistake(
                lambda: np.stack([OUTPUTS * ON / 0.2, OUTPUTS]),
                "꺼지는 비율로 나누었습니다. 평균을 맞추려면 남는 비율로 나누어야 합니다.",
                "This divides by the share that is switched off. The averages need the share that is left.",
            ),
            Mistake(
                lambda: np.stack([OUTPUTS * ON / ON.mean(), OUTPUTS]),
                "이번 스텝에 남은 개수로 나누었습니다. 개수는 스텝마다 다르므로 정해 둔 비율 0.2를 쓰세요.",
                "This divides by how many happen to be left at this step. Use the rate that was set, 0.2.",
            ),
        ),
        (
            (
                "`training`이 `False`이면 무엇이 나와야 할까요?",
                "What should come out when `training` is `False`?",
            ),
            (
                "다섯에 하나꼴로 꺼지면 합은 평균 5분의 4가 됩니다. 무엇으로 나누면 평균이 되돌아올까요?",
                "With one in five off, sums are four fifths on average. What do you divide them by to make up for it?",
            ),
        ),
        also=(lambda: (OUTPUTS * ON * 1.25, OUTPUTS),),
    ),
    Exercise(
        "09.7",
        lambda: _with_moved(slice(800), slice(800)),
        (
            "먼저 나누고, 그다음 훈련 이미지만 옮깁니다. 검증 이미지와 닮은 것이 훈련에 섞이지 않습니다.",
            "Divide first, then move training images only. Nothing like a validation image slips into training.",
        ),
        (
            Mistake(
                lambda: _with_moved(slice(1000), slice(600)),
                "아직 고치기 전 그대로입니다. 검증 이미지 200장이 원래 모습으로 훈련에 들어 있습니다.",
                "That is the code as it stands. The 200 validation images are among those to train on.",
            ),
            Mistake(
                lambda: _with_moved(slice(800), slice(1000)),
                "검증 이미지 200장도 옮긴 모습으로 훈련에 들어 있습니다. 조금 옮겼어도 같은 글씨입니다.",
                "The 200 validation images are in it too, moved. Moved by a pixel, it is still the same handwriting.",
            ),
            Mistake(
                lambda: _with_moved(slice(1000), slice(1000)),
                "2,000장 모두입니다. 검증 이미지 200장은 빼 두어야 합니다.",
                "These are all 2,000. The 200 validation images have to stay out.",
            ),
            Mistake(
                lambda: _with_moved(slice(0), slice(800)),
                "옮긴 것만 있습니다. 그대로인 800장도 훈련에 쓰세요.",
                "Only moved images are left. Train on the 800 as they are, too.",
            ),
            Mistake(
                lambda: np.concatenate([_with_moved(slice(0), slice(800)), _with_moved(slice(800), slice(0))]),
                "이미지는 맞는데 순서가 다릅니다. 그대로인 800장을 먼저 놓으세요.",
                "These are the right images, in another order. Put the 800 that have not moved first.",
            ),
            Mistake(
                lambda: np.stack([_with_moved(slice(800), slice(0)), _with_moved(slice(0), slice(800))]),
                "800장씩 두 배열입니다. `np.concatenate`로 이어 붙여 1,600장으로 만드세요.",
                "These are two arrays of 800. Put one after the other by `np.concatenate`, to make 1,600.",
            ),
            Mistake(
                lambda: _with_moved(slice(200, 1000), slice(200, 1000)),
                "처음 200장을 뺐습니다. 검증 이미지는 마지막 200장입니다.",
                "The first 200 have been left out. The validation images are the last 200.",
            ),
            Mistake(
                lambda: train()[0][:1600],
                "새 이미지 600장을 더 썼습니다. 증강은 있는 이미지로 새 이미지를 만드는 일입니다.",
                "This takes 600 more images. Augmentation makes new ones out of those that there are.",
            ),
        ),
        (
            (
                "옮기기 전에 나누면 어떻게 될까요?",
                "What if the images are divided before they are moved?",
            ),
            (
                "`images[:800]`과 `moved[:800]`은 같은 글씨입니다. 둘을 이어 붙이세요.",
                "`images[:800]` and `moved[:800]` are the same handwriting. Put them one after the other.",
            ),
        ),
    ),
    Exercise(
        "09.8",
        lambda: 300,
        (
            "100장과 1,000장 사이, 그러나 한가운데인 550장보다 훨씬 앞입니다.",
            "It lies between 100 and 1,000, but long before 550, which is halfway.",
        ),
        (
            Mistake(
                lambda: 0,
                "이미지의 수는 0보다 커야 합니다.",
                "A number of images has to be above 0.",
                like=lambda answer: answer <= 0,
            ),
            Mistake(
                lambda: 0.8,
                "정확도를 적었습니다. 그 정확도가 나오는 이미지의 수를 적으세요.",
                "That is an accuracy. Give the number of images with which it is reached.",
                like=lambda answer: answer <= 1 or 78 <= answer <= 82,
            ),
            Mistake(
                lambda: 266.7,
                "이미지의 수는 정수입니다.",
                "Images come whole: this should be a whole number.",
                like=lambda answer: answer % 1 > 0,
            ),
            Mistake(
                lambda: 100,
                "모자랍니다. 이만큼으로는 78%에 이르지 못합니다.",
                "That is too few: with these it does not reach 78%.",
                like=lambda answer: 1 < answer < 200,
            ),
            Mistake(
                lambda: 550,
                "너무 많습니다. 이만큼이면 82%를 넘습니다. 학습 곡선의 가로축이 로그 눈금이었던 것을 떠올려 보세요.",
                "That is too many: with these it exceeds 82%. Remember the logarithmic scale of the learning curve.",
                like=lambda answer: answer > 360,
            ),
        ),
        (
            (
                "100장과 1,000장의 정확도는 학습 곡선에 있습니다. 80%는 그 사이입니다.",
                "The learning curve tells the accuracy for 100 and for 1,000 images, and 80% lies in between.",
            ),
            (
                "`accuracy_from(200)`부터 100장씩 늘려 보세요.",
                "Start with `accuracy_from(200)`, and add 100 at a time.",
            ),
        ),
        accepts=lambda answer: bool(200 <= answer <= 360 and answer % 1 == 0),
        also=(lambda: 256, lambda: 333),
    ),
)
