"""The phases: an outline, then a card for each."""

from collections.abc import Iterable, Sequence
from itertools import chain

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from withdrawal_cli.model import Dataset
from withdrawal_cli.queries.phases import PhaseRow
from withdrawal_cli.queries.rows import EstimateRow
from withdrawal_cli.views import Indented, card_table, legend, lines, linked, words
from withdrawal_cli.wording import (
    claim_text,
    date_of,
    doubt_legend,
    length_text,
    measure_text,
    number,
    short_sources,
)

FIGURES = 20
"""The most figures of one kind on a card."""


def phase_cards(dataset: Dataset, rows: Iterable[PhaseRow]) -> Group:
    """Return the phases in outline, if there are several, and a card for each."""
    phases = list(rows)
    parts: list[RenderableType] = []
    if len(phases) > 1:
        outline = card_table()
        for row in phases:
            outline.add_row(words(row.title, "bold"), words(date_of(row), "date"))
        parts.append(outline)
    for row in phases:
        if parts:
            parts.append(Text())
        heading = Text.assemble(words(row.title, "heading"), words(f"  {row.id}", "quiet"))
        grid = card_table()
        about = "about " if row.approximate or row.uncertain else ""
        days = f" ({about}{length_text(row.days)})" if row.days else ""
        grid.add_row("Dates", words(date_of(row) + days))
        _add_figures(grid, dataset, row)
        if row.summary:
            grid.add_row("Summary", words(row.summary))
        parts += [heading, Indented(grid)]
    shown = chain.from_iterable(
        figures[:FIGURES]
        for row in phases
        for figures in (row.withdrawn, row.garrisons, row.casualties)
    )
    return Group(*parts, legend(doubt_legend(item.certainty for item in shown)))


def phase_figures(dataset: Dataset, row: PhaseRow) -> Indented:
    """Return the figures on the card of a phase, for a screen that has the rest of it."""
    grid = card_table()
    _add_figures(grid, dataset, row)
    return Indented(grid)


def _add_figures(grid: Table, dataset: Dataset, row: PhaseRow) -> None:
    key = f", {number(row.key_events)} of them key" if row.key_events else ""
    if row.events:
        grid.add_row("Events", words(number(row.events) + key))
    figures = {
        "Troops out": row.withdrawn,
        "Garrisons": row.garrisons,
        "Casualties": row.casualties,
    }
    for label, rows in figures.items():
        if rows:
            grid.add_row(label, _figures(dataset, rows))
    if partial := row.partial_casualties:
        count = "1 figure for a part" if partial == 1 else f"{number(partial)} figures for parts"
        more = f"{count} of it: withdrawal casualties --phase {row.id} --surely"
        grid.add_row("" if row.casualties else "Casualties", words(more, "quiet"))


def _figures(dataset: Dataset, rows: Sequence[EstimateRow]) -> Text:
    """Return a line for each figure: the number, what a casualty figure counts, and the sources."""

    def line(row: EstimateRow) -> Text:
        counted = (
            ""
            if row.measure in ("withdrawn", "garrisons")
            else f" {measure_text(row.measure)}, {dataset.name(row.side or '')}"
        )
        source = words(f"  {short_sources(dataset, row.sources)}", "quiet")
        return Text.assemble(
            linked(words(claim_text(row), "figure"), row.id),
            words(counted) if counted else "",
            source,
        )

    return lines(rows, line, FIGURES)
