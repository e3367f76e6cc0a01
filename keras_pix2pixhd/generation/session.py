"""A part of a folder, from what was asked for to its photographs."""

import array
import os

from keras_pix2pixhd.data.parallel import parallel_map
from keras_pix2pixhd.features import FeatureClusters
from keras_pix2pixhd.generation.files import (
    COMPONENTS,
    find_label_maps,
    matched,
    matched_instances,
)
from keras_pix2pixhd.generation.job import Job
from keras_pix2pixhd.generation.load_gan import load_gan
from keras_pix2pixhd.generation.paint import paint
from keras_pix2pixhd.generation.record import begin_record, painted_since
from keras_pix2pixhd.generation.settings import described_settings
from keras_pix2pixhd.generation.styles import chosen_features
from keras_pix2pixhd.generation.targets import checked_targets
from keras_pix2pixhd.models import Pix2PixHDGAN

_THREADS = 4  # at most, of reading and of writing


class Session:
    """What one process paints; made once nothing speaks against it.

    Args:
        model, source, target: those of `generate_folder`.
        options: `Options`.
        shard: `(index, count)`, the label maps that this process paints.
        threads: int, processor cores to use.

    Attributes:
        missing: int, photographs that are to be painted.
        there: int, those that are there already.
        failed: dict from the place of a label map that could not be read to
            the reason.

    Raises:
        ValueError: as `generate_folder` does.
    """

    def __init__(self, model, source, target, options, shard, threads=None):
        gan = model if isinstance(model, Pix2PixHDGAN) else load_gan(model)
        self._options = options
        self._threads = max(1, min(threads or os.cpu_count() or 1, _THREADS))
        self._job = self._made_job(gan, model, source, target)
        index, count = shard
        self._places = range(index, len(self._job.targets), count)
        self._starts, self.missing = self._undone()
        self.there = len(self._places) * self._job.targets.each - self.missing
        self.failed = {}
        if not options.keep_going:
            self._check_styles()

    @property
    def labels(self):
        """`Files` of all label maps, those of other shards too."""
        return self._job.inputs["label"]

    def begin(self):
        """Writes down what is painted with, where that is a folder's."""
        if self._settings is not None:
            folder = self._job.targets.folder
            begin_record(folder, self._settings, self._options.overwrite)

    def paint(self):
        """Paints what is missing.

        Yields:
            `pathlib.Path` of each photograph, once it is written.
        """
        failed = self.failed if self._options.keep_going else None
        size = self._options.batch_size
        yield from paint(self._job, self._chunks(), size, self._threads, failed)

    def _made_job(self, gan, model, source, target):
        options = self._options
        given = (options.features, options.images, options.styles)
        features = chosen_features(gan, model, *given)
        _check_components(gan, options.instances)
        labels = find_label_maps(source)
        inputs = {"label": labels}
        wanted = gan.needs_instances
        maps = matched_instances(labels, options.instances, wanted)
        if maps is not None:
            inputs["instance"] = maps
        if features == "encode":
            inputs["image"] = matched(labels, options.images, "photograph")
        targets = checked_targets(source, target, inputs, options.styles)
        self._settings, since = None, None
        if os.path.isdir(source):
            self._settings = described_settings(
                gan,
                features,
                options.seed,
                {
                    "target": target,
                    "source": source,
                    "instances": options.instances,
                    "images": options.images,
                },
                image_size=options.image_size and list(options.image_size),
                styles=options.styles,
                part=options.part,
            )
            if not options.overwrite:
                since = painted_since(targets.folder, self._settings)
        return Job(
            gan,
            inputs,
            targets,
            features=features,
            seed=options.seed,
            image_size=options.image_size,
            part=options.part,
            since=since,
        )

    def _undone(self):
        """Where chunks begin that are not done, and how much is missing."""
        starts, missing, size = array.array("q"), 0, self._options.batch_size
        for start in range(0, len(self._places), size):
            chunk = self._places[start : start + size]
            here = sum(len(self._job.missing(place)) for place in chunk)
            if here:
                starts.append(start)
                missing += here
        return starts, missing

    def _chunks(self):
        size = self._options.batch_size
        return (self._places[start : start + size] for start in self._starts)

    def _check_styles(self):
        if isinstance(self._job.features, FeatureClusters):
            places = (place for chunk in self._chunks() for place in chunk)
            check = self._job.check_styles
            for _ in parallel_map(check, places, self._threads):
                pass


def _check_components(gan, instances):
    if gan.class_table is None and instances == COMPONENTS:
        raise ValueError(
            "instances='components' are the connected regions of a label "
            "map. Received them for a model without classes. Pass a file or "
            "a folder of instance maps."
        )
