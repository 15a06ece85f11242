"""`withdrawal people`: who took part."""

from typing import TYPE_CHECKING

from withdrawal_cli.dataset import load_dataset
from withdrawal_cli.formats import Column, Listing
from withdrawal_cli.model import Dataset
from withdrawal_cli.options import ListOptions, OutputOptions, ScreenOptions, Sides, takes_options
from withdrawal_cli.output import answer
from withdrawal_cli.queries.lists import PersonRow, main_role, summarize_list
from withdrawal_cli.wording import count_note, life_text, number

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = tuple(PersonRow.__annotations__)


@takes_options
def people(
    order: ListOptions,
    output: OutputOptions,
    screen: ScreenOptions,
    sides: Sides = None,
) -> None:
    """List the people: life, main role, side, and how many events name them.

    Estimates are counted through the events that name the person.

    \b
    withdrawal people --side soviet --sort events -n 10
    withdrawal people --match ambassador
    withdrawal people --json | jq '.[] | select(.events > 20) | .name'
    """
    dataset = load_dataset(screen.data)
    report = summarize_list(dataset, "people", {"side": sides}, **order.listing())

    def draw() -> "RenderableType":
        from withdrawal_cli.views.lists import ListView

        return ListView(dataset, "people", report.rows)

    answer(
        lambda: Listing(rows=report.rows, fields=FIELDS, columns=_columns(dataset)),
        draw,
        output,
        screen,
        note=count_note(len(report.rows), report.total, "people"),
    )


def _columns(dataset: Dataset) -> list[Column]:
    return [
        Column("Name", lambda row: row["name"]),
        Column("Life", life_text),
        Column("Role", lambda row: main_role(dataset, row) or ""),
        Column("Side", lambda row: dataset.name(row["side"]) if row["side"] else ""),
        Column("Events", lambda row: number(row["events"]), figure=True),
        Column("Estimates", lambda row: number(row["estimates"]), figure=True),
        Column("Id", lambda row: row["id"]),
    ]
