"""What is wrong with a file: faults with their place, and suggestions for names that are not there."""

from functools import lru_cache
from typing import NamedTuple

from withdrawal_cli.dates import EXAMPLES
from withdrawal_cli.errors import WithdrawalError

BYTE_ORDER_MARK = b"\xef\xbb\xbf"

WHOLE = "A dataset is a JSON object with 'dataset' and 'events'; withdrawal new FILE writes a small one."
TOO_DEEP = "the JSON is nested too deeply to be a dataset"


class Near(NamedTuple):
    """A way out that is looked for when it is asked for, which takes long among many names."""

    word: str
    "The name that is not there."
    known: frozenset[str]
    "Those that are."
    otherwise: str
    "The way out when none of them is like it."

    def __call__(self) -> str:
        close = close_names(self.word, self.known)
        return f"Did you mean {' or '.join(close)}?" if close else self.otherwise


class Fault(Exception):  # noqa: N818 (most are told, not raised)
    """One thing wrong with a file: where (a JSON path without `$.`), what, the way out, and the line if that is known."""

    def __init__(
        self, path: str, problem: str, way_out: str | Near | None = None, line: int | None = None
    ) -> None:
        super().__init__(problem)
        self.path, self.problem, self.way_out, self.line = path, problem, way_out, line

    @property
    def hint(self) -> str | None:
        return self.way_out() if isinstance(self.way_out, Near) else self.way_out

    def located(self, where: str) -> WithdrawalError:
        return WithdrawalError(
            self.problem, where=f"{where}: {self.path}" if self.path else where, hint=self.hint
        )


def shape_fault(message: str, path: str = "") -> Fault:
    """Return the fault that a message of msgspec tells of, in what stands at `path`."""
    problem, _, below = message.rpartition(" - at `")
    if not problem:
        problem, below = message, ""
    path = (path + below.removesuffix("`").removeprefix("$")).removeprefix(".")
    hint = EXAMPLES if "EDTF" in problem else None
    if not path and "object" in problem.lower():  # a list of rows, such as `timeline --json` writes
        hint = WHOLE
    return Fault(path, problem[:1].lower() + problem[1:], hint)


COMPARED = 500

"""The names that are compared letter by letter with one that is not there."""


@lru_cache(maxsize=4096)
def close_names(word: str, known: frozenset[str]) -> list[str]:
    """Return the names most like a word. Looking is slow, and who misspells a name may do it in a hundred records.

    Among many names only those are compared that share the most pairs of letters with it.
    """
    from difflib import get_close_matches
    from heapq import nlargest

    word, names = word[:100], sorted(known)  # a longer word is like no name
    if len(names) > COMPARED:
        pairs = {word[at : at + 2] for at in range(len(word) - 1)}
        names = nlargest(COMPARED, names, key=lambda name: sum(pair in name for pair in pairs))
    return get_close_matches(word, names, n=3)
