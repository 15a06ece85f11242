"""Names that a user types to the records they mean: by id, or by any part of a name or an alias, without case or accents."""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import filterfalse
from typing import Any

from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.model import KINDS, Dataset, Source


def fold(text: str) -> str:
    """Return `text` without case and accents, for comparing.

    >>> fold("Pérez de Cuéllar")
    'perez de cuellar'
    """
    if text.isascii():
        return text.casefold()
    return "".join(
        filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", text.casefold()))
    )


def names_of(item: Any) -> Iterator[str]:
    """Yield what a record is called: its id, name or title, native name and aliases."""
    yield item.id
    for field in ("name", "title", "native_name"):
        name = getattr(item, field, None)
        if name:
            yield name
    yield from item.aliases


def matching(records: Iterable[Any], wanted: str) -> list[Any]:
    """Return the records called exactly `wanted`; when there are none, those with `wanted` as a part of a name."""
    text = fold(wanted.strip())
    called = [(item, [fold(name) for name in names_of(item)]) for item in records]
    exact = [item for item, names in called if text in names]
    return exact or [item for item, names in called if text and any(text in name for name in names)]


def find_ids(dataset: Dataset, key: str, wanted: Iterable[str]) -> frozenset[str]:
    """Return the ids in the array `key` that any of the words `wanted` names. Raises WithdrawalError for an unknown one."""
    found: set[str] = set()
    for word in wanted:
        matches = matching(getattr(dataset, key), word)
        if not matches:
            raise unknown(dataset, (key,), word)
        found.update(item.id for item in matches)
    return frozenset(found)


WITH_NAMES = ("people", "places", "organizations", "routes", "sides")
"""The arrays of what has a name; the others have titles, which say much else."""


def find_record(dataset: Dataset, wanted: str) -> Any:
    """Return the one record that `wanted` names: a person, place and so on before anything whose title speaks of it.

    Of several, it is the one whose id says the same words.

    Raises WithdrawalError when there is none, or several.
    """
    found = dataset.by_id.get(wanted)
    if found is not None:
        return found
    matches = matching(_records(dataset, WITH_NAMES), wanted)
    if len(matches) != 1:
        matches = matching(_records(dataset, tuple(KINDS.values())), wanted)
    if not matches:
        raise unknown(dataset, tuple(KINDS.values()), wanted)
    slug = "-".join(fold(wanted).split())
    matches = [item for item in matches if item.id == slug] or matches
    if len(matches) > 1:
        matches.sort(
            key=lambda item: isinstance(item, Source)
        )  # whom a title speaks of, before what is written on him
        shown = [f"  {item.id}  {dataset.name(item.id)}" for item in matches[:10]]
        more = (
            [f"  and {len(matches) - 10} more; withdrawal search lists what has a word"]
            if len(matches) > 10
            else []
        )
        raise WithdrawalError(
            f"{wanted!r} can mean {len(matches)} records",
            hint="\n".join(["Name one by its id:", *shown, *more]),
        )
    return matches[0]


def _records(dataset: Dataset, keys: Iterable[str]) -> list[Any]:
    return [item for key in keys for item in getattr(dataset, key)]


def unknown(dataset: Dataset, keys: tuple[str, ...], wanted: str) -> WithdrawalError:
    """Return the refusal of a name that nothing bears, with the nearest names."""
    named = ((name, item.id) for item in _records(dataset, keys) for name in names_of(item))
    near = nearest(wanted, named, 0.5)
    what = (
        next(word for word, key in KINDS.items() if key == keys[0]) if len(keys) == 1 else "record"
    )
    hint = f"Did you mean {' or '.join(near)}?" if near else _known(dataset, keys)
    return WithdrawalError(f"there is no {what} {wanted!r}", hint=hint)


PATIENCE = 20_000
"""The names of about the right length that are compared with an unknown one, and how long the longest of them is."""
LONGEST = 200


def nearest(
    wanted: str, named: Iterable[tuple[str, str]], cutoff: float, patience: int = PATIENCE
) -> list[str]:
    """Return up to three of what stands with the names that are spelt most like `wanted`, each once.

    `cutoff` is how close they must be, from 0 to 1. Names are compared until `patience` ends: a suggestion is a courtesy,
    and a file may have a hundred thousand names.
    """
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, b=fold(wanted[:LONGEST]))
    close: dict[str, float] = {}
    for name, identifier in named:
        if len(name) > LONGEST:
            continue
        matcher.set_seq1(fold(name))
        if matcher.real_quick_ratio() < cutoff:
            continue
        patience -= 1
        if patience < 0:
            break
        if matcher.quick_ratio() >= cutoff and (ratio := matcher.ratio()) >= cutoff:
            close[identifier] = max(ratio, close.get(identifier, 0))
    return sorted(close, key=lambda identifier: (-close[identifier], identifier))[:3]


FEW = 12
"""So many ids can stand in one sentence."""

LISTED = ("people", "places", "organizations", "sources", "phases", "disputes")
"""The arrays that a command of that name lists."""


def _known(dataset: Dataset, keys: tuple[str, ...]) -> str:
    """Return what there is: the ids in the order of the file where they are few, or else the command that lists or finds them."""
    ids = [item.id for item in _records(dataset, keys)]
    many = keys[0] if len(keys) == 1 else "records"
    if len(ids) <= FEW:
        return f"Choose from {', '.join(ids)}." if ids else f"The data has no {many}."
    way = (
        f"withdrawal {many} lists them" if many in LISTED else "withdrawal search WORDS finds them"
    )
    return f"The data has {len(ids):,} {many}; {way}."
