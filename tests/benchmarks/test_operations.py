import pytest

from benchmarks.harness.operations import (
    GIGA,
    discriminator,
    generator,
    known_bytes,
    parts,
    total,
    vgg19,
)
from benchmarks.harness.work import Work

TINY = Work(
    image_size=(8, 8),
    classes=2,
    filters=1,
    num_downsamplings=1,
    num_residual_blocks=1,
    num_layers=1,
    num_scales=1,
    perceptual=False,
)


def test_a_tiny_generator_by_hand():
    # 7x7 from 2 channels to 1, at 8x8
    assert sum(c.operations for c in generator(TINY).first) == 2 * 64 * 49 * 2
    # 7x7 to 3; 3x3 down and up between 1 and 2 channels, at 4x4; two of a
    # block, from 2 to 2
    rest = 2 * (64 * 49 * 3 + 2 * 16 * 9 * 2 + 2 * 16 * 9 * 4)
    assert generator(TINY).inside == rest
    assert generator(TINY).forward == 34816


def test_a_tiny_discriminator_by_hand():
    # 4x4 with two zeros around: 8 pixels become 5, then 6, then 7
    first, rest = 2 * 25 * 16 * 5, 2 * (36 * 16 * 2 + 49 * 16 * 2)
    assert discriminator(TINY).inside == rest
    assert discriminator(TINY).forward == first + rest == 9440


def test_a_second_scale_sees_half_the_pixels_rounded_up():
    one = TINY.replace(image_size=(4, 4))
    two = TINY.replace(image_size=(8, 8), num_scales=2)
    sums = [discriminator(work).forward for work in (TINY, one)]
    assert discriminator(two).forward == sum(sums)


def test_a_tiny_step_by_hand():
    assert parts(TINY) == {
        "generator, forward": 34816,
        # but for the gradient of the label map
        "generator, backward": 34816 + 22272,
        "discriminator, forward": 3 * 9440,
        # twice for itself, once for the generated image
        "discriminator, backward": 2 * (9440 + 5440) + 9440,
    }


def test_the_reference_computes_what_it_throws_away():
    more = total(TINY, reference=True) - total(TINY)
    assert more == 9440


def test_generation_is_one_forward_pass():
    work = TINY.replace(task="generate")
    assert parts(work) == {"generator, forward": 34816}


def test_operations_grow_with_the_batch():
    for reference in (False, True):
        three = total(TINY.replace(batch_size=3), reference)
        assert three == 3 * total(TINY, reference)


def test_the_counts_of_the_reference_at_default_widths():
    work = Work(classes=32, image_size=(256, 256))
    counted = [f(work).forward / GIGA for f in (generator, discriminator)]
    assert counted == pytest.approx([120.7, 10.6], abs=0.05)
    assert vgg19(work).forward / GIGA == pytest.approx(47.3, abs=0.05)
    assert total(work, reference=True) / GIGA == pytest.approx(578, rel=0.01)


def test_weights_are_those_of_the_networks():
    # 182,525,379 parameters are the generator's, three of them biases
    assert generator(Work(classes=36)).weights == 182_525_376
    # those of 16 convolutions, less the last three of 3x3x512x512
    assert vgg19(Work()).weights == 20_018_880 - 3 * 9 * 512**2


def test_known_bytes_are_four_times_the_weights():
    # a generator of 98 + 147 + 18 + 18 + 72, a discriminator of 80 + 32 + 32
    assert known_bytes(TINY) == {
        "weights": 4 * 497,
        "gradients": 4 * 497,
        "moments": 8 * 497,
    }
