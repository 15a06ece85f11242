"""Events in order, under phase headings."""

from collections.abc import Iterator
from typing import NamedTuple

from rich.console import Console, ConsoleOptions, RenderableType
from rich.text import Text

from withdrawal_cli.dates import date_text
from withdrawal_cli.model import Dataset, Event
from withdrawal_cli.queries.timeline import Chapter, Timeline, chapters
from withdrawal_cli.safety import one_line
from withdrawal_cli.views import WIDE
from withdrawal_cli.views.grid import Cell, Grid
from withdrawal_cli.wording import mark_legend, marks, place_names

DATE_ROOM = 20
TITLE_ROOM = 20
"""A title needs as much; on a screen that leaves it less there are no places."""
PLACE_ROOM = {False: 15, True: 18}
ID_ROOM = 40


class TimelineView:
    """Draws a timeline as wide as the console: date, marks, title and place; the id too where there is room."""

    def __init__(self, dataset: Dataset, timeline: Timeline) -> None:
        self.dataset = dataset
        self.timeline = timeline

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        rooms = self._rooms(options.max_width)
        for place, chapter in enumerate(chapters(self.dataset, self.timeline.events)):
            if place:
                yield Text()
            yield Text.assemble(*_heading(chapter))
            yield Grid(rooms, (self._cells(event)[: len(rooms)] for event in chapter.events))
        legend = mark_legend("".join(_marks(self.dataset, event) for event in self.timeline.events))
        if legend:
            yield Text()
            yield Text(legend, style="quiet")

    def _rooms(self, width: int) -> list[int]:
        """Return the width of each column that there is room for."""
        wide = width >= WIDE
        events = self.timeline.events
        dates = max((len(date_text(event.date)) for event in events), default=0)
        before = [min(dates, DATE_ROOM, width // 3), 2]
        after = [PLACE_ROOM[wide]]
        if wide:
            after.append(min(max((len(event.id) for event in events), default=0), ID_ROOM))
        title = width - sum(before) - sum(after) - len(before) - len(after)
        if title >= TITLE_ROOM:
            return [*before, title, *after]
        return [*before, width - sum(before) - len(before)]

    def _cells(self, event: Event) -> list[Cell]:
        """Return the cells of an event, in the order of the columns."""
        return [
            (date_text(event.date), "date"),
            (_marks(self.dataset, event), "doubt"),
            (
                event.title,
                "bold" if event.importance == "key" and not self.timeline.defaulted else "",
            ),
            (place_names(self.dataset, event.places[:2]), "quiet"),
            (event.id, "quiet"),
        ]


class Entry(NamedTuple):
    """What stands in the timeline of a narrow column: the heading of a phase, an event, or the blank before a heading."""

    record: str | None
    "The record that it leads to."
    parts: tuple[tuple[str, str], ...]
    "Words on one line, and the style of each."
    heading: bool = False


def timeline_entries(dataset: Dataset, timeline: Timeline) -> Iterator[Entry]:
    """Yield the date, the marks and the title of each event, under phase headings. They are words, drawn when they are seen."""
    for place, chapter in enumerate(chapters(dataset, timeline.events)):
        if place:
            yield Entry(None, ())
        yield Entry(
            chapter.phase.id if chapter.phase else None, tuple(_heading(chapter)), heading=True
        )
        for event in chapter.events:
            yield Entry(event.id, tuple(_event_parts(dataset, event)))


def _event_parts(dataset: Dataset, event: Event) -> Iterator[tuple[str, str]]:
    yield one_line(date_text(event.date)), "date"
    if said := _marks(dataset, event):
        yield f" {said}", "doubt"
    yield f" {one_line(event.title)}", "bold" if event.importance == "key" else ""


def _heading(chapter: Chapter) -> list[tuple[str, str]]:
    """Return the words of a heading, and the style of each."""
    if chapter.phase is None:
        return [("Outside the phases", "heading")]
    title = one_line(chapter.phase.title) + (", continued" if chapter.continued else "")
    return [(title, "heading"), (f"  {date_text(chapter.phase.date)}", "quiet")]


def _marks(dataset: Dataset, event: Event) -> str:
    return marks(event.certainty, event.id in dataset.disputes_of)
