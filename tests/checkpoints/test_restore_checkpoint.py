import numpy as np
import pytest

from keras_pix2pixhd.checkpoints import (
    Position,
    restore_checkpoint,
    save_checkpoint,
)
from keras_pix2pixhd.checkpoints.gan_state import parts_of
from keras_pix2pixhd.models import ImagePool
from keras_pix2pixhd.optimizers import LinearDecay
from tests.small_gan import SIZE, adam, compiled_gan, small_batch, small_gan


def equal_states(gan, other):
    pairs = zip(parts_of(gan), parts_of(other), strict=True)
    return all(
        np.array_equal(np.asarray(a.variable), np.asarray(b.variable))
        for a, b in pairs
    )


def go_on(gan, seeds):
    """Trains a step on a batch of each seed; the metrics run on."""
    return [
        {
            name: float(x)
            for name, x in gan.train_on_batch(
                small_batch(seed), return_dict=True
            ).items()
        }
        for seed in seeds
    ]


def drawing():
    """What draws random numbers, and has a memory."""
    return {
        "image_pool": ImagePool(2, SIZE),
        "diff_augment": "color,translation,cutout",
        "generator_optimizer": adam(LinearDecay(1e-3, 2, 4)),
    }


def test_a_training_goes_on_as_if_nothing_had_happened(tmp_path):
    gan = compiled_gan(compiling=drawing())
    go_on(gan, [0, 1])
    save_checkpoint(gan, tmp_path, (1, 1, 2), {"best": 0.1})
    losses = go_on(gan, [2])

    again = compiled_gan(compiling=drawing())
    found = restore_checkpoint(again, tmp_path)
    assert found.position == Position(epoch=1, step_in_epoch=1, step=2)
    assert found.extra == {"best": 0.1}
    assert found.path == tmp_path / "step-00000002.npz"
    assert go_on(again, [2]) == losses
    assert equal_states(gan, again)


def test_the_newest_is_taken_or_the_one_named(tmp_path):
    gan = compiled_gan()
    for step in (1, 2):
        gan.generator.weights[0].assign(np.full((7, 7, 3, 4), step))
        path = save_checkpoint(gan, tmp_path, (0, 0, step))
    kernel = gan.generator.weights[0]
    assert restore_checkpoint(gan, tmp_path).position.step == 2
    first = path.with_name("step-00000001.npz")
    assert restore_checkpoint(gan, first).position.step == 1
    assert float(kernel[0, 0, 0, 0]) == 1


def test_a_folder_without_any_has_none(tmp_path):
    gan = compiled_gan()
    assert restore_checkpoint(gan, tmp_path) is None
    assert restore_checkpoint(gan, tmp_path / "none") is None
    with pytest.raises(ValueError, match="a file that can be read. Received"):
        restore_checkpoint(gan, tmp_path / "step-00000001.npz")
    with pytest.raises(ValueError, match="must be compiled"):
        restore_checkpoint(small_gan(), tmp_path)
    with pytest.raises(ValueError, match="folder_or_file must be a path.*=5"):
        restore_checkpoint(gan, 5)
    words = "must be of a Pix2PixHDGAN. Received: int"
    with pytest.raises(ValueError, match=words):
        restore_checkpoint(5, tmp_path)
