"""Which events and figures: the filters of a command line, and what they keep of a dataset."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import chain
from operator import attrgetter
from typing import Any

from withdrawal_cli.dates import Edtf, Period
from withdrawal_cli.errors import NEAR, UsageError, unknown_choice
from withdrawal_cli.model import CATEGORIES, Dataset, Estimate, Event, Phase
from withdrawal_cli.queries.folding import fold, saying
from withdrawal_cli.queries.names import find_ids, nearest
from withdrawal_cli.values import Value, field
from withdrawal_cli.wording import figure_text

Test = Callable[[Any], bool]


class Filters(Value):
    """What to keep, in the words of the command line.

    Several values of one field are alternatives; different fields narrow.
    """

    start: str | None = None
    end: str | None = None
    during: Sequence[str] = ()
    phases: Sequence[str] = ()
    categories: Sequence[str] = ()
    sides: Sequence[str] = ()
    people: Sequence[str] = ()
    places: Sequence[str] = ()
    organizations: Sequence[str] = ()
    sources: Sequence[str] = ()
    measures: Sequence[str] = ()
    match: Sequence[str] = ()
    without: Sequence[str] = ()
    precisions: Sequence[str] = ()
    certainties: Sequence[str] = ()
    disputed: bool = False
    surely: bool = False
    key: bool = False
    all: bool = False

    @property
    def given(self) -> bool:
        """Whether any filter was given, `--all` among them."""
        return any(getattr(self, name) for name in self.__struct_fields__)

    def or_all(self) -> "Filters":
        """Return these filters, or if none was given, one that keeps every event."""
        return self if self.given else Filters(all=True)


SINGULAR = {
    "phase": "phases", "category": "categories", "side": "sides", "person": "people",
    "place": "places", "organization": "organizations", "source": "sources",
    "measure": "measures", "certainty": "certainties", "precision": "precisions",
}  # fmt: skip
"""The options that are named after one value, and the field of `Filters` that holds several."""


def filters_of(**given: str | Sequence[str] | bool | None) -> Filters:
    """Return filters by the names of the options, each with one value or several.

    Raises TypeError for another name.
    """
    made: dict[str, Any] = {}
    for name, content in given.items():
        is_list = name not in ("start", "end") and isinstance(content, str)
        if content:
            made[SINGULAR.get(name, name)] = (content,) if is_list else content
    return Filters(**made)


class Report(Value):
    """How many events or figures pass, of how many, and in which time."""

    matched: int = field("How many records pass, including those beyond the limit.")
    total: int = field("How many there are in the file.")
    asked: Sequence[Period] | None = field("The time asked for: see `Choice.periods`.")


class Choice:
    """What filters keep of a dataset. Names and times are looked up once, when it is made.

    Raises WithdrawalError for a name or a time that means nothing.
    """

    def __init__(self, dataset: Dataset, filters: Filters) -> None:
        self.dataset = dataset
        self.filters = filters
        self.periods = _periods(dataset, filters)
        """A date passes if it meets one of these. `None`: no time was asked for. Empty: what was
        asked for shares no day, so nothing passes."""
        if filters.surely and self.periods is None:
            raise UsageError(
                "--surely needs a time",
                hint="Add --during, --from, --to or --phase.",
            )

    def events(self) -> list[Event]:
        """Return the events that pass, in order of date.

        With no filter: the key events, or all of them if none is marked.
        """
        kept: Iterable[Event] = self.dataset.events
        if self.filters.key or not self.filters.given:
            key = [event for event in kept if event.importance == "key"]
            kept = key if key or self.filters.key else kept
        for test in self._event_tests():
            kept = filter(test, kept)
        # Two sorts by one key each: comparing pairs takes half as long again.
        by_id = sorted(kept, key=attrgetter("id"))
        return sorted(by_id, key=attrgetter("date.order"))

    def estimates(self) -> list[Estimate]:
        """Return the estimates that pass, in the order of the file."""
        kept: Iterable[Estimate] = self.dataset.estimates
        for test in self._estimate_tests():
            kept = filter(test, kept)
        return list(kept)

    def _event_tests(self) -> Iterator[Test]:
        yield from self._claim_tests()
        if self.filters.categories:
            chosen = categories_named(self.dataset, self.filters.categories)
            yield lambda event: event.category in chosen
        for name in ("places", "people", "organizations"):
            if wanted := getattr(self.filters, name):
                yield partial(_names_one_of, name, find_ids(self.dataset, name, wanted))
        yield from self._text_tests(lambda event: (event.title, event.summary, *event.points))

    def _estimate_tests(self) -> Iterator[Test]:
        yield from self._claim_tests()
        if self.filters.measures:
            yield lambda estimate: estimate.measure in self.filters.measures
        yield from self._text_tests(estimate_texts)

    def _claim_tests(self) -> Iterator[Test]:
        """Yield the tests that events and estimates share."""
        filters = self.filters
        if self.periods is not None:
            yield falls_in(self.periods, Period.contains if filters.surely else Period.overlaps)
        if filters.sides:
            sides = find_ids(self.dataset, "sides", filters.sides)
            yield lambda item: item.side in sides
        if filters.sources:
            sources = find_ids(self.dataset, "sources", filters.sources)
            yield lambda item: any(citation.source in sources for citation in item.citations)
        if filters.precisions:
            yield lambda item: item.date is not None and item.date.precision in filters.precisions
        if filters.certainties:
            yield lambda item: item.certainty in filters.certainties
        if filters.disputed:
            yield lambda item: item.id in self.dataset.disputes_of

    def _text_tests(self, texts: Callable[[Any], Iterable[str | None]]) -> Iterator[Test]:
        """Yield the tests of what the texts of a record must say, and must not."""
        if self.filters.match:
            wanted = saying(self.filters.match)
            yield lambda item: wanted(texts(item))
        if self.filters.without:
            unwanted = saying(self.filters.without)
            yield lambda item: not unwanted(texts(item))


def estimate_texts(estimate: Estimate) -> Sequence[str | None]:
    """Return all that an estimate says: what it counts, and its figure as `13,833` and `13833`."""
    figure = figure_text(estimate.low, estimate.best, estimate.high, estimate.text)
    return (estimate.scope, estimate.reason, figure, *map(str, estimate.figures))


def resolve_period(dataset: Dataset, text: str) -> Period:
    """Return the days that a time, or the id of a phase or an event, means.

    Raises UsageError for anything else.
    """
    # The grammar is loaded only when a time is asked for.
    from withdrawal_cli.dates.time_expressions import parse_period

    return parse_period(text, partial(_date_of, dataset), partial(_similar_ids, dataset))


def day_of_year(dataset: Dataset, text: str) -> tuple[int, int] | None:
    """Return the month and the day that a text names without a year; `None` for any other time."""
    from withdrawal_cli.dates.time_expressions import parse_day_of_year

    return None if _date_of(dataset, text.lower()) else parse_day_of_year(text)


def _periods(dataset: Dataset, filters: Filters) -> list[Period] | None:
    """Return the periods; a date must meet one of them: see `Choice.periods`.

    `--from` and `--to`, the values of `--during` and those of `--phase` narrow each other.
    """
    if not (filters.start or filters.end or filters.during or filters.phases):
        return None
    from withdrawal_cli.dates.time_expressions import checked

    start = edge_of(dataset, "--from", filters.start, "start")
    end = edge_of(dataset, "--to", filters.end, "end")
    periods = [checked(Period(start=start, end=end), f"--from {filters.start} --to {filters.end}")]
    if filters.during:
        periods = _shared(periods, [resolve_period(dataset, text) for text in filters.during])
    if filters.phases:
        ids = find_ids(dataset, "phases", filters.phases)
        phases = [Period.of(phase.date) for phase in dataset.phases if phase.id in ids]
        periods = _shared(periods, phases)
    return periods


def edge_of(dataset: Dataset, option: str, text: str | None, which: str) -> date | None:
    """Return the first day (`which` is "start") or the last ("end") of a time.

    Raises UsageError for a time that is open there.
    """
    if not text:
        return None
    day: date | None = getattr(resolve_period(dataset, text), which)
    if day is None:
        missing, example = ("first", "1988-05") if which == "start" else ("last", "1988-08")
        raise UsageError(
            f"{option} cannot be {text!r}, which has no {missing} day",
            hint=f"Write a day, a month or a year, such as {example}.",
        )
    return day


def _shared(some: list[Period], others: list[Period]) -> list[Period]:
    return [both for one in some for other in others if (both := one.meet(other))]


def _date_of(dataset: Dataset, name: str) -> Edtf | None:
    """Return the date of the phase or event with this id, or else with this alias."""
    dated: list[Phase | Event] = [*dataset.phases, *dataset.events]
    by_id = (item.date for item in dated if item.id == name)
    by_alias = (item.date for item in dated if fold(name) in map(fold, item.aliases))
    return next(chain(by_id, by_alias), None)


def _similar_ids(dataset: Dataset, name: str) -> Sequence[str]:
    """Return up to three ids of phases and events that contain `name`, or else look like it.

    If it is a word of the file's title, the time that the file is about comes first.
    """
    ids = [phase.id for phase in dataset.phases] + [event.id for event in dataset.events]
    # Two letters are part of half of all ids.
    containing = [identifier for identifier in ids if name in identifier] if len(name) > 2 else []
    subject = dataset.metadata.subject
    titled = subject and name in fold(dataset.metadata.title).split()
    whole = [subject.text.replace("/", "..")] if subject and titled else []
    similar = sorted(containing, key=len)[:3] or nearest(name, zip(ids, ids, strict=True), NEAR)
    return [*whole, *similar]


def _names_one_of(name: str, ids: frozenset[str], event: Event) -> bool:
    return not ids.isdisjoint(getattr(event, name))


def falls_in(periods: Sequence[Period], meets: Callable[[Period, Edtf], bool]) -> Test:
    """Return a test that the date of a record meets one of the periods."""
    known: dict[str, bool] = {}  # a history of 100,000 events repeats its dates

    def falls(item: Any) -> bool:
        when = item.date
        if when is None:
            return False
        if when.text not in known:
            known[when.text] = any(meets(period, when) for period in periods)
        return known[when.text]

    return falls


def categories_named(dataset: Dataset, wanted: Iterable[str]) -> set[str]:
    """Return the categories of these names. Raises UsageError for one that is unknown."""
    found = set()
    for name in wanted:
        # The events are only looked at for a category of the file's own.
        known = CATEGORIES if name in CATEGORIES else (*CATEGORIES, *dataset.categories)
        same = [category for category in dict.fromkeys(known) if fold(category) == fold(name)]
        if not same:
            names = tuple(dict.fromkeys(known))
            raise unknown_choice(f"there is no category {name!r}", name, names)
        found.update(same)
    return found
