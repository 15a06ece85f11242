"""JSON Lines: one object a line."""

from collections.abc import Iterator

from withdrawal_cli.formats import Listing, batches
from withdrawal_cli.formats.json import line


def render(listing: Listing) -> Iterator[bytes]:
    """Yield one line for each row."""
    for batch in batches(listing.rows):
        yield b"".join(map(line, batch))
