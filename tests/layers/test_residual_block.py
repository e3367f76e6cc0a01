import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.layers import NORMALIZATIONS, PADDINGS, ResidualBlock
from tests.gradients import gradients
from tests.layer_checks import check_layer

SQUARE = np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]], "float32")


def block_of(kernel1, kernel2, normalization, **arguments):
    """A block of one channel whose convolutions have these 3x3 kernels."""
    block = ResidualBlock(1, normalization, **arguments)
    block.build((None, None, None, 1))
    layers = {layer.name: layer for layer in block.branch}
    for name, kernel in (("conv1", kernel1), ("conv2", kernel2)):
        kernel = np.array(kernel, "float32").reshape(3, 3, 1, 1)
        layers[name].kernel.assign(kernel)
    return block


def result(block, x):
    return ops.convert_to_numpy(block(x[None, ..., None]))[0, :, :, 0]


def kernel(value, row=1, column=1):
    """Reads the neighbour at (row, column), the middle being (1, 1)."""
    kernel = np.zeros((3, 3))
    kernel[row, column] = value
    return kernel


@pytest.mark.parametrize("normalization", NORMALIZATIONS)
def test_basics(tmp_path, rng, normalization):
    x = rng.random((2, 5, 4, 3), "float32")
    arguments = {"filters": 3, "normalization": normalization}
    check_layer(ResidualBlock, arguments, x, (2, 5, 4, 3), tmp_path)


@pytest.mark.parametrize("padding", PADDINGS)
def test_basics_of_padding_and_dropout(tmp_path, rng, padding):
    x = rng.random((2, 5, 4, 3), "float32")
    arguments = {"filters": 3, "padding": padding, "dropout": 0.5}
    check_layer(ResidualBlock, arguments, x, (2, 5, 4, 3), tmp_path)


def test_defaults():
    config = ResidualBlock(3).get_config()
    found = [config[n] for n in ("normalization", "dropout", "padding")]
    assert found == ["instance", 0.0, "reflect"]


def test_zero_kernels_give_the_input():
    block = block_of(kernel(0), kernel(0), "instance")
    assert result(block, SQUARE).tolist() == SQUARE.tolist()


def test_branch_is_added_and_nothing_follows_the_sum():
    # relu(2x) * -3 = -6x on positive numbers; x - 6x is negative and stays
    block = block_of(kernel(2), kernel(-3), "none")
    assert result(block, SQUARE).tolist() == (-5 * SQUARE).tolist()


def test_relu_is_between_the_convolutions():
    block = block_of(kernel(-1), kernel(1), "none")
    assert result(block, SQUARE).tolist() == SQUARE.tolist()


def test_both_convolutions_see_the_reflection():
    # reading the row above turns rows 0, 1, 2 into 1, 0, 1, then 0, 1, 0
    block = block_of(kernel(1, row=0), kernel(1, row=0), "none")
    expected = SQUARE + SQUARE[[0, 1, 0]]
    assert result(block, SQUARE).tolist() == expected.tolist()


@pytest.mark.parametrize(
    "padding, rows",
    # the row above, then again the row above that
    [("replicate", [[1, 2, 3]] * 3), ("zero", [[0] * 3, [0] * 3, [1, 2, 3]])],
)
def test_both_convolutions_see_the_padding(padding, rows):
    above = kernel(1, row=0)
    block = block_of(above, above, "none", padding=padding)
    assert result(block, SQUARE).tolist() == (SQUARE + rows).tolist()


def dropped(x, training):
    """A block that adds its dropped input to its input."""
    block = block_of(kernel(1), kernel(1), "none", dropout=0.25)
    y = block(x[None, ..., None], training=training)
    return ops.convert_to_numpy(y)[0, :, :, 0] - x


def test_dropout_does_nothing_at_inference():
    assert dropped(SQUARE, training=False).tolist() == SQUARE.tolist()


def test_dropout_keeps_the_mean_in_training():
    # a quarter becomes 0, the rest is divided by the kept share, 3 / 4
    y = dropped(np.full((60, 50), 3.0, "float32"), training=True)
    values, counts = np.unique(y, return_counts=True)
    assert values == pytest.approx([0, 4], abs=1e-5)
    # 3000 draws: 4 standard deviations are 4 * sqrt(0.1875 / 3000) = 0.032
    assert counts[0] / y.size == pytest.approx(0.25, abs=0.032)


def test_dropout_is_between_relu_and_the_second_convolution():
    layers = [layer.name for layer in ResidualBlock(3, dropout=0.5).branch]
    assert layers == ("pad1 conv1 norm1 relu1 drop pad2 conv2 norm2".split())


def test_without_dropout_there_is_no_such_layer():
    layers = [layer.name for layer in ResidualBlock(3).branch]
    assert layers == "pad1 conv1 norm1 relu1 pad2 conv2 norm2".split()


def test_both_convolutions_are_normalized():
    # x = [1, 3] twice: normalized [-1, 1], relu [0, 1], times 8 and
    # normalized [-1, 1] again, whatever the kernels' size is
    x = np.array([[1, 3], [1, 3]], "float32")
    block = block_of(kernel(500), kernel(8), "instance")
    expected = np.array([[0, 4], [0, 4]])
    assert result(block, x) == pytest.approx(expected, abs=1e-4)


def test_bias_before_instance_normalization_is_left_out():
    def names(kind):
        return [w.name for w in block_of(kernel(1), kernel(1), kind).weights]

    assert names("instance") == ["kernel", "kernel"]
    assert names("instance_affine") == ["kernel", "gamma", "beta"] * 2
    assert names("none") == ["kernel", "bias", "kernel", "bias"]


def test_batch_statistics_move_only_in_training(rng):
    block = ResidualBlock(2, "batch")
    x = rng.random((2, 4, 4, 2), "float32")
    block(x, training=False)
    assert not np.any(batch_means(block))
    block(x, training=True)
    assert np.all(batch_means(block))


def batch_means(block):
    layers = {layer.name: layer for layer in block.branch}
    return [
        ops.convert_to_numpy(layers[name].moving_mean)
        for name in ("norm1", "norm2")
    ]


def test_two_by_two_pixels_suffice(rng):
    x = rng.random((1, 2, 2, 3), "float32")
    assert ResidualBlock(3)(x).shape == (1, 2, 2, 3)


def test_unknown_normalization_is_refused():
    with pytest.raises(ValueError, match="normalization='layer'"):
        ResidualBlock(3, "layer")


def test_unknown_padding_is_refused():
    with pytest.raises(ValueError, match="padding='symmetric'"):
        ResidualBlock(3, padding="symmetric")


@pytest.mark.parametrize("dropout", [-0.1, 1, 1.5])
def test_dropout_outside_its_range_is_refused(dropout):
    message = (
        f"dropout must be at least 0 and below 1. Received: dropout={dropout}"
    )
    with pytest.raises(ValueError, match=message):
        ResidualBlock(3, dropout=dropout)


@pytest.fixture
def computed(monkeypatch):
    """Counts how often the branch of any block is computed."""
    calls = []
    whole = ResidualBlock._branch_of

    def counted(block, x, training=None):
        calls.append(training)
        return whole(block, x, training)

    monkeypatch.setattr(ResidualBlock, "_branch_of", counted)
    return calls


def test_rematerialized_gradients_are_the_same(rng, computed):
    x = rng.random((2, 5, 4, 3), "float32")
    plain = ResidualBlock(3, "instance_affine")
    plain.build(x.shape)
    block = ResidualBlock(3, "instance_affine", rematerialize=True)
    block.build(x.shape)
    block.set_weights(plain.get_weights())
    found, expected = (
        gradients(lambda x, of=of: ops.sum(of(x, training=True) ** 3), x)
        for of in (block, plain)
    )
    assert found[0] == pytest.approx(expected[0], abs=1e-6)
    assert np.abs(expected[0]).max() > 1
    # JAX takes what is to be computed again as a program, not as a call
    assert len(computed) == (2 if keras.backend.backend() == "jax" else 3)


def test_what_is_not_trained_is_not_rematerialized(rng, computed):
    x = rng.random((2, 5, 4, 3), "float32")
    block = ResidualBlock(3, rematerialize=True)
    gradients(lambda x: ops.sum(block(x, training=False) ** 3), x)
    assert len(computed) == 1


def test_it_comes_back_from_its_configuration(tmp_path, rng):
    x = rng.random((2, 5, 4, 3), "float32")
    arguments = {"filters": 3, "rematerialize": True}
    check_layer(ResidualBlock, arguments, x, (2, 5, 4, 3), tmp_path)


@pytest.mark.parametrize(
    "arguments, words",
    [
        ({"dropout": 0.5}, "dropout=0.5, normalization='instance'"),
        ({"normalization": "batch"}, "dropout=0.0, normalization='batch'"),
    ],
)
def test_what_differs_the_second_time_is_not_rematerialized(arguments, words):
    with pytest.raises(ValueError, match=f"block twice.*: {words}. Leave"):
        ResidualBlock(3, **arguments, rematerialize=True)
