import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.config import RunConfig
from keras_pix2pixhd.data import ClassTable
from keras_pix2pixhd.runs import build_gan
from keras_pix2pixhd.runs.building.initial_weights import begin_with

COLORS = [(0, 0, 0), (255, 255, 255)]
CLASSES = ClassTable(["background", "car"], [0, 1], COLORS)
TINY = {
    "filters": 2,
    "num_downsamplings": 1,
    "num_residual_blocks": 1,
    "discriminator_filters": 2,
    "discriminator_layers": 1,
    "image_size": (32, 32),
}


def gan_of(table=CLASSES, **settings):
    config = RunConfig().replace(TINY | settings)
    return build_gan(config, table, steps_per_epoch=1)


def batch():
    rng = np.random.default_rng(0)
    return {
        "label": rng.integers(0, 2, (1, 32, 32)).astype("uint8"),
        "image": rng.integers(0, 256, (1, 32, 32, 3)).astype("uint8"),
    }


def arrays(variables):
    return [ops.convert_to_numpy(v) for v in variables]


def assert_same(first, second):
    for a, b in zip(arrays(first), arrays(second), strict=True):
        np.testing.assert_array_equal(a, b)


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A model after two steps, with an average, and its file."""
    gan = gan_of(ema_decay=0.9, seed=1)
    for _ in range(2):
        gan.train_on_batch(batch())
    path = tmp_path_factory.mktemp("trained") / "model.keras"
    gan.save(path)
    return gan, path


def test_the_networks_begin_as_trained_and_all_else_as_new(trained):
    before, path = trained
    gan = gan_of(seed=2)
    note = begin_with(gan, path)
    assert_same(gan.generator.weights, before.generator.weights)
    assert_same(gan.discriminator.weights, before.discriminator.weights)
    assert int(gan.optimizer.iterations) == 0
    assert all(
        not np.any(a) for a in arrays(gan.generator_optimizer.variables[2:])
    )
    assert note == (
        f"weights to begin with: generator, discriminator of {path} (as "
        "trained, not its average)"
    )


def test_an_average_goes_on_from_that_of_the_model(trained):
    before, path = trained
    gan = gan_of(ema_decay=0.5)
    begin_with(gan, path)
    assert_same(
        gan.averaged_generator.weights, before.averaged_generator.weights
    )
    assert int(gan.weight_average.steps) == 2


def test_an_average_begins_at_the_weights_where_there_was_none(tmp_path):
    other = gan_of(seed=5)
    other.save(tmp_path / "model.keras")
    gan = gan_of(ema_decay=0.5)
    note = begin_with(gan, tmp_path)  # a run folder
    assert_same(gan.averaged_generator.weights, other.generator.weights)
    assert note.endswith(f"generator, discriminator of {tmp_path}")


def test_precision_and_dropout_are_free(trained):
    before, path = trained
    gan = gan_of(mixed_precision="bfloat16", dropout=0.5)
    begin_with(gan, path)
    assert_same(gan.generator.weights, before.generator.weights)


@pytest.mark.parametrize(
    "settings, words",
    [
        (
            {"filters": 4, "num_residual_blocks": 0},
            "Received: .*generator.filters: 2 in .*model.keras, 4 in the model",
        ),
        (
            {"discriminator_layers": 2},
            "discriminator.num_layers: 1 in .*, 2 in",
        ),
        ({"normalization": "batch"}, "normalization: instance in .*, batch in"),
    ],
)
def test_another_architecture_is_named(trained, settings, words):
    gan = gan_of(**settings)
    before = arrays(gan.generator.weights)
    with pytest.raises(ValueError, match=words) as error:
        begin_with(gan, trained[1])
    assert str(error.value).startswith("A model to begin with must be as the")
    for a, b in zip(before, arrays(gan.generator.weights), strict=True):
        np.testing.assert_array_equal(a, b)


def test_other_classes_are_named(trained):
    table = ClassTable(["background", "lorry"], [0, 1], COLORS)
    with pytest.raises(ValueError, match="only in .* car, only in .* lorry"):
        begin_with(gan_of(table), trained[1])


def test_a_file_that_is_no_model_is_refused(tmp_path):
    with pytest.raises(ValueError, match="must be a .keras file or a run"):
        begin_with(gan_of(), tmp_path / "gone")
