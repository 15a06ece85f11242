"""One record of any kind, in full: every claim, every rival, every source."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from withdrawal_cli.dates import Edtf
from withdrawal_cli.model import (
    HOLDING_CITATIONS,
    KINDS,
    Citation,
    Dataset,
    Dispute,
    Estimate,
    Event,
    Person,
    Place,
    Source,
)
from withdrawal_cli.queries.names import find_record
from withdrawal_cli.queries.rows import EstimateRow, EventRow, estimate_row, event_row
from withdrawal_cli.values import Row, Value, contents, field, row, value


@row
class EventDetailRow(EventRow):
    """An event in full."""

    related: Sequence[str] = field("Ids of the events that it names as related.")


@row
class MentionRow(Row):
    """An event that is tied to another record."""

    id: str = field("Slug.")
    date: Edtf = field("EDTF.")
    title: str = field("Of the event.")


@row
class TiesRow(Row):
    """What is tied to a record; it stands after the record's own fields."""

    events: Sequence[MentionRow] = field(
        "What it took part in, what happened there, what rests on it."
    )
    estimates: Sequence[EstimateRow] = field("Its figures, and their rivals.")
    disputes: Sequence[Dispute] = field("The disputes that touch it.")
    bibliography: Sequence[Source] = field(
        "The sources cited by the record and by the claims shown with it, in the order in which they are cited."
    )


DETAILS: dict[str, Any] = {"event": EventDetailRow, "estimate": EstimateRow}
"""The rows of those kinds that have more than their own fields."""


@value
class Detail(Value):
    """A record with everything that the file ties to it."""

    kind: str
    record: Any
    events: tuple[Event, ...]
    "What it took part in, what happened there, what rests on it."
    estimates: tuple[Estimate, ...]
    "Its figures, and their rivals."
    disputes: tuple[Dispute, ...]
    bibliography: tuple[Source, ...]
    "The sources cited by the record and by the claims shown with it, in the order in which they are cited."


def describe(dataset: Dataset, wanted: str) -> Detail:
    """Return the record that `wanted` names. Raises WithdrawalError for none, or for several."""
    found = find_record(dataset, wanted)
    kind = next(
        word for word, key in KINDS.items() if any(item is found for item in getattr(dataset, key))
    )
    disputes = _disputes(dataset, found)
    estimates = _estimates(dataset, found, {dispute.id for dispute in disputes})
    cited = [found] if isinstance(found, Source) else []
    ids = dict.fromkeys(
        citation.source
        for item in (found, *estimates, *disputes)
        for citation in citations_in(item)
    )
    sources = [dataset.by_id[identifier] for identifier in ids]
    return Detail(
        kind=kind,
        record=found,
        events=tuple(_events(dataset, found)),
        estimates=tuple(estimates),
        disputes=tuple(disputes),
        bibliography=tuple(item for item in (*cited, *sources) if isinstance(item, Source)),
    )


def citations_in(item: Any) -> Iterator[Citation]:
    """Yield the citations of a record and of what it holds, in the order in which they stand."""
    for name in HOLDING_CITATIONS:
        for held in getattr(item, name, ()):
            yield from held.citations
    yield from getattr(item, "citations", ())


def fields_of_details(details: Iterable[Detail]) -> tuple[str, ...]:
    """Return the fields of such objects, of every kind that is among them."""
    names = ["record"]
    for detail in details:
        names += (DETAILS.get(detail.kind) or type(detail.record)).__dataclass_fields__
    return tuple(dict.fromkeys([*names, *TiesRow.__dataclass_fields__]))


def detail_object(dataset: Dataset, detail: Detail) -> dict[str, Any]:
    """Return the record as a JSON object: its own fields, then what is tied to it.

    Every kind of record has fields of its own, so this is the one answer that is no row.
    """
    item = detail.record
    if isinstance(item, Event):
        shown: Any = EventDetailRow(**contents(event_row(dataset, item)), related=item.related)
    else:
        shown = estimate_row(item) if isinstance(item, Estimate) else item
    return {
        "record": detail.kind,
        **contents(shown),
        "events": [
            MentionRow(id=event.id, date=event.date, title=event.title) for event in detail.events
        ],
        "estimates": list(map(estimate_row, detail.estimates)),
        "disputes": list(map(contents, detail.disputes)),
        "bibliography": list(map(contents, detail.bibliography)),
    }


def _disputes(dataset: Dataset, found: Any) -> list[Dispute]:
    if isinstance(found, Dispute):
        return []
    ids = list(dataset.disputes_of.get(found.id, ()))
    return [
        item
        for item in (dataset.by_id[identifier] for identifier in ids)
        if isinstance(item, Dispute)
    ]


def _estimates(dataset: Dataset, found: Any, disputes: set[str]) -> list[Estimate]:
    """Return the figures of a record: of its disputes, of the event itself, or resting on the source."""
    if isinstance(found, Dispute):
        disputes = {found.id}

    def belongs(estimate: Estimate) -> bool:
        if isinstance(found, Source):
            return any(citation.source == found.id for citation in estimate.citations)
        return estimate.dispute in disputes or (
            isinstance(found, Event) and estimate.event == found.id
        )

    return [
        estimate for estimate in dataset.estimates if estimate is not found and belongs(estimate)
    ]


def _events(dataset: Dataset, found: Any) -> Iterable[Event]:
    """Return the events tied to a record, in order of date."""
    if isinstance(found, Event):
        tied = set(found.related) | {
            event.id for event in dataset.events if found.id in event.related
        }
        events = [event for event in dataset.events if event.id in tied]
    elif isinstance(found, Dispute):
        about = set(found.about)
        events = [event for event in dataset.events if event.id in about]
    elif isinstance(found, Estimate):
        events = [event for event in dataset.events if event.id == found.event]
    elif isinstance(found, Source):
        events = [
            event
            for event in dataset.events
            if any(citation.source == found.id for citation in event.citations)
        ]
    else:
        field = {Person: "people", Place: "places"}.get(type(found), "organizations")
        events = [event for event in dataset.events if found.id in getattr(event, field)]
    return sorted(events, key=lambda event: (event.date.order, event.id))
