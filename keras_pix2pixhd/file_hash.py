"""What tells one file from another."""

import hashlib


def sha256_of_file(path):
    """Returns the SHA-256 of a file, 64 hexadecimal digits."""
    with open(path, "rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
