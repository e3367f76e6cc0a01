"""A ready model from a checkpoint folder of the reference."""

import pathlib

import keras

from keras_pix2pixhd.converters.condition import channels, condition
from keras_pix2pixhd.converters.import_report import ImportReport
from keras_pix2pixhd.converters.load_networks import (
    load_nvidia_discriminator,
    load_nvidia_encoder,
    load_nvidia_generator,
)
from keras_pix2pixhd.converters.nvidia_options import read_nvidia_options
from keras_pix2pixhd.models import MultiscaleDiscriminator, Pix2PixHDGAN


def import_nvidia(
    checkpoint_dir,
    epoch="latest",
    class_table=None,
    use_instance_edges=None,
    features=None,
    report=None,
):
    """Makes a model of the checkpoints that the reference wrote.

    The networks' shapes are read off the weights; which of the generator's
    input channels are classes, edges and features is in the `opt.txt` beside
    them, and has to be given where that is missing. What is given wins.

    The model is compiled as the reference trains: its adversarial loss, its
    weights, Adam with its rate, beta 0.5 and 0.999. It has no perceptual
    network and no optimizer state: the checkpoints hold neither.

    Args:
        checkpoint_dir: folder with `latest_net_G.pth` and, if there are,
            `latest_net_D.pth`, `latest_net_E.pth` and `opt.txt`. Without a
            `D` the discriminator is fresh.
        epoch: `"latest"` (default), or the number of an epoch.
        class_table: `ClassTable`, or the number of classes. Default: from
            `opt.txt`; 35 classes of a data folder called cityscapes are
            `CITYSCAPES`. 0, as the reference's `label_nc`: a model without
            classes, which paints from images of `input_nc` channels, 3 where
            `opt.txt` does not say.
        use_instance_edges: bool. Default: from `opt.txt`.
        features: `"none"`, `"instances"` or `"labels"`: what instance
            features follow. Default: from `opt.txt`; without one `"none"`,
            if there is no `E`.
        report: function that is called with an `ImportReport` for each
            network and for the model, such as `print`. Default: none.

    Returns:
        A compiled `Pix2PixHDGAN`.

    Raises:
        ValueError: if a file is missing or not what it must be, if what
            `opt.txt` does not say is not given, or if classes, edges and
            features do not add up to the channels of the weights.

    Example:

    ```python
    gan = import_nvidia("checkpoints/label2city_512p", report=print)
    gan.save("label2city.keras")
    ```
    """
    folder = _Folder(checkpoint_dir, epoch)
    report = report or (lambda _: None)
    generator = load_nvidia_generator(folder.file("G"), report)
    seen = condition(
        folder, generator, class_table, use_instance_edges, features
    )
    encoder = None
    if seen.features != "none":
        encoder = load_nvidia_encoder(folder.feature_file(), report)
    channels(folder.name("G"), generator.input_channels, seen, encoder)
    discriminator = _discriminator(folder, generator, seen, report)
    gan = Pix2PixHDGAN(
        generator,
        discriminator,
        seen.class_table,
        label_channels=seen.label_channels,
        use_instance_edges=seen.use_instance_edges,
        feature_encoder=encoder,
        **({"features_follow": seen.features} if encoder else {}),
        name="pix2pixhd",
    )
    _compile(gan, folder.options)
    report(_of_the_model(folder, seen))
    return gan


class _Folder:
    """The files of one epoch, and the options of the run."""

    def __init__(self, path, epoch):
        self.path, self.epoch = pathlib.Path(path), epoch
        if pathlib.PurePath(str(epoch)).name != str(epoch):
            raise ValueError(
                "epoch must be what a file's name begins with, such as latest "
                f"or 100. Received: epoch={epoch!r}"
            )
        if not self.path.is_dir():
            raise ValueError(
                "checkpoint_dir must be an existing folder. Received: "
                f'"{self.path}"'
            )
        file = self.path / "opt.txt"
        self.options = read_nvidia_options(file) if file.is_file() else {}

    def name(self, network):
        return f"{self.epoch}_net_{network}.pth"

    def has(self, network):
        return (self.path / self.name(network)).is_file()

    def file(self, network):
        if not self.has(network):
            found = sorted(p.name for p in self.path.glob("*_net_*.pth"))
            raise ValueError(
                f'"{self.path}" must hold {self.name(network)}. Received: a '
                f"folder with {', '.join(found) or 'no *_net_*.pth file'}"
            )
        return self.path / self.name(network)

    def feature_file(self):
        if not self.has("E"):
            raise ValueError(
                f'"{self.path}" must hold {self.name("E")}, the encoder of '
                "the features that the generator sees. Received: a folder "
                "without it. Take it from where the model was trained."
            )
        return self.file("E")


def _discriminator(folder, generator, seen, report):
    wanted = generator.output_channels
    if folder.has("D"):
        network = load_nvidia_discriminator(folder.file("D"), report=report)
        channels(folder.name("D"), network.input_channels, seen, image=wanted)
        return network
    options = folder.options
    scores_only = options.get("no_lsgan") and options.get("no_ganFeat_loss")
    arguments = {
        "input_channels": seen.channels + wanted,
        "filters": _number(options, "ndf", 64),
        "num_layers": _number(options, "n_layers_D", 3),
        "num_scales": _number(options, "num_D", 2),
        "normalization": generator.get_config()["normalization"],
        "output_activation": "sigmoid" if scores_only else None,
    }
    note = f"fresh weights: the folder has no {folder.name('D')}"
    report(
        ImportReport(
            folder.name("D"),
            MultiscaleDiscriminator.__name__,
            arguments,
            notes=(note,),
        )
    )
    return MultiscaleDiscriminator(**arguments)


def _compile(gan, options):
    """The reference's losses and optimizers, with what the run changed."""
    weight = _number(options, "lambda_feat", 10.0)
    rate, beta_1 = _number(options, "lr", 2e-4), _number(options, "beta1", 0.5)
    if not (0 <= rate < float("inf") and 0 <= beta_1 < 1):
        raise ValueError(
            "lr of opt.txt must be a finite number of at least 0, and beta1 "
            f"in [0, 1). Received: lr={rate}, beta1={beta_1}"
        )

    def adam():
        return keras.optimizers.Adam(
            rate, beta_1=beta_1, beta_2=0.999, epsilon=1e-8
        )

    gan.compile(
        adam(),
        adam(),
        adversarial_loss="bce" if options.get("no_lsgan") else "lsgan",
        feature_matching_weight=0.0
        if options.get("no_ganFeat_loss")
        else weight,
        perceptual_weight=0.0 if options.get("no_vgg_loss") else weight,
    )


def _number(options, name, default):
    """A number of `opt.txt`; where the default is whole, a whole one."""
    value = options.get(name, default)
    kinds = (int,) if isinstance(default, int) else (int, float)
    if type(value) not in kinds:
        what = "a whole number" if kinds == (int,) else "a number"
        raise ValueError(
            f"{name} of opt.txt must be {what}. Received: {name}={value!r}"
        )
    return value


def _of_the_model(folder, seen):
    table = seen.class_table
    arguments = {
        "class_table": len(table) if hasattr(table, "names") else table,
        "use_instance_edges": seen.use_instance_edges,
        "features": seen.features,
    }
    return ImportReport(
        str(folder.path), "Pix2PixHDGAN", arguments, notes=seen.notes
    )
