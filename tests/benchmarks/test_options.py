import pytest

from benchmarks.harness import options as harness_options
from benchmarks.harness.compare import check_gpu
from benchmarks.harness.options import parser, sides_of, work_of


@pytest.fixture(autouse=True)
def tensorflow_is_installed(monkeypatch):
    """The default, whatever backend the tests run on."""
    pretend_installed(monkeypatch, "tensorflow")


def read(*arguments):
    return parser("What it does.").parse_args(arguments)


def test_without_flags_it_is_the_default_work_of_ours_alone():
    options = read()
    work, sides = work_of(options, "train"), sides_of(options)
    assert (work.image_size, work.batch_size) == ((256, 256), 1)
    assert (work.classes, work.filters, work.perceptual) == (32, 64, True)
    assert [side.name for side in sides] == ["tensorflow float32"]


def test_flags_become_the_work():
    line = "--image-size 64 96 --batch-size 2 --classes 3 --filters 8"
    line += " --downsamplings 2 --blocks 1 --scales 3 --layers 2"
    line += " --discriminator-filters 4 --no-perceptual"
    work = work_of(read(*line.split()), "generate")
    assert work.task == "generate"
    assert (work.image_size, work.batch_size) == ((64, 96), 2)
    assert (work.classes, work.filters) == (3, 8)
    assert (work.num_downsamplings, work.num_residual_blocks) == (2, 1)
    assert (work.num_scales, work.num_layers) == (3, 2)
    assert (work.discriminator_filters, work.perceptual) == (4, False)


def test_carvana_is_two_classes_in_its_channels():
    work = work_of(read("--preset", "carvana"), "generate")
    assert (work.image_size, work.classes) == ((576, 768), 2)
    assert (work.label_channels, work.filters) == (32, 64)
    assert work.num_residual_blocks == 9


def test_a_flag_goes_before_the_preset():
    work = work_of(read("--preset", "carvana", "--filters", "8"), "generate")
    assert (work.filters, work.image_size) == (8, (576, 768))


def pretend_installed(monkeypatch, *names):
    monkeypatch.setattr(
        harness_options.importlib.util,
        "find_spec",
        lambda name: name if name in names else None,
    )


def test_several_backends_and_precisions_are_sides_of_one_run(
    tmp_path, monkeypatch
):
    pretend_installed(monkeypatch, "jax", "torch")
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "pix2pixHD_model.py").touch()
    line = f"--backend jax torch --precision bfloat16 --reference {tmp_path}"
    line += " --reference-precision float32 bfloat16"
    sides = sides_of(read(*line.split()))
    assert [side.name for side in sides] == [
        "jax bfloat16",
        "torch bfloat16",
        "reference float32",
        "reference bfloat16",
    ]
    assert [side.is_reference for side in sides] == [False] * 2 + [True] * 2


def test_a_folder_that_is_no_clone_is_refused(tmp_path):
    words = f"clone of NVIDIA/pix2pixHD. Received: {tmp_path}"
    with pytest.raises(ValueError, match=words):
        sides_of(read("--reference", str(tmp_path)))


@pytest.mark.parametrize("size", ["0", "-1", "many", "1.5", "\u00b2"])
def test_a_batch_size_is_a_number_or_largest(size):
    words = f"above 0, or largest. Received: {size}"
    with pytest.raises(ValueError, match=words):
        work_of(read(f"--batch-size={size}"), "train")


@pytest.mark.parametrize("flag", ["pairs", "steps"])
def test_turns_are_at_least_one(flag):
    with pytest.raises(ValueError, match=f"--{flag} must be at least 1. Rec"):
        sides_of(read(f"--{flag}", "0"))


@pytest.mark.parametrize(
    "line, words",
    [
        ("--warm-up -1", "--warm-up must be at least 0. Received: -1"),
        ("--pause nan", "--pause must be seconds, at least 0. Received: nan"),
        ("--pause -1", "--pause must be seconds, at least 0. Received: -1.0"),
    ],
)
def test_waits_are_no_less_than_none(line, words):
    with pytest.raises(ValueError, match=words):
        sides_of(read(*line.split()))


def test_a_backend_must_be_installed(monkeypatch):
    pretend_installed(monkeypatch, "tensorflow")
    words = "must be installed. Received: jax, which is not. pip install jax"
    with pytest.raises(ValueError, match=words):
        sides_of(read("--backend", "tensorflow", "jax"))


def test_presets_that_the_sides_do_not_build_are_refused():
    with pytest.raises(ValueError, match="edges. Received: nvidia-512. Give"):
        work_of(read("--preset", "nvidia-512"), "train")


def test_the_largest_batch_is_looked_for_on_a_gpu_only():
    with pytest.raises(ValueError, match="must have a GPU.*Give a number"):
        check_gpu(None)
