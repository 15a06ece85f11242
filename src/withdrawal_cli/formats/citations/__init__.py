"""A bibliography to text: one module for each format of `cite`, loaded when it is used."""

import re
from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple

from withdrawal_cli.dates import Edtf
from withdrawal_cli.queries.citing import Entry

CITATIONS = {
    "text": (".txt", "one reference a line, as in the bibliography of the Chicago Manual of Style"),
    "bibtex": (".bib", "for LaTeX and reference managers"),
    "ris": (".ris", "for reference managers: EndNote, Zotero, Mendeley"),
    "csl-json": (".json", "for Zotero, Pandoc and citation processors"),
}
"""Each format's suffix and what it is; the module of its name renders it."""

_LABELS = {"vol.": "volume", "no.": "issue", "issue": "issue", "p.": "page", "pp.": "page"}
_SUFFIX = re.compile(r"(jr|sr)\.?|i{2,3}|iv|vi{0,3}", re.IGNORECASE).fullmatch
_JUNIOR = re.compile(r"[js]r\.?", re.IGNORECASE).fullmatch
_FIRM = re.compile(r"(inc|ltd|llc|plc|corp|co|gmbh|s\.a)\.?", re.IGNORECASE).fullmatch
_SEASONS = {21: 1, 22: 2, 23: 3, 24: 4}


def render(name: str, entries: Sequence[Entry]) -> str:
    """Return the bibliography as text in the format `name`, a key of `CITATIONS`."""
    module = import_module(f"{__name__}.{name.replace('-', '_')}")
    text: str = module.render(entries)
    return text


class Name(NamedTuple):
    """A person, in the order in which a bibliography sorts."""

    family: str
    given: str
    suffix: str = ""


def split_name(author: str) -> Name | None:
    """Return family name, given name and suffix; `None` for an institution, which is one name.

    >>> split_name("Braithwaite, Rodric")
    Name(family='Braithwaite', given='Rodric', suffix='')
    >>> split_name("Hill, Jr., Thomas") == split_name("Hill, Thomas, Jr.")
    True
    >>> split_name("King, Martin Luther Jr.")
    Name(family='King', given='Martin Luther', suffix='Jr.')
    >>> split_name("Acme, Inc.")
    """
    family, *others = _parts(author) or [author]
    suffixes = [part for part in others if _SUFFIX(part)] if len(others) > 1 else []
    names = [part for part in others if part not in suffixes]
    if len(names) != 1 or len(suffixes) > 1 or _FIRM(names[0]) or _JUNIOR(names[0]):
        return None
    given, suffix = names[0], "".join(suffixes)
    if not suffix:  # without its comma; not `John Paul II, Pope`
        if parted := re.fullmatch(r"(.+) ([JS]r\.?)", family):
            family, suffix = parted.groups()
        elif parted := re.fullmatch(r"(.+) ([JS]r\.?|I{2,3}|IV)", given):
            given, suffix = parted.groups()
    return Name(family, given, suffix)


def one_name(author: str) -> str:
    """Return the name of an institution, without commas that separate nothing.

    >>> one_name("Acme , Inc."), one_name("Reuters,")
    ('Acme, Inc.', 'Reuters')
    """
    return ", ".join(_parts(author)) or author


def _parts(author: str) -> list[str]:
    return [part for piece in author.split(",") if (part := piece.strip())]


def number_parts(number: str | None) -> dict[str, str]:
    """Return the volume, issue and page that a number gives, or else the whole as `number`.

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
    """Return the year and the season, 1 for spring to 4 for winter; `None` for other dates.

    >>> season_parts(Edtf("1988-24~"))
    (1988, 4)
    """
    match = re.fullmatch(r"(\d{4})-(2[1-4])[?~%]?", when.text)
    return (int(match[1]), _SEASONS[int(match[2])]) if match else None
