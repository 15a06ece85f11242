"""Events in order, under phase headings."""

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderableType
from rich.table import Table
from rich.text import Text

from withdrawal_cli.dates import date_text
from withdrawal_cli.model import Dataset, Event
from withdrawal_cli.queries.timeline import Chapter, Timeline
from withdrawal_cli.views import WIDE, linked, words
from withdrawal_cli.wording import mark_legend, marks, place_names

DATE_ROOM = 20
PLACE_ROOM = {False: 15, True: 18}
ID_ROOM = 40


class TimelineView:
    """Draws a timeline as wide as the console: date, marks, title and place; the id too where there is room."""

    def __init__(self, dataset: Dataset, timeline: Timeline) -> None:
        self.dataset = dataset
        self.timeline = timeline

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        wide = options.max_width >= WIDE
        for place, chapter in enumerate(self.timeline.chapters):
            if place:
                yield Text()
            yield _heading(chapter)
            yield self._table(chapter, wide)
        legend = mark_legend("".join(_marks(self.dataset, event) for event in self.timeline.events))
        if legend:
            yield Text()
            yield Text(legend, style="quiet")

    def _table(self, chapter: Chapter, wide: bool) -> Table:
        table = Table.grid(padding=(0, 1), pad_edge=False, expand=True)
        longest = max(len(date_text(event.date)) for event in self.timeline.events)
        table.add_column(style="date", width=min(longest, DATE_ROOM))
        table.add_column(style="doubt", width=2)
        table.add_column(ratio=1, overflow="fold")
        table.add_column(style="quiet", width=PLACE_ROOM[wide], overflow="fold")
        if wide:
            longest_id = max(len(event.id) for event in self.timeline.events)
            table.add_column(style="quiet", width=min(longest_id, ID_ROOM), overflow="fold")
        for event in chapter.events:
            cells = [
                words(date_text(event.date)),
                words(_marks(self.dataset, event) or " "),
                words(event.title, "bold" if event.importance == "key" and not self.timeline.defaulted else ""),
                words(place_names(self.dataset, event.places[:2]) or " "),
            ]
            table.add_row(*cells, *([words(event.id)] if wide else []))
        return table


class TimelineMenu:
    """Draws a timeline for a narrow column: the date, the marks and the title of each event, with hanging indents."""

    indent = 2

    def __init__(self, dataset: Dataset, timeline: Timeline) -> None:
        self.dataset = dataset
        self.timeline = timeline

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        for place, chapter in enumerate(self.timeline.chapters):
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
