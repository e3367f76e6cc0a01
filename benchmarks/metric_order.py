"""Do the metrics order images as they must be ordered?

The held-out photographs of a data set are blurred and made noisy at three
strengths each, and evaluated like generated ones, with photographs of other
scenes and, maybe, models beside them, the better first. For every metric, what
it says of each, and where it does not order them by what was done to them.
"""

import argparse
import itertools
import pathlib
import tempfile

import numpy as np
from PIL import Image, ImageFilter

from keras_pix2pixhd import evaluate, preset
from keras_pix2pixhd.png_file import write_png
from keras_pix2pixhd.runs.run_data import evenly, open_split

BLURS = {"blur_1": 1.0, "blur_2": 2.0, "blur_4": 4.0}  # sigma in pixels
NOISES = {"noise_10": 10.0, "noise_25": 25.0, "noise_50": 50.0}  # grey levels
OTHERS = "other_photographs"
# of a photograph of another scene, these say nothing
OF_DISTRIBUTIONS = ("fid_", "frechet_", "kid_", "precision_", "recall_")
RISING = ("psnr", "ssim", "ms_ssim", "precision", "recall", "segmentation")


def degraded(image, name, seed):
    """Returns a blurred or noisy image, uint8."""
    if name in BLURS:
        blur = ImageFilter.GaussianBlur(BLURS[name])
        return np.asarray(Image.fromarray(image).filter(blur))
    random = np.random.default_rng([seed, int(NOISES[name])])
    noisy = image + random.normal(0.0, NOISES[name], image.shape)
    return np.clip(np.rint(noisy), 0, 255).astype("uint8")


def write_folders(data, image_size, root):
    """Writes a folder of images for each thing to judge; returns them."""
    config = preset("carvana-small").replace({"data": data})
    parts = open_split(config.replace({"check_data": False}), data, print)
    others = evenly(parts.train, len(parts.held_out))
    for place, name in enumerate(parts.held_out.names):
        image = parts.held_out.read(place, image_size)["image"]
        for folder in (*BLURS, *NOISES):
            out = degraded(image, folder, place)
            write_png(out, root / folder / f"{name}.png")
        image = others.read(place % len(others), image_size)["image"]
        write_png(image, root / OTHERS / f"{name}.png")
    return [root / name for name in (OTHERS, *BLURS, *NOISES)]


def numbers_of(run):
    """Returns the numbers of a run, a flat dict."""
    flat = {}
    for key, value in run.metrics.items():
        if key == "segmentation":
            for name in ("pixel_accuracy", "mean_iou"):
                flat[f"{key} {name}"] = value["generated"][name]
        elif key == "class_color_error":
            flat[key] = float(np.mean(list(value.values())))
        elif isinstance(value, dict):
            flat[key] = value["mean"]
        elif key != "images":
            flat[key] = value
    return flat


def wrongly_ordered(key, values, series):
    """Returns the neighbours of a series, better first, in wrong order."""
    sign = -1 if key.startswith(RISING) else 1
    pairs = itertools.pairwise(name for name in series if name in values)
    return [
        f"{first} / {second}"
        for first, second in pairs
        if sign * values[first] >= sign * values[second]
    ]


def print_table(evaluation, models):
    columns = {run.name: numbers_of(run) for run in evaluation.runs}
    print(f"\n{'':46}" + "".join(f"{name[:12]:>13}" for name in columns))
    for key in next(iter(columns.values())):
        of_others = key.startswith(OF_DISTRIBUTIONS)
        values = {
            name: numbers[key]
            for name, numbers in columns.items()
            if of_others or name != OTHERS
        }
        row = "".join(
            f"{values[name]:13.4g}" if name in values else f"{'-':>13}"
            for name in columns
        )
        all_series = [BLURS, NOISES, models]
        wrong = [w for s in all_series for w in wrongly_ordered(key, values, s)]
        print(f"{key:46}{row}  {'WRONG: ' + ', '.join(wrong) if wrong else ''}")
    real = evaluation.runs[0].metrics.get("segmentation", {}).get("real")
    print(f"\nthe segmenter on the real images: {real}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add = parser.add_argument
    add("--data", required=True, help="data folder")
    add("--image-size", nargs=2, type=int, default=(128, 176))
    add("--models", nargs="*", default=[], help="the better first")
    add("--feature-network")
    add("--perceptual")
    add("--segmenter")
    add("--output", help="for the report; default: it is not kept")
    options = parser.parse_args()
    size = tuple(options.image_size)
    with tempfile.TemporaryDirectory() as scratch:
        root = pathlib.Path(scratch)
        folders = write_folders(options.data, size, root)
        evaluation = evaluate(
            [*folders, *options.models],
            data=options.data,
            image_size=size,
            feature_network=options.feature_network,
            perceptual_weights=options.perceptual,
            segmenter=options.segmenter,
            output=options.output or root / "evaluation",
        )
    names = [run.name for run in evaluation.runs[len(folders) :]]
    print_table(evaluation, names)
    warnings = [text for run in evaluation.runs for text in run.warnings]
    for text in dict.fromkeys(warnings):
        print(f"warning: {text}")


if __name__ == "__main__":
    main()
