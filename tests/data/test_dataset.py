import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import read_pairs, write_toy_cars

tf = pytest.importorskip("tensorflow")


def orders(dataset, epochs=1):
    """Per epoch, which image is where: image n of the fixture is all n."""
    return [
        [
            round((float(value) + 1) * 127.5)
            for batch in dataset
            for value in batch["image"].numpy()[:, 0, 0, 0]
        ]
        for _ in range(epochs)
    ]


def flips(dataset, epochs=1):
    """Per epoch, the numbers of the images that were flipped."""
    found = []
    for _ in range(epochs):
        epoch = {}
        for batch in dataset:
            numbers = (batch["image"].numpy()[:, 0, 0, 0] + 1) * 127.5
            flipped = batch["label"].numpy()[:, 0, 0] == 0
            epoch |= dict(zip(numbers.round(), flipped, strict=True))
        found.append([int(n) for n in sorted(epoch) if epoch[n]])
    return found


@pytest.fixture
def pairs(carvana_like):
    return read_pairs(carvana_like([f"p{n:02d}" for n in range(20)]))


def test_batch(pairs):
    dataset = pairs.to_dataset()
    assert len(dataset) == 20
    batch = next(iter(dataset))
    assert set(batch) == {"label", "image"}
    assert batch["label"].dtype == "uint8"
    assert batch["label"].numpy().tolist() == [[[1, 1, 1, 0, 0, 0]] * 4]
    assert batch["image"].dtype == "float32"
    assert batch["image"].shape == (1, 4, 6, 3)
    assert (batch["image"].numpy() == -1).all()
    assert orders(dataset, 2) == [list(range(20))] * 2


def test_range_of_values(tmp_path, carvana_like):
    folder = carvana_like(["a"], size=(1, 3))
    pixels = np.array([[(0, 51, 255)] * 3], "uint8")
    Image.fromarray(pixels).save(folder / "images" / "a.png")
    image = next(iter(read_pairs(folder).to_dataset()))["image"]
    np.testing.assert_allclose(image[0, 0, 0], [-1, -0.6, 1], atol=1e-6)


@pytest.mark.parametrize(
    "batch_size, static, lengths", [(5, 5, [5] * 4), (8, None, [8, 8, 4])]
)
def test_static_shapes_and_last_batch(pairs, batch_size, static, lengths):
    dataset = pairs.to_dataset((8, 10), batch_size)
    shapes = {k: s.shape.as_list() for k, s in dataset.element_spec.items()}
    assert shapes == {
        "label": [static, 8, 10],
        "image": [static, 8, 10, 3],
    }
    assert len(dataset) == len(lengths)
    assert [len(batch["label"]) for batch in dataset] == lengths


def test_static_shapes_without_image_size(pairs):
    spec = pairs.to_dataset().element_spec["label"]
    assert spec.shape.as_list() == [1, 4, 6]
    spec = pairs.to_dataset(batch_size=4).element_spec["label"]
    assert spec.shape.as_list() == [4, 4, 6]


def test_labels_are_resized_nearest(carvana_like):
    folder = carvana_like(["a"], size=(2, 4))
    mask = np.array([[0, 255, 0, 1], [255, 255, 0, 0]], "uint8")
    Image.fromarray(mask).save(folder / "masks" / "a_mask.png")
    dataset = read_pairs(folder).to_dataset((4, 8))
    label = next(iter(dataset))["label"]
    assert label.dtype == "uint8"
    top, bottom = [0, 0, 1, 1, 0, 0, 1, 1], [1, 1, 1, 1, 0, 0, 0, 0]
    assert label.numpy().tolist() == [[top, top, bottom, bottom]]


def test_images_are_resized_with_antialiasing(carvana_like):
    folder = carvana_like(["a"], size=(9, 9))
    pixels = np.zeros((9, 9, 3), "uint8")
    pixels[:, 1::2] = 255
    Image.fromarray(pixels).save(folder / "images" / "a.png")
    image = next(iter(read_pairs(folder).to_dataset((9, 3))))["image"]
    # Bicubic weights at 0, 1/3 .. 4/3: 1, 7/9, 1/3, 0, -2/27. The odd
    # columns weigh 14/9 of 83/27 in all: 0.506. Without antialiasing the
    # value would be that of the middle column, 0.
    np.testing.assert_allclose(
        image[0, :, 1], np.full((9, 3), 2 * 129 / 255 - 1), atol=0.009
    )


def test_instances_keep_their_numbers(tmp_path):
    folder = write_toy_cars(tmp_path / "toys", count=1)
    path = folder / "instances" / "toy000_01.png"
    numbers = np.zeros((64, 96), "uint16")
    numbers[:, 48:] = 65001
    Image.fromarray(numbers).save(path)
    dataset = read_pairs(folder).to_dataset((32, 48))
    instance = next(iter(dataset))["instance"]
    assert instance.dtype == "int32"
    assert instance.shape == (1, 32, 48)
    assert (instance[0, :, :24] == 0).numpy().all()
    assert (instance[0, :, 24:] == 65001).numpy().all()


def test_shuffle_is_new_each_epoch_and_reproducible(pairs):
    first = orders(pairs.to_dataset(shuffle=True, seed=3), 2)
    assert first[0] != first[1] != list(range(20)) != first[0]
    assert sorted(first[0]) == sorted(first[1]) == list(range(20))
    assert orders(pairs.to_dataset(shuffle=True, seed=3), 2) == first
    assert orders(pairs.to_dataset(shuffle=True, seed=4), 2) != first


def test_flips_are_new_each_epoch_and_reproducible(pairs):
    first = flips(pairs.to_dataset(augment=True, seed=3), 2)
    assert first[0] != first[1]
    assert flips(pairs.to_dataset(augment=True, seed=3), 2) == first
    assert flips(pairs.to_dataset(augment=True, seed=4), 2) != first


@pytest.mark.parametrize("shuffle", [False, True])
def test_half_of_the_pairs_are_flipped(pairs, shuffle):
    dataset = pairs.to_dataset(shuffle=shuffle, augment=True, seed=1)
    counts = np.zeros(20, int)
    for numbers in flips(dataset, 40):
        counts[numbers] += 1
    # 40 fair throws each: outside of 6..34 once in 10,000,000.
    assert counts.min() >= 6
    assert counts.max() <= 34
    assert 330 <= counts.sum() <= 470


def test_a_flip_is_the_same_for_image_label_and_instance(tmp_path):
    pairs = read_pairs(write_toy_cars(tmp_path / "toys", count=8))
    flipped = 0
    for index, batch in enumerate(pairs.to_dataset(augment=True, seed=0)):
        stored = pairs.read(index)
        turned = not (batch["label"][0] == stored["label"]).numpy().all()
        step = -1 if turned else 1
        flipped += turned
        image = stored["image"][:, ::step] / 127.5 - 1
        np.testing.assert_allclose(batch["image"][0], image, atol=1e-6)
        for kind in ("label", "instance"):
            assert (batch[kind][0] == stored[kind][:, ::step]).numpy().all()
    assert 0 < flipped < 8


def test_no_flips_unless_asked(pairs):
    assert flips(pairs.to_dataset(shuffle=True), 3) == [[], [], []]


def test_different_sizes_in_a_batch(carvana_like):
    folder = carvana_like(["a", "b", "c"])
    Image.new("RGB", (8, 5)).save(folder / "images" / "b.png")
    Image.new("L", (8, 5)).save(folder / "masks" / "b_mask.png")
    pairs = read_pairs(folder)
    words = (
        r"batch_size=2 and images.* 2 different sizes.*\(4, 6\) "
        r"\(pair 'a'\) and \(5, 8\) \(pair 'b'\).*Pass `image_size="
    )
    with pytest.raises(ValueError, match=words):
        pairs.to_dataset(batch_size=2)
    assert [b["label"].shape for b in pairs.to_dataset()] == [
        (1, 4, 6),
        (1, 5, 8),
        (1, 4, 6),
    ]
    assert next(iter(pairs.to_dataset((4, 6), 3)))["label"].shape == (3, 4, 6)


@pytest.mark.parametrize("image_size", [64, (64,), (0, 5), (2.5, 3), "ab"])
def test_image_size_of_a_wrong_form(pairs, image_size):
    with pytest.raises(ValueError, match="None or .height, width..*Received"):
        pairs.to_dataset(image_size)


@pytest.mark.parametrize("batch_size", [0, 1.5, None])
def test_batch_size_of_a_wrong_form(pairs, batch_size):
    with pytest.raises(ValueError, match=f">= 1.*batch_size={batch_size}"):
        pairs.to_dataset(batch_size=batch_size)


def test_an_error_names_the_file(carvana_like):
    folder = carvana_like(["a", "b"])
    Image.new("L", (6, 4), 7).save(folder / "masks" / "b_mask.png")
    dataset = read_pairs(folder).to_dataset((8, 8))
    words = r'Every id of ".*b_mask.png" must belong.*7 \(24 pixels\)'
    with pytest.raises(tf.errors.InvalidArgumentError, match=words):
        list(dataset)


def test_more_than_255_classes(tmp_path):
    from keras_pix2pixhd.data import ClassTable

    colors = [(n // 256, 1, n % 256) for n in range(300)]
    table = ClassTable([f"c{n}" for n in range(300)], range(300), colors)
    for kind, array in (
        ("images", np.zeros((1, 2, 3), "uint8")),
        ("labels", np.array([[299, 0]], "uint16")),
    ):
        (tmp_path / kind).mkdir()
        Image.fromarray(array).save(tmp_path / kind / "x.png")
    table.save(tmp_path / "classes.json")
    label = next(iter(read_pairs(tmp_path).to_dataset((2, 4))))["label"]
    assert label.dtype == "int32"
    assert label.numpy().tolist() == [[[299, 299, 0, 0]] * 2]
