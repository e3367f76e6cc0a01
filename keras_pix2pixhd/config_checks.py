"""Settings that must fit each other, as far as a look at them tells."""

import json

from keras_pix2pixhd.config import unknown_name

# as in metrics.metric_choice, which is too slow to import for a --help; not
# perceptual, whose network is the training's, and its loss a column anyway
_BY_FEATURES = ("frechet", "kid", "precision_recall")
VALIDATION_METRICS = (
    "l1",
    "psnr",
    "ssim",
    "ms_ssim",
    "class_color_error",
    "segmentation",
    *_BY_FEATURES,
)


def check_together(config):
    """Refuses settings that cannot go together, before anything is read.

    Args:
        config: `RunConfig`.

    Raises:
        ValueError: if `schedule` is no JSON of a schedule or contradicts
            `decay_epochs`, a metric of the validation is unknown or without
            its network, or the end is known to come before
            `accumulation_steps`.
    """
    _check_schedule(config)
    _check_metrics(config)
    steps = config.steps
    if steps is None and config.steps_per_epoch is not None:
        steps = config.epochs * config.steps_per_epoch
    if steps is not None:
        check_accumulation(config, steps)


def check_accumulation(config, steps):
    """Refuses a training that would end before its first update.

    Args:
        config: `RunConfig`.
        steps: int, how many it will have in all.

    Raises:
        ValueError: if `accumulation_steps` is more than these.
    """
    if config.accumulation_steps > steps:
        raise ValueError(
            "accumulation_steps must be at most the steps of a run, which "
            "would train nothing otherwise. Received: accumulation_steps="
            f"{config.accumulation_steps} for {steps} steps in all. Set it "
            "lower, or train longer."
        )


def metric_names(config):
    """Returns the names in `validation_metrics`, a tuple."""
    return tuple(n.strip() for n in config.validation_metrics.split(","))


def read_schedule(text):
    """Reads the name and the arguments of a schedule, not checked further.

    Returns:
        `(class_name, dict)`.

    Raises:
        ValueError: if it is not JSON of that form.
    """
    try:
        settings = json.loads(text)
    except (ValueError, RecursionError):
        settings = None
    parts = settings if isinstance(settings, dict) else {}
    name, arguments = parts.get("class_name"), parts.get("config")
    if not isinstance(name, str) or not isinstance(arguments, dict):
        raise ValueError(
            "schedule must be a Keras schedule as JSON, "
            '{"class_name": "CosineDecay", "config": {"decay_steps": 1000}}. '
            f"Received: {text}"
        )
    return name, arguments


def _check_schedule(config):
    if config.schedule is None:
        return
    read_schedule(config.schedule)
    both = {"decay_epochs": config.decay_epochs}
    if config.coarse_epochs:
        both["coarse_decay_epochs"] = config.coarse_decay_epochs
    for name, epochs in both.items():
        if epochs > 0:
            raise ValueError(
                f"A run must have either schedule or {name}. Received: both, "
                f"{name}={epochs} and schedule={config.schedule}. "
                f"--set {name}=0"
            )


def _check_metrics(config):
    for name in metric_names(config):
        if name not in VALIDATION_METRICS:
            raise ValueError(
                unknown_name("metric of a validation", name, VALIDATION_METRICS)
            )
        needed = None
        if name == "segmentation":
            needed = "validation_segmenter"
        elif name in _BY_FEATURES:
            needed = "validation_feature_network"
        if config.validation_every and needed and not getattr(config, needed):
            raise ValueError(
                f"The metric {name} of a validation must have its network. "
                f"Received: validation_metrics={config.validation_metrics} "
                f"and {needed}=null. Set {needed}, or leave {name} out."
            )
