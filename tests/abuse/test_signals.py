"""Ctrl-C and kill at the worst moment."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.abuse.conftest import names_in
from tests.abuse.datasets import CONTENT
from tests.conftest import Run
from tests.test_process import COMMAND, start

WRITING = """
import os, sys, time
from withdrawal_cli.__main__ import run

def wait(_):
    print("writing", file=sys.stderr, flush=True)
    time.sleep(60)

os.fsync = wait
run()
"""
"""The program, held up when all is written beside the target and nothing is in its place yet."""

IMPORTING = """
import os, signal, sys
from withdrawal_cli.__main__ import run

class Interrupted:
    def find_spec(self, name, *_):
        if name == "{name}":
            for _ in range({times}):
                os.kill(os.getpid(), signal.{sent})

sys.meta_path.insert(0, Interrupted())
run()
"""
"""The program, which gets signals at the moment in which a module is imported."""

ENDING = [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
"""The signals that end the program cleanly, and its exit status."""


@contextmanager
def held_up(*words: str) -> Iterator[subprocess.Popen[bytes]]:
    """Start the program, and hand it over when it has written all and given nothing its name."""
    with start([sys.executable, "-c", WRITING, *words], stderr=subprocess.PIPE) as process:
        assert process.stderr
        assert process.stderr.readline() == b"writing\n"
        yield process
        process.kill()


def parts_in(folder: Path) -> list[str]:
    return [path.name for path in folder.glob(".*.part")]


@pytest.mark.parametrize(
    ("sent", "status"), [*ENDING, (signal.SIGKILL, -9)], ids=lambda it: getattr(it, "name", "")
)
@pytest.mark.parametrize("force", [(), ("--force",)], ids=["new", "force"])
def test_a_program_that_is_stopped_while_it_writes_leaves_the_old_file_whole(
    folder: Path, sent: signal.Signals, status: int, force: tuple[str, ...]
) -> None:
    if force:
        Path("out.html").write_text("old")
    with held_up("export", "html", "--data", "war", "-o", "out.html", *force) as process:
        assert len(parts_in(folder)) == 1
        process.send_signal(sent)
        assert process.wait(10) == status
        assert process.stderr
        assert process.stderr.read() == b""
    assert [path.read_text() for path in folder.glob("out.html")] == (["old"] if force else [])
    assert len(parts_in(folder)) == (sent == signal.SIGKILL)


def test_the_next_write_removes_what_kill_left_and_nothing_else(run: Run, folder: Path) -> None:
    for _ in range(2):
        with held_up("export", "html", "--data", "war", "-o", "out.html") as process:
            process.kill()
    assert len(parts_in(folder)) == 1  # the second run has removed what the first one left
    with held_up("export", "html", "--data", "war", "-o", "other.html") as process:
        process.kill()
    others = [
        ".out.html.part",
        ".out.html.0123456.part",
        ".out.html.01234567.parts",
        ".out.html.ABCDEFGH.part",
    ]
    for name in others:
        Path(name).touch()
    Path(".out.html.00000000.part").mkdir()
    Path(".out.html.00000001.part").symlink_to("war")
    assert run("export html --data war -o out.html").code == 0
    [left] = folder.glob(".other.html.*.part")
    kept = [".out.html.00000000.part", ".out.html.00000001.part", left.name, *others, "out.html"]
    assert names_in(folder) == sorted(kept)


def test_what_another_run_writes_at_this_moment_is_not_removed(run: Run, folder: Path) -> None:
    with held_up("export", "html", "--data", "war", "-o", "out.html"):
        [part] = parts_in(folder)
        assert run("export html --data war -o out.html").code == 0
        assert parts_in(folder) == [part]


@pytest.mark.parametrize(
    "name", ["typer", "withdrawal_cli.options", "withdrawal_cli.commands.timeline", "msgspec"]
)
@pytest.mark.parametrize("times", [1, 2, 20])
@pytest.mark.parametrize(("sent", "status"), ENDING, ids=lambda it: getattr(it, "name", ""))
def test_signals_that_come_while_the_program_starts_end_it_without_a_word(
    name: str, times: int, sent: signal.Signals, status: int
) -> None:
    code = IMPORTING.format(name=name, times=times, sent=sent.name)
    with start(
        [sys.executable, "-c", code, "timeline"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.communicate(timeout=30) == (b"", b"")
    assert process.returncode == status


@pytest.mark.parametrize(
    "sent", [signal.SIGINT, signal.SIGHUP, signal.SIGTERM], ids=lambda it: it.name
)
def test_what_the_parent_wants_ignored_stays_ignored(sent: signal.Signals) -> None:
    code = IMPORTING.format(name="typer", times=3, sent=sent.name)
    words = [
        sys.executable,
        "-c",
        f"import signal\nsignal.signal(signal.{sent.name}, signal.SIG_IGN)\n{code}",
        "timeline",
    ]
    with start(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        out, err = process.communicate(timeout=30)
    assert (process.returncode, err, out[:5]) == (0, b"", b"DATE ")


def test_ctrl_c_in_the_middle_of_a_large_file_ends_at_once(folder: Path) -> None:
    os.mkfifo("pipe")
    words = [*COMMAND, "export", "html", "--data", "pipe", "-o", "out.html"]
    with start(words) as process, Path("pipe").open("wb") as pipe:
        pipe.write(CONTENT[:-1])
        pipe.flush()
        for _ in range(50):  # one that comes between two reads is seen after the next
            process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                assert process.wait(0.2) == 130
                break
        assert process.poll() == 130
    assert names_in(folder) == ["pipe"]
