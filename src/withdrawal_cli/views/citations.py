"""A bibliography with hanging indents."""

from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, RenderableType
from rich.text import Text

from withdrawal_cli.formats.citations.text import Reference
from withdrawal_cli.views import link_text, words

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
            parts += [words(work.title, "italic" if work.whole else ""), words(work.rest)]
            if work.url:
                parts.append(link_text(work.url).append("."))
            if work.cited:
                parts.append(words(work.cited, "quiet"))
            first, *others = Text(" ").join(parts).wrap(console, options.max_width - INDENT)
            yield first
            for line in others:
                yield Text(" " * INDENT).append_text(line)
