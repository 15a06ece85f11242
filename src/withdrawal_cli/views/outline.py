"""The content of any view, in order: headings, paragraphs and rows of labelled cells.

`views/plain.py` and `views/document.py` write it down and know no view: whatever a view hands to
the screen is read here, and its drawings and marks are put into words.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import StringIO
from typing import Any, NamedTuple

from rich.bar import Bar
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.style import Style
from rich.table import Table
from rich.text import Text

from withdrawal_cli.safety import clean
from withdrawal_cli.views import THEME, Indented, Unbroken
from withdrawal_cli.views.citations import SourceNotes
from withdrawal_cli.views.grid import Grid

WIDTH = 200
"""In columns, of the screen that a view draws for: it leaves nothing out for want of room."""

LEVELS = {"heading": 1, "label": 2}
"""The styles in which a line of its own is a heading."""


class Heading(NamedTuple):
    text: Text
    level: int


class Paragraph(NamedTuple):
    text: Text


class Rows(NamedTuple):
    """A table; without labels a card, in which the first cell of a row is its label."""

    labels: Sequence[str]
    rows: Sequence[Sequence[Text]]


Block = Heading | Paragraph | Rows | SourceNotes


def outline(drawing: RenderableType) -> Iterator[Block]:
    """Yield what a view says."""
    console = Console(file=StringIO(), width=WIDTH, height=1000, theme=THEME, markup=False)
    return _blocks(console, drawing)


def _blocks(console: Console, part: Any) -> Iterator[Block]:
    match part:
        case str() | Text():
            text = Text(part) if isinstance(part, str) else part
            level = _level(text)
            if text.plain.strip():
                yield Heading(text, level) if level else Paragraph(text)
        case Unbroken() if part.label:
            yield Rows((), [[Text(part.label), part.text]])
        case Grid():
            rows = [[Text(clean(text), style=style) for text, style in row] for row in part.rows]
            yield Rows(part.labels, rows)
        case Table():
            yield from _table(console, part)
        case SourceNotes():
            yield part
        case _:
            for inner in _inside(console, part):
                yield from _blocks(console, inner)


def _inside(console: Console, part: Any) -> Iterable[Any]:
    """Return the parts of a container, or what a view draws."""
    match part:
        case Group():
            return part.renderables
        case Padding():
            return [part.renderable]
        case Indented():
            return [part.part]
        case Unbroken():
            return [part.text]
        case Rule() | Bar():  # a bar stands beside its figure
            return []
    drawn: Iterable[Any] = part.__rich_console__(console, console.options)
    return drawn


def _table(console: Console, table: Table) -> Iterator[Block]:
    if len(table.columns) == 1:
        for cell in table.columns[0].cells:
            yield from _blocks(console, cell)
        return
    columns = [
        [_cell(console, cell, column.style) for cell in column.cells] for column in table.columns
    ]
    rows = [row for row in zip(*columns, strict=True) if any(text.plain for text in row)]
    yield Rows([str(column.header) for column in table.columns], rows)


def _cell(console: Console, content: Any, style: Any) -> Text:
    """Return a cell as one text of several lines, in the style of its column."""
    if isinstance(content, Text):
        text = content.copy()
    else:
        text = Text("\n").join(_texts(_blocks(console, content)))
    text.stylize(style)
    return text


def _texts(blocks: Iterator[Block]) -> Iterator[Text]:
    for block in blocks:
        match block:
            case Heading(text) | Paragraph(text):
                yield text
            case Rows(_, rows):
                for row in rows:
                    yield Text("  ").join(row)


def _level(text: Text) -> int | None:
    """Return the level of a heading: a line that begins as one, or is a label and nothing more."""
    first = len(text.plain) - len(text.plain.lstrip())
    spans = [(0, len(text.plain), text.style), *((s.start, s.end, s.style) for s in text.spans)]
    for start, end, style in spans:
        is_whole = end >= len(text.plain.rstrip())
        if start <= first < end and (style == "heading" or (style == "label" and is_whole)):
            return LEVELS[str(style)]
    return None


# --- Marks in words ------------------------------------------------------------------------------

Cited = Sequence[tuple[str, str | None]]
"""Sources by their ids, and where in each."""
Said = tuple[int, int, str]
"""The start and the end of a stretch of text, and what is said in its place."""

_CERTAINTY = {"?": " (less certain)", "??": " (uncertain)"}
_MARKS = re.compile(r"(≠?)(\?{0,2})(?:·(\d+))?")


def said_instead(text: Text, cite: Callable[[Cited, str], str | None]) -> list[Said]:
    """Return what is said in place of the drawings, marks and citations in a text.

    `cite` is given the citations of a stretch of text and what is written there.
    """
    spans = [(span.start, span.end, span.style) for span in text.spans]
    spans.append((0, len(text.plain), text.style))
    found: list[Said] = []
    for start, end, style in spans:
        content = text.plain[start:end]
        if isinstance(style, Style):
            meta: Mapping[str, Any] = style.meta
            said = meta.get("said")
            if "cites" in meta:
                said = cite(meta["cites"], content)
            if said is not None:
                found.append((start, end, said))
        elif style in _SAYING:
            found += [
                (start + at, start + to, said) for at, to, said in _SAYING[str(style)](content)
            ]
    # Of overlapping stretches, such as a figure that is also a link, the first counts.
    found.sort(key=lambda said: (said[0], -said[1]))
    kept: list[Said] = []
    for each in found:
        if not kept or each[0] >= kept[-1][1]:
            kept.append(each)
    return kept


def _figure(content: str) -> Iterator[Said]:
    stripped = content.rstrip()
    figure = stripped.rstrip("?")
    if doubt := _CERTAINTY.get(stripped[len(figure) :]):
        yield len(figure), len(stripped), doubt


def _date(content: str) -> Iterator[Said]:
    for match in re.finditer(r"(?<=\ds)\?|(?<=\d)\?", content):
        yield match.start(), match.end(), " (uncertain)"
    for match in re.finditer(r"\bc\. (?=[\dA-Z])", content):
        yield match.start(), match.end(), "about "


def _doubt(content: str) -> Iterator[Said]:
    if match := re.match(r"\s*≠ ", content):
        yield match.end() - 2, match.end(), "sources give "
    elif match := _MARKS.fullmatch(content.strip()):
        disputed, doubt, questions = match.groups()
        meanings = [
            "sources disagree on the date or number" if disputed else "",
            _CERTAINTY.get(doubt, "").strip(" ()"),
            f"other questions on which they disagree: {questions}" if questions else "",
        ]
        yield 0, len(content), "; ".join(filter(None, meanings))


_SAYING = {
    "figure": _figure,
    "date": _date,
    "when": _date,
    "quiet": _date,
    "doubt": _doubt,
}
"""What the marks in a text of each style mean. Texts of other styles keep their question marks."""
