"""Which files a folder holds."""

import os

from keras_pix2pixhd.data.files.file_system import RemotePath, one_line, shown


def list_folder(folder, extensions, recursive=False):
    """Lists the files of some extensions, in the order of their names.

    Symbolic links are followed wherever they lead; one back to a folder that
    it lies in is left out. Hidden files and folders (`.name`) are ignored.

    Args:
        folder: What `as_path` returned.
        extensions: Strings such as `".png"`, lower case; names may have any.
        recursive: Whether to look into subfolders. Defaults to `False`.

    Returns:
        Two sorted lists: names relative to the folder, with "/" between
        folders; and those of the other entries, folders with "/" at the end.

    Raises:
        ValueError: If the folder or a subfolder cannot be read, or a link
            with one of the extensions leads nowhere.
    """
    found, others = [], []
    is_remote = isinstance(folder, RemotePath)
    scan = _scan_remote if is_remote else _scan
    waiting = [("", folder if is_remote else os.fspath(folder), ())]
    while waiting:
        prefix, path, above = waiting.pop()
        above = above if is_remote else (*above, _identity(path))
        for name, entry_path, kind in scan(path, extensions):
            if name.startswith("."):
                continue
            wanted = os.path.splitext(name)[1].lower() in extensions
            if kind == "folder" and recursive:
                if is_remote or _identity(entry_path) not in above:
                    waiting.append((f"{prefix}{name}/", entry_path, above))
            elif kind == "file" and wanted:
                found.append(prefix + name)
            else:
                others.append(prefix + name + "/" * (kind == "folder"))
    return sorted(found), sorted(others)


def _scan(folder, extensions):
    """Yields (name, path, kind); kind is "file", "folder" or None."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                yield entry.name, entry.path, _kind(entry, extensions)
    except OSError as error:
        raise ValueError(
            "`folder` must be a folder that can be read. "
            f"Received: {shown(folder)}: {error.strerror}"
        ) from error


def _kind(entry, extensions):
    try:
        if entry.is_file():
            return "file"
        if entry.is_dir():
            return "folder"
        broken = entry.is_symlink()
        reason = "No such file or directory"
    except OSError as error:
        broken, reason = True, error.strerror
    wanted = os.path.splitext(entry.name)[1].lower() in extensions
    if broken and wanted and not entry.name.startswith("."):
        raise ValueError(
            "A symbolic link must lead to a file that can be read. Received: "
            f"{shown(entry.path)}: {reason}. Mend the link, or remove it."
        )
    return None


def _scan_remote(folder, extensions):
    # To ask for each file whether it is a folder would be a request each.
    for path in folder.iterdir():
        is_file = path.suffix.lower() in extensions
        if not is_file and path.is_dir():
            yield path.name, path, "folder"
        else:
            yield path.name, path, "file"


def _identity(path):
    try:
        status = os.stat(path)
    except OSError as error:
        missing = isinstance(error, (FileNotFoundError, NotADirectoryError))
        kind = "an existing folder" if missing else "a folder that can be read"
        raise ValueError(
            f"`folder` must be {kind}. Received: {shown(path)}: "
            f"{one_line(error.strerror)}"
        ) from error
    return status.st_dev, status.st_ino
