"""Recognizes files of other programs, to say which command reads them."""

import shlex
from codecs import BOM_UTF8
from pathlib import PurePath
from typing import Any

import msgspec

from withdrawal_cli.dataset.faults import Fault

HEADINGS = {"date", "title", "year", "headline"}
"""A table can be imported if its first line has two of these."""
ROWS = "SELECT * FROM timeline"
"""The query for a database that `withdrawal export sqlite` made."""


SQLITE, ZIP, GZIP = "an SQLite database", "a ZIP archive or a workbook", "a gzip archive"
CONTAINERS = {
    b"SQLite format 3\0": SQLITE,
    b"PK\x03\x04": ZIP,
    b"\x1f\x8b": GZIP,
    b"\xd0\xcf\x11\xe0": "a workbook or a document of an old Microsoft Office",
    b"%PDF-": "a PDF",
}
"""How files begin that are not text, and what they are."""


def container(content: bytes) -> str | None:
    """Return what a file is that is not text; `None` if that is not recognized."""
    return next((kind for start, kind in CONTAINERS.items() if content.startswith(start)), None)


def foreign(content: bytes, where: str) -> Fault | None:
    """Return what to do with a file that is not a dataset; `None` if its kind is not recognized.

    `where` is the name of the file, `-` for standard input.
    """
    name = shlex.quote(where)
    if kind := container(content):
        new = "withdrawal new mine.json --from csv events.csv"
        table = f"make a dataset of the table of events:\n  {new}"
        hint = f"Save its table as CSV, and {table}"
        if kind == SQLITE:
            reading = f"sqlite3 -csv -header {name} {shlex.quote(ROWS)}"
            hint = (
                "Make a dataset of a table or view that has dates and titles:\n"
                f"  {reading} | withdrawal new mine.json --from csv -"
            )
        elif kind == ZIP:
            hint = f"Unpack it, or save the sheet as CSV, and {table}"
        elif kind == GZIP:
            hint = f"Unpack it first:\n  gunzip -c {name} | withdrawal timeline --data -"
        return Fault("", f"this is {kind}, not a dataset in JSON", hint)
    if kind := importable(content, where):
        what = {"csv": "a table (CSV)", "timelinejs": "a TimelineJS timeline"}[kind]
        return Fault(
            "",
            f"this is {what}, not a dataset",
            f"Make a dataset of it:\n  withdrawal new mine.json --from {kind} {name}",
        )
    return None


def importable(content: bytes, where: str) -> str | None:
    """Return which import reads the content, a key of `IMPORTS`; `None` if none does."""
    start = content[:4096].removeprefix(BOM_UTF8).lstrip()
    if start.startswith(b"{"):
        return "timelinejs" if _is_timeline(content) else None
    if b"\0" in start or start.startswith((b"[", b"<")):
        return None
    first_line = start.partition(b"\n")[0].decode("utf-8", "replace")
    delimiter = max(",;\t", key=first_line.count)
    cells = {cell.strip(" \r\"'").casefold() for cell in first_line.split(delimiter)}
    named = PurePath(where).suffix.lower() in (".csv", ".tsv") and start
    return "csv" if named or len(cells & HEADINGS) > 1 else None


def _is_timeline(content: bytes) -> bool:
    try:
        document: Any = msgspec.json.decode(content.removeprefix(BOM_UTF8))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False
    events = document.get("events")
    return (
        "dataset" not in document
        and isinstance(events, list)
        and any(isinstance(event, dict) and "start_date" in event for event in events)
    )
