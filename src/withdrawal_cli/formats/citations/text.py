"""References in the style of the Chicago Manual (notes and bibliography), one a line.

The places cited in a work are gathered at the end of its entry: `Cited: p. 12; p. 352.`
"""

from collections.abc import Sequence

from withdrawal_cli.dates import date_text
from withdrawal_cli.formats.citations import split_name
from withdrawal_cli.queries.citing import Entry
from withdrawal_cli.safety import one_line
from withdrawal_cli.values import Value, value

WHOLE = (
    "book", "classic", "collection", "dataset", "graphic", "map", "motion_picture",
    "musical_score", "pamphlet", "periodical", "report", "software", "standard", "thesis",
)  # fmt: skip
"""The types with titles in italics (on a screen); those of others are in quotation marks."""

INSIDE = ("chapter", "entry", "entry-dictionary", "entry-encyclopedia", "paper-conference")
"""The types that stand in a book."""


@value
class Reference(Value):
    """One work as a bibliography names it, in parts to join with spaces."""

    authors: str
    title: str
    whole: bool
    "Whether the title is that of a whole work."
    rest: str
    "Where it stands, its number, publisher and date."
    url: str
    cited: str


def render(entries: Sequence[Entry]) -> str:
    """Return one line for each work."""
    return "".join(f"{plain(reference(entry))}\n" for entry in entries)


def plain(work: Reference) -> str:
    parts = (work.authors, work.title, work.rest, f"{work.url}." if work.url else "", work.cited)
    return one_line(" ".join(part for part in parts if part))


def reference(entry: Entry) -> Reference:
    source = entry.source
    whole = source.type in WHOLE
    where = (
        f"In {source.container}" if source.type in INSIDE and source.container else source.container
    )
    version = f"Version {entry.version}" if entry.version else None
    when = date_text(source.issued) if source.issued else ("" if version else "n.d.")
    publisher = (
        source.publisher if source.publisher not in (source.container, *source.authors) else None
    )
    rest = ", ".join(part for part in (where, source.number, version, publisher, when) if part)
    asides = [
        entry.license or "",
        f"Accessed {date_text(source.accessed)}" if source.accessed else "",
    ]
    return Reference(
        authors=_stop(_authors(source.authors)),
        title=_stop(source.title) if whole else _quoted(source.title),
        whole=whole,
        rest=" ".join(_stop(part) for part in (rest, *asides) if part),
        url=source.url or "",
        cited=_stop(f"Cited: {'; '.join(entry.locators)}") if entry.locators else "",
    )


def _authors(authors: Sequence[str]) -> str:
    """Return the authors, the first one by the family name; of more than ten the first seven."""
    if not authors:
        return ""
    names = [authors[0]]
    for author in authors[1:]:
        person = split_name(author)
        names.append(f"{person[1]} {person[0]}" if person else author)
    if len(names) > 10:
        return f"{', '.join(names[:7])}, et al."
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}, and {names[-1]}"


def _quoted(title: str) -> str:
    """Return the title in quotation marks, with single ones inside and a full stop at the end."""
    inner, opens = "", True
    for letter in title:
        if letter == '"':
            inner += "‘" if opens else "’"
            opens = not opens
        else:
            inner += {"“": "‘", "”": "’"}.get(letter, letter)
    closing = inner[-1:] if title.endswith(('"', "”")) else ""
    return f"“{_stop(inner.removesuffix(closing))}{closing}”"


def _stop(text: str) -> str:
    """Return the text with a full stop, if it has no end of its own."""
    return text if not text or text.endswith((".", "?", "!")) else f"{text}."
