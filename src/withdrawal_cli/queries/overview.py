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
    """A side in the war, and who commanded it."""

    side: str
    name: str
    "Of the side."
    commanders: Sequence[str]
    note: str | None


class OverviewPhaseRow(TypedDict):
    """A phase in outline."""

    id: str
    "Slug."
    title: str
    "As it is shown."
    date: str
    "EDTF."
    days: int | None
    "From the first to the last, both counted; null when an end is open."


class Overview(TypedDict):
    """The subject of the file on one card."""

    id: str
    "Slug of the dataset."
    title: str
    "What it is called."
    part_of: str | None
    "The larger thing that the subject belongs to."
    date: str
    "The time of the subject (EDTF)."
    earliest: date | None
    "The first day of the subject; null when that is open."
    latest: date | None
    "The last day of the subject; null when that is open."
    approximate: bool
    "Whether the time of the subject carries `~` or `%`."
    uncertain: bool
    "Whether the time of the subject carries `?` or `%`."
    days: int | None
    "From the first to the last, both counted; null when an end is open."
    location: str | None
    "Where it happened, in words."
    result: str | None
    "How it ended, in words."
    belligerents: Sequence[BelligerentRow]
    "The sides in the war, the one that the file is about first."
    strength: Sequence[EstimateRow]
    "The figures of whole forces on the first and on the last day."
    casualties: Sequence[EstimateRow]
    "The figures that count exactly the time of the subject, of the belligerents."
    phases: Sequence[OverviewPhaseRow]
    "The phases, in the order of the file."
    counts: dict[str, int]
    "How many records of each kind the file has."
    version: str
    "Of the data."
    released: str
    "The day of this version (EDTF)."
    license: str
    "SPDX identifier."
    sources: Sequence[str]
    "Ids of the sources cited by the card, each once."
    citations: Sequence[CitationRow]
    "What the facts of this card rest on."


def summarize_overview(dataset: Dataset) -> Overview:
    """Return the card: strength on the first and the last day, the preferred first, casualties of exactly the whole time."""
    about = dataset.dataset
    whole = Period.of(about.subject)
    sides = [belligerent.side for belligerent in about.belligerents]
    known = sorted(measured(dataset, "strength"), key=lambda item: RANKS.index(item.rank))
    strength = [item for day in (whole.start, whole.end) for item in _on(known, day)]
    losses: dict[str | None, list[EstimateRow]] = {}
    for item in exactly(measured(dataset, *LOSSES), whole):
        losses.setdefault(item.side, []).append(estimate_row(item))
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
        "casualties": [row for side in sides for row in losses.get(side, ())],
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
