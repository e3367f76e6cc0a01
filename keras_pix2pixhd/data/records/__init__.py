"""Pairs in TFRecord files, for storage that is read in sequence."""

from keras_pix2pixhd.data.records.prepare_records import prepare_records
from keras_pix2pixhd.data.records.read_records import read_records
from keras_pix2pixhd.data.records.record_pairs import RecordPairs
from keras_pix2pixhd.data.records.write_records import write_records

__all__ = ["RecordPairs", "prepare_records", "read_records", "write_records"]
