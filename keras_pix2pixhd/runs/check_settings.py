"""What can be wrong with the settings of a run, whatever its data is."""

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
            has, or `best_metric` is a column that no run has.
    """
    check_together(config)
    check_schedule(config)
    for stage in stages(config):
        check_best_metric(stage.config)
