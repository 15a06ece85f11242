"""The canonical form of a dataset: one spelling for the same content, so that diffs stay small.

Keys are in the order of the fields, and fields at their default are left out. Events and phases
are sorted by date, all other records by id, except the sides, which keep their order.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from withdrawal_cli.dates import Computed, Edtf
from withdrawal_cli.model import KINDS, Dataset
from withdrawal_cli.values import Value, defaults

DATED = ("events", "phases")
"""The arrays that are sorted by date."""


def canonical(dataset: Dataset) -> str:
    """Return the dataset as canonical JSON, indented by two spaces, with UTF-8 unescaped."""
    arrays = {key: map(encoded, sorted_records(dataset, key)) for key in KINDS.values()}
    return b"".join(laid_out(encoded(dataset.metadata), arrays)).decode()


def compact(dataset: Dataset) -> bytes:
    """Return the canonical form without white space."""
    document: dict[str, Any] = {"dataset": msgspec.Raw(encoded(dataset.metadata))}
    for key in KINDS.values():
        # Encoded, a record takes a tenth of the memory that its dictionary takes.
        document[key] = [msgspec.Raw(encoded(item)) for item in sorted_records(dataset, key)]
    return msgspec.json.encode(document)


def sorted_records(dataset: Dataset, key: str) -> list[Any]:
    """Return the records of an array in canonical order."""
    records = list(getattr(dataset, key))
    if key in DATED:
        records.sort(key=lambda item: (item.date.order, item.id))
    elif key != "sides":
        records.sort(key=lambda item: item.id)
    return records


def encoded(item: Value) -> bytes:
    """Return a record as compact JSON."""
    return msgspec.json.encode(without_defaults(item))


def laid_out(metadata: bytes, arrays: Mapping[str, Iterable[bytes]]) -> Iterator[bytes]:
    """Yield the canonical form of encoded records in canonical order, a record at a time."""
    yield b'{\n  "dataset": ' + _indented(metadata, 2)
    for key in KINDS.values():
        yield b',\n  "%s": [' % key.encode()
        between = b""
        for record in arrays.get(key, ()):
            yield between + b"\n    " + _indented(record, 4)
            between = b","
        yield b"\n  ]" if between else b"]"
    yield b"\n}\n"


def _indented(record: bytes, by: int) -> bytes:
    # In JSON a line break is white space: inside a text it is escaped.
    return msgspec.json.format(record, indent=2).replace(b"\n", b"\n" + b" " * by)


def without_defaults(item: Any) -> Any:
    """Return plain JSON values; of a record, only the fields that are not at their default."""
    if isinstance(item, str):  # first, because most fields are
        return item
    if isinstance(item, Edtf):
        return item.text
    if isinstance(item, tuple):
        return [without_defaults(part) for part in item]
    if not isinstance(item, Value):
        return item
    found = {}
    for name, default in defaults(type(item)).items():
        content = getattr(item, name)
        # Nothing equals NODEFAULT, which a required field has.
        if content is not default and content != default and not isinstance(content, Computed):
            found[name] = without_defaults(content)
    return found
