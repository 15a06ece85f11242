"""Every fault of a file at once, for people who write one. Loading stops at the first, in the same words."""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import msgspec

from withdrawal_cli.checking.editorial import faults_of_editing
from withdrawal_cli.checking.lines import record_lines
from withdrawal_cli.checking.reading import EnoughError, Reader, parse
from withdrawal_cli.checking.rules import faults_of_sense
from withdrawal_cli.dataset.faults import COMPARED, Fault, Near
from withdrawal_cli.dataset.pages import carried
from withdrawal_cli.dataset.reading import (
    RECORDS,
    dataset_of,
    decode_json,
    decode_other,
    document_type,
)
from withdrawal_cli.dataset.references import faults
from withdrawal_cli.model import Dataset
from withdrawal_cli.values import Row, field, row

MOST = 10_000
"""The faults that are told of one file; nobody reads more, and every second number of a file can be one."""
PATIENCE = 10_000
"""The names that are compared, in all, with those that are not there: a second, or three where all are long and alike."""


@row
class FaultRow(Row):
    """One fault, as `check --json` gives it."""

    path: str = field("Where: `events[3].date`; empty for the file as a whole.")
    value: str | int | float | bool | None = field(
        "What stands there; null for nothing, and for an object or an array."
    )
    problem: str = field("What is wrong.")
    hint: str | None = field("What to do.")
    line: int | None = field(
        "The line on which the record begins, or on which the JSON breaks off."
    )


def check_file(content: bytes, *, strict: bool = False) -> list[FaultRow]:
    """Return the faults of a file, MOST at most, record by record; `strict` holds it to the rules of editing too."""
    try:
        content = carried(content)
        decode_json(content, msgspec.json.Decoder())
        document = parse(content)
    except Fault as fault:
        return [_row(_placed(fault, content), None, fault.line)]
    found = find_faults(document, strict=strict)
    lines = record_lines(content) if found else {}
    order = {path: number for number, path in enumerate(lines)}
    found.sort(key=lambda fault: order.get(_record(fault.path), -1))
    _spare_patience(found)
    return [_row(fault, document, lines.get(_record(fault.path))) for fault in found]


def find_faults(document: Any, *, strict: bool = False) -> list[Fault]:
    """Return the faults of form in plain JSON, then those of sense in as much of it as can be read."""
    reader = Reader(MOST)
    try:
        read = reader.read(document, document_type(), "")
    except EnoughError:
        return reader.found
    if not reader.is_whole(key for key in RECORDS if key != "dataset"):
        return reader.found
    dataset = dataset_of(read)
    further = (fault for fault in _beyond_form(dataset, strict) if reader.could_read(fault.path))
    return [*reader.found, *islice(further, MOST - len(reader.found))]


def _beyond_form(dataset: Dataset, strict: bool) -> Iterator[Fault]:
    yield from faults(dataset)
    yield from faults_of_sense(dataset)
    if strict:
        yield from faults_of_editing(dataset)


def _spare_patience(found: list[Fault]) -> None:
    """Let the faults whose near names are not looked for any more have their other way out."""
    patience, asked = PATIENCE, set[Near]()
    for fault in found:
        if isinstance(near := fault.way_out, Near) and near not in asked:
            patience -= (
                min(len(near.known), COMPARED) + len(near.known) // 20
            )  # what is passed over costs a twentieth
            if patience < 0:
                fault.way_out = near.otherwise
            else:
                asked.add(near)


def _placed(fault: Fault, content: bytes) -> Fault:
    """Return a fault with its whole path: msgspec tells that of a number out of range only where it knows what it reads."""
    if "[...]" not in fault.path:
        return fault
    try:
        decode_json(content, msgspec.json.Decoder(document_type(), dec_hook=decode_other))
    except Fault as placed:
        return placed
    return Fault("", fault.problem)  # under a key that is no field, where loading passes it over


def _record(path: str) -> str:
    """Return the path of the record in which a path lies.

    >>> _record("people[3].roles[0].date")
    'people[3]'
    """
    start = re.match(r'(\["(?:[^"\\]|\\.)*"\]|[^.\[]+)(\[\d+\])?', path)
    return start[0] if start else ""


def _row(fault: Fault, document: Any, line: int | None) -> FaultRow:
    return FaultRow(
        path=fault.path,
        value=_value_at(document, fault.path),
        problem=fault.problem,
        hint=fault.hint,
        line=line,
    )


def _value_at(document: Any, path: str) -> str | int | float | bool | None:
    """Return the text, number or truth that stands at a path; None for anything else.

    >>> _value_at({"events": [{"a b": 3}]}, 'events[0]["a b"]')
    3
    """
    for quoted, number, name in re.findall(r'\[("(?:[^"\\]|\\.)*")\]|\[(\d+)\]|([^.\[]+)', path):
        try:
            document = document[int(number) if number else json.loads(quoted) if quoted else name]
        except (KeyError, IndexError, TypeError):
            return None
    return document if isinstance(document, (str, int, float)) else None
