"""The whole thing at a glance."""

from collections.abc import Sequence
from datetime import date
from typing import TypedDict

from withdrawal_cli.dates import Period
from withdrawal_cli.model import RANKS, Dataset, Estimate, Measure
from withdrawal_cli.queries.phases import exactly, measured
from withdrawal_cli.queries.select import CitationRow, EstimateRow, citation_rows, estimate_row, sources_of

LOSSES: tuple[Measure, ...] = ("dead", "killed", "wounded", "missing")


class BelligerentRow(TypedDict):
    side: str
    name: str
    commanders: Sequence[str]
    note: str | None


class OverviewPhaseRow(TypedDict):
    id: str
    title: str
    date: str
    days: int | None


class Overview(TypedDict):
    """The subject of the file on one card."""

    id: str
    title: str
    part_of: str | None
    date: str
    earliest: date | None
    latest: date | None
    approximate: bool
    uncertain: bool
    days: int | None
    location: str | None
    result: str | None
    belligerents: Sequence[BelligerentRow]
    strength: Sequence[EstimateRow]
    casualties: Sequence[EstimateRow]
    phases: Sequence[OverviewPhaseRow]
    counts: dict[str, int]
    version: str
    released: str
    license: str
    sources: Sequence[str]
    citations: Sequence[CitationRow]


def summarize_overview(dataset: Dataset) -> Overview:
    """Return the card: strength on the first and the last day, the preferred first, casualties of exactly the whole time."""
    about = dataset.dataset
    whole = Period.of(about.subject)
    sides = [belligerent.side for belligerent in about.belligerents]
    known = sorted(measured(dataset, "strength"), key=lambda item: RANKS.index(item.rank))
    strength = [item for day in (whole.start, whole.end) for item in _on(known, day)]
    losses = exactly(measured(dataset, *LOSSES), whole)
    return {
        "id": about.id,
        "title": about.title,
        "part_of": about.part_of,
        "date": about.subject.text,
        "earliest": about.subject.earliest,
        "latest": about.subject.latest,
        "approximate": about.subject.approximate,
        "uncertain": about.subject.uncertain,
        "days": about.subject.span,
        "location": about.location,
        "result": about.result,
        "belligerents": [
            {"side": item.side, "name": dataset.name(item.side), "commanders": item.commanders, "note": item.note}
            for item in about.belligerents
        ],
        "strength": [estimate_row(item) for item in strength],
        "casualties": [estimate_row(item) for side in sides for item in losses if item.side == side],
        "phases": [
            {"id": phase.id, "title": phase.title, "date": phase.date.text, "days": phase.date.span} for phase in dataset.phases
        ],
        "counts": {
            "events": len(dataset.events),
            "estimates": len(dataset.estimates),
            "disputes": len(dataset.disputes),
            "people": len(dataset.people),
            "places": len(dataset.places),
            "sources": len(dataset.sources),
        },
        "version": about.version,
        "released": about.released.text,
        "license": about.license,
        "sources": sources_of(about.citations),
        "citations": citation_rows(about.citations),
    }


def _on(estimates: Sequence[Estimate], day: date | None) -> list[Estimate]:
    """Return the estimates made for exactly one day."""
    return [item for item in estimates if item.date and day and item.date.earliest == item.date.latest == day]
