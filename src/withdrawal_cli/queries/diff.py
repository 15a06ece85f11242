"""What changed from one dataset to another, record by record and field by field, and perhaps why.

Two records are the same if they have the same id, if the new one has the old id as an alias, or
else if they have the same title and date, name or figure.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from msgspec.structs import asdict

from withdrawal_cli.dates import Edtf, Period
from withdrawal_cli.model import KINDS, Citation, Dataset, Estimate, called
from withdrawal_cli.queries.folding import fold
from withdrawal_cli.values import Row, Value, field
from withdrawal_cli.wording import number

CHANGES = ("added", "removed", "renamed", "changed", "now disputed", "no longer disputed")
"""What can happen to a record, in the order of the report."""

FIGURES = ("low", "best", "high")


class ChangeRow(Row):
    """One change of one record."""

    change: str = field(f"{', '.join(CHANGES[:-1])} or {CHANGES[-1]}.")
    kind: str = field("Of the record: event, estimate, source and so on; dataset for the card.")
    id: str = field("Id of the record, the new one where it has changed.")
    name: str = field("What it is called.")
    before: str | None = field(
        "What it said, of a list what went; the former id of a renamed record; the questions of "
        "one no longer disputed; null for nothing."
    )
    after: str | None = field(
        "What it says, of a list what came; the questions of a record now disputed; null for "
        "nothing."
    )
    cause: str | None = field("What may be behind it; null where nothing suggests itself.")
    # Last, because the name hides `field` from what comes after it.
    field: str | None = field("The field that changed; null for a whole record.")


class Difference(Value):
    """All changes from one dataset to another."""

    rows: tuple[ChangeRow, ...]

    def note(self) -> str:
        """Return how many records changed in which way, such as `2 added, 1 changed`."""
        records = Counter(change for change, _ in {(row.change, row.id) for row in self.rows})
        parts = [f"{number(records[name])} {name}" for name in CHANGES if records[name]]
        return f"{', '.join(parts)}." if parts else "Nothing differs."


def summarize_difference(old: Dataset, new: Dataset) -> Difference:
    """Return what is different in `new`, in the order of `CHANGES`, then by kind as in the file."""
    former = _renamed(old, new)
    found = list(_field_changes("dataset", old.metadata, new.metadata, former))
    before_of = {former.get(name, name): item for name, item in old.by_id.items()}
    for kind, key in KINDS.items():
        for item in getattr(new, key):
            before = before_of.get(item.id)
            if before is None or type(before) is not type(item):
                found.append(_change("added", kind, new, item))
                continue
            if before.id != item.id:
                cause = "the new one has it as an alias"
                if before.id not in item.aliases:
                    cause = "all that identifies it is the same"
                found.append(_change("renamed", kind, new, item, before=before.id, cause=cause))
            found += _field_changes(kind, before, item, former)
            found += _dispute_changes(kind, old, new, before.id, item)
        for item in getattr(old, key):
            after = new.by_id.get(former.get(item.id, item.id))
            if type(after) is not type(item):
                found.append(_change("removed", kind, old, item))
    found.sort(key=lambda change: CHANGES.index(change.change))
    return Difference(rows=tuple(found))


def _change(change: str, kind: str, dataset: Dataset, item: Any, **more: Any) -> ChangeRow:
    told = {"field": None, "before": None, "after": None, "cause": None} | more
    return ChangeRow(change=change, kind=kind, id=item.id, name=dataset.name(item.id), **told)


def _renamed(old: Dataset, new: Dataset) -> dict[str, str]:
    """Return the new ids of renamed records by their old ones."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for key in KINDS.values():
        gone = [item for item in getattr(old, key) if item.id not in new.by_id]
        come = [item for item in getattr(new, key) if item.id not in old.by_id]
        by_alias = {fold(alias): item.id for item in come for alias in item.aliases}
        by_identity = _unique(come)
        for before, identity in ((item, _identity(item)) for item in gone):
            after = by_alias.get(fold(before.id)) or by_identity.get(identity)
            if after and after not in taken:
                found[before.id] = after
                taken.add(after)
    return found


def _unique(items: Sequence[Any]) -> dict[object, str]:
    """Return the ids of items by what identifies them, without those that look alike."""
    counts = Counter(map(_identity, items))
    return {_identity(item): item.id for item in items if counts[_identity(item)] == 1}


def _identity(item: Any) -> object:
    """Return what identifies a record apart from its id."""
    if isinstance(item, Estimate):
        date = item.date.text if item.date else None
        return (item.measure, item.side, date, item.unit, *item.figures, item.text, item.scope)
    when = getattr(item, "date", None) or getattr(item, "issued", None)
    return fold(called(item)), when.text if when else None, getattr(item, "authors", None)


def _field_changes(
    kind: str, before: Any, after: Any, former: dict[str, str]
) -> Iterator[ChangeRow]:
    """Yield a row for each field in which two records differ."""
    name = called(after) or after.id
    for key, content in asdict(before).items():
        said, says = _with_new_ids(content, former), getattr(after, key)
        if said == says or key == "id":
            continue
        if isinstance(says, tuple):
            gone, come = _apart(said, says)
            if key == "aliases" and gone == [] and come == [before.id]:
                continue  # that is the renaming
            told = _list(gone), _list(come)
            cause = None if gone or come else "only the order"
        else:
            told = _text(said), _text(says)
            cause = _cause(key, before, after)
        yield ChangeRow(
            change="changed", kind=kind, id=after.id, name=name, field=key,
            before=told[0], after=told[1], cause=cause,
        )  # fmt: skip


def _dispute_changes(
    kind: str, old: Dataset, new: Dataset, former_id: str, item: Any
) -> Iterator[ChangeRow]:
    """Yield a row for a record that is disputed now but was not before, or the other way round."""
    was, is_now = old.disputes_of.get(former_id, ()), new.disputes_of.get(item.id, ())
    if is_now and not was:
        after = "; ".join(map(new.name, is_now))
        yield _change("now disputed", kind, new, item, after=after)
    elif was and not is_now:
        before = "; ".join(map(old.name, was))
        yield _change("no longer disputed", kind, new, item, before=before)


def _with_new_ids(content: Any, former: dict[str, str]) -> Any:
    """Return the content of a field with the new ids of the records that it names."""
    if isinstance(content, tuple):
        return tuple(_with_new_ids(part, former) for part in content)
    if isinstance(content, str):
        return former.get(content, content)
    if isinstance(content, Citation) and content.source in former:
        return Citation(source=former[content.source], locator=content.locator)
    return content


def _apart(before: Sequence[Any], after: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    """Return the items that only the first list has, and those that only the second has."""
    had, has = set(before), set(after)
    return [item for item in before if item not in has], [item for item in after if item not in had]


def _list(items: Sequence[Any]) -> str | None:
    return "; ".join(_text(item) or "" for item in items) or None


def _text(content: Any) -> str | None:
    """Return the content of a field as a short text."""
    if content is None:
        return None
    if isinstance(content, Citation):
        return ", ".join(filter(None, (content.source, content.locator)))
    if isinstance(content, Value):
        parts = {name: part for name, part in asdict(content).items() if part not in (None, ())}
        return msgspec.json.encode(parts, enc_hook=str).decode()
    return str(content).lower() if isinstance(content, bool) else str(content)


# --- what may be behind a change -----------------------------------------------------------------


def _cause(key: str, before: Any, after: Any) -> str | None:
    """Return what a change looks like: a slip, or a count of something else."""
    said, says = getattr(before, key), getattr(after, key)
    if isinstance(said, Edtf) and isinstance(says, Edtf):
        return _cause_of_date(said, says)
    if key in FIGURES and isinstance(said, int) and isinstance(says, int):
        return _cause_of_figure(before, after, said, says)
    if isinstance(said, str) and isinstance(says, str) and fold(said) == fold(says):
        return "only letters: capitals or accents"
    return None


def _cause_of_date(said: Edtf, says: Edtf) -> str | None:
    bare = [when.text.translate({ord(mark): None for mark in "~?%"}) for when in (said, says)]
    if bare[0] == bare[1]:
        return "only the doubt"
    if Period.of(said).contains(says):
        return "more exact"
    if Period.of(says).contains(said):
        return "less exact"
    first, then = said.earliest, says.earliest
    if first and then and said.exact and says.exact:
        if first.year == then.year and (first.month, first.day) == (then.day, then.month):
            return "day and month swapped"
        if (first.month, first.day) == (then.month, then.day):
            return "another year"
        if (first.year, first.day) == (then.year, then.month and then.day):
            return "another month"
    return None


def _cause_of_figure(before: Estimate, after: Estimate, said: int, says: int) -> str | None:
    if before.unit != after.unit:
        return f"another unit: {after.unit} for {before.unit}"
    if before.part != after.part:
        return "a part for the whole" if after.part else "the whole for a part"
    if before.date != after.date:
        return f"another time: {after.date} for {before.date}"
    if before.scope != after.scope:
        return "something else is counted: the scope changed too"
    if said and says and max(said, says) == 1000 * min(said, says):
        return "thousands for ones" if said > says else "ones for thousands"
    if said != says and sorted(str(said)) == sorted(str(says)):
        return "digits swapped"
    return None
