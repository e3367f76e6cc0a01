"""What every layer and every network must do, checked the same way."""

import keras
import numpy as np
from keras import tree


def check_layer(kind, arguments, inputs, shape, folder, dtypes=None):
    """Checks a layer or a network on one input.

    Args:
        kind: class of the layer or network.
        arguments: dict of its constructor's arguments.
        inputs: NumPy array, or a list or dict of them.
        shape: shape of the output, or a list of shapes.
        folder: where the model may be saved.
        dtypes: function of a compute dtype that gives the output's dtypes;
            by default every output has the compute dtype.
    """
    layer = kind(**arguments)
    outputs = layer(inputs)
    assert tree.map_structure(lambda x: tuple(x.shape), outputs) == shape
    check_config(layer, arguments)
    check_symbolic_call(layer, inputs, outputs)
    check_saving(layer, inputs, outputs, folder)
    for policy in ("mixed_bfloat16", "mixed_float16"):
        check_dtypes(kind, {**arguments, "dtype": policy}, inputs, dtypes)


def check_config(layer, arguments):
    config = layer.get_config()
    assert arguments.items() <= config.items()
    assert type(layer).from_config(config).get_config() == config


def check_symbolic_call(layer, inputs, outputs):
    """Heights and widths are unknown, then known."""
    model = wrapped(layer, inputs)
    check_equal(model.predict(inputs, verbose=0), outputs)
    spec = layer.compute_output_spec(
        tree.map_structure(
            lambda x: keras.KerasTensor(x.shape, dtype=str(x.dtype)), inputs
        )
    )
    check_same(spec, outputs, lambda x: (tuple(x.shape), dtype_of(x)))


def check_saving(layer, inputs, outputs, folder):
    path = folder / "saved.keras"
    wrapped(layer, inputs).save(path)
    check_equal(keras.saving.load_model(path)(inputs), outputs, tolerance=0)


def check_dtypes(kind, arguments, inputs, dtypes):
    layer = kind(**arguments)
    outputs = layer(inputs)
    compute_dtype = arguments["dtype"].removeprefix("mixed_")
    expected = (dtypes or (lambda dtype: dtype))(compute_dtype)
    for output in tree.flatten(outputs):
        assert np.all(np.isfinite(numpy_of(output)))
    found = tree.map_structure(dtype_of, outputs)
    if isinstance(expected, str):
        assert set(tree.flatten(found)) == {expected}
    else:
        assert found == expected
    assert all(v.dtype == "float32" for v in layer.trainable_variables)


def wrapped(layer, inputs):
    """A functional model of the layer, for inputs of any size."""
    if isinstance(layer, keras.Model):
        return layer

    def any_size(x, name=None):
        shape = (None, None, *x.shape[3:])
        return keras.Input(shape, dtype=str(x.dtype), name=name)

    if isinstance(inputs, dict):
        symbols = {name: any_size(x, name) for name, x in inputs.items()}
    else:
        symbols = tree.map_structure(any_size, inputs)
    return keras.Model(symbols, layer(symbols))


def check_equal(found, expected, tolerance=1e-5):
    def difference(x, y):
        return np.max(np.abs(numpy_of(x) - numpy_of(y)))

    for x, y in zip(tree.flatten(found), tree.flatten(expected), strict=True):
        assert tuple(x.shape) == tuple(y.shape)
        assert difference(x, y) <= tolerance


def check_same(found, expected, of):
    assert tree.map_structure(of, found) == tree.map_structure(of, expected)


def dtype_of(x):
    return keras.backend.standardize_dtype(x.dtype)


def numpy_of(x):
    return keras.ops.convert_to_numpy(keras.ops.cast(x, "float32"))
