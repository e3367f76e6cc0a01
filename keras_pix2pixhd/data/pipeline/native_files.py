"""Which files TensorFlow decodes itself, and how."""

# By the mode of a PNG.
_IMAGES = {"L": "png", "RGB": "png", "RGBA": "png_alpha", "I;16": "grey16"}
_LABELS = {"L": "ids8", "I;16": "ids16", "RGB": "colors"}
_INSTANCES = {"L": "ids8", "I;16": "ids16"}
_UPRIGHT = 1


def way_to_read(store, header, is_image, has_classes):
    """Returns the name of the way in which TensorFlow decodes a file.

    Files that need more than it can are `"other"`: palettes, fewer than 8
    bits, GIF, TIFF, rotation by EXIF, one transparent colour, halves of
    files, thresholds.

    Args:
        store: The datastore.
        header: The `FileHeader` of the file.
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
    if header.format != "PNG" or header.transparent and header.mode != "RGBA":
        return "other"
    if is_image:
        return _IMAGES.get(header.mode, "other")
    return (_LABELS if has_classes else _INSTANCES).get(header.mode, "other")
