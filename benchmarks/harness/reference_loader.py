"""The data loader of a clone of NVIDIA/pix2pixHD, as it is.

Its work is done by torchvision's transforms, so a stand-in for them would not
be the reference: torchvision must be installed. Of its ways to resize,
`scale_width`, its default, is the only one that today's torchvision still has
the parts for and that scales whole images.
"""

import math
import pathlib
import sys
import time
import types

from .reference import check_clone

PROCESSES = 2  # its default


def reference_epochs(path, pairs, image_size, batch_size, folder):
    """Yields the seconds of one epoch after another.

    Args:
        path: str. Folder of the clone.
        pairs: `Pairs`.
        image_size: (height, width), what `scale_width` makes of them.
        batch_size: int.
        folder: an empty one, for links named as the clone wants them.

    Raises:
        ValueError: if the clone, torchvision or the sizes are not as needed.
    """
    check_clone(path)
    check_torchvision()
    check_size(pairs.size(0), image_size)
    _link(pairs, pathlib.Path(folder))
    sys.path.insert(0, str(path))
    from data.custom_dataset_data_loader import CustomDatasetDataLoader

    loader = CustomDatasetDataLoader()
    loader.initialize(_options(image_size, batch_size, folder))
    while True:
        start = time.perf_counter()
        images = 0
        for batch in loader.load_data():
            images += len(batch["image"])
        if images != len(pairs) or batch["image"].shape[2:] != image_size:
            raise RuntimeError(
                f"{images} of {len(pairs)} images came, the last of shape "
                f"{tuple(batch['image'].shape)}."
            )
        yield time.perf_counter() - start


def check_torchvision():
    """Refuses to go on without the real one."""
    try:
        import torchvision.transforms  # noqa: F401
    except Exception as error:  # of another torch, it raises many kinds
        raise ValueError(
            "--reference must have torchvision here, whose transforms are "
            f"what its loader does. Received: {error}. pip install "
            "torchvision, that of the torch which is there."
        ) from error


def check_size(stored, image_size):
    """Refuses a size that the reference would not make.

    Raises:
        ValueError: if it is not the stored one, scaled to a width.
    """
    height, width = image_size
    made = (int(width * stored[0] / stored[1]), width)
    if made != tuple(image_size):
        raise ValueError(
            "--image-size must be what the reference makes of the stored size "
            f"{tuple(stored)}: it scales to a width. Received: image_size="
            f"{tuple(image_size)}. Give --image-size {made[0]} {made[1]}."
        )


def _link(pairs, folder):
    for kind, name in (("label", "train_label"), ("image", "train_img")):
        (folder / name).mkdir()
        for i in range(len(pairs)):
            file = pathlib.Path(pairs.files(i)[kind]).resolve()
            (folder / name / f"{i:06}{file.suffix}").symlink_to(file)


def _options(image_size, batch_size, folder):
    return types.SimpleNamespace(
        batchSize=batch_size,
        dataroot=str(folder),
        fineSize=512,
        isTrain=True,
        label_nc=35,
        loadSize=image_size[1],
        load_features=False,
        max_dataset_size=math.inf,
        nThreads=PROCESSES,
        no_flip=False,
        no_instance=True,
        phase="train",
        resize_or_crop="scale_width",
        serial_batches=False,
    )
