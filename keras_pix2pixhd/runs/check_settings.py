"""What can be wrong with the settings of a run, whatever its data is."""

import keras

from keras_pix2pixhd.config_checks import check_together
from keras_pix2pixhd.runs.building.learning_rates import check_schedule
from keras_pix2pixhd.runs.stages import stages
from keras_pix2pixhd.runs.validation import check_best_metric


def check_settings(config):
    """Refuses what no data could mend, before any is read.

    Args:
        config: `RunConfig`.

    Raises:
        ValueError: as `check_together`; if `schedule` is none that Keras
            has, `best_metric` is a column that no run has, or the backend
            takes one step at a time.
    """
    check_together(config)
    _check_steps(config)
    check_schedule(config)
    for stage in stages(config):
        check_best_metric(stage.config)


def _check_steps(config):
    together = config.steps_per_execution
    if together > 1 and keras.backend.backend() == "torch":
        raise ValueError(
            "Keras takes one step at a time on torch. Received: "
            f"steps_per_execution={together}. Leave it out, or for a run that "
            "goes on: --set steps_per_execution=1."
        )
