"""The reference's numbers, and networks filled with its weights.

Needs no torch: `weights.npz` holds the state dicts as arrays, with torch's
keys and torch's axis order.
"""

import pathlib

import numpy as np

_FOLDER = pathlib.Path(__file__).parent


def cases():
    """All inputs and outputs, by the names that README.md lists."""
    with np.load(_FOLDER / "cases.npz") as file:
        return dict(file)


def network_input(cases):
    """One-hot labels of 5 classes and the edges, as the reference saw them."""
    one_hot = np.eye(5, dtype="float32")[cases["label"]]
    return np.concatenate([one_hot, cases["edge"][..., None]], axis=-1)


def state_dict(case):
    """The weights of one case: torch key -> array in torch's layout."""
    with np.load(_FOLDER / "weights.npz") as file:
        found = {
            key.removeprefix(f"{case}/"): file[key]
            for key in file.files
            if key.startswith(f"{case}/")
        }
    if not found:
        raise KeyError(f"weights.npz has no case {case!r}.")
    return found


def load_generator(generator, state):
    """Fills a `GlobalGenerator` from a state dict of the reference."""
    downs, blocks = generator.num_downsamplings, generator.num_residual_blocks
    first_block, first_up = 4 + 3 * downs, 4 + 3 * downs + blocks
    filler = _Filler(generator, state)
    filler.stage("model.1", "model.2", generator, "input")
    for i in range(downs):
        at = 4 + 3 * i
        filler.stage(
            f"model.{at}", f"model.{at + 1}", generator, f"down{i + 1}"
        )
    for i in range(blocks):
        at = f"model.{first_block + i}.conv_block"
        layers = {
            layer.name: layer
            for layer in generator.get_layer(f"block{i + 1}").branch
        }
        filler.fill(f"{at}.1", f"{at}.2", layers["conv1"], layers["norm1"])
        filler.fill(f"{at}.5", f"{at}.6", layers["conv2"], layers["norm2"])
    for i in range(downs):
        at = first_up + 3 * i
        filler.stage(f"model.{at}", f"model.{at + 1}", generator, f"up{i + 1}")
    last = first_up + 3 * downs + 1
    filler.fill(f"model.{last}", None, generator.get_layer("output_conv"))
    filler.check_nothing_is_left()


def load_discriminator(discriminator, state):
    """Fills a `MultiscaleDiscriminator` from a state dict of the reference.

    The reference counts scales from the coarsest. Trained without feature
    matching, each of its scales is one sequence of layers, counted through.
    """
    in_sequence = "layer0.0.weight" in state
    filler = _Filler(discriminator, state)
    for level in range(discriminator.num_scales):
        scale = discriminator.num_scales - 1 - level
        network = discriminator.get_layer(f"level{level}")
        for i in range(discriminator.num_layers + 2):
            if in_sequence:
                at, index = f"layer{scale}", max(0, 3 * i - 1)
            else:
                at, index = f"scale{scale}_layer{i}", 0
            conv, norm = f"{at}.{index}", f"{at}.{index + 1}"
            if 0 < i <= discriminator.num_layers:
                filler.stage(conv, norm, network, f"layer{i}")
            else:
                name = "layer0_conv" if i == 0 else "score_conv"
                filler.fill(conv, None, network.get_layer(name))
    filler.check_nothing_is_left()


class _Filler:
    """Moves arrays from a state dict into layers, and keeps account."""

    def __init__(self, network, state):
        self.state = dict(state)
        self.unfilled = {variable.path for variable in network.weights}

    def stage(self, conv, norm, network, name):
        layers = [network.get_layer(f"{name}_{k}") for k in ("conv", "norm")]
        self.fill(conv, norm, *layers)

    def fill(self, conv, norm, conv_layer, norm_layer=None):
        """Fills a convolution and the normalization after it.

        A bias in front of an instance normalization does nothing: our
        networks have none. So do running statistics that old versions of
        torch wrote for instance normalization.
        """
        # (O, I, h, w), transposed (I, O, h, w): the same move for both
        kernel = self._take(f"{conv}.weight").transpose(2, 3, 1, 0)
        self._assign(conv_layer.kernel, kernel)
        bias = self._take(f"{conv}.bias")
        if conv_layer.use_bias:
            self._assign(conv_layer.bias, bias)
        if hasattr(norm_layer, "moving_mean"):
            self._assign(norm_layer.gamma, self._take(f"{norm}.weight"))
            self._assign(norm_layer.beta, self._take(f"{norm}.bias"))
            mean, variance = f"{norm}.running_mean", f"{norm}.running_var"
            self._assign(norm_layer.moving_mean, self._take(mean))
            self._assign(norm_layer.moving_variance, self._take(variance))
            self.state.pop(f"{norm}.num_batches_tracked", None)
        elif norm_layer is not None:
            self.state.pop(f"{norm}.running_mean", None)
            self.state.pop(f"{norm}.running_var", None)

    def _take(self, key):
        if key not in self.state:
            raise KeyError(f"The state dict lacks {key!r}.")
        return self.state.pop(key)

    def _assign(self, variable, value):
        if tuple(variable.shape) != value.shape:
            raise ValueError(
                f"{variable.path} has the shape {tuple(variable.shape)}. "
                f"Received: {value.shape}"
            )
        variable.assign(value)
        self.unfilled.remove(variable.path)

    def check_nothing_is_left(self):
        if self.state:
            raise ValueError(f"Keys without a layer: {sorted(self.state)}")
        if self.unfilled:
            raise ValueError(f"Weights without a key: {sorted(self.unfilled)}")
