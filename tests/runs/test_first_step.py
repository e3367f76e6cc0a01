from keras_pix2pixhd.runs.first_step import FirstStep


def test_it_is_called_after_the_first_batch_and_never_again():
    calls = []
    callback = FirstStep(lambda: calls.append(1))
    callback.on_train_begin()
    callback.on_epoch_begin(0)
    callback.on_train_batch_begin(0)
    assert calls == []
    callback.on_train_batch_end(0)
    callback.on_train_batch_end(1)
    callback.on_train_batch_end(0)
    assert calls == [1]
