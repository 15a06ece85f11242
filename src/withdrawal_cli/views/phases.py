"""The phases, one card each."""

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from withdrawal_cli.model import Dataset
from withdrawal_cli.queries.phases import PhaseRow
from withdrawal_cli.queries.rows import EstimateRow
from withdrawal_cli.views import card_table, lines, linked, words
from withdrawal_cli.wording import claim_text, date_of, doubt_legend, number, short_sources

FIGURES = 20
"""The figures of one kind on a card."""


def phase_cards(dataset: Dataset, rows: Iterable[PhaseRow]) -> Group:
    """Return a card for each phase: dates, days, events, troops out, garrisons, casualties, summary."""
    shown = list(rows)
    parts: list[RenderableType] = []
    for place, row in enumerate(shown):
        if place:
            parts.append(Text())
        heading = Text.assemble(words(row.title, "heading"), words(f"  {row.id}", "quiet"))
        parts += [heading, Padding(_card(dataset, row), (0, 0, 0, 2))]
    legend = doubt_legend(item.certainty for row in shown for item in _shown(row))
    return Group(*parts, *([Text(f"\n{legend}", style="quiet")] if legend else []))


def _shown(row: PhaseRow) -> Sequence[EstimateRow]:
    return [
        item
        for figures in (row.withdrawn, row.garrisons, row.casualties)
        for item in figures[:FIGURES]
    ]


def _card(dataset: Dataset, row: PhaseRow) -> RenderableType:
    grid = card_table()
    about = "about " if row.approximate or row.uncertain else ""
    days = f" ({about}{number(row.days)} days)" if row.days else ""
    grid.add_row("Dates", words(date_of(row) + days))
    _add_figures(grid, dataset, row)
    if row.summary:
        grid.add_row("Summary", words(row.summary))
    return grid


def phase_figures(dataset: Dataset, row: PhaseRow) -> Padding:
    """Return what the card of a phase counts, for a screen that has its dates and its summary already."""
    grid = card_table()
    _add_figures(grid, dataset, row)
    return Padding(grid, (0, 0, 0, 2))


def _add_figures(grid: Table, dataset: Dataset, row: PhaseRow) -> None:
    key = f", {row.key_events} of them key" if row.key_events else ""
    grid.add_row("Events", words(number(row.events) + key))
    for label, figures in (("Troops out", row.withdrawn), ("Garrisons", row.garrisons)):
        if figures:
            grid.add_row(label, _figures(dataset, figures))
    grid.add_row("Casualties", _casualties(dataset, row))


def _casualties(dataset: Dataset, row: PhaseRow) -> RenderableType:
    partial = row.partial_casualties
    figures = "1 figure for a part" if partial == 1 else f"{number(partial)} figures for parts"
    rest = f"{figures} of it: withdrawal casualties --phase {row.id} --certain" if partial else ""
    if row.casualties:
        return Group(
            _figures(dataset, row.casualties), words(rest, "quiet") if rest else Text(end="")
        )
    return words(f"no figure counts exactly this time{'; ' if rest else ''}{rest}", "quiet")


def _figures(dataset: Dataset, rows: Sequence[EstimateRow]) -> Text:
    """Return one line for each figure: the number, whom it counts where that is people lost, and who says so."""

    def line(row: EstimateRow) -> Text:
        counted = (
            ""
            if row.measure in ("withdrawn", "garrisons")
            else f" {row.measure}, {dataset.name(row.side or '')}"
        )
        source = words(f"  {short_sources(dataset, row.sources)}", "quiet")
        return Text.assemble(
            linked(words(claim_text(row), "figure"), row.id),
            words(counted) if counted else "",
            source,
        )

    return lines(rows, line, FIGURES)
