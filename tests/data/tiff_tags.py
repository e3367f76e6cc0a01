"""TIFF files put together by hand, for what Pillow would not write."""

import struct


def tiff(width, height, bits, pixels, sample_format=1):
    """Returns the bytes of a grey, uncompressed, little-endian TIFF.

    Args:
        sample_format: 1 for unsigned, 2 for signed integers, 3 for floats.
    """
    tags = [(256, width), (257, height), (258, bits), (259, 1), (262, 1)]
    tags += [(273, 8), (277, 1), (278, height), (279, len(pixels))]
    tags += [(339, sample_format)]
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, v) for tag, v in tags)
    start = struct.pack("<2sHI", b"II", 42, 8 + len(pixels))
    return start + pixels + struct.pack("<H", len(tags)) + entries + bytes(4)
