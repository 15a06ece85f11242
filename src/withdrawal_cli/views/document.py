"""A page as a Markdown document: headings, paragraphs, tables, and a footnote for each citation."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.console import RenderableType
from rich.text import Text

from withdrawal_cli.formats.citations.text import Reference, reference
from withdrawal_cli.formats.markdown import escape, line, link
from withdrawal_cli.model import Dataset
from withdrawal_cli.queries.citing import Entry
from withdrawal_cli.safety import is_web_address
from withdrawal_cli.views.citations import SourceNotes
from withdrawal_cli.views.outline import Cited, Heading, Paragraph, Rows, outline, said_instead


class Markup(str):
    """A piece that is Markdown already, where other text is escaped."""

    __slots__ = ()


def document(dataset: Dataset, drawing: RenderableType) -> str:
    """Return what a view says as Markdown with footnotes, as GitHub and pandoc read it."""
    return _Document(dataset).write(drawing)


class _Document:
    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.notes: dict[tuple[str, str | None], int] = {}
        "The number of the footnote for a source and a place in it."

    def write(self, drawing: RenderableType) -> str:
        blocks = list(outline(drawing))
        parts: list[str] = []
        for block, after in zip_longest(blocks, blocks[1:]):
            match block:
                case Heading(text, level):
                    if not isinstance(after, SourceNotes):  # the footnotes say what is under it
                        parts.append(f"{'#' * level} {' '.join(self._lines(text))}\n")
                case Paragraph(text):
                    parts += [f"{paragraph}\n" for paragraph in self._lines(text)]
                case Rows(labels, rows):
                    parts.append("".join(self._table(labels, rows)))
        if self.notes:
            parts.append("".join(map(self._footnote, self.notes)))
        # No blank lines between the points of a list.
        return re.sub(r"(?m)^(- .*\n)\n(?=- )", r"\1", "\n".join(parts))

    def _table(self, labels: Sequence[str], rows: Sequence[Sequence[Text]]) -> Iterator[str]:
        """Yield a table; a cell of several lines has a row for each: every reader can show that."""
        columns = max(map(len, rows), default=len(labels))
        heads = [labels[index] if index < len(labels) else "" for index in range(columns)]
        yield line(map(escape, heads))
        yield line(["---"] * columns)
        for row in rows:
            cells = [self._lines(text) for text in row]
            for part in zip_longest(*cells, fillvalue=""):
                yield line([*part, *[""] * (columns - len(part))])

    def _lines(self, text: Text) -> list[str]:
        """Return the lines of a text as Markdown, without empty ones."""
        pieces: list[str] = []
        after = 0
        for start, end, said in self._said(text):
            pieces.append(_escaped(text.plain[after:start]))
            pieces.append(said if isinstance(said, Markup) else _escaped(said))
            after = end
        content = "".join([*pieces, _escaped(text.plain[after:])])
        content = re.sub(r"(?<=[.,:;?!]) {2,}| {2,}(?=\()", " ", content)
        content = re.sub(r"(?<=\S) {2,}(?=\S)", ", ", content)
        content = re.sub(r" +(?=\[\^)", "", content)
        found = (part.strip() for part in content.split("\n"))
        return [
            f"- {_inert(part[2:])}" if part.startswith("• ") else _inert(part)
            for part in found
            if part
        ]

    def _said(self, text: Text) -> list[tuple[int, int, str]]:
        links = [
            (span.start, span.end, Markup(link(text.plain[span.start : span.end])))
            for span in text.spans
            if str(span.style).startswith("link ")
        ]
        return sorted([*said_instead(text, self._cite), *links])

    def _cite(self, citations: Cited, content: str) -> str:
        """Return the footnotes, after the text or in place of the number of a source."""
        notes = "".join(
            f"[^{self.notes.setdefault((source, locator), len(self.notes) + 1)}]"
            for source, locator in citations
        )
        is_number = content.startswith("[") and content.endswith("]")
        return Markup(notes if is_number else f"{_escaped(content.rstrip())}{notes}")

    def _footnote(self, note: tuple[str, str | None]) -> str:
        identifier, locator = note
        source = self.dataset.source(identifier)
        work = reference(Entry(source=source, locators=(locator,) if locator else ()))
        consulted = source.consulted and f"consulted: {source.consulted}"
        remarks = "; ".join(filter(None, (source.kind, consulted, source.note)))
        aside = f" ({escape(remarks)})" if remarks else ""
        return f"[^{self.notes[note]}]: {_reference(work)}{aside}\n"


def _escaped(text: str) -> str:
    return "\n".join(map(escape, text.split("\n")))


def _inert(paragraph: str) -> str:
    """Return a paragraph that does not begin as a list, a line or the underline of a heading."""
    return re.sub(r"^(\d*)([-+=.)])", r"\1\\\2", paragraph)


def _reference(work: Reference) -> str:
    title = f"*{escape(work.title)}*" if work.whole else escape(work.title)
    container = escape(work.container)
    if work.titled and container:
        container = f"*{container}*"
    url = f"{link(work.url)}." if is_web_address(work.url) else escape(work.url)
    where = container + escape(work.rest)
    parts = (escape(work.authors), title, work.inside, where, url, escape(work.cited))
    return " ".join(filter(None, parts))
