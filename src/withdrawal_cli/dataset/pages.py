"""A dataset inside a page: how `export html` packs it, and how it is taken out again."""

import re

from withdrawal_cli.dataset.faults import BYTE_ORDER_MARK, Fault

LARGEST = 2**28

"""The bytes of a dataset that a page may carry: a small page can be made that unpacks to more than any memory holds."""

CARRIER = "application/x-withdrawal-dataset"

"""The type of the element in which a page carries its dataset."""


def carry(document: bytes) -> str:
    """Return the JSON of a dataset as letters that a page can carry in its element CARRIER: base64 of a zlib stream."""
    from base64 import b64encode
    from zlib import compress

    return b64encode(compress(document, 9)).decode("ascii")


def carried(content: bytes) -> bytes:
    """Return the JSON that a page carries; what is no page as it is. Raises Fault."""
    if (
        not content[:64]
        .removeprefix(BYTE_ORDER_MARK)
        .lstrip()
        .lower()
        .startswith(b"<!doctype html")
    ):
        return content
    from base64 import b64decode
    from zlib import decompressobj, error

    # neither part runs over a "<", so that what one start has read the next does not read again
    found = re.search(
        rb'<script type="%b"[^<>]*+>([^<]*+)</script>' % re.escape(CARRIER.encode()), content
    )
    if found is None:
        raise Fault("", "this page holds no dataset", "Those made by withdrawal export html do.")
    try:
        unpacking = decompressobj()
        document = unpacking.decompress(
            b64decode(b"".join(found[1].split()), validate=True), LARGEST
        )
    except (ValueError, error):
        unpacking, document = None, b""
    if unpacking and unpacking.unconsumed_tail:
        raise Fault(
            "",
            "the dataset in this page is larger than any that a page is made of",
            "Read the JSON that it was made of.",
        )
    if not unpacking or not unpacking.eof:
        raise Fault("", "the dataset in this page is damaged", "Take another copy of the page.")
    return document
