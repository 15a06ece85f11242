"""A Markdown table (GitHub's flavour) of the columns for people."""

import re
from collections.abc import Iterable, Iterator

from withdrawal_cli.formats import Listing, batches, utf8
from withdrawal_cli.formats.columns import PIPE
from withdrawal_cli.safety import one_line

# Pandoc and GitHub read `$` as mathematics; pandoc `@` as a citation, `^` as a note or superscript.
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#$]|(?<!\[)\^|\B@|&(?=#?\w+;))")


def render(listing: Listing) -> Iterator[bytes]:
    """Yield the table; Markdown in the data is escaped, so that it stays text."""
    columns = listing.on(PIPE)
    yield utf8(line(column.heading for column in columns))
    yield utf8(line("---:" if column.figure else "---" for column in columns))
    for batch in batches(listing.rows):
        cells = ([escape(column.cell(listing.dataset, row)) for column in columns] for row in batch)
        yield utf8("".join(map(line, cells)))


def line(cells: Iterable[str]) -> str:
    """Return one line of a table; its cells must be escaped."""
    return f"| {' | '.join(cells)} |\n"


def escape(text: str) -> str:
    """Return `text` on one line, with nothing in it that Markdown would read as markup."""
    return _SPECIAL.sub(r"\\\1", one_line(text))


def link(url: str) -> str:
    """Return a web address as a link.

    Characters that would end it or a table cell are percent-encoded: HTML could follow them.

    >>> link('https://example.org/"><script>')
    '<https://example.org/"%3E%3Cscript%3E>'
    """
    return f"<{re.sub('[<>|]', lambda match: f'%{ord(match[0]):X}', url)}>"
