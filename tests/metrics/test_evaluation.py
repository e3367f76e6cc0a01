import json
import subprocess
import sys

import numpy as np
import pytest

from keras_pix2pixhd.data import ClassTable
from keras_pix2pixhd.metrics import evaluate_generator
from tests.small_gan import small_gan

TABLE = ClassTable(["sky", "road"], [0, 1], [(0, 0, 1), (0, 0, 2)])


class Painter:
    """Stands in for a GAN: class 0 is level 51, all others 102."""

    class_table = TABLE

    def generate(self, label, instance=None):
        levels = np.where(np.asarray(label) == 0, 51, 102).astype("uint8")
        return np.repeat(levels[..., None], 3, axis=-1)


class NeedsInstances(Painter):
    def generate(self, label, instance=None):
        assert instance.shape == label.shape
        return super().generate(label)


def batch_of(labels, levels):
    """Real images of one level, as networks see them."""
    labels = np.asarray(labels, "uint8")
    images = np.asarray(levels, "float32")[:, None, None, None] / 127.5 - 1
    shape = (*labels.shape, 3)
    return {
        "label": labels,
        "image": np.broadcast_to(images, shape).astype("float32"),
    }


def test_worked_by_hand():
    # the first image is equal (PSNR counts 100 dB), the second off by 51
    data = batch_of([np.zeros((12, 12)), np.ones((12, 12))], [51, 153])
    report = evaluate_generator(Painter(), [data])
    luminance = (2 * 102 * 153 + 6.5025) / (102**2 + 153**2 + 6.5025)
    assert report == {
        "images": 2,
        "l1": 25.5,
        "psnr": pytest.approx((100 + 20 * np.log10(5)) / 2),
        "ssim": pytest.approx((1 + luminance) / 2),
        "class_color_error": {"sky": 0.0, "road": 51.0},
    }
    assert json.loads(json.dumps(report, allow_nan=False)) == report


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_any_batch_size_gives_the_same(rng, size):
    whole = {
        "label": rng.integers(0, 3, (7, 13, 16)).astype("uint8"),
        "image": rng.uniform(-1, 1, (7, 13, 16, 3)).astype("float32"),
    }
    batches = [
        {key: value[i : i + size] for key, value in whole.items()}
        for i in range(0, 7, size)
    ]
    report = evaluate_generator(Painter(), batches, TABLE)
    one_batch = evaluate_generator(Painter(), whole, TABLE)
    assert report["images"] == one_batch["images"] == 7
    for name in ("l1", "psnr", "ssim", "class_color_error"):
        assert report[name] == pytest.approx(one_batch[name], rel=1e-12)


def test_instances_reach_the_model():
    data = batch_of(np.zeros((1, 4, 4)), [51])
    data["instance"] = np.zeros((1, 4, 4), "int32")
    assert evaluate_generator(NeedsInstances(), [data])["l1"] == 0


def test_a_tf_dataset(rng):
    tf = pytest.importorskip("tensorflow")
    data = batch_of(rng.integers(0, 2, (5, 4, 4)), range(5))
    dataset = tf.data.Dataset.from_tensor_slices(data).batch(2)
    report = evaluate_generator(Painter(), dataset)
    assert report == evaluate_generator(Painter(), data)
    with pytest.raises(ValueError, match="must come to an end"):
        evaluate_generator(Painter(), dataset.repeat())


def test_a_class_table_of_a_number():
    data = batch_of(np.ones((1, 4, 4)), [102])
    report = evaluate_generator(Painter(), data, class_table=3)
    assert report["class_color_error"] == {"1": 0.0}


@pytest.mark.parametrize(
    "dataset, words",
    [
        ([], "at least one image. Received: none"),
        ([{"label": np.zeros((1, 2, 2), "uint8")}], r"without \['image'\]"),
        ([np.zeros((1, 2, 2))], "must be a dict.*Received: ndarray"),
        (
            {"label": np.zeros((1, 2, 2, 3)), "image": np.zeros((1, 2, 2, 3))},
            r"integer class indices. Received: label.shape=\(1, 2, 2, 3\)",
        ),
    ],
)
def test_bad_data_is_refused(dataset, words):
    with pytest.raises(ValueError, match=words):
        evaluate_generator(Painter(), dataset)


def test_does_not_import_tensorflow_on_other_backends():
    code = (
        "import sys; sys.modules['tensorflow'] = None\n"
        "import keras_pix2pixhd.metrics, keras_pix2pixhd.callbacks"
    )
    done = subprocess.run(
        [sys.executable, "-c", "import keras\n" + code],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_pixels_in_place_of_images_are_refused():
    data = batch_of([np.zeros((12, 12))], [51])
    data["image"] = (data["image"] + 1) * 127.5
    with pytest.raises(ValueError, match=r"image must be in \[-1, 1\]. Rec"):
        evaluate_generator(Painter(), [data])


def test_without_classes_there_is_no_colour_error():
    gan = small_gan(None)
    labels = np.zeros((2, 32, 32, 3), "uint8")
    images = np.full((2, 32, 32, 3), 100, "uint8")
    report = evaluate_generator(gan, [{"label": labels, "image": images}])
    expected = np.abs(gan.generate(labels).astype("float64") - 100).mean()
    assert set(report) == {"images", "l1", "psnr", "ssim"}
    assert report["l1"] == pytest.approx(expected)


def test_named_metrics_only():
    data = batch_of(np.zeros((1, 12, 12)), [51])
    report = evaluate_generator(Painter(), data, metrics=["ms_ssim", "l1"])
    assert report == {
        "images": 1,
        "l1": 0.0,
        "ms_ssim_1_scale": pytest.approx(1.0),
    }
    with pytest.raises(ValueError, match="no metric 'l2'. Did you mean 'l1'"):
        evaluate_generator(Painter(), data, metrics=["l2"])


def test_anything_that_generates():
    class Grey:
        def generate(self, label, instance=None):
            return np.full((*label.shape[:3], 3), 51, "uint8")

    data = batch_of(np.zeros((1, 12, 12)), [102])
    data["label"] = np.zeros((1, 12, 12, 3), "uint8")
    report = evaluate_generator(Grey(), data)
    assert set(report) == {"images", "l1", "psnr", "ssim"}
    assert report["l1"] == 51.0


def test_a_network_adds_what_it_allows():
    data = batch_of([np.zeros((12, 12)), np.ones((12, 12))], [51, 153])

    def bright_is_road(images):
        return (images.mean(-1) > 76 / 127.5 - 1).astype("int32")

    report = evaluate_generator(Painter(), data, segmenter=bright_is_road)
    assert report["segmentation"]["generated"]["mean_iou"] == 1.0
    assert set(report) == {
        *("images", "l1", "psnr", "ssim", "class_color_error", "segmentation")
    }
