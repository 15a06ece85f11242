"""Axes of drawings: days to the right, and round numbers upwards."""

from collections.abc import Iterator
from datetime import date
from itertools import count

from withdrawal_cli.dates import day_text

MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000)
"""The possible distances between the ticks of an axis, in months."""


class TimeAxis:
    """Days, as ordinals, from `left` to `right`."""

    def __init__(self, first: int, last: int, left: float, right: float) -> None:
        # a margin may reach beyond the first or the last day that Python knows
        self.first, self.last = max(first, 1), min(last, date.max.toordinal())
        self.left, self.right = left, right

    def x(self, day: float) -> float:
        """Return the position of a day; a day outside the axis is at its end."""
        part = (day - self.first) / max(self.last - self.first, 1)
        return self.left + min(max(part, 0), 1) * (self.right - self.left)

    def x_of(self, day: float) -> float:
        return round(self.x(day), 1)

    def ticks(self, most: int) -> Iterator[tuple[float, str]]:
        """Yield the first days of at most about `most` months or years, with their names.

        The first of them and each January carry their year. An axis with fewer than two ticks has
        its first and its last day instead.
        """
        first, last = date.fromordinal(self.first), date.fromordinal(self.last)
        begin, end = first.year * 12 + first.month - (first.day == 1), last.year * 12 + last.month
        step = next((step for step in MONTH_STEPS if end - begin <= most * step), MONTH_STEPS[-1])
        months = [month for month in range(begin, end) if month % step == 0]
        if len(months) < 2:
            for end in sorted({self.first, self.last}):
                yield self.x_of(end), day_text(date.fromordinal(end))
            return
        for month in months:
            day = date(month // 12, month % 12 + 1, 1)
            name, year = day_text(day).split(" ", 2)[1:]
            text = f"{name} {year}" if month == months[0] or day.month == 1 else name
            yield self.x_of(day.toordinal()), year if step >= 12 else text


def round_scale(largest: int) -> range:
    """Return round numbers from 0 to the first that is not below `largest`, at most seven."""
    steps = (digit * 10**power for power in count() for digit in (1, 2, 5))
    step = next(step for step in steps if step * 6 >= largest)
    return range(0, largest + step, step) if largest else range(2)
