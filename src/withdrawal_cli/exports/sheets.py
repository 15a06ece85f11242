"""The sheets of a workbook and their columns, declared once for each kind of record."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from withdrawal_cli.dates import Edtf, date_text
from withdrawal_cli.model import Account, Citation, Dataset, Estimate, Event
from withdrawal_cli.queries.disputes import Disagreement, summarize_disputes
from withdrawal_cli.queries.lists import summarize_list
from withdrawal_cli.queries.products import phases_of_events
from withdrawal_cli.queries.rows import phases_of
from withdrawal_cli.safety import is_web_address
from withdrawal_cli.values import Value
from withdrawal_cli.wording import date_of, figure_of, names

FIRST_DAY = date(1900, 3, 1)
"""Spreadsheets begin in 1900. Excel counts a 29 February of that year, so programs differ by a day
before it."""
WIKIDATA_ITEM = re.compile(r"Q[1-9]\d*")


class Link(Value):
    """A text with a link to a web address."""

    url: str
    text: str


Content = str | int | float | date | Link
Cell = Content | None


class Book(Value):
    """What the cells of a workbook are made from."""

    dataset: Dataset
    labels: Mapping[str, str]
    "The short name under which each source is cited, by id."

    def cited(self, citations: Iterable[Citation]) -> str:
        texts = (
            ", ".join(filter(None, (self.labels[item.source], item.locator))) for item in citations
        )
        return "; ".join(dict.fromkeys(texts))


class Column(Value):
    """A column of a sheet."""

    heading: str
    width: int
    "In characters; a longer text is wrapped."
    cell: Callable[[Book, Any], Cell]


class Sheet(Value):
    """A kind of record."""

    name: str
    description: str
    columns: Sequence[Column]
    rows: Sequence[Any]


# --- the kinds of columns ------------------------------------------------------------------------


def _made(heading: str, width: int, cell: Callable[[Book, Any], Cell]) -> Column:
    return Column(heading=heading, width=width, cell=cell)


def _field(heading: str, name: str, width: int = 14) -> Column:
    return _made(heading, width, lambda _, item: getattr(item, name))


def _named(heading: str, name: str, width: int = 24) -> Column:
    """Return the column of one id, or of several, as names."""

    def cell(book: Book, item: Any) -> Cell:
        found = getattr(item, name) or ()
        return names(book.dataset, (found,) if isinstance(found, str) else found)

    return _made(heading, width, cell)


def _dates(heading: str, name: str) -> list[Column]:
    """Return the columns of a date: as people read it, its first and last day, and as EDTF."""

    def column(part: str, width: int, cell: Callable[[Edtf], Cell]) -> Column:
        word = part if part.isupper() else part.lower()
        whole = part if heading == "Date" else f"{heading}: {word}"

        def of(_: Book, item: Any) -> Cell:
            when = getattr(item, name)
            return cell(when) if when else None

        return _made(whole if part else heading, width, of)

    return [
        column("", 20, lambda when: _day(when.earliest) if _is_one_day(when) else date_text(when)),
        column("Earliest", 12, lambda when: _day(when.earliest)),
        column("Latest", 12, lambda when: _day(when.latest)),
        column("EDTF", 22, lambda when: when.text),
    ]


def _is_one_day(when: Edtf) -> bool:
    """Whether it is one known day that spreadsheets can hold."""
    return when.exact and when.span == 1 and when.order[0] >= FIRST_DAY


def _day(when: date | None) -> Cell:
    """Return a day as a date; as ISO 8601 if spreadsheets cannot hold it."""
    return when if when is None or when >= FIRST_DAY else when.isoformat()


def _of_dispute(heading: str, name: str, width: int) -> Column:
    return _made(heading, width, lambda _, question: getattr(question.dispute, name))


def _of_spread(heading: str, name: str) -> Column:
    return _made(heading, 12, lambda _, question: getattr(question.spread, name))


# --- cells ---------------------------------------------------------------------------------------


def _preferred(_: Book, question: Disagreement) -> Cell:
    for answer in question.answers:
        if answer.rank == "preferred":
            return figure_of(answer) if isinstance(answer, Estimate) else answer.says
    return None


def _accounts(book: Book, question: Disagreement) -> Cell:
    lines = []
    for answer in question.answers:
        if isinstance(answer, Account):
            sources = book.cited(answer.citations)
            lines.append(f"{answer.says} ({sources})" if sources else answer.says)
    return "\n".join(lines)


def _tenures(heading: str, name: str, width: int) -> Column:
    """Return the column of posts or ranks, one a line, each with its time."""

    def cell(_: Book, item: Any) -> Cell:
        return "\n".join(
            ", ".join(filter(None, (held.title, date_of(held)))) for held in getattr(item, name)
        )

    return _made(heading, width, cell)


def _wikidata(_: Book, item: Any) -> Cell:
    if item.wikidata and WIKIDATA_ITEM.fullmatch(item.wikidata):
        return Link(url=f"https://www.wikidata.org/wiki/{item.wikidata}", text=item.wikidata)
    return str(item.wikidata or "")


def _address(_: Book, item: Any) -> Cell:
    if item.url and is_web_address(item.url):
        return Link(url=item.url, text=item.url)
    return item.url or ""


# --- the columns of each sheet -------------------------------------------------------------------

ID = _field("Id", "id", 32)
SOURCES_OF = _made("Sources", 40, lambda book, item: book.cited(item.citations))
TIES = (_field("Events", "events", 10), _field("Figures", "estimates", 10))
OTHER_NAMES = _made(
    "Other names", 30, lambda _, item: "; ".join(filter(None, [item.native_name, *item.aliases]))
)
WIKIDATA = _made("Wikidata", 14, _wikidata)

EVENTS = (
    *_dates("Date", "date"),
    _field("Title", "title", 44),
    _field("Summary", "summary", 70),
    _field("Significance", "significance", 40),
    _field("Category", "category"),
    _field("Importance", "importance", 12),
    _field("Certainty", "certainty", 12),
    _named("Side", "side", 22),
    _made("Phases", 30, lambda book, item: names(book.dataset, phases_of(book.dataset, item.date))),
    _named("Places", "places"),
    _named("People", "people", 30),
    _named("Organizations", "organizations", 30),
    _made(
        "Disputes",
        40,
        lambda book, item: names(book.dataset, book.dataset.disputes_of.get(item.id, ())),
    ),
    SOURCES_OF,
    ID,
)

FIGURES = (
    _named("Side", "side", 22),
    _field("Measure", "measure"),
    _field("Low", "low", 12),
    _field("Best", "best", 12),
    _field("High", "high", 12),
    _field("Unit", "unit", 12),
    _field("In words", "text", 20),
    *_dates("Date", "date"),
    _field("What is counted", "scope", 60),
    _made("Counts", 12, lambda _, item: "a part" if item.part else "the whole"),
    _field("Rank", "rank", 12),
    _field("Reason", "reason", 40),
    _field("Importance", "importance", 12),
    _field("Certainty", "certainty", 12),
    _named("Dispute", "dispute", 40),
    _named("Event", "event", 40),
    SOURCES_OF,
    ID,
)

DISPUTES = (
    _of_dispute("Question", "title", 50),
    _of_dispute("Short answer", "short_answer", 60),
    _of_dispute("Importance", "importance", 12),
    _made("Answers", 10, lambda _, question: len(question.answers)),
    _of_spread("Lowest", "low"),
    _of_spread("Highest", "high"),
    _of_spread("Unit", "unit"),
    _made("Preferred", 40, _preferred),
    _made("Answers in words", 60, _accounts),
    _of_dispute("Explanation", "explanation", 60),
    _made("About", 40, lambda book, question: names(book.dataset, question.dispute.about)),
    SOURCES_OF,
    _of_dispute("Id", "id", 32),
)

PEOPLE = (
    _field("Name", "name", 28),
    OTHER_NAMES,
    *_dates("Born", "born"),
    *_dates("Died", "died"),
    _named("Side", "side", 22),
    _tenures("Roles", "roles", 50),
    _tenures("Ranks", "ranks", 40),
    _field("Summary", "summary", 60),
    *TIES,
    WIKIDATA,
    SOURCES_OF,
    ID,
)

PLACES = (
    _field("Name", "name", 26),
    OTHER_NAMES,
    _field("Kind", "kind"),
    _field("Country", "country", 18),
    _field("Country then", "country_then", 18),
    _field("Latitude", "latitude", 11),
    _field("Longitude", "longitude", 11),
    _field("Precision", "precision", 12),
    _field("Summary", "summary", 60),
    *TIES,
    WIKIDATA,
    SOURCES_OF,
    ID,
)

SOURCES = (
    _made("Source", 34, lambda book, item: book.labels[item.id]),
    _made("Authors", 34, lambda _, item: "; ".join(item.authors)),
    _field("Title", "title", 60),
    _field("In", "container", 30),
    _field("Publisher", "publisher", 24),
    *_dates("Issued", "issued"),
    _made("Address", 50, _address),
    *_dates("Accessed", "accessed"),
    _field("Type", "type"),
    _field("Kind", "kind", 12),
    _field("Perspective", "perspective", 18),
    _field("Language", "language", 10),
    _field("Number", "number", 20),
    _field("ISBN", "isbn", 18),
    _field("Consulted", "consulted", 12),
    _field("Note", "note", 50),
    *TIES,
    ID,
)


def make_sheets(book: Book, events: Sequence[Event]) -> list[Sheet]:
    """Return the sheets. Raises WithdrawalError if a list in them would be too long."""
    dataset = book.dataset
    phases_of_events(dataset, events).refuse(
        "Choose fewer events with --during or --key, or export geojson or html."
    )
    people, places, sources = (
        summarize_list(dataset, key, {}).rows for key in ("people", "places", "sources")
    )
    return [
        Sheet(
            name="Events",
            description="Something that happened, in order of date.",
            columns=EVENTS,
            rows=events,
        ),
        Sheet(
            name="Figures",
            description="One number from one source line, the key ones first.",
            columns=FIGURES,
            rows=sorted(dataset.estimates, key=lambda item: item.importance != "key"),
        ),
        Sheet(
            name="Disputes",
            description="A question on which sources disagree, the key ones first. The rival "
            "figures are those of the sheet Figures that name it.",
            columns=DISPUTES,
            rows=summarize_disputes(dataset, key_first=True, every=True).found,
        ),
        Sheet(
            name="People",
            description="Someone who acted, signed, spoke or suffered.",
            columns=PEOPLE,
            rows=people,
        ),
        Sheet(name="Places", description="A point on the map.", columns=PLACES, rows=places),
        Sheet(
            name="Sources",
            description="A document, under the short name by which the other sheets cite it.",
            columns=SOURCES,
            rows=sorted(sources, key=lambda item: book.labels[item.id]),
        ),
    ]
