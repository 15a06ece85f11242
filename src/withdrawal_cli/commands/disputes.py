"""`withdrawal disputes`: where the sources disagree."""

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from withdrawal_cli.completion import ids_in, one_of
from withdrawal_cli.dataset import load_dataset
from withdrawal_cli.errors import UsageError
from withdrawal_cli.formats import Column, Listing
from withdrawal_cli.model import KINDS, MEASURES, Dataset
from withdrawal_cli.options import Match, OrderOptions, OutputOptions, ScreenOptions, Sides, takes_options
from withdrawal_cli.output import answer
from withdrawal_cli.queries.disputes import DisputeFilters, DisputeRow, dispute_row, summarize_disputes
from withdrawal_cli.wording import names, number, row_spread

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = tuple(DisputeRow.__annotations__)


@takes_options
def disputes(
    order: OrderOptions,
    output: OutputOptions,
    screen: ScreenOptions,
    ids: Annotated[
        list[str] | None,
        Argument(
            metavar="[ID]...",
            autocompletion=ids_in("disputes"),
            show_default=False,
            help="These in full: an id, or a part of the question.",
        ),
    ] = None,
    about: Annotated[
        list[str] | None,
        Option("--about", metavar="RECORD", autocompletion=ids_in(*KINDS.values()), help="Touching this record of any kind."),
    ] = None,
    sides: Sides = None,
    measures: Annotated[
        list[str] | None,
        Option("--measure", metavar="MEASURE", autocompletion=one_of(*MEASURES), help="On dead, strength, cost and so on."),
    ] = None,
    match: Match = None,
) -> None:
    """List the questions on which sources disagree, or show those named in full: the answers side by side, and why they differ.

    \b
    withdrawal disputes
    withdrawal disputes soviet-dead-in-withdrawal
    withdrawal disputes --about boris-gromov
    withdrawal disputes --measure dead --json | jq -r '.[] | [.low, .high, .title] | @tsv'
    """
    for measure in measures or ():
        if measure not in MEASURES:
            raise UsageError(f"there is no measure {measure!r}", hint=f"Choose from {', '.join(MEASURES)}.")
    dataset = load_dataset(screen.data)
    filters = DisputeFilters(about=about or (), sides=sides or (), measures=measures or (), match=match or ())
    report = summarize_disputes(dataset, ids or (), filters, reverse=order.reverse, limit=order.limit)

    def draw() -> "RenderableType":
        from withdrawal_cli.views import stacked
        from withdrawal_cli.views.disputes import DisputePage, dispute_table

        if not ids:
            return dispute_table(dataset, report.found)
        return stacked([DisputePage(dataset, question) for question in report.found])

    def listing() -> Listing:
        rows = [dispute_row(question) for question in report.found]
        return Listing(rows=rows, fields=FIELDS, columns=_columns(dataset))

    shown = f"{number(len(report.found))} of {number(report.total)} disputes; withdrawal disputes ID shows one in full."
    note = shown if report.found else f"No dispute matches. The data has {number(report.total)}."
    answer(listing, draw, output, screen, note=None if ids and report.found else note)


def _columns(dataset: Dataset) -> list[Column]:
    return [
        Column("Question", lambda row: row["title"]),
        Column("Answers", lambda row: number(row["answers"]), figure=True),
        Column("Spread", row_spread),
        Column("Id", lambda row: row["id"]),
        Column("About", lambda row: names(dataset, row["about"])),
        Column("Preferred", lambda row: row["preferred"] or ""),
    ]
