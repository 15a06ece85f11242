"""`withdrawal disputes`: where the sources disagree."""

from typing import TYPE_CHECKING, Annotated

from typer import Argument

from withdrawal_cli.completion import ids_in, one_of
from withdrawal_cli.errors import check_choice
from withdrawal_cli.formats import Listing, fields_of
from withdrawal_cli.formats.columns import DISPUTES
from withdrawal_cli.model import KINDS, MEASURES, OTHER_MEASURES
from withdrawal_cli.options import (
    AnswerOptions,
    Every,
    Match,
    Options,
    OrderOptions,
    Sides,
    Texts,
    option,
    takes_options,
)
from withdrawal_cli.output import answer, shown_limit
from withdrawal_cli.queries.disputes import (
    DisputeFilters,
    DisputeRow,
    dispute_row,
    summarize_disputes,
)
from withdrawal_cli.system.terminal import SCREENFUL, speaks_utf8

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = fields_of(DisputeRow)

PAGES = 50
"""The most disputes that a screen shows in full, one under another."""

InFull = Annotated[
    Texts,
    Argument(
        metavar="[ID]...",
        autocompletion=ids_in("disputes"),
        show_default=False,
        help="Show these in full: an id, or part of the question.",
    ),
]


class DisputeOptions(Options):
    """Which disputes."""

    about: Texts = option(
        "--about",
        metavar="RECORD",
        autocompletion=ids_in(*KINDS.values()),
        help="About this record, of any kind.",
    )
    sides: Sides = None
    measures: Texts = option(
        "--measure",
        metavar="MEASURE",
        autocompletion=one_of(*MEASURES),
        help="About dead, strength, cost and so on.",
    )
    match: Match = None

    def check(self) -> None:
        # Typer could check this, but would list the thirty measures in every help text.
        problem = "there is no measure {!r}"
        check_choice(self.measures, MEASURES, problem, meant=OTHER_MEASURES)

    def filters(self) -> DisputeFilters:
        return DisputeFilters(
            **{name: wanted for name in self.declared() if (wanted := getattr(self, name))}
        )


@takes_options
def disputes(
    order_options: OrderOptions,
    answer_options: AnswerOptions,
    dispute_options: DisputeOptions,
    ids: InFull = None,
    every: Every = False,
) -> None:
    """List the questions on which sources disagree, or show their answers.

    Without a filter: the key disputes (all of them, in a file that marks none). With --all or a
    filter: every match, the key ones first. The ones you name are shown in full: the answers side
    by side, and why they differ.

    \b
    withdrawal disputes
    withdrawal disputes soviet-dead-in-withdrawal
    withdrawal disputes --about boris-gromov
    withdrawal disputes --measure dead --json | jq -r '.[] | [.low, .high, .title] | @tsv'
    """
    dataset = answer_options.load()
    most = PAGES if ids else SCREENFUL
    limit = shown_limit(order_options.limit, answer_options, most, page=bool(ids))
    report = summarize_disputes(
        dataset,
        ids or (),
        dispute_options.filters(),
        reverse=order_options.reverse,
        limit=limit,
        key_first=True,
        every=every,
    )

    def draw() -> "RenderableType":
        from withdrawal_cli.views.disputes import dispute_pages, dispute_table

        view = dispute_pages if ids else dispute_table
        return view(dataset, report.found, drawn=speaks_utf8())

    rows = map(dispute_row, report.found)
    listing = Listing(dataset=dataset, rows=rows, fields=FIELDS, columns=DISPUTES)
    answer(
        listing,
        answer_options,
        draw=draw,
        note=None if ids and report.found else report.note(),
        left_out=report.left_out(order_options.limit),
        page=bool(ids),
    )
