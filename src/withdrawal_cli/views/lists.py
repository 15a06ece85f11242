"""A listing as a table on the screen: people, places, organizations and sources."""

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
            cells = (column.cell(self.listing.dataset, row) for column in columns)
            styles = (column.style for column in columns)
            table.add_row(
                *(
                    words(cell, "quiet" if cell == "0" else style)
                    for cell, style in zip(cells, styles, strict=True)
                )
            )
        yield table
