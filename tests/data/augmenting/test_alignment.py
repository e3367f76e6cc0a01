import numpy as np
import pytest

from keras_pix2pixhd.data.augmenting.alignment import check_alignment


def check(change, **settings):
    def apply(pairs):
        for number in range(len(pairs["image"])):
            yield change({k: a[number] for k, a in pairs.items()})

    check_alignment(check, apply, **settings)


def each(**changes):
    """Applies functions to arrays by kind."""
    return lambda pair: {
        kind: changes.get(kind, lambda array: array)(array)
        for kind, array in pair.items()
    }


def test_the_drawn_pairs():
    seen = []
    check(lambda pair: seen.append(pair) or dict(pair), image_size=(50, 70))
    assert len(seen) == 16
    for pair in seen:
        assert pair["image"].shape == (50, 70, 3)
        assert pair["label"].shape == (50, 70)
        numbers = set(pair["label"].ravel())
        assert len(numbers) == 4 and 0 not in numbers
        # Each number is one colour, in each channel another.
        for channel in np.moveaxis(pair["image"], -1, 0):
            levels = {
                number: set(channel[pair["label"] == number])
                for number in numbers
            }
            assert all(len(found) == 1 for found in levels.values())
            assert len(set.union(*levels.values())) == 4


@pytest.mark.parametrize("size", [None, (8, 2000)])
def test_drawn_pairs_of_a_size_of_their_own(size):
    seen = []
    check(lambda pair: seen.append(pair) or dict(pair), image_size=size)
    assert seen[0]["image"].shape == (64, 96, 3)


@pytest.mark.parametrize(
    "change",
    [
        lambda image: 255 - image,
        lambda image: image // 128 * 255,
        lambda image: image * 0 + image.mean(-1, keepdims=True).astype("uint8"),
        lambda image: image * 0 + 255,
        lambda image: np.where(
            np.arange(96)[:, None] < 40, np.uint8(128), image
        ),
    ],
    ids=["inverted", "two levels", "grey", "white", "erased"],
)
def test_colors_may_change(change):
    check(each(image=change))


def test_noise_may_be_added():
    random = np.random.default_rng(0)

    def noisy(image):
        noise = random.normal(0, 40, image.shape)
        return np.clip(image + noise, 0, 255).astype("uint8")

    check(each(image=noisy))


@pytest.mark.parametrize(
    "change",
    [
        lambda image: image[:, ::-1],
        lambda image: image[::-1],
        lambda image: np.roll(image, 2, 0),
        lambda image: np.roll(image, 7, 1),
        lambda image: image[:32, :48].repeat(2, 0).repeat(2, 1),
    ],
    ids=["flipped", "upside down", "a bit off", "far off", "zoomed"],
)
@pytest.mark.parametrize("scale", [1, 4])
def test_the_image_alone_is_moved(change, scale):
    def moved(image):
        small = image[::scale, ::scale]
        return change(small).repeat(scale, 0).repeat(scale, 1)

    words = "alike. Received: layer=check, which moves images and masks apart"
    with pytest.raises(ValueError, match=words):
        check(each(image=moved), image_size=(64 * scale, 96 * scale))


def test_moved_in_few_of_the_draws():
    draws = iter(range(16))

    def rarely(image):
        return image[:, ::-1] if next(draws) == 11 else image

    with pytest.raises(ValueError, match="the label map alike"):
        check(each(image=rarely))


def test_instances_have_to_move_too():
    with pytest.raises(ValueError, match="the instance map alike"):
        check(each(instance=lambda array: array[::-1]), instance=True)


def test_each_channel_of_a_label_has_to_move():
    def one_channel(label):
        return np.stack(
            [label[..., 0], label[::-1, :, 1], label[..., 2]], axis=-1
        )

    check(each(), channels=3)
    with pytest.raises(ValueError, match="the label map alike"):
        check(each(label=one_channel), channels=3)
