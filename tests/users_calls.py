"""What users write: checked by mypy in tests/test_types.py, never run."""

import keras
import numpy as np
from numpy.typing import NDArray

import mnist_tutorial as mt

(x_train, y_train), (x_test, y_test) = mt.load_mnist()
rows: NDArray[np.uint8] = mt.flatten(x_train)
X_train: NDArray[np.float32] = mt.normalize(rows)
Y_train: NDArray[np.float32] = mt.one_hot(y_train)
X_test: NDArray[np.float32] = mt.normalize(mt.flatten(x_test))
upright: NDArray[np.uint8] = mt.straighten(x_test)

model = mt.build_mlp(hidden_units=[100, 100])
convolutional = mt.build_cnn((28, 28, 1), filters=[8, 16])
convolutional = mt.load_pretrained("cnn")[0]
stop = keras.callbacks.EarlyStopping(patience=3)
history = mt.fit(model, X_train, Y_train, epochs=3, seed=0, augment=mt.shift_images, callbacks=stop)
history = mt.fit(model, X_train, Y_train, epochs=np.int64(3), callbacks=[stop], validation_data=(X_test, Y_train))
runs = mt.repeat(mt.build_mlp, X_train, Y_train, seeds=np.arange(3), callbacks=lambda: [stop])
best: NDArray[np.float64] = runs.best("val_loss") - runs.best("val_mae", mode="min")

mistakes = mt.find_mistakes(model, X_test, y_test)
first: mt.Mistakes = mistakes[0]
surest: mt.Mistakes = mistakes.by_confidence()[:20]
index: int = int(surest.index[0])

mt.show_digits(x_train[:20], titles=y_train[:20])
mt.show_digits(x_train[:2], titles=["five", "zero"]).set_title("digits")
mt.plot_prediction(x_test[index], model.predict(X_test[:1])[0], label=y_test[index])
mt.plot_confusion(mt.confusion_matrix(y_test, mt.predict_digits(model, X_test)), names=list("0123456789"))
mt.plot_mistakes(surest, x_test).set_title("mistakes")
mt.plot_loss(history)
mt.plot_accuracy(runs)
digit: NDArray[np.uint8] = mt.prepare_digit("digit.jpg")
mt.draw_digit(model, x_test[:5], y_test[:5]).save("digit.html")
valley: mt.LossValley = mt.loss_valley([1, 2, 3], np.array([2, 4, 6]), (0, 3.5), batch=2, rate=0.06)
