"""One day, or one longer time, in the light of the whole file."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal, get_args

from withdrawal_cli.dates import Day, Edtf, Period, days_between
from withdrawal_cli.model import CASUALTIES, IMPORTANCES, Dataset, Estimate, Event, Phase
from withdrawal_cli.queries.phases import exactly, measured
from withdrawal_cli.queries.rows import EstimateRow, EventRow, estimate_row, event_row
from withdrawal_cli.queries.spans import Spans
from withdrawal_cli.queries.strength import (
    Key,
    SilenceRow,
    StrengthRow,
    all_readings,
    among_rivals,
    leading_side,
    series_keys,
    silences,
    strength_row,
)
from withdrawal_cli.values import Row, field, row

Falls = Literal["within", "about", "lasting", "possible"]
FALLS: tuple[Falls, ...] = get_args(Falls)
"""How an event stands to the time asked for, the surest first: wholly in it; in it if its date, which is in doubt, is right;
begun before it or ended after it; of a date that may or may not lie in it."""


@row
class BriefingEventRow(EventRow):
    """An event, and how it stands to the time asked for."""

    falls: str = field(
        "`within` the time; `about` in it, if a doubtful date is right; `lasting` beyond it; or `possible`."
    )


@row
class BriefingPhaseRow(Row):
    """A phase that the time lies in. `withdrawn` counts from its first day to the last one known by then."""

    id: str = field("Slug.")
    title: str = field("As it is shown.")
    date: Edtf = field("EDTF.")
    day: int | None = field(
        "Which day of the phase the time begins on, the first being 1; null when that is open."
    )
    days: int | None = field("The days of the phase; null when an end is open.")
    withdrawn: Sequence[EstimateRow] = field(
        "The latest figures of troops out since the first day of the phase that were known by then."
    )
    withdrawn_otherwise: Sequence[EstimateRow] = field(
        "The other figures of troops out inside the phase."
    )


@row
class Briefing(Row):
    """What the file knows of a day or a longer time."""

    date: Edtf = field("The time asked for (EDTF).")
    earliest: Day | None = field("Its first day; null when that is open.")
    latest: Day | None = field("Its last day; null when that is open.")
    days: int | None = field("From the first to the last, both counted; null when an end is open.")
    subject: Edtf = field("The time of the thing the file is about (EDTF).")
    subject_days: int | None = field("Its days; null when an end is open.")
    day: int | None = field(
        "Which day of the subject the time begins on, the first being 1; null outside it."
    )
    last_day: int | None = field("Which day of the subject the time ends on; null outside it.")
    days_before: int | None = field(
        "The days from the time to the first day of the subject; null when it is not before."
    )
    days_after: int | None = field(
        "The days from the last day of the subject to the time; null when it is not after."
    )
    phases: Sequence[BriefingPhaseRow] = field("The phases that have a day in the time.")
    strength: Sequence[StrengthRow] = field(
        "The figures of the whole force in the time, or else the last before it, with their rivals."
    )
    silence: SilenceRow | None = field(
        "The stretch without a figure of strength in which the time lies; null when there is none."
    )
    events: Sequence[BriefingEventRow] = field(
        "The events that fall, or may fall, in the time: the surest first, then by date."
    )
    before: EventRow | None = field("The nearest event before; null when there is none.")
    after: EventRow | None = field("The nearest event after; null when there is none.")
    other_years: Sequence[EventRow] = field(
        "The events of the same day and month in other years; none for a longer time."
    )
    figures: Sequence[EstimateRow] = field("The figures that count exactly the time.")
    casualties: Sequence[EstimateRow] = field(
        "The casualty figures that count from the first day of the subject to the last of the time."
    )
    casualties_of_longer: Sequence[EstimateRow] = field(
        "Where there are none: those of the shortest time that has these days in it."
    )


def summarize_briefing(dataset: Dataset, period: Period, *, in_full: int | None = None) -> Briefing:
    """Return what the file knows of the days of `period`; phases beyond the first `in_full` without their figures."""
    subject = dataset.metadata.subject
    shared = _shared(period, subject)
    so_far, longer = _casualties(dataset, period)
    whole = Edtf(_text(period))
    return Briefing(
        date=whole,
        earliest=period.start,
        latest=period.end,
        days=whole.span,
        subject=subject,
        subject_days=subject.span,
        day=_day_number(subject, shared.start if shared else None),
        last_day=_day_number(subject, shared.end if shared else None),
        days_before=_distance(period.end, subject.earliest),
        days_after=_distance(subject.latest, period.start),
        phases=list(_phases(dataset, period, in_full)),
        strength=[strength_row(dataset, estimate) for estimate in _strength(dataset, period)],
        silence=_silence(dataset, period),
        events=_events(dataset, period),
        before=_nearest(
            dataset,
            [event for event in dataset.events if _distance(event.date.latest, period.start)],
            last=True,
        ),
        after=_nearest(
            dataset,
            [event for event in dataset.events if _distance(period.end, event.date.earliest)],
            last=False,
        ),
        other_years=[event_row(dataset, event) for event in _in_other_years(dataset, period)],
        figures=[
            estimate_row(item)
            for item in exactly(dataset.estimates, period)
            if item.rank != "deprecated"
        ],
        casualties=[estimate_row(estimate) for estimate in so_far],
        casualties_of_longer=[estimate_row(estimate) for estimate in longer],
    )


def _text(period: Period) -> str:
    """Return the period as EDTF."""
    if period.start == period.end:
        return str(period.start)
    return f"{period.start or '..'}/{period.end or '..'}"


def _shared(period: Period, when: Edtf) -> Period | None:
    """Return the days of `when` that lie in the period; `None` when there are none, or it is open."""
    if when.earliest is None or when.latest is None or not period.overlaps(when):
        return None
    return Period(
        start=max(period.start or date.min, when.earliest),
        end=min(period.end or date.max, when.latest),
    )


def _day_number(when: Edtf, day: date | None) -> int | None:
    """Return which day of `when` a day is, the first being 1."""
    return days_between(when.earliest, day) + 1 if when.earliest and day else None


def _distance(earlier: date | None, later: date | None) -> int | None:
    """Return the days from one day to a later one; `None` when it is not later."""
    return days_between(earlier, later) if earlier and later and later > earlier else None


def _phases(dataset: Dataset, period: Period, in_full: int | None) -> Iterator[BriefingPhaseRow]:
    """Yield the phases that have a day in the period, with the figures of the leading side that lie in each."""
    side = leading_side(dataset)
    figures = [
        item for item in measured(dataset, "withdrawn") if item.date and side in (None, item.side)
    ]
    figures.sort(key=_end)
    days = Spans(item.date for item in figures if item.date)
    for place, phase in enumerate(phase for phase in dataset.phases if period.overlaps(phase.date)):
        told = in_full is None or place < in_full
        within = [figures[number] for number in days.inside(Period.of(phase.date))] if told else []
        yield _phase_row(phase, period, within)


def _phase_row(phase: Phase, period: Period, within: Sequence[Estimate]) -> BriefingPhaseRow:
    shared, start = _shared(period, phase.date), phase.date.earliest
    known = [
        item
        for item in within
        if item.date and item.date.earliest == start and _is_over(item, period)
    ]
    last = max(map(_end, known), default=None)
    so_far = [item for item in known if _end(item) == last]
    otherwise = _without(within, so_far)
    return BriefingPhaseRow(
        id=phase.id,
        title=phase.title,
        date=phase.date,
        day=_day_number(phase.date, shared.start if shared else None),
        days=phase.date.span,
        withdrawn=[estimate_row(item) for item in so_far],
        withdrawn_otherwise=[estimate_row(item) for item in otherwise],
    )


def _without(estimates: Iterable[Estimate], others: Iterable[Estimate]) -> list[Estimate]:
    ids = {estimate.id for estimate in others}
    return [estimate for estimate in estimates if estimate.id not in ids]


def _end(estimate: Estimate) -> date:
    """Return the last day that the figure's date can mean."""
    return (estimate.date.latest if estimate.date else None) or date.max


def _is_over(estimate: Estimate, period: Period) -> bool:
    """Whether the figure's last day has come by the end of the period."""
    return _end(estimate) <= (period.end or date.max)


def _strength(dataset: Dataset, period: Period) -> list[Estimate]:
    """Return the figures of the whole force in the time, or else the last before it, and their rivals up to then."""
    known, disputed = all_readings(dataset), _disputed_strength(dataset)
    found = []
    for key in _leading_keys(dataset):
        latest = _latest([item for item in known.get(key, ()) if _is_over(item, period)], period)
        disputes = {estimate.dispute for estimate in latest if estimate.dispute}
        rivals = [
            item
            for item in disputed.get(key, ())
            if item.dispute in disputes and _is_over(item, period)
        ]
        rivals = _without(rivals, latest)
        found += sorted(
            [*latest, *rivals], key=lambda item: (-_end(item).toordinal(), *among_rivals(item))
        )
    return found


def _disputed_strength(dataset: Dataset) -> dict[Key, list[Estimate]]:
    """Return the strength figures that are rivals in a dispute and not set aside, under side and unit."""
    found: dict[Key, list[Estimate]] = {}
    for item in dataset.estimates:
        if item.dispute and item.measure == "strength" and item.rank != "deprecated":
            found.setdefault((item.side, item.unit), []).append(item)
    return found


def _latest(known: Sequence[Estimate], period: Period) -> list[Estimate]:
    """Return the figures in the period, or else those of the last date before it."""
    within = [item for item in known if item.date and period.contains(item.date)]
    last = max(map(_end, known), default=None)
    return within or [item for item in known if _end(item) == last]


def _leading_keys(dataset: Dataset) -> list[Key]:
    side = leading_side(dataset)
    return series_keys(dataset, [side] if side else [])


def _silence(dataset: Dataset, period: Period) -> SilenceRow | None:
    """Return the silence of the record in which the whole time lies."""
    known = all_readings(dataset)
    for key in _leading_keys(dataset):
        for silence in silences(known.get(key, ()), dataset.metadata.subject):
            if (
                period.start
                and period.end
                and silence.after < period.start
                and period.end < silence.before
            ):
                return silence
    return None


def _events(dataset: Dataset, period: Period) -> list[BriefingEventRow]:
    """Return the events that fall, or may fall, in the time: the surest first, then by date."""
    found = [
        (falls(event.date, period), event)
        for event in dataset.events
        if period.overlaps(event.date)
    ]
    found.sort(
        key=lambda pair: (
            FALLS.index(pair[0]),
            pair[1].date.order,
            IMPORTANCES.index(pair[1].importance),
            pair[1].id,
        )
    )
    return [event_row(dataset, event, BriefingEventRow, falls=how) for how, event in found]


def falls(when: Edtf, period: Period) -> Falls:
    """Return how a date that overlaps the period stands to it."""
    if period.contains(when):
        return "about" if when.approximate or when.uncertain else "within"
    return "lasting" if when.lasted and _surely_lasts_into(when, period) else "possible"


def _surely_lasts_into(when: Edtf, period: Period) -> bool:
    """Whether an interval begins by the end of the period and ends after its start, whatever its ends mean."""
    (start, end), (starts_open, ends_open) = when.ends, when.open
    begins = date.min if starts_open else start.latest if start else None
    ends = date.max if ends_open else end.earliest if end else None
    return bool(
        begins
        and ends
        and begins <= (period.end or date.max)
        and ends >= (period.start or date.min)
    )


def _nearest(dataset: Dataset, events: Sequence[Event], *, last: bool) -> EventRow | None:
    """Return the nearest of the events, all before or all after a time: one of weight and with a sure day, if there is any."""
    weighty = [event for event in events if event.importance != "detail"]
    choices = [event for event in weighty if event.date.exact] or weighty or events
    if not choices:
        return None

    def order(event: Event) -> tuple[int, int, str]:
        day = event.date.order[1] if last else event.date.order[0]
        return (
            -day.toordinal() if last else day.toordinal(),
            IMPORTANCES.index(event.importance),
            event.id,
        )

    return event_row(dataset, min(choices, key=order))


def _in_other_years(dataset: Dataset, period: Period) -> list[Event]:
    """Return the events of exactly this day and month in other years; none for a longer time."""
    day = period.start
    if day is None or day != period.end:
        return []
    dated = (
        (event.date.earliest, event)
        for event in dataset.events
        if event.date.exact and event.date.span == 1
    )
    same = [
        (when, event)
        for when, event in dated
        if when and (when.month, when.day) == (day.month, day.day) and when != day
    ]
    same.sort(key=lambda pair: (pair[0], IMPORTANCES.index(pair[1].importance), pair[1].id))
    return [event for _, event in same]


def _casualties(dataset: Dataset, period: Period) -> tuple[list[Estimate], list[Estimate]]:
    """Return the figures that count from the subject's first day to the last of the period, or else the tightest that count more.

    Only the belligerents' figures, if the file names any.
    """
    shared = _shared(Period(start=None, end=period.end), dataset.metadata.subject)
    if shared is None:
        return [], []
    sides = [belligerent.side for belligerent in dataset.metadata.belligerents] or [
        side.id for side in dataset.sides
    ]
    lost = measured(dataset, *CASUALTIES)
    by_side: dict[str | None, list[Estimate]] = {}
    for estimate in lost:
        by_side.setdefault(estimate.side, []).append(estimate)
    of_sides = [by_side.get(side, []) for side in sides]
    so_far = [estimate for of_side in of_sides for estimate in exactly(of_side, shared)]
    longer = [estimate for of_side in of_sides for estimate in _tightest(of_side, shared)]
    return so_far, [] if so_far else longer


def _tightest(estimates: Iterable[Estimate], period: Period) -> list[Estimate]:
    """Return the estimates of the shortest time that has the whole of the period in it."""
    whole = Edtf(_text(period))
    around = [
        item
        for item in estimates
        if item.date and item.date.span and Period.of(item.date).contains(whole)
    ]
    shortest = min((item.date.span or 0 for item in around if item.date), default=None)
    return [item for item in around if item.date and item.date.span == shortest]
