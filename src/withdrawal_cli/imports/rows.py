"""Reads rows of our own `timeline -f csv`.

Such a row has only the ids of the sides, places, people, organizations and sources of an event.
Each becomes a record with a name made from its id: a stub.
"""

import re
from collections.abc import Mapping
from itertools import chain

from withdrawal_cli.dates import Edtf
from withdrawal_cli.imports.dates import parts_date, read_date, read_span
from withdrawal_cli.imports.draft import Draft, category, title_of, visible, web_address
from withdrawal_cli.model import CERTAINTIES, IMPORTANCES, is_slug
from withdrawal_cli.safety import quoted

ID_LISTS = ("places", "people", "organizations")
CHOICES = {"importance": IMPORTANCES, "certainty": CERTAINTIES}
PARTS = {"month", "day", "end month", "end day"}
"""The columns that complete a year."""
COMPUTED = {"earliest", "latest", "precision", "approximate", "uncertain"}
"""The columns of `timeline -f csv` that are computed from the date."""
OURS = {
    "id", "date", "end", "title", "summary", "category", "significance", "follows", "points",
    "side", "sources", "citations", *ID_LISTS, *CHOICES, *COMPUTED, "phases", "disputes",
}  # fmt: skip
"""The columns that `timeline -f csv` writes, and the end of a date."""
ADDRESS = re.compile(r"https?://[^\s<>()\[\]]+(?:\([^\s<>()]*\)[^\s<>()\[\]]*)*", re.IGNORECASE)
"""The address in a text, with brackets if it has both."""
SOURCE = re.compile("[a-z0-9-]{3,64}")
LOCATOR_END = re.compile(rf"\)(?:; (?={SOURCE.pattern}(?:; | \(|$))|$)")
"""A locator may hold brackets and semicolons, so it ends where another citation follows."""


def add_row(draft: Draft, at: str, row: Mapping[str, str]) -> None:
    """Add the event of a row if it has a title and a date, and stubs for all that it names."""
    cell = row.get
    if not (title := visible(cell("title", ""))):
        title = title_of(cell("summary", ""))
        made = "it is made from the summary" if title else "it is left out"
        draft.warn(f"there is no title; {made}", at)
    if not title:
        return
    if not (when := _when(draft, at, row)):
        return
    for name in ("phases", "disputes"):
        if cell(name):
            draft.warn(f"the {name} are not imported: the file has only their ids", at)
    if cell("points"):
        draft.warn("the points are split at every semicolon", at)
    given = cell("id", "")
    identifier = draft.new_id(title, given)
    if given != identifier:
        draft.renamed.setdefault(given, identifier)
    if "follows" in row:
        draft.follows[identifier] = at, _items(row["follows"])
    draft.add(
        "events",
        identifier,
        date=when.text,
        title=title,
        summary=cell("summary"),
        significance=cell("significance"),
        points=_items(cell("points", "")),
        side=_stub(draft, "sides", side) if (side := cell("side")) else "",
        category=category(cell("category", "")),
        **{name: _choice(draft, at, name, row[name]) for name in CHOICES if name in row},
        **{name: _stubs(draft, name, row[name]) for name in ID_LISTS if name in row},
        citations=_citations(draft, at, cell("citations", ""), cell("sources", "")),
    )


def _when(draft: Draft, at: str, row: Mapping[str, str]) -> Edtf | None:
    """Return the date of a row; `None`, with a warning, if there is none."""
    cell = row.get
    if not (date := cell("date")):
        draft.warn("the date is empty; it is left out", at)
        return None

    def read(text: str, month: str, day: str) -> Edtf:
        return parts_date(text, month, day) if month or day else read_date(draft, at, text)

    start = (date, cell("month", ""), cell("day", ""))
    end = (cell("end", ""), cell("end month", ""), cell("end day", ""))
    return read_span(draft, at, start, end, read)


def _choice(draft: Draft, at: str, name: str, given: str) -> str:
    if given in CHOICES[name]:
        return given
    known = ", ".join(CHOICES[name])
    draft.warn(f"the {name} {quoted(given)} is not one of {known}; it is not imported", at)
    return ""


def _items(cell: str) -> list[str]:
    if not cell:  # most are
        return []
    return [item for part in re.split(r"; |;$|\n", cell) if (item := part.strip())]


def _stubs(draft: Draft, key: str, cell: str) -> list[str]:
    return [_stub(draft, key, item) for item in dict.fromkeys(_items(cell))]


def _stub(draft: Draft, key: str, given: str) -> str:
    """Return the id of the record that a cell names, adding that record the first time."""
    made = draft.stubs.setdefault(key, {})
    if given not in made:
        name = given
        if is_slug(given):
            draft.warn(f"only the ids of {key} are imported; their names are made from them")
            name = given.replace("-", " ").title()
        fields = _source(name) if key == "sources" else {"name": name}
        made[given] = draft.add(key, draft.new_id(fields.get("title", given), given), **fields)
    return made[given]


def _source(text: str) -> dict[str, str]:
    """Return the fields of a source that is described, with the address that the text may hold.

    An address at the end is not part of the title, nor are the brackets of a link in Markdown.

    >>> _source("Lee, Ice (1901), https://example.org/ice.")
    {'type': 'document', 'title': 'Lee, Ice (1901)', 'url': 'https://example.org/ice'}
    >>> _source("[The record](https://example.org/x)")["title"]
    'The record'
    """
    found = ADDRESS.findall(text)
    if len(found) != 1 or not (url := web_address(found[0].rstrip(".,;:"))):
        return {"type": "document", "title": text}
    before, _, after = text.partition(found[0])
    title = text if after.strip(" )>.,;") else before.rstrip(" (<,;:")
    if linked := re.fullmatch(r"\[(.+)\]", title):
        title = linked[1]
    return {"type": "document", "title": title or text, "url": url}


def _citations(draft: Draft, at: str, cited: str, sources: str) -> list[dict[str, str]]:
    """Return the citations in the column `citations`, or else those in `sources`."""
    if read := read_citations(cited):
        return [
            {"source": _stub(draft, "sources", source)} | ({"locator": locator} if locator else {})
            for source, locator in read
        ]
    if cited:
        problem = f"the citations {quoted(cited)} cannot be read; only their sources are imported"
        draft.warn(problem, at)
    found = []
    for item in dict.fromkeys(chain.from_iterable(map(_addresses, _items(sources)))):
        if item[:5].casefold() == "data:":  # a picture: no address, and no name either
            draft.warn(f"the source {quoted(item)} is not a web address; it is not imported", at)
        elif address := web_address(item):
            found.append(draft.cite(address, item))
        else:
            found.append({"source": _stub(draft, "sources", item)})
    return found


def _addresses(item: str) -> list[str]:
    """Return the addresses that a source consists of, however separated, or else the source."""
    parts = re.split(r",?\s+", item) if len(item.split()) > 1 else []
    return parts if parts and all(map(web_address, parts)) else [item]


def read_citations(text: str) -> list[tuple[str, str]]:
    """Return each source with its locator, empty for none; an empty list for other text.

    >>> read_citations("a-book (p. 3; p. 4 (note)); a-paper; a-film (12:30)")
    [('a-book', 'p. 3; p. 4 (note)'), ('a-paper', ''), ('a-film', '12:30')]
    """
    found, at = [], 0
    while at < len(text):
        source = SOURCE.match(text, at)
        if not source:
            return []
        at, locator = source.end(), ""
        if text.startswith(" (", at):
            end = LOCATOR_END.search(text, at)
            if not end:
                return []
            at, locator = end.end(), text[at + 2 : end.start()]
        elif text.startswith("; ", at):
            at += 2
        elif at < len(text):
            return []
        found.append((source[0], locator))
    return found
