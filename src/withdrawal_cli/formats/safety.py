"""Foreign text made harmless: no control characters, terminal escapes or reversed writing leave the program."""

import re
import unicodedata

LONGEST = 2000
"""The characters of a line that are told."""

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")


def clean(text: str, keep: str = "\n") -> str:
    """Return `text` with every control character, bidirectional override and non-character but those in `keep` as U+FFFD."""
    if text.isprintable():
        return text
    return _UNSAFE.sub(lambda match: match[0] if match[0] in keep else "\ufffd", text)


def one_line(text: str) -> str:
    """Return `text` on one line, clean."""
    return clean(_BREAKS.sub(" ", text)) if not text.isprintable() else text


def tellable(text: str) -> str:
    """Return `text` as it can be told beside an answer: clean, and no line so long that it buries the others."""
    lines = clean(text).split("\n")
    return "\n".join(line if len(line) <= LONGEST else f"{line[:LONGEST]}…" for line in lines)


def is_web_address(url: str) -> bool:
    """Whether `url` leads to the web, and to nothing else: no `javascript:`, no blank, no control character."""
    return url.startswith(("https://", "http://")) and url.isprintable() and " " not in url


def width(text: str) -> int:
    """Return the columns that `text` takes on a terminal: two for wide East Asian letters, none for combining marks."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(unicodedata.combining(letter) > 0 for letter in text)
