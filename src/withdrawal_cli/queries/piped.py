"""Ids found in what another program hands over: JSON, JSON Lines, a stream of JSON values, CSV, TSV, or bare lines.

In an object, or under a header, the ids are looked for where records keep them: under `id`, `source`, `sources` and
`citations`. Its other texts are links (places, people, phases) and would drag in what nobody asked for. Bare texts count, as
`jq '.[].id'` gives them. Where none of this finds an id, every text that is one counts.
"""

import csv
import io
import json
import re
from collections.abc import Container, Iterator
from typing import Any

from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.model import Citation

KEYS = ("id", "source", "sources", "citations")
"""Where a record keeps its own id and those of its sources."""

_CITATION = re.compile(r"([a-z0-9-]{3,64}) \((.+)\)", re.DOTALL)


def find_mentions(content: bytes, known: Container[str]) -> list[Citation]:
    """Return the ids of `known` records in `content`, with locators where it gives them. Raises WithdrawalError for none."""
    try:
        text = content.decode("utf-8-sig")
        document = _parse(text)
        found = list(_under_keys(document, known)) or list(_anywhere(document, known))
    except UnicodeDecodeError:
        raise WithdrawalError(
            "this is not UTF-8", where="standard input", hint="Pipe UTF-8 text."
        ) from None
    except RecursionError:
        raise WithdrawalError("the JSON is nested too deeply", where="standard input") from None
    if not found:
        raise WithdrawalError(
            "there is no id of the data in it",
            where="standard input",
            hint="Pipe in JSON, JSON Lines, CSV or TSV with ids: withdrawal timeline --json | withdrawal cite -",
        )
    return found


def _parse(text: str) -> Any:
    """Return the content as lists and dicts: JSON values, or else the rows of a table."""
    try:
        return list(_json_values(text))
    except json.JSONDecodeError as error:
        if text.lstrip()[:1] in ("{", "["):
            raise WithdrawalError(
                f"this is not JSON (line {error.lineno}: {error.msg})", where="standard input"
            ) from None
    return _table(text)


def _json_values(text: str) -> Iterator[Any]:
    """Yield one JSON value after the other, with any white space between them: JSON, JSON Lines and what jq writes."""
    decoder = json.JSONDecoder(
        parse_int=float
    )  # a number is no id, and int refuses more than 4300 digits
    white = re.compile(r"\s*")
    place = 0
    while True:
        gap = white.match(text, place)
        place = gap.end() if gap else place
        if place == len(text):
            return
        content, place = decoder.raw_decode(text, place)
        yield content


def _table(text: str) -> list[Any]:
    """Return the rows of CSV or TSV: dicts where the header says which column holds ids, lists of cells where it does not."""
    dialect: Any = (
        {"delimiter": "\t", "quoting": csv.QUOTE_NONE} if "\t" in text.partition("\n")[0] else {}
    )
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), **dialect))
    except csv.Error as error:
        raise WithdrawalError(
            f"this is neither JSON nor a table ({error})", where="standard input"
        ) from None
    cells = [[cell.split("; ") for cell in row] for row in rows]
    header = [name.strip().lower() for name in rows[0]] if rows else []
    if any(name in KEYS for name in header):
        return [dict(zip(header, row, strict=False)) for row in cells[1:]]
    return cells


def _under_keys(content: Any, known: Container[str]) -> Iterator[Citation]:
    if isinstance(content, str):
        yield from _mention(content, known)
    elif isinstance(content, list):
        for part in content:
            yield from _under_keys(part, known)
    elif isinstance(content, dict):
        source, locator = content.get("source"), content.get("locator")
        if isinstance(source, str) and isinstance(locator, str) and source in known:
            yield Citation(source=source, locator=locator)
            return
        for key in (*KEYS, "bibliography"):
            yield from _under_keys(content.get(key), known)
        if "bibliography" not in content:  # what has one says there all that it cites
            for key, part in content.items():
                if key not in KEYS:
                    yield from _inside(part, known)


def _inside(content: Any, known: Container[str]) -> Iterator[Citation]:
    """Yield what the objects inside a value mention; its own texts are links to other records."""
    if isinstance(content, dict):
        yield from _under_keys(content, known)
    elif isinstance(content, list):
        for part in content:
            yield from _inside(part, known)


def _anywhere(content: Any, known: Container[str]) -> Iterator[Citation]:
    if isinstance(content, str):
        yield from _mention(content, known)
    elif isinstance(content, (list, dict)):
        for part in content.values() if isinstance(content, dict) else content:
            yield from _anywhere(part, known)


def _mention(text: str, known: Container[str]) -> Iterator[Citation]:
    """Yield the id that a text is, or the citation that a cell of ours says: `an-id (p. 3)`."""
    text = text.strip()
    if text in known:
        yield Citation(source=text)
    elif (said := _CITATION.fullmatch(text)) and said[1] in known:
        yield Citation(source=said[1], locator=said[2])
