"""Photographs from files of label maps."""

import os
import pathlib
import zipfile

import keras

from keras_pix2pixhd.data import ClassTable, read_instance, read_label
from keras_pix2pixhd.data.resizing import checked_size, resize
from keras_pix2pixhd.generation_files import (
    checked_targets,
    find_label_maps,
    matched_instances,
)
from keras_pix2pixhd.models import Pix2PixHDGAN
from keras_pix2pixhd.png_file import write_png

MODEL_FILE = "model.keras"


def generate_folder(
    model, source, target, image_size=None, progress=None, instances=None
):
    """Paints a photograph for each label map of a folder, or for one file.

    The photographs are PNG files of the size and the name of the label maps:
    `x_mask.gif` becomes `x_mask.png`. Each is written whole or not at all;
    files of that name are replaced, but never the label maps themselves.
    When a label map cannot be read, the photographs painted before stay.

    Args:
        model: `Pix2PixHDGAN`, or the path of one (see `load_gan`).
        source: a file or a folder of label maps, as the model's class table
            reads them (see `data.read_label`); where the model has only a
            number of classes, files of one channel that hold class indices,
            and 255 where void.
        target: a `.png` file for a file, a folder for a folder; made if need
            be.
        image_size: `(height, width)` to paint at: label maps are resized to
            it by the nearest pixel, photographs back by a bicubic filter.
            Default: the size of each label map. A size that the model was
            trained at looks best, and one size for all is faster.
        progress: function that is called after each photograph with their
            number so far, the number of all, and its path.
        instances: a file or a folder of instance maps, named as the label
            maps but for the extension, for models with instance edges.

    Returns:
        List of the `pathlib.Path`s written.

    Raises:
        ValueError: if the model, a file or a folder is missing or not what
            it must be, or the target cannot be written.

    Example:

    ```python
    generate_folder("runs/0001-toy", "my_label_maps", "my_photographs")
    ```
    """
    gan = model if isinstance(model, Pix2PixHDGAN) else load_gan(model)
    image_size = checked_size(image_size)
    labels = find_label_maps(source)
    others = matched_instances(
        labels, instances, gan.semantic_input.use_instance_edges
    )
    targets = checked_targets(source, target, labels, others)
    for done, path in enumerate(targets):
        batch = {"label": _read_label(labels[done], gan.class_table)}
        if others:
            batch["instance"] = read_instance(others[done])
            _check_same_size(batch, labels[done], others[done])
        write_png(_paint(gan, batch, image_size), path)
        if progress is not None:
            progress(done + 1, len(targets), path)
    return targets


def load_gan(path, compile=False):
    """Loads a `Pix2PixHDGAN`.

    Args:
        path: a `.keras` file, or a run folder, which holds `model.keras`.
        compile: bool, default False. Whether the optimizers come back as
            well, to train on.

    Returns:
        `Pix2PixHDGAN`.

    Raises:
        ValueError: if there is no such file, or it holds anything else.

    Example:

    ```python
    gan = load_gan("runs/0001-toy")
    ```
    """
    if not isinstance(path, (str, os.PathLike)):
        raise ValueError(
            "The model must be a Pix2PixHDGAN, or the path of a .keras file "
            f"or of a run folder. Received: {type(path).__name__}"
        )
    path = pathlib.Path(path)
    file = path / MODEL_FILE if path.is_dir() else path
    if not file.is_file():
        inside = f', which holds no "{MODEL_FILE}"' if path.is_dir() else ""
        raise ValueError(
            "The model must be a .keras file or a run folder with a "
            f'{MODEL_FILE}. Received: "{path}"{inside or ", which is missing"}'
        )
    if file.suffix != ".keras" or not zipfile.is_zipfile(file):
        raise ValueError(
            f'"{file}" must be a .keras file as Pix2PixHDGAN.save writes it. '
            "Received: another kind of file, or an incomplete one"
        )
    try:
        model = keras.saving.load_model(file, compile=compile)
    except Exception as error:  # of any type, for a file of any content
        raise ValueError(
            f'"{file}" must be a model that can be loaded. Received: '
            f"{type(error).__name__}: {error}"
        ) from error
    if not isinstance(model, Pix2PixHDGAN):
        raise ValueError(
            f'"{file}" must hold a Pix2PixHDGAN. Received: a '
            f"{type(model).__name__}"
        )
    return model


def _read_label(path, class_table):
    """Returns class indices `(height, width)`."""
    if not isinstance(class_table, int):
        return read_label(path, class_table)
    count = class_table
    table = ClassTable(
        names=[str(index) for index in range(count)],
        ids=range(count),
        colors=[(i >> 16, i >> 8 & 255, i & 255) for i in range(count)],
        void_ids=[255] if count <= 255 else [],
    )
    return table.ids_to_indices(read_instance(path), f'"{path}"')


def _check_same_size(batch, label_path, instance_path):
    label, instance = batch["label"].shape, batch["instance"].shape
    if label != instance:
        raise ValueError(
            "A label map and its instance map must have the same size. "
            f'Received: (height, width) {label} of "{label_path}" and '
            f'{instance} of "{instance_path}"'
        )


def _paint(gan, batch, image_size):
    """Returns the photograph, of the label map's size."""
    size = batch["label"].shape
    resized = {
        key: resize(array, image_size or size, blend=False)
        for key, array in batch.items()
    }
    painted = gan.generate(**{k: array[None] for k, array in resized.items()})
    return resize(painted[0], size, blend=True)
