"""Which events, which estimates: filters, and the rows that they leave."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache, partial
from operator import attrgetter
from typing import Any, TypedDict

from withdrawal_cli.dates import Edtf, Period
from withdrawal_cli.errors import UsageError
from withdrawal_cli.model import Citation, Dataset, Estimate, Event, Phase
from withdrawal_cli.queries.names import find_ids, fold
from withdrawal_cli.queries.spans import Spans
from withdrawal_cli.values import Value, value
from withdrawal_cli.wording import figure_text


@value
class Filters(Value):
    """What to keep. Several values of one field are alternatives; different fields narrow."""

    start: str | None = None
    end: str | None = None
    during: Sequence[str] = ()
    phases: Sequence[str] = ()
    categories: Sequence[str] = ()
    sides: Sequence[str] = ()
    people: Sequence[str] = ()
    places: Sequence[str] = ()
    organizations: Sequence[str] = ()
    sources: Sequence[str] = ()
    measures: Sequence[str] = ()
    match: Sequence[str] = ()
    certainties: Sequence[str] = ()
    disputed: bool = False
    certain: bool = False
    key: bool = False
    all: bool = False

    @property
    def any(self) -> bool:
        """Whether anything narrows, or everything is asked for."""
        return any(getattr(self, name) for name in self.__dataclass_fields__)


class CitationRow(TypedDict):
    """Where a statement is made."""

    source: str
    locator: str | None


class EventRow(TypedDict):
    """One event, as every format gives it."""

    id: str
    date: str
    earliest: date | None
    "The first day that the date can mean; null when that is open."
    latest: date | None
    "The last day that the date can mean; null when that is open."
    precision: str
    "Of the coarser end of the date: day, month, season, year, decade or century."
    approximate: bool
    "Whether the date carries `~` or `%`."
    uncertain: bool
    "Whether the date carries `?` or `%`."
    title: str
    summary: str | None
    points: Sequence[str]
    category: str | None
    importance: str
    certainty: str
    side: str | None
    phases: Sequence[str]
    "Ids of the phases in which the date can fall."
    places: Sequence[str]
    people: Sequence[str]
    organizations: Sequence[str]
    disputes: Sequence[str]
    "Ids of the disputes that touch it."
    sources: Sequence[str]
    "Ids of the sources cited, each once."
    citations: Sequence[CitationRow]


class EstimateRow(TypedDict):
    """One figure, as every format gives it."""

    id: str
    measure: str
    side: str | None
    date: str | None
    earliest: date | None
    "The first day that the date can mean; null when that is open."
    latest: date | None
    "The last day that the date can mean; null when that is open."
    precision: str | None
    "Of the coarser end of the date: day, month, season, year, decade or century."
    approximate: bool
    "Whether the date carries `~` or `%`."
    uncertain: bool
    "Whether the date carries `?` or `%`."
    low: int | None
    best: int | None
    high: int | None
    unit: str
    text: str | None
    scope: str | None
    part: bool
    rank: str
    reason: str | None
    certainty: str
    dispute: str | None
    event: str | None
    sources: Sequence[str]
    "Ids of the sources cited, each once."
    citations: Sequence[CitationRow]


def event_row(dataset: Dataset, event: Event) -> EventRow:
    """Return the event with what is computed of it: its bounds, phases, disputes and sources."""
    when = event.date
    return {
        "id": event.id,
        "date": when.text,
        "earliest": when.earliest,
        "latest": when.latest,
        "precision": when.precision,
        "approximate": when.approximate,
        "uncertain": when.uncertain,
        "title": event.title,
        "summary": event.summary,
        "points": event.points,
        "category": event.category,
        "importance": event.importance,
        "certainty": event.certainty,
        "side": event.side,
        "phases": phases_of(dataset, when),
        "places": event.places,
        "people": event.people,
        "organizations": event.organizations,
        "disputes": dataset.disputes_of.get(event.id, ()),
        "sources": sources_of(event.citations),
        "citations": citation_rows(event.citations),
    }


def estimate_row(estimate: Estimate) -> EstimateRow:
    """Return the figure with the bounds of its date."""
    when = estimate.date
    return {
        "id": estimate.id,
        "measure": estimate.measure,
        "side": estimate.side,
        "date": when.text if when else None,
        "earliest": when.earliest if when else None,
        "latest": when.latest if when else None,
        "precision": when.precision if when else None,
        "approximate": bool(when and when.approximate),
        "uncertain": bool(when and when.uncertain),
        "low": estimate.low,
        "best": estimate.best,
        "high": estimate.high,
        "unit": estimate.unit,
        "text": estimate.text,
        "scope": estimate.scope,
        "part": estimate.part,
        "rank": estimate.rank,
        "reason": estimate.reason,
        "certainty": estimate.certainty,
        "dispute": estimate.dispute,
        "event": estimate.event,
        "sources": sources_of(estimate.citations),
        "citations": citation_rows(estimate.citations),
    }


def citation_rows(citations: Iterable[Citation]) -> list[CitationRow]:
    return [{"source": citation.source, "locator": citation.locator} for citation in citations]


def sources_of(citations: Iterable[Citation]) -> list[str]:
    """Return the ids of the sources cited, each once, in order."""
    return list({citation.source: None for citation in citations})


def phases_of(dataset: Dataset, when: Edtf) -> Sequence[str]:
    """Return the ids of the phases in which a date can fall."""
    known = dataset.phases_by_date
    found = known.get(when.text)
    if found is None:
        places = _phase_spans(dataset).meeting(Period.of(when))
        found = known[when.text] = tuple(dataset.phases[place].id for place in places)
    return found


@lru_cache(maxsize=1)
def _phase_spans(dataset: Dataset) -> Spans:
    return Spans(phase.date for phase in dataset.phases)


def select_events(dataset: Dataset, filters: Filters) -> list[Event]:
    """Return the events that pass, in order of date. With no filter: the key events, or all where none is marked."""
    kept: Iterable[Event] = dataset.events
    if filters.key or not filters.any:
        key = [event for event in kept if event.importance == "key"]
        kept = key if key or filters.key else kept
    for test in _event_tests(dataset, filters):
        kept = filter(test, kept)
    return sorted(kept, key=attrgetter("date.order", "id"))


def select_estimates(dataset: Dataset, filters: Filters) -> list[Estimate]:
    """Return the estimates that pass, in the order of the file."""
    kept: Iterable[Estimate] = dataset.estimates
    for test in _estimate_tests(dataset, filters):
        kept = filter(test, kept)
    return list(kept)


def resolve_period(dataset: Dataset, text: str) -> Period:
    """Return the days that a user's words name, the ids of phases and events among them. Raises UsageError."""
    from withdrawal_cli.typed import parse_period

    return parse_period(text, partial(_date_of, dataset), partial(_near, dataset))


def resolve_periods(dataset: Dataset, filters: Filters) -> list[Period] | None:
    """Return the periods of which a date must meet one; `None` when no time is asked for. Raises WithdrawalError.

    `--from` and `--to`, the values of `--during` and those of `--phase` narrow each other: none is left when no day is in all.
    """
    if not (filters.start or filters.end or filters.during or filters.phases):
        return None
    periods = [_outer(dataset, filters)]
    if filters.during:
        periods = _meet(periods, [resolve_period(dataset, text) for text in filters.during])
    if filters.phases:
        phases = find_ids(dataset, "phases", filters.phases)
        periods = _meet(periods, [Period.of(phase.date) for phase in dataset.phases if phase.id in phases])
    return periods


def _outer(dataset: Dataset, filters: Filters) -> Period:
    from withdrawal_cli.typed import checked

    start = resolve_period(dataset, filters.start).start if filters.start else None
    if filters.start and start is None:
        hint = "Write a day, a month or a year, such as 1988-05."
        raise UsageError(f"--from cannot be {filters.start!r}, which has no first day", hint=hint)
    end = resolve_period(dataset, filters.end).end if filters.end else None
    if filters.end and end is None:
        hint = "Write a day, a month or a year, such as 1988-08."
        raise UsageError(f"--to cannot be {filters.end!r}, which has no last day", hint=hint)
    return checked(Period(start=start, end=end), f"--from {filters.start} --to {filters.end}")


def _meet(some: list[Period], others: list[Period]) -> list[Period]:
    return [shared for one in some for other in others if (shared := one.meet(other))]


def _dated_records(dataset: Dataset) -> Iterator[Phase | Event]:
    yield from dataset.phases
    yield from dataset.events


def _date_of(dataset: Dataset, name: str) -> Edtf | None:
    """Return the date of the phase or the event with this id, or else with this alias."""
    for item in _dated_records(dataset):
        if item.id == name:
            return item.date
    folded = fold(name)
    return next((item.date for item in _dated_records(dataset) if folded in map(fold, item.aliases)), None)


def _near(dataset: Dataset, name: str) -> Sequence[str]:
    """Return up to three ids of phases and events that hold `name`, shortest first, or else look like it."""
    from difflib import get_close_matches

    ids = [item.id for item in _dated_records(dataset)]
    holding = sorted((identifier for identifier in ids if name in identifier), key=len) if len(name) > 2 else []
    return holding[:3] or get_close_matches(name, ids)


# --- one test for each thing asked for, with its names and dates looked up once ------------------


def _event_tests(dataset: Dataset, filters: Filters) -> Iterator[Callable[[Event], bool]]:
    yield from _claim_tests(dataset, filters)
    if filters.categories:
        yield lambda event: event.category in filters.categories
    for field in ("places", "people", "organizations"):
        wanted = getattr(filters, field)
        if wanted:
            yield partial(_is_tied, field, find_ids(dataset, field, wanted))
    if filters.match:
        yield partial(_says, [fold(text) for text in filters.match], lambda event: (event.title, event.summary, *event.points))


def _estimate_tests(dataset: Dataset, filters: Filters) -> Iterator[Callable[[Estimate], bool]]:
    yield from _claim_tests(dataset, filters)
    if filters.measures:
        yield lambda estimate: estimate.measure in filters.measures
    if filters.match:
        yield partial(_says, [fold(text) for text in filters.match], estimate_texts)


def estimate_texts(estimate: Estimate) -> Sequence[str | None]:
    """Return all that an estimate says: what it counts, and its figure as it is written, `13,833` and `13833`."""
    ends = (estimate.low, estimate.best, estimate.high)
    figure = figure_text(*ends, estimate.text)
    return (estimate.scope, estimate.reason, figure, *(str(end) for end in ends if end is not None))


def _claim_tests(dataset: Dataset, filters: Filters) -> Iterator[Callable[[Any], bool]]:
    """Yield the tests that an event and an estimate can pass alike. Raises UsageError."""
    periods = resolve_periods(dataset, filters)
    if filters.certain and periods is None:
        raise UsageError("--certain needs a period to be certain about", hint="Add --during, --from, --to or --phase.")
    if periods is not None:
        yield _falls_in(periods, Period.contains if filters.certain else Period.overlaps)
    if filters.sides:
        sides = find_ids(dataset, "sides", filters.sides)
        yield lambda item: item.side in sides
    if filters.sources:
        sources = find_ids(dataset, "sources", filters.sources)
        yield lambda item: any(citation.source in sources for citation in item.citations)
    if filters.certainties:
        yield lambda item: item.certainty in filters.certainties
    if filters.disputed:
        yield lambda item: item.id in dataset.disputes_of


def _falls_in(periods: Sequence[Period], meets: Callable[[Period, Edtf], bool]) -> Callable[[Any], bool]:
    """Return the test whether the date of a record meets one of the periods; each date is looked at once."""
    known: dict[str, bool] = {}

    def falls(item: Any) -> bool:
        when = item.date
        if when is None:
            return False
        found = known.get(when.text)
        if found is None:
            found = known[when.text] = any(meets(period, when) for period in periods)
        return found

    return falls


def _is_tied(field: str, ids: frozenset[str], event: Event) -> bool:
    return not ids.isdisjoint(getattr(event, field))


def _says(wanted: Sequence[str], texts: Callable[[Any], Iterable[str | None]], item: Any) -> bool:
    whole = fold(" ".join(text for text in texts(item) if text))
    return any(text in whole for text in wanted)
