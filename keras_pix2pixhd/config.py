"""The configuration of a training run."""

import dataclasses
import difflib
import json
import pathlib

from keras_pix2pixhd.config_values import converted


def _setting(default, about, resumable=False):
    """A setting; `resumable`: a run that goes on may change it."""
    return dataclasses.field(
        default=default, metadata={"about": about, "resumable": resumable}
    )


@dataclasses.dataclass(frozen=True)
class RunConfig:
    """Every setting of a run; immutable, and JSON both ways.

    Start from `preset(name)` and change it with `replace`. `about()` says
    what each setting means.

    Raises:
        ValueError: from `replace` and `load`, if a setting does not exist or
            a value does not fit it.

    Example:

    >>> config = RunConfig().replace({"epochs": "3", "image_size": [64, 96]})
    >>> config.epochs, config.image_size
    (3, (64, 96))
    """

    preset: str = _setting("toy", "name of the preset that it began with")
    data: str | None = _setting(None, "data folder; null: drawn toy cars", True)
    layout: str | None = _setting(
        None, "its layout, such as camvid11; null: recognised"
    )
    classes: str | None = _setting(
        None, "class table for it: .json, .yaml, .csv; null: the one in it"
    )
    output: str = _setting("runs", "folder that gets the numbered run folders")
    image_size: tuple = _setting((64, 96), "height and width to train at")
    resize_mode: str = _setting(
        "resize",
        "resize; resize_, scale_width_, scale_shortside_and_crop; crop; "
        "scale_width, scale_shortside; none, none_32",
    )
    load_size: tuple | None = _setting(
        None, "height and width that resize_mode resizes to before a crop"
    )
    subset: int | None = _setting(None, "pairs to pick at random; null: all")
    train_fraction: float = _setting(0.925, "share of the pairs to train on")
    check_data: bool = _setting(True, "read every pair before training", True)
    toy_scenes: int = _setting(288, "toy cars to draw where there is no data")
    instances: str = _setting(
        "files", "files, or components: connected regions of the label map"
    )
    flip: bool = _setting(True, "flip half of the pairs left to right")
    zoom: float = _setting(1.0, "enlarge up to so many times, and crop")
    rotation: float = _setting(0.0, "turn by up to so many degrees")
    brightness: float = _setting(0.0, "change of the image, up to this share")
    contrast: float = _setting(0.0, "the same of its contrast")
    saturation: float = _setting(0.0, "the same of its saturation")
    hue: float = _setting(0.0, "turn its hues, up to this share of the circle")
    cache: str | None = _setting(
        None, "memory, or a folder, to keep decoded and resized pairs in", True
    )
    label_channels: int | None = _setting(
        None, "channels of the one-hot vector; null: one per class"
    )
    use_instance_edges: bool = _setting(
        False, "show the networks the borders between instances"
    )
    features: str = _setting(
        "none", "none; instances, labels: encode those of the photograph"
    )
    feature_channels: int = _setting(3, "numbers that describe each of them")
    encoder_filters: int = _setting(16, "filters of the encoder's first layer")
    encoder_downsamplings: int = _setting(4, "halvings in the encoder")
    generator: str = _setting("global", "global, or local: with enhancers")
    filters: int = _setting(64, "filters of the generator's first layer")
    num_downsamplings: int = _setting(4, "halvings in the global generator")
    num_residual_blocks: int = _setting(9, "residual blocks in the same")
    num_enhancers: int = _setting(1, "enhancers of a local generator")
    num_local_residual_blocks: int = _setting(3, "residual blocks in each")
    normalization: str = _setting(
        "instance", "instance, instance_affine, batch, group, none"
    )
    dropout: float = _setting(0.0, "share dropped in the residual blocks")
    padding: str = _setting("reflect", "reflect, replicate, zero")
    upsampling: str = _setting(
        "transposed", "transposed, bilinear, nearest, pixel_shuffle"
    )
    discriminator: str = _setting("patch", "patch, or pixel: 1x1 convolutions")
    discriminator_filters: int = _setting(64, "its first layer's filters")
    discriminator_layers: int = _setting(3, "its convolutions with stride 2")
    discriminator_scales: int = _setting(2, "sizes that it judges at")
    discriminator_normalization: str = _setting(
        "instance", "instance, instance_affine, batch, group, none"
    )
    discriminator_output: str = _setting("none", "none, sigmoid")
    spectral_normalization: bool = _setting(
        False, "divide the discriminator's kernels by their norm"
    )
    adversarial_loss: str = _setting("lsgan", "lsgan, bce, hinge")
    adversarial_weight: float = _setting(1.0, "weight of that loss")
    feature_matching_weight: float = _setting(10.0, "weight of that loss")
    perceptual_weight: float = _setting(10.0, "weight of that loss")
    perceptual: str = _setting(
        "none", "VGG19 weights: none, imagenet, random, or an .h5/.npz/.pth"
    )
    perceptual_preprocessing: str = _setting(
        "auto", "auto, keras, torchvision or none"
    )
    perceptual_normalization: str = _setting(
        "mean_activation", "mean_activation or none"
    )
    r1_weight: float = _setting(
        0.0, "weight of the discriminator's gradient at real images"
    )
    image_pool_size: int = _setting(
        0, "past generated images that the discriminator sees again"
    )
    diff_augment: str = _setting(
        "none",
        "none, or what varies for the discriminator: color,translation,cutout",
    )
    generator_learning_rate: float = _setting(2e-4, "Adam's rate")
    discriminator_learning_rate: float = _setting(2e-4, "Adam's rate")
    beta_1: float = _setting(0.5, "of both Adams")
    beta_2: float = _setting(0.999, "of both Adams")
    epsilon: float = _setting(1e-8, "of both Adams (torch's default)")
    batch_size: int = _setting(1, "pairs per step")
    epochs: int = _setting(
        1,
        "epochs to train; each writes history, samples and a checkpoint",
        True,
    )
    decay_epochs: int = _setting(
        0, "epochs at the end over which the rates fall linearly to zero"
    )
    coarse_epochs: int = _setting(
        0, "epochs at half the size first, of a generator to grow from"
    )
    coarse_decay_epochs: int = _setting(0, "decay_epochs of those")
    coarse_model: str | None = _setting(
        None, "a trained model to grow from instead: a run folder or .keras"
    )
    freeze_epochs: int = _setting(
        0, "epochs at first that train the outermost enhancer only"
    )
    steps_per_epoch: int | None = _setting(
        None, "steps per epoch; null: every training pair once"
    )
    steps: int | None = _setting(None, "steps in all; wins over epochs", True)
    init_from: str | None = _setting(
        None, "a trained model whose weights to begin with: a run or .keras"
    )
    ema_decay: float = _setting(
        0.0, "of the generator's moving average, which then paints; 0: none"
    )
    accumulation_steps: int = _setting(
        1, "steps whose gradients are averaged for one update; a rest is lost"
    )
    clip_norm: float = _setting(
        0.0, "norm that each network's gradient is cut to; 0: as it is"
    )
    schedule: str | None = _setting(
        None, "of both rates, a Keras schedule as JSON; null: decay_epochs"
    )
    mixed_precision: str = _setting("none", "none, bfloat16 or float16")
    max_skipped_steps: int = _setting(
        20, "steps in a row without finite gradients that end the run", True
    )
    rematerialize: bool = _setting(
        False, "compute residual blocks twice, to need less memory", True
    )
    steps_per_execution: int = _setting(
        1, "steps between two looks at a run: faster on GPUs", True
    )
    jit_compile: str = _setting("auto", "auto, true, false: XLA", True)
    strategy: str = _setting(
        "none", "none; mirrored: all GPUs; multi_worker: TF_CONFIG", True
    )
    deterministic: bool = _setting(
        False, "only operations that give the same bits each time"
    )
    seed: int = _setting(0, "of weights, order, flips, partition and subset")
    checkpoint_every: int | None = _setting(
        None, "steps from one checkpoint to the next; null: every epoch", True
    )
    keep_checkpoints: int = _setting(2, "checkpoints that are kept", True)
    samples: int = _setting(6, "held-out pairs in the sample grids", True)
    validation_every: int = _setting(
        1,
        "epochs from one validation (val_ in history.csv) to the next; 0: no",
        True,
    )
    validation_images: int = _setting(8, "held-out pairs for it", True)
    validation_metrics: str = _setting(
        "l1,psnr,ssim",
        "metrics of it, of l1, psnr, ssim, ms_ssim, class_color_error, "
        "segmentation, frechet, kid, precision_recall",
        True,
    )
    validation_segmenter: str | None = _setting(
        None, "a segmenter for its metric segmentation", True
    )
    validation_feature_network: str | None = _setting(
        None, "a feature network for its frechet, kid, precision_recall", True
    )
    best_metric: str = _setting(
        "auto",
        "column of history.csv that best.keras is best in; auto, none",
        True,
    )
    evaluation_images: int | None = _setting(
        64, "held-out pairs for metrics.json at the end; null: all", True
    )
    tensorboard: bool = _setting(False, "write logs for TensorBoard", True)
    wandb: str | None = _setting(
        None, "project of Weights & Biases to log to", True
    )

    def replace(self, settings):
        """Returns a configuration with some settings changed.

        Args:
            settings: dict from name to value; strings are converted to the
                setting's type.

        Returns:
            `RunConfig`.
        """
        fields = {field.name: field for field in dataclasses.fields(self)}
        changed = {}
        for name, value in settings.items():
            if name not in fields:
                raise ValueError(unknown_name("setting", name, fields))
            changed[name] = converted(name, fields[name].type, value)
        return dataclasses.replace(self, **changed)

    def to_json(self):
        """Returns the configuration as JSON text."""
        return json.dumps(dataclasses.asdict(self), indent=2) + "\n"

    @classmethod
    def about(cls):
        """Returns a dict from setting to what it means."""
        fields = dataclasses.fields(cls)
        return {field.name: field.metadata["about"] for field in fields}

    @classmethod
    def resumable(cls):
        """Returns the names of what may change when a run is resumed."""
        fields = dataclasses.fields(cls)
        return [field.name for field in fields if field.metadata["resumable"]]


def read_settings(path):
    """Reads the settings of a JSON file, such as a run's `config.json`.

    Returns:
        dict from name to value, to be given to `RunConfig.replace`.

    Raises:
        ValueError: if the file is missing or not a JSON object.
    """
    try:
        settings = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ValueError(
            f"A configuration must be a readable JSON file. Received: {path}: "
            f"{error}"
        ) from error
    if not isinstance(settings, dict):
        raise ValueError(
            "A configuration must be a JSON object of settings. Received: "
            f"{path} with a {type(settings).__name__}"
        )
    return settings


def unknown_name(kind, name, known):
    near = difflib.get_close_matches(str(name), known, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]!r}? " if near else ""
    return (
        f"There is no {kind} {name!r}. {hint}"
        f"The {kind}s are: {', '.join(known)}"
    )
