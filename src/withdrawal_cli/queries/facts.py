"""The two or three figures that a reader should meet first, each with its doubt."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from withdrawal_cli.dates import Period
from withdrawal_cli.model import CASUALTIES, Dataset, Dispute
from withdrawal_cli.queries.disputes import disagreement
from withdrawal_cli.queries.overview import Overview
from withdrawal_cli.queries.rows import EstimateRow
from withdrawal_cli.queries.strength import leading_side
from withdrawal_cli.values import Value
from withdrawal_cli.wording import figure_of, measure_text, number, rivals_text, spread_text

MOST = 3


class Fact(Value):
    """A figure to open with."""

    figure: str
    words: str
    "What it counts, or the question that it answers."
    doubt: str
    "What other sources say, in a sentence; empty if none differs."
    about: str
    "Id of the dispute, or of the figure, behind it."


def headline_facts(dataset: Dataset, card: Overview) -> list[Fact]:
    """Return how the strength changed, the key disputes about losses, then other key figures."""
    change = list(_change(dataset, card))
    others = [*card.casualties, *card.figures, *([] if change else card.strength)]
    found: dict[str, Fact] = {}
    for fact in (
        *change,
        *_disputed(dataset, card.casualties),
        *(_plain(dataset, row) for row in others if row.figures),
    ):
        found.setdefault(fact.about, fact)
    return list(islice(found.values(), MOST))


def _change(dataset: Dataset, card: Overview) -> Iterator[Fact]:
    """Yield the first and the last strength of the side that the file is about."""
    side = leading_side(dataset)
    own = [row for row in card.strength if row.side == side and row.best is not None]
    if len(own) < 2 or not side:
        return
    first, last = own[0], own[-1]
    if not (first.date and last.date) or Period.of(first.date).overlaps(last.date):
        return  # two figures of one day are rivals
    time = f", in {number(card.days)} days" if card.days else ""
    rivals = rivals_text(dataset, first)
    yield Fact(
        figure=f"{number(first.best or 0)} → {number(last.best or 0)}",
        words=f"{dataset.name(side)}: strength from the first day to the last{time}",
        doubt=f"For the start, sources give {rivals}." if rivals else "",
        about=first.id,
    )


def _disputed(dataset: Dataset, losses: Iterable[EstimateRow]) -> Iterator[Fact]:
    """Yield the disputed ranges of the dead: of exactly the subject first, then the highest."""
    subject = dataset.metadata.subject
    ranges = {}
    for item in losses:
        if item.dispute and item.measure in CASUALTIES[:2]:
            question = dataset.dispute(item.dispute)
            spread = disagreement(dataset, question).spread
            is_the_subject = item.date is not None and item.date.text == subject.text
            if spread.low is not None and spread.high != spread.low:
                ranges[question.id] = (not is_the_subject, -(spread.high or 0), question, spread)
    for _, _, question, spread in sorted(
        ranges.values(), key=lambda found: (*found[:2], found[2].id)
    ):
        yield Fact(
            figure=spread_text(spread),
            words=question.title,
            doubt=f"Sources disagree. {first_sentence(question)}".strip(),
            about=question.id,
        )


def _plain(dataset: Dataset, item: EstimateRow) -> Fact:
    side = f"{dataset.name(item.side)}: " if item.side else ""
    rivals = rivals_text(dataset, item)
    return Fact(
        figure=figure_of(item),
        words=f"{side}{measure_text(item.measure)}",
        doubt=f"Sources give {rivals}." if rivals else "",
        about=item.dispute or item.id,
    )


def first_sentence(question: Dispute) -> str:
    """Return the first sentence of the short answer; empty without one."""
    return split_sentence(question.short_answer or "")[0]


def split_sentence(text: str) -> tuple[str, str]:
    """Return the first sentence of a text, and the rest; a single word is not yet an answer.

    >>> split_sentence("About 15,000: the totals run on. Press sources go higher.")
    ('About 15,000: the totals run on.', 'Press sources go higher.')
    >>> split_sentence("Disputed. Papers show a plan. Scholars differ.")
    ('Disputed. Papers show a plan.', 'Scholars differ.')
    """
    # a capital after the stop: `the U.S. army` and `no. 3` go on
    stop = re.compile(r"(?<=[^A-Z.][^A-Z][.?!])\s+(?=[A-Z0-9])")
    end = stop.search(text, len(text.partition(" ")[0]) + 1)
    return (text[: end.start()], text[end.end() :]) if end else (text, "")
