"""The dataset inside an HTML page: `export html` packs it, and every command can read it back."""

import re
from codecs import BOM_UTF8
from functools import lru_cache
from itertools import product
from string import ascii_letters, ascii_lowercase, digits

from withdrawal_cli.dataset.faults import Fault

LARGEST = 2**28
"""The most bytes that a page's dataset may unpack to: a small page can hold a stream that fills any
memory."""

HEAVY = 2**22
"""From this many bytes on, a dataset is carried as it is: its page is large anyway, and to find
the repeated texts would take as long as the rest of the export."""

CARRIER = "application/x-withdrawal-dataset"
"""The type of the `script` element that holds the dataset."""

DIGITS = f"{ascii_letters}{digits}_-".encode()
"""The digits of base 64, as in a URL."""

SHORTEST = 24
"""The fewest letters of a text that is replaced by a reference."""

REFERENCE = re.compile(rb'"id":"([\w-]+)"|("id":)?\x05([\w-]{2})|\x01([\w-]{5})|\x04([a-z])|\x03')
"""The beginning of a record, or a reference to an id, a text or citations.

JSON contains none of these control characters.

- 5 and two digits of base 64: the id in the page's anchor of that number, from 0
- 4 and a letter: a text of the page, counted from the last text referred to, or from the anchor of
  the record
- 1 and a hash: a text elsewhere on the page
- 3: the citations on the page after the last text referred to

The document ends in a checksum, because two texts can have the same short hash.
"""

WORTH_IT = re.compile(
    rb'"id":"([\w-]+)"'
    rb'|\[(?:\{"source":"[\w-]+"(?:,"locator":"(?:[^"\\]|\\.)*+")?\},?)+\]|"(?:[^"\\]|\\.)*+"'
)
"""In JSON: the id of a record, citations, or a string."""

QUOTED = re.compile("“([^”]*)”")


def carry(document: bytes, page: str) -> str:
    """Return a JSON document in base64, for a page's element of type CARRIER.

    References replace the texts and citations that the page shows anyway, and bzip2 packs the rest:
    otherwise a third of the page would be texts that it has twice. A document of HEAVY bytes is a
    zlib stream without references.
    """
    import bz2
    import zlib
    from base64 import b64encode

    from msgspec.json import decode

    if len(document) >= HEAVY:
        return b64encode(zlib.compress(document, 1)).decode("ascii")
    shown = Shown(page)
    codes = {name: b"\x05" + number for name, number in shown.numbers().items()}
    last = b""
    place = 0

    def shortened(found: re.Match[bytes]) -> bytes:
        nonlocal last, place
        if found[1]:
            place = shown.anchors.get(found[1], place)
            return b'"id":' + codes.get(found[1], b'"%b"' % found[1])
        if code := codes.get(found[0][1:-1]):
            return code
        if found[0][:1] == b"[":
            return b"\x03" if shown.citations.get(last) == found[0] else found[0]
        key = digest(decode(found[0])) if len(found[0]) >= SHORTEST else b""
        if shown.texts.get(key) != found[0]:
            return found[0]
        last = key
        near = shown.order[place : place + len(ascii_lowercase)]
        if key not in near:
            return b"\x01" + key
        skipped = near.index(key)
        place += skipped + 1
        return b"\x04" + ascii_lowercase[skipped].encode()

    packed = WORTH_IT.sub(shortened, document) + b"\x02%08x" % zlib.crc32(document)
    return b64encode(bz2.compress(packed)).decode("ascii")


class Shown:
    """The texts and web addresses of a page, and the citations after each, all as JSON."""

    def __init__(self, page: str) -> None:
        from html import unescape
        from json import dumps

        self.texts: dict[bytes, bytes] = {}
        "By their hashes."
        self.citations: dict[bytes, bytes] = {}
        "By the hash of the text before them; of a text that is there twice the first place counts."
        self.order: list[bytes] = []
        "The hashes of the texts as they come."
        self.anchors: dict[bytes, int] = {}
        "How many texts come before a record, by its id."
        waiting: list[bytes] = []
        for text, address, cited, record in re.findall(
            r'>([^<]{16,})(?=<)|href="([^"<>]+)"|<small>\((.*?)\)</small>|\bid="?[a-z]+-([\w-]+)',
            page,
        ):
            if record:
                self.anchors[record.encode()] = len(self.order)
                continue
            if cited:
                self.citations |= dict.fromkeys(waiting, citations_in(cited).encode())
                waiting = []
                continue
            whole = unescape(text or address).strip()
            # the title of a source stands in quotation marks and before a stop, its note after "]"
            parts = [whole, whole.partition("] ")[2], *QUOTED.findall(whole)]
            for part in dict.fromkeys([*parts, *(part.removesuffix(".") for part in parts)]):
                key = digest(part)
                self.order.append(key)
                if key not in self.texts:
                    self.texts[key] = dumps(part, ensure_ascii=False).encode(
                        "utf-8", "surrogatepass"
                    )
                    waiting.append(key)

    def numbers(self) -> dict[bytes, bytes]:
        """Return the anchors' numbers by id, for as many as two digits can count."""
        pairs = map(bytes, product(DIGITS, repeat=2))
        return dict(zip(self.anchors, pairs, strict=False))


def citations_in(markup: str) -> str:
    """Return the citations in the brackets after a claim as JSON."""
    from html import unescape
    from json import dumps

    cited = []
    for source, more in re.findall(r'<a href="?#source-([\w-]+)"?>[^<]*</a>([^<]*)', markup):
        locator = unescape(more).removesuffix("; ").removeprefix(", ")
        told = f',"locator":{dumps(locator, ensure_ascii=False)}' if locator else ""
        cited.append(f'{{"source":"{source}"{told}}}')
    return f"[{','.join(cited)}]"


@lru_cache(maxsize=1 << 16)
def digest(text: str) -> bytes:
    """Return a short hash, by which a text is found wherever it is in the page.

    A browser that saves the page may move it. Cached, because most texts are in both the page and
    the data, and names are there many times.
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
        raise Fault(
            "", "this page holds no dataset", "Only pages of withdrawal export html have one."
        )
    damaged = Fault("", "the dataset in this page is damaged", "Take another copy of the page.")
    try:
        packed = b64decode(b"".join(found[1].split()), validate=True)
        if packed.startswith(b"BZh"):
            bz2_stream = BZ2Decompressor()
            document = bz2_stream.decompress(packed, LARGEST)
            whole, more = bz2_stream.eof, not bz2_stream.needs_input
        else:
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

    shown = Shown(content.decode("utf-8", "replace"))
    names = {number: name for name, number in shown.numbers().items()}
    parts: list[bytes] = []
    size = written = place = 0
    last = b""
    for found in REFERENCE.finditer(document):
        written_out, begins, number, key, letter = found.groups()
        name = written_out or names.get(number, b"")
        if written_out or begins:
            place = shown.anchors.get(name, place)
        if written_out:
            continue
        if number:
            part = (begins or b"") + b'"%b"' % name
        else:
            if letter:
                place += letter[0] - ord("a") + 1
                key = shown.order[place - 1] if place <= len(shown.order) else b""
            last = key or last
            part = (shown.texts if key else shown.citations).get(last, b"")
        parts += (document[written : found.start()], part)
        written = found.end()
        size += len(part)
        if len(document) + size > LARGEST:
            raise too_large()
    whole = b"".join((*parts, document[written:]))
    if b"%08x" % crc32(whole) != checksum:
        raise damaged
    return whole


def too_large() -> Fault:
    return Fault(
        "",
        "the dataset in this page is larger than a page can hold",
        "Read the JSON that it was made from.",
    )
