"""What a `Pix2PixHDGAN` does with instance features."""

import numpy as np
from keras import ops

from keras_pix2pixhd.layers import as_floats
from keras_pix2pixhd.models.batch_checks import check_range, checked_instance


class GANFeatures:
    """The part of `Pix2PixHDGAN` that encodes, takes and draws features."""

    @property
    def feature_channels(self):
        """Number of feature channels; 0 for a model without features."""
        return self.semantic_input.feature_channels

    @property
    def needs_instances(self):
        """Whether batches must have an instance map."""
        follows = self.feature_channels and self.features_follow == "instances"
        return bool(self.semantic_input.use_instance_edges or follows)

    def _with_features(self, batch, training):
        """Adds the features of the photograph where they are not given."""
        known = not isinstance(batch, dict) or "features" in batch
        if not self.feature_channels or known:
            return batch
        if "image" not in batch:
            raise ValueError(
                "A model with instance features must be told what to paint. "
                f"Received a batch with the keys {sorted(batch)}. "
                "Give it 'features', or a photograph as 'image'."
            )
        # JAX hands over NumPy arrays where it does not compile
        image = as_floats(ops.convert_to_tensor(batch["image"]))
        features = self.feature_encoder(
            [image, self._feature_ids(batch)], training=training
        )
        return {**batch, "features": features}

    def _feature_ids(self, batch):
        """What the features are averaged over: instances or classes."""
        key = "instance" if self.features_follow == "instances" else "label"
        ids = batch.get(key)
        if ids is None or len(ids.shape) != 3 or "float" in str(ids.dtype):
            received = "none"
            if ids is not None:
                received = f"{tuple(ids.shape)}, {ids.dtype}"
            raise ValueError(
                f"A model whose features follow {self.features_follow} needs "
                f"'{key}', (batch, height, width) integers. Received: "
                f"{key}.shape={received} in a batch with the keys "
                f"{sorted(batch)}."
            )
        return ops.cast(ids, "int32")

    def _chosen_features(self, batch, features, seed, image):
        """The `features` or `image` of what `generate` paints, as a dict."""
        given = [x is not None for x in (features, image)]
        if not self.feature_channels:
            if any(given):
                raise ValueError(
                    "features and image are for models with instance "
                    "features. Received them for a model without."
                )
            return {}
        if sum(given) != 1:
            raise ValueError(
                "A model with instance features needs either features, a map "
                "or FeatureClusters to draw from, or an image to take them "
                f"from. Received: {'both' if all(given) else 'neither'}."
            )
        if image is not None:
            return {"image": _photographs(image)}
        if hasattr(features, "sample"):
            features.check_fits(self)
            features = features.sample(
                batch["label"], batch.get("instance"), seed or 0
            )
        return {"features": self._checked_features(features, batch["label"])}

    def _checked_features(self, features, label):
        features = np.asarray(features)
        shape = (*label.shape[:3], self.feature_channels)
        real = features.dtype.kind in "fiu" and features.shape == shape
        if not real or not np.isfinite(features.astype("float32")).all():
            raise ValueError(
                "features must be finite floats of shape (batch, height, "
                f"width, {self.feature_channels}), here {shape}. Received: "
                f"features.shape={features.shape}, dtype={features.dtype}"
            )
        return features.astype("float32")

    def encode(self, image, label=None, instance=None):
        """The features of photographs.

        Args:
            image: `(batch, height, width, 3)`, uint8 in [0, 255] or floats
                in [-1, 1].
            label: `(batch, height, width)` class indices, where features
                follow labels.
            instance: `(batch, height, width)` ids, where they follow
                instances.

        Returns:
            NumPy array `(batch, height, width, feature_channels)`, float32
            in [-1, 1], constant on each instance.

        Raises:
            ValueError: if the model has no features, or what they follow is
                missing or of another size.
        """
        if not self.feature_channels:
            raise ValueError(
                "Only a model with instance features can encode. Received: a "
                "model with feature_encoder=None."
            )
        batch = {"image": _photographs(image)}
        given = label if self.features_follow == "labels" else instance
        key = "label" if self.features_follow == "labels" else "instance"
        if given is not None:
            batch[key] = checked_instance(given, batch["image"], key)
        return self.feature_encoder.predict_on_batch(
            [batch["image"], ops.convert_to_numpy(self._feature_ids(batch))]
        )


def _photographs(image):
    image = np.asarray(image)
    if image.ndim != 4 or image.shape[-1] != 3 or 0 in image.shape:
        raise ValueError(
            "image must be (batch, height, width, 3), none of them 0. "
            f"Received: image.shape={image.shape}. A single one goes in as "
            "image[None]."
        )
    image = ops.convert_to_numpy(as_floats(image))
    check_range(image, "image")
    return image.astype("float32")
