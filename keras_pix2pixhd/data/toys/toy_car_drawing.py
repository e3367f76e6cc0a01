"""A toy car, seen from its side."""

from keras_pix2pixhd.data.toys.toy_drawing import BODY, LIGHT, WHEEL, WINDOW


def draw_car(canvas, shape, paint, left, road, length, faces_left, instance):
    """Draws a car.

    Args:
        canvas: The `ToyCanvas`.
        shape: A `ToyCarShape`.
        paint: Its colour, `(red, green, blue)` in [0, 255].
        left: Its left end, in design units, as are `road`, where the wheels
            stand, and `length`.
        faces_left: Whether its front is to the left.
        instance: The first number to use for its parts.

    Returns:
        The first number after those of its parts.
    """
    pen = _Pen(canvas, left, road, length, faces_left)
    shadow = pen.band(30, -26, 970, 30)
    canvas.paint(shadow, (62, 62, 68))
    body = pen.polygon(shape.body)
    _draw_body(pen, shape, paint, body, instance)
    for x in shape.wheels:
        arch = pen.disc(x, shape.wheel_radius, shape.wheel_radius + 26)
        canvas.paint(arch & body, (30, 30, 34))
    for points in shape.windows:
        instance += 1
        top = max(y for _, y in points)
        glass = pen.gradient((148, 190, 214), (58, 86, 108), top, shape.belt)
        canvas.place(pen.polygon(points), glass, WINDOW, instance)
    lights = (
        (shape.head_light, (255, 240, 170)),
        (shape.tail_light, (222, 30, 36)),
    )
    for points, color in lights:
        instance += 1
        canvas.place(pen.polygon(points), color, LIGHT, instance)
    for x in shape.wheels:
        instance += 1
        _draw_wheel(pen, x, shape.wheel_radius, instance)
    return instance + 1


class _Pen:
    """Makes masks of a canvas from a car's own coordinates."""

    def __init__(self, canvas, left, road, length, faces_left):
        self.canvas = canvas
        self.left, self.road, self.length = left, road, length
        self.faces_left = faces_left

    def at(self, x, y):
        x = 1000 - x if self.faces_left else x
        return (
            self.left + x * self.length // 1000,
            self.road - y * self.length // 1000,
        )

    def polygon(self, points):
        return self.canvas.polygon([self.at(x, y) for x, y in points])

    def band(self, x1, y1, x2, y2):
        return self.polygon([(x1, y1), (x2, y1), (x2, y2), (x1, y2)])

    def disc(self, x, y, radius):
        return self.canvas.disc(*self.at(x, y), radius * self.length // 1000)

    def gradient(self, top_color, bottom_color, top, bottom):
        return self.canvas.vertical_gradient(
            top_color, bottom_color, self.at(0, top)[1], self.at(0, bottom)[1]
        )


def _draw_body(pen, shape, paint, body, instance):
    light = [channel + (255 - channel) * 3 // 10 for channel in paint]
    dark = [channel * 6 // 10 for channel in paint]
    metal = pen.gradient(light, dark, max(y for _, y in shape.body), 60)
    pen.canvas.place(body, metal, BODY, instance)
    belt = shape.belt
    door = max(x for x, _ in shape.windows[-2]) + 4
    belt_line = pen.band(0, belt - 30, 1000, belt - 12)
    gap_of_door = pen.band(door, 90, door + 18, belt)
    handle = pen.band(door + 45, belt - 62, door + 95, belt - 44)
    sill = pen.band(0, 0, 1000, 100)
    pen.canvas.paint(belt_line & body, light)
    pen.canvas.paint(gap_of_door & body, dark)
    pen.canvas.paint(handle, dark)
    pen.canvas.paint(sill & body, (44, 46, 52))


def _draw_wheel(pen, x, radius, instance):
    tyre = pen.disc(x, radius, radius)
    pen.canvas.place(tyre, (34, 34, 38), WHEEL, instance)
    pen.canvas.paint(pen.disc(x, radius, radius * 5 // 9), (176, 180, 186))
    pen.canvas.paint(pen.disc(x, radius, radius * 2 // 9), (96, 98, 104))
