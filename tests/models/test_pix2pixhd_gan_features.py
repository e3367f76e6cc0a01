"""Instance features in the training model."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.models import (
    GlobalGenerator,
    InstanceFeatureEncoder,
    Pix2PixHDGAN,
)
from tests.featured_gan import compiled_featured_gan, featured_gan
from tests.small_gan import (
    CLASSES,
    largest_difference,
    small_batch,
    small_gan,
    train,
    values,
)


@pytest.fixture(scope="module")
def gan():
    return compiled_featured_gan()


@pytest.fixture
def batch():
    return small_batch(instance=True)


def inputs_of(gan, batch):
    """What the generator sees."""
    batch = {key: ops.convert_to_tensor(x) for key, x in batch.items()}
    seen = gan.semantic_input(gan._with_features(batch, training=False))
    return ops.convert_to_numpy(seen)


@pytest.mark.parametrize("follow", ["instances", "labels"])
def test_every_trainable_variable_moves_the_encoders_too(follow):
    gan = compiled_featured_gan(follow=follow)
    assert len(gan.feature_encoder.trainable_variables) == 5
    before = values(gan.trainable_variables)
    train(gan, small_batch(instance=True))
    after = values(gan.trainable_variables)
    still = [
        variable.path
        for variable, x, y in zip(
            gan.trainable_variables, before, after, strict=True
        )
        if np.array_equal(x, y)
    ]
    assert still == []


def test_the_encoder_goes_by_the_generators_optimizer(gan, batch):
    kernel = gan.feature_encoder.get_layer("output_conv").kernel
    owned = {id(v) for v in gan.generator_optimizer._trainable_variables}
    assert id(kernel) in owned
    assert len(owned) == len(
        gan.generator.trainable_variables
        + gan.feature_encoder.trainable_variables
    )


def test_the_generator_sees_labels_then_edges_then_features(gan, batch):
    seen = inputs_of(gan, batch)
    assert seen.shape == (2, 32, 32, CLASSES + 1 + 2)
    ids = batch["instance"]
    edges = seen[0, :, :, CLASSES]
    assert edges[7:9, 6].tolist() == [1, 1]
    assert edges[6, 6] == edges[10, 6] == 0
    features = gan.encode(batch["image"], instance=ids)
    assert np.abs(seen[..., CLASSES + 1 :] - features).max() <= 1e-6


def test_features_are_constant_on_an_instance_and_differ_between(gan, batch):
    features = gan.encode(batch["image"], instance=batch["instance"])
    inside = features[0][batch["instance"][0] == 1]
    outside = features[0][batch["instance"][0] == 0]
    for pixels in (inside, outside):
        assert np.ptp(pixels, axis=0).max() == 0
    assert np.abs(inside[0] - outside[0]).max() > 1e-4
    assert np.abs(features[0] - features[1]).max() > 1e-5


def test_features_that_follow_labels_are_constant_on_a_class():
    gan, batch = featured_gan(follow="labels"), small_batch(instance=True)
    features = gan.encode(batch["image"], label=batch["label"])
    for index in range(CLASSES):
        pixels = features[0][batch["label"][0] == index]
        assert np.ptp(pixels, axis=0).max() == 0


def test_given_features_win_over_the_photograph(gan, batch):
    given = np.full((2, 32, 32, 2), 0.5, "float32")
    seen = inputs_of(gan, {**batch, "features": given})
    assert (seen[..., CLASSES + 1 :] == 0.5).all()


def test_pixels_and_floats_are_encoded_alike(gan, batch):
    pixels = np.random.default_rng(0).integers(0, 256, (1, 32, 32, 3), "uint8")
    ids = batch["instance"][:1]
    floats = pixels.astype("float32") / 127.5 - 1
    found, expected = (gan.encode(x, instance=ids) for x in (pixels, floats))
    assert np.abs(found - expected).max() <= 1e-6


def test_generate_takes_a_map_or_a_photograph(gan, batch):
    maps = {"label": batch["label"], "instance": batch["instance"]}
    features = gan.encode(batch["image"], instance=batch["instance"])
    by_features = gan.generate(**maps, features=features)
    by_image = gan.generate(**maps, image=batch["image"])
    assert np.abs(by_features.astype(int) - by_image).max() <= 1
    other = gan.generate(**maps, features=-features)
    assert np.any(other != by_features)


def test_it_comes_back_from_a_file_with_its_encoder(tmp_path, gan, batch):
    gan.save(tmp_path / "gan.keras")
    loaded = keras.saving.load_model(tmp_path / "gan.keras")
    assert (loaded.features_follow, loaded.feature_channels) == ("instances", 2)
    painted = [
        g.generate(batch["label"], batch["instance"], image=batch["image"])
        for g in (gan, loaded)
    ]
    assert np.array_equal(*painted)
    pair = (values(g.feature_encoder.weights) for g in (gan, loaded))
    assert largest_difference(*pair) == 0


def test_fit_and_evaluate_encode_by_themselves(batch):
    gan = compiled_featured_gan()
    gan.fit(batch, batch_size=1, epochs=1, verbose=0)
    logs = gan.evaluate(batch, batch_size=1, return_dict=True, verbose=0)
    assert np.isfinite(list(logs.values())).all()


@pytest.mark.parametrize(
    "edges, follow, needed",
    [
        (True, "labels", True),
        (False, "instances", True),
        (False, "labels", False),
    ],
)
def test_needs_instances(edges, follow, needed):
    assert featured_gan(follow=follow, edges=edges).needs_instances is needed


def test_a_model_without_features_needs_none():
    gan = small_gan()
    assert gan.feature_channels == 0
    assert gan.needs_instances is False


def test_neither_features_nor_image_is_refused(gan, batch):
    words = "needs either features.*or an image.*Received: neither"
    with pytest.raises(ValueError, match=words):
        gan.generate(batch["label"], batch["instance"])


def test_features_and_image_at_once_are_refused(gan, batch):
    given = {"image": batch["image"], "features": np.zeros((2, 32, 32, 2))}
    with pytest.raises(ValueError, match="Received: both"):
        gan.generate(batch["label"], batch["instance"], **given)


def test_a_batch_without_image_and_features_is_refused(gan, batch):
    del batch["image"]
    words = "must be told what to paint.*keys .'instance', 'label'"
    with pytest.raises(ValueError, match=words):
        gan(batch)


NOT_FINITE = np.full((2, 32, 32, 2), np.nan, "float32")


@pytest.mark.parametrize(
    "features",
    [
        np.zeros((2, 32, 32, 3)),
        np.zeros((2, 16, 32, 2)),
        np.zeros((2, 2)),
        np.zeros((1, 32, 32, 2)),
        NOT_FINITE,
        NOT_FINITE.astype("complex64"),
        "sample",
    ],
)
def test_features_that_do_not_fit_are_refused(gan, batch, features):
    words = (
        r"finite floats of shape \(batch, height, width, 2\), here \(2, 32, "
        r"32, 2\). Received: features.shape="
    )
    with pytest.raises(ValueError, match=words):
        gan.generate(batch["label"], batch["instance"], features=features)


def test_instance_ids_that_are_floats_are_refused_in_a_batch(gan, batch):
    batch["instance"] = batch["instance"].astype("float32")
    words = r"needs 'instance'.*instance.shape=\(2, 32, 32\), .*float32"
    with pytest.raises(ValueError, match=words):
        gan(batch)
    plain = small_gan(use_instance_edges=True)
    with pytest.raises(ValueError, match="must be integers of the size"):
        plain(batch)


def test_instance_ids_beyond_32_bits_are_refused(gan, batch):
    ids = batch["instance"].astype("int64") * 2**32
    with pytest.raises(ValueError, match="ids of 32 bits.*numpy.unique"):
        gan.generate(batch["label"], ids, image=batch["image"])


@pytest.mark.parametrize("shape", [(2, 32, 32, 1), (2, 8, 8, 4), (0, 8, 8, 3)])
def test_photographs_of_another_shape_are_refused(gan, batch, shape):
    words = r"image must be \(batch, height, width, 3\), none of them 0"
    with pytest.raises(ValueError, match=words):
        gan.encode(np.zeros(shape), instance=batch["instance"])


def test_missing_instances_are_refused(batch):
    gan = featured_gan(edges=False)
    del batch["instance"]
    words = "features follow instances needs 'instance'.*instance.shape=none"
    with pytest.raises(ValueError, match=words):
        gan(batch)


@pytest.mark.parametrize(
    "instance", [np.zeros((2, 8, 8), "int32"), np.zeros((2, 32, 32), "float32")]
)
def test_an_instance_map_that_does_not_fit_is_refused(gan, batch, instance):
    words = r"integers, here of shape \(2, 32, 32\). Received: shape=\(2, "
    with pytest.raises(ValueError, match=words):
        gan.generate(batch["label"], instance, image=batch["image"])
    with pytest.raises(ValueError, match=words):
        gan.encode(batch["image"], instance=instance)


def test_vectors_cannot_be_followed():
    gan = featured_gan(follow="labels", edges=False)
    batch = {
        "label": np.zeros((1, 8, 8, CLASSES), "float32"),
        "image": np.zeros((1, 8, 8, 3), "float32"),
    }
    words = r"needs 'label', \(batch, height, width\) integers"
    with pytest.raises(ValueError, match=words):
        gan(batch)


def test_a_single_photograph_is_refused(gan, batch):
    with pytest.raises(ValueError, match=r"single one goes in as image\[None"):
        gan.encode(batch["image"][0], instance=batch["instance"][:1])


def test_a_photograph_out_of_range_is_refused(gan, batch):
    with pytest.raises(ValueError, match=r"image must be in \[-1, 1\]"):
        gan.encode(batch["image"] * 255, instance=batch["instance"])


@pytest.mark.parametrize("name", ["features", "image"])
def test_features_for_a_model_without_are_refused(name):
    batch = small_batch()
    with pytest.raises(ValueError, match="for models with instance features"):
        small_gan().generate(batch["label"], **{name: batch["image"]})


def test_a_model_without_features_cannot_encode():
    with pytest.raises(ValueError, match="Only a model with instance features"):
        small_gan().encode(small_batch()["image"])


def with_encoder(encoder, **arguments):
    plain = small_gan()
    return Pix2PixHDGAN(
        plain.generator,
        plain.discriminator,
        CLASSES,
        feature_encoder=encoder,
        **arguments,
    )


def test_what_is_no_encoder_is_refused():
    words = "feature_encoder must be a built keras.Model of an image of 3 ch"
    with pytest.raises(ValueError, match=words):
        with_encoder(GlobalGenerator(3, filters=2, num_residual_blocks=0))
    with pytest.raises(ValueError, match=words):
        with_encoder("encoder")
    subclassed = keras.Model()
    subclassed.built = True
    with pytest.raises(ValueError, match=words):
        with_encoder(subclassed)
    with pytest.raises(ValueError, match=words):
        with_encoder(InstanceFeatureEncoder(input_channels=5, filters=2))


def test_an_unknown_thing_to_follow_is_refused():
    with pytest.raises(ValueError, match="Received: features_follow='edges'"):
        with_encoder(None, features_follow="edges")


def test_a_generator_without_room_for_features_is_refused():
    words = (
        r"generator must have 5 input channels: 3 label channels \+ 2 of "
        "features. Received: a generator with 3"
    )
    with pytest.raises(ValueError, match=words):
        with_encoder(featured_gan().feature_encoder)
