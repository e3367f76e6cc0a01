"""ONNX files."""

import contextlib
import logging

import numpy as np

from keras_pix2pixhd.export.saved_model import check_backend

ONNX_FILE = "model.onnx"
# what ONNX Runtime has had since 1.14
OPSET = 18


def write_onnx(serving, folder, weights="float32"):
    """Writes a generator as `model.onnx`.

    Its inputs are `label` and, as far as the model takes them, `instance`
    and `style`, of any batch, height and width; its outputs `image`, uint8,
    and `image_float`. PNG files and seeds it does not take.

    Args:
        serving: `ServingGenerator`, with `plain` convolutions.
        folder: `pathlib.Path` of the folder to write to.
        weights: `"float32"` (default), or `"float16"` or `"bfloat16"`, in
            which kernels are kept; it computes in float32 all the same.
    """
    check_backend("Export to ONNX")
    import onnx
    import tf2onnx

    from keras_pix2pixhd.export.bare_function import bare_function

    function = bare_function(serving)
    with _quiet():
        model, _ = tf2onnx.convert.from_function(
            function, function.input_signature, opset=OPSET
        )
    if weights != "float32":
        _keep_in_halves(onnx, model.graph, weights)
    onnx.save(model, folder / ONNX_FILE)


def _keep_in_halves(onnx, graph, weights):
    """Replaces kernels by halves, and nodes that make floats of them."""
    import ml_dtypes

    kinds = {
        "float16": (onnx.TensorProto.FLOAT16, np.float16),
        "bfloat16": (onnx.TensorProto.BFLOAT16, ml_dtypes.bfloat16),
    }
    kind, dtype = kinds[weights]
    for tensor in list(graph.initializer):
        is_float = tensor.data_type == onnx.TensorProto.FLOAT
        if not is_float or len(tensor.dims) < 2:
            continue
        array = onnx.numpy_helper.to_array(tensor).astype(dtype)
        name = f"{tensor.name}_{weights}"
        graph.initializer.remove(tensor)
        graph.initializer.append(
            onnx.helper.make_tensor(
                name, kind, array.shape, array.tobytes(), raw=True
            )
        )
        cast = onnx.helper.make_node(
            "Cast", [name], [tensor.name], to=onnx.TensorProto.FLOAT
        )
        graph.node.insert(0, cast)


@contextlib.contextmanager
def _quiet():
    logger = logging.getLogger("tf2onnx")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)
