"""Label maps and photographs: classes, files, pairs, splits, batches."""

from keras_pix2pixhd.data.augmenting.augmentation import Augmentation
from keras_pix2pixhd.data.check import check_data
from keras_pix2pixhd.data.checking.report import DataReport
from keras_pix2pixhd.data.class_table import ClassTable
from keras_pix2pixhd.data.connected_components import connected_components
from keras_pix2pixhd.data.image_datastore import ImageDatastore, read_image
from keras_pix2pixhd.data.instance_datastore import (
    InstanceDatastore,
    read_instance,
)
from keras_pix2pixhd.data.layouts.pair_folders import pair_folders
from keras_pix2pixhd.data.layouts.read_pairs import LAYOUTS, read_pairs
from keras_pix2pixhd.data.layouts.side_by_side import read_side_by_side
from keras_pix2pixhd.data.masks.found_colors import find_colors
from keras_pix2pixhd.data.masks.prepare_labels import prepare_labels
from keras_pix2pixhd.data.masks.prepare_report import PrepareReport
from keras_pix2pixhd.data.pairing import combine
from keras_pix2pixhd.data.pairs import Pairs
from keras_pix2pixhd.data.pixel_label_datastore import (
    PixelLabelDatastore,
    read_label,
)
from keras_pix2pixhd.data.py_dataset import PairsPyDataset
from keras_pix2pixhd.data.records import (
    RecordPairs,
    prepare_records,
    read_records,
    write_records,
)
from keras_pix2pixhd.data.splits import Split, car_of, split
from keras_pix2pixhd.data.tables.ade20k import ADE20K
from keras_pix2pixhd.data.tables.coco_stuff import COCO_STUFF
from keras_pix2pixhd.data.tables.streets import (
    CAMVID,
    CAMVID11,
    CARVANA,
    CITYSCAPES,
    CITYSCAPES19,
)
from keras_pix2pixhd.data.toys.toy_cars import TOY_CARS, toy_car
from keras_pix2pixhd.data.toys.toy_files import write_toy_cars

__all__ = [
    "ADE20K",
    "Augmentation",
    "CAMVID",
    "CAMVID11",
    "CARVANA",
    "CITYSCAPES",
    "CITYSCAPES19",
    "COCO_STUFF",
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
    "Split",
    "TOY_CARS",
    "car_of",
    "check_data",
    "combine",
    "connected_components",
    "find_colors",
    "prepare_labels",
    "pair_folders",
    "read_image",
    "read_instance",
    "read_label",
    "prepare_records",
    "read_pairs",
    "read_records",
    "read_side_by_side",
    "split",
    "toy_car",
    "write_records",
    "write_toy_cars",
]
