"""RIS, a line for each field, as reference managers read it.

See https://en.wikipedia.org/wiki/RIS_(file_format); the types and tags are those that EndNote and
Zotero have in common.
"""

import re
from collections.abc import Iterator, Sequence

from withdrawal_cli.dates import Edtf, date_text
from withdrawal_cli.formats.citations import date_parts, number_parts, one_name, split_name
from withdrawal_cli.queries.citing import Entry
from withdrawal_cli.safety import one_line

TYPES = {
    "article": "GEN", "article-journal": "JOUR", "article-magazine": "MGZN",
    "article-newspaper": "NEWS", "bill": "BILL", "book": "BOOK", "chapter": "CHAP",
    "classic": "BOOK", "dataset": "DATA", "entry": "ENCYC", "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC", "figure": "FIGURE", "graphic": "ART", "hearing": "HEAR",
    "legal_case": "CASE", "legislation": "STAT", "manuscript": "UNPB", "map": "MAP",
    "motion_picture": "MPCT", "musical_score": "MUSIC", "pamphlet": "PAMP",
    "paper-conference": "CPAPER", "patent": "PAT", "personal_communication": "PCOMM",
    "post-weblog": "BLOG", "report": "RPRT", "review": "JOUR", "review-book": "JOUR",
    "software": "COMP", "song": "SOUND", "standard": "STAND", "thesis": "THES", "webpage": "ELEC",
}  # fmt: skip
"""The reference type of a CSL type; GEN for others."""


def render(entries: Sequence[Entry]) -> str:
    """Return a record for each work, with an empty line after each. Lines end in CRLF."""
    return "".join(f"{line}\r\n" for entry in entries for line in (*_lines(entry), ""))


def _lines(entry: Entry) -> Iterator[str]:
    source = entry.source
    number = number_parts(source.number)
    first, _, last = number.get("page", "").partition("-")
    tags = [
        ("TY", TYPES.get(source.type, "GEN")),
        ("ID", source.id),
        *(("AU", _name(author)) for author in source.authors),
        ("TI", source.title),
        ("T2", source.container),
        ("PB", source.publisher),
        *_issued(source.issued),
        ("VL", number.get("volume")),
        ("IS", number.get("issue")),
        ("M1", number.get("number")),
        ("SP", first),
        ("EP", last),
        ("ET", entry.version and f"Version {entry.version}"),
        ("SN", source.isbn),
        # RIS has several addresses on one line, with a semicolon between
        ("UR", source.url and source.url.replace(";", "%3B")),
        ("Y2", _day(source.accessed)),
        ("LA", source.language),
        ("N1", source.note),
        ("N1", entry.licensed),
        ("N1", entry.cited and f"{entry.cited}."),
    ]
    for tag, text in tags:
        if text:
            yield f"{tag}  - {one_line(text)}"
    yield "ER  - "


def _name(author: str) -> str:
    """Return `Family, Given, Suffix`. A comma would turn an institution into a person."""
    name = split_name(author)
    return ", ".join(filter(None, name)) if name else one_name(author).replace(",", "")


def _issued(when: Edtf | None) -> Iterator[tuple[str, str]]:
    """Yield the year; the date as far as it is known; and in words what RIS has no numbers for."""
    if when is None:
        return
    # Of several dates the first one's; a decade has none.
    if year := re.match(r"[\[/.]*(\d{4})", when.text):
        yield "PY", year[1]
    yield "DA", _day(when)
    if not date_parts(when) or not re.fullmatch(r"[\d-]+", when.text):
        yield "N1", f"Issued {date_text(when)}."


def _day(when: Edtf | None) -> str:
    """Return `YYYY/MM/DD/`, with unknown parts left empty."""
    parts = date_parts(when)[:1] if when else []
    if not parts:
        return ""
    year, month, day = (*parts[0], 0, 0)[:3]
    return f"{year:04}/{month:02}/{day:02}/".replace("/00", "/")
