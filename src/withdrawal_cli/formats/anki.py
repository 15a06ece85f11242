"""Questions as a text file that Anki imports: a note for each, which a later import updates.

See https://docs.ankiweb.net/importing/text-files.html.
"""

import re
from collections.abc import Iterator
from html import escape

from withdrawal_cli.formats import Listing, utf8
from withdrawal_cli.formats.tsv import unquoted
from withdrawal_cli.queries.quiz.question import LETTERS, letter
from withdrawal_cli.wording import short_sources

HEADERS = """\
#separator:tab
#html:true
#columns:Front\tBack\tTags\tId
#tags column:3
#guid column:4
"""
"""The first two columns are the fields of Anki's own note type. With HTML each choice has a line.
A later import recognizes a note by its id.
"""

_ACTIVE = re.compile(r"\[(?=\s*/?\s*(sound:|anki:|latex|\$))|\\(?=[(\[])", re.IGNORECASE)
"""The start of a sound, a program or a formula in Anki: https://docs.ankiweb.net/math.html."""


def render(listing: Listing) -> Iterator[bytes]:
    """Yield the headers, then a line for each question with its choices."""
    dataset = listing.dataset
    yield utf8(HEADERS)
    for row in listing.rows:
        choices = (f"{mark}) {text}" for mark, text in zip(LETTERS, row.choices, strict=False))
        sources = short_sources(dataset, row.sources)
        reason = row.reason + (f" ({sources})" if sources else "")
        cells = [
            _lines(row.question, *choices),
            _lines(f"{letter(row)}) {row.answer}", reason),
            f"{dataset.metadata.id} {row.asks}",
            f"{dataset.metadata.id}-{row.id}",
        ]
        yield utf8("\t".join(cells) + "\n")


def _lines(*texts: str) -> str:
    """Return a field of Anki with each text, as text, on a line of its own."""
    return "<br>".join(
        escape(_ACTIVE.sub(lambda found: "(" if found[0] == "[" else "/", unquoted(text)))
        for text in texts
    )
