"""Each phase: its days, events, troops out, garrisons and casualties."""

from collections.abc import Sequence
from datetime import date
from typing import TypedDict

from withdrawal_cli.dates import Period
from withdrawal_cli.model import CASUALTIES, Dataset, Estimate, Measure, Phase
from withdrawal_cli.queries.names import find_ids
from withdrawal_cli.queries.select import CitationRow, EstimateRow, citation_rows, estimate_row, sources_of


class PhaseRow(TypedDict):
    """One phase, as every format gives it."""

    id: str
    date: str
    earliest: date | None
    "The first day that the date can mean; null when that is open."
    latest: date | None
    "The last day that the date can mean; null when that is open."
    approximate: bool
    "Whether the date carries `~` or `%`."
    uncertain: bool
    "Whether the date carries `?` or `%`."
    title: str
    days: int | None
    "From the first to the last, both counted; null when an end is open."
    events: int
    "How many events can fall in it."
    key_events: int
    "How many of those are key events."
    withdrawn: Sequence[EstimateRow]
    "The figures of troops out that count exactly the phase."
    garrisons: Sequence[EstimateRow]
    "The counts of garrisons made inside it."
    casualties: Sequence[EstimateRow]
    "The casualty figures that count exactly the phase."
    partial_casualties: int
    "How many casualty figures count only a part of it."
    summary: str | None
    sources: Sequence[str]
    "Ids of the sources cited, each once."
    citations: Sequence[CitationRow]


def summarize_phases(dataset: Dataset, wanted: Sequence[str] = ()) -> list[PhaseRow]:
    """Return one row for each phase in the order of the file, or for those that are named."""
    ids = find_ids(dataset, "phases", wanted)
    return [_phase_row(dataset, phase) for phase in dataset.phases if not ids or phase.id in ids]


def _phase_row(dataset: Dataset, phase: Phase) -> PhaseRow:
    """Return the phase with its figures.

    Troops and casualties are those of sources that count exactly the phase; garrisons are counts made inside it.
    Figures for a part of the phase are only numbered, because parts of unlike scope cannot be added.
    """
    period = Period.of(phase.date)
    events = [event for event in dataset.events if period.overlaps(event.date)]
    lost = [estimate for estimate in dataset.estimates if estimate.measure in CASUALTIES]
    whole = [estimate for estimate in exactly(lost, period) if not estimate.part]
    within = [estimate for estimate in lost if estimate.date and period.contains(estimate.date)]
    return {
        "id": phase.id,
        "date": phase.date.text,
        "earliest": phase.date.earliest,
        "latest": phase.date.latest,
        "approximate": phase.date.approximate,
        "uncertain": phase.date.uncertain,
        "title": phase.title,
        "days": phase.date.span,
        "events": len(events),
        "key_events": sum(event.importance == "key" for event in events),
        "withdrawn": [estimate_row(estimate) for estimate in exactly(measured(dataset, "withdrawn"), period)],
        "garrisons": [
            estimate_row(estimate)
            for estimate in measured(dataset, "garrisons")
            if estimate.date and period.contains(estimate.date)
        ],
        "casualties": [estimate_row(estimate) for estimate in whole],
        "partial_casualties": len(within) - len(whole),
        "summary": phase.summary,
        "sources": sources_of(phase.citations),
        "citations": citation_rows(phase.citations),
    }


def measured(dataset: Dataset, *measures: Measure) -> list[Estimate]:
    """Return the estimates of the measures named that count the whole and are not set aside."""
    counted = [estimate for estimate in dataset.estimates if estimate.measure in measures]
    return [estimate for estimate in counted if not estimate.part and estimate.rank != "deprecated"]


def exactly(estimates: Sequence[Estimate], period: Period) -> list[Estimate]:
    """Return the estimates that count the period from its first day to its last."""
    return [estimate for estimate in estimates if estimate.date and Period.of(estimate.date) == period]
