import pytest

tf = pytest.importorskip("tensorflow")

from keras_pix2pixhd.data import (  # noqa: E402
    ADE20K,
    CAMVID11,
    CARVANA,
    CITYSCAPES,
    CITYSCAPES19,
    COCO_STUFF,
    ClassTable,
)
from keras_pix2pixhd.data.pipeline import id_lookup as module  # noqa: E402

SCATTERED = ClassTable(
    [f"c{i}" for i in range(12)],
    [(i * 19, i * 19 + 3) for i in range(12)],
    [(i, i, i) for i in range(12)],
    void_ids=[0xFF, 40000],
)
MANY = ClassTable(
    [f"c{i}" for i in range(300)],
    range(5, 305),
    [(i // 256, i % 256, 9) for i in range(300)],
    void_ids=[0],
)
TABLES = {
    "ADE20K": ADE20K,
    "CAMVID11": CAMVID11,
    "CARVANA": CARVANA,
    "CITYSCAPES": CITYSCAPES,
    "CITYSCAPES19": CITYSCAPES19,
    "COCO_STUFF": COCO_STUFF,
    "scattered": SCATTERED,
    "300 classes": MANY,
}


def by_hand(table, value):
    for index, ids in enumerate(table.ids):
        if value in ids:
            return index
    return table.void_index if value in table.void_ids else None


@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("name", TABLES)
def test_every_id(name, bits):
    table = TABLES[name]
    lookup = module.id_lookup(table, bits)
    values = range(256) if bits == 8 else [*range(400), 39999, 40000, 65535]
    expected = {value: by_hand(table, value) for value in values}
    known = [v for v, index in expected.items() if index is not None]
    indices, all_known = lookup(tf.constant([known], f"uint{bits}"))
    assert indices.dtype == table.dtype
    assert indices.numpy().tolist() == [[expected[v] for v in known]]
    assert all_known.numpy()
    for value in set(values) - set(known):
        ids = tf.constant([[known[0], value]], f"uint{bits}")
        assert not lookup(ids)[1].numpy(), value


def test_the_usual_tables_need_no_gather(monkeypatch):
    monkeypatch.setattr(module.tf, "gather", None)
    for name, table in TABLES.items():
        if name not in ("scattered", "300 classes"):
            lookup = module.id_lookup(table, 8)
            lookup(tf.zeros((2, 2), "uint8"))
