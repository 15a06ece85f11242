"""Every strength figure in order of date, side by side of the war, and where the record is silent."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from withdrawal_cli.dates import Edtf, Period, days_between
from withdrawal_cli.model import RANKS, Dataset, Estimate, Source
from withdrawal_cli.queries.filters import Choice, Filters
from withdrawal_cli.queries.names import find_ids
from withdrawal_cli.queries.phases import measured
from withdrawal_cli.queries.rows import EstimateRow, estimate_row, sources_of
from withdrawal_cli.values import Row, Value, field, row, value

Key = tuple[str | None, str]
"""Side and unit of a series."""

SILENCE = 60
"""The days without a figure beyond which the record is called silent."""


@row
class StrengthRow(EstimateRow):
    """One strength figure, as every format gives it."""

    perspectives: Sequence[str] = field(
        "Whose views its sources give: ids of sides, press or academic."
    )


@row
class SilenceRow(Row):
    """A stretch of the subject's time without a figure of the whole force."""

    after: date = field("The day of the figure before it, or the first of the subject.")
    before: date = field("The day of the figure after it, or the last of the subject.")
    days: int = field("The days between.")


@value
class Series(Value):
    """The figures of one side in one unit."""

    side: str | None
    unit: str
    entries: tuple[Estimate | SilenceRow, ...]
    "Those of a day or a short time, and the silences between them, in order."
    longer: tuple[Estimate, ...]
    "Those of a longer time, such as the peak of a war: they lie on no line between the others."


@value
class Strength(Value):
    estimates: tuple[Estimate, ...]
    series: tuple[Series, ...]
    side: str | None
    "The side that is shown because none was asked for."
    matched: int
    "The figures that pass, with those beyond the limit."
    total: int
    "The strength figures of the file."
    asked: Sequence[Period] | None
    "The time asked for, as it was resolved; `None` for no time, and empty when no day is in all that was asked for."


def summarize_strength(
    dataset: Dataset,
    filters: Filters,
    *,
    every_side: bool = False,
    reverse: bool = False,
    limit: int | None = None,
) -> Strength:
    """Return the strength figures that pass, those of the leading side if no side is asked for."""
    every = [estimate for estimate in dataset.estimates if estimate.measure == "strength"]
    leading = None if filters.sides or every_side else leading_side(dataset)
    wanted = {leading} if leading else find_ids(dataset, "sides", filters.sides)
    shown = {estimate for estimate in every if not wanted or estimate.side in wanted}
    keys = series_keys(dataset, wanted)
    places = {key: place for place, key in enumerate(keys)}
    choice = Choice(dataset, filters)
    chosen = [estimate for estimate in choice.estimates() if estimate in shown]
    chosen.sort(key=among_rivals)
    chosen.sort(key=_when, reverse=reverse)
    chosen.sort(key=lambda estimate: places[estimate.side, estimate.unit])
    matched = len(chosen)
    chosen = chosen[:limit]
    asked = choice.periods
    members: dict[Key, list[Estimate]] = {key: [] for key in keys}
    for estimate in chosen:
        members[estimate.side, estimate.unit].append(estimate)
    known = {} if _is_a_pick(filters) else all_readings(dataset)
    series = []
    for key, drawn in members.items():
        found = silences(known.get(key, ()), dataset.metadata.subject)
        between = [
            item for item in found if asked is None or any(_in(item, period) for period in asked)
        ]
        series.append(_series(key, drawn, between, reverse=reverse, cut=len(chosen) < matched))
    return Strength(
        estimates=tuple(chosen),
        series=tuple(item for item in series if item.entries or item.longer),
        side=leading,
        matched=matched,
        total=len(every),
        asked=asked,
    )


def leading_side(dataset: Dataset) -> str | None:
    """Return the side that the file is about: its first belligerent."""
    return next((belligerent.side for belligerent in dataset.metadata.belligerents), None)


def series_keys(dataset: Dataset, wanted: Collection[str]) -> list[Key]:
    """Return side and unit of each series of the sides wanted, of every one if none is: in the file's order, people first."""
    sides = {side.id: place for place, side in enumerate(dataset.sides)}
    every = {
        (estimate.side, estimate.unit)
        for estimate in dataset.estimates
        if estimate.measure == "strength"
    }
    keys = [key for key in every if not wanted or key[0] in wanted]
    return sorted(
        keys, key=lambda key: (sides[key[0]] if key[0] else len(sides), key[1] != "people", key[1])
    )


def strength_row(dataset: Dataset, estimate: Estimate) -> StrengthRow:
    """Return the figure with the perspectives of its sources."""
    found = (dataset.by_id[identifier] for identifier in sources_of(estimate.citations))
    spoken = (source.perspective for source in found if isinstance(source, Source))
    perspectives = list(dict.fromkeys(side for side in spoken if side))
    return estimate_row(estimate, StrengthRow, perspectives=perspectives)


def readings(dataset: Dataset, side: str | None, unit: str = "people") -> list[Estimate]:
    """Return the figures that say how strong the whole force was at about one time.

    A figure that may lie anywhere in more than SILENCE days, such as the peak of a war, says nothing of a day in them.
    """
    return all_readings(dataset).get((side, unit), [])


def all_readings(dataset: Dataset) -> dict[Key, list[Estimate]]:
    """Return the readings of each side and unit that has one."""
    found: dict[Key, list[Estimate]] = {}
    for estimate in measured(dataset, "strength"):
        if _is_of_a_short_time(estimate):
            found.setdefault((estimate.side, estimate.unit), []).append(estimate)
    return found


def _is_of_a_short_time(estimate: Estimate) -> bool:
    span = estimate.date.span if estimate.date else None
    return span is not None and span <= SILENCE


def silences(known: Iterable[Estimate], subject: Edtf) -> list[SilenceRow]:
    """Return where the subject's time has no reading for more than SILENCE days; none for a force of which nothing is known."""
    spans = sorted(estimate.date.order for estimate in known if estimate.date)
    if not spans or subject.earliest is None or subject.latest is None:
        return []
    found = []
    after, end = subject.earliest, subject.latest
    for first, last in [*spans, (end, end)]:
        before = min(first, end)
        days = days_between(after, before)
        if days > SILENCE:
            found.append(SilenceRow(after=after, before=before, days=days))
        after = max(after, last)
    return found


def among_rivals(estimate: Estimate) -> tuple[object, ...]:
    """Sort figures of one date: the whole force first, the sure date, the preferred, rivals together, the largest first."""
    doubt = bool(estimate.date and (estimate.date.approximate or estimate.date.uncertain))
    rank = RANKS.index(estimate.rank)
    return estimate.part, doubt, rank, estimate.dispute or "", -largest(estimate), estimate.id


def largest(estimate: Estimate) -> int:
    """Return the highest number that a figure allows; 0 when it has none."""
    return max(estimate.figures, default=0)


def _when(entry: Estimate | SilenceRow) -> tuple[date, date]:
    if isinstance(entry, SilenceRow):
        return entry.after, date.max
    return entry.date.order if entry.date else (date.max, date.max)


def _series(
    key: Key,
    members: Sequence[Estimate],
    between: Iterable[SilenceRow],
    *,
    reverse: bool,
    cut: bool,
) -> Series:
    """Return one series; after a limit has cut it, no silence stands at its end."""
    short = [estimate for estimate in members if _is_of_a_short_time(estimate)]
    entries: list[Estimate | SilenceRow] = [*short, *between]
    entries.sort(key=_when, reverse=reverse)
    while cut and entries and isinstance(entries[-1], SilenceRow):
        entries.pop()
    longer = [estimate for estimate in members if not _is_of_a_short_time(estimate)]
    return Series(side=key[0], unit=key[1], entries=tuple(entries), longer=tuple(longer))


def _is_a_pick(filters: Filters) -> bool:
    """Whether figures are picked by source or words, so that the holes between them are no silences of the record."""
    return bool(filters.sources or filters.match or filters.certainties or filters.disputed)


def _in(silence: SilenceRow, period: Period) -> bool:
    return (period.start is None or period.start < silence.before) and (
        period.end is None or period.end > silence.after
    )
