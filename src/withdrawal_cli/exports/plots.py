"""The rival figures of a dispute on one scale, as geometry: no markup."""

from collections.abc import Mapping
from math import floor, log10

from withdrawal_cli.queries.disputes import Disagreement
from withdrawal_cli.values import Value
from withdrawal_cli.wording import number

STUB = 7
"""The length of a mark for a figure that is open at one end, in hundredths of the scale."""


class Bar(Value):
    """One figure, in hundredths of the scale."""

    range: tuple[float, float] | None
    "From the low to the high figure; `None` if there is only one."
    dot: float | None
    "The best figure; `None` if the source gives none."
    is_open: bool
    "Whether it is only `at least` or `up to`: the range then ends where the mark does."


class Plot(Value):
    """The figures of one unit."""

    bars: Mapping[str, Bar]
    "By id of the estimate; those in another unit are not drawn."
    first: str
    last: str
    "The ends of the scale."


def draw_plot(question: Disagreement) -> Plot | None:
    """Return the figures that compare; `None` if no two of them differ."""
    spread = question.spread
    if spread.low is None or spread.high is None or spread.low == spread.high:
        return None
    start = (
        0 if 2 * spread.low <= spread.high else _round_below(spread.low, spread.high - spread.low)
    )

    def at(figure: int) -> float:
        # 1 to 99, not 0 to 100: a dot has a width
        return round(1 + 98 * (figure - start) / (spread.high - start), 1)  # type: ignore[operator]

    bars = {}
    for item in question.estimates:
        if item.unit != spread.unit or not item.figures:
            continue
        ends = [at(figure) for figure in item.figures]
        left, right = ends[0], ends[-1]
        dot = at(item.best) if item.best is not None else None
        span = (left, right) if right > left else None
        is_open = dot is None and (item.high is None or item.low is None)
        if is_open:
            stub = (left, left + STUB) if item.high is None else (left - STUB, left)
            span = (max(round(stub[0], 1), 0), min(round(stub[1], 1), 100))
        bars[item.id] = Bar(range=span, dot=dot, is_open=is_open)
    return Plot(bars=bars, first=number(start), last=number(spread.high))


def _round_below(low: int, difference: int) -> int:
    """Return a round number a little below `low`.

    >>> _round_below(100_283, 19_717)
    100000
    """
    step: int = 10 ** floor(log10(max(difference // 4, 1)))
    return (low - max(difference // 100, 1)) // step * step
