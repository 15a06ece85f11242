"""The records and other views that were read, to go back and forward."""

HOME = ""
"""Stands for the overview, which is not a record."""


class History:
    """The records read, and which is read now. Going on from one forgets what came after it.

    >>> read = History()
    >>> read.visit("geneva-accords")
    >>> read.visit("kabul")
    >>> read.move(-1), read.move(-1), read.move(-1), read.move(1)
    ('geneva-accords', '', None, 'geneva-accords')
    """

    def __init__(self) -> None:
        self.read = [HOME]
        self.index = 0
        self.passing = False

    @property
    def now(self) -> str:
        return self.read[self.index]

    def visit(self, record: str, *, passing: bool = False) -> None:
        """Go on to a record. One that was only passed in the timeline gives way to the next."""
        if record == self.now:
            self.passing = self.passing and passing
            return
        if not (self.passing and passing):
            self.index += 1
        self.read[self.index :] = [record]
        self.passing = passing

    def move(self, step: int) -> str | None:
        """Go back (-1) or forward (1) and return what was read there; `None` at either end."""
        if not 0 <= self.index + step < len(self.read):
            return None
        self.index += step
        self.passing = False
        return self.now
