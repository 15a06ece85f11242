"""The table in a pipe: a header, one record a line, columns aligned, nothing cut, no colour, no boxes."""

from withdrawal_cli.formats import Listing
from withdrawal_cli.formats.safety import one_line, width


def render(listing: Listing) -> str:
    """Return the columns for people as plain lines, as kubectl does; an empty cell is a dash, so that columns can be counted."""
    lines = [[column.heading.upper() for column in listing.columns]]
    lines += [[one_line(column.cell(row)) or "-" for column in listing.columns] for row in listing.rows]
    widths = [max(width(line[place]) for line in lines) for place in range(len(listing.columns))]
    return "".join(_line(cells, widths, listing) for cells in lines)


def _line(cells: list[str], widths: list[int], listing: Listing) -> str:
    padded = []
    for cell, room, column in zip(cells, widths, listing.columns, strict=True):
        space = " " * (room - width(cell))
        padded.append(space + cell if column.figure else cell + space)
    return "  ".join(padded).rstrip() + "\n"
