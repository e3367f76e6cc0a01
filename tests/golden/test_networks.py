"""Every network of the reference against ours: the same numbers.

The largest absolute difference that is allowed is 1e-4; `python -m pytest
tests/golden/test_networks.py -rP` prints what it is.
"""

import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.converters import (
    load_nvidia_discriminator,
    load_nvidia_encoder,
    load_nvidia_generator,
)
from tests.golden import loading

TOLERANCE = 1e-4


@pytest.fixture(scope="module")
def cases():
    return loading.cases()


def check(name, found, expected):
    difference = np.abs(ops.convert_to_numpy(found) - expected).max()
    print(f"{name}: largest difference {difference:.1e}")
    assert difference <= TOLERANCE


@pytest.mark.parametrize(
    "case, seen, painted",
    [
        ("global", None, "global_out"),
        ("local", None, "local_out"),
        ("train_end_G", None, "train_end_out"),
        ("global_batchnorm", "x7", "global_batchnorm_out"),
        ("global_old_running_stats", "x7", "global_old_running_stats_out"),
        ("local_2_enhancers", "z10", "local_2_enhancers_out"),
    ],
)
def test_a_generator_paints_the_references_image(cases, case, seen, painted):
    network = load_nvidia_generator(loading.state_dict(case))
    x = loading.network_input(cases) if seen is None else cases[seen]
    check(case, network(x, training=False), cases[painted])


def test_the_encoder_gives_the_references_features(cases):
    network = load_nvidia_encoder(loading.state_dict("encoder"))
    found = network([cases["image"], cases["instance"]], training=False)
    check("encoder", found, cases["encoder_out"])


def judged(cases, case):
    parts = {
        "disc": lambda: [loading.network_input(cases), cases["image"]],
        "disc_3_scales_2_layers": lambda: [cases["z10"], cases["img"]],
    }.get(case, lambda: [cases["x7"], cases["img"][:, :, :40]])
    return np.concatenate(parts(), axis=-1)


@pytest.mark.parametrize(
    "case, kind",
    [
        ("disc", "feat"),
        ("disc_batchnorm", "map"),
        ("disc_3_scales_2_layers", "map"),
    ],
)
def test_a_discriminator_gives_the_references_maps(cases, case, kind):
    network = load_nvidia_discriminator(loading.state_dict(case))
    compared = 0
    scales = network(judged(cases, case), training=False)
    for level, maps in enumerate(scales):
        for i, found in enumerate(maps):
            name = f"{case}_level{level}_{kind}{i}"
            check(name, found, cases[name])
            compared += 1
    assert compared == sum(key.startswith(f"{case}_level") for key in cases)


def test_scores_after_a_sigmoid_are_the_references(cases):
    case = "disc_no_features_sigmoid"  # of which the reference kept no maps
    network = load_nvidia_discriminator(
        loading.state_dict(case), output_activation="sigmoid"
    )
    scales = network(judged(cases, case), training=False)
    assert len(scales) == 2
    for level, maps in enumerate(scales):
        name = f"{case}_level{level}_map0"
        check(name, maps[-1], cases[name])
