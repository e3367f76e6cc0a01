import functools
import os

import tensorflow as tf

from keras_pix2pixhd.data.files.file_system import shown
from keras_pix2pixhd.data.pipeline.decoding import is_whole


class FileReader:
    """Reads the files of one kind in TensorFlow's graph.

    Python is called for broken files only: for one that is cut off, has values
    that no class has, or another size than its header had. It then says what is
    wrong in the words of `Pairs.read`, or reads the file all the same.

    Args:
        paths: List of str; `None` where only `decode` is used.
        ways: List of str, the way in which each is decoded.
        decoders: Dict from way to a function of `readings`.
        resize: `Resizer`, or `None` where `with_pillow` always raises.
        with_pillow: Function from the number of a file to the array that it
            holds, of `dtype`.
        dtype: str, of what is read.
        rank: 3 for images, 2 for numbers.
    """

    def __init__(self, paths, ways, decoders, resize, with_pillow, dtype, rank):
        used = sorted(set(ways))
        self.dtype = dtype
        # names of files are bytes: not all are UTF-8
        paths = None if paths is None else [os.fsencode(p) for p in paths]
        self._paths = paths and tf.constant(paths)
        self._ways = tf.constant([used.index(way) for way in ways])
        self._decoders = [decoders[way] for way in used]
        self._resize = resize
        self._with_pillow = with_pillow
        self.rank = rank

    def read(self, index, sizes):
        """Returns the array of file number `index`, resized.

        Args:
            index: int64 scalar tensor.
            sizes: int32 tensor `(2, 2)`, the height and width of the file,
                and those of the result.
        """
        contents = tf.io.read_file(tf.gather(self._paths, index))
        return self.decode(contents, index, sizes)

    def decode(self, contents, index, sizes):
        """The same from its bytes."""
        way = tf.gather(self._ways, index)
        native = functools.partial(self._native, contents, way, sizes)
        pillow = functools.partial(self._pillow, index, sizes)
        array, good = tf.cond(
            is_whole(contents), native, lambda: (pillow(), tf.constant(True))
        )
        return tf.cond(good, lambda: array, pillow)

    def _native(self, contents, way, sizes):
        branches = [
            functools.partial(decode, contents, sizes)
            for decode in self._decoders
        ]
        if len(branches) == 1:
            return branches[0]()
        return tf.switch_case(way, branches)

    def _pillow(self, index, sizes):
        array = tf.numpy_function(
            self._said, [index, sizes[0]], self.dtype, stateful=False
        )
        array.set_shape([None, None, 3][: self.rank])
        if self._resize is None:
            return array
        return self._resize(array, sizes[1], blend=self.rank == 3)

    def _said(self, index, stored):
        try:
            array = self._with_pillow(int(index))
        except ValueError as error:
            # TensorFlow shows the traceback with the message: keep it short
            raise ValueError(str(error)) from None
        if array.shape[:2] != tuple(stored):
            path = shown(os.fsdecode(self._paths[index].numpy()))
            raise ValueError(
                f"{path} must stay as it was when the data set was made. "
                "Received: (height, width) "
                f"{array.shape[:2]}, which was {tuple(map(int, stored))}. Make "
                "the data set anew."
            )
        return array
