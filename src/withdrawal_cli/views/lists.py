"""A listing as a table on the screen."""

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderableType
from rich.table import Table

from withdrawal_cli.formats import Listing
from withdrawal_cli.views import words


class ListView:
    """Draws the columns of a listing that fit the width of the console."""

    def __init__(self, listing: Listing) -> None:
        self.listing = listing

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        columns = self.listing.on(options.max_width)
        table = Table(box=None, padding=(0, 1), pad_edge=False, expand=True, header_style="label")
        for column in columns:
            table.add_column(
                column.heading,
                max_width=column.most,
                ratio=column.share,
                justify="right" if column.figure else "left",
                overflow="fold",
            )
        for row in self.listing.rows:
            cells = []
            for column in columns:
                text = column.cell(self.listing.dataset, row)
                # A column of counts is mostly zeros: the others should stand out.
                cells.append(words(text, "quiet" if text == "0" else column.style))
            table.add_row(*cells)
        yield table
