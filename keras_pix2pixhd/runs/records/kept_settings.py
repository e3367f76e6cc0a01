"""The settings of a run that goes on: what is kept and what may change."""

import json
import pathlib

from keras_pix2pixhd.config import RunConfig, read_settings


def settings_of_run(folder):
    """Reads the settings of a run folder.

    Returns:
        `RunConfig`.

    Raises:
        ValueError: if the folder is no run, or has a setting that is unknown.
    """
    path = pathlib.Path(folder) / "config.json"
    if not path.is_file():
        raise ValueError(
            "A run to resume must be a run folder, such as runs/0001-toy, "
            f'with its config.json. Received: "{folder}"'
        )
    return RunConfig().replace(read_settings(path))


def check_settings_kept(config, trained_with):
    """Refuses settings that are not those of the checkpoint.

    Args:
        config: `RunConfig`.
        trained_with: dict from name to value, which the checkpoint has; or
            `None`, of one written before they were kept there.

    Raises:
        ValueError: if one that cannot change is another; it names them all.
    """
    now, may = json.loads(config.to_json()), RunConfig.resumable()
    others = [
        f"{name}={now[name]}, where the checkpoint has {value}"
        for name, value in (trained_with or {}).items()
        if name in now and name not in may and now[name] != value
    ]
    if others:
        raise ValueError(
            "The settings in config.json must be those that the run has "
            f"trained with. Received: {'; '.join(others)}. Set them back, or "
            "begin a new run with its weights (--init-from)."
        )


def changed_settings(config, changes):
    """Returns the settings of a run that goes on.

    Args:
        config: `RunConfig`, that of the run.
        changes: dict from setting to value, as for `RunConfig.replace`.
            `epochs` without `steps` ends a run by its epochs.

    Returns:
        `RunConfig`, and a list of sentences such as `"epochs: 6, now 9"`.

    Raises:
        ValueError: if a setting is unknown, a value does not fit it, or it is
            one that cannot change.
    """
    if "epochs" in changes and "steps" not in changes:
        changes = {**changes, "steps": None}
    changed = config.replace(changes)
    differing = {
        name: (getattr(config, name), getattr(changed, name))
        for name in changes
        if getattr(config, name) != getattr(changed, name)
    }
    may = RunConfig.resumable()
    refused = [name for name in differing if name not in may]
    if refused:
        then_and_now = "; ".join(
            f"{name}={now}, where the run has {then}"
            for name, (then, now) in differing.items()
            if name in refused
        )
        raise ValueError(
            "A run that is resumed keeps its settings. Received: "
            f"{then_and_now}. Begin a new run with its weights (--init-from) "
            f"for that. What may change: {', '.join(may)}."
        )
    notes = [
        f"{name}: {then}, now {now}" for name, (then, now) in differing.items()
    ]
    return changed, notes
