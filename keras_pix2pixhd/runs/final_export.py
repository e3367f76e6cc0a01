"""The SavedModel at the end of a run."""

import shutil
import uuid

from keras_pix2pixhd.unreadable_data import plain


def export_to_run(gan, folder):
    """Writes `saved_model/1` whole; the one before stays until then.

    Nobody waits for a comparison here: `pix2pixhd export` makes it.

    Args:
        gan: `Pix2PixHDGAN`.
        folder: `pathlib.Path` of the run folder.

    Raises:
        ValueError: if it cannot be written, as on a full disk.
    """
    import tensorflow as tf

    place = folder / "saved_model"
    part, old = (folder / f".{uuid.uuid4().hex}.part" for _ in range(2))
    try:
        gan.export(part / "1", check=False)
        if place.exists():
            place.rename(old)
        part.rename(place)
    except (OSError, ValueError, tf.errors.OpError) as error:
        raise ValueError(
            f'The SavedModel "{place}" must be written. Received: '
            f"{plain(str(error))}. All else is whole: free some space."
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
        _remove(old)


def _remove(path):
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
