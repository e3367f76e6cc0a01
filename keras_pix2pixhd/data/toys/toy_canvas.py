import numpy as np

# The canvas in design units: 10 to a pixel at 64 high and 96 wide.
WIDTH, HEIGHT = 960, 640


class ToyCanvas:
    """An image, a label map and an instance map that are painted together.

    Shapes are given in design units, x from 0 to 960, y downwards from 0 to
    640, and stretched to the size of the canvas. All arithmetic is on
    integers and a pixel belongs to a shape if its centre does, so that a
    drawing is the same on every machine.

    Args:
        image_size: `(height, width)` in pixels.
    """

    def __init__(self, image_size):
        self.height, self.width = image_size
        self.image = np.zeros((*image_size, 3), "uint8")
        self.label = np.zeros(image_size, "uint8")
        self.instance = np.zeros(image_size, "int32")
        # Centres in design units times width (x) and times height (y).
        self._x = (2 * np.arange(self.width)[None] + 1) * (WIDTH // 2)
        self._y = (2 * np.arange(self.height)[:, None] + 1) * (HEIGHT // 2)

    def polygon(self, points):
        """Returns the mask of a polygon, a list of (x, y), even-odd filled."""
        corners = [(x * self.width, y * self.height) for x, y in points]
        mask = np.zeros(self.label.shape, bool)
        for (x1, y1), (x2, y2) in zip(
            corners, corners[1:] + corners[:1], strict=True
        ):
            if y1 > y2:
                x1, y1, x2, y2 = x2, y2, x1, y1
            rows = (y1 <= self._y) & (self._y < y2)
            left = (self._x - x1) * (y2 - y1) < (x2 - x1) * (self._y - y1)
            mask ^= rows & left
        return mask

    def box(self, x1, y1, x2, y2):
        """Returns the mask of a rectangle."""
        columns = (x1 * self.width <= self._x) & (self._x < x2 * self.width)
        rows = (y1 * self.height <= self._y) & (self._y < y2 * self.height)
        return rows & columns

    def disc(self, x, y, radius):
        """Returns the mask of a disc."""
        across = (self._x - x * self.width) * self.height
        down = (self._y - y * self.height) * self.width
        return across**2 + down**2 <= (radius * self.width * self.height) ** 2

    def vertical_gradient(self, top, bottom, y1, y2):
        """Returns colours `(height, 1, 3)`, `top` at y1 to `bottom` at y2."""
        span = (y2 - y1) * self.height
        way = (self._y - y1 * self.height).clip(0, span)[..., None]
        top, bottom = np.array(top), np.array(bottom)
        return (top * (span - way) + bottom * way) // span

    def paint(self, mask, color):
        """Colours the image, and leaves label and instance alone."""
        color = np.broadcast_to(np.asarray(color, "uint8"), self.image.shape)
        self.image[mask] = color[mask]

    def place(self, mask, color, label, instance):
        """Colours the image and marks the object in both maps."""
        self.paint(mask, color)
        self.label[mask] = label
        self.instance[mask] = instance
