"""TensorBoard's files, shortened."""

from keras_pix2pixhd.whole_file import whole_file


def drop_later_events(folder, step):
    """Drops from TensorBoard's event files what comes after a step.

    So a run that goes on from that step does not draw it twice. What a kill
    left unfinished at the end of a file is dropped too.

    Args:
        folder: `pathlib.Path`; the files in it, not in folders below, are
            written anew, each whole or not at all.
        step: int, the last step to keep; 0 for none: nothing was done.
    """
    import tensorflow as tf

    for path in sorted(folder.glob("events.out.tfevents.*")):
        if step == 0:
            path.unlink()
            continue
        with whole_file(path) as part:
            with tf.io.TFRecordWriter(str(part)) as writer:
                for record in _records(tf, path):
                    event = tf.compat.v1.Event.FromString(record)
                    if event.step <= step:
                        writer.write(record)


def _records(tf, path):
    try:
        yield from tf.data.TFRecordDataset(str(path)).as_numpy_iterator()
    except tf.errors.DataLossError:
        return  # the rest was never written
