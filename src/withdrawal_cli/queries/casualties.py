"""Every casualty figure, rivals together, the preferred one first."""

from collections.abc import Callable, Mapping, Sequence

from withdrawal_cli.dates import Period
from withdrawal_cli.model import CASUALTIES, CERTAINTIES, RANKS, Dataset, Dispute, Estimate
from withdrawal_cli.queries.filters import Choice, Filters
from withdrawal_cli.queries.rows import sources_of
from withdrawal_cli.values import Value, value


@value
class Rivals(Value):
    """Figures that answer one question, or a figure that stands alone."""

    dispute: Dispute | None
    estimates: tuple[Estimate, ...]


@value
class Section(Value):
    """Figures under one heading: a side, a year or a source."""

    heading: str
    groups: tuple[Rivals, ...]


@value
class Casualties(Value):
    estimates: tuple[Estimate, ...]
    sections: tuple[Section, ...]
    matched: int
    "The figures that pass, with those beyond the limit."
    total: int
    "The casualty figures of the file."
    asked: Sequence[Period] | None
    "The time asked for, as it was resolved; `None` for no time, and empty when no day is in all that was asked for."


GROUPINGS: dict[str, Callable[[Estimate], Sequence[str]]] = {
    "side": lambda estimate: [estimate.side or ""],
    "year": lambda estimate: [_year(estimate)],
    "source": lambda estimate: sources_of(estimate.citations),
}
"""The ways to put figures under headings: `--by`."""


def summarize_casualties(
    dataset: Dataset,
    filters: Filters,
    *,
    by: str = "side",
    reverse: bool = False,
    limit: int | None = None,
) -> Casualties:
    """Return the casualty figures that pass, under headings; with `by="source"` a figure stands under each of its sources."""
    every = [estimate for estimate in dataset.estimates if estimate.measure in CASUALTIES]
    lost = set(every)
    choice = Choice(dataset, filters)
    chosen = [estimate for estimate in choice.estimates() if estimate in lost]
    sides = {side.id: place for place, side in enumerate(dataset.sides)}
    chosen.sort(key=lambda estimate: _order(sides, estimate), reverse=reverse)
    matched = len(chosen)
    chosen = chosen[:limit]
    headed: dict[str, list[Estimate]] = {}
    for estimate in chosen:
        for heading in GROUPINGS[by](estimate):
            headed.setdefault(heading, []).append(estimate)
    order = _heading_order(by, list(headed))
    sections = [
        Section(heading=_heading(dataset, by, key), groups=tuple(_rivals(dataset, headed[key])))
        for key in order
    ]
    return Casualties(
        estimates=tuple(chosen),
        sections=tuple(sections),
        matched=matched,
        total=len(every),
        asked=choice.periods,
    )


def _order(sides: Mapping[str, int], estimate: Estimate) -> tuple[object, ...]:
    """Sort by side as the file lists them and by measure; then the whole before a part, by rank, by certainty, by date."""
    side = sides.get(estimate.side or "", len(sides))
    when = estimate.date.order if estimate.date else ()
    worth = estimate.part, RANKS.index(estimate.rank), CERTAINTIES.index(estimate.certainty)
    return side, CASUALTIES.index(estimate.measure), *worth, when, estimate.id


def _heading_order(by: str, keys: list[str]) -> list[str]:
    return keys if by == "side" else sorted(keys, key=lambda key: (key == "", key))


def _heading(dataset: Dataset, by: str, key: str) -> str:
    if not key:
        return {"side": "Side not stated", "year": "No date", "source": "No source"}[by]
    return key if by == "year" else dataset.name(key)


def _year(estimate: Estimate) -> str:
    """Return the year in which the count begins: `1988`, `1979` for a figure of the whole war."""
    start = estimate.date and (estimate.date.earliest or estimate.date.latest)
    return str(start.year) if start else ""


def _rivals(dataset: Dataset, estimates: Sequence[Estimate]) -> list[Rivals]:
    """Return the figures with those of one dispute together, where its best placed figure stands."""
    groups: dict[str, list[Estimate]] = {}
    for estimate in estimates:
        groups.setdefault(estimate.dispute or estimate.id, []).append(estimate)
    rivals = []
    for key, members in groups.items():
        found = dataset.by_id[key]
        members.sort(key=lambda estimate: RANKS.index(estimate.rank))
        rivals.append(
            Rivals(dispute=found if isinstance(found, Dispute) else None, estimates=tuple(members))
        )
    return rivals
