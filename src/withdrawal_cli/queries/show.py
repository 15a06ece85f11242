"""One record of any kind, in full: every claim, every rival, every source."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from msgspec.structs import asdict

from withdrawal_cli.dates import Edtf
from withdrawal_cli.model import (
    KINDS,
    Dataset,
    Dispute,
    Estimate,
    Event,
    Organization,
    Person,
    Place,
    Source,
    Term,
    all_citations,
    kind_of,
)
from withdrawal_cli.queries.folding import fold
from withdrawal_cli.queries.names import WITH_NAMES, names_of, rank_records, records_in, unknown
from withdrawal_cli.queries.rows import EstimateRow, EventRow, estimate_row, event_row, sources_of
from withdrawal_cli.values import Row, Value, field


class EventDetailRow(EventRow):
    """An event in full."""

    related: Sequence[str] = field("Ids of the events that it names as related.")
    aliases: Sequence[str]


class EstimateDetailRow(EstimateRow):
    """A figure in full."""

    aliases: Sequence[str]


class MentionRow(Row):
    """An event that is tied to another record."""

    id: str = field("Slug.")
    date: Edtf = field("EDTF.")
    title: str = field("Of the event.")


class TiesRow(Row):
    """What is tied to a record: the keys of `detail_object` after the record's own fields.

    No such row is ever made: it describes these keys for the schema.
    """

    events: Sequence[MentionRow] = field(
        "The events that name it, or that it is about or belongs to; of an event those related to "
        "it, of a source those that cite it, of a term those that use it; none for a side, a phase "
        "or a route."
    )
    estimates: Sequence[EstimateRow] = field(
        "The figures in the disputes that touch it; of an event its own too, of a source those "
        "that cite it."
    )
    disputes: Sequence[Dispute] = field("The disputes that touch it; none for a dispute.")
    bibliography: Sequence[Source] = field(
        "The sources cited by the record and by the claims shown with it, each once, in the order "
        "in which they are cited; a source itself first."
    )
    terms: Sequence[str] = field(
        "Ids of the glossary terms that its title, summary, significance, points, meaning, short "
        "answer or explanation uses."
    )


TEXTS = ("title", "summary", "significance", "meaning", "short_answer", "explanation")
"""The fields, besides the points of an event, that may use terms of the glossary."""

DETAILS: dict[str, Any] = {"event": EventDetailRow, "estimate": EstimateDetailRow}
"""The rows of the kinds that are shown with more than the record's own fields."""


class Detail(Value):
    """A record with everything that the file ties to it; see `TiesRow`."""

    kind: str
    record: Any
    events: tuple[Event, ...]
    estimates: tuple[Estimate, ...]
    disputes: tuple[Dispute, ...]
    bibliography: tuple[Source, ...]
    terms: tuple[Term, ...]
    others: tuple[Any, ...] = ()
    "Other records that could have been meant, the likely ones first."


def describe(dataset: Dataset, wanted: str) -> Detail:
    """Return the record meant by an id, a name or words, with others that could be meant.

    Raises WithdrawalError when no record has the words.
    """
    record, *others = records_meant(dataset, wanted)
    kind = kind_of(record)
    # A dispute is shown with its own answers, not among those that touch it.
    disputes = [record] if kind == "dispute" else dataset.disputes_about(record.id)
    touching = {item.id for item in disputes}

    def is_shown(estimate: Estimate) -> bool:
        if kind == "source":
            return record.id in sources_of(estimate.citations)
        return estimate.dispute in touching or (kind == "event" and estimate.event == record.id)

    estimates = [item for item in dataset.estimates if item is not record and is_shown(item)]
    citations = [item for part in (record, *estimates, *disputes) for item in all_citations(part)]
    cited = list(map(dataset.source, sources_of(citations)))
    if kind == "source":
        cited = [record, *(source for source in cited if source is not record)]
    events = filter(_tie_to(record), dataset.events)
    texts = texts_of(record)
    terms = [
        term for term in dataset.terms if term is not record and _pattern_of(term).search(texts)
    ]
    return Detail(
        kind=kind,
        record=record,
        events=tuple(sorted(events, key=attrgetter("date.order", "id"))),
        estimates=tuple(estimates),
        disputes=() if kind == "dispute" else tuple(disputes),
        bibliography=tuple(cited),
        terms=tuple(terms),
        others=tuple(others),
    )


def names_wanted(dataset: Dataset, words: Sequence[str]) -> list[str]:
    """Return the names in the words of a command line: each word is one, or all of them together.

    Together they are one name if a record is called so, or if a word by itself names nothing:
    `francis crozier`, `victory note`; but not `crozier franklin`.
    """
    slugs = [word for word in words if word in dataset.by_id]
    if len(slugs) == len(words) or any("-" in slug for slug in slugs):
        return [*words]
    together = " ".join(words)
    called = [item for _, item in rank_records(dataset, together)]
    if any(not isinstance(item, Source) for item in called):
        return [together]
    return [*words] if all(_is_name(dataset, word) for word in words) else [together]


def _is_name(dataset: Dataset, word: str) -> bool:
    """Whether the word is in the name of a person, a place and so on."""
    is_in = re.compile(rf"(?<!\w){re.escape(fold(word))}(?!\w)").search
    named = records_in(dataset, WITH_NAMES)
    return any(is_in(fold(name)) for item in named for name in names_of(item))


def records_meant(dataset: Dataset, wanted: str) -> list[Any]:
    """Return the record meant by an id, a name or words, then others that could be meant.

    Names and titles are tried first. If none has the words, or only titles of sources do, the
    full-text search is tried too; its hits come first, key records before others.

    Raises WithdrawalError when no record has all the words.
    """
    found = dataset.by_id.get(wanted)
    if found is not None and "-" in wanted:  # `geneva` is an id, but a word as well
        return [found]
    named = [item for _, item in rank_records(dataset, wanted)]
    if all(isinstance(item, Source) for item in named):
        from withdrawal_cli.queries.search import search_records  # not needed for an id

        found_words = search_records(dataset, [wanted]) if any(map(str.isalnum, wanted)) else None
        if found_words and not found_words.partial:
            items = [hit.record for hit in found_words.hits]
            items.sort(key=lambda item: getattr(item, "importance", None) != "key")
            hits = {item.id for item in items}
            named = [*items, *(item for item in named if item.id not in hits)]
    if not named:
        raise unknown(dataset, tuple(KINDS.values()), wanted)
    return named


def texts_of(item: Any) -> str:
    """Return what a record says in its title and its text, folded."""
    texts = [getattr(item, name, None) for name in TEXTS]
    return fold("\n".join(filter(None, [*texts, *getattr(item, "points", ())])))


@cache
def _pattern_of(term: Term) -> re.Pattern[str]:
    """Return the pattern of a term in folded text: its name or another form, plurals too."""
    names = (fold(name) for name in (term.name, *term.aliases))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})s?(?!\w)")


def fields_of_details(details: Iterable[Detail]) -> tuple[str, ...]:
    """Return the keys of the objects that `detail_object` makes of these details, each once."""
    names = ["record"]
    for detail in details:
        names += (DETAILS.get(detail.kind) or type(detail.record)).__struct_fields__
    return tuple(dict.fromkeys([*names, *TiesRow.__struct_fields__]))


def detail_object(dataset: Dataset, detail: Detail) -> dict[str, Any]:
    """Return the record as a JSON object: its own fields, then what is tied to it.

    Kinds differ in their fields, so this answer is a dictionary, not a row.
    """
    record = detail.record
    if isinstance(record, Event):
        record = EventDetailRow(
            **asdict(event_row(dataset, record)), related=record.related, aliases=record.aliases
        )
    elif isinstance(record, Estimate):
        aliases = record.aliases
        record = EstimateDetailRow(**asdict(estimate_row(record)), aliases=aliases)
    return {
        "record": detail.kind,
        **asdict(record),
        "events": [
            MentionRow(id=event.id, date=event.date, title=event.title) for event in detail.events
        ],
        "estimates": list(map(estimate_row, detail.estimates)),
        "disputes": list(map(asdict, detail.disputes)),
        "bibliography": list(map(asdict, detail.bibliography)),
        "terms": [term.id for term in detail.terms],
    }


def _tie_to(record: Any) -> Callable[[Event], bool]:
    """Return a test that an event is tied to a record: either names the other."""
    match record:
        case Event():
            related = set(record.related)  # in a hostile file, every event
            return lambda event: event.id in related or record.id in event.related
        case Dispute():
            about = set(record.about)
            return lambda event: event.id in about
        case Estimate():
            return lambda event: event.id == record.event
        case Source():
            return lambda event: record.id in sources_of(event.citations)
        case Term():
            pattern = _pattern_of(record)
            return lambda event: pattern.search(texts_of(event)) is not None
        case Person() | Place() | Organization():
            key = KINDS[kind_of(record)]
            return lambda event: record.id in getattr(event, key)
    return lambda _: False
