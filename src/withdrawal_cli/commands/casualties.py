"""`withdrawal casualties`: every casualty figure, with its rivals."""

from typing import TYPE_CHECKING, Annotated

from typer import Option

from withdrawal_cli.commands._shared import ENDS
from withdrawal_cli.completion import one_of
from withdrawal_cli.dataset import load_dataset
from withdrawal_cli.errors import UsageError
from withdrawal_cli.formats import Column, Listing
from withdrawal_cli.model import CASUALTIES, Dataset
from withdrawal_cli.options import ClaimOptions, OrderOptions, OutputOptions, ScreenOptions, given, takes_options
from withdrawal_cli.output import answer
from withdrawal_cli.queries.casualties import GROUPINGS, Casualties, summarize_casualties
from withdrawal_cli.queries.select import EstimateRow, Filters, estimate_row
from withdrawal_cli.wording import counted, row_date, short_sources

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = tuple(EstimateRow.__annotations__)


@takes_options
def casualties(
    claims: ClaimOptions,
    order: OrderOptions,
    output: OutputOptions,
    screen: ScreenOptions,
    by: Annotated[
        str, Option("--by", autocompletion=one_of(*GROUPINGS), metavar="GROUP", help="Head the figures by side, year or source.")
    ] = "side",
    measures: Annotated[
        list[str] | None,
        Option(
            "--measure", autocompletion=one_of(*CASUALTIES), metavar="MEASURE", help="dead, killed, wounded, missing and so on."
        ),
    ] = None,
) -> None:
    """List every casualty figure: how many, when, what it counts, who says so; rivals together, the preferred first.

    \b
    withdrawal casualties --side soviet --measure dead
    withdrawal casualties --disputed --phase phase-one
    withdrawal casualties --json | jq '.[] | select(.best > 10000) | .id'
    """
    if by not in GROUPINGS:
        raise UsageError(f"figures cannot be grouped by {by!r}", hint=f"Choose one of {', '.join(GROUPINGS)}.")
    for measure in measures or ():
        if measure not in CASUALTIES:
            raise UsageError(f"{measure!r} is not a casualty measure", hint=f"Choose from {', '.join(CASUALTIES)}.")
    dataset = load_dataset(screen.data)
    filters = Filters(**given(claims), measures=measures or ())
    report = summarize_casualties(dataset, filters, by=by, reverse=order.reverse, limit=order.limit)

    def draw() -> "RenderableType":
        from withdrawal_cli.views.casualties import CasualtiesView

        return CasualtiesView(dataset, report)

    def listing() -> Listing:
        rows = [estimate_row(estimate) for estimate in report.estimates]
        return Listing(rows=rows, fields=FIELDS, columns=_columns(dataset))

    answer(listing, draw, output, screen, note=_note(dataset, report))


def _note(dataset: Dataset, report: Casualties) -> str:
    return counted(dataset, len(report.estimates), report.total, ("casualty figure", "casualty figures"), report.asked)


def _columns(dataset: Dataset) -> list[Column]:
    return [
        Column("Side", lambda row: dataset.name(row["side"]) if row["side"] else ""),
        Column("Measure", lambda row: row["measure"]),
        *ENDS,
        Column("Text", lambda row: row["text"] or ""),
        Column("Period", row_date),
        Column("Rank", lambda row: row["rank"]),
        Column("Certainty", lambda row: row["certainty"]),
        Column("Source", lambda row: short_sources(dataset, row["sources"])),
        Column("Dispute", lambda row: row["dispute"] or ""),
        Column("Id", lambda row: row["id"]),
        Column("Scope", lambda row: row["scope"] or ""),
    ]
