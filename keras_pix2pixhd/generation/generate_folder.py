"""Photographs from files of label maps."""

import numpy as np

from keras_pix2pixhd.data.resizing import checked_size, resize
from keras_pix2pixhd.features import FeatureClusters
from keras_pix2pixhd.generation.files import (
    COMPONENTS,
    checked_targets,
    find_label_maps,
    matched,
    matched_instances,
)
from keras_pix2pixhd.generation.inputs import read_batch
from keras_pix2pixhd.generation.load_gan import load_gan
from keras_pix2pixhd.generation.styles import chosen_features, seed_of
from keras_pix2pixhd.models import Pix2PixHDGAN
from keras_pix2pixhd.png_file import write_png


def generate_folder(
    model,
    source,
    target,
    image_size=None,
    progress=None,
    instances=None,
    features=None,
    images=None,
    seed=0,
    styles=None,
    part=None,
):
    """Paints a photograph for each label map of a folder, or for one file.

    The photographs are PNG files of the size and the name of the label maps:
    `x_mask.gif` becomes `x_mask.png`. Each is written whole or not at all;
    files of that name are replaced, but never the label maps themselves.
    When a label map cannot be read, the photographs painted before stay; a
    class without styles to draw is found before the first one is painted.

    Args:
        model: `Pix2PixHDGAN`, or the path of one (see `load_gan`).
        source: a file or a folder of label maps, as the model's class table
            reads them (see `data.read_label`); where the model has only a
            number of classes, files of one channel that hold class indices,
            and 255 where void. For a model without classes: images to paint
            from, as `data.read_image` reads them, which `image_size` resizes
            by a bicubic filter.
        target: a `.png` file for a file, a folder for a folder; made if need
            be.
        image_size: `(height, width)` to paint at: label maps are resized to
            it by the nearest pixel, photographs back by a bicubic filter.
            Default: the size of each label map. A size that the model was
            trained at looks best, and one size for all is faster.
        progress: function that is called after each photograph with their
            number so far, the number of all, and its path.
        instances: for models that see instances: a file or a folder of
            instance maps, named as the label maps but for the extension; or
            `"components"`, the connected regions of each label map.
        features: for models with instance features: `"sample"`, to draw
            from `features.npz` beside the model's file; `FeatureClusters` or
            the path of them, to draw from these; or `"encode"`, to take them
            from `images`.
        images: a file or a folder of photographs for `"encode"`, named as
            the label maps but for the extension, and of their sizes.
        seed: int >= 0, default 0. Of the draws. A label map's depend on its
            name and not on the files beside it.
        styles: int >= 1 or None (default: one photograph, of the plain
            name). Versions of each label map to draw, with the seeds
            `seed`, `seed + 1`, ...: `x_style1.png`, `x_style2.png`, ...
        part: `"left"` or `"right"`, the half of side-by-side files that is
            painted from; for models without classes. Default: all of it.

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
    _check_at_least(seed=(seed, 0), styles=(1 if styles is None else styles, 1))
    features = chosen_features(gan, model, features, images, styles)
    _check_components(gan, instances)
    labels = find_label_maps(source)
    inputs = {"label": labels}
    maps = matched_instances(labels, instances, gan.needs_instances)
    if maps is not None:
        inputs["instance"] = maps
    if features == "encode":
        inputs["image"] = matched(labels, images, "photograph")
    targets = checked_targets(source, target, inputs, styles)
    files_of = [
        dict(zip(inputs, row, strict=True))
        for row in zip(*inputs.values(), strict=True)
    ]
    if isinstance(features, FeatureClusters):
        for files in files_of:  # before the first photograph is written
            batch, _ = read_batch(gan, files, image_size, part)
            given = (batch["label"], batch.get("instance"))
            features.check_knows(*given, [f'"{files["label"]}"'])
    total, written = sum(map(len, targets)), []
    for place, (files, paths) in enumerate(zip(files_of, targets, strict=True)):
        batch, size = read_batch(gan, files, image_size, part)
        for style, path in enumerate(paths):
            drawn = _drawn(features, batch, seed + style, labels[place])
            painted = gan.generate(**batch, **drawn)[0]
            write_png(resize(painted, size, blend=True), path)
            written.append(path)
            if progress is not None:
                progress(len(written), total, path)
    return written


def _drawn(features, batch, seed, path):
    """Returns the features of a label map, a dict, where they are drawn."""
    if not isinstance(features, FeatureClusters):
        return {}
    label, instance = batch["label"], batch.get("instance")
    seed = seed_of(seed, path)
    names = [f'"{path}"']
    return {"features": features.sample(label, instance, seed, names)}


def _check_components(gan, instances):
    if gan.class_table is None and instances == COMPONENTS:
        raise ValueError(
            "instances='components' are the connected regions of a label "
            "map. Received them for a model without classes. Pass a file or "
            "a folder of instance maps."
        )


def _check_at_least(**numbers):
    for name, (number, least) in numbers.items():
        whole = isinstance(number, (int, np.integer))
        if not whole or number < least:
            raise ValueError(
                f"{name} must be an integer of at least {least}. "
                f"Received: {name}={number!r}"
            )
