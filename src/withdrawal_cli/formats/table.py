"""The table in a pipe: a header, one record a line, aligned columns."""

from collections.abc import Callable, Iterable, Iterator

from withdrawal_cli.formats import Listing, batches, utf8
from withdrawal_cli.formats.columns import PIPE
from withdrawal_cli.safety import one_line, width

WIDEST_COLUMN = 1000
"""The usual width of a column that declares none."""


Ink = Callable[[str, str], str]
"""Colours a text in the style of that name."""


def render(listing: Listing, ink: Ink | None = None) -> Iterator[bytes]:
    """Yield the columns for people as plain lines, with `ink` in colour.

    An empty cell is a dash, as with kubectl, so that `awk` can count columns.
    """
    columns = [(column, _Cells(column.heading.upper())) for column in listing.on(PIPE)]
    for batch in batches(listing.rows):
        for column, cells in columns:
            cells.add(column.cell(listing.dataset, row) or "-" for row in batch)
    padded = [
        cells.padded(column.usual or WIDEST_COLUMN, right=column.figure)
        for column, cells in columns
    ]
    if ink:
        padded = [
            _inked(cells, column.style, ink)
            for cells, (column, _) in zip(padded, columns, strict=True)
        ]
    for lines in batches(zip(*padded, strict=True)):
        yield utf8("".join("  ".join(line).rstrip() + "\n" for line in lines))


def _inked(cells: Iterator[str], style: str, ink: Ink) -> Iterator[str]:
    """Yield the cells in colour, their padding left as it is."""
    for index, cell in enumerate(cells):
        name, text = style if index else "label", cell.strip(" ")
        yield cell.replace(text, ink(text, name), 1) if name and text else cell


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

    def padded(self, most: int, *, right: bool) -> Iterator[str]:
        """Yield the cells filled to the column's width, `most` at most; on the left for `right`."""
        columns = min(self.width, most)
        for text in self.texts:
            # `str.ljust` counts letters, so text with wide ones gets fewer spaces.
            fill = columns if self.one_column_each else columns - width(text) + len(text)
            yield text.rjust(fill) if right else text.ljust(fill)
