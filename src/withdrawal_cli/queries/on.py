"""What the file knows of a day, or of a longer time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Literal, get_args

from msgspec.structs import asdict

from withdrawal_cli.dates import Day, Edtf, Period
from withdrawal_cli.model import CASUALTIES, IMPORTANCES, Dataset, Estimate, Event
from withdrawal_cli.queries.filters import day_of_year, resolve_period
from withdrawal_cli.queries.phases import exactly, measured
from withdrawal_cli.queries.products import figures_of_phases, phases_of_events
from withdrawal_cli.queries.rows import DAYS, EstimateRow, EventRow, estimate_row, event_row
from withdrawal_cli.queries.spans import Spans
from withdrawal_cli.queries.strength import (
    SeriesKey,
    SilenceRow,
    StrengthRow,
    all_readings,
    among_rivals,
    leading_side,
    series_keys,
    silences,
    strength_row,
)
from withdrawal_cli.values import Row, field

Falls = Literal["within", "about", "lasting", "possible"]
FALLS: tuple[Falls, ...] = get_args(Falls)
"""How an event relates to the time asked for, the surest first.

Wholly in it; in it if its doubtful date is right; lasting beyond it; or possibly outside it.
"""


class BriefingEventRow(EventRow):
    """An event, and how it relates to the time asked for."""

    falls: str = field(
        "`within` the time; `about` in it, if a doubtful date is right; `lasting` beyond it; or "
        "`possible`."
    )


class BriefingPhaseRow(Row):
    """A phase that has a day in the time."""

    id: str = field("Slug.")
    title: str = field("As it is shown.")
    date: Edtf = field("EDTF.")
    day: int | None = field(
        "Which day of the phase is the first in the time, counted from 1; null when an end of the "
        "phase is open."
    )
    days: int | None = field("The days of the phase; null when an end is open.")
    withdrawn: Sequence[EstimateRow] = field(
        "Troops of the leading side out since the first day of the phase: the figures up to the "
        "latest day that is in the time or before it."
    )
    withdrawn_otherwise: Sequence[EstimateRow] = field(
        "The other figures of its troops out inside the phase."
    )


class Briefing(Row):
    """What the file knows of a day or a longer time."""

    date: Edtf = field("The time asked for (EDTF).")
    earliest: Day | None = field("Its first day; null when that is open.")
    latest: Day | None = field("Its last day; null when that is open.")
    days: int | None = field(DAYS)
    subject: Edtf = field("The time of the thing the file is about (EDTF).")
    subject_days: int | None = field("Its days; null when an end is open.")
    day: int | None = field(
        "The first day of the subject in the time, as a number, the first of all being 1; null "
        "where none is, or an end of the subject is open."
    )
    last_day: int | None = field("The last day of the subject in the time; null as for `day`.")
    days_before: int | None = field(
        "The days from the last of the time to the first of the subject; null when it is not later."
    )
    days_after: int | None = field(
        "The days from the last of the subject to the first of the time; null when it is not later."
    )
    phases: Sequence[BriefingPhaseRow] = field("The phases that have a day in the time.")
    strength: Sequence[StrengthRow] = field(
        "The figures of the whole force of the side that the file is about (of every side, if it "
        "names no belligerents) in the time, or else the last before it, with their rivals. None "
        "is deprecated, and one for more than 60 days only a rival."
    )
    silence: SilenceRow | None = field(
        "The stretch of more than 60 days in which the time lies and that force has no figure; "
        "null when there is none."
    )
    events: Sequence[BriefingEventRow] = field(
        "The events that fall, or may fall, in the time: the surest first, then by date, of one "
        "date the most important first."
    )
    before: EventRow | None = field(
        "The nearest event before, among those of a sure day that are no detail; else among those "
        "that are no detail, else among all; null when there is none."
    )
    after: EventRow | None = field("The nearest event after, chosen likewise.")
    other_years: Sequence[EventRow] = field(
        "The events of exactly the same day and month in other years; none for a longer time."
    )
    figures: Sequence[EstimateRow] = field(
        "The figures of every kind that count exactly the time; none deprecated."
    )
    casualties: Sequence[EstimateRow] = field(
        "The casualty figures from the first day of the subject to the last of the time, or of the "
        "subject where that is earlier; of the belligerents, if the file names any, as whole "
        "sides; none deprecated."
    )
    casualties_of_longer: Sequence[EstimateRow] = field(
        "Where there are none: for each side those of the shortest time that contains these days."
    )


def summarize_briefing(dataset: Dataset, period: Period, *, in_full: int | None = None) -> Briefing:
    """Return what the file knows of the days of `period`.

    With `in_full`, for a screen, phases beyond that many come without their figures, and events
    without their phases. Otherwise raises WithdrawalError if these would be too many.
    """
    for_program = in_full is None
    if for_program:
        _refuse_products(dataset, period)
    subject = dataset.metadata.subject
    shared = _shared(period, subject)
    so_far, longer = _casualties(dataset, period)
    when = Edtf(period.text)
    earlier = [item for item in dataset.events if _distance(item.date.latest, period.start)]
    later = [item for item in dataset.events if _distance(period.end, item.date.earliest)]
    exact = exactly(dataset.estimates, period)
    return Briefing(
        date=when,
        earliest=period.start,
        latest=period.end,
        days=when.span,
        subject=subject,
        subject_days=subject.span,
        day=_day_number(subject, shared.start if shared else None),
        last_day=_day_number(subject, shared.end if shared else None),
        days_before=_distance(period.end, subject.earliest),
        days_after=_distance(subject.latest, period.start),
        phases=list(_phases(dataset, period, in_full)),
        strength=[strength_row(dataset, estimate) for estimate in _strength(dataset, period)],
        silence=_silence(dataset, period),
        events=_events(dataset, period, phases=for_program),
        before=_nearest(dataset, earlier, lambda event: -event.date.order[1].toordinal()),
        after=_nearest(dataset, later, lambda event: event.date.order[0].toordinal()),
        other_years=[
            event_row(dataset, event, phases=for_program)
            for event in _in_other_years(dataset, period)
        ],
        figures=[estimate_row(item) for item in exact if item.rank != "deprecated"],
        casualties=list(map(estimate_row, so_far)),
        casualties_of_longer=list(map(estimate_row, longer)),
    )


def _refuse_products(dataset: Dataset, period: Period) -> None:
    """Raise WithdrawalError if the lists inside events or phases would grow too long in all."""
    hint = "For a screen it is short: leave out --json, --format and -o, and add --width 100."
    events = [event for event in dataset.events if period.overlaps(event.date)]
    events += _in_other_years(dataset, period)
    phases_of_events(dataset, events).refuse(hint)
    phases = [phase for phase in dataset.phases if period.overlaps(phase.date)]
    figures_of_phases(phases, measured(dataset, "withdrawn")).refuse(hint)


def _shared(period: Period, when: Edtf) -> Period | None:
    """Return the days of `when` that lie in the period; `None` for none, or an open `when`."""
    if when.earliest is None or when.latest is None:
        return None
    return period.meet(Period.of(when))


def _day_number(when: Edtf, day: date | None) -> int | None:
    """Return which day of `when` a day is, the first being 1."""
    return (day - when.earliest).days + 1 if when.earliest and day else None


def _distance(earlier: date | None, later: date | None) -> int | None:
    """Return the days from one day to a later one; `None` when it is not later."""
    return (later - earlier).days if earlier and later and later > earlier else None


def _phases(dataset: Dataset, period: Period, in_full: int | None) -> Iterator[BriefingPhaseRow]:
    """Yield the phases that have a day in the period, with the leading side's figures inside."""
    side = leading_side(dataset)
    figures = [
        item for item in measured(dataset, "withdrawn") if item.date and side in (None, item.side)
    ]
    figures.sort(key=_end)
    spans = Spans(item.date for item in figures if item.date)
    phases = (phase for phase in dataset.phases if period.overlaps(phase.date))
    for index, phase in enumerate(phases):
        inside = spans.inside(Period.of(phase.date)) if in_full is None or index < in_full else ()
        within = [figures[found] for found in inside]
        # Only what counts from the first day of the phase says how many had left it by then.
        since_start = [
            item
            for item in within
            if item.date and item.date.earliest == phase.date.earliest and _is_over(item, period)
        ]
        so_far = _last(since_start)
        shared = _shared(period, phase.date)
        yield BriefingPhaseRow(
            id=phase.id,
            title=phase.title,
            date=phase.date,
            day=_day_number(phase.date, shared.start if shared else None),
            days=phase.date.span,
            withdrawn=list(map(estimate_row, so_far)),
            withdrawn_otherwise=list(map(estimate_row, _without(within, so_far))),
        )


def _without(estimates: Iterable[Estimate], others: Iterable[Estimate]) -> list[Estimate]:
    ids = {estimate.id for estimate in others}
    return [estimate for estimate in estimates if estimate.id not in ids]


def _end(estimate: Estimate) -> date:
    """Return the last day that the figure's date can mean."""
    return (estimate.date.latest if estimate.date else None) or date.max


def _last(estimates: Sequence[Estimate]) -> list[Estimate]:
    """Return the figures with the latest end."""
    last = max(map(_end, estimates), default=None)
    return [item for item in estimates if _end(item) == last]


def _is_over(estimate: Estimate, period: Period) -> bool:
    """Whether the figure's last day has come by the end of the period."""
    return _end(estimate) <= (period.end or date.max)


def _strength(dataset: Dataset, period: Period) -> list[Estimate]:
    """Return the figures of the whole force in the time, or else the last before it.

    Their rivals up to then come with them.
    """
    readings = all_readings(dataset)
    found = []
    for side, unit in _leading_keys(dataset):
        known = [item for item in readings.get((side, unit), ()) if _is_over(item, period)]
        within = [item for item in known if item.date and period.contains(item.date)]
        latest = within or _last(known)
        others = [
            item
            for dispute in dict.fromkeys(item.dispute for item in latest if item.dispute)
            for item in dataset.rivals[dispute]
            if (item.measure, item.side, item.unit) == ("strength", side, unit)
            and item.rank != "deprecated"
            and _is_over(item, period)
        ]
        found += sorted(
            [*latest, *_without(others, latest)],
            key=lambda item: (-_end(item).toordinal(), *among_rivals(item)),
        )
    return found


def _leading_keys(dataset: Dataset) -> list[SeriesKey]:
    side = leading_side(dataset)
    return series_keys(dataset, [side] if side else [])


def _silence(dataset: Dataset, period: Period) -> SilenceRow | None:
    """Return the silence of the record that covers the whole period."""
    if period.start is None or period.end is None:
        return None
    known = all_readings(dataset)
    for key in _leading_keys(dataset):
        for silence in silences(known.get(key, ()), dataset.metadata.subject):
            if silence.after < period.start and period.end < silence.before:
                return silence
    return None


def _events(dataset: Dataset, period: Period, *, phases: bool) -> list[BriefingEventRow]:
    """Return the events that fall, or may fall, in the time: the surest first, then by date."""
    found = [
        (falls(event.date, period), event)
        for event in dataset.events
        if period.overlaps(event.date)
    ]
    found.sort(key=lambda pair: (FALLS.index(pair[0]), pair[1].date.order, *_weight(pair[1])))
    return [
        BriefingEventRow(**asdict(event_row(dataset, event, phases=phases)), falls=how)
        for how, event in found
    ]


def _weight(event: Event) -> tuple[int, str]:
    """Return a sort key for events of one date: the most important first."""
    return IMPORTANCES.index(event.importance), event.id


def falls(when: Edtf, period: Period) -> Falls:
    """Return how a date that overlaps the period relates to it."""
    if period.contains(when):
        return "about" if when.approximate or when.uncertain else "within"
    if not when.lasted:
        return "possible"
    # It surely lasts into the period if the latest day on which it can have begun, and the earliest
    # on which it can have ended, leave a day there.
    (start, end), (starts_open, ends_open) = when.ends, when.open
    begins = date.min if starts_open else start.latest if start else None
    ends = date.max if ends_open else end.earliest if end else None
    if begins is None or ends is None:
        return "possible"
    lasts = begins <= (period.end or date.max) and ends >= (period.start or date.min)
    return "lasting" if lasts else "possible"


def _nearest(
    dataset: Dataset, events: Sequence[Event], distance: Callable[[Event], int]
) -> EventRow | None:
    """Return the nearest event, if possible an important one with an exact date."""
    notable = [event for event in events if event.importance != "detail"]
    choices = [event for event in notable if event.date.exact] or notable or events
    if not choices:
        return None
    return event_row(dataset, min(choices, key=lambda event: (distance(event), *_weight(event))))


def _in_other_years(dataset: Dataset, period: Period) -> list[Event]:
    """Return the events of exactly this day and month in other years; none for a longer time."""
    day = period.start
    if day is None or day != period.end:
        return []
    same = events_of_day(dataset, day.month, day.day)
    return [event for event in same if event.date.earliest != day]


def events_of_day(dataset: Dataset, month: int, day: int) -> list[Event]:
    """Return the events of exactly this day, whatever the year, in order."""
    same = [
        event
        for event in dataset.events
        if event.date.exact
        and (found := event.date.earliest) == event.date.latest
        and found
        and (found.month, found.day) == (month, day)
    ]
    return sorted(same, key=lambda event: (event.date.order, *_weight(event)))


def in_brief(dataset: Dataset, text: str) -> list[Event]:
    """Return the events that one line about a time should name, the most important first.

    Those that surely fall in it; of a day without any, those of the same day in other years. Raises
    UsageError for words that name no time.
    """
    if month_and_day := day_of_year(dataset, text):
        found = events_of_day(dataset, *month_and_day)
    else:
        period = resolve_period(dataset, text)
        within = [event for event in dataset.events if period.overlaps(event.date)]
        found = [event for event in within if falls(event.date, period) == "within"]
        found = found or _in_other_years(dataset, period)
    return sorted(found, key=lambda event: (IMPORTANCES.index(event.importance), event.date.order))


def _casualties(dataset: Dataset, period: Period) -> tuple[list[Estimate], list[Estimate]]:
    """Return the figures that count from the subject's first day to the last of the period.

    If there are none, the second list has those of the shortest time around these days. If the file
    names belligerents, only their figures count.
    """
    shared = _shared(Period(start=None, end=period.end), dataset.metadata.subject)
    if shared is None:
        return [], []
    belligerents = [belligerent.side for belligerent in dataset.metadata.belligerents]
    of_sides: dict[str | None, list[Estimate]] = {
        side: [] for side in belligerents or [side.id for side in dataset.sides]
    }
    for estimate in measured(dataset, *CASUALTIES):
        if estimate.side in of_sides:
            of_sides[estimate.side].append(estimate)
    so_far = [item for losses in of_sides.values() for item in exactly(losses, shared)]
    if so_far:
        return so_far, []
    return [], [item for losses in of_sides.values() for item in _tightest(losses, shared)]


def _tightest(estimates: Iterable[Estimate], period: Period) -> list[Estimate]:
    """Return the estimates of the shortest time that contains the period."""
    when = Edtf(period.text)
    around = [
        (item.date.span, item)
        for item in estimates
        if item.date and item.date.span and Period.of(item.date).contains(when)
    ]
    shortest = min((span for span, _ in around), default=None)
    return [item for span, item in around if span == shortest]
