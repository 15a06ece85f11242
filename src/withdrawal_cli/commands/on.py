"""`withdrawal on`: what is known of one day, or of a longer time."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from withdrawal_cli.commands.timeline import event_listing
from withdrawal_cli.completion import ids_in
from withdrawal_cli.dates import Period
from withdrawal_cli.formats import Listing, fields_of
from withdrawal_cli.formats.columns import BRIEFING
from withdrawal_cli.model import Dataset, Event
from withdrawal_cli.options import AnswerOptions, takes_options
from withdrawal_cli.output import answer, answer_line, shown_limit
from withdrawal_cli.queries.filters import day_of_year, resolve_period
from withdrawal_cli.queries.on import (
    Briefing,
    events_of_day,
    in_brief,
    summarize_briefing,
)
from withdrawal_cli.queries.timeline import Timeline
from withdrawal_cli.wording import brief_line

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = fields_of(Briefing)


IN_FULL = 20
"""The most phases that a screen shows with their figures."""


@takes_options
def on(
    answer_options: AnswerOptions,
    date: Annotated[
        list[str],
        Argument(
            autocompletion=ids_in("phases", "events"),
            metavar="DATE...",
            show_default=False,
            help="A day (15 February: in any year), a month, a span, or the id of a phase or an "
            "event.",
        ),
    ],
    brief: Annotated[
        bool,
        Option(
            "--brief",
            help="One line for a prompt or a mail: the most important event of that day, or "
            "of that day in another year; nothing if there is none.",
        ),
    ] = False,
) -> None:
    """Show what is known of a day, a month or a phase.

    The number of the day, the phase, troops, what happened, what came before and after, casualties.

    A month, a season or a phase is answered in the same way, as a whole. For a day without a year,
    it lists what happened on that day in any year.

    \b
    withdrawal on 15 May 1988
    withdrawal on 1988-12-25 --json | jq '{day, silence}'
    withdrawal on today --brief
    """
    dataset = answer_options.load()
    text = " ".join(date)
    if brief:
        answer_line(brief_line(in_brief(dataset, text)), answer_options)
    elif month_and_day := day_of_year(dataset, text):
        events = events_of_day(dataset, *month_and_day)
        show_day_of_year(dataset, events, answer_options)
    else:
        show_briefing(dataset, resolve_period(dataset, text), answer_options)


def show_day_of_year(
    dataset: Dataset, events: Sequence[Event], answer_options: AnswerOptions
) -> None:
    """List what happened on a day without a year, in order."""
    total = len(dataset.events)
    report = Timeline(
        events=tuple(events),
        sure_count=len(events),
        matched=len(events),
        total=total,
        asked=None,
        defaulted=False,
        key=False,
    )

    def draw() -> "RenderableType":
        from withdrawal_cli.views.timeline import TimelineView

        return TimelineView(dataset, report)

    note = report.note(dataset)
    answer(event_listing(dataset, events), answer_options, draw=draw, note=note)


def show_briefing(dataset: Dataset, period: Period, answer_options: AnswerOptions) -> None:
    """Show what is known of a time with a year."""
    in_full = shown_limit(None, answer_options, IN_FULL, page=True)
    briefing = summarize_briefing(dataset, period, in_full=in_full)

    def draw() -> "RenderableType":
        from withdrawal_cli.views.on import BriefingView

        return BriefingView(dataset, briefing)

    listing = Listing(
        dataset=dataset, rows=[briefing], fields=FIELDS, columns=BRIEFING, single=True
    )
    answer(listing, answer_options, draw=draw, page=True, found=bool(briefing.events))
