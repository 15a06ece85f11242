"""Strength figures in order of date: a chart with bars to scale, then what each figure counts and who says so."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from rich.console import Console, ConsoleOptions, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from withdrawal_cli.dates import date_text, day_text
from withdrawal_cli.model import Dataset, Estimate
from withdrawal_cli.queries.rows import sources_of
from withdrawal_cli.queries.strength import Series, SilenceRow, Strength, largest, strength_row
from withdrawal_cli.views import WIDE, card_table, linked, words
from withdrawal_cli.wording import (
    CERTAINTY_MARKS,
    figure_text,
    number,
    short_sources,
    spoken_sources,
)

EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")
SHADES = {False: ("█", "▒", "░"), True: ("─", "╌", "╌")}
"""What a bar is drawn with up to the low, the best and the high figure: of the whole force, of a part."""

LEGEND = {
    "─╌": "─ only a part",
    "▒": "▒ to the best",
    "░": "░ to the high",
    "?": "? less certain (?? uncertain)",
}
"""What is drawn, and what it means."""


class Rooms(NamedTuple):
    """How many columns each part of a line has."""

    date: int
    figure: int
    bar: int
    source: int
    "0 where there is no room for it."


class StrengthView:
    """Draws the chart as wide as the console, then a numbered note for each figure.

    Bars of one unit have one scale. A part has a line for a bar, so that parts and wholes do not read as one series.
    """

    def __init__(self, dataset: Dataset, strength: Strength) -> None:
        self.dataset = dataset
        self.strength = strength
        self.drawn = ""
        entries = [
            entry for series in strength.series for entry in (*series.entries, *series.longer)
        ]
        self.shown = [entry for entry in entries if isinstance(entry, Estimate)]
        self.numbers = {estimate.id: place for place, estimate in enumerate(self.shown, 1)}
        self.tops: dict[str, int] = {}
        for estimate in filter(_has_bar, self.shown):
            self.tops[estimate.unit] = max(largest(estimate), self.tops.get(estimate.unit, 0))

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        self.drawn = ""
        for place, series in enumerate(self.strength.series):
            if place:
                yield Text()
            yield words(self._heading(series), "heading")
            for part in self._chart(series.entries, options.max_width):
                yield Padding(part, (0, 0, 0, 2))
            if series.longer:
                yield Text("  over a longer time, or undated", style="quiet")
            for part in self._chart(series.longer, options.max_width):
                yield Padding(part, (0, 0, 0, 2))
        legend = [
            meaning
            for marks, meaning in LEGEND.items()
            if any(mark in self.drawn for mark in marks)
        ]
        if legend:
            yield Text(f"\n{'   '.join(legend)}", style="quiet")
        if self.numbers:
            yield Text()
            yield self._notes()

    def _heading(self, series: Series) -> str:
        name = self.dataset.name(series.side) if series.side else "Side not stated"
        return name if series.unit == "people" else f"{name}, {series.unit}"

    def _chart(
        self, entries: Sequence[Estimate | SilenceRow], columns: int
    ) -> Iterator[RenderableType]:
        """Yield tables of figures, and between them the silences."""
        rooms = _rooms(columns)
        table, before = _table(rooms), ""
        for entry in entries:
            if isinstance(entry, SilenceRow):
                yield from [table] if table.rows else []
                yield words(silence_text(entry), "doubt")
                table, before = _table(rooms), ""
                continue
            when = date_text(entry.date) if entry.date else "no date"
            table.add_row(words(" " if when == before else when), *self._cells(entry, rooms))
            before = when
        yield from [table] if table.rows else []

    def _cells(self, estimate: Estimate, rooms: Rooms) -> list[Text]:
        """Return the number, the bar (or what the source says instead), the source where there is room, the note's number."""
        doubt = CERTAINTY_MARKS[estimate.certainty]
        drawn = bar(estimate, self.tops[estimate.unit], rooms.bar) if _has_bar(estimate) else ""
        self.drawn += drawn + doubt
        if not estimate.figures:
            cells = [Text(" "), words(f"{estimate.text}{doubt}")]
        else:
            cells = [words(figure_text(estimate.low, estimate.best, estimate.high) + doubt)]
            cells.append(Text(drawn) if _has_bar(estimate) else Text("set aside", style="doubt"))
        if rooms.source:
            cells.append(words(short_sources(self.dataset, sources_of(estimate.citations)[:1])))
        return [*cells, self._number(estimate)]

    def _notes(self) -> RenderableType:
        grid = card_table()
        grid.columns[0].justify = "right"
        for estimate in self.shown:
            grid.add_row(self._number(estimate), self._note(estimate))
        return Padding(grid, (0, 0, 0, 2))

    def _number(self, estimate: Estimate) -> Text:
        return linked(Text(f"[{self.numbers[estimate.id]}]"), estimate.id)

    def _note(self, estimate: Estimate) -> Text:
        """Return what a figure counts, why it is preferred or set aside, who says so, and the dispute in which it stands."""
        parts = [Text("Only a part.", style="doubt")] if estimate.part else []
        if estimate.scope:
            parts.append(words(estimate.scope))
        if estimate.rank != "normal":
            style = "preferred" if estimate.rank == "preferred" else "doubt"
            parts.append(
                Text.assemble((f"{estimate.rank.capitalize()}: ", style), words(estimate.reason))
            )
        dispute = f"; disputed: {estimate.dispute}" if estimate.dispute else ""
        said = spoken_sources(self.dataset, strength_row(self.dataset, estimate))
        return Text(" ").join([*parts, words(f"({said}{dispute})", "quiet")])


def _has_bar(estimate: Estimate) -> bool:
    """Whether a figure is drawn: one that is set aside would stretch the scale of the others."""
    return estimate.rank != "deprecated"


def _rooms(columns: int) -> Rooms:
    """Return the parts of a line on a screen: 2 columns of margin, 4 for the note's number, one between each."""
    if columns >= WIDE:
        return Rooms(date=25, figure=21, bar=columns - 90, source=34)
    date, figure = (14, 21) if columns >= 70 else (11, 9)
    return Rooms(date=date, figure=figure, bar=columns - date - figure - 9, source=0)


def _table(rooms: Rooms) -> Table:
    table = Table.grid(padding=(0, 1), pad_edge=False)
    table.add_column(style="date", width=rooms.date, overflow="fold")
    table.add_column(style="figure", width=rooms.figure, justify="right", overflow="fold")
    table.add_column(width=rooms.bar, overflow="fold")
    if rooms.source:
        table.add_column(style="quiet", width=rooms.source, overflow="fold")
    table.add_column(style="quiet", width=4, justify="right", overflow="fold")
    return table


def silence_text(silence: SilenceRow) -> str:
    """Return where the record is silent, in words."""
    span = f"between {day_text(silence.after)} and {day_text(silence.before)}"
    return f"no figure of the whole force {span} ({number(silence.days)} days)"


def bar(estimate: Estimate, top: int, room: int) -> str:
    """Return a bar of at most `room` cells for `top`: solid to the low figure, lighter to the best, lightest to the high."""
    low, best, high = estimate.low, estimate.best, estimate.high
    solid, lighter, lightest = SHADES[estimate.part]
    sure = low if low is not None else best or 0
    drawn = solid * _cells(sure, top, room)
    if not estimate.part:
        eighths = _cells(sure, top, room * 8)
        drawn = solid * (eighths // 8) + EIGHTHS[eighths % 8]
    for end, shade in ((best, lighter), (high, lightest)):
        drawn += shade * (_cells(end or 0, top, room) - len(drawn))
    return drawn


def _cells(count: int, top: int, room: int) -> int:
    """Return how many of `room` cells `count` fills; whatever is more than nothing fills one."""
    return max(round(Fraction(count * room, top)), 1) if count else 0
