"""Events in order, under phase headings."""

from collections.abc import Iterator
from typing import NamedTuple

from rich.console import Console, ConsoleOptions, RenderableType
from rich.text import Text

from withdrawal_cli.dates import date_text
from withdrawal_cli.formats.columns import WIDE
from withdrawal_cli.model import Dataset, Event
from withdrawal_cli.queries.rows import dispute_marks
from withdrawal_cli.queries.timeline import POSSIBLE, Chapter, Timeline, chapters
from withdrawal_cli.safety import one_line
from withdrawal_cli.views import legend
from withdrawal_cli.views.grid import Cell, Grid
from withdrawal_cli.wording import mark_legend, marks, place_names

DATE_WIDTH = 20
PLACE_WIDTH = 15
WIDE_PLACE_WIDTH = 18
ID_WIDTH = 40
LABELS = ("Date", "Doubt", "Event", "Place", "Id")
LEAST_TITLE = 20
"""If less than this is left for a title, there are no places."""


class TimelineView:
    """Draws a timeline as wide as the console: date, marks, title and place.

    A wide screen has a column for the id; with `ids`, any other has it under the title.
    """

    def __init__(self, dataset: Dataset, timeline: Timeline, *, ids: bool = False) -> None:
        self.dataset = dataset
        self.timeline = timeline
        self.ids = ids

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        wide = options.max_width >= WIDE
        widths = self._widths(options.max_width)
        title = widths[0] + widths[1] + 2
        drawn = ""
        for index, part in enumerate(parts(self.dataset, self.timeline)):
            if index:
                yield Text()
            if isinstance(part, str):
                yield Text(part, style="label")
                continue
            yield Text.assemble(*_heading(self.dataset, part))
            for event in part.events:
                cells = self._cells(event, wide)
                yield Grid(widths, [cells[: len(widths)]], labels=LABELS)
                if self.ids and len(widths) < len(cells):
                    # Further to the left if it would be cut: an id is there to be copied.
                    indent = max(min(title, options.max_width - len(event.id)), 0)
                    identifier = [(event.id, "quiet")]
                    room = options.max_width - indent
                    yield Grid([room], [identifier], labels=["Id"], indent=indent)
                if self.timeline.key and event.significance:
                    text = [(event.significance, "quiet")]
                    room = options.max_width - title - 2
                    yield Grid([room], [text], labels=["Why it mattered"], indent=title + 2)
                drawn += cells[1][0]
        yield legend(mark_legend(drawn))

    def _widths(self, columns: int) -> list[int]:
        """Return the widths of the date, the marks, the title, and of what else fits."""
        wide, events = columns >= WIDE, self.timeline.events
        date = min(max((len(date_text(event.date)) for event in events), default=0), DATE_WIDTH)
        sign = max((len(_marks(self.dataset, event, wide=wide)) for event in events), default=0)
        before = [min(date, columns // 3), max(sign, 2)]
        after = [WIDE_PLACE_WIDTH if wide else PLACE_WIDTH]
        if wide:
            after.append(min(max((len(event.id) for event in events), default=0), ID_WIDTH))
        title = columns - sum(before) - sum(after) - len(before) - len(after)
        if title >= LEAST_TITLE:
            return [*before, title, *after]
        return [*before, columns - sum(before) - len(before)]

    def _cells(self, event: Event, wide: bool) -> list[Cell]:
        """Return the cells of an event, in the order of the columns."""
        bold = event.importance == "key" and not self.timeline.key
        return [
            (date_text(event.date), "date"),
            (_marks(self.dataset, event, wide=wide), "doubt"),
            (event.title, "bold" if bold else ""),
            (place_names(self.dataset, event.places[:2]), "quiet"),
            (event.id, "quiet"),
        ]


class Entry(NamedTuple):
    """A line of the timeline in a narrow column: a heading, an event, or a blank line."""

    record: str | None
    "The record that it leads to."
    parts: tuple[tuple[str, str], ...]
    "Texts on one line, and the style of each."
    heading: bool = False


def timeline_entries(dataset: Dataset, timeline: Timeline) -> Iterator[Entry]:
    """Yield the date, the marks and the title of each event, under headings.

    They are only drawn when they are seen: there may be 100,000.
    """
    for index, part in enumerate(parts(dataset, timeline)):
        if index:
            yield Entry(None, ())
        if isinstance(part, str):
            yield Entry(None, ((part, "label"),), heading=True)
            continue
        yield Entry(
            part.phase.id if part.phase else None, tuple(_heading(dataset, part)), heading=True
        )
        for event in part.events:
            sign = _marks(dataset, event)
            title_style = "bold" if event.importance == "key" else ""
            yield Entry(
                event.id,
                (
                    (one_line(date_text(event.date)), "date"),
                    *([(f" {sign}", "doubt")] if sign else []),
                    (f" {one_line(event.title)}", title_style),
                ),
            )


def parts(dataset: Dataset, timeline: Timeline) -> Iterator[Chapter | str]:
    """Yield the chapters of a timeline; a text among them is a heading for those that follow."""
    yield from chapters(dataset, timeline.events[: timeline.sure_count])
    possible = timeline.events[timeline.sure_count :]
    if possible:
        yield POSSIBLE
        yield from chapters(dataset, possible)


def _heading(dataset: Dataset, chapter: Chapter) -> list[tuple[str, str]]:
    """Return the texts of a heading, and the style of each."""
    if chapter.phase is None:
        where = "Outside the phases" if dataset.phases else "In order of date"
        return [(where, "heading")]
    title = one_line(chapter.phase.title) + (", continued" if chapter.continued else "")
    return [(title, "heading"), (f"  {date_text(chapter.phase.date)}", "quiet")]


def _marks(dataset: Dataset, event: Event, *, wide: bool = False) -> str:
    disputed, questions = dispute_marks(dataset, event)
    return marks(event.certainty, disputed, questions if wide else 0)
