"""How many events there are: a bar for each row, or the months of each year in a grid."""

from calendar import month_name

from rich.bar import Bar
from rich.console import Group
from rich.table import Table
from rich.text import Text

from withdrawal_cli.queries.counts import MONTHS, Counts, month_grid
from withdrawal_cli.views import drawing, linked, words
from withdrawal_cli.wording import number

LETTERS = "JFMAMJJASOND"


def bars(report: Counts) -> Table:
    """Return a line for each row: its name, its events and a bar to scale."""
    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column(style="date" if report.by in MONTHS else "", ratio=2)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(ratio=3)
    most = max((row.events for row in report.rows), default=0)
    for row in report.rows:
        name = words(row.name, "" if row.id else "quiet")
        count = words(number(row.events), "figure" if row.events else "quiet")
        bar = Bar(most, 0, row.events, color="cyan") if row.events else ""
        table.add_row(linked(name, row.id) if row.id else name, count, bar)
    return table


def grid(report: Counts) -> Group:
    """Return a line for each year with the events of its months; a dot for none."""
    table = Table.grid(padding=(0, 1), pad_edge=False)
    for heading in ("Year", *month_name[1:]):  # not seen, but heard: see views/outline.py
        table.add_column(heading, style="date" if heading == "Year" else "")
    table.add_row("", *(drawing(Text(f"{letter:>4}", "label")) for letter in LETTERS))
    for year, months in month_grid(report.rows):
        table.add_row(words(year, "date" if months else "quiet"), *map(_cell, months))
    unknown = [words(f"\n{row.name}: {number(row.events)}") for row in report.rows if not row.id]
    return Group(table, *unknown)


def _cell(count: int | None) -> Text:
    reading = "" if count is None else number(count) if count else "·"
    text = Text(f"{reading:>4}", "figure" if count else "quiet")
    return drawing(text, "0") if count == 0 else text
