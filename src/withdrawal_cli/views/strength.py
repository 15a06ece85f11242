"""Strength figures in order of date: a chart with bars to scale, and notes on each figure."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from rich.console import Console, ConsoleOptions, RenderableType
from rich.table import Table
from rich.text import Text

from withdrawal_cli.dates import date_text, day_text
from withdrawal_cli.formats.columns import WIDE
from withdrawal_cli.model import Dataset, Estimate
from withdrawal_cli.queries.rows import sources_of
from withdrawal_cli.queries.strength import SilenceRow, Strength, largest, strength_row
from withdrawal_cli.views import Indented, card_table, doubt, drawing, linked, words
from withdrawal_cli.wording import (
    CERTAINTY_MARKS,
    figure_text,
    length_text,
    short_sources,
    spoken_sources,
)

EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")
SHADES = {False: ("█", "▒", "░"), True: ("─", "╌", "╌")}
"""What a bar is drawn with up to the low, the best and the high figure; `True` for a part."""

LEGEND = {
    "─╌": "─ only a part",
    "▒": "▒ to the best",
    "░": "░ to the high",
    "?": "? less certain (?? uncertain)",
}
"""What is drawn, and what it means."""


class Widths(NamedTuple):
    """The columns that each part of a line takes."""

    date: int
    figure: int
    bar: int
    source: int
    "0 if it does not fit."
    note: int
    "Of the number of a note; 0 without notes."


class StrengthView:
    """Draws the chart as wide as the console, and with `notes` a numbered note for each figure.

    Bars of one unit share a scale. A part has a line instead of a bar, so that parts and wholes do
    not read as one series.
    """

    def __init__(self, dataset: Dataset, strength: Strength, *, notes: bool = True) -> None:
        self.dataset = dataset
        self.strength = strength
        self.notes = notes
        entries = [
            entry for series in strength.series for entry in (*series.entries, *series.longer)
        ]
        self.shown = [entry for entry in entries if isinstance(entry, Estimate)]
        self.numbers = {estimate.id: index for index, estimate in enumerate(self.shown, 1)}
        self.tops: dict[str, int] = {}
        for estimate in filter(_has_bar, self.shown):
            self.tops[estimate.unit] = max(largest(estimate), self.tops.get(estimate.unit, 0))

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        widths = _widths(options.max_width, self.notes)
        for index, series in enumerate(self.strength.series):
            if index:
                yield Text()
            name = self.dataset.name(series.side) if series.side else "Side not stated"
            yield words(name if series.unit == "people" else f"{name}, {series.unit}", "heading")
            for part in self._chart(series.entries, widths):
                yield Indented(part)
            if series.longer:
                yield Text("  over a longer time, or undated", style="quiet")
            for part in self._chart(series.longer, widths):
                yield Indented(part)
        drawn = "".join(
            self._bar(item, widths) + CERTAINTY_MARKS[item.certainty] for item in self.shown
        )
        meanings = [
            meaning for marks, meaning in LEGEND.items() if any(mark in drawn for mark in marks)
        ]
        told = drawing(Text("   ".join(meanings), style="quiet"))
        if self.shown and not self.notes:
            told.append("   " if meanings else "").append("--notes: what each counts", "quiet")
        if told:
            yield Text()
            yield told
        if self.shown and self.notes:
            yield Text()
            grid = card_table()
            grid.columns[0].justify = "right"
            for estimate in self.shown:
                grid.add_row(self._number(estimate), self._note(estimate))
            yield Indented(grid)

    def _chart(
        self, entries: Sequence[Estimate | SilenceRow], widths: Widths
    ) -> Iterator[RenderableType]:
        """Yield tables of figures, and between them the silences."""
        for silent, run in groupby(entries, key=lambda entry: isinstance(entry, SilenceRow)):
            if silent:
                for entry in run:
                    if isinstance(entry, SilenceRow):
                        yield words(silence_text(entry), "doubt")
                continue
            table, before = _table(widths), ""
            for entry in run:
                if isinstance(entry, Estimate):
                    when = date_text(entry.date) if entry.date else "no date"
                    # A date is written once, but read aloud on every line.
                    date = drawing(" ", when) if when == before else words(when)
                    table.add_row(date, *self._cells(entry, widths))
                    before = when
            yield table

    def _bar(self, estimate: Estimate, widths: Widths) -> str:
        if not (estimate.figures and _has_bar(estimate)):
            return ""
        return bar(estimate, self.tops[estimate.unit], widths.bar)

    def _cells(self, estimate: Estimate, widths: Widths) -> list[Text]:
        """Return the figure, its bar or what the source says instead, and what else fits."""
        if not estimate.figures:
            stated = words(estimate.text).append_text(doubt(estimate.certainty))
            cells = [Text(" "), stated]
        else:
            mark = CERTAINTY_MARKS[estimate.certainty]
            figure = words(figure_text(estimate.low, estimate.best, estimate.high) + mark)
            drawn = drawing(self._bar(estimate, widths), "only a part" if estimate.part else "")
            cells = [
                linked(figure, estimate.id),
                drawn if _has_bar(estimate) else Text("set aside", style="doubt"),
            ]
        if widths.source:
            cells.append(words(short_sources(self.dataset, sources_of(estimate.citations)[:1])))
        return [*cells, self._number(estimate)] if self.notes else cells

    def _number(self, estimate: Estimate) -> Text:
        return linked(Text(f"[{self.numbers[estimate.id]}]"), estimate.id)

    def _note(self, estimate: Estimate) -> Text:
        """Return what a figure counts, why it is preferred or set aside, and who says so."""
        parts = [Text("Only a part.", style="doubt")] if estimate.part else []
        if estimate.scope:
            parts.append(words(estimate.scope))
        if estimate.rank != "normal":
            style = "preferred" if estimate.rank == "preferred" else "doubt"
            parts.append(
                Text.assemble((f"{estimate.rank.capitalize()}: ", style), words(estimate.reason))
            )
        dispute = f"; disputed: {estimate.dispute}" if estimate.dispute else ""
        sources = spoken_sources(self.dataset, strength_row(self.dataset, estimate))
        return Text(" ").join([*parts, words(f"({sources}{dispute})", "quiet")])


def _has_bar(estimate: Estimate) -> bool:
    """Whether a figure has a bar: one that is set aside would stretch the scale of the others."""
    return estimate.rank != "deprecated"


def _widths(columns: int, notes: bool) -> Widths:
    note = 4 if notes else 0
    date, figure = (14, 21) if columns >= 70 else (11, 9)
    source = 0
    if columns >= WIDE:
        date, source = 25, 34
    taken = date + figure + source + note
    gaps = 2 + bool(source) + bool(note)
    return Widths(date, figure, columns - 2 - taken - gaps, source, note)


def _table(widths: Widths) -> Table:
    table = Table.grid(padding=(0, 1), pad_edge=False)
    table.add_column("Date", style="date", width=widths.date, overflow="fold")
    table.add_column(
        "Figure", style="figure", width=widths.figure, justify="right", overflow="fold"
    )
    table.add_column("Remark", width=widths.bar, overflow="fold")
    if widths.source:
        table.add_column("Source", style="quiet", width=widths.source, overflow="fold")
    if widths.note:
        table.add_column("Note", style="quiet", width=widths.note, justify="right", overflow="fold")
    return table


def silence_text(silence: SilenceRow) -> str:
    """Return where the record is silent, in words."""
    span = f"between {day_text(silence.after)} and {day_text(silence.before)}"
    return f"no figure of the whole force {span} ({length_text(silence.days)})"


def bar(estimate: Estimate, top: int, columns: int) -> str:
    """Return a bar of at most `columns` cells for `top`.

    It is solid to the low figure, lighter to the best, and lightest to the high.
    """
    low, best, high = estimate.low, estimate.best, estimate.high
    solid, lighter, lightest = SHADES[estimate.part]
    sure = low if low is not None else best or 0
    drawn = solid * _cells(sure, top, columns)
    if not estimate.part:
        eighths = _cells(sure, top, columns * 8)
        drawn = solid * (eighths // 8) + EIGHTHS[eighths % 8]
    for end, shade in ((best, lighter), (high, lightest)):
        drawn += shade * (_cells(end or 0, top, columns) - len(drawn))
    return drawn


def _cells(count: int, top: int, columns: int) -> int:
    """Return how many of the columns `count` fills: at least one, unless it is 0."""
    # A fraction, because a float cannot hold the integers that a file may have.
    return max(round(Fraction(count * columns, top)), 1) if count else 0
