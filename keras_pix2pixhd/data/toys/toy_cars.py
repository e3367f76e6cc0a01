import operator
import random

from keras_pix2pixhd.data.class_table import ClassTable
from keras_pix2pixhd.data.toys import toy_car_shapes as shapes
from keras_pix2pixhd.data.toys.toy_canvas import HEIGHT, WIDTH, ToyCanvas
from keras_pix2pixhd.data.toys.toy_car_drawing import draw_car
from keras_pix2pixhd.data.toys.toy_drawing import draw_scenery, draw_sign

TOY_CARS = ClassTable(
    names=["sky", "road", "body", "window", "wheel", "light", "sign"],
    ids=range(7),
    colors=[
        (70, 130, 180),
        (128, 64, 128),
        (200, 40, 60),
        (0, 90, 120),
        (40, 40, 40),
        (250, 200, 40),
        (110, 190, 60),
    ],
)
VIEWS_PER_CAR = 4

_PAINTS = (
    (196, 40, 44),
    (36, 84, 172),
    (238, 238, 232),
    (52, 56, 64),
    (168, 174, 182),
    (232, 178, 36),
    (40, 128, 84),
    (216, 104, 40),
)
_SHAPES = (shapes.SALOON, shapes.HATCHBACK, shapes.VAN)


def toy_car_name(index):
    """Returns the name of toy scene `index`: four views to a car.

    >>> toy_car_name(5)
    'toy001_02'
    """
    car, view = divmod(index, VIEWS_PER_CAR)
    return f"toy{car:03d}_{view + 1:02d}"


def toy_car(index, image_size=(64, 96), seed=0):
    """Draws one toy scene: a car or two on a road, and often a sign.

    Scenes 0 to 3 show one car, of one shape and body colour, in four places,
    scenes 4 to 7 the next, and so on. The classes are those of `TOY_CARS`.
    A scene is the same to the pixel on every machine.

    Args:
        index: Which scene, an int >= 0.
        image_size: `(height, width)` in pixels, each in [16, 1024]; where the
            ratio is not 2:3, the scene is stretched. Defaults to `(64, 96)`.
        seed: Int that chooses another set of scenes. Defaults to `0`.

    Returns:
        Dict of NumPy arrays: `image` uint8 `(height, width, 3)` in [0, 255];
        `label` uint8 `(height, width)`; `instance` int32 `(height, width)`:
        sky 0, road 1, each body, window, wheel, light and sign a number of
        its own.

    Raises:
        ValueError: If `index` or `image_size` is out of range.

    Example:

    >>> toy_car(0)["image"].shape
    (64, 96, 3)
    """
    car, view = divmod(_checked_index(index), VIEWS_PER_CAR)
    canvas = ToyCanvas(checked_toy_size(image_size))
    # Seeding by a string goes through SHA-512, the same on every machine.
    of_car = random.Random(f"toy car {seed} {car}")
    shape, paint = _pick(of_car, _SHAPES), _pick(of_car, _PAINTS)
    of_view = random.Random(f"toy car {seed} {car} view {view}")
    horizon = 300 + 10 * of_view.randrange(7)
    draw_scenery(canvas, horizon)
    instance = 2
    if of_view.randrange(3):
        x, y = 60 + 10 * of_view.randrange(85), 100 + 10 * of_view.randrange(7)
        draw_sign(canvas, of_view.randrange(3), x, y, horizon, instance)
        instance += 1
    if not of_view.randrange(3):
        other = _pick(of_view, _SHAPES), _pick(of_view, _PAINTS)
        place = _place(of_view, other[0], horizon + 70, 52)
        instance = draw_car(canvas, *other, *place, instance)
    place = _place(of_view, shape, HEIGHT - 30 - 10 * of_view.randrange(5), 90)
    draw_car(canvas, shape, paint, *place, instance)
    return {
        "image": canvas.image,
        "label": canvas.label,
        "instance": canvas.instance,
    }


def checked_toy_size(image_size):
    """Returns `image_size` as a tuple of ints, or refuses it."""
    try:
        size = tuple(operator.index(side) for side in image_size)
    except TypeError:
        size = ()
    if len(size) != 2 or min(size) < 16 or max(size) > 1024:
        raise ValueError(
            "`image_size` must be (height, width), two integers in "
            f"[16, 1024]. Received: image_size={image_size!r}"
        )
    return size


def _checked_index(index):
    if index < 0:
        raise ValueError(f"`index` must be >= 0. Received: index={index}")
    return operator.index(index)


def _pick(rng, options):
    return options[rng.randrange(len(options))]


def _place(rng, shape, road, percent):
    """Returns (left, road, length, faces left) of a car on the road."""
    length = shape.length * (percent + rng.randrange(percent // 3)) // 100
    left = rng.randrange(WIDTH - length)
    return left, road, length, rng.randrange(2) == 1
