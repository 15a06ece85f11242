"""Reads JSON into records as far as it can, and notes everything wrong with its form.

Loading uses msgspec, which stops at the first fault. Here msgspec converts record by record; one
that it refuses is read field by field.
"""

import json
import re
from collections import Counter
from functools import cache
from typing import Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

import msgspec
from msgspec import NODEFAULT
from msgspec.inspect import is_struct_type
from msgspec.structs import force_setattr

from withdrawal_cli.dataset.checking.lines import STEP, below
from withdrawal_cli.dataset.faults import TOO_DEEP, DidYouMean, Fault, shape_fault
from withdrawal_cli.dataset.reading import decode_date
from withdrawal_cli.dates import EXAMPLES, Edtf
from withdrawal_cli.dates.time_expressions import edtf_hint
from withdrawal_cli.model import Estimate
from withdrawal_cli.values import defaults

SCHEMA = "$schema"
"""The key under which editors look for the schema of a file."""

HINTS = {
    "str": "Write text, in quotation marks.",
    "int": "Write a whole number, without quotation marks or a point.",
    "float": "Write a number, without quotation marks.",
    "bool": "Write true or false.",
    "array": "Write a list: [...].",
    "object": "Write an object: {...}.",
}
"""What to write, by the type that msgspec expected."""


class EnoughError(Exception):
    """More faults were found than anybody will read."""


class Reader:
    """Reads one file, and collects in `found` what is wrong with its form."""

    def __init__(self, most: int) -> None:
        self.found: list[Fault] = []
        self.most = most
        self.unread: set[str] = set()
        "The paths of what could not be read."

    def read(self, given: Any, kind: Any, path: str) -> Any:
        """Return `given` as a `kind`, with defaults and blanks for what cannot be read.

        Raises EnoughError at the `most`th fault.
        """
        if get_origin(kind) is tuple and isinstance(given, list):
            inner = get_args(kind)[0]
            return tuple(
                self.read(item, inner, f"{path}[{number}]") for number, item in enumerate(given)
            )
        try:
            content = msgspec.convert(given, kind, dec_hook=decode_date)
        except msgspec.ValidationError as error:
            if is_struct_type(kind) and isinstance(given, dict):
                return self.read_fields(given, kind, path)
            fault = shape_fault(str(error), path)
            self.note(fault.path, fault.problem, fault.hint or hint_for(given, kind, fault.problem))
            self.unread.add(path)
            return blank(kind)
        if is_struct_type(kind):
            self.check_all_keys(given, kind, path)
        return content

    def read_fields(self, given: dict[str, Any], kind: Any, path: str) -> Any:
        """Return a faulty record with those of its fields that can be read."""
        record, fields = blank(kind), fields_of(kind)
        required = [name for name, field in fields.items() if field.default is NODEFAULT]
        for name in required:
            if name not in given:
                hint = f"It must have {', '.join(required)}."
                self.note(path, f"object missing required field `{name}`", hint)
                self.unread.add(below(path, name))
        self.check_keys(given, kind, path)
        for name, field in fields.items():
            if name in given:
                content = self.read(given[name], field.type, below(path, name))
                if below(path, name) not in self.unread:
                    force_setattr(record, name, content)
        # The check of `Estimate` would complain about blanks, so it waits until these can be read.
        if self.unread.isdisjoint(below(path, name) for name in ("low", "best", "high", "text")):
            try:
                getattr(record, "__post_init__", bool)()
            except ValueError as error:
                hint = (
                    'low is "at least", best the number given, high "up to"; '
                    "text is what is said instead of a number."
                )
                self.note(path, str(error), hint)
        return record

    def note(self, path: str, problem: str, hint: str | DidYouMean | None) -> None:
        self.found.append(Fault(path, problem, hint))
        if len(self.found) >= self.most:
            raise EnoughError

    def could_read(self, path: str) -> bool:
        """Whether the value at a path, and everything around it, had the right form."""
        around = ("", *(path[: step.end()] for step in STEP.finditer(path)))
        return self.unread.isdisjoint(around)

    def check_keys(self, given: dict[str, Any], kind: Any, path: str) -> None:
        """Note the keys of an object that occur twice, and those that are not fields."""
        fields = fields_of(kind)
        for key in getattr(given, "repeated", ()):
            problem = f"the key {key!r} is here more than once"
            self.note(below(path, key), problem, "Only the last one counts.")
        for key in given:
            if key not in fields and not (key == SCHEMA and not path):
                hint = DidYouMean(key, frozenset(fields), f"Choose from {', '.join(fields)}.")
                self.note(below(path, key), f"there is no field {key!r}", hint)

    def check_all_keys(self, given: dict[str, Any], kind: Any, path: str) -> None:
        """Check the keys of a valid record and its parts: msgspec ignores unknown ones."""
        self.check_keys(given, kind, path)
        for name, field in fields_of(kind).items():
            if name in given and field.holds:
                held, at = given[name], below(path, name)
                if isinstance(held, dict):
                    self.check_all_keys(held, field.holds, at)
                else:
                    for number, item in enumerate(held):
                        self.check_all_keys(item, field.holds, f"{at}[{number}]")


class Repeating(dict[str, Any]):
    """A JSON object that has some keys more than once."""

    repeated: tuple[str, ...] = ()


def parse(content: bytes) -> Any:
    """Return plain JSON, in which an object with repeated keys is `Repeating`. Raises Fault."""

    def make_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            times = Counter(key for key, _ in pairs)
            found = Repeating(found)
            found.repeated = tuple(key for key in found if times[key] > 1)
        return found

    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=make_object)
    except RecursionError:
        raise Fault("", TOO_DEEP) from None


class Field(NamedTuple):
    """What a field of a record takes."""

    type: Any
    default: Any
    holds: Any
    "The class of the object that it holds, or of each in its list; `None` for plain values."


@cache
def fields_of(kind: Any) -> dict[str, Field]:
    """Return the fields of a record by name, with their types resolved."""
    hints, fields = get_type_hints(kind), {}
    for name, default in defaults(kind).items():
        inner = next(iter(get_args(hints[name])), hints[name])
        fields[name] = Field(hints[name], default, inner if is_struct_type(inner) else None)
    return fields


def blank(kind: Any) -> Any:
    """Return a placeholder for something of this type that cannot be read."""
    if kind is str:
        return ""
    if not is_struct_type(kind):
        return None
    contents = {
        name: blank(field.type) if field.default is NODEFAULT else field.default
        for name, field in fields_of(kind).items()
    }
    if kind is not Estimate:
        return kind(**contents)
    # It refuses to be made without a number or a text.
    record = Estimate(**contents | {"text": ""})
    force_setattr(record, "text", None)
    return record


def hint_for(given: Any, kind: Any, problem: str) -> str | DidYouMean | None:
    """Return what to write instead of a value that msgspec did not accept as a `kind`."""
    parts = {kind, *get_args(kind)}
    if Edtf in parts:
        return edtf_hint(given) if isinstance(given, str) else EXAMPLES
    if given is None:
        return "Leave the field out where nothing is known."
    literals = [part for part in parts if get_origin(part) is Literal]
    allowed = [word for part in literals for word in get_args(part)]
    if allowed and isinstance(given, str):
        return DidYouMean(given, frozenset(allowed), f"Choose from {', '.join(allowed)}.")
    expected = re.match(r"expected `(\w+)", problem)
    return HINTS.get(expected[1]) if expected else None
