"""A clone of NVIDIA/pix2pixHD as a side: its networks, losses and step.

The clone is the user's own; nothing of it is copied. It was written for
torch 0.4 and a GPU. So that it runs on a torch of today, as it is:

- `torchvision.models.vgg19(pretrained=True)`, a download, becomes the same
  layers with random weights, which cost the same;
- on a CPU, `.cuda()` does nothing, and `torch.cuda.FloatTensor` is the
  CPU's;
- generation is put under `torch.no_grad()`. The reference asks for that only
  where torch's version begins with 0.4, so with today's it keeps what a
  gradient would need; that would be unfair to it.

`run` of training is the loop of its train.py for one batch: the model's
forward pass, and one backward pass and one step of Adam for each network.
"""

import contextlib
import io
import pathlib
import sys
import time
import types

VGG19 = (64, 64, "M", 128, 128, "M", *4 * (256,), "M", *4 * (512,), "M")
VGG19 += (*4 * (512,), "M")


class Reference:
    """`Pix2PixHDModel` of the clone, doing the work.

    Args:
        work: `Work`.
        path: str. Folder of the clone.
        precision: `"float32"`: as published, with torch's defaults (on a GPU
            its convolutions are TF32); `"bfloat16"`: under autocast, its
            networks in `channels_last`.
    """

    backend = "torch"

    def __init__(self, work, path, precision="float32"):
        import torch

        check_clone(path)
        self._work = work
        self._low = precision == "bfloat16"
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        _stand_in(torch, self._device)
        sys.path.insert(0, str(path))
        from models.pix2pixHD_model import Pix2PixHDModel

        torch.manual_seed(0)
        self._model = Pix2PixHDModel()
        # of generation, a checkpoint would be looked for
        self._model.load_network = lambda *arguments: None
        with contextlib.redirect_stdout(io.StringIO()):
            self._model.initialize(_options(work, self._device))
        if self._low:
            self._model.to(memory_format=torch.channels_last)
        batch = work.batch()
        self._label = torch.from_numpy(batch["label"])[:, None].float()
        image = torch.from_numpy(batch["image"]).permute(0, 3, 1, 2)
        self._image = image.contiguous()
        self._nothing = torch.zeros(1)

    def run(self, count):
        """Does the work `count` times.

        Returns:
            Seconds, from before the first step until the last one's result
            is on the host.
        """
        step = self._train if self._work.task == "train" else self._generate
        start = time.perf_counter()
        for _ in range(count):
            result = step()
        result.cpu()
        return time.perf_counter() - start

    def _autocast(self):
        import torch

        return torch.autocast(
            self._device, dtype=torch.bfloat16, enabled=self._low
        )

    def _train(self):
        model = self._model
        with self._autocast():
            losses, _ = model(
                self._label, self._nothing, self._image, self._nothing
            )
        losses = dict(zip(model.loss_names, losses, strict=True))
        discriminator_loss = (losses["D_fake"] + losses["D_real"]) * 0.5
        generator_loss = (
            losses["G_GAN"] + losses["G_GAN_Feat"] + losses.get("G_VGG", 0)
        )
        model.optimizer_G.zero_grad()
        generator_loss.backward()
        model.optimizer_G.step()
        model.optimizer_D.zero_grad()
        discriminator_loss.backward()
        model.optimizer_D.step()
        return generator_loss.detach()

    def _generate(self):
        import torch

        with torch.no_grad(), self._autocast():
            return self._model.inference(self._label, self._nothing)


def check_clone(path):
    """Refuses a folder that is no clone of the reference.

    Raises:
        ValueError: if its model is not there.
    """
    if not (pathlib.Path(path) / "models" / "pix2pixHD_model.py").is_file():
        raise ValueError(
            "--reference must be the folder of your own clone of "
            f"NVIDIA/pix2pixHD. Received: {path}. Make one with git clone "
            "https://github.com/NVIDIA/pix2pixHD"
        )


def _stand_in(torch, device):
    """Puts in place what the clone expects and this machine has not."""
    models = types.ModuleType("torchvision.models")
    models.vgg19 = lambda pretrained: _vgg19(torch)
    torchvision = types.ModuleType("torchvision")
    torchvision.models = models
    sys.modules["torchvision"] = torchvision
    sys.modules["torchvision.models"] = models
    if device == "cpu":
        torch.nn.Module.cuda = lambda module, *arguments: module
        torch.Tensor.cuda = lambda tensor, *arguments: tensor
        torch.cuda.FloatTensor = torch.FloatTensor


def _vgg19(torch):
    layers, channels = [], 3
    for wide in VGG19:
        if wide == "M":
            layers.append(torch.nn.MaxPool2d(2, 2))
            continue
        layers.append(torch.nn.Conv2d(channels, wide, 3, padding=1))
        layers.append(torch.nn.ReLU(True))
        channels = wide
    return types.SimpleNamespace(features=torch.nn.Sequential(*layers))


def _options(work, device):
    """The clone's options: its defaults, but for the work's own numbers."""
    return types.SimpleNamespace(
        isTrain=work.task == "train",
        gpu_ids=[0] if device == "cuda" else [],
        # its default, with which it sets torch.backends.cudnn.benchmark
        resize_or_crop="scale_width",
        label_nc=work.label_channels,
        no_instance=True,
        netG="global",
        ngf=work.filters,
        n_downsample_global=work.num_downsamplings,
        n_blocks_global=work.num_residual_blocks,
        ndf=work.discriminator_filters,
        n_layers_D=work.num_layers,
        num_D=work.num_scales,
        no_vgg_loss=not work.perceptual,
        **_DEFAULTS,
    )


_DEFAULTS = {
    "beta1": 0.5,
    "checkpoints_dir": "",
    "continue_train": False,
    "data_type": 32,
    "input_nc": 3,
    "instance_feat": False,
    "label_feat": False,
    "lambda_feat": 10.0,
    "load_features": False,
    "load_pretrain": "",
    "lr": 0.0002,
    "n_blocks_local": 3,
    "n_local_enhancers": 1,
    "name": "",
    "niter_fix_global": 0,
    "no_ganFeat_loss": False,
    "no_lsgan": False,
    "norm": "instance",
    "output_nc": 3,
    "pool_size": 0,
    "verbose": False,
    "which_epoch": "latest",
}
