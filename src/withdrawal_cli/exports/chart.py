"""The chart of strength over time, as geometry: where each mark, tick and label is. No markup."""

from collections.abc import Sequence
from datetime import date

from withdrawal_cli.dates import Period
from withdrawal_cli.exports.axes import TimeAxis, round_scale
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
from withdrawal_cli.values import Value
from withdrawal_cli.wording import figure_text, number

SIZES = {"landscape": (720, 350), "portrait": (360, 440)}
"""Width and height, for wide screens and for phones: letters keep their size."""
LEFT, TOP, BELOW = 56, 16, 28
"""The room left of the plot for the scale, above it, and below it for the dates."""

BESIDE_A_MARK = [(across, down) for down in (0, -6, 6, -12, 12, -22, 22) for across in (8, -8)]
"""Steps from a mark to its label, the best first."""


NEAR, SAME_HEIGHT = 12, 2
"""Two marks nearer than this across compete for a label, unless they are at the same height."""


class Tick(Value):
    """A position on an axis, and what is written there."""

    at: float
    text: str


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


class Gap(Value):
    """A stretch of time without a figure."""

    left: float
    right: float
    silence: SilenceRow
    label: Label | None


class Chart(Value):
    """The strength of one force over the time of the subject."""

    side: str
    "Its name."
    marks: tuple[tuple[Mark, Label | None], ...]
    "Each with its label, or `None` if there is no room for one."
    gaps: tuple[Gap, ...]
    date_ticks: tuple[Tick, ...]
    figure_ticks: tuple[Tick, ...]
    bounds: tuple[float, float]
    "Where the time of the subject begins and ends."
    width: int
    height: int
    bottom: int
    "Where the plot ends and the dates begin."
    left: int = LEFT
    top: int = TOP


def strength_chart(dataset: Dataset, shape: str = "landscape") -> Chart | None:
    """Return the chart of the first belligerent's whole force in one of SIZES.

    `None` if no figure lies in the time of the subject.
    """
    subject, side = dataset.metadata.subject, leading_side(dataset)
    if subject.earliest is None or subject.latest is None or side is None:
        return None
    known = readings(dataset, side)
    time = Period.of(subject)
    drawn = [item for item in known if item.date and time.overlaps(item.date) and item.figures]
    if not drawn:
        return None
    width, height = SIZES[shape]
    floor = height - BELOW
    axes = Axes(time, max(map(largest, drawn)), width, floor)
    space = LabelSpace(width, floor + 5)  # just above the dates
    space.take(0, 0, LEFT, height)  # the scale's own
    # preferred figures come first, so that they have a label if not all can
    marks = [axes.mark(item) for item in sorted(drawn, key=among_rivals)]
    for mark in marks:
        top, bottom = min(mark.heights), max(mark.heights)
        space.take(mark.middle - 4, top - 4, 8, bottom - top + 8)
    labels = []
    for mark in marks:
        item, centre = mark.estimate, sum(mark.heights) / len(mark.heights)
        text = figure_text(item.low, item.best, item.high)
        steps = [step for step in BESIDE_A_MARK if _is_clear(mark, centre + step[1], marks)]
        labels.append(space.place(mark.middle, centre, text, steps))
    gaps = []
    for silence in silences(known, subject):
        left, right = axes.x(silence.after), axes.x(silence.before)
        text = f"no figure: {number(silence.days)} days"
        steps = [(0, down) for down in range(0, floor - 40, 20)]
        label = space.place((left + right) / 2, TOP + 20, text, steps)
        gaps.append(Gap(left=left, right=right, silence=silence, label=label))
    return Chart(
        side=dataset.name(side),
        marks=tuple(zip(marks, labels, strict=True)),
        gaps=tuple(gaps),
        date_ticks=tuple(Tick(at=at, text=text) for at, text in axes.time.ticks(width // 62)),
        figure_ticks=tuple(Tick(at=axes.y(figure), text=number(figure)) for figure in axes.figures),
        bounds=(axes.x(subject.earliest), axes.x(subject.latest)),
        width=width,
        height=height,
        bottom=floor,
    )


def _is_clear(mark: Mark, height: float, marks: Sequence[Mark]) -> bool:
    """Whether a label at this height clearly belongs to its mark, not to one above or below."""

    def distance(other: Mark) -> float:
        return max(min(other.heights) - height, height - max(other.heights), 0)

    near = (other for other in marks if abs(other.middle - mark.middle) < NEAR)
    return all(
        distance(mark) < distance(other)
        # two on top of each other look like one
        or all(abs(end(other.heights) - end(mark.heights)) < SAME_HEIGHT for end in (min, max))
        for other in near
    )


class Axes:
    """Days to the right and figures upwards, from 0 to a round number."""

    def __init__(self, subject: Period, largest_figure: int, width: int, floor: int) -> None:
        first, last = (day.toordinal() if day else 1 for day in (subject.start, subject.end))
        margin = max(2, (last - first) // 20)
        self.time = TimeAxis(first - margin, last + margin, LEFT, width)
        self.figures = round_scale(largest_figure)
        self.floor = floor

    def x(self, day: date) -> float:
        return self.time.x_of(day.toordinal())

    def y(self, figure: int) -> float:
        return round(self.floor - figure / self.figures[-1] * (self.floor - TOP), 1)

    def mark(self, estimate: Estimate) -> Mark:
        first, last = estimate.date.order if estimate.date else (date.min, date.max)
        low, best, high = (
            None if figure is None else self.y(figure)
            for figure in (estimate.low, estimate.best, estimate.high)
        )
        left, right = self.x(first), self.x(last)
        return Mark(estimate=estimate, left=left, right=right, low=low, best=best, high=high)
