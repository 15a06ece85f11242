"""The records of the data: one frozen dataclass for each kind, with the JSON keys as fields.

`None` means *not known*; 0 means *stated as none*. Ids are slugs, unique in the whole file. A text
may hold anything, since strangers write files, and is made safe where it is drawn.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

from msgspec.structs import force_setattr

from withdrawal_cli.dates import Computed, Day, Edtf, Period
from withdrawal_cli.values import Value, field, record

K = TypeVar("K")
T = TypeVar("T")

Importance = Literal["key", "notable", "detail"]
Certainty = Literal["certain", "less-certain", "uncertain"]
Rank = Literal["preferred", "normal", "deprecated"]
Precision = Literal["point", "settlement", "district", "province", "country"]
Casualty = Literal[
    "dead", "killed", "died-of-wounds", "died-of-disease", "wounded", "sick", "hospitalised",
    "disabled", "casualties", "missing", "captured", "freed", "traced",
]  # fmt: skip
"""The measures that count people lost."""
Measure = Literal[
    Casualty, "strength", "withdrawn", "served", "garrisons", "provinces", "attacks", "refugees",
    "returned", "displaced", "aircraft", "helicopters", "tanks", "armoured-vehicles", "guns",
    "trucks", "equipment", "cost",
]  # fmt: skip
CASUALTIES: tuple[Casualty, ...] = get_args(Casualty)
OTHER_MEASURES = {
    "dead": "death deaths died fatalities fatality lives loss losses deceased",
    "killed": "kia kill kills killing fallen",
    "wounded": "injured injuries injury wia wounds",
    "missing": "mia lost unaccounted",
    "captured": "pow pows prisoner prisoners captives",
    "sick": "ill illness disease diseased",
    "strength": "forces force soldiers troops size",
    "refugees": "refugee exiles",
    "displaced": "idp idps",
    "armoured-vehicles": "apc apcs armor armour vehicles",
    "aircraft": "aeroplanes airplanes jets planes",
    "guns": "artillery",
    "cost": "costs money price spending",
}
"""What else people call a measure."""
MEASURES: tuple[Measure, ...] = get_args(Measure)
CATEGORIES = ("military", "diplomatic", "political", "humanitarian", "press")
IMPORTANCES: tuple[Importance, ...] = get_args(Importance)
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)
RANKS: tuple[Rank, ...] = get_args(Rank)
"""The values of each, in the order in which they are listed and sorted."""

UNSAID: Any = None
"""The default of a field that `Dataset` fills if the file leaves it out."""

CSL_TYPES = (
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book",
    "broadcast", "chapter", "classic", "collection", "dataset", "document", "entry",
    "entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic", "hearing", "interview",
    "legal_case", "legislation", "manuscript", "map", "motion_picture", "musical_score",
    "pamphlet", "paper-conference", "patent", "performance", "periodical",
    "personal_communication", "post", "post-weblog", "regulation", "report", "review",
    "review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage",
)  # fmt: skip
"""The types of sources, from
https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types
"""
Point = tuple[float, float]
"""Longitude and latitude, in degrees."""

_SLUG_LETTERS = b"abcdefghijklmnopqrstuvwxyz0123456789-"


@record
class Citation(Value):
    """Where a statement is made."""

    source: str = field("Id of a source.")
    locator: str | None = field("Page, paragraph or number inside it.", default=None)


@record
class Side(Value):
    """Who acts or suffers."""

    id: str = field("Slug.")
    name: str = field("As it is shown.")
    aliases: tuple[str, ...] = field("Other names, and former ids.", default=())


@record
class Belligerent(Value):
    """A side in the war, and who commanded it."""

    side: str = field("Id of a side.")
    commanders: tuple[str, ...] = field("Ids of people.", default=())
    note: str | None = field('What stands where no person is named: "various".', default=None)


@record
class Paragraph(Value):
    """A paragraph of the story that the file tells."""

    text: str = field("A few sentences.")
    citations: tuple[Citation, ...] = field("What they rest on.", default=())


@record
class Neighbour(Value):
    """A country around the one that the file is about, for the ground of the map."""

    name: str = field("As it is shown.")
    outline: str = field("Its border as far as the map shows it: WKT as for the outline.")
    latitude: float = field("Where its name is written.")
    longitude: float = field("Where its name is written.")


@record
class Metadata(Value):
    """The file itself, and the thing it is about (the key `dataset`)."""

    id: str = field("Slug of the dataset.", default="untitled")
    title: str = field("What it is called.")
    description: str = field("What it holds, in a sentence.", default="")
    version: str = field(
        "Semantic: correcting a value is a PATCH, adding a record a MINOR change.",
        default="0.0.0",
    )
    released: Edtf | None = field("The day of this version (EDTF).", default=None)
    license: str = field(
        "SPDX identifier; `NOASSERTION` where nobody has said.",
        default="NOASSERTION",
    )
    subject: Edtf = field(
        "EDTF interval: the time of the thing the file is about; that of its events if not said.",
        default=UNSAID,
    )
    coverage: Edtf = field(
        "EDTF interval: the time in which its events lie, worked out if not said.",
        default=UNSAID,
    )
    authors: tuple[str, ...] = field(
        'Who made it: "Family, Given", or the plain name of a body.',
        default=(),
    )
    url: str | None = field("Where it is published.", default=None)
    part_of: str | None = field("The larger thing that the subject belongs to.", default=None)
    location: str | None = field("Where it happened, in words.", default=None)
    result: str | None = field("How it ended, in words.", default=None)
    belligerents: tuple[Belligerent, ...] = field(
        "The sides in the war: see `Belligerent`.",
        default=(),
    )
    outline: str | None = field(
        "The border drawn behind the map: a WKT POLYGON or MULTIPOLYGON, longitude first.",
        default=None,
    )
    neighbours: tuple[Neighbour, ...] = field(
        "The countries drawn around the outline: see `Neighbour`.",
        default=(),
    )
    story: tuple[Paragraph, ...] = field(
        "3 to 6 short paragraphs that answer first: why, how, with what result, at what price.",
        default=(),
    )
    citations: tuple[Citation, ...] = field(
        "What the facts of this card, the outline and the neighbours rest on.",
        default=(),
    )


@record
class Source(Value):
    """A document."""

    id: str = field("Slug; the word that citations use.")
    type: str = field("A CSL 1.0.2 type.")
    title: str = field(
        "As the source has it, or in English; a translation may follow in square brackets. A title "
        "wholly in brackets is our description."
    )
    aliases: tuple[str, ...] = field("Former ids.", default=())
    authors: tuple[str, ...] = field(
        '"Family, Given" for a person, the plain name for a body.',
        default=(),
    )
    issued: Edtf | None = field("When it appeared (EDTF); null for undated pages.", default=None)
    accessed: Edtf | None = field(
        "When the person who cites it saw it, where that is known (EDTF).",
        default=None,
    )
    container: str | None = field(
        "The newspaper, journal, site or book that it stands in.",
        default=None,
    )
    publisher: str | None = field("Who brought it out.", default=None)
    url: str | None = field(
        "A complete address; none for a book seen in a pirated copy.",
        default=None,
    )
    number: str | None = field("Document, volume or page number.", default=None)
    isbn: str | None = field("Of a book.", default=None)
    language: str | None = field("ISO 639-1.", default=None)
    perspective: str | None = field(
        "Who speaks: the id of a side, `press` or `academic`; null where nobody takes part, as in "
        "an encyclopedia.",
        default=None,
    )
    kind: Literal["primary", "secondary", "press", "reference"] | None = field(
        "`primary` (a document of the time, a memoir), `secondary` (a work about it), `press`, "
        "or `reference` (an encyclopedia).",
        default=None,
    )
    consulted: Literal["read", "excerpt", "cited-by"] | None = field(
        "How far it was read for this file: `read` (whole), `excerpt` (a passage), or `cited-by` "
        "(known only through another source).",
        default=None,
    )
    note: str | None = field(
        "What to know about it: a poor source, a mirror, an uncertain year.",
        default=None,
    )


@record
class Place(Value):
    """A point on the map."""

    id: str = field("Slug.")
    name: str = field("The common English form.")
    native_name: str | None = field("In its own script.", default=None)
    aliases: tuple[str, ...] = field("Other spellings, and former ids.", default=())
    kind: str | None = field(
        "City, town, village, pass, tunnel, bridge, border-crossing, airbase, province and so on.",
        default=None,
    )
    country: str | None = field("The country of today.", default=None)
    country_then: str | None = field("The country at the time.", default=None)
    latitude: float | None = field(
        "Degrees north, WGS 84; null where no source gives it.",
        default=None,
    )
    longitude: float | None = field("Degrees east, WGS 84.", default=None)
    precision: Precision | None = field(
        "How exact the position is: a `point`, or somewhere in a `settlement`, `district`, "
        "`province` or `country`.",
        default=None,
    )
    wikidata: str | None = field(
        "Item number, where two place databases agree on it.",
        default=None,
    )
    summary: str | None = field("What it was to the story.", default=None)
    citations: tuple[Citation, ...] = field("For the position and the summary.", default=())

    @property
    def position(self) -> Point | None:
        """Longitude and latitude; `None` unless both are known."""
        if self.longitude is None or self.latitude is None:
            return None
        return self.longitude, self.latitude


@record
class Tenure(Value):
    """A role or a rank, and when it was held."""

    title: str = field("Of the post or the rank.")
    date: Edtf | None = field("When it was held, or conferred (EDTF).", default=None)
    citations: tuple[Citation, ...] = field("What it rests on.", default=())


@record
class Person(Value):
    """Someone who acted, signed, spoke or suffered."""

    id: str = field("Slug.")
    name: str = field("The common English form.")
    native_name: str | None = field("In their own script.", default=None)
    aliases: tuple[str, ...] = field("Other spellings, and former ids.", default=())
    born: Edtf | None = field("EDTF; a one-of set where sources disagree.", default=None)
    died: Edtf | None = field("EDTF; a one-of set where sources disagree.", default=None)
    side: str | None = field("Id of a side.", default=None)
    roles: tuple[Tenure, ...] = field("Posts with their time: see `Tenure`.", default=())
    ranks: tuple[Tenure, ...] = field("Ranks with their time: see `Tenure`.", default=())
    wikidata: str | None = field("Item number.", default=None)
    summary: str | None = field("Who they were in this story.", default=None)
    citations: tuple[Citation, ...] = field("For the life dates and the summary.", default=())


@record
class Organization(Value):
    """A unit, a party, a mission."""

    id: str = field("Slug.")
    name: str = field("The common English form.")
    native_name: str | None = field("In its own script.", default=None)
    aliases: tuple[str, ...] = field("Other names, and former ids.", default=())
    kind: str | None = field(
        "Army, division, brigade, regiment, party, alliance, mission, agency, body and so on.",
        default=None,
    )
    side: str | None = field("Id of a side.", default=None)
    leader: str | None = field("Id of a person.", default=None)
    summary: str | None = field("What it was to the story.", default=None)
    citations: tuple[Citation, ...] = field("What that rests on.", default=())


@record
class Route(Value):
    """An ordered road home."""

    id: str = field("Slug.")
    name: str = field("As it is shown.")
    aliases: tuple[str, ...] = field("Former ids.", default=())
    places: tuple[str, ...] = field("Ids of places in the order of march.", default=())
    summary: str | None = field("Distances and conditions, and who gives them.", default=None)
    citations: tuple[Citation, ...] = field("What the order rests on.", default=())


@record
class Phase(Value):
    """A named stretch of time.

    An event belongs to the phases that its date can fall in: that is computed and never stored.
    """

    id: str = field("Slug.")
    title: str = field("As it is shown.")
    date: Edtf = field("EDTF interval. Two phases may share a day, and one may lie inside another.")
    aliases: tuple[str, ...] = field("Former ids.", default=())
    summary: str | None = field("Two to four sentences for a newcomer.", default=None)
    citations: tuple[Citation, ...] = field("What they rest on.", default=())


@record
class Event(Value):
    """Something that happened."""

    id: str = field("Slug.")
    date: Edtf = field(
        "EDTF. `A/B` lasted from A to B; `[A,B]` happened in A or in B, `[A..B]` once in that time."
    )
    title: str = field("At most 90 characters, reads well alone.")
    summary: str | None = field(
        "One to three sentences that say whose claim it is.",
        default=None,
    )
    significance: str | None = field(
        "For a key event: one sentence on why it mattered.",
        default=None,
    )
    points: tuple[str, ...] = field("A short list, where the thing really is one.", default=())
    category: str | None = field(
        "`military`, `diplomatic`, `political`, `humanitarian`, `press`, or a word of your own.",
        default=None,
    )
    importance: Importance = field(
        "`key` (28 to 40 of them tell the whole story), `notable` or `detail`.",
        default="notable",
    )
    certainty: Certainty = field(
        "How sure the sources are: `certain`, `less-certain` or `uncertain`.",
        default="certain",
    )
    side: str | None = field("Id of the side that acted.", default=None)
    places: tuple[str, ...] = field("Ids of places.", default=())
    people: tuple[str, ...] = field("Ids of people.", default=())
    organizations: tuple[str, ...] = field("Ids of organizations.", default=())
    related: tuple[str, ...] = field(
        "Ids of events: causes, consequences, parts. Both ways: `check --strict` sees to it.",
        default=(),
    )
    follows: tuple[str, ...] = field(
        "Ids of the earlier events that a source names as its cause or occasion.",
        default=(),
    )
    aliases: tuple[str, ...] = field("Former ids.", default=())
    citations: tuple[Citation, ...] = field("What it rests on.", default=())


@record
class Estimate(Value):
    """One number, from one source line. `low`, `best` and `high` are UCDP's words."""

    id: str = field("Slug.")
    measure: Measure = field("What is counted, such as `dead`, `strength` or `withdrawn`.")
    side: str | None = field("Id of the side that it counts.", default=None)
    date: Edtf | None = field(
        "The time that it counts, or the day on which it was so (EDTF).",
        default=None,
    )
    low: int | None = field('"At least"; integer, 0 or more.', default=None)
    best: int | None = field(
        'The number that the source gives; integer, 0 for "none".',
        default=None,
    )
    high: int | None = field('"Up to"; integer.', default=None)
    unit: str = field("What one of them is; `people` if not said.", default="people")
    text: str | None = field(
        'What the source says where it gives no number: "unknown", "several".',
        default=None,
    )
    scope: str | None = field(
        'Who and what is counted, on whose word. Our own arithmetic begins with "Derived:".',
        default=None,
    )
    part: bool = field(
        "`true` where it leaves out some of the side's force or losses: one town, one unit, the "
        "officers alone. Such a figure is never shown as one of the whole.",
        default=False,
    )
    rank: Rank = field("`preferred`, `normal` or `deprecated`, as on Wikidata.", default="normal")
    reason: str | None = field("Why it is preferred or deprecated.", default=None)
    importance: Importance = field(
        "`key`, `notable` or `detail`; the key figures are those that an overview shows.",
        default="notable",
    )
    certainty: Certainty = field("As for events.", default="certain")
    dispute: str | None = field("Id of the dispute in which it is a rival.", default=None)
    event: str | None = field("Id of the event that it belongs to.", default=None)
    aliases: tuple[str, ...] = field("Former ids.", default=())
    citations: tuple[Citation, ...] = field(
        "The source line; several where they print the same number from the same origin.",
        default=(),
    )

    @property
    def figures(self) -> list[int]:
        """The numbers that it gives, from the lowest; empty if it has only a text."""
        return [number for number in (self.low, self.best, self.high) if number is not None]

    @property
    def is_derived(self) -> bool:
        """Whether it is our own arithmetic with its sources' figures, as its scope then says."""
        return (self.scope or "").startswith("Derived:")

    @property
    def date_order(self) -> tuple[Day, ...]:
        """A sort key by date; figures without one come first."""
        return self.date.order if self.date else ()

    def __post_init__(self) -> None:
        given = self.figures
        if given != sorted(given):
            raise ValueError("low, best and high must be in order: low <= best <= high")
        if given and given[0] < 0:
            raise ValueError("low, best and high are counts, and no count is below zero")
        if not given and self.text is None:
            raise ValueError("an estimate needs a number (low, best or high) or a text")


@record
class Account(Value):
    """A rival answer that is not a number."""

    says: str = field("The answer, and who gives it.")
    date: Edtf | None = field("The date that it gives or speaks of (EDTF).", default=None)
    rank: Rank = field("As for estimates.", default="normal")
    reason: str | None = field("Why it is preferred or deprecated.", default=None)
    certainty: Certainty = field("As for events.", default="certain")
    citations: tuple[Citation, ...] = field("Who says so.", default=())


@record
class Dispute(Value):
    """A question on which sources disagree. Its rival numbers are the estimates that name it."""

    id: str = field("Slug.")
    title: str = field("The question.")
    importance: Importance = field(
        "`key` changes the story (at most 15), `notable`, or `detail`: a birthday, a distance, an "
        "office date.",
        default="notable",
    )
    short_answer: str | None = field(
        "The answer in a few sentences, as far as the evidence goes; or that it is open.",
        default=None,
    )
    about: tuple[str, ...] = field("Ids of the records that it touches.", default=())
    explanation: str | None = field(
        "Why the answers differ, as far as the sources show.",
        default=None,
    )
    accounts: tuple[Account, ...] = field(
        "The rival answers that are not numbers: see `Account`.",
        default=(),
    )
    aliases: tuple[str, ...] = field("Former ids.", default=())
    citations: tuple[Citation, ...] = field("What the explanation rests on.", default=())


@record
class Term(Value):
    """A word that a newcomer would not know."""

    id: str = field("Slug.")
    name: str = field("The term, as it is used here.")
    native_name: str | None = field("In its own script.", default=None)
    aliases: tuple[str, ...] = field("Other forms, abbreviations, and former ids.", default=())
    meaning: str = field("What it means, in a sentence or two.")
    citations: tuple[Citation, ...] = field("What that rests on.", default=())


Answer = Account | Estimate
"""A rival answer to the question of a dispute."""

Record = (
    Source
    | Place
    | Person
    | Organization
    | Route
    | Phase
    | Event
    | Estimate
    | Dispute
    | Side
    | Term
)

KINDS = {
    "side": "sides",
    "source": "sources",
    "place": "places",
    "person": "people",
    "organization": "organizations",
    "route": "routes",
    "phase": "phases",
    "event": "events",
    "estimate": "estimates",
    "dispute": "disputes",
    "term": "terms",
}
"""The word for one record, and the key of its array."""

WORD_OF = {key: word for word, key in KINDS.items()}

HOLDING_CITATIONS = ("roles", "ranks", "accounts", "story")
"""The fields whose items have citations of their own."""


class Dataset:
    """A whole file: what it is about, and the records of each kind in the order of the file."""

    metadata: Metadata
    "The object under the key `dataset`."
    sides: tuple[Side, ...]
    sources: tuple[Source, ...]
    places: tuple[Place, ...]
    people: tuple[Person, ...]
    organizations: tuple[Organization, ...]
    routes: tuple[Route, ...]
    phases: tuple[Phase, ...]
    events: tuple[Event, ...]
    estimates: tuple[Estimate, ...]
    disputes: tuple[Dispute, ...]
    terms: tuple[Term, ...]

    voice = ""
    "Whose word it is, if only some sources are heard: `As known on 15 Feb 1989`."
    hearing = ""
    "The same in sentences, with how much of the whole is left."

    def __init__(self, metadata: Metadata, **records: tuple[Any, ...]) -> None:
        self.metadata = metadata
        self.__dict__.update(dict.fromkeys(KINDS.values(), ()) | records)
        for name in ("subject", "coverage"):
            if getattr(metadata, name) is None:
                force_setattr(metadata, name, self._time_of_events())

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """The categories of its events: the common ones first, then its own by name."""
        own = {event.category for event in self.events if event.category}
        return (*(name for name in CATEGORIES if name in own), *sorted(own.difference(CATEGORIES)))

    def _time_of_events(self) -> Computed:
        # a faulty file lacks some dates
        time = Period.around(event.date for event in self.events if event.date)
        return Computed(time.text if time else "0001/9999")

    def came_from(self, file: Path | bytes) -> None:
        """Note the file that this was read from, or its content if it cannot be read again."""
        self.__dict__["_file"] = file

    @cached_property
    def sha256(self) -> str | None:
        """The SHA-256 of the file, as sha256sum gives it; None if the file is gone."""
        from hashlib import sha256  # noqa: PLC0415 (3 ms, and few answers name it)

        file = self.__dict__.get("_file")
        try:
            content = file.read_bytes() if isinstance(file, Path) else file
        except OSError:
            return None
        return None if content is None else sha256(content).hexdigest()

    @property
    def evidence(self) -> Any:
        """How the sources were chosen: a `queries.evidence.Evidence`, or None for all of them."""
        return None

    @cached_property
    def by_id(self) -> dict[str, Record]:
        """Every record by its id."""
        return {item.id: item for key in KINDS.values() for item in getattr(self, key)}

    @cached_property
    def place_names(self) -> dict[str, str]:
        """The names of the places alone: a timeline needs no other kind of record."""
        return {place.id: mention(place.name) for place in self.places}

    @property
    def ids_in_disputes(self) -> tuple[Sequence[Any], Sequence[Any]]:
        """The disputes and the estimates, or just those of their fields that have ids and dates."""
        return self.disputes, self.estimates

    @cached_property
    def disputes_of(self) -> dict[str, tuple[str, ...]]:
        """The ids of the disputes that touch each record, in the file's order, by the record's id.

        A dispute touches what it is about, its rival figures, and the events of those figures.
        """
        disputes, estimates = self.ids_in_disputes
        touched: dict[str, dict[str, None]] = {}
        for dispute in disputes:
            for target in dispute.about:
                touched.setdefault(target, {})[dispute.id] = None
        for estimate in estimates:
            if estimate.dispute:
                touched.setdefault(estimate.id, {})[estimate.dispute] = None
                if estimate.event:
                    touched.setdefault(estimate.event, {})[estimate.dispute] = None
        return {target: tuple(ids) for target, ids in touched.items()}

    @cached_property
    def rivals(self) -> dict[str, list[Estimate]]:
        """The estimates that name a dispute, in the file's order, by the dispute's id."""
        return grouped((item.dispute, item) for item in self.estimates if item.dispute)

    @cached_property
    def side_order(self) -> dict[str | None, int]:
        """Where each side stands in the file, by id; `None`, for no side, comes after all."""
        return {side.id: index for index, side in enumerate(self.sides)} | {None: len(self.sides)}

    def answers(self, dispute: Dispute) -> list[Answer]:
        """Return the rival answers to a question in the file's order, the figures first."""
        return [*self.rivals.get(dispute.id, ()), *dispute.accounts]

    def source(self, identifier: str) -> Source:
        """Return the source that a citation, or a row, names."""
        found = self.by_id[identifier]
        assert isinstance(found, Source)
        return found

    def dispute(self, identifier: str) -> Dispute:
        """Return the dispute that an estimate names, or that touches a record."""
        found = self.by_id[identifier]
        assert isinstance(found, Dispute)
        return found

    def disputes_about(self, identifier: str) -> list[Dispute]:
        """Return the disputes that touch a record, in the file's order."""
        return list(map(self.dispute, self.disputes_of.get(identifier, ())))

    def name(self, identifier: str) -> str:
        """Return a record's name or title; for an estimate, its id."""
        return mention(called(self.by_id.get(identifier)) or identifier)


def grouped(pairs: Iterable[tuple[K, T]]) -> dict[K, list[T]]:
    """Return the second items of pairs by their first, both in the order given.

    >>> grouped([("a", 1), ("b", 2), ("a", 3)])
    {'a': [1, 3], 'b': [2]}
    """
    found: dict[K, list[T]] = {}
    for key, item in pairs:
        found.setdefault(key, []).append(item)
    return found


def called(item: Any) -> str:
    """Return the name or the title of a record; empty for an estimate, which has neither."""
    name: str = getattr(item, "name", None) or getattr(item, "title", None) or ""
    return name


def all_citations(item: Any) -> Iterator[Citation]:
    """Yield the citations of a record's parts, such as roles and accounts, then its own."""
    for name in HOLDING_CITATIONS:
        for part in getattr(item, name, ()):
            yield from part.citations
    yield from getattr(item, "citations", ())


def kind_of(item: Record) -> str:
    """Return the word for the kind of a record: a key of KINDS."""
    return type(item).__name__.lower()


LONGEST_NAME = 300
"""In characters, where another record mentions it: a long name may be repeated thousands of times.
"""


def mention(name: str) -> str:
    """Return a name, cut to LONGEST_NAME."""
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"


def parse_outline(text: str | None) -> tuple[tuple[Point, ...], ...]:
    """Return the rings of a WKT POLYGON or MULTIPOLYGON, longitude first; none for no text.

    Raises ValueError for anything else, and for a point that is off the globe.

    >>> parse_outline("POLYGON ((60 30, 75 30, 75 38, 60 30))")
    (((60.0, 30.0), (75.0, 30.0), (75.0, 38.0), (60.0, 30.0)),)
    """
    if text is None:
        return ()
    try:
        rings = tuple(
            tuple(_point(pair) for pair in ring.split(","))
            for ring in re.findall(r"\(([^()]+)\)", text)
        )
    except ValueError:
        rings = ()
    if not rings or not re.fullmatch(r"\s*(MULTI)?POLYGON\s*\([^a-z]*\)\s*", text, re.IGNORECASE):
        raise ValueError("the outline is not a WKT POLYGON or MULTIPOLYGON")
    for longitude, latitude in (point for ring in rings for point in ring):
        if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
            raise ValueError("the outline goes off the globe")
    return rings


def _point(pair: str) -> Point:
    longitude, latitude = pair.split()
    return float(longitude), float(latitude)


def is_slug(text: str) -> bool:
    """Whether `text` can be an id: 3 to 64 of a-z, 0-9 and hyphen."""
    fits = 3 <= len(text) <= 64 and text.isascii()
    return fits and not text.encode().translate(None, _SLUG_LETTERS)


def are_slugs(texts: Collection[str]) -> bool:
    """Whether every text can be an id. Checking them together is many times as fast.

    >>> are_slugs(["kabul", "phase-one"]), are_slugs(["kabul", "Phase one"])
    (True, False)
    """
    letters = "".join(texts)
    fit = all(3 <= size <= 64 for size in set(map(len, texts)))
    return fit and letters.isascii() and not letters.encode().translate(None, _SLUG_LETTERS)
