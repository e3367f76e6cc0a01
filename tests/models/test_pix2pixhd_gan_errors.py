"""What the training model refuses, by its words."""

import re

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


def test_keys_of_conditions_are_named_as_they_came():
    """A step marks batches with floats; that mark is nobody's key."""
    batch = {"label": np.zeros((2, 32, 32, 3), "float32")}
    with pytest.raises(
        ValueError, match=r"must have the key 'image'.*keys \['label'\]"
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


@pytest.mark.parametrize("weight", [-1.0, float("nan"), float("inf"), 1e39])
@pytest.mark.parametrize(
    "name", ["adversarial", "feature_matching", "perceptual"]
)
def test_weight_that_is_no_finite_number_above_0_is_refused(name, weight):
    with pytest.raises(
        ValueError,
        match=f"{name}_weight must be a finite number of at least 0, also in "
        rf"float32. Received: {name}_weight={re.escape(str(weight))}",
    ):
        compiled_gan(compiling={f"{name}_weight": weight})


@pytest.mark.parametrize("loss", ["wgan", None, abs])
def test_unknown_adversarial_loss_is_refused(loss):
    with pytest.raises(
        ValueError,
        match="adversarial_loss must be one of lsgan, bce, hinge, or an object",
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


def test_swapped_networks_are_refused():
    generator, discriminator = networks(3, 6)
    with pytest.raises(
        ValueError, match="generator must be a built keras.Model.*Received: ge"
    ):
        Pix2PixHDGAN(discriminator, generator, class_table=3)


@pytest.mark.parametrize("network", ["global", None, keras.Sequential()])
def test_discriminator_that_is_no_built_model_is_refused(network):
    with pytest.raises(
        ValueError, match="The discriminator must be a built keras.Model"
    ):
        Pix2PixHDGAN(networks(3, 6)[0], network, class_table=3)


@pytest.mark.parametrize("table", ["carvana", 2.5])
def test_class_table_that_is_none_is_refused(table):
    words = "a ClassTable or the number of classes, or None for a model .* Rec"
    with pytest.raises(ValueError, match=words):
        Pix2PixHDGAN(*networks(3, 6), class_table=table)


def test_numpy_number_of_classes_will_do():
    gan = Pix2PixHDGAN(*networks(3, 6), class_table=np.int64(3))
    assert type(gan.class_table) is int


def test_path_in_place_of_a_perceptual_network_is_refused():
    with pytest.raises(
        ValueError, match=r"PerceptualNetwork or None.*PerceptualNetwork\(weig"
    ):
        small_gan(perceptual_network="vgg19.npz")


@pytest.mark.parametrize(
    "image",
    [
        np.zeros((2, 32, 32, 3), "int64"),
        np.zeros((2, 32, 32, 1), "float32"),
        np.zeros((32, 32, 3), "float32"),
    ],
    ids=["int64", "grey", "single"],
)
def test_image_of_another_kind_is_refused(image):
    with pytest.raises(
        ValueError, match=r"image must be \(batch, height, width, 3\) floats"
    ):
        compiled_gan().train_on_batch({**small_batch(), "image": image})


def test_image_of_another_size_than_its_label_is_refused():
    batch = small_batch()
    batch["image"] = batch["image"][:, :-4]
    with pytest.raises(
        ValueError, match=r"same batch, height.*\(2, 28, 32, 3\), label.*32, 32"
    ):
        train(compiled_gan(), batch)


@pytest.mark.parametrize(
    "label",
    [
        np.zeros((1, 8, 8), "float32"),
        np.full((1, 8, 8), -1),
        np.full((1, 8, 8), 2**31),
    ],
    ids=["float", "negative", "huge"],
)
def test_label_that_is_no_index_is_refused(label):
    with pytest.raises(
        ValueError, match="label must be integer class indices of at least 0"
    ):
        small_gan().generate(label)


def test_label_without_pixels_is_refused():
    with pytest.raises(ValueError, match=r"none of them 0.*\(1, 0, 8\)"):
        small_gan().generate(np.zeros((1, 0, 8), "uint8"))


def test_label_of_pixels_is_refused():
    pixels = np.full((1, 8, 8, 3), 200, "uint8")
    with pytest.raises(ValueError, match=r"in \[0, 200\].*image / 127.5 - 1"):
        small_gan().generate(pixels)


def test_calibration_on_pixels_is_refused(tmp_path):
    network = PerceptualNetwork(write_vgg19_prefix(tmp_path / "vgg.npz"))
    with pytest.raises(
        ValueError, match=r"calibrate on must be in \[-1, 1\].*in \[0, 255\]"
    ):
        network.calibrate(255 * np.ones((1, 32, 32, 3), "float32"))


def test_networks_in_the_wrong_order_are_refused():
    generator, discriminator = networks(3, 6)
    words = "generator must be a built keras.Model, such as GlobalGenerator"
    with pytest.raises(ValueError, match=words):
        Pix2PixHDGAN(discriminator, generator, 3)
    with pytest.raises(ValueError, match="discriminator must be a built"):
        Pix2PixHDGAN(generator, keras.Sequential(), 3)


@pytest.mark.parametrize("table", ["many", 3.0, ["a", "b", "c"]])
def test_what_is_no_class_table_is_refused(table):
    with pytest.raises(ValueError, match="must be a ClassTable or the number"):
        Pix2PixHDGAN(*networks(3, 6), class_table=table)


def test_a_numpy_integer_is_a_number_of_classes():
    gan = Pix2PixHDGAN(*networks(3, 6), class_table=np.int64(3))
    assert gan.class_table == gan.num_classes == 3


def test_the_name_of_weights_is_no_perceptual_network():
    with pytest.raises(ValueError, match=r"Make one with PerceptualNetwork\("):
        Pix2PixHDGAN(*networks(3, 6), 3, perceptual_network="imagenet")


@pytest.mark.parametrize(
    ("image", "words"),
    [
        (np.zeros((1, 32, 32, 3), "int32"), "or uint8 .*dtype=int32.*astype"),
        (np.zeros((1, 32, 32, 1), "float32"), r"\(batch, height, width, 3\)"),
        (np.zeros((1, 16, 32, 3), "float32"), "same batch, height and width"),
    ],
)
def test_images_that_do_not_fit_are_refused(image, words):
    label = np.zeros((1, 32, 32), "uint8")
    gan = compiled_gan()
    with pytest.raises(ValueError, match=words):
        gan.compute_loss({"label": label, "image": image}, y_pred=image)


@pytest.mark.parametrize(
    ("label", "words"),
    [
        (np.full((1, 8, 8), -1), "integer class indices of at least 0"),
        (np.zeros((1, 8, 8), "float32"), "dtype=float32"),
        (np.zeros((0, 8, 8), "uint8"), "none of them 0"),
        (np.full((1, 8, 8, 3), 200, "uint8"), r"must be in \[-1, 1\]"),
    ],
)
def test_labels_that_cannot_be_painted_are_refused(label, words):
    with pytest.raises(ValueError, match=words):
        small_gan().generate(label)


def test_both_kinds_of_labels_are_painted_by_one_model():
    gan = small_gan()
    label = np.zeros((1, 8, 8), "uint8")
    vectors = np.eye(gan.num_classes, dtype="uint8")[label]
    assert np.array_equal(gan.generate(label), gan.generate(vectors))
    assert np.array_equal(gan.generate(vectors), gan.generate(label))


def test_a_network_is_not_calibrated_on_pixels(tmp_path):
    network = PerceptualNetwork(write_vgg19_prefix(tmp_path / "vgg19.npz"))
    with pytest.raises(ValueError, match="images to calibrate on must be in"):
        network.calibrate(np.full((1, 32, 32, 3), 200, "float32"))


def test_fit_refuses_pixels_as_floats():
    batch = small_batch()
    pixels = (batch["image"] + 1) * 127.5
    words = r"image must be in \[-1, 1\].*From pixels in \[0, 255\]"
    with pytest.raises(ValueError, match=words):
        compiled_gan().fit({**batch, "image": pixels}, verbose=0)


def test_generator_of_other_images_is_refused():
    grey = GlobalGenerator(3, output_channels=1, filters=2)
    words = "must paint images of 3 channels. Received: one of 1"
    with pytest.raises(ValueError, match=words):
        Pix2PixHDGAN(grey, networks(3, 4)[1], class_table=3)
