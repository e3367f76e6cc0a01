import numpy as np

from keras_pix2pixhd.data.checking.instance_facts import instance_facts

INSTANCE = np.array([[0, 0, 26001], [0, 7, 26001]], "int32")


def test_numbers_and_pixels():
    facts = instance_facts(INSTANCE)
    assert facts.numbers.tolist() == [0, 7, 26001]
    assert facts.pixels.tolist() == [3, 1, 2]
    assert facts.crossing == 0


def test_an_instance_of_two_classes_crosses():
    label = np.array([[1, 1, 0], [0, 1, 0]], "uint8")
    facts = instance_facts(INSTANCE, label, classes=2)
    assert facts.crossing == 1
    assert facts.pixels.tolist() == [3, 1, 2]


def test_void_is_no_class_to_cross_into():
    label = np.array([[1, 1, 0], [255, 1, 255]], "uint8")
    assert instance_facts(INSTANCE, label, classes=2).crossing == 0


def test_numbers_below_zero_and_large_classes():
    instance = np.array([[-3, -3, 2**30]], "int32")
    label = np.array([[400, 300, 65535]], "int32")
    facts = instance_facts(instance, label, classes=500)
    assert facts.numbers.tolist() == [-3, 2**30]
    assert (facts.pixels.tolist(), facts.crossing) == ([2, 1], 1)
