"""A selection as tables with keys, for the exports to databases and to programs that read tables.

There is one table for each kind of record, under the name of its array, and one for each list
inside it (`event_places`, `person_roles`), whose key is the owner's with the position from 1.
`records` has every id once, so that `aliases`, `citations` and `dispute_about` can refer to records
of any kind. All of it is made from the classes of the model, so a new field needs no change here.

Only the events of the selection are included: references to others are left out, or empty. Records
of every other kind are complete.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain, repeat
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec.structs import astuple

from withdrawal_cli.dataset.reading import RECORDS
from withdrawal_cli.dates import Edtf
from withdrawal_cli.exports import Selection
from withdrawal_cli.model import (
    KINDS,
    WORD_OF,
    Citation,
    Estimate,
    Event,
    Metadata,
    Record,
    Source,
    called,
)
from withdrawal_cli.queries.products import phases_of_events
from withdrawal_cli.queries.rows import phases_of
from withdrawal_cli.safety import clean
from withdrawal_cli.values import Value, defaults, meanings
from withdrawal_cli.wording import figure_of, short_source

Cell = str | int | float | None
Contents = dict[str, Sequence[Any]]
"""What the items of a class hold: for each field a sequence, in the order of the items."""

TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}
"""The types of the model, as Table Schema calls them."""

WORDS = {
    **WORD_OF,
    "about": "record",
    "accounts": "account",
    "aliases": "alias",
    "authors": "author",
    "belligerents": "belligerent",
    "citations": "citation",
    "commanders": "person",
    "follows": "follows",
    "neighbours": "neighbour",
    "points": "point",
    "ranks": "rank",
    "related": "related",
    "roles": "role",
    "story": "paragraph",
}
"""The word for one item of each list."""

TARGETS = {
    **{key: key for key in KINDS.values()},
    **KINDS,
    "about": "records",
    "commanders": "people",
    "follows": "events",
    "leader": "people",
    "related": "events",
}
"""The table that the ids in a field, or a list, of this name refer to."""


class Field(Value):
    """A column."""

    name: str
    description: str
    type: str = "string"
    "string, integer, number, boolean or date."
    required: bool = False
    choices: tuple[str, ...] = ()
    "The only values that it can have; empty for any."
    target: str | None = None
    "The table whose id it holds."


class Reference(Value):
    """A foreign key."""

    fields: tuple[str, ...]
    table: str
    to: tuple[str, ...]


class Table(Value):
    """Columns of cells, with what they mean."""

    name: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    "The names of the first fields, which form the primary key."
    references: tuple[Reference, ...]
    columns: Sequence[Sequence[Cell]]
    "The cells of each field."
    word: str
    "The word for one row, by which the tables of its lists refer to it."
    prefix: str
    "The beginning of the names of those tables."

    @property
    def rows(self) -> list[tuple[Cell, ...]]:
        return list(zip(*self.columns, strict=True))


POSITION = Field(
    name="position", type="integer", description="Place in the list, from 1.", required=True
)
KIND = Field(
    name="kind",
    description="The kind of record.",
    required=True,
    choices=tuple(KINDS),
)
NAME = Field(name="name", description="What it is called, in a few words.", required=True)
MADE_OF = (
    Field(
        name="filters",
        description="The options that chose the events; empty for all.",
    ),
    Field(name="program", description="What made this document.", required=True),
    Field(
        name="notice",
        description="What it was made of, under which licence: a sentence.",
        required=True,
    ),
)


def make_tables(selection: Selection) -> list[Table]:
    """Return every table, empty ones too: all datasets have the same tables with the same fields.

    Raises WithdrawalError if a table would be too large.
    """
    about, records = selection.dataset.metadata, records_of(selection)
    everything = [item for items in records.values() for item in items]
    tables = Tables(item.id for item in everything)

    every_record = tables.add(
        "records",
        "Every record of every kind.",
        key=(id_of(Event),),
        fields=(KIND, NAME),
        columns=[
            [item.id for item in everything],
            [word for word, key in KINDS.items() for _ in records[key]],
            [record_name(item) for item in everything],
        ],
        word="record",
        prefix="",
    )
    made_of = map(text_of, (selection.chosen_with, selection.program, selection.notice))
    held = contents_of(Metadata, [about])
    metadata = tables.add(
        "metadata",
        first_sentence(Metadata),
        key=(id_of(Metadata),),
        fields=(*fields_of(Metadata), *MADE_OF),
        columns=[held["id"], *tables.columns(Metadata, held), *([text] for text in made_of)],
        word="dataset",
    )
    tables.add_lists(metadata, Metadata, held)
    for word, key in KINDS.items():
        shape = get_args(RECORDS[key])[0]
        table = tables.add_records(shape, word, records[key])
        if shape is Event:
            add_computed_lists(tables, table, selection)
    aliases = [item.aliases for item in everything]
    tables.add_list(every_record, "aliases", str, "Another name, or a former id.", aliases)
    citations = [getattr(item, "citations", ()) for item in everything]
    description = "Where a statement about it is made."
    tables.add_list(every_record, "citations", Citation, description, citations)
    return tables.made


def add_computed_lists(tables: "Tables", events: Table, selection: Selection) -> None:
    """Add the phases and the disputes of each event, which the events themselves do not name."""
    dataset = selection.dataset
    phases_of_events(dataset, selection.events).refuse(
        "Choose fewer events with --during or --key, or export geojson or html."
    )
    phases = [phases_of(dataset, event.date) for event in selection.events]
    tables.add_list(events, "phases", str, "A phase in which its date can fall.", phases)
    disputes = [dataset.disputes_of.get(event.id, ()) for event in selection.events]
    tables.add_list(events, "disputes", str, "A dispute that touches it.", disputes)


def records_of(selection: Selection) -> dict[str, Sequence[Record]]:
    """Return the records to include, by the name of their table."""
    return {key: getattr(selection.dataset, key) for key in KINDS.values()} | {
        "events": selection.events
    }


def record_name(item: Record) -> str:
    """Return a name for a record: what a figure says, the author and year of a source."""
    if isinstance(item, Source):
        return text_of(short_source(item))
    if isinstance(item, Estimate):
        return text_of(f"{figure_of(item)}: {item.scope or item.measure}")
    return text_of(called(item))


def text_of(text: str) -> str:
    """Return a text without control characters, but with its line breaks and tabs."""
    # asked before the call, because hundreds of thousands of cells are plain
    return text if text.isprintable() else clean(text, keep="\n\t")


class Tables:
    """The tables made so far. References to ids other than `known` ones are left out."""

    def __init__(self, known: Iterable[str]) -> None:
        self.known = set(known)
        self.made: list[Table] = []

    def add(
        self,
        name: str,
        description: str,
        *,
        key: tuple[Field, ...],
        fields: Sequence[Field],
        columns: Sequence[Sequence[Cell]],
        word: str,
        prefix: str | None = None,
        owner: Reference | None = None,
    ) -> Table:
        """Add a table and return it. `prefix` is the word if not given."""
        targets = [
            Reference(fields=(field.name,), table=field.target, to=("id",))
            for field in fields
            if field.target
        ]
        table = Table(
            name=name,
            description=description,
            fields=(*key, *fields),
            key=tuple(field.name for field in key),
            references=(owner, *targets) if owner else tuple(targets),
            columns=columns,
            word=word,
            prefix=word if prefix is None else prefix,
        )
        self.made.append(table)
        return table

    def add_records(self, shape: Any, word: str, items: Sequence[Any]) -> Table:
        """Add the table of a kind of record and those of its lists, and return the first.

        Other names and citations are in tables that all kinds share.
        """
        held = contents_of(shape, items)
        table = self.add(
            KINDS[word],
            first_sentence(shape),
            key=(id_of(shape),),
            fields=fields_of(shape),
            columns=[held["id"], *self.columns(shape, held)],
            word=word,
            owner=Reference(fields=("id",), table="records", to=("id",)),
        )
        self.add_lists(table, shape, held, but=("aliases", "citations"))
        return table

    def add_lists(self, owner: Table, shape: Any, held: Contents, but: Sequence[str] = ()) -> None:
        """Add a table for each list in the class of the owner's items, except those in `but`."""
        for name, kind in get_type_hints(shape).items():
            if get_origin(kind) is tuple and name not in but:
                self.add_list(owner, name, get_args(kind)[0], meanings(shape)[name], held[name])

    def add_list(
        self, owner: Table, name: str, shape: Any, description: str, lists: Sequence[Sequence[Any]]
    ) -> None:
        """Add the table of a list, and the tables of the lists inside its items.

        `lists` has one for each row of the owner, in order; `shape` is the class of their items, or
        `str`.
        """
        word = WORDS[name]
        if name in TARGETS:
            lists = [[item for item in items if item in self.known] for items in lists]
        lengths = list(map(len, lists))
        items = list(chain.from_iterable(lists))
        if shape is str:
            target = TARGETS.get(name)
            text = Field(name=word, description=description, required=True, target=target)
            fields: Sequence[Field] = [text]
            columns: list[Sequence[Cell]] = [items if target else list(map(text_of, items))]
        else:
            held = contents_of(shape, items)
            fields, columns = fields_of(shape), self.columns(shape, held)
        key, reference = belonging_to(owner)
        table = self.add(
            f"{owner.prefix}_{name}".lstrip("_"),
            f"Of each {owner.word}: {description[0].lower()}{description[1:]}",
            key=(*key, POSITION),
            fields=fields,
            columns=[
                *(
                    list(chain.from_iterable(map(repeat, column, lengths)))
                    for column in owner.columns[: len(key)]
                ),
                [position for length in lengths for position in range(1, length + 1)],
                *columns,
            ],
            word=word,
            prefix=f"{owner.prefix}_{word}".lstrip("_"),
            owner=reference,
        )
        if shape is not str:
            self.add_lists(table, shape, held)

    def columns(self, shape: Any, held: Contents) -> list[Sequence[Cell]]:
        """Return the cells of the items of a class, one column for each of `fields_of`."""
        columns: list[Sequence[Cell]] = []
        for name, kind in single_fields(shape):
            contents = held[name]
            if kind is Edtf:
                ends = [(date.earliest, date.latest) if date else (None, None) for date in contents]
                columns.append([date.text if date else None for date in contents])
                columns.append([first.isoformat() if first else None for first, _ in ends])
                columns.append([last.isoformat() if last else None for _, last in ends])
            elif name in TARGETS:
                columns.append([name if name in self.known else None for name in contents])
            elif kind is str:
                columns.append([text and text_of(text) for text in contents])
            else:
                columns.append(contents)
        return columns


def belonging_to(owner: Table) -> tuple[tuple[Field, ...], Reference]:
    """Return the fields by which a row of a list names its owner, and the foreign key they form.

    There the owner's `id` or `position` goes by the owner's word.
    """
    *outer, last = owner.fields[: len(owner.key)]
    description = f"The {owner.word} that it belongs to."
    named = Field(name=owner.word, type=last.type, description=description, required=True)
    fields = (*outer, named)
    names = tuple(field.name for field in fields)
    return fields, Reference(fields=names, table=owner.name, to=owner.key)


def contents_of(shape: Any, items: Sequence[Any]) -> Contents:
    """Return the contents of the items of a class, by field."""
    names = shape.__struct_fields__
    if not items:
        return dict.fromkeys(names, ())
    # each item once: to go through thousands again for each field takes four times as long
    return dict(zip(names, zip(*map(astuple, items), strict=True), strict=True))


def id_of(shape: Any) -> Field:
    return Field(name="id", description=meanings(shape)["id"], required=True)


def first_sentence(shape: Any) -> str:
    """Return the first sentence of a class's docstring."""
    return re.split(r"(?<=\.)\s", str(shape.__doc__))[0]


@cache
def single_fields(shape: Any) -> list[tuple[str, Any]]:
    """Return the fields of a class that hold one value, with its type; not `id`, which is a key."""
    hints = get_type_hints(shape)
    found = []
    for name in shape.__struct_fields__:
        kind = hints[name]
        if get_origin(kind) in (Union, UnionType):
            [kind] = [part for part in get_args(kind) if part is not NoneType]
        if name != "id" and get_origin(kind) is not tuple:
            found.append((name, kind))
    return found


def fields_of(shape: Any) -> tuple[Field, ...]:
    """Return the columns of a class, three for each date: EDTF, and its first and last day."""
    found = []
    for name, kind in single_fields(shape):
        description = meanings(shape)[name]
        required = defaults(shape)[name] is not None
        if kind is not Edtf:
            field = Field(
                name=name,
                type=TYPES.get(kind, "string"),
                description=description,
                required=required,
                choices=get_args(kind) if get_origin(kind) is Literal else (),
                target=TARGETS.get(name),
            )
            found.append(field)
            continue
        edtf = description if "EDTF" in description else f"{description} EDTF."
        found.append(Field(name=name, description=edtf, required=required))
        prefix = "" if name == "date" else f"{name}_"
        for end, day in (("earliest", "first"), ("latest", "last")):
            meaning = f"The {day} day that {name} can mean; empty when it is open."
            found.append(Field(name=f"{prefix}{end}", type="date", description=meaning))
    return tuple(found)
