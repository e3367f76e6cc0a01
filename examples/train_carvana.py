"""Trains pix2pixHD to paint cars, on Carvana's photographs or drawn ones.

    python examples/train_carvana.py                  drawn toy cars, minutes
    python examples/train_carvana.py --data DIR       real cars, about an hour
    python examples/train_carvana.py --data DIR --preset carvana      a GPU

The same job as `pix2pixhd train`, with the same options (--help). In Python
it is two lines:

    config = keras_pix2pixhd.preset("carvana").replace({"data": "DIR"})
    run = keras_pix2pixhd.train(config)

and README.md shows the pieces that `train` is made of.
"""

import sys

from keras_pix2pixhd.cli import main

if __name__ == "__main__":
    sys.exit(main(["train", *sys.argv[1:]]))
