"""Ids: whether each is well formed and unique, and whether what a record refers to is there."""

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from withdrawal_cli.dataset.faults import Fault, Near
from withdrawal_cli.model import (
    HOLDING_CITATIONS,
    KINDS,
    Citation,
    Dataset,
    are_slugs,
    is_slug,
)
from withdrawal_cli.values import Value

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

"""The fields that hold ids, and the array in which they must be found. Citations are looked for everywhere."""


def faults(dataset: Dataset) -> Iterator[Fault]:
    """Yield every id that is malformed, used twice or not there.

    The ids of an array are first held together against those that are known, and looked at one by one only when one is amiss:
    that is a tenth of the time for a large file that is sound.
    """
    ids = {key: frozenset(map(attrgetter("id"), getattr(dataset, key))) for key in KINDS.values()}
    everything = frozenset[str]().union(*ids.values())
    if len(everything) < sum(len(getattr(dataset, key)) for key in ids) or not are_slugs(
        everything
    ):
        yield from _identities(dataset)
    for key, fields in REFERENCES.items():
        records = getattr(dataset, key)
        amiss = {
            field: target
            for field, target in fields.items()
            if not _named(records, field) <= ids[target]
        }
        for number, item in enumerate(records if amiss else ()):
            for field, target in amiss.items():
                yield from _dangling(
                    f"{key}[{number}].{field}", getattr(item, field), ids[target], target
                )
    for number, dispute in enumerate(dataset.disputes):
        yield from _dangling(f"disputes[{number}].about", dispute.about, everything, "records")
    yield from _about(dataset, ids)
    for key in (
        "places",
        "people",
        "organizations",
        "routes",
        "phases",
        "events",
        "estimates",
        "disputes",
        "terms",
    ):
        records = getattr(dataset, key)
        for number, item in enumerate(() if _cited(records) <= ids["sources"] else records):
            yield from _uncited(f"{key}[{number}]", item, ids["sources"])
    yield from _uncited("dataset", dataset.metadata, ids["sources"])


def _named(records: Iterable[Value], field: str) -> set[str]:
    """Return the ids that a field holds in all the records together."""
    contents = set(map(attrgetter(field), records))
    return {
        identifier
        for held in contents
        for identifier in ((held,) if isinstance(held, str) else held or ())
    }


def _cited(items: Sequence[Any]) -> set[str]:
    """Return the ids of the sources that the items cite, themselves or in what they hold."""
    cited = {citation.source for item in items for citation in item.citations}
    for name in HOLDING_CITATIONS:
        if items and hasattr(items[0], name):
            cited |= _cited([part for item in items for part in getattr(item, name)])
    return cited


def _identities(dataset: Dataset) -> Iterator[Fault]:
    owner: dict[str, str] = {}
    for key in KINDS.values():
        for number, item in enumerate(getattr(dataset, key)):
            path = f"{key}[{number}].id"
            yield from identity(path, item.id)
            if item.id in owner:
                yield Fault(
                    path,
                    f"{item.id!r} is already the id of {owner[item.id]}",
                    "Ids are unique over the whole file.",
                )
            owner[item.id] = f"{key}[{number}]"


def identity(path: str, given: str) -> Iterator[Fault]:
    """Yield the fault of an id that is malformed."""
    if not is_slug(given):
        yield Fault(path, f"{given!r} is not an id", "Write 3 to 64 of a-z, 0-9 and hyphen.")


def _dangling(
    path: str, given: str | tuple[str, ...] | None, known: frozenset[str], what: str
) -> Iterator[Fault]:
    if isinstance(given, str):
        places = [(path, given)]
    else:
        places = [
            (f"{path}[{number}]", identifier) for number, identifier in enumerate(given or ())
        ]
    for at, identifier in places:
        if identifier not in known:
            way_out = Near(identifier, known, "Add the record, or mend the id.")
            yield Fault(at, f"there is no {identifier!r} among the {what}", way_out)


def _uncited(path: str, item: Value, sources: frozenset[str]) -> Iterator[Fault]:
    """Yield the citations of an item, and of what it holds, whose source is not there."""
    for at, citation in located_citations(path, item):
        yield from _dangling(f"{at}.source", citation.source, sources, "sources")


def located_citations(path: str, item: Any) -> Iterator[tuple[str, Citation]]:
    """Yield the path of each citation of an item, and of what it holds, with the citation."""
    for name in ("citations", *HOLDING_CITATIONS):
        for number, held in enumerate(getattr(item, name, ())):
            at = f"{path}.{name}[{number}]"
            if isinstance(held, Citation):
                yield at, held
            else:
                yield from located_citations(at, held)


def _about(dataset: Dataset, ids: dict[str, frozenset[str]]) -> Iterator[Fault]:
    for number, belligerent in enumerate(dataset.metadata.belligerents):
        path = f"dataset.belligerents[{number}]"
        yield from _dangling(f"{path}.side", belligerent.side, ids["sides"], "sides")
        yield from _dangling(f"{path}.commanders", belligerent.commanders, ids["people"], "people")
