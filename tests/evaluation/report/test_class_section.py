from keras_pix2pixhd.evaluation import Evaluation, RunEvaluation
from keras_pix2pixhd.evaluation.report.class_section import class_section
from tests.evaluation.report.parsed_page import parsed, words

CLASSES = [
    {"name": "sky", "color": [70, 130, 180]},
    {"name": "car", "color": [200, 40, 60]},
    {"name": "unseen", "color": [0, 0, 0]},
]


def made(*metrics, classes=CLASSES):
    runs = [
        RunEvaluation(name, {}, values)
        for name, values in zip("abc", metrics, strict=False)
    ]
    found = class_section(Evaluation({"data": {"classes": classes}}, runs))
    return found and parsed(found)


def rows(tree):
    return [[words(cell) for cell in row] for row in tree.iter("tr")]


def scores(generated, real):
    sides = {"generated": generated, "real": real}
    return {side: {"class_iou": iou} for side, iou in sides.items()}


def test_overlap_of_generated_and_real_and_colour_error_are_columns():
    tree = made(
        {
            "segmentation": scores({"car": 0.5}, {"car": 0.9, "sky": 0.8}),
            "class_color_error": {"sky": 4.0, "car": 8.0},
        }
    )
    assert rows(tree) == [
        ["class", "IoU, generated", "IoU, real", "colour error"],
        ["sky", "–", "0.800", "4.00"],
        ["car", "0.500", "0.900", "8.00"],
    ]


def test_bars_fill_their_cell_by_one_or_by_the_largest_error():
    tree = made(
        {
            "segmentation": scores({"car": 0.5}, {"car": 0.25}),
            "class_color_error": {"car": 4.0},
        },
        {"class_color_error": {"car": 8.0}},
    )
    widths = [
        [rect.get("width") for rect in cell.iter("rect")][1:]
        for cell in tree.iter("td")
    ]
    assert widths == [["50%"], [], ["25%"], ["50%"], ["100%"]]


def test_several_runs_have_columns_of_their_own():
    tree = made(
        {"segmentation": scores({"car": 0.5}, {"car": 0.9})},
        {"segmentation": scores({"car": 0.4}, {"car": 0.9})},
    )
    assert rows(tree) == [
        ["", "IoU"],
        ["class", "a", "b", "real images"],
        ["car", "0.500", "0.400", "0.900"],
    ]


def test_classes_have_their_colour():
    tree = made({"class_color_error": {"sky": 4.0}})
    squares = [r.get("fill") for r in tree.iter("rect") if r.get("stroke")]
    assert squares == ["#4682b4"]


def test_classes_that_the_protocol_does_not_name_come_last():
    tree = made({"class_color_error": {"new": 1.0, "sky": 4.0}})
    assert [row[0] for row in rows(tree)] == ["class", "sky", "new"]
    tree = made({"class_color_error": {"new": 1.0}}, classes=None)
    assert [row[0] for row in rows(tree)] == ["class", "new"]


def test_without_scores_there_is_no_section():
    assert made({"l1": 3.0}) is None


def test_the_network_that_reads_the_classes_is_named():
    overlap = {"generated": {"class_iou": {"car": 0.5}}}
    run = RunEvaluation("a", {}, {"segmentation": overlap})
    protocol = {"segmenter": {"name": "cars", "sha256": "ab" * 32}}
    text = words(parsed(class_section(Evaluation(protocol, [run]))))
    assert "where cars abababab sees the class" in text
