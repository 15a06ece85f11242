"""A grid of dots in a terminal: braille where it can be shown (two by four dots a letter), ASCII elsewhere."""

from itertools import pairwise, product

from rich.text import Text

_BRAILLE = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot of a braille letter, by row and column (Unicode block 2800)."""

_NEARBY = sorted(
    product(range(-6, 7), range(-2, 3)), key=lambda step: (abs(step[0]) + 2 * abs(step[1]), step)
)
"""Steps to the side and down, the nearest first; a letter is twice as high as wide."""


INK = 2_000_000
"""The dots and letters that lines may take: a picture has a few thousand, and is black long before."""


class Canvas:
    """Dots and letters, `columns` by `rows` letters large. Letters lie over dots; what is written first stays."""

    def __init__(self, columns: int, rows: int, *, ascii_only: bool) -> None:
        self.columns, self.rows = columns, rows
        self.ascii_only = ascii_only
        self.dots: dict[tuple[int, int], int] = {}
        self.letters: dict[tuple[int, int], tuple[str, str]] = {}
        self.ink = INK

    def line(self, points: list[tuple[float, float]]) -> None:
        """Draw dots along a line; points count in dots from the top left corner."""
        for (x1, y1), (x2, y2) in pairwise(points):
            steps = max(1, round(max(abs(x2 - x1), abs(y2 - y1))))
            self.ink -= steps
            if self.ink < 0:
                return
            for step in range(steps + 1):
                self._dot(
                    round(x1 + (x2 - x1) * step / steps), round(y1 + (y2 - y1) * step / steps)
                )

    def trail(self, points: list[tuple[float, float]], letter: str, style: str) -> None:
        """Write a letter in every cell that a line runs through."""
        for (x1, y1), (x2, y2) in pairwise(points):
            steps = max(1, round(max(abs(x2 - x1) / 2, abs(y2 - y1) / 4)))
            self.ink -= steps
            if self.ink < 0:
                return
            for step in range(steps + 1):
                column, row = (
                    int((x1 + (x2 - x1) * step / steps) // 2),
                    int((y1 + (y2 - y1) * step / steps) // 4),
                )
                self._letter(column, row, letter, style)

    def label(self, x: float, y: float, text: str, style: str) -> None:
        """Write a label at a dot, or as near to it as it stands clear of other labels; nowhere if it is crowded for miles."""
        column, row = int(x // 2), int(y // 4)
        for across, down in _NEARBY:
            if self._clear(column + across, row + down, len(text)):
                for place, letter in enumerate(text):
                    self.letters[column + across + place, row + down] = (letter, style)
                return

    def text(self, dot_style: str) -> Text:
        """Return the picture."""
        lines = []
        for row in range(self.rows):
            line = Text()
            for column in range(self.columns):
                letter, style = self.letters.get((column, row)) or (
                    self._dots_at(column, row),
                    dot_style,
                )
                line.append(letter, style=style)
            lines.append(line)
        return Text("\n").join(lines)

    def _dot(self, x: int, y: int) -> None:
        if 0 <= x < self.columns * 2 and 0 <= y < self.rows * 4:
            cell = x // 2, y // 4
            self.dots[cell] = self.dots.get(cell, 0) | _BRAILLE[y % 4][x % 2]

    def _dots_at(self, column: int, row: int) -> str:
        dots = self.dots.get((column, row), 0)
        if not dots:
            return " "
        return "." if self.ascii_only else chr(0x2800 + dots)

    def _letter(self, column: int, row: int, letter: str, style: str) -> None:
        if self._inside(column, row):
            self.letters.setdefault((column, row), (letter, style))

    def _clear(self, column: int, row: int, room: int) -> bool:
        """Whether `room` cells lie inside and neither they nor their neighbours hold a label; a trail may be written over."""
        cells = [(column + place, row) for place in range(-1, room + 1)]
        labelled = any(self.letters.get(cell, (" ", ""))[0].isalnum() for cell in cells)
        return not labelled and all(self._inside(*cell) for cell in cells[1:-1])

    def _inside(self, column: int, row: int) -> bool:
        return 0 <= column < self.columns and 0 <= row < self.rows
