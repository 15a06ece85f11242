"""Rows to text in UTF-8: one module for each format, loaded when it is used. Nothing here knows Rich or Typer."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from importlib import import_module
from itertools import islice
from pathlib import PurePath
from typing import Any, TypeVar

from withdrawal_cli.dates import Edtf
from withdrawal_cli.errors import UsageError
from withdrawal_cli.formats.columns import Column
from withdrawal_cli.model import Citation, Dataset
from withdrawal_cli.values import Row, Value, contents, value

T = TypeVar("T")


FORMATS = {
    "table": (".txt", "columns for people: drawn on a terminal, plain in a pipe"),
    "json": (".json", "an array of objects"),
    "jsonl": (".jsonl", "one object a line"),
    "csv": (".csv", "RFC 4180 with a header"),
    "tsv": (".tsv", "tabs and no quotes, for cut and awk"),
    "markdown": (".md", "a table to paste into a document"),
}
"""Each format's suffix and what it is; the module of its name renders it."""

PICTURES = {
    "svg": (".svg", "the screen as a picture, for slides and documents"),
    "html": (".html", "the screen as a page"),
}
"""Formats that show the drawn screen; views make them."""


@value
class Listing(Value):
    """What a command answers: one sequence of rows, as columns for people and fields for programs."""

    dataset: Dataset
    "Has the names of what the rows name by id."
    rows: Iterable[Any]
    "Gone through once: they may be made as they are asked for."
    fields: Sequence[str]
    "The names of the rows' fields, in the order that is promised."
    columns: Sequence[Column]
    single: bool = False
    "Whether the answer is one object and not an array."

    def on(self, width: int) -> list[Column]:
        """Return the columns for a screen of this width (`PIPE` for a pipe or a document)."""
        return [column for column in self.columns if column.fits(width)]


def fields_of(kind: Any) -> tuple[str, ...]:
    """Return the names of the fields of a row, in their order."""
    return tuple(kind.__dataclass_fields__)


def value_of(row: Any, name: str) -> Any:
    """Return a field of a row; rows of which a few fields were chosen are dictionaries."""
    return row.get(name) if isinstance(row, dict) else getattr(row, name)


def render(name: str, listing: Listing) -> Iterator[bytes]:
    """Yield the listing in the format `name`, a key of `FORMATS`, as UTF-8, piece by piece as its rows are made."""
    pieces: Iterator[bytes] = import_module(f"{__name__}.{name}").render(listing)
    return pieces


def utf8(text: str) -> bytes:
    """Return the text as UTF-8; half of a surrogate pair, which it cannot say, becomes a question mark."""
    return text.encode("utf-8", "replace")


def batches(rows: Iterable[T], size: int = 500) -> Iterator[list[T]]:
    """Yield the rows in lists: enough to work fast, few enough to hold little."""
    remaining = iter(rows)
    while batch := list(islice(remaining, size)):
        yield batch


OF_LISTINGS = FORMATS | PICTURES
"""What every listing can be written in."""


def choose_format(
    name: str | None,
    as_json: bool,
    target: str | None,
    formats: Mapping[str, tuple[str, str]] = OF_LISTINGS,
    json_format: str = "json",
) -> str:
    """Return the format asked for: by name, by `--json`, or by the suffix of the file; else the first. Raises UsageError."""
    documents = (
        " Calendars, maps and databases: withdrawal export." if formats is OF_LISTINGS else ""
    )
    if name is not None and name not in formats:
        raise UsageError(
            f"there is no format {name!r}", hint=f"Choose one of {', '.join(formats)}.{documents}"
        )
    if as_json and name not in (None, json_format):
        raise UsageError(
            f"--json and --format {name} ask for two formats", hint="Give one of them."
        )
    if name or as_json:
        return name or json_format
    if target is None or target == "-":
        return next(iter(formats))
    suffix = PurePath(target).suffix.lower()
    for known, (its_suffix, _) in formats.items():
        if its_suffix == suffix:
            return known
    suffixes = ", ".join(its_suffix for its_suffix, _ in formats.values())
    raise UsageError(
        f"the suffix of {target!r} names no format",
        hint=f"Use one of {suffixes}, or add --format.{documents}",
    )


def choose_fields(listing: Listing, wanted: str | None) -> Listing:
    """Return the listing with only the fields in the comma-separated `wanted`, in that order. Raises UsageError."""
    if wanted is None:
        return listing
    names = [name.strip() for name in wanted.split(",") if name.strip()]
    for name in names:
        if name not in listing.fields:
            raise UsageError(
                f"there is no field {name!r}", hint=f"Choose from {', '.join(listing.fields)}."
            )
    if not names:
        raise UsageError(
            "--fields names no field", hint=f"Choose from {', '.join(listing.fields)}."
        )
    rows = ({name: value_of(row, name) for name in names} for row in listing.rows)
    columns = [Column(heading=name, cell=_cell_of(name)) for name in names]
    return Listing(
        dataset=listing.dataset, rows=rows, fields=names, columns=columns, single=listing.single
    )


def _cell_of(name: str) -> Callable[[Dataset, Any], str]:
    return lambda _, row: cell_text(row[name])


def cell_text(content: Any) -> str:
    """Return the content of a field as one cell: empty for null, lists joined by `; `.

    >>> cell_text(["kabul", "termez"])
    'kabul; termez'
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
    if isinstance(content, dict):
        return _parts(content)
    if isinstance(content, (Row, Value)):
        return _parts(contents(content))
    return str(content)


def _parts(contents: Mapping[str, Any]) -> str:
    """Return what an object holds, without what is empty: `id: phase-one, days: 93`."""
    return ", ".join(
        f"{name}: {cell_text(part)}"
        for name, part in contents.items()
        if part not in (None, "", [], ())
    )
