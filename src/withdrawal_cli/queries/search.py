"""Records of every kind that say what is looked for, best first."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from withdrawal_cli.dates import Edtf
from withdrawal_cli.model import KINDS, Account, Dataset, Estimate, Tenure, mention
from withdrawal_cli.queries.names import WITH_NAMES, fold, names_of, nearest
from withdrawal_cli.queries.rows import sources_of
from withdrawal_cli.queries.words import Query, Span, Term, is_whole, parse_query
from withdrawal_cli.values import Row, Value, field, row, value
from withdrawal_cli.wording import figure_text, number, short_sources

EXACT, EXACT_ALIAS, NAMED, TEXT, TIED = range(5)
"""How close a record is: it is called so, it is also called so, its name has the words, its text has, what it is tied to has."""

FIELDS = {
    **dict.fromkeys(("title", "name", "native_name", "aliases"), NAMED),
    **dict.fromkeys(
        (
            "summary",
            "points",
            "scope",
            "text",
            "explanation",
            "accounts",
            "reason",
            "roles",
            "ranks",
        ),
        TEXT,
    ),
    **dict.fromkeys(("authors", "container", "publisher", "note"), TEXT),
    **dict.fromkeys(("measure", "id"), NAMED),
}
"""The fields that are looked through, those that say most first, and how close a word in one is."""

LINKS = {
    "event": ("people", "places", "organizations"),
    "route": ("places",),
    "estimate": ("side",),
    "dispute": ("about",),
}
"""The fields of each kind whose ids stand for the names of what they name."""

ORDER = (
    "person",
    "place",
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

SUGGESTED = 3
"""The unknown words for which words spelt like them are looked for."""

NAMES = 100
"""The names of a record by which those that mention it are found."""

ROOM = 100
"""The characters of an excerpt."""


@value
class Hit(Value):
    """A record that matches, and where."""

    kind: str
    record: Any
    order: tuple[object, ...]
    "Sorts the best first: how close as a whole and word by word, whole words, the kind, the date, the id."
    matched: str
    "The field that has most of the words."
    text: str
    "What it says; of a figure, the number and what it counts."


@value
class Found(Value):
    query: Query
    hits: tuple[Hit, ...]
    unknown: tuple[str, ...]
    "When nothing matches: the words that no record has."
    near: tuple[str, ...]
    "Words of names that are spelt much like those."


@row
class HitRow(Row):
    """One record that matches, as every format gives it."""

    record: str = field("The kind of record: event, person, source and so on.")
    id: str = field("Slug.")
    title: str = field("Its name or title; of an estimate, what it says.")
    date: Edtf | None = field("Its date, or when it was issued (EDTF).")
    matched: str = field("The field that has most of the words.")
    excerpt: str = field("What stands there, around the words.")


def search_records(dataset: Dataset, words: Iterable[str], kinds: Sequence[str] = ()) -> Found:
    """Return the records of the kinds named, or of all, that have every word. Raises UsageError for words that say nothing."""
    query = parse_query(words)
    hits = _hits(dataset, query, kinds)
    if hits:
        return Found(
            query=query, hits=tuple(sorted(hits, key=lambda hit: hit.order)), unknown=(), near=()
        )
    unknown = _unknown(dataset, query, kinds) if len(query.wanted) > 1 else query.wanted
    near = _near(dataset, [term.text for term in unknown[:SUGGESTED]])
    return Found(
        query=query, hits=(), unknown=tuple(term.text for term in unknown), near=tuple(near)
    )


def hit_row(dataset: Dataset, query: Query, hit: Hit) -> HitRow:
    """Return the record with its name, its date (of a source, when it came out), and what matched."""
    item = hit.record
    when = getattr(item, "date", None) or getattr(item, "issued", None)
    spans = query.spans(hit.text)
    is_figure = isinstance(item, Estimate)
    title = (
        estimate_title(dataset, item) if is_figure else getattr(item, "name", None) or item.title
    )
    return HitRow(
        record=hit.kind,
        id=item.id,
        title=title,
        date=when,
        matched=hit.matched,
        excerpt=excerpt(hit.text, spans[0][0] if spans else 0),
    )


def estimate_title(dataset: Dataset, estimate: Estimate) -> str:
    """Return what an estimate says, of whom, and by whom (of many sources the first two): `523 dead, The Reds (Ford 2011)`."""
    figure = figure_text(estimate.low, estimate.best, estimate.high, estimate.text)
    said = (
        f"{figure} {estimate.measure}"
        if estimate.unit == "people"
        else f"{figure} {estimate.unit}: {estimate.measure}"
    )
    whose = f", {dataset.name(estimate.side)}" if estimate.side else ""
    cited = sources_of(estimate.citations)
    more = f" and {len(cited) - 2} more" if len(cited) > 2 else ""
    return (
        f"{said}{whose} ({short_sources(dataset, cited[:2])}{more})" if cited else f"{said}{whose}"
    )


def excerpt(text: str, start: int) -> str:
    """Return about ROOM characters of `text` around what stands at `start`, on one line, cut between words.

    >>> excerpt("He said that the war, which he called a bleeding wound, had to end. " * 3, 108)
    '… He said that the war, which he called a bleeding wound, had to end. He said that the war, which he …'
    """
    words = [(word.start(), word.end()) for word in re.finditer(r"\S+", text)]
    first = last = next(
        (place for place, (_, end) in enumerate(words) if end > start), len(words) - 1
    )
    before, room = min(start, ROOM * 2 // 5), ROOM
    while first and start - words[first - 1][0] <= before:
        first -= 1
    while last + 1 < len(words) and words[last + 1][1] - words[first][0] <= room:
        last += 1
    while first and words[last][1] - words[first - 1][0] <= room:
        first -= 1
    shown = " ".join(text[begin:end] for begin, end in words[first : last + 1])
    return f"{'… ' if first else ''}{shown}{' …' if last + 1 < len(words) else ''}"


def _hits(dataset: Dataset, query: Query, kinds: Sequence[str]) -> list[Hit]:
    finder = _Finder(dataset, query)
    found = (finder.hit(kind, item) for kind, item in _records(dataset, kinds))
    return [hit for hit in found if hit]


def _unknown(dataset: Dataset, query: Query, kinds: Sequence[str]) -> Sequence[Term]:
    """Return the terms that no record has, after one look at each record for all of them."""
    finder = _Finder(dataset, query)
    missing: Sequence[Term] = query.wanted
    for kind, item in _records(dataset, kinds):
        missing = finder.missing(kind, item, missing)
    return missing


def _records(dataset: Dataset, kinds: Sequence[str]) -> Iterator[tuple[str, Any]]:
    for kind in ORDER:
        if not kinds or kind in kinds:
            yield from ((kind, item) for item in getattr(dataset, KINDS[kind]))


class _Line(NamedTuple):
    """One text of a record; or one of its figures, with what it counts."""

    field: str
    level: int
    text: str
    figure: int | None = None


Matches = dict[int, list[Span]]
"""The places of the lines in which a term stands, and where in each."""


class _Finder:
    """A query put to one record after another. Each is folded once, as a whole; only what may match is read text by text."""

    def __init__(self, dataset: Dataset, query: Query) -> None:
        self.dataset = dataset
        self.query = query
        self.names: dict[str, tuple[tuple[str, ...], str]] = {}

    def hit(self, kind: str, item: Any) -> Hit | None:
        everything = self._everything(kind, item)
        if not all(_may_match(term, kind, everything) for term in self.query.wanted):
            return None
        lines = list(self._lines(kind, item))
        folded = [fold(line.text) for line in lines]
        found = [_matches(term, lines, folded) for term in self.query.wanted]
        if not all(found) or any(_matches(term, lines, folded) for term in self.query.unwanted):
            return None
        best = max(
            range(len(lines)),
            key=lambda place: self._telling(lines[place], folded[place], place, found),
        )
        whole = all(
            any(is_whole(folded[place], spans) for place, spans in matches.items())
            for matches in found
        )
        levels = [min(lines[place].level for place in matches) for matches in found]
        level = min(_closeness(item, self.query.text), max(levels))
        when = getattr(item, "date", None)
        order = (
            level,
            sum(levels),
            not whole,
            ORDER.index(kind),
            when.order if when else (),
            item.id,
        )
        return Hit(
            kind=kind, record=item, order=order, matched=lines[best].field, text=lines[best].text
        )

    def missing(self, kind: str, item: Any, terms: Sequence[Term]) -> Sequence[Term]:
        """Return those of the terms that the record has not."""
        everything = self._everything(kind, item)
        if not any(_may_match(term, kind, everything) for term in terms):
            return terms
        lines = list(self._lines(kind, item))
        folded = [fold(line.text) for line in lines]
        return [
            term
            for term in terms
            if not (_may_match(term, kind, everything) and _matches(term, lines, folded))
        ]

    def _telling(
        self, line: _Line, folded: str, place: int, found: Sequence[Matches]
    ) -> tuple[object, ...]:
        """Return how much a line tells: a figure asked for most, a name asked for next, an id that is only like it least."""
        spans = [matches[place] for matches in found if place in matches]
        whole = sum(is_whole(folded, standing) for standing in spans)
        return (
            bool(spans and line.figure is not None),
            folded == self.query.text,
            bool(spans and line.field != "id"),
            len(spans),
            whole,
        )

    def _everything(self, kind: str, item: Any) -> str:
        """Return all that can match in a record, folded."""
        texts = [text for field in _fields(item) for text in _texts(getattr(item, field))]
        if kind == "estimate":
            texts += map(number, item.figures)
        tied = [
            self._called(identifier)[1]
            for field in LINKS.get(kind, ())
            for identifier in _ids(getattr(item, field))
        ]
        return "\0".join([fold("\0".join(texts)), *tied])

    def _lines(self, kind: str, item: Any) -> Iterator[_Line]:
        if kind == "estimate":
            for field in ("best", "low", "high"):
                figure = getattr(item, field)
                if figure is not None:
                    yield _Line(
                        field, EXACT, f"{number(figure)}. {item.scope or item.measure}", figure
                    )
        for field in _fields(item):
            for text in _texts(getattr(item, field)):
                yield _Line(field, FIELDS[field], text)
        for field in LINKS.get(kind, ()):
            for identifier in _ids(getattr(item, field)):
                for name in self._called(identifier)[0]:
                    yield _Line(field, TIED, name)

    def _called(self, identifier: str) -> tuple[tuple[str, ...], str]:
        """Return what a record is called, and all of that folded."""
        if identifier not in self.names:
            names = tuple(
                map(mention, islice(names_of(self.dataset.by_id[identifier]), 1, NAMES + 1))
            )
            self.names[identifier] = names, fold("\0".join(names))
        return self.names[identifier]


def _may_match(term: Term, kind: str, everything: str) -> bool:
    return term.hint in everything if term.pattern else kind == "estimate"


def _fields(item: Any) -> list[str]:
    return [field for field in FIELDS if field in item.__dataclass_fields__]


def _ids(content: str | Sequence[str] | None) -> Sequence[str]:
    return (content,) if isinstance(content, str) else content or ()


def _texts(content: Any) -> Sequence[str]:
    """Return the texts in a field."""
    if isinstance(content, str):
        return (content,)
    return [text for part in content or () for text in _said(part)]


def _said(part: str | Account | Tenure) -> Sequence[str]:
    if isinstance(part, Account):
        return [part.says, *_texts(part.reason)]
    return [part.title if isinstance(part, Tenure) else part]


def _matches(term: Term, lines: Sequence[_Line], folded: Sequence[str]) -> Matches:
    """Return the lines in which a term stands."""
    found = {}
    for place, line in enumerate(lines):
        if line.figure is None:
            spans = term.spans(folded[place])
        else:
            spans = [(0, len(number(line.figure)))] if term.counts(line.figure) else []
        if spans:
            found[place] = spans
    return found


def _closeness(item: Any, text: str) -> int:
    """Return how close a record is whose name, or other name, is `text` as a whole; TIED for every other."""
    own = (getattr(item, field, None) for field in ("id", "name", "title"))
    if any(text == fold(name) for name in own if name):
        return EXACT
    return EXACT_ALIAS if any(text == fold(name) for name in names_of(item)) else TIED


def _near(dataset: Dataset, unknown: Sequence[str]) -> list[str]:
    """Return up to three words of names, or else of titles, that are spelt much like each of the words `unknown`."""
    near: list[str] = []
    names = _vocabulary(dataset, WITH_NAMES)
    titles = _vocabulary(dataset, [key for key in KINDS.values() if key not in WITH_NAMES])
    for word in unknown:
        near += nearest(word, names.items(), 0.7) or nearest(word, titles.items(), 0.7)
    return near


def _vocabulary(dataset: Dataset, keys: Iterable[str]) -> dict[str, str]:
    """Return the words of what records are called, as they are written, under themselves folded."""
    named = (item for key in keys for item in getattr(dataset, key))
    words = {
        word
        for item in named
        for name in names_of(item)
        if name != item.id
        for word in re.findall(r"\w{3,}", name)
    }
    return {fold(word): word for word in sorted(words)}
