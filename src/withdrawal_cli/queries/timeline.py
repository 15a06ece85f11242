"""What happened, in order, under phase headings."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from heapq import heappop, heappush
from itertools import pairwise

from withdrawal_cli.dates import Edtf, Period
from withdrawal_cli.model import Dataset, Event, Phase
from withdrawal_cli.queries.filters import Choice, Filters
from withdrawal_cli.values import Value, value


@value
class Chapter(Value):
    """A run of events under one heading."""

    phase: Phase | None
    "`None` for events outside every phase."
    continued: bool
    "Whether the heading has been there before."
    events: tuple[Event, ...]


@value
class Timeline(Value):
    """What happened, in order. `chapters` puts it under headings, for who draws them."""

    events: tuple[Event, ...]
    matched: int
    "The events that pass, with those beyond the limit."
    total: int
    "The events of the file."
    defaulted: bool
    "Whether only key events are shown because nothing was asked for."
    asked: Sequence[Period] | None
    "The time asked for, as it was resolved; `None` for no time, and empty when no day is in all that was asked for."


def summarize_timeline(
    dataset: Dataset, filters: Filters, *, reverse: bool = False, limit: int | None = None
) -> Timeline:
    """Return the events that pass, in order (or in reverse)."""
    choice = Choice(dataset, filters)
    chosen = choice.events()
    if reverse:
        chosen.reverse()
    matched = len(chosen)
    chosen = chosen[:limit]
    defaulted = not filters.any and any(event.importance == "key" for event in chosen)
    return Timeline(
        events=tuple(chosen),
        matched=matched,
        total=len(dataset.events),
        defaulted=defaulted,
        asked=choice.periods,
    )


def first_from(events: Sequence[Event], day: date | None) -> Event | None:
    """Return the first of the events, which stand in order, that begins on the day or after it; else the last of them."""
    later = (event for event in events if day is None or event.date.order[0] >= day)
    return next(later, events[-1] if events else None)


def heading_phase(dataset: Dataset, when: Edtf) -> Phase | None:
    """Return the phase that the first possible day of a date falls in."""
    day = when.earliest or when.latest
    return phase_on(dataset, day) if day else None


def phase_on(dataset: Dataset, day: date) -> Phase | None:
    """Return the shortest phase that a day falls in, so that a phase within a phase is seen."""
    days, phases = _shortest_phases(dataset)
    return phases[bisect_right(days, day.toordinal()) - 1]


@lru_cache(maxsize=1)
def _shortest_phases(dataset: Dataset) -> tuple[list[int], list[Phase | None]]:
    """Return the days on which the shortest phase may change, as ordinals from 0 on, and which it is from each of them on.

    The days are gone through once, with the phases begun so far in a heap: each day asked of each phase would take minutes
    for a file with thousands of both.
    """
    ends = [tuple(day.toordinal() for day in phase.date.order) for phase in dataset.phases]
    begun: list[tuple[float, int]] = []
    waiting = sorted(range(len(ends)), key=lambda place: ends[place], reverse=True)
    days = sorted({0, *(edge for first, last in ends for edge in (first, last + 1))})
    phases: list[Phase | None] = []
    for day in days:
        while waiting and ends[waiting[-1]][0] <= day:
            place = waiting.pop()
            heappush(begun, (dataset.phases[place].date.span or float("inf"), place))
        while begun and ends[begun[0][1]][1] < day:
            heappop(begun)
        phases.append(dataset.phases[begun[0][1]] if begun else None)
    return days, phases


def stretches(dataset: Dataset, whole: Period) -> list[tuple[Phase, Period]]:
    """Return the days under the heading of each phase, in order: none twice, so a phase within a phase cuts it in two.

    An open phase reaches as far as `whole`.
    """
    ends = [_ends(phase.date, whole) for phase in dataset.phases]
    edges = sorted({edge for start, end in ends for edge in (start, end + 1)})
    found: list[tuple[Phase, int, int]] = []
    for start, after in pairwise(edges):
        phase = phase_on(dataset, date.fromordinal(start))
        if phase and found and found[-1][0] is phase and found[-1][2] == start:
            found[-1] = (phase, found[-1][1], after)
        elif phase:
            found.append((phase, start, after))
    return [
        (phase, Period(start=date.fromordinal(start), end=date.fromordinal(after - 1)))
        for phase, start, after in found
    ]


def _ends(when: Edtf, whole: Period) -> tuple[int, int]:
    """Return the first and the last day of a date as ordinals; an open end lies at the end of `whole`, if that is farther."""
    known = [day for day in (when.earliest, when.latest) if day]
    start = when.earliest or min(day for day in (*known, whole.start) if day)
    end = when.latest or max(day for day in (*known, whole.end) if day)
    return start.toordinal(), end.toordinal()


def chapters(dataset: Dataset, events: Iterable[Event]) -> list[Chapter]:
    """Return events that are in order under the phase that each begins in."""
    groups: list[tuple[Phase | None, list[Event]]] = []
    for event in events:
        phase = heading_phase(dataset, event.date)
        if not groups or groups[-1][0] is not phase:
            groups.append((phase, []))
        groups[-1][1].append(event)
    seen: set[str | None] = set()
    found = []
    for phase, members in groups:
        key = phase.id if phase else None
        found.append(Chapter(phase=phase, continued=key in seen, events=tuple(members)))
        seen.add(key)
    return found
