import pytest

from tests.golden import loading


def test_unknown_case_is_refused():
    with pytest.raises(KeyError, match="no case 'globe'"):
        loading.state_dict("globe")


def test_case_has_the_keys_of_torch():
    state = loading.state_dict("global")
    assert len(state) == 20
    assert state["model.1.weight"].shape == (4, 6, 7, 7)
