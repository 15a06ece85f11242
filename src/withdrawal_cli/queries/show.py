"""One record of any kind, in full: every claim, every rival, every source."""

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
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
    Source,
)
from withdrawal_cli.queries.names import find_record
from withdrawal_cli.queries.rows import EstimateRow, EventRow, estimate_row, event_row, sources_of
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
        "The sources cited by the record and by the claims shown with it, in the order in which "
        "they are cited."
    )


DETAILS: dict[str, Any] = {"event": EventDetailRow, "estimate": EstimateRow}
"""The rows of those kinds that have more than their own fields."""


@value
class Detail(Value):
    """A record with everything that the file ties to it; see `TiesRow`."""

    kind: str
    record: Any
    events: tuple[Event, ...]
    estimates: tuple[Estimate, ...]
    disputes: tuple[Dispute, ...]
    bibliography: tuple[Source, ...]


def describe(dataset: Dataset, wanted: str) -> Detail:
    """Return the record that `wanted` names.

    Raises WithdrawalError when it names none, or several.
    """
    record = find_record(dataset, wanted)
    kind = next(
        word for word, key in KINDS.items() if any(item is record for item in getattr(dataset, key))
    )
    # A dispute is shown with its own answers, not among those that touch it.
    ids = (record.id,) if kind == "dispute" else dataset.disputes_of.get(record.id, ())
    disputes = [item for item in map(dataset.by_id.get, ids) if isinstance(item, Dispute)]

    def has_figure(estimate: Estimate) -> bool:
        if kind == "source":
            return record.id in sources_of(estimate.citations)
        return estimate.dispute in ids or (kind == "event" and estimate.event == record.id)

    estimates = [item for item in dataset.estimates if item is not record and has_figure(item)]
    citations = [item for part in (record, *estimates, *disputes) for item in citations_in(part)]
    cited = [dataset.by_id[identifier] for identifier in sources_of(citations)]
    if kind == "source":
        cited.insert(0, record)
    events = [event for event in dataset.events if _is_tied(event, kind, record)]
    return Detail(
        kind=kind,
        record=record,
        events=tuple(sorted(events, key=attrgetter("date.order", "id"))),
        estimates=tuple(estimates),
        disputes=() if kind == "dispute" else tuple(disputes),
        bibliography=tuple(item for item in cited if isinstance(item, Source)),
    )


def citations_in(item: Any) -> Iterator[Citation]:
    """Yield the citations of a record and of what it holds, in the order of its fields."""
    for name in HOLDING_CITATIONS:
        for part in getattr(item, name, ()):
            yield from part.citations
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
    record = detail.record
    if isinstance(record, Event):
        record = event_row(dataset, record, EventDetailRow, related=record.related)
    elif isinstance(record, Estimate):
        record = estimate_row(record)
    return {
        "record": detail.kind,
        **contents(record),
        "events": [
            MentionRow(id=event.id, date=event.date, title=event.title) for event in detail.events
        ],
        "estimates": list(map(estimate_row, detail.estimates)),
        "disputes": list(map(contents, detail.disputes)),
        "bibliography": list(map(contents, detail.bibliography)),
    }


def _is_tied(event: Event, kind: str, record: Any) -> bool:
    match kind:
        case "event":
            return event.id in record.related or record.id in event.related
        case "dispute":
            return event.id in record.about
        case "estimate":
            return event.id == record.event
        case "source":
            return record.id in sources_of(event.citations)
        case "person":
            return record.id in event.people
        case "place":
            return record.id in event.places
        case "organization":
            return record.id in event.organizations
    return False
