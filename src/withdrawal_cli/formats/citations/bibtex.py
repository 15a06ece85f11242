"""BibTeX for BibTeX, biblatex, Pandoc, JabRef and Zotero, written by pybtex.

Keys are the ids, titles keep their capitals, Unicode stays. biblatex and Pandoc read `date`, BibTeX
`year` and `month`, where a day stands as in its manual: `"26~" # may`.
"""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Any
from urllib.parse import quote

from pybtex.database import BibliographyData, Person
from pybtex.database import Entry as BibtexEntry
from pybtex.database.output.bibtex import Writer

from withdrawal_cli.dates import Edtf, date_text
from withdrawal_cli.formats.citations import date_parts, number_parts, one_name, split_name
from withdrawal_cli.queries.citing import Entry
from withdrawal_cli.safety import one_line
from withdrawal_cli.values import Value


class Type(Value):
    """A type of entry, and which of its fields hold what.

    The fields are those of https://ctan.org/pkg/biblatex that BibTeX reads too.
    """

    name: str
    container: str
    publisher: str | None = None
    "`None` if the type has no field for it."
    numbered: bool = True
    "Whether it has `volume`, `number` and `pages`; if not, a note gives them."


_ARTICLE = Type(name="article", container="journal")
_BOOK = Type(name="book", container="series", publisher="publisher")
_PART = Type(name="incollection", container="booktitle", publisher="publisher")
_PAGE = Type(name="online", container="organization", numbered=False)
_OTHER = Type(name="misc", container="howpublished", publisher="organization", numbered=False)
TYPES = {
    **dict.fromkeys(("article", "review", "review-book"), _ARTICLE),
    **dict.fromkeys(("article-journal", "article-magazine", "article-newspaper"), _ARTICLE),
    **dict.fromkeys(("book", "classic"), _BOOK),
    **dict.fromkeys(("chapter", "entry", "entry-dictionary", "entry-encyclopedia"), _PART),
    **dict.fromkeys(("webpage", "post", "post-weblog"), _PAGE),
    "paper-conference": Type(name="inproceedings", container="booktitle", publisher="publisher"),
    "report": Type(name="techreport", container="note", publisher="institution"),
    "thesis": Type(name="phdthesis", container="note", publisher="institution", numbered=False),
    "pamphlet": Type(name="booklet", container="howpublished", numbered=False),
    "manuscript": Type(name="unpublished", container="howpublished", numbered=False),
}
"""What each CSL type is in BibTeX."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TITLES = ("booktitle", "series")
"""The fields in which a style would change capitals, as in a title."""

_ORDER = (
    "key", "title", "journal", "booktitle", "series", "howpublished", "organization", "publisher",
    "institution", "date", "year", "month", "volume", "number", "pages", "version", "isbn", "url",
    "urldate", "langid", "language", "note", "annote",
)  # fmt: skip
"""The fields of an entry, in order."""

LANGUAGES = {
    "ar": "arabic", "bg": "bulgarian", "cs": "czech", "de": "german", "en": "english",
    "es": "spanish", "fa": "persian", "fr": "french", "hi": "hindi", "is": "icelandic",
    "it": "italian", "nl": "dutch", "pl": "polish", "pt": "portuguese", "ru": "russian",
    "sv": "swedish", "uk": "ukrainian", "ur": "urdu",
}  # fmt: skip
"""The names of languages in `langid`; any other language goes into `language`."""

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
    kind = TYPES.get(source.type, _OTHER)
    if kind.container == "journal" and not source.container:
        kind = _OTHER  # an article must have a journal
    number = number_parts(source.number)
    fields = {
        # BibTeX sorts by it, and makes labels of it.
        "key": None if source.authors else _text(source.title),
        "title": f"{{{escape(source.title)}}}",
        **_date(source.issued),
        "version": _text(entry.version),
        "isbn": _text(source.isbn),
        "url": _address(source.url) if source.url else None,
        "urldate": _text(source.accessed.text if source.accessed else None),
        "annote": _text(entry.cited),
    }
    if source.language:
        name = LANGUAGES.get(source.language)
        fields["langid" if name else "language"] = _text(name or source.language)
    if source.container:
        container = escape(source.container)
        fields[kind.container] = f"{{{container}}}" if kind.container in _TITLES else container
    if kind.publisher:
        fields[kind.publisher] = _text(source.publisher)
    elif not source.container and kind is _PAGE:
        fields[kind.container] = _text(source.publisher)
    if kind.numbered:
        fields |= {
            "volume": _text(number.get("volume")),
            "number": _text(number.get("issue") or number.get("number")),
            "pages": _text(number.get("page", "").replace("-", "--")),
        }
    fields["note"] = _note(entry, kind, fields.get("note"))
    persons = {"author": [_person(author) for author in source.authors]} if source.authors else {}
    return BibtexEntry(
        kind.name,
        fields=[(name, fields[name]) for name in _ORDER if fields.get(name)],
        persons=persons,
    )


def _note(entry: Entry, kind: Type, before: str | None) -> str:
    """Return what has no field of its own, after what the note says already."""
    source, notes = entry.source, []
    # `year` has a number for these, and BibTeX no other field: 1900 for a decade and a century.
    if source.issued and not re.match(r"\d{4}", source.issued.text):
        notes.append(f"Issued {date_text(source.issued)}.")
    if source.number and not kind.numbered:
        notes.append(f"{source.number}.")
    notes += [source.note or "", entry.licensed]
    told = _text(" ".join(filter(None, notes)))
    note = ". ".join(filter(None, (before, told)))
    # As BibTeX's manual wants it: `Doc. 119.`, but not the name of a site.
    return re.sub(r"^[a-z]+(?=\W? )", lambda word: word[0].capitalize(), note)


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
    """Return a person, or an institution in braces."""
    name = split_name(author)
    if name is None:
        return Person(f"{{{escape(one_name(author))}}}")
    words = name.family.split()
    particles = list(takewhile(lambda word: word[:1].islower(), words[:-1]))
    rest = words[len(particles) :]
    family = _braced(" ".join(rest))
    # BibTeX would take all words up to a lower-case one for a particle: `Pereira da` Costa.
    if any(word[:1].islower() for word in rest[:-1]) and not family.startswith("{"):
        family = f"{{{family}}}"
    parts = (" ".join([*map(escape, particles), family]), name.suffix, _braced(name.given))
    return Person(", ".join(filter(None, parts)))


def _braced(text: str) -> str:
    """Return a part of a name, in braces if BibTeX would split it."""
    if re.search(r"\band\b", text, re.IGNORECASE) or text != escape(text):
        return f"{{{escape(text)}}}"
    return escape(text)


def _date(when: Edtf | None) -> dict[str, str]:
    """Return the date for biblatex, and its start as year, month and day for BibTeX.

    biblatex reads EDTF without sets, and without unknown digits outside the year. A set becomes its
    first day, in doubt.
    """
    if when is None:
        return {}
    text = when.text.replace("-XX", "")
    if text.startswith("["):
        first = re.split(r",|\.\.", text.strip("[]").strip(",."))[0]
        text = f"{first.rstrip('?~%')}?"
    elif text.startswith(("/", "../")):  # biber reads an open end, but no open start
        text = f"{text.rpartition('/')[2].rstrip('?~%')}?"
    elif text.endswith("/.."):
        text = text.removesuffix("..")
    fields = {"date": text, "year": text[:4].replace("X", "0")}
    days = date_parts(Edtf(text.removesuffix("/")))
    if not days or len(days[0]) == 1:
        return fields
    if days[0][0] != days[-1][0]:  # there is no room for a second year
        days = days[:1]
    ends = list(dict.fromkeys((tuple(days[0][1:]), tuple(days[-1][1:]))))
    if len(ends) == 2 and len(ends[0]) == len(ends[1]) == 2 and ends[0][0] == ends[1][0]:
        fields["month"] = f'"{ends[0][1]}--{ends[1][1]}~" # {_MONTHS[ends[0][0] - 1]}'
    else:
        fields["month"] = ' # "--" # '.join(_day(*end) for end in ends if end)
    return fields


def _day(month: int, day: int | None = None) -> str:
    name = _MONTHS[month - 1]
    return f'"{day}~" # {name}' if day else name
