"""A dataset as canonical JSON, so that a diff shows what changed and nothing else.

Keys in the order of the dataclasses, fields at their default left out, two spaces, UTF-8 unescaped; events and phases
by date, sides as they stand, everything else by id.
"""

from dataclasses import MISSING
from typing import Any

import msgspec

from withdrawal_cli.dates import Edtf
from withdrawal_cli.model import KINDS, Dataset
from withdrawal_cli.values import Value


def canonical(dataset: Dataset) -> str:
    """Return the dataset as canonical JSON."""
    return msgspec.json.format(compact(dataset), indent=2).decode() + "\n"


def compact(dataset: Dataset) -> bytes:
    """Return the same without white space."""
    document: dict[str, Any] = {"dataset": _plain(dataset.metadata)}
    for key in KINDS.values():
        records = list(getattr(dataset, key))
        if key in ("events", "phases"):
            records.sort(key=lambda item: (item.date.order, item.id))
        elif key != "sides":
            records.sort(key=lambda item: item.id)
        document[key] = [_plain(item) for item in records]
    return msgspec.json.encode(document)


def _plain(item: Any) -> Any:
    if isinstance(item, Edtf):
        return item.text
    if isinstance(item, tuple):
        return [_plain(part) for part in item]
    if not isinstance(item, Value):
        return item
    fields = item.__dataclass_fields__
    contents = {name: getattr(item, name) for name in fields}
    return {
        name: _plain(content)
        for name, content in contents.items()
        if fields[name].default is MISSING or content != fields[name].default
    }
