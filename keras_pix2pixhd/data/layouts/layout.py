import collections.abc
import typing

from keras_pix2pixhd.data.pairs import Pairs


class Layout(typing.NamedTuple):
    """How the files of a data set lie in its folder.

    Attributes:
        folders: A few words for the error when a folder is not like that.
        fits: Function from the folder to whether it has the subfolders.
        read: Function from the folder and `unpaired`, see `combine`, to
            `Pairs`.
        is_sure: Function from a folder that fits to whether it can be no
            other data set, or `None`, if that is for the user to say.
            Defaults to always.
    """

    folders: str
    fits: collections.abc.Callable[..., bool]
    read: collections.abc.Callable[..., Pairs]
    is_sure: collections.abc.Callable[..., bool] | None = lambda folder: True
