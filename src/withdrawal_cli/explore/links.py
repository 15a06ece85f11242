"""Where the ways to records stand in what a view has drawn."""

from collections.abc import Iterable, Sequence
from io import StringIO
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.segment import Segment
from rich.theme import Theme


class Span(NamedTuple):
    """A stretch of one line, in columns; `end` is the first column after it."""

    line: int
    start: int
    end: int


class Link(NamedTuple):
    """A way to a record, with the stretches of the lines that it is written on."""

    record: str
    spans: Sequence[Span]

    @property
    def first(self) -> int:
        return self.spans[0].line

    @property
    def last(self) -> int:
        return self.spans[-1].line

    def holds(self, line: int, column: int) -> bool:
        return any(span.line == line and span.start <= column < span.end for span in self.spans)


Lines = list[list[Segment]]


def draw_lines(drawn: RenderableType, width: int, theme: Theme) -> Lines:
    """Return the lines of a view at a width."""
    console = Console(
        file=StringIO(),
        width=width,
        height=1000,
        force_terminal=True,
        color_system="truecolor",
        theme=theme,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
    return console.render_lines(drawn, console.options.update(height=None), pad=False)


def find_links(lines: Iterable[Sequence[Segment]]) -> list[Link]:
    """Return the ways to records in the order in which they begin."""
    found: dict[int, tuple[str, list[Span]]] = {}
    for number, line in enumerate(lines):
        column = 0
        for segment in line:
            meta = segment.style.meta if segment.style else {}
            if "record" in meta and segment.text.strip():
                _, spans = found.setdefault(meta["way"], (meta["record"], []))
                _extend(spans, Span(number, column, column + cell_len(segment.text.rstrip())))
            column += segment.cell_length
    return [Link(record, tuple(spans)) for record, spans in found.values()]


def _extend(spans: list[Span], span: Span) -> None:
    """Add a stretch, or lengthen the last one when it goes on in the same line."""
    if spans and spans[-1].line == span.line:
        spans[-1] = spans[-1]._replace(end=span.end)
    else:
        spans.append(span)
