"""Photographs from files of label maps."""

import pathlib

from keras_pix2pixhd.argument_checks import checked_count
from keras_pix2pixhd.data.partition import checked_shard
from keras_pix2pixhd.generation.failed_file import failed_file, write_failed
from keras_pix2pixhd.generation.options import Options
from keras_pix2pixhd.generation.photographs import Photographs
from keras_pix2pixhd.generation.session import Session
from keras_pix2pixhd.generation.targets import checked_targets
from keras_pix2pixhd.generation.workers.team import paint_together


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
    batch_size=1,
    shard=None,
    workers=1,
    overwrite=False,
    keep_going=False,
):
    """Paints a photograph for each label map of a folder, or for one file.

    The photographs are PNG files of the size and the name of the label maps:
    `x_mask.gif` becomes `x_mask.png`. Each is written whole or not at all,
    and never over a label map. Files are read and written beside the
    painting, a few at a time: a folder may hold a million.

    Of a folder, what is done is not painted again: a photograph that is newer
    than its inputs and than `generate.json`, the record in the target folder
    of what they are painted with. So the same call goes on after one that was
    ended, however it was, and makes the same files as one that was not. One
    file is always painted, without a record.

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
            number so far, the number of all that are to be painted, and its
            path.
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
        batch_size: int >= 1, default 1. Neighbours in the order of their
            names that are painted at once where they are of one size. The
            photographs are the same but for rounding.
        shard: `(index, count)`, `0 <= index < count`: only every `count`-th
            label map in the order of the names, from number `index` on, so
            that several machines share a folder. Default: all.
        workers: int >= 1, default 1. Processes on this machine that share the
            label maps and its processor cores; each loads the model, which
            must be a path then.
        overwrite: bool, default False. Whether what is there is painted
            again, and may be of another model or of other settings.
        keep_going: bool, default False. Whether label maps that cannot be
            read are left out, and listed in the result and in `failed.txt`
            in the target folder (`failed-1-of-4.txt` of a shard).

    Returns:
        `Photographs`, a sequence of the `pathlib.Path`s of all photographs
        of the label maps, those that were there included; its attributes
        `painted` and `there` count, and `failed` is a dict from path to
        reason.

    Raises:
        ValueError: if the model, a file or a folder is missing or not what
            it must be, the target cannot be written or has photographs of
            another model or of other settings, or a worker ends too early.

    Example:

    ```python
    generate_folder("runs/0001-toy", "my_label_maps", "my_photographs")
    ```
    """
    options = Options(
        image_size=image_size,
        instances=instances,
        features=features,
        images=images,
        seed=seed,
        styles=styles,
        part=part,
        batch_size=batch_size,
        overwrite=bool(overwrite),
        keep_going=bool(keep_going),
    )
    shard = checked_shard(shard)
    given = (model, source, target, options, shard)
    if checked_count("workers", workers) > 1:
        labels, painted, failed = paint_together(*given, workers, progress)
    else:
        labels, painted, failed = _paint_alone(*given, progress)
    targets = checked_targets(source, target, {"label": labels}, styles)
    places = range(shard[0], len(labels), shard[1])
    photographs = Photographs(targets, places, failed, painted, labels)
    if pathlib.Path(source).is_dir():
        path = failed_file(targets.folder, shard)
        write_failed(path, photographs.failed)
    return photographs


def _paint_alone(model, source, target, options, shard, progress):
    """Returns the label maps, how many were painted, and what failed."""
    session = Session(model, source, target, options, shard)
    session.begin()
    done = 0
    for done, path in enumerate(session.paint(), start=1):
        if progress is not None:
            progress(done, session.missing, path)
    return session.labels, done, session.failed
