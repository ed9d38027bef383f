"""The helpers of the MNIST tutorial: read digits, prepare them, build a network, train it, judge it, draw it.

Importing this package costs NumPy alone; TensorFlow and Matplotlib load when a function first needs them.
"""

from .data import load_mnist
from .drawing import DrawingPad, draw_digit
from .evaluation import Mistakes, confusion_matrix, find_mistakes, predict_digits
from .language import set_language
from .model import build_mlp
from .plotting import plot_accuracy, plot_confusion, plot_loss, plot_mistakes, plot_prediction, show_digits
from .preprocessing import flatten, normalize, one_hot
from .training import Runs, epoch_log, fit, repeat, shift_images

__all__ = [
    "DrawingPad",
    "Mistakes",
    "Runs",
    "build_mlp",
    "confusion_matrix",
    "draw_digit",
    "epoch_log",
    "find_mistakes",
    "fit",
    "flatten",
    "load_mnist",
    "normalize",
    "one_hot",
    "plot_accuracy",
    "plot_confusion",
    "plot_loss",
    "plot_mistakes",
    "plot_prediction",
    "predict_digits",
    "repeat",
    "set_language",
    "shift_images",
    "show_digits",
]
