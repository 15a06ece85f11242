"""Lists in rows whose lengths multiply: counted before they are made, refused above a limit.

A file of a few MB, with thousands of events and phases on the same days, makes millions of pairs.
"""

from collections import Counter
from collections.abc import Iterable

from withdrawal_cli.dates import Period
from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.model import Dataset, Estimate, Event, Phase
from withdrawal_cli.queries.spans import count_inside, count_meeting
from withdrawal_cli.values import Value

MOST_PHASES = 1_000_000
"""The most phases of events in one answer: a million ids, 200 MB as rows of a database."""
MOST_FIGURES = 100_000
"""The most figures of phases in one answer: as many objects, 65 MB of JSON."""


class Product(Value):
    """How many items the rows of an answer list in all, and the most that they may list."""

    what: str
    count: int
    most: int

    def refuse(self, hint: str) -> None:
        """Raise WithdrawalError if there are too many."""
        if self.count > self.most:
            raise WithdrawalError(
                f"the answer would list {self.count:,} {self.what}, more than {self.most:,}",
                hint=hint,
            )


def phases_of_events(dataset: Dataset, events: Iterable[Event]) -> Product:
    """Count the phases in which each of the events can fall."""
    dates = Counter(event.date for event in events)  # thousands of events share few dates
    found = count_meeting((phase.date for phase in dataset.phases), map(Period.of, dates))
    count = sum(phases * times for phases, times in zip(found, dates.values(), strict=True))
    return Product(what="phases of events", count=count, most=MOST_PHASES)


def figures_of_phases(
    phases: Iterable[Phase], figures: Iterable[Estimate], *, exactly: bool = False
) -> Product:
    """Count the figures inside each of the phases, or those that count exactly its days."""
    periods = [Period.of(phase.date) for phase in phases]
    dates = [figure.date for figure in figures if figure.date]
    if exactly:
        of_period = Counter(map(Period.of, dates))
        count = sum(of_period[period] for period in periods)
    else:
        count = sum(count_inside(dates, periods))
    return Product(what="figures of phases", count=count, most=MOST_FIGURES)
