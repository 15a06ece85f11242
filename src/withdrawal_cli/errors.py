"""Errors for people: what is wrong, where, and what to do next."""


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
