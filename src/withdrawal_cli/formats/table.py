"""The table in a pipe: a header, one record a line, columns aligned, nothing cut, no colour, no boxes."""

from collections.abc import Callable, Iterable, Iterator

from withdrawal_cli.formats import Listing, batches, utf8
from withdrawal_cli.formats.columns import PIPE
from withdrawal_cli.safety import one_line, width


def render(listing: Listing) -> Iterator[bytes]:
    """Yield the columns for people as plain lines, as kubectl does; an empty cell is a dash, so that columns can be counted."""
    columns = [(column, _Filled(column.heading.upper())) for column in listing.on(PIPE)]
    for batch in batches(listing.rows):
        for column, filled in columns:
            filled.add(column.cell(listing.dataset, row) or "-" for row in batch)
    pads = [filled.pad(figure=column.figure) for column, filled in columns]
    for lines in batches(zip(*(filled.cells for _, filled in columns), strict=True)):
        padded = (
            map(pad, cells) for pad, cells in zip(pads, zip(*lines, strict=True), strict=True)
        )
        yield utf8("".join("  ".join(line).rstrip() + "\n" for line in zip(*padded, strict=True)))


WIDEST_COLUMN = 1000
"""A longer cell stands out of its column on its own line, and does not make every other line as long."""


class _Filled:
    """The cells of a column, and how wide they are; looked at many at a time, which is three times as fast."""

    def __init__(self, heading: str) -> None:
        self.cells = [heading]
        self.room = width(heading)
        self.even = True
        "Whether each letter takes one column of the screen."

    def add(self, texts: Iterable[str]) -> None:
        cells = list(texts)
        whole = "".join(cells)
        if not whole.isprintable():
            cells = [one_line(cell) for cell in cells]
        if whole.isascii():
            self.room = max(self.room, *map(len, cells))
        else:
            widths = [width(cell) for cell in cells]
            self.room = max(self.room, *widths)
            self.even = self.even and widths == [len(cell) for cell in cells]
        self.cells += cells

    def pad(self, *, figure: bool) -> Callable[[str], str]:
        """Return what fills a cell with blanks to the width of the column: a figure from the left."""
        room = min(self.room, WIDEST_COLUMN)
        if self.even:
            return (lambda cell: cell.rjust(room)) if figure else (lambda cell: cell.ljust(room))
        return lambda cell: (
            " " * (room - width(cell)) + cell if figure else cell + " " * (room - width(cell))
        )
