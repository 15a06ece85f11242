"""Which events, which estimates: filters, and the rows that they leave."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypedDict

from withdrawal_cli.dates import Edtf, Period, checked, parse_period
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
    disputed: bool = False
    certain: bool = False
    key: bool = False
    all: bool = False

    @property
    def any(self) -> bool:
        """Whether anything narrows, or everything is asked for."""
        return any(getattr(self, name) for name in self.__dataclass_fields__)


class CitationRow(TypedDict):
    source: str
    locator: str | None


class EventRow(TypedDict):
    """One event, as every format gives it."""

    id: str
    date: str
    earliest: date | None
    latest: date | None
    precision: str
    approximate: bool
    uncertain: bool
    title: str
    summary: str | None
    points: Sequence[str]
    category: str | None
    importance: str
    certainty: str
    side: str | None
    phases: Sequence[str]
    places: Sequence[str]
    people: Sequence[str]
    organizations: Sequence[str]
    disputes: Sequence[str]
    sources: Sequence[str]
    citations: Sequence[CitationRow]


class EstimateRow(TypedDict):
    """One figure, as every format gives it."""

    id: str
    measure: str
    side: str | None
    date: str | None
    earliest: date | None
    latest: date | None
    precision: str | None
    approximate: bool
    uncertain: bool
    low: int | None
    best: int | None
    high: int | None
    unit: str
    text: str | None
    scope: str | None
    rank: str
    reason: str | None
    certainty: str
    dispute: str | None
    event: str | None
    sources: Sequence[str]
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


def resolve_periods(dataset: Dataset, filters: Filters) -> list[Period] | None:
    """Return the periods of which a date must meet one; `None` when no date is asked for. Raises UsageError."""

    def phase_date(name: str) -> Edtf | None:
        found = dataset.by_id.get(name)
        return found.date if isinstance(found, Phase) else None

    start = parse_period(filters.start, phase_date).start if filters.start else None
    end = parse_period(filters.end, phase_date).end if filters.end else None
    outer = checked(Period(start=start, end=end), f"--from {filters.start} --to {filters.end}")
    inner = [parse_period(text, phase_date) for text in filters.during]
    if not (inner or start or end):
        return None
    return [outer.meet(period) for period in inner] or [outer]


class _Selector:
    """The filters with their names and dates looked up once."""

    def __init__(self, dataset: Dataset, filters: Filters) -> None:
        self.dataset = dataset
        self.filters = filters
        self.periods = resolve_periods(dataset, filters)
        phases = find_ids(dataset, "phases", filters.phases)
        self.phases = [Period.of(phase.date) for phase in dataset.phases if phase.id in phases]
        self.linked = {
            "places": find_ids(dataset, "places", filters.places),
            "people": find_ids(dataset, "people", filters.people),
            "organizations": find_ids(dataset, "organizations", filters.organizations),
        }
        self.linked = {field: ids for field, ids in self.linked.items() if ids}
        self.sides = find_ids(dataset, "sides", filters.sides)
        self.sources = find_ids(dataset, "sources", filters.sources)
        self.words = [fold(text) for text in filters.match]
        if filters.certain and not (self.periods or self.phases):
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
            and (not self.filters.disputed or item.id in self.dataset.disputes_of)
        )

    def _falls(self, when: Edtf | None) -> bool:
        if self.periods is None and not self.phases:
            return True
        if when is None:
            return False
        meets = Period.contains if self.filters.certain else Period.overlaps
        in_period = self.periods is None or any(meets(period, when) for period in self.periods)
        return in_period and (not self.phases or any(meets(phase, when) for phase in self.phases))

    def _says(self, texts: Iterable[str | None]) -> bool:
        if not self.words:
            return True
        whole = fold(" ".join(text for text in texts if text))
        return any(word in whole for word in self.words)
