"""A long answer in a pager, as in git and gh: the only program that is ever started."""

import os
import signal
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from withdrawal_cli.system.signals import CHILDREN

if TYPE_CHECKING:
    from subprocess import Popen

DEFAULTS = {"LESS": "FRX", "LV": "-c"}
"""Settings for less and lv, unless the user has set them; git has the same."""


def chosen_pager() -> list[str]:
    """Return the words of the pager's command line; none if paging is off.

    An empty command line or `cat` turns it off. On a dumb terminal, as inside an editor, no pager
    can move the cursor.
    """
    if os.environ.get("TERM") == "dumb":
        return []
    import shlex  # only here: most answers go into no pager

    line = os.environ.get("WITHDRAWAL_PAGER", os.environ.get("PAGER", "less"))
    try:
        words = shlex.split(line, posix=os.name != "nt")  # paths on Windows have backslashes
    except ValueError:  # a quotation mark that is not closed
        return []
    return [] if words == ["cat"] else words


def start_pager(words: list[str], encoding: str) -> "Popen[bytes] | None":
    """Start the pager for `feed`; return `None` if it cannot be started."""
    import subprocess  # only here: it takes 8 ms

    env = DEFAULTS | ({"LESSCHARSET": "utf-8"} if encoding == "utf-8" else {}) | os.environ
    try:
        return subprocess.Popen(words, stdin=subprocess.PIPE, env=env)
    except OSError:
        return None


def feed(pager: "Popen[bytes]", pieces: Iterable[bytes], terminal: list[object] | None) -> None:
    """Send the pieces and wait until the user leaves the pager, however early.

    `terminal` is its state before the pager was started.
    """
    assert pager.stdin
    # Ctrl-C is for the pager, which has the terminal. A handler and not SIG_IGN, because a pager
    # would inherit that.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    CHILDREN.add(pager.pid)
    try:
        for piece in pieces:
            try:
                pager.stdin.write(piece)
            except OSError:  # the pager is closed; a pipe on Windows says EINVAL
                break
    finally:
        with suppress(OSError):
            pager.stdin.close()
        pager.wait()
        CHILDREN.discard(pager.pid)
        signal.signal(signal.SIGINT, before)
        if pager.returncode < 0:  # killed, with no chance to tidy up
            _restore_terminal(terminal)


def terminal_state() -> list[object] | None:
    """Return what `feed` restores after a pager was killed; `None` without a terminal."""
    try:
        import termios

        return termios.tcgetattr(1)
    except (ImportError, OSError, termios.error):
        return None


def _restore_terminal(state: list[object] | None) -> None:
    if state is not None:
        import termios

        with suppress(OSError, termios.error):
            termios.tcsetattr(1, termios.TCSADRAIN, state)  # type: ignore[arg-type]
