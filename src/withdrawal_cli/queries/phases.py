"""Each phase: its days, events, troops out, garrisons and casualties."""

from collections.abc import Iterable, Iterator, Sequence

from withdrawal_cli.dates import Day, Edtf, Period
from withdrawal_cli.model import CASUALTIES, Citation, Dataset, Estimate, Measure, Phase, grouped
from withdrawal_cli.queries.names import find_ids
from withdrawal_cli.queries.products import Product, figures_of_phases
from withdrawal_cli.queries.rows import (
    APPROXIMATE,
    DAYS,
    FIRST_DAY,
    LAST_DAY,
    SOURCES,
    UNCERTAIN,
    EstimateRow,
    date_fields,
    estimate_row,
    sources_of,
)
from withdrawal_cli.queries.spans import Spans, count_inside, count_meeting
from withdrawal_cli.values import Row, field, mirrored


class PhaseRow(Row):
    """One phase, as every format gives it."""

    mirrors = Phase

    id: str
    date: Edtf
    earliest: Day | None = field(FIRST_DAY)
    latest: Day | None = field(LAST_DAY)
    approximate: bool = field(APPROXIMATE)
    uncertain: bool = field(UNCERTAIN)
    title: str
    days: int | None = field(DAYS)
    events: int = field("How many events can fall in it.")
    key_events: int = field("How many of those are key events.")
    withdrawn: Sequence[EstimateRow] = field(
        "The figures of troops out that count exactly the phase: whole forces, none deprecated."
    )
    garrisons: Sequence[EstimateRow] = field(
        "The counts of garrisons made inside it: whole forces, none deprecated."
    )
    casualties: Sequence[EstimateRow] = field(
        "The casualty figures that count exactly the phase: whole sides, none deprecated."
    )
    partial_casualties: int = field(
        "How many more casualty figures lie inside it, of a shorter time or of a part of a side; "
        "none deprecated."
    )
    summary: str | None
    sources: Sequence[str] = field(SOURCES)
    citations: Sequence[Citation]


def summarize_phases(
    dataset: Dataset, wanted: Sequence[str] = (), limit: int | None = None
) -> Iterator[PhaseRow]:
    """Return a row for each phase, or for those named, in the order of the file.

    Figures for a part of a phase are only counted, because parts of unlike scope cannot be added.
    Raises WithdrawalError at once for an unknown name.
    """
    ids = find_ids(dataset, "phases", wanted)
    return _rows(dataset, [item for item in dataset.phases if not ids or item.id in ids][:limit])


def count_figures(dataset: Dataset, wanted: Sequence[str] = ()) -> dict[str, Product]:
    """Return how many figures the rows of these phases list, field by field."""
    ids = find_ids(dataset, "phases", wanted)
    phases = [item for item in dataset.phases if not ids or item.id in ids]
    losses = measured(dataset, *CASUALTIES)
    return {
        "withdrawn": figures_of_phases(phases, measured(dataset, "withdrawn"), exactly=True),
        "garrisons": figures_of_phases(phases, measured(dataset, "garrisons")),
        "casualties": figures_of_phases(phases, losses, exactly=True),
    }


def _rows(dataset: Dataset, phases: Sequence[Phase]) -> Iterator[PhaseRow]:
    # Events and figures are sorted by time first, so that no phase looks at all of them.
    periods = [Period.of(phase.date) for phase in phases]
    key = (event.date for event in dataset.events if event.importance == "key")
    key_events = count_meeting(key, periods)
    events = count_meeting((event.date for event in dataset.events), periods)
    losses = measured(dataset, *CASUALTIES, parts=True)
    losses_inside = count_inside((item.date for item in losses if item.date), periods)
    casualties = _by_period(item for item in losses if not item.part)
    withdrawn = _by_period(measured(dataset, "withdrawn"))
    dated = [item for item in measured(dataset, "garrisons") if item.date]
    spans = Spans(item.date for item in dated if item.date)
    garrisons = list(map(estimate_row, dated))
    for index, (phase, period) in enumerate(zip(phases, periods, strict=True)):
        exact = casualties.get(period, [])
        yield PhaseRow(
            **mirrored(PhaseRow, phase),
            **date_fields(phase.date),
            days=phase.date.span,
            events=events[index],
            key_events=key_events[index],
            withdrawn=withdrawn.get(period, []),
            garrisons=[garrisons[found] for found in spans.inside(period)],
            casualties=exact,
            partial_casualties=losses_inside[index] - len(exact),
            sources=sources_of(phase.citations),
        )


def _by_period(estimates: Iterable[Estimate]) -> dict[Period, list[EstimateRow]]:
    """Return the rows of dated estimates by the period that they count."""
    return grouped((Period.of(item.date), estimate_row(item)) for item in estimates if item.date)


def measured(dataset: Dataset, *measures: Measure, parts: bool = False) -> list[Estimate]:
    """Return the estimates of these measures that are not deprecated.

    Without `parts` only those that count the whole.
    """
    return [
        item
        for item in dataset.estimates
        if item.measure in measures and (parts or not item.part) and item.rank != "deprecated"
    ]


def exactly(estimates: Iterable[Estimate], period: Period) -> list[Estimate]:
    """Return the estimates that count the period from its first day to its last."""
    return [item for item in estimates if item.date and Period.of(item.date) == period]
