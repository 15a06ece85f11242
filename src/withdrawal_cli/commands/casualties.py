"""`withdrawal casualties`: how many died, by whose count."""

from typing import TYPE_CHECKING

from withdrawal_cli.completion import one_of
from withdrawal_cli.errors import check_choice
from withdrawal_cli.formats import Listing, fields_of
from withdrawal_cli.formats.columns import CASUALTIES as COLUMNS
from withdrawal_cli.model import CASUALTIES, OTHER_MEASURES
from withdrawal_cli.options import (
    AnswerOptions,
    ClaimOptions,
    Every,
    FigureOptions,
    Options,
    Texts,
    option,
    takes_options,
)
from withdrawal_cli.output import answer, shown_limit
from withdrawal_cli.queries.casualties import GROUPINGS, summarize_casualties
from withdrawal_cli.queries.rows import EstimateRow, estimate_row

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = fields_of(EstimateRow)


class CasualtyOptions(Options):
    """Which figures, and under which headings."""

    by: str = option(
        "--by",
        autocompletion=one_of(*GROUPINGS),
        metavar="GROUP",
        help="Head the figures by side, year or source.",
        default="side",
    )
    measures: Texts = option(
        "--measure",
        autocompletion=one_of(*CASUALTIES),
        metavar="MEASURE",
        help="dead, killed, wounded, missing and so on.",
    )

    def check(self) -> None:
        check_choice(self.by, GROUPINGS, "figures cannot be grouped by {!r}")
        problem = "{!r} is not a casualty measure"
        check_choice(self.measures, CASUALTIES, problem, meant=OTHER_MEASURES)


@takes_options
def casualties(
    claim_options: ClaimOptions,
    figure_options: FigureOptions,
    answer_options: AnswerOptions,
    casualty_options: CasualtyOptions,
    every: Every = False,
) -> None:
    """List the casualty figures, with their sources and rivals.

    Without a filter: the key figures, with the range of their rivals (every figure, in a file that
    marks none). With --all or a filter: every match, the key ones first, rivals together.

    \b
    withdrawal casualties
    withdrawal casualties --side soviet --measure dead
    withdrawal casualties --disputed --phase phase-one
    withdrawal casualties --all --json | jq '.[] | select(.best > 10000) | .id'
    """
    dataset = answer_options.load()
    report = summarize_casualties(
        dataset,
        claim_options.filters(measures=casualty_options.measures, all=every),
        by=casualty_options.by,
        sort=figure_options.sort,
        reverse=figure_options.reverse,
        limit=shown_limit(figure_options.limit, answer_options),
    )

    def draw() -> "RenderableType":
        from withdrawal_cli.views.casualties import CasualtiesView

        return CasualtiesView(dataset, report)

    rows = map(estimate_row, report.estimates)
    listing = Listing(dataset=dataset, rows=rows, fields=FIELDS, columns=COLUMNS)
    answer(
        listing,
        answer_options,
        draw=draw,
        note=report.note(dataset),
        left_out=report.left_out(figure_options.limit),
    )
