"""Ctrl-C, `kill` and a terminal that goes away leave nothing unfinished behind."""

import os
import signal
import time
from contextlib import suppress

UNFINISHED: set[str] = set()
"""The files to remove if the process ends now. A name is added before its file is made."""

CHILDREN: set[int] = set()
"""The processes to end with it: a pager left alone would fight the shell for the terminal."""


def end_cleanly_when_told() -> None:
    """Install a handler that removes what is unfinished and exits with 128 + the signal's number.

    It exits at once and raises no exception: one raised during an import, or while another is
    handled, would end in a traceback; one raised between creating a file and the `try` around it
    would leave the file behind. Signals that the parent ignores, as `nohup` and a script's `&` do,
    stay ignored.
    """
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number and signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _leave)


def _leave(number: int, _frame: object) -> None:
    for name in tuple(UNFINISHED):
        with suppress(OSError):
            os.unlink(name)  # noqa: PTH108 (no time for a Path)
    for child in tuple(CHILDREN):
        with suppress(OSError):
            os.kill(child, signal.SIGTERM)
            for _ in range(50):  # a second at most, to put the terminal in order
                if os.name == "nt" or os.waitpid(child, os.WNOHANG)[0]:
                    break
                time.sleep(0.02)
    os._exit(128 + number)
