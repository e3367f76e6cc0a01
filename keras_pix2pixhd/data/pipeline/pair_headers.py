"""The sizes and forms of files, known before any of them is decoded."""

import concurrent.futures

import numpy as np

from keras_pix2pixhd.data.checking.check_pair import check_sizes


def pair_headers(pairs):
    """Reads the headers of all files.

    Returns:
        List of dicts from kind to `FileHeader`, a dict for each pair.

    Raises:
        ValueError: If a file is not an image, or those of a pair differ in
            size.
    """
    with concurrent.futures.ThreadPoolExecutor() as pool:
        return list(pool.map(lambda i: _headers(pairs, i), range(len(pairs))))


def _headers(pairs, index):
    headers = {}
    for kind in pairs.kinds_of_files:
        store, place = pairs.source(index, kind)
        headers[kind] = store.header(place)
    outlines = {
        kind: np.broadcast_to(np.uint8(0), (header.height, header.width))
        for kind, header in headers.items()
    }
    check_sizes(outlines, pairs.files(index))
    return headers
