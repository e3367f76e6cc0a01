import types

from keras_pix2pixhd.curves.charts_of import charts_of
from tests.curves.histories import history


def of(*histories):
    runs = [
        types.SimpleNamespace(name=f"run {place}", history=history)
        for place, history in enumerate(histories)
    ]
    return charts_of(runs)


def keys(charts):
    return {
        heading: [chart.key for chart in found]
        for heading, found in charts.items()
    }


FALLING = [3, 2, 1]


def test_both_networks_share_a_chart():
    charts = of(history(generator_loss=FALLING, discriminator_loss=[1, 1, 1]))
    assert keys(charts) == {"Both networks": ["losses"]}
    (chart,) = charts["Both networks"]
    assert chart.series == {
        "generator": [(1, 3), (2, 2), (3, 1)],
        "discriminator": [(1, 1), (2, 1), (3, 1)],
    }


def test_a_loss_is_beside_that_of_held_out_images_whose_best_is_marked():
    charts = of(
        history(
            generator_loss=FALLING,
            perceptual_loss=FALLING,
            val_perceptual_loss=[4, 3, 5],
            val_generator_loss=[5, 6, 7],
        )
    )
    assert keys(charts) == {
        "Both networks": ["losses", "generator_loss"],
        "Terms of the losses": ["perceptual_loss"],
    }
    (chart,) = charts["Terms of the losses"]
    assert chart.series["held out"] == [(1, 4), (2, 3), (3, 5)]
    assert chart.series["training"] == [(1, 3), (2, 2), (3, 1)]
    assert chart.best == {"held out": (2, 3)}


def test_what_is_best_high_is_marked_where_it_first_is():
    charts = of(history(val_psnr=[20, 22, 22], val_l1=[9, None, 8]))
    psnr, l1 = charts["Held-out images"]
    assert psnr.best == {"held out": (2, 22)}
    assert l1.best == {"held out": (3, 8)}


def test_what_is_best_neither_way_is_not_marked():
    charts = of(history(adversarial_loss=FALLING, val_adversarial_loss=FALLING))
    (chart,) = charts["Terms of the losses"]
    assert chart.best == {}


def test_the_second_name_of_the_generators_loss_is_left_out():
    rows = history(
        generator_loss=FALLING,
        loss=FALLING,
        val_generator_loss=FALLING,
        val_loss=FALLING,
    )
    assert keys(of(rows)) == {"Both networks": ["losses", "generator_loss"]}
    assert keys(of(history(loss=FALLING))) == {"Terms of the losses": ["loss"]}


def test_the_machine_comes_last_and_skipped_steps_where_there_are_any():
    rows = history(
        images_per_second=[9, 9, 9],
        skipped_steps=[0, 0, 0],
        generator_learning_rate=FALLING,
        discriminator_gradient_norm=FALLING,
    )
    assert keys(of(rows)) == {
        "Both networks": ["gradient_norms"],
        "The machine": ["learning_rates", "images_per_second"],
    }
    rows[1]["skipped_steps"] = 2
    assert "skipped_steps" in keys(of(rows))["The machine"]


def test_several_runs_are_the_lines_of_each_column():
    charts = of(
        history(generator_loss=FALLING, val_l1=[9, 8, 7]),
        history(generator_loss=[6, 5, 4], val_l1=[7, 8, 9]),
    )
    assert keys(charts) == {
        "Both networks": ["generator_loss"],
        "Held-out images": ["val_l1"],
    }
    (chart,) = charts["Both networks"]
    assert chart.series["run 1"] == [(1, 6), (2, 5), (3, 4)]
    (chart,) = charts["Held-out images"]
    assert chart.best == {"run 0": (3, 7), "run 1": (1, 7)}


def test_losses_far_apart_are_drawn_logarithmically():
    def log(values):
        (chart,) = of(history(val_l1=values))["Held-out images"]
        return chart.log

    assert log([100, 10, 1])
    assert not log([10, 5, 1])
    assert not log([100, 10, 0])


def test_scores_are_never_drawn_logarithmically():
    scores = {"discriminator_fake_score": [0.5, 0.1, 0.001]}
    twin = {"val_discriminator_fake_score": [0.5, 0.1, 0.001]}
    both, alone = of(history(**scores, **twin))["Both networks"]
    assert not both.log and not alone.log


def test_without_numbers_there_are_no_charts():
    assert of([]) == of(history(loss=[None] * 3)) == {}
