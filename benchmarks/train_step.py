"""One training step of ours against the reference's, in turns.

    python benchmarks/train_step.py --backend jax --reference PATH

PATH is your own clone of NVIDIA/pix2pixHD; without it ours alone is timed.
Each side has a process of its own. Ours is timed inside `fit`; the reference
does what the loop of its train.py does with a batch. `--backend jax torch`
and `--reference-precision float32 bfloat16` let several take part in one run.
`--batch-size largest` looks for the largest batch that all of them bear.
"""

from harness.compare import main
from harness.options import parser

if __name__ == "__main__":
    main(parser(__doc__), "train")
