"""What TensorFlow says of data that it cannot read, for people."""

import re


def unreadable(text):
    """Returns a sentence made of the text of one of TensorFlow's errors.

    >>> unreadable("{{function_node x}} Invalid PNG data. [[{{node y}}]]")
    'Every file must be readable. Received: Invalid PNG data. Find it with \
pix2pixhd check-data.'
    """
    plain = re.sub(r"\{\{.*?\}\}", "", text).replace("[[]]", "")
    first = next((line for line in plain.splitlines() if line.strip()), "")
    return (
        f"Every file must be readable. Received: {first.strip().rstrip('.')}. "
        "Find it with pix2pixhd check-data."
    )
