from keras_pix2pixhd.data.checking import value_tally
from keras_pix2pixhd.data.checking.value_tally import ValueTally


def test_pixels_and_files_add_up():
    tally = ValueTally()
    tally.add([(1, 2, 3), (4, 5, 6)], [10, 30])
    tally.add([(1, 2, 3)], [5])
    assert tally.most_common() == [((4, 5, 6), 30, 1), ((1, 2, 3), 15, 2)]
    assert len(tally) == 2 and tally.other_pixels == 0


def test_there_is_an_end_to_telling_values_apart(monkeypatch):
    monkeypatch.setattr(value_tally, "_DIFFERENT", 2)
    tally = ValueTally()
    tally.add([1, 2, 3, 4], [10, 20, 30, 40])
    tally.add([1, 3], [1, 1])
    assert tally.most_common() == [(2, 20, 1), (1, 11, 2)]
    assert tally.other_pixels == 71
