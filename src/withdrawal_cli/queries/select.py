"""Which events, which estimates: filters, and the rows that they leave."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import TypedDict

from withdrawal_cli.dates import Edtf, Period
from withdrawal_cli.errors import UsageError
from withdrawal_cli.model import Citation, Dataset, Estimate, Event, Phase
from withdrawal_cli.queries.names import find_ids, fold
from withdrawal_cli.values import Value, value


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
        "phases": [phase.id for phase in phases_of(dataset, when)],
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
    return list(dict.fromkeys(citation.source for citation in citations))


def phases_of(dataset: Dataset, when: Edtf) -> list[Phase]:
    """Return the phases in which a date can fall."""
    start, end = when.order
    return [phase for phase in dataset.phases if phase.date.order[0] <= end and start <= phase.date.order[1]]


def select_events(dataset: Dataset, filters: Filters) -> list[Event]:
    """Return the events that pass, in order of date. With no filter: the key events, or all where none is marked."""
    kept: Sequence[Event] = dataset.events
    if filters.key or not filters.any:
        key = [event for event in kept if event.importance == "key"]
        kept = key if key or filters.key else kept
    if filters.any:
        wanted = _Selector(dataset, filters)
        kept = [event for event in kept if wanted.event(event)]
    return sorted(kept, key=lambda event: (event.date.order, event.id))


def select_estimates(dataset: Dataset, filters: Filters) -> list[Estimate]:
    """Return the estimates that pass, in the order of the file."""
    wanted = _Selector(dataset, filters)
    return [estimate for estimate in dataset.estimates if wanted.estimate(estimate)]


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
    end = resolve_period(dataset, filters.end).end if filters.end else None
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


class _Selector:
    """The filters with their names and dates looked up once."""

    def __init__(self, dataset: Dataset, filters: Filters) -> None:
        self.dataset = dataset
        self.filters = filters
        self.periods = resolve_periods(dataset, filters)
        self.linked = {
            "places": find_ids(dataset, "places", filters.places),
            "people": find_ids(dataset, "people", filters.people),
            "organizations": find_ids(dataset, "organizations", filters.organizations),
        }
        self.linked = {field: ids for field, ids in self.linked.items() if ids}
        self.sides = find_ids(dataset, "sides", filters.sides)
        self.sources = find_ids(dataset, "sources", filters.sources)
        self.words = [fold(text) for text in filters.match]
        if filters.certain and self.periods is None:
            raise UsageError("--certain needs a period to be certain about", hint="Add --during, --from, --to or --phase.")

    def event(self, event: Event) -> bool:
        categories = self.filters.categories
        return (
            self._common(event)
            and (not categories or event.category in categories)
            and all(not ids.isdisjoint(getattr(event, field)) for field, ids in self.linked.items())
            and self._says((event.title, event.summary, *event.points))
        )

    def estimate(self, estimate: Estimate) -> bool:
        measures = self.filters.measures
        return (
            self._common(estimate)
            and (not measures or estimate.measure in measures)
            and self._says((estimate.scope, estimate.text, estimate.reason))
        )

    def _common(self, item: Event | Estimate) -> bool:
        return (
            (not self.sides or item.side in self.sides)
            and self._falls(item.date)
            and (not self.sources or any(citation.source in self.sources for citation in item.citations))
            and (not self.filters.certainties or item.certainty in self.filters.certainties)
            and (not self.filters.disputed or item.id in self.dataset.disputes_of)
        )

    def _falls(self, when: Edtf | None) -> bool:
        if self.periods is None:
            return True
        if when is None:
            return False
        meets = Period.contains if self.filters.certain else Period.overlaps
        return any(meets(period, when) for period in self.periods)

    def _says(self, texts: Iterable[str | None]) -> bool:
        if not self.words:
            return True
        whole = fold(" ".join(text for text in texts if text))
        return any(word in whole for word in self.words)
