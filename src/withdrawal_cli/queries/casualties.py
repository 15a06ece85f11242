"""Casualty figures under headings, rivals together, the preferred one first."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from withdrawal_cli.model import CASUALTIES, CERTAINTIES, RANKS, Dataset, Dispute, Estimate, grouped
from withdrawal_cli.queries.filters import Choice, Filters, Report
from withdrawal_cli.queries.rows import sources_of
from withdrawal_cli.queries.strength import size_order
from withdrawal_cli.values import Value, field
from withdrawal_cli.wording import counted, key_note, more_note, number, plural


class FigureGroup(Value):
    """The figures of one dispute, or a single figure that has none."""

    dispute: Dispute | None
    estimates: tuple[Estimate, ...]


class Section(Value):
    """Figures under one heading: a side, a year or a source."""

    heading: str
    groups: tuple[FigureGroup, ...]


class Casualties(Report):
    """The figures in order, and the same under headings."""

    estimates: tuple[Estimate, ...]
    sections: tuple[Section, ...]
    defaulted: bool = field("Whether no filter was given: only the key figures are shown.")

    def note(self, dataset: Dataset) -> str:
        """Return how many of the casualty figures are shown, as a sentence."""
        shown = len(self.estimates)
        if self.defaulted and shown:
            return f"{plural(shown, 'key casualty figure')} of {number(self.total)}."
        return counted(dataset, shown, self.total, "casualty figure", self.asked)

    def left_out(self, limit: int | None) -> str:
        """Return what a screen leaves out, and how to see it; `limit` as for `more_note`."""
        if not self.defaulted or limit is not None:
            return more_note(limit, len(self.estimates), self.matched)
        full = "--side SIDE says what each counts, and who says so."
        return f"{key_note(self.matched, self.total, 'figures')}\n{full}".strip()


def _year(estimate: Estimate) -> str:
    """Return the year in which the count begins: 1979 for a figure of the whole war."""
    start = estimate.date and (estimate.date.earliest or estimate.date.latest)
    return str(start.year) if start else ""


GROUPINGS: dict[str, tuple[Callable[[Estimate], Sequence[str]], str]] = {
    "side": (lambda estimate: [estimate.side or ""], "Side not stated"),
    "year": (lambda estimate: [_year(estimate)], "No date"),
    "source": (lambda estimate: sources_of(estimate.citations) or [""], "No source"),
}
"""The choices of `--by`: a function for the headings of a figure, and the heading for none."""


def summarize_casualties(
    dataset: Dataset,
    filters: Filters,
    *,
    by: str = "side",
    sort: str | None = None,
    reverse: bool = False,
    limit: int | None = None,
) -> Casualties:
    """Return the casualty figures that pass, under headings, the key ones first.

    Without a filter: the key figures only, or all if none is marked. By source, a figure stands
    under each of its sources. `reverse` reverses the figures, and the headings of sides; years and
    sources keep their order. Key figures come first unless `sort` is "date" or "size".
    """
    choice = Choice(dataset, filters)
    chosen = [estimate for estimate in choice.estimates() if estimate.measure in CASUALTIES]
    key = [estimate for estimate in chosen if estimate.importance == "key"]
    defaulted = bool(key) and not filters.given

    chosen = sorted(key if defaulted else chosen, key=partial(_order, dataset), reverse=reverse)
    if sort == "size":
        chosen.sort(key=partial(size_order, reverse=reverse))
    elif sort == "date":
        chosen.sort(key=lambda estimate: estimate.date_order, reverse=reverse)
    else:
        chosen.sort(key=lambda estimate: estimate.importance != "key")
    shown = tuple(chosen[:limit])
    return Casualties(
        estimates=shown,
        sections=tuple(_sections(dataset, shown, by, reverse=reverse)),
        matched=len(chosen),
        total=sum(estimate.measure in CASUALTIES for estimate in dataset.estimates),
        asked=choice.periods,
        defaulted=defaulted,
    )


def _order(dataset: Dataset, estimate: Estimate) -> tuple[object, ...]:
    return (
        dataset.side_order[estimate.side],
        CASUALTIES.index(estimate.measure),
        estimate.part,
        RANKS.index(estimate.rank),
        CERTAINTIES.index(estimate.certainty),
        estimate.date_order,
        estimate.id,
    )


def _sections(
    dataset: Dataset, estimates: Iterable[Estimate], by: str, *, reverse: bool
) -> Iterator[Section]:
    """Yield the figures under headings.

    Sides come in the order of the file, years and sources by name; figures without one come last.
    """
    headings_of, without = GROUPINGS[by]
    under = grouped((heading, item) for item in estimates for heading in headings_of(item))
    if by == "side":
        keys = sorted(under, key=lambda key: dataset.side_order[key or None], reverse=reverse)
    else:
        keys = sorted(under, key=lambda key: (key == "", key))
    for key in keys:
        heading = key if by == "year" else dataset.name(key)
        groups = tuple(_grouped_by_dispute(dataset, under[key]))
        yield Section(heading=heading or without, groups=groups)


def _grouped_by_dispute(dataset: Dataset, estimates: Sequence[Estimate]) -> Iterator[FigureGroup]:
    """Group the figures by dispute, in the order of their first figures."""
    groups = grouped((estimate.dispute or estimate.id, estimate) for estimate in estimates)
    for members in groups.values():
        members.sort(key=lambda estimate: RANKS.index(estimate.rank))
        name = members[0].dispute
        dispute = dataset.dispute(name) if name else None
        yield FigureGroup(dispute=dispute, estimates=tuple(members))
