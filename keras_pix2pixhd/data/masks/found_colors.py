"""The colours of a folder of masks, as a class table to start from."""

from keras_pix2pixhd.data.checking.value_runs import count_values
from keras_pix2pixhd.data.checking.value_tally import ValueTally
from keras_pix2pixhd.data.masks.class_template import class_template
from keras_pix2pixhd.data.masks.color_codes import read_codes, unpack
from keras_pix2pixhd.data.masks.mask_folders import (
    checked_output,
    find_masks,
    place_of_classes,
)
from keras_pix2pixhd.data.parallel import parallel_map

_CLASSES = 256


def find_colors(colors, output, workers=None, progress=None):
    """Counts the colours of masks; writes a class table to be edited.

    The table goes beside `output` as `classes.csv`: a class for each colour,
    the most frequent first, at most 256, with ids from 0 on and names such as
    `color_804000`.

    Args:
        colors: Folder of masks.
        output: Folder that `prepare_labels` will write to.
        workers, progress: Those of `prepare_labels`.

    Returns:
        `(tally, path)`: the `ValueTally` of the colours, and the file that
        was written.

    Raises:
        ValueError: If a mask cannot be read, or there is a class table beside
            `output`.

    Example:

    >>> import pathlib, tempfile
    >>> from PIL import Image
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> Image.new("RGB", (3, 2), (128, 64, 0)).save(folder / "one.png")
    >>> tally, path = find_colors(folder, folder / "labels")
    >>> print(path.read_text().strip())
    name,ids,r,g,b
    color_804000,0,128,64,0
    """
    masks = find_masks(colors)
    path = place_of_classes(checked_output(colors, output), None)
    tally = ValueTally()
    counted = parallel_map(
        lambda mask: count_values(read_codes(mask)), masks, workers
    )
    for done, (codes, counts) in enumerate(counted, start=1):
        tally.add(unpack(codes), counts.tolist())
        if progress is not None:
            progress(done, len(masks))
    found = [color for color, *_ in tally.most_common()[:_CLASSES]]
    path.parent.mkdir(parents=True, exist_ok=True)
    class_template(found).save(path)
    return tally, path
