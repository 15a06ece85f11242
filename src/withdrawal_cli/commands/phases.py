"""`withdrawal phases`: the withdrawal in outline."""

from typing import TYPE_CHECKING, Annotated

from typer import Argument

from withdrawal_cli.completion import ids_in
from withdrawal_cli.dataset import load_dataset
from withdrawal_cli.formats import Column, Listing
from withdrawal_cli.model import Dataset
from withdrawal_cli.options import OutputOptions, ScreenOptions, takes_options
from withdrawal_cli.output import answer
from withdrawal_cli.queries.phases import PhaseRow, summarize_phases
from withdrawal_cli.wording import losses_text, number, row_claim, row_date

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = tuple(PhaseRow.__annotations__)


@takes_options
def phases(
    output: OutputOptions,
    screen: ScreenOptions,
    ids: Annotated[
        list[str] | None,
        Argument(autocompletion=ids_in("phases"), metavar="[ID]...", show_default=False, help="Only these phases."),
    ] = None,
) -> None:
    """List the phases: dates, days, events, troops out, garrisons, casualties, summary.

    \b
    withdrawal phases
    withdrawal phases phase-one
    withdrawal phases --fields id,date,days -f csv
    """
    dataset = load_dataset(screen.data)
    rows = list(summarize_phases(dataset, ids or ()))

    def draw() -> "RenderableType":
        from withdrawal_cli.views.phases import phase_cards

        return phase_cards(dataset, rows)

    note = None if rows else "The data names no phases."
    answer(
        lambda: Listing(rows=rows, fields=FIELDS, columns=_columns(dataset)),
        draw,
        output,
        screen,
        note=note,
    )


def _columns(dataset: Dataset) -> list[Column]:
    return [
        Column("Phase", lambda row: row["title"]),
        Column("Dates", row_date),
        Column("Days", lambda row: number(row["days"]) if row["days"] else "", figure=True),
        Column("Events", lambda row: number(row["events"]), figure=True),
        Column("Troops out", lambda row: "; ".join(map(row_claim, row["withdrawn"]))),
        Column("Garrisons", lambda row: "; ".join(map(row_claim, row["garrisons"]))),
        Column("Casualties", lambda row: losses_text(dataset, row["casualties"])),
        Column("Id", lambda row: row["id"]),
        Column("Summary", lambda row: row["summary"] or ""),
    ]
