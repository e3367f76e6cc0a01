import os
import shlex
import signal
import subprocess
import sys

import pytest

import keras_pix2pixhd
from keras_pix2pixhd.cli import main
from keras_pix2pixhd.cli.main import VERBS


def run_of_train(monkeypatch, error):
    """What `pix2pixhd train` does when the run raises `error`."""

    def raises(options):
        raise error

    monkeypatch.setattr("keras_pix2pixhd.cli.train.run", raises)
    return main(["train"])


def test_the_version(capsys):
    with pytest.raises(SystemExit) as exit:
        main(["--version"])
    assert exit.value.code == 0
    assert capsys.readouterr().out == f"{keras_pix2pixhd.__version__}\n"


def test_the_help_names_every_verb(capsys):
    with pytest.raises(SystemExit) as exit:
        main(["--help"])
    assert exit.value.code == 0
    out = capsys.readouterr().out
    for verb, about in VERBS.items():
        assert verb in out and about in out


@pytest.mark.parametrize(
    "arguments, words",
    [
        ([], "the following arguments are required: VERB"),
        (["paint"], "invalid choice: 'paint'"),
        (["train", "--nope\n"], "unrecognized arguments: --nope"),
        (["generate", "a", "b"], "arguments are required: output"),
    ],
)
def test_wrong_arguments_are_one_line(capsys, arguments, words):
    with pytest.raises(SystemExit) as exit:
        main(arguments)
    assert exit.value.code == 2
    line = capsys.readouterr().err
    assert line.startswith("pix2pixhd: error: ") and words in line
    assert line.endswith(" --help.\n") and line.count("\n") == 1


@pytest.mark.parametrize(
    "error, words",
    [
        (ValueError("It must be so.\nReceived: not"), "so. Received: not"),
        (PermissionError(13, "Permission denied", "/x"), "denied: '/x'"),
        (
            RuntimeError("{{node}} ValueError: b.png is bad\nTraceback\n x"),
            "error: b.png is bad",
        ),
        (
            ValueError(
                "Exception encountered when calling A.call().\n\n\x1b[1mIt "
                "must be so.\x1b[0m\n\nArguments received: 3"
            ),
            "error: It must be so.",
        ),
        (
            MemoryError(),
            "memory enough for the run. Received: no more of it. Make "
            "image_size, batch_size or the networks smaller.",
        ),
        (
            RuntimeError(
                "{{node}} OOM when allocating tensor with shape[3,9] and type "
                "float on /job:localhost by allocator mklcpu\n\nHint: x"
            ),
            "Received: OOM when allocating tensor with shape[3,9] and type "
            "float. Make image_size, batch_size or the networks smaller.",
        ),
        (
            RuntimeError(
                "{{function_node x}} Invalid PNG data.\n\t [[{{node y}}]] "
                "[Op:IteratorGetNext] name: "
            ),
            "Received: Invalid PNG data. Find it with pix2pixhd check-data.",
        ),
        (
            RuntimeError("Failed to allocate memory for the batch"),
            "Make image_size, batch_size or the networks smaller.",
        ),
    ],
)
def test_a_mistake_is_one_line(monkeypatch, capsys, error, words):
    assert run_of_train(monkeypatch, error) == 2
    out, err = capsys.readouterr()
    assert err.startswith("pix2pixhd: error: ") and err.endswith(f"{words}\n")
    assert (out, err.count("\n")) == ("", 1)


def test_a_reader_that_has_seen_enough_is_no_mistake():
    code = (
        "import sys\n"
        "from keras_pix2pixhd.cli import main, train\n"
        "def talk(options):\n"
        "    for _ in range(100000):\n"
        "        print('a line that no one reads')\n"
        "train.run = talk\n"
        "sys.exit(main(['train']))"
    )
    done = subprocess.run(
        f"{shlex.quote(sys.executable)} -c {shlex.quote(code)} | head -1",
        shell=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout == "a line that no one reads\n"
    assert "error" not in done.stderr.lower()
    assert "Traceback" not in done.stderr


def test_an_interrupted_run_says_so(monkeypatch, capsys):
    assert run_of_train(monkeypatch, KeyboardInterrupt()) == 130
    assert capsys.readouterr().err == "pix2pixhd: interrupted\n"


def noted(error):
    error.add_note("of JAX")
    error.add_note("Resume with: pix2pixhd train --resume runs/0001-toy")
    return error


@pytest.mark.parametrize(
    "error, code, line",
    [
        (KeyboardInterrupt(), 130, "interrupted"),
        (SystemExit(143), 143, "stopped by SIGTERM"),
        (ValueError("It must be so."), 2, "error: It must be so"),
        (ValueError("It must be so"), 2, "error: It must be so"),
    ],
)
def test_a_run_that_can_go_on_says_how(monkeypatch, capsys, error, code, line):
    assert run_of_train(monkeypatch, noted(error)) == code
    how = "Resume with: pix2pixhd train --resume runs/0001-toy"
    assert capsys.readouterr().err == f"pix2pixhd: {line}. {how}\n"


def test_sigterm_ends_any_verb_with_143(monkeypatch, capsys):
    before = signal.getsignal(signal.SIGTERM)
    removed = []

    def run(options):
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            raise AssertionError("not reached")
        finally:
            removed.append("what was half written")

    monkeypatch.setattr("keras_pix2pixhd.cli.train.run", run)
    assert main(["train"]) == 143
    assert capsys.readouterr().err == "pix2pixhd: stopped by SIGTERM\n"
    assert removed == ["what was half written"]
    assert signal.getsignal(signal.SIGTERM) is before


def test_another_end_of_the_process_stays_what_it_is(monkeypatch):
    with pytest.raises(SystemExit) as end:
        run_of_train(monkeypatch, SystemExit(7))
    assert end.value.code == 7


def test_an_error_of_ours_keeps_its_traceback(monkeypatch):
    with pytest.raises(KeyError, match="ours"):
        run_of_train(monkeypatch, KeyError("ours"))


@pytest.mark.parametrize("returned, code", [(None, 0), (0, 0), (1, 1)])
def test_a_verb_may_return_an_exit_code(monkeypatch, returned, code):
    monkeypatch.setattr("keras_pix2pixhd.cli.train.run", lambda _: returned)
    assert main(["train"]) == code
