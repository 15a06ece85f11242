"""`withdrawal map`: where it happened."""

from typing import TYPE_CHECKING

from withdrawal_cli.dataset import load_dataset
from withdrawal_cli.formats import Column, Listing
from withdrawal_cli.model import Dataset
from withdrawal_cli.options import EventOptions, OrderOptions, OutputOptions, ScreenOptions, given, takes_options
from withdrawal_cli.output import answer
from withdrawal_cli.queries.map import MapRow, Sketch, sketch_map
from withdrawal_cli.queries.select import Filters
from withdrawal_cli.queries.timeline import Timeline, summarize_timeline
from withdrawal_cli.terminal import speaks_utf8
from withdrawal_cli.wording import counted, in_time, number, row_date

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = tuple(MapRow.__annotations__)


@takes_options
def map(events: EventOptions, order: OrderOptions, output: OutputOptions, screen: ScreenOptions) -> None:  # noqa: A001 (its name on the command line)
    """Draw a map: the outline, the routes, and the places of the chosen events, numbered in order of date.

    Without a filter: the places of the key events. A dash stands for a place beyond the edge, or without a position.

    \b
    withdrawal map
    withdrawal map --phase phase-one --category military
    withdrawal map --all --fields id,latitude,longitude -f csv
    """
    dataset = load_dataset(screen.data)
    report = summarize_timeline(dataset, Filters(**given(events)), reverse=order.reverse, limit=order.limit)
    sketch = sketch_map(dataset, report.events)

    def draw() -> "RenderableType":
        from withdrawal_cli.views.map import MapView

        return MapView(sketch, ascii_only=not speaks_utf8())

    answer(
        lambda: Listing(rows=sketch.rows, fields=FIELDS, columns=_columns()),
        draw,
        output,
        screen,
        note=_note(dataset, sketch, report),
    )


def _columns() -> list[Column]:
    return [
        Column("No", lambda row: str(row["number"] or ""), figure=True),
        Column("Place", lambda row: row["name"]),
        Column("Latitude", lambda row: "" if row["latitude"] is None else f"{row['latitude']:.4f}", figure=True),
        Column("Longitude", lambda row: "" if row["longitude"] is None else f"{row['longitude']:.4f}", figure=True),
        Column("Events", lambda row: number(len(row["events"])), figure=True),
        Column("First", row_date),
        Column("Title", lambda row: row["title"]),
        Column("Id", lambda row: row["id"]),
    ]


def _note(dataset: Dataset, sketch: Sketch, report: Timeline) -> str:
    if not report.events:
        return counted(dataset, 0, report.total, ("event", "events"), report.asked)
    return in_time(report.asked, f"{number(len(sketch.rows))} places of {number(len(report.events))} events.")
