"""Calls a SavedModel with TensorFlow alone.

    python painting.py SAVED_MODEL IN.npz OUT.npz

IN.npz holds the arrays CASE/SIGNATURE/INPUT, OUT.npz will hold CASE.
"""

import collections
import sys

import numpy as np


def main(folder, source, target):
    import tensorflow as tf

    cases = collections.defaultdict(dict)
    for key, array in np.load(source, allow_pickle=True).items():
        case, signature, name = key.split("/")
        cases[case, signature][name] = tf.constant(
            array.tolist(), **dtype(name)
        )
    loaded = tf.saved_model.load(folder)
    results = {}
    for (case, signature), inputs in cases.items():
        (output,) = loaded.signatures[signature](**inputs).values()
        results[case] = output.numpy()
    assert "keras_pix2pixhd" not in sys.modules
    np.savez(target, **results)


def dtype(name):
    return {"dtype": "uint8"} if name == "label" else {}


if __name__ == "__main__":
    main(*sys.argv[1:])
