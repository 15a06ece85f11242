"""The people, places, organizations and sources of a file, with what is tied to each."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from msgspec.structs import asdict

from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.model import (
    WORD_OF,
    Dataset,
    Organization,
    Person,
    Place,
    Source,
    Term,
    all_citations,
)
from withdrawal_cli.queries.folding import fold, saying
from withdrawal_cli.queries.names import find_ids, names_of
from withdrawal_cli.queries.rows import sources_of
from withdrawal_cli.values import Value, field
from withdrawal_cli.wording import count_note, shortened_note


class PersonRow(Person):
    """One person, as every format gives it."""

    events: int = field("How many events name the person.")
    estimates: int = field("How many estimates belong to those events.")


class PlaceRow(Place):
    """One place, as every format gives it."""

    events: int = field("How many events happened there.")
    estimates: int = field("How many estimates belong to those events.")


class OrganizationRow(Organization):
    """One organization, as every format gives it."""

    events: int = field("How many events name it.")
    estimates: int = field("How many estimates belong to those events.")


class TermRow(Term):
    """One term of the glossary, as every format gives it."""


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

TEXTS: dict[str, Callable[[Any], Iterable[str | None]]] = {
    "people": lambda person: [
        person.summary,
        *(tenure.title for tenure in (*person.roles, *person.ranks)),
    ],
    "places": lambda place: [place.summary],
    "terms": lambda term: [term.meaning],
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

FIELDS_OF = {"country": ("country", "country_then")}
"""Filters that look at more than the field of their name."""


class Records(Value):
    """The records of one kind that pass, as rows."""

    key: str
    "The array that is listed."
    rows: Sequence[Any]
    matched: int
    "The records that pass, including those beyond the limit."
    total: int
    "The records of the kind in the file."
    key_only: bool = False
    "Whether no filter was given: only the key records are shown."

    def note(self) -> str:
        """Return how many of the records of the kind are shown, as a sentence."""
        return count_note(len(self.rows), self.total, self.key)

    def left_out(self, limit: int | None) -> str:
        """Return what a screen leaves out, and how to see it; `limit` as for `more_note`."""
        counts = (len(self.rows), self.matched, self.total)
        return shortened_note(limit, *counts, self.key, key_only=self.key_only)


def summarize_list(
    dataset: Dataset,
    key: str,
    filters: Mapping[str, Sequence[str] | None],
    *,
    match: Sequence[str] = (),
    sort: str = "name",
    reverse: bool = False,
    limit: int | None = None,
    key_first: bool = False,
    every: bool = False,
) -> Records:
    """Return the records in the array `key` that pass, with counts.

    Several values of one filter are alternatives; different filters narrow. `sort` is "name", or
    "events" or "estimates": those with the most come first. With `key_first`, records tied to a
    key one come before the others; without a filter they come alone, unless `every` is given or
    the file marks no key records. Raises WithdrawalError for a value that no record has.
    """
    key_only = key_first and not (every or match or any(filters.values()))
    records = kept = getattr(dataset, key)
    for name, wanted in filters.items():
        if wanted:
            if name == "side":
                allowed = find_ids(dataset, "sides", wanted)
            else:
                allowed = _find_values(records, key, name, wanted)
            kept = [item for item in kept if not allowed.isdisjoint(_values(item, name))]
    kept = _that_say(kept, key, match)
    key_ids = key_records(dataset, key) if key_first else set()
    if key_ids and key_only:
        kept = [item for item in kept if item.id in key_ids]
    events, estimates = _ties(dataset, key)
    # Sorting is stable: those with the same count, or as important, stay in order of name.
    kept = sorted(kept, key=bibliographic_order if key == "sources" else _name_order)
    if sort != "name":
        counts = events if sort == "events" else estimates
        kept.sort(key=lambda item: -counts[item.id])
    elif key_first:
        kept.sort(key=lambda item: item.id not in key_ids)
    if reverse:
        kept.reverse()
    rows = [
        LISTED[key](**asdict(item), events=events[item.id], estimates=estimates[item.id])
        for item in kept[:limit]
    ]
    return Records(key=key, rows=rows, matched=len(kept), total=len(records), key_only=key_only)


def summarize_glossary(
    dataset: Dataset,
    wanted: str | None = None,
    *,
    match: Sequence[str] = (),
    reverse: bool = False,
    limit: int | None = None,
) -> Records:
    """Return the terms that pass, of those called `wanted` or of all, by name.

    Raises WithdrawalError if no term is called so.
    """
    kept: Sequence[Term] = dataset.terms
    if wanted is not None:
        ids = find_ids(dataset, "terms", [wanted])
        kept = [term for term in kept if term.id in ids]
    kept = _that_say(kept, "terms", match)
    kept = sorted(kept, key=_name_order, reverse=reverse)
    rows = [TermRow(**asdict(term)) for term in kept[:limit]]
    return Records(key="terms", rows=rows, matched=len(kept), total=len(dataset.terms))


def key_records(dataset: Dataset, key: str) -> set[str]:
    """Return the ids of the people or sources tied to a key event, dispute or figure.

    A dispute includes its answers. Empty if the file marks no key records.
    """
    events = [event for event in dataset.events if event.importance == "key"]
    disputes = [dispute for dispute in dataset.disputes if dispute.importance == "key"]
    figures = [estimate for estimate in dataset.estimates if estimate.importance == "key"]
    if key == "sources":
        rivals = [item for dispute in disputes for item in dataset.rivals.get(dispute.id, ())]
        claims = (*events, *disputes, *figures, *rivals)
        return {citation.source for claim in claims for citation in all_citations(claim)}
    # A figure names no person: it is tied to those of its event.
    of_figures = {figure.event for figure in figures}
    events += [event for event in dataset.events if event.id in of_figures]
    people = {person.id for person in dataset.people}
    about = {identifier for dispute in disputes for identifier in dispute.about}
    return {person for event in events for person in event.people} | (about & people)


def bibliographic_order(source: Source) -> tuple[str, ...]:
    """Return what a bibliography sorts by: the authors, or the title if none is named."""
    title = sortable(source.title)
    return (sortable(" ".join(source.authors)) or title, title, source.id)


def _name_order(item: Any) -> tuple[str, ...]:
    return (sortable(item.name), item.id)


def sortable(text: str) -> str:
    """Return a name as lists sort it: without opening quotes and articles, numbers by value.

    >>> sorted(["103rd Division", "The 15th Brigade", "Agency"], key=sortable)
    ['The 15th Brigade', '103rd Division', 'Agency']
    """
    bare = re.sub(r"^\W*(?:(?:the|an?) +)?", "", fold(text))
    return re.sub(r"\d+", lambda digits: digits[0].zfill(9), bare)


def _values(item: Any, name: str) -> list[str]:
    return [found for field in FIELDS_OF.get(name, (name,)) if (found := getattr(item, field))]


def _find_values(
    records: Iterable[Any], key: str, name: str, wanted: Iterable[str]
) -> frozenset[str]:
    """Return the values of a field that any of the texts names: wholly, or else in part."""
    known = {value: fold(value) for item in records for value in _values(item, name)}
    found: set[str] = set()
    for text in wanted:
        folded = fold(text.strip())
        exact = [value for value, known_as in known.items() if known_as == folded]
        parts = [value for value, known_as in known.items() if folded and folded in known_as]
        if not (exact or parts):
            kind = WORD_OF[key]
            hint = f"Choose from {', '.join(sorted(known))}."
            if not known:
                hint = f"No {kind} in the data has a {name}."
            raise WithdrawalError(f"no {kind} has the {name} {text!r}", hint=hint)
        found.update(exact or parts)
    return frozenset(found)


def _that_say(records: Sequence[Any], key: str, match: Sequence[str]) -> Sequence[Any]:
    """Return the records that have any of the texts in a name or in their own text."""
    if not match:
        return records
    says = saying(match)
    return [item for item in records if says([*names_of(item), *TEXTS[key](item)])]


def _ties(dataset: Dataset, key: str) -> tuple[Counter[str], Counter[str]]:
    """Return how many events and how many estimates are tied to each id.

    Both cite a source; a person, place or organization is tied to the estimates of its events.
    """
    if key == "sources":
        cited_by = [
            Counter(source for item in claims for source in sources_of(item.citations))
            for claims in (dataset.events, dataset.estimates)
        ]
        return cited_by[0], cited_by[1]
    linked = {event.id: set(getattr(event, key)) for event in dataset.events}
    owners = [linked.get(item.event, set()) for item in dataset.estimates if item.event]
    return (
        Counter(identifier for ids in linked.values() for identifier in ids),
        Counter(identifier for ids in owners for identifier in ids),
    )
