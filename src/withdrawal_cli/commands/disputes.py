"""`withdrawal disputes`: where the sources disagree."""

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from withdrawal_cli.completion import ids_in, one_of
from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.errors import UsageError
from withdrawal_cli.formats import Listing, fields_of
from withdrawal_cli.formats.columns import DISPUTES
from withdrawal_cli.model import KINDS, MEASURES
from withdrawal_cli.options import (
    Match,
    OrderOptions,
    OutputOptions,
    ScreenOptions,
    Sides,
    takes_options,
)
from withdrawal_cli.output import answer, shown_limit
from withdrawal_cli.queries.disputes import (
    DisputeFilters,
    DisputeRow,
    Disputes,
    dispute_row,
    summarize_disputes,
)
from withdrawal_cli.system.terminal import SCREENFUL
from withdrawal_cli.wording import number, unshown

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = fields_of(DisputeRow)


PAGES = 50
"""The disputes that a screen shows in full, one under another."""


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
        Option(
            "--about",
            metavar="RECORD",
            autocompletion=ids_in(*KINDS.values()),
            help="Touching this record of any kind.",
        ),
    ] = None,
    sides: Sides = None,
    measures: Annotated[
        list[str] | None,
        Option(
            "--measure",
            metavar="MEASURE",
            autocompletion=one_of(*MEASURES),
            help="On dead, strength, cost and so on.",
        ),
    ] = None,
    match: Match = None,
) -> None:
    """List the questions on which sources disagree, or show their answers.

    Of those named, the answers stand side by side, with the reason why they differ.

    \b
    withdrawal disputes
    withdrawal disputes soviet-dead-in-withdrawal
    withdrawal disputes --about boris-gromov
    withdrawal disputes --measure dead --json | jq -r '.[] | [.low, .high, .title] | @tsv'
    """
    for measure in measures or ():
        if measure not in MEASURES:
            raise UsageError(
                f"there is no measure {measure!r}", hint=f"Choose from {', '.join(MEASURES)}."
            )
    dataset = load_dataset(screen.data)
    filters = DisputeFilters(
        about=about or (), sides=sides or (), measures=measures or (), match=match or ()
    )
    limit = shown_limit(order.limit, output, screen, PAGES if ids else SCREENFUL)
    report = summarize_disputes(dataset, ids or (), filters, reverse=order.reverse, limit=limit)

    def draw() -> "RenderableType":
        from withdrawal_cli.views import stacked
        from withdrawal_cli.views.disputes import DisputePage, dispute_table

        if not ids:
            return dispute_table(dataset, report.found)
        return stacked([DisputePage(dataset, question) for question in report.found])

    listing = Listing(
        dataset=dataset, rows=map(dispute_row, report.found), fields=FIELDS, columns=DISPUTES
    )
    note = None if ids and report.found else _note(report)
    rest = unshown(order.limit, len(report.found), report.matched)
    answer(listing, output, screen, draw=draw, note=note, rest=rest)


def _note(report: Disputes) -> str:
    if not report.found:
        return f"No dispute matches. The data has {number(report.total)}."
    shown = f"{number(len(report.found))} of {number(report.total)} disputes"
    return f"{shown}; withdrawal disputes ID shows one in full."
