"""TSV: a header, tabs between cells, one record a line and no quotes.

A tab or a line break in a text becomes a space.
"""

from collections.abc import Iterator

from withdrawal_cli.formats import Listing, batches, cell_text, utf8, value_of
from withdrawal_cli.safety import one_line


def render(listing: Listing) -> Iterator[bytes]:
    """Yield the rows under a header of their fields."""
    yield utf8("\t".join(listing.fields) + "\n")
    for batch in batches(listing.rows):
        lines = [
            "\t".join(one_line(cell_text(value_of(row, name))) for name in listing.fields)
            for row in batch
        ]
        yield utf8("\n".join(lines) + "\n")
