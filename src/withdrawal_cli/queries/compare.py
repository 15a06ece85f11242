"""The same months as two voices tell them: what each tells, what both do, and where they differ."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from withdrawal_cli.dates import Edtf, parse_edtf
from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.model import (
    IMPORTANCES,
    Account,
    Answer,
    Dataset,
    Estimate,
    Event,
    grouped,
)
from withdrawal_cli.queries.counts import begun, run_of
from withdrawal_cli.queries.evidence import Evidence, hear, readings
from withdrawal_cli.queries.filters import Choice, Filters
from withdrawal_cli.queries.folding import fold
from withdrawal_cli.queries.names import matching
from withdrawal_cli.values import Row, Value, field
from withdrawal_cli.wording import short_source


class MonthRow(Row):
    """What two voices tell of one month."""

    month: Edtf | None = field("EDTF; null for events whose first month is not known.")
    left: Sequence[str] = field("Ids of the events that only the left voice tells.")
    right: Sequence[str] = field("Ids of the events that only the right voice tells.")
    both: Sequence[str] = field("Ids of the events that both tell.")


class ContradictionRow(Row):
    """A question that two voices answer differently."""

    dispute: str = field("Id of the dispute.")
    title: str = field("The question.")
    left: Sequence[str] = field("What the left voice answers: figures, or accounts.")
    right: Sequence[str] = field("What the right voice answers.")


class Comparison(Row):
    """Two voices side by side."""

    left: str = field(
        "The name of the left voice: a side or another perspective, a kind of source, or a source; "
        "where several sources are called so, the words given."
    )
    right: str = field("The name of the right voice.")
    sources: Sequence[int] = field("How many sources the left and the right voice have.")
    events: Sequence[int] = field(
        "How many of the chosen events the left and the right voice tell."
    )
    months: Sequence[MonthRow] = field(
        "In order, with the months between them in which neither tells anything, unless that makes "
        "more than 1,200; what is known no closer last."
    )
    contradictions: Sequence[ContradictionRow] = field(
        "The questions that they answer differently, the key ones first: figures that do not "
        "overlap, or accounts of which none is the other's."
    )


class _Voice(Value):
    """One side of the comparison."""

    name: str
    heard: Dataset


def compare(dataset: Dataset, left: str, right: str, filters: Filters) -> Comparison:
    """Return what two voices tell of the events that pass, month by month.

    A voice is a perspective, a kind of source, or a source. Raises WithdrawalError for one
    that does not exist.
    """
    return compare_events(dataset, left, right, Choice(dataset, filters).events())


def leading_sides(dataset: Dataset) -> list[str]:
    """Return the two sides that most sources speak for, or fewer if there are not two."""
    sides = {side.id for side in dataset.sides}
    spoken = Counter(item.perspective for item in dataset.sources if item.perspective in sides)
    return [side for side, _ in spoken.most_common(2) if side]


def compare_events(dataset: Dataset, left: str, right: str, events: Sequence[Event]) -> Comparison:
    """Return what two voices tell of these events: see `compare`."""
    voices = [_voice(dataset, name) for name in (left, right)]
    told = [{event.id for event in voice.heard.events} for voice in voices]
    return Comparison(
        left=voices[0].name,
        right=voices[1].name,
        sources=[len(voice.heard.sources) for voice in voices],
        events=[sum(event.id in ids for event in events) for ids in told],
        months=list(_months(events, *told)),
        contradictions=list(_contradictions(dataset, *voices)),
    )


def _voice(dataset: Dataset, name: str) -> _Voice:
    """Return what a perspective, a kind of source or a source says."""
    known: dict[str, None] = {}  # each voice once, in order
    for key, option in (("perspective", "perspectives"), ("kind", "source_kinds")):
        values = sorted({getattr(source, key) for source in dataset.sources} - {None})
        known |= dict.fromkeys(values)
        for found in values:
            if fold(name) in (fold(found), fold(_name(dataset, found))):
                chosen: dict[str, Any] = {option: [found]}
                heard = hear(dataset, Evidence(**chosen))
                return _Voice(name=_name(dataset, found), heard=heard)
    ids = sorted(item.id for item in matching(dataset.sources, name))
    # The name of a side is part of many titles, but more likely means the voice.
    starting = [found for found in known if fold(found).startswith(fold(name))]
    if starting and len(ids) != 1:
        if len(starting) == 1:
            return _voice(dataset, starting[0])
        hint = f"Name one: {', '.join(starting)}."
        raise WithdrawalError(f"{name!r} can mean {len(starting)} voices", hint=hint)
    if not ids:
        raise WithdrawalError(
            f"no voice and no source is called {name!r}",
            hint=f"Voices: {', '.join(known)}. withdrawal sources lists the sources.",
        )
    shown = short_source(dataset.source(ids[0])) if len(ids) == 1 else name
    return _Voice(name=shown, heard=hear(dataset, Evidence(sources=ids)))


def _name(dataset: Dataset, identifier: str) -> str:
    return dataset.name(identifier) if identifier in dataset.by_id else identifier


def _months(events: Sequence[Event], left: set[str], right: set[str]) -> Iterator[MonthRow]:
    """Yield a row for each month in which either tells an event, and for those between them."""
    told = left | right
    by_month = grouped(("".join(begun(event, 1)), event) for event in events if event.id in told)
    unknown = by_month.pop("", [])
    for month in run_of(sorted(by_month), 1):
        yield _month(parse_edtf(month), by_month.get(month, []), left, right)
    if unknown:
        yield _month(None, unknown, left, right)


def _month(
    month: Edtf | None, events: Sequence[Event], left: set[str], right: set[str]
) -> MonthRow:
    ids = [event.id for event in events]
    return MonthRow(
        month=month,
        left=[name for name in ids if name not in right],
        right=[name for name in ids if name not in left],
        both=[name for name in ids if name in left and name in right],
    )


def _contradictions(dataset: Dataset, left: _Voice, right: _Voice) -> Iterator[ContradictionRow]:
    """Yield the questions to which the two voices give different answers, the key ones first."""
    disputes = sorted(dataset.disputes, key=lambda item: IMPORTANCES.index(item.importance))
    answers = [
        {dispute.id: voice.heard.answers(dispute) for dispute in voice.heard.disputes}
        for voice in (left, right)
    ]
    for dispute in disputes:
        one, other = (found.get(dispute.id, []) for found in answers)
        if one and other and _contradict(one, other):
            yield ContradictionRow(
                dispute=dispute.id, title=dispute.title, left=_said(one), right=_said(other)
            )


def _contradict(one: Sequence[Answer], other: Sequence[Answer]) -> bool:
    """Whether the two share no answer, and no figures in the same unit overlap."""
    said, also = (
        {answer.says if isinstance(answer, Account) else answer.id for answer in answers}
        for answers in (one, other)
    )
    if not said.isdisjoint(also):
        return False
    spans, others = _spans(one), _spans(other)
    return not any(
        spans[unit][0] <= others[unit][1] and others[unit][0] <= spans[unit][1]
        for unit in spans.keys() & others.keys()
    )


def _spans(answers: Sequence[Answer]) -> dict[str, tuple[int, int]]:
    """Return the lowest and the highest figure of each unit."""
    figures = grouped(
        (answer.unit, figure)
        for answer in answers
        if isinstance(answer, Estimate)
        for figure in answer.figures
    )
    return {unit: (min(numbers), max(numbers)) for unit, numbers in figures.items()}


def _said(answers: Sequence[Answer]) -> list[str]:
    figures = [answer for answer in answers if isinstance(answer, Estimate)]
    accounts = [answer.says for answer in answers if isinstance(answer, Account)]
    return [*readings(figures), *accounts]
