"""What a run measures on held-out pairs while it trains."""

from keras_pix2pixhd.callbacks import EvaluateGenerator
from keras_pix2pixhd.config_checks import metric_names
from keras_pix2pixhd.metrics import FeatureNetwork
from keras_pix2pixhd.metrics.directions import direction
from keras_pix2pixhd.runs.run_data import batches, evenly
from keras_pix2pixhd.segmentation import load_segmenter

PREFIX = "val_"
# what they are called in a history, before the name of their protocol
_NAMES = {"precision_recall": ("precision", "recall")}


class Validation:
    """The losses and metrics of a few held-out pairs, every few epochs.

    Keras computes all terms of the losses, as `val_generator_loss`; an
    `EvaluateGenerator` the metrics, as `val_l1`. Both in the first epoch, in
    every `validation_every`-th, and in the last.

    Args:
        config: `RunConfig`.
        gan: compiled `Pix2PixHDGAN`.
        held_out: the pairs that are held out.
        epochs: int, at how many the training will end.
        logs: dict, the logs of the epoch before, of a training that goes on.

    Attributes:
        arguments: dict of arguments of `fit`.
        callbacks: list of callbacks.

    Raises:
        ValueError: if a metric is unknown or a network cannot be read.
    """

    def __init__(self, config, gan, held_out, epochs, logs=None):
        self.config = config
        self._losses = [*gan.get_metrics_result()]
        self.arguments, self.callbacks = {}, []
        every = config.validation_every
        if not every:
            return
        chosen = evenly(held_out, config.validation_images)
        dataset = batches(config, chosen)
        self.arguments = {
            "validation_data": dataset,
            "validation_freq": validated_epochs(every, epochs),
        }
        self.callbacks = [
            EvaluateGenerator(
                dataset,
                every,
                metric_names(config),
                class_table=held_out.class_table,
                last=self._measured(logs or {}),
                **_networks(config),
            )
        ]

    def monitor(self):
        """Returns the column that the best model is best in, or `None`.

        Raises:
            ValueError: if there will be no such column.
        """
        return monitored(self.config, self._losses)

    def _measured(self, logs):
        """The metrics that the epochs up to the next validation repeat."""
        losses = {f"{PREFIX}{loss}" for loss in self._losses}
        return {
            name: value
            for name, value in logs.items()
            if name.startswith(PREFIX) and name not in losses
        }


def validated_epochs(every, epochs):
    """Returns the numbers, from 1, of the epochs that are validated."""
    numbers = range(1, epochs + 1)
    return [n for n in numbers if n in (1, epochs) or n % every == 0]


def check_best_metric(config):
    """Refuses a `best_metric` that no model of the settings has.

    Raises:
        ValueError: if there is no such column, or it is not known whether
            more of it is better.
    """
    losses = ["discriminator_real_loss", "discriminator_fake_loss"]
    losses += ["adversarial_loss", "feature_matching_loss"]
    losses += ["perceptual_loss"] if config.perceptual != "none" else []
    losses += ["r1_penalty"] if config.r1_weight else []
    losses += ["discriminator_loss", "generator_loss"]
    losses += ["discriminator_real_score", "discriminator_fake_score", "loss"]
    monitored(config, losses)


def monitored(config, losses):
    """Returns the column that decides on the best epoch, or `None`.

    Args:
        config: `RunConfig`.
        losses: list of str, the losses that the model logs.

    Raises:
        ValueError: if `best_metric` is no column that there will be, or it
            is not known whether more of it is better.
    """
    name, validated = config.best_metric, config.validation_every > 0
    if name == "auto":
        return _telling(config, losses) if validated else None
    if name == "none" or (name.startswith(PREFIX) and not validated):
        return None
    names, parts = list(losses), ()
    if validated:
        names += [f"{PREFIX}{loss}" for loss in losses]
        parts = [f"{PREFIX}{n}" for n in _columns(metric_names(config))]
        names += parts
    of_a_metric = any(name.startswith(f"{part}_") for part in parts)
    known = [n for n in names if direction(n) is not None]
    known += [f"{part}_..." for part in parts if direction(part) is None]
    if name not in names and not of_a_metric:
        raise ValueError(
            "best_metric must be a column of history.csv, auto or none. "
            f"Received: {name}. Columns to choose from: {', '.join(known)}"
        )
    if direction(name) is None:
        raise ValueError(
            "best_metric must be a column of which it is known whether less "
            "or more is better: of losses that two networks play for neither "
            f"is. Received: {name}. Columns to choose from: "
            f"{', '.join(known)}, or auto, or none."
        )
    return name


def _telling(config, losses):
    """The column that says most of an image, of those that there are.

    L1 and the losses of a GAN do not: the first prefers blur.
    """
    metrics = metric_names(config)
    if "segmentation" in metrics:
        return f"{PREFIX}segmentation_generated_mean_iou"
    if "perceptual_loss" in losses:
        return f"{PREFIX}perceptual_loss"
    return f"{PREFIX}ssim" if "ssim" in metrics else None


def _columns(metrics):
    return [name for m in metrics for name in _NAMES.get(m, (m,))]


def _networks(config):
    networks = {}
    if config.validation_segmenter is not None:
        networks["segmenter"] = load_segmenter(config.validation_segmenter)
    if config.validation_feature_network is not None:
        network = FeatureNetwork(config.validation_feature_network)
        networks["feature_network"] = network
    return networks
