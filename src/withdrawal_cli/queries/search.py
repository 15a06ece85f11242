"""Full-text search in records of every kind, best first."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from msgspec.structs import replace

from withdrawal_cli.dates import Edtf
from withdrawal_cli.model import (
    IMPORTANCES,
    KINDS,
    Account,
    Dataset,
    Dispute,
    Estimate,
    Tenure,
    called,
    is_slug,
    mention,
)
from withdrawal_cli.queries.disputes import disagreement
from withdrawal_cli.queries.folding import fold
from withdrawal_cli.queries.names import WITH_NAMES, names_of, nearest, records_in
from withdrawal_cli.queries.rows import sources_of
from withdrawal_cli.queries.search_query import (
    DISPUTED,
    Query,
    Span,
    Term,
    is_whole,
    name_term,
    parse_query,
    stem,
)
from withdrawal_cli.values import Row, Value, field
from withdrawal_cli.wording import (
    counted_text,
    nothing_matches,
    number,
    plural,
    reading_of,
    short_sources,
)

EXACT, EXACT_ALIAS, NAMED, TEXT, TIED = range(5)
"""How close a record is: the words are its name, another of its names, in its name, in its text, or
in the names of what it is tied to."""

FIELDS = {
    **dict.fromkeys(("title", "name", "native_name", "aliases"), NAMED),
    **dict.fromkeys(("short_answer", "meaning", "summary", "significance", "points"), TEXT),
    **dict.fromkeys(("scope", "text", "explanation", "accounts", "reason"), TEXT),
    **dict.fromkeys(("roles", "ranks", "authors", "container", "publisher", "note"), TEXT),
    **dict.fromkeys(("measure", "id"), NAMED),
}
"""The fields to search, in the order in which to show them, and how close a word in each is."""

LINKS = {
    "event": ("people", "places", "organizations"),
    "route": ("places",),
    "estimate": ("side",),
    "dispute": ("about",),
}
"""By kind: the fields with ids of records whose names are searched too."""

ORDER = (
    "person",
    "place",
    "term",
    "organization",
    "route",
    "phase",
    "event",
    "dispute",
    "estimate",
    "source",
    "side",
)
"""The kinds in the order in which equally good records are listed."""

SYNONYMS = ("terms", "people", "places", "organizations", "sides")
"""The arrays where one name of a record also finds its other names."""

SUGGESTED = 3
"""How many unknown words are compared with known ones."""

NAMES = 100
"""How many names of a record are searched in the records tied to it."""

FEW = 3
"""If fewer records have all the words of a sentence, those with most of them are added."""

ROOM = 100
"""About how many characters an excerpt has."""


class Hit(Value):
    """A record that matches, and where."""

    kind: str
    record: Any
    order: tuple[object, ...]
    "Sorts the best first."
    matched: str
    "The field that has most of the words."
    text: str
    "What it says; of a figure, the number and what it counts."


class Found(Value):
    """The records that match, best first."""

    query: Query
    hits: tuple[Hit, ...]
    partial: bool
    "Whether no record has every word, so that these have only most of them."
    unknown: tuple[str, ...]
    "The words that no record has, if none has every word."
    near: tuple[str, ...]
    "Words of names that are spelt much like those."

    def note(self, shown: int) -> str:
        """Return how many records match and how many of them are `shown`, or why none does."""
        total = len(self.hits)
        if not total:
            return nothing_matches(self.unknown, self.near)
        note = f"{plural(total, 'record')}; withdrawal show ID shows one in full."
        if total > shown:
            note = (
                f"{number(shown)} of {number(total)} records, the best first; "
                f"-n {total} shows all, withdrawal show ID one in full."
            )
        if not self.partial:
            return note
        missing = f"{nothing_matches(self.unknown, self.near)} " if self.unknown else ""
        return f"{missing}No record has all the words; these have most of them. {note}"


class HitRow(Row):
    """One record that matches, as every format gives it."""

    record: str = field("The kind of record: event, person, source and so on.")
    id: str = field("Slug.")
    title: str = field(
        "Its name or title; of an estimate the figure, what and whom it counts, and who says so."
    )
    date: Edtf | None = field("Its date, or when it was issued (EDTF).")
    matched: str = field(
        "The field in which the words stand: one with the figure or the whole name, else the one "
        "that has most of them."
    )
    excerpt: str = field("About 100 characters of what stands there, around the words.")
    dispute: str | None = field("Id of the dispute that it is, or in which it is a rival figure.")
    short_answer: str | None = field("To the question of that dispute.")
    low: int | None = field("The lowest figure in that dispute, as `disputes` has it.")
    high: int | None = field("The highest.")
    unit: str | None = field("Their unit.")
    summary: str | None = field("Its summary, or the meaning of a term; null if it has neither.")


def search_records(dataset: Dataset, words: Iterable[str], kinds: Sequence[str] = ()) -> Found:
    """Return the records of the kinds named, or of all, that have every word, best first.

    If none has every word, or few have all those of a sentence, those with at least half of them
    follow, the most first. Raises UsageError for words that ask for nothing.
    """
    query = _with_synonyms(dataset, parse_query(words))
    finder = _Finder(dataset, query)
    records = [(kind, item) for kind in ORDER for item in getattr(dataset, KINDS[kind])]
    records = [(kind, item) for kind, item in records if not kinds or kind in kinds]
    count = len(query.wanted)
    hits = [hit for kind, item in records if (hit := finder.hit(kind, item, count))]
    unknown: list[str] = []
    partial = not hits
    if partial or (query.is_sentence and len(hits) < FEW):
        least = (count + 1) // 2
        hits = [hit for kind, item in records if (hit := finder.hit(kind, item, least))]
        unknown = [term.text for term in query.wanted if term.text not in finder.known]
    hits.sort(key=lambda hit: hit.order)
    near = _similar(dataset, unknown[:SUGGESTED])
    return Found(
        query=query, hits=tuple(hits), partial=partial, unknown=tuple(unknown), near=tuple(near)
    )


def hit_row(dataset: Dataset, query: Query, hit: Hit) -> HitRow:
    """Return the record with its name, its date (of a source, when it came out), and what matched.

    A figure comes with the answer and the range of its dispute.
    """
    item = hit.record
    is_figure = isinstance(item, Estimate)
    spans = query.spans(hit.text)
    dispute = item if isinstance(item, Dispute) else None
    if is_figure and item.dispute:
        dispute = dataset.dispute(item.dispute)
    spread = disagreement(dataset, dispute).spread if dispute else None
    return HitRow(
        record=hit.kind,
        id=item.id,
        title=estimate_title(dataset, item) if is_figure else called(item),
        date=getattr(item, "date", None) or getattr(item, "issued", None),
        matched=hit.matched,
        excerpt=excerpt(hit.text, spans[0][0] if spans else 0),
        dispute=dispute.id if dispute else None,
        short_answer=dispute.short_answer if dispute else None,
        low=spread.low if spread else None,
        high=spread.high if spread else None,
        unit=spread.unit if spread else None,
        summary=getattr(item, "summary", None) or getattr(item, "meaning", None),
    )


def estimate_title(dataset: Dataset, estimate: Estimate) -> str:
    """Return what an estimate counts, of whom, and who says so: `523 dead, The Reds (Ford 2011)`.

    Only the first two sources are named.
    """
    whose = f", {dataset.name(estimate.side)}" if estimate.side else ""
    cited = sources_of(estimate.citations)
    more = f" and {len(cited) - 2} more" if len(cited) > 2 else ""
    sources = f" ({short_sources(dataset, cited[:2])}{more})" if cited else ""
    return f"{reading_of(estimate)}{counted_text(estimate)}{whose}{sources}"


def excerpt(text: str, start: int) -> str:
    """Return about ROOM characters of `text` around the index `start`, cut between words.

    >>> excerpt("It opened in 1982. " + "A bridge. " * 20, 19)[:26]
    'It opened in 1982. A bridg'
    """
    words = [match.span() for match in re.finditer(r"\S+", text)]
    first = last = next(
        (index for index, (_, end) in enumerate(words) if end > start), len(words) - 1
    )
    before = min(start, ROOM * 2 // 5)
    while first and start - words[first - 1][0] <= before:
        first -= 1
    while last + 1 < len(words) and words[last + 1][1] - words[first][0] <= ROOM:
        last += 1
    # Near the end of the text there is room left for more of what comes before.
    while first and words[last][1] - words[first - 1][0] <= ROOM:
        first -= 1
    shown = " ".join(text[begin:end] for begin, end in words[first : last + 1])
    return f"{'… ' if first else ''}{shown}{' …' if last + 1 < len(words) else ''}"


def _with_synonyms(dataset: Dataset, query: Query) -> Query:
    """Return the query with the other names of the records that its words name."""
    records = records_in(dataset, SYNONYMS)

    def widened(term: Term) -> Term:
        typed = fold(term.text)

        def is_called(name: str) -> bool:
            folded = fold(name)
            if folded == typed:
                return True
            alike = term.stem is not None and folded.startswith(term.hint) and folded.isalpha()
            return alike and stem(folded) == term.stem

        # A name comes before an alias: Kabul is the city, although the government is called so too.
        called = [item for item in records if is_called(item.name)]
        called = called or [item for item in records if any(map(is_called, item.aliases))]
        names = dict.fromkeys(
            name
            for item in called
            for name in names_of(item)
            if fold(name).strip()  # a name of nothing but joiners and accents is none
            and not (is_called(name) or name == item.id or ("-" in name and is_slug(name)))
        )
        return replace(term, synonyms=tuple(map(name_term, islice(names, NAMES))))

    # A number is often part of a name, but here a figure is meant.
    wanted = tuple(term if term.numbers else widened(term) for term in query.wanted)
    return replace(query, wanted=wanted)


class _Line(NamedTuple):
    """One text of a record; or one of its figures, with what it counts."""

    field: str
    level: int
    text: str
    folded: str
    figure: int | None = None


class _Match(NamedTuple):
    """Where a term is found in a record: the spans by the index of each line that has it."""

    level: int
    spans: dict[int, list[Span]]


class _Finder:
    """Runs a query on one record after another.

    Each record is folded once, as a whole; only what may match is read text by text.
    """

    def __init__(self, dataset: Dataset, query: Query) -> None:
        self.dataset = dataset
        self.query = query
        self.names: dict[str, tuple[tuple[str, ...], str]] = {}
        self.known: set[str] = set()
        "The terms that were found in any record."

    def hit(self, kind: str, item: Any, least: int) -> Hit | None:
        """Return the hit if the record has at least that many terms, and no unwanted one."""
        everything = self._everything(kind, item)
        terms = [term for term in self.query.wanted if _may_match(term, kind, everything)]
        # A record with too few words is still read for a word that has not been found before.
        if len(terms) < least and self.known.issuperset(term.text for term in terms):
            return None
        lines = list(self._lines(kind, item))
        found = []
        for term in terms:
            match = _match(term, lines)
            if match:
                self.known.add(term.text)
                found.append(match)
        if len(found) < least or any(_match(term, lines) for term in self.query.unwanted):
            return None
        best = max(range(len(lines)), key=lambda index: self._telling(index, lines[index], found))
        return Hit(
            kind=kind,
            record=item,
            order=self._order(kind, item, lines, found),
            matched=lines[best].field,
            text=lines[best].text,
        )

    def _order(
        self, kind: str, item: Any, lines: Sequence[_Line], found: Sequence[_Match]
    ) -> tuple[object, ...]:
        levels = [match.level for match in found]
        level = min(self._closeness(item), max(levels))
        asks = self.query.asks
        # "Who was Crozier?" names a person, though not by the whole name.
        if asks in ("who", "whom") and kind == "person" and len(found) == len(self.query.wanted):
            level = min(level, EXACT_ALIAS) if max(levels) <= NAMED else level
        all_whole = all(
            any(is_whole(lines[index].folded, spans) for index, spans in match.spans.items())
            for match in found
        )
        # A question is best answered by what the file says on the same question, and one of another
        # kind ("what was", "when did") by a key event.
        titled = sum(level <= NAMED for level in levels)
        answers = asks in DISPUTED and kind == "dispute" and level < TIED
        same = (
            answers
            and 2 * titled >= len(self.query.wanted)
            and fold(item.title).startswith(f"{asks} ")
        )
        # The title of a source says little about the history; people and places have no importance.
        rank = "detail" if kind == "source" else getattr(item, "importance", "key")
        when = getattr(item, "date", None)
        return (
            min(level, NAMED),  # a name that is exactly this beats any number of words
            not same,
            -len(found),
            (not answers, rank != "key") if asks in DISPUTED else (),
            asks is not None and not (kind == "event" and rank == "key"),
            level,
            not all_whole,  # "man" means a man rather than a manner
            sum(levels),
            IMPORTANCES.index(rank),
            ORDER.index(kind),
            when.order if when else (),
            len(item.title) if kind == "dispute" else 0,  # a short question is about little else
            item.id,
        )

    def _closeness(self, item: Any) -> int:
        """Return the level of a record by its name alone: whether it is what the query names."""
        own = {fold(name) for name in (item.id, called(item))}
        if not own.isdisjoint(self.query.names):
            return EXACT
        if any(fold(name) in self.query.names for name in names_of(item)):
            return EXACT_ALIAS
        return TIED

    def _telling(self, index: int, line: _Line, found: Sequence[_Match]) -> tuple[object, ...]:
        """Return how telling a line is: most for a figure or the whole name, least for an id."""
        spans = [match.spans[index] for match in found if index in match.spans]
        return (
            bool(spans and line.figure is not None),
            line.folded in self.query.names,
            bool(spans and line.field != "id"),
            len(spans),
            sum(is_whole(line.folded, standing) for standing in spans),
        )

    def _everything(self, kind: str, item: Any) -> str:
        """Return all that can match in a record, folded."""
        texts = [text for name in _fields(item) for text in _texts(getattr(item, name))]
        if kind == "estimate":
            texts += map(number, item.figures)
        tied = [self._called(identifier)[1] for _, identifier in _linked(kind, item)]
        # No word or phrase of a query reaches over a null character.
        return "\0".join([fold("\0".join(texts)), *tied])

    def _lines(self, kind: str, item: Any) -> Iterator[_Line]:
        if kind == "estimate":
            for name in ("best", "low", "high"):
                figure = getattr(item, name)
                if figure is not None:
                    text = f"{number(figure)}. {item.scope or item.measure}"
                    yield _Line(name, EXACT, text, fold(text), figure)
        for name in _fields(item):
            # The title of a source is what was said about the history, not a part of it.
            level = max(TEXT, FIELDS[name]) if kind == "source" else FIELDS[name]
            for text in _texts(getattr(item, name)):
                yield _Line(name, level, text, fold(text))
        for name, identifier in _linked(kind, item):
            for text in self._called(identifier)[0]:
                yield _Line(name, TIED, text, fold(text))

    def _called(self, identifier: str) -> tuple[tuple[str, ...], str]:
        """Return the names of a record without its id, and all of them folded."""
        if identifier not in self.names:
            names = tuple(islice(names_of(self.dataset.by_id[identifier]), 1, NAMES + 1))
            mentions = tuple(map(mention, names))
            self.names[identifier] = mentions, fold("\0".join(mentions))
        return self.names[identifier]


def _fields(item: Any) -> list[str]:
    return [name for name in FIELDS if name in item.__struct_fields__]


def _linked(kind: str, item: Any) -> Iterator[tuple[str, str]]:
    """Yield the field and the id of each record whose names are searched too."""
    for name in LINKS.get(kind, ()):
        content = getattr(item, name)
        for identifier in (content,) if isinstance(content, str) else content or ():
            yield name, identifier


def _texts(content: Any) -> Iterator[str]:
    """Yield the texts in a field."""
    for part in (content,) if isinstance(content, str) else content or ():
        if isinstance(part, Account):
            yield from filter(None, (part.says, part.reason))
        else:
            yield part.title if isinstance(part, Tenure) else part


def _may_match(term: Term, kind: str, everything: str) -> bool:
    if not term.pattern:
        return kind == "estimate"
    return any(name.hint in everything for name in (term, *term.synonyms))


def _match(term: Term, lines: Sequence[_Line]) -> _Match | None:
    """Return where a term is, or else where its synonyms are; None if neither is there."""
    spans = {}
    for index, line in enumerate(lines):
        if line.figure is None:
            spans[index] = term.spans(line.folded)
        elif term.counts(line.figure):
            spans[index] = [(0, len(number(line.figure)))]
    spans = {index: found for index, found in spans.items() if found}
    if spans:
        return _Match(min(lines[index].level for index in spans), spans)
    for name in term.synonyms:
        for index, line in enumerate(lines):
            if line.figure is None and (found := name.spans(line.folded)):
                spans.setdefault(index, found)
    return _Match(TIED, spans) if spans else None


def _similar(dataset: Dataset, unknown: Sequence[str]) -> list[str]:
    """Return up to three words spelt like each unknown one, from names or else from titles."""
    if not unknown:
        return []
    others = [key for key in KINDS.values() if key not in WITH_NAMES]
    similar: list[str] = []
    vocabularies = [_vocabulary(dataset, keys).items() for keys in (WITH_NAMES, others)]
    for word in unknown:
        found = (nearest(word, vocabulary, 0.7) for vocabulary in vocabularies)
        similar += next(filter(None, found), [])
    return similar


def _vocabulary(dataset: Dataset, keys: Iterable[str]) -> dict[str, str]:
    """Return the words in the names of records as they are written, by their folded form."""
    words = {
        word
        for item in records_in(dataset, keys)
        for name in names_of(item)
        if name != item.id
        for word in re.findall(r"\w{3,}", name)
    }
    return {fold(word): word for word in sorted(words)}
