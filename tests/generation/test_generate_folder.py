import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

import keras
import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import ClassTable
from keras_pix2pixhd.generation import generate_folder, load_gan
from keras_pix2pixhd.models import (
    GlobalGenerator,
    MultiscaleDiscriminator,
    Pix2PixHDGAN,
)
from tests.small_gan import small_gan

TABLE = ClassTable(
    names=["ground", "car"],
    ids=[0, (1, 255)],
    colors=[(0, 0, 9), (200, 10, 30)],
    void_ids=[7],
)


def make_gan(edges=False, class_table=TABLE):
    channels = 2 + edges
    keras.utils.set_random_seed(5)
    gan = Pix2PixHDGAN(
        GlobalGenerator(
            channels, filters=2, num_downsamplings=1, num_residual_blocks=0
        ),
        MultiscaleDiscriminator(channels + 3, filters=2, num_layers=1),
        class_table=class_table,
        use_instance_edges=edges,
    )
    gan.compile(keras.optimizers.Adam(0.5), keras.optimizers.Adam(0.25))
    return gan


@pytest.fixture(scope="module")
def gan():
    return make_gan()


@pytest.fixture
def labels(rng):
    return rng.integers(0, 2, (3, 6, 9)).astype("uint8")


@pytest.fixture
def source(tmp_path, labels):
    """A folder with the three kinds of label maps, of one size."""
    folder = tmp_path / "labels"
    folder.mkdir()
    ids = np.array([0, 255], "uint8")
    Image.fromarray(ids[labels[0]]).save(folder / "a.png")
    palette = Image.fromarray(labels[1])
    palette.putpalette([0, 0, 0, 9, 9, 9])
    palette.save(folder / "b_mask.gif")
    Image.fromarray(TABLE.to_colors(labels[2])).save(folder / "c.bmp")
    (folder / "notes.txt").write_text("not a label map")
    return folder


def read(path):
    return np.asarray(Image.open(path))


def assert_close(actual, expected):
    assert actual.shape == expected.shape
    assert abs(actual.astype(int) - expected).max() <= 1


def test_a_folder(gan, source, labels, tmp_path):
    seen = []
    target = tmp_path / "new" / "photographs"
    written = generate_folder(
        gan, source, target, progress=lambda *args: seen.append(args)
    )
    names = ["a.png", "b_mask.png", "c.png"]
    assert written == [target / name for name in names]
    assert sorted(os.listdir(target)) == [*names, "generate.json"]
    assert seen == [(i + 1, 3, path) for i, path in enumerate(written)]
    for path, image in zip(written, gan.generate(labels), strict=True):
        assert_close(read(path), image)
    # once more, beside the photographs of before
    assert generate_folder(gan, source, target) == written


def test_a_file_by_a_model_file(gan, source, labels, tmp_path):
    gan.save(tmp_path / "model.keras")
    for model in (tmp_path, str(tmp_path / "model.keras")):
        target = tmp_path / "deep" / "one.png"
        assert generate_folder(model, source / "a.png", target) == [target]
        assert_close(read(target), gan.generate(labels[:1])[0])
        target.unlink()


def test_loading_brings_the_optimizers_on_request(tmp_path):
    make_gan().save(tmp_path / "model.keras")
    assert not load_gan(tmp_path).compiled
    loaded = load_gan(tmp_path, compile=True)
    assert float(loaded.discriminator_optimizer.learning_rate) == 0.25
    assert loaded.class_table == TABLE


def test_painting_at_another_size(gan, tmp_path):
    label = np.zeros((6, 8), "uint8")
    label[:, 4:] = 1
    Image.fromarray(label).save(tmp_path / "x.png")
    target = tmp_path / "painted.png"
    generate_folder(gan, tmp_path / "x.png", target, image_size=(12, 16))
    # twice as large by the nearest pixel is each pixel twice
    doubled = label.repeat(2, axis=0).repeat(2, axis=1)
    painted = Image.fromarray(gan.generate(doubled[None])[0])
    expected = painted.resize((8, 6), Image.Resampling.BICUBIC)
    assert_close(read(target), np.asarray(expected))


def test_classes_without_names_are_indices(tmp_path, labels):
    gan = make_gan(class_table=2)
    labels[0, 0, 0] = 255
    Image.fromarray(labels[0]).save(tmp_path / "x.png")
    target = tmp_path / "painted.png"
    generate_folder(gan, tmp_path / "x.png", target)
    assert_close(read(target), gan.generate(labels[:1])[0])
    Image.fromarray(labels[0] + np.uint8(2)).save(tmp_path / "x.png")
    with pytest.raises(ValueError, match=r"x.png.*Received: 2 \(\d+ pix"):
        generate_folder(gan, tmp_path / "x.png", target)
    Image.new("RGB", (4, 4)).save(tmp_path / "x.png")
    with pytest.raises(ValueError, match="one integer channel"):
        generate_folder(gan, tmp_path / "x.png", target)


def test_instances(source, labels, tmp_path, rng):
    gan = make_gan(edges=True)
    instances = tmp_path / "instances"
    instances.mkdir()
    ids = rng.integers(26000, 26002, labels.shape).astype("uint16")
    for name, array in zip(("a", "b_mask", "c"), ids, strict=True):
        Image.fromarray(array).save(instances / f"{name}.png")
    target = tmp_path / "photographs"
    written = generate_folder(gan, source, target, instances=instances)
    expected = gan.generate(labels, ids)
    for path, image in zip(written, expected, strict=True):
        assert_close(read(path), image)
    one = target / "one.png"
    generate_folder(gan, source / "a.png", one, instances=instances / "a.png")
    assert_close(read(one), expected[0])

    with pytest.raises(ValueError, match="needs an instance map.*--instances"):
        generate_folder(gan, source, target)
    with pytest.raises(ValueError, match="must not replace"):
        generate_folder(gan, source, instances, instances=instances)
    Image.fromarray(ids[0, :2]).save(instances / "b_mask.png")
    with pytest.raises(ValueError, match='b_mask.png" 2 high and 9 wide'):
        generate_folder(gan, source, target, instances=instances)
    (instances / "c.png").unlink()
    with pytest.raises(ValueError, match=r"none for c.bmp \(1 in all\)"):
        generate_folder(gan, source, target, instances=instances)
    with pytest.raises(ValueError, match='Received: ".*nowhere"'):
        generate_folder(gan, source, target, instances=tmp_path / "nowhere")


def test_an_error_names_the_file_and_keeps_what_was_painted(
    gan, source, tmp_path
):
    Image.new("L", (4, 4), color=3).save(source / "bad.png")
    (source / "broken.png").write_bytes(b"not a PNG file")
    target = tmp_path / "photographs"
    words = r'bad.png" must belong.*Received: 3 \(16 pixels\)'
    with pytest.raises(ValueError, match=words):
        generate_folder(gan, source, target)
    names = ["a.png", "b_mask.png", "generate.json"]
    assert sorted(os.listdir(target)) == names
    (source / "bad.png").unlink()
    with pytest.raises(ValueError, match='broken.png" must be a complete im'):
        generate_folder(gan, source, target)


def test_inputs_are_never_replaced(gan, source, tmp_path):
    before = (source / "a.png").read_bytes()
    (tmp_path / "link").symlink_to(source)
    for target in (source, tmp_path / "link", source / ".." / "labels"):
        with pytest.raises(ValueError, match="must not replace.*Choose"):
            generate_folder(gan, source, target)
    with pytest.raises(ValueError, match="must not replace"):
        generate_folder(gan, source / "a.png", source / "a.png")
    assert (source / "a.png").read_bytes() == before
    assert not list(source.glob("*mask.png"))


def test_sources_and_targets_that_do_not_fit(gan, source, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("")
    a, out = source / "a.png", tmp_path / "out"
    for arguments, words in [
        ((tmp_path / "nowhere", out), 'nowhere", which is missing'),
        ((tmp_path / "empty", out), "must directly hold image files"),
        ((a, out), "must be a .png file where source is a file"),
        ((source, tmp_path / "file"), "must be a folder where source is"),
        ((a, tmp_path / "file" / "x.png"), 'x.png" must be a file that can be'),
        ((a, tmp_path / "x.png", (0, 4)), r"Received: image_size=\(0, 4\)"),
        ((a, tmp_path / "x.png", 4), r"two integers in \[1, 65535\]"),
    ]:
        with pytest.raises(ValueError, match=words):
            generate_folder(gan, *arguments)
    with pytest.raises(ValueError, match="model without. Leave it out"):
        generate_folder(gan, source, out, instances=source)
    Image.new("L", (4, 4)).save(source / "c.png")
    with pytest.raises(ValueError, match="Received: c.bmp and c.png in"):
        generate_folder(gan, source, out)
    assert not out.exists()


def test_models_that_are_none(tmp_path):
    dense = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    dense.save(tmp_path / "dense.keras")
    whole = (tmp_path / "dense.keras").read_bytes()
    (tmp_path / "cut.keras").write_bytes(whole[:300])
    with zipfile.ZipFile(tmp_path / "zip.keras", "w") as archive:
        archive.writestr("readme", "no model")
    (tmp_path / "model.h5").write_bytes(whole)
    for path, words in [
        (tmp_path / "nowhere", 'nowhere", which is missing'),
        (tmp_path, 'which holds no "model.keras"'),
        (tmp_path / "dense.keras", "Pix2PixHDGAN. Received: a Sequential"),
        (tmp_path / "cut.keras", "another kind of file, or an incomplete"),
        (tmp_path / "zip.keras", "can be loaded. Received: KeyError"),
        (tmp_path / "model.h5", "must be a .keras file"),
        (dense, "path of a .keras file.*Received: Sequential"),
    ]:
        with pytest.raises(ValueError, match=words):
            load_gan(path)


CODE = """
import os, sys
from keras_pix2pixhd.generation import generate_folder, load_gan
gan = load_gan(sys.argv[1])
if os.getuid() == 0:
    os.setuid(65534)
try:
    generate_folder(gan, sys.argv[2], sys.argv[3])
except ValueError as error:
    print(error)
"""


def test_a_target_that_cannot_be_written(gan):
    # pytest's own folders are closed to other users
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        gan.save(folder / "model.keras")
        Image.new("L", (8, 8)).save(folder / "a.png")
        (folder / "locked").mkdir(mode=0o555)
        paths = [folder, folder / "a.png", folder / "locked" / "out.png"]
        done = subprocess.run(
            [sys.executable, "-c", CODE, *paths],
            capture_output=True,
            text=True,
        )
        assert not os.listdir(folder / "locked")
    words = 'out.png" must be a file that can be written. Received: [Errno 13]'
    assert words in done.stdout, done.stderr


@pytest.fixture(scope="module")
def condition_gan():
    return small_gan(None)


def test_without_classes_images_are_painted_from(condition_gan, tmp_path, rng):
    pixels = rng.integers(0, 256, (6, 9, 3), dtype="uint8")
    Image.fromarray(pixels).save(tmp_path / "a.png")
    generate_folder(condition_gan, tmp_path / "a.png", tmp_path / "b.png")
    found = np.asarray(Image.open(tmp_path / "b.png"))
    expected = condition_gan.generate(pixels[None])[0]
    np.testing.assert_array_equal(found, expected)


def test_one_half_of_a_file_is_painted_from(condition_gan, tmp_path, rng):
    pixels = rng.integers(0, 256, (6, 18, 3), dtype="uint8")
    Image.fromarray(pixels).save(tmp_path / "a.png")
    generate_folder(
        condition_gan, tmp_path / "a.png", tmp_path / "b.png", part="right"
    )
    found = np.asarray(Image.open(tmp_path / "b.png"))
    expected = condition_gan.generate(pixels[None, :, 9:])[0]
    np.testing.assert_array_equal(found, expected)


def test_halves_are_for_models_without_classes(gan, tmp_path):
    Image.new("L", (6, 4)).save(tmp_path / "a.png")
    with pytest.raises(ValueError, match="part='left' for a model with cl"):
        generate_folder(
            gan, tmp_path / "a.png", tmp_path / "b.png", part="left"
        )


def test_arrays_are_label_maps_too(gan, tmp_path):
    (tmp_path / "labels").mkdir()
    np.save(tmp_path / "labels" / "a.npy", np.zeros((4, 6), "uint8"))
    Image.new("L", (6, 4)).save(tmp_path / "a.png")
    generate_folder(gan, tmp_path / "labels", tmp_path / "out")
    generate_folder(gan, tmp_path / "a.png", tmp_path / "b.png")
    found = [Image.open(tmp_path / name) for name in ("out/a.png", "b.png")]
    np.testing.assert_array_equal(*found)


def test_conditions_are_resized_as_photographs_are(
    condition_gan, tmp_path, rng
):
    pixels = rng.integers(0, 256, (6, 9, 3), dtype="uint8")
    Image.fromarray(pixels).save(tmp_path / "a.png")
    generate_folder(
        condition_gan,
        tmp_path / "a.png",
        tmp_path / "b.png",
        image_size=(12, 18),
    )
    bicubic = Image.Resampling.BICUBIC
    larger = Image.fromarray(pixels).resize((18, 12), bicubic)
    painted = condition_gan.generate(np.asarray(larger)[None])[0]
    expected = Image.fromarray(painted).resize((9, 6), bicubic)
    found = np.asarray(Image.open(tmp_path / "b.png"))
    np.testing.assert_array_equal(found, np.asarray(expected))


def test_an_image_has_no_components(condition_gan, source, tmp_path):
    words = "regions of a label map. Received them for a model without classes"
    with pytest.raises(ValueError, match=words):
        generate_folder(
            condition_gan, source, tmp_path / "out", instances="components"
        )


def test_files_have_three_channels(source, tmp_path):
    keras.utils.set_random_seed(5)
    gan = small_gan(None, label_channels=1)
    words = "must see 3 channels. Received: .*label_channels=1"
    with pytest.raises(ValueError, match=words):
        generate_folder(gan, source, tmp_path / "out")
