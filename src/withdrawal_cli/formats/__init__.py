"""Rows to text in UTF-8: one module for each format, loaded when it is used."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from importlib import import_module
from itertools import chain, islice
from pathlib import PurePath
from typing import Any, TypeVar

from msgspec.structs import asdict, replace

from withdrawal_cli.dates import Edtf
from withdrawal_cli.errors import UsageError, check_choice, unknown_choice
from withdrawal_cli.formats.columns import Column
from withdrawal_cli.model import Citation, Dataset
from withdrawal_cli.queries.products import Product
from withdrawal_cli.values import Value

T = TypeVar("T")

FORMATS = {
    "table": (".txt", "columns for people: drawn on a terminal, plain in a pipe"),
    "json": (".json", "an array of objects"),
    "jsonl": (".jsonl", "one object a line"),
    "csv": (".csv", "RFC 4180 with a header"),
    "tsv": (".tsv", "tabs and no quoting, for cut and awk"),
    "markdown": (".md", "a table to paste into a document; of a page, a document with footnotes"),
}
"""Each format's suffix and description; the module of its name renders it."""

PICTURES = {
    "text": (".txt", "the screen without colour, to read or to print"),
    "svg": (".svg", "the screen as a picture, for slides and documents"),
    "html-screen": (
        ".html",
        "the screen as a page; `withdrawal export html` makes the page to read",
    ),
}
"""Formats that show the drawn screen; views make them. Pages default to `text`."""

LISTING_FORMATS = FORMATS | PICTURES

FORMER_NAMES = {"html": "html-screen"}
"""Names that are still understood: `html` was taken for the page that `export html` makes."""


SUFFIXES = frozenset(
    (
        ".json", ".jsonl", ".csv", ".tsv", ".md", ".svg", ".html", ".ics", ".geojson", ".sqlite",
        ".zip", ".bib", ".ris", ".pdf", ".doc", ".docx", ".odt", ".rtf", ".tex", ".epub", ".xls",
        ".xlsx", ".ods", ".ppt", ".pptx", ".odp", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".gz",
        ".xml", ".yaml", ".toml", ".parquet", ".kml", ".gpx", ".shp",
    )
)  # fmt: skip
"""The suffixes that say what a file is. Others, such as `.out`, fit any format."""


class Listing(Value):
    """A command's answer: one sequence of rows, as columns for people and fields for programs."""

    dataset: Dataset
    "For the names behind the ids in the rows."
    rows: Iterable[Any]
    "May be a generator: iterate only once."
    fields: Sequence[str]
    "The names of the rows' fields, in the promised order."
    columns: Sequence[Column]
    single: bool = False
    "Whether the answer is one object and not an array."
    products: Mapping[str, Product] | None = None
    "How many items the rows list in each field in which lists multiply."

    def peeked(self) -> "tuple[Listing, bool]":
        """Return a listing to use in place of this one, and whether it has a row."""
        rows = iter(self.rows)
        first = list(islice(rows, 1))
        return replace(self, rows=chain(first, rows)), bool(first)

    def on(self, width: int) -> list[Column]:
        """Return the columns for a screen of this width (`PIPE` for a pipe or a document)."""
        return [column for column in self.columns if column.fits(width)]


def fields_of(kind: Any) -> tuple[str, ...]:
    """Return the names of the fields of a row, in their order."""
    names: tuple[str, ...] = kind.__struct_fields__
    return names


def value_of(row: Any, name: str) -> Any:
    """Return a field of a row; rows of chosen fields are dictionaries."""
    return row.get(name) if isinstance(row, dict) else getattr(row, name)


def render(name: str, listing: Listing, **look: Any) -> Iterator[bytes]:
    """Yield the listing in a format of `FORMATS` as UTF-8, piece by piece as its rows are made.

    `look` is handed to the format: `ink` colours the cells of a table.

    Raises WithdrawalError at once if its fields would list too much.
    """
    for field, product in (listing.products or {}).items():
        if field in listing.fields:
            product.refuse(
                f"Choose fewer records, or leave out {field}, as with --fields id,date,title."
            )
    pieces: Iterator[bytes] = import_module(f"{__name__}.{name}").render(listing, **look)
    return pieces


def utf8(text: str) -> bytes:
    """Return the text as UTF-8, with a question mark for half of a surrogate pair."""
    return text.encode("utf-8", "replace")


def batches(rows: Iterable[T], size: int = 500) -> Iterator[list[T]]:
    """Yield the rows in lists: enough of them for speed, few enough for little memory."""
    remaining = iter(rows)
    while batch := list(islice(remaining, size)):
        yield batch


def choose_format(
    name: str | None,
    as_json: bool,
    target: str | None,
    formats: Mapping[str, tuple[str, str]] = LISTING_FORMATS,
    json_format: str = "json",
) -> str:
    """Return the format chosen by name, by `--json` or by the suffix of the file, else the first.

    Raises UsageError.
    """
    exports = " Calendars, maps and databases: withdrawal export." if "svg" in formats else ""
    if (former := FORMER_NAMES.get(name or "")) in formats:
        name = former
    check_choice(name, formats, "there is no format {!r}", more=exports)
    if as_json and name not in (None, json_format):
        raise UsageError(
            f"--json and --format {name} ask for two formats", hint="Give one of them."
        )
    if name or as_json:
        asked = name or json_format
        refuse_suffix(target, asked, formats[asked][0])
        return asked
    if target is None or target == "-":
        return next(iter(formats))
    by_suffix: dict[str, str] = {}
    for known, (suffix, _) in formats.items():
        by_suffix.setdefault(suffix, known)
    if chosen := by_suffix.get(PurePath(target).suffix.lower()):
        return chosen
    raise UsageError(
        f"the suffix of {target!r} names no format",
        hint=f"Use one of {', '.join(by_suffix)}, or add --format.{exports}",
    )


def refuse_suffix(target: str | None, name: str, *suffixes: str) -> None:
    """Raise UsageError for a file whose suffix says that it is something other than `name`."""
    suffix = PurePath(target or "").suffix.lower()
    if suffix in SUFFIXES and suffix not in suffixes:
        raise UsageError(
            f"{target!r} has the suffix of something else: {name} is written to {suffixes[0]}",
            hint=f"Name the file {PurePath(target or '').with_suffix(suffixes[0]).name}.",
        )


def choose_fields(listing: Listing, wanted: str | None) -> Listing:
    """Return the listing with only the fields in the comma-separated `wanted`, in that order.

    `None` keeps them all. Raises UsageError.
    """
    if wanted is None:
        return listing
    names = [name.strip() for name in wanted.split(",") if name.strip()]
    unknown = next((name for name in names if name not in listing.fields), None)
    if unknown or not names:
        problem = f"there is no field {unknown!r}" if unknown else "--fields names no field"
        raise unknown_choice(problem, unknown or "", listing.fields)

    def column(name: str) -> Column:
        return Column(heading=name, cell=lambda _, row: cell_text(row[name]))

    return Listing(
        dataset=listing.dataset,
        rows=({name: value_of(row, name) for name in names} for row in listing.rows),
        fields=names,
        columns=list(map(column, names)),
        single=listing.single,
        products=listing.products,
    )


def cell_text(content: Any) -> str:
    """Return the content of a field as one cell.

    Null is empty, and empty fields of an object are left out.

    >>> cell_text(["kabul", "termez"]), cell_text({"id": "phase-one", "days": 93, "note": None})
    ('kabul; termez', 'id: phase-one, days: 93')
    """
    if isinstance(content, str):
        return content
    if content is None:
        return ""
    if isinstance(content, bool):
        return "true" if content else "false"
    if isinstance(content, date):
        return content.isoformat()
    if isinstance(content, Edtf):
        return content.text
    if isinstance(content, Citation):
        return f"{content.source} ({content.locator})" if content.locator else content.source
    if isinstance(content, (list, tuple)):
        return "; ".join(map(cell_text, content))
    if isinstance(content, (dict, Value)):
        parts = content if isinstance(content, dict) else asdict(content)
        return ", ".join(
            f"{name}: {cell_text(part)}"
            for name, part in parts.items()
            if part not in (None, "", [], ())
        )
    return str(content)
