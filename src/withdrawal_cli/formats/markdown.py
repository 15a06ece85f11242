"""A Markdown table (GitHub's flavour) of the columns for people."""

import re

from withdrawal_cli.formats import Listing
from withdrawal_cli.formats.safety import one_line

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#])")


def render(listing: Listing) -> str:
    """Return the table; Markdown in the data is escaped, so that it stays text."""
    headings = [column.heading for column in listing.columns]
    lines = [_row(headings), _row(["---:" if column.figure else "---" for column in listing.columns])]
    lines += [_row([escape(column.cell(row)) for column in listing.columns]) for row in listing.rows]
    return "\n".join(lines) + "\n"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def escape(text: str) -> str:
    """Return `text` on one line, with nothing in it that Markdown would read as more than text."""
    return _SPECIAL.sub(r"\\\1", one_line(text))
