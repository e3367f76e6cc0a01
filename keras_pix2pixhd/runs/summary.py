"""The last lines of a run: where things are, and what to run next."""

import shlex

import keras

from keras_pix2pixhd.runs.run_data import needs_instances


def metrics_line(metrics):
    """Returns the held-out numbers as lines for a reader."""
    after, start = metrics["trained"], ""
    if "untrained" in metrics:  # unless somebody has deleted it
        start = f" (at the start {metrics['untrained']['l1']:.1f})"
    lines = (
        f"held-out images: {after['images']}\n"
        f"  L1 {after['l1']:.1f} grey levels{start}, "
        f"PSNR {after['psnr']:.1f} dB, SSIM {after['ssim']:.3f}"
    )
    if "class_color_error" not in after:  # no classes
        return lines
    colors = ", ".join(
        f"{name} {error:.1f}"
        for name, error in after["class_color_error"].items()
        if error is not None
    )
    return f"{lines}\n  mean colour error in grey levels: {colors}"


def next_steps(config, folder, pairs):
    """Returns where the results are and the commands that use them."""
    height, width = config.image_size
    where, part = {"label": "LABELS", "instance": "INSTANCES"}, None
    if hasattr(pairs, "files"):  # not of records
        where = {kind: path.parent for kind, path in pairs.files(0).items()}
        part = getattr(pairs.source(0, "label")[0], "part", None)
        if where["label"] == where.get("image") and part is None:
            where["label"] = "LABELS"
    generate = [folder, where["label"], folder / "generated"]
    generate += ["--image-size", height, width]
    if part is not None:
        generate += ["--part", part]
    if needs_instances(config):
        in_files = config.instances == "files"
        maps = where["instance"] if in_files else "components"
        generate += ["--instances", maps]
    fit = ""
    if config.features != "none":
        generate += ["--features", "sample"]
        fit = f"  pix2pixhd features fit {shlex.quote(str(folder))}\n"
    plot, evaluate = (
        shlex.join(["pix2pixhd", verb, str(folder)])
        for verb in ("plot", "evaluate")
    )
    own = "  pix2pixhd train --data YOUR_FOLDER"
    best = ""
    if (folder / "best.keras").is_file():
        best = f"model of the best epoch:  {folder / 'best.keras'}\n"
    return (
        f"samples, a grid an epoch: {folder / 'samples'}\n"
        f"losses by epoch:          {folder / 'history.csv'}\n"
        f"held-out numbers:         {folder / 'metrics.json'}\n"
        f"settings:                 {folder / 'config.json'}\n"
        f"trained model:            {folder / 'model.keras'}\n"
        f"{best}{_saved_model(folder)}\n"
        "Next:\n"
        f"{fit}  pix2pixhd generate {shlex.join(map(str, generate))}\n"
        f"  {plot}\n  {evaluate}" + (f"\n{own}" if config.data is None else "")
    )


def _saved_model(folder):
    path = folder / "saved_model"
    if keras.backend.backend() != "tensorflow":
        kept = "that of before" if path.exists() else "none"
        path = f"{kept}: gan.export needs KERAS_BACKEND=tensorflow"
    return f"SavedModel, TF Serving:   {path}"
