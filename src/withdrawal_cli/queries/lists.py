"""The people, places, organizations and sources of the file, with the events and estimates tied to each."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypedDict

from withdrawal_cli.dates import Period, parse_edtf
from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.model import KINDS, Dataset, Source
from withdrawal_cli.queries.names import find_ids, fold, names_of
from withdrawal_cli.queries.select import CitationRow, sources_of
from withdrawal_cli.queries.show import plain
from withdrawal_cli.values import Value, value


class TenureRow(TypedDict):
    """A role or a rank, and when it was held."""

    title: str
    date: str | None
    citations: Sequence[CitationRow]


class PersonRow(TypedDict):
    """One person, as every format gives it."""

    id: str
    name: str
    native_name: str | None
    aliases: Sequence[str]
    born: str | None
    died: str | None
    side: str | None
    roles: Sequence[TenureRow]
    ranks: Sequence[TenureRow]
    wikidata: str | None
    summary: str | None
    citations: Sequence[CitationRow]
    events: int
    "How many events name it."
    estimates: int
    "How many estimates belong to those events."


class PlaceRow(TypedDict):
    """One place, as every format gives it."""

    id: str
    name: str
    native_name: str | None
    aliases: Sequence[str]
    kind: str | None
    country: str | None
    country_then: str | None
    latitude: float | None
    longitude: float | None
    wikidata: str | None
    summary: str | None
    citations: Sequence[CitationRow]
    events: int
    "How many events happened there."
    estimates: int
    "How many estimates belong to those events."


class OrganizationRow(TypedDict):
    """One organization, as every format gives it."""

    id: str
    name: str
    native_name: str | None
    aliases: Sequence[str]
    kind: str | None
    side: str | None
    leader: str | None
    summary: str | None
    citations: Sequence[CitationRow]
    events: int
    "How many events name it."
    estimates: int
    "How many estimates belong to those events."


class SourceRow(TypedDict):
    """One source, as every format gives it."""

    id: str
    type: str
    title: str
    aliases: Sequence[str]
    authors: Sequence[str]
    issued: str | None
    accessed: str | None
    container: str | None
    publisher: str | None
    url: str | None
    number: str | None
    isbn: str | None
    language: str | None
    perspective: str | None
    kind: str | None
    consulted: str | None
    note: str | None
    events: int
    "How many events cite it."
    estimates: int
    "How many estimates cite it."


@value
class Listed(Value):
    key: str
    "Of the array that is listed."
    rows: Sequence[Mapping[str, Any]]
    matched: int
    "The records that pass, with those beyond the limit."
    total: int
    "The records of the kind in the file."


TEXTS: dict[str, Callable[[Any], Iterable[str | None]]] = {
    "people": lambda person: [person.summary, *(tenure.title for tenure in (*person.roles, *person.ranks))],
    "places": lambda place: [place.summary],
    "organizations": lambda organization: [organization.summary],
    "sources": lambda source: [*source.authors, source.container, source.publisher, source.number, source.note],
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
) -> Listed:
    """Return the records in the array `key` that pass, with counts. Raises WithdrawalError for a value that none has.

    Several values of one filter are alternatives; different filters narrow. `sort` is "name", or the count of which the
    most come first: "events" or "estimates".
    """
    kept = every = getattr(dataset, key)
    for field, wanted in filters.items():
        if wanted:
            allowed = find_ids(dataset, "sides", wanted) if field == "side" else _find_values(every, key, field, wanted)
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
    rows = [{**plain(item), "events": events[item.id], "estimates": estimates[item.id]} for item in kept[:limit]]
    return Listed(key=key, rows=rows, matched=len(kept), total=len(every))


def main_role(dataset: Dataset, row: Mapping[str, Any]) -> str | None:
    """Return the first role of a person that may have been held in the time of the subject; failing that, the first of all."""
    subject = Period.of(dataset.dataset.subject)
    roles = row["roles"]
    then = [role for role in roles if role["date"] is None or subject.overlaps(parse_edtf(role["date"]))]
    return next((str(role["title"]) for role in (*then, *roles)), None)


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


def _find_values(records: Iterable[Any], key: str, field: str, wanted: Iterable[str]) -> frozenset[str]:
    """Return the values of a field that any of the words `wanted` names: wholly, or else in part."""
    known = {content: fold(content) for item in records for content in _values(item, field)}
    found: set[str] = set()
    for word in wanted:
        text = fold(word.strip())
        exact = [content for content, folded in known.items() if folded == text]
        matches = exact or [content for content, folded in known.items() if text and text in folded]
        if not matches:
            what = next(name for name, its_key in KINDS.items() if its_key == key)
            hint = f"The data has {', '.join(sorted(known))}." if known else f"The data gives no {what} a {field}."
            raise WithdrawalError(f"no {what} has the {field} {word!r}", hint=hint)
        found.update(matches)
    return frozenset(found)


def _whole(key: str, item: Any) -> str:
    return fold("\n".join([*names_of(item), *(text for text in TEXTS[key](item) if text)]))


def _ties(dataset: Dataset, key: str) -> tuple[Counter[str], Counter[str]]:
    """Return how many events and how many estimates are tied to each id: citing a source, or of an event that links a record."""
    if key == "sources":
        events = Counter(source for event in dataset.events for source in sources_of(event.citations))
        estimates = Counter(source for estimate in dataset.estimates for source in sources_of(estimate.citations))
        return events, estimates
    linked = {event.id: set(getattr(event, key)) for event in dataset.events}
    events = Counter(record for ids in linked.values() for record in ids)
    estimates = Counter(record for estimate in dataset.estimates if estimate.event for record in linked.get(estimate.event, ()))
    return events, estimates
