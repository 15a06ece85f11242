"""How the process ends before its time: Ctrl-C, `kill`, a terminal that goes away."""

import os
import signal
from contextlib import suppress

UNFINISHED: set[str] = set()
"""The files that must not stay if the process ends now. A name stands here before its file does."""


def end_cleanly_when_told() -> None:
    """From now on a signal that ends the program removes what is unfinished, and the exit status is 128 + its number.

    The handler leaves at once instead of raising an exception. One raised while modules are imported, or
    a second one while the first is dealt with, ends in a traceback; and one raised between the making of
    a file and the `try` around it leaves the file. What the parent told this process to ignore, as
    `nohup` does and a script's `&`, stays ignored.
    """
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number and signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _leave)


def _leave(number: int, _frame: object) -> None:
    for name in tuple(UNFINISHED):
        with suppress(OSError):
            os.unlink(name)  # noqa: PTH108 (a Path would be made first)
    os._exit(128 + number)
