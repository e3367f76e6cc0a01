"""Coarse to fine: the stages of a run."""

import typing

from keras_pix2pixhd.config import RunConfig


class Stage(typing.NamedTuple):
    """A part of a run.

    Attributes:
        folder: str, name of its folder inside the run's; `"."` for the last.
        config: `RunConfig` of this part alone.
    """

    folder: str
    config: RunConfig


def stages(config):
    """Returns the stages of a run, the coarsest first.

    With `coarse_epochs`, a generator without its outermost enhancer is
    trained first, on images of half the size, with one discriminator scale
    fewer; what is left of enhancers goes the same way.

    Returns:
        List of `Stage`; one, where nothing is grown.

    Raises:
        ValueError: if settings of coarse-to-fine training do not fit each
            other.
    """
    _check(config)
    if not config.coarse_epochs:
        return [Stage(".", config)]
    *before, last = stages(_coarser(config))
    height, width = last.config.image_size
    coarse = Stage(f"coarse-{height}x{width}", last.config)
    return [*before, coarse, Stage(".", config)]


def _coarser(config):
    again = config.num_enhancers > 1
    return config.replace(
        {
            "image_size": _half(config.image_size),
            "load_size": config.load_size and _half(config.load_size),
            "generator": "local" if again else "global",
            "num_enhancers": max(config.num_enhancers - 1, 1),
            "filters": 2 * config.filters,
            "discriminator_scales": max(config.discriminator_scales - 1, 1),
            "epochs": config.coarse_epochs,
            "decay_epochs": config.coarse_decay_epochs,
            "steps": None,
            "coarse_epochs": config.coarse_epochs if again else 0,
            "freeze_epochs": config.freeze_epochs if again else 0,
        }
    )


def _half(size):
    return [-(-side // 2) for side in size]


def _check(config):
    grows = bool(config.coarse_epochs or config.coarse_model)
    if grows and config.generator != "local":
        raise ValueError(
            "coarse_epochs and coarse_model are for generator=local, which "
            f"grows. Received: generator={config.generator}"
        )
    if config.coarse_epochs and config.coarse_model:
        raise ValueError(
            "A generator grows either from a model that is trained first "
            "(coarse_epochs) or from one in a file (coarse_model). Received: "
            f"coarse_epochs={config.coarse_epochs}, "
            f"coarse_model={config.coarse_model}"
        )
    if config.init_from and grows:
        raise ValueError(
            "A generator that grows begins with the weights of the coarser "
            "one (coarse_epochs, coarse_model), not with those of init_from. "
            f"Received: init_from={config.init_from}. Leave one of them out."
        )
    if config.freeze_epochs and not grows:
        raise ValueError(
            "freeze_epochs is for a generator that grew from a trained one: "
            "set coarse_epochs or coarse_model. Received: "
            f"freeze_epochs={config.freeze_epochs}"
        )
