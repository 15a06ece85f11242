"""An SQLite database: a table for each kind of record and each list, two views, and `search`.

The view `timeline` has one event a row with the names of what it is tied to, `casualties` one
figure a row with its sources. Every reference is a foreign key; SQLite enforces them only after
`PRAGMA foreign_keys = ON`. The same version of the SQLite library writes the same bytes.

Title, version, licence and filters stand in the table `metadata`. Datasette shows its own metadata,
from a file which that table makes. Its last lines make `search` the search of `records`, whose
rows lead on: the two have the same rowids.

    sqlite3 war.sqlite "SELECT json_object('title', title, 'description', notice, 'license', license,
      'databases', json_object('war', json_object('tables', json_object('records', json_object('fts_table', 'search')))))
      FROM metadata" > war.json
    datasette war.sqlite --metadata war.json
"""  # noqa: E501 (a command to copy)

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from itertools import chain
from typing import Any

from withdrawal_cli.dataset.carrying import KEY, TABLE, packed
from withdrawal_cli.exports import Selection
from withdrawal_cli.exports.tables import Cell, Table, make_tables, records_of, text_of
from withdrawal_cli.model import CASUALTIES, CERTAINTIES, RANKS
from withdrawal_cli.queries.folding import fold

APPLICATION_ID = int.from_bytes(b"WDRL")
"""Marks the file as ours: https://www.sqlite.org/fileformat.html#application_id"""
LAYOUT = 1
"""`PRAGMA user_version`: goes up when a table, a view or a column is renamed or removed."""

AFFINITIES = {
    "string": "TEXT",
    "integer": "INTEGER",
    "number": "REAL",
    "boolean": "INTEGER",
    "date": "TEXT",
}

SEARCH = """
CREATE VIRTUAL TABLE search USING fts5(
  kind UNINDEXED, id UNINDEXED, name, aliases, says, folded,
  tokenize = "unicode61 remove_diacritics 2"
)"""
SEARCHED = (
    "short_answer",
    "meaning",
    "summary",
    "significance",
    "points",
    "scope",
    "text",
    "explanation",
    "reason",
    "authors",
    "container",
    "publisher",
    "note",
)
"""The fields in `says`, besides the titles of roles and ranks and the answers to a dispute."""

DATE_ORDER = "coalesce(e.earliest, '0001-01-01'), coalesce(e.latest, '9999-12-31')"
"""The order of dates, as `Edtf.order` has it."""


def render(selection: Selection) -> bytes:
    """Return the database file."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
        for pragma in (
            "page_size = 4096",
            f"application_id = {APPLICATION_ID}",
            f"user_version = {LAYOUT}",
            # What a file says is checked when it is read, and references that lead nowhere are
            # left out. Checking each row again took a quarter of the time; the tests run
            # `integrity_check` and `foreign_key_check`.
            "foreign_keys = OFF",
            "ignore_check_constraints = ON",
        ):
            base.execute(f"PRAGMA {pragma}")
        base.execute("BEGIN")
        tables = make_tables(selection)
        for table in tables:
            base.execute(definition(table))
        for table in tables:
            fill(base, table)
        base.execute(timeline_view())
        base.execute(casualties_view())
        base.execute(SEARCH)
        rows = search_rows(selection, tables[0])
        base.executemany("INSERT INTO search VALUES (?, ?, ?, ?, ?, ?)", rows)
        # a word in a name counts for more than one in a text
        base.execute("INSERT INTO search (search, rank) VALUES ('rank', 'bm25(0, 0, 10, 5, 1, 1)')")
        base.execute(TABLE)
        base.execute(f"INSERT INTO {KEY} VALUES (?)", (packed(selection.dataset, 1),))
        base.execute("COMMIT")
        return base.serialize()


def definition(table: Table) -> str:
    """Return the statement that makes a table.

    Its names and choices are the model's own, and need no quoting.
    """
    lines = []
    for field in table.fields:
        required = " NOT NULL" if field.required else ""
        choices = ", ".join(f"'{choice}'" for choice in field.choices)
        check = f" CHECK ({field.name} IN ({choices}))" if choices else ""
        lines.append(f"{field.name} {AFFINITIES[field.type]}{required}{check}")
    lines.append(f"PRIMARY KEY ({', '.join(table.key)})")
    for reference in table.references:
        target = f"{reference.table} ({', '.join(reference.to)})"
        lines.append(f"FOREIGN KEY ({', '.join(reference.fields)}) REFERENCES {target}")
    body = ",\n  ".join(lines)
    return f"CREATE TABLE {table.name} (\n  {body}\n)"


def fill(base: sqlite3.Connection, table: Table) -> None:
    """Add the rows of a table, and an index for each foreign key that does not begin its key."""

    def bound(cell: Cell) -> Cell:
        # SQLite takes whole numbers of 64 bits; its columns make a float of the digits of others
        return str(cell) if isinstance(cell, int) and not -(2**63) <= cell < 2**63 else cell

    marks = ", ".join("?" * len(table.fields))
    columns = (
        list(map(bound, column))
        if field.type == "integer" and field.name not in table.key
        else column
        for field, column in zip(table.fields, table.columns, strict=True)
    )
    base.executemany(f"INSERT INTO {table.name} VALUES ({marks})", zip(*columns, strict=True))
    for fields in (reference.fields for reference in table.references):
        if fields != table.key[: len(fields)]:
            index = f"{table.name}_{'_'.join(fields)}"
            base.execute(f"CREATE INDEX {index} ON {table.name} ({', '.join(fields)})")


def timeline_view() -> str:
    """Return the view of events, in order of date as every listing has them."""
    return f"""
CREATE VIEW timeline AS
SELECT e.id, e.date, e.earliest, e.latest, e.title, e.summary, e.category, e.importance,
  e.certainty, sides.name AS side,
  {linked("phases", "phase", "id")},
  {linked("places", "place", "name")},
  {linked("people", "person", "name")},
  {linked("organizations", "organization", "name")},
  {linked("disputes", "dispute", "id")},
  {sources("t.name")},
  e.significance
FROM events AS e LEFT JOIN sides ON sides.id = e.side
ORDER BY {DATE_ORDER}, e.id"""


def casualties_view() -> str:
    """Return the view of the figures of people lost, in the order of the command `casualties`."""
    return f"""
CREATE VIEW casualties AS
SELECT e.id, sides.name AS side, e.measure, e.date, e.earliest, e.latest, e.low, e.best, e.high,
  e.unit, e.text, e.scope, e.part, e.rank, e.reason, e.certainty, e.dispute,
  disputes.title AS question, e.event,
  {sources("t.name || coalesce(', ' || l.locator, '')")},
  e.importance, disputes.short_answer
FROM estimates AS e
  LEFT JOIN sides ON sides.id = e.side
  LEFT JOIN disputes ON disputes.id = e.dispute
WHERE {index_in("measure", CASUALTIES)} > 0
ORDER BY e.importance <> 'key', sides.id IS NULL, sides.rowid,
  {index_in("measure", CASUALTIES)}, e.part, {index_in("rank", RANKS)},
  {index_in("certainty", CERTAINTIES)}, e.date IS NOT NULL, {DATE_ORDER}, e.id"""


def index_in(field: str, choices: tuple[str, ...]) -> str:
    """Return an expression that grows with the index of a field among the choices; 0 for none."""
    return f"instr('|{'|'.join(choices)}|', '|' || e.{field} || '|')"


def linked(table: str, word: str, column: str) -> str:
    """Return a column of the records of a table that an event links, joined by semicolons."""
    rows = f"""SELECT t.{column} FROM event_{table} AS l JOIN {table} AS t ON t.id = l.{word}
      WHERE l.event = e.id ORDER BY l.position"""
    return f"(SELECT group_concat({column}, '; ') FROM ({rows})) AS {table}"


def sources(text: str) -> str:
    """Return a column of the sources of a record, each distinct `text` once."""
    rows = f"""SELECT {text} AS source FROM citations AS l JOIN records AS t ON t.id = l.source
      WHERE l.record = e.id GROUP BY 1 ORDER BY min(l.position)"""
    return f"(SELECT group_concat(source, '; ') FROM ({rows})) AS sources"


def search_rows(selection: Selection, every_record: Table) -> Iterator[tuple[Cell, ...]]:
    """Yield kind, id, name, other names and texts of each record, and words as they are typed."""
    items = chain.from_iterable(records_of(selection).values())
    for item, identifier, kind, name in zip(items, *every_record.columns, strict=True):
        names = [getattr(item, "title", None), getattr(item, "native_name", None)]
        aliases = text_of("; ".join(filter(None, [*names, *item.aliases])))
        says = text_of("\n".join(texts(item)))
        yield kind, identifier, name, aliases, says, folded_words(f"{name} {aliases} {says}")


def folded_words(text: str) -> str:
    """Return the words that SQLite would not find as they are typed: `Łódź` as `lodz`.

    Its tokenizer drops the accents of Latin letters alone.
    """
    if text.isascii():
        return ""
    words = dict.fromkeys(word for word in text.split() if not word.isascii())
    return " ".join(dict.fromkeys(fold(word) for word in words))


def texts(item: Any) -> Iterator[str]:
    for field in searched(item.__class__):
        content = getattr(item, field) or ()
        yield from (content,) if isinstance(content, str) else content
    for field in ("roles", "ranks"):
        yield from (tenure.title for tenure in getattr(item, field, ()))
    for account in getattr(item, "accounts", ()):
        yield from (account.says, account.reason or "")


@cache
def searched(shape: Any) -> list[str]:
    """Return the fields of SEARCHED that a class of records has."""
    return [field for field in SEARCHED if field in shape.__struct_fields__]
