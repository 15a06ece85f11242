"""A row of our own `timeline -f csv` to an event. Of what it names, only the ids are there; they become records of their own."""

import re
from collections.abc import Mapping
from typing import Any

from withdrawal_cli.dates import parse_edtf
from withdrawal_cli.imports.draft import Draft, quoted
from withdrawal_cli.model import CATEGORIES, CERTAINTIES, IMPORTANCES, is_slug

NAMED = ("places", "people", "organizations")
WORDS = {"category": CATEGORIES, "importance": IMPORTANCES, "certainty": CERTAINTIES}
COMPUTED = {"earliest", "latest", "precision", "approximate", "uncertain", "phases", "disputes"}
OURS = {
    "id",
    "date",
    "title",
    "summary",
    "significance",
    "follows",
    "points",
    "side",
    "sources",
    "citations",
    *NAMED,
    *WORDS,
    *COMPUTED,
}
"""The columns that are read, and those that are worked out from others."""
SOURCE = re.compile("[a-z0-9-]{3,64}")
CITED = re.compile(rf"\)(?:; (?={SOURCE.pattern}(?:; | \(|$))|$)")
"""The end of a locator: what stands behind it must be another citation."""

Row = Mapping[str, str]


def add_row(draft: Draft, place: str, row: Row) -> None:
    """Add the event of a row, if it says when it was and what it is called, and stubs for all that it names."""
    title = row.get("title", "")
    if not title:
        draft.doubt("there is no title; it is left out", place)
        return
    if not row.get("date"):
        draft.doubt("the date is empty; it is left out", place)
        return
    try:
        when = parse_edtf(row["date"])
    except ValueError as error:
        draft.doubt(f"{error}; it is left out", place)
        return
    for name in ("phases", "disputes"):
        if row.get(name):
            draft.doubt(f"the {name} are not carried: the file has only their ids", place)
    if row.get("points"):
        draft.doubt("the points are parted at every semicolon", place)
    draft.add(
        "events",
        title,
        row.get("id", ""),
        date=when.text,
        title=title,
        summary=row.get("summary", ""),
        significance=row.get("significance", ""),
        follows=[event for event in row.get("follows", "").split("; ") if event],
        points=[point for point in row.get("points", "").split("; ") if point],
        side=_stub(draft, "sides", row.get("side", "")),
        **{name: _word(draft, place, name, row.get(name, "")) for name in WORDS},
        **{name: _stubs(draft, name, row.get(name, "")) for name in NAMED},
        citations=_citations(draft, place, row),
    )


def _word(draft: Draft, place: str, name: str, content: str) -> str:
    if content and content not in WORDS[name]:
        draft.doubt(
            f"the {name} {quoted(content)} is none of {', '.join(WORDS[name])}; it is not carried",
            place,
        )
        return ""
    return content


def _stubs(draft: Draft, key: str, content: str) -> list[str]:
    return [_stub(draft, key, item) for item in dict.fromkeys(content.split("; ")) if item]


def _stub(draft: Draft, key: str, given: str) -> str:
    """Return the id of the record that a cell names, which is made when it is met first."""
    if not given:
        return ""
    made = draft.stubs.setdefault(key, {})
    if given not in made:
        draft.doubt(f"of {key} only the ids are carried; their names are made of them")
        name = given.replace("-", " ").title() if is_slug(given) else given
        more = {"type": "document", "title": name} if key == "sources" else {"name": name}
        made[given] = draft.add(key, given, given, **more)["id"]
    return made[given]


def _citations(draft: Draft, place: str, row: Row) -> list[dict[str, Any]]:
    """Return the citations with their locators; without, if only the sources are there."""
    text = row.get("citations", "")
    found = _read_citations(text)
    if text and not found:
        draft.doubt(
            f"the citations {quoted(text)} cannot be read; only their sources are carried", place
        )
    if not found:
        return [{"source": source} for source in _stubs(draft, "sources", row.get("sources", ""))]
    return [
        {"source": _stub(draft, "sources", source)} | ({"locator": locator} if locator else {})
        for source, locator in found
    ]


def _read_citations(text: str) -> list[tuple[str, str]]:
    """Return each source with its locator, empty for none; nothing for what cannot be read.

    >>> _read_citations("a-book (p. 3; p. 4 (note)); a-paper; a-film (12:30)")
    [('a-book', 'p. 3; p. 4 (note)'), ('a-paper', ''), ('a-film', '12:30')]
    """
    found, at = [], 0
    while at < len(text):
        source = SOURCE.match(text, at)
        if not source:
            return []
        at, locator = source.end(), ""
        if text.startswith(" (", at):
            end = CITED.search(text, at)
            if not end:
                return []
            at, locator = end.end(), text[at + 2 : end.start()]
        elif text.startswith("; ", at):
            at += 2
        elif at < len(text):
            return []
        found.append((source[0], locator))
    return found
