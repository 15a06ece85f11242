"""The browser in real terminals: a pseudo-terminal that keeps every byte, and tmux, which shows what they come to."""

import base64
import os
import re
import select
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

pytest.importorskip("textual", reason="the extra explore is not installed")

from tests.conftest import ROOT, event
from tools.manual import commands

pytestmark = pytest.mark.shells

EXAMPLES = [
    example for command in commands() if command.name == "explore" for example in command.examples
]
PROGRAM = [sys.executable, "-m", "withdrawal_cli"]


def play(
    arguments: list[str], *keys: bytes, sent: signal.Signals | None = None
) -> tuple[bytes, int]:
    """Run the program in a pseudo-terminal, press keys when it has gone quiet, and return what it wrote and its exit status.

    A signal is sent to it at the end.
    """
    ours, its = pytest.importorskip("pty", reason="there is no pty").openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "TMUX": ""}
    with subprocess.Popen(
        [*PROGRAM, *arguments],
        stdin=its,
        stdout=its,
        stderr=its,
        env=environment,
        start_new_session=True,
    ) as program:
        written = read_until(ours, lambda read: b"Search" in read, 30)
        for key in keys:
            os.write(ours, key)
            written += read_until_quiet(ours, 0.5)
        if sent:
            written += read_until_quiet(ours, 0.5)
            program.send_signal(sent)
        while program.poll() is None:
            written += read_until_quiet(ours, 0.1)
        os.close(its)
    os.close(ours)
    return written, program.returncode


def read_until(terminal: int, enough: Callable[[bytes], bool], seconds: float) -> bytes:
    read, end = b"", time.monotonic() + seconds
    while not enough(read) and time.monotonic() < end:
        if select.select([terminal], [], [], 0.1)[0]:
            read += os.read(terminal, 65536)
    return read


def read_until_quiet(terminal: int, seconds: float) -> bytes:
    read = b""
    while select.select([terminal], [], [], seconds)[0]:
        read += os.read(terminal, 65536)
    return read


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize(("key", "code"), [(b"q", 0), (b"\x11", 0), (b"\x03", 130)])
def test_the_program_opens_in_a_terminal_and_leaves_it(example: str, key: bytes, code: int) -> None:
    written, status = play(shlex.split(example)[1:], key)
    assert b"Timeline" in written
    assert status == code
    assert written.rindex(b"\x1b[?1049l") > written.rindex(
        b"\x1b[?1049h"
    )  # the screen that was there is back


@pytest.mark.parametrize(
    ("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_ends_it_and_the_screen_that_was_there_is_back(
    sent: signal.Signals, code: int
) -> None:
    written, status = play(["explore"], sent=sent)
    assert status == code
    assert written.rindex(b"\x1b[?1049l") > written.rindex(b"\x1b[?1049h")
    assert b"Traceback" not in written


HOSTILE = "PWNED \x1b]0;PWNED\x07\x1b[6;66r\x9b6;66r\u202e\x1bPq\x1b\\ [red]x[/red] [@click=app.quit]x[/] :cd:"


def test_nothing_hostile_in_a_dataset_reaches_the_terminal(write: Callable[..., str]) -> None:
    citations = [{"source": "a-book", "locator": HOSTILE}]
    path = write(
        sides=[{"id": "reds", "name": HOSTILE}],
        sources=[
            {
                "id": "a-book",
                "type": "book",
                "title": HOSTILE,
                "authors": [HOSTILE],
                "url": f"https://a.b/{HOSTILE}",
            }
        ],
        places=[{"id": "old-town", "name": HOSTILE, "latitude": 2, "longitude": 3}],
        people=[{"id": "ann-lee", "name": HOSTILE, "native_name": HOSTILE, "aliases": [HOSTILE]}],
        phases=[{"id": "winter", "title": HOSTILE, "date": "1900", "summary": HOSTILE}],
        disputes=[{"id": "how-many", "title": HOSTILE, "about": ["odd"], "explanation": HOSTILE}],
        estimates=[
            {
                "id": "so-many",
                "measure": "dead",
                "side": "reds",
                "date": "1900",
                "text": HOSTILE,
                "scope": HOSTILE,
            }
            | {"dispute": "how-many", "event": "odd", "citations": citations},
            {
                "id": "reds-then",
                "measure": "strength",
                "side": "reds",
                "date": "1900",
                "best": 9,
                "scope": HOSTILE,
            },
        ],
        events=[
            event(
                "odd",
                title=HOSTILE,
                summary=HOSTILE,
                points=[HOSTILE],
                side="reds",
                places=["old-town"],
                people=["ann-lee"],
            )
            | {"citations": citations}
        ],
    )
    keys = [
        b"\x1b[B",
        b"\x1b[B",
        b"y",
        b"\r",
        b"\t",
        b"\r",
        b"m",
        b"s",
        b"d",
        b"\t",
        b"\r",
        b"/",
        b"pwned",
        b"\r",
        b"f",
        b" \r",
    ]
    written, status = play(["explore", "--data", path], *keys, b"e", b"pwned.xls", b"\r", b"\x11")
    assert status == 0
    assert written.count(b"PWNED") > 20
    copied = re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", written)
    rest = re.sub(
        rb"\x1b\](52;c;[A-Za-z0-9+/=]*|22;[a-z-]*)\x07", b"", written
    )  # the clipboard, and the shape of the pointer
    for sequence in (b"\x1b]0;", b"\x07", b"\x1b[6;66r", b"\xc2\x9b", "\u202e".encode(), b"\x1bPq"):
        at = rest.find(sequence)
        assert at < 0, rest[max(at - 100, 0) : at + 50]
    assert copied
    assert all(
        text.replace("\n", "").isprintable()
        for text in (base64.b64decode(code).decode() for code in copied)
    )


class Tmux:
    """A tmux of its own, with one window."""

    def __init__(self) -> None:
        self.server = f"withdrawal-{uuid4().hex}"

    def __call__(self, *words: str) -> str:
        command = ["tmux", "-L", self.server, "-f", os.devnull, *words]
        return subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=30
        ).stdout

    def wait_for(self, words: str) -> str:
        """Return the screen as soon as the words stand on it."""
        end = time.monotonic() + 30
        while words not in (screen := self("capture-pane", "-p", "-t", "one")):
            assert time.monotonic() < end, screen
            time.sleep(0.1)
        return screen


@pytest.fixture
def tmux() -> Iterator[Tmux]:
    if not shutil.which("tmux"):
        pytest.skip("there is no tmux")
    server = Tmux()
    yield server
    server("kill-server")


@pytest.mark.parametrize(("columns", "rows"), [(60, 20), (80, 24), (120, 40)])
def test_it_is_used_in_tmux(tmux: Tmux, tmp_path: Path, columns: int, rows: int) -> None:
    program = f"{shlex.join([*PROGRAM, 'explore', 'geneva-accords'])}; echo status $?; exec cat"
    path = f"PYTHONPATH={ROOT / 'src'}"
    tmux(
        "new-session",
        "-d",
        "-s",
        "one",
        "-x",
        str(columns),
        "-y",
        str(rows),
        "-c",
        str(tmp_path),
        "-e",
        path,
        "-e",
        "COLUMNS=90",
        program,
    )
    tmux("set-option", "-s", "set-clipboard", "on")

    def press(*keys: str) -> None:
        tmux("send-keys", "-t", "one", *keys)

    tmux.wait_for("Accords are")
    screen = tmux.wait_for("? Keys")
    assert len(screen.splitlines()) == rows
    assert screen.startswith("┏━ Timeline ━")
    press("y")
    tmux.wait_for("Copied the citation")
    end = time.monotonic() + 30
    while not tmux("show-buffer").startswith("CQ Press. “Geneva Accords"):
        assert time.monotonic() < end
        time.sleep(0.1)
    press("/", "gromov")  # at once, before the dialog stands
    tmux.wait_for("Boris Gromov")
    press("Enter")
    assert tmux.wait_for("Person").splitlines()[-1].startswith("? Keys [ Back / Search")
    tmux("resize-window", "-t", "one", "-x", "40", "-y", "10")
    tmux.wait_for("too small")
    tmux("resize-window", "-t", "one", "-x", str(columns), "-y", str(rows))
    tmux.wait_for("boris-gromov")
    tmux.wait_for("? Keys")
    press("BSpace")
    tmux.wait_for("Event")
    press("e", "mine.csv")
    tmux.wait_for("mine.csv")
    press("Enter")
    tmux.wait_for("Wrote ")
    assert (tmp_path / "mine.csv").read_text("utf-8").startswith("id,date,")
    press("m")
    tmux.wait_for("Close")
    press("q")
    tmux.wait_for("status 0")
    assert (
        tmux(
            "display-message", "-p", "-t", "one", "#{alternate_on} #{mouse_any_flag} #{cursor_flag}"
        )
        == "0 0 1\n"
    )
