"""A bibliography with hanging indents."""

from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, RenderableType
from rich.text import Text

from withdrawal_cli.formats.citations.text import Reference
from withdrawal_cli.views import link_text, words

INDENT = 4


class BibliographyView:
    """Draws references as wide as the console: the first line of each stands out, titles of whole works in italics."""

    def __init__(self, references: Sequence[Reference]) -> None:
        self.references = references

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        for work in self.references:
            first, *others = _reference_text(work).wrap(console, options.max_width - INDENT)
            yield first
            for line in others:
                yield Text(" " * INDENT).append_text(line)


def _reference_text(work: Reference) -> Text:
    title = words(work.title, "italic" if work.whole else "")
    parts = [words(work.authors) if work.authors else None, title, words(work.rest)]
    parts += [
        link_text(work.url).append(".") if work.url else None,
        words(work.cited, "quiet") if work.cited else None,
    ]
    return Text(" ").join(part for part in parts if part is not None)
