import collections

import numpy as np

from keras_pix2pixhd.data.checking.instance_tally import InstanceTally
from keras_pix2pixhd.data.checking.report import DataReport
from keras_pix2pixhd.data.checking.report_warnings import find_warnings
from keras_pix2pixhd.data.checking.value_tally import ValueTally


class ReportTally:
    """Adds up the facts of pairs, one by one, to a `DataReport`.

    Args:
        pairs: The `Pairs` that are checked.
    """

    def __init__(self, pairs):
        self._pairs = pairs
        self._problems = []
        self._sizes = collections.Counter()
        self._formats = {kind: {} for kind in pairs.kinds_of_files}
        classes = len(pairs.class_table or ())
        self._class_pixels = np.zeros(classes, "int64")
        self._class_images = np.zeros(classes, "int64")
        self._pixels = 0
        self._void_images = 0
        self._unknown = ValueTally()
        self._same = {}  # names of pairs by the digest of their photograph
        self._instances = InstanceTally()

    def add(self, facts):
        """Adds the `PairFacts` of one pair."""
        self._problems += facts.problems
        self._unknown.add(*facts.unknown)
        for kind, form in facts.formats.items():
            counts = self._formats[kind]
            counts[form] = counts.get(form, 0) + 1
        if facts.problems:
            return
        self._sizes[facts.size] += 1
        if facts.digest is not None:
            self._same.setdefault(facts.digest, []).append(facts.pair)
        if facts.class_pixels is not None:
            pixels = facts.size[0] * facts.size[1]
            self._pixels += pixels
            self._class_pixels += facts.class_pixels
            self._class_images += facts.class_pixels > 0
            self._void_images += int(facts.class_pixels.sum()) < pixels
        if facts.instances is not None:
            self._instances.add(facts.pair, facts.instances)

    def report(self):
        """Returns the `DataReport` of what was added."""
        pairs, table = self._pairs, self._pairs.class_table
        names = () if table is None else table.names
        report = DataReport(
            pairs=len(pairs),
            kinds=pairs.kinds,
            class_table=table,
            sizes=dict(sorted(self._sizes.items())),
            formats={
                k: dict(sorted(v.items())) for k, v in self._formats.items()
            },
            pixels=dict(zip(names, self._class_pixels.tolist(), strict=True)),
            images=dict(zip(names, self._class_images.tolist(), strict=True)),
            void_pixels=self._pixels - int(self._class_pixels.sum()),
            void_images=self._void_images,
            problems=self._problems,
            outside_table=self._unknown,
            unpaired={
                kind: [str(path) for path in paths]
                for kind, paths in pairs.unpaired.items()
                if paths
            },
            instances=self._instances.summary(),
            duplicates=[n for n in self._same.values() if len(n) > 1],
        )
        report.warnings = find_warnings(report)
        return report
