"""`withdrawal map`: where it happened."""

from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated

from typer import Option

from withdrawal_cli.errors import UsageError
from withdrawal_cli.formats import Listing, fields_of
from withdrawal_cli.formats.columns import MAP
from withdrawal_cli.model import Dataset
from withdrawal_cli.options import AnswerOptions, EventOptions, OrderOptions, takes_options
from withdrawal_cli.output import answer, deliver, talk
from withdrawal_cli.queries.map import MapRow, Sketch, sketch_map
from withdrawal_cli.queries.timeline import summarize_timeline
from withdrawal_cli.system.terminal import speaks_utf8
from withdrawal_cli.wording import counted, in_time, number

if TYPE_CHECKING:
    from rich.console import RenderableType

FIELDS = fields_of(MapRow)


@takes_options
def map(  # noqa: A001 (its name on the command line)
    event_options: EventOptions,
    order_options: OrderOptions,
    answer_options: AnswerOptions,
    transparent: Annotated[
        bool, Option("--transparent", help="Leave out the white background of a map in FILE.svg.")
    ] = False,
) -> None:
    """Draw a map of where it happened.

    It shows the outline, the routes, and the places of the chosen events, numbered in order of
    date.

    Without a filter: the places of the key events. A dash instead of a number marks a place beyond
    the edge, or without a position.

    A file whose suffix is .svg is a map for print, with names, routes, and dots by number of
    events. -f svg is the screen as a picture.

    \b
    withdrawal map
    withdrawal map --phase phase-one --category military
    withdrawal map --key -o map.svg
    withdrawal map --all --fields id,latitude,longitude -f csv
    """
    for_print = _is_for_print(answer_options)
    if transparent and not for_print:
        raise UsageError("--transparent is for a map in a file", hint="Add -o map.svg.")
    dataset = answer_options.load()
    report = summarize_timeline(
        dataset,
        event_options.filters(),
        reverse=order_options.reverse,
        limit=order_options.limit,
        sure_first=False,  # places are numbered by date
    )
    sketch = sketch_map(dataset, report.events)

    def draw() -> "RenderableType":
        from withdrawal_cli.views.map import MapView

        return MapView(sketch, ascii_only=not speaks_utf8())

    count = f"{number(len(sketch.rows))} places of {number(len(report.events))} events."
    note = in_time(report.asked, count)
    if not report.events:
        note = counted(dataset, 0, report.total, "event", report.asked)
    if for_print:
        _write_for_print(dataset, sketch, answer_options, transparent=transparent)
        talk(note)
        if answer_options.exit_status and not sketch.rows:
            raise SystemExit(1)
    else:
        listing = Listing(dataset=dataset, rows=sketch.rows, fields=FIELDS, columns=MAP)
        answer(listing, answer_options, draw=draw, note=note)


def _is_for_print(options: AnswerOptions) -> bool:
    """Whether the file's suffix alone asks for SVG: `-f svg` is the screen as a picture."""
    suffix = PurePath(options.output or "").suffix.lower()
    return suffix == ".svg" and not (options.format or options.json)


def _write_for_print(
    dataset: Dataset, sketch: Sketch, options: AnswerOptions, *, transparent: bool
) -> None:
    from withdrawal_cli.exports.map_picture import render

    if options.fields is not None:
        raise UsageError(
            "a map for print has no fields", hint="Leave out --fields, or choose another format."
        )
    picture = render(dataset, sketch, transparent=transparent)
    deliver([picture], options.output, force=options.force)
