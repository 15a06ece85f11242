"""The words of the data: one frozen dataclass for each kind of record, with the JSON keys as fields.

`None` is *not known*; 0 is *stated as none*. Ids are slugs, unique over the whole file. Every text is data: it may hold
anything a stranger's file can hold, and is made safe where it is drawn.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import Any, Literal, get_args

from withdrawal_cli.dates import Edtf
from withdrawal_cli.values import Value, record, value

Category = Literal["military", "diplomatic", "political", "humanitarian", "press"]
Importance = Literal["key", "notable", "detail"]
Certainty = Literal["certain", "less-certain", "uncertain"]
Rank = Literal["preferred", "normal", "deprecated"]
Precision = Literal["point", "settlement", "district", "province", "country"]
Measure = Literal[
    "dead", "killed", "died-of-wounds", "died-of-disease", "wounded", "sick", "hospitalised", "disabled", "casualties",
    "missing", "captured", "freed", "traced", "strength", "withdrawn", "served", "garrisons", "provinces", "attacks",
    "refugees", "returned", "displaced", "aircraft", "helicopters", "tanks", "armoured-vehicles", "guns", "trucks",
    "equipment", "cost",
]  # fmt: skip
CASUALTIES: tuple[Measure, ...] = (
    "dead", "killed", "died-of-wounds", "died-of-disease", "wounded", "sick", "hospitalised", "disabled", "casualties",
    "missing", "captured", "freed", "traced",
)  # fmt: skip
"""The measures that count people lost, in the order in which they are listed."""
MEASURES: tuple[Measure, ...] = get_args(Measure)
CATEGORIES: tuple[Category, ...] = get_args(Category)
IMPORTANCES: tuple[Importance, ...] = get_args(Importance)
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)
RANKS: tuple[Rank, ...] = get_args(Rank)
"""The words themselves, in the order in which they are listed and sorted."""

CSL_TYPES = (
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter", "classic",
    "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic",
    "hearing", "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture", "musical_score", "pamphlet",
    "paper-conference", "patent", "performance", "periodical", "personal_communication", "post", "post-weblog", "regulation",
    "report", "review", "review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage",
)  # fmt: skip
"""The types of sources: https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types"""
Point = tuple[float, float]
"""Longitude and latitude, in degrees."""

_SLUG = re.compile(r"[a-z0-9-]{3,64}").fullmatch
_SLUG_LETTERS = b"abcdefghijklmnopqrstuvwxyz0123456789-"


@value
class Citation(Value):
    """Where a statement is made."""

    source: str
    "Id of a source."
    locator: str | None = None
    "Page, paragraph or document number inside it."


@value
class Side(Value):
    """Who acts or suffers."""

    id: str
    "Slug; the word that records use."
    name: str
    "As it is shown."
    aliases: tuple[str, ...] = ()
    "Other names, and former ids."


@value
class Belligerent(Value):
    """A side in the war, and who commanded it."""

    side: str
    "Id of a side."
    commanders: tuple[str, ...] = ()
    "Ids of people."
    note: str | None = None
    'What stands where no person is named: "various".'


@value
class Paragraph(Value):
    """A paragraph of the story that the file tells."""

    text: str
    "A few sentences."
    citations: tuple[Citation, ...] = ()
    "What they rest on."


@value
class About(Value):
    """The file itself, and the thing it is about."""

    id: str
    "Slug of the dataset."
    title: str
    "What it is called."
    description: str
    "What it holds, in a sentence."
    version: str
    "Semantic: a record added is a MINOR, a value mended a PATCH change."
    released: Edtf
    "The day of this version (EDTF)."
    license: str
    "SPDX identifier."
    subject: Edtf
    "The time of the thing the file is about."
    coverage: Edtf
    "The time of its events."
    authors: tuple[str, ...] = ()
    'Who made it: "Family, Given", or the plain name of a body.'
    url: str | None = None
    "Where it is published."
    part_of: str | None = None
    "The larger thing it belongs to."
    location: str | None = None
    "Where it happened, in words."
    result: str | None = None
    "How it ended, in words."
    belligerents: tuple[Belligerent, ...] = ()
    "The sides in the war, the one that the file is about first."
    outline: str | None = None
    "The border drawn behind the map: a WKT POLYGON or MULTIPOLYGON, longitude first."
    story: tuple[Paragraph, ...] = ()
    "The answer to the main question in 3 to 6 short paragraphs: why, how, with what result, at what price."
    citations: tuple[Citation, ...] = ()
    "What the facts of this card, and the outline, rest on."


@record
class Source(Value):
    """A document."""

    id: str
    "Slug; the word that citations use."
    type: str
    "A CSL 1.0.2 item type."
    title: str
    "In its own script; wholly in square brackets it is a description."
    aliases: tuple[str, ...] = ()
    "Former ids."
    authors: tuple[str, ...] = ()
    '"Family, Given" for a person, the plain name for an institution.'
    issued: Edtf | None = None
    "When it appeared (EDTF); missing for undated pages."
    accessed: Edtf | None = None
    "When the person who cites it saw it (EDTF)."
    container: str | None = None
    "The newspaper, journal, site or book that it stands in."
    publisher: str | None = None
    "Who brought it out."
    url: str | None = None
    "A complete address."
    number: str | None = None
    "Document, volume or page number."
    isbn: str | None = None
    "Of a book."
    language: str | None = None
    "ISO 639-1."
    perspective: str | None = None
    'Id of the side that speaks, or "press" or "academic".'
    kind: Literal["primary", "secondary", "press", "reference"] | None = None
    "A document of the time or a memoir (primary), a work about it (secondary), press, or an encyclopedia (reference)."
    consulted: Literal["read", "excerpt", "cited-by"] | None = None
    "How far it was read for this file."
    note: str | None = None
    "What to know about it: a poor source, a mirror, an uncertain year."


@record
class Place(Value):
    """A point on the map."""

    id: str
    "Slug."
    name: str
    "The common English form."
    native_name: str | None = None
    "In its own script."
    aliases: tuple[str, ...] = ()
    "Other spellings, and former ids."
    kind: str | None = None
    "City, village, pass, tunnel, airbase, province and so on."
    country: str | None = None
    "The country of today."
    country_then: str | None = None
    "The country at the time of the events."
    latitude: float | None = None
    "WGS 84, degrees north."
    longitude: float | None = None
    "WGS 84, degrees east."
    precision: Precision | None = None
    "How exact the position is: the point itself, or somewhere in a settlement, district, province or country."
    wikidata: str | None = None
    "Item number."
    summary: str | None = None
    "What it was to the story."
    citations: tuple[Citation, ...] = ()
    "For the position and the summary."


@value
class Tenure(Value):
    """A role or a rank, and when it was held."""

    title: str
    "Of the post or the rank."
    date: Edtf | None = None
    "When it was held, or conferred (EDTF)."
    citations: tuple[Citation, ...] = ()
    "What it rests on."


@record
class Person(Value):
    """Someone who acted, signed, spoke or suffered."""

    id: str
    "Slug."
    name: str
    "The common English form."
    native_name: str | None = None
    "In their own script."
    aliases: tuple[str, ...] = ()
    "Other spellings, and former ids."
    born: Edtf | None = None
    "EDTF; a one-of set where sources disagree."
    died: Edtf | None = None
    "EDTF; a one-of set where sources disagree."
    side: str | None = None
    "Id of a side."
    roles: tuple[Tenure, ...] = ()
    "Posts with their time."
    ranks: tuple[Tenure, ...] = ()
    "Ranks with their time."
    wikidata: str | None = None
    "Item number."
    summary: str | None = None
    "Who they were in this story."
    citations: tuple[Citation, ...] = ()
    "For the life dates and the summary."


@record
class Organization(Value):
    """A unit, a party, a mission."""

    id: str
    "Slug."
    name: str
    "The common English form."
    native_name: str | None = None
    "In its own script."
    aliases: tuple[str, ...] = ()
    "Other names, and former ids."
    kind: str | None = None
    "Army, division, party, mission, agency and so on."
    side: str | None = None
    "Id of a side."
    leader: str | None = None
    "Id of a person."
    summary: str | None = None
    "What it was to the story."
    citations: tuple[Citation, ...] = ()
    "What that rests on."


@record
class Route(Value):
    """An ordered road home."""

    id: str
    "Slug."
    name: str
    "As it is shown."
    aliases: tuple[str, ...] = ()
    "Former ids."
    places: tuple[str, ...] = ()
    "Ids of places, in the order of march."
    summary: str | None = None
    "Distances and conditions, with whose they are."
    citations: tuple[Citation, ...] = ()
    "What the order rests on."


@record
class Phase(Value):
    """A named stretch of time. An event belongs to the phases that its date falls in: computed, never stored."""

    id: str
    "Slug."
    title: str
    "As it is shown."
    date: Edtf
    "EDTF interval. Two phases may share a day, and one may lie inside another."
    aliases: tuple[str, ...] = ()
    "Former ids."
    summary: str | None = None
    "A few sentences for a newcomer."
    citations: tuple[Citation, ...] = ()
    "What they rest on."


@record
class Event(Value):
    """Something that happened."""

    id: str
    "Slug."
    date: Edtf
    "EDTF: `A/B` lasted from A to B; `[A..B]` happened once, in there."
    title: str
    "At most 90 characters, reads well alone."
    summary: str | None = None
    "One to three sentences, with the claim's owner in them."
    significance: str | None = None
    "For a key event: one sentence on why it mattered."
    points: tuple[str, ...] = ()
    "A short list, where the thing really is one."
    category: Category | None = None
    "What kind of deed it is."
    importance: Importance = "notable"
    "The key events tell the whole story."
    certainty: Certainty = "certain"
    "How well the statement is supported."
    side: str | None = None
    "Id of the side that acted."
    places: tuple[str, ...] = ()
    "Ids of places."
    people: tuple[str, ...] = ()
    "Ids of people."
    organizations: tuple[str, ...] = ()
    "Ids of organizations."
    related: tuple[str, ...] = ()
    "Ids of other events."
    follows: tuple[str, ...] = ()
    "Ids of the earlier events that a source names as its cause or occasion."
    aliases: tuple[str, ...] = ()
    "Former ids."
    citations: tuple[Citation, ...] = ()
    "What it rests on."


@record
class Estimate(Value):
    """One number, from one source line. `low`, `best` and `high` are UCDP's words."""

    id: str
    "Slug."
    measure: Measure
    "What is counted."
    side: str | None = None
    "Whom it counts."
    date: Edtf | None = None
    "The time that it counts, or the day on which it was so (EDTF)."
    low: int | None = None
    '"At least".'
    best: int | None = None
    'The number that the source gives; 0 for "none".'
    high: int | None = None
    '"Up to".'
    unit: str = "people"
    "What one of them is."
    text: str | None = None
    'What the source says where it gives no number: "unknown", "dozens".'
    scope: str | None = None
    "Who and what it counts."
    part: bool = False
    "Whether it leaves out some of the side's force, or of its losses in that time or event: one town, the officers alone."
    rank: Rank = "normal"
    "Whether it is to be preferred to its rivals, as on Wikidata."
    reason: str | None = None
    "Why it is preferred or deprecated."
    importance: Importance = "notable"
    "The key figures are those that an overview shows."
    certainty: Certainty = "certain"
    "How well the statement is supported."
    dispute: str | None = None
    "Id of the dispute in which it is a rival."
    event: str | None = None
    "Id of the event that it belongs to."
    aliases: tuple[str, ...] = ()
    "Former ids."
    citations: tuple[Citation, ...] = ()
    "The source line; several where they print the same number from the same origin."

    @property
    def figures(self) -> list[int]:
        """The numbers that it gives, from the lowest; none where it has only a text."""
        return [number for number in (self.low, self.best, self.high) if number is not None]

    def __post_init__(self) -> None:
        given = self.figures
        if given != sorted(given):
            raise ValueError("low, best and high must not fall: low <= best <= high")
        if given and given[0] < 0:
            raise ValueError("low, best and high are counts, and no count is below zero")
        if not given and self.text is None:
            raise ValueError("an estimate needs a number (low, best or high) or a text")


@value
class Account(Value):
    """A rival answer that is not a number."""

    says: str
    "The answer, and who gives it."
    date: Edtf | None = None
    "The date that it gives or speaks of (EDTF)."
    rank: Rank = "normal"
    "Whether it is to be preferred to its rivals, as on Wikidata."
    reason: str | None = None
    "Why it is preferred or deprecated."
    certainty: Certainty = "certain"
    "How well the statement is supported."
    citations: tuple[Citation, ...] = ()
    "Who says so."


@record
class Dispute(Value):
    """A question on which sources disagree. Its rival numbers are the estimates that name it."""

    id: str
    "Slug."
    title: str
    "The question."
    importance: Importance = "notable"
    "`key` changes the story (at most 15); `detail` is a birthday, a distance, a day in office."
    short_answer: str | None = None
    "One sentence that answers it as far as the evidence goes, or says that it is open."
    about: tuple[str, ...] = ()
    "Ids of the records it touches."
    explanation: str | None = None
    "Why they differ."
    accounts: tuple[Account, ...] = ()
    "The rival answers that are not numbers."
    aliases: tuple[str, ...] = ()
    "Former ids."
    citations: tuple[Citation, ...] = ()
    "What the explanation rests on."


@record
class Term(Value):
    """A word that a newcomer would not know."""

    id: str
    "Slug."
    name: str
    "The term, as it is used here."
    native_name: str | None = None
    "In its own script."
    aliases: tuple[str, ...] = ()
    "Other forms, abbreviations, and former ids."
    meaning: str
    "What it means, in a sentence or two."
    citations: tuple[Citation, ...] = ()
    "What that rests on."


Answer = Account | Estimate
"""A rival answer to the question of a dispute."""

Record = Source | Place | Person | Organization | Route | Phase | Event | Estimate | Dispute | Side | Term

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

HOLDING_CITATIONS = ("roles", "ranks", "accounts", "story")
"""The fields that hold what has citations of its own."""


class Dataset:
    """The whole file: `dataset` says what it is, the other fields are the records of each kind."""

    dataset: About
    "The file itself."
    sides: tuple[Side, ...]
    "Who acts or suffers."
    sources: tuple[Source, ...]
    "The documents that are cited."
    places: tuple[Place, ...]
    "Points on the map."
    people: tuple[Person, ...]
    "Who acted, signed, spoke or suffered."
    organizations: tuple[Organization, ...]
    "Units, parties, missions."
    routes: tuple[Route, ...]
    "Ordered roads home."
    phases: tuple[Phase, ...]
    "Named stretches of time."
    events: tuple[Event, ...]
    "What happened."
    estimates: tuple[Estimate, ...]
    "Numbers, each from one source line."
    disputes: tuple[Dispute, ...]
    "Questions on which sources disagree."
    terms: tuple[Term, ...]
    "Words that a newcomer would not know."

    def __init__(self, dataset: About, **records: tuple[Any, ...]) -> None:
        self.dataset = dataset
        self.__dict__.update(dict.fromkeys(KINDS.values(), ()) | records)

    @cached_property
    def by_id(self) -> dict[str, Record]:
        """Every record under its id."""
        return {item.id: item for key in KINDS.values() for item in getattr(self, key)}

    @cached_property
    def place_names(self) -> dict[str, str]:
        """The names of the places alone, so that a timeline needs no other kind of record."""
        return {place.id: place.name for place in self.places}

    @cached_property
    def phases_by_date(self) -> dict[str, tuple[str, ...]]:
        """The ids of the phases in which a date can fall, under its text; `queries.select.phases_of` fills it."""
        return {}

    @cached_property
    def disputes_of(self) -> dict[str, tuple[str, ...]]:
        """The ids of the disputes that touch a record, under the record's id, in the file's order."""
        touched: dict[str, dict[str, None]] = {}
        for dispute, target in self.dispute_links():
            touched.setdefault(target, {})[dispute] = None
        return {target: tuple(ids) for target, ids in touched.items()}

    def dispute_links(self) -> Iterator[tuple[str, str]]:
        """Yield the id of a dispute with the id of a record that it touches, for each that does."""
        yield from links(self.disputes, self.estimates)

    def name(self, identifier: str) -> str:
        """Return the name or title of a record; an estimate has none and keeps its id."""
        found = self.by_id.get(identifier)
        return str(getattr(found, "name", None) or getattr(found, "title", None) or identifier)


def links(disputes: Iterable[Any], estimates: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Yield dispute and record: what a dispute is about, and each rival figure with the event that it belongs to."""
    for dispute in disputes:
        for target in dispute.about:
            yield dispute.id, target
    for estimate in estimates:
        if estimate.dispute:
            yield estimate.dispute, estimate.id
            if estimate.event:
                yield estimate.dispute, estimate.event


def parse_outline(text: str | None) -> tuple[tuple[Point, ...], ...]:
    """Return the rings of a WKT POLYGON or MULTIPOLYGON, longitude first; none for no text. Raises ValueError.

    >>> parse_outline("POLYGON ((60 30, 75 30, 75 38, 60 30))")
    (((60.0, 30.0), (75.0, 30.0), (75.0, 38.0), (60.0, 30.0)),)
    """
    if text is None:
        return ()
    try:
        rings = tuple(tuple(_point(pair) for pair in ring.split(",")) for ring in re.findall(r"\(([^()]+)\)", text))
    except ValueError:
        rings = ()
    if not rings or not re.fullmatch(r"\s*(MULTI)?POLYGON\s*\([^a-z]*\)\s*", text, re.IGNORECASE):
        raise ValueError("the outline is not a WKT POLYGON or MULTIPOLYGON")
    if not all(-180 <= longitude <= 180 and -90 <= latitude <= 90 for ring in rings for longitude, latitude in ring):
        raise ValueError("the outline leaves the globe")
    return rings


def _point(pair: str) -> Point:
    longitude, latitude = pair.split()
    return float(longitude), float(latitude)


def is_slug(text: str) -> bool:
    """Whether `text` can be an id: 3 to 64 of a-z, 0-9 and hyphen."""
    return _SLUG(text) is not None


def are_slugs(texts: Collection[str]) -> bool:
    """Whether each of the texts can be an id: as `is_slug`, for many at a time.

    >>> are_slugs(["kabul", "phase-one"]), are_slugs(["kabul", "Phase one"]), are_slugs(["kabul", "ab"])
    (True, False, False)
    """
    letters = "".join(texts)
    fit = all(3 <= size <= 64 for size in set(map(len, texts)))
    return fit and letters.isascii() and not letters.encode().translate(None, _SLUG_LETTERS)
