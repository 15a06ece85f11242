"""Questions about an event: when and where it was, and who took part."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from functools import cached_property
from heapq import nsmallest
from itertools import accumulate, islice
from math import cos, dist, radians, sin
from typing import Any, NamedTuple

from withdrawal_cli.dates import Day, Edtf, Period, date_text, parse_edtf, to_precision
from withdrawal_cli.model import Dataset, Event, Person, Place, grouped
from withdrawal_cli.queries.folding import fold
from withdrawal_cli.queries.names import names_of
from withdrawal_cli.queries.quiz.question import NEAREST, Draw, QuestionRow, make_question, spoken
from withdrawal_cli.wording import date_of

APART = 30
"""The least distance of a wrong place from a right one, in kilometres: Kabul's airport is Kabul."""
EARTH = 6371
"""Its radius in kilometres."""
MANY = 20
"""An event with more people, or more places, makes no question about one of them."""
CONSIDERED = 1000
"""The most people, or places, of the file that are considered as wrong choices."""
UNITS = ("day", "month", "year")
"""What a question about a date can ask for, the finest first."""

_MONTHS = (
    "jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sep(tember)?|oct(ober)?|"
    "nov(ember)?|dec(ember)?"
)
_ABOUT_TIME = re.compile(
    rf"\b(when|days?|dates?|months?|years?|long|time|beg[iau]n|start(ed)?|first|last|{_MONTHS}|"
    r"\d{4})\b"
)
"""In a folded question, the words after which its accounts may disagree on a date."""
_NAMES_A_MONTH = re.compile(rf"\b({_MONTHS})\b")
_ABOUT_PEOPLE = re.compile(r"\b(who|whose|whom)\b")
_ABOUT_PLACES = re.compile(r"\b(where|(which|what) (place|town|city|village|province))\b")

_SETTLEMENTS = ("city", "town", "village", "settlement")
_ASKED = {"day": "On which day", "month": "In which month", "year": "In which year"}


class Spot(NamedTuple):
    """Where a place is, to tell which other places may be the same."""

    name: str
    "As `spoken`."
    point: tuple[float, float, float] | None
    "In kilometres from the middle of the Earth; `None` if unknown."

    @classmethod
    def of(cls, place: Place) -> "Spot":
        name = spoken(place.name)
        if place.latitude is None or place.longitude is None:
            return cls(name, None)
        north, east = radians(place.latitude), radians(place.longitude)
        across = EARTH * cos(north)
        return cls(name, (across * cos(east), across * sin(east), EARTH * sin(north)))

    def is_near(self, other: "Spot") -> bool:
        """Whether the two may be one: by name, or less than `APART` kilometres from each other."""
        if self.name in other.name or other.name in self.name:
            return True
        if self.point is None or other.point is None:
            return self.point is None and other.point is not None
        # straight through the Earth, which is not a metre shorter over such a distance
        return dist(self.point, other.point) < APART


class EventQuestions:
    """Makes questions about events, but no unfair ones."""

    def __init__(self, dataset: Dataset, draw: Draw) -> None:
        self.dataset = dataset
        self.draw = draw
        self.titles = Counter(fold(event.title) for event in dataset.events)
        self.numbers = {event.id: _ordinal(event.date) for event in dataset.events}
        "The ordinal of the day on which each event began, to find what is near in time."

    # --- dates ---

    def date(self, event: Event) -> QuestionRow | None:
        """Ask for the day, month or year in which an event surely began."""
        known = self.beginning(event)
        unit = _shared_unit(*known) if known else None
        if not known or not unit or not self.is_fair(event):
            return None
        title = fold(event.title)
        if str(known[0].year) in title if unit == "year" else _NAMES_A_MONTH.search(title):
            return None  # the title gives it away
        answer = to_precision(known[0], unit)
        last = event.date.latest and max(known[1], event.date.latest)
        dates, first = self.beginnings[unit], known[0].toordinal()
        before = bisect_left(dates, known[0], key=lambda when: when.order[1])
        after = bisect_right(dates, last or Day.max, key=lambda when: when.order[0])
        wrong = dates[max(before - NEAREST, 0) : before] + dates[after : after + NEAREST]
        near = nsmallest(NEAREST, wrong, key=lambda when: abs(_ordinal(when) - first))
        choices = self.draw.choices(event.id, answer, (when.text for when in near))
        verb = "did this begin" if event.date.lasted and event.date.span != 1 else "was this"
        return make_question(
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

        `None` if that is unknown, or the doubt has no bounds.
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
    def beginnings(self) -> dict[str, list[Edtf]]:
        """The days, months and years in which events began, in order: the wrong dates."""
        found: dict[str, set[str]] = {unit: set() for unit in UNITS}
        for event in self.dataset.events:
            start = event.date.ends[0]
            if start and start.earliest and start.latest and not start.approximate:
                known = _shared_unit(start.earliest, start.latest)
                for unit in UNITS[UNITS.index(known) :] if known else ():
                    found[unit].add(to_precision(start.earliest, unit))
        return {unit: list(map(parse_edtf, sorted(texts))) for unit, texts in found.items()}

    # --- people and places ---

    def person(self, event: Event) -> QuestionRow | None:
        """Ask who took part in an event; the answer is somebody whom its summary names."""
        told = spoken(event.title, event.summary, *event.points)
        right = list(map(self.dataset.by_id.__getitem__, event.people))
        named = [one for one in right if isinstance(one, Person) and _is_named(one, told)]
        if not named or not self.is_fair(event, _ABOUT_PEOPLE, right):
            return None
        answer = named[0]
        others = self.others(event, "people", self.dataset.people, right)
        ranked = sorted(others, key=lambda one: (one.side != answer.side, *self.gap(event, one)))
        choices = self.draw.choices(event.id, answer.name, (one.name for one in ranked))
        question = f"Who took part in this: “{event.title}” ({date_of(event)})?"
        return make_question("person", event, question, choices, answer.name, _told(event))

    def place(self, event: Event) -> QuestionRow | None:
        """Ask where an event happened; wrong places are of its kind, and not next to it."""
        right = list(map(self.dataset.by_id.__getitem__, event.places))
        answer = right[0] if right else None
        if not isinstance(answer, Place) or not self.is_fair(event, _ABOUT_PLACES, right):
            return None
        sort, own = _sort_of(answer), [self.spots[one.id] for one in right]
        others = [
            one
            for one in self.others(event, "places", self.dataset.places, right)
            if _sort_of(one) == sort and not any(map(self.spots[one.id].is_near, own))
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
        choices = self.draw.choices(event.id, answer.name, (one.name for one in ranked))
        question = f"Where did this happen: “{event.title}” ({date_of(event)})?"
        return make_question("place", event, question, choices, answer.name, _told(event))

    @cached_property
    def spots(self) -> dict[str, Spot]:
        """Where each place is, by its id: worked out once, and compared with a thousand others."""
        return {place.id: Spot.of(place) for place in self.dataset.places}

    @cached_property
    def home(self) -> str | None:
        """The country in which most of the places are."""
        countries = Counter(place.country for place in self.dataset.places)
        return max(countries, key=lambda name: (countries[name], name or ""), default=None)

    def others(
        self, event: Event, key: str, records: Iterable[Any], right: Sequence[Any]
    ) -> list[Any]:
        """Return the people or places that nothing connects with an event.

        Leaves out whoever is named in its texts or disputes, in events that are tied to it, or in
        events at the same time that share anything with it, since these may be parts of it.
        """
        texts = [event.title, event.summary, event.significance, *event.points]
        for dispute in self.dataset.disputes_about(event.id):
            texts += [dispute.title, dispute.short_answer, dispute.explanation]
            texts += [account.says for account in dispute.accounts]
        told = spoken(*texts)
        company = {one.id: one for one in (event, *self.company(event))}
        touched = {name for one in company.values() for name in getattr(one, key)}
        called = {fold(name) for one in right for name in names_of(one)}
        return [
            one
            for one in islice(records, CONSIDERED)
            if one.id not in touched
            and one.id in self.appearances
            and called.isdisjoint(self.folded[one.id])
            and not any(name in told for name in self.called[one.id])
        ]

    def company(self, event: Event) -> Iterator[Event]:
        """Yield the events tied to this one, and those that share its time and anything else."""
        ties = {*event.related, *event.follows}
        when, own = Period.of(event.date), {*event.places, *event.people, *event.organizations}
        for name in own:
            events, lasts = self.sharing[name]
            at = bisect_right(events, when.end or Day.max, key=lambda one: one.date.order[0])
            while at and lasts[at - 1] >= (when.start or Day.min):
                at -= 1
                if when.overlaps(events[at].date):
                    yield events[at]
        for name in (*ties, *self.tied.get(event.id, ())):
            found = self.dataset.by_id.get(name)
            if isinstance(found, Event):
                yield found

    @cached_property
    def sharing(self) -> dict[str, tuple[list[Event], list[Day]]]:
        """The events of each place, person and organization, by its id.

        In order of their first days, with the latest of their last days up to each.
        """
        found = grouped(
            (name, event)
            for event in sorted(self.dataset.events, key=lambda one: one.date.order[0])
            for name in {*event.places, *event.people, *event.organizations}
        )
        return {
            name: (events, list(accumulate((one.date.order[1] for one in events), max)))
            for name, events in found.items()
        }

    @cached_property
    def tied(self) -> dict[str, list[str]]:
        """The ids of the events that name an event as related, or as their cause, by its id."""
        return grouped(
            (name, event.id)
            for event in self.dataset.events
            for name in (*event.related, *event.follows)
        )

    @cached_property
    def folded(self) -> dict[str, list[str]]:
        """The folded names of the people and places considered as wrong choices, by id."""
        people, places = self.dataset.people, self.dataset.places
        records: list[Any] = [*people[:CONSIDERED], *places[:CONSIDERED]]
        return {one.id: list(map(fold, names_of(one))) for one in records}

    @cached_property
    def called(self) -> dict[str, list[str]]:
        """What each person and place is called, for `spoken` texts, by id."""
        records: list[Any] = [*self.dataset.people, *self.dataset.places]
        return {one.id: _names(one) for one in records}

    @cached_property
    def appearances(self) -> dict[str, list[int]]:
        """The days of the events at each place and of each person, by id, in order."""
        found = grouped(
            (name, self.numbers[event.id])
            for event in self.dataset.events
            for name in (*event.places, *event.people)
        )
        return {name: sorted(days) for name, days in found.items()}

    def gap(self, event: Event, one: Person | Place) -> tuple[int, str]:
        """Return a sort key: how near in time to an event a person or place appears."""
        day, days = self.numbers[event.id], self.appearances[one.id]
        at = bisect_left(days, day)
        return min(abs(other - day) for other in days[max(at - 1, 0) : at + 1]), one.id

    def is_fair(
        self, event: Event, doubt: re.Pattern[str] | None = None, right: Sequence[Any] = ()
    ) -> bool:
        """Whether an event is certain, its title unique and no answer, and the point undisputed.

        `doubt` finds the disputes on that point by their questions.
        """
        title = spoken(event.title)
        disputes = self.dataset.disputes_about(event.id) if doubt else []
        return (
            event.certainty == "certain"
            and len(right) <= MANY
            and self.titles[fold(event.title)] == 1
            and not any(_is_named(one, title) for one in right)
            and not any(doubt and doubt.search(fold(one.title)) for one in disputes)
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


def _is_named(one: Any, told: str) -> bool:
    """Whether a text, as `spoken` returns it, has one of the names of a record."""
    return any(name in told for name in _names(one))


def _names(one: Any) -> list[str]:
    """Return the names of a record as `spoken`; for a person, the last name alone too."""
    names = [name for name in names_of(one) if name != one.id]
    names += [one.name.rsplit(" ", 1)[-1]] if isinstance(one, Person) else []
    return [spoken for spoken in map(spoken, names) if spoken.strip()]


def _sort_of(place: Place) -> str | None:
    return "settlement" if place.kind in _SETTLEMENTS else place.kind
