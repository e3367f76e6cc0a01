import io
import json
import os
import pathlib
import subprocess
import sys

import keras
import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import ClassTable, read_image
from keras_pix2pixhd.layers import winograd_conv2d
from keras_pix2pixhd.models import (
    GlobalGenerator,
    MultiscaleDiscriminator,
    Pix2PixHDGAN,
)
from tests.small_gan import small_gan

pytestmark = pytest.mark.skipif(
    keras.backend.backend() != "tensorflow", reason="needs TensorFlow"
)
export = pytest.importorskip("keras_pix2pixhd.export")
saved_model = pytest.importorskip("keras_pix2pixhd.export.saved_model")

PAINTING = pathlib.Path(__file__).with_name("painting.py")
# void is 255 as an index, 4 as an id, black as a colour
TABLE = ClassTable(
    names=["ground", "car", "sign"],
    ids=[0, (1, 255), 7],
    colors=[(0, 0, 9), (200, 10, 30), [(5, 250, 6), (6, 250, 6)]],
    void_ids=[4],
)
WIDE = ClassTable(["a", "b"], [0, 30001], [(0, 0, 1), (0, 0, 2)])
IDS = np.array([0, 255, 7] + [0] * 252 + [4], "uint8")
COLORS = np.zeros((256, 3), "uint8")
COLORS[:3] = TABLE.colors
OTHER_COLORS = COLORS.copy()
OTHER_COLORS[2] = (6, 250, 6)


def make_gan(edges=False, dtype="float32", class_table=TABLE):
    channels = 4 + edges
    keras.utils.set_random_seed(3)
    generator = GlobalGenerator(
        channels,
        filters=4,
        num_downsamplings=1,
        num_residual_blocks=1,
        dtype=dtype,
    )
    return Pix2PixHDGAN(
        generator,
        MultiscaleDiscriminator(channels + 3, filters=2, num_layers=1),
        class_table=class_table,
        label_channels=4,
        use_instance_edges=edges,
    )


@pytest.fixture(scope="module")
def gan():
    return make_gan()


@pytest.fixture(scope="module")
def exported(gan, tmp_path_factory):
    folder = tmp_path_factory.mktemp("export") / "painter" / "1"
    return gan.export(folder, check=False)


@pytest.fixture(scope="module")
def strict(gan, tmp_path_factory):
    folder = tmp_path_factory.mktemp("strict") / "painter" / "1"
    return gan.export(folder, check=False, strict=True)


def paint(folder, signature, **inputs):
    """Loads an export and calls it."""
    import tensorflow as tf

    loaded = tf.saved_model.load(str(folder))
    tensors = {name: tf.constant(value) for name, value in inputs.items()}
    (output,) = loaded.signatures[signature](**tensors).values()
    return output.numpy()


def png(array, palette=None, mode=None):
    image = Image.fromarray(array)
    image = image.convert(mode) if mode else image
    if palette is not None:
        image.putpalette(palette.ravel().tolist())
    file = io.BytesIO()
    image.save(file, format="PNG")
    return file.getvalue()


def pixels(files):
    return np.stack([np.asarray(Image.open(io.BytesIO(f))) for f in files])


def assert_within_one_level(actual, expected):
    assert actual.dtype == expected.dtype == np.uint8
    assert actual.shape == expected.shape
    assert abs(actual.astype(int) - expected).max() <= 1


def labels(rng, *shape):
    return rng.choice([0, 1, 2, 255], shape).astype("uint8")


def test_any_batch_and_size_without_this_package(gan, exported, tmp_path, rng):
    shapes = {"one": (1, 5, 7), "three": (3, 16, 12), "thin": (2, 1, 9)}
    cases = {name: labels(rng, *shape) for name, shape in shapes.items()}
    inputs = {f"{n}/serving_default/label": x for n, x in cases.items()}
    files = [png(x) for x in IDS[cases["three"]]]
    inputs["files/png/label_png"] = np.array(files, object)
    np.savez(tmp_path / "in.npz", **inputs)
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, PAINTING, exported, "in.npz", "out.npz"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    painted = dict(np.load(tmp_path / "out.npz", allow_pickle=True))
    for name, label in cases.items():
        assert_within_one_level(painted[name], gan.generate(label))
    expected = gan.generate(cases["three"])
    assert_within_one_level(pixels(painted["files"]), expected)


def test_every_kind_of_label_file(gan, exported, rng):
    label = labels(rng, 2, 6, 9)
    ids, colors = IDS[label], COLORS[label]
    grey = np.repeat(ids[..., None], 3, axis=-1)
    kinds = {
        "grey": [png(x) for x in ids],
        "grey 16 bits": [png(x.astype("uint16")) for x in ids],
        "colours": [png(x) for x in colors],
        "other colours": [png(x) for x in OTHER_COLORS[label]],
        "colours with alpha": [png(x, mode="RGBA") for x in colors],
        "palette": [png(x, palette=COLORS) for x in label],
        "ids as grey colours": [png(x) for x in grey],
        "mixed": [png(ids[0]), png(colors[1])],
    }
    expected = gan.generate(label)
    for files in kinds.values():
        painted = paint(exported, "png", label_png=files)
        assert_within_one_level(pixels(painted), expected)


def test_black_and_white_is_0_and_1(gan, exported, rng):
    label = rng.integers(0, 2, (1, 4, 11)).astype("uint8")
    painted = paint(exported, "png", label_png=[png(label[0] * 255, mode="1")])
    assert_within_one_level(pixels(painted), gan.generate(label))


def test_16_bit_ids_and_instances(tmp_path, rng):
    gan = make_gan(edges=True, class_table=WIDE)
    folder = export.export_saved_model(gan, tmp_path / "export", check=False)
    label = rng.integers(0, 2, (2, 6, 8)).astype("uint8")
    # two ids that are the same in their upper eight bits
    instance = rng.integers(26000, 26002, (2, 6, 8)).astype("int32")
    expected = gan.generate(label, instance)
    painted = paint(folder, "serving_default", label=label, instance=instance)
    assert_within_one_level(painted, expected)
    ids = np.array([0, 30001], "uint16")[label]
    painted = paint(
        folder,
        "png",
        label_png=[png(x) for x in ids],
        instance_png=[png(x.astype("uint16")) for x in instance],
    )
    assert_within_one_level(pixels(painted), expected)
    without_edges = gan.generate(label, np.zeros_like(instance))
    assert abs(without_edges.astype(int) - expected).max() > 1
    with pytest.raises(Exception, match=r"colour type 2 as instance_png\[0\]"):
        colors = png(np.zeros((2, 3, 3), "uint8"))
        files = {"label_png": [png(np.zeros((2, 3), "uint8"))]}
        paint(folder, "png", **files, instance_png=[colors])
    with pytest.raises(Exception, match="must have the same size"):
        other = png(np.zeros((3, 3), "uint8"))
        paint(folder, "png", **files, instance_png=[other])


@pytest.mark.parametrize(
    "files, words",
    [
        (
            [png(np.array([[0, 1, 9, 9]], "uint8"))],
            r"Received: id \[9\], the first of 2 unknown pixels of "
            r"label_png\[0\]",
        ),
        (
            [png(COLORS[:1, None]), png(np.array([[[1, 2, 3]]], "uint8"))],
            r"Received: colour \[1 2 3\], the first of 1 unknown pixels of "
            r"label_png\[1\]",
        ),
        (
            [png(IDS[None, :2]), png(IDS[:2, None])],
            r"must have the same size. Received: \(width, height\) "
            r"\[\[2 1\]\\n \[1 2\]\]",
        ),
        (
            [png(IDS[None, :2]), b"GIF89a and so on"],
            r"bytes of a PNG file. Received: something else as label_png\[1\]",
        ),
        ([b""], r"something else as label_png\[0\]"),
    ],
)
def test_bad_files_are_named_by_the_graph(strict, files, words):
    with pytest.raises(Exception, match=words):
        paint(strict, "png", label_png=files)


def test_ids_and_colours_that_are_not_in_the_table_are_void(gan, exported):
    label = np.array([[0, 1, 2, 255] * 4] * 8, "uint8")
    expected = gan.generate(label[None])
    ids, colors = IDS[label], COLORS[label]
    ids[label == 255] = 9
    colors[label == 255] = (1, 2, 3)
    for array in (ids, colors):
        painted = paint(exported, "png", label_png=[png(array)])
        assert_within_one_level(pixels(painted), expected)


def header_only(width, height):
    """A PNG file that says how large it is, and ends."""
    file = bytearray(png(np.zeros((1, 1), "uint8")))
    file[16:24] = width.to_bytes(4) + height.to_bytes(4)
    return bytes(file)


def test_100_megapixels_are_refused_before_decoding(exported):
    words = "at most 16777216, all together. Received: 100000000 pixels"
    with pytest.raises(Exception, match=words):
        paint(exported, "png", label_png=[header_only(10_000, 10_000)])


def test_sizes_that_no_integer_holds_are_refused(exported):
    files = [header_only(2**31, 2**29)] * 16  # 2**64 pixels in all
    with pytest.raises(Exception, match="at most 16777216, all together"):
        paint(exported, "png", label_png=files)


def test_how_many_pixels_a_call_may_have(gan, tmp_path):
    folder = gan.export(tmp_path / "1", check=False, max_pixels=4096)
    zeros = np.zeros((3, 32, 40), "uint8")
    assert paint(folder, "serving_default", label=zeros).shape[0] == 3
    words = "at most 4096, all together. Received: 5120 pixels"
    with pytest.raises(Exception, match=words):
        paint(folder, "serving_default", label=zeros[[0] * 4])
    with pytest.raises(Exception, match=words):
        files = [png(zeros[0])] * 4
        paint(folder, "png", label_png=files)


@pytest.mark.parametrize("shape", [(0, 4, 4), (1, 0, 4), (2, 3, 0)])
def test_a_call_without_a_pixel_is_refused(exported, shape):
    with pytest.raises(Exception, match="at least 1 pixel.*Received: 0 pixels"):
        label = np.zeros(shape, "uint8")
        paint(exported, "serving_default", label=label)
    with pytest.raises(Exception, match="at least 1 pixel"):
        import tensorflow as tf

        tf.saved_model.load(str(exported)).signatures["png"](
            label_png=tf.zeros([0], tf.string)
        )


def test_floats_are_what_is_rounded(exported, rng):
    label = labels(rng, 1, 9, 8)
    floats = paint(exported, "float", label=label)
    assert floats.dtype == "float32"
    levels = np.floor((floats + 1) * 127.5 + 0.5).astype("uint8")
    painted = paint(exported, "serving_default", label=label)
    np.testing.assert_array_equal(levels, painted)


@pytest.mark.parametrize("weights", ["float16", "bfloat16"])
def test_halves_are_half_as_large_and_paint_alike(
    gan, exported, tmp_path, rng, weights
):
    folder = gan.export(tmp_path / "1", check=False, weights=weights)
    size = [sum(f.stat().st_size for f in (x / "variables").iterdir())
            for x in (folder, exported)]  # fmt: skip
    assert size[0] < 0.7 * size[1]
    label = labels(rng, 1, 16, 16)
    painted = paint(folder, "serving_default", label=label)
    gap = abs(painted.astype(int) - gan.generate(label))
    assert 0 < gap.max() <= 3


def test_maps_of_another_size_are_refused(tmp_path):
    gan = make_gan(edges=True)
    folder = gan.export(tmp_path / "1", check=False)
    words = r"instance must begin with the shape of label, \[1 4 4\]. Received"
    with pytest.raises(Exception, match=words):
        label = np.zeros((1, 4, 4), "uint8")
        instance = np.zeros((1, 4, 5), "int32")
        paint(folder, "serving_default", label=label, instance=instance)


def test_a_processor_and_its_convolutions(gan, tmp_path, monkeypatch):
    monkeypatch.setattr(winograd_conv2d, "MIN_CHANNELS", 4)
    monkeypatch.setattr(winograd_conv2d, "MIN_CHANNEL_PIXELS", 1)
    label = np.array([[[0, 1, 2] * 3] * 9], "uint8")
    sizes = []
    for processor in ("cpu", "gpu"):
        folder = gan.export(
            tmp_path / processor, check=False, processor=processor
        )
        sizes.append((folder / "saved_model.pb").stat().st_size)
        painted = paint(folder, "serving_default", label=label)
        assert_within_one_level(painted, gan.generate(label))
    assert sizes[0] > sizes[1] + 10_000  # of Winograd's transforms


@pytest.mark.parametrize(
    "size, plain", [((16, 24), True), ((576, 768), False), (None, False)]
)
def test_for_small_images_convolutions_are_plain(
    gan, tmp_path, monkeypatch, size, plain
):
    made = []

    def noted(*arguments):
        made.append(arguments[-1])
        raise ValueError("that is all")

    monkeypatch.setattr(saved_model, "ServingGenerator", noted)

    class Source:
        def image_size(self):
            return size

    with pytest.raises(ValueError, match="that is all"):
        gan.export(tmp_path / "1", processor="cpu", source=Source())
    assert made == [plain]


def test_more_classes_than_bytes_have_values(tmp_path):
    gan = small_gan(300, label_channels=300)
    folder = gan.export(tmp_path / "1", check=False)
    label = np.array([[[0, 299, 7, 300] * 3] * 9], "int32")
    painted = paint(folder, "serving_default", label=label)
    assert_within_one_level(painted, gan.generate(label))


def test_a_full_disk_is_said_in_a_line(gan, tmp_path, monkeypatch):
    import tensorflow as tf

    def full(*arguments, **named):
        raise tf.errors.ResourceExhaustedError(None, None, "No space left")

    monkeypatch.setattr(tf.saved_model, "save", full)
    with pytest.raises(ValueError, match="No space left.*Free some space"):
        gan.export(tmp_path / "1", check=False)
    assert not list(tmp_path.iterdir())


def test_two_exports_at_once_do_not_mix(gan, tmp_path, monkeypatch):
    write = saved_model._write

    def slow(graph, folder):
        write(graph, folder)
        (tmp_path / "1").mkdir()
        (tmp_path / "1" / "other").write_text("mine")

    monkeypatch.setattr(saved_model, "_write", slow)
    with pytest.raises(ValueError, match="written meanwhile. Run it again"):
        gan.export(tmp_path / "1", check=False)
    assert [file.name for file in tmp_path.rglob("*")] == ["1", "other"]


@pytest.mark.parametrize(
    "option, words",
    [
        ({"weights": "int8"}, "weights must be one of 'float32'.*'int8'"),
        ({"processor": "tpu"}, "processor must be one of 'cpu', 'gpu'"),
        ({"max_pixels": 0}, r"max_pixels must be an int in \[4096.*pixels=0"),
        ({"license_file": "/no/file"}, "licence must be a text file"),
    ],
)
def test_options_that_are_none(gan, tmp_path, option, words):
    with pytest.raises(ValueError, match=words):
        gan.export(tmp_path / "1", check=False, **option)
    assert not list(tmp_path.iterdir())


def test_where_it_comes_from_and_its_licence_go_along(gan, tmp_path):
    (tmp_path / "terms").write_text("Mine.")
    folder = gan.export(
        tmp_path / "1", check=False, license_file=tmp_path / "terms"
    )
    assets = folder / "assets.extra"
    assert (assets / "LICENSE.txt").read_text() == "Mine."
    facts = json.loads((assets / "provenance.json").read_text())
    assert facts["options"]["weights"] == "float32"
    assert facts["model"]["classes"] == 3
    assert facts["versions"]["keras"] == keras.__version__


def test_the_licence_is_that_of_the_package(exported):
    text = (exported / "assets.extra/LICENSE.txt").read_text()
    assert "Apache License" in text


def test_half_precision_is_exported_in_float32(tmp_path, rng):
    half, whole = make_gan(dtype="mixed_float16"), make_gan()
    whole.generator.set_weights(half.generator.get_weights())
    label = labels(rng, 2, 12, 8)
    folder = half.export(tmp_path / "export", check=False)
    painted = paint(folder, "serving_default", label=label)
    assert_within_one_level(painted, whole.generate(label))
    # the model itself stays as it was
    assert half.generator.get_layer("input_conv").compute_dtype == "float16"


def test_a_generator_alone(gan, tmp_path, rng):
    label = labels(rng, 1, 8, 8)
    folder = export.export_saved_model(
        gan.generator, tmp_path / "a", TABLE, check=False
    )
    painted = paint(folder, "png", label_png=[png(IDS[label[0]])])
    assert_within_one_level(pixels(painted), gan.generate(label))


def test_a_generator_alone_with_edges_and_a_number(gan, tmp_path):
    import tensorflow as tf

    # 4 channels: 3 classes and the edges
    folder = export.export_saved_model(
        gan.generator,
        tmp_path / "export",
        3,
        use_instance_edges=True,
        check=False,
    )
    signatures = tf.saved_model.load(str(folder)).signatures
    assert sorted(signatures) == ["float", "serving_default"]
    zeros = np.zeros((1, 4, 4), "int32")
    image = paint(
        folder, "serving_default", label=zeros.astype("uint8"), instance=zeros
    )
    assert image.shape == (1, 4, 4, 3)
    assert not (folder / "assets.extra/classes.json").exists()


def test_the_class_table_goes_along(exported):
    assert ClassTable.load(exported / "assets.extra/classes.json") == TABLE


def test_names_for_a_number_and_an_empty_folder(tmp_path):
    (tmp_path / "1").mkdir()
    gan = make_gan(class_table=3)
    folder = export.export_saved_model(
        gan, str(tmp_path / "1"), TABLE, check=False
    )
    assert ClassTable.load(folder / "assets.extra/classes.json") == TABLE
    assert os.listdir(tmp_path) == ["1"]
    assert folder.stat().st_mode & 0o777 == 0o755


def test_what_exists_is_not_replaced(tmp_path, gan, exported):
    with pytest.raises(ValueError, match="new or empty. Received.*/1"):
        gan.export(exported)
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ValueError, match="new or empty"):
        gan.export(tmp_path / "file")
    with pytest.raises(ValueError, match='can be written.*Received: ".*file/1'):
        gan.export(tmp_path / "file" / "1")
    assert (tmp_path / "file").read_text() == "mine"


def test_a_table_that_does_not_fit(tmp_path, gan):
    with pytest.raises(ValueError, match="the 3 classes.*one of 2"):
        gan.export(tmp_path / "a", class_table=WIDE)
    with pytest.raises(ValueError, match="must come with a class_table"):
        export.export_saved_model(gan.generator, tmp_path / "a")
    with pytest.raises(ValueError, match=r"4 classes.*\+ 1 of inst.*with 4 in"):
        export.export_saved_model(
            gan.generator, tmp_path / "a", 4, use_instance_edges=True
        )
    assert not os.listdir(tmp_path)


def test_other_backends_are_told(monkeypatch, tmp_path, gan):
    monkeypatch.setattr(keras.backend, "backend", lambda: "jax")
    with pytest.raises(ValueError, match="Received: the backend 'jax'. Save"):
        gan.export(tmp_path / "a")


@pytest.fixture(scope="module")
def condition_gan():
    return small_gan(None)


@pytest.fixture(scope="module")
def of_conditions(condition_gan, tmp_path_factory):
    folder = tmp_path_factory.mktemp("exported") / "conditions" / "1"
    return export.export_saved_model(condition_gan, folder, check=False)


def loaded(folder):
    import tensorflow as tf

    return tf.saved_model.load(folder).signatures


def test_without_classes_pixels_are_painted_from(
    condition_gan, of_conditions, rng
):
    label = rng.integers(0, 256, (2, 6, 9, 3), dtype="uint8")
    serve = loaded(of_conditions)["serving_default"]
    found = serve(label=keras.ops.convert_to_tensor(label))["image"].numpy()
    np.testing.assert_array_equal(found, condition_gan.generate(label))
    assert not (of_conditions / "assets.extra/classes.json").exists()


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "LA", "1"])
def test_without_classes_any_png_is_read_as_the_datastore_does(
    condition_gan, of_conditions, rng, tmp_path, mode
):
    import tensorflow as tf

    pixels = rng.integers(0, 256, (6, 9, 4), dtype="uint8")
    file = tmp_path / "a.png"
    Image.fromarray(pixels).convert(mode).save(file)
    (png,) = loaded(of_conditions)["png"](
        label_png=tf.constant([file.read_bytes()])
    )["image_png_bytes"].numpy()
    found = np.asarray(Image.open(io.BytesIO(png)))
    expected = condition_gan.generate(read_image(file)[None])[0]
    np.testing.assert_array_equal(found, expected)


def test_a_model_without_classes_needs_no_table(condition_gan, tmp_path):
    words = "class_table must be None for a model without classes. Received: "
    with pytest.raises(ValueError, match=words):
        export.export_saved_model(condition_gan, tmp_path / "1", class_table=3)
