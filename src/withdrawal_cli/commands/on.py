"""`withdrawal on`: one day, or one longer time, in the light of the whole file."""

from typing import TYPE_CHECKING, Annotated

from typer import Argument

from withdrawal_cli.completion import ids_in
from withdrawal_cli.dataset import load_dataset
from withdrawal_cli.formats import Column, Listing
from withdrawal_cli.model import Dataset
from withdrawal_cli.options import OutputOptions, ScreenOptions, takes_options
from withdrawal_cli.output import answer
from withdrawal_cli.queries.on import Briefing, summarize_briefing
from withdrawal_cli.queries.select import resolve_period
from withdrawal_cli.wording import dated_figures, day_of_subject, losses_text, row_claim, row_date

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = tuple(Briefing.__annotations__)


@takes_options
def on(
    output: OutputOptions,
    screen: ScreenOptions,
    date: Annotated[
        list[str],
        Argument(
            autocompletion=ids_in("phases", "events"),
            metavar="DATE...",
            show_default=False,
            help="A day, a month, a span, or the id of a phase or an event.",
        ),
    ],
) -> None:
    """Show what is known of a day: its number, the phase, troops, what happened, what came before and after, casualties.

    A month, a season or a phase gives the same for the whole of it.

    \b
    withdrawal on 15 May 1988
    withdrawal on 1988-12-25 --json | jq '{day, silence}'
    withdrawal on 1988-08
    """
    dataset = load_dataset(screen.data)
    briefing = summarize_briefing(dataset, resolve_period(dataset, " ".join(date)))

    def draw() -> "RenderableType":
        from withdrawal_cli.views.on import BriefingView

        return BriefingView(dataset, briefing)

    def listing() -> Listing:
        return Listing(rows=[briefing], fields=FIELDS, columns=_columns(dataset), single=True)

    answer(listing, draw, output, screen)


def _columns(dataset: Dataset) -> list[Column]:
    def titles(field: str) -> Column:
        return Column(field.capitalize(), lambda row: row[field]["title"] if row[field] else "")

    return [
        Column("Date", row_date),
        Column("Day", day_of_subject),
        Column("Phases", lambda row: "; ".join(phase["title"] for phase in row["phases"])),
        Column("Troops", lambda row: dated_figures(row["strength"])),
        Column("Silence", lambda row: f"{row['silence']['after']} to {row['silence']['before']}" if row["silence"] else ""),
        Column("Troops out", lambda row: "; ".join(row_claim(item) for phase in row["phases"] for item in phase["withdrawn"])),
        Column("Events", lambda row: "; ".join(event["title"] for event in row["events"] if event["falls"] == "within")),
        titles("before"),
        titles("after"),
        Column("Casualties", lambda row: losses_text(dataset, row["casualties"])),
    ]
