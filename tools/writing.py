"""Files that are made, and held by tests to what makes them."""

import sys
from pathlib import Path


def write_or_check(path: Path, text: str, *, check: bool, complaint: str) -> int:
    """Write a file that is not yet what it should be, or only say so; return the exit status."""
    if path.is_file() and path.read_text("utf-8") == text:
        return 0
    if check:
        print(complaint, file=sys.stderr)
        return 1
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return 0
