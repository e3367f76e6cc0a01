import numpy as np
import pytest

from keras_pix2pixhd.features import FeatureClusters
from tests.featured_gan import FEATURES, featured_gan
from tests.small_gan import small_batch

STYLES = np.linspace(-1, 1, 5 * FEATURES).reshape(5, FEATURES)


def clusters(follow="instances"):
    return FeatureClusters([STYLES] * 3, 3, follow)


@pytest.mark.parametrize("follow", ["instances", "labels"])
def test_generate_draws_from_them(follow):
    gan = featured_gan(follow=follow)
    batch = small_batch(instance=True)
    maps = batch["label"], batch["instance"]
    images = gan.generate(*maps, features=clusters(follow), seed=4)
    drawn = clusters(follow).sample(*maps, seed=4)
    np.testing.assert_array_equal(images, gan.generate(*maps, features=drawn))
    other = gan.generate(*maps, features=clusters(follow), seed=5)
    assert (images != other).any()


def test_generate_refuses_those_of_another_model():
    batch = small_batch(instance=True)
    with pytest.raises(ValueError, match="labels of the features, instances"):
        featured_gan().generate(
            batch["label"], batch["instance"], features=clusters("labels")
        )
