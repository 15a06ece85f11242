"""What several commands have in common; no command itself."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from withdrawal_cli.formats import Column, Listing
from withdrawal_cli.model import Dataset
from withdrawal_cli.options import OutputOptions, ScreenOptions
from withdrawal_cli.output import answer
from withdrawal_cli.queries.lists import Listed
from withdrawal_cli.wording import count_note, number

if TYPE_CHECKING:
    from rich.console import RenderableType

TIES = (
    Column("Events", lambda row: number(row["events"]), figure=True),
    Column("Estimates", lambda row: number(row["estimates"]), figure=True),
    Column("Id", lambda row: row["id"]),
)
"""The columns that close the lists of people, places, organizations and sources."""


def _end(field: str) -> Column:
    return Column(field.capitalize(), lambda row: "" if row[field] is None else number(row[field]), figure=True)


ENDS = tuple(map(_end, ("low", "best", "high")))
"""The columns of a figure."""


def answer_list(
    dataset: Dataset,
    report: Listed,
    fields: Sequence[str],
    columns: Sequence[Column],
    output: OutputOptions,
    screen: ScreenOptions,
) -> None:
    """Write a list of people, places, organizations or sources as asked for, and say how many of all it shows."""

    def draw() -> "RenderableType":
        from withdrawal_cli.views.lists import ListView

        return ListView(dataset, report.key, report.rows)

    def listing() -> Listing:
        return Listing(rows=report.rows, fields=fields, columns=(*columns, *TIES))

    answer(listing, draw, output, screen, note=count_note(len(report.rows), report.total, report.key))
