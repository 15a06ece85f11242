"""`withdrawal overview`: the whole thing at a glance."""

from typing import TYPE_CHECKING

from withdrawal_cli.dataset import load_dataset
from withdrawal_cli.formats import Column, Listing
from withdrawal_cli.options import OutputOptions, ScreenOptions, takes_options
from withdrawal_cli.output import answer
from withdrawal_cli.queries.overview import Overview, summarize_overview
from withdrawal_cli.wording import dated_figures, losses_text, names, row_date

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = tuple(Overview.__annotations__)


@takes_options
def overview(output: OutputOptions, screen: ScreenOptions) -> None:
    """Show the whole thing on one card: dates, place, result, belligerents, commanders, strength, casualties, phases.

    \b
    withdrawal overview
    withdrawal overview --json | jq .belligerents
    """
    dataset = load_dataset(screen.data)
    card = summarize_overview(dataset)

    def draw() -> "RenderableType":
        from withdrawal_cli.views.overview import overview_card

        return overview_card(dataset, card)

    columns = [
        Column("Title", lambda row: row["title"]),
        Column("Date", row_date),
        Column("Location", lambda row: row["location"] or ""),
        Column("Result", lambda row: row["result"] or ""),
        Column("Belligerents", lambda row: "; ".join(item["name"] for item in row["belligerents"])),
        Column(
            "Commanders",
            lambda row: "; ".join(names(dataset, item["commanders"]) or item["note"] or "" for item in row["belligerents"]),
        ),
        Column("Strength", lambda row: dated_figures(row["strength"])),
        Column("Casualties", lambda row: losses_text(dataset, row["casualties"])),
    ]
    answer(
        lambda: Listing(rows=[card], fields=FIELDS, columns=columns, single=True),
        draw,
        output,
        screen,
    )
