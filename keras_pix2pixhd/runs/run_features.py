"""The instance features of a run, fitted to what it was trained on."""

import pathlib

from keras_pix2pixhd.config import RunConfig, read_settings
from keras_pix2pixhd.data import read_pairs
from keras_pix2pixhd.features import FeatureClusters, fit_features
from keras_pix2pixhd.features.cluster_file import FEATURES_FILE
from keras_pix2pixhd.generation import load_gan
from keras_pix2pixhd.runs.run_data import open_split


def fit_run_features(
    run, data=None, clusters=10, seed=0, output=None, progress=None, log=print
):
    """Fits the instance features of a run and writes them into its folder.

    The photographs are those that the run was trained on, at its size.

    Args:
        run: the run folder, of a model with instance features; or a .keras
            file, such as `import-nvidia` writes.
        data: data folder, where it is no longer where the run found it.
            Default: that of the run. For a file: all of its pairs are
            encoded, at their own size.
        clusters, seed, progress: those of `features.fit_features`.
        output: file to write. Default: `features.npz` beside the model,
            where `generate_folder(features="sample")` finds it.
        log: function that prints a line, default `print`.

    Returns:
        `FeatureClusters`, and the `pathlib.Path` written.

    Raises:
        ValueError: if the folder is no such run, or the data or an argument
            is not as it must be.
    """
    run = pathlib.Path(run)
    gan, pairs, image_size = _opened(run, data, log)
    folder = run if run.is_dir() else run.parent
    path = pathlib.Path(output or folder / FEATURES_FILE)
    if path.suffix != ".npz" or not path.parent.is_dir() or path.is_dir():
        raise ValueError(
            "The features must go to a .npz file in an existing folder. "
            f'Received: "{path}"'
        )
    fitted = fit_features(
        gan, pairs, image_size, clusters, seed, progress, source=str(run)
    )
    fitted.save(path)
    return fitted, path


def _opened(run, data, log):
    """Returns the model, the pairs to encode, and the size to do it at."""
    if run.suffix == ".keras" and run.is_file():
        if data is None:
            raise ValueError(
                "A model in a file must come with data to fit its features "
                f'to. Received: "{run}" without data. Say --data DIR.'
            )
        return load_gan(run), read_pairs(data), None
    if not (run / "config.json").is_file():
        raise ValueError(
            "Features are fitted to a run folder with model.keras and "
            "config.json, or to a .keras file and data of your own (--data "
            f'DIR). Received: "{run}"'
        )
    gan = load_gan(run)
    config = RunConfig().replace(read_settings(run / "config.json"))
    # every file is read later: no need to check them all before
    config = config.replace({"check_data": False})
    folder = data or config.data or _toy_cars(run)
    if not pathlib.Path(folder).is_dir():
        raise ValueError(
            "The data of the run must still be there. Received: "
            f'"{folder}", which is no folder. Say where it is now with --data.'
        )
    return gan, open_split(config, folder, log).train, config.image_size


def _toy_cars(run):
    """The drawn data of a run, or of the run that a coarse stage is part of."""
    inside = run / "toy_cars"
    above = run.resolve().parent / "toy_cars"
    return above if above.is_dir() and not inside.is_dir() else inside


def find_features(source):
    """Reads the features of a run folder, or of a file.

    Args:
        source: the folder or the file.

    Returns:
        `FeatureClusters`.

    Raises:
        ValueError: if it is missing or no such file.
    """
    source = pathlib.Path(source)
    return FeatureClusters.load(
        source / FEATURES_FILE if source.is_dir() else source
    )
