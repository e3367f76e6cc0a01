import numpy as np
import pytest

from keras_pix2pixhd.metrics.distributions import FeatureReference

SHA = 64 * "a"


@pytest.fixture
def reference(rng):
    return FeatureReference(rng.normal(size=(5, 3)), "toy_8", SHA)


def test_reference_says_what_it_is(reference):
    assert (reference.images, reference.dimensions) == (5, 3)
    assert reference.features.dtype == np.float32


def test_saved_reference_is_read(reference, tmp_path):
    path = tmp_path / "folder" / "reference.npz"
    reference.save(path)
    found = FeatureReference.load(path)
    np.testing.assert_array_equal(found.features, reference.features)
    assert (found.network_key, found.sha256) == ("toy_8", SHA)
    assert [p.name for p in path.parent.iterdir()] == ["reference.npz"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[: len(content) // 2],
        lambda content: b"",
        lambda content: b"no zip file",
        lambda content: (
            content[:-400] + bytes([content[-400] ^ 1]) + content[-399:]
        ),
    ],
)
def test_damaged_file_is_refused(reference, tmp_path, damage):
    path = tmp_path / "reference.npz"
    reference.save(path)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(ValueError, match="FeatureReference.save writes it. R"):
        FeatureReference.load(path)


def test_missing_and_other_files_are_refused(tmp_path):
    np.savez(tmp_path / "other.npz", x=np.ones(3))
    for name in ("missing.npz", "other.npz"):
        with pytest.raises(ValueError, match=f"{name}. must be a file as Fea"):
            FeatureReference.load(tmp_path / name)


def test_folder_that_cannot_be_written_is_said(reference, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ValueError, match="must be a file that can be written"):
        reference.save(tmp_path / "file" / "reference.npz")


def test_bad_arguments_are_refused():
    with pytest.raises(ValueError, match="must be finite"):
        FeatureReference([[np.nan]], "toy_8", SHA)
    with pytest.raises(ValueError, match="float32 holds"):
        FeatureReference([[1e300]], "toy_8", SHA)
    with pytest.raises(ValueError, match="Received: network_key=None"):
        FeatureReference([[1.0]], None, SHA)
    with pytest.raises(ValueError, match="digits. Received: sha256='abc'"):
        FeatureReference([[1.0]], "toy_8", "abc")
