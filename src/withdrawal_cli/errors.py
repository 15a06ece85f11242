"""Errors for people: what is wrong, where, and what to do next."""

from collections.abc import Collection, Iterable, Mapping, Sequence


class WithdrawalError(Exception):
    """A fault that is not a bug: bad data, an unknown name, a file that cannot be written.

    `status` is the exit status of the program.
    """

    status = 1

    def __init__(self, problem: str, *, where: str | None = None, hint: str | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        hint = f"\n{self.hint}" if self.hint else ""
        return f"{where}{self.problem}{hint}"


class UsageError(WithdrawalError):
    """A command line that cannot be read."""

    status = 2


NEAR = 0.75
"""How alike a name must be to be suggested, from 0 to 1 (`difflib`): `timelin`, but not `peace`."""


def check_choice(
    given: str | Sequence[str] | None,
    choices: Collection[str],
    problem: str,
    *,
    meant: Mapping[str, str] | None = None,
    more: str = "",
) -> None:
    """Raise UsageError for the first value given that is not one of `choices`.

    `problem` has a place for it: `there is no format {!r}`. The rest is as for `unknown_choice`.
    """
    for word in (given,) if isinstance(given, str) else given or ():
        if word not in choices:
            raise unknown_choice(problem.format(word), word, choices, meant=meant, more=more)


def unknown_choice(
    problem: str,
    given: str,
    choices: Iterable[str],
    *,
    meant: Mapping[str, str] | None = None,
    more: str = "",
) -> UsageError:
    """Return the error for a value that is not one of `choices`.

    Its hint suggests a similar one, then lists all, then says `more`. `meant` has other words for
    some of the choices, separated by spaces.
    """
    from difflib import get_close_matches  # noqa: PLC0415 (only where something is wrong)

    word, known = given[:100].lower(), list(choices)
    near = [name for name, others in (meant or {}).items() if word in others.split()]
    near = near or get_close_matches(word, known, n=1, cutoff=NEAR)
    suggestion = f"Did you mean {near[0]}? " if near else ""
    return UsageError(problem, hint=f"{suggestion}Choose from {', '.join(known)}.{more}")
