"""A view as lines to be read in order, aloud too: labels, no columns, no drawings, no marks."""

import re
from collections.abc import Iterator
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from withdrawal_cli.views.citations import SourceNotes
from withdrawal_cli.views.outline import Heading, Paragraph, Rows, outline, said_instead

_RANGE = r"(?:(?<=[\d?)])|(?<= [A-Z][a-z][a-z])) – (?=(?:about |early |mid-|late |[A-Z][a-z]+ )?\d)"
_SPOKEN = [
    (re.compile(rf"(?<=\d)–(?=\d)|{_RANGE}"), " to "),
    (re.compile(r"(?m)^• "), ""),
    (re.compile("…"), "..."),
    (re.compile(r"(?<=\S) {3,}(?=\S)"), "\n"),
    (re.compile(r"(?<=[.,:;?!]) {2,}| {2,}(?=\()"), " "),
    (re.compile(r"(?<=\S) {2,}(?=\S)"), ", "),
]
"""Typography that a screen reader skips or misreads, and what to write instead."""


def plain(drawing: RenderableType) -> str:
    """Return what a view says, one statement a line."""
    lines: list[str] = []
    for line in _lines(drawing):
        if line or (lines and lines[-1]):  # no two blank lines, and none first
            lines.append(line)
    return "".join(f"{line}\n" for line in lines)


def _lines(drawing: RenderableType) -> Iterator[str]:
    for block in outline(drawing):
        match block:
            case Heading(text):
                yield ""
                yield from _spoken(text)
            case Paragraph(text):
                if text.plain.startswith("\n"):
                    yield ""
                yield from _spoken(text)
            case Rows():
                yield from _rows(block)
            case SourceNotes():
                for number, about in block.entries():
                    content = [line for text in about for line in _spoken(text)]
                    yield from _labelled(f"Source {number}", content)


def _rows(block: Rows) -> Iterator[str]:
    """Yield each cell on a line after its label, and a blank line before each record.

    A single cell, and a row with nothing in its first two cells, continue the record above.
    """
    for row in block.rows:
        cells = [_spoken(text) for text in row]
        if not any(block.labels):
            label, *others = cells
            yield from _labelled(" ".join(label), [line for cell in others for line in cell])
            continue
        continued = not any(cells[:2])
        if not continued and len(cells) > 1:
            yield ""
        for name, cell in zip(block.labels, cells, strict=False):
            if cell:
                yield from _labelled("" if continued else name, cell)


def _labelled(label: str, lines: list[str]) -> Iterator[str]:
    if not label:
        yield from lines
    elif not lines:
        yield label
    elif len(lines) == 1:
        yield f"{label}: {lines[0]}"
    else:
        yield f"{label}:"
        yield from (f"  {line}" for line in lines)


def _spoken(text: Text) -> list[str]:
    """Return the lines of a text with its drawings and marks in words, without empty ones."""
    content, after = "", 0
    for start, end, said in said_instead(text, _cited):
        content += text.plain[after:start] + said
        after = end
    content += text.plain[after:]
    if content.strip() == "–":
        return ["none"]
    for pattern, said in _SPOKEN:
        content = pattern.sub(said, content)
    return [line.strip() for line in content.split("\n") if line.strip()]


def _cited(_: Any, content: str) -> str | None:
    """Return the number of a source in words: `(source 1, p. 352)`."""
    if content.startswith("[") and content.endswith("]"):
        return f"(source {content[1:-1]})"
    return None
