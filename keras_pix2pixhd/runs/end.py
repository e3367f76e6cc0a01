"""The end of a training: refused, where it makes no sense."""


def check_end(config, position):
    """Refuses an end that a training is past.

    Args:
        config: `RunConfig` of the stage.
        position: `Position` that the training goes on from.

    Raises:
        ValueError: if `steps`, or `epochs`, is over already.
    """
    epoch, begun, step = position
    if config.steps is not None:
        name, past = "steps", config.steps < step
        past = past or config.steps == step and begun > 0
    else:
        name = "epochs"
        past = config.epochs < epoch or config.epochs == epoch and begun > 0
    if not past:
        return
    rest = f" and {begun} steps of the next" if begun else ""
    raise ValueError(
        f"A run must end after what it has trained on. Received: {name}="
        f"{getattr(config, name)} for a run after {step} steps: {epoch} epochs"
        f"{rest}. Set more {name}."
    )
