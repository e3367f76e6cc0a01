"""The formats of exports, and what weights each can hold."""

import importlib.util

FORMATS = {
    "saved-model": ("float32", "float16", "bfloat16"),
    "onnx": ("float32", "float16", "bfloat16"),
    "litert": ("float32", "float16", "int8"),
    "keras": ("float32", "float16", "bfloat16"),
}
# what writes and reads a format, of the extra of its name
_PACKAGES = {
    "onnx": ("tf2onnx", "onnx", "onnxruntime"),
    "litert": ("ai_edge_litert",),
}


def check_format(format, weights):
    """Refuses a format or weights that there are not, or not here.

    Raises:
        ValueError: if there are none such, or a package is missing.
    """
    if format not in FORMATS:
        raise ValueError(
            f"format must be one of {', '.join(FORMATS)}. Received: "
            f"format={format!r}"
        )
    if weights not in FORMATS[format]:
        raise ValueError(
            f"weights of {format} must be one of "
            f"{', '.join(FORMATS[format])}. Received: weights={weights!r}"
        )
    missing = [
        package
        for package in _PACKAGES.get(format, ())
        if importlib.util.find_spec(package) is None
    ]
    if missing:
        raise ValueError(
            f"The format {format} needs {', '.join(missing)}. Received: an "
            f'environment without. pip install "keras_pix2pixhd[{format}]"'
        )
