"""The flags that the benchmarks share, and what they mean."""

import argparse
import importlib.util
import math

from .ours import PRECISIONS
from .reference import check_clone
from .sides import Side
from .work import Work

BACKENDS = ("tensorflow", "jax", "torch")
_NETWORKS = {
    "classes": "class indices in the label maps",
    "filters": "of the generator's first convolution",
    "downsamplings": "halvings in the generator",
    "blocks": "residual blocks",
    "discriminator_filters": "default: as --filters",
    "layers": "convolutions with stride 2 of a discriminator",
    "scales": "sizes that are judged",
}


def parser(description):
    """A parser with the flags of all benchmarks of networks."""
    made = argparse.ArgumentParser(
        description=description.split("\n")[0],
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = made.add_argument
    add("--backend", nargs="+", choices=BACKENDS, default=["tensorflow"])
    add("--precision", choices=PRECISIONS, default="float32", help="of ours")
    add("--reference", metavar="PATH", help="clone of NVIDIA/pix2pixHD")
    add(
        "--reference-precision",
        nargs="+",
        choices=("float32", "bfloat16"),
        default=["float32"],
        help="as published, or under autocast with channels_last",
    )
    add("--preset", help="networks and size of this preset of the package")
    add("--image-size", nargs=2, type=int, metavar=("HEIGHT", "WIDTH"))
    add("--batch-size", default="1", help="or largest, on a GPU")
    for name, about in _NETWORKS.items():
        add(f"--{name.replace('_', '-')}", type=int, help=about)
    add("--no-perceptual", action="store_true", help="no VGG19")
    add("--jit-compile", choices=("auto", "yes", "no"), default="auto")
    add("--pairs", type=int, default=5, help="turns of each side that count")
    add("--warm-up", type=int, default=1, help="turns of each before them")
    add("--steps", type=int, default=1, help="steps in a turn")
    add("--pause", type=float, default=0.3, help="seconds between turns")
    add(
        "--apart",
        action="store_true",
        help="a fresh process for every turn: the whole memory for one side",
    )
    return made


def work_of(options, task):
    """The `Work` that the flags ask for.

    Raises:
        ValueError: if a number is out of its range, or a preset has what the
            sides do not.
    """
    settings = {"image_size": (256, 256)}
    if options.preset:
        settings |= preset_settings(options.preset)
    given = {
        "image_size": options.image_size,
        "classes": options.classes,
        "filters": options.filters,
        "num_downsamplings": options.downsamplings,
        "num_residual_blocks": options.blocks,
        "discriminator_filters": options.discriminator_filters,
        "num_layers": options.layers,
        "num_scales": options.scales,
    }
    settings |= {k: v for k, v in given.items() if v is not None}
    size = options.batch_size
    if size != "largest" and not (size.isdecimal() and int(size)):
        raise ValueError(
            "--batch-size must be a number above 0, or largest. "
            f"Received: {size}"
        )
    return Work(
        task=task,
        batch_size=1 if size == "largest" else int(size),
        perceptual=not options.no_perceptual,
        **settings,
    )


def preset_settings(name):
    """What a preset of the package says of networks and size.

    Raises:
        ValueError: if it has what the sides do not build.
    """
    from keras_pix2pixhd.presets import preset

    config = preset(name)
    if config.generator != "global" or config.use_instance_edges:
        raise ValueError(
            "--preset must have a global generator and no instance edges. "
            f"Received: {name}. Give its sizes with --image-size and "
            "--filters."
        )
    channels = config.label_channels
    return {
        "image_size": config.image_size,
        "classes": 2,
        "label_channels": channels or 2,
        "filters": config.filters,
        "num_downsamplings": config.num_downsamplings,
        "num_residual_blocks": config.num_residual_blocks,
        "discriminator_filters": config.discriminator_filters,
        "num_layers": config.discriminator_layers,
        "num_scales": config.discriminator_scales,
    }


def sides_of(options):
    """The sides that the flags ask for, ours first.

    Raises:
        ValueError: if the folder of the reference is none.
    """
    check_installed(options.backend)
    _check_turns(options)
    jit = {"auto": "auto", "yes": True, "no": False}[options.jit_compile]
    sides = [
        Side("ours", backend, options.precision, jit_compile=jit)
        for backend in options.backend
    ]
    if options.reference:
        check_clone(options.reference)
        sides += [
            Side("reference", "torch", precision, options.reference)
            for precision in options.reference_precision
        ]
    return sides


def check_installed(backends):
    """Refuses backends that this Python does not have.

    Raises:
        ValueError: naming the first, and how to get it.
    """
    for backend in backends:
        if importlib.util.find_spec(backend) is None:
            raise ValueError(
                f"--backend must be installed. Received: {backend}, which is "
                f"not. pip install {backend}, or choose among "
                f"{', '.join(BACKENDS)}."
            )


def _check_turns(options):
    for name, least in (("pairs", 1), ("steps", 1), ("warm_up", 0)):
        if getattr(options, name) < least:
            raise ValueError(
                f"--{name.replace('_', '-')} must be at least {least}. "
                f"Received: {getattr(options, name)}"
            )
    if not (math.isfinite(options.pause) and options.pause >= 0):
        raise ValueError(
            f"--pause must be seconds, at least 0. Received: {options.pause}"
        )
