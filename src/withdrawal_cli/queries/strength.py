"""Strength figures by side and date, and where the record is silent."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from msgspec.structs import asdict

from withdrawal_cli.dates import Edtf, Period, range_text
from withdrawal_cli.model import RANKS, Dataset, Estimate, grouped
from withdrawal_cli.queries.filters import Choice, Filters, Report
from withdrawal_cli.queries.names import find_ids
from withdrawal_cli.queries.phases import measured
from withdrawal_cli.queries.rows import EstimateRow, estimate_row
from withdrawal_cli.values import Row, Value, field
from withdrawal_cli.wording import counted, in_time, more_note, number

SeriesKey = tuple[str | None, str]
"""Side and unit of a series."""

SILENCE = 60
"""The days without a figure after which the record is called silent."""


class StrengthRow(EstimateRow):
    """One strength figure, as every format gives it."""

    perspectives: Sequence[str] = field(
        "Whose views its sources give: ids of sides, press or academic."
    )


class SilenceRow(Row):
    """More than 60 days of the subject's time without a figure of the whole force."""

    after: date = field("The last day of the figure before it, or the first of the subject.")
    before: date = field("The first day of the figure after it, or the last of the subject.")
    days: int = field("The days from `after` to `before`.")


class Series(Value):
    """The figures of one side in one unit."""

    side: str | None
    unit: str
    entries: tuple[Estimate | SilenceRow, ...] = field(
        "Those of a day or a short time, and the silences between them, in order."
    )
    longer: tuple[Estimate, ...] = field(
        "Those of a longer time, such as the peak of a war, which have no place between the others."
    )


class Strength(Report):
    """The figures in order, and the same as series with the silences in them."""

    estimates: tuple[Estimate, ...]
    series: tuple[Series, ...]
    side: str | None = field("The side that is shown because none was asked for.")
    defaulted: bool = field(
        "Whether no filter was given: only the whole force in the subject's time is shown."
    )

    def note(self, dataset: Dataset) -> str:
        """Return how many of the strength figures are shown, and whose, as a sentence."""
        shown = len(self.estimates)
        if not shown or self.defaulted or not self.side:
            return counted(dataset, shown, self.total, "strength figure", self.asked)
        count = f"{number(shown)} of {number(self.total)} strength figures"
        side = f"those of {dataset.name(self.side)}; --all shows every side."
        return in_time(self.asked, f"{count}, {side}")

    def left_out(self, dataset: Dataset, limit: int | None) -> str:
        """Return what a screen leaves out, and how to see it; `limit` as for `more_note`."""
        more = more_note(limit, len(self.estimates), self.matched)
        hidden = self.total - self.matched
        if not self.defaulted or not hidden:
            return more
        subject = range_text(Period.of(dataset.metadata.subject))
        side = f"--side {self.side}, " if self.side else ""
        return f"{more}\nThe whole force, {subject}; {number(hidden)} more: {side}--all.".strip()


def summarize_strength(
    dataset: Dataset,
    filters: Filters,
    *,
    every_side: bool = False,
    sort: str | None = None,
    reverse: bool = False,
    limit: int | None = None,
) -> Strength:
    """Return the strength figures that pass, those of the leading side if no side is asked for.

    Without a filter: the figures of the whole force that lie in the subject's time, if there are
    any. With `sort` "size" they are sorted by size, and silences are left out.
    """
    leading = None if filters.sides or every_side else leading_side(dataset)
    wanted = {leading} if leading else find_ids(dataset, "sides", filters.sides)
    order = {key: index for index, key in enumerate(series_keys(dataset, wanted))}
    choice = Choice(dataset, filters)
    strength = (item for item in choice.estimates() if item.measure == "strength")
    chosen = [item for item in strength if _key(item) in order]
    subject = Period.of(dataset.metadata.subject)
    default = [
        item for item in chosen if item.date and not item.part and subject.contains(item.date)
    ]
    defaulted = bool(default) and not (filters.given or every_side)
    chosen = sorted(default if defaulted else chosen, key=among_rivals)
    if sort == "size":
        chosen.sort(key=partial(size_order, reverse=reverse))
    else:
        chosen.sort(key=_when, reverse=reverse)
    chosen.sort(key=lambda item: order[_key(item)])
    shown = chosen[:limit]
    # The gaps between figures that a filter picked are the filter's, not the record's.
    picked = filters.sources or filters.match or filters.certainties or filters.disputed
    between = {} if picked or sort == "size" else _silences_in(dataset, choice.periods)
    is_cut = len(shown) < len(chosen)
    return Strength(
        estimates=tuple(shown),
        series=tuple(_series(order, shown, between, reverse=reverse, is_cut=is_cut)),
        side=leading,
        defaulted=defaulted,
        matched=len(chosen),
        total=sum(estimate.measure == "strength" for estimate in dataset.estimates),
        asked=choice.periods,
    )


def _silences_in(
    dataset: Dataset, periods: Sequence[Period] | None
) -> dict[SeriesKey, list[SilenceRow]]:
    """Return the silences of each series in the time asked for; `periods` as in `Choice`."""
    subject = dataset.metadata.subject
    return {
        key: [
            silence
            for silence in silences(known, subject)
            if periods is None or any(_lies_in(silence, period) for period in periods)
        ]
        for key, known in all_readings(dataset).items()
    }


def _series(
    order: Iterable[SeriesKey],
    shown: Iterable[Estimate],
    between: Mapping[SeriesKey, Sequence[SilenceRow]],
    *,
    reverse: bool,
    is_cut: bool,
) -> Iterator[Series]:
    """Yield the figures of each side in one unit, with the silences between them.

    If a limit cuts off figures (`is_cut`), what follows the last one is not a silence.
    """
    members = grouped((_key(estimate), estimate) for estimate in shown)
    for key in order:
        figures = members.get(key, ())
        longer = tuple(item for item in figures if not _is_of_a_short_time(item))
        short = filter(_is_of_a_short_time, figures)
        entries: list[Estimate | SilenceRow] = [*short, *between.get(key, ())]
        if between:
            entries.sort(key=_when, reverse=reverse)
        while is_cut and entries and isinstance(entries[-1], SilenceRow):
            entries.pop()
        if entries or longer:
            yield Series(side=key[0], unit=key[1], entries=tuple(entries), longer=longer)


def leading_side(dataset: Dataset) -> str | None:
    """Return the side that the file is about: its first belligerent."""
    return next((belligerent.side for belligerent in dataset.metadata.belligerents), None)


def series_keys(dataset: Dataset, wanted: Collection[str]) -> list[SeriesKey]:
    """Return the keys of the series of the sides wanted, or of every side if none is.

    Sides come in the order of the file, and people before what else is counted.
    """
    keys = {_key(item) for item in dataset.estimates if item.measure == "strength"}
    return sorted(
        (key for key in keys if not wanted or key[0] in wanted),
        key=lambda key: (dataset.side_order[key[0]], key[1] != "people", key[1]),
    )


def _key(estimate: Estimate) -> SeriesKey:
    return estimate.side, estimate.unit


def strength_row(dataset: Dataset, estimate: Estimate) -> StrengthRow:
    """Return the figure with the perspectives of its sources."""
    shown = estimate_row(estimate)
    perspectives = dict.fromkeys(dataset.source(name).perspective for name in shown.sources)
    return StrengthRow(**asdict(shown), perspectives=list(filter(None, perspectives)))


def readings(dataset: Dataset, side: str | None, unit: str = "people") -> list[Estimate]:
    """Return the figures that say how strong the whole force was at about one time.

    A figure that may lie anywhere in more than SILENCE days, such as the peak of a war, says
    nothing about a single day.
    """
    return all_readings(dataset).get((side, unit), [])


def all_readings(dataset: Dataset) -> dict[SeriesKey, list[Estimate]]:
    """Return the readings of each side and unit that has one."""
    known = filter(_is_of_a_short_time, measured(dataset, "strength"))
    return grouped((_key(estimate), estimate) for estimate in known)


def _is_of_a_short_time(estimate: Estimate) -> bool:
    span = estimate.date.span if estimate.date else None
    return span is not None and span <= SILENCE


def silences(known: Iterable[Estimate], subject: Edtf) -> list[SilenceRow]:
    """Return where the subject's time has no reading for more than SILENCE days.

    There are none for a force of which nothing is known.
    """
    spans = sorted(estimate.date.order for estimate in known if estimate.date)
    if not spans or subject.earliest is None or subject.latest is None:
        return []
    found = []
    after, end = subject.earliest, subject.latest
    for first, last in [*spans, (end, end)]:
        before = min(first, end)
        days = (before - after).days
        if days > SILENCE:
            found.append(SilenceRow(after=after, before=before, days=days))
        after = max(after, last)
    return found


def _lies_in(silence: SilenceRow, period: Period) -> bool:
    return (period.start is None or period.start < silence.before) and (
        period.end is None or period.end > silence.after
    )


def among_rivals(estimate: Estimate) -> tuple[object, ...]:
    """Return a sort key for the figures of one date.

    The whole force comes first, then the sure date, the preferred, rivals together, the largest.
    """
    doubt = bool(estimate.date and (estimate.date.approximate or estimate.date.uncertain))
    rank = RANKS.index(estimate.rank)
    return estimate.part, doubt, rank, estimate.dispute or "", -largest(estimate), estimate.id


def size_order(estimate: Estimate, *, reverse: bool = False) -> tuple[object, ...]:
    """Return a sort key by size, the largest first, or with `reverse` the smallest.

    People come before anything else counted, and figures that are only words come last.
    """
    size = largest(estimate)
    unit = (estimate.unit != "people", estimate.unit)
    return *unit, not estimate.figures, size if reverse else -size, estimate.id


def largest(estimate: Estimate) -> int:
    """Return the highest number that a figure allows; 0 when it has none."""
    return max(estimate.figures, default=0)


def _when(entry: Estimate | SilenceRow) -> tuple[date, date]:
    if isinstance(entry, SilenceRow):
        return entry.after, date.max
    return entry.date.order if entry.date else (date.max, date.max)
