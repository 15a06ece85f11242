"""The chosen events as prose, with the numbers of their sources, and these at the end."""

from itertools import groupby

from rich.console import Group, RenderableType
from rich.text import Text

from withdrawal_cli.model import Dataset, Source
from withdrawal_cli.queries.narration import Narration, paragraphs
from withdrawal_cli.views import ENTRIES, linked, words
from withdrawal_cli.views.citations import SourceNotes
from withdrawal_cli.views.show import notes, numbered


def story(dataset: Dataset, narration: Narration) -> Group:
    """Return a heading for each phase, its paragraphs, and the sources by number."""
    if not narration.passages:
        return Group(words(narration.timeline.note(dataset)))
    cited = dict.fromkeys(name for passage in narration.passages for name in passage.sources)
    sources = [found for name in cited if isinstance(found := dataset.by_id[name], Source)]
    numbers = numbered(sources)
    parts: list[RenderableType] = []
    for phase, passages in groupby(narration.passages, key=lambda passage: passage.phase):
        parts += [Text()] if parts else []
        parts += [words(phase, "heading"), Text()] if phase else []
        for number, paragraph in enumerate(paragraphs(list(passages))):
            parts += [Text()] if number else []
            text = Text()
            for passage in paragraph:
                text.append(" " if text else "")
                text.append_text(linked(words(passage.text), passage.event))
                text.append_text(notes(numbers, passage.citations, ENTRIES))
            parts.append(text)
    if sources:
        parts += [Text(), words("Sources", "heading"), SourceNotes(sources, numbers)]
    return Group(*parts)
