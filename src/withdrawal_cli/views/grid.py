"""Rows of cells in columns of known width, long texts folded.

Rich's Table measures and wraps every cell, even those that fit: seven seconds for 10,000 events,
ten times as long as here.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.segment import Segment
from rich.text import Text

from withdrawal_cli.safety import clean

Cell = tuple[str, str]
"""Foreign text, and the name of its style; empty for none."""


class Grid:
    """Draws rows of cells with a space between columns, `indent` columns from the left.

    `labels` name the columns in `views/outline.py`; there may be more of them than cells. `right`
    has the indexes of the columns that are aligned to the right, and `following` of those that
    begin on the last line of the first column: `1,000,000 to` over `2,000,000 killed`.
    """

    def __init__(
        self,
        widths: Sequence[int],
        rows: Iterable[Sequence[Cell]],
        *,
        labels: Sequence[str],
        right: Collection[int] = (),
        following: Collection[int] = (),
        indent: int = 0,
    ) -> None:
        self.widths = widths
        self.rows = rows
        self.labels = labels
        self.right = right
        self.following = following
        self.indent = indent

    def __rich_console__(self, console: Console, _options: ConsoleOptions) -> Iterator[Segment]:
        for row in self.rows:
            styles = [console.get_style(style) if style else None for _, style in row]
            columns = [
                _fold(console, clean(text), width)
                for (text, _), width in zip(row, self.widths, strict=True)
            ]
            for index in self.following:
                if index < len(columns):
                    columns[index][:0] = [""] * (len(columns[0]) - 1)
            for line in zip_longest(*columns, fillvalue=""):
                space = self.indent  # written only before a text, so that no line ends in spaces
                for index, text in enumerate(line):
                    free = self.widths[index] - cell_len(text)
                    if text:
                        before = free if index in self.right else 0
                        yield Segment(" " * (space + before))
                        yield Segment(text, styles[index])
                        space = free - before + 1
                    else:
                        space += free + 1
                yield Segment.line()


def _fold(console: Console, text: str, width: int) -> list[str]:
    if cell_len(text) <= width and "\n" not in text:
        return [text]
    return [line.plain.rstrip() for line in Text(text).wrap(console, width, overflow="fold")]
