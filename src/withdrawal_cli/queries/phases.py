"""Each phase: its days, events, troops out, garrisons and casualties."""

from collections.abc import Iterable, Iterator, Sequence

from withdrawal_cli.dates import Day, Edtf, Period
from withdrawal_cli.model import CASUALTIES, Citation, Dataset, Estimate, Measure, Phase
from withdrawal_cli.queries.names import find_ids
from withdrawal_cli.queries.rows import EstimateRow, estimate_row, sources_of
from withdrawal_cli.queries.spans import Spans, count_inside, count_meeting
from withdrawal_cli.values import Row, field, row


@row
class PhaseRow(Row):
    """One phase, as every format gives it."""

    mirrors = Phase

    id: str
    date: Edtf
    earliest: Day | None = field("The first day that the date can mean; null when that is open.")
    latest: Day | None = field("The last day that the date can mean; null when that is open.")
    approximate: bool = field("Whether the date carries `~` or `%`.")
    uncertain: bool = field("Whether the date carries `?` or `%`.")
    title: str
    days: int | None = field("From the first to the last, both counted; null when an end is open.")
    events: int = field("How many events can fall in it.")
    key_events: int = field("How many of those are key events.")
    withdrawn: Sequence[EstimateRow] = field(
        "The figures of troops out that count exactly the phase."
    )
    garrisons: Sequence[EstimateRow] = field("The counts of garrisons made inside it.")
    casualties: Sequence[EstimateRow] = field("The casualty figures that count exactly the phase.")
    partial_casualties: int = field("How many casualty figures count only a part of it.")
    summary: str | None
    sources: Sequence[str] = field("Ids of the sources cited, each once.")
    citations: Sequence[Citation]


def summarize_phases(
    dataset: Dataset, wanted: Sequence[str] = (), limit: int | None = None
) -> Iterator[PhaseRow]:
    """Yield one row for each phase in the order of the file, or for those that are named. Raises WithdrawalError at once.

    Troops and casualties are those of sources that count exactly the phase; garrisons are counts made inside it.
    Figures for a part of the phase are only numbered, because parts of unlike scope cannot be added.
    """
    ids = find_ids(dataset, "phases", wanted)
    phases = [phase for phase in dataset.phases if not ids or phase.id in ids][:limit]
    return _rows(dataset, phases, [Period.of(phase.date) for phase in phases])


def _rows(
    dataset: Dataset, phases: Sequence[Phase], periods: Sequence[Period]
) -> Iterator[PhaseRow]:
    """Yield the rows. Events and figures are sorted by time first, so that no phase looks at all of them."""
    events = count_meeting((event.date for event in dataset.events), periods)
    key_events = count_meeting(
        (event.date for event in dataset.events if event.importance == "key"), periods
    )
    lost = [item for item in dataset.estimates if item.measure in CASUALTIES]
    within = count_inside((item.date for item in lost if item.date), periods)
    casualties = _by_period(item for item in lost if not item.part)
    withdrawn = _by_period(measured(dataset, "withdrawn"))
    counted = [item for item in measured(dataset, "garrisons") if item.date]
    garrison_days = Spans(item.date for item in counted if item.date)
    garrisons = list(map(estimate_row, counted))
    for place, (phase, period) in enumerate(zip(phases, periods, strict=True)):
        whole = casualties.get(period, [])
        yield PhaseRow(
            id=phase.id,
            date=phase.date,
            earliest=phase.date.earliest,
            latest=phase.date.latest,
            approximate=phase.date.approximate,
            uncertain=phase.date.uncertain,
            title=phase.title,
            days=phase.date.span,
            events=events[place],
            key_events=key_events[place],
            withdrawn=withdrawn.get(period, []),
            garrisons=[garrisons[number] for number in garrison_days.inside(period)],
            casualties=whole,
            partial_casualties=within[place] - len(whole),
            summary=phase.summary,
            sources=sources_of(phase.citations),
            citations=phase.citations,
        )


def _by_period(estimates: Iterable[Estimate]) -> dict[Period, list[EstimateRow]]:
    """Return the rows of dated estimates under the time that they count from its first day to its last."""
    found: dict[Period, list[EstimateRow]] = {}
    for estimate in estimates:
        if estimate.date:
            found.setdefault(Period.of(estimate.date), []).append(estimate_row(estimate))
    return found


def measured(dataset: Dataset, *measures: Measure) -> list[Estimate]:
    """Return the estimates of the measures named that count the whole and are not set aside."""
    counted = [estimate for estimate in dataset.estimates if estimate.measure in measures]
    return [estimate for estimate in counted if not estimate.part and estimate.rank != "deprecated"]


def exactly(estimates: Sequence[Estimate], period: Period) -> list[Estimate]:
    """Return the estimates that count the period from its first day to its last."""
    return [
        estimate for estimate in estimates if estimate.date and Period.of(estimate.date) == period
    ]
