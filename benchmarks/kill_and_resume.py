"""Kills a run with -9 again and again; it must end as if nothing had been.

    python benchmarks/kill_and_resume.py --kills 20

One run of toy cars is left alone, another of the same settings is killed:
while it starts, at any moment of its training, while it writes a checkpoint
or another file. After each kill it is resumed with `--resume`. At the end all
that both have written must be equal to the bit, but for what a clock says. A
line is printed for each kill; the exit code is 1 if something differs.

The runs have everything that has a memory: dropout, differentiable
augmentation, an image pool, spectral normalization, a moving average, rates
that fall.
"""

import argparse
import pathlib
import random
import re
import shutil
import sys
import tempfile
import time

from killed_process import KilledProcess
from run_differences import run_differences

SETTINGS = {
    "deterministic": "true",
    "image_size": "[48, 64]",
    "toy_scenes": 24,
    "filters": 8,
    "num_downsamplings": 1,
    "num_residual_blocks": 1,
    "dropout": 0.5,
    "discriminator_filters": 16,
    "discriminator_layers": 2,
    "discriminator_scales": 1,
    "spectral_normalization": "true",
    "adversarial_loss": "hinge",
    "image_pool_size": 4,
    "diff_augment": "color,translation,cutout",
    "ema_decay": 0.9,
    "decay_epochs": 2,
    "validation_images": 1,
    "evaluation_images": 1,
    "samples": 1,
}
AIMS = ["training"] * 8 + ["checkpoint"] * 6 + ["file"] * 3 + ["start"] * 3


def newest(run):
    if run is None:
        return "-"
    paths = sorted((run / "checkpoints").glob("step-*.npz"))
    return str(int(paths[-1].stem[5:])) if paths else "-"


def gone_on(life):
    """What the next life says of where it goes on."""
    found = re.search(r"resumed from \S+: (\d+) steps", life.text())
    if found:
        damaged = "Damaged" in life.text()
        left_out = "; a damaged one left out" if damaged else ""
        return f"resumed at {found[1]}{left_out}"
    return "began anew" if life.steps() else "killed again too early to say"


def settings(options):
    every = {
        **SETTINGS,
        "epochs": options.epochs,
        "steps_per_epoch": options.steps_per_epoch,
        "checkpoint_every": options.every,
        "keep_checkpoints": 2,
    }
    return [
        "--preset",
        "toy",
        *(
            x
            for key, value in every.items()
            for x in ("--set", f"{key}={value}")
        ),
    ]


def uninterrupted(options, folder):
    arguments = [*settings(options), "--output", str(folder / "whole")]
    life = KilledProcess(arguments, folder / "whole.log", folder / "whole")
    life.wait(life.steps)
    start = time.monotonic() - life.began
    if life.process.wait():
        sys.exit(f"the run alone failed:\n{life.text()[-3000:]}")
    seconds = time.monotonic() - life.began
    print(f"the run alone: {seconds:.0f} s, {start:.0f} s of them to its first")
    print("step", flush=True)
    return life.run(), start


def interrupted(options, folder, start):
    dice = random.Random(options.seed)
    aims = [AIMS[i % len(AIMS)] for i in range(options.kills)]
    dice.shuffle(aims)
    runs = folder / "killed"
    print("\n| kill | aimed at | after | was | last checkpoint | then |")
    print("|---|---|---|---|---|---|")
    row = None
    for number, aim in enumerate([*aims, None], start=1):
        run = next(iter(runs.glob("*")), None)
        arguments = [*settings(options), "--output", str(runs)]
        if run and (run / "config.json").exists():
            arguments = ["--resume", str(run)]
        elif run:
            shutil.rmtree(run)
        life = KilledProcess(arguments, folder / f"life-{number:02d}.log", runs)
        if aim:
            seconds = dice.uniform(0, start if aim == "start" else 0.5)
            doing = life.kill(aim, seconds, dice.randint(1, options.life))
        if aim is None:
            life.process.wait()
        if row:
            print(f"| {row} | {gone_on(life)} |", flush=True)
        if life.process.returncode >= 0 and (aim or life.process.returncode):
            print(f"it ended by itself:\n{life.text()[-3000:]}")
            return life.run(), life.process.returncode == 0
        seconds = time.monotonic() - life.began
        row = f"{number} | {aim} | {seconds:.1f} s | {doing} | " + newest(
            life.run()
        )
    return life.run(), True


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=32)
    parser.add_argument("--steps-per-epoch", type=int, default=10)
    parser.add_argument("--every", type=int, default=3, help="checkpoints")
    parser.add_argument(
        "--life", type=int, default=18, help="steps before a kill, at most"
    )
    parser.add_argument("--folder", help="kept, if given; must not exist")
    options = parser.parse_args()
    folder = pathlib.Path(options.folder or tempfile.mkdtemp())
    folder.mkdir(exist_ok=not options.folder)
    whole, start = uninterrupted(options, folder)
    killed, ended = interrupted(options, folder, start)
    found, compared = run_differences(whole, killed)
    print(f"\ncompared: {compared}")
    for line in found:
        print(f"differs: {line}")
    print("equal to the bit" if ended and not found else "NOT EQUAL")
    if not options.folder:
        shutil.rmtree(folder)
    return 0 if ended and not found else 1


if __name__ == "__main__":
    sys.exit(main())
