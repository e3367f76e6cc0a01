"""What the segmentation network of an evaluation is called."""

SEGMENTATION = (
    "pixel_accuracy",
    "mean_accuracy",
    "mean_iou",
    "frequency_weighted_iou",
)


def segmenter_name(protocol):
    """Returns name and start of the hash of the network, or `""`.

    Numbers of different networks cannot be compared, although their keys
    are equal.

    Args:
        protocol: dict of an `Evaluation`. The hash is that of the weights
            where there is one, else that of the file.

    >>> segmenter_name({"segmenter": {"name": "cars", "sha256": "ab" * 32}})
    'cars abababab'
    """
    known = protocol.get("segmenter")
    if not known:
        return ""
    sha256 = known.get("weights_sha256") or known.get("sha256") or ""
    return f"{known.get('name') or 'segmenter'} {sha256[:8]}".strip()
