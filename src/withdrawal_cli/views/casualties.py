"""Casualty figures under headings, rivals together."""

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderableType
from rich.padding import Padding
from rich.text import Text

from withdrawal_cli.dates import date_text
from withdrawal_cli.formats.columns import WIDE
from withdrawal_cli.model import Dataset, Estimate
from withdrawal_cli.queries.casualties import Casualties, FigureGroup
from withdrawal_cli.queries.rows import sources_of
from withdrawal_cli.views import legend, words
from withdrawal_cli.views.grid import Cell, Grid
from withdrawal_cli.wording import (
    RANGE_LEGEND,
    claim_text,
    doubt_legend,
    measure_text,
    rival_range,
    short_sources,
)

INDENT = 2
MEDIUM = 70
"""From this many columns on there is room for the date in a column of its own."""
FIGURE_WIDTH = 18
DATE_WIDTH = 25
"""Of `15 May 1988 – 15 Feb 1989`."""
MEASURE_WIDTH = 15
SOURCE_WIDTH = 30


class CasualtiesView:
    """Draws the figures as wide as the console.

    The key figures alone are a table of one line each, with the range of their rivals. Figures that
    were asked for come with what they count, who says so, and why they are preferred or set aside.
    """

    def __init__(self, dataset: Dataset, casualties: Casualties) -> None:
        self.dataset = dataset
        self.casualties = casualties

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        draw = self._summary if self.casualties.defaulted else self._in_full
        for index, section in enumerate(self.casualties.sections):
            if index and not self.casualties.defaulted:
                yield Text()
            yield words(section.heading, "heading")
            yield from draw(section.groups, options.max_width)
        yield legend(
            RANGE_LEGEND if self.casualties.defaulted else "",
            doubt_legend(item.certainty for item in self.casualties.estimates),
        )

    def _summary(self, groups: tuple[FigureGroup, ...], columns: int) -> Iterator[RenderableType]:
        """Yield one line for each figure: what, how many, when, and what its rivals say."""
        figures = [item for group in groups for item in group.estimates]
        if columns < MEDIUM:
            widths = [12, columns - 13 - INDENT]
            rows = [row for item in figures for row in self._narrow_rows(item)]
        else:
            shown = self.casualties.estimates
            widths = [
                min(max(len(claim_text(item)) for item in shown), FIGURE_WIDTH),
                min(max(len(item.measure) for item in shown), MEASURE_WIDTH),
                min(max(len(_date(item)) for item in shown), DATE_WIDTH),
            ]
            widths.append(columns - sum(widths) - len(widths) - INDENT)
            rows = [
                [
                    (claim_text(item), "figure"),
                    (measure_text(item.measure), ""),
                    (_date(item), "date"),
                    (rival_range(self.dataset, item), "doubt"),
                ]
                for item in figures
            ]
        if columns >= WIDE:
            widths[-1] -= SOURCE_WIDTH + 1
            widths.append(SOURCE_WIDTH)
            for row, item in zip(rows, figures, strict=True):
                source = short_sources(self.dataset, sources_of(item.citations)[:1])
                row.append((source, "quiet"))
        labels = ("Figure", "Counts", "Time", "Rivals", "Source")
        yield Grid(
            widths, rows, labels=labels, right=[0], following=range(1, len(widths)), indent=INDENT
        )

    def _narrow_rows(self, estimate: Estimate) -> Iterator[list[Cell]]:
        """Yield what and when beside the figure, and under it what its rivals say."""
        yield [
            (claim_text(estimate), "figure"),
            (f"{measure_text(estimate.measure)}, {_date(estimate)}", ""),
        ]
        if disputed := rival_range(self.dataset, estimate):
            yield [("", ""), (disputed, "doubt")]

    def _in_full(self, groups: tuple[FigureGroup, ...], columns: int) -> Iterator[RenderableType]:
        """Yield the figures with what they count; those of a dispute under its question."""
        wide = columns >= WIDE
        widths = [FIGURE_WIDTH, DATE_WIDTH] if wide else [15, 13] if columns >= MEDIUM else [9, 11]
        widths.append(columns - sum(widths) - len(widths) - INDENT)
        if wide:
            widths[-1] -= SOURCE_WIDTH + 1
            widths.append(SOURCE_WIDTH)
        after_rivals = False
        for group in groups:
            if group.dispute:
                question = words(group.dispute.title, "doubt")
                question.append_text(words(f"  {group.dispute.id}", "quiet"))
                yield Padding(question, (1, 0, 0, INDENT))
            elif after_rivals:
                yield Text()
            after_rivals = group.dispute is not None
            rows = (row for item in group.estimates for row in self._rows(item, len(widths)))
            labels = ("Figure", "Time", "Counts", "Source")
            yield Grid(widths, rows, labels=labels, right=[0], indent=INDENT)

    def _rows(self, estimate: Estimate, columns: int) -> Iterator[list[Cell]]:
        """Yield the line of a figure, and a second for why it is preferred or set aside."""
        counts = measure_text(estimate.measure) + (f": {estimate.scope}" if estimate.scope else "")
        sources = short_sources(self.dataset, sources_of(estimate.citations))
        if columns < 4 and sources:  # no room for a column of them
            counts += f" ({sources})"
        cells = [
            (claim_text(estimate), "figure"),
            (_date(estimate), "date"),
            (counts, "quiet" if estimate.rank == "deprecated" else ""),
            (sources, "quiet"),
        ]
        yield cells[:columns]
        if estimate.rank != "normal":
            style = "preferred" if estimate.rank == "preferred" else "doubt"
            reason = (f"{estimate.rank.capitalize()}: {estimate.reason or '–'}", style)
            yield [("", ""), ("", ""), reason, ("", "")][:columns]


def _date(estimate: Estimate) -> str:
    return date_text(estimate.date) if estimate.date else "–"
