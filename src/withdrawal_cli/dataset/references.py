"""Ids: whether each is well formed and unique, and whether what a record refers to exists."""

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from withdrawal_cli.dataset.faults import DidYouMean, Fault
from withdrawal_cli.model import (
    HOLDING_CITATIONS,
    KINDS,
    Citation,
    Dataset,
    are_slugs,
    is_slug,
)

REFERENCES: dict[str, dict[str, str]] = {
    "people": {"side": "sides"},
    "organizations": {"side": "sides", "leader": "people"},
    "routes": {"places": "places"},
    "events": {
        "side": "sides",
        "places": "places",
        "people": "people",
        "organizations": "organizations",
        "related": "events",
        "follows": "events",
    },
    "estimates": {"side": "sides", "dispute": "disputes", "event": "events"},
}
"""The fields of each array that hold ids, and the array that these belong to."""

CITING = tuple(key for key in KINDS.values() if key not in ("sides", "sources"))
"""The arrays whose records have citations."""


def faults(dataset: Dataset) -> Iterator[Fault]:
    """Yield every id that is malformed, used twice or refers to nothing.

    Each array is first checked as a whole with sets, and record by record only when something in it
    is wrong: for a large sound file that takes a tenth of the time.
    """
    ids = {key: frozenset(map(attrgetter("id"), getattr(dataset, key))) for key in KINDS.values()}
    every_id = frozenset[str]().union(*ids.values())
    records_in_all = sum(len(getattr(dataset, key)) for key in ids)
    if len(every_id) < records_in_all or not are_slugs(every_id):
        yield from _bad_ids(dataset)
    for key, fields in REFERENCES.items():
        records = getattr(dataset, key)
        found = _ids_in(records, key)
        broken = [field for field in fields if not found[field] <= ids[fields[field]]]
        for number, item in enumerate(records if broken else ()):
            for field in broken:
                path, target = f"{key}[{number}].{field}", fields[field]
                yield from _dangling(path, getattr(item, field), ids[target], target)
    for number, dispute in enumerate(dataset.disputes):
        yield from _dangling(f"disputes[{number}].about", dispute.about, every_id, "records")
    for number, belligerent in enumerate(dataset.metadata.belligerents):
        path = f"dataset.belligerents[{number}]"
        yield from _dangling(f"{path}.side", belligerent.side, ids["sides"], "sides")
        yield from _dangling(f"{path}.commanders", belligerent.commanders, ids["people"], "people")
    for key in CITING:
        records = getattr(dataset, key)
        if not _sources_cited(records) <= ids["sources"]:
            for number, item in enumerate(records):
                yield from _dangling_citations(f"{key}[{number}]", item, ids["sources"])
    yield from _dangling_citations("dataset", dataset.metadata, ids["sources"])


def malformed(path: str, given: str) -> Iterator[Fault]:
    """Yield the fault of an id that is not a slug."""
    if not is_slug(given):
        yield Fault(path, f"{given!r} is not an id", "Write 3 to 64 of a-z, 0-9 and hyphen.")


def located_citations(path: str, item: Any) -> Iterator[tuple[str, Citation]]:
    """Yield each citation of an item, and of the parts that it holds, with its path."""
    for name in ("citations", *HOLDING_CITATIONS):
        for number, part in enumerate(getattr(item, name, ())):
            below = f"{path}.{name}[{number}]"
            if isinstance(part, Citation):
                yield below, part
            else:
                yield from located_citations(below, part)


def _bad_ids(dataset: Dataset) -> Iterator[Fault]:
    owners: dict[str, str] = {}
    for key in KINDS.values():
        for number, item in enumerate(getattr(dataset, key)):
            owner = f"{key}[{number}]"
            yield from malformed(f"{owner}.id", item.id)
            if item.id in owners:
                problem = f"{item.id!r} is already the id of {owners[item.id]}"
                yield Fault(f"{owner}.id", problem, "Ids must be unique in the whole file.")
            owners[item.id] = owner


def _ids_in(records: Iterable[Any], key: str) -> dict[str, set[str]]:
    """Return the ids in all the records of an array together, by the field that holds them."""
    found = {field: set[str]() for field in REFERENCES[key]}
    if key == "events":
        # There may be a million. Their fields are spelled out, in one pass: asking for each by its
        # name would take three times as long.
        for event in records:
            if event.side:
                found["side"].add(event.side)
            found["places"].update(event.places)
            found["people"].update(event.people)
            found["organizations"].update(event.organizations)
            found["related"].update(event.related)
            found["follows"].update(event.follows)
        return found
    for field, ids in found.items():
        for content in map(attrgetter(field), records):
            ids.update((content,) if isinstance(content, str) else content or ())
    return found


def _sources_cited(items: Sequence[Any]) -> set[str]:
    cited = {citation.source for item in items for citation in item.citations}
    for name in HOLDING_CITATIONS:
        if items and hasattr(items[0], name):
            cited |= _sources_cited([part for item in items for part in getattr(item, name)])
    return cited


def _dangling(
    path: str, given: str | tuple[str, ...] | None, known: frozenset[str], kind: str
) -> Iterator[Fault]:
    """Yield the ids of a field that are not among those known."""
    for number, identifier in enumerate((given,) if isinstance(given, str) else given or ()):
        if identifier not in known:
            yield Fault(
                path if isinstance(given, str) else f"{path}[{number}]",
                f"there is no {identifier!r} among the {kind}",
                DidYouMean(identifier, known, "Add the record, or correct the id."),
            )


def _dangling_citations(path: str, item: Any, sources: frozenset[str]) -> Iterator[Fault]:
    for below, citation in located_citations(path, item):
        yield from _dangling(f"{below}.source", citation.source, sources, "sources")
