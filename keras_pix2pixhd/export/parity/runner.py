"""Runs an exported model without this package.

    python -I runner.py FORMAT PATH IN.npz OUT.npz

IN.npz holds the arrays CASE/SIGNATURE/INPUT, OUT.npz will hold CASE: the
uint8 images that were painted. Needs only NumPy and what reads the format.
"""

import collections
import os
import sys

import numpy as np


def saved_model(path):
    """Returns a function of a signature and its inputs, a dict."""
    import tensorflow as tf

    loaded = tf.saved_model.load(path)

    def run(signature, inputs):
        specs = loaded.signatures[signature].structured_input_signature[1]
        tensors = {
            name: tf.constant(array.tolist(), specs[name].dtype)
            if array.dtype == object
            else tf.constant(array)
            for name, array in inputs.items()
        }
        (output,) = loaded.signatures[signature](**tensors).values()
        if output.dtype == tf.string:
            return np.stack([tf.io.decode_png(file) for file in output])
        return output.numpy()

    return run


def onnx(path):
    """The same of a folder with model.onnx."""
    import onnxruntime

    file = os.path.join(path, "model.onnx")
    session = onnxruntime.InferenceSession(
        file, providers=["CPUExecutionProvider"]
    )
    return lambda _, inputs: session.run(["image"], inputs)[0]


def litert(path):
    """The same of a folder with model.tflite."""
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(
        os.path.join(path, "model.tflite"), num_threads=os.cpu_count()
    )
    runner = interpreter.get_signature_runner("serving_default")
    return lambda _, inputs: runner(**inputs)["image"].copy()


def keras(path):
    """The same of a folder with model.keras."""
    import keras

    model = keras.saving.load_model(os.path.join(path, "model.keras"))
    return lambda _, inputs: np.asarray(model.predict_on_batch(inputs))


LOADERS = {
    "saved-model": saved_model,
    "onnx": onnx,
    "litert": litert,
    "keras": keras,
}


def main(kind, path, source, target):
    """Paints every case of a file."""
    sys.modules["keras_pix2pixhd"] = None  # whoever imports it fails
    cases = collections.defaultdict(dict)
    with np.load(source, allow_pickle=True) as arrays:
        for key, array in arrays.items():
            case, signature, name = key.split("/")
            cases[case, signature][name] = array
    run = LOADERS[kind](path)
    painted = {
        case: run(signature, inputs)
        for (case, signature), inputs in cases.items()
    }
    np.savez(target, **painted)


if __name__ == "__main__":
    main(*sys.argv[1:])
