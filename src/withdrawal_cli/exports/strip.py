"""The strip of all events on a true axis of time, as geometry: no markup.

It has two axes one above the other: the time of the subject, with a dot for each event, and the
whole history with a bar for each stretch of it, so that nine months among fifty years can be read.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from withdrawal_cli.dates import Edtf
from withdrawal_cli.exports.axes import TimeAxis
from withdrawal_cli.exports.labels import Label, LabelSpace
from withdrawal_cli.model import Dataset, Event, Phase
from withdrawal_cli.values import Value

WIDTHS = (1100, 720, 360)
"""A drawing for wide screens, for tablets and for phones: letters keep their size."""

NARROW = 500
"""Up to this width there are more lines of labels, and labels are shorter."""

DOT = 7
"""The width of a dot; dots of one day are stacked closer if they would not fit."""
TALLEST = 92
"""Of a stack of dots."""
LABEL_LANES = 7
LANE = 15
"""The height of a line of labels, of a band, and of a line of events that lasted."""
LONG = 31
"""The days beyond which an event is a line: a dot would claim to know when."""
MOST_LINES = 6
BAND = 20
LETTER = 6.7
"""The width of a letter of labels: most are small ones of 12 units."""

Point = tuple[float, float]
"""Across and down."""


class Band(Value):
    """A phase, from left to right; `text` is as much of its title as fits."""

    phase: Phase
    left: float
    width: float
    top: float
    text: str


class KeyMark(Value):
    """A key event: its dot, and its name at the end of a line if there is room."""

    event: Event
    x: float
    y: float
    label: Label | None
    leader: str
    "The line from the dot to its name; empty without one."


class Scale(Value):
    """An axis with its ticks: `left` and `right` are the first and the last of its days."""

    axis: TimeAxis
    y: float
    ticks: tuple[tuple[float, str], ...]


class Context(Value):
    """The whole history, below; `lens` joins the enlarged part to the axis above."""

    scale: Scale
    top: float
    bottom: float
    bars: str
    lens: str
    "The part that is drawn large, and lines that join the two."
    bands: tuple[Band, ...]


class Strip(Value):
    """The whole drawing in one width. Paths are in SVG."""

    width: int
    height: float
    focus: Scale
    stack_top: float
    dots: str
    "A line through each stack of events that are not key, to be dotted, from the bottom up."
    dot_step: float
    dot_size: float
    lines: str
    "What lasted, or may lie anywhere in more than a month."
    keys: tuple[KeyMark, ...]
    bands: tuple[Band, ...]
    context: Context | None
    "`None` if the subject is the whole history."
    before: int
    after: int
    "The events that lie before the first day of the lower axis, and after its last."


def draw_strip(dataset: Dataset, events: Sequence[Event], width: int) -> Strip | None:
    """Return the strip of the events, given in order of date; `None` if nothing is dated."""
    known = [event for event in events if event.date.earliest or event.date.latest]
    whole = _whole(dataset, known)
    if not known or whole is None:
        return None
    near = _focus(dataset.metadata.subject, whole)
    focus = TimeAxis(*near, left=2, right=width - 2)
    inside = [event for event in known if _meets(event.date, *near)]
    stacks = _Stacks([event for event in inside if not _is_long(event.date)], focus)
    # what lasted all the time that is shown would be a line from end to end, and say nothing
    long = [
        event
        for event in inside
        if _is_long(event.date) and (event.importance == "key" or not _covers(event.date, *near))
    ]
    lanes = LABEL_LANES if width > NARROW else LABEL_LANES + 2
    bands, band_height = _bands(dataset.phases, focus, top=0)
    top = band_height + 6
    base = top + lanes * LANE + stacks.height + 4
    line_path, line_ends, line_height = _lines(long, focus, base + 20)
    # the names nearest to the beginning and the end are placed first: much happens there
    turns = [focus.x(day.toordinal()) for day in dataset.metadata.subject.order]
    space = LabelSpace(width, top + lanes * LANE, LETTER)
    spots = stacks.spots(base) | line_ends
    key = [event for event in inside if event.importance == "key"]
    bottom = base + 20 + line_height
    context = _context(dataset.phases, known, whole, focus, bottom) if whole != near else None
    return Strip(
        width=width,
        height=round((context.bottom if context else bottom) + 2, 1),
        focus=Scale(axis=focus, y=base, ticks=tuple(focus.ticks(width // 70))),
        stack_top=top,
        dots=stacks.path(base),
        dot_step=stacks.step,
        dot_size=round(max(stacks.step - 1, 1.5), 1),
        lines=line_path,
        keys=_key_marks(key, spots, turns, space, top),
        bands=tuple(bands),
        context=context,
        before=sum(not _meets(event.date, whole[0], date.max.toordinal()) for event in known),
        after=sum(not _meets(event.date, 1, whole[1]) for event in known),
    )


class _Stacks:
    """The dots of events, stacked in columns, the key ones at the bottom."""

    def __init__(self, events: Sequence[Event], axis: TimeAxis) -> None:
        self.events = sorted(events, key=lambda event: event.importance != "key")
        self.columns = [int(axis.x(_middle(event.date)) // DOT) for event in self.events]
        self.counts = Counter(self.columns)
        tallest = max(self.counts.values(), default=1)
        self.step = round(min(DOT, TALLEST / tallest), 2)
        self.height = max(40.0, tallest * self.step)

    def spots(self, base: float) -> dict[str, Point]:
        """Return where the dot of each event is, by id."""
        below: Counter[int] = Counter()
        spots = {}
        for event, column in zip(self.events, self.columns, strict=True):
            below[column] += 1
            y = base - (below[column] - 0.5) * self.step - 2
            spots[event.id] = (round((column + 0.5) * DOT, 1), round(y, 1))
        return spots

    def path(self, base: float) -> str:
        """Return a line through the dots of each column that are not key."""
        events = zip(self.events, self.columns, strict=True)
        key = Counter(column for event, column in events if event.importance == "key")
        return "".join(
            f"M{(column + 0.5) * DOT:g} {base - (key[column] + 0.5) * self.step - 2:.5g}"
            # a little more than the distance, so that the last dot is drawn
            f"v{-(count - key[column] - 1) * self.step - 0.1:.5g}"
            for column, count in sorted(self.counts.items())
            if count > key[column]
        )


def _key_marks(
    events: Sequence[Event],
    spots: Mapping[str, Point],
    turns: Sequence[float],
    space: LabelSpace,
    top: float,
) -> tuple[KeyMark, ...]:
    """Return the key events with their names from `top` down, those nearest to `turns` first."""

    def away(event: Event) -> float:
        return min(abs(spots[event.id][0] - turn) for turn in turns)

    labels = {
        event.id: _label(space, event.title, spots[event.id][0], top)
        for event in sorted(events, key=away)
    }
    marks = []
    for event in events:
        (x, y), label = spots[event.id], labels[event.id]
        leader = f"M{x:g} {label.y + 3:g}V{y:g}" if label else ""
        marks.append(KeyMark(event=event, x=x, y=y, label=label, leader=leader))
    return tuple(marks)


def _context(
    phases: Sequence[Phase],
    events: Sequence[Event],
    whole: tuple[int, int],
    focus: TimeAxis,
    above: float,
) -> Context:
    """Return the axis of the whole history, below what ends at the height `above`."""
    axis = TimeAxis(*whole, left=focus.left, right=focus.right)
    top = above + 26
    floor = top + 44
    low, high = axis.x_of(focus.first), axis.x_of(focus.last)
    lens = f"M{focus.left:g} {above + 4:g}L{low:g} {top:g}V{floor:g}H{high:g}V{top:g}"
    bands, height = _bands(phases, axis, top=floor + 20)
    return Context(
        scale=Scale(axis=axis, y=floor, ticks=tuple(axis.ticks(int(focus.right + 2) // 70))),
        top=top,
        bottom=floor + 22 + height,
        bars=_bars(events, axis, floor),
        lens=f"{lens}L{focus.right:g} {above + 4:g}",
        bands=tuple(bands),
    )


def _whole(dataset: Dataset, events: Iterable[Event]) -> tuple[int, int] | None:
    """Return the first and the last day, as ordinals, of the subject and the phases.

    Those of the events only if neither has a day: a few events lie decades from the rest, and would
    leave no room for it.
    """
    framing = [dataset.metadata.subject, *(phase.date for phase in dataset.phases)]
    days = [day for when in framing for day in (when.earliest, when.latest) if day]
    events_days = [day for event in events for day in (event.date.earliest, event.date.latest)]
    if not any(event.date.order[0] <= max(days, default=date.min) for event in events):
        days = []
    days = days or [day for day in events_days if day]
    if not days:
        return None
    first, last = min(days).toordinal(), max(days).toordinal()
    return first, max(last, first + 1)


def _focus(subject: Edtf, whole: tuple[int, int]) -> tuple[int, int]:
    """Return the days of the subject with an eighth of them on both sides.

    The whole if these would be most of it, or have an open end.
    """
    if subject.earliest is None or subject.latest is None:
        return whole
    first, last = subject.earliest.toordinal(), subject.latest.toordinal()
    margin = max((last - first) // 8, 3)
    near = max(first - margin, whole[0]), min(last + margin, whole[1])
    too_wide = 3 * (near[1] - near[0]) > 2 * (whole[1] - whole[0])
    return whole if too_wide or near[1] <= near[0] else near


def _meets(when: Edtf, first: int, last: int) -> bool:
    earliest, latest = when.order
    return earliest.toordinal() <= last and latest.toordinal() >= first


def _covers(when: Edtf, first: int, last: int) -> bool:
    earliest, latest = when.order
    return earliest.toordinal() <= first and latest.toordinal() >= last


def _is_long(when: Edtf) -> bool:
    return when.span is None or when.span > LONG


def _middle(when: Edtf) -> int:
    first, last = when.order
    return (first.toordinal() + last.toordinal()) // 2


def _bands(phases: Sequence[Phase], axis: TimeAxis, top: float) -> tuple[list[Band], float]:
    """Return the phases as bands, one that begins inside another below it, and their height."""
    ends: list[float] = []
    bands: list[Band] = []
    for phase in sorted(phases, key=lambda phase: (phase.date.order[0], -_length(phase.date))):
        first, last = (day.toordinal() for day in phase.date.order)
        left, right = axis.x_of(first), axis.x_of(last + 1)
        if right - left < 1 or len(bands) >= 40:
            continue
        # neighbours may share a day
        lane = next((n for n, end in enumerate(ends[:3]) if end <= left + 4), len(ends))
        if lane > 2:
            continue
        ends[lane : lane + 1] = [right]
        room = int((right - left - 8) / LETTER)
        text = phase.title if len(phase.title) <= room else phase.title[: max(room - 1, 0)] + "…"
        bands.append(
            Band(
                phase=phase,
                left=left,
                width=round(right - left - 1, 1),
                top=top + lane * (BAND + 2),
                text=text if room >= 6 else "",
            )
        )
    return bands, len(ends) * (BAND + 2)


def _length(when: Edtf) -> int:
    first, last = when.order
    return (last - first).days


def _lines(
    events: Sequence[Event], axis: TimeAxis, top: float
) -> tuple[str, dict[str, Point], float]:
    """Return a line for each event that lasted, where each has its mark by id, and their height.

    The mark is in the middle; if the line is cut off, at its beginning, because its middle may be
    years from that of the event. Beyond MOST_LINES, lines overlap.
    """
    ends: list[float] = []
    path, marks = [], {}
    for event in events:
        first, last = (day.toordinal() for day in event.date.order)
        left, right = axis.x_of(first), max(axis.x_of(last), axis.x_of(first) + 3)
        free = next((n for n, end in enumerate(ends) if end < left), len(ends))
        lane = min(free, MOST_LINES - 1)
        ends[lane : lane + 1] = [max(right, ends[lane]) if free > lane else right]
        y = round(top + 4 + lane * 5, 1)
        path.append(f"M{left:g} {y:g}H{right:g}")
        is_cut = first < axis.first or last > axis.last
        marks[event.id] = (max(left, DOT) if is_cut else round((left + right) / 2, 1), y)
    return "".join(path), marks, len(ends) * 5 + 4 if ends else 0


def _label(space: LabelSpace, title: str, x: float, top: float) -> Label | None:
    """Return the name of a key event in the highest line that has room for it, whole or cut."""
    most = 46 if space.width > NARROW else 32
    heights = range(0, int(space.height - top), LANE)
    steps = [(across, height) for height in heights for across in (4, -4)]
    whole = space.place(x, top + LANE / 2, title, steps) if len(title) < 1.5 * most else None
    if whole or len(title) <= most:
        return whole
    return space.place(x, top + LANE / 2, f"{title[: most - 1].rstrip()}…", steps)


def _bars(events: Sequence[Event], axis: TimeAxis, floor: float) -> str:
    """Return how many events begin in each stretch of the axis, as bars up to 40 high."""
    counts = Counter(
        int(axis.x(_middle(event.date)) // 4)
        for event in events
        if _meets(event.date, axis.first, axis.last)
    )
    most = max(counts.values(), default=1)
    return "".join(
        f"M{column * 4 + 2} {floor:g}v{-max(40 * count / most, 1.5):.1f}"
        for column, count in sorted(counts.items())
    )
