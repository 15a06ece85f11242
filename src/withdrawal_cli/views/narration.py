"""The chosen events as prose, with the numbers of their sources, and these at the end."""

from rich.console import Group, RenderableType
from rich.text import Text

from withdrawal_cli.model import Dataset
from withdrawal_cli.queries.narration import Narration
from withdrawal_cli.views import ENTRIES, linked, words
from withdrawal_cli.views.citations import SourceNotes


def story(dataset: Dataset, narration: Narration) -> Group:
    """Return a heading for each phase, its paragraphs, and the sources by number."""
    if not narration.passages:
        return Group(words(narration.timeline.note(dataset)))
    sources = SourceNotes.of_rows(dataset, narration.passages)
    parts: list[RenderableType] = []
    for phase, paragraphs in narration.chapters():
        parts += [Text()] if parts else []
        parts += [words(phase, "heading"), Text()] if phase else []
        for number, paragraph in enumerate(paragraphs):
            parts += [Text()] if number else []
            text = Text()
            for passage in paragraph:
                text.append(" " if text else "")
                text.append_text(linked(words(passage.text), passage.event))
                text.append_text(sources.cite(passage.citations, ENTRIES))
            parts.append(text)
    if sources.numbers:
        parts += [Text(), words("Sources", "heading"), sources]
    return Group(*parts)
