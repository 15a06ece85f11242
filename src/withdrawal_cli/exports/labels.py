"""Labels on a drawing, each placed where it covers nothing else.

Drawings have the units of an SVG view box: x grows to the right, y downwards.
"""

from collections.abc import Iterable, Sequence
from math import ceil, floor
from typing import Literal

from withdrawal_cli.values import Value

Anchor = Literal["start", "middle", "end"]

LETTER_WIDTH, LETTER_HEIGHT = 7.6, 13
"""Of a small letter in a wide typeface: the reader's own is not known."""


class Label(Value):
    """A text, and the point of its baseline that `anchor` names.

    The reader's typeface may have other widths; the anchored end stays where it is.
    """

    x: float
    y: float
    text: str
    anchor: Anchor


class LabelSpace:
    """Which parts of a drawing are taken by labels and marks.

    Each row of its dots is a number with a bit for each dot, so that a look-up costs the same
    however much is taken.
    """

    def __init__(self, width: float, height: float, letter_width: float = LETTER_WIDTH) -> None:
        self.width, self.height, self.letter_width = width, height, letter_width
        self.rows: dict[int, int] = {}

    def take(self, x: float, y: float, width: float, height: float) -> None:
        """Keep labels off a rectangle."""
        taken = dots(x, x + width)
        for row in range(floor(y), ceil(y + height)):
            self.rows[row] = self.rows.get(row, 0) | taken

    def place(
        self, x: float, y: float, text: str, steps: Iterable[tuple[float, float]]
    ) -> Label | None:
        """Return a label at the first step from a point that is free; `None` if none is.

        A step to the right leaves the label right of the point, one to the left ends it there, and
        one straight up or down centres it.
        """
        width = len(text) * self.letter_width
        for across, down in steps:
            left = x + across - (width if across < 0 else 0 if across > 0 else width / 2)
            anchor: Anchor = "end" if across < 0 else "start" if across > 0 else "middle"
            top = y + down - LETTER_HEIGHT / 2
            right, bottom = left + width, top + LETTER_HEIGHT
            if left < 0 or top < 0 or right > self.width or bottom > self.height:
                continue
            wanted = dots(left, right)
            if not any(self.rows.get(row, 0) & wanted for row in range(floor(top), ceil(bottom))):
                self.take(left, top, width, LETTER_HEIGHT)
                # letters reach 2.5 below their baseline
                baseline = round(bottom - 2.5, 1)
                return Label(x=round(x + across, 1), y=baseline, text=text, anchor=anchor)
        return None

    def place_along(self, points: Sequence[tuple[float, float]], text: str) -> Label | None:
        """Return a label beside a line, as near to its middle as there is room."""
        steps = [(side * 12, down) for down in range(0, 61, 6) for side in (-1, 1)]
        middle = len(points) // 2
        for index in sorted(range(len(points)), key=lambda index: abs(index - middle)):
            if label := self.place(*points[index], text, steps):
                return label
        return None


def dots(left: float, right: float) -> int:
    """Return a number with the bits of the dots from `left` to `right`; none lies left of 0.

    >>> bin(dots(1.5, 3.5))
    '0b1110'
    """
    return (1 << max(ceil(right), 0)) - (1 << max(floor(left), 0))
