import numpy as np
import pytest

from keras_pix2pixhd.config import RunConfig
from keras_pix2pixhd.data import Augmentation, prepare_records, write_records
from keras_pix2pixhd.runs.run_data import (
    batches,
    draw_toy_cars,
    evenly,
    open_split,
    steps_of_epoch,
)

CONFIG = RunConfig().replace({"image_size": (16, 24), "toy_scenes": 12})


@pytest.fixture
def parts(tmp_path):
    return draw_toy_cars(CONFIG, tmp_path / "toys", lambda line: None)


def test_toy_cars_are_drawn_and_split(tmp_path):
    lines = []
    parts = draw_toy_cars(CONFIG, tmp_path / "toys", lines.append)
    assert lines == [
        f"data: {tmp_path}/toys: 8 training pairs of 2 cars, 4 held-out pairs "
        "of 1 car (chosen at random, seed 0)"
    ]
    assert (len(parts.train), len(parts.held_out)) == (8, 4)
    assert parts.train.size(0) == (16, 24)


def test_the_seed_and_the_subset_reach_the_split(tmp_path, parts):
    folder, lines = tmp_path / "toys", []
    config = CONFIG.replace({"subset": 6, "seed": 3})
    other = open_split(config, folder, lines.append)
    assert len(other.train) + len(other.held_out) == 6
    assert "seed 3" in lines[0]


def test_all_pairs_are_read_first_unless_that_is_switched_off(tmp_path, parts):
    path = parts.train.files(2)["label"]
    path.write_bytes(b"no image")
    with pytest.raises(ValueError, match=path.name):
        open_split(CONFIG, tmp_path / "toys", print)
    config = CONFIG.replace({"check_data": False})
    assert len(open_split(config, tmp_path / "toys", print).train) == 8


def test_data_without_instances_is_refused_for_instance_edges(tmp_path, parts):
    config = CONFIG.replace({"use_instance_edges": True})
    assert len(open_split(config, tmp_path / "toys", print).train) == 8
    (tmp_path / "toys" / "instances").rename(tmp_path / "elsewhere")
    words = "must have instance maps.*image and label only.*=false"
    with pytest.raises(ValueError, match=words):
        open_split(config, tmp_path / "toys", print)


def test_records_are_recognised(tmp_path, parts):
    write_records(parts.train, parts.held_out, tmp_path / "records")
    lines = []
    found = open_split(CONFIG, tmp_path / "records", lines.append)
    assert found.train.names == parts.train.names
    assert lines == [
        f"data: {tmp_path}/records: 8 training, 4 held-out pairs (records)"
    ]
    few = CONFIG.replace({"subset": 6})
    found = open_split(few, tmp_path / "records", lines.append)
    assert (len(found.train), len(found.held_out)) == (4, 2)
    assert "6 pairs at random of 8 training, 4 held-out" in lines[1]


def test_all_records_are_read_first_unless_that_is_off(tmp_path, parts):
    write_records(parts.train, parts.held_out, tmp_path / "out", shards=1)
    path = tmp_path / "out" / "held_out-00000-of-00001.tfrecord"
    path.write_bytes(path.read_bytes()[:-50])
    with pytest.raises(ValueError, match="whole and what records.json says"):
        open_split(CONFIG, tmp_path / "out", print)
    config = CONFIG.replace({"check_data": False})
    assert len(open_split(config, tmp_path / "out", print).held_out) == 4


def test_records_without_instances_are_refused_for_edges(tmp_path, parts):
    (tmp_path / "toys" / "instances").rename(tmp_path / "elsewhere")
    prepare_records(tmp_path / "toys", tmp_path / "records")
    config = CONFIG.replace({"use_instance_edges": True})
    with pytest.raises(ValueError, match="must have instance maps"):
        open_split(config, tmp_path / "records", print)


def test_records_have_no_layout_and_classes_of_their_own(tmp_path, parts):
    write_records(parts.train, parts.held_out, tmp_path / "records")
    for setting in ("layout", "classes"):
        config = CONFIG.replace({setting: "own"})
        with pytest.raises(ValueError, match=f"{setting}=own.*Leave them"):
            open_split(config, tmp_path / "records", print)


def test_the_layout_can_be_named(tmp_path, parts):
    config = CONFIG.replace({"layout": "own"})
    assert len(open_split(config, tmp_path / "toys", print).train) == 8
    config = CONFIG.replace({"layout": "nvidia"})
    with pytest.raises(ValueError, match="must have the layout 'nvidia'"):
        open_split(config, tmp_path / "toys", print)


def test_every_setting_of_the_data_reaches_the_batches(parts):
    asked = {}

    class Pairs:
        def to_dataset(self, image_size, **settings):
            asked.update(settings, image_size=image_size)
            return parts.train.to_dataset()

    config = CONFIG.replace(
        {
            "resize_mode": "scale_width_and_crop",
            "load_size": (20, 30),
            "batch_size": 3,
            "flip": False,
            "zoom": 1.1,
            "rotation": 2,
            "brightness": 0.1,
            "contrast": 0.2,
            "saturation": 0.3,
            "hue": 0.4,
            "seed": 5,
            "cache": "memory",
        }
    )
    batches(config, Pairs(), train=True, start=7)
    held_out = {
        "image_size": (16, 24),
        "resize_mode": "scale_width_and_crop",
        "load_size": (20, 30),
        "image_dtype": "uint8",
    }
    assert asked == held_out | {
        "batch_size": 3,
        "shuffle": True,
        "augment": Augmentation(False, 1.1, 2, 0.1, 0.2, 0.3, 0.4),
        "seed": 5,
        "cache": "memory",
        "repeat": True,
        "start": 7,
        "shard": None,
    }
    asked.clear()
    batches(config, Pairs())
    assert asked == held_out


def test_pairs_are_picked_evenly(parts):
    assert evenly(parts.train, None) is parts.train
    assert evenly(parts.train, 99) is parts.train
    assert evenly(parts.train, 8) is parts.train
    names = parts.train.names
    for count in range(1, 8):
        picked = [names.index(n) for n in evenly(parts.train, count).names]
        assert len(picked) == count
        step = len(names) / count
        for i, place in enumerate(picked):
            assert int(i * step) <= place < (i + 1) * step


def test_picked_pairs_show_different_views(tmp_path):
    config = CONFIG.replace({"toy_scenes": 32})
    train = draw_toy_cars(config, tmp_path / "more", print).train
    cars = len(train) // 4
    views = {name[-2:] for name in evenly(train, cars).names}
    assert len(views) > 1


@pytest.mark.parametrize(
    "settings, steps",
    [
        ({}, 8),
        ({"batch_size": 3}, 3),
        ({"batch_size": 99}, 1),
        ({"steps_per_epoch": 50}, 50),
        ({"steps_per_epoch": 50, "steps": 20}, 50),
        ({"steps": 3}, 8),
        ({"steps": 100}, 8),
    ],
)
def test_an_epoch_has_its_steps(parts, settings, steps):
    assert steps_of_epoch(CONFIG.replace(settings), parts.train) == steps


def test_the_batches_never_end_and_come_in_the_order_of_the_seed(parts):
    config = CONFIG.replace({"batch_size": 3})

    def first(config):
        found = batches(config, parts.train, train=True).take(4)
        return [batch["label"].numpy().tolist() for batch in found]

    seen = first(config)
    assert [len(labels) for labels in seen] == [3, 3, 3, 3]
    assert first(config) == seen
    assert first(config.replace({"seed": 1})) != seen


def test_each_worker_reads_its_part_of_two_steps_at_once(parts):
    config = CONFIG.replace({"batch_size": 4})
    wanted = np.concatenate(
        [
            batch["image"].numpy()
            for batch in batches(config, parts.train, True, start=3).take(2)
        ]
    )
    for index in range(2):
        dataset = batches(config, parts.train, True, 3, shard=(index, 2))
        (half,) = dataset.take(1)
        assert half["label"].shape == (4, 16, 24)
        rows = [0, 1, 4, 5] if index == 0 else [2, 3, 6, 7]
        assert (half["image"].numpy() == wanted[rows]).all()
