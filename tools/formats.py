"""Generate parts of pages: formats, the fields of records and answers, the tables of a database.

`python -m tools.manual` calls it. A part is between `<!-- made: NAME -->` and `<!-- end -->`.
"""

import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path

from withdrawal_cli import __version__, model
from withdrawal_cli.dataset.reading import load_dataset
from withdrawal_cli.exports import EXPORTS, Selection
from withdrawal_cli.exports.sqlite import render as render_sqlite
from withdrawal_cli.exports.tables import make_tables
from withdrawal_cli.formats import FORMATS, PICTURES
from withdrawal_cli.formats.citations import CITATIONS
from withdrawal_cli.formats.schemas import OUTPUTS, Schema, output_schema
from withdrawal_cli.model import KINDS
from withdrawal_cli.values import meanings

DOCS = Path(__file__).parent.parent / "docs"
PAGES = (DOCS / "formats.md", DOCS / "dataset.md")

_PART = re.compile(r"(<!-- made: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_TYPES = {"integer": "whole number", "number": "number", "boolean": "true or false", "null": "null"}


def page(path: Path) -> str:
    """Return one of the PAGES with its parts generated anew."""
    return _PART.sub(
        lambda part: f"{part[1]}\n{_made(part[2]).rstrip()}\n\n{part[3]}", path.read_text("utf-8")
    )


def _made(name: str) -> str:
    """Return a part: one of PARTS, or the fields of a class of the model."""
    if name in PARTS:
        return PARTS[name]()
    fields = meanings(getattr(model, name)).items()
    return _table(
        "field", "what it holds", rows=((f"`{field}`", meaning) for field, meaning in fields)
    )


# --- Formats -------------------------------------------------------------------------------------


def _registry(what: str, registry: Mapping[str, tuple[str, str]]) -> str:
    return _table(
        what,
        "suffix",
        "",
        rows=((f"`{name}`", f"`{suffix}`", words) for name, (suffix, words) in registry.items()),
    )


# --- Answers -------------------------------------------------------------------------------------


def _answers() -> str:
    """Return a section for each command that answers in JSON, and for each row inside answers."""
    schemas = {command: output_schema(command) for command in OUTPUTS}
    rows = {
        name: row
        for schema in schemas.values()
        for name, row in schema["$defs"].items()
        if name.endswith("Row")
    }
    parts = [name for name in sorted(rows, key=_title) if name not in mains()]
    sections = [_answer(command, schema) for command, schema in schemas.items()]
    sections += ["### Parts of answers"]
    sections += [
        f"#### {_title(name)}\n\n{rows[name]['description']}\n\n{_fields(rows[name])}"
        for name in parts
    ]
    return "\n\n".join(sections)


def _answer(command: str, schema: Schema) -> str:
    heading = f"### withdrawal {command}"
    if command == "show":
        return f"{heading}\n\n{_show(schema['$defs'])}"
    shape = "An array of objects:" if schema.get("type") == "array" else "One object:"
    if command == "on":
        shape = (
            "One object; for a day without a year (`15 February`) an array of events, as "
            "[timeline](#withdrawal-timeline) has them:"
        )
    return f"{heading}\n\n{shape}\n\n{_fields(schema['$defs'][_row_of(schema)])}"


def _row_of(schema: Schema) -> str:
    """Return the name of the row that an answer is, or is an array of; empty for `show`."""
    schema = schema.get("anyOf", [schema])[0]
    reference: str = schema.get("$ref") or schema.get("items", {}).get("$ref") or ""
    return reference.rpartition("/")[2]


@cache
def mains() -> dict[str, str]:
    """Return the rows that are the answer of a command, with the command."""
    return {_row_of(output_schema(command)): command for command in OUTPUTS if command != "show"}


def _show(definitions: dict[str, Schema]) -> str:
    """Return what `show` gives: the fields of each kind of record, then those that all share."""
    details = {kind: definitions[f"{kind.capitalize()}Detail"]["properties"] for kind in KINDS}
    shared = [name for name in details["side"] if all(name in found for found in details.values())]
    ties = [name for name in shared if name not in ("record", "id", "aliases")]
    own = _table(
        "`record`",
        "its own fields",
        rows=(
            (f"`{kind}`", _code(name for name in found if name not in (*ties, "record")))
            for kind, found in details.items()
        ),
    )
    after = _table(
        "field",
        "type",
        "what it holds",
        rows=(
            (f"`{name}`", _type(details["side"][name]), details["side"][name]["description"])
            for name in ties
        ),
    )
    return (
        "One object for one id, an array for several. It begins with `record`, the kind of record, "
        "and has the fields that the\n"
        "record has in the data, which [the dataset](dataset.md#the-fields) describes, nothing "
        f"left out:\n\n{own}\n\n"
        "After them stands what is tied to it (`disputes` of an event where its ids stand in the "
        f"answer of `timeline`):\n\n{after}"
    )


def _fields(schema: Schema) -> str:
    """Return the fields as a table; a row that begins with another one's fields refers to them."""
    fields, before = dict(schema["properties"]), ""
    for name in ("EventRow", "EstimateRow"):
        shared = list(output_schema(mains()[name])["$defs"][name]["properties"])
        if list(fields)[: len(shared)] == shared and len(fields) > len(shared):
            before = f"The fields of an [{_title(name)}]({_anchor(name)}), and after them:\n\n"
            fields = dict(list(fields.items())[len(shared) :])
    rows = (
        (f"`{name}`", _type(content), content["description"]) for name, content in fields.items()
    )
    return before + _table("field", "type", "what it holds", rows=rows)


def _anchor(name: str) -> str:
    """Return where a class is described: here, or in the codebook of the data."""
    if name in mains():
        return f"#withdrawal-{mains()[name]}"
    return (
        f"#{_title(name).lower().replace(' ', '-')}"
        if name.endswith("Row")
        else f"dataset.md#{name.lower()}"
    )


def _type(content: Schema) -> str:
    """Return a type in words: `{"type": ["string", "null"], "format": "date"}`: "date or null"."""
    if "$ref" in content:
        name = content["$ref"].rpartition("/")[2]
        return f"[{_title(name)}]({_anchor(name)})"
    if "anyOf" in content:
        return " or ".join(map(_type, content["anyOf"]))
    if "enum" in content:
        return ", ".join("null" if word is None else f"`{word}`" for word in content["enum"])
    if content["type"] == "array":
        return f"list of {_type(content['items'])}"
    if content["type"] == "object":
        return f"object of {_type(content['additionalProperties'])}"
    names = content["type"] if isinstance(content["type"], list) else [content["type"]]
    text = {"date": "date", "edtf": "EDTF"}.get(content.get("format", ""), "text")
    return " or ".join(_TYPES.get(name, text) for name in names)


def _title(name: str) -> str:
    """Return the name of a row as a heading: BriefingEventRow is "Briefing event"."""
    return re.sub("(?<=[a-z])(?=[A-Z])", " ", name.removesuffix("Row")).capitalize()


# --- Tables --------------------------------------------------------------------------------------


def _tables() -> str:
    tables = [
        (f"`{table.name}`", table.description, _code(field.name for field in table.fields))
        for table in make_tables(whole())
    ]
    return _table("table", "a row is", "columns", rows=tables)


def _views() -> str:
    with closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(render_sqlite(whole()))
        names = [
            name
            for (name,) in base.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY rowid"
            )
        ]
        columns = {
            name: [row[1] for row in base.execute(f"PRAGMA table_info({name})")]
            for name in (*names, "search")
        }
    return _table(
        "name", "columns", rows=((f"`{name}`", _code(found)) for name, found in columns.items())
    )


def whole() -> Selection:
    dataset = load_dataset(None)
    return Selection(
        dataset=dataset,
        events=dataset.events,
        chosen_with="",
        program=f"withdrawal {__version__}",
        command="withdrawal export",
    )


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table(*headings: str, rows: Iterable[Sequence[str]]) -> str:
    lines = [
        headings,
        ["---"] * len(headings),
        *([cell.replace("|", r"\|") for cell in row] for row in rows),
    ]
    return "\n".join(f"| {' | '.join(cells)} |".replace("|  |", "| |") for cells in lines)


PARTS: dict[str, Callable[[], str]] = {
    "formats": lambda: _registry("format", FORMATS | PICTURES),
    "citations": lambda: _registry("format", CITATIONS),
    "exports": lambda: _registry("export", EXPORTS),
    "answers": _answers,
    "tables": _tables,
    "views": _views,
}
"""What makes each part."""
