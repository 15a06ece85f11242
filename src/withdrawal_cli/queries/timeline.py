"""What happened, in order, under phase headings."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from heapq import heappop, heappush
from itertools import groupby, pairwise

from withdrawal_cli.dates import Edtf, Period
from withdrawal_cli.model import Dataset, Event, Phase
from withdrawal_cli.queries.filters import Choice, Filters, Report, falls_in
from withdrawal_cli.values import Value, field
from withdrawal_cli.wording import counted, number, plural

POSSIBLE = "May also fall in this time, or lasted longer"
"""The heading over the events that do not surely fall in the time asked for."""


class Chapter(Value):
    """A run of events under one heading."""

    phase: Phase | None = field("`None` for events outside every phase.")
    continued: bool = field("Whether an earlier chapter has the same heading.")
    events: tuple[Event, ...]


class Timeline(Report):
    """What happened, in order; `chapters` puts it under headings."""

    events: tuple[Event, ...]
    sure_count: int = field(
        "How many of `events` surely fall in the time asked for; they come first. The rest may "
        "fall in it, or reach beyond it. Without a time every event is sure."
    )
    defaulted: bool = field("Whether no filter was given: only the key events are shown.")
    key: bool = field("Whether only key events were chosen.")

    def note(self, dataset: Dataset) -> str:
        """Return how many of the events are shown, as a sentence."""
        shown = len(self.events)
        if self.defaulted:
            return (
                f"{plural(shown, 'key event')} of {number(self.total)}; --all shows every one, "
                "withdrawal show ID one in full."
            )
        return counted(dataset, shown, self.total, "event", self.asked)


def summarize_timeline(
    dataset: Dataset,
    filters: Filters,
    *,
    reverse: bool = False,
    limit: int | None = None,
    sure_first: bool = True,
) -> Timeline:
    """Return the events that pass, in order (or in reverse).

    With `sure_first` those that surely fall in the time asked for come before those that only may.
    """
    choice = Choice(dataset, filters)
    events = choice.events()
    if reverse:
        events.reverse()
    possible: list[Event] = []
    if choice.periods is not None and sure_first:
        surely = falls_in(choice.periods, Period.contains)
        sure: list[Event] = []
        for event in events:
            (sure if surely(event) else possible).append(event)
        events = sure + possible
    shown = tuple(events[:limit])
    defaulted = not filters.given and any(event.importance == "key" for event in shown)
    return Timeline(
        events=shown,
        sure_count=min(len(events) - len(possible), len(shown)),
        matched=len(events),
        total=len(dataset.events),
        defaulted=defaulted,
        key=defaulted or filters.key,
        asked=choice.periods,
    )


def first_from(events: Sequence[Event], day: date | None) -> Event | None:
    """Return the first of the events that begins on the day or later, else the last."""
    later = (event for event in events if day is None or event.date.order[0] >= day)
    return next(later, events[-1] if events else None)


def phase_on(dataset: Dataset, day: date) -> Phase | None:
    """Return the shortest phase that a day falls in, so that a phase within a phase is seen."""
    days, phases = _shortest_phases(dataset)
    return phases[bisect_right(days, day.toordinal()) - 1]


@lru_cache(maxsize=1)
def _shortest_phases(dataset: Dataset) -> tuple[list[int], list[Phase | None]]:
    """Return the days on which the shortest phase can change, and the phase from each of them on.

    The days are ordinals; the first is 0.

    One pass over the days, with a heap of the phases that have begun: checking each day against
    each phase would take minutes for a file with thousands of both.
    """
    ends = [tuple(day.toordinal() for day in phase.date.order) for phase in dataset.phases]
    waiting = sorted(range(len(ends)), key=ends.__getitem__, reverse=True)
    begun: list[tuple[float, int]] = []
    days = sorted({0, *(edge for first, last in ends for edge in (first, last + 1))})
    phases: list[Phase | None] = []
    for day in days:
        while waiting and ends[waiting[-1]][0] <= day:
            index = waiting.pop()
            heappush(begun, (dataset.phases[index].date.span or float("inf"), index))
        while begun and ends[begun[0][1]][1] < day:
            heappop(begun)
        phases.append(dataset.phases[begun[0][1]] if begun else None)
    return days, phases


def phase_periods(dataset: Dataset, outer: Period) -> list[tuple[Phase, Period]]:
    """Return the days that a timeline puts under the heading of each phase, in order.

    No day occurs twice: a phase within another cuts that in two. An open phase reaches as far as
    `outer`.
    """
    edges = sorted({edge for phase in dataset.phases for edge in _edges(phase.date, outer)})
    found = []
    # Between two edges the heading cannot change; neighbours under one heading are joined.
    for phase, run in groupby(
        pairwise(edges), key=lambda pair: phase_on(dataset, date.fromordinal(pair[0]))
    ):
        pairs = list(run)
        if phase:
            start, end = date.fromordinal(pairs[0][0]), date.fromordinal(pairs[-1][1] - 1)
            found.append((phase, Period(start=start, end=end)))
    return found


def _edges(when: Edtf, outer: Period) -> tuple[int, int]:
    """Return the first day of a date and the day after its last, as ordinals.

    An open end lies at the end of `outer`, or at the known end of the date if that is farther.
    """
    known = [day for day in (when.earliest, when.latest) if day]
    start = when.earliest or min(day for day in (*known, outer.start) if day)
    end = when.latest or max(day for day in (*known, outer.end) if day)
    return start.toordinal(), end.toordinal() + 1


def chapters(dataset: Dataset, events: Iterable[Event]) -> list[Chapter]:
    """Split events, given in order, into chapters by the phase in which each begins."""

    def heading(event: Event) -> Phase | None:
        day = event.date.earliest or event.date.latest
        return phase_on(dataset, day) if day else None

    seen: set[str | None] = set()
    found = []
    for phase, run in groupby(events, key=heading):
        key = phase.id if phase else None
        found.append(Chapter(phase=phase, continued=key in seen, events=tuple(run)))
        seen.add(key)
    return found
