"""Images painted by ours and by the reference, in turns.

    python benchmarks/generate.py --backend jax --reference PATH
    python benchmarks/generate.py --preset carvana --reference PATH

PATH is your own clone of NVIDIA/pix2pixHD; without it ours alone is timed.
Ours is `Pix2PixHDGAN.generate`, from uint8 label maps to uint8 images in
NumPy; the reference's is `Pix2PixHDModel.inference`, from label maps of floats
to floats on the host, without the conversion that its test.py does to save
them. It is put under `torch.no_grad()`, which the reference itself asks for
only where torch's version begins with 0.4.
"""

from harness.compare import main
from harness.options import parser

if __name__ == "__main__":
    main(parser(__doc__), "generate")
