"""What a SavedModel answers to."""

import keras
import tensorflow as tf

from keras_pix2pixhd.export.checked_inputs import checked_maps
from keras_pix2pixhd.export.drawn_styles import DrawnStyles
from keras_pix2pixhd.export.png.maps import PngMaps
from keras_pix2pixhd.models import to_uint8


class Signatures(tf.Module):
    """The graphs of a `ServingGenerator`, around one copy of its weights.

    Args:
        serving: `ServingGenerator`.
        clusters: `FeatureClusters` to draw styles from, or `None`.
        weights: `"float32"`, `"float16"` or `"bfloat16"`: what kernels are
            kept in. It computes in float32.
        strict: bool. Whether PNG files with ids or colours that the class
            table does not have are refused; else these are void.
        max_pixels: int, the most pixels of a call.
    """

    def __init__(self, serving, clusters, weights, strict, max_pixels):
        super().__init__()
        self._serving = serving
        self._max_pixels = max_pixels
        self._strict = strict
        self._draws = None if clusters is None else DrawnStyles(clusters)
        self.weights = [
            kept_variable(v, weights) for v in serving.generator.variables
        ]
        semantic = serving.generator.input_shape[-1]
        spec = tf.TensorSpec((None, None, None, semantic), "float32")
        self._paint = tf.function(
            self._painted, input_signature=[spec], autograph=False
        )

    def _painted(self, semantic):
        variables = self._serving.generator.variables
        pairs = zip(variables, self.weights, strict=True)
        kept = [(v, tf.cast(kept, "float32")) for v, kept in pairs]
        with keras.StatelessScope(state_mapping=kept):
            return self._serving.generator(semantic, training=False)

    def concrete_functions(self):
        """Returns the graph of each signature, by its name."""
        specs = self._specs()
        maps = ["label", *["instance"] * self._serving.use_instance_edges]
        usual = [*maps, *["style"] * bool(self._serving.feature_channels)]
        wanted = {
            "serving_default": (self._levels, usual),
            "float": (self._floats, usual),
        }
        if self._serving.feature_channels:
            wanted["features"] = (self._levels, [*maps, "features"])
        if self._draws is not None:
            wanted["seed"] = (self._levels, self._drawn_names())
        wanted |= self._png_signature(maps)
        return {
            name: _graph(paint, [specs[name] for name in names])
            for name, (paint, names) in wanted.items()
        }

    def _drawn_names(self):
        edges = self._serving.use_instance_edges
        needed = edges or not self._draws.follows_labels
        return ["label", *["instance"] * needed, "seed"]

    def _png_signature(self, maps):
        if not self._serving.takes_files:
            return {}
        last = ["style"] * bool(self._serving.feature_channels)
        if self._draws is not None:
            *maps, seed = self._drawn_names()
            last = [seed]
        return {"png": (self._png, [*(f"{name}_png" for name in maps), *last])}

    def _specs(self):
        serving, size = self._serving, (None, None, None)
        label = (size, serving.label_dtype)
        if serving.num_classes is None:
            label = ((*size, serving.label_channels), "uint8")
        channels = serving.feature_channels
        style = (None, serving.num_styles, channels)
        specs = {
            "label": label,
            "instance": (size, "int32"),
            "features": ((*size, channels), "float32"),
            "style": (style, "float32"),
            "seed": ((None,), "int32"),
            "label_png": ((None,), "string"),
            "instance_png": ((None,), "string"),
        }
        return {
            name: tf.TensorSpec(shape, dtype, name=name)
            for name, (shape, dtype) in specs.items()
        }

    def _floats(self, batch):
        batch = checked_maps(batch, self._max_pixels)
        if "seed" in batch:
            batch["features"] = self._draws(batch)
        return {"image": self._paint(self._serving.semantic(batch))}

    def _levels(self, batch):
        return {"image": to_uint8(self._floats(batch)["image"])}

    def _png(self, files):
        serving = self._serving
        table = serving.class_table if serving.named else None
        decode = PngMaps(
            table, "instance_png" in files, self._strict, self._max_pixels
        )
        rest = {n: x for n, x in files.items() if not n.endswith("_png")}
        images = self._levels({**decode(files), **rest})["image"]
        files = tf.map_fn(
            tf.io.encode_png, images, fn_output_signature=tf.string
        )
        # TF Serving's REST answers are base64 where a name ends in _bytes
        return {"image_png_bytes": files}


def kept_variable(variable, dtype):
    """Returns the TensorFlow variable that an export holds.

    Args:
        variable: `keras.Variable`.
        dtype: what kernels are kept in; offsets and scales stay float32,
            they are few.
    """
    if dtype == "float32" or len(variable.shape) < 2:
        return variable.value
    return tf.Variable(tf.cast(variable.value, dtype), trainable=False)


def _graph(paint, specs):
    names = [spec.name for spec in specs]
    return tf.function(
        lambda *inputs: paint(dict(zip(names, inputs, strict=True))),
        input_signature=specs,
        autograph=False,
    ).get_concrete_function()
