"""The JSON of TF Serving's REST API, to arrays and back.

Facts: tensorflow_serving/g3doc/api_rest.md and util/json_tensor.cc, 2026. Two
of them matter to whoever exports a model: a string is written as base64 only
where the name of the output ends in `_bytes`, and an integer that is too large
for uint8 wraps around.
"""

import base64
import binascii
import json

import numpy as np

from tests.serving.served_models import StatusError

_INTEGERS = {"int32": "int32", "uint8": "uint8"}


def arrays_of(body, inputs_of):
    """Reads the body of a question.

    Args:
        body: bytes.
        inputs_of: function of a signature's name to its inputs.

    Returns:
        The signature's name, "instances" or "inputs", and a dict of arrays.
    """
    question = _parsed(body)
    signature = question.get("signature_name", "")
    inputs = inputs_of(signature)
    forms = [form for form in ("instances", "inputs") if form in question]
    if len(forms) != 1:
        raise _invalid("Not formatted correctly expecting one of two keys")
    (form,) = forms
    read = _from_rows if form == "instances" else _from_columns
    return signature, form, read(question[form], inputs)


def body_of(form, outputs):
    """Writes the body of an answer, bytes, which may be no UTF-8."""
    columns = {name: _listed(name, x) for name, x in outputs.items()}
    alone = len(columns) == 1
    if form == "inputs":
        value = next(iter(columns.values())) if alone else columns
        answer = {"outputs": value}
    else:
        rows = zip(*columns.values(), strict=True)
        if alone:
            rows = [row[0] for row in rows]
        else:
            rows = [dict(zip(columns, row, strict=True)) for row in rows]
        answer = {"predictions": list(rows)}
    # characters up to 255 stand for bytes
    return json.dumps(answer, ensure_ascii=False).encode("latin-1")


def _invalid(message):
    return StatusError("INVALID_ARGUMENT", message)


def _parsed(body):
    if not body:
        raise _invalid("JSON Parse error: The document is empty")
    try:
        question, _ = json.JSONDecoder().raw_decode(body.decode())
    except ValueError as error:
        raise _invalid(f"JSON Parse error: {error}") from error
    if not isinstance(question, dict):
        raise _invalid("JSON Value: Is not object")
    return question


def _is_base64(value):
    return isinstance(value, dict) and list(value) == ["b64"]


def _from_rows(rows, inputs):
    if not isinstance(rows, list):
        raise _invalid("Expecting 'instances' to be an list/array")
    if not rows:
        raise _invalid("No values in 'instances' array")
    if not isinstance(rows[0], dict) and len(inputs) > 1:
        raise _invalid("instances is a plain list, but expecting objects")
    if not isinstance(rows[0], dict) or _is_base64(rows[0]):
        (name,) = inputs
        rows = [{name: row} for row in rows]
    if any(set(row) != set(inputs) for row in rows):
        raise _invalid(f"keys must be equal to: {','.join(inputs)}")
    return {
        name: _array([row[name] for row in rows], info)
        for name, info in inputs.items()
    }


def _from_columns(columns, inputs):
    if not isinstance(columns, dict) or _is_base64(columns):
        if len(inputs) > 1:
            raise _invalid("inputs is a plain value/list, but expecting object")
        columns = dict.fromkeys(inputs, columns)
    missing = [name for name in inputs if name not in columns]
    if missing:
        raise _invalid(f"Missing named input: {missing[0]} in 'inputs' object.")
    return {name: _array(columns[name], x) for name, x in inputs.items()}


def _array(value, info):
    import tensorflow as tf

    dtype = tf.as_dtype(info.dtype).name
    shape, first = [], value
    while isinstance(first, list):
        shape.append(len(first))
        first = first[0] if first else None
    values = list(_values(value, shape, dtype))
    if dtype == "string":
        array = np.empty(len(values), object)
        array[:] = values
    else:
        array = np.array(values, "float64" if "float" in dtype else "int64")
        array = array.astype(dtype)  # wraps around
    return array.reshape(shape)


def _values(value, shape, dtype, level=0):
    if not isinstance(value, list):
        if level != len(shape):
            raise _invalid(f"JSON Value found at incorrect level: {level + 1}")
        yield _leaf(value, dtype)
        return
    if level >= len(shape):
        raise _invalid(f"Encountered list at unexpected level: {level}")
    if len(value) != shape[level]:
        raise _invalid(f"Encountered list at unexpected size: {len(value)}")
    for item in value:
        yield from _values(item, shape, dtype, level + 1)


def _leaf(value, dtype):
    if dtype == "string" and _is_base64(value):
        try:
            return base64.b64decode(value["b64"], validate=True)
        except (binascii.Error, TypeError) as error:
            raise _invalid("Unable to base64 decode") from error
    number = isinstance(value, int | float) and not isinstance(value, bool)
    whole = isinstance(value, int) and number and -(2**31) <= value < 2**31
    fits = {
        "string": isinstance(value, str),
        "uint8": whole,
        "int32": whole,
        "float32": number,
    }
    if not fits[dtype]:
        raise _invalid(
            f"JSON Value: {value!r} is not of expected type: {dtype}"
        )
    return value.encode() if dtype == "string" else value


def _listed(name, array):
    if array.dtype != object:
        return array.tolist()
    if not name.endswith("_bytes"):
        return [text.decode("latin-1") for text in array]
    return [{"b64": base64.b64encode(text).decode()} for text in array]
