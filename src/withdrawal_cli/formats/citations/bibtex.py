"""BibTeX, written by pybtex. Keys are the ids, titles keep their capitals, Unicode stays."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from pybtex.database import BibliographyData, Person
from pybtex.database import Entry as BibtexEntry
from pybtex.database.output.bibtex import Writer

from withdrawal_cli.dates import Edtf, date_text
from withdrawal_cli.formats.citations import date_parts, number_parts, split_name
from withdrawal_cli.queries.citing import Entry
from withdrawal_cli.safety import one_line

TYPES = {
    **dict.fromkeys(("article", "review", "review-book"), ("article", "journal", "publisher")),
    **dict.fromkeys(
        ("article-journal", "article-magazine", "article-newspaper"),
        ("article", "journal", "publisher"),
    ),
    **dict.fromkeys(("book", "classic"), ("book", "series", "publisher")),
    **dict.fromkeys(
        ("chapter", "entry", "entry-dictionary", "entry-encyclopedia"),
        ("incollection", "booktitle", "publisher"),
    ),
    "paper-conference": ("inproceedings", "booktitle", "publisher"),
    "report": ("techreport", "series", "institution"),
    "thesis": ("phdthesis", "series", "school"),
    "pamphlet": ("booklet", "howpublished", "publisher"),
    "manuscript": ("unpublished", "howpublished", "publisher"),
}
"""The entry type of a CSL type, and the fields that name its container and its publisher there."""

OTHER = ("misc", "howpublished", "publisher")

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{letter: f"\\{letter}" for letter in "#$%&_"},
    }
)


def render(entries: Sequence[Entry]) -> str:
    """Return one entry for each work, with an empty line between."""
    data = BibliographyData(entries={_key(entry): _entry(entry) for entry in entries})
    text: str = _Writer(encoding="UTF-8").to_string(data)
    return text


class _Writer(Writer):  # type: ignore[misc]
    def _write_field(self, stream: Any, type: str, value: str) -> None:  # noqa: A002
        # The text is LaTeX already, and pybtex would escape it again. `jan` to `dec` are macros.
        stream.write(f",\n  {type} = {value if type == 'month' else '{' + value + '}'}")


def _key(entry: Entry) -> str:
    return re.sub(r"[^\w-]+", "-", entry.source.id)


def _entry(entry: Entry) -> BibtexEntry:
    source = entry.source
    kind, container, publisher = TYPES.get(source.type, OTHER)
    number = number_parts(source.number)
    notes = [source.note, entry.license and f"License: {entry.license}."]
    fields = {
        "title": f"{{{escape(source.title)}}}",
        container: _text(source.container),
        publisher: _text(source.publisher),
        **_date(source.issued),
        "volume": _text(number.get("volume")),
        "number": _text(number.get("issue") or number.get("number")),
        "pages": _text(number.get("page", "").replace("-", "--")),
        "version": _text(entry.version),
        "isbn": _text(source.isbn),
        "url": _address(source.url) if source.url else None,
        "urldate": _text(source.accessed.text if source.accessed else None),
        "language": _text(source.language),
        "note": _text(" ".join(part for part in notes if part)),
        "annote": _text(f"Cited: {'; '.join(entry.locators)}" if entry.locators else None),
    }
    persons = {"author": [_person(author) for author in source.authors]} if source.authors else {}
    return BibtexEntry(
        kind, fields=[(name, text) for name, text in fields.items() if text], persons=persons
    )


def escape(text: str) -> str:
    r"""Return text as LaTeX that says the same.

    >>> escape("100% {sure} & C_4")
    '100\\% \\textbraceleft{}sure\\textbraceright{} \\& C\\_4'
    """
    return one_line(text).translate(_SPECIAL)


def _text(content: str | None) -> str | None:
    return escape(content) if content else None


def _address(url: str) -> str:
    """Return an address unescaped, as `url` fields are read; what could end the field is encoded.

    >>> _address("https://пример.рф/{a b}\\u202e")
    'https://пример.рф/%7Ba%20b%7D%E2%80%AE'
    """
    return "".join(
        letter if letter.isprintable() and letter not in " {}\\" else quote(letter)
        for letter in url
    )


def _person(author: str) -> Person:
    """Return a person. Braces keep an institution, or a name with "and" in it, in one piece."""
    name = split_name(author)
    if name is None or re.search(r"\band\b", author, re.IGNORECASE):
        return Person(f"{{{escape(author)}}}")
    return Person(f"{escape(name[0])}, {escape(name[1])}")


def _date(when: Edtf | None) -> dict[str, str]:
    """Return the date for biblatex, which reads EDTF but its sets, and its parts for BibTeX.

    A date that is in doubt or lasted stands in words under `year`.
    """
    if when is None:
        return {}
    fields = {} if when.text.startswith("[") else {"date": when.text}
    parts = date_parts(when)
    if len(parts) != 1 or when.approximate or when.uncertain:
        return fields | {"year": escape(date_text(when))}
    year, *rest = parts[0]
    fields["year"] = f"{year:04}"
    if rest:
        fields["month"] = _MONTHS[rest[0] - 1]
    if rest[1:]:
        fields["day"] = str(rest[1])
    return fields
