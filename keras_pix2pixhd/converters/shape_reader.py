"""Numbers of layers, read off the shapes of a state dict."""

import math


def listed(keys, most=6):
    """The first of many keys, for an error."""
    keys = list(keys)
    more = f" and {len(keys) - most} more" if len(keys) > most else ""
    return ", ".join(map(str, keys[:most])) + more


class ShapeReader:
    """Looks up shapes; what is missing is an error that names the key."""

    def __init__(self, shapes, source):
        self.shapes, self.source = shapes, source

    def kernel(self, key):
        shape = self.shapes.get(key)
        if shape is None or len(shape) != 4:
            raise ValueError(
                f"{self.source} must hold {key}, the kernel of a convolution "
                "with four axes. Received: "
                + ("no such key" if shape is None else f"the shape {shape}")
            )
        return shape

    def count(self, indices, form, first=0):
        """How many, counted from `first` without a gap."""
        found = set(indices)
        count = max(found, default=first - 1) + 1 - first
        if found and (min(found) < first or len(found) < count):
            lacking = first
            while lacking in found:
                lacking += 1
            raise ValueError(
                f"{self.source} must hold {form.format(lacking)}. Received: "
                f"no such key, but {form.format(max(found))}"
            )
        return count

    def halvings(self, filters):
        """Downsamplings of a sequence: each doubles the channels."""
        widest = max(
            [
                max(shape[:2])
                for key, shape in self.shapes.items()
                if key.startswith("model.") and shape[2:] == (3, 3)
            ],
            default=filters,
        )
        count = round(math.log2(max(widest, 1) / max(filters, 1)))
        if count < 0 or filters * 2**count != widest:
            raise ValueError(
                f"{self.source} must double its channels at every "
                f"downsampling. Received: {filters} filters at first, "
                f"{widest} channels where there are most"
            )
        return count

    def normalization(self):
        scales = any(
            key.endswith(".weight") and len(shape) == 1
            for key, shape in self.shapes.items()
        )
        return "batch" if scales else "instance"

    def dropout(self):
        """A dropout layer moves the second convolution of a block by one."""
        return any(
            key.endswith(".conv_block.6.weight") and len(shape) == 4
            for key, shape in self.shapes.items()
        )
