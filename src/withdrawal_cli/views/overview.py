"""The whole thing on one card."""

from collections.abc import Sequence
from functools import partial

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from withdrawal_cli.model import Dataset
from withdrawal_cli.queries.overview import BelligerentRow, Overview, OverviewPhaseRow
from withdrawal_cli.queries.rows import EstimateRow
from withdrawal_cli.views import card_table, lines, linked, named, words
from withdrawal_cli.wording import claim_text, date_of, doubt_legend, number, short_sources


def overview_card(dataset: Dataset, card: Overview) -> Group:
    """Return the card: the subject with its sides, strength, casualties and phases, and what the file holds."""
    grid = card_table()
    if card.part_of:
        grid.add_row("Part of", words(card.part_of))
    about = "about " if card.approximate or card.uncertain else ""
    days = f" ({about}{number(card.days)} days)" if card.days else ""
    grid.add_row("Date", words(date_of(card) + days))
    grid.add_row("Location", words(card.location))
    grid.add_row("Result", words(card.result))
    if card.belligerents:
        label = "Belligerents" if len(card.belligerents) > 1 else "Side"
        grid.add_row(label, lines(card.belligerents, lambda item: words(item.name)))
        grid.add_row("Commanders", lines(card.belligerents, partial(_commanders, dataset)))
    if card.strength:
        grid.add_row("Strength", lines(card.strength, partial(_strength, dataset)))
    if card.casualties:
        grid.add_row("Casualties", lines(card.casualties, partial(_loss, dataset)))
    if card.phases:
        grid.add_row("Phases", lines(card.phases, _phase))
    grid.add_row("Sources", words(short_sources(dataset, card.sources), "quiet"))
    legend = doubt_legend(row.certainty for row in (*card.strength, *card.casualties))
    end = f"{legend}\n{_contents(card)}" if legend else _contents(card)
    return Group(
        words(card.title, "heading"), Padding(grid, (0, 0, 0, 2)), Text(), words(end, "quiet")
    )


def _commanders(dataset: Dataset, row: BelligerentRow) -> Text:
    who = [named(dataset, row.commanders)] if row.commanders else []
    note = [words(row.note)] if row.note else []
    return (Text(", ").join([*who, *note]) or words(None)).append_text(
        words(f"  {row.name}", "quiet")
    )


def _strength(dataset: Dataset, row: EstimateRow) -> Text:
    return Text.assemble(
        linked(words(claim_text(row), "figure"), row.id),
        words(f" on {date_of(row)}  "),
        words(short_sources(dataset, row.sources), "quiet"),
    )


def _loss(dataset: Dataset, row: EstimateRow) -> Text:
    """Return a figure with whom it counts, its doubt, and who says so."""
    return Text.assemble(
        linked(words(claim_text(row), "figure"), row.id),
        words(f" {row.measure}, {dataset.name(row.side) if row.side else 'side not stated'}  "),
        words(short_sources(dataset, row.sources), "quiet"),
        *_disputed(row.dispute),
    )


def _disputed(dispute: str | None) -> Sequence[Text]:
    return (
        (Text("\n  "), linked(words(f"disputed: withdrawal show {dispute}", "doubt"), dispute))
        if dispute
        else ()
    )


def _phase(row: OverviewPhaseRow) -> Text:
    return linked(words(row.title), row.id).append_text(words(f"  {date_of(row)}", "quiet"))


def _contents(card: Overview) -> str:
    counts = ", ".join(f"{number(count)} {kind}" for kind, count in card.counts.items())
    return f"{counts}. Data {card.version} of {card.released}, {card.license}."
