"""The command line of this run, for answers that say how they were made."""

from collections.abc import Iterable

arguments: list[str] = []


def remember(given: Iterable[str]) -> None:
    arguments[:] = given
