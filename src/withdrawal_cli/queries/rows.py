"""The rows that answers are made of: what every screen, format and program reads.

A row has the fields of its record and what is computed from them. Its dates are `Edtf` values and
become text when they are written. Its fields are in the promised order of columns and JSON keys, so
each row declares the days of its date itself: the fields of a base class would come first.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property, lru_cache
from typing import Any

from withdrawal_cli.dates import Day, Edtf, Period
from withdrawal_cli.model import Account, Citation, Dataset, Estimate, Event
from withdrawal_cli.queries.spans import Spans
from withdrawal_cli.values import Row, field, mirrored

FIRST_DAY = "The first day that the date can mean; null when that is open."
LAST_DAY = "The last day that the date can mean; null when that is open."
DAYS = "From the first to the last, both counted; null when an end is open."
PRECISION = "Of the coarser end of the date: day, month, season, year, decade or century."
APPROXIMATE = "Whether the date carries `~` or `%`."
UNCERTAIN = "Whether the date carries `?` or `%`."
SOURCES = "Ids of the sources cited, each once."


class EventRow(Row):
    """One event, as every format gives it."""

    mirrors = Event

    id: str
    date: Edtf
    earliest: Day | None = field(FIRST_DAY)
    latest: Day | None = field(LAST_DAY)
    precision: str = field(PRECISION)
    approximate: bool = field(APPROXIMATE)
    uncertain: bool = field(UNCERTAIN)
    title: str
    summary: str | None
    points: Sequence[str]
    category: str | None
    importance: str
    certainty: str
    side: str | None
    phases: Sequence[str] = field("Ids of the phases in which the date can fall.")
    places: Sequence[str]
    people: Sequence[str]
    organizations: Sequence[str]
    disputes: Sequence[str] = field(
        "Ids of the disputes about it, or in which a figure of it is a rival."
    )
    sources: Sequence[str] = field(SOURCES)
    citations: Sequence[Citation]
    significance: str | None
    follows: Sequence[str]


class EstimateRow(Row):
    """One figure, as every format gives it."""

    mirrors = Estimate

    id: str
    measure: str
    side: str | None
    date: Edtf | None
    earliest: Day | None = field(FIRST_DAY)
    latest: Day | None = field(LAST_DAY)
    precision: str | None = field(PRECISION)
    approximate: bool = field(APPROXIMATE)
    uncertain: bool = field(UNCERTAIN)
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
    sources: Sequence[str] = field(SOURCES)
    citations: Sequence[Citation]
    importance: str

    @property
    def figures(self) -> list[int]:
        """As in `Estimate`."""
        return [number for number in (self.low, self.best, self.high) if number is not None]


class AccountRow(Row):
    """One answer that is not a number."""

    mirrors = Account

    says: str
    date: Edtf | None
    rank: str
    reason: str | None
    certainty: str
    sources: Sequence[str] = field(SOURCES)
    citations: Sequence[Citation]


def event_row(dataset: Dataset, event: Event, *, phases: bool = True) -> EventRow:
    """Return the event with its bounds, phases, disputes and sources.

    Without `phases` it lists none: screens show none, and there may be thousands for each event.
    """
    # Field by field: a loop over their names would take twice as long for 100,000 events.
    when = event.date
    return EventRow(
        id=event.id,
        date=when,
        earliest=when.earliest,
        latest=when.latest,
        precision=when.precision,
        approximate=when.approximate,
        uncertain=when.uncertain,
        title=event.title,
        summary=event.summary,
        points=event.points,
        category=event.category,
        importance=event.importance,
        certainty=event.certainty,
        side=event.side,
        phases=phases_of(dataset, when) if phases else (),
        places=event.places,
        people=event.people,
        organizations=event.organizations,
        disputes=dataset.disputes_of.get(event.id, ()),
        sources=sources_of(event.citations),
        citations=event.citations,
        significance=event.significance,
        follows=event.follows,
    )


def estimate_row(estimate: Estimate) -> EstimateRow:
    """Return the figure with the bounds of its date and its sources."""
    when = estimate.date
    return EstimateRow(
        **mirrored(EstimateRow, estimate),
        **date_fields(when),
        precision=when.precision if when else None,
        sources=sources_of(estimate.citations),
    )


def date_fields(when: Edtf | None) -> dict[str, Any]:
    """Return the fields that say what a date can mean, for the rows that have them."""
    return {
        "earliest": when.earliest if when else None,
        "latest": when.latest if when else None,
        "approximate": bool(when and when.approximate),
        "uncertain": bool(when and when.uncertain),
    }


def account_row(account: Account) -> AccountRow:
    """Return the account with its sources."""
    return AccountRow(**mirrored(AccountRow, account), sources=sources_of(account.citations))


def sources_of(citations: Iterable[Citation]) -> tuple[str, ...]:
    """Return the ids of the sources cited, each once, in order."""
    return tuple({citation.source: None for citation in citations})


def phases_of(dataset: Dataset, when: Edtf) -> tuple[str, ...]:
    """Return the ids of the phases in which a date can fall."""
    return _phase_finder(dataset)(when)


@lru_cache(maxsize=1)
def _phase_finder(dataset: Dataset) -> Callable[[Edtf], tuple[str, ...]]:
    """Return a function from a date to the ids of its phases, which remembers its answers."""
    spans = Spans(phase.date for phase in dataset.phases)

    @cache
    def find(when: Edtf) -> tuple[str, ...]:
        return tuple(dataset.phases[index].id for index in spans.meeting(Period.of(when)))

    return find


def dispute_marks(dataset: Dataset, event: Any) -> tuple[bool, int]:
    """Return whether any dispute is about an event's own date or number, and the count of the rest.

    It is about a number if it has two figures or more of the event.
    """
    disputes = dataset.disputes_of.get(event.id)
    if not disputes:  # as for most events of a large history
        return False, 0
    figures, dates = _rivals(dataset)
    pairs = [(dispute, event.id) for dispute in disputes]
    core = sum(
        figures[pair] > 1 or (pair in dates and dates[pair].rival(event.date)) for pair in pairs
    )
    return core > 0, len(disputes) - core


class _Dates:
    """The dates that the accounts of a dispute give."""

    def __init__(self, given: Sequence[Edtf]) -> None:
        self.given = given

    @cached_property
    def spans(self) -> set[Period]:
        return set(map(Period.of, self.given))

    def rival(self, own: Edtf) -> bool:
        """Whether they are rivals for the date of an event.

        They are if they differ, and one of them is the event's own or one that its own leaves open
        (`[1988-08-04,1988-08-05]`).
        """
        period = Period.of(own)
        left_open = "[" in own.text and any(map(period.contains, self.given))
        return len(self.spans) > 1 and (period in self.spans or left_open)


@lru_cache(maxsize=1)
def _rivals(dataset: Dataset) -> tuple[Counter[tuple[str, str]], dict[tuple[str, str], _Dates]]:
    """Return how many figures of an event a dispute has, and the dates that its accounts give.

    Both by the ids of the dispute and of the event. There are dates only if every account gives
    one.
    """
    disputes, estimates = dataset.ids_in_disputes
    figures = Counter((item.dispute, item.event) for item in estimates if item.dispute)
    dates: dict[tuple[str, str], _Dates] = {}
    for dispute in disputes:
        given = [account.date for account in dispute.accounts if account.date]
        if len(given) == len(dispute.accounts):
            dates |= dict.fromkeys(((dispute.id, about) for about in dispute.about), _Dates(given))
    return figures, dates
