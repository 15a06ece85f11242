"""What happened, in order, under phase headings."""

from collections.abc import Sequence

from withdrawal_cli.dates import Edtf, Period
from withdrawal_cli.model import Dataset, Event, Phase
from withdrawal_cli.queries.select import Filters, resolve_periods, select_events
from withdrawal_cli.values import Value, value


@value
class Chapter(Value):
    """A run of events under one heading."""

    phase: Phase | None
    "`None` for events outside every phase."
    continued: bool
    "Whether the heading has been there before."
    events: tuple[Event, ...]


@value
class Timeline(Value):
    events: tuple[Event, ...]
    chapters: tuple[Chapter, ...]
    total: int
    "The events of the file."
    defaulted: bool
    "Whether only key events are shown because nothing was asked for."
    asked: Sequence[Period] | None
    "The time asked for, as it was resolved; `None` for no time, and empty when no day is in all that was asked for."


def summarize_timeline(dataset: Dataset, filters: Filters, *, reverse: bool = False, limit: int | None = None) -> Timeline:
    """Return the events that pass, in order (or in reverse), under the phase that each begins in."""
    chosen = select_events(dataset, filters)
    if reverse:
        chosen.reverse()
    chosen = chosen[:limit]
    defaulted = not filters.any and any(event.importance == "key" for event in chosen)
    return Timeline(
        events=tuple(chosen),
        chapters=tuple(_chapters(dataset, chosen)),
        total=len(dataset.events),
        defaulted=defaulted,
        asked=resolve_periods(dataset, filters),
    )


def heading_phase(dataset: Dataset, when: Edtf) -> Phase | None:
    """Return the shortest phase that the first possible day of a date falls in, so that a phase within a phase is seen."""
    day = when.earliest or when.latest
    around = [phase for phase in dataset.phases if day and phase.date.order[0] <= day <= phase.date.order[1]]
    return min(around, key=lambda phase: phase.date.span or float("inf"), default=None)


def _chapters(dataset: Dataset, events: list[Event]) -> list[Chapter]:
    groups: list[tuple[Phase | None, list[Event]]] = []
    for event in events:
        phase = heading_phase(dataset, event.date)
        if not groups or groups[-1][0] is not phase:
            groups.append((phase, []))
        groups[-1][1].append(event)
    seen: set[str | None] = set()
    chapters = []
    for phase, members in groups:
        key = phase.id if phase else None
        chapters.append(Chapter(phase=phase, continued=key in seen, events=tuple(members)))
        seen.add(key)
    return chapters
