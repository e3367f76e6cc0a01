"""The outlines of the toy cars.

Points are (x, y) with x from 0 at the rear bumper to 1000 at the front one,
and y upwards from the road, in the same unit.
"""

import typing


class ToyCarShape(typing.NamedTuple):
    """One kind of car: its length in design units and its parts."""

    length: int
    body: list
    windows: list
    wheels: tuple
    wheel_radius: int
    belt: int
    head_light: list
    tail_light: list


SALOON = ToyCarShape(
    length=560,
    body=[
        (12, 70), (0, 120), (4, 205), (40, 238), (165, 248), (290, 348),
        (345, 362), (540, 362), (590, 350), (725, 252), (930, 224),
        (985, 190), (1000, 120), (990, 70),
    ],
    windows=[
        [(222, 250), (312, 326), (350, 336), (420, 336), (420, 250)],
        [(446, 250), (446, 336), (535, 336), (570, 328), (676, 250)],
    ],
    wheels=(195, 795),
    wheel_radius=88,
    belt=236,
    head_light=[(925, 152), (925, 200), (985, 190), (996, 152)],
    tail_light=[(0, 160), (0, 222), (44, 222), (44, 160)],
)  # fmt: skip

HATCHBACK = ToyCarShape(
    length=470,
    body=[
        (14, 80), (0, 130), (6, 262), (66, 400), (112, 424), (500, 424),
        (556, 408), (715, 288), (925, 252), (982, 212), (1000, 135),
        (990, 80),
    ],
    windows=[
        [(72, 288), (116, 390), (140, 396), (350, 396), (350, 288)],
        [(382, 288), (382, 396), (494, 396), (532, 386), (660, 288)],
    ],
    wheels=(205, 795),
    wheel_radius=102,
    belt=272,
    head_light=[(915, 174), (915, 226), (980, 212), (995, 174)],
    tail_light=[(0, 190), (6, 262), (26, 306), (56, 306), (56, 190)],
)  # fmt: skip

VAN = ToyCarShape(
    length=570,
    body=[
        (8, 70), (0, 110), (0, 430), (18, 462), (60, 472), (660, 472),
        (712, 456), (850, 300), (945, 262), (990, 215), (1000, 120),
        (992, 70),
    ],
    windows=[
        [(60, 318), (60, 424), (230, 424), (230, 318)],
        [(270, 318), (270, 424), (450, 424), (450, 318)],
        [(490, 306), (490, 424), (652, 424), (686, 416), (782, 306)],
    ],
    wheels=(190, 800),
    wheel_radius=90,
    belt=280,
    head_light=[(930, 165), (930, 222), (986, 212), (997, 165)],
    tail_light=[(0, 190), (0, 300), (34, 300), (34, 190)],
)  # fmt: skip
