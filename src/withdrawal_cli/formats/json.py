"""JSON: an array of objects, or one object if the answer is a single thing."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from withdrawal_cli.dates import Edtf
from withdrawal_cli.formats import Listing, batches

_CONTROLS = {
    b"\x7f": rb"\x7f",
    b"\xc2": rb"\xc2[\x80-\x9f]",
    b"\xd8": rb"\xd8\x9c",
    b"\xe2": rb"\xe2(?:\x80[\x8e\x8f\xaa-\xae]|\x81[\xa6-\xa9])",
}
"""Delete, C1 controls, direction marks and overrides in UTF-8, by their first byte."""


def _text_of(content: Any) -> str:
    """Encode dates; msgspec knows everything else in rows."""
    if isinstance(content, Edtf):
        return content.text
    raise TypeError(f"a row holds {type(content).__name__}, which has no form in JSON")


encode = msgspec.json.Encoder(enc_hook=_text_of).encode


def render(listing: Listing) -> Iterator[bytes]:
    """Yield the rows as JSON in UTF-8; only what a terminal might obey is escaped."""
    if listing.single:
        yield from (indented(row) + b"\n" for row in listing.rows)
        return
    opening = b"["
    for batch in batches(listing.rows):
        yield opening
        yield indented(batch)[1:-2]  # without its own brackets
        opening = b","
    yield b"[]\n" if opening == b"[" else b"\n]\n"


def indented(content: Any) -> bytes:
    """Return JSON with an indent of two."""
    return escape_controls(msgspec.json.format(encode(content), indent=2))


def line(row: Any) -> bytes:
    """Return one row as one line of JSON."""
    return escape_controls(encode(row)) + b"\n"


def escape_controls(content: bytes) -> bytes:
    """Return JSON with control characters as escapes, which mean the same to a parser."""
    for first_byte, controls in _CONTROLS.items():
        if first_byte in content:  # much faster than a search that finds nothing
            content = re.sub(controls, lambda match: b"\\u%04x" % ord(match[0].decode()), content)
    return content
