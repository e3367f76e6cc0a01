import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.layers import SpectralConv2D
from tests.gradients import gradients
from tests.layer_checks import check_layer


def built(shape=(3, 2, 4, 5), seed=0, **arguments):
    """A layer with a random kernel of this shape, and that kernel."""
    *size, channels, filters = shape
    kernel = np.random.default_rng(seed).normal(size=shape).astype("float32")
    layer = SpectralConv2D(filters, size, **arguments)
    layer.build((None, None, None, channels))
    layer.kernel.assign(kernel)
    return layer, kernel


def largest_singular_value(kernel):
    return np.linalg.svd(kernel.reshape(-1, kernel.shape[-1]))[1][0]


def divided_by(layer, kernel):
    """What the layer divides its kernel by."""
    x = np.ones((1, *kernel.shape[:3]), "float32")
    plain = np.sum(kernel, axis=(0, 1, 2))
    return plain / ops.convert_to_numpy(layer(x)).ravel()


def test_basics(tmp_path, rng):
    arguments = {
        "filters": 4,
        "kernel_size": (3, 3),
        "strides": (2, 2),
        "padding": "valid",
        "name": "spectral",
    }
    x = rng.random((2, 7, 9, 3), "float32")
    check_layer(SpectralConv2D, arguments, x, (2, 3, 4, 4), tmp_path)


def test_sigma_is_the_largest_singular_value(rng):
    layer, kernel = built()
    layer.update(50)
    expected = largest_singular_value(kernel)
    assert divided_by(layer, kernel) == pytest.approx([expected] * 5, rel=1e-4)


def test_sigma_is_right_from_the_start():
    layer = SpectralConv2D(6, 3, kernel_initializer="glorot_uniform")
    layer.build((None, None, None, 3))
    kernel = ops.convert_to_numpy(layer.kernel)
    expected = largest_singular_value(kernel)
    assert divided_by(layer, kernel) == pytest.approx([expected] * 6, rel=0.02)


def test_one_update_is_one_power_iteration():
    layer, kernel = built()
    layer.left.assign([1, 0, 0, 0, 0])
    layer.update()
    matrix = kernel.reshape(-1, 5).astype("float64")
    expected = matrix.T @ matrix[:, 0]
    expected /= np.linalg.norm(expected)
    assert layer.left.numpy() == pytest.approx(expected, abs=1e-6)


def test_calls_change_nothing(rng):
    layer, kernel = built()
    before = layer.get_weights()
    x = rng.random((1, 8, 8, 4), "float32")
    first, second = layer(x, training=True), layer(x, training=True)
    assert (ops.convert_to_numpy(first) == ops.convert_to_numpy(second)).all()
    for a, b in zip(before, layer.get_weights(), strict=True):
        assert (a == b).all()


def test_an_update_leaves_the_kernel():
    layer, kernel = built()
    layer.update(3)
    assert (layer.kernel.numpy() == kernel).all()


def test_bias_is_not_divided():
    layer, _ = built(bias_initializer="ones")
    x = np.zeros((1, 3, 2, 4), "float32")
    assert ops.convert_to_numpy(layer(x)).tolist() == [[[[1] * 5]]]


def test_a_kernel_of_zeros_gives_zeros():
    layer, kernel = built()
    layer.kernel.assign(np.zeros_like(kernel))
    layer.update()
    x = np.ones((1, 3, 2, 4), "float32")
    assert not ops.convert_to_numpy(layer(x)).any()


def test_only_the_kernel_and_the_bias_are_trained():
    layer, _ = built()
    assert [v.name for v in layer.trainable_variables] == ["kernel", "bias"]
    assert len(layer.non_trainable_variables) == 1


def total(layer, kernel, x):
    """The outputs of each filter, as a function of the kernel."""
    outputs, _ = layer.stateless_call(
        [kernel, layer.bias.value], [layer.left.value], x
    )
    return ops.sum(outputs, axis=(0, 1, 2))


def test_gradient_flows_through_sigma(rng):
    layer, kernel = built()
    weights = rng.normal(size=kernel.shape).astype("float32")
    left = layer.left.numpy().astype("float64")

    def expected_loss(kernel):
        # sigma = left W right, right being W left, normalized
        sigma = np.linalg.norm(kernel.reshape(-1, 5) @ left)
        return np.sum(kernel * weights) / sigma

    # each filter's one window sees its own inputs: a sum of products
    def loss(k):
        return ops.sum(
            ops.stack(
                [total(layer, k, weights[None, ..., i])[i] for i in range(5)]
            )
        )

    (found,) = gradients(loss, kernel)
    exact = kernel.astype("float64")
    for index in [(0, 0, 0, 0), (2, 1, 3, 4), (1, 0, 2, 3)]:
        step = np.zeros_like(exact)
        step[index] = 1e-6
        rise = expected_loss(exact + step) - expected_loss(exact - step)
        assert found[index] == pytest.approx(rise / 2e-6, rel=1e-3, abs=1e-4)


def test_equals_torch(rng):
    torch = pytest.importorskip("torch")
    layer, kernel = built()
    layer.update(30)
    reference = torch.nn.Conv2d(4, 5, (3, 2))
    with torch.no_grad():
        reference.weight.copy_(torch.from_numpy(kernel.transpose(3, 2, 0, 1)))
        reference.bias.zero_()
    torch.nn.utils.parametrizations.spectral_norm(
        reference, n_power_iterations=30
    )
    x = rng.normal(size=(2, 6, 7, 4)).astype("float32")
    with torch.device("cpu"):
        expected = reference(torch.from_numpy(x.transpose(0, 3, 1, 2)))
    (expected**2).sum().backward()
    found = ops.convert_to_numpy(layer(x))
    assert found == pytest.approx(
        expected.detach().numpy().transpose(0, 2, 3, 1), abs=1e-4
    )
    (gradient,) = gradients(
        lambda k: ops.sum(
            layer.stateless_call([k, layer.bias.value], [layer.left.value], x)[
                0
            ]
            ** 2
        ),
        kernel,
    )
    expected = reference.parametrizations.weight.original.grad.numpy()
    expected = expected.transpose(2, 3, 1, 0)
    assert np.abs(gradient - expected).max() <= 1e-3 * np.abs(expected).max()


@pytest.mark.parametrize("policy", ["mixed_float16", "mixed_bfloat16"])
def test_sigma_has_all_digits_under_every_policy(policy):
    layer, kernel = built((1, 1, 1, 1), dtype=policy)
    # beyond float16
    layer.kernel.assign(np.full((1, 1, 1, 1), 1e5))
    layer.update()
    found = layer(np.ones((1, 1, 1, 1), "float32"))
    assert ops.convert_to_numpy(ops.cast(found, "float32")).item() == 1


def test_saved_vector_comes_back(tmp_path):
    layer, _ = built()
    layer.left.assign([0, 1, 0, 0, 0])
    model = keras.Sequential([keras.Input((None, None, 4)), layer])
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    assert loaded.layers[0].left.numpy().tolist() == [0, 1, 0, 0, 0]


@keras.saving.register_keras_serializable(package="tests")
class Trained(keras.Model):
    """Updates before its loss, as a GAN does."""

    def __init__(self):
        super().__init__()
        self.layer, _ = built()
        self.built = True

    def call(self, x):
        return self.layer(x)

    def compute_loss(self, x, *args, **kwargs):
        self.layer.update()
        return ops.mean(self.layer(x)) + ops.mean(self.layer(x))


@pytest.mark.parametrize("eagerly", [True, False])
def test_one_update_in_every_training_step(eagerly, rng):
    model, (twin, _) = Trained(), built()
    for layer in (model.layer, twin):
        layer.left.assign([1, 0, 0, 0, 0])
    model.compile(keras.optimizers.SGD(0.0), run_eagerly=eagerly)
    for steps in (1, 2):
        model.train_on_batch(rng.random((2, 4, 4, 4), "float32"))
        twin.update()
        found = model.layer.left.numpy()
        assert found == pytest.approx(twin.left.numpy(), abs=1e-5), steps
