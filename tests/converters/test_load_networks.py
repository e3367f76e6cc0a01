"""What the loaders report, ignore and refuse.

That the networks compute the reference's numbers is tested by
`tests/golden/test_networks.py`.
"""

import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.converters import (
    load_nvidia_discriminator,
    load_nvidia_encoder,
    load_nvidia_generator,
)
from tests.converters.checkpoints import write_options, write_state
from tests.golden import loading


def reported(load, source, **arguments):
    reports = []
    network = load(source, report=reports.append, **arguments)
    assert len(reports) == 1
    return network, reports[0]


def values(network):
    return [ops.convert_to_numpy(variable) for variable in network.weights]


def assert_equal_weights(found, expected):
    for one, other in zip(values(found), values(expected), strict=True):
        np.testing.assert_array_equal(one, other)


def test_the_report_counts_tensors_and_numbers():
    state = loading.state_dict("global")
    network, report = reported(load_nvidia_generator, state)
    assert report.source == "The state dict"
    assert report.network == "GlobalGenerator"
    assert report.arguments.items() <= network.get_config().items()
    # 10 kernels and the bias of the last; 9 other biases are idle
    assert report.tensors == 11
    idle = [key for key in state if key.endswith(".bias")][:-1]
    numbers = sum(x.size for key, x in state.items() if key not in idle)
    assert report.numbers == numbers == network.count_params()
    assert list(report.ignored.values()) == [idle]
    assert report.missing == {} and report.notes == ()


def test_old_running_statistics_are_reported():
    state = loading.state_dict("global_old_running_stats")
    _, report = reported(load_nvidia_generator, state)
    reason, keys = list(report.ignored.items())[1]
    assert "torch before 0.4" in reason
    assert keys == [key for key in state if "running" in key]


def test_counters_of_batch_normalization_are_reported():
    state = loading.state_dict("disc_batchnorm")
    _, report = reported(load_nvidia_discriminator, state)
    assert list(report.ignored) == [
        "counters of a batch normalization, which nothing reads"
    ]
    assert len(next(iter(report.ignored.values()))) == 6


def test_idle_biases_may_be_missing():
    state = loading.state_dict("local")
    expected, before = reported(load_nvidia_generator, state)
    idle = next(iter(before.ignored.values()))
    for key in idle:
        del state[key]
    network, report = reported(load_nvidia_generator, state)
    assert list(report.missing.values()) == [idle] and report.ignored == {}
    assert_equal_weights(network, expected)


def test_counters_may_be_missing():
    state = {
        key: value
        for key, value in loading.state_dict("global_batchnorm").items()
        if not key.endswith("num_batches_tracked")
    }
    _, report = reported(load_nvidia_generator, state)
    assert [len(keys) for keys in report.missing.values()] == [7]


def test_prefixes_of_data_parallel_are_taken_off():
    state = loading.state_dict("global")
    prefixed = {f"module.{key}": value for key, value in state.items()}
    assert_equal_weights(
        load_nvidia_generator(prefixed), load_nvidia_generator(state)
    )


def test_tensors_of_torch_are_taken():
    torch = pytest.importorskip("torch")
    state = loading.state_dict("encoder")
    tensors = {key: torch.from_numpy(value) for key, value in state.items()}
    assert_equal_weights(
        load_nvidia_encoder(tensors), load_nvidia_encoder(state)
    )


@pytest.mark.parametrize(
    "file, case",
    [
        ("global_G.pth", "global"),
        ("local_2_enhancers_G.pth", "local_2_enhancers"),
    ],
)
def test_files_give_the_same_network(file, case):
    pytest.importorskip("torch")
    path = loading.FOLDER / file
    network, report = reported(load_nvidia_generator, path)
    assert report.source == str(path)
    expected = load_nvidia_generator(loading.state_dict(case))
    assert network.get_config() | {"name": ""} == expected.get_config() | {
        "name": ""
    }
    assert_equal_weights(network, expected)


def test_dropout_is_between_the_same_convolutions():
    state = loading.state_dict("global")
    moved = {
        key.replace("conv_block.5", "conv_block.6"): value
        for key, value in state.items()
    }
    network = load_nvidia_generator(moved)
    assert network.get_config()["dropout"] == 0.5
    assert_equal_weights(network, load_nvidia_generator(state))


def test_key_left_over_is_refused():
    state = {**loading.state_dict("global"), "model.99.weight": np.ones(1)}
    words = "The state dict must hold exactly.*left over: model.99.weight"
    with pytest.raises(ValueError, match=words):
        load_nvidia_generator(state)


def test_missing_key_is_refused():
    state = loading.state_dict("global")
    del state["model.4.weight"]
    with pytest.raises(ValueError, match="without model.4.weight"):
        load_nvidia_generator(state)


def test_missing_statistics_of_batch_normalization_are_refused():
    state = loading.state_dict("global_batchnorm")
    del state["model.5.running_var"]
    with pytest.raises(ValueError, match="without model.5.running_var"):
        load_nvidia_generator(state)


def test_other_shape_is_refused():
    state = loading.state_dict("global")
    state["model.4.weight"] = np.ones((8, 5, 3, 3))
    words = r"model.4.weight of \(8, 5, 3, 3\) in place of \(8, 4, 3, 3\)"
    with pytest.raises(ValueError, match=words):
        load_nvidia_generator(state)


def test_idle_bias_of_another_shape_is_refused():
    state = loading.state_dict("global")
    state["model.1.bias"] = np.ones(5)
    words = r"model.1.bias of \(5,\) in place of \(4,\)"
    with pytest.raises(ValueError, match=words):
        load_nvidia_generator(state)


def test_enhancer_of_another_width_is_refused():
    state = loading.state_dict("local")
    state["model1_1.1.weight"] = np.ones((5, 6, 7, 7))
    with pytest.raises(ValueError, match="shapes that differ: model.1.weight"):
        load_nvidia_generator(state)


def test_everything_wrong_is_named_at_once():
    state = {**loading.state_dict("disc"), "extra": np.ones(1)}
    del state["scale0_layer4.0.bias"]
    state["scale1_layer2.0.weight"] = np.ones((1, 1, 4, 4))
    words = "without scale0_layer4.0.bias; .*: extra; .*: scale1_layer2.0.wei"
    with pytest.raises(ValueError, match=words):
        load_nvidia_discriminator(state)


def test_many_keys_are_not_all_named():
    state = loading.state_dict("disc_batchnorm")
    state = {k: v for k, v in state.items() if not k.endswith("running_var")}
    state |= {f"extra{i}": np.ones(1) for i in range(9)}
    with pytest.raises(ValueError, match="extra5 and 3 more"):
        load_nvidia_discriminator(state)


def test_discriminator_for_a_generator_is_refused():
    words = "keys of a discriminator, .*load_nvidia_discriminator reads it"
    with pytest.raises(ValueError, match=words):
        load_nvidia_generator(loading.state_dict("disc"))


def activation(source, **arguments):
    network, report = reported(load_nvidia_discriminator, source, **arguments)
    return network.output_activation, report


def test_sigmoid_can_be_given():
    state = loading.state_dict("disc_no_features_sigmoid")
    assert activation(state)[0] is None
    assert activation(state, output_activation="sigmoid")[0] == "sigmoid"


@pytest.mark.parametrize(
    "case, no_lsgan, expected, words",
    [
        ("disc_no_features_sigmoid", True, "sigmoid", "opt.txt says no_lsgan"),
        ("disc_no_features_sigmoid", False, None, ""),
        ("disc", True, None, "the reference leaves the sigmoid out"),
        ("disc", False, None, ""),
    ],
)
def test_sigmoid_of_the_options_beside_a_file(
    tmp_path, case, no_lsgan, expected, words
):
    pytest.importorskip("torch")
    path = write_state(loading.state_dict(case), tmp_path / "latest_net_D.pth")
    write_options(tmp_path / "opt.txt", no_lsgan=no_lsgan)
    found, report = activation(path)
    assert found == expected
    assert words in " ".join(report.notes)
    assert bool(report.notes) == bool(words)


def test_file_without_options_has_no_sigmoid(tmp_path):
    pytest.importorskip("torch")
    state = loading.state_dict("disc_no_features_sigmoid")
    found, report = activation(write_state(state, tmp_path / "D.pth"))
    assert found is None and report.notes == ()
