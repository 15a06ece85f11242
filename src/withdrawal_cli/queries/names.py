"""The records that a name means: an id, or any part of a name, without case or accents."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from withdrawal_cli.errors import NEAR, WithdrawalError
from withdrawal_cli.model import IMPORTANCES, KINDS, WORD_OF, Dataset, Event
from withdrawal_cli.queries.folding import fold

WITH_NAMES = ("people", "places", "terms", "organizations", "routes", "sides")
"""The arrays whose records have names; the others have titles, which mention much else."""

COMPARED = 20_000
"""How many names are compared with an unknown one, and how long the longest of them may be. A
suggestion is a courtesy, and a file may have a hundred thousand names."""
LONGEST = 200


def names_of(item: Any) -> Iterator[str]:
    """Yield what a record is called: its id, name or title, native name and aliases."""
    yield item.id
    for field in ("name", "title", "native_name"):
        name = getattr(item, field, None)
        if name:
            yield name
    yield from item.aliases


def named_by(dataset: Dataset, events: Iterable[Event]) -> set[str]:
    """Return the ids of what the events, the card and the routes name: people, places and so on."""
    found = {name for item in dataset.metadata.belligerents for name in item.commanders}
    for event in events:
        found.update(event.people, event.places, event.organizations)
    return found.union(*(route.places for route in dataset.routes))


def records_in(dataset: Dataset, keys: Iterable[str]) -> list[Any]:
    """Return the records of several arrays, one array after the other."""
    return [item for key in keys for item in getattr(dataset, key)]


def matching(records: Iterable[Any], wanted: str) -> list[Any]:
    """Return the records called exactly `wanted`; if there are none, those with it in a name."""
    text = fold(wanted.strip())
    called = [(item, [fold(name) for name in names_of(item)]) for item in records]
    exact = [item for item, names in called if text in names]
    return exact or [item for item, names in called if text and any(text in name for name in names)]


def find_ids(dataset: Dataset, key: str, wanted: Iterable[str]) -> frozenset[str]:
    """Return the ids in the array `key` that any of the names means.

    Raises WithdrawalError for a name that means none.
    """
    found: set[str] = set()
    for name in wanted:
        matches = matching(getattr(dataset, key), name)
        if not matches:
            raise unknown(dataset, (key,), name)
        found.update(item.id for item in matches)
    return frozenset(found)


def rank_records(dataset: Dataset, wanted: str) -> list[tuple[tuple[bool, ...], Any]]:
    """Return the records that `wanted` can name, the likeliest first, each after its sort key.

    A record with this id comes first; then records called exactly so, by the main name before
    others; then people, places, terms, organizations, routes and sides with the words in a name,
    as whole words or plurals before parts of words; then titles, those of sources last. Among
    equals, key records come before notable ones and details, and those that many events name
    before those that few do.
    """
    text = fold(wanted.strip())
    if not text:
        return []
    slug = "-".join(text.split())
    whole_words = re.compile(rf"(?<!\w){re.escape(text)}s?(?!\w)").search
    tied = Counter(
        identifier
        for event in dataset.events
        for identifier in (*event.people, *event.places, *event.organizations)
    )
    titled = [key for key in KINDS.values() if key not in WITH_NAMES]
    ranked: list[tuple[tuple[bool, ...], int, int, int, Any]] = []
    for key in (*WITH_NAMES, *titled):
        for item in getattr(dataset, key):
            names = [fold(name) for name in names_of(item)]
            if not any(text in name for name in names):
                continue
            is_title = key in titled
            distance = (
                item.id != slug,
                is_title or text != fold(getattr(item, "name", "")),
                is_title or text not in names,
                not any(map(whole_words, names)),
                is_title,
                key == "sources",
                is_title and text not in names,
            )
            # People, places and sources have no importance: they count as key.
            importance = IMPORTANCES.index(getattr(item, "importance", "key"))
            ranked.append((distance, importance, -tied[item.id], len(ranked), item))
    return [(distance, item) for distance, *_, item in sorted(ranked)]


def find_record(dataset: Dataset, wanted: str) -> Any:
    """Return the one record that `wanted` names.

    Raises WithdrawalError when it names none, or several equally well.
    """
    found = dataset.by_id.get(wanted)
    if found is not None:
        return found
    ranked = rank_records(dataset, wanted)
    if not ranked:
        raise unknown(dataset, tuple(KINDS.values()), wanted)
    if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
        lines = [f"  {item.id}  {dataset.name(item.id)}" for _, item in ranked[:10]]
        if len(ranked) > 10:
            lines.append(f"  and {len(ranked) - 10} more; withdrawal search finds words")
        raise WithdrawalError(
            f"{wanted!r} can mean {len(ranked)} records",
            hint="\n".join(["Name one by its id:", *lines]),
        )
    return ranked[0][1]


def unknown(dataset: Dataset, keys: tuple[str, ...], wanted: str) -> WithdrawalError:
    """Return the error for a name that no record has.

    It suggests similar names, else all ids if they are few, else the command that lists them.
    """
    records = records_in(dataset, keys)
    kind, kinds = "record", "records"
    if len(keys) == 1:
        kind, kinds = WORD_OF[keys[0]], keys[0]
    similar = nearest(wanted, _names_and_words(records), NEAR)
    if similar:
        hint = f"Did you mean {' or '.join(similar)}?"
    elif not records:
        hint = f"The data has no {kinds}."
    elif len(records) <= 12:  # as many ids as one sentence can hold
        hint = f"Choose from {', '.join(item.id for item in records)}."
    else:
        listed = ("people", "places", "organizations", "sources", "phases", "disputes")
        finds = f"{kinds} lists them" if kinds in listed else "search WORDS finds them"
        if kinds == "terms":
            finds = "glossary lists them"
        hint = f"The data has {len(records):,} {kinds}; withdrawal {finds}."
    problem = f"there is no {kind} {wanted!r}"
    if dataset.voice:  # the whole file may have one
        problem = f"{dataset.voice}, {problem}"
    return WithdrawalError(problem, hint=hint)


def _names_and_words(records: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Yield the names of records and the longer words of names, each with the id."""
    for item in records:
        for name in names_of(item):
            yield name, item.id
            if hasattr(item, "name"):  # a word of a title says little about what was meant
                yield from ((word, item.id) for word in re.findall(r"\w{4,}", name))


def nearest(
    wanted: str, named: Iterable[tuple[str, str]], cutoff: float, most: int = COMPARED
) -> list[str]:
    """Return up to three ids whose names are spelt most like `wanted`, each once.

    `named` are pairs of a name and its id; `cutoff`, from 0 to 1, is how similar they must be. No
    more than `most` names of about the right length are compared.
    """
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, b=fold(wanted[:LONGEST]))
    similar: dict[str, float] = {}
    for name, identifier in named:
        if len(name) > LONGEST:
            continue
        matcher.set_seq1(fold(name))
        if matcher.real_quick_ratio() < cutoff:
            continue
        most -= 1
        if most < 0:
            break
        if matcher.quick_ratio() >= cutoff and (ratio := matcher.ratio()) >= cutoff:
            similar[identifier] = max(ratio, similar.get(identifier, 0))
    # Beside a name that is one letter off, one that is two letters off was hardly meant.
    enough = max(similar.values(), default=0) - 0.15
    ranked = sorted(similar, key=lambda identifier: (-similar[identifier], identifier))
    return [identifier for identifier in ranked if similar[identifier] >= enough][:3]
