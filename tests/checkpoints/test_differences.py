import keras
import pytest

from keras_pix2pixhd.checkpoints import (
    check_fits,
    describe,
    restore_checkpoint,
    save_checkpoint,
)
from keras_pix2pixhd.checkpoints.class_differences import class_differences
from keras_pix2pixhd.checkpoints.differences import differences
from keras_pix2pixhd.data import ClassTable
from keras_pix2pixhd.models import (
    GlobalGenerator,
    MultiscaleDiscriminator,
    Pix2PixHDGAN,
)
from tests.small_gan import CLASSES, adam, compiled_gan, small_gan, values

NAMES, COLORS = ("sky", "road", "car"), ((0, 0, 0), (1, 1, 1), (2, 2, 2))


def table(names=NAMES, ids=(0, 1, (2, 9)), colors=COLORS, void_ids=(5,)):
    return ClassTable(names, ids, colors, void_ids)


def found(saved, own):
    saved, own = map(keras.saving.serialize_keras_object, (saved, own))
    return class_differences(saved, own, "the run")


def test_classes_are_compared_by_name():
    assert found(table(), table()) == found(3, 3) == found(None, None) == []
    assert found(table(("sky", "bus", "car")), table()) == [
        "classes: only in the run bus, only in the model road"
    ]
    assert found(table(("car", "road", "sky")), table()) == [
        "order of the classes: car, road, sky in the run, sky, road, car in "
        "the model"
    ]
    assert found(table(), 3) == [
        "classes: sky, road, car in the run, 3 without names in the model"
    ]
    assert found(None, 4) == [
        "classes: none in the run, 4 without names in the model"
    ]


def test_of_equal_names_ids_and_colors_are_compared():
    other = ((0, 0, 0), (1, 1, 1), (2, 2, 3))
    assert found(table(ids=(0, 1, 2)), table(colors=other)) == [
        "ids of the class car: [2] in the run, [2, 9] in the model",
        "colors of the class car: [2, 2, 2] in the run, [2, 2, 3] in the model",
    ]
    assert found(table(void_ids=()), table()) == [
        "void_ids: [] in the run, [5] in the model"
    ]


def described(settings, **more):
    return {"class_table": 3, "settings": settings, **more}


def test_settings_are_named_but_not_what_is_inside_of_others():
    saved = described({"a": "Old", "a.size": 3, "b": [1, 2], "c": None})
    own = described({"a": "New", "a.wide": 4, "b": [1, 3], "d": "x", "d.e": 1})
    assert differences(saved, own, "it") == [
        "a: Old in it, New in the model",
        "b: [1, 2] in it, [1, 3] in the model",
        "c: none in it, nothing in the model",
        "d: nothing in it, x in the model",
    ]


def test_of_variables_the_number_and_the_first_other_one_are_named():
    rest = {"optimizers": {"optimizer": "Adam"}}
    one, two = ["weights", "a", [3], "float32"], ["means", "b", [], "float32"]
    other = ["weights", "a", [3, 1], "bfloat16"]
    assert differences(
        described({}, variables=[one, two], **rest),
        described({}, variables=[other], **rest),
        "it",
    ) == [
        "number of variables: 2 in it, 1 in the model",
        "first other variable of weights: a (3,) float32 in it, a (3, 1) "
        "bfloat16 in the model",
    ]


def test_integers_are_of_other_widths_on_other_backends():
    rest = {"optimizers": {"optimizer": "Adam"}}

    def of(dtype):
        variables = [["weights", "seed_generator_state", [2], dtype]]
        return described({}, variables=variables, **rest)

    for saved, own in (("int64", "uint32"), ("uint32", "int32")):
        assert differences(of(saved), of(own), "it") == []
    assert len(differences(of("int64"), of("float32"), "it")) == 1


def wider():
    return Pix2PixHDGAN(
        GlobalGenerator(
            CLASSES, filters=8, num_downsamplings=1, num_residual_blocks=1
        ),
        MultiscaleDiscriminator(CLASSES + 3, filters=4, num_layers=3),
        CLASSES,
    )


def half():
    return small_gan(dtype="mixed_float16")


@pytest.mark.parametrize(
    ("make", "compiling", "words"),
    [
        (wider, {}, "discriminator.num_layers: 2 in .* 3 in the model"),
        (wider, {}, "generator.filters: 4 in the checkpoint step-00000007.npz"),
        (half, {}, "dtype: float32 in the .*, mixed_float16 in the model"),
        (
            small_gan,
            {"generator_optimizer": keras.optimizers.SGD()},
            "generator_optimizer: Adam in the .*, SGD in the model",
        ),
        (
            small_gan,
            {"diff_augment": "color"},
            "variables: .*first other variable of .* in the model",
        ),
        (lambda: small_gan(table()), {}, "classes: 3 without names in the "),
    ],
)
def test_a_checkpoint_of_another_model_changes_nothing(
    tmp_path, make, compiling, words
):
    save_checkpoint(compiled_gan(), tmp_path, (0, 0, 7))
    gan = make()
    gan.compile(
        **{
            "generator_optimizer": adam(1e-3),
            "discriminator_optimizer": adam(1e-3),
            **compiling,
        }
    )
    gan.generator.weights[0].assign(gan.generator.weights[0] * 0 + 5)
    words = f"must be made as that of .*{words}"
    with pytest.raises(ValueError, match=words):
        restore_checkpoint(gan, tmp_path)
    assert (values(gan.generator.weights)[0] == 5).all()


def test_what_was_not_compiled_is_compared_by_its_networks():
    gan = compiled_gan()
    check_fits(gan, describe(small_gan()), "the model x.keras")
    words = r"that of the model x\.keras\. Received: .*; and \d+ more\. Make"
    with pytest.raises(ValueError, match=words):
        check_fits(
            gan,
            described({f"x{i}": i for i in range(20)}),
            ("the model x.keras"),
        )


def test_names_that_keras_counts_are_no_difference(tmp_path):
    save_checkpoint(compiled_gan(name="one"), tmp_path, (0, 0, 0))
    assert restore_checkpoint(compiled_gan(name="two"), tmp_path)
