"""What an exported model and the model are both given."""

import io

import numpy as np
from PIL import Image

_SIZES = ((37, 53), (32, 48))


def make_cases(serving, image_size=None):
    """Returns maps of rectangles, the same every time.

    A size that networks must pad, a batch of two, and the size that the
    model trained at.

    Args:
        serving: `ServingGenerator`.
        image_size: `(height, width)`, or `None`.

    Returns:
        Dict from the name of a case to a batch of arrays: `label`, and as
        far as the model takes them `instance` and `style`.
    """
    rng = np.random.default_rng(0)
    sizes = dict.fromkeys([*_SIZES, *([image_size] if image_size else [])])
    cases = {}
    for count, (height, width) in zip((1, 2, 1), sizes, strict=False):
        maps = [_scene(rng, serving, height, width) for _ in range(count)]
        label, instance = (np.stack(x) for x in zip(*maps, strict=True))
        batch = {"label": label}
        if serving.use_instance_edges:
            batch["instance"] = instance
        if serving.feature_channels:
            shape = (count, serving.num_styles, serving.feature_channels)
            batch["style"] = rng.uniform(-1, 1, shape).astype("float32")
        cases[f"{count} x {height} x {width}"] = batch
    return cases


def _scene(rng, serving, height, width):
    """Returns a label map, or an image, and an instance map."""
    kinds = serving.num_classes or 256
    void = getattr(serving.class_table, "void_index", kinds)
    shape = (height, width)
    if serving.num_classes is None:
        shape = (height, width, serving.label_channels)
    label = np.zeros(shape, serving.label_dtype)
    instance = np.zeros((height, width), "int32")
    for number in range(12):
        top, left = rng.integers(0, height), rng.integers(0, width)
        place = (
            slice(top, top + int(rng.integers(1, height + 1))),
            slice(left, left + int(rng.integers(1, width + 1))),
        )
        label[place] = rng.integers(0, kinds, shape[2:])
        instance[place] = 1000 * number + 7
    if serving.num_classes is not None and void < 256:
        label[:3, :5] = void
    return label, instance


def features_of(serving, batch):
    """Returns the map of features that a style means, `(B, H, W, F)`."""
    label, style = batch["label"].astype(int), batch["style"]
    if serving.num_classes is None:
        return np.zeros((*label.shape[:3], 1), "float32") + style[:, None]
    void = np.zeros((len(style), 1, style.shape[-1]), "float32")
    styles = np.concatenate([style, void], axis=1)
    places = np.minimum(label, serving.num_classes)
    return np.stack([s[p] for s, p in zip(styles, places, strict=True)])


def png_files(serving, batch):
    """Returns a batch as the files that the `png` signature takes."""
    label = batch["label"]
    if serving.named:
        table = serving.class_table
        ids = [many[0] for many in table.ids]
        # an id of none of them is void
        void = next(
            i for i in range(max(ids) + 2) if i not in set().union(*table.ids)
        )
        label = np.append(ids, void)[np.minimum(label, len(ids))]
        label = label.astype("uint8" if label.max() < 256 else "uint16")
    files = {"label_png": [_png(array) for array in label]}
    if "instance" in batch:
        files["instance_png"] = [
            _png(array.astype("uint16")) for array in batch["instance"]
        ]
    return {name: np.array(many, object) for name, many in files.items()}


def _png(array):
    file = io.BytesIO()
    Image.fromarray(array).save(file, "png")
    return file.getvalue()
