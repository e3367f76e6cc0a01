import pathlib
import subprocess
import sys

import keras
import ml_dtypes
import numpy as np
import pytest

from keras_pix2pixhd.export.serving_generator import ServingGenerator
from keras_pix2pixhd.export.stock import write_keras_file
from keras_pix2pixhd.models import GlobalGenerator, LocalEnhancer
from tests.featured_gan import FEATURES, featured_gan
from tests.small_gan import CLASSES

HALVES = [("float16", np.float16), ("bfloat16", ml_dtypes.bfloat16)]


def painter(**options):
    keras.utils.set_random_seed(0)
    options = {
        "filters": 16,
        "num_downsamplings": 0,
        "num_residual_blocks": 1,
        "normalization": "instance_affine",
        **options,
    }
    generator = GlobalGenerator(CLASSES, **options)
    return ServingGenerator(generator, CLASSES)


def weights_in(path):
    return keras.saving.load_model(path).get_weights()


@pytest.mark.parametrize(("name", "kind"), HALVES)
def test_kernels_are_rounded_and_load_as_float32(tmp_path, name, kind):
    serving = painter()
    write_keras_file(serving, tmp_path / "whole.keras")
    write_keras_file(serving, tmp_path / "half.keras", weights=name)
    whole = weights_in(tmp_path / "whole.keras")
    half = weights_in(tmp_path / "half.keras")
    assert sum(w.size for w in whole) == serving.generator.count_params()
    for found, weight in zip(half, whole, strict=True):
        rounded = weight.astype(kind).astype("float32")
        expected = rounded if weight.ndim > 1 else weight
        assert found.dtype == "float32"
        assert np.array_equal(found, expected)
    sizes = [
        (tmp_path / name).stat().st_size
        for name in ("half.keras", "whole.keras")
    ]
    kernels = sum(w.nbytes for w in whole if w.ndim > 1)
    assert sizes[1] - sizes[0] > 0.45 * kernels


def test_other_weights_are_refused(tmp_path):
    with pytest.raises(ValueError, match="weights must be .*int8"):
        write_keras_file(painter(), tmp_path / "x.keras", weights="int8")
    assert not list(tmp_path.iterdir())


def local_gan():
    gan = featured_gan()
    enhancer = LocalEnhancer(
        gan.generator.input_shape[-1],
        filters=4,
        num_global_downsamplings=1,
        num_global_residual_blocks=1,
        num_local_residual_blocks=1,
        upsampling="bilinear",
        normalization="instance_affine",
    )
    gan.generator = enhancer
    return gan


@pytest.mark.slow
def test_keras_alone_paints_as_the_model(tmp_path):
    """In a process without this package."""
    gan = local_gan()
    random = np.random.default_rng(0)
    for variable in gan.generator.variables:
        variable.assign_add(random.normal(0, 0.05, variable.shape))
    label = np.kron(
        random.integers(0, CLASSES, (2, 3, 5)), np.ones((1, 7, 7))
    ).astype("uint8")
    instance = label.astype("int32")
    style = random.uniform(-1, 1, (2, CLASSES, FEATURES)).astype("float32")
    features = np.stack([s[m] for s, m in zip(style, label, strict=True)])
    expected = gan.generate(label, instance, features=features)

    serving, files = ServingGenerator(gan), []
    for name in ("float32", "float16", "bfloat16"):
        files.append(tmp_path / f"{name}.keras")
        write_keras_file(serving, files[-1], weights=name)
    source, target = tmp_path / "in.npz", tmp_path / "out.npz"
    np.savez(source, label=label, instance=instance, style=style)
    script = pathlib.Path(__file__).with_name("loading.py")
    subprocess.run(
        [sys.executable, "-I", script, source, target, *files],
        check=True,
        cwd=tmp_path,
    )
    with np.load(target) as images:
        errors = [
            np.abs(image.astype(int) - expected) for image in images.values()
        ]
    assert np.std(expected) > 5
    assert errors[0].max() <= 1
    for error in errors[1:]:
        assert 0 < error.mean() < 0.5
