"""What an evaluation did not measure."""

_OPTIONS = {  # metric -> how to get it
    "perceptual": "perceptual distance: --perceptual WEIGHTS",
    "frechet": "distances between distributions, precision and recall, "
    "nearest training images: --feature-network NETWORK",
    "segmentation": "segmentation score: --segmenter FILE "
    "(pix2pixhd train-segmenter makes one)",
}


def left_out(evaluation):
    """Returns what was not measured for want of a network, and the option.

    >>> from keras_pix2pixhd.evaluation import Evaluation
    >>> left_out(Evaluation({"metrics": ["perceptual", "frechet"],
    ...     "data": {"classes": None}}, []))
    []
    """
    protocol = evaluation.protocol
    data = protocol["data"]
    in_vain = set()  # networks that would not help
    if data["classes"] is None:
        in_vain.add("segmentation")
    if data.get("images") == 1:
        in_vain.add("frechet")
    return [
        words
        for metric, words in _OPTIONS.items()
        if metric not in protocol["metrics"] and metric not in in_vain
    ]
