"""Where the time of one pair goes in tf.data, on one core."""

import time


def data_stages(pairs, size):
    """Returns milliseconds by step, for the first pair.

    Args:
        pairs: `Pairs`.
        size: (height, width) that it is resized to.
    """
    import tensorflow as tf

    from keras_pix2pixhd.data.pipeline import batching, decoding
    from keras_pix2pixhd.data.pipeline.id_lookup import id_lookup
    from keras_pix2pixhd.data.pipeline.resize_tensors import Resizer

    files = pairs.files(0)
    data = {kind: files[kind].read_bytes() for kind in ("image", "label")}
    is_jpeg = data["image"][:2] == b"\xff\xd8"
    decode = decoding.image_decoders((0, 0, 0))["jpeg" if is_jpeg else "png"]
    arrays = pairs.read(0)
    image, label = (tf.constant(arrays[kind]) for kind in ("image", "label"))
    resize = Resizer([label.shape], [size])
    lookup = id_lookup(pairs.class_table, 8)
    pixels = tf.constant(pairs.read(0, size)["image"])[None]
    steps = {
        "read both files": lambda: [files[k].read_bytes() for k in data],
        "decode the image": lambda: decode(data["image"]),
        "decode the label map": lambda: tf.io.decode_png(data["label"]),
        "resize the image": lambda: resize(image, size, blend=True),
        "resize the label map": lambda: resize(label, size, blend=False),
        "look classes up": lambda: lookup(label),
        "to float": lambda: batching.to_floats(pixels),
    }
    found = {}
    for name, step in steps.items():
        step()
        start = time.perf_counter()
        for _ in range(10):
            step()
        found[name] = (time.perf_counter() - start) * 100
    return found
