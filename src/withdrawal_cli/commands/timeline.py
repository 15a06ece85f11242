"""`withdrawal timeline`: what happened, in order."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from typer import Option

from withdrawal_cli.formats import Listing, fields_of
from withdrawal_cli.formats.columns import EVENTS
from withdrawal_cli.model import Dataset, Event
from withdrawal_cli.options import AnswerOptions, EventOptions, OrderOptions, takes_options
from withdrawal_cli.output import answer, shown_limit
from withdrawal_cli.queries.products import phases_of_events
from withdrawal_cli.queries.rows import EventRow, event_row
from withdrawal_cli.queries.timeline import summarize_timeline
from withdrawal_cli.wording import more_note

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = fields_of(EventRow)


@takes_options
def timeline(
    event_options: EventOptions,
    order_options: OrderOptions,
    answer_options: AnswerOptions,
    ids: Annotated[bool, Option("--ids", help="Show ids on narrow screens too.")] = False,
) -> None:
    """List what happened, in order, under the phases.

    Without a filter: the key events, and why each mattered (every event, in a file that marks
    none). With --all or a filter: every match; what surely falls in the time comes before what may.

    \b
    withdrawal timeline --phase phase-one
    withdrawal timeline --during 1988-08 --place kabul --json
    withdrawal timeline --during geneva-accords..geneva-accords+30d
    withdrawal timeline --person gromov --all -f csv -o gromov.csv
    """
    dataset = answer_options.load()
    limit = shown_limit(order_options.limit, answer_options)
    report = summarize_timeline(
        dataset, event_options.filters(), reverse=order_options.reverse, limit=limit
    )

    def draw() -> "RenderableType":
        from withdrawal_cli.views.timeline import TimelineView

        return TimelineView(dataset, report, ids=ids)

    left_out = more_note(order_options.limit, len(report.events), report.matched)
    answer(
        event_listing(dataset, report.events),
        answer_options,
        draw=draw,
        note=report.note(dataset),
        left_out=left_out,
    )


def event_listing(dataset: Dataset, events: Sequence[Event]) -> Listing:
    """Return events as rows, made lazily."""
    rows = (event_row(dataset, event) for event in events)
    products = {"phases": phases_of_events(dataset, events)}
    return Listing(dataset=dataset, rows=rows, fields=FIELDS, columns=EVENTS, products=products)
