"""Frozen dataclasses that are quick to define and to decode.

`@dataclass(frozen=True, slots=True)` writes and compiles six methods for every class: 1.3 ms each on Python 3.11, and a
start defines twenty. Here the methods are written once, in `Value`, and `@value` only collects the fields (0.2 ms). Give
every class a docstring: without one `dataclass` works out a signature to put there, which costs as much again.
"""

from dataclasses import MISSING, dataclass
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


class Value:
    """Base of every `@value`: keyword-only construction, equality by fields, no assignment.

    A class may refuse impossible values in `__post_init__` with a ValueError; msgspec calls it too, and adds the JSON path.
    """

    __slots__ = ()
    __dataclass_fields__: Any

    def __init__(self, **given: Any) -> None:
        write = object.__setattr__
        for name, field in self.__dataclass_fields__.items():
            content = given.pop(name, field.default)
            if content is MISSING:
                raise TypeError(f"{type(self).__name__} needs {name}")
            write(self, name, content)
        if given:
            raise TypeError(f"{type(self).__name__} has no {', '.join(given)}")
        check = getattr(self, "__post_init__", None)
        if check:
            check()

    def __setattr__(self, name: str, content: object) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable: {name} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable: {name} cannot be deleted")

    def _contents(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.__dataclass_fields__)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Value) and type(self) is type(other) and self._contents() == other._contents()

    def __hash__(self) -> int:
        return hash(self._contents())

    def __repr__(self) -> str:
        fields = zip(self.__dataclass_fields__, self._contents(), strict=True)
        return f"{type(self).__name__}({', '.join(f'{name}={content!r}' for name, content in fields)})"


@dataclass_transform(kw_only_default=True, frozen_default=True)
def value(cls: type[T]) -> type[T]:
    """Make `cls`, a subclass of `Value`, a slotted dataclass with the methods of `Value`."""
    return dataclass(init=False, eq=False, repr=False, match_args=False, kw_only=True, slots=True)(cls)


@dataclass_transform(kw_only_default=True, frozen_default=True)
def record(cls: type[T]) -> type[T]:
    """Make `cls` a dataclass like `value`, but without slots: for what has many fields, of which a file gives few.

    msgspec asks of each field that a file leaves out whether it is set. A slot that is not answers with an exception, the
    class with its default: a third of the time that it takes to read a large file, for a tenth more memory.
    """
    return dataclass(init=False, eq=False, repr=False, match_args=False, kw_only=True)(cls)
