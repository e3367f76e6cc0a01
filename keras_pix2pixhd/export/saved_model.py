"""SavedModels for TF Serving."""

import keras

from keras_pix2pixhd.argument_checks import check_choice
from keras_pix2pixhd.export.assets import provenance_of, write_assets
from keras_pix2pixhd.export.new_folder import (
    checked_new_folder,
    new_folder,
    written_by_tensorflow,
)
from keras_pix2pixhd.export.parity.check_parity import (
    check_parity,
    keep_parity,
)
from keras_pix2pixhd.export.serving import write_warm_up
from keras_pix2pixhd.export.serving_generator import ServingGenerator
from keras_pix2pixhd.export.warm_up_requests import warm_up_requests
from keras_pix2pixhd.layers.on_processors import on_processors
from keras_pix2pixhd.layers.winograd_conv2d import pays_off

MAX_PIXELS = 2**24
_LEAST_PIXELS = 4096


def export_saved_model(
    gan_or_generator,
    path,
    class_table=None,
    use_instance_edges=False,
    weights="float32",
    processor=None,
    features=None,
    strict=False,
    max_pixels=MAX_PIXELS,
    license_file=None,
    source=None,
    name=None,
    check=True,
    report=None,
):
    """Writes a generator as a SavedModel that needs no other code.

    One-hot vectors, instance edges, padding, cropping, colours and rounding
    are in the graph; it computes in float32, whatever the model was trained
    in. Of a model that averages its weights, the average is written.

    | signature | inputs | output |
    |---|---|---|
    | `serving_default` | `label` uint8 `(B, H, W)`: class indices; void is \
any index above the last class | `image` uint8 `(B, H, W, 3)`, [0, 255] |
    | `float` | the same | `image` float32, [-1, 1] |
    | `png` | `label_png` string `(B,)`: PNG files | `image_png_bytes` string \
`(B,)`: PNG files |

    A model without classes takes `label` uint8 `(B, H, W, channels)`, images
    in [0, 255], and `label_png` files of any colour type: what is
    transparent is laid over white.

    Any number of maps, of any size, go in at once; all PNG files of one call
    must have the same size. `label` is int32 beyond 255 classes. Models with
    instance edges also take `instance`, int32 `(B, H, W)`, and
    `instance_png`, greyscale files.

    Models with instance features also take `style`, float32
    `(B, classes, feature_channels)`, a vector for each class (one for all
    without classes). They have two signatures more: `features` takes
    `features`, float32 `(B, H, W, feature_channels)`, in place of it; and
    `seed`, where there are fitted features, takes `seed`, int32 `(B,)`, and
    draws a style for each instance, as `png` does then.

    A `label_png` holds the ids of the class table (greyscale, 8 or 16 bits),
    or its colours (RGB; or palette, where the *colours* of the palette count
    and its indices do not; or else grey levels in RGB that are ids). Black
    is void where the table has void ids and no black class. Ids and colours
    that the table does not have are void, or refused if `strict`. Where
    there is only a number of classes, there is no `png`.

    What the graph refuses, it names: a call without a pixel or with more
    than `max_pixels`, before they are decoded; maps of different sizes;
    what is not a PNG file.

    `assets.extra` holds the class table (classes.json), where the model
    comes from (provenance.json), the licence, and how far the export is from
    the model (parity.json).

    Args:
        gan_or_generator: `Pix2PixHDGAN`, of which the `inference_generator`
            is written, or a generator alone.
        path: the folder to write, new or empty, whole or not at all. TF
            Serving wants it to be named by a version number: `name/1`.
        class_table: `ClassTable`, or the number of classes. Default: that
            of the GAN; a generator alone needs it.
        use_instance_edges: bool, default False. Whether the last input
            channel of a generator alone are instance edges; a GAN knows.
        weights: `"float32"` (default), or `"float16"` or `"bfloat16"`, which
            halve the file; it computes in float32 all the same.
        processor: `"cpu"` or `"gpu"`, what it will run on; default: what
            this machine has. Both run on either: for a `"cpu"`, the larger
            convolutions are Winograd's, unless the run's images are small;
            a GPU has its own.
        features: `FeatureClusters` to draw styles from, default none.
        strict: bool, default False. See above.
        max_pixels: int >= 4096, default 2^24. The most pixels of a call, all
            maps together. Choose it by the memory of the server.
        license_file: path of the terms of the weights; default: the licence
            of this package.
        source: `ModelSource`, what it is loaded from, for provenance.json.
        name: str, default none. What TF Serving will call the model: its
            warm-up requests, of the size that the run trained at, go along.
        check: bool, default True. Whether it is loaded in a fresh process,
            without this package, and must paint as the model does: within 1
            grey level, for halves 3, and 0.5 in the mean.
        report: function that is called with each line about that check.

    Returns:
        `pathlib.Path` of the folder.

    Raises:
        ValueError: if the class table is missing or does not fit, the folder
            is not empty or cannot be written, an option is none, or the
            Keras backend is not TensorFlow.
        ParityError: if it paints otherwise; nothing is written then.

    Example:

    >>> import tempfile
    >>> from keras_pix2pixhd.models import GlobalGenerator
    >>> generator = GlobalGenerator(
    ...     2, filters=2, num_downsamplings=1, num_residual_blocks=1)
    >>> folder = export_saved_model(
    ...     generator, f"{tempfile.mkdtemp()}/painter/1", 2, check=False)
    >>> (folder / "saved_model.pb").exists()
    True
    """
    check_backend("Export")
    size = source and source.image_size()
    plain = _checked(weights, processor, max_pixels, size) == "gpu"
    path = checked_new_folder(path)
    serving = ServingGenerator(
        gan_or_generator,
        class_table,
        use_instance_edges,
        plain or _is_small(gan_or_generator, size),
    )
    if features is not None:
        features.check_fits(gan_or_generator)
    options = {
        "format": "saved-model",
        "weights": weights,
        "processor": "gpu" if plain else "cpu",
        "strict": strict,
        "max_pixels": max_pixels,
    }
    with new_folder(path) as part:
        graph = (serving, features, weights, strict, max_pixels)
        _write(graph, part)
        assets = part / "assets.extra"
        provenance = provenance_of(serving, options, source)
        write_assets(assets, serving.class_table, provenance, license_file)
        if name is not None:
            write_warm_up(part, name, warm_up_requests(serving, features, size))
        if check:
            parity = check_parity(
                gan_or_generator, serving, "saved-model", weights, part, size
            )
            keep_parity(parity, assets, report)
    return path


def check_backend(what):
    """Refuses Keras' other backends, which have no TensorFlow graph."""
    if keras.backend.backend() != "tensorflow":
        raise ValueError(
            f"{what} needs the TensorFlow backend. Received: the backend "
            f"{keras.backend.backend()!r}. Save the model with "
            'save("model.keras"), and load and export it in a process with '
            "KERAS_BACKEND=tensorflow."
        )


def _checked(weights, processor, max_pixels, size):
    check_choice("weights", weights, ("float32", "float16", "bfloat16"))
    check_choice("processor", processor, ("cpu", "gpu", None))
    least = max(_LEAST_PIXELS, size[0] * size[1] if size else 0)
    if not isinstance(max_pixels, int) or not least <= max_pixels < 2**31:
        raise ValueError(
            f"max_pixels must be an int in [{least}, 2147483647]: the run's "
            "own images must fit, and those that the export is compared by. "
            f"Received: max_pixels={max_pixels!r}"
        )
    return processor or ("cpu" if on_processors() else "gpu")


def _is_small(model, size):
    """Whether Winograd's convolutions cost more than they save."""
    generator = getattr(model, "inference_generator", model)
    halvings = getattr(generator, "num_downsamplings", None)
    if size is None or halvings is None:
        return False
    inside = [n / 2**halvings for n in size]
    return not pays_off(generator.filters * 2**halvings, *inside)


def _write(graph, folder):
    import tensorflow as tf

    from keras_pix2pixhd.export.signatures import Signatures

    module = Signatures(*graph)
    with written_by_tensorflow():
        tf.saved_model.save(
            module, str(folder), signatures=module.concrete_functions()
        )
