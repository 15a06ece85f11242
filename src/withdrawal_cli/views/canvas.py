"""A grid of dots in a terminal: braille (two by four dots a letter) or ASCII."""

from collections.abc import Iterator
from itertools import pairwise, product

from rich.text import Text

_BRAILLE = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot of a braille letter, by row and column (Unicode block 2800)."""

_STEPS_ASIDE = sorted(
    product(range(-6, 7), range(-2, 3)), key=lambda step: (abs(step[0]) + 2 * abs(step[1]), step)
)
"""Steps across and down, the nearest first; a letter is twice as high as wide."""

INK = 2_000_000
"""The most dots and letters that lines may take; a picture has a few thousand."""


class Canvas:
    """Dots and letters in `columns` by `rows` cells. Letters lie over dots, the first one wins."""

    def __init__(self, columns: int, rows: int, *, ascii_only: bool) -> None:
        self.columns, self.rows = columns, rows
        self.ascii_only = ascii_only
        self.dots: dict[tuple[int, int], int] = {}
        self.letters: dict[tuple[int, int], tuple[str, str]] = {}
        self.ink = INK

    def line(self, points: list[tuple[float, float]]) -> None:
        """Draw dots along a line; points count in dots from the top left corner."""
        for across, down in self._along(points, 1, 1):
            x, y = round(across), round(down)
            if self._inside(cell := (x // 2, y // 4)):
                self.dots[cell] = self.dots.get(cell, 0) | _BRAILLE[y % 4][x % 2]

    def trail(self, points: list[tuple[float, float]], letter: str, style: str) -> None:
        """Write a letter in every cell that a line runs through."""
        for across, down in self._along(points, 2, 4):
            if self._inside(cell := (int(across // 2), int(down // 4))):
                self.letters.setdefault(cell, (letter, style))

    def label(self, x: float, y: float, text: str, style: str) -> None:
        """Write a label at a dot, or as near to it as possible without touching another.

        It may cover a trail, and is left out if no place nearby is free.
        """
        for across, down in _STEPS_ASIDE:
            column, row = int(x // 2) + across, int(y // 4) + down
            cells = [(column + step, row) for step in range(len(text))]
            around = [(column - 1, row), *cells, (column + len(text), row)]
            labelled = any(self.letters.get(cell, (" ", ""))[0].isalnum() for cell in around)
            if not labelled and all(map(self._inside, cells)):
                for cell, letter in zip(cells, text, strict=True):
                    self.letters[cell] = letter, style
                return

    def text(self, dot_style: str) -> Text:
        """Return the picture."""
        lines = []
        for row in range(self.rows):
            line = Text()
            for cell in ((column, row) for column in range(self.columns)):
                dots = self.dots.get(cell, 0)
                drawn = "." if self.ascii_only else chr(0x2800 + dots)
                letter, style = self.letters.get(cell, (drawn if dots else " ", dot_style))
                line.append(letter, style=style)
            lines.append(line)
        return Text("\n").join(lines)

    def _along(
        self, points: list[tuple[float, float]], width: int, height: int
    ) -> Iterator[tuple[float, float]]:
        """Yield points along a line, at least one in each cell of that size, until the ink ends."""
        for (x1, y1), (x2, y2) in pairwise(points):
            steps = max(1, round(max(abs(x2 - x1) / width, abs(y2 - y1) / height)))
            self.ink -= steps
            if self.ink < 0:
                return
            for step in range(steps + 1):
                yield x1 + (x2 - x1) * step / steps, y1 + (y2 - y1) * step / steps

    def _inside(self, cell: tuple[int, int]) -> bool:
        return 0 <= cell[0] < self.columns and 0 <= cell[1] < self.rows
