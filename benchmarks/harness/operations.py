"""Floating-point operations of the convolutions, counted, not measured.

A multiplication and an addition are two operations, of a convolution done
directly: one with fewer multiplications (Winograd's) is counted the same, so
that rates compare, and can be above the peak. Normalizations,
activations, losses and optimizers are left out: together they are well below
a hundredth of the convolutions. A backward pass is two convolutions as dear
as the forward one: the gradient of the weights, and that of the input.
"""

import dataclasses

GIGA = 10**9
VGG19 = (2, 2, 4, 4, 1)  # convolutions a block, to relu5_1


@dataclasses.dataclass(frozen=True)
class Convolution:
    """A square one that gives `pixels`, or a transposed one that sees them."""

    pixels: int
    kernel: int
    channels_in: int
    channels_out: int

    @property
    def weights(self):
        return self.kernel**2 * self.channels_in * self.channels_out

    @property
    def operations(self):
        return 2 * self.pixels * self.weights


@dataclasses.dataclass(frozen=True)
class Network:
    """Its convolutions.

    `first` sees the network's own input, whose gradient is needed only where
    something before it learns; of several scales, each has one.
    """

    first: tuple
    rest: tuple

    @property
    def weights(self):
        return sum(one.weights for one in self.first + self.rest)

    @property
    def forward(self):
        """Operations of a forward pass, or of the gradient of all weights."""
        return sum(one.operations for one in self.first + self.rest)

    @property
    def inside(self):
        """Of the gradients of all inputs but the network's own."""
        return sum(one.operations for one in self.rest)


def generator(work):
    """A `GlobalGenerator`, of a whole batch."""
    height, width = work.image_size
    full = work.batch_size * height * width
    first = Convolution(full, 7, work.label_channels, work.filters)
    rest = [Convolution(full, 7, work.filters, 3)]
    for i in range(work.num_downsamplings):
        narrow, small = work.filters * 2**i, full // 4 ** (i + 1)
        # halving and doubling: the same kernel over the same smaller map
        rest += 2 * [Convolution(small, 3, narrow, 2 * narrow)]
    wide = work.filters * 2**work.num_downsamplings
    small = full // 4**work.num_downsamplings
    block = 2 * [Convolution(small, 3, wide, wide)]
    return Network((first,), (*rest, *work.num_residual_blocks * block))


def discriminator(work):
    """A `MultiscaleDiscriminator` of patches, of a whole batch."""
    first, rest, size = [], [], work.image_size
    for _ in range(work.num_scales):
        start, *others = _patch_discriminator(work, size)
        first.append(start)
        rest += others
        size = [(n + 1) // 2 for n in size]  # the mean of 3x3, stride 2
    return Network(tuple(first), tuple(rest))


def _patch_discriminator(work, size):
    channels, convolutions = work.label_channels + 3, []
    narrow = work.discriminator_filters
    for i in range(work.num_layers + 2):
        # 4x4 with two zeros on every side
        stride = 2 if i < work.num_layers else 1
        size = [n // stride + 1 for n in size]
        wide = min(narrow * 2**i, max(narrow, 512))
        wide = wide if i <= work.num_layers else 1
        pixels = work.batch_size * size[0] * size[1]
        convolutions.append(Convolution(pixels, 4, channels, wide))
        channels = wide
    return convolutions


def vgg19(work):
    """VGG19 to relu5_1, of a whole batch."""
    (height, width), channels, convolutions = work.image_size, 3, []
    for block, count in enumerate(VGG19):
        wide = min(64 * 2**block, 512)
        pixels = work.batch_size * height * width
        for _ in range(count):
            convolutions.append(Convolution(pixels, 3, channels, wide))
            channels = wide
        height, width = height // 2, width // 2
    return Network(tuple(convolutions[:1]), tuple(convolutions[1:]))


def parts(work, reference=False):
    """Operations of one turn of the work, by parts.

    Both sides judge three times in a step: the real image, the generated one
    for the discriminator, and the same for the generator. The reference also
    computes the gradient of the discriminator's weights in the generator's
    loss, and clears it; ours does not.

    Args:
        work: `Work`.
        reference: bool, default False. Whether it is the reference's step.

    Returns:
        Dict from part to operations.
    """
    paints = generator(work)
    if work.task == "generate":
        return {"generator, forward": paints.forward}
    judges = discriminator(work)
    thrown_away = judges.forward if reference else 0
    found = {
        "generator, forward": paints.forward,
        "generator, backward": paints.forward + paints.inside,
        "discriminator, forward": 3 * judges.forward,
        "discriminator, backward": 2 * (judges.forward + judges.inside)
        + judges.forward  # to the generated image
        + thrown_away,
    }
    if work.perceptual:
        looks = vgg19(work)
        found["VGG19, forward"] = 2 * looks.forward
        found["VGG19, backward"] = looks.forward  # to the generated image
    return found


def total(work, reference=False):
    """All operations of one turn of the work."""
    return sum(parts(work, reference).values())


def known_bytes(work):
    """Bytes that training must hold whatever it computes, in float32.

    Returns:
        Dict: weights of all networks; gradients; Adam's two moments.
    """
    trained = generator(work).weights + discriminator(work).weights
    fixed = vgg19(work).weights if work.perceptual else 0
    return {
        "weights": 4 * (trained + fixed),
        "gradients": 4 * trained,
        "moments": 8 * trained,
    }
