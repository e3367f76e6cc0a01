"""The things that a toy scene is made of."""

from keras_pix2pixhd.data.toy_canvas import HEIGHT, WIDTH

# The indices of the classes of TOY_CARS.
SKY, ROAD, BODY, WINDOW, WHEEL, LIGHT, SIGN = range(7)


def draw_scenery(canvas, horizon):
    sky = canvas.vertical_gradient((96, 158, 220), (214, 232, 244), 0, horizon)
    canvas.place(canvas.box(0, 0, WIDTH, horizon), sky, SKY, 0)
    asphalt = canvas.vertical_gradient(
        (128, 128, 132), (92, 92, 98), horizon, HEIGHT
    )
    canvas.place(canvas.box(0, horizon, WIDTH, HEIGHT), asphalt, ROAD, 1)
    verge = canvas.box(0, horizon, WIDTH, horizon + 20)
    canvas.paint(verge, (150, 172, 116))
    kerb = canvas.box(0, horizon + 20, WIDTH, horizon + 30)
    canvas.paint(kerb, (196, 196, 190))
    for left in range(-20, WIDTH, 160):
        dash = canvas.box(left, horizon + 120, left + 80, horizon + 132)
        canvas.paint(dash, (232, 232, 224))


def draw_sign(canvas, kind, x, y, horizon, instance):
    """Draws a round, square or diamond sign on a pole, for kind 0, 1 or 2."""
    pole = canvas.box(x - 6, y, x + 6, horizon + 16)
    canvas.place(pole, (120, 124, 130), SIGN, instance)
    if kind == 0:
        canvas.place(canvas.disc(x, y, 56), (206, 36, 44), SIGN, instance)
        canvas.paint(canvas.box(x - 34, y - 10, x + 34, y + 10), (246,) * 3)
    elif kind == 1:
        plate = canvas.box(x - 50, y - 50, x + 50, y + 50)
        canvas.place(plate, (246, 246, 246), SIGN, instance)
        inner = canvas.box(x - 40, y - 40, x + 40, y + 40)
        canvas.paint(inner, (30, 92, 180))
    else:
        for size, color in ((66, (246, 246, 246)), (50, (244, 190, 24))):
            tips = [(x - size, y), (x, y - size), (x + size, y), (x, y + size)]
            canvas.place(canvas.polygon(tips), color, SIGN, instance)


def draw_car(canvas, shape, paint, left, road, length, faces_left, instance):
    """Draws a car, seen from its side.

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

    def at(x, y):
        x = 1000 - x if faces_left else x
        return left + x * length // 1000, road - y * length // 1000

    def polygon(points):
        return canvas.polygon([at(x, y) for x, y in points])

    def band(x1, y1, x2, y2):
        return polygon([(x1, y1), (x2, y1), (x2, y2), (x1, y2)])

    def disc(x, radius):
        center = at(x, shape.wheel_radius)
        return canvas.disc(*center, radius * length // 1000)

    canvas.paint(band(30, -26, 970, 30), (62, 62, 68))
    body = polygon(shape.body)
    _draw_body(canvas, shape, paint, at, band, body, instance)
    for x in shape.wheels:
        canvas.paint(disc(x, shape.wheel_radius + 26) & body, (30, 30, 34))
    for points in shape.windows:
        instance += 1
        top, bottom = (
            at(0, max(y for _, y in points))[1],
            at(0, shape.belt)[1],
        )
        glass = canvas.vertical_gradient(
            (148, 190, 214), (58, 86, 108), top, bottom
        )
        canvas.place(polygon(points), glass, WINDOW, instance)
    lights = (
        (shape.head_light, (255, 240, 170)),
        (shape.tail_light, (222, 30, 36)),
    )
    for points, color in lights:
        instance += 1
        canvas.place(polygon(points), color, LIGHT, instance)
    for x in shape.wheels:
        instance += 1
        radius = shape.wheel_radius
        canvas.place(disc(x, radius), (34, 34, 38), WHEEL, instance)
        canvas.paint(disc(x, radius * 5 // 9), (176, 180, 186))
        canvas.paint(disc(x, radius * 2 // 9), (96, 98, 104))
    return instance + 1


def _draw_body(canvas, shape, paint, at, band, body, instance):
    light = [channel + (255 - channel) * 3 // 10 for channel in paint]
    dark = [channel * 6 // 10 for channel in paint]
    tall = max(y for _, y in shape.body)
    metal = canvas.vertical_gradient(light, dark, at(0, tall)[1], at(0, 60)[1])
    canvas.place(body, metal, BODY, instance)
    # The belt line, the gap of the door, its handle, and the sill.
    belt = shape.belt
    canvas.paint(band(0, belt - 30, 1000, belt - 12) & body, light)
    door = max(x for x, _ in shape.windows[-2]) + 4
    canvas.paint(band(door, 90, door + 18, belt) & body, dark)
    canvas.paint(band(door + 45, belt - 62, door + 95, belt - 44), dark)
    canvas.paint(band(0, 0, 1000, 100) & body, (44, 46, 52))
