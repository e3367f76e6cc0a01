import numpy as np

from keras_pix2pixhd.data.toys.toy_canvas import ToyCanvas


def small():
    """A canvas of 4 x 6 pixels: a pixel is 160 design units wide and high."""
    return ToyCanvas((4, 6))


def text(mask):
    return ["".join(".#"[bit] for bit in row) for row in mask.astype(int)]


def test_box_takes_the_pixels_whose_centre_is_inside():
    # Centres are at 80, 240, 400, ...; the far edges do not belong to it.
    mask = small().box(100, 80, 560, 240)
    assert text(mask) == [".##...", "......", "......", "......"]


def test_polygon():
    mask = small().polygon([(0, 0), (640, 0), (0, 640)])
    assert text(mask) == ["###...", "##....", "#.....", "......"]


def test_polygon_with_a_notch():
    points = [(0, 0), (480, 640), (960, 0), (960, 640), (0, 640)]
    mask = small().polygon(points)
    # At the centres of the rows, 80, 240, 400 and 560, the notch spans
    # 60..900, 180..780, 300..660 and 420..540; centres are 80, 240, ... 880.
    assert text(mask) == ["......", "#....#", "##..##", "######"]


def test_disc():
    mask = small().disc(320, 320, 170)
    assert text(mask) == ["......", ".##...", ".##...", "......"]
    mask = small().disc(400, 240, 160)
    assert text(mask) == ["..#...", ".###..", "..#...", "......"]


def test_gradient():
    colors = small().vertical_gradient((0, 100, 7), (80, 0, 7), 0, 640)
    # Row centres at 1/8, 3/8, 5/8, 7/8, rounded down.
    assert colors[:, 0].tolist() == [
        [10, 87, 7],
        [30, 62, 7],
        [50, 37, 7],
        [70, 12, 7],
    ]


def test_place_and_paint():
    canvas = small()
    canvas.place(canvas.box(0, 0, 160, 160), (1, 2, 3), 5, 300)
    canvas.paint(canvas.box(160, 0, 320, 160), (4, 5, 6))
    assert canvas.image[0, :3].tolist() == [[1, 2, 3], [4, 5, 6], [0, 0, 0]]
    assert canvas.label[0, :3].tolist() == [5, 0, 0]
    assert canvas.instance[0, :3].tolist() == [300, 0, 0]
    assert np.count_nonzero(canvas.image[1:]) == 0
