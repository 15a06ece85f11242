"""The story, then the key facts on a card."""

from collections.abc import Sequence
from functools import partial

from rich.console import Group
from rich.table import Table
from rich.text import Text

from withdrawal_cli.model import Dataset
from withdrawal_cli.queries.overview import BelligerentRow, Overview, OverviewPhaseRow
from withdrawal_cli.queries.rows import EstimateRow
from withdrawal_cli.views import (
    ENTRIES,
    Indented,
    card_table,
    cited,
    citing,
    legend,
    lines,
    linked,
    named,
    words,
)
from withdrawal_cli.wording import (
    RANGE_LEGEND,
    claim_text,
    counts_text,
    date_of,
    doubt_legend,
    length_text,
    measure_text,
    rival_range,
)


def overview_card(dataset: Dataset, card: Overview) -> Group:
    """Return the story and the card: the subject with its sides, key figures and phases."""
    story = Text("\n\n").join(
        words(paragraph.text).append_text(citing(Text(" "), paragraph.citations))
        for paragraph in card.story
    )
    parts = [story, Text("\nIn short", style="label")] if card.story else []
    figures = [
        row for rows in (card.strength, card.casualties, card.figures) for row in rows[:ENTRIES]
    ]
    return Group(
        words(card.title, "heading"),
        *parts,
        Indented(_card(dataset, card)),
        _end(dataset, card, figures),
    )


def _card(dataset: Dataset, card: Overview) -> Table:
    grid = card_table()
    about = "about " if card.approximate or card.uncertain else ""
    days = f" ({about}{length_text(card.days)})" if card.days else ""
    sides = "Belligerents" if len(card.belligerents) > 1 else "Side"
    story = [citation for paragraph in card.story for citation in paragraph.citations]
    figure = partial(_figure, dataset)
    rows = {
        "Part of": words(card.part_of) if card.part_of else None,
        "Date": words(date_of(card) + days),
        "Location": words(card.location) if card.location else None,
        "Result": words(card.result) if card.result else None,
        sides: lines(card.belligerents, lambda item: words(item.name)),
        "Commanders": lines(card.belligerents, partial(_commanders, dataset)),
        "Strength": lines(card.strength, figure),
        "Casualties": lines(card.casualties, figure),
        "Figures": lines(card.figures, figure),
        "Phases": lines(card.phases, _phase),
        "Story from": cited(dataset, story) if story else None,
        "Sources": cited(dataset, card.citations) if card.sources else None,
    }
    for label, content in rows.items():
        if content:  # a row that has nothing to say is left out
            grid.add_row(label, content)
    return grid


def _commanders(dataset: Dataset, row: BelligerentRow) -> Text:
    who = [named(dataset, row.commanders)] if row.commanders else []
    note = [words(row.note)] if row.note else []
    return (Text(", ").join([*who, *note]) or words(None)).append_text(
        words(f"  {row.name}", "quiet")
    )


def _figure(dataset: Dataset, row: EstimateRow) -> Text:
    """Return what is counted, the figure, its time, the range of its rivals, and a source."""
    side = dataset.name(row.side) if row.side else "Side not stated"
    what = side if row.measure == "strength" else f"{side} {measure_text(row.measure)}"
    disputed = rival_range(dataset, row)
    return Text.assemble(
        words(f"{what}: "),
        linked(words(claim_text(row), "figure"), row.id),
        words(f", {date_of(row)}", "when") if row.date else "",
        words(f"  {disputed}", "doubt") if disputed else "",
        "  ",
        cited(dataset, row.citations, 1),
    )


def _phase(row: OverviewPhaseRow) -> Text:
    return linked(words(row.title), row.id).append_text(words(f"  {date_of(row)}", "quiet"))


def _end(dataset: Dataset, card: Overview, shown: Sequence[EstimateRow]) -> Group:
    """Return what the marks mean, what else there is, and which version of the data this is."""
    marks = legend(
        RANGE_LEGEND if any(rival_range(dataset, row) for row in shown) else "",
        doubt_legend(row.certainty for row in shown),
    )
    more = "withdrawal disputes, casualties and strength have all figures and rivals.\n"
    released = f" of {card.released}" if card.released else ""
    terms = "" if card.license == "NOASSERTION" else f", {card.license}"
    data = f"{counts_text(card.counts)}. Data {card.version}{released}{terms}."
    gap = [] if marks.renderables else [Text()]
    return Group(*gap, marks, words(f"{more if shown else ''}{data}", "quiet"))
