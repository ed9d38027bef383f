"""Read handwritten digits with plain Keras, from the data to the mistakes."""

import keras
import matplotlib.pyplot as plt
import numpy as np

(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
X_train = x_train.reshape(-1, 784).astype("float32") / 255
X_test = x_test.reshape(-1, 784).astype("float32") / 255
Y_train = keras.utils.to_categorical(y_train, 10)

keras.utils.set_random_seed(0)
model = keras.Sequential()
model.add(keras.Input(shape=(784,)))
model.add(keras.layers.Dense(100, activation="relu"))
model.add(keras.layers.Dense(100, activation="relu"))
model.add(keras.layers.Dense(10, activation="softmax"))
model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
model.fit(X_train, Y_train, batch_size=100, epochs=15, validation_split=0.2)

predictions = model.predict(X_test).argmax(axis=1)
mistakes = np.flatnonzero(predictions != y_test)
print(f"test accuracy {1 - len(mistakes) / len(y_test):.4f}")
for place, i in enumerate(mistakes[:10], start=1):
    plt.subplot(2, 5, place, title=f"{predictions[i]}, not {y_test[i]}")
    plt.imshow(x_test[i], cmap="Greys")
    plt.axis("off")
plt.show()
