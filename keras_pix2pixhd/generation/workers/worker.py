"""One of several processes that paint a folder together.

It is told what to do by one line of JSON, and answers with lines: `ready`,
once nothing speaks against painting; then it waits for a line; then one for
each photograph, and `end`. A mistake of the user is one line, too.
"""

import contextlib
import json
import os
import signal
import sys
import traceback


def main():
    """Runs a worker, and ends with its exit code."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is for the first process
    signal.signal(signal.SIGTERM, _end)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what libraries print is no answer

    def answer(kind, **facts):
        answers.write(json.dumps({"kind": kind, **facts}) + "\n")
        answers.flush()

    try:
        _work(json.loads(sys.stdin.readline()), answer)
    except BrokenPipeError:  # the first process is gone
        with contextlib.suppress(BrokenPipeError):
            answers.close()
        sys.exit(1)
    except ValueError as error:
        answer("mistake", text=str(error))
    except Exception:
        answer("error", text=traceback.format_exc())


def _end(number, frame):
    """Ends as an error does: what is half written is removed."""
    raise SystemExit(128 + number)


def _work(given, answer):
    from keras_pix2pixhd.generation.options import Options
    from keras_pix2pixhd.generation.session import Session

    first, threads = given.pop("first"), given.pop("threads")
    options = Options(**given.pop("options"))
    session = Session(**given, options=options, threads=threads)
    answer(
        "ready",
        labels=len(session.labels),
        missing=session.missing,
    )
    if not sys.stdin.readline():
        return  # the first process is gone
    if first:
        session.begin()
        answer("begun")
    for path in session.paint():
        answer("painted", path=os.fspath(path))
    answer("end", failed=list(session.failed.items()))


if __name__ == "__main__":
    main()
