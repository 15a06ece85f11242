"""TSV: a header, tabs between cells, one record a line and no quotes; a tab or a line break in a text becomes a space."""

from withdrawal_cli.formats import Listing, cell_text
from withdrawal_cli.formats.safety import one_line


def render(listing: Listing) -> str:
    """Return the rows under a header of their fields."""
    lines = ["\t".join(listing.fields)]
    lines += ["\t".join(one_line(cell_text(row.get(name))) for name in listing.fields) for row in listing.rows]
    return "\n".join(lines) + "\n"
