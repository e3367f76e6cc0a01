import pathlib

from keras_pix2pixhd.evaluation import Evaluation, RunEvaluation, summary_text

SCORES = {
    "pixel_accuracy": 0.5,
    "mean_accuracy": 0.5,
    "mean_iou": 0.25,
    "frequency_weighted_iou": 0.5,
    "class_iou": {"car": 0.25},
}


def make(chosen=("l1",), classes=(), training=None, **run):
    protocol = {
        "data": {"images": 6, "side": "held_out", "classes": classes},
        "image_size": [32, 48],
        "metrics": chosen,
        "training": training,
    }
    return Evaluation(protocol, [RunEvaluation("0001-toy", {}, **run)])


def lines(evaluation, **settings):
    return summary_text(evaluation, **settings).splitlines()


def test_a_line_for_each_metric():
    kid = {"mean": 0.25, "spread": 0.5}
    metrics = {"images": 6, "l1": 12.3456, "kid_x_n6_s9x3": kid}
    found = lines(make(metrics=metrics), chosen=True)
    assert found == [
        "6 images (held_out) at 32 48",
        "                  0001-toy  better",
        "l1                   12.35  lower",
        "kid_x_n6_s9x3  0.25 +- 0.5  lower",
    ]


def test_real_images_stand_beside_the_generated_ones():
    oracle = {**SCORES, "mean_iou": 0.75}
    metrics = {"segmentation": {"generated": SCORES, "real": oracle}}
    evaluation = make(metrics=metrics)
    known = {"name": "cars", "sha256": "f" * 64}
    evaluation.protocol["segmenter"] = known | {"weights_sha256": "0123456789"}
    found = lines(evaluation, chosen=True)
    assert found[1].split() == ["0001-toy", "for", "scale", "better"]
    assert "mean_iou 0.25 0.75 higher".split() in [x.split() for x in found]
    assert found[-1] == "segmentation by cars 01234567; for scale: real images"


def test_training_photographs_stand_in_the_row_of_their_measure():
    key, other = "frechet_x_8_n6", "kid_x_8_n9_r6_s9x3"
    training = {"images": 9, "sha256": "0", "frechet_x_8_n9_r6": 3.5, other: 1}
    evaluation = make(metrics={"l1": 1.0, key: 7.0}, training=training)
    found = lines(evaluation, chosen=True)
    assert [line.split() for line in found[2:4]] == [
        ["l1", "1", "-", "lower"],
        [key, "7", "3.5", "lower"],
    ]
    assert found[4:] == [
        "for scale: 9 training photographs against the 6 evaluated real ones"
    ]


def test_the_share_that_is_closer_to_training_images():
    numbers = {"closer_than_real": 0.25, "real_mean": 2.0}
    found = {"nearest_training_x_8_n6_t2": numbers}
    text = lines(make(metrics={"l1": 1.0}, memorisation=found), chosen=True)
    assert text[-1].split() == ["closer_than_real_x_8_n6_t2", "0.25"]


def test_what_was_left_out_and_how_to_get_it():
    def options(**settings):
        evaluation = make(metrics={"l1": 1.0}, **settings)
        found = [x for x in lines(evaluation) if x.startswith("left out: ")]
        return [words.partition("--")[2].split()[0] for words in found]

    everything = ["perceptual", "feature-network", "segmenter"]
    assert options() == everything
    assert options(classes=None) == everything[:2]
    assert options(chosen=("segmentation", "frechet")) == everything[:1]


def test_a_network_that_would_not_help_is_not_advised():
    evaluation = make(metrics={"l1": 1.0})
    evaluation.protocol["data"]["images"] = 1
    assert "--perceptual" in "".join(lines(evaluation))
    assert "--feature-network" not in "".join(lines(evaluation))


def test_a_warning_of_some_runs_names_them():
    evaluation = make(metrics={"l1": 1.0}, warnings=["x", "y"])
    for name, warnings in (("b", ["y", "z"]), ("c", ["z", "y"])):
        run = RunEvaluation(name, {}, {"l1": 1.0}, warnings=warnings)
        evaluation.runs.append(run)
    found = [x for x in lines(evaluation) if x.startswith("note: ")]
    assert found == ["note: 0001-toy: x", "note: y", "note: b, c: z"]


def test_warnings_and_files():
    evaluation = make(metrics={"l1": 1.0}, warnings=["few images"])
    evaluation.runs.append(evaluation.runs[0])
    evaluation.folder = pathlib.Path("runs/0001-toy/evaluation")
    found = lines(evaluation, chosen=True)
    assert found.count("note: few images") == 1
    assert found[-1] == "report:  runs/0001-toy/evaluation/report.html"
