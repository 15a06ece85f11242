"""Ids in what another program pipes in: JSON, JSON Lines, a stream of JSON, CSV, TSV or lines.

In an object, or under a header, ids are looked for where records keep them: under `id`, `source`,
`sources` and `citations`. Its other texts link to places, people and phases, and would add what
nobody asked for. Bare texts count, as `jq '.[].id'` prints them. If none of this finds an id, every
text that is one counts.
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

INPUT = "standard input"

_CITATION = re.compile(r"([a-z0-9-]{3,64}) \((.+)\)", re.DOTALL)


def find_mentions(content: bytes, known: Container[str]) -> list[Citation]:
    """Return the ids in `content` that are `known`, with their locators if given.

    Raises WithdrawalError if there are none.
    """
    try:
        document = _parse(content.decode("utf-8-sig"))
        found = list(_mentions(document, known, texts=True)) or list(_anywhere(document, known))
    except UnicodeDecodeError:
        raise WithdrawalError("this is not UTF-8", where=INPUT, hint="Pipe UTF-8 text.") from None
    except RecursionError:
        raise WithdrawalError("the JSON is nested too deeply", where=INPUT) from None
    if not found:
        raise WithdrawalError(
            "it has no id of a record",
            where=INPUT,
            hint="Pipe in JSON, JSON Lines, CSV or TSV with ids: "
            "withdrawal timeline --json | withdrawal cite -",
        )
    return found


def _parse(text: str) -> list[Any]:
    """Return the JSON values in the text, one after another as jq writes them, or a table."""
    # A number is not an id, and `int` refuses one of more than 4,300 digits.
    decoder = json.JSONDecoder(parse_int=float)
    values: list[Any] = []
    position = 0
    try:
        while True:
            while text[position : position + 1].isspace():
                position += 1
            if position == len(text):
                return values
            value, position = decoder.raw_decode(text, position)
            values.append(value)
    except json.JSONDecodeError as error:
        if text.lstrip()[:1] in ("{", "["):
            problem = f"this is not JSON (line {error.lineno}: {error.msg})"
            raise WithdrawalError(problem, where=INPUT) from None
    return _table(text)


def _table(text: str) -> list[Any]:
    """Return the rows of CSV or TSV: dicts under a header that has a key of KEYS, else lists."""
    tabs: Any = {"delimiter": "\t", "quoting": csv.QUOTE_NONE}
    try:
        dialect = tabs if "\t" in text.partition("\n")[0] else {}
        rows = list(csv.reader(io.StringIO(text, newline=""), **dialect))
    except csv.Error as error:
        raise WithdrawalError(f"this is neither JSON nor a table ({error})", where=INPUT) from None
    cells = [[cell.split("; ") for cell in row] for row in rows]
    header = [name.strip().lower() for name in rows[0]] if rows else []
    if any(name in KEYS for name in header):
        return [dict(zip(header, row, strict=False)) for row in cells[1:]]
    return cells


def _mentions(content: Any, known: Container[str], *, texts: bool) -> Iterator[Citation]:
    """Yield what is mentioned under KEYS, at any depth; `texts` says if bare texts count, too."""
    match content:
        case str() if texts:
            yield from _mention(content, known)
        case list():
            for part in content:
                yield from _mentions(part, known, texts=texts)
        case {"source": str(source), "locator": str(locator)} if source in known:
            yield Citation(source=source, locator=locator)
        case dict():
            for key in (*KEYS, "bibliography"):
                yield from _mentions(content.get(key), known, texts=True)
            if "bibliography" not in content:  # which holds all that the record cites
                for key, part in content.items():
                    if key not in KEYS:
                        yield from _mentions(part, known, texts=False)


def _anywhere(content: Any, known: Container[str]) -> Iterator[Citation]:
    if isinstance(content, str):
        yield from _mention(content, known)
    elif isinstance(content, list | dict):
        for part in content.values() if isinstance(content, dict) else content:
            yield from _anywhere(part, known)


def _mention(text: str, known: Container[str]) -> Iterator[Citation]:
    """Yield the id that a text is, or the citation in a cell of our own: `an-id (p. 3)`."""
    text = text.strip()
    if text in known:
        yield Citation(source=text)
    elif (cited := _CITATION.fullmatch(text)) and cited[1] in known:
        yield Citation(source=cited[1], locator=cited[2])
