import pytest

from benchmarks.harness.work import Work


def test_channels_and_discriminator_follow_by_default():
    work = Work(classes=5, filters=16)
    assert (work.label_channels, work.discriminator_filters) == (5, 16)


def test_a_batch_is_what_the_package_takes():
    batch = Work(image_size=(32, 48), classes=3, batch_size=2).batch()
    assert batch["label"].shape == (2, 32, 48)
    assert batch["label"].dtype == "uint8"
    assert set(batch["label"].ravel()) == {0, 1, 2}
    assert batch["image"].shape == (2, 32, 48, 3)
    assert batch["image"].dtype == "float32"
    assert -1 <= batch["image"].min() < -0.9 < 0.9 < batch["image"].max() <= 1


def test_work_survives_a_dict():
    work = Work("generate", (64, 96), 2, 3, filters=8)
    assert Work(**work.as_dict()) == work


@pytest.mark.parametrize("size", [(100, 128), (128, 16), (0, 64)])
def test_sizes_that_the_sides_would_pad_apart_are_refused(size):
    words = "multiples of 16, at least 32.* Received: image_size="
    with pytest.raises(ValueError, match=words):
        Work(image_size=size)


def test_numbers_below_their_least_are_refused():
    with pytest.raises(ValueError, match="at least 1. Received: batch_size=0"):
        Work(batch_size=0)


def test_another_task_is_refused():
    with pytest.raises(ValueError, match="train, generate. Received: task='x'"):
        Work(task="x")


def test_its_words_name_channels_only_where_they_differ():
    assert "2 classes, 8 filters" in str(Work(classes=2, filters=8))
    assert "2 classes in 32 channels" in str(Work(classes=2, label_channels=32))
    assert "VGG19 off" in str(Work(perceptual=False))
    assert "VGG19" not in str(Work(task="generate"))


@pytest.mark.parametrize(
    "numbers, words",
    [
        ({"classes": 256}, "at most 255, as label maps are uint8.*classes=256"),
        ({"num_scales": 0}, "num_scales must be at least 1. Received: num_sca"),
        ({"num_layers": 0}, "num_layers must be at least 1. Received: num_lay"),
        ({"discriminator_filters": 0}, "discriminator_filters must be at leas"),
    ],
    ids=str,
)
def test_networks_that_are_none_are_refused(numbers, words):
    with pytest.raises(ValueError, match=words):
        Work(**numbers)
