from tests.small_gan import compiled_gan, small_batch


class Network:
    """What notes the images that it is calibrated by."""

    calibrated = False

    def calibrate(self, images):
        self.calibrated, self.images = True, images


def test_the_first_images_calibrate_and_later_ones_do_not():
    gan = compiled_gan()
    gan.perceptual_network = network = Network()
    first, later = small_batch(seed=1), small_batch(seed=2)
    gan.calibrate(first)
    gan.calibrate(later)
    assert (network.images == first["image"]).all()


def test_without_a_perceptual_network_there_is_nothing_to_do():
    gan = compiled_gan()
    assert gan.calibrate(small_batch()) is None
