"""Frozen classes of keyword-only fields that say what they mean: records, reports and rows.

They are msgspec Structs, which are defined, made, compared, decoded and encoded in C. The methods
that `@dataclass` writes take up to 1.3 ms a class to compile, and a start needs twenty classes;
decoding takes half as long again. Records are dataclasses all the same (see `record`).
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, TypeVar, dataclass_transform, overload

from msgspec import NODEFAULT, Struct, StructMeta
from msgspec.structs import fields

T = TypeVar("T")


class _Field:
    """What `field` declares."""

    def __init__(self, meaning: str, default: Any) -> None:
        self.meaning = meaning
        self.default = default


@overload
def field(meaning: str) -> Any: ...
@overload
def field(meaning: str, *, default: T) -> T: ...
def field(meaning: str, *, default: Any = NODEFAULT) -> Any:
    """Declare a field with its meaning, which schemas, codebooks and `docs/dataset.md` print.

    The class keeps the meaning, so it is there without the source files.
    """
    return _Field(meaning, default)


class _Kind(StructMeta):
    """Makes Structs of classes whose fields may be declared with `field`."""

    def __new__(
        cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **options: Any
    ) -> Any:
        said = {key: found for key, found in namespace.items() if isinstance(found, _Field)}
        for key, found in said.items():
            if found.default is NODEFAULT:
                del namespace[key]
            else:
                namespace[key] = found.default
        namespace["meanings_here"] = {key: found.meaning for key, found in said.items()}
        return super().__new__(cls, name, bases, namespace, kw_only=True, **options)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
class Value(Struct, metaclass=_Kind, frozen=True):
    """Base of what holds a few fields: a record, a report, a part of either.

    A class may refuse impossible values in `__post_init__` with a ValueError; msgspec calls it too,
    and adds the JSON path.
    """

    meanings_here: ClassVar[dict[str, str]]
    "The meanings of the fields that the class itself declares with `field`."


def record(cls: type[T]) -> type[T]:
    """Make a class of the model a dataclass: `fields`, `asdict` and `replace` work on it.

    `dataclass` finds the Struct's methods and writes none. It collects the fields, but cannot see
    the defaults of a Struct.
    """
    made: Any = dataclass(init=False, repr=False, eq=False, match_args=False, kw_only=True)(cls)
    for name, default in defaults(made).items():
        if default is not NODEFAULT:
            made.__dataclass_fields__[name].default = default
    kind: type[T] = made
    return kind


class Row(Value):
    """Base of the rows that queries return, made by the hundred thousand."""

    mirrors: ClassVar[Any] = None
    "The record whose fields it repeats."


@cache
def defaults(kind: Any) -> dict[str, Any]:
    """Return the default of each field of a class by name; `NODEFAULT` if it is required."""
    return {found.name: found.default for found in fields(kind)}


def meanings(kind: Any) -> dict[str, str]:
    """Return what each field of a class means, in the order of the fields.

    A field declared without `field(...)` means the same as in the record that the class mirrors
    (`Row.mirrors`), or has no meaning.
    """
    found = meanings(kind.mirrors) if getattr(kind, "mirrors", None) else {}
    for base in reversed(kind.__mro__):
        found |= getattr(base, "meanings_here", {})
    return {name: found.get(name, "") for name in kind.__struct_fields__}


def mirrored(kind: Any, item: Any) -> dict[str, Any]:
    """Return the fields that a row shares with the record it mirrors, by name."""
    return {name: getattr(item, name) for name in _shared_names(kind)}


@cache
def _shared_names(kind: Any) -> list[str]:
    record = kind.mirrors.__struct_fields__
    return [name for name in kind.__struct_fields__ if name in record]
