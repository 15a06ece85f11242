"""What was read, records and other views, to go back to and forward again."""

HOME = ""
"""Stands for the overview, which is no record."""


class History:
    """A line of records with a place in it. Going on from a place forgets what came after it.

    >>> read = History()
    >>> read.visit("geneva-accords")
    >>> read.visit("kabul")
    >>> read.back(), read.back(), read.back(), read.forward()
    ('geneva-accords', '', None, 'geneva-accords')
    """

    def __init__(self) -> None:
        self.read = [HOME]
        self.place = 0
        self.passing = False

    @property
    def now(self) -> str:
        return self.read[self.place]

    def visit(self, record: str, *, passing: bool = False) -> None:
        """Go on to a record. One that is only passed on the way down the timeline gives way to the next."""
        if record == self.now:
            self.passing = self.passing and passing
            return
        keep = self.place if self.passing and passing else self.place + 1
        self.read[keep:] = [record]
        self.place, self.passing = keep, passing

    def back(self) -> str | None:
        return self._move(-1)

    def forward(self) -> str | None:
        return self._move(1)

    def _move(self, step: int) -> str | None:
        if not 0 <= self.place + step < len(self.read):
            return None
        self.place += step
        self.passing = False
        return self.now
