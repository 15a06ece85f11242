"""One question with its choices, drawn by a seed."""

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import islice
from typing import TypeVar

from withdrawal_cli.model import Account, Citation, Estimate, Event
from withdrawal_cli.queries.folding import fold
from withdrawal_cli.queries.rows import sources_of
from withdrawal_cli.values import Row, field

T = TypeVar("T")

CHOICES = 4
"""The choices of a question, if the data has as many."""
FEWEST = 3
"""With fewer choices there is no question."""
NEAREST = 8
"""The best wrong choices, from which the seed chooses."""
LETTERS = "abcdefgh"


class QuestionRow(Row):
    """One question, with its choices and its answer."""

    id: str = field(
        "The kind of question and the id of the record that answers it; of an account, the id of "
        "the dispute and its number there."
    )
    asks: str = field("What is asked for: date, person, place or dispute (who says so).")
    precision: str | None = field(
        "Of a date: `day`, `month` or `year`, as far as it is known beyond doubt."
    )
    question: str = field("As it is put.")
    choices: Sequence[str] = field("The right one among them: dates in order, names by alphabet.")
    answer: str = field("The right choice.")
    reason: str = field("What the data says, for the answer key.")
    record: str = field("Id of the event, figure or dispute that it was made from.")
    sources: Sequence[str] = field("Ids of the sources that the answer rests on, each once.")
    citations: Sequence[Citation] = field("What the answer rests on.")


def letter(question: QuestionRow) -> str:
    """Return the letter of the right choice: `b`."""
    return LETTERS[list(question.choices).index(question.answer)]


def make_question(
    asks: str,
    claim: Event | Estimate | Account,
    question: str,
    choices: Sequence[str],
    answer: str,
    reason: str,
    *,
    record: str = "",
    number: str = "",
    precision: str | None = None,
) -> QuestionRow | None:
    """Return a question that a claim answers; `None` if there are too few choices.

    An account has no id of its own: then `record` is the dispute, and `number` its place there.
    """
    record = record or getattr(claim, "id", "")
    if not choices:
        return None
    return QuestionRow(
        id=f"{asks}-{record}{number}",
        asks=asks,
        precision=precision,
        question=question,
        choices=choices,
        answer=answer,
        reason=reason,
        record=record,
        sources=sources_of(claim.citations),
        citations=claim.citations,
    )


class Draw:
    """Chooses by a seed: the same seed, the same choice."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def shuffled(self, items: Iterable[T], about: str) -> list[T]:
        """Return records or texts in an order that depends on the seed alone.

        Not `random`: its shuffles may change with the version of Python, and one more item would
        move every other.
        """

        def drawn(item: T) -> bytes:
            name = getattr(item, "id", item)
            return sha256(f"{self.seed}\n{about}\n{name}".encode("utf-8", "replace")).digest()

        return sorted(items, key=drawn)

    def choices(self, about: str, answer: str, wrong: Iterable[str]) -> list[str]:
        """Return the answer among wrong choices, given best first; empty if they are too few."""
        best = islice((text for text in dict.fromkeys(wrong) if text != answer), NEAREST)
        chosen = self.shuffled(best, about)[: CHOICES - 1]
        return sorted([answer, *chosen], key=fold) if len(chosen) + 1 >= FEWEST else []


def spoken(*texts: str | None) -> str:
    """Return the words of texts, folded, with a space around each."""
    found = re.findall(r"\w+", fold(" ".join(filter(None, texts))))
    return f" {' '.join(found)} "
