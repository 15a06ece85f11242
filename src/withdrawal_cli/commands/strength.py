"""`withdrawal strength`: how many troops were there, date by date."""

from typing import TYPE_CHECKING, Annotated

from typer import Option

from withdrawal_cli.commands._shared import ENDS
from withdrawal_cli.dataset import load_dataset
from withdrawal_cli.formats import Column, Listing
from withdrawal_cli.model import Dataset
from withdrawal_cli.options import ClaimOptions, OrderOptions, OutputOptions, ScreenOptions, given, takes_options
from withdrawal_cli.output import answer
from withdrawal_cli.queries.select import Filters
from withdrawal_cli.queries.strength import Strength, StrengthRow, strength_row, summarize_strength
from withdrawal_cli.wording import counted, in_time, names, number, row_date, short_sources

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = tuple(StrengthRow.__annotations__)


@takes_options
def strength(
    claims: ClaimOptions,
    order: OrderOptions,
    output: OutputOptions,
    screen: ScreenOptions,
    all: Annotated[bool, Option("--all", help="Every side, not only the one that the file is about.")] = False,  # noqa: A002
) -> None:
    """List every strength figure in order of date, with bars to scale: how many, what it counts, who says so.

    A figure of one town or one unit is marked as a part and has a line for a bar. Where no figure is known for more than
    60 days of the subject's time, that is said.

    \b
    withdrawal strength --during 1988-05..1989-02
    withdrawal strength --all --phase phase-two
    withdrawal strength --json | jq '.[] | select(.part | not) | {date, best, perspectives}'
    """
    dataset = load_dataset(screen.data)
    filters = Filters(**given(claims))
    report = summarize_strength(dataset, filters, every_side=all, reverse=order.reverse, limit=order.limit)

    def draw() -> "RenderableType":
        from withdrawal_cli.views.strength import StrengthView

        return StrengthView(dataset, report)

    def listing() -> Listing:
        rows = [strength_row(dataset, estimate) for estimate in report.estimates]
        return Listing(rows=rows, fields=FIELDS, columns=_columns(dataset))

    answer(listing, draw, output, screen, note=_note(dataset, report))


def _columns(dataset: Dataset) -> list[Column]:
    return [
        Column("Date", row_date),
        *ENDS,
        Column("Text", lambda row: row["text"] or ""),
        Column("Unit", lambda row: row["unit"]),
        Column("Side", lambda row: dataset.name(row["side"]) if row["side"] else ""),
        Column("Counts", lambda row: "a part" if row["part"] else "the whole"),
        Column("Rank", lambda row: row["rank"]),
        Column("Certainty", lambda row: row["certainty"]),
        Column("Perspective", lambda row: names(dataset, row["perspectives"])),
        Column("Source", lambda row: short_sources(dataset, row["sources"])),
        Column("Dispute", lambda row: row["dispute"] or ""),
        Column("Id", lambda row: row["id"]),
        Column("Scope", lambda row: row["scope"] or ""),
    ]


def _note(dataset: Dataset, report: Strength) -> str:
    if not report.estimates:
        return counted(dataset, 0, report.total, ("strength figure", "strength figures"), report.asked)
    side = f", those of {dataset.name(report.side)}; --all shows every side" if report.side else ""
    return in_time(report.asked, f"{number(len(report.estimates))} of {number(report.total)} strength figures{side}.")
