"""A feature network in a TFLite file."""

import hashlib
import pathlib
import warnings

import numpy as np

_WAY = (
    "pip install ai-edge-litert, or give a Keras model as the feature network."
)


class TFLiteNetwork:
    """Features from a TFLite file.

    It is run one image at a time, on the interpreter's own kernels and not on
    a delegate's: for a quantised network these are integer arithmetic, and
    equal on every machine.

    Args:
        path: `.tflite` file with one input, `(1, height, width, 3)` uint8
            pixels or float32 in [-1, 1], and one output, features or feature
            maps.
        image_size: `(height, width)` for a network of any size, or `None`
            (default).

    Call arguments:
        images: `(batch, height, width, 3)` uint8 array of the network's size.

    Returns:
        `(batch, dimensions)` float32 NumPy array; quantised outputs as the
        numbers that they stand for.

    Raises:
        ValueError: if the file is no such network, or there is no
            interpreter.
    """

    def __init__(self, path, image_size=None):
        try:
            content = pathlib.Path(path).read_bytes()
            self.sha256 = hashlib.sha256(content).hexdigest()
            self._interpreter = _interpreter(content)
            self._open(image_size)
        except (OSError, RuntimeError, ValueError) as error:
            raise ValueError(
                f'"{path}" must be a TFLite network from one image to '
                f"features. Received: {error}"
            ) from error

    def _open(self, image_size):
        found = self._interpreter.get_input_details()
        if len(found) != 1:
            raise ValueError(f"a network of {len(found)} inputs")
        shape = [*found[0]["shape_signature"]]
        if len(shape) != 4 or shape[3] != 3:
            raise ValueError(f"an input of shape {tuple(map(int, shape))}")
        if image_size is not None and -1 in shape[1:3]:
            wanted = (1, *image_size, 3)
            self._interpreter.resize_tensor_input(found[0]["index"], wanted)
            shape = wanted
        self.image_size = tuple(
            None if side < 0 else int(side) for side in shape[1:3]
        )
        self.dimensions = None
        if None in self.image_size:
            return  # FeatureNetwork asks for a size
        self._interpreter.allocate_tensors()
        self._input = self._interpreter.get_input_details()[0]
        outputs = self._interpreter.get_output_details()
        if len(outputs) != 1 or len(outputs[0]["shape"]) < 2:
            raise ValueError(
                f"outputs of shapes {[[*o['shape']] for o in outputs]}"
            )
        if self._input["dtype"] not in (np.uint8, np.float32):
            raise ValueError(f"an input of {self._input['dtype'].__name__}")
        self._output = outputs[0]
        self.dimensions = int(self._output["shape"][-1])

    @property
    def range(self):
        """What goes in, as words."""
        quantised = self._input["dtype"] is np.uint8
        return "uint8 in [0, 255]" if quantised else "float32 in [-1, 1]"

    def __call__(self, images):
        if self._input["dtype"] is not np.uint8:
            images = images.astype("float32") / np.float32(127.5) - 1
        return np.stack([self._features(image) for image in images])

    def _features(self, image):
        self._interpreter.set_tensor(self._input["index"], image[None])
        self._interpreter.invoke()
        found = self._interpreter.get_tensor(self._output["index"])
        scale, zero = self._output["quantization"]
        if scale:
            found = (found.astype("float32") - zero) * np.float32(scale)
        return found.reshape(-1, self.dimensions).mean(0, "float32")


def _interpreter(content):
    """Takes the interpreter that is installed."""
    try:
        from ai_edge_litert import interpreter as lite

        kinds = lite.OpResolverType
    except ImportError:
        try:
            from tensorflow import lite
        except ImportError as error:
            raise ValueError(
                f"no interpreter: ai-edge-litert is not installed. {_WAY}"
            ) from error
        kinds = lite.experimental.OpResolverType
    kind = kinds.BUILTIN_WITHOUT_DEFAULT_DELEGATES
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # tf.lite says that it will move
        return lite.Interpreter(
            model_content=content, experimental_op_resolver_type=kind
        )
