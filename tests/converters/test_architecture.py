"""Networks inferred from keys and shapes alone."""

import numpy as np
import pytest

from keras_pix2pixhd.converters.architecture import infer
from keras_pix2pixhd.models import (
    GlobalGenerator,
    InstanceFeatureEncoder,
    LocalEnhancer,
    MultiscaleDiscriminator,
)
from tests.golden import loading

# in the order of the reference's defaults: 35 classes and edges
DEFAULT_GLOBAL = {
    "model.1.weight": (64, 36, 7, 7),
    "model.4.weight": (128, 64, 3, 3),
    "model.7.weight": (256, 128, 3, 3),
    "model.10.weight": (512, 256, 3, 3),
    "model.13.weight": (1024, 512, 3, 3),
    **{
        f"model.{i}.conv_block.{j}.weight": (1024, 1024, 3, 3)
        for i in range(16, 25)
        for j in (1, 5)
    },
    "model.25.weight": (1024, 512, 3, 3),
    "model.28.weight": (512, 256, 3, 3),
    "model.31.weight": (256, 128, 3, 3),
    "model.34.weight": (128, 64, 3, 3),
    "model.38.weight": (3, 64, 7, 7),
}
GENERATOR = {
    "output_channels": 3,
    "filters": 4,
    "normalization": "instance",
    "dropout": 0.0,
}


def shapes_of(case):
    return {k: np.shape(v) for k, v in loading.state_dict(case).items()}


def inferred(shapes, wanted="generator"):
    return infer(shapes, wanted, "x.pth")


def test_default_generator():
    network, arguments, style = inferred(DEFAULT_GLOBAL)
    assert network is GlobalGenerator
    assert arguments == {
        "input_channels": 36,
        "output_channels": 3,
        "filters": 64,
        "num_downsamplings": 4,
        "num_residual_blocks": 9,
        "normalization": "instance",
        "dropout": 0.0,
    }
    assert style == {"dropout": False}


@pytest.mark.parametrize(
    "case, expected",
    [
        (
            "local",
            {
                "input_channels": 6,
                "num_enhancers": 1,
                "num_local_residual_blocks": 1,
                "num_global_downsamplings": 2,
                "num_global_residual_blocks": 2,
            },
        ),
        (
            "local_2_enhancers",
            {
                "input_channels": 10,
                "num_enhancers": 2,
                "num_local_residual_blocks": 1,
                "num_global_downsamplings": 2,
                "num_global_residual_blocks": 1,
            },
        ),
    ],
)
def test_local_enhancers(case, expected):
    network, arguments, _ = inferred(shapes_of(case))
    assert network is LocalEnhancer
    assert arguments == {**GENERATOR, **expected}


def test_batch_normalization():
    _, arguments, _ = inferred(shapes_of("global_batchnorm"))
    assert arguments["normalization"] == "batch"
    assert arguments["dropout"] == 0.0  # its conv_block.6 is a normalization


def test_old_running_statistics_are_no_batch_normalization():
    _, arguments, _ = inferred(shapes_of("global_old_running_stats"))
    assert arguments["normalization"] == "instance"


def with_dropout(shapes):
    """What a class that passes `use_dropout` on would save."""
    moves = {"conv_block.5.": "conv_block.6.", "conv_block.6.": "conv_block.7."}
    found = {}
    for key, shape in shapes.items():
        for old, new in moves.items():
            if old in key:
                key = key.replace(old, new)
                break
        found[key] = shape
    return found


@pytest.mark.parametrize("case", ["global", "global_batchnorm", "local"])
def test_dropout(case):
    _, arguments, style = inferred(with_dropout(shapes_of(case)))
    assert arguments["dropout"] == 0.5 and style == {"dropout": True}


def test_encoder():
    network, arguments, style = inferred(shapes_of("encoder"), "encoder")
    assert network is InstanceFeatureEncoder
    assert arguments == {
        "input_channels": 3,
        "feature_channels": 3,
        "filters": 4,
        "num_downsamplings": 2,
        "normalization": "instance",
    }
    assert style == {}


def test_generator_without_blocks_is_none_if_it_sees_more_than_a_photograph():
    shapes = shapes_of("encoder")
    assert inferred(shapes, "encoder")[0] is InstanceFeatureEncoder
    shapes["model.1.weight"] = (4, 6, 7, 7)
    network, arguments, _ = inferred(shapes)
    assert network is GlobalGenerator
    assert arguments["num_residual_blocks"] == 0


@pytest.mark.parametrize(
    "case, expected",
    [
        ("disc", {"input_channels": 9}),
        ("disc_batchnorm", {"input_channels": 10, "normalization": "batch"}),
        ("disc_no_features_sigmoid", {"input_channels": 10}),
        (
            "disc_3_scales_2_layers",
            {"input_channels": 13, "num_scales": 3, "num_layers": 2},
        ),
    ],
)
def test_discriminators(case, expected):
    network, arguments, style = inferred(shapes_of(case), "discriminator")
    assert network is MultiscaleDiscriminator
    assert arguments == {
        "filters": 4,
        "num_layers": 3,
        "num_scales": 2,
        "normalization": "instance",
        **expected,
    }
    assert style == {"feature_matching": "no_features" not in case}


@pytest.mark.parametrize(
    "case, wanted, loader",
    [
        ("disc", "generator", "discriminator"),
        ("disc_no_features_sigmoid", "generator", "discriminator"),
        ("encoder", "generator", "encoder"),
        ("global", "discriminator", "generator"),
        ("local", "encoder", "generator"),
        ("global", "encoder", "generator"),
        ("encoder", "discriminator", "encoder"),
    ],
)
def test_another_kind_names_its_loader(case, wanted, loader):
    words = (
        f"x.pth must hold a {wanted}.*Received: the keys of a {loader}, .*"
        f"load_nvidia_{loader} reads it"
    )
    with pytest.raises(ValueError, match=words):
        inferred(shapes_of(case), wanted)


@pytest.mark.parametrize("wanted", ["generator", "encoder", "discriminator"])
def test_other_networks_are_refused(wanted):
    shapes = {"conv1.weight": (64, 3, 7, 7), "layer1.0.conv1.weight": (1,)}
    words = f"hold a {wanted} .*whose first key.*Received the keys conv1.weight"
    with pytest.raises(ValueError, match=words):
        inferred(shapes, wanted)


@pytest.mark.parametrize(
    "change, words",
    [
        (("model.1.weight", None), "hold model.1.weight.*no such key"),
        (("model.1.weight", (64, 36)), r"four axes. .*the shape \(64, 36\)"),
        (("model.38.weight", None), "hold model.38.weight"),
        (("model.1.weight", (48, 36, 7, 7)), "48 filters at first, 1024"),
    ],
)
def test_what_a_network_cannot_be_made_of_is_refused(change, words):
    shapes = dict(DEFAULT_GLOBAL)
    key, shape = change
    if shape is None:
        del shapes[key]
    else:
        shapes[key] = shape
    with pytest.raises(ValueError, match=words):
        inferred(shapes)


def test_block_that_is_missing_is_named():
    shapes = {
        key: shape
        for key, shape in DEFAULT_GLOBAL.items()
        if not key.startswith("model.18.")
    }
    words = "hold model.18.conv_block. .*but model.24.conv_block"
    with pytest.raises(ValueError, match=words):
        inferred(shapes)


def test_scale_that_is_missing_is_named():
    shapes = {
        key: shape
        for key, shape in shapes_of("disc_3_scales_2_layers").items()
        if not key.startswith("scale1_")
    }
    with pytest.raises(ValueError, match="hold scale1_layer0.*scale2_layer0"):
        inferred(shapes, "discriminator")


def test_index_of_a_million_is_refused():
    shapes = {**DEFAULT_GLOBAL, "model.1000000.conv_block.1.weight": (1,)}
    with pytest.raises(ValueError, match="hold model.25.conv_block"):
        inferred(shapes)


def test_discriminator_without_layers_is_refused():
    shapes = {
        "scale0_layer0.0.weight": (4, 9, 4, 4),
        "scale0_layer1.0.weight": (1, 4, 4, 4),
    }
    with pytest.raises(ValueError, match="at least one layer and the scores"):
        inferred(shapes, "discriminator")
