"""CSV, RFC 4180: a header, commas, CRLF, UTF-8; empty for null, lists joined by `; `."""

import csv
import io
from typing import Any

from withdrawal_cli.formats import Listing, cell_text
from withdrawal_cli.formats.safety import clean

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(listing: Listing) -> str:
    """Return the rows under a header of their fields."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(listing.fields)
    writer.writerows([_cell(row.get(name)) for name in listing.fields] for row in listing.rows)
    return out.getvalue()


def _cell(content: Any) -> str:
    """Return the cell; text that a spreadsheet would run as a formula is quoted with `'`."""
    if isinstance(content, (int, float)):
        return cell_text(content)
    text = clean(cell_text(content), keep="\n\t")
    return f"'{text}" if text.startswith(_FORMULA) else text
