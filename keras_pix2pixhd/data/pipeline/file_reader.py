import functools

import tensorflow as tf

from keras_pix2pixhd.data.pipeline.decoding import is_whole


class FileReader:
    """Reads the files of one kind in TensorFlow's graph.

    Python is called for broken files only: for one that is cut off, or has
    values that no class has. It then says what is wrong in the words of
    `Pairs.read`, or reads the file all the same.

    Args:
        paths: List of str; `None` where only `decode` is used.
        ways: List of str, the way in which each is decoded.
        decoders: Dict from way to a function from a file's bytes and the
            size `(2,)` that it is resized to, to its array.
        resize: `Resizer`, or `None` where `with_pillow` always raises.
        with_pillow: Function from the number of a file to the array that it
            holds, of `dtype`.
        dtype: str, of what is read.
        rank: 3 for images, 2 for numbers.
        checked: Whether the functions also return whether all values were
            known, a bool scalar.
    """

    def __init__(
        self,
        paths,
        ways,
        decoders,
        resize,
        with_pillow,
        dtype,
        rank,
        checked=False,
    ):
        used = sorted(set(ways))
        self.dtype = dtype
        self._paths = None if paths is None else tf.constant(paths)
        self._ways = tf.constant([used.index(way) for way in ways])
        self._decoders = [decoders[way] for way in used]
        self._resize = resize
        self._with_pillow = with_pillow
        self.rank = rank
        self._checked = checked

    def read(self, index, size):
        """Returns the array of file number `index`, resized to `size`."""
        contents = tf.io.read_file(tf.gather(self._paths, index))
        return self.decode(contents, index, size)

    def decode(self, contents, index, size):
        """The same from its bytes."""
        way = tf.gather(self._ways, index)
        native = functools.partial(self._native, contents, way, size)
        pillow = functools.partial(self._pillow, index, size)
        whole = is_whole(contents)
        if not self._checked:
            return tf.cond(whole, native, pillow)
        array, known = tf.cond(
            whole, native, lambda: (pillow(), tf.constant(True))
        )
        return tf.cond(known, lambda: array, pillow)

    def _native(self, contents, way, size):
        branches = [
            functools.partial(decode, contents, size)
            for decode in self._decoders
        ]
        if len(branches) == 1:
            return branches[0]()
        return tf.switch_case(way, branches)

    def _pillow(self, index, size):
        array = tf.numpy_function(self._said, [index], self.dtype)
        array.set_shape([None, None, 3][: self.rank])
        if self._resize is None:
            return array
        return self._resize(array, size, blend=self.rank == 3)

    def _said(self, index):
        try:
            return self._with_pillow(int(index))
        except ValueError as error:
            # TensorFlow shows the traceback with the message: keep it short
            raise ValueError(str(error)) from None
