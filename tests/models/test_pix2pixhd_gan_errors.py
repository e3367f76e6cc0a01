"""What the training model refuses, by its words."""

import keras
import numpy as np
import pytest

from keras_pix2pixhd.models import (
    GlobalGenerator,
    MultiscaleDiscriminator,
    PerceptualNetwork,
    Pix2PixHDGAN,
)
from tests.small_gan import (
    compiled_gan,
    small_batch,
    small_gan,
    train,
    write_vgg19_prefix,
)


def networks(generator_channels, discriminator_channels):
    return (
        GlobalGenerator(
            generator_channels,
            filters=2,
            num_downsamplings=1,
            num_residual_blocks=0,
        ),
        MultiscaleDiscriminator(discriminator_channels, filters=2),
    )


def test_generator_of_other_channels_is_refused():
    with pytest.raises(
        ValueError,
        match="generator must have 3 input channels: 3 label channels. "
        "Received: a generator with 4. Make it with input_channels=3",
    ):
        Pix2PixHDGAN(*networks(4, 6), class_table=3)


def test_discriminator_of_other_channels_is_refused():
    with pytest.raises(
        ValueError,
        match=r"discriminator must have 9 input channels: 5 label channels "
        r"\+ 1 of instance edges \+ 3 of the image. Received: a "
        "discriminator with 8",
    ):
        Pix2PixHDGAN(
            *networks(6, 8),
            class_table=3,
            label_channels=5,
            use_instance_edges=True,
        )


def test_fewer_label_channels_than_classes_are_refused():
    with pytest.raises(ValueError, match="label_channels=2, num_classes=3"):
        Pix2PixHDGAN(*networks(2, 5), class_table=3, label_channels=2)


@pytest.mark.parametrize("method", ["train_on_batch", "test_on_batch"])
def test_batch_without_image_is_refused(method):
    batch = small_batch()
    del batch["image"]
    with pytest.raises(
        ValueError, match=r"must have the key 'image'.*keys \['label'\]"
    ):
        getattr(compiled_gan(), method)(batch)


def test_batch_without_label_is_refused():
    batch = small_batch()
    del batch["label"]
    with pytest.raises(
        ValueError, match=r"must have the key 'label'.*keys \['image'\]"
    ):
        train(compiled_gan(), batch)


def test_missing_instances_are_refused():
    gan = small_gan(use_instance_edges=True)
    with pytest.raises(
        ValueError, match="instance edges needs an instance map.*combine()"
    ):
        gan.generate(small_batch()["label"])


def test_single_map_is_refused_with_the_way_out():
    with pytest.raises(
        ValueError, match=r"shape=\(32, 32\).*single map goes in as label\[N"
    ):
        small_gan().generate(small_batch()["label"][0])


def test_vectors_of_other_channels_are_refused():
    with pytest.raises(
        ValueError, match=r"label must be .*3\) one-hot.*\(1, 8, 8, 5\)"
    ):
        small_gan().generate(np.zeros((1, 8, 8, 5), "float32"))


@pytest.mark.parametrize("weight", [-1.0, float("nan"), float("inf")])
@pytest.mark.parametrize(
    "name", ["adversarial", "feature_matching", "perceptual"]
)
def test_weight_that_is_no_finite_number_above_0_is_refused(name, weight):
    with pytest.raises(
        ValueError,
        match=f"{name}_weight must be a finite number of at least 0. "
        f"Received: {name}_weight={weight}",
    ):
        compiled_gan(compiling={f"{name}_weight": weight})


@pytest.mark.parametrize("loss", ["wgan", None, abs])
def test_unknown_adversarial_loss_is_refused(loss):
    with pytest.raises(
        ValueError, match="adversarial_loss must be one of lsgan, or an object"
    ):
        compiled_gan(compiling={"adversarial_loss": loss})


def test_shared_optimizer_is_refused():
    shared = keras.optimizers.Adam()
    with pytest.raises(ValueError, match="must be two optimizers"):
        small_gan().compile(shared, shared)


def test_training_before_compile_is_refused():
    with pytest.raises(ValueError, match="compile"):
        small_gan().fit(small_batch(), verbose=0)


@pytest.fixture
def uncalibrated(tmp_path):
    network = PerceptualNetwork(write_vgg19_prefix(tmp_path / "vgg.npz"))
    return compiled_gan(perceptual_network=network)


@pytest.mark.parametrize("method", ["train_on_batch", "test_on_batch"])
def test_single_step_without_calibration_is_refused(uncalibrated, method):
    with pytest.raises(ValueError, match="must know the mean activations"):
        getattr(uncalibrated, method)(small_batch())


def test_fit_calibrates_by_itself(uncalibrated):
    uncalibrated.fit(small_batch(), verbose=0)
    images = small_batch()["image"]
    found = uncalibrated.perceptual_network.tap_means
    again = PerceptualNetwork(uncalibrated.perceptual_network.weights)
    again.calibrate(images)
    assert found == pytest.approx(again.tap_means, rel=1e-5)


def test_fit_without_images_is_refused_before_calibration(uncalibrated):
    batch = small_batch()
    del batch["image"]
    with pytest.raises(ValueError, match="must have the key 'image'"):
        uncalibrated.fit(batch, verbose=0)
