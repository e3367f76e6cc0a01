"""From files to batches in tf.data: what `Pairs.to_dataset` is made of."""
