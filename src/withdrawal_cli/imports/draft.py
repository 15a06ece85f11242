"""A dataset in the making, and what did not get into it."""

import re
import unicodedata
from pathlib import PurePath
from posixpath import splitext
from typing import Any

import msgspec

from withdrawal_cli.dataset.canonical import canonical
from withdrawal_cli.dataset.reading import decode_dataset
from withdrawal_cli.dates import parse_edtf, today
from withdrawal_cli.model import is_slug
from withdrawal_cli.safety import one_line

LONGEST = 60
"""The letters of foreign text that a doubt quotes."""
STEM = 50
"""The letters of an id that every number leaves room for."""
NAME = 1000
"""The letters of a name of which an id is made; putting stacked accents in order takes the square of their number."""
NO_LICENSE = "NOASSERTION"
"""SPDX for: nobody has said."""

_NO_LETTERS = re.compile("[^a-z0-9]+")


class Draft:
    """The records made so far as plain JSON, and the doubts: what could not be carried, and from where."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.title = "" if where == "-" else PurePath(where).stem
        self.description = ""
        self.records: dict[str, list[dict[str, Any]]] = {}
        self.stubs: dict[str, dict[str, str]] = {}
        "Under each kind, the ids of the records that were made of a name alone, under the name."
        self._doubts: dict[str, dict[str, None]] = {}
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}
        "Under the beginning of an id, the last number that was put behind it."
        self._sources: dict[str, str] = {}

    def doubt(self, what: str, place: str = "") -> None:
        """Note what is not carried from a place: `row 3`, `events[2]`, or the file as a whole."""
        places = self._doubts.setdefault(what, {})
        if place:
            places[place] = None

    @property
    def doubts(self) -> list[str]:
        """What was not carried, a line for each thing, with every place where it stands."""
        return [
            f"{_together(list(places))}: {what}" if places else what
            for what, places in self._doubts.items()
        ]

    def add(self, key: str, name: str, given: str = "", /, **fields: Any) -> dict[str, Any]:
        """Add a record under a new id: the one given if it can be one, or one made of the name. Empty fields are left out."""
        record = {field: content for field, content in fields.items() if content}
        record = {"id": self._new_id(given if is_slug(given) else slug(name)), **record}
        self.records.setdefault(key, []).append(record)
        return record

    def cite(self, url: str, title: str, locator: str = "", /, **fields: str) -> dict[str, str]:
        """Return a citation of the document at an address, which becomes a source when it is met first."""
        if url not in self._sources:
            self._sources[url] = self.add(
                "sources", title, type=_kind(url), title=title, url=url, **fields
            )["id"]
        return {"source": self._sources[url]} | ({"locator": locator} if locator else {})

    def to_json(self) -> bytes:
        """Return the dataset in canonical form. The draft is empty then: of a large file, one copy less is held."""
        content = msgspec.json.encode({"dataset": self._card(), **self.records})
        for held in (self.records, self.stubs, self._taken, self._numbers, self._sources):
            held.clear()
        return canonical(decode_dataset(content, self.where)).encode()

    def _card(self) -> dict[str, str]:
        """Return the card of the dataset: what the file says of itself, and the time of its events."""
        dates = [parse_edtf(event["date"]) for event in self.records["events"]]
        first = min((when.earliest for when in dates if when.earliest), default=None)
        last = max(
            (day for when in dates for day in (when.latest, when.earliest) if day), default=None
        )
        span = str(first) if first == last else f"{first or '..'}/{last or '..'}"
        title = self.title or "My history"
        return {
            "id": self._new_id(slug(title)),
            "title": title,
            "description": self.description
            or f"Made of {'standard input' if self.where == '-' else PurePath(self.where).name}.",
            "version": "0.1.0",
            "released": str(today()),
            "license": NO_LICENSE,
            "subject": span,
            "coverage": span,
        }

    def _new_id(self, wanted: str) -> str:
        found, stem = wanted, wanted[:STEM]
        while found in self._taken:
            # counted on from where the last of that beginning stopped: a thousand convoys need a thousand looks
            number = self._numbers[stem] = self._numbers.get(stem, 1) + 1
            found = f"{wanted[: 63 - len(str(number))]}-{number}"
        self._taken.add(found)
        return found


def slug(text: str) -> str:
    """Return an id made of a text.

    >>> slug("The Élysée treaty: signed!")
    'the-elysee-treaty-signed'
    >>> slug("1848"), slug("Й")
    ('1848', 'record')
    """
    plain = text[:NAME].lower()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode().lower()
    words = _NO_LETTERS.sub("-", plain.replace("'", "")).strip("-")
    if len(words) > 60:
        words = words[:61].rpartition("-")[0] or words[:60]
    return words if is_slug(words) else f"record-{words}".strip("-")


def _kind(url: str) -> str:
    """Return the CSL type of what an address leads to, as far as its end tells."""
    suffix = splitext(url.partition("?")[0])[1].lower()
    return (
        "graphic"
        if suffix in (".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp", ".tif", ".tiff")
        else "webpage"
    )


def _together(places: list[str]) -> str:
    """Return places in a few words.

    >>> _together(["row 3", "row 5", "row 6", "row 7", "row 9"])
    'rows 3, 5–7, 9'
    """
    numbers = [int(place.removeprefix("row ")) for place in places if place.startswith("row ")]
    if not numbers or len(places) == 1:
        return ", ".join(places)
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    return f"rows {', '.join('–'.join(map(str, run)) for run in runs)}"


def quoted(text: str) -> str:
    """Return foreign text as it can be told: on one line, cut when it is long."""
    line = one_line(text[:NAME]).strip()
    return repr(line if len(line) <= LONGEST else line[: LONGEST - 1] + "…")
