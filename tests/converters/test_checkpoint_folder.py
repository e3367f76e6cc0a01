"""Whole checkpoint folders to compiled models."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.converters import import_nvidia
from keras_pix2pixhd.data import CITYSCAPES, ClassTable
from keras_pix2pixhd.losses import BinaryCrossentropyLoss, LSGANLoss
from keras_pix2pixhd.models import GlobalGenerator, InstanceFeatureEncoder
from tests.converters.checkpoints import write_checkpoint, write_state
from tests.golden import loading

pytest.importorskip("torch")


def folder_with(tmp_path, options, cases=None, **arrays):
    """A checkpoint folder; `arrays` are state dicts for networks."""
    folder = write_checkpoint(tmp_path / "run", options, **(cases or {}))
    for network, state in arrays.items():
        write_state(state, folder / f"latest_net_{network}.pth")
    return folder


def imported(*arguments, **settings):
    reports = []
    gan = import_nvidia(*arguments, **settings, report=reports.append)
    return gan, reports


def generator_state(channels):
    """A generator of one convolution and one block, for any channels."""
    from keras_pix2pixhd.converters.save_networks import generator_state_dict

    return generator_state_dict(
        GlobalGenerator(
            channels, filters=2, num_downsamplings=0, num_residual_blocks=1
        )
    )


def encoder_state(features):
    from keras_pix2pixhd.converters.save_networks import encoder_state_dict

    return encoder_state_dict(
        InstanceFeatureEncoder(3, features, filters=2, num_downsamplings=1)
    )


@pytest.fixture
def golden(tmp_path):
    """5 classes, edges, both networks."""
    return folder_with(tmp_path, {}, {"G": "global", "D": "disc"})


def test_the_model_paints_the_references_image(golden):
    gan, reports = imported(golden)
    cases = loading.cases()
    batch = {key: cases[key] for key in ("label", "instance")}
    found = ops.convert_to_numpy(gan.predict_on_batch(batch))
    assert np.abs(found - cases["global_out"]).max() <= 1e-4
    assert [report.network for report in reports] == [
        "GlobalGenerator",
        "MultiscaleDiscriminator",
        "Pix2PixHDGAN",
    ]
    assert reports[-1].arguments == {
        "class_table": 5,
        "use_instance_edges": True,
        "features": "none",
    }


def test_the_model_is_compiled_as_the_reference_trains(golden):
    gan = import_nvidia(golden)
    assert gan.compiled and isinstance(gan.adversarial_loss, LSGANLoss)
    assert gan.weights_of_losses == {
        "adversarial": 1.0,
        "feature_matching": 10.0,
        "perceptual": 10.0,
    }
    for optimizer in (gan.generator_optimizer, gan.discriminator_optimizer):
        config = optimizer.get_config()
        assert config["learning_rate"] == pytest.approx(2e-4)
        assert (config["beta_1"], config["beta_2"]) == (0.5, 0.999)
        assert config["epsilon"] == 1e-8


def test_the_model_trains_and_is_saved(golden, tmp_path):
    gan = import_nvidia(golden)
    cases = loading.cases()
    batch = {key: cases[key] for key in ("label", "image", "instance")}
    logs = gan.train_on_batch(batch, return_dict=True)
    assert np.isfinite(list(map(float, logs.values()))).all()
    gan.save(tmp_path / "x.keras")
    loaded = keras.saving.load_model(tmp_path / "x.keras")
    assert loaded.class_table == 5


def test_what_a_run_changed_is_kept(tmp_path):
    changes = {
        "lr": 0.001,
        "beta1": 0.9,
        "lambda_feat": 4.0,
        "no_vgg_loss": True,
        "no_lsgan": True,
    }
    folder = folder_with(tmp_path, changes, {"G": "global", "D": "disc"})
    gan = import_nvidia(folder)
    assert gan.adversarial_loss.get_config() == {"from_logits": True}
    assert gan.weights_of_losses["feature_matching"] == 4.0
    assert gan.weights_of_losses["perceptual"] == 0.0
    config = gan.generator_optimizer.get_config()
    assert config["learning_rate"] == pytest.approx(1e-3)
    assert config["beta_1"] == 0.9


def test_scores_after_a_sigmoid_meet_their_loss(tmp_path):
    folder = folder_with(
        tmp_path,
        {"label_nc": 7, "no_instance": True, "no_lsgan": True,
         "no_ganFeat_loss": True},
        {"G": "global_batchnorm", "D": "disc_no_features_sigmoid"},
    )  # fmt: skip
    gan = import_nvidia(folder)
    assert gan.discriminator.output_activation == "sigmoid"
    assert isinstance(gan.adversarial_loss, BinaryCrossentropyLoss)
    assert not gan.adversarial_loss.from_logits
    assert gan.weights_of_losses["feature_matching"] == 0.0


def test_a_missing_discriminator_is_fresh(tmp_path):
    options = {"ndf": 2, "num_D": 1, "n_layers_D": 2}
    folder = folder_with(tmp_path, options, {"G": "global"})
    gan, reports = imported(folder)
    config = gan.discriminator.get_config()
    expected = {"filters": 2, "num_scales": 1, "num_layers": 2}
    assert expected.items() <= config.items()
    assert config["input_channels"] == 9
    notes = ("fresh weights: the folder has no latest_net_D.pth",)
    assert (reports[1].notes, reports[1].tensors) == (notes, 0)


def test_a_fresh_discriminator_has_the_references_defaults(tmp_path):
    folder = folder_with(tmp_path, None, G=generator_state(3))
    gan = import_nvidia(folder, class_table=3, use_instance_edges=False)
    config = gan.discriminator.get_config()
    expected = {"filters": 64, "num_scales": 2, "num_layers": 3}
    assert expected.items() <= config.items()


def test_another_epoch(golden):
    for name in ("G", "D"):
        path = golden / f"latest_net_{name}.pth"
        path.rename(golden / f"20_net_{name}.pth")
    assert import_nvidia(golden, epoch=20).compiled
    words = "hold latest_net_G.pth. .* with 20_net_D.pth, 20_net_G.pth"
    with pytest.raises(ValueError, match=words):
        import_nvidia(golden)


@pytest.mark.parametrize(
    "changes, follow",
    [
        ({"instance_feat": True}, "instances"),
        ({"label_feat": True}, "labels"),
        ({"instance_feat": True, "label_feat": True}, "labels"),
    ],
)
def test_features_of_the_options(tmp_path, changes, follow):
    options = {"label_nc": 4, "feat_num": 2, **changes}
    folder = folder_with(
        tmp_path, options, G=generator_state(7), E=encoder_state(2)
    )
    gan, reports = imported(folder)
    assert gan.features_follow == follow
    assert gan.feature_encoder.feature_channels == 2
    assert reports[1].network == "InstanceFeatureEncoder"
    assert gan.discriminator.input_channels == 8  # without features


def test_features_without_an_encoder_are_refused(tmp_path):
    options = {"label_nc": 3, "instance_feat": True}
    folder = folder_with(tmp_path, options, G=generator_state(7))
    words = "must hold latest_net_E.pth, the encoder .*without it"
    with pytest.raises(ValueError, match=words):
        import_nvidia(folder)


def test_no_classes_are_an_image(tmp_path):
    options = {"label_nc": 0, "input_nc": 3, "no_instance": True}
    folder = folder_with(tmp_path, options, G=generator_state(3))
    gan, reports = imported(folder)
    assert gan.class_table is None
    assert gan.semantic_input.label_channels == 3
    label = np.array([0, 51, 255], "uint8") * np.ones((1, 8, 8, 1), "uint8")
    expected = gan.generate((label / 127.5 - 1).astype("float32"))
    np.testing.assert_array_equal(gan.generate(label), expected)
    assert reports[-1].arguments["class_table"] is None
    assert any("from images of 3 channels" in n for n in reports[-1].notes)


def test_no_classes_can_be_given_as_0(tmp_path):
    folder = folder_with(tmp_path, {}, G=generator_state(3))
    given = {"use_instance_edges": False, "features": "none"}
    gan, _ = imported(folder, class_table=0, **given)
    assert gan.class_table is None
    assert gan.semantic_input.label_channels == 3


def test_an_image_of_other_channels_is_refused_by_its_sum(tmp_path):
    options = {"label_nc": 0, "input_nc": 2, "no_instance": True}
    folder = folder_with(tmp_path, options, G=generator_state(3))
    words = "must be 2 of the label image = 2. Received: weights with 3"
    with pytest.raises(ValueError, match=words):
        imported(folder)


@pytest.mark.parametrize(
    "dataroot, table",
    [("./datasets/cityscapes/", CITYSCAPES), ("./datasets/roads/", 35)],
)
def test_cityscapes_is_known_by_its_data_folder(tmp_path, dataroot, table):
    options = {"label_nc": 35, "dataroot": dataroot}
    folder = folder_with(tmp_path, options, G=generator_state(36))
    gan, reports = imported(folder)
    assert gan.class_table == table
    note = "classes: those of Cityscapes, by the name of the data folder"
    assert (note in reports[-1].notes) == (table is CITYSCAPES)


def test_what_is_given_wins(tmp_path):
    folder = folder_with(tmp_path, {"label_nc": 9}, G=generator_state(3))
    table = ClassTable(
        ["a", "b", "c"], [0, 1, 2], [(i, 0, 0) for i in range(3)]
    )
    gan, reports = imported(folder, class_table=table, use_instance_edges=False)
    assert gan.class_table == table
    assert reports[-1].notes == (
        "given: class_table, use_instance_edges",
        "from opt.txt: features",
    )


def test_without_options_everything_is_given(tmp_path):
    folder = folder_with(
        tmp_path, None, G=generator_state(7), E=encoder_state(3)
    )
    gan = import_nvidia(
        folder, class_table=3, use_instance_edges=True, features="labels"
    )
    assert gan.features_follow == "labels"


def test_what_nobody_says_is_asked_for(tmp_path):
    folder = folder_with(
        tmp_path, None, G=generator_state(7), E=encoder_state(3)
    )
    words = (
        "what the 7 input channels of the generator mean. Received: no "
        r"class_table, no features. Give class_table \(--classes\), features "
        r"\(--features none, instances or labels\)"
    )
    with pytest.raises(ValueError, match=words):
        import_nvidia(folder, use_instance_edges=True)


def test_without_options_and_encoder_there_are_no_features(tmp_path):
    folder = folder_with(tmp_path, None, G=generator_state(3))
    _, reports = imported(folder, class_table=2, use_instance_edges=True)
    note = "features: none, since the folder has no encoder"
    assert reports[-1].notes[-1] == note


def test_channels_that_do_not_add_up_are_refused(golden):
    words = (
        "latest_net_G.pth must be 4 of the classes \\+ 1 of the instance edges "
        "= 5. Received: weights with 6. Give the class_table"
    )
    with pytest.raises(ValueError, match=words):
        import_nvidia(golden, class_table=4)


def test_channels_of_the_discriminator_are_checked(tmp_path):
    folder = folder_with(
        tmp_path, {"label_nc": 6}, {"G": "global_batchnorm", "D": "disc"}
    )
    words = (
        "latest_net_D.pth must be 6 of the classes \\+ 1 of the instance edges "
        "\\+ 3 of the image = 10. Received: weights with 9"
    )
    with pytest.raises(ValueError, match=words):
        import_nvidia(folder)


def test_features_are_in_the_sum(tmp_path):
    folder = folder_with(
        tmp_path,
        {"label_nc": 3, "instance_feat": True},
        G=generator_state(7),
        E=encoder_state(2),
    )
    words = "edges \\+ 2 of the features = 6. Received: weights with 7"
    with pytest.raises(ValueError, match=words):
        import_nvidia(folder)


def test_unknown_features_are_refused(golden):
    with pytest.raises(ValueError, match="one of none, instances, labels"):
        import_nvidia(golden, features="colors")


@pytest.mark.parametrize(
    "options, words",
    [
        ({"label_nc": "many"}, "of channels. Received: label_nc='many'"),
        ({"lr": "low"}, "must be a number. Received: lr='low'"),
        ({"lr": "inf"}, "must be a finite number.*lr=inf, beta1=0.5"),
        ({"beta1": 2}, r"beta1 in .0, 1.. Received: lr=0.0002, beta1=2"),
        ({"ndf": 2.5}, "must be a whole number. Received: ndf=2.5"),
        ({"num_D": True}, "must be a whole number. Received: num_D=True"),
    ],
)
def test_options_that_are_no_number_are_refused(tmp_path, options, words):
    folder = folder_with(tmp_path, options, {"G": "global"})
    with pytest.raises(ValueError, match=words):
        import_nvidia(folder)


def test_missing_folder_is_refused(tmp_path):
    with pytest.raises(ValueError, match='existing folder. Received: ".*none"'):
        import_nvidia(tmp_path / "none")


def test_empty_folder_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"no \*_net_\*.pth file"):
        import_nvidia(tmp_path)


def test_an_epoch_of_another_folder_is_refused(golden):
    with pytest.raises(ValueError, match="a file's name begins with"):
        import_nvidia(golden, epoch="../other/latest")
