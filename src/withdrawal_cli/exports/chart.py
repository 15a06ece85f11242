"""The chart of strength over time, as geometry: where each mark, tick and label is. No markup."""

from datetime import date
from itertools import count

from withdrawal_cli.dates import Period, day_text
from withdrawal_cli.exports.labels import Label, LabelSpace
from withdrawal_cli.model import Dataset, Estimate
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

WIDTH, HEIGHT = 640, 350
LEFT, TOP, BOTTOM = 62, 16, 322
"""The plot, between the scale at its left and the dates below it."""

MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000)
"""The months between two dates of the axis."""

BESIDE_A_MARK = [(across, down) for down in (0, -6, 6, -12, 12, -22, 22) for across in (8, -8)]
"""Steps from a mark to its label, the best first."""


@value
class Tick(Value):
    """A position on an axis, and what is written there."""

    at: float
    text: str


@value
class Mark(Value):
    """One figure. `low`, `best` and `high` are heights; `None` where the source gives none."""

    estimate: Estimate
    left: float
    right: float
    "The first and the last day that its date can mean."
    low: float | None
    best: float | None
    high: float | None

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def heights(self) -> list[float]:
        return [height for height in (self.low, self.best, self.high) if height is not None]

    @property
    def is_certain(self) -> bool:
        """Whether neither the number nor the date is in doubt."""
        when = self.estimate.date
        dated = when is not None and not when.approximate and not when.uncertain
        return dated and self.estimate.certainty == "certain"


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
    "Its name."
    marks: tuple[tuple[Mark, Label | None], ...]
    "Each with its label, or `None` where there is no room for one."
    gaps: tuple[Gap, ...]
    date_ticks: tuple[Tick, ...]
    figure_ticks: tuple[Tick, ...]
    bounds: tuple[float, float]
    "Where the time of the subject begins and ends."
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    top: int = TOP
    bottom: int = BOTTOM


def strength_chart(dataset: Dataset) -> Chart | None:
    """Return the chart of the first belligerent's whole force.

    `None` where no figure lies in the time of the subject.
    """
    subject, side = dataset.metadata.subject, leading_side(dataset)
    if subject.earliest is None or subject.latest is None or side is None:
        return None
    known = readings(dataset, side)
    time = Period.of(subject)
    drawn = [item for item in known if item.date and time.overlaps(item.date) and item.figures]
    if not drawn:
        return None
    axes = Axes(subject.earliest, subject.latest, max(map(largest, drawn)))
    space = LabelSpace(WIDTH, BOTTOM + 5)  # just above the dates
    # the preferred figures come first, so that they get a label where not all can have one
    marks = [axes.mark(item) for item in sorted(drawn, key=among_rivals)]
    for mark in marks:
        top, bottom = min(mark.heights), max(mark.heights)
        space.take(mark.middle - 4, top - 4, 8, bottom - top + 8)
    labels = []
    for mark in marks:
        item, centre = mark.estimate, sum(mark.heights) / len(mark.heights)
        text = figure_text(item.low, item.best, item.high)
        labels.append(space.place(mark.middle, centre, text, BESIDE_A_MARK))
    gaps = []
    for silence in silences(known, subject):
        left, right = axes.x(silence.after), axes.x(silence.before)
        text = f"no figure, {number(silence.days)} days"
        steps = [(0, down) for down in range(0, BOTTOM - 40, 20)]
        label = space.place((left + right) / 2, TOP + 20, text, steps)
        gaps.append(Gap(left=left, right=right, silence=silence, label=label))
    return Chart(
        side=dataset.name(side),
        marks=tuple(zip(marks, labels, strict=True)),
        gaps=tuple(gaps),
        date_ticks=tuple(axes.date_ticks()),
        figure_ticks=tuple(Tick(at=axes.y(figure), text=number(figure)) for figure in axes.figures),
        bounds=(axes.x(subject.earliest), axes.x(subject.latest)),
    )


class Axes:
    """Days to the right and figures upwards, from 0 to a round number."""

    def __init__(self, first: date, last: date, largest_figure: int) -> None:
        margin = max(2, (last - first).days // 20)
        self.first, self.last = first, last
        self.start, self.end = first.toordinal() - margin, last.toordinal() + margin
        steps = (digit * 10**power for power in count() for digit in (1, 2, 5))
        step = next(step for step in steps if step * 6 >= largest_figure)
        self.figures = range(0, largest_figure + step, step) if largest_figure else range(2)

    def x(self, day: date) -> float:
        part = (day.toordinal() - self.start) / (self.end - self.start)
        return round(LEFT + min(max(part, 0), 1) * (WIDTH - LEFT), 1)

    def y(self, figure: int) -> float:
        return round(BOTTOM - figure / self.figures[-1] * (BOTTOM - TOP), 1)

    def mark(self, estimate: Estimate) -> Mark:
        first, last = estimate.date.order if estimate.date else (date.min, date.max)
        low, best, high = (
            None if figure is None else self.y(figure)
            for figure in (estimate.low, estimate.best, estimate.high)
        )
        left, right = self.x(first), self.x(last)
        return Mark(estimate=estimate, left=left, right=right, low=low, best=best, high=high)

    def date_ticks(self) -> list[Tick]:
        """Return the first days of about ten months or years.

        The first of them and each January carry their year. A time in which no two months begin has
        its first and its last day.
        """
        # the margin may reach beyond the first or the last day that Python knows
        first, last = (
            date.fromordinal(min(max(day, 1), date.max.toordinal()))
            for day in (self.start, self.end)
        )
        begin, end = first.year * 12 + first.month, last.year * 12 + last.month - 1
        step = next((step for step in MONTH_STEPS if end - begin < 10 * step), MONTH_STEPS[-1])
        months = [month for month in range(begin, end + 1) if month % step == 0]
        if len(months) < 2:
            days = sorted({self.first, self.last})
            return [Tick(at=self.x(day), text=day_text(day)) for day in days]
        ticks = []
        for month in months:
            day = date(month // 12, month % 12 + 1, 1)
            name, year = day_text(day).split()[1:]
            text = f"{name} {year}" if month == months[0] or day.month == 1 else name
            ticks.append(Tick(at=self.x(day), text=year if step >= 12 else text))
        return ticks
