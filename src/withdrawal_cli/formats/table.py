"""The table in a pipe: a header, one record a line, aligned columns, nothing cut, no colour."""

from collections.abc import Iterable, Iterator

from withdrawal_cli.formats import Listing, batches, utf8
from withdrawal_cli.formats.columns import PIPE
from withdrawal_cli.safety import one_line, width

WIDEST_COLUMN = 1000
"""A longer cell overflows on its own line, and does not make every other line as long."""


def render(listing: Listing) -> Iterator[bytes]:
    """Yield the columns for people as plain lines.

    An empty cell is a dash, as with kubectl, so that `awk` can count columns.
    """
    columns = [(column, _Cells(column.heading.upper())) for column in listing.on(PIPE)]
    for batch in batches(listing.rows):
        for column, cells in columns:
            cells.add(column.cell(listing.dataset, row) or "-" for row in batch)
    padded = [cells.padded(right=column.figure) for column, cells in columns]
    for lines in batches(zip(*padded, strict=True)):
        yield utf8("".join("  ".join(line).rstrip() + "\n" for line in lines))


class _Cells:
    """The cells of a column and their width. Added in batches, which is three times as fast."""

    def __init__(self, heading: str) -> None:
        self.texts = [heading]
        self.width = width(heading)
        self.one_column_each = True
        "Whether each letter takes one column of the screen."

    def add(self, cells: Iterable[str]) -> None:
        texts = list(cells)
        joined = "".join(texts)
        if not joined.isprintable():
            texts = [one_line(text) for text in texts]
        widths = list(map(len if joined.isascii() else width, texts))
        self.one_column_each &= joined.isascii() or widths == [len(text) for text in texts]
        self.width = max(self.width, *widths)
        self.texts += texts

    def padded(self, *, right: bool) -> Iterator[str]:
        """Yield the cells filled to the width of the column, on the left for `right`."""
        columns = min(self.width, WIDEST_COLUMN)
        for text in self.texts:
            # `str.ljust` counts letters: text with wide ones gets as many blanks fewer.
            fill = columns if self.one_column_each else columns - width(text) + len(text)
            yield text.rjust(fill) if right else text.ljust(fill)
