"""Lists of people, places, organizations and sources, with what is tied to each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.table import Table
from rich.text import Text

from withdrawal_cli.model import Dataset
from withdrawal_cli.queries.lists import main_role
from withdrawal_cli.views import WIDE, words
from withdrawal_cli.wording import country_text, life_text, number, row_issued

Row = Mapping[str, Any]


class Shown:
    """A column of a list: as wide as its content up to `most`, or with a `share` of what the others leave.

    It is drawn on screens of `least` columns or more, and of less than `below`.
    """

    def __init__(
        self,
        heading: str,
        cell: Callable[[Dataset, Row], Text],
        *,
        most: int | None = None,
        share: int | None = None,
        least: int = 0,
        below: int | None = None,
        figure: bool = False,
    ) -> None:
        self.heading, self.cell, self.most, self.share = heading, cell, most, share
        self.least, self.below, self.figure = least, below, figure

    def fits(self, columns: int) -> bool:
        return self.least <= columns and (self.below is None or columns < self.below)


class ListView:
    """Draws rows as wide as the console, under headings."""

    def __init__(self, dataset: Dataset, key: str, rows: Sequence[Row]) -> None:
        self.dataset = dataset
        self.columns = COLUMNS[key]
        self.rows = rows

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        columns = [column for column in self.columns if column.fits(options.max_width)]
        table = Table(box=None, padding=(0, 1), pad_edge=False, expand=True, header_style="label")
        for column in columns:
            table.add_column(
                column.heading,
                max_width=column.most,
                ratio=column.share,
                justify="right" if column.figure else "left",
                overflow="fold",
            )
        for row in self.rows:
            table.add_row(*(column.cell(self.dataset, row) for column in columns))
        yield table


def _name(_dataset: Dataset, row: Row) -> Text:
    return words(row["name"])


def _count(field: str) -> Callable[[Dataset, Row], Text]:
    return lambda _dataset, row: Text(number(row[field]), style="figure" if row[field] else "quiet")


def _field(field: str, style: str = "") -> Callable[[Dataset, Row], Text]:
    return lambda _dataset, row: words(row[field], style)


def _linked(field: str) -> Callable[[Dataset, Row], Text]:
    return lambda dataset, row: words(dataset.name(row[field]) if row[field] else None, "quiet")


def _role(dataset: Dataset, row: Row) -> Text:
    return words(main_role(dataset, row))


def _role_and_side(dataset: Dataset, row: Row) -> Text:
    role, side = main_role(dataset, row), row["side"]
    if role and side:
        return words(f"{role}\n").append_text(words(f"({dataset.name(side)})", "quiet"))
    return words(role) if role else _linked("side")(dataset, row)


def _position(_dataset: Dataset, row: Row) -> Text:
    known = row["latitude"] is not None and row["longitude"] is not None
    return words(f"{row['latitude']:.2f}, {row['longitude']:.2f}" if known else None, "quiet")


def _work(_dataset: Dataset, row: Row) -> Text:
    """Return who wrote it, its title and where it stands."""
    who = f"{'; '.join(row['authors'])}: " if row["authors"] else ""
    where = row["container"] or row["publisher"]
    text = words(f"{who}{row['title']}")
    if not where or where in row["authors"]:
        return text
    stop = "" if row["title"].endswith((".", "?", "!")) else "."
    return text.append_text(words(f"{stop} {where}", "quiet"))


ROOMY = 60
"""From this many columns on there is room for more than names and events."""

TIES = (
    Shown("Events", _count("events"), figure=True),
    Shown("Figures", _count("estimates"), least=ROOMY, figure=True),
)
ID = Shown("Id", _field("id", "quiet"), most=36, least=WIDE)

COLUMNS = {
    "people": (
        Shown("Name", _name, share=2),
        Shown("Life", lambda _dataset, row: words(life_text(row), "date"), most=15, least=ROOMY),
        Shown("Role and side", _role_and_side, share=3, below=WIDE),
        Shown("Role", _role, share=3, least=WIDE),
        Shown("Side", _linked("side"), most=20, least=WIDE),
        *TIES,
        ID,
    ),
    "places": (
        Shown("Name", _name, share=2),
        Shown("Kind", _field("kind"), most=16, least=ROOMY),
        Shown("Country", lambda _dataset, row: words(country_text(row), "quiet"), share=2),
        Shown("Lat, long", _position, least=WIDE),
        *TIES,
        ID,
    ),
    "organizations": (
        Shown("Name", _name, share=1),
        Shown("Kind", _field("kind"), most=16, least=ROOMY),
        Shown("Side", _linked("side"), most=20),
        Shown("Leader", _linked("leader"), most=20, least=WIDE),
        *TIES,
        ID,
    ),
    "sources": (
        Shown("Source", _work, share=1),
        Shown("Issued", lambda _dataset, row: words(row_issued(row), "date"), most=15, least=ROOMY),
        Shown("Kind", _field("kind"), most=16, least=ROOMY),
        Shown("Speaks for", _field("perspective", "quiet"), most=16, least=140),
        *TIES,
        ID,
    ),
}
"""The columns of each list, under the key of its array."""
