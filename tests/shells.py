"""A person at a shell: bash, zsh or fish in a pseudo-terminal, with completion set up."""

import fcntl
import os
import pty
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import ROOT
from withdrawal_cli.completion import SCRIPTS

SHELLS = [
    pytest.param(
        name, marks=pytest.mark.skipif(not shutil.which(name), reason=f"{name} is not here")
    )
    for name in SCRIPTS
]
STARTS = {"bash": "bash --norc --noprofile -i", "zsh": "zsh -f -i", "fish": "fish --no-config -i"}
BEFORE = {"zsh": "LISTMAX=1000; autoload -Uz compinit; compinit -u -d ../dump; "}


class Shell:
    """A shell in `folder/work`, where `withdrawal` answers a TAB and else only keeps the words that it is called with."""

    def __init__(self, name: str, folder: Path) -> None:
        self.work = folder / "work"
        self._words = folder / "words"
        self._set_up(name, folder)
        self._terminal, its = pty.openpty()
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 100, 200, 0, 0))
        tty = os.ttyname(
            its
        )  # opened by name it becomes the terminal of the new session, as that of a person is
        self._process = subprocess.Popen(
            ["sh", "-c", f"exec {STARTS[name]} <{tty} >{tty} 2>&1"],
            cwd=self.work,
            env={
                "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
                "HOME": str(folder),
                "TERM": "xterm",
                "LC_ALL": "C.UTF-8",
            },
            start_new_session=True,
        )
        self._its = its  # kept open: without anyone at the other end, a terminal cannot be read
        self.screen = ""

    def _set_up(self, name: str, folder: Path) -> None:
        self.work.mkdir()
        (folder / "bin").mkdir()
        (folder / f"script.{name}").write_text(SCRIPTS[name])
        program = folder / "bin" / "withdrawal"
        program.write_text(
            "#!/bin/sh\n"
            f'[ -n "$_WITHDRAWAL_COMPLETE" ] && PYTHONPATH={ROOT / "src"} exec {sys.executable} -m withdrawal_cli "$@"\n'
            f"printf '%s\\0' \"$@\" >{folder}/part && mv {folder}/part {self._words}\n"
        )
        program.chmod(0o755)

    def press(self, keys: str) -> None:
        os.write(self._terminal, keys.encode())

    def run(self, keys: str, seconds: float = 10) -> list[str] | None:
        """Press keys and return the words that the program is then called with; None if it is not called in time."""
        self._words.unlink(missing_ok=True)
        self.press(keys)
        self.wait_for(self._words.exists, seconds)
        return self._words.read_text("utf-8").split("\0")[:-1] if self._words.exists() else None

    def wait_for(self, happened: Callable[[], object], seconds: float) -> None:
        """Read the screen until a function says that something has happened."""
        self.screen, end = "", time.monotonic() + seconds
        while not happened() and time.monotonic() < end:
            self._read(0.02)
        self._read(0.05)

    def _read(self, seconds: float) -> None:
        while select.select([self._terminal], [], [], seconds)[0]:
            self.screen += os.read(self._terminal, 65536).decode("utf-8", "replace")

    def _is_busy(self) -> bool:
        """Whether the shell has a program running, as for a TAB; where `/proc` does not tell, no."""
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        return bool(children.exists() and children.read_text())

    def cancel(self) -> None:
        """Press Ctrl-C until the line is empty: in fish the first one closes the list.

        It drops keys that wait, and while a TAB is answered it stops only that: so none may be left.
        """
        idle = 0
        while idle < 3:
            self._read(0.1)
            idle = 0 if self._is_busy() else idle + 1
        for _ in range(2):
            self.press("\x03")
            self._read(0.3)

    def leave(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._terminal)
        os.close(self._its)


@contextmanager
def shell(name: str, folder: Path) -> Iterator[Shell]:
    opened = Shell(name, folder)
    try:
        opened.press(f"{BEFORE.get(name, '')}source ../script.{name}\r")
        assert opened.run("withdrawal ready\r", 30) == ["ready"], opened.screen
        yield opened
    finally:
        opened.leave()
