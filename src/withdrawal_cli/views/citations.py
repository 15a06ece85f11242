"""A bibliography with hanging indents, and the numbered sources of a page."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Self

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.segment import Segment
from rich.text import Text

from withdrawal_cli.dates import date_text
from withdrawal_cli.formats.citations.text import Reference
from withdrawal_cli.model import Citation, Dataset, Source
from withdrawal_cli.views import (
    ENTRIES,
    NOTES,
    Indented,
    Unbroken,
    citing,
    link_text,
    linked,
    more_line,
    unbroken,
    words,
)

INDENT = 4


class BibliographyView:
    """Draws references as wide as the console, with the titles of whole works in italics."""

    def __init__(self, references: Sequence[Reference]) -> None:
        self.references = references

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        for work in self.references:
            parts = [words(work.authors)] if work.authors else []
            parts.append(words(work.title, "italic" if work.whole else ""))
            parts += [words(work.inside)] if work.inside else []
            where = Text()  # an empty part would be drawn as a dash
            for text, style in ((work.container, "italic" if work.titled else ""), (work.rest, "")):
                where += words(text, style) if text else Text()
            parts += [where] if where else []
            if work.url:
                parts.append(link_text(work.url).append("."))
            if work.cited:
                parts.append(words(work.cited, "quiet"))
            entry = Text(" ").join(parts)
            first, *others = unbroken(console, entry, options.max_width - INDENT)
            yield first
            yield from (Indented(line, INDENT) for line in others)


class SourceNotes:
    """Numbers sources, and draws each after its number: who, what, where, how far it was read."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self.sources = sources
        self.numbers = {source.id: number for number, source in enumerate(sources, 1)}

    @classmethod
    def of_rows(cls, dataset: Dataset, rows: Iterable[Any]) -> Self:
        """Return the sources of rows, each once, in the order in which they are cited."""
        cited = dict.fromkeys(name for row in rows for name in row.sources)
        return cls(list(map(dataset.source, cited)))

    def cite(self, citations: Sequence[Citation], most: int = NOTES) -> Text:
        """Return the numbers of the sources cited, each as a link: ` [1, p. 352] [2]`."""
        text = Text()
        for item in citations[:most]:
            locator = f", {item.locator}" if item.locator else ""
            note = linked(words(f"[{self.numbers[item.source]}{locator}]", "note"), item.source)
            text.append(" ").append_text(citing(note, [item]))
        for line in more_line(citations, most):
            text.append(" ").append_text(line)
        return text

    def entries(self) -> Iterator[tuple[int, list[Text]]]:
        """Yield the number of each source, and the lines about it."""
        for source in self.sources[:ENTRIES]:
            who = f"{'; '.join(source.authors)}: " if source.authors else ""
            where = ", ".join(filter(None, (source.container, source.publisher, source.number)))
            when = f", {date_text(source.issued)}" if source.issued else ""
            work = f"{who}{source.title}" + (f". {where}{when}" if where else when)
            consulted = source.consulted and f"consulted: {source.consulted}"
            remarks = "; ".join(filter(None, (source.kind, consulted, source.note)))
            lines = [linked(words(work), source.id)]
            lines += [link_text(source.url)] if source.url else []
            lines += [words(remarks, "quiet")] if remarks else []
            yield self.numbers[source.id], lines

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType | Segment]:
        numbered = [(f"[{number}]  ", lines) for number, lines in self.entries()]
        column = max((len(label) for label, _ in numbered), default=0)
        for label, lines in numbered:
            entry = Indented(Group(*map(Unbroken, lines)), column)
            first, *others = Segment.split_lines(console.render(entry, options))
            yield Segment(label.rjust(column), console.get_style("label"))
            for line in (first[1:], *others):  # the first without the margin
                yield from line
                yield Segment.line()
        yield from more_line(self.sources)
