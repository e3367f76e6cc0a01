"""Loads `.keras` files with Keras alone and paints.

    python -I loading.py IN.npz OUT.npz FILE.keras...

OUT.npz will hold an image for the name of each file.
"""

import sys

import numpy as np


def main(source, target, *paths):
    import keras

    sys.modules["keras_pix2pixhd"] = None  # whoever imports it fails
    with np.load(source) as arrays:
        batch = dict(arrays)
    images = {}
    for path in paths:
        model = keras.saving.load_model(path)
        images[path] = model.predict_on_batch(batch)
    np.savez(target, *[keras.ops.convert_to_numpy(x) for x in images.values()])


if __name__ == "__main__":
    main(*sys.argv[1:])
