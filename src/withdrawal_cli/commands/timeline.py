"""`withdrawal timeline`: what happened, in order."""

from typing import TYPE_CHECKING

from withdrawal_cli.dataset import load_dataset
from withdrawal_cli.dates import date_text
from withdrawal_cli.formats import Column, Listing
from withdrawal_cli.model import Dataset
from withdrawal_cli.options import EventOptions, OrderOptions, OutputOptions, ScreenOptions, given, takes_options
from withdrawal_cli.output import answer
from withdrawal_cli.queries.select import EventRow, Filters, event_row, phases_of
from withdrawal_cli.queries.timeline import Timeline, summarize_timeline
from withdrawal_cli.wording import counted, number, place_names

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = tuple(EventRow.__annotations__)


@takes_options
def timeline(events: EventOptions, order: OrderOptions, output: OutputOptions, screen: ScreenOptions) -> None:
    """List what happened, in order, under the phases.

    Without a filter: the key events (every event, in a file that marks none). With --all or a filter: every match.

    \b
    withdrawal timeline --phase phase-one
    withdrawal timeline --during 1988-08 --place kabul --json
    withdrawal timeline --during geneva-accords..geneva-accords+30d
    withdrawal timeline --person gromov --all -f csv -o gromov.csv
    """
    dataset = load_dataset(screen.data)
    report = summarize_timeline(dataset, Filters(**given(events)), reverse=order.reverse, limit=order.limit)

    def draw() -> "RenderableType":
        from withdrawal_cli.views.timeline import TimelineView

        return TimelineView(dataset, report)

    answer(lambda: timeline_listing(dataset, report), draw, output, screen, note=_note(dataset, report))


def timeline_listing(dataset: Dataset, report: Timeline) -> Listing:
    """Return the events of a timeline as rows and columns."""
    disputed = dataset.disputes_of
    columns = [
        Column("Date", lambda event: date_text(event.date)),
        Column("Title", lambda event: event.title),
        Column("Place", lambda event: place_names(dataset, event.places)),
        Column("Phase", lambda event: ", ".join(phases_of(dataset, event.date))),
        Column("Certainty", lambda event: event.certainty + (", disputed" if event.id in disputed else "")),
        Column("Id", lambda event: event.id),
    ]
    return Listing(
        rows=(event_row(dataset, event) for event in report.events),
        fields=FIELDS,
        columns=columns,
        records=report.events,
    )


def _note(dataset: Dataset, report: Timeline) -> str:
    if report.defaulted:
        shown, total = number(len(report.events)), number(report.total)
        return f"{shown} key events of {total}; --all shows every one, withdrawal show ID one in full."
    return counted(dataset, len(report.events), report.total, ("event", "events"), report.asked)
