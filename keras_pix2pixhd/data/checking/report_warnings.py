"""What is not wrong, but rarely meant."""

from keras_pix2pixhd.data.checking.report_words import first_few, many, percent
from keras_pix2pixhd.data.files.file_system import one_line

_SMALL = 64  # pixels: four halvings leave 4
_SPECK = 16  # pixels
_FEW = 20
_RARE = 0.001
_DOMINANT = 0.95


def find_warnings(report):
    """Returns sentences about a `DataReport`, the gravest first."""
    found = [*_about_values(report)]
    if report.good_pairs:
        found += [
            *_about_void(report),
            *_about_classes(report),
            *_about_instances(report),
            *_about_sizes(report),
        ]
    found += _about_jpeg(report)
    return found + [*_about_photographs(report)]


def _about_values(report):
    table = report.class_table
    if table and len(table) == 2 and set(report.outside_table.pixels) == {255}:
        ids = " ".join(map(str, table.ids[1]))
        yield (
            "255 is the only id of no class. Masks of 0 and 255? Give 255 as "
            f"an id of the second class, {one_line(table.names[1])}: ids "
            f"{ids} 255."
        )


def _about_void(report):
    share = report.share(report.void_pixels)
    if share > 0.5 and not report.void_everywhere:
        yield (
            f"{percent(share)} of all pixels are void: the model is told "
            "nothing there. Are the class table and its void ids the right "
            "ones?"
        )


def _about_classes(report):
    if not report.pixels or report.void_everywhere:
        return
    seen = {name: n for name, n in report.pixels.items() if n}
    if len(seen) == 1:
        (name,) = seen
        yield (
            f"All pixels are of one class, {name}: there is nothing to tell "
            "apart. Is the class table the right one?"
        )
        return
    if report.never_seen:
        never = first_few(report.never_seen)
        yield (
            f"{many(len(report.never_seen), 'class', 'classes')} of the table "
            f"never seen, which the model cannot learn: {never}."
        )
    shares = {name: report.share(n) for name, n in seen.items()}
    rare = {name: share for name, share in shares.items() if share < _RARE}
    if rare:
        listed = [f"{name} {percent(share)}" for name, share in rare.items()]
        yield (
            f"{many(len(rare), 'class', 'classes')} with less than "
            f"{percent(_RARE)} of the pixels, of which the model will learn "
            f"little: {first_few(listed)}."
        )
    for name, share in shares.items():
        if share > _DOMINANT:
            yield (
                f"{percent(share)} of all pixels are {name}: the losses will "
                "be about little else."
            )


def _about_instances(report):
    found = report.instances
    if found and found["crossing_classes"]:
        pairs = found["crossing_pairs"]
        yield (
            f"{many(found['crossing_classes'], 'instance')} with pixels of "
            f"more than one class, in {many(len(pairs), 'pair')}: "
            f"{first_few(pairs)}."
        )
    if found and found["pixels"]["median"] <= _SPECK:
        yield (
            f"Half of the instances have at most "
            f"{many(found['pixels']['median'], 'pixel')}: specks, whose "
            "borders the model sees as well. Clean the maps, or do without "
            "instances."
        )
    if found and found["per_image"]["max"] == 1:
        yield (
            "No map has more than one instance: there are no borders to see. "
            "Are the instance maps the right ones?"
        )


def _about_sizes(report):
    if len(report.sizes) > 1:
        yield (
            f"{len(report.sizes)} different sizes: batches need image_size, "
            "which resizes them all."
        )
    small = sum(
        count
        for (height, width), count in report.sizes.items()
        if min(height, width) < _SMALL
    )
    if small:
        yield (
            f"{many(small, 'pair')} with a side below {_SMALL} pixels, of "
            "which the networks' coarsest layers see next to nothing."
        )


def _about_jpeg(report):
    jpeg = sum(
        count
        for form, count in report.formats.get("label", {}).items()
        if form.startswith("JPEG")
    )
    if jpeg and report.class_table is not None:
        yield (
            f"{many(jpeg, 'label map')} stored as JPEG, which changes values "
            "near borders: store them as PNG."
        )


def _about_photographs(report):
    if 0 < report.good_pairs < _FEW:
        yield f"{many(report.good_pairs, 'pair')} only: expect overfitting."
    if report.duplicates:
        extra = sum(len(names) - 1 for names in report.duplicates)
        yield (
            f"{many(extra, 'photograph')} that others are equal to, pixel by "
            "pixel. Remove them, lest one is trained on and the other held "
            "out:"
        )
