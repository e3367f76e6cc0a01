from keras_pix2pixhd.evaluation import Evaluation, RunEvaluation
from keras_pix2pixhd.evaluation.report.summary_section import (
    best_of,
    summary_section,
)
from tests.evaluation.report.parsed_page import parsed, words


def table(*metrics, **protocol):
    runs = [
        RunEvaluation(name, {}, values)
        for name, values in zip("abc", metrics, strict=False)
    ]
    return parsed(summary_section(Evaluation(protocol, runs)))


def rows(tree):
    return [[words(cell) for cell in row] for row in tree.iter("tr")]


def test_a_row_has_name_unit_direction_key_and_value():
    assert rows(table({"images": 3, "l1": 12.3456})) == [
        ["metric", "a"],
        [
            "Mean absolute difference, grey levels ↓, lower is betterl1",
            "12.35",
        ],
    ]


def test_the_best_value_is_marked():
    tree = table({"l1": 3.0, "ssim": 0.5}, {"l1": 2.0, "ssim": 0.4})
    assert [row[1:] for row in rows(tree)] == [
        ["a", "b"],
        ["3.000", "2.000 best"],
        ["0.5000 best", "0.4000"],
    ]


def test_numbers_of_different_keys_are_not_compared():
    tree = table({"frechet_net_8_n9": 3.0}, {"frechet_net_8_n10": 2.0})
    assert [row[1:] for row in rows(tree)[1:]] == [
        ["3.000", "–"],
        ["–", "2.000"],
    ]


def test_nothing_is_best_where_all_are_equal_or_alone():
    assert best_of([1.0, 1.0], "lower") == set()
    assert best_of([1.0, None], "lower") == set()
    assert best_of([1.0, 2.0], None) == set()
    assert best_of([1.0, 2.0, 2.0], "higher") == {1, 2}


def test_the_mean_decides_where_there_is_a_spread():
    key = "kid_net_8_n9_s10x4"
    first, second = {"mean": 0.02, "spread": 0.001}, {"mean": 0.01, "spread": 1}
    (_, cells) = rows(table({key: first}, {key: second}))
    assert cells[1:] == ["0.0200 ± 0.0010", "0.0 ± 1.0 best"]


def test_training_photographs_are_beside_their_measure():
    training = {"images": 20, "sha256": "ab", "frechet_net_8_n20_r9": 1.5}
    tree = table({"l1": 1.0, "frechet_net_8_n9": 3.0}, training=training)
    assert [row[2] for row in rows(tree)] == [
        "for scale",
        "",
        "1.500training photographs",
    ]
    assert "the 20 photographs of the training side" in words(tree)
    assert "instead of" not in words(tree)


def test_other_numbers_of_training_photographs_are_told():
    def note(count):
        training = {"images": count, "frechet_net_8_n1_r9": 1.5}
        metrics = {"frechet_net_8_n9": 3.0}
        data = {"images": 9}
        return words(table(metrics, training=training, data=data))

    assert "with 20 images instead of 9, so not exactly" in note(20)
    assert "instead of" not in note(9)


def test_real_images_are_beside_the_segmentation():
    scores = {"generated": {"mean_iou": 0.5}, "real": {"mean_iou": 0.9}}
    tree = table({"segmentation": scores})
    assert rows(tree)[1][1:] == ["0.5000", "0.9000real images"]


def test_rows_of_the_segmentation_name_their_network():
    scores = {"generated": {"mean_iou": 0.5}, "real": {"mean_iou": 0.9}}
    known = {"name": "cars", "sha256": "ab" * 32}
    found = {"segmentation": scores, "l1": 1.0}
    first, second = rows(table(found, segmenter=known))[1:]
    assert "read by cars abababab" in first[0]
    assert "read by" not in second[0]
    known["weights_sha256"] = "cd" * 32
    tree = table(found, segmenter=known)
    assert "read by cars cdcdcdcd" in rows(tree)[1][0]
    assert "as cars cdcdcdcd reads them" in words(tree)


def test_without_either_there_is_no_column():
    assert rows(table({"l1": 1.0}, training=None))[0] == ["metric", "a"]


def test_styles_of_real_photographs_are_told():
    run = RunEvaluation("a", {"features": "encode"}, {"l1": 1.0})
    text = words(parsed(summary_section(Evaluation({}, [run]))))
    assert "a: painted in the style of each real photograph" in text
    run.model["features"] = "sample"
    text = words(parsed(summary_section(Evaluation({}, [run]))))
    assert "painted in the style" not in text


def test_a_run_that_saw_the_styles_is_not_the_best_of_others():
    runs = [
        RunEvaluation(name, {}, {"l1": float(value)})
        for name, value in zip("abc", (1, 2, 3), strict=True)
    ]
    runs[0].model["features"] = "encode"
    tree = parsed(summary_section(Evaluation({}, runs)))
    assert rows(tree)[1][1:] == ["1.000", "2.000 best", "3.000"]
    assert "never marked as best" in words(tree)
    for run in runs:
        run.model["features"] = "encode"
    tree = parsed(summary_section(Evaluation({}, runs)))
    assert rows(tree)[1][1:] == ["1.000 best", "2.000", "3.000"]
    assert "never marked" not in words(tree)


def test_the_name_of_a_metric_leads_to_how_it_is_read():
    tree = table({"l1": 1.0, "unknown": 2.0})
    (link,) = tree.iter("a")
    target = tree.find(f".//*[@id='{link.get('href')[1:]}']")
    assert words(target.find("dt")) == words(link) == "Mean absolute difference"
    assert link.get("title") == words(target.find("dd"))


def test_every_metric_is_explained_once():
    tree = table({"l1": 1.0, "frechet_a_8_n9": 1.0, "frechet_b_8_n9": 2.0})
    assert [words(name) for name in tree.iter("dt")] == [
        "Mean absolute difference",
        "Fréchet distance",
    ]
    assert "it is no FID" in words([*tree.iter("dd")][1])
