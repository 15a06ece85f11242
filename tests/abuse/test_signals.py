"""Ctrl-C and kill at the worst moment."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.abuse.conftest import names_in
from tests.abuse.datasets import CONTENT
from tests.test_process import COMMAND, environment

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
import sys
from withdrawal_cli.__main__ import run

class Interrupted:
    def find_spec(self, name, *_):
        if name == "typer":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupted())
run()
"""


@pytest.mark.parametrize(
    ("sent", "status", "left"),
    [(signal.SIGINT, 130, []), (signal.SIGKILL, -9, [".old.html.*.part"])],
    ids=["ctrl-c", "kill"],
)
def test_a_program_that_is_stopped_while_it_writes_leaves_the_old_file_whole(
    folder: Path, sent: signal.Signals, status: int, left: list[str]
) -> None:
    Path("old.html").write_text("old")
    with subprocess.Popen(
        [
            sys.executable,
            "-c",
            WRITING,
            "export",
            "html",
            "--data",
            "war",
            "-o",
            "old.html",
            "--force",
        ],
        stderr=subprocess.PIPE,
        env=environment(),
    ) as process:
        assert process.stderr
        assert process.stderr.readline() == b"writing\n"
        process.send_signal(sent)
        assert process.wait(10) == status
        assert b"Traceback" not in process.stderr.read()
    assert Path("old.html").read_text() == "old"
    assert [path.name for path in folder.glob(".*")] == [
        path.name for pattern in left for path in folder.glob(pattern)
    ]
    assert [name for name in names_in(folder) if not name.startswith(".")] == ["old.html"]


def test_ctrl_c_before_the_program_has_begun_ends_with_130_too() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORTING], capture_output=True, env=environment(), check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_ctrl_c_in_the_middle_of_a_large_file_ends_at_once(folder: Path) -> None:
    os.mkfifo("pipe")
    words = [*COMMAND, "export", "html", "--data", "pipe", "-o", "out.html"]
    with subprocess.Popen(words, env=environment()) as process, Path("pipe").open("wb") as pipe:
        pipe.write(CONTENT[:-1])
        pipe.flush()
        for _ in range(50):  # one that comes between two reads is seen after the next
            process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                assert process.wait(0.2) == 130
                break
        assert process.poll() == 130
    assert names_in(folder) == ["pipe"]
