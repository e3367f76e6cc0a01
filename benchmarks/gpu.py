"""All figures of a GPU with one command, without TensorFlow.

    python benchmarks/gpu.py --reference PATH

At 512x1024 with default widths, ours in bfloat16 on JAX and on torch against
your own clone of NVIDIA/pix2pixHD, as published (float32, TF32 convolutions)
and under bfloat16 autocast with channels_last: training steps of a batch of
one and of the largest batch that all bear, and generation. It runs the lines
that it prints, one after another, each of which can be run alone. Needs
keras, jax, torch, numpy and pillow. `--backend jax` and `--batch-sizes 1 4`
make it shorter: finding the largest batch takes a dozen starts.
"""

import argparse
import pathlib
import shlex
import subprocess
import sys

HERE = pathlib.Path(__file__).parent


def commands(options, others):
    """The command lines, in their order; `others` are handed on."""
    common = [
        "--reference",
        options.reference,
        "--backend",
        *options.backend,
        "--precision",
        options.precision,
        "--reference-precision",
        "float32",
        "bfloat16",
        "--image-size",
        *map(str, options.image_size),
        "--pairs",
        str(options.pairs),
        "--steps",
        str(options.steps),
        *others,
    ]
    found = [
        ["train_step.py", *common, "--batch-size", size]
        for size in options.batch_sizes
    ]
    return [*found, ["generate.py", *common]]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__.split("\n")[0],
        epilog="Other flags are those of train_step.py.",
    )
    add = parser.add_argument
    add("--reference", metavar="PATH", required=True)
    add("--backend", nargs="+", default=["jax", "torch"])
    add("--precision", default="bfloat16")
    add("--image-size", nargs=2, type=int, default=(512, 1024))
    add("--batch-sizes", nargs="+", default=["1", "largest"])
    add("--pairs", type=int, default=5)
    add("--steps", type=int, default=5)
    options, others = parser.parse_known_args()
    failed = 0
    for name, *arguments in commands(options, others):
        line = shlex.join([name, *arguments])
        print(f"\n$ python benchmarks/{line}", flush=True)
        run = subprocess.run(
            [sys.executable, str(HERE / name), *arguments], check=False
        )
        failed = failed or run.returncode
    sys.exit(failed)


if __name__ == "__main__":
    main()
