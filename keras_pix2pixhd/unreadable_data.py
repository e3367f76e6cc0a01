"""What TensorFlow says of data that it cannot read, for people."""

import re


def unreadable(text):
    """Returns a sentence made of the text of one of TensorFlow's errors.

    >>> unreadable("{{function_node x}} Invalid PNG data. [[{{node y}}]]")
    'Every file must be readable. Received: Invalid PNG data. Find it with \
pix2pixhd check-data.'
    """
    return (
        f"Every file must be readable. Received: {plain(text)}. "
        "Find it with pix2pixhd check-data."
    )


def plain(text):
    """Returns what TensorFlow says without the names of its operations.

    >>> plain("{{function_node x}} truncated record [Op:IteratorGetNext]")
    'truncated record'
    """
    text = re.sub(r"\{\{.*?\}\}", "", text).replace("[[]]", "")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return " ".join(lines[:1]).split(" [Op:")[0].rstrip(".")
