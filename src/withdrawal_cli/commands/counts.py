"""`withdrawal counts`: how many events by month, phase, side and so on."""

from typing import TYPE_CHECKING

from withdrawal_cli.completion import one_of
from withdrawal_cli.errors import UsageError, check_choice
from withdrawal_cli.formats import Listing, fields_of
from withdrawal_cli.formats.columns import COUNTS
from withdrawal_cli.options import (
    AnswerOptions,
    EventOptions,
    LimitOptions,
    Options,
    option,
    takes_options,
)
from withdrawal_cli.output import answer, shown_limit
from withdrawal_cli.queries.counts import GROUPINGS, CountRow, summarize_counts
from withdrawal_cli.system.terminal import speaks_utf8

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = fields_of(CountRow)

MONTHS = 48
"""The most months drawn one under another; more become a grid of years."""


class CountOptions(Options):
    """How to count."""

    by: str = option(
        "--by",
        metavar="WHAT",
        autocompletion=one_of(*GROUPINGS),
        help=f"{', '.join(GROUPINGS)}.",
        default="month",
    )
    grid: bool = option(
        "--grid", help="A line for each year, with its twelve months.", default=False
    )

    def check(self) -> None:
        check_choice(self.by, GROUPINGS, "events cannot be counted by {!r}")
        if self.grid and self.by != "month":
            raise UsageError(
                f"--grid counts by month, not by {self.by}", hint="Leave out --grid or --by."
            )


@takes_options
def counts(
    event_options: EventOptions,
    limit_options: LimitOptions,
    answer_options: AnswerOptions,
    count_options: CountOptions,
) -> None:
    """Count the events by month, phase, side and so on.

    Every event, or those that the filters choose. An event counts in the month, quarter or year in
    which it surely began, and in each of its phases, places and sources. Many months are drawn as a
    grid of years.

    \b
    withdrawal counts --by phase
    withdrawal counts --place kabul --by category
    withdrawal counts --during 1985..1992 --grid
    withdrawal counts --by month --json | jq -r '.[] | [.id, .events] | @tsv'
    """
    dataset = answer_options.load()
    report = summarize_counts(
        dataset,
        event_options.filters().or_all(),
        by=count_options.by,
        limit=shown_limit(limit_options.limit, answer_options),
    )

    def draw() -> "RenderableType":
        from withdrawal_cli.views.counts import bars, grid

        years = count_options.by == "month" and len(report.rows) > MONTHS
        return grid(report) if count_options.grid or years else bars(report)

    listing = Listing(dataset=dataset, rows=report.rows, fields=FIELDS, columns=COUNTS)
    drawn = count_options.grid or speaks_utf8()
    answer(
        listing,
        answer_options,
        draw=draw if drawn else None,
        note=report.note(dataset),
        left_out=report.left_out(limit_options.limit),
    )
