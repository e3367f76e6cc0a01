"""The classes of a toy scene, and what stands around its cars."""

from keras_pix2pixhd.data.toys.toy_canvas import HEIGHT, WIDTH

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
