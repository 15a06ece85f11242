"""What kind of terminal standard output is, and how much of it to fill."""

import os
import sys

WIDEST = 10_000
"""In columns: no screen is wider, and drawing one would take minutes."""

SCREENFUL = 1000
"""The most records that a screen, or a picture of it, shows without --limit: more take minutes."""


def is_terminal() -> bool:
    return sys.stdout is not None and not sys.stdout.closed and sys.stdout.isatty()


def wants_color(choice: str) -> bool:
    """Whether to colour: `always`, `never`, or `auto`, which asks the environment.

    See https://no-color.org and https://force-color.org.
    """
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if "FORCE_COLOR" in os.environ:
        return os.environ["FORCE_COLOR"] not in ("", "0")
    return os.environ.get("TERM") != "dumb" and is_terminal()


def is_accessible() -> bool:
    """Whether a screen reader is in use; gh heeds the same variable."""
    return os.environ.get("ACCESSIBLE", "") not in ("", "0")


def speaks_utf8() -> bool:
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return encoding.lower().replace("-", "") == "utf8"
