"""pix2pixHD for Keras 3: label maps in, photographs out.

Names are resolved when they are first used, so that the package can be
imported with any one Keras backend installed, and without waiting for it.
"""

import importlib
import sys

__version__ = "0.1.0"

_HOMES = {
    "keras_pix2pixhd.data": (
        "Augmentation",
        "ADE20K",
        "CAMVID",
        "CAMVID11",
        "CARVANA",
        "CITYSCAPES",
        "CITYSCAPES19",
        "COCO_STUFF",
        "TOY_CARS",
        "ClassTable",
        "DataReport",
        "ImageDatastore",
        "InstanceDatastore",
        "LAYOUTS",
        "Pairs",
        "PairsPyDataset",
        "PixelLabelDatastore",
        "PrepareReport",
        "RecordPairs",
        "check_data",
        "combine",
        "connected_components",
        "find_colors",
        "prepare_labels",
        "pair_folders",
        "prepare_records",
        "read_pairs",
        "read_records",
        "read_side_by_side",
        "split",
        "write_records",
        "write_toy_cars",
    ),
    "keras_pix2pixhd.config": ("RunConfig",),
    "keras_pix2pixhd.curves": ("plot_run",),
    "keras_pix2pixhd.evaluation": ("Evaluation", "evaluate"),
    "keras_pix2pixhd.features": ("FeatureClusters", "fit_features"),
    "keras_pix2pixhd.metrics": ("FeatureNetwork",),
    "keras_pix2pixhd.segmentation": ("load_segmenter", "train_segmenter"),
    "keras_pix2pixhd.generation": ("generate_folder", "load_gan"),
    "keras_pix2pixhd.presets": ("preset",),
    "keras_pix2pixhd.runs": ("build_gan", "train"),
    "keras_pix2pixhd.optimizers": ("LinearDecay",),
    "keras_pix2pixhd.models": (
        "GlobalGenerator",
        "ImagePool",
        "InstanceFeatureEncoder",
        "LocalEnhancer",
        "MultiscaleDiscriminator",
        "PatchDiscriminator",
        "PerceptualNetwork",
        "Pix2PixHDGAN",
        "PixelDiscriminator",
        "Segmenter",
        "grow_gan",
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
_PACKAGES = (
    "callbacks",
    "converters",
    "curves",
    "data",
    "evaluation",
    "export",
    "features",
    "generation",
    "layers",
    "losses",
    "metrics",
    "models",
    "optimizers",
    "runs",
    "segmentation",
)

__all__ = sorted(_HOME_OF)


def __getattr__(name):
    if name in _PACKAGES:
        return importlib.import_module(f"keras_pix2pixhd.{name}")
    if name not in _HOME_OF:
        raise AttributeError(
            f"module 'keras_pix2pixhd' has no attribute {name!r}"
        )
    return getattr(importlib.import_module(_HOME_OF[name]), name)


def __dir__():
    return sorted([*globals(), *__all__, *_PACKAGES])


if "keras" in sys.modules:
    # then this is cheap, and keras.saving.load_model knows our classes
    importlib.import_module("keras_pix2pixhd.models")
    importlib.import_module("keras_pix2pixhd.data")
