from keras_pix2pixhd.export.serving_generator import ServingGenerator
from tests.small_gan import small_gan


def test_of_a_model_that_averages_the_average_is_exported():
    gan = small_gan(ema_decay=0.9)
    serving = ServingGenerator(gan, None, False)
    assert serving.generator is gan.averaged_generator
    gan = small_gan()
    assert ServingGenerator(gan, None, False).generator is gan.generator
