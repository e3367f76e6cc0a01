"""SavedModels for TF Serving."""

import pathlib
import shutil
import tempfile

import keras

from keras_pix2pixhd.export.serving_generator import ServingGenerator


def export_saved_model(
    gan_or_generator, path, class_table=None, use_instance_edges=False
):
    """Writes a generator as a SavedModel that needs no other code.

    One-hot vectors, instance edges, padding and rounding are in the graph;
    it computes in float32, whatever the model was trained in.

    | signature | inputs | output |
    |---|---|---|
    | `serving_default` | `label` uint8 `(B, H, W)`: class indices; void is \
any index above the last class | `image` uint8 `(B, H, W, 3)`, [0, 255] |
    | `png` | `label_png` string `(B,)`: PNG files | `image_png` string \
`(B,)`: PNG files |

    A model without classes takes `label` uint8 `(B, H, W, channels)`, images
    in [0, 255], and `label_png` files of any colour type: what is
    transparent is laid over white.

    Any number of maps, of any size, go in at once; all PNG files of one call
    must have the same size. `label` is int32 beyond 255 classes. Models with
    instance edges also take `instance`, int32 `(B, H, W)`, and
    `instance_png`, greyscale files. Models with instance features also take
    `features`, float32 `(B, H, W, feature_channels)`, and have no `png`.

    A `label_png` holds the ids of the class table (greyscale, 8 or 16 bits),
    or its colours (RGB; or palette, where the *colours* of the palette count
    and its indices do not; or else grey levels in RGB that are ids). Black
    is void where the table has void ids and no black class. An id or a
    colour that the table does not have is an error that names it. Where
    there is only a number of classes, there is no `png`.

    The class table is written to `assets.extra/classes.json`.

    Args:
        gan_or_generator: `Pix2PixHDGAN`, of which the `inference_generator`
            is written, or a generator alone.
        path: the folder to write, new or empty, whole or not at all. TF
            Serving wants it to be named by a version number: `name/1`.
        class_table: `ClassTable`, or the number of classes. Default: that
            of the GAN; a generator alone needs it.
        use_instance_edges: bool, default False. Whether the last input
            channel of a generator alone are instance edges; a GAN knows.

    Returns:
        `pathlib.Path` of the folder.

    Raises:
        ValueError: if the class table is missing or does not fit, the folder
            is not empty or cannot be written, or the Keras backend is not
            TensorFlow.

    Example:

    >>> import tempfile
    >>> from keras_pix2pixhd.models import GlobalGenerator
    >>> generator = GlobalGenerator(
    ...     2, filters=2, num_downsamplings=1, num_residual_blocks=1)
    >>> folder = export_saved_model(
    ...     generator, f"{tempfile.mkdtemp()}/painter/1", class_table=2)
    >>> (folder / "saved_model.pb").exists()
    True
    """
    if keras.backend.backend() != "tensorflow":
        raise ValueError(
            "Export needs the TensorFlow backend. Received: the backend "
            f"{keras.backend.backend()!r}. Save the model with "
            'save("model.keras"), and load and export it in a process with '
            "KERAS_BACKEND=tensorflow."
        )
    serving = ServingGenerator(
        gan_or_generator, class_table, use_instance_edges
    )
    path = pathlib.Path(path)
    if path.exists() and not (path.is_dir() and not any(path.iterdir())):
        raise ValueError(
            f'The folder must be new or empty. Received: "{path}", which '
            "exists and is not empty. Remove it, or choose another, such as "
            "the next version number."
        )
    archive = _archive(serving)
    try:
        _write_whole(archive, serving.class_table, path)
    except OSError as error:
        raise ValueError(
            "The folder must be one that can be written. Received: "
            f'"{path}", {error}'
        ) from error
    return path


def _archive(serving):
    import tensorflow as tf

    from keras_pix2pixhd.export.png_endpoint import PngEndpoint

    table, size = serving.class_table, (None, None, None)
    label = tf.TensorSpec(
        (*size, serving.label_channels) if table is None else size,
        getattr(table, "dtype", "uint8"),
        name="label",
    )
    signature = [label]
    if serving.use_instance_edges:
        instance = tf.TensorSpec((None, None, None), "int32", name="instance")
        signature.append(instance)
    if serving.feature_channels:
        shape = (None, None, None, serving.feature_channels)
        signature.append(tf.TensorSpec(shape, "float32", name="features"))
    archive = keras.export.ExportArchive()
    archive.track(serving.generator)
    archive.add_endpoint(
        "serving_default",
        lambda *maps: {"image": serving(*maps)},
        signature,
    )
    files = serving.label_channels == 3 if table is None else _named(table)
    if files and not serving.feature_channels:
        png = PngEndpoint(serving)
        archive.add_endpoint("png", png, png.input_signature)
    return archive


def _named(class_table):
    return hasattr(class_table, "names")


def _write_whole(archive, class_table, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    part = pathlib.Path(
        tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent)
    )
    try:
        archive.write_out(str(part), verbose=False)
        if _named(class_table):
            (part / "assets.extra").mkdir()
            class_table.save(part / "assets.extra" / "classes.json")
        part.chmod(0o755)
        if path.exists():
            path.rmdir()
        part.rename(path)
    finally:
        shutil.rmtree(part, ignore_errors=True)
