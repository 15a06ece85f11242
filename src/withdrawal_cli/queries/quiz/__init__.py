"""Questions with one right answer, made from dates, people, places and disputes.

A question asks no more than the data knows. A wrong choice is a date, person, place or voice of the
same data that nothing in it makes right as well; if too few are left, there is no question.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, zip_longest
from typing import Any

from withdrawal_cli.model import Dataset, Dispute, Event
from withdrawal_cli.queries.filters import Choice, Filters, Report
from withdrawal_cli.queries.quiz.disputes import DisputeQuestions
from withdrawal_cli.queries.quiz.events import EventQuestions
from withdrawal_cli.queries.quiz.question import Draw, QuestionRow
from withdrawal_cli.wording import counted, plural

KINDS = ("date", "person", "place", "dispute")
"""What a question can ask for."""

TRIED = 100
"""How many records are tried beyond ten times the limit, so that a file of 100,000 events without a
fair question is given up soon."""
IN_VAIN = 1000
"""The records in a row without a fair question after which no more are tried."""


class Quiz(Report):
    """The questions that were made."""

    questions: tuple[QuestionRow, ...]
    seed: int

    def note(self, dataset: Dataset) -> str:
        """Return how many events the questions come from, and how to get others."""
        told = counted(dataset, self.matched, self.total, "event", self.asked)
        made = plural(len(self.questions), "question")
        return f"{made} from {told} Others: --seed {self.seed + 1}." if self.matched else told


def summarize_quiz(
    dataset: Dataset,
    filters: Filters,
    *,
    seed: int = 1,
    limit: int = 10,
    kinds: Sequence[str] = (),
) -> Quiz:
    """Return up to `limit` questions about the events that pass and what is disputed about them.

    The kinds take turns. The same data, filters and seed give the same questions; a new record
    changes no more of them than it must.
    """
    choice = Choice(dataset, filters)
    events = choice.events()
    draw = Draw(seed)
    of_events, of_disputes = EventQuestions(dataset, draw), DisputeQuestions(dataset, draw)
    makers: dict[str, tuple[Iterable[Any], Callable[[Any], QuestionRow | None]]] = {
        "date": (events, of_events.date),
        "person": (events, of_events.person),
        "place": (events, of_events.place),
        "dispute": (_disputes(dataset, events, filters), of_disputes.dispute),
    }

    def asked(kind: str) -> Iterator[QuestionRow]:
        records, make = makers[kind]
        missed = 0
        for one in draw.shuffled(records, kind)[: TRIED + 10 * limit]:
            question = make(one)
            missed = 0 if question else missed + 1
            if question:
                yield question
            elif missed == IN_VAIN:
                return

    turns = zip_longest(*(asked(kind) for kind in KINDS if kind in (kinds or KINDS)))
    made = (question for turn in turns for question in turn if question)
    return Quiz(
        questions=tuple(islice(made, limit)),
        seed=seed,
        matched=len(events),
        total=len(dataset.events),
        asked=choice.periods,
    )


def _disputes(dataset: Dataset, events: Sequence[Event], filters: Filters) -> list[Dispute]:
    """Return the disputes that touch the events; without a filter, the key ones too."""
    touched = {name for event in events for name in dataset.disputes_of.get(event.id, ())}
    return [
        dispute
        for dispute in dataset.disputes
        if (dispute.id in touched and (filters.all or dispute.importance != "detail"))
        or (dispute.importance == "key" and not filters.given)
    ]
