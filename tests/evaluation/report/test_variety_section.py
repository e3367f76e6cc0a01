from keras_pix2pixhd.evaluation import Evaluation, RunEvaluation
from keras_pix2pixhd.evaluation.report.variety_section import variety_section
from tests.evaluation.report.parsed_page import parsed, words

NEAREST = {
    "nearest_training_mobilenetv1_224_n192_t808": {
        "generated_mean": 10.25,
        "real_mean": 11.5,
        "closer_than_real": 0.375,
    }
}


def made(*runs):
    found = variety_section(Evaluation({}, list(runs)))
    return found and parsed(found)


def run(name="a", **measured):
    return RunEvaluation(name, {}, {}, **measured)


def test_diversity_is_a_sentence():
    tree = made(run(diversity={"diversity_l1_s5": 12.345}))
    assert (
        "differ by 12.35 grey levels on average (5 styles, mean absolute "
        "difference)." in words(tree)
    )
    assert "Memorisation" not in words(tree)


def test_memorisation_is_a_sentence_with_its_caution():
    text = words(made(run(memorisation=NEAREST)))
    assert "a generated image is 10.25 from its nearest" in text
    assert "a real held-out image 11.50 from its own" in text
    assert "mobilenetv1_224; 808 training photographs" in text
    assert "38 % of the generated images are closer" in text
    assert "learned by heart" in text


def test_several_runs_are_a_table():
    tree = made(run("a", memorisation=NEAREST), run("b", memorisation=NEAREST))
    cells = [[words(cell) for cell in row] for row in tree.iter("tr")]
    assert cells[1][1:] == ["10.25", "11.50", "38 %"]
    assert [row[0][:1] for row in cells[1:]] == ["a", "b"]


def test_without_either_there_is_no_section():
    assert made(run(), run("b", memorisation={})) is None
