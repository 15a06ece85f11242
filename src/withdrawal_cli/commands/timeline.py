"""`withdrawal timeline`: what happened, in order."""

from typing import TYPE_CHECKING

from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.formats import Listing, fields_of
from withdrawal_cli.formats.columns import EVENTS
from withdrawal_cli.model import Dataset
from withdrawal_cli.options import (
    EventOptions,
    OrderOptions,
    OutputOptions,
    ScreenOptions,
    takes_options,
)
from withdrawal_cli.output import answer, shown_limit
from withdrawal_cli.queries.rows import EventRow, event_row
from withdrawal_cli.queries.timeline import Timeline, summarize_timeline
from withdrawal_cli.wording import counted, number, unshown

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = fields_of(EventRow)


@takes_options
def timeline(
    events: EventOptions, order: OrderOptions, output: OutputOptions, screen: ScreenOptions
) -> None:
    """List what happened, in order, under the phases.

    Without a filter: the key events (every event, in a file that marks none). With --all or a filter: every match.

    \b
    withdrawal timeline --phase phase-one
    withdrawal timeline --during 1988-08 --place kabul --json
    withdrawal timeline --during geneva-accords..geneva-accords+30d
    withdrawal timeline --person gromov --all -f csv -o gromov.csv
    """
    dataset = load_dataset(screen.data)
    report = summarize_timeline(
        dataset,
        events.filters(),
        reverse=order.reverse,
        limit=shown_limit(order.limit, output, screen),
    )

    def draw() -> "RenderableType":
        from withdrawal_cli.views.timeline import TimelineView

        return TimelineView(dataset, report)

    listing = timeline_listing(dataset, report)
    rest = unshown(order.limit, len(report.events), report.matched)
    answer(listing, output, screen, draw=draw, note=_note(dataset, report), rest=rest)


def timeline_listing(dataset: Dataset, report: Timeline) -> Listing:
    """Return the events of a timeline as rows, made as they are asked for."""
    rows = (event_row(dataset, event) for event in report.events)
    return Listing(dataset=dataset, rows=rows, fields=FIELDS, columns=EVENTS)


def _note(dataset: Dataset, report: Timeline) -> str:
    if report.defaulted:
        shown, total = number(len(report.events)), number(report.total)
        return (
            f"{shown} key events of {total}; --all shows every one, withdrawal show ID one in full."
        )
    return counted(dataset, len(report.events), report.total, ("event", "events"), report.asked)
