"""Finds every fault of a file at once, for people who write one.

Loading stops at the first fault, and describes it in the same words.
"""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import msgspec

from withdrawal_cli.dataset.checking.editorial import faults_of_editing
from withdrawal_cli.dataset.checking.lines import STEP, record_lines
from withdrawal_cli.dataset.checking.reading import EnoughError, Reader, parse
from withdrawal_cli.dataset.checking.rules import faults_of_sense
from withdrawal_cli.dataset.faults import COMPARED, DidYouMean, Fault
from withdrawal_cli.dataset.foreign import foreign
from withdrawal_cli.dataset.pages import carried
from withdrawal_cli.dataset.reading import (
    RECORDS,
    dataset_of,
    decode_date,
    decode_json,
    document_type,
)
from withdrawal_cli.dataset.references import faults
from withdrawal_cli.values import Row, field

MOST = 10_000
"""The most faults listed for one file: nobody reads more, and every number in it can be one."""
COMPARISONS = 10_000
"""How many pairs of names are compared for one file: that takes a second, or three if all are long
and alike."""


class FaultRow(Row):
    """One fault, as `check --json` gives it."""

    path: str = field("Where: `events[3].date`; empty for the file as a whole.")
    value: str | int | float | bool | None = field(
        "What stands there; null for nothing, and for an object or an array."
    )
    problem: str = field("What is wrong.")
    hint: str | None = field("What to do.")
    line: int | None = field(
        "The line on which the record begins, or on which the JSON breaks off; null where neither "
        "is the case."
    )


def check_file(content: bytes, where: str = "-", *, strict: bool = False) -> list[FaultRow]:
    """Return the faults of the file `where`, at most MOST, record by record.

    `strict` applies the editorial rules too.
    """
    try:
        content = carried(content)
        decode_json(content, msgspec.json.Decoder())
        document = parse(content)
    except Fault as fault:
        known = foreign(content, where) or _with_whole_path(fault, content)
        return [_row(known, None, known.line)]
    is_ours = isinstance(document, dict) and "dataset" in document  # JSON can be a mere number
    if not is_ours and (other := foreign(content, where)):
        return [_row(other, None, None)]
    found = find_faults(document, strict=strict)
    lines = record_lines(content) if found else {}
    order = {path: number for number, path in enumerate(lines)}
    found.sort(key=lambda fault: order.get(_record(fault.path), -1))
    _limit_comparisons(found)
    return [_row(fault, document, lines.get(_record(fault.path))) for fault in found]


def find_faults(document: Any, *, strict: bool = False) -> list[Fault]:
    """Return the faults of form in plain JSON, then those of sense in what can be read."""
    reader = Reader(MOST)
    try:
        read = reader.read(document, document_type(), "")
    except EnoughError:
        return reader.found
    if not all(reader.could_read(key) for key in RECORDS if key != "dataset"):
        return reader.found  # without one array, all references to it would seem wrong
    dataset = dataset_of(read)

    def faults_beyond_form() -> Iterator[Fault]:
        yield from faults(dataset)
        yield from faults_of_sense(dataset)
        if strict:
            yield from faults_of_editing(dataset)

    further = (fault for fault in faults_beyond_form() if reader.could_read(fault.path))
    return [*reader.found, *islice(further, MOST - len(reader.found))]


def _limit_comparisons(found: list[Fault]) -> None:
    """Give the faults beyond COMPARISONS a hint that needs none."""
    left, compared = COMPARISONS, set[DidYouMean]()
    for fault in found:
        hint = fault.hint
        if isinstance(hint, DidYouMean) and hint not in compared:
            # Skipping a name in `similar_names` costs a twentieth of comparing it.
            left -= min(len(hint.known), COMPARED) + len(hint.known) // 20
            if left < 0:
                fault.hint = hint.otherwise
            else:
                compared.add(hint)


def _with_whole_path(fault: Fault, content: bytes) -> Fault:
    """Return a fault with its whole path; for a huge number, msgspec needs a type to give it."""
    if "[...]" not in fault.path:
        return fault
    try:
        decode_json(content, msgspec.json.Decoder(document_type(), dec_hook=decode_date))
    except Fault as placed:
        return placed
    return Fault("", fault.problem)  # under an unknown key, which loading ignores


def _row(fault: Fault, document: Any, line: int | None) -> FaultRow:
    return FaultRow(
        path=fault.path,
        value=_value_at(document, fault.path),
        problem=fault.problem,
        hint=fault.hint and str(fault.hint),
        line=line,
    )


def _record(path: str) -> str:
    """Return the path of the record in which a path lies.

    >>> _record("people[3].roles[0].date")
    'people[3]'
    """
    start = re.match(r'(\["(?:[^"\\]|\\.)*"\]|[^.\[]+)(\[\d+\])?', path)
    return start[0] if start else ""


def _value_at(document: Any, path: str) -> str | int | float | bool | None:
    """Return the text, number or truth value at a path; `None` for anything else.

    >>> _value_at({"events": [{"a b": 3}]}, 'events[0]["a b"]')
    3
    """
    for quoted, number, name in STEP.findall(path):
        try:
            document = document[int(number) if number else json.loads(quoted) if quoted else name]
        except (KeyError, IndexError, TypeError):
            return None
    return document if isinstance(document, (str, int, float)) else None
