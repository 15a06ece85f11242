"""Questions with one right answer, made from dates, people, places and disputes.

A question asks no more than the data knows. A wrong choice is a date, person, place or voice of the
same data that nothing in it makes right as well; where too few are left there is no question.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from functools import cached_property
from hashlib import sha256
from heapq import nsmallest
from itertools import chain, islice, zip_longest
from math import asin, cos, inf, radians, sin, sqrt
from typing import Any, TypeVar

from withdrawal_cli.dates import Day, Edtf, Period, date_text, parse_edtf, to_precision
from withdrawal_cli.model import (
    DERIVED,
    Account,
    Citation,
    Dataset,
    Dispute,
    Estimate,
    Event,
    Person,
    Place,
    grouped,
)
from withdrawal_cli.queries.filters import Choice, Filters, Report
from withdrawal_cli.queries.folding import fold
from withdrawal_cli.queries.names import names_of
from withdrawal_cli.queries.rows import sources_of
from withdrawal_cli.values import Row, field
from withdrawal_cli.wording import counted, date_of, figure_of, plural, short_source

T = TypeVar("T")

KINDS = ("date", "person", "place", "dispute")
"""What a question can ask for."""

CHOICES = 4
"""The choices of a question, if the data has as many."""
FEWEST = 3
"""With fewer choices there is no question."""
NEAREST = 8
"""The wrong choices nearest in time, from which the seed chooses."""
APART = 30
"""The kilometres that a wrong place is away from a right one at least: Kabul's airport is Kabul."""
EARTH = 6371
"""Its radius in kilometres."""
MANY = 20
"""An event with more people, or more places, is no question about one of them."""
CONSIDERED = 1000
"""The people, or places, of the file among which wrong choices are looked for."""
UNITS = ("day", "month", "year")
"""What a question about a date can ask for, the finest first."""
TRIED = 100
"""The records tried for a question beyond ten times those asked for, so that a file of 100,000
events of which none makes a fair one is given up soon."""
RIVALS_TRIED = 10
"""The figures, and the claims, of one dispute that are tried."""
LONGEST_VOICE = 60
"""The letters of a choice that says whose answer it is."""

_MONTHS = (
    "jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sep(tember)?|oct(ober)?|"
    "nov(ember)?|dec(ember)?"
)
_ABOUT_TIME = re.compile(
    rf"\b(when|days?|dates?|months?|years?|long|time|beg[iau]n|start(ed)?|first|last|{_MONTHS}|"
    r"\d{4})\b"
)
"""What a question says, folded, whose accounts may disagree on a date."""
_NAMES_A_MONTH = re.compile(rf"\b({_MONTHS})\b")
_ABOUT_PEOPLE = re.compile(r"\b(who|whose|whom)\b")
_ABOUT_PLACES = re.compile(r"\b(where|(which|what) (place|town|city|village|province))\b")
_VOICE = re.compile(r"(.+) \(([^()]+)\)\.?", re.DOTALL)
"""An account that ends with who gives it: `No defeat: it ended on time (Lester Grau).`"""

_SETTLEMENTS = ("city", "town", "village", "settlement")
_ASKED = {"day": "On which day", "month": "In which month", "year": "In which year"}


class QuestionRow(Row):
    """One question, with its choices and its answer."""

    id: str = field("The kind of question and the id of the record that answers it.")
    asks: str = field("What is asked for: date, person, place or dispute (who says so).")
    precision: str | None = field(
        "Of a date: `day`, `month` or `year`, as far as it is known beyond doubt."
    )
    question: str = field("As it is put.")
    choices: Sequence[str] = field("The right one among them: dates in order, names by alphabet.")
    answer: str = field("The right choice.")
    reason: str = field("What the data says, for the answer key.")
    record: str = field("Id of the event, figure or dispute that it was made from.")
    sources: Sequence[str] = field("Ids of the sources that the answer rests on, each once.")
    citations: Sequence[Citation] = field("What the answer rests on.")


class Quiz(Report):
    """The questions that were made."""

    questions: tuple[QuestionRow, ...]
    seed: int

    def note(self, dataset: Dataset) -> str:
        """Return of how many events the questions were made, and how to have others."""
        told = counted(dataset, self.matched, self.total, "event", self.asked)
        made = plural(len(self.questions), "question")
        return f"{made} from {told} Others: --seed {self.seed + 1}." if self.matched else told


def summarize_quiz(
    dataset: Dataset,
    filters: Filters,
    *,
    seed: int = 1,
    limit: int = 10,
    kinds: Sequence[str] = (),
) -> Quiz:
    """Return up to `limit` questions about the events that pass and what is disputed of them.

    The kinds take turns. The same data, filters and seed give the same questions; a new record
    changes no more of them than it must.
    """
    choice = Choice(dataset, filters)
    events = choice.events()
    asking = _Asking(dataset, seed, tried=TRIED + 10 * limit)
    makers: dict[str, Callable[[], Iterator[QuestionRow]]] = {
        "date": lambda: asking.each(events, asking.date),
        "person": lambda: asking.each(events, asking.person),
        "place": lambda: asking.each(events, asking.place),
        "dispute": lambda: asking.each(_questions(dataset, events, filters), asking.dispute),
    }
    turns = zip_longest(*(makers[kind]() for kind in KINDS if kind in (kinds or KINDS)))
    made = (question for turn in turns for question in turn if question)
    return Quiz(
        questions=tuple(islice(made, limit)),
        seed=seed,
        matched=len(events),
        total=len(dataset.events),
        asked=choice.periods,
    )


def letter(question: QuestionRow) -> str:
    """Return the letter of the right choice: `b`."""
    return "abcdefgh"[list(question.choices).index(question.answer)]


def _questions(dataset: Dataset, events: Sequence[Event], filters: Filters) -> list[Dispute]:
    """Return the disputes that touch the events; the key ones too where nothing was chosen."""
    touched = {name for event in events for name in dataset.disputes_of.get(event.id, ())}
    return [
        dispute
        for dispute in dataset.disputes
        if (dispute.id in touched and (filters.all or dispute.importance != "detail"))
        or (dispute.importance == "key" and not filters.given)
    ]


class _Asking:
    """Makes questions of the records of a dataset; none of what would be unfair to ask."""

    def __init__(self, dataset: Dataset, seed: int, tried: int) -> None:
        self.dataset = dataset
        self.seed = seed
        self.tried = tried
        self.titles = Counter(fold(event.title) for event in dataset.events)
        self.numbers = {event.id: _ordinal(event.date) for event in dataset.events}
        "The day on which each event began, for what is near in time."

    def each(
        self, records: Iterable[T], make: Callable[[T], QuestionRow | None]
    ) -> Iterator[QuestionRow]:
        return filter(None, map(make, self.shuffled(records, make.__name__)[: self.tried]))

    def shuffled(self, items: Iterable[T], about: str) -> list[T]:
        """Return records or texts in an order that hangs on the seed alone.

        Not `random`: its shuffles may change with the version of Python, and one more item would
        move every other.
        """

        def drawn(item: T) -> bytes:
            name = getattr(item, "id", item)
            return sha256(f"{self.seed}\n{about}\n{name}".encode("utf-8", "replace")).digest()

        return sorted(items, key=drawn)

    def choices(self, about: str, answer: str, wrong: Iterable[str]) -> list[str]:
        """Return the answer among wrong choices, the best of which are given first; none if few."""
        best = islice((text for text in dict.fromkeys(wrong) if text != answer), NEAREST)
        chosen = self.shuffled(best, about)[: CHOICES - 1]
        return sorted([answer, *chosen], key=fold) if len(chosen) + 1 >= FEWEST else []

    # --- dates ---

    def date(self, event: Event) -> QuestionRow | None:
        """Ask for the day, month or year in which an event surely began."""
        known = self.beginning(event)
        unit = _shared_unit(*known) if known else None
        if not known or not unit or not self.is_fair(event):
            return None
        title = fold(event.title)
        if str(known[0].year) in title if unit == "year" else _NAMES_A_MONTH.search(title):
            return None  # it tells
        answer = to_precision(known[0], unit)
        right = Period(start=known[0], end=event.date.latest and max(known[1], event.date.latest))
        wrong = (text for text in self.beginnings[unit] if not right.overlaps(parse_edtf(text)))
        first = known[0].toordinal()
        near = nsmallest(NEAREST, wrong, key=lambda text: abs(_ordinal(parse_edtf(text)) - first))
        choices = self.choices(event.id, answer, near)
        verb = "did this begin" if event.date.lasted and event.date.span != 1 else "was this"
        return _question(
            "date",
            event,
            f"{_ASKED[unit]} {verb}: “{event.title}”?",
            [date_text(parse_edtf(text)) for text in choices],
            date_text(parse_edtf(answer)),
            _told(event),
            precision=unit,
        )

    def beginning(self, event: Event) -> tuple[Day, Day] | None:
        """Return the first and the last day on which an event can have begun by any account.

        `None` where nobody knows, or a doubt has no bounds.
        """
        dates = [event.date.ends[0]]
        for dispute in self.dataset.disputes_about(event.id):
            if dispute.accounts and _ABOUT_TIME.search(fold(dispute.title)):
                dates += [one.date.ends[0] if one.date else None for one in dispute.accounts]
        first, last = Day.max, Day.min
        for when in dates:
            if when is None or when.earliest is None or when.latest is None or when.uncertain:
                return None
            if when.approximate and when.precision != "day":
                return None
            # "about 11 August" may be a month off, and the year still certain
            doubt = timedelta(days=31 if when.approximate else 0)
            first, last = min(first, when.earliest - doubt), max(last, when.latest + doubt)
        return first, last

    @cached_property
    def beginnings(self) -> dict[str, list[str]]:
        """The days, months and years in which events began, as EDTF: the wrong dates."""
        found: dict[str, set[str]] = {unit: set() for unit in UNITS}
        for event in self.dataset.events:
            start = event.date.ends[0]
            if start and start.earliest and start.latest and not start.approximate:
                known = _shared_unit(start.earliest, start.latest)
                for unit in UNITS[UNITS.index(known) :] if known else ():
                    found[unit].add(to_precision(start.earliest, unit))
        return {unit: sorted(texts) for unit, texts in found.items()}

    # --- people and places ---

    def person(self, event: Event) -> QuestionRow | None:
        """Ask who had a part in an event, of those whom its summary names."""
        told = _spoken(event.title, event.summary, *event.points)
        right = list(map(self.dataset.by_id.__getitem__, event.people))
        named = [one for one in right if isinstance(one, Person) and _is_named(one, told)]
        if not named or not self.is_fair(event, _ABOUT_PEOPLE, right):
            return None
        answer = named[0]
        others = self.others(event, "people", self.dataset.people, right)
        ranked = sorted(others, key=lambda one: (one.side != answer.side, *self.gap(event, one)))
        choices = self.choices(event.id, answer.name, (one.name for one in ranked))
        question = f"Who took part in this: “{event.title}” ({date_of(event)})?"
        return _question("person", event, question, choices, answer.name, _told(event))

    def place(self, event: Event) -> QuestionRow | None:
        """Ask where an event happened; wrong places are of its kind, and not next to it."""
        right = list(map(self.dataset.by_id.__getitem__, event.places))
        answer = right[0] if right else None
        if not isinstance(answer, Place) or not self.is_fair(event, _ABOUT_PLACES, right):
            return None
        others = [
            one
            for one in self.others(event, "places", self.dataset.places, right)
            if _sort_of(one) == _sort_of(answer) and not any(_is_near(one, own) for own in right)
        ]
        abroad = answer.country != self.home
        ranked = sorted(
            others,
            key=lambda one: (
                one.country != answer.country,
                (one.country != self.home) != abroad,
                *self.gap(event, one),
            ),
        )
        choices = self.choices(event.id, answer.name, (one.name for one in ranked))
        question = f"Where did this happen: “{event.title}” ({date_of(event)})?"
        return _question("place", event, question, choices, answer.name, _told(event))

    @cached_property
    def home(self) -> str | None:
        """The country in which most of the places are."""
        countries = Counter(place.country for place in self.dataset.places)
        return max(countries, key=lambda name: (countries[name], name or ""), default=None)

    def others(
        self, event: Event, key: str, records: Iterable[Any], right: Sequence[Any]
    ) -> list[Any]:
        """Return the people or places that nothing connects with an event.

        Left out is who or what is named where it is told or disputed, and in events that are tied
        to it, or that share its time and anything else: they may be parts of it.
        """
        texts = [event.title, event.summary, event.significance, *event.points]
        for dispute in self.dataset.disputes_about(event.id):
            texts += [dispute.title, dispute.short_answer, dispute.explanation]
            texts += [account.says for account in dispute.accounts]
        told = _spoken(*texts)
        company = {one.id: one for one in (event, *self.company(event))}
        touched = {name for one in company.values() for name in getattr(one, key)}
        called = {fold(name) for one in right for name in names_of(one)}
        return [
            one
            for one in islice(records, CONSIDERED)
            if one.id not in touched
            and one.id in self.appearances
            and called.isdisjoint(map(fold, names_of(one)))
            and not any(name in told for name in self.called[one.id])
        ]

    def company(self, event: Event) -> Iterator[Event]:
        """Yield the events tied to one, and those that share its time and anything else."""
        ties = {*event.related, *event.follows}
        when, own = Period.of(event.date), {*event.places, *event.people, *event.organizations}
        for name in own:
            yield from (one for one in self.sharing[name] if when.overlaps(one.date))
        for name in (*ties, *self.tied.get(event.id, ())):
            found = self.dataset.by_id.get(name)
            if isinstance(found, Event):
                yield found

    @cached_property
    def sharing(self) -> dict[str, list[Event]]:
        """The events of each place, person and organization, by its id."""
        return grouped(
            (name, event)
            for event in self.dataset.events
            for name in {*event.places, *event.people, *event.organizations}
        )

    @cached_property
    def tied(self) -> dict[str, list[str]]:
        """The ids of the events that name an event as related, or as their cause, by its id."""
        return grouped(
            (name, event.id)
            for event in self.dataset.events
            for name in (*event.related, *event.follows)
        )

    @cached_property
    def called(self) -> dict[str, list[str]]:
        """What each person and place is called, for `_spoken` texts, by id."""
        records: list[Any] = [*self.dataset.people, *self.dataset.places]
        return {one.id: _names(one) for one in records}

    @cached_property
    def appearances(self) -> dict[str, list[int]]:
        """The days of the events at each place and of each person, by id."""
        return grouped(
            (name, self.numbers[event.id])
            for event in self.dataset.events
            for name in (*event.places, *event.people)
        )

    def gap(self, event: Event, one: Person | Place) -> tuple[int, str]:
        """Return how near in time to an event someone or something appears, for sorting."""
        day = self.numbers[event.id]
        return min(abs(other - day) for other in self.appearances[one.id]), one.id

    def is_fair(
        self, event: Event, doubt: re.Pattern[str] | None = None, right: Sequence[Any] = ()
    ) -> bool:
        """Whether an event is certain, its title no other's and no answer, and the point clear.

        `doubt` finds the questions of disputes on that point.
        """
        title = _spoken(event.title)
        disputes = self.dataset.disputes_about(event.id) if doubt else []
        return (
            event.certainty == "certain"
            and len(right) <= MANY
            and self.titles[fold(event.title)] == 1
            and not any(_is_named(one, title) for one in right)
            and not any(doubt and doubt.search(fold(one.title)) for one in disputes)
        )

    # --- disputes ---

    def dispute(self, dispute: Dispute) -> QuestionRow | None:
        """Ask who gives one of the rival figures or, without figures, one of the accounts."""
        figures = self.shuffled(self.dataset.rivals.get(dispute.id, ()), dispute.id)[:RIVALS_TRIED]
        made = (self.figure(dispute, estimate) for estimate in figures)
        voices = [(account, *_voice(account)) for account in dispute.accounts]
        claims = self.shuffled([said for _, said, _ in voices if said], dispute.id)[:RIVALS_TRIED]
        claimed = (self.claim(dispute, voices, claim) for claim in claims)
        return next(filter(None, chain(made, claimed)), None)

    def figure(self, dispute: Dispute, estimate: Estimate) -> QuestionRow | None:
        """Ask which source gives a figure; all whose figures allow it are right."""
        if not estimate.figures or (estimate.scope or "").startswith(DERIVED):
            return None
        right, wrong = set[str](), set[str]()
        for rival in self.dataset.rivals[dispute.id]:
            if _allows(rival, estimate):
                right.update(self.labels(rival))
            elif not (rival.scope or "").startswith(DERIVED):
                wrong.update(self.labels(rival))
        said = {*_spoken(estimate.scope).split()}
        given = [label for label in self.labels(estimate) if len(label) <= LONGEST_VOICE]
        false = [
            label
            for label in sorted(wrong - right)
            if len(label) <= LONGEST_VOICE and said.isdisjoint(_capitals(label))
        ]
        if not given:
            return None
        reason = " ".join(filter(None, (estimate.scope, dispute.short_answer)))
        return _question(
            "dispute",
            estimate,
            f"{dispute.title} Who says {figure_of(estimate)}?",
            self.choices(estimate.id, given[0], self.shuffled(false, estimate.id)),
            given[0],
            reason or f"{figure_of(estimate)}: {given[0]}.",
        )

    def labels(self, estimate: Estimate) -> list[str]:
        """Return the sources of a figure in a few words each."""
        return [short_source(self.dataset.source(name)) for name in sources_of(estimate.citations)]

    def claim(
        self, dispute: Dispute, voices: Sequence[tuple[Account, str, str]], claim: str
    ) -> QuestionRow | None:
        """Ask whose account a claim is; whoever begins an account alike is right as well."""
        account, _, voice = next(found for found in voices if found[1] == claim)
        words = set(_spoken(claim).split())
        if _capitals(voice) & words:
            return None  # it tells
        wrong = [
            other
            for _, said, other in voices
            if other
            and not leads_alike(said, claim)
            and not _capitals(other) & (words | _capitals(voice))
        ]
        about = f"{dispute.id}\n{claim}"
        return _question(
            "dispute",
            account,
            f"{dispute.title} Whose answer is this: “{claim}”?",
            self.choices(about, voice, self.shuffled(wrong, about)),
            voice,
            dispute.short_answer or account.says,
            record=dispute.id,
            number=f"-{dispute.accounts.index(account) + 1}",
        )


def _question(
    asks: str,
    claim: Event | Estimate | Account,
    question: str,
    choices: Sequence[str],
    answer: str,
    reason: str,
    *,
    record: str = "",
    number: str = "",
    precision: str | None = None,
) -> QuestionRow | None:
    """Return a question that a claim answers; `None` where there are too few choices.

    An account has no id of its own: for one, `record` is the dispute, and `number` its place.
    """
    record = record or getattr(claim, "id", "")
    if not choices:
        return None
    return QuestionRow(
        id=f"{asks}-{record}{number}",
        asks=asks,
        precision=precision,
        question=question,
        choices=choices,
        answer=answer,
        reason=reason,
        record=record,
        sources=sources_of(claim.citations),
        citations=claim.citations,
    )


def _told(event: Event) -> str:
    return f"{date_of(event)}: {event.summary or event.title}"


def _shared_unit(first: Day, last: Day) -> str | None:
    """Return the finest unit of time in which both days lie."""
    return next(
        (unit for unit in UNITS if to_precision(first, unit) == to_precision(last, unit)), None
    )


def _ordinal(when: Edtf) -> int:
    return (when.earliest or when.latest or Day.min).toordinal()


def _spoken(*texts: str | None) -> str:
    """Return the words of texts, folded, with a blank around each."""
    found = re.findall(r"\w+", fold(" ".join(filter(None, texts))))
    return f" {' '.join(found)} "


def _is_named(one: Any, told: str) -> bool:
    """Whether one of the names of a record is told."""
    return any(name in told for name in _names(one))


def _names(one: Any) -> list[str]:
    """Return what a record is called as `_spoken` has it; of a person the last name alone too."""
    names = [name for name in names_of(one) if name != one.id]
    names += [one.name.rsplit(" ", 1)[-1]] if isinstance(one, Person) else []
    return [spoken for spoken in map(_spoken, names) if spoken.strip()]


def _sort_of(place: Place) -> str | None:
    return "settlement" if place.kind in _SETTLEMENTS else place.kind


def _is_near(one: Any, other: Any) -> bool:
    """Whether two places may be one: in name, or less than `APART` kilometres from each other."""
    names = [_spoken(one.name), _spoken(other.name)]
    if names[0] in names[1] or names[1] in names[0]:
        return True
    degrees = [one.latitude, one.longitude, other.latitude, other.longitude]
    if None in degrees:
        return one.latitude is None and other.latitude is not None
    south, west, north, east = map(radians, degrees)
    # https://en.wikipedia.org/wiki/Haversine_formula
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * EARTH * asin(sqrt(min(half, 1))) < APART


def _allows(rival: Estimate, estimate: Estimate) -> bool:
    """Whether a figure says what another says, or leaves it open: "500,000 or more" does."""
    if not rival.figures:
        return True
    low, high = _ends(estimate)
    least, most = _ends(rival)
    return rival.unit == estimate.unit and least <= high and low <= most


def _ends(estimate: Estimate) -> tuple[float, float]:
    low = estimate.low if estimate.low is not None else estimate.best
    high = estimate.high if estimate.high is not None else estimate.best
    return (0 if low is None else low), (inf if high is None else high)


def _voice(account: Account) -> tuple[str, str]:
    """Return what an account claims, and whose it is; twice nothing where it does not end so."""
    match = _VOICE.fullmatch(account.says)
    if not match or len(match[2]) > LONGEST_VOICE or not match[2][:1].isupper():
        return "", ""
    return match[1].rstrip("."), match[2]


def leads_alike(claim: str, other: str) -> bool:
    """Whether two claims begin with one short answer: `No defeat`."""
    one, two = (fold(text.partition(":")[0]) for text in (claim, other))
    return one.startswith(two) or two.startswith(one)


def _capitals(voice: str) -> set[str]:
    """Return the words with a capital, folded, by which a voice is known."""
    return {fold(word) for word in re.findall(r"\w{4,}", voice) if word[0].isupper()}
