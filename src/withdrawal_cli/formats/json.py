"""JSON: an array of objects, or one object where the answer is one thing."""

import re

import msgspec

from withdrawal_cli.formats import Listing, Row


def render(listing: Listing) -> str:
    """Return the rows as JSON, UTF-8 unescaped save for what could command a terminal."""
    content = listing.rows[0] if listing.single else listing.rows
    return escape_controls(msgspec.json.format(msgspec.json.encode(content), indent=2)) + "\n"


def line(row: Row) -> str:
    """Return one row as one line of JSON."""
    return escape_controls(msgspec.json.encode(row)) + "\n"


def escape_controls(content: bytes) -> str:
    """Return JSON with C1 controls and bidirectional overrides written as escapes, which mean the same to a reader."""
    text = content.decode()
    if not any(lead in content for lead in (b"\x7f", b"\xc2", b"\xe2\x80", b"\xe2\x81")):
        return text
    return re.sub("[\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", lambda match: f"\\u{ord(match[0]):04x}", text)
