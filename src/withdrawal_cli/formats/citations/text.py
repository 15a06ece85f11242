"""References as in a bibliography of the Chicago Manual of Style (18th edition), one a line.

Two things are ours: dates have the day before the month, and the places cited in a work are
gathered at the end of its entry: `Cited: p. 12; p. 352.`
"""

from collections.abc import Sequence

from withdrawal_cli.dates import date_text
from withdrawal_cli.formats.citations import number_parts, one_name, split_name
from withdrawal_cli.queries.citing import Entry
from withdrawal_cli.safety import one_line
from withdrawal_cli.values import Value

WHOLE = (
    "book", "classic", "collection", "dataset", "graphic", "map", "motion_picture",
    "musical_score", "pamphlet", "periodical", "report", "software", "standard", "thesis",
)  # fmt: skip
"""The types with titles in italics (on a screen); those of others are in quotation marks."""

INSIDE = ("chapter", "entry", "entry-dictionary", "entry-encyclopedia", "paper-conference")
"""The types that are part of a book."""

PERIODICALS = (
    "article", "article-journal", "article-magazine", "article-newspaper", "post-weblog", "review",
    "review-book",
)  # fmt: skip
"""The types that appear in a journal, a newspaper or a blog."""


class Reference(Value):
    """One work as a bibliography names it, in parts to join with spaces."""

    authors: str
    title: str
    whole: bool
    "Whether the title is that of a whole work, which is set in italics."
    inside: str
    "`In`, before the title of the book that it is part of."
    container: str
    "What it appeared in."
    titled: bool
    "Whether that is a book or a periodical, set in italics; the name of a site is not."
    rest: str
    "What follows the container without a space: number, publisher, date."
    url: str
    cited: str


def render(entries: Sequence[Entry]) -> str:
    """Return one line for each work."""
    return "".join(f"{plain(reference(entry))}\n" for entry in entries)


def plain(work: Reference) -> str:
    where = work.container + work.rest
    address = f"{work.url}." if work.url else ""
    parts = (work.authors, work.title, work.inside, where, address, work.cited)
    return one_line(" ".join(filter(None, parts)))


def reference(entry: Entry) -> Reference:
    source = entry.source
    whole = source.type in WHOLE
    container = source.container or ""
    joined = _publication(entry).rstrip(" .,")
    where = _stop(container + joined if container else joined.lstrip(" .,"))
    accessed = f"Accessed {date_text(source.accessed)}." if source.accessed else ""
    rest = (where.removeprefix(container), _stop(entry.license or ""), accessed)
    # Citing all the pages of an article cites it whole.
    places = [place for place in entry.locators if place != source.number]
    return Reference(
        authors=_stop(_authors(source.authors)),
        title=_stop(source.title) if whole else _quoted(source.title),
        whole=whole,
        inside="In" if source.type in INSIDE and container else "",
        container=container,
        titled=source.type in INSIDE or source.type in PERIODICALS,
        rest=" ".join(filter(None, rest)),
        url=source.url or "",
        cited=_stop(f"Cited: {'; '.join(places)}") if places else "",
    )


def _publication(entry: Entry) -> str:
    """Return number, publisher and date, after the punctuation that joins them to a container."""
    source = entry.source
    parts = number_parts(source.number)
    pages = parts.get("page", "").replace("-", "–")
    number = (source.number or "").replace(parts.get("page") or "\0", pages)
    version = f"Version {entry.version}" if entry.version else ""
    when = date_text(source.issued) if source.issued else ""
    if not (when or version or source.accessed):  # the day of access stands in for the date
        when = "n.d."
    periodical = bool(source.container) and source.type in PERIODICALS
    if periodical and ("volume" in parts or "issue" in parts):
        volume, issue = parts.get("volume", ""), parts.get("issue", "")
        numbered = ", ".join(filter(None, (volume, issue and f"no. {issue}")))
        dated = f" ({when})" if when else ""
        return f"{' ' if volume else ', '}{numbered}{dated}{f': {pages}' if pages else ''}"
    publisher = "" if periodical else source.publisher
    if publisher in (source.container, *source.authors):
        publisher = ""
    facts = ", ".join(filter(None, (version, publisher, when)))
    if source.type in INSIDE:
        inside = pages if set(parts) == {"page"} else number
        return f"{f', {inside}' if inside else ''}. {facts}"
    before, after = ("", number) if set(parts) == {"page"} else (number, "")
    if source.type in WHOLE:
        facts = f"{facts}, {after}" if after else facts
        return f". {_stop(before[:1].upper() + before[1:])} {facts}" if before else f". {facts}"
    return "".join(f", {part}" for part in (before, facts, after) if part)


def _authors(authors: Sequence[str]) -> str:
    """Return the authors, the first by family name; if they are more than six, the first three."""
    if not authors:
        return ""
    first = split_name(authors[0])
    names = [", ".join(filter(None, first)) if first else one_name(authors[0])]
    for author in authors[1:]:
        person = split_name(author)
        names.append(
            " ".join(filter(None, (person.given, person.family, person.suffix)))
            if person
            else one_name(author)
        )
    if len(names) > 6:
        return f"{', '.join(names[:3])}, et al."
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
