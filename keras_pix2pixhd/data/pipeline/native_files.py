"""Which files TensorFlow decodes itself, and how."""

# Colour types in the header of a PNG.
_GREY, _RGB, _RGBA = 0, 2, 6
_IMAGE_PNGS = {
    (8, _GREY): "png",
    (8, _RGB): "png",
    (8, _RGBA): "png_alpha",
    (16, _GREY): "grey16",
}
_LABEL_PNGS = {(8, _GREY): "ids8", (16, _GREY): "ids16", (8, _RGB): "colors"}
_INSTANCE_PNGS = {(8, _GREY): "ids8", (16, _GREY): "ids16"}
_UPRIGHT = 1
# Chunks such as a colour profile may come before the one that is looked for.
_FIRST_BYTES = 8192


def way_to_read(store, place, header, is_image, has_classes):
    """Returns the name of the way in which TensorFlow decodes a file.

    Files that need more than it can are `"other"`: palettes, fewer than 8
    bits, GIF, TIFF, rotation by EXIF, halves of files, thresholds.

    Args:
        store: The datastore.
        place: Number of the file in it.
        header: Its `FileHeader`.
        is_image: Whether it is read as a photograph.
        has_classes: Whether it is read as a label map with classes.

    Returns:
        str, a name in `decoding`, or `"other"`.
    """
    part = getattr(store, "part", None)
    threshold = getattr(store, "threshold", None)
    turned = header.orientation != _UPRIGHT
    if part is not None or threshold is not None or turned:
        return "other"
    if header.format == "JPEG" and is_image and header.mode in ("L", "RGB"):
        return "jpeg"
    if header.format != "PNG":
        return "other"
    pngs = _LABEL_PNGS if has_classes else _INSTANCE_PNGS
    pngs = _IMAGE_PNGS if is_image else pngs
    return pngs.get(_depth_and_color(store.files[place]), "other")


def _depth_and_color(path):
    """Returns the bit depth and colour type of a PNG.

    `None` where one colour is declared transparent: that is for Pillow.
    """
    with path.open("rb") as file:
        start = file.read(_FIRST_BYTES)
    return None if b"tRNS" in start else (start[24], start[25])
