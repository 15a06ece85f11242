"""Stretches of days, asked which of them meet another or lie in it, without a look at each."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from datetime import date

from withdrawal_cli.dates import Edtf, Period

FOR_EVER = date.max.toordinal() + 1

Span = tuple[int, int]
"""The first and the last day as ordinals; 0 and FOR_EVER where an end is open."""


def span_of(start: date | None, end: date | None) -> Span:
    return start.toordinal() if start else 0, end.toordinal() if end else FOR_EVER


class Spans:
    """The dates of records, known by their places in the list that is given."""

    def __init__(self, dates: Iterable[Edtf]) -> None:
        spans = [span_of(when.earliest, when.latest) for when in dates]
        self._meeting = _Corner(spans)
        self._inside = _Corner([(-first, -last) for first, last in spans])

    def meeting(self, period: Period) -> list[int]:
        """Return the places of the dates that can have a day in the period, as `Period.overlaps`."""
        return self._meeting.find(*reversed(span_of(period.start, period.end)))

    def inside(self, period: Period) -> list[int]:
        """Return the places of the dates that lie in the period whatever they mean, as `Period.contains`."""
        first, last = span_of(period.start, period.end)
        return self._inside.find(-first, -last)


class _Corner:
    """Pairs of numbers, asked for those with a first of at most `a` and a second of at least `b`.

    Sorted by the first, under a tree of the largest second: what is found costs log n each, and what is not found little.
    """

    def __init__(self, pairs: Sequence[Span]) -> None:
        self.order = sorted(range(len(pairs)), key=lambda place: pairs[place])
        self.firsts = [pairs[place][0] for place in self.order]
        self.size = 1 << max(len(pairs) - 1, 0).bit_length()
        lowest = -FOR_EVER - 1
        self.tops = [lowest] * self.size + [pairs[place][1] for place in self.order]
        self.tops += [lowest] * (2 * self.size - len(self.tops))
        for node in range(self.size - 1, 0, -1):
            self.tops[node] = max(self.tops[2 * node], self.tops[2 * node + 1])

    def find(self, a: int, b: int) -> list[int]:
        """Return the places of the pairs, in the order in which they were given."""
        count = bisect_right(self.firsts, a)
        found = []
        open_nodes = [
            (1, 0, self.size)
        ]  # a node, the first of the leaves below it, and how many they are
        while open_nodes:
            node, start, leaves = open_nodes.pop()
            if start >= count or self.tops[node] < b:
                continue
            if leaves == 1:
                found.append(self.order[start])
            else:
                half = leaves // 2
                open_nodes += [(2 * node, start, half), (2 * node + 1, start + half, half)]
        return sorted(found)


def count_meeting(dates: Iterable[Edtf], periods: Iterable[Period]) -> list[int]:
    """Return how many of the dates can have a day in each of the periods."""
    spans = [span_of(when.earliest, when.latest) for when in dates]
    firsts, lasts = sorted(first for first, _ in spans), sorted(last for _, last in spans)
    asked = [span_of(period.start, period.end) for period in periods]
    return [bisect_right(firsts, end) - bisect_left(lasts, start) for start, end in asked]


def count_inside(dates: Iterable[Edtf], periods: Iterable[Period]) -> list[int]:
    """Return how many of the dates lie in each of the periods, whatever they mean."""
    waiting = sorted(span_of(when.earliest, when.latest) for when in dates)
    asked = [span_of(period.start, period.end) for period in periods]
    counts = [0] * len(asked)
    lasts: list[int] = []
    for place in sorted(range(len(asked)), key=lambda place: asked[place], reverse=True):
        start, end = asked[place]
        while waiting and waiting[-1][0] >= start:
            insort(lasts, waiting.pop()[1])
        counts[place] = bisect_right(lasts, end)
    return counts
