"""Events in order, under phase headings."""

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderableType
from rich.text import Text

from withdrawal_cli.dates import date_text
from withdrawal_cli.model import Dataset, Event
from withdrawal_cli.queries.timeline import Chapter, Timeline, chapters
from withdrawal_cli.views import WIDE, linked, words
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

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        rooms = self._rooms(options.max_width)
        for place, chapter in enumerate(chapters(self.dataset, self.timeline.events)):
            if place:
                yield Text()
            yield _heading(chapter)
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
            (event.title, "bold" if event.importance == "key" and not self.timeline.defaulted else ""),
            (place_names(self.dataset, event.places[:2]), "quiet"),
            (event.id, "quiet"),
        ]


class TimelineMenu:
    """Draws a timeline for a narrow column: the date, the marks and the title of each event, with hanging indents."""

    indent = 2

    def __init__(self, dataset: Dataset, timeline: Timeline) -> None:
        self.dataset = dataset
        self.timeline = timeline

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        for place, chapter in enumerate(chapters(self.dataset, self.timeline.events)):
            if place:
                yield Text()
            heading = _heading(chapter)
            yield linked(heading, chapter.phase.id) if chapter.phase else heading
            for event in chapter.events:
                first, *others = self._entry(event).wrap(console, options.max_width - self.indent)
                yield first
                for line in others:
                    yield Text(" " * self.indent).append_text(line)

    def _entry(self, event: Event) -> Text:
        said = _marks(self.dataset, event)
        mark = words(f" {said}", "doubt") if said else Text()
        title = words(f" {event.title}", "bold" if event.importance == "key" else "")
        return linked(Text.assemble(words(date_text(event.date), "date"), mark, title), event.id)


def _heading(chapter: Chapter) -> Text:
    if chapter.phase is None:
        return Text("Outside the phases", style="heading")
    title = chapter.phase.title + (", continued" if chapter.continued else "")
    return Text.assemble(words(title, "heading"), words(f"  {date_text(chapter.phase.date)}", "quiet"))


def _marks(dataset: Dataset, event: Event) -> str:
    return marks(event.certainty, event.id in dataset.disputes_of)
