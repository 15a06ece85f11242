"""An SQLite database: a table for each kind of record and for each list, two views, and `search` for words.

The view `timeline` has one event a row with what it is tied to in names, `casualties` one figure a row with its sources.
Every reference is a foreign key; SQLite holds a writer to them only after `PRAGMA foreign_keys = ON`. The same version of
the SQLite library writes the same bytes.

Title, version, licence and filters stand in the table `metadata`. Datasette shows its own, from a file which that table makes:

    sqlite3 war.sqlite "SELECT json_object('title', title, 'description', notice, 'license', license) FROM metadata" > war.json
    datasette war.sqlite --metadata war.json
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from typing import Any

from withdrawal_cli.exports import Selection
from withdrawal_cli.exports.tables import Cell, Table, make_tables, record_name, records_of, text_of
from withdrawal_cli.model import CASUALTIES, CERTAINTIES, KINDS, RANKS

APPLICATION_ID = int.from_bytes(b"WDRL")
"""Marks the file as ours: four bytes of its header (https://www.sqlite.org/fileformat.html#application_id)."""
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
  kind UNINDEXED, id UNINDEXED, name, aliases, says, tokenize = "unicode61 remove_diacritics 2"
)"""
SAYING = (
    "summary",
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
"""The fields that `says` is made of, with the titles of roles and ranks and the answers to a dispute."""

_DATE = "coalesce(e.earliest, '0001-01-01'), coalesce(e.latest, '9999-12-31')"
"""The order of dates, as `Edtf.order` has it."""


def render(selection: Selection) -> bytes:
    """Return the database file."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
        for pragma in (
            "page_size = 4096",
            f"application_id = {APPLICATION_ID}",
            f"user_version = {LAYOUT}",
            "foreign_keys = ON",
            "temp_store = MEMORY",  # or VACUUM writes to the disk, which may be full
        ):
            base.execute(f"PRAGMA {pragma}")
        base.execute("BEGIN")
        base.execute(
            "PRAGMA defer_foreign_keys = ON"
        )  # a row may come before the one that it refers to
        tables = make_tables(selection)
        for table in tables:
            base.execute(_definition(table))
        for table in tables:
            _fill(base, table)
        base.execute(_timeline())
        base.execute(_casualties())
        base.execute(SEARCH)
        base.executemany("INSERT INTO search VALUES (?, ?, ?, ?, ?)", _search_rows(selection))
        base.execute(
            "INSERT INTO search (search, rank) VALUES ('rank', 'bm25(0, 0, 10, 5, 1)')"
        )  # a name says more than a text
        base.execute("COMMIT")
        base.execute("VACUUM")
        return base.serialize()


def _fill(base: sqlite3.Connection, table: Table) -> None:
    """Add the rows of a table, and an index for each foreign key that does not begin the primary key."""
    marks = ", ".join("?" * len(table.fields))
    counts = any(field.type == "integer" and field.name not in table.key for field in table.fields)
    rows = (list(map(_bound, row)) for row in table.rows) if counts else table.rows
    base.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)
    for reference in table.references:
        if reference.fields != table.key[: len(reference.fields)]:
            fields = reference.fields
            base.execute(
                f"CREATE INDEX {table.name}_{'_'.join(fields)} ON {table.name} ({', '.join(fields)})"
            )


def _definition(table: Table) -> str:
    """Return the statement that makes a table. Its names and choices are the model's own and need no quoting."""
    lines = []
    for field in table.fields:
        needed = " NOT NULL" if field.required else ""
        choices = ", ".join(f"'{choice}'" for choice in field.choices)
        check = f" CHECK ({field.name} IN ({choices}))" if choices else ""
        lines.append(f"{field.name} {AFFINITIES[field.type]}{needed}{check}")
    lines.append(f"PRIMARY KEY ({', '.join(table.key)})")
    for reference in table.references:
        target = f"{reference.table} ({', '.join(reference.to)})"
        lines.append(f"FOREIGN KEY ({', '.join(reference.fields)}) REFERENCES {target}")
    body = ",\n  ".join(lines)
    return f"CREATE TABLE {table.name} (\n  {body}\n)"


def _bound(cell: Cell) -> Cell:
    """Return the cell as SQLite takes it: a whole number beyond 64 bits as its digits."""
    return str(cell) if isinstance(cell, int) and not -(2**63) <= cell < 2**63 else cell


def _timeline() -> str:
    """Return the view of events, in order of date as every listing has them."""
    return f"""
CREATE VIEW timeline AS
SELECT e.id, e.date, e.earliest, e.latest, e.title, e.summary, e.category, e.importance, e.certainty, sides.name AS side,
  {_linked("phases", "phase", "id")},
  {_linked("places", "place", "name")},
  {_linked("people", "person", "name")},
  {_linked("organizations", "organization", "name")},
  {_linked("disputes", "dispute", "id")},
  {_sources("")}
FROM events AS e LEFT JOIN sides ON sides.id = e.side
ORDER BY {_DATE}, e.id"""


def _casualties() -> str:
    """Return the view of the figures of people lost, in the order of the command `casualties`."""
    return f"""
CREATE VIEW casualties AS
SELECT e.id, sides.name AS side, e.measure, e.date, e.earliest, e.latest, e.low, e.best, e.high, e.unit, e.text, e.scope,
  e.part, e.rank, e.reason, e.certainty, e.dispute, disputes.title AS question, e.event,
  {_sources(" || coalesce(', ' || l.locator, '')")}
FROM estimates AS e LEFT JOIN sides ON sides.id = e.side LEFT JOIN disputes ON disputes.id = e.dispute
WHERE {_place("measure", CASUALTIES)} > 0
ORDER BY sides.id IS NULL, sides.rowid, {_place("measure", CASUALTIES)},
  e.part, {_place("rank", RANKS)}, {_place("certainty", CERTAINTIES)}, e.date IS NOT NULL, {_DATE}, e.id"""


def _place(field: str, words: tuple[str, ...]) -> str:
    """Return an expression that grows with the place of a field among the words, and is 0 for none of them."""
    return f"instr('|{'|'.join(words)}|', '|' || e.{field} || '|')"


def _linked(links: str, link: str, label: str) -> str:
    """Return a column of what is linked to an event, joined by semicolons in the order of the list."""
    rows = f"SELECT t.{label} FROM event_{links} AS l JOIN {links} AS t ON t.id = l.{link} WHERE l.event = e.id ORDER BY l.position"
    return f"(SELECT group_concat({label}, '; ') FROM ({rows})) AS {links}"


def _sources(more: str) -> str:
    """Return a column of the sources of a record in a few words each, with `more`; those that read alike stand once."""
    rows = f"""SELECT t.name{more} AS source FROM citations AS l JOIN records AS t ON t.id = l.source
      WHERE l.record = e.id GROUP BY 1 ORDER BY min(l.position)"""
    return f"(SELECT group_concat(source, '; ') FROM ({rows})) AS sources"


def _search_rows(selection: Selection) -> Iterator[tuple[str, ...]]:
    records = records_of(selection)
    for kind, key in KINDS.items():
        for item in records[key]:
            names = [
                text
                for text in (
                    getattr(item, "title", None),
                    getattr(item, "native_name", None),
                    *item.aliases,
                )
                if text
            ]
            yield (
                kind,
                item.id,
                record_name(item),
                text_of("; ".join(names)),
                text_of("\n".join(_said(item))),
            )


@cache
def _saying(shape: type) -> tuple[str, ...]:
    return tuple(field for field in SAYING if hasattr(shape, field))


def _said(item: Any) -> Iterator[str]:
    shape: type = type(item)
    for field in _saying(shape):
        content = getattr(item, field) or ()
        yield from (content,) if isinstance(content, str) else content
    yield from (held.title for field in ("roles", "ranks") for held in getattr(item, field, ()))
    for account in getattr(item, "accounts", ()):
        yield account.says
        yield account.reason or ""
