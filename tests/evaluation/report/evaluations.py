"""Evaluations with invented numbers, to be written as reports."""

import numpy as np

from keras_pix2pixhd.data import TOY_CARS, toy_car
from keras_pix2pixhd.evaluation import Evaluation, Example, RunEvaluation

LOSSES = (
    "adversarial_loss",
    "discriminator_loss",
    "feature_matching_loss",
    "generator_loss",
    "loss",
)


def evaluation(runs=None, classes=True, **protocol):
    """Returns an `Evaluation` of the given runs, by default one."""
    rows = zip(TOY_CARS.names, TOY_CARS.colors, strict=True)
    content = {
        "format": "keras_pix2pixhd evaluation 1",
        "created": "2025-11-25T13:23:05+00:00",
        "data": {
            "folder": "data/toy-cars",
            "layout": "folders",
            "side": "held_out",
            "split": "whole cars, seed 0",
            "images": 24,
            "sha256": "ab" * 32,
            "classes": [
                {"name": name, "color": [int(part) for part in color]}
                for name, color in rows
            ]
            if classes
            else None,
        },
        "image_size": [64, 96],
        "resize_mode": "stretch",
        "metrics": ["l1", "psnr", "ssim"],
        "feature_network": {"name": "mobilenetv1", "sha256": "cd" * 32},
        "perceptual_network": None,
        "segmenter": {"path": "segmenter.keras", "sha256": "ef" * 32},
        "settings": {"kid_subsets": 100, "neighbours": 3, "seed": 0},
        "ranked_by": "ssim",
        "training": {
            "images": 72,
            "sha256": "01" * 32,
            "frechet_mobilenetv1_224_n72_r24": 6.25,
            "kid_mobilenetv1_224_n72_r24_s100x12": {
                "mean": 0.0009,
                "spread": 0.0004,
            },
        },
        "versions": {"keras": "3.15.1", "numpy": "2.3.0"},
    }
    return Evaluation(content | protocol, runs or [run()])


def run(name="0001-toy", noise=20, images=24, classes=None, epochs=40, size=2):
    """Returns a `RunEvaluation`; `noise` is how bad it is."""
    rng = np.random.default_rng(noise)
    names = classes or list(TOY_CARS.names)
    rows = [_row(index, noise, rng) for index in range(images)]
    return RunEvaluation(
        name,
        {
            "path": f"runs/{name}/model.keras",
            "sha256": "23" * 32,
            "kind": "run",
            "features": None,
        },
        _metrics(rows, names, noise, rng),
        None,
        {
            "nearest_training_mobilenetv1_224_n24_t72": {
                "generated_mean": 0.5 * noise,
                "real_mean": 11.5,
                "closer_than_real": 0.375,
            }
        },
        ["The Fréchet distance is of 24 images, fewer than 1025."],
        rows,
        _examples(rows, noise, rng, size),
        [_epoch(epoch, noise, rng) for epoch in range(1, epochs + 1)],
    )


def _row(index, noise, rng):
    l1 = float(noise + rng.gamma(3, 2))
    return {
        "name": f"toy{index // 4:03d}_{index % 4 + 1:02d}",
        "l1": l1,
        "psnr": 40 - l1 / 2,
        "ssim": float(np.exp(-l1 / 60)),
        "mean_iou": float(np.exp(-l1 / 90)),
        "mean_iou_real": float(rng.uniform(0.9, 0.97)),
    }


def _metrics(rows, names, noise, rng):
    def iou(best):
        return {name: float(best - rng.uniform(0, 0.3)) for name in names}

    scores = {
        "pixel_accuracy": 0.97 - noise / 200,
        "mean_accuracy": 0.9 - noise / 200,
        "mean_iou": 0.8 - noise / 200,
        "frequency_weighted_iou": 0.9 - noise / 200,
    }
    real = dict.fromkeys(scores, 0.953)
    means = {
        key: float(np.mean([row[key] for row in rows]))
        for key in ("l1", "psnr", "ssim")
    }
    return {
        "images": len(rows),
        **means,
        "ms_ssim_2_scales": means["ssim"] + 0.1,
        "perceptual_vgg19_imagenet": noise / 15,
        "class_color_error": {n: float(rng.gamma(3, 3)) for n in names},
        "segmentation": {
            "generated": scores | {"class_iou": iou(0.9 - noise / 100)},
            "real": real | {"class_iou": iou(1)},
        },
        f"frechet_mobilenetv1_224_n{len(rows)}": 2.5 * noise,
        f"kid_mobilenetv1_224_n{len(rows)}_s100x12": {
            "mean": noise / 1000,
            "spread": 0.0021,
        },
        f"precision_mobilenetv1_224_n{len(rows)}_k3": 0.625,
        f"recall_mobilenetv1_224_n{len(rows)}_k3": 0.5 - noise / 100,
    }


def _examples(rows, noise, rng, size):
    places = {"best": 0, "worst": 4, "random": 8}
    return [
        _example(kind, (start + index) % len(rows), rows, noise, rng)
        for kind, start in places.items()
        for index in range(min(size, len(rows)))
    ]


def _example(kind, index, rows, noise, rng):
    scene = toy_car(index)
    real = scene["image"]
    blurred = real + rng.normal(0, noise, real.shape)
    colors = np.array(TOY_CARS.colors, "uint8")
    return Example(
        kind,
        rows[index]["name"],
        colors[scene["label"]],
        blurred.clip(0, 255).astype("uint8"),
        real,
        toy_car(index + 40)["image"],
        rows[index],
        "toy010_01",
    )


def _epoch(epoch, noise, rng):
    row = {"epoch": epoch, "steps": 100 * epoch}
    for place, name in enumerate(LOSSES):
        level = (place + 1) * (0.6 + noise / 40)
        row[name] = float(level * (1 + 2 / epoch) + rng.normal(0, 0.05))
    kept = epoch % 2 == 0
    row["val_l1"] = noise + 20 / epoch if kept else None
    row["val_ssim"] = 0.8 - 0.5 / epoch if kept else None
    return row
