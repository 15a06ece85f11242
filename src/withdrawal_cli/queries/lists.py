"""The people, places, organizations and sources of the file, with the events and estimates tied to each."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.model import KINDS, Dataset, Organization, Person, Place, Source
from withdrawal_cli.queries.names import find_ids, fold, names_of
from withdrawal_cli.queries.rows import sources_of
from withdrawal_cli.values import Value, contents, field, record, value


@record
class PersonRow(Person):
    """One person, as every format gives it."""

    events: int = field("How many events name it.")
    estimates: int = field("How many estimates belong to those events.")


@record
class PlaceRow(Place):
    """One place, as every format gives it."""

    events: int = field("How many events happened there.")
    estimates: int = field("How many estimates belong to those events.")


@record
class OrganizationRow(Organization):
    """One organization, as every format gives it."""

    events: int = field("How many events name it.")
    estimates: int = field("How many estimates belong to those events.")


@record
class SourceRow(Source):
    """One source, as every format gives it."""

    events: int = field("How many events cite it.")
    estimates: int = field("How many estimates cite it.")


LISTED: dict[str, Any] = {
    "people": PersonRow,
    "places": PlaceRow,
    "organizations": OrganizationRow,
    "sources": SourceRow,
}
"""The row of each array that has a list of its own."""


@value
class Records(Value):
    """The records of one kind that pass, as rows."""

    key: str
    "Of the array that is listed."
    rows: Sequence[Any]
    matched: int
    "The records that pass, with those beyond the limit."
    total: int
    "The records of the kind in the file."


TEXTS: dict[str, Callable[[Any], Iterable[str | None]]] = {
    "people": lambda person: [
        person.summary,
        *(tenure.title for tenure in (*person.roles, *person.ranks)),
    ],
    "places": lambda place: [place.summary],
    "organizations": lambda organization: [organization.summary],
    "sources": lambda source: [
        *source.authors,
        source.container,
        source.publisher,
        source.number,
        source.note,
    ],
}
"""Where `--match` looks besides the names, under the key of each list."""

COLUMNS_OF = {"country": ("country", "country_then")}
"""Filters that look at more than the field of their name."""


def summarize_list(
    dataset: Dataset,
    key: str,
    filters: Mapping[str, Sequence[str] | None],
    *,
    match: Sequence[str] = (),
    sort: str = "name",
    reverse: bool = False,
    limit: int | None = None,
) -> Records:
    """Return the records in the array `key` that pass, with counts. Raises WithdrawalError for a value that none has.

    Several values of one filter are alternatives; different filters narrow. `sort` is "name", or the count of which the
    most come first: "events" or "estimates".
    """
    kept = every = getattr(dataset, key)
    for field, wanted in filters.items():
        if wanted:
            allowed = (
                find_ids(dataset, "sides", wanted)
                if field == "side"
                else _find_values(every, key, field, wanted)
            )
            kept = [item for item in kept if not allowed.isdisjoint(_values(item, field))]
    said = [fold(text) for text in match]
    if said:
        kept = [item for item in kept if any(text in _whole(key, item) for text in said)]
    events, estimates = _ties(dataset, key)
    kept = sorted(kept, key=_name_order)
    if sort != "name":
        counts = events if sort == "events" else estimates
        kept.sort(key=lambda item: -counts[item.id])
    if reverse:
        kept.reverse()
    row_type = LISTED[key]
    rows = [
        row_type(**contents(item), events=events[item.id], estimates=estimates[item.id])
        for item in kept[:limit]
    ]
    return Records(key=key, rows=rows, matched=len(kept), total=len(every))


def bibliographic_order(source: Source) -> tuple[str, ...]:
    """Return what a bibliography sorts by: the authors, or the title where none is named."""
    title = sortable(source.title)
    return (sortable(" ".join(source.authors)) or title, title, source.id)


def sortable(text: str) -> str:
    """Return a name or title as lists sort it: without opening quotes and articles, numbers by what they count.

    >>> sorted(["103rd Division", "The 15th Brigade", "Agency"], key=sortable)
    ['The 15th Brigade', '103rd Division', 'Agency']
    """
    bare = re.sub(r"^\W*(?:(?:the|an?) +)?", "", fold(text))
    return re.sub(r"\d+", lambda digits: digits[0].zfill(9), bare)


def _name_order(item: Any) -> tuple[str, ...]:
    return bibliographic_order(item) if isinstance(item, Source) else (sortable(item.name), item.id)


def _values(item: Any, field: str) -> list[str]:
    found = (getattr(item, name) for name in COLUMNS_OF.get(field, (field,)))
    return [content for content in found if content]


def _find_values(
    records: Iterable[Any], key: str, field: str, wanted: Iterable[str]
) -> frozenset[str]:
    """Return the values of a field that any of the words `wanted` names: wholly, or else in part."""
    known = {content: fold(content) for item in records for content in _values(item, field)}
    found: set[str] = set()
    for word in wanted:
        text = fold(word.strip())
        exact = [content for content, folded in known.items() if folded == text]
        matches = exact or [content for content, folded in known.items() if text and text in folded]
        if not matches:
            what = next(name for name, its_key in KINDS.items() if its_key == key)
            hint = (
                f"The data has {', '.join(sorted(known))}."
                if known
                else f"The data gives no {what} a {field}."
            )
            raise WithdrawalError(f"no {what} has the {field} {word!r}", hint=hint)
        found.update(matches)
    return frozenset(found)


def _whole(key: str, item: Any) -> str:
    return fold("\n".join([*names_of(item), *(text for text in TEXTS[key](item) if text)]))


def _ties(dataset: Dataset, key: str) -> tuple[Counter[str], Counter[str]]:
    """Return how many events and how many estimates are tied to each id: citing a source, or of an event that links a record."""
    if key == "sources":
        events = Counter(
            source for event in dataset.events for source in sources_of(event.citations)
        )
        estimates = Counter(
            source for estimate in dataset.estimates for source in sources_of(estimate.citations)
        )
        return events, estimates
    linked = {event.id: set(getattr(event, key)) for event in dataset.events}
    events = Counter(record for ids in linked.values() for record in ids)
    estimates = Counter(
        record
        for estimate in dataset.estimates
        if estimate.event
        for record in linked.get(estimate.event, ())
    )
    return events, estimates
