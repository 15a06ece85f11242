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
OURS = {"id", "date", "title", "summary", "points", "side", "sources", "citations", *NAMED, *WORDS, *COMPUTED}
"""The columns that are read, and those that are worked out from others."""
CITATION = re.compile(r"([a-z0-9-]{3,64})(?: \((.*?)\))?(?:; (?=[a-z0-9-]{3,64}(?:; | \(|$))|$)")

Row = Mapping[str, str]


def add_row(draft: Draft, place: str, row: Row) -> None:
    """Add the event of a row, if it says when it was and what it is called, and stubs for all that it names."""
    title = row["title"]
    if not title:
        draft.doubt("there is no title; it is left out", place)
        return
    if not row["date"]:
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
        points=[point for point in row.get("points", "").split("; ") if point],
        side=_stub(draft, "sides", row.get("side", "")),
        **{name: _word(draft, place, name, row.get(name, "")) for name in WORDS},
        **{name: _stubs(draft, name, row.get(name, "")) for name in NAMED},
        citations=_citations(draft, place, row),
    )


def _word(draft: Draft, place: str, name: str, content: str) -> str:
    if content and content not in WORDS[name]:
        draft.doubt(f"the {name} {quoted(content)} is none of {', '.join(WORDS[name])}; it is not carried", place)
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
    found = list(CITATION.finditer(text))
    if "".join(match[0] for match in found) != text:
        draft.doubt(f"the citations {quoted(text)} cannot be read; only their sources are carried", place)
        found = []
    if not found:
        return [{"source": source} for source in _stubs(draft, "sources", row.get("sources", ""))]
    return [{"source": _stub(draft, "sources", match[1])} | ({"locator": match[2]} if match[2] else {}) for match in found]
