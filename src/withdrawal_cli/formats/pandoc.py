"""Prose in Markdown for pandoc, which fetches each citation from a bibliography.

    pandoc --citeproc story.md -o story.docx

See https://pandoc.org/MANUAL.html#citation-syntax.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

from withdrawal_cli.formats.markdown import escape
from withdrawal_cli.model import Citation, Dataset
from withdrawal_cli.queries.narration import Narration


def render(dataset: Dataset, narration: Narration, bibliography: str, made_by: str) -> str:
    """Return the prose; `bibliography` is the file that pandoc is to read, `made_by` ends it."""
    header = {"bibliography": bibliography, "reference-section-title": "Sources"}
    return "\n".join([*front_matter(dataset, header), *_body(narration), escape(made_by), ""])


def front_matter(dataset: Dataset, more: Mapping[str, str]) -> list[str]:
    """Return the lines of metadata that begin a document, those of the dataset first.

    pandoc reads the texts of metadata as Markdown.
    """
    about = dataset.metadata
    header = {
        "title": escape(about.title),
        "author": list(map(escape, about.authors)),
        **({"date": about.released.text} if about.released else {}),
        "rights": escape(about.license),
        **more,
    }
    # JSON is YAML too, and quotes whatever a title may hold.
    lines = [f"{key}: {json.dumps(content, ensure_ascii=False)}" for key, content in header.items()]
    return ["---", *lines, "---", ""]


def _body(narration: Narration) -> Iterator[str]:
    for phase, paragraphs in narration.chapters():
        if phase:
            yield f"## {escape(phase)}\n"
        for paragraph in paragraphs:
            told = (f"{escape(passage.text)}{_cited(passage.citations)}" for passage in paragraph)
            yield f"{' '.join(told)}\n"


def _cited(citations: Sequence[Citation]) -> str:
    """Return the citations of a passage in one pair of brackets: ` [@maley, p. 123; @taz]`."""
    if not citations:
        return ""
    cited = (
        f"@{citation.source}" + (f", {escape(citation.locator)}" if citation.locator else "")
        for citation in citations
    )
    return f" [{'; '.join(cited)}]"
