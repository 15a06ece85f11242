"""How many events there are: by month, phase, side and so on."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import groupby

from withdrawal_cli.dates import Edtf, date_text, parse_edtf
from withdrawal_cli.model import CERTAINTIES, Dataset, Event, grouped
from withdrawal_cli.queries.filters import Choice, Filters, Report
from withdrawal_cli.queries.products import phases_of_events
from withdrawal_cli.queries.rows import phases_of, sources_of
from withdrawal_cli.values import Row, Value, field
from withdrawal_cli.wording import counted, more_note, short_source

MONTHS = {"month": 1, "quarter": 3, "year": 12}
"""The units of time, in months."""

LONGEST_RUN = 1200
"""The longest run of months, quarters or years that is listed with the empty ones."""


class CountRow(Row):
    """The events of one month, phase, side or the like."""

    by: str = field("What is counted by: the word after `--by`.")
    id: str | None = field(
        "The month (EDTF, such as `1988-05`), quarter (`1988-Q2`) or year, the id of the record, "
        "or the value; null for the events that have none."
    )
    name: str = field("The same as it is shown.")
    events: int = field("How many of the chosen events belong to it.")
    key_events: int = field("How many of these are key.")


class Counts(Report):
    """The counts of the events that pass."""

    by: str
    rows: tuple[CountRow, ...]
    groups: int = field("How many rows there are, including those beyond the limit.")
    overlapping: bool = field("Whether an event counts in more than one row.")

    def note(self, dataset: Dataset) -> str:
        """Return how many events were counted, and how."""
        told = counted(dataset, self.matched, self.total, "event", self.asked)
        if not self.matched:
            return told
        if self.by in MONTHS:
            return f"{told} Each counts in the {self.by} in which it began."
        if self.overlapping:
            return f"{told} An event with several {self.by}s counts in each."
        return told

    def left_out(self, limit: int | None) -> str:
        """Return how many rows a screen leaves out, and how to see them."""
        return more_note(limit, len(self.rows), self.groups)


class _Grouping(Value):
    """How events are grouped: the ids of an event, and the order and names of the groups."""

    ids: Callable[[Dataset, Event], Sequence[str]]
    order: Callable[[Dataset], Sequence[str]] | None = None
    "The order of the ids; if None, those with the most events come first."
    none: str
    "The name of the group of events without one."


GROUPINGS = {
    "month": _Grouping(ids=lambda _, event: begun(event, 1), none="No month known"),
    "quarter": _Grouping(ids=lambda _, event: begun(event, 3), none="No quarter known"),
    "year": _Grouping(ids=lambda _, event: begun(event, 12), none="No year known"),
    "phase": _Grouping(
        ids=lambda dataset, event: phases_of(dataset, event.date),
        order=lambda dataset: [phase.id for phase in dataset.phases],
        none="Outside the phases",
    ),
    "category": _Grouping(
        ids=lambda _, event: [event.category] if event.category else [],
        order=lambda dataset: dataset.categories,
        none="No category",
    ),
    "side": _Grouping(
        ids=lambda _, event: [event.side] if event.side else [],
        order=lambda dataset: [side.id for side in dataset.sides],
        none="No side",
    ),
    "place": _Grouping(ids=lambda _, event: event.places, none="No place"),
    "certainty": _Grouping(
        ids=lambda _, event: [event.certainty], order=lambda _: CERTAINTIES, none="–"
    ),
    "source": _Grouping(ids=lambda _, event: sources_of(event.citations), none="No source"),
}
"""What `--by` may be."""


def summarize_counts(
    dataset: Dataset, filters: Filters, *, by: str = "month", limit: int | None = None
) -> Counts:
    """Return how many of the events that pass belong to each month, phase, side and so on.

    Months, quarters and years come in order, with those between the first and the last that have no
    event. Phases, categories, sides and certainties come in the order of the file, places and
    sources with the most events first. Events that have none come last.
    """
    choice = Choice(dataset, filters)
    events = choice.events()
    grouping = GROUPINGS[by]
    if by == "phase":
        phases_of_events(dataset, events).refuse("Choose fewer events with --during or --key.")
    groups = grouped(
        (name, event) for event in events for name in grouping.ids(dataset, event) or [""]
    )
    overlapping = sum(map(len, groups.values())) > len(events)
    without = groups.pop("", [])
    if by in MONTHS:
        order: Sequence[str] = run_of(sorted(groups), MONTHS[by])
    elif grouping.order:
        order = [identifier for identifier in grouping.order(dataset) if identifier in groups]
    else:
        order = sorted(groups, key=lambda one: (-len(groups[one]), one))
    rows = [_row(by, one, _name(dataset, by, one), groups.get(one, [])) for one in order[:limit]]
    if without:
        rows.append(_row(by, None, grouping.none, without))
    return Counts(
        by=by,
        rows=tuple(rows),
        groups=len(order) + bool(without),
        matched=len(events),
        total=len(dataset.events),
        asked=choice.periods,
        overlapping=overlapping,
    )


def _row(by: str, identifier: str | None, name: str, events: Sequence[Event]) -> CountRow:
    key = sum(event.importance == "key" for event in events)
    return CountRow(by=by, id=identifier, name=name, events=len(events), key_events=key)


def begun(event: Event, months: int) -> list[str]:
    """Return the month, quarter or year in which an event surely began: a list of one, or none."""
    start: Edtf | None = event.date.ends[0]
    if start is None or start.earliest is None or start.latest is None:
        return []
    first, last = (_unit(day, months) for day in (start.earliest, start.latest))
    return [first] if first == last else []


def _unit(day: date, months: int) -> str:
    """Return `1988-05`, `1988-Q2` or `1988`."""
    if months == 12:
        return f"{day.year:04}"
    return (
        f"{day.year:04}-Q{(day.month + 2) // 3}" if months == 3 else f"{day.year:04}-{day.month:02}"
    )


def run_of(units: Sequence[str], months: int) -> Sequence[str]:
    """Return the units with the gaps between them filled."""
    if not units:
        return units
    per_year = 12 // months

    def index(unit: str) -> int:
        year, _, part = unit.partition("-")
        return int(year) * per_year + (int(part.removeprefix("Q")) - 1 if part else 0)

    first, last = index(units[0]), index(units[-1])
    if last - first >= LONGEST_RUN:
        return units
    return [
        _unit(date(number // per_year, number % per_year * months + 1, 1), months)
        for number in range(first, last + 1)
    ]


def _name(dataset: Dataset, by: str, identifier: str) -> str:
    if by in ("category", "certainty", "quarter", "year"):
        return identifier
    if by == "month":
        return date_text(parse_edtf(identifier))
    if by == "source":
        return short_source(dataset.source(identifier))
    return dataset.name(identifier)


def month_grid(rows: Sequence[CountRow]) -> Iterator[tuple[str, list[int | None]]]:
    """Yield each year with the events of its twelve months, None outside the months counted.

    Consecutive years without events are one line, `1994–1995`, without months.
    """
    by_month = {item.id: item.events for item in rows if item.id}
    years = {
        year: [by_month.get(f"{year}-{number:02}") for number in range(1, 13)]
        for year in sorted({month[:4] for month in by_month})
    }
    for has_events, run in groupby(years, key=lambda year: any(years[year])):
        if has_events:
            yield from ((year, years[year]) for year in run)
        else:
            first, *others = run
            yield "–".join([first, *others[-1:]]), []
