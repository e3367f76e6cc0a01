"""The model of a source, loaded, and whether it fits the data."""

from keras_pix2pixhd.features.cluster_checks import different_classes
from keras_pix2pixhd.file_hash import sha256_of_file
from keras_pix2pixhd.generation.load_gan import MODEL_FILE, load_gan
from keras_pix2pixhd.metrics.distributions.model_hash import sha256_of_model

_TRIES = 5


def load_model(source):
    """Loads the model of a source.

    Args:
        source: `Source` of a model.

    Returns:
        `Pix2PixHDGAN`; and a dict of `sha256`, that of its file, which
        changes whenever it is saved, `None` for one in memory; and
        `weights_sha256`, that of its configuration and weights, see
        `sha256_of_model`.

    Raises:
        ValueError: if it cannot be loaded.
    """
    if source.gan is not None:
        return source.gan, _hashes(source.gan)
    file = source.path
    file = file / MODEL_FILE if file.is_dir() else file
    for _ in range(_TRIES):  # a training may be replacing it just now
        before = _identity(file)
        gan = load_gan(source.path)
        sha256 = sha256_of_file(file)
        if _identity(file) == before:
            return gan, _hashes(gan, sha256)
    raise ValueError(
        f'"{file}" must not change while it is read. Received: another file '
        f"each of {_TRIES} times. Copy it, and evaluate the copy."
    )


def _hashes(gan, sha256=None):
    return {"sha256": sha256, "weights_sha256": sha256_of_model(gan)}


def _identity(file):
    status = file.stat() if file.is_file() else None
    return status and (status.st_ino, status.st_size, status.st_mtime_ns)


def check_classes(gan, table, name):
    """Refuses data with other classes than the model.

    Args:
        gan: `Pix2PixHDGAN`.
        table: `ClassTable` of the data, or `None`.
        name: str, what the model is called.
    """
    if (gan.class_table is None) != (table is None):
        model, data = (
            "no classes" if x is None else "classes"
            for x in (gan.class_table, table)
        )
        raise ValueError(
            "Model and data must both have classes, or both none. Received: "
            f"{name} with {model}, and data with {data}. Say --data or "
            "--layout."
        )
    if table is None:
        return
    for what, ours, theirs in different_classes(table, gan.class_table):
        if ours != theirs:
            raise ValueError(
                "The data must have the classes of the model. Received: "
                f"{what}: {ours} of the data, {theirs} of {name}. Say --data, "
                "--layout or --classes."
            )
