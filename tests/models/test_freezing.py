"""Who moves in which stage of coarse-to-fine training."""

import keras
import numpy as np
import pytest

from keras_pix2pixhd.models import grow_gan
from keras_pix2pixhd.optimizers import LinearDecay
from tests.small_gan import (
    adam,
    compiled_gan,
    largest_difference,
    small_batch,
    small_gan,
    train,
    values,
)

RATE = 1e-3


def grown_gan(freeze_steps=2, rate=RATE, eagerly=True, **arguments):
    gan = grow_gan(small_gan(**arguments), num_local_residual_blocks=1)
    gan.compile(
        *(adam(rate), adam(2e-3)),
        freeze_steps=freeze_steps,
        run_eagerly=eagerly and keras.backend.backend() != "jax",
        jit_compile="auto" if eagerly else False,
    )
    return gan


def parts(gan):
    """The variables of the generator, the discriminator, by stage."""
    outermost = gan.generator.outermost_variables
    ids = {id(v) for v in outermost}
    inner = [v for v in gan.generator.trainable_variables if id(v) not in ids]
    return {
        "inner": inner,
        "outermost": outermost,
        "discriminator": gan.discriminator.trainable_variables,
    }


def moved(gan, batch, steps=1):
    """Which parts moved, every variable of them, and which not at all."""
    before = {name: values(part) for name, part in parts(gan).items()}
    train(gan, batch, steps)
    found = set()
    for name, part in parts(gan).items():
        pairs = zip(before[name], values(part), strict=True)
        changes = {bool(np.any(x != y)) for x, y in pairs}
        assert len(changes) == 1, f"some variables of {name} moved, some not"
        if changes.pop():
            found.add(name)
    return found


def test_the_enhancer_moves_alone_and_then_everything():
    gan, batch = grown_gan(freeze_steps=2), small_batch()
    for _ in range(2):
        assert moved(gan, batch) == {"outermost", "discriminator"}
    for _ in range(2):
        assert moved(gan, batch) == {"inner", "outermost", "discriminator"}


def test_without_freezing_everything_moves_at_once():
    gan = grown_gan(freeze_steps=0)
    everything = {"inner", "outermost", "discriminator"}
    assert moved(gan, small_batch()) == everything


def test_the_first_step_after_freezing_is_not_larger_than_the_rate():
    """A fresh Adam among old step counts would move 16 times as far."""
    gan = grown_gan(freeze_steps=30, eagerly=False)  # so many are worth a graph
    batch = small_batch()
    train(gan, batch, 30)
    before = values(parts(gan)["inner"])
    train(gan, batch)
    step = largest_difference(before, values(parts(gan)["inner"]))
    assert 0 < step < 5 * RATE  # a sudden gradient counts more


def test_the_outermost_enhancer_keeps_its_moments_when_the_rest_joins():
    gan, batch = grown_gan(freeze_steps=2), small_batch()
    train(gan, batch, 2)
    before = values(gan.generator_optimizer.variables)
    optimizer = gan.generator_optimizer
    train(gan, batch)
    assert gan.generator_optimizer is optimizer
    assert int(optimizer.iterations) == 3
    momentum = before[2:]  # after the iterations and the rate
    assert len(momentum) == 2 * len(parts(gan)["outermost"])
    assert all(np.any(m) for m in momentum)


def test_all_rates_follow_the_same_schedule():
    schedule = LinearDecay(1.0, hold_steps=1, decay_steps=4)
    gan = grown_gan(freeze_steps=2, rate=schedule)
    held_back = [
        inner
        for inner in gan.optimizer.inner_optimizer.optimizers
        if inner not in (gan.generator_optimizer, gan.discriminator_optimizer)
    ]
    (held_back,) = held_back
    rates = [
        [float(x._learning_rate(step)) for step in range(6)]
        for x in (gan.generator_optimizer, held_back)
    ]
    assert rates[0] == [1, 1, 0.75, 0.5, 0.25, 0]
    assert rates[1] == [0, 0, 0.75, 0.5, 0.25, 0]


@pytest.mark.parametrize("done", [1, 3])
def test_a_saved_model_goes_on_in_its_stage(tmp_path, done):
    gan, batch = grown_gan(freeze_steps=2), small_batch()
    train(gan, batch, done)
    gan.save(tmp_path / "gan.keras")
    loaded = keras.saving.load_model(tmp_path / "gan.keras")
    loaded.run_eagerly = True
    wanted = {"outermost", "discriminator"} | ({"inner"} if done > 2 else set())
    assert moved(loaded, batch) == wanted
    train(gan, batch)
    found, expected = (values(g.trainable_variables) for g in (loaded, gan))
    assert largest_difference(found, expected) <= 1e-6


def test_freezing_a_global_generator_is_refused():
    words = "freeze_steps is for a LocalEnhancer.*for a GlobalGenerator"
    with pytest.raises(ValueError, match=words):
        compiled_gan(compiling={"freeze_steps": 1})
