"""What a server paints before it answers anyone."""

import numpy as np

from keras_pix2pixhd.export.parity.cases import make_cases, png_files


def warm_up_requests(serving, clusters=None, image_size=None):
    """Returns one request for each signature that clients call.

    Args:
        serving: `ServingGenerator`.
        clusters: `FeatureClusters`, or `None`: what the export draws from.
        image_size: `(height, width)`, or `None` for a small one.

    Returns:
        List of pairs: the name of a signature, and a dict of arrays.
    """
    *_, batch = make_cases(serving, image_size).values()
    batch = {name: array[:1] for name, array in batch.items()}
    requests = [("serving_default", batch)]
    if serving.takes_files:
        maps = dict(batch)
        if clusters is not None and clusters.follow == "instances":
            nothing = np.zeros(batch["label"].shape[:3], "int32")
            maps.setdefault("instance", nothing)
        files = png_files(serving, maps)
        if clusters is not None:
            files["seed"] = np.zeros(1, "int32")
        elif "style" in batch:
            files["style"] = batch["style"]
        requests.append(("png", files))
    return requests
