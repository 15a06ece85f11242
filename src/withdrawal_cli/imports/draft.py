"""A dataset in the making, and warnings about what does not get into it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby, islice
from pathlib import PurePath
from posixpath import splitext
from typing import Any, get_args

import msgspec

from withdrawal_cli.dataset.canonical import DATED, encoded, laid_out
from withdrawal_cli.dataset.checking.rules import circles
from withdrawal_cli.dataset.faults import shape_fault
from withdrawal_cli.dataset.reading import RECORDS, decode_date
from withdrawal_cli.dates import Edtf, Period, parse_edtf, today
from withdrawal_cli.model import CATEGORIES, KINDS, Dataset, is_slug
from withdrawal_cli.queries.folding import fold
from withdrawal_cli.safety import is_web_address, quoted
from withdrawal_cli.values import defaults
from withdrawal_cli.wording import plural

LONGEST_TITLE = 90
"""Of a title that is made from a text."""
BETWEEN = re.compile("[^a-z0-9]+")
"""What stands between the words of a slug."""
LONGEST_SLUG = 60
STEM = 50
"""In characters: ids with the same beginning share a counter, and it leaves room for any number."""
LONGEST_NAME = 1000
"""In characters: no more of a name is read, because stacked accents take quadratic time to fold."""
IMAGES = (".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp", ".tif", ".tiff")
NO_LICENSE = "NOASSERTION"
"""SPDX for: nobody has said. https://spdx.github.io/spdx-spec/v2.3/package-information/"""


MOST_RUNS = 8
"""The most rows, or runs of rows, that a warning names."""
MOST_WARNINGS = 100
"""The most distinct warnings that are told: nobody reads more."""
WITHOUT_SCHEME = re.compile(
    r"//(?P<hosted>[\w.-]+(:\d+)?([/?#]\S*)?)"
    r"|(?P<named>(?i:www\.)\S+|([\w-]+\.)+[^\W\d_]{2,}(:\d+)?/\S*)"
)
"""`//host`; or a name that begins with `www.`, or ends like a domain and is not that of a file."""


class Draft:
    """Records, and warnings: what could not be carried over, and from where.

    A record is encoded as it is added, because half a million of them would not fit into memory as
    objects.
    """

    def __init__(self, where: str) -> None:
        self.where = where
        self.title = "" if where == "-" else PurePath(where).stem
        self.description = ""
        self.metadata: bytes | None = None
        "What the file says of itself, if that is known."
        self.records: dict[str, dict[str, bytes]] = {}
        "For each array, the records in canonical form by id."
        self._dates: dict[str, Edtf] = {}
        "The date of each event and phase, by id."
        self.stubs: dict[str, dict[str, str]] = {}
        "For each array, the ids of the records made from a name alone, by that name."
        self.follows: dict[str, tuple[str, list[str]]] = {}
        "By the id of an event: where it is in the file, and what it is said to follow."
        self.renamed: dict[str, str] = {}
        "The ids of events, by those in the file that no record can have."
        self._warnings: dict[str, dict[str, None]] = {}
        self._source_ids: dict[str, str] = {}
        "The ids of the sources, by address."
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}
        "The last number that was appended to an id, by the beginning of that id."

    def say(self, **fields: str) -> None:
        """Set the metadata of the file to just these fields."""
        self.metadata = self._checked("dataset", {"id": self.new_id(fields["title"]), **fields})

    def take(self, dataset: Dataset) -> None:
        """Take over every record of a dataset, and what it says of itself."""
        self.metadata = encoded(dataset.metadata)
        for key in KINDS.values():
            for item in getattr(dataset, key):
                self.put(key, item)

    def put(self, key: str, item: Any) -> None:
        """Add a record, or replace the one with its id."""
        self.records.setdefault(key, {})[item.id] = encoded(item)
        self._taken.add(item.id)
        if key in DATED:
            self._dates[item.id] = item.date

    def warn(self, problem: str, at: str = "") -> None:
        """Note what is lost at `row 3` or `events[2]`, or of the file as a whole."""
        positions = self._warnings.setdefault(problem, {})
        if at:
            positions[at] = None

    @property
    def warnings(self) -> list[str]:
        """A line for each problem, with every position where it occurred; of very many, some."""
        told = [
            f"{positions_text(list(positions))}: {problem}" if positions else problem
            for problem, positions in islice(self._warnings.items(), MOST_WARNINGS)
        ]
        if more := len(self._warnings) - len(told):
            told.append(f"and {plural(more, 'more remark')}")
        return told

    def add(self, key: str, identifier: str, /, **fields: Any) -> str:
        """Add a record with an id of `new_id`, and return that.

        Empty fields are left out, and so is a citation that repeats another.
        """
        fields["id"] = identifier
        if cited := fields.get("citations"):
            fields["citations"] = list({tuple(one.items()): one for one in cited}.values())
        record = self._checked(key, fields)
        self.records.setdefault(key, {})[identifier] = record
        if key in DATED:
            self._dates[identifier] = parse_edtf(fields["date"])
        return identifier

    def connect(self) -> None:
        """Let each event follow those of the file that can have led to it; warn of the others.

        Done last: an event may follow one that comes later in the file, or that was left out.
        """
        events = self.records.get("events", {})
        links: dict[str, list[str]] = {}
        for identifier, (at, names) in self.follows.items():
            known = dict[str, None]()
            for name in names:
                other = name if name in events else self.renamed.get(name)
                if not other:
                    self.warn(f"it follows {quoted(name)}, which is not in the file", at)
                elif self._dates[other].order[0] > self._dates[identifier].order[1]:
                    self.warn(f"it follows {quoted(name)}, which happened later", at)
                else:
                    known[other] = None
            links[identifier] = list(known)
        for identifier, number, _ in list(circles(links)):
            at, other = self.follows[identifier][0], links[identifier][number]
            cause = "itself" if other == identifier else f"{quoted(other)}, which follows it"
            self.warn(f"it follows {cause}", at)
            links[identifier][number] = ""
        for identifier, follows in links.items():
            record = msgspec.json.decode(events[identifier])
            record["follows"] = list(filter(None, follows))
            events[identifier] = self._checked("events", record)

    def _checked(self, key: str, fields: Mapping[str, Any]) -> bytes:
        """Return a record in canonical form. Raises WithdrawalError if no dataset may hold it."""
        defaults, decoder = _shape(key)
        record = msgspec.json.encode(
            {
                name: given
                for name, default in defaults.items()
                if (given := fields.get(name)) and given != default
            }
        )
        try:
            decoder.decode(record)
        except msgspec.ValidationError as error:
            raise shape_fault(str(error), f"{key} {fields['id']}").located(self.where) from None
        return record

    def cite(self, url: str, title: str, locator: str = "", /, **fields: str) -> dict[str, str]:
        """Return a citation of a web address, whose source is added the first time."""
        if url not in self._source_ids:
            image = splitext(url.partition("?")[0])[1].lower() in IMAGES
            self._source_ids[url] = self.add(
                "sources",
                self.new_id(title),
                type="graphic" if image else "webpage",  # CSL types
                title=title,
                url=url,
                **fields,
            )
        return {"source": self._source_ids[url]} | ({"locator": locator} if locator else {})

    def to_json(self) -> Iterator[bytes]:
        """Return the dataset in canonical form, in pieces."""
        metadata = self.metadata or self._checked("dataset", self._metadata())
        return laid_out(metadata, {key: self._sorted(key) for key in self.records})

    def _sorted(self, key: str) -> Iterator[bytes]:
        records, dates = self.records[key], self._dates
        ids: Iterable[str] = records
        if key in DATED:
            ids = sorted(records, key=lambda identifier: (dates[identifier].order, identifier))
        elif key != "sides":
            ids = sorted(records)
        return (records[identifier] for identifier in ids)

    def _metadata(self) -> dict[str, str]:
        """Return what the file says of itself, and the time of its events."""
        time = Period.around({self._dates[identifier] for identifier in self.records["events"]})
        span = time.text if time else ""
        title = self.title or "My history"
        file = "standard input" if self.where == "-" else PurePath(self.where).name
        return {
            "id": self.new_id(title),
            "title": title,
            "description": self.description or f"Made from {file}.",
            "version": "0.1.0",
            "released": str(today()),
            "license": NO_LICENSE,
            "subject": span,
            "coverage": span,
        }

    def new_id(self, name: str, given: str = "") -> str:
        """Return a new id: the one given if it is a slug, else one made from the name.

        If that is taken, a number is added.
        """
        wanted = found = given if is_slug(given) else slug(name)
        stem = wanted[:STEM]
        while found in self._taken:
            # From the last number of this stem: otherwise a thousand equal titles would take a
            # million look-ups.
            number = self._numbers[stem] = self._numbers.get(stem, 1) + 1
            found = f"{wanted[: 63 - len(str(number))]}-{number}"
        self._taken.add(found)
        return found


@cache
def _shape(key: str) -> tuple[dict[str, Any], msgspec.json.Decoder[Any]]:
    """Return the fields of the records under a key of a file, each with its default; a decoder."""
    kind = RECORDS[key]
    kind = get_args(kind)[0] if get_args(kind) else kind
    return defaults(kind), msgspec.json.Decoder(kind, dec_hook=decode_date)


def slug(text: str) -> str:
    """Return an id made from a text.

    >>> slug("The Élysée treaty: signed!")
    'the-elysee-treaty-signed'
    >>> slug("1848"), slug("Й"), slug("Østerbro, 1914–1918"), slug("Ærø")
    ('1848', 'record', 'osterbro-1914-1918', 'aero')
    """
    text = fold(text[:LONGEST_NAME]).encode("ascii", "ignore").decode()
    found = BETWEEN.sub("-", text.replace("'", "")).strip("-")
    if len(found) > LONGEST_SLUG:  # cut it after a word
        found = found[: LONGEST_SLUG + 1].rpartition("-")[0] or found[:LONGEST_SLUG]
    return found if is_slug(found) else f"record-{found}".strip("-")


def positions_text(positions: list[str]) -> str:
    """Return positions in a few words.

    >>> positions_text(["row 3", "row 5", "row 6", "row 7", "row 9"])
    'rows 3, 5–7, 9'
    >>> positions_text(["title", "eras[0]", "events[0]", "events[1]"])
    'title, eras[0], events[0–1]'
    """
    told: list[str] = []
    for kind, group in groupby(positions, key=lambda at: at.rstrip("]0123456789")):
        numbers = [int(at.removeprefix(kind).rstrip("]")) for at in group if at != kind]
        runs = _runs(numbers)
        if not kind.endswith("["):
            told.append(f"{kind.replace(' ', 's ' if len(numbers) > 1 else ' ')}{runs}")
        else:
            told.append(f"{kind}{runs}]")
    return ", ".join(told)


def _runs(numbers: list[int]) -> str:
    """Return numbers in ascending order, neighbours as a span; of many runs some and a count."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    told = ["–".join(map(str, run)) for run in runs]
    if len(told) > MOST_RUNS:
        count = len(numbers) - sum(run[-1] - run[0] + 1 for run in runs[: MOST_RUNS - 1])
        told[MOST_RUNS - 1 :] = [f"and {count:,} more"]
    return ", ".join(told).replace(", and", " and")


def visible(text: str) -> str:
    """Return the text; an empty one if it has no visible character, like a zero-width space."""
    return text if text.isprintable() or any(map(str.isprintable, text)) else ""


def title_of(text: str) -> str:
    """Return a title made from a text: its beginning, cut after a word if it has any.

    >>> title_of("word " * 30)[-10:], len(title_of("和" * 200))
    ('word word…', 90)
    """
    line = visible(" ".join(text.split()))
    if len(line) <= LONGEST_TITLE:
        return line
    return (line[:LONGEST_TITLE].rpartition(" ")[0] or line[: LONGEST_TITLE - 1]).rstrip() + "…"


def category(given: str) -> str:
    """Return a category: the common ones in lower case, any other as it is given."""
    given = given.strip()
    return given.casefold() if given.casefold() in CATEGORIES else given


def web_address(given: str) -> str | None:
    """Return the address of a page, with a scheme if it has none; `None` for other text.

    >>> web_address("//example.org/a"), web_address("www.example.org"), web_address("see p. 3")
    ('https://example.org/a', 'https://www.example.org', None)
    """
    given = given.strip()
    if bare := WITHOUT_SCHEME.fullmatch(given):
        given = f"https://{bare['hosted'] or bare['named']}"
    scheme, joint, rest = given.partition("://")
    given = scheme.lower() + joint + rest
    return given if is_web_address(given) else None
