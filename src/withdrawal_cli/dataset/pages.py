"""The dataset inside an HTML page: `export html` packs it, and every command can read it back."""

import re
from codecs import BOM_UTF8

from withdrawal_cli.dataset.faults import Fault

LARGEST = 2**28
"""The most bytes that a page's dataset may unpack to: a small page can hold a stream that fills any
memory."""

CARRIER = "application/x-withdrawal-dataset"
"""The type of the `script` element that holds the dataset."""


SHORTEST = 24
"""The letters of a text that is worth a reference."""

REFERENCE = re.compile(rb"\x01([\w-]{5})")
"""A text that the page has: the byte 1, which JSON cannot hold, and a hash of the text.

The document ends in its checksum, because another text can have the same short hash.
"""


def carry(document: bytes, page: str) -> str:
    """Return a JSON document as base64 of a bzip2 stream, for a page's element of type CARRIER.

    Most of its texts stand in the page already, and are replaced by references to it: a third of
    the weight of the page would be texts that are there twice.
    """
    from base64 import b64encode
    from bz2 import compress
    from json import loads
    from zlib import crc32

    texts = texts_of(page)

    def shortened(found: re.Match[bytes]) -> bytes:
        if len(found[0]) < SHORTEST:
            return found[0]
        key = digest(loads(found[0]))
        return b"\x01" + key if texts.get(key) == found[0] else found[0]

    packed = re.sub(rb'"(?:[^"\\]|\\.)*+"', shortened, document)
    return b64encode(compress(packed + b"\x02%08x" % crc32(document))).decode("ascii")


def texts_of(page: str) -> dict[bytes, bytes]:
    """Return the texts and the web addresses of a page, as strings of JSON, by their hashes."""
    from html import unescape
    from json import dumps

    found = re.findall(r'>([^<]{16,})<|href="([^"<>]+)"', page)
    texts = {unescape(text or address).strip() for text, address in found}
    # the title of a source has a stop and quotation marks in a citation, not in the data
    texts |= {text.strip("“”").removesuffix(".") for text in texts}
    return {
        digest(text): dumps(text, ensure_ascii=False).encode("utf-8", "surrogatepass")
        for text in sorted(texts)
    }


def digest(text: str) -> bytes:
    """Return a short hash: not against forgery, but so that a text is found wherever it stands.

    A browser that saves the page may write its markup anew.
    """
    from base64 import urlsafe_b64encode
    from hashlib import blake2b

    short = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return urlsafe_b64encode(short)[:5]


def carried(content: bytes) -> bytes:
    """Return the JSON that a document of ours carries, else the input as it is. Raises Fault."""
    from withdrawal_cli.dataset.carrying import carried_by

    if (inside := carried_by(content)) is not None:
        return inside
    start = content[:64].removeprefix(BOM_UTF8).lstrip().lower()
    if not start.startswith(b"<!doctype html"):
        return content
    from base64 import b64decode
    from bz2 import BZ2Decompressor
    from zlib import decompressobj, error

    # Neither part runs over a "<": nothing is scanned twice, however often the start occurs.
    carrier = rb'<script type="%b"[^<>]*+>([^<]*+)</script>' % re.escape(CARRIER.encode())
    found = re.search(carrier, content)
    if found is None:
        raise Fault("", "this page holds no dataset", "Those made by withdrawal export html do.")
    damaged = Fault("", "the dataset in this page is damaged", "Take another copy of the page.")
    try:
        packed = b64decode(b"".join(found[1].split()), validate=True)
        if packed.startswith(b"BZh"):
            bz2_stream = BZ2Decompressor()
            document = bz2_stream.decompress(packed, LARGEST)
            whole, more = bz2_stream.eof, not bz2_stream.needs_input
        else:  # a page of the first edition
            stream = decompressobj()
            document = stream.decompress(packed, LARGEST)
            whole, more = stream.eof, bool(stream.unconsumed_tail)
    except (ValueError, OSError, error):
        raise damaged from None
    if more and not whole:
        raise too_large()
    if not whole:
        raise damaged
    document, mark, checksum = document.partition(b"\x02")
    return expanded(document, content, checksum, damaged) if mark else document


def expanded(document: bytes, content: bytes, checksum: bytes, damaged: Fault) -> bytes:
    """Return the JSON with the texts of the page in place of its references. Raises Fault."""
    from zlib import crc32

    texts = texts_of(content.decode("utf-8", "replace"))
    keys = REFERENCE.findall(document)
    if not texts.keys() >= set(keys):
        raise damaged
    if len(document) + sum(len(texts[key]) for key in keys) > LARGEST:
        raise too_large()
    whole = REFERENCE.sub(lambda found: texts[found[1]], document)
    if b"%08x" % crc32(whole) != checksum:
        raise damaged
    return whole


def too_large() -> Fault:
    return Fault(
        "",
        "the dataset in this page is larger than any that a page is made of",
        "Read the JSON that it was made of.",
    )
