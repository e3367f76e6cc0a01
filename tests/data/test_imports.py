import subprocess
import sys

CODE = """
import sys
import keras
sys.modules["tensorflow"] = None  # From here on importing it raises.
import keras_pix2pixhd.data as data
folder = data.write_toy_cars(sys.argv[1], 2)
train, held_out, note = data.split(data.read_pairs(folder), folder)
print(train.check()["pairs"], held_out.read(0)["label"].shape)
"""


def test_only_to_dataset_needs_tensorflow(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", CODE, tmp_path / "toys"],
        capture_output=True,
        text=True,
    )
    assert done.stdout == "1 (64, 96)\n", done.stderr
