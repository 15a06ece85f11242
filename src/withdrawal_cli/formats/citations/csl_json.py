"""CSL-JSON 1.0.2, which citation processors read.

See https://github.com/citation-style-language/schema.
"""

from collections.abc import Sequence
from typing import Any

from withdrawal_cli.dates import Edtf, date_text
from withdrawal_cli.formats.citations import (
    date_parts,
    number_parts,
    one_name,
    season_parts,
    split_name,
)
from withdrawal_cli.formats.json import indented
from withdrawal_cli.model import CSL_TYPES
from withdrawal_cli.queries.citing import Entry


def render(entries: Sequence[Entry]) -> str:
    """Return an array of items."""
    return indented([item(entry) for entry in entries]).decode() + "\n"


def item(entry: Entry) -> dict[str, Any]:
    """Return one item without empty fields; a type that CSL does not have becomes a document."""
    source = entry.source
    fields = {
        "id": source.id,
        "type": source.type if source.type in CSL_TYPES else "document",
        "title": source.title,
        "author": [_name(author) for author in source.authors],
        "issued": _date(source.issued),
        "accessed": _date(source.accessed),
        "container-title": source.container,
        "publisher": source.publisher,
        **number_parts(source.number),
        "version": entry.version,
        "ISBN": source.isbn,
        "URL": source.url,
        "language": source.language,
        "note": " ".join(filter(None, (source.note, entry.licensed))),
        "annote": entry.cited,
    }
    return {name: content for name, content in fields.items() if content}


def _name(author: str) -> dict[str, str]:
    person = split_name(author)
    if person is None:
        return {"literal": one_name(author)}
    return {part: text for part, text in person._asdict().items() if text}


def _date(when: Edtf | None) -> dict[str, Any] | None:
    """Return a date in numbers with a mark for doubt; in words if CSL has no numbers for it."""
    if when is None:
        return None
    season = season_parts(when)
    parts = [[season[0]]] if season else date_parts(when)
    if not parts:
        return {"literal": date_text(when)}
    doubt = {"circa": True} if when.approximate or when.uncertain else {}
    return {"date-parts": parts, **({"season": season[1]} if season else {}), **doubt}
