"""Where the links to records are in the lines of a view."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment


class Span(NamedTuple):
    """A stretch of one line, in columns; `end` is the first column after it."""

    line: int
    start: int
    end: int


class Link(NamedTuple):
    """A link to a record, with the stretches of the lines on which it is written."""

    record: str
    spans: Sequence[Span]

    @property
    def first(self) -> int:
        return self.spans[0].line

    @property
    def last(self) -> int:
        return self.spans[-1].line


def find_links(lines: Iterable[Sequence[Segment]]) -> list[Link]:
    """Return the links that `views.linked` marked, in the order in which they begin."""
    found: dict[int, tuple[str, list[Span]]] = {}
    for number, line in enumerate(lines):
        column = 0
        for segment in line:
            meta = segment.style.meta if segment.style else {}
            if "record" in meta and segment.text.strip():
                _, spans = found.setdefault(meta["way"], (meta["record"], []))
                start, end = column, column + cell_len(segment.text.rstrip())
                if spans and spans[-1].line == number:  # two styles in one link
                    start = spans.pop().start
                spans.append(Span(number, start, end))
            column += segment.cell_length
    return [Link(record, tuple(spans)) for record, spans in found.values()]
