"""The dataset inside an HTML page: `export html` packs it, and every command can read it back."""

import re
from codecs import BOM_UTF8

from withdrawal_cli.dataset.faults import Fault

LARGEST = 2**28
"""The most bytes that a page's dataset may unpack to: a small page can hold a stream that fills any
memory."""

CARRIER = "application/x-withdrawal-dataset"
"""The type of the `script` element that holds the dataset."""


def carry(document: bytes) -> str:
    """Return a JSON document as base64 of a zlib stream, for a page's element of type CARRIER."""
    from base64 import b64encode
    from zlib import compress

    return b64encode(compress(document, 9)).decode("ascii")


def carried(content: bytes) -> bytes:
    """Return the JSON that an HTML page carries, and any other input unchanged. Raises Fault."""
    start = content[:64].removeprefix(BOM_UTF8).lstrip().lower()
    if not start.startswith(b"<!doctype html"):
        return content
    from base64 import b64decode
    from zlib import decompressobj, error

    # Neither part runs over a "<": nothing is scanned twice, however often the start occurs.
    carrier = rb'<script type="%b"[^<>]*+>([^<]*+)</script>' % re.escape(CARRIER.encode())
    found = re.search(carrier, content)
    if found is None:
        raise Fault("", "this page holds no dataset", "Those made by withdrawal export html do.")
    damaged = Fault("", "the dataset in this page is damaged", "Take another copy of the page.")
    stream = decompressobj()
    try:
        document = stream.decompress(b64decode(b"".join(found[1].split()), validate=True), LARGEST)
    except (ValueError, error):
        raise damaged from None
    if stream.unconsumed_tail:
        raise Fault(
            "",
            "the dataset in this page is larger than any that a page is made of",
            "Read the JSON that it was made of.",
        )
    if not stream.eof:
        raise damaged
    return document
