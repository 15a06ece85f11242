"""`withdrawal strength`: how many troops there were, date by date."""

from typing import TYPE_CHECKING, Annotated

from typer import Option

from withdrawal_cli.formats import Listing, fields_of
from withdrawal_cli.formats.columns import STRENGTH
from withdrawal_cli.options import AnswerOptions, ClaimOptions, FigureOptions, takes_options
from withdrawal_cli.output import answer, shown_limit
from withdrawal_cli.queries.strength import StrengthRow, strength_row, summarize_strength

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = fields_of(StrengthRow)


@takes_options
def strength(
    claim_options: ClaimOptions,
    figure_options: FigureOptions,
    answer_options: AnswerOptions,
    every: Annotated[bool, Option("--all", help="Every side and time.")] = False,
    notes: Annotated[
        bool, Option("--notes", help="Say below what each figure counts, and who says so.")
    ] = False,
) -> None:
    """Draw how many troops there were, date by date.

    Each figure has a bar to scale.

    Without a filter: the whole force of the side that the file is about, in its time. With --all or
    a filter: every match. A figure for one town or unit is only a part, and is drawn as a line
    instead of a bar. Gaps of more than 60 days without a figure are pointed out.

    \b
    withdrawal strength
    withdrawal strength --notes --during 1988-05..1989-02
    withdrawal strength --all --phase phase-two
    withdrawal strength --all --json | jq '.[] | select(.part | not) | {date, best, perspectives}'
    """
    dataset = answer_options.load()
    report = summarize_strength(
        dataset,
        claim_options.filters(),
        every_side=every,
        sort=figure_options.sort,
        reverse=figure_options.reverse,
        limit=shown_limit(figure_options.limit, answer_options),
    )

    def draw() -> "RenderableType":
        from withdrawal_cli.views.strength import StrengthView

        return StrengthView(dataset, report, notes=notes)

    rows = (strength_row(dataset, estimate) for estimate in report.estimates)
    listing = Listing(dataset=dataset, rows=rows, fields=FIELDS, columns=STRENGTH)
    answer(
        listing,
        answer_options,
        draw=draw,
        note=report.note(dataset),
        left_out=report.left_out(dataset, figure_options.limit),
    )
