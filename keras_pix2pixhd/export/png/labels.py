"""Label maps in PNG files, mapped to class indices in the graph."""

import tensorflow as tf

from keras_pix2pixhd.export.checked_inputs import refuse_unless
from keras_pix2pixhd.export.png.files import GREYSCALE, decode_grey

_UNKNOWN = -1


class PngLabels:
    """Maps what a PNG file of a label map holds to class indices.

    The counterpart of `data.read_label` in a TensorFlow graph, but for
    palette files, of which only the colours can be seen here.

    Args:
        class_table: `ClassTable`.
        strict: bool. What an id or a colour is that the table does not have:
            an error at run time, or void.

    Call arguments:
        file: scalar string tensor.
        depth: its bit depth.
        color_type: its PNG colour type.
        place: its place in the batch, for the error.

    Returns:
        `(height, width)` int32 class indices.
    """

    def __init__(self, class_table, strict):
        self._strict = strict
        self._void = void = class_table.void_index
        ids = {i: n for n, many in enumerate(class_table.ids) for i in many}
        ids |= dict.fromkeys(class_table.void_ids, void)
        self._ids = sorted(ids.items())
        self._colors = sorted(
            (_code(color), index)
            for color, index in class_table.index_of_color().items()
        )

    def __call__(self, file, depth, color_type, place):
        return tf.cond(
            color_type == GREYSCALE,
            lambda: self._from_ids(decode_grey(file, depth), place),
            lambda: self._from_rgb(file, place),
        )

    def _from_ids(self, ids, place):
        indices = _lookup(self._ids, ids)
        shown = ids[..., None]
        return self._known(indices, shown, "id", place)

    def _from_rgb(self, file, place):
        rgb = tf.cast(tf.io.decode_png(file, channels=3), tf.int32)
        indices = _lookup(self._colors, _code(tf.unstack(rgb, axis=-1)))
        all_known = tf.reduce_all(indices != _UNKNOWN)
        all_grey = tf.reduce_all(rgb == rgb[..., :1])
        return tf.cond(
            all_grey & ~all_known,
            lambda: self._from_ids(rgb[..., 0], place),
            lambda: self._known(indices, rgb, "colour", place),
        )

    def _known(self, indices, values, kind, place):
        """Returns the indices, none of which are unknown."""
        is_unknown = indices == _UNKNOWN
        if not self._strict:
            return tf.where(is_unknown, self._void, indices)
        unknown = tf.boolean_mask(values, is_unknown)
        check = refuse_unless(
            tf.size(unknown) == 0,
            f"Every {kind} of a label_png must be one of the class table. "
            f"Received: {kind} {{}}, the first of {{}} unknown pixels of "
            "label_png[{}]. The table is in assets.extra/classes.json.",
            tf.reshape(unknown[:1], [-1]),
            tf.shape(unknown)[0],
            place,
        )
        with tf.control_dependencies([check]):
            return tf.identity(indices)


def _code(color):
    red, green, blue = color
    return red * 65536 + green * 256 + blue


def _lookup(entries, values):
    """Maps int32 values by sorted pairs, others to `_UNKNOWN`."""
    keys, indices = tf.unstack(tf.constant(entries, tf.int32), axis=1)
    places = tf.searchsorted(keys, tf.reshape(values, [-1]))
    places = tf.minimum(places, len(entries) - 1)
    places = tf.reshape(places, tf.shape(values))
    found = tf.gather(keys, places) == values
    return tf.where(found, tf.gather(indices, places), _UNKNOWN)
