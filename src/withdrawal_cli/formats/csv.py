"""CSV, RFC 4180: a header, commas, CRLF, UTF-8; empty for null, lists joined by `; `."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from withdrawal_cli.formats import Listing, batches, cell_text, utf8, value_of
from withdrawal_cli.safety import clean, disarmed


def render(listing: Listing) -> Iterator[bytes]:
    """Yield the rows under a header of their fields."""
    yield lines([listing.fields])
    for batch in batches(listing.rows):
        yield lines([value_of(row, name) for name in listing.fields] for row in batch)


def lines(rows: Iterable[Sequence[Any]]) -> bytes:
    """Return rows of values as lines of CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(map(_cell, row) for row in rows)
    return utf8(out.getvalue())


def _cell(content: Any) -> str:
    """Return the cell; text that a spreadsheet would run as a formula is quoted with `'`."""
    if content is None:
        return ""
    if isinstance(content, (int, float)):
        return cell_text(content)
    return disarmed(clean(cell_text(content), keep="\n\t"))
