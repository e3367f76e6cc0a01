from keras_pix2pixhd.curves.differences import differences


def test_only_what_is_not_the_same_in_all_is_told():
    runs = [
        {"a": 1, "b": [64, 96]},
        {"a": 1, "b": [64, 64]},
        {"a": 1, "b": None},
    ]
    assert differences(runs) == {"b": ["[64, 96]", "[64, 64]", "null"]}


def test_whole_numbers_are_the_same_with_a_point():
    assert differences([{"zoom": 1}, {"zoom": 1.0}]) == {}


def test_a_setting_that_one_of_them_lacks_differs():
    assert differences([{"a": "x"}, {"a": "x", "b": "y"}]) == {"b": ["–", "y"]}


def test_a_run_of_unknown_settings_does_not_make_the_others_differ():
    assert differences([{}, {"a": 1, "b": 2}, {"a": 1, "b": 3}]) == {
        "b": ["–", "2", "3"]
    }
    assert differences([{}, {"a": 1}]) == differences([{}]) == {}
