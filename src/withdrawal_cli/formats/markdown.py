"""A Markdown table (GitHub's flavour) of the columns for people."""

import re
from collections.abc import Iterable, Iterator

from withdrawal_cli.formats import Listing, batches, utf8
from withdrawal_cli.formats.safety import one_line

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#])")


def render(listing: Listing) -> Iterator[bytes]:
    """Yield the table; Markdown in the data is escaped, so that it stays text."""
    yield utf8(_row(column.heading for column in listing.columns))
    yield utf8(_row("---:" if column.figure else "---" for column in listing.columns))
    for batch in batches(listing.listed):
        yield utf8("".join(_row(escape(column.cell(item)) for column in listing.columns) for item in batch))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def escape(text: str) -> str:
    """Return `text` on one line, with nothing in it that Markdown would read as more than text."""
    return _SPECIAL.sub(r"\\\1", one_line(text))
