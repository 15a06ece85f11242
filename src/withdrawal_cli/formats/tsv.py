"""TSV: a header, tabs between cells, one record a line and no quotes.

A tab or a line break in a text becomes a space. Some readers take a quotation mark at the start of
a cell for one around it, so there it becomes a typographic one. What a spreadsheet would run gets a
`'` before it, as in CSV.
"""

import re
from collections.abc import Iterator
from typing import Any

from withdrawal_cli.formats import Listing, batches, cell_text, utf8, value_of
from withdrawal_cli.safety import disarmed, one_line


def render(listing: Listing) -> Iterator[bytes]:
    """Yield the rows under a header of their fields."""
    yield utf8("\t".join(listing.fields) + "\n")
    for batch in batches(listing.rows):
        lines = ["\t".join(_cell(value_of(row, name)) for name in listing.fields) for row in batch]
        yield utf8("\n".join(lines) + "\n")


def _cell(content: Any) -> str:
    if isinstance(content, (int, float)):
        return cell_text(content)
    return disarmed(unquoted(cell_text(content)))


def unquoted(text: str) -> str:
    """Return a text on one line that no reader takes for a quoted cell."""
    text = one_line(text)
    if text.startswith('"'):
        text = re.sub('"([^"]*)"', r"“\1”", text).replace('"', "“")
    return text
