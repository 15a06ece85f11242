"""Plain JSON to records as far as it goes, with everything that stands in the way."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import MISSING, is_dataclass
from functools import cache
from typing import Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

import msgspec

from withdrawal_cli.checking.lines import step
from withdrawal_cli.dataset.faults import TOO_DEEP, Fault, Near, shape_fault
from withdrawal_cli.dataset.reading import decode_other
from withdrawal_cli.dates import EXAMPLES, Edtf

SCHEMA = "$schema"
"""The key beside the arrays in which editors look for the schema of a file."""

RULED = {"low", "best", "high", "text"}
"""The fields that the rules inside records look at: while one of them cannot be read, the rules are silent."""

_WAYS_OUT = {
    "str": "Write text, in quotation marks.",
    "int": "Write a whole number, without quotation marks or a point.",
    "float": "Write a number, without quotation marks.",
    "bool": "Write true or false.",
    "array": "Write a list: [...].",
    "object": "Write an object: {...}.",
}


class EnoughError(Exception):
    """As many faults are found as anybody will read."""


class Reader:
    """Reads one file. `found` holds what is wrong with its form; EnoughError ends the reading when there are `most` of them."""

    def __init__(self, most: int) -> None:
        self.found: list[Fault] = []
        self._most = most
        self._unread: set[str] = set()

    def _note(self, fault: Fault) -> None:
        self.found.append(fault)
        if len(self.found) >= self._most:
            raise EnoughError

    def could_read(self, path: str) -> bool:
        """Whether what stands at a path, and all around it, had the right form."""
        while path not in self._unread:
            if not path:
                return True
            path = re.sub(r'(\.[^.\[]*|\[("(?:[^"\\]|\\.)*"|\d+)\]|^[^.\[]*)$', "", path)
        return False

    def is_whole(self, paths: Iterable[str]) -> bool:
        """Whether the file is an object and each of these parts could be read."""
        return all(map(self.could_read, paths))

    def read(self, given: Any, kind: Any, path: str) -> Any:
        """Return `given` as the type `kind`, with defaults and blanks for what cannot be read."""
        if is_dataclass(kind):
            return self._record(given, kind, path)
        if get_origin(kind) is tuple and isinstance(given, list):
            inner = get_args(kind)[0]
            return tuple(
                self.read(item, inner, f"{path}[{number}]") for number, item in enumerate(given)
            )
        return self._plain(given, kind, path)

    def _record(self, given: Any, kind: Any, path: str) -> Any:
        try:
            record = msgspec.convert(given, kind, dec_hook=decode_other)
        except msgspec.ValidationError:
            return self._field_by_field(given, kind, path)
        self._look_for_strange_keys(given, kind, path)
        return record

    def _field_by_field(self, given: Any, kind: Any, path: str) -> Any:
        record, sound = _blank(kind), True
        if not isinstance(given, dict):
            self._plain(given, kind, path)
            return record
        self._look_for_missing_keys(given, kind, path)
        self._look_at_keys(given, kind, path)
        for name, field in _fields(kind).items():
            below = _below(path, name)
            if name in given:
                content = self.read(given[name], field.type, below)
                if below not in self._unread:
                    object.__setattr__(record, name, content)
            sound = sound and not (name in RULED and below in self._unread)
        if sound:
            self._try_rule(record, path)
        return record

    def _plain(self, given: Any, kind: Any, path: str) -> Any:
        try:
            return msgspec.convert(given, kind, dec_hook=decode_other)
        except msgspec.ValidationError as error:
            fault = shape_fault(str(error), path)
            way_out = fault.hint or _way_out(given, kind, fault.problem)
            self._note(Fault(fault.path, fault.problem, way_out))
            self._unread.add(path)
            return _blank(kind)

    def _try_rule(self, record: Any, path: str) -> None:
        """Hold a record to the rule that it carries itself."""
        try:
            getattr(record, "__post_init__", bool)()
        except ValueError as error:
            hint = 'low is "at least", best the number given, high "up to"; text is what is said instead of a number.'
            self._note(Fault(path, str(error), hint))

    def _look_for_missing_keys(self, given: dict[str, Any], kind: Any, path: str) -> None:
        required = [name for name, field in _fields(kind).items() if field.default is MISSING]
        for name in required:
            if name not in given:
                self._note(
                    Fault(
                        path,
                        f"object missing required field `{name}`",
                        f"It must have {', '.join(required)}.",
                    )
                )
                self._unread.add(_below(path, name))

    def _look_at_keys(self, given: dict[str, Any], kind: Any, path: str) -> None:
        """Note the keys that stand twice, and those that are no field."""
        fields = _fields(kind)
        for key in getattr(given, "repeated", ()):
            problem = f"the key {key!r} stands here more than once"
            self._note(Fault(_below(path, key), problem, "Only the last one counts."))
        for key in given:
            if key not in fields and not (key == SCHEMA and not path):
                hint = Near(key, frozenset(fields), f"Choose from {', '.join(fields)}.")
                self._note(Fault(_below(path, key), f"there is no field {key!r}", hint))

    def _look_for_strange_keys(self, given: dict[str, Any], kind: Any, path: str) -> None:
        """Look at the keys of a record, and of all that it holds."""
        self._look_at_keys(given, kind, path)
        for name, field in _fields(kind).items():
            if name not in given or field.held is None:
                continue
            if isinstance(given[name], dict):
                self._look_for_strange_keys(given[name], field.held, _below(path, name))
            else:
                for number, item in enumerate(given[name]):
                    self._look_for_strange_keys(item, field.held, f"{_below(path, name)}[{number}]")


def parse(content: bytes) -> Any:
    """Return plain JSON, in which an object knows its `repeated` keys. Raises Fault."""
    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=_object)
    except RecursionError:
        raise Fault("", TOO_DEEP) from None


class _Repeating(dict[str, Any]):
    """An object in which a key stands more than once."""

    repeated: tuple[str, ...]


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    times = Counter(key for key, _ in pairs)
    repeating = _Repeating(found)
    repeating.repeated = tuple(key for key in found if times[key] > 1)
    return repeating


def _blank(kind: Any) -> Any:
    """Return what stands in for something that cannot be read."""
    if kind is str:
        return ""
    if not hasattr(kind, "__dataclass_fields__"):
        return None
    record = object.__new__(kind)
    for name, field in _fields(kind).items():
        object.__setattr__(
            record, name, _blank(field.type) if field.default is MISSING else field.default
        )
    return record


class _Field(NamedTuple):
    type: Any
    default: Any
    held: Any
    "The kind of the record, or of the records, that it holds."


@cache
def _fields(kind: Any) -> dict[str, _Field]:
    hints, fields = get_type_hints(kind), {}
    for name, field in kind.__dataclass_fields__.items():
        inner = next(iter(get_args(hints[name])), hints[name])
        fields[name] = _Field(hints[name], field.default, inner if is_dataclass(inner) else None)
    return fields


def _below(path: str, key: str) -> str:
    return (path + step(key)).removeprefix(".")


def _way_out(given: Any, kind: Any, problem: str) -> str | Near | None:
    parts = {kind, *get_args(kind)}
    if Edtf in parts:
        return EXAMPLES
    if given is None:
        return "Leave the field out where nothing is known."
    words = dict.fromkeys(
        word for part in parts if get_origin(part) is Literal for word in get_args(part)
    )
    if words and isinstance(given, str):
        return Near(given, frozenset(words), f"Choose from {', '.join(words)}.")
    expected = re.match(r"expected `(\w+)", problem)
    return _WAYS_OUT.get(expected[1]) if expected else None
