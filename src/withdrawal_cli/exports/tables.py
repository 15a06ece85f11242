"""A selection as tables with keys: what the exports for databases and for table programs share.

One table for each kind of record, under the name of its array. One for each list inside it (`event_places`, `person_roles`),
whose key is the owner with the position from 1. `records` has every id once, so that `aliases`, `citations` and
`dispute_about` can refer to records of any kind. All is made from the dataclasses of the model: a field added there is here.

Only the events of the selection are in; what refers to another is left out, or empty. Of all other kinds every record is in.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from withdrawal_cli.dataset.reading import RECORDS
from withdrawal_cli.dates import Edtf, Period
from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.exports import Selection
from withdrawal_cli.model import KINDS, Citation, Dataset, Estimate, Event, Metadata, Record, Source
from withdrawal_cli.queries.rows import estimate_row, phases_of
from withdrawal_cli.queries.spans import count_meeting
from withdrawal_cli.safety import clean
from withdrawal_cli.values import Value, meanings, value
from withdrawal_cli.wording import figure_of, short_source

MOST_PHASES = 1_000_000
"""The rows of event_phases that are made: a million take 200 MB."""

Cell = str | int | float | None

TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}
"""The words of Table Schema for the types of the model."""

WORDS = {
    **{key: word for word, key in KINDS.items()},
    "about": "record",
    "accounts": "account",
    "aliases": "alias",
    "authors": "author",
    "belligerents": "belligerent",
    "follows": "follows",
    "story": "paragraph",
    "citations": "citation",
    "commanders": "person",
    "points": "point",
    "ranks": "rank",
    "related": "related",
    "roles": "role",
}
"""The word for one item of each list."""

TARGETS = {
    **{key: key for key in KINDS.values()},
    **KINDS,
    "about": "records",
    "commanders": "people",
    "leader": "people",
    "related": "events",
    "follows": "events",
}
"""The table that has the ids which stand in a field, or a list, of this name."""


@value
class Field(Value):
    """What a column holds."""

    name: str
    type: str
    "string, integer, number, boolean or date."
    description: str
    required: bool = False
    choices: tuple[str, ...] = ()
    "All that it may say; empty for anything."
    target: str | None = None
    "The table whose id it holds."


@value
class Reference(Value):
    """A foreign key."""

    fields: tuple[str, ...]
    table: str
    to: tuple[str, ...]


@value
class Table(Value):
    """Rows of cells, and what they mean."""

    name: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...]
    rows: Sequence[tuple[Cell, ...]]


@value
class _Things(Value):
    """Things that have a table, under their keys, and how they and the tables of their lists are called."""

    table: str
    word: str
    "For one of them."
    prefix: str
    "Of the tables of their lists."
    description: str
    key: tuple[Field, ...]
    owner: Reference | None = None
    items: Sequence[tuple[tuple[Cell, ...], Any]]


_SHAPES = {word: get_args(RECORDS[key])[0] for word, key in KINDS.items()}
_KIND_OF = {shape: word for word, shape in _SHAPES.items()}
_POSITION = Field(
    name="position", type="integer", description="Place in the list, from 1.", required=True
)
_RECORD = (
    Field(
        name="kind",
        type="string",
        description="The kind of record.",
        required=True,
        choices=tuple(KINDS),
    ),
    Field(
        name="name", type="string", description="What it is called, in a few words.", required=True
    ),
)
_MADE = (
    Field(
        name="filters",
        type="string",
        description="The options that chose the events; empty for all.",
    ),
    Field(name="program", type="string", description="What made this document.", required=True),
    Field(
        name="notice",
        type="string",
        description="What it was made of, under which licence: a sentence.",
        required=True,
    ),
)


def make_tables(selection: Selection) -> list[Table]:
    """Return every table, also the empty ones: each dataset has the same tables with the same fields."""
    return list(_Tables(selection).all())


def records_of(selection: Selection) -> dict[str, Sequence[Record]]:
    """Return the records that are in, under the name of their table."""
    return {key: getattr(selection.dataset, key) for key in KINDS.values()} | {
        "events": selection.events
    }


def record_name(item: Record) -> str:
    """Return what a record is called: a name or a title; of a figure what it says, of a source its author and year."""
    if isinstance(item, Source):
        return text_of(short_source(item))
    if isinstance(item, Estimate):
        return text_of(f"{figure_of(estimate_row(item))}: {item.scope or item.measure}")
    return text_of(str(getattr(item, "name", None) or getattr(item, "title", None)))


def text_of(text: str) -> str:
    """Return the text as it is written into a document: without control characters, but with its lines."""
    return clean(text, keep="\n\t")


class _Tables:
    """The tables of one selection."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self.dataset: Dataset = selection.dataset
        self.records = records_of(selection)
        self.known = {item.id for items in self.records.values() for item in items}

    def all(self) -> Iterator[Table]:
        every = self._every_record()
        yield _table(every, _RECORD, lambda item: (_KIND_OF[type(item)], record_name(item)))
        yield from self._metadata()
        for word, key in KINDS.items():
            yield from self._kind(word, key)
        yield from self._list(every, "aliases", str, "Another name, or a former id.")
        yield from self._list(every, "citations", Citation, "Where a statement about it is made.")

    def _every_record(self) -> _Things:
        items = [((item.id,), item) for items in self.records.values() for item in items]
        description = "Every record of every kind."
        return _Things(
            table="records",
            word="record",
            prefix="",
            description=description,
            key=(_id(Event),),
            items=items,
        )

    def _metadata(self) -> Iterator[Table]:
        about, made = self.dataset.metadata, self.selection
        things = _Things(
            table="metadata",
            word="dataset",
            prefix="dataset",
            description=_first_sentence(Metadata),
            key=(_id(Metadata),),
            items=[((about.id,), about)],
        )
        more = tuple(map(text_of, (made.filters, made.program, made.notice)))
        yield _table(
            things, (*_fields(Metadata), *_MADE), lambda item: (*self._cells(Metadata, item), *more)
        )
        yield from self._lists(things, Metadata)

    def _kind(self, word: str, key: str) -> Iterator[Table]:
        shape = _SHAPES[word]
        things = _Things(
            table=key,
            word=word,
            prefix=word,
            description=_first_sentence(shape),
            key=(_id(shape),),
            owner=Reference(fields=("id",), table="records", to=("id",)),
            items=[((item.id,), item) for item in self.records[key]],
        )
        yield _table(things, _fields(shape), partial(self._cells, shape))
        yield from self._lists(things, shape, apart=("aliases", "citations"))
        if shape is Event:
            self._refuse_too_many_phases()
            yield from self._list(
                things, "phases", str, "A phase in which its date can fall.", self._phases
            )
            yield from self._list(
                things, "disputes", str, "A dispute that touches it.", self._disputes
            )

    def _refuse_too_many_phases(self) -> None:
        """Raise WithdrawalError where thousands of phases meet thousands of events: each is a row."""
        chosen = (Period.of(event.date) for event in self.selection.events)
        rows = sum(count_meeting((phase.date for phase in self.dataset.phases), chosen))
        if rows > MOST_PHASES:
            raise WithdrawalError(
                f"the table event_phases would have {rows:,} rows, one for each phase of an event",
                hint="Choose fewer events with --during or --key, or export geojson or html.",
            )

    def _phases(self, event: Event) -> Sequence[str]:
        return phases_of(self.dataset, event.date)

    def _disputes(self, event: Event) -> Sequence[str]:
        return self.dataset.disputes_of.get(event.id, ())

    def _lists(self, owner: _Things, shape: type, apart: Sequence[str] = ()) -> Iterator[Table]:
        """Yield the tables of the lists of a class, but for the lists `apart`."""
        for name, kind in get_type_hints(shape).items():
            if get_origin(kind) is tuple and name not in apart:
                yield from self._list(owner, name, get_args(kind)[0], meanings(shape)[name])

    def _list(
        self,
        owner: _Things,
        name: str,
        shape: type,
        description: str,
        read: Callable[[Any], Sequence[Any]] | None = None,
    ) -> Iterator[Table]:
        """Yield the table of a list, one row for each of its items, and those of the lists inside them."""
        read = read or (lambda item: getattr(item, name, ()))
        things = _Things(
            table=f"{owner.prefix}_{name}".lstrip("_"),
            word=WORDS[name],
            prefix=f"{owner.prefix}_{WORDS[name]}".lstrip("_"),
            description=f"Of each {owner.word}: {description[0].lower()}{description[1:]}",
            key=(*_renamed(owner), _POSITION),
            owner=Reference(
                fields=_names(_renamed(owner)), table=owner.table, to=_names(owner.key)
            ),
            items=[
                ((*key, number), part)
                for key, item in owner.items
                for number, part in enumerate(self._kept(name, read(item)), 1)
            ],
        )
        if shape is str:
            field = Field(
                name=WORDS[name],
                type="string",
                description=description,
                required=True,
                target=TARGETS.get(name),
            )
            yield _table(things, (field,), lambda text: (text_of(text),))
        else:
            yield _table(things, _fields(shape), partial(self._cells, shape))
            yield from self._lists(things, shape)

    def _kept(self, name: str, parts: Sequence[Any]) -> Sequence[Any]:
        """Return the items of the list `name`, without the ids of records that are not in."""
        return [part for part in parts if part in self.known] if name in TARGETS else parts

    def _cells(self, shape: type, item: Any) -> Iterator[Cell]:
        """Yield the cells of an item, one for each of the fields of its class."""
        for name, kind in _singles(shape):
            content = getattr(item, name)
            if kind is Edtf:
                yield from _date_cells(content)
            elif isinstance(content, str):
                yield text_of(content) if name not in TARGETS or content in self.known else None
            else:
                yield content


def _table(
    things: _Things, fields: Sequence[Field], cells: Callable[[Any], Iterable[Cell]]
) -> Table:
    outer = [things.owner] if things.owner else []
    inner = [
        Reference(fields=(field.name,), table=field.target, to=("id",))
        for field in fields
        if field.target
    ]
    return Table(
        name=things.table,
        description=things.description,
        fields=(*things.key, *fields),
        key=_names(things.key),
        references=(*outer, *inner),
        rows=[(*key, *cells(item)) for key, item in things.items],
    )


def _names(fields: Iterable[Field]) -> tuple[str, ...]:
    return tuple(field.name for field in fields)


def _id(shape: type) -> Field:
    return Field(name="id", type="string", description=meanings(shape)["id"], required=True)


def _first_sentence(shape: type) -> str:
    return f"{str(shape.__doc__).partition('. ')[0].rstrip('.')}."


def _renamed(owner: _Things) -> tuple[Field, ...]:
    """Return the key of an owner as its lists have it: its `id` or `position` is called by its word."""
    *outer, last = owner.key
    return *outer, Field(
        name=owner.word,
        type=last.type,
        description=f"The {owner.word} that it belongs to.",
        required=True,
    )


@cache
def _singles(shape: Any) -> list[tuple[str, Any]]:
    """Return the fields of a class that hold one thing, with its type; the id is a key and not among them."""
    kinds = {
        name: _without_none(kind)
        for name, kind in get_type_hints(shape).items()
        if name in shape.__dataclass_fields__
    }
    return [
        (name, kind)
        for name, kind in kinds.items()
        if name != "id" and get_origin(kind) is not tuple
    ]


def _without_none(kind: Any) -> Any:
    if get_origin(kind) not in (Union, UnionType):
        return kind
    [only] = [part for part in get_args(kind) if part is not NoneType]
    return only


def _fields(shape: Any) -> tuple[Field, ...]:
    """Return the fields of a class, three for each date."""
    found: list[Field] = []
    for name, kind in _singles(shape):
        default = shape.__dataclass_fields__[name].default
        field = Field(
            name=name,
            type=TYPES.get(kind, "string"),
            description=meanings(shape)[name],
            required=default is not None,
            choices=get_args(kind) if get_origin(kind) is Literal else (),
            target=TARGETS.get(name),
        )
        found += _date_fields(field) if kind is Edtf else [field]
    return tuple(found)


def _date_fields(field: Field) -> list[Field]:
    """Return the field of a date in EDTF, and those of its first and last day."""
    prefix = "" if field.name == "date" else f"{field.name}_"
    said = Field(
        name=field.name,
        type="string",
        description=f"{field.description} EDTF.",
        required=field.required,
    )
    ends = [
        Field(
            name=f"{prefix}{end}",
            type="date",
            description=f"The {day} day that {field.name} can mean; empty when it is open.",
        )
        for end, day in (("earliest", "first"), ("latest", "last"))
    ]
    return [said, *ends]


def _date_cells(when: Edtf | None) -> tuple[Cell, Cell, Cell]:
    if when is None:
        return None, None, None
    first, last = (day.isoformat() if day else None for day in (when.earliest, when.latest))
    return when.text, first, last
