import pickle

import numpy as np
import pytest

from keras_pix2pixhd.metrics import ImageMean, l1


def grey(*levels):
    return np.array(levels, "uint8")[:, None, None, None] * np.ones(
        (1, 2, 2, 3), "uint8"
    )


def test_the_mean_over_images_not_over_batches():
    mean = ImageMean(l1, "l1")
    black = grey(0, 0, 0)
    assert mean.update_state(grey(1), black[:1]).tolist() == [1.0]
    mean.update_state(grey(2, 6), black[:2])
    assert mean.result() == 3.0
    assert mean.values.tolist() == [1.0, 2.0, 6.0]


def test_it_is_added_up_exactly():
    values = iter([[1e16], [1.0, 1.0], [-1e16, 2.0]])
    counts = [[0], [0, 0], [0, 0]]
    mean = ImageMean(lambda generated, real: next(values), "x")
    for _ in range(3):
        mean.update_state(grey(*counts[0]), grey(*counts.pop(0)))
    assert mean.result() == 4 / 5


@pytest.mark.parametrize("values", [0.5, [1.0], np.ones((4, 2))])
def test_a_function_gives_each_image_a_number(values):
    mean = ImageMean(lambda generated, real: values, "mine")
    words = r"The function of mine must .* number for each of the 4 images, "
    with pytest.raises(ValueError, match=words + r"\(4,\). Received: shape"):
        mean.update_state(grey(1, 2, 3, 4), grey(0, 0, 0, 0))
    assert len(mean.values) == 0


def test_the_others_are_a_list():
    words = r"must be a list. Received: ImageMean. Pass \[other\] for a"
    with pytest.raises(ValueError, match=words):
        ImageMean(l1, "l1").merge_state(ImageMean(l1, "l1"))


def test_workers_are_merged_and_pickled():
    one, other = ImageMean(l1, "l1"), ImageMean(l1, "l1")
    one.update_state(grey(1), grey(0))
    other.update_state(grey(5, 9), grey(0, 0))
    one.merge_state([pickle.loads(pickle.dumps(other)), ImageMean(l1, "l1")])
    assert one.result() == 5.0
    assert one.values.tolist() == [1.0, 5.0, 9.0]


def test_another_key_is_not_merged():
    words = r"the same arguments. Received: ImageMean\(l1\) and ImageMean\(ssim"
    with pytest.raises(ValueError, match=words):
        ImageMean(l1, "l1").merge_state([ImageMean(l1, "ssim")])
    with pytest.raises(ValueError, match=r"Received: ImageMean\(l1\) and str"):
        ImageMean(l1, "l1").merge_state(["l1"])


def test_reset_state_and_no_image():
    mean = ImageMean(l1, "l1")
    mean.update_state(grey(1), grey(0))
    mean.reset_state()
    with pytest.raises(ValueError, match="mean of l1 needs at least one im"):
        mean.result()
