"""Differentiable augmentation of what a discriminator sees."""

import keras
from keras import ops

from keras_pix2pixhd.layers.image_variations import (
    DRAWS,
    color,
    cutout,
    translation,
)

_POLICIES = {
    "color": color,
    "translation": translation,
    "cutout": cutout,
}


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class DiffAugment(keras.layers.Layer):
    """Varies images, and the conditions beside them, differentiably.

    For training on few images: a discriminator that never sees the same
    image twice learns the few by heart much later. It must see real and
    generated images through the same variations, and the generator's
    gradient must flow through them. So the numbers are drawn first, once for
    each sample of a batch, and then applied as often as need be; two images
    under one draw stay comparable pixel by pixel.

    | policy | what it does |
    |---|---|
    | `color` | adds -0.5 to 0.5 to the image; scales its distance from the \
grey of each pixel by 0 to 2 (saturation), then that from its own mean by \
0.5 to 1.5 (contrast) |
    | `translation` | moves image and condition by up to an eighth of their \
height and width; what comes in is 0 |
    | `cutout` | sets a window of half the height and half the width to 0, \
in image and condition; its middle may lie anywhere in the image |

    Args:
        policy: str, some of these, each once, between commas; applied in
            that order. Default `"color,translation,cutout"`.
        seed: int or `None` (default: another one each time). Of the draws.

    Call arguments:
        image: `(batch, height, width, channels)` floats in [-1, 1].
        condition: floats of the same batch, height and width, or `None`
            (default). Colours do not touch it.

    Returns:
        The image, or `(image, condition)` where there is one: same shapes
        and dtypes; an image may leave [-1, 1].

    Raises:
        ValueError: if the policy is not one.

    Reference:
        [Zhao et al., 2020](https://arxiv.org/abs/2006.10738).

    Example: two images through the same variations.

    >>> augment = DiffAugment("color,cutout", seed=0)
    >>> draw = augment.draw(batch=1)
    >>> real, fake = np.ones((2, 1, 8, 8, 3), "float32")
    >>> pair = [augment.apply(draw, image)[0] for image in (real, fake)]
    >>> bool(keras.ops.all(pair[0] == pair[1]))
    True
    """

    def __init__(self, policy="color,translation,cutout", seed=None, **kwargs):
        super().__init__(**kwargs)
        parts = policy.split(",") if isinstance(policy, str) else [None]
        if not set(parts) <= set(_POLICIES) or len(set(parts)) < len(parts):
            raise ValueError(
                "policy must be some of color, translation and cutout, each "
                f"once, with commas between. Received: policy={policy!r}. "
                'All of it: "color,translation,cutout".'
            )
        self.policy = policy
        self.seed = seed
        self.parts = tuple(parts)
        self.seed_generator = keras.random.SeedGenerator(seed)

    def call(self, image, condition=None):
        varied = self.apply(self.draw(ops.shape(image)[0]), image, condition)
        return varied[0] if condition is None else varied

    def draw(self, batch):
        """Draws the numbers of a batch.

        Args:
            batch: int or scalar tensor, the number of samples.

        Returns:
            Dict of `(batch,)` float32 tensors in [0, 1), for `apply`.
        """
        names = [name for part in self.parts for name in DRAWS[part]]
        numbers = keras.random.uniform(
            (batch, len(names)), seed=self.seed_generator, dtype="float32"
        )
        return {name: numbers[:, i] for i, name in enumerate(names)}

    def apply(self, draw, image, condition=None):
        """Varies an image, and a condition beside it, by numbers drawn.

        Args:
            draw: what `draw` returned for this batch.
            image, condition: as for a call.

        Returns:
            `(image, condition)`; the second is `None` where it was.
        """
        for part in self.parts:
            image = _POLICIES[part](draw, image)
            if condition is not None and part != "color":
                condition = _POLICIES[part](draw, condition)
        return image, condition

    def compute_output_spec(self, image, condition=None):
        specs = tuple(
            keras.KerasTensor(x.shape, dtype=self.compute_dtype)
            for x in (image, condition)
            if x is not None
        )
        return specs[0] if condition is None else specs

    def save_own_variables(self, store):
        # Keras alone would leave out where the draws are
        store["draws"] = self.seed_generator.state

    def load_own_variables(self, store):
        self.seed_generator.state.assign(store["draws"])

    def get_config(self):
        return {
            **super().get_config(),
            "policy": self.policy,
            "seed": self.seed,
        }
