"""A fault in a file: where it is, what is wrong, and what to do about it."""

import re
from functools import lru_cache
from typing import NamedTuple

from withdrawal_cli.errors import NEAR, WithdrawalError

NOT_A_DATASET = (
    "A dataset is a JSON object with 'dataset' and 'events'; "
    "withdrawal new FILE writes a small one."
)
TOO_DEEP = "the JSON is nested too deeply to be a dataset"

COMPARED = 500
"""How many known names are compared letter by letter with an unknown one."""


class DidYouMean(NamedTuple):
    """A hint that looks for similar names only when it is read: among many names that is slow."""

    unknown: str
    known: frozenset[str]
    otherwise: str
    "The hint when no known name is similar."

    def __str__(self) -> str:
        similar = similar_names(self.unknown, self.known)
        return f"Did you mean {' or '.join(similar)}?" if similar else self.otherwise


class Fault(Exception):  # noqa: N818 (check lists hundreds that nobody raises)
    """One thing wrong with a file: at a JSON path without its `$.`, on a line if that is known."""

    def __init__(
        self, path: str, problem: str, hint: str | DidYouMean | None = None, line: int | None = None
    ) -> None:
        super().__init__(problem)
        self.path, self.problem, self.hint, self.line = path, problem, hint, line

    def located(self, file: str) -> WithdrawalError:
        where = f"{file}: {self.path}" if self.path else file
        return WithdrawalError(self.problem, where=where, hint=self.hint and str(self.hint))


def shape_fault(message: str, path: str = "") -> Fault:
    """Return the fault that a message of msgspec describes, in the part of a file at `path`."""
    # msgspec ends most messages with " - at `$.events[3].date`"
    problem, _, below = message.rpartition(" - at `")
    if not problem:
        problem, below = message, ""
    path = (path + below.removesuffix("`").removeprefix("$")).removeprefix(".")
    hint = None
    if date := re.match(r"'(.*)'(?:: | is (?:not an )?EDTF)", problem):
        # Only here: the grammar of dates would slow every start.
        from withdrawal_cli.dates.time_expressions import edtf_hint

        hint = edtf_hint(date[1])
    if not path and "object" in problem.lower():  # a list of rows, such as `timeline --json` writes
        hint = NOT_A_DATASET
    return Fault(path, problem[:1].lower() + problem[1:], hint)


@lru_cache(maxsize=4096)  # a misspelt name is often misspelt in hundreds of records
def similar_names(unknown: str, known: frozenset[str]) -> list[str]:
    """Return up to three known names, the most similar first."""
    from difflib import get_close_matches
    from heapq import nlargest

    unknown, names = unknown[:100], sorted(known)  # a longer word resembles no name
    if len(names) > COMPARED:  # difflib takes a second for 10,000: keep those that share most pairs
        pairs = {unknown[at : at + 2] for at in range(len(unknown) - 1)}
        names = nlargest(COMPARED, names, key=lambda name: sum(pair in name for pair in pairs))
    return get_close_matches(unknown, names, n=3, cutoff=NEAR)
