"""Floating-point operations of the convolutions, counted, not measured.

A multiplication and an addition are two operations. Normalizations,
activations, losses and optimizers are left out: together they are well below
a hundredth of the convolutions. A backward pass is two convolutions as dear
as the forward one: the gradient of the weights, and that of the input.
"""

import dataclasses

GIGA = 10**9
VGG19 = (2, 2, 4, 4, 1)  # convolutions a block, to relu5_1


@dataclasses.dataclass(frozen=True)
class Network:
    """Operations of one forward pass.

    `first`: of the convolutions that see the network's own input, whose
    gradient is needed only where something before it learns.
    """

    first: int
    rest: int

    @property
    def forward(self):
        return self.first + self.rest

    @property
    def inside(self):
        """Gradients of all inputs but the network's own."""
        return self.rest


def convolution(pixels, kernel, channels_in, channels_out):
    """Of a convolution that gives `pixels`; of a transposed one, sees them."""
    return 2 * pixels * kernel**2 * channels_in * channels_out


def generator(work):
    """A `GlobalGenerator`, of a whole batch."""
    height, width = work.image_size
    full = work.batch_size * height * width
    first = convolution(full, 7, work.label_channels, work.filters)
    rest = convolution(full, 7, work.filters, 3)
    for i in range(work.num_downsamplings):
        narrow, small = work.filters * 2**i, full // 4 ** (i + 1)
        # halving and doubling: the same kernel over the same smaller map
        rest += 2 * convolution(small, 3, narrow, 2 * narrow)
    wide, small = (
        work.filters * 2**work.num_downsamplings,
        full // 4**work.num_downsamplings,
    )
    rest += 2 * work.num_residual_blocks * convolution(small, 3, wide, wide)
    return Network(first, rest)


def discriminator(work):
    """A `MultiscaleDiscriminator` of patches, of a whole batch."""
    first = rest = 0
    size = work.image_size
    for _ in range(work.num_scales):
        own = _patch_discriminator(work, size)
        first, rest = first + own.first, rest + own.rest
        size = [(n + 1) // 2 for n in size]  # the mean of 3x3, stride 2
    return Network(first, rest)


def _patch_discriminator(work, size):
    channels, operations = work.label_channels + 3, []
    for i in range(work.num_layers + 2):
        # 4x4 with two zeros on every side
        stride = 2 if i < work.num_layers else 1
        size = [n // stride + 1 for n in size]
        wide = min(
            work.discriminator_filters * 2**i,
            max(work.discriminator_filters, 512),
        )
        wide = wide if i <= work.num_layers else 1
        pixels = work.batch_size * size[0] * size[1]
        operations.append(convolution(pixels, 4, channels, wide))
        channels = wide
    return Network(operations[0], sum(operations[1:]))


def vgg19(work):
    """VGG19 to relu5_1, of a whole batch."""
    (height, width), channels, operations = work.image_size, 3, []
    for block, count in enumerate(VGG19):
        wide = min(64 * 2**block, 512)
        pixels = work.batch_size * height * width
        for _ in range(count):
            operations.append(convolution(pixels, 3, channels, wide))
            channels = wide
        height, width = height // 2, width // 2
    return Network(operations[0], sum(operations[1:]))


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
