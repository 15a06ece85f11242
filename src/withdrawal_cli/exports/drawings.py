"""Pictures of the data as plain geometry: what stands where, in the units of a drawing. No markup."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import count
from math import ceil, cos, floor, radians

from withdrawal_cli.dates import Period, day_text
from withdrawal_cli.model import Dataset, Estimate, Point
from withdrawal_cli.queries.map import MapRow, Sketch
from withdrawal_cli.queries.strength import (
    SilenceRow,
    among_rivals,
    largest,
    leading_side,
    readings,
    silences,
)
from withdrawal_cli.values import Value, value
from withdrawal_cli.wording import figure_text, number

CHART_WIDTH, CHART_HEIGHT = 640, 360
CHART_LEFT, CHART_TOP, CHART_FLOOR = 62, 16, 322
"""Where the plot begins beside the scale, and where it ends above the dates."""

NUMBERED = 1000
"""The spots of a map that are given a number; later ones find no room in a drawing of this size."""

LETTER_WIDTH, DIGIT_WIDTH, LETTER_HEIGHT = 7.6, 8.4, 13
"""Of a small letter and of a bold digit in a drawing, in a broad typeface."""

KILOMETRES = 111.2
"""Of a degree of latitude."""

MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000)


@value
class Tick(Value):
    """A place on a scale, and what is written there."""

    at: float
    text: str


@value
class Label(Value):
    """A text and its place: the left end of its base line."""

    x: float
    y: float
    text: str


@value
class Mark(Value):
    """One figure in a chart. What is `None` the source does not say."""

    estimate: Estimate
    left: float
    right: float
    "The first and the last day that its date can mean."
    low: float | None
    best: float | None
    high: float | None
    label: Label | None
    "`None` where there is no room for one."


@value
class Gap(Value):
    """A stretch of time without a figure."""

    left: float
    right: float
    silence: SilenceRow
    label: Label | None


@value
class Chart(Value):
    """The strength of one force over the time of the subject."""

    side: str
    marks: tuple[Mark, ...]
    gaps: tuple[Gap, ...]
    days: tuple[Tick, ...]
    numbers: tuple[Tick, ...]
    ends: tuple[float, float]
    "Where the time of the subject begins and ends."


@value
class Spot(Value):
    """A place on the map."""

    row: MapRow
    x: float
    y: float
    label: Label | None
    "Its number; `None` where there is no room for it."


@value
class Trail(Value):
    """A line on the map; `path` is written as SVG has the points of a line."""

    name: str
    path: str


@value
class Plan(Value):
    """A map as a drawing."""

    width: int
    height: int
    outline: tuple[Trail, ...]
    routes: tuple[Trail, ...]
    spots: tuple[Spot, ...]
    bar: Tick
    "A round distance, and its length on the drawing."


def strength_chart(dataset: Dataset) -> Chart | None:
    """Return the chart of the first belligerent's whole force; `None` where no figure lies in the time of the subject."""
    subject, side = dataset.metadata.subject, leading_side(dataset)
    if subject.earliest is None or subject.latest is None or side is None:
        return None
    known = readings(dataset, side)
    drawn = [
        item
        for item in known
        if item.date and Period.of(subject).overlaps(item.date) and item.figures
    ]
    if not drawn:
        return None
    scale = _Scale(subject.earliest, subject.latest, max(largest(item) for item in drawn))
    room = _Room(CHART_WIDTH, CHART_FLOOR + 5)  # just above the dates
    return Chart(
        side=dataset.name(side),
        marks=tuple(_marks(drawn, scale, room)),
        gaps=tuple(_gap(silence, scale, room) for silence in silences(known, subject)),
        days=tuple(scale.dates()),
        numbers=tuple(Tick(at=scale.y(figure), text=number(figure)) for figure in scale.figures),
        ends=(scale.x(subject.earliest), scale.x(subject.latest)),
    )


class _Scale:
    """Days to the right and figures upwards, from 0 to a round number."""

    def __init__(self, first: date, last: date, top: int) -> None:
        margin = max(2, (last - first).days // 20)
        self.first, self.last = first, last
        self.start, self.end = first.toordinal() - margin, last.toordinal() + margin
        step = next(
            unit * 10**power
            for power in count()
            for unit in (1, 2, 5)
            if unit * 10**power * 6 >= top
        )
        self.figures = range(0, top + step, step) if top else range(2)

    def x(self, day: date) -> float:
        part = (day.toordinal() - self.start) / (self.end - self.start)
        return round(CHART_LEFT + min(max(part, 0), 1) * (CHART_WIDTH - CHART_LEFT), 1)

    def y(self, figure: int) -> float:
        return round(CHART_FLOOR - figure / self.figures[-1] * (CHART_FLOOR - CHART_TOP), 1)

    def dates(self) -> list[Tick]:
        """Return the first days of months or years; both ends of a time that is too short for them."""
        found = list(self._months())
        return (
            found
            if len(found) > 1
            else [
                Tick(at=self.x(day), text=day_text(day)) for day in sorted({self.first, self.last})
            ]
        )

    def _months(self) -> Iterator[Tick]:
        """Yield the first days of about ten months, or of years; the year is said with the first and with each January."""
        first, last = (
            date.fromordinal(min(max(day, 1), date.max.toordinal()))
            for day in (self.start, self.end)
        )
        begin, end = first.year * 12 + first.month, last.year * 12 + last.month - 1
        step = next((step for step in MONTH_STEPS if end - begin < 10 * step), MONTH_STEPS[-1])
        months = [month for month in range(begin, end + 1) if month % step == 0]
        for month in months:
            day = date(month // 12, month % 12 + 1, 1)
            name, year = day_text(day).split()[1:]
            text = f"{name} {year}" if month == months[0] or day.month == 1 else name
            yield Tick(at=self.x(day), text=year if step >= 12 else text)


def _marks(estimates: Iterable[Estimate], scale: _Scale, room: "_Room") -> Iterator[Mark]:
    """Yield the marks with a label each where one fits, the preferred figures first."""
    shapes = []
    for item in sorted(estimates, key=among_rivals):
        first, last = item.date.order if item.date else (date.min, date.max)
        heights = [
            None if figure is None else scale.y(figure)
            for figure in (item.low, item.best, item.high)
        ]
        given = [height for height in heights if height is not None]
        middle = (scale.x(first) + scale.x(last)) / 2
        room.take(middle - 4, min(given) - 4, 8, max(given) - min(given) + 8)
        shapes.append(
            (item, scale.x(first), scale.x(last), heights, (middle, sum(given) / len(given)))
        )
    for item, left, right, (low, best, high), centre in shapes:
        label = room.label(*centre, figure_text(item.low, item.best, item.high), _BESIDE)
        yield Mark(
            estimate=item, left=left, right=right, low=low, best=best, high=high, label=label
        )


def _gap(silence: SilenceRow, scale: _Scale, room: "_Room") -> Gap:
    left, right = scale.x(silence.after), scale.x(silence.before)
    text = f"no figure, {number(silence.days)} days"
    label = room.label(
        (left + right) / 2,
        CHART_TOP + 20,
        text,
        [(0, down) for down in range(0, CHART_FLOOR - 40, 20)],
    )
    return Gap(left=left, right=right, silence=silence, label=label)


def map_plan(sketch: Sketch, width: int = 760) -> Plan | None:
    """Return the map drawn `width` wide; `None` where nothing has a position."""
    numbered = [row for row in sketch.rows if row.number]
    if not numbered and not sketch.outline:
        return None
    west, south, east, north = sketch.box
    squeeze = cos(radians((south + north) / 2))
    scale = width / ((east - west) * squeeze)
    height = round((north - south) * scale)

    def place(point: Point) -> tuple[float, float]:
        x, y = (point[0] - west) * squeeze * scale, (north - point[1]) * scale
        return round(x, 1), round(y, 1)

    def trail(name: str, points: Sequence[Point]) -> Trail:
        return Trail(name=name, path=" ".join(f"{x:g},{y:g}" for x, y in map(place, points)))

    return Plan(
        width=width,
        height=height,
        outline=tuple(trail("", ring) for ring in sketch.outline),
        routes=tuple(trail(route.name, route.points) for route in sketch.routes),
        spots=tuple(_spots(numbered, place, _Room(width, height, DIGIT_WIDTH))),
        bar=_bar(scale / KILOMETRES, width / 4),
    )


def _bar(unit: float, longest: float) -> Tick:
    """Return the longest round number of kilometres that has room; `unit` is the length of one.

    >>> _bar(0.5, 190).text
    '200 km'
    """
    rounds = (digit * 10**power for power in range(5, -3, -1) for digit in (5, 2, 1))
    kilometres = next((distance for distance in rounds if distance * unit <= longest), 0)
    return Tick(at=round(kilometres * unit, 1), text=f"{kilometres:,g} km")


def _spots(
    rows: Iterable[MapRow], place: Callable[[Point], tuple[float, float]], room: "_Room"
) -> Iterator[Spot]:
    located = [(row, place((row.longitude or 0, row.latitude or 0))) for row in rows]
    for _, (x, y) in located:
        room.take(x - 3, y - 3, 6, 6)
    for position, (row, (x, y)) in enumerate(located):
        label = room.label(x, y, str(row.number), _AROUND) if position < NUMBERED else None
        yield Spot(row=row, x=x, y=y, label=label)


_BESIDE = [(across, down) for down in (0, -6, 6, -12, 12, -22, 22) for across in (8, -8)]
"""Steps from a mark to its label, the best first."""

_AROUND = sorted(
    (
        (across, down)
        for across in range(-40, 41, 4)
        for down in range(-40, 41, 4)
        if abs(across) + abs(down) > 4
    ),
    key=lambda step: (step[0] ** 2 + step[1] ** 2, step),
)


class _Room:
    """A drawing's surface: what is taken stays free of labels.

    Each row of its dots is a number with a bit for each dot, so that asking for room costs the same however much is taken.
    """

    def __init__(self, width: float, height: float, letter: float = LETTER_WIDTH) -> None:
        self.width, self.height, self.letter = width, height, letter
        self.rows: dict[int, int] = {}

    def take(self, x: float, y: float, width: float, height: float) -> None:
        dots = _dots(x, x + width)
        for row in range(floor(y), ceil(y + height)):
            self.rows[row] = self.rows.get(row, 0) | dots

    def label(
        self, x: float, y: float, text: str, steps: Iterable[tuple[float, float]]
    ) -> Label | None:
        """Return a label on the first step from the point at which it is free, and take its place; `None` if there is none."""
        width = len(text) * self.letter
        for across, down in steps:
            left = x + across - (width if across < 0 else 0 if across > 0 else width / 2)
            top = y + down - LETTER_HEIGHT / 2
            if self._free(left, top, left + width, top + LETTER_HEIGHT):
                self.take(left, top, width, LETTER_HEIGHT)
                return Label(x=round(left, 1), y=round(top + LETTER_HEIGHT - 2.5, 1), text=text)
        return None

    def _free(self, left: float, top: float, right: float, bottom: float) -> bool:
        inside = left >= 0 and top >= 0 and right <= self.width and bottom <= self.height
        dots = _dots(left, right)
        return inside and not any(
            self.rows.get(row, 0) & dots for row in range(floor(top), ceil(bottom))
        )


def _dots(left: float, right: float) -> int:
    """Return a number with the bits of the dots from `left` to `right`; none lies left of 0.

    >>> bin(_dots(1.5, 3.5))
    '0b1110'
    """
    return (1 << max(ceil(right), 0)) - (1 << max(floor(left), 0))
