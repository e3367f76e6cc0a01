"""The frame of a program that answers lines: a side's own process."""

import json
import os
import sys


def answer_lines(serve, out_of_memory=()):
    """Serves stdin, answers on stdout, and ends the process.

    Args:
        serve: function of the description (the first argument of the
            program, in JSON), of the lines, and of a function that answers
            with keywords. What it raises is an answer too: `error`, and
            whether it is `out_of_memory`.
        out_of_memory: words, of which one is in such an error.
    """
    channel = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what libraries print is no answer

    def answer(**values):
        print(json.dumps(values), file=channel, flush=True)

    try:
        serve(json.loads(sys.argv[1]), sys.stdin, answer)
    except Exception as error:
        text = f"{type(error).__name__}: {error}"
        answer(
            error=text[-2000:],
            out_of_memory=any(words in text for words in out_of_memory),
        )
    channel.flush()
    os._exit(0)  # threads of a backend need not be waited for
