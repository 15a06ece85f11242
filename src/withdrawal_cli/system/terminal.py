"""What standard output is."""

import os
import sys

WIDEST = 10_000
"""The columns beyond which nobody looks at a screen, and drawing one takes minutes."""


SCREENFUL = 1000
"""The records that a screen, or a picture of one, shows when no -n says how many: more are not read, and take minutes to draw."""


def is_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout is not None and not sys.stdout.closed and sys.stdout.isatty()


def draws_to_scale() -> bool:
    """Whether lines and dots help: not in ASCII, nor where a screen reader reads (ACCESSIBLE)."""
    return speaks_utf8() and os.environ.get("ACCESSIBLE", "") in ("", "0")


def speaks_utf8() -> bool:
    """Whether standard output can show any letter."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return encoding.lower().replace("-", "") == "utf8"
