"""Going once through whatever `fit` accepts as a data set."""

from keras import ops


def finite_batches(dataset):
    """Iterates over the batches of a data set.

    Args:
        dataset: `tf.data.Dataset`, `keras.utils.PyDataset`, a list of
            batches, anything else that can be iterated, or one batch, a dict
            of arrays.

    Yields:
        Batches, dicts of NumPy arrays.

    Raises:
        ValueError: if it is no data set, it never ends, or a batch is not a
            dict.
    """
    if _is_endless(dataset):
        raise ValueError(
            "The data set must come to an end. Received: one that repeats "
            "forever. Leave out the repetition, or pass dataset.take(count)."
        )
    if isinstance(dataset, dict):
        dataset = [dataset]
    elif not hasattr(dataset, "__iter__") and hasattr(dataset, "__getitem__"):
        # a PyDataset starts again at its end when it is iterated
        dataset = (dataset[i] for i in range(len(dataset)))
    if not hasattr(dataset, "__iter__") or isinstance(dataset, (str, bytes)):
        raise ValueError(
            "The data set must give batches: a tf.data.Dataset, a PyDataset, "
            f"a list of dicts, or one dict. Received: {dataset!r}"
        )
    for batch in dataset:
        if not isinstance(batch, dict):
            raise ValueError(
                "Each batch must be a dict with the keys 'label' and 'image'. "
                f"Received: {type(batch).__name__}"
            )
        yield {key: ops.convert_to_numpy(a) for key, a in batch.items()}


def _is_endless(dataset):
    if getattr(dataset, "num_batches", 0) is None:  # of a PyDataset
        return True
    cardinality = getattr(dataset, "cardinality", None)
    return cardinality is not None and int(cardinality()) == -1
