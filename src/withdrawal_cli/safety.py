"""Foreign text made harmless.

No control character, terminal escape, reversed writing or spreadsheet formula leaves the program.
"""

import re
import unicodedata

LONGEST_LINE = 2000
"""In characters, on standard error."""
LONGEST_QUOTE = 60
"""In characters, of a foreign text in a message."""

FORMULA = (
    "[\\s\u00ad\u200b-\u200d\u2060\ufeff]*"
    "[=+@\uff1d\uff0b\uff20\ufe66\ufe62\ufe6b\uff0d\ufe63-]|[\t\r\n]"
)
"""The start of what a spreadsheet may run: see https://owasp.org/www-community/attacks/CSV_Injection.

Blanks are skipped; programs for East Asia read the full-width and small forms of `=`, `+`, `-` and
`@` as well. A tab or a line break counts whatever follows, since importers drop it.
"""

_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"  # but the tab and the line feed
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_NO_CHARACTERS = "\ud800-\udfff\ufffe\uffff"
_BREAKS = r"[\t\n\v\f\r\x85\u2028\u2029]+"
"""Patterns are compiled when first needed, which saves most runs 1 ms."""


def clean(text: str, keep: str = "\n") -> str:
    """Return `text` with U+FFFD for control characters, direction overrides and non-characters.

    `keep` is what stays of line breaks and tabs.
    """
    rest = text  # nearly always safe, which is seen in half the time that the pattern takes
    for mark in keep:
        rest = rest.replace(mark, "")
    if rest.isprintable():
        return text
    unkept = "".join(mark for mark in "\t\n" if mark not in keep)
    return re.sub(f"[{unkept}{_CONTROLS}{_DIRECTIONS}{_NO_CHARACTERS}]", "\ufffd", text)


def one_line(text: str) -> str:
    """Return `text` on one line, clean."""
    return clean(re.sub(_BREAKS, " ", text)) if not text.isprintable() else text


def disarmed(text: str) -> str:
    """Return the text of a cell with `'` before what a spreadsheet would run.

    One is also put before apostrophes that stand before such text, so that `rearmed` undoes it.
    """
    if text[:1].isalnum():  # nearly every cell, in a quarter of the time
        return text
    return f"'{text}" if re.match(FORMULA, text.lstrip("'")) else text


def rearmed(text: str) -> str:
    """Return the text that `disarmed` made a cell of.

    >>> [rearmed(disarmed(text)) for text in ("=1+1", "'=1+1", "'tis", "-ism")]
    ['=1+1', "'=1+1", "'tis", '-ism']
    """
    return text[1:] if text.startswith("'") and re.match(FORMULA, text.lstrip("'")) else text


def tellable(text: str) -> str:
    """Return a message for standard error: clean, and no line so long that it buries the rest."""
    lines = clean(text).split("\n")
    return "\n".join(
        line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…" for line in lines
    )


def quoted(text: str) -> str:
    """Return foreign text for a message: in quotation marks, on one line, cut when it is long."""
    line = one_line(text[:LONGEST_LINE]).strip()
    return repr(line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + "…")


def is_web_address(url: str) -> bool:
    """Whether `url` leads to the web: a host, no `javascript:`, no space, no control character."""
    return bool(re.match(r"https?://[^/?#:@]", url)) and url.isprintable() and " " not in url


def width(text: str) -> int:
    """Return the terminal columns of `text`: two for wide letters, none for combining marks."""
    # Not Rich's `cell_len`: this serves tables in a pipe, and importing Rich would double their
    # start. Nor wcwidth: another dependency for a difference that nobody would see in a pipe.
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(unicodedata.combining(letter) > 0 for letter in text)
