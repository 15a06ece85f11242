"""Exports: the chosen events, and the rest of the file, as a document for another program."""

from importlib import import_module
from typing import Any

from withdrawal_cli.formats.provenance import reproduction
from withdrawal_cli.model import Dataset, Event
from withdrawal_cli.values import Value
from withdrawal_cli.wording import number

EXPORTS = {
    "ics": (".ics", "iCalendar (RFC 5545): all-day events for a calendar"),
    "geojson": (".geojson", "GeoJSON (RFC 7946): places of events as points, routes as lines"),
    "timelinejs": (
        ".json",
        "TimelineJS 3 of Knight Lab: a slide for each event, the phases as eras",
    ),
    "sqlite": (
        ".sqlite",
        (
            "SQLite database: a table for each kind of record, views, and a search table; "
            "opens in Datasette"
        ),
    ),
    "datapackage": (
        ".zip",
        "Data Package 2.0: a zip of CSV tables, with a description of every field",
    ),
    "xlsx": (
        ".xlsx",
        (
            "Excel workbook: sheets of events, figures, disputes, people, places and sources, "
            "with real dates, filters and links"
        ),
    ),
    "html": (".html", "one page for people that carries its data: no network, prints well"),
    "handout": (".html", "two pages of A4 or Letter for a class; with the suffix .md for pandoc"),
}
"""Each export's suffix and what it is. The module of that name has `render`, and `left_out` if such
a document cannot hold every event."""


OTHER_NAMES = {
    "ics": "calendar ical icalendar",
    "geojson": "gis kml map",
    "sqlite": "database db sql",
    "xlsx": "excel ods spreadsheet xls",
    "html": "page site web webpage",
    "handout": "pdf print",
}
"""What else people call them."""

OTHER_SUFFIXES = {"geojson": (".json",), "handout": (".md",)}
"""Suffixes that a file of a kind may have too."""


class Selection(Value):
    """The events to export, and how they were chosen."""

    dataset: Dataset
    events: tuple[Event, ...]
    "In order of date."
    chosen_with: str
    "The options that chose them, as they are written on a command line; empty for the whole."
    program: str
    "Name and version of this program."
    command: str
    "The command that makes the same document again."

    @property
    def credit(self) -> str:
        """What it was made from, by whom, under which licence: a sentence."""
        about = self.dataset.metadata
        chosen = f", chosen with {self.chosen_with}" if self.chosen_with else ""
        released = f" of {about.released}" if about.released else ""
        data = f"{about.title}, data {about.version}{released}, {about.license}"
        return f"{data}; made by {self.program}{chosen}."

    @property
    def notice(self) -> str:
        """The credit, and how to repeat the export: what every document says of itself."""
        return f"{self.credit} {reproduction(self.dataset, self.command)}"


def left_out_note(count: int, why: str) -> str:
    """Return how many events a document cannot hold, as a sentence; empty for none."""
    return f"Events left out: {number(count)} ({why})." if count else ""


def render(name: str, selection: Selection, **options: Any) -> bytes:
    """Return the document of the kind `name`, a key of `EXPORTS`.

    The same selection gives the same bytes.
    """
    # one module only: icalendar, jinja2, sqlite3 and XlsxWriter are slow to import
    module = import_module(f"{__name__}.{name}")
    document: bytes = module.render(selection, **options)
    return document


def left_out(name: str, selection: Selection) -> str:
    """Return how many events the document cannot hold, and why; empty if it holds them all."""
    module = import_module(f"{__name__}.{name}")
    return module.left_out(selection) if hasattr(module, "left_out") else ""
