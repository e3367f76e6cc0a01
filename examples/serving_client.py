"""Has label maps painted by a model that TF Serving serves.

    python examples/serving_client.py MAP.png -o PHOTO.png --model cars
    python examples/serving_client.py MAPS -o PHOTOS --model cars \
        --grpc localhost:8500 --concurrency 8
    python examples/serving_client.py --health --model cars

REST (--url) needs nothing but Python, gRPC (--grpc) also
`pip install tensorflow-serving-api`. The questions themselves are in
served_model/, to copy into other programs.

A map holds the ids or the colours of the model's class table. Painting
changes nothing on the server, so a question may be repeated; it is where that
helps, and until the deadline. Exit codes: 0 done, 1 the server failed or was
late, 2 the mistake of who asks.
"""

import argparse
import concurrent.futures
import os
import pathlib
import struct
import sys

from served_model import FailedError, Grpc, RefusedError, Rest, ask

MAX_PIXELS = 2**24  # what a model takes, unless it was exported with more


def read_png(path):
    """Returns the bytes of a PNG file that the server may take."""
    try:
        with open(path, "rb") as file:
            header = file.read(24)
            if header[:8] != b"\x89PNG\r\n\x1a\n" or len(header) < 24:
                raise RefusedError(f"{path} must be a PNG file")
            width, height = struct.unpack(">II", header[16:])
            if width * height > MAX_PIXELS:
                raise RefusedError(
                    f"{path} must have at most {MAX_PIXELS} pixels, not "
                    f"{width} x {height}"
                )
            return header + file.read()
    except OSError as error:
        raise RefusedError(f"{path}: {error.strerror}") from error


def write_whole(path, content):
    """Writes a file whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content)
        os.replace(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise RefusedError(f"{path}: {error.strerror}") from error


def jobs_of(source, target, instance):
    """Returns which files to read and to write: (map, photograph, instances).

    Args:
        source: path of a PNG file, or of a folder of them.
        target: path of a PNG file or of a folder, likewise.
        instance: path likewise, or `None`.
    """
    if not source.is_dir():
        jobs = [(source, target, instance)]
    else:
        names = sorted(path.name for path in source.glob("*.png"))
        jobs = [
            (source / name, target / name, instance and instance / name)
            for name in names
        ]
        if not jobs:
            raise RefusedError(f"{source} must hold PNG files")
    if source.resolve() == target.resolve():
        raise RefusedError(f"-o {target} must not be what is read")
    try:
        jobs[0][1].parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RefusedError(f"{target}: {error.strerror}") from error
    return jobs


def paint_all(paint, jobs, concurrency):
    """Paints every file, several at once, and returns the exit code.

    A file that is refused does not stop the others, a server that fails does.
    """
    mistakes, failures = 0, 0
    with concurrent.futures.ThreadPoolExecutor(concurrency) as pool:
        futures = [pool.submit(paint, *job) for job in jobs]
        for future in futures:
            if future.cancelled():
                continue
            try:
                print(future.result())
            except RefusedError as error:
                mistakes += 1
                print(f"serving_client: {error}", file=sys.stderr)
            except FailedError as error:
                failures += 1
                print(f"serving_client: {error}", file=sys.stderr)
                pool.shutdown(wait=False, cancel_futures=True)
    return 1 if failures else 2 if mistakes else 0


def main(arguments=None):
    """Runs the command line, and returns the exit code."""
    args = _parser().parse_args(arguments)
    try:
        server = (Grpc if args.grpc else Rest)(
            args.grpc or args.url, args.model, args.version
        )
        if args.health:
            versions = ask(server.versions, args.timeout, args.retries)
            for version, state in versions.items():
                print(f"{args.model} {version} {state}")
            return 0 if "AVAILABLE" in versions.values() else 1
        if not args.source or not args.output:
            raise RefusedError("a label map and -o FILE are needed")
        jobs = jobs_of(args.source, args.output, args.instance)
    except (RefusedError, FailedError) as error:
        print(f"serving_client: {error}", file=sys.stderr)
        return 2 if isinstance(error, RefusedError) else 1

    def paint(source, target, instance):
        inputs = {"label_png": read_png(source)}
        if instance:
            inputs["instance_png"] = read_png(instance)
        if args.seed is not None:
            inputs["seed"] = args.seed
        try:
            photo = ask(
                lambda left: server.paint(inputs, left),
                args.timeout,
                args.retries,
            )
        except (RefusedError, FailedError) as error:
            raise type(error)(f"{source}: {error}") from error
        write_whole(target, photo)
        return target

    return paint_all(paint, jobs, args.concurrency)


class _Parser(argparse.ArgumentParser):
    def error(self, message):
        self.exit(2, f"serving_client: {message}\n")


def _number(kind, least):
    def number(text):
        value = kind(text)
        if not least <= value <= 2**31 - 1:
            raise ValueError
        return value

    number.__name__ = f"number of at least {least}"
    return number


def _parser():
    parser = _Parser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    path, count = pathlib.Path, _number(int, 0)
    parser.add_argument(
        "source", nargs="?", type=path, help="PNG label map, or a folder"
    )
    parser.add_argument("-o", "--output", type=path, help="file, or a folder")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--url", default="http://localhost:8501", help="REST")
    where.add_argument("--grpc", metavar="HOST:PORT")
    parser.add_argument("--model", required=True, help="its name")
    parser.add_argument("--version", type=count, help="default: the newest")
    parser.add_argument("--instance", type=path, help="PNG, or a folder")
    parser.add_argument("--seed", type=count, help="of styles that are drawn")
    parser.add_argument(
        "--timeout",
        type=_number(float, 0.001),
        default=30.0,
        help="seconds for one photograph, with all tries (default 30)",
    )
    parser.add_argument(
        "--retries", type=count, default=3, help="after the first try (3)"
    )
    parser.add_argument(
        "--concurrency", type=_number(int, 1), default=4, help="at once (4)"
    )
    parser.add_argument(
        "--health", action="store_true", help="only ask whether it serves"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
