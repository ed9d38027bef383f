"""The helpers of the MNIST tutorial: read digits, prepare them, build a network, train it, judge it, draw it.

Importing this package costs NumPy alone; TensorFlow and Matplotlib load when a function first needs them.
"""

from ._requirements import check_requirements
from .augmentation import shift_images
from .comparison import difference, mean_error, plot_seeds
from .curves import plot_accuracy, plot_loss
from .data import load_mnist
from .drawing import DrawingPad, draw_digit
from .drawings import load_drawings
from .evaluation import Mistakes, confusion_matrix, find_mistakes, predict_digits
from .exercises import check, hint, progress, quiz
from .lab import TrainingLab, training_lab
from .language import set_language
from .model import build_cnn, build_mlp
from .notebook import quiet_startup
from .plane import ReluPlane, relu_plane
from .plotting import plot_confusion, plot_mistakes, plot_prediction, show_digits
from .prepare import prepare_digit
from .preprocessing import flatten, normalize, one_hot
from .pretrained import load_pretrained
from .runs import Runs
from .straightening import straighten
from .training import epoch_log, fit, repeat
from .valley import LossValley, loss_valley

__all__ = [
    "DrawingPad",
    "LossValley",
    "Mistakes",
    "ReluPlane",
    "Runs",
    "TrainingLab",
    "build_cnn",
    "build_mlp",
    "check",
    "confusion_matrix",
    "difference",
    "draw_digit",
    "epoch_log",
    "find_mistakes",
    "fit",
    "flatten",
    "hint",
    "load_drawings",
    "load_mnist",
    "load_pretrained",
    "loss_valley",
    "mean_error",
    "normalize",
    "one_hot",
    "plot_accuracy",
    "plot_confusion",
    "plot_loss",
    "plot_mistakes",
    "plot_prediction",
    "plot_seeds",
    "predict_digits",
    "prepare_digit",
    "progress",
    "quiet_startup",
    "quiz",
    "relu_plane",
    "repeat",
    "set_language",
    "shift_images",
    "show_digits",
    "straighten",
    "training_lab",
]

check_requirements()
