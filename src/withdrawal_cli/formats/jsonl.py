"""JSON Lines: one object a line."""

from withdrawal_cli.formats import Listing
from withdrawal_cli.formats.json import line


def render(listing: Listing) -> str:
    """Return one line for each row."""
    return "".join(line(row) for row in listing.rows)
