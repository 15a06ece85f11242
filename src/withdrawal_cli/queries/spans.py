"""Stretches of days: which of many meet another, or lie in it, without looking at each."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from datetime import date

from withdrawal_cli.dates import Edtf, Period

FOR_EVER = date.max.toordinal() + 1

Span = tuple[int, int]
"""The first and the last day as ordinals; 0 and FOR_EVER if an end is open."""


def span_of(start: date | None, end: date | None) -> Span:
    return start.toordinal() if start else 0, end.toordinal() if end else FOR_EVER


class Spans:
    """Dates to search; answers are their indexes in the order given."""

    def __init__(self, dates: Iterable[Edtf]) -> None:
        spans = [span_of(when.earliest, when.latest) for when in dates]
        # [first, last] meets [start, end] if first <= end and last >= start. It lies inside if
        # -first <= -start and -last >= -end: the same question about the negated pairs.
        self._meeting = _Corner(spans)
        self._inside = _Corner([(-first, -last) for first, last in spans])

    def meeting(self, period: Period) -> list[int]:
        """Return the indexes of the dates that `Period.overlaps`."""
        start, end = span_of(period.start, period.end)
        return self._meeting.find(end, start)

    def inside(self, period: Period) -> list[int]:
        """Return the indexes of the dates that `Period.contains`, whatever they mean."""
        start, end = span_of(period.start, period.end)
        return self._inside.find(-start, -end)


class _Corner:
    """Finds the pairs of numbers whose first is at most `a` and whose second is at least `b`.

    A priority search tree: sorted by the first, under a heap of the largest second, so that each
    answer costs log n. See https://en.wikipedia.org/wiki/Priority_search_tree.
    """

    def __init__(self, pairs: Sequence[Span]) -> None:
        self.order = sorted(range(len(pairs)), key=pairs.__getitem__)
        self.firsts = [pairs[index][0] for index in self.order]
        self.size = 1 << max(len(pairs) - 1, 0).bit_length()
        padding = [-FOR_EVER - 1] * self.size  # lower than any day, also a negated one
        self.tops = padding + [pairs[index][1] for index in self.order] + padding
        for node in range(self.size - 1, 0, -1):
            self.tops[node] = max(self.tops[2 * node], self.tops[2 * node + 1])

    def find(self, a: int, b: int) -> list[int]:
        """Return the indexes of the pairs, from the lowest."""
        count = bisect_right(self.firsts, a)
        found = []
        nodes = [(1, 0, self.size)]  # each with its first leaf, and how many leaves it has
        while nodes:
            node, start, leaves = nodes.pop()
            if start >= count or self.tops[node] < b:
                continue
            if leaves == 1:
                found.append(self.order[start])
            else:
                half = leaves // 2
                nodes += [(2 * node, start, half), (2 * node + 1, start + half, half)]
        return sorted(found)


def count_meeting(dates: Iterable[Edtf], periods: Iterable[Period]) -> list[int]:
    """Return how many of the dates can have a day in each of the periods."""
    spans = [span_of(when.earliest, when.latest) for when in dates]
    firsts, lasts = sorted(first for first, _ in spans), sorted(last for _, last in spans)
    # Those that have begun by the end, without those that are over before the start.
    asked = [span_of(period.start, period.end) for period in periods]
    return [bisect_right(firsts, end) - bisect_left(lasts, start) for start, end in asked]


def count_inside(dates: Iterable[Edtf], periods: Iterable[Period]) -> list[int]:
    """Return how many of the dates lie in each of the periods, whatever they mean."""
    waiting = sorted(span_of(when.earliest, when.latest) for when in dates)
    asked = [span_of(period.start, period.end) for period in periods]
    counts = [0] * len(asked)
    lasts: list[int] = []  # of the dates that begin on or after the start, sorted
    for index in sorted(range(len(asked)), key=asked.__getitem__, reverse=True):
        start, end = asked[index]
        while waiting and waiting[-1][0] >= start:
            insort(lasts, waiting.pop()[1])
        counts[index] = bisect_right(lasts, end)
    return counts
