"""The dataset inside a document for another program, so that what we wrote can be read back whole.

A Data Package has it as a file, a database as a table, GeoJSON and TimelineJS under a key that
other programs ignore.
"""

from typing import Any

from withdrawal_cli.dataset.canonical import encoded
from withdrawal_cli.dataset.faults import Fault
from withdrawal_cli.dataset.pages import LARGEST
from withdrawal_cli.model import KINDS, Dataset

KEY = "withdrawal_dataset"
"""The key in a JSON document, or the table in a database: base64 of a zlib stream of JSON."""

MEMBER = "dataset.json"
"""The file in a Data Package."""

TABLE = f"CREATE TABLE {KEY} (base64_of_zlib_of_json TEXT)"


def damaged() -> Fault:
    return Fault("", "the dataset in this file is damaged", "Export it again.")


def packed(dataset: Dataset, level: int = 6) -> str:
    """Return the whole dataset as ASCII text; zlib's `level` 1 is fast, 9 is small."""
    from base64 import b64encode
    from zlib import compress  # bzip2 packs better, and takes five times as long

    import msgspec

    document: dict[str, Any] = {"dataset": msgspec.Raw(encoded(dataset.metadata))}
    # With all fields: leaving out those at their default takes three times as long.
    document |= {key: getattr(dataset, key) for key in KINDS.values()}
    content = msgspec.json.encode(document, enc_hook=str)
    return b64encode(compress(content, level)).decode("ascii")


def unpacked(text: str) -> bytes:
    """Return the JSON in a text from `packed`. Raises Fault."""
    from base64 import b64decode
    from zlib import decompressobj, error

    stream = decompressobj()
    try:
        document = stream.decompress(b64decode(text, validate=True), LARGEST)
    except (ValueError, error):
        raise damaged() from None
    if not stream.eof:
        raise damaged()
    return document


def carried_by(content: bytes) -> bytes | None:
    """Return the JSON that a Data Package, a database or a GeoJSON document of ours carries.

    `None` for any other input. Raises Fault for one that is damaged.
    """
    if content.startswith(b"PK\x03\x04"):
        return _in_archive(content) if MEMBER.encode() in content else None
    if content.startswith(b"SQLite format 3\0"):
        return _in_database(content) if TABLE.encode() in content else None
    if b'"FeatureCollection"' in content[:100]:
        return _in_json(content) if f'"{KEY}"'.encode() in content else None
    return None


def _in_json(content: bytes) -> bytes | None:
    import msgspec

    try:
        found = msgspec.json.decode(content).get(KEY)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, AttributeError):
        return None
    return unpacked(found) if isinstance(found, str) else None


def _in_archive(content: bytes) -> bytes | None:
    import io
    from zipfile import BadZipFile, ZipFile
    from zlib import error

    try:
        with ZipFile(io.BytesIO(content)) as archive:
            if MEMBER not in archive.namelist():
                return None
            with archive.open(MEMBER) as file:
                document = file.read(LARGEST + 1)
    except (BadZipFile, error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise damaged() from None
    if len(document) > LARGEST:
        raise damaged()
    return document


def _in_database(content: bytes) -> bytes | None:
    import sqlite3
    from contextlib import closing

    try:
        with closing(sqlite3.connect(":memory:")) as base:
            base.deserialize(content)
            base.execute("PRAGMA trusted_schema = OFF")
            # A view of that name could do anything, so it must be our table.
            schema = "SELECT 1 FROM sqlite_schema WHERE name = ? AND sql = ?"
            if not base.execute(schema, (KEY, TABLE)).fetchone():
                return None
            row = base.execute(f"SELECT * FROM {KEY}").fetchone()  # noqa: S608 (a constant)
    except (sqlite3.Error, OverflowError):
        raise damaged() from None
    if row is None or not isinstance(row[0], str):
        raise damaged()
    return unpacked(row[0])
