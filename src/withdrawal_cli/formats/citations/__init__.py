"""A bibliography to text: one module for each format of `cite`, loaded when it is used."""

import re
from collections.abc import Sequence
from importlib import import_module

from withdrawal_cli.dates import Edtf
from withdrawal_cli.queries.citing import Entry

CITATIONS = {
    "text": (".txt", "one reference a line, as in the bibliography of the Chicago Manual of Style"),
    "bibtex": (".bib", "for LaTeX and reference managers"),
    "csl-json": (".json", "for Zotero, Pandoc and citation processors"),
}
"""Each format's suffix and what it is; the module of its name renders it."""

_LABELS = {"vol.": "volume", "no.": "issue", "issue": "issue", "p.": "page", "pp.": "page"}
_SEASONS = {21: 1, 22: 2, 23: 3, 24: 4}


def render(name: str, entries: Sequence[Entry]) -> str:
    """Return the bibliography as text in the format `name`, a key of `CITATIONS`."""
    module = import_module(f"{__name__}.{name.replace('-', '_')}")
    text: str = module.render(entries)
    return text


def split_name(author: str) -> tuple[str, str] | None:
    """Return family and given name of a person; `None` for an institution, which is one name.

    >>> split_name("Braithwaite, Rodric")
    ('Braithwaite', 'Rodric')
    """
    family, comma, given = (part.strip() for part in author.partition(","))
    return (family, given) if family and comma and given and "," not in given else None


def number_parts(number: str | None) -> dict[str, str]:
    """Return the volume, issue and page that a number says, or else the whole as `number`.

    >>> number_parts("vol. 25, pp. 675-691")
    {'volume': '25', 'page': '675-691'}
    >>> number_parts("S/RES/462 (1980)")
    {'number': 'S/RES/462 (1980)'}
    """
    found = {}
    for part in (number or "").split(", "):
        label, _, content = part.partition(" ")
        if label not in _LABELS or not content:
            return {"number": number} if number else {}
        found[_LABELS[label]] = content
    return found


def date_parts(when: Edtf) -> list[list[int]]:
    """Return year, month and day of a date, or of both ends of an interval; empty if in words only.

    >>> date_parts(Edtf("2011-12/2012-01"))
    [[2011, 12], [2012, 1]]
    """
    parts = []
    for end in when.ends if when.lasted else (when,):
        match = re.fullmatch(
            r"(\d{4})(?:-(\d\d|XX))?(?:-(\d\d|XX))?[?~%]?", end.text if end else ""
        )
        if match is None or (match[2] and match[2] > "12" and match[2] != "XX"):
            return []
        parts.append([int(part) for part in match.groups() if part and part != "XX"])
    return parts


def season_parts(when: Edtf) -> tuple[int, int] | None:
    """Return the year and the season of a date that is one, 1 for spring to 4 for winter.

    >>> season_parts(Edtf("1988-24~"))
    (1988, 4)
    """
    match = re.fullmatch(r"(\d{4})-(2[1-4])[?~%]?", when.text)
    return (int(match[1]), _SEASONS[int(match[2])]) if match else None
