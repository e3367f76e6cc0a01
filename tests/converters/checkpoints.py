"""Checkpoint folders as the reference writes them, with the golden weights."""

import shutil

from tests.golden import loading

# the reference's defaults, as far as they matter here
OPTIONS = {
    "beta1": 0.5,
    "dataroot": "./datasets/roads/",
    "feat_num": 3,
    "gpu_ids": [0],
    "input_nc": 3,
    "instance_feat": False,
    "label_feat": False,
    "label_nc": 5,
    "lambda_feat": 10.0,
    "load_pretrain": "",
    "lr": 0.0002,
    "max_dataset_size": "inf",
    "n_layers_D": 3,
    "name": "label2city",
    "ndf": 4,
    "no_ganFeat_loss": False,
    "no_instance": False,
    "no_lsgan": False,
    "no_vgg_loss": False,
    "norm": "instance",
    "num_D": 2,
}


def write_options(path, **changes):
    """Writes an opt.txt; returns its path."""
    lines = [f"{k}: {v}" for k, v in sorted({**OPTIONS, **changes}.items())]
    text = "\n".join(
        [
            "------------ Options -------------",
            *lines,
            "-------------- End ----------------",
        ]
    )
    path.write_text(text + "\n")
    return path


def write_state(state, path):
    """Writes arrays as a torch state dict; returns its path."""
    import torch

    tensors = {key: torch.from_numpy(value) for key, value in state.items()}
    torch.save(tensors, path)
    return path


def write_checkpoint(folder, options=None, **cases):
    """Writes a folder with the networks G, D and E of golden cases.

    Args:
        folder: path of a folder, which is made.
        options: dict of changes of opt.txt, or `None` for no opt.txt.
        **cases: `G="global"` and so on.
    """
    folder.mkdir()
    if options is not None:
        write_options(folder / "opt.txt", **options)
    for network, case in cases.items():
        path = folder / f"latest_net_{network}.pth"
        if case == "global":
            shutil.copyfile(loading.FOLDER / "global_G.pth", path)
        else:
            write_state(loading.state_dict(case), path)
    return folder
