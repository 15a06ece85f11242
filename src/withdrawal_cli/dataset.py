"""A JSON file to a `Dataset`, checked on the way in. The only reader of files."""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import make_dataclass
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple, get_type_hints

import msgspec

from withdrawal_cli.dates import EXAMPLES, Edtf, parse_edtf
from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.model import (
    HOLDING_CITATIONS,
    KINDS,
    Citation,
    Dataset,
    are_slugs,
    dispute_links,
    is_slug,
)
from withdrawal_cli.values import Value, value

BUNDLED = "events.json"
START = "start.json"
"""What a new file begins with."""
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
TOO_DEEP = "the JSON is nested too deeply to be a dataset"
WHOLE = "A dataset is a JSON object with 'dataset' and 'events'; withdrawal new FILE writes a small one."
RECORDS = {
    "dataset" if name == "metadata" else name: kind
    for name, kind in get_type_hints(Dataset).items()
}
"""The keys of a file, and the type of what stands under each."""


LARGEST = 2**28
"""The bytes of a dataset that a page may carry: a small page can be made that unpacks to more than any memory holds."""

CARRIER = "application/x-withdrawal-dataset"
"""The type of the element in which a page carries its dataset."""


class Near(NamedTuple):
    """A way out that is looked for when it is asked for, which takes long among many names."""

    word: str
    "The name that is not there."
    known: frozenset[str]
    "Those that are."
    otherwise: str
    "The way out when none of them is like it."

    def __call__(self) -> str:
        close = close_names(self.word, self.known)
        return f"Did you mean {' or '.join(close)}?" if close else self.otherwise


class Fault(Exception):  # noqa: N818 (most are told, not raised)
    """One thing wrong with a file: where (a JSON path without `$.`), what, the way out, and the line if that is known."""

    def __init__(
        self, path: str, problem: str, way_out: str | Near | None = None, line: int | None = None
    ) -> None:
        super().__init__(problem)
        self.path, self.problem, self.way_out, self.line = path, problem, way_out, line

    @property
    def hint(self) -> str | None:
        return self.way_out() if isinstance(self.way_out, Near) else self.way_out

    def located(self, where: str) -> WithdrawalError:
        return WithdrawalError(
            self.problem, where=f"{where}: {self.path}" if self.path else where, hint=self.hint
        )


def bundled_path(name: str = BUNDLED) -> Path:
    """Return a file that comes with the program: beside the package when installed, in the checkout when editable."""
    package = Path(__file__).parent
    checkout = package.parent.parent
    for folder in (package / "data", checkout / "data", checkout / "examples"):
        if (folder / name).is_file():
            return folder / name
    raise WithdrawalError(
        "the bundled data is missing from this installation",
        where=str(package / "data" / name),
        hint="Install withdrawal-cli again, or name a file with --data.",
    )


def load_dataset(source: str | None = None) -> Dataset:
    """Return the dataset in the file `source`, on standard input for `-`, or the bundled one. Raises WithdrawalError.

    A file of the user's is checked whole. The bundled one is checked by the tests, and decoded as far as it is asked for.
    """
    if not source:
        return Bundled(bundled_path().read_bytes())
    dataset = decode_dataset(read_input(source), source)
    for fault in faults(dataset):
        raise fault.located(source)
    _kept["last"] = dataset
    return dataset


_kept: dict[str, Dataset] = {}
"""What was read last, held until the process ends: taking 100,000 events apart would cost a tenth of a run."""


class Bundled(Dataset):
    """A dataset that is known to be sound: each kind of record is decoded when it is first asked for."""

    def __init__(self, content: bytes) -> None:
        self._raw = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode(content)

    def __getattr__(self, key: str) -> Any:
        in_file = "dataset" if key == "metadata" else key
        if in_file not in RECORDS:
            raise AttributeError(key)
        found = self._decode(in_file, RECORDS[in_file]) if in_file in self._raw else ()
        self.__dict__[key] = found
        return found

    def dispute_links(self) -> Iterator[tuple[str, str]]:
        return dispute_links(
            self._decode("disputes", tuple[_DisputeLinks, ...]),
            self._decode("estimates", tuple[_EstimateLinks, ...]),
        )

    def _decode(self, key: str, expected: Any) -> Any:
        return msgspec.json.decode(self._raw[key], type=expected, dec_hook=_trust)


@value
class _DisputeLinks(Value):
    """As much of a dispute as `links` looks at."""

    id: str
    about: tuple[str, ...] = ()


@value
class _EstimateLinks(Value):
    """As much of an estimate as `links` looks at."""

    id: str
    dispute: str | None = None
    event: str | None = None


def _trust(_expected: type, given: Any) -> Any:
    return Edtf(given)


def decode_dataset(content: bytes, where: str) -> Dataset:
    """Return the dataset in `content`, JSON or a page that carries it; its references are not yet checked."""
    try:
        document = decode_json(
            carried(content), msgspec.json.Decoder(document_type(), dec_hook=decode_other)
        )
    except Fault as fault:
        raise fault.located(where) from None
    return dataset_of(document)


def dataset_of(document: Any) -> Dataset:
    """Return the dataset of a decoded file, which has a field for each key of RECORDS."""
    records = {key: getattr(document, key) for key in RECORDS if key != "dataset"}
    return Dataset(metadata=document.dataset, **records)


def decode_json(content: bytes, decoder: Any) -> Any:
    """Return what a decoder of msgspec makes of a file. Raises the first Fault in it."""
    text = content.removeprefix(BYTE_ORDER_MARK)
    try:
        return decoder.decode(text)
    except msgspec.ValidationError as error:
        raise shape_fault(str(error)) from None
    except RecursionError:
        raise Fault("", TOO_DEEP) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _not_json(text, str(error)) from None


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


def document_type() -> type:
    """Return the type of a whole file: `dataset` and `events` must be there, every other array may be left out."""
    required = [(name, RECORDS[name]) for name in ("dataset", "events")]
    optional = [
        (name, kind, ()) for name, kind in RECORDS.items() if name not in ("dataset", "events")
    ]
    return make_dataclass("Document", [*required, *optional], slots=True)


def read_input(
    where: str, hint: str = "Check the path given with --data or in WITHDRAWAL_DATA."
) -> bytes:
    """Return the content of the file `where`, or of standard input for `-`. Raises WithdrawalError, with the hint for no file."""
    try:
        if where == "-":
            if sys.stdin is None:
                raise WithdrawalError(
                    "standard input is closed", hint="Name a file with --data FILE."
                )
            return sys.stdin.buffer.read()
        return Path(where).read_bytes()
    except FileNotFoundError:
        raise WithdrawalError("there is no such file", where=where, hint=hint) from None
    except OSError as error:
        raise WithdrawalError(
            f"the file cannot be read ({error.strerror or error})", where=where
        ) from None
    except ValueError:
        raise WithdrawalError("that is not a file name", where=repr(where)) from None


def decode_other(_expected: type, given: Any) -> Any:
    """Make an `Edtf` of its text; msgspec calls this for the one type that it does not know."""
    if not isinstance(given, str):
        raise ValueError(f"a date is written as text, not {given!r}")
    return parse_edtf(given)


def shape_fault(message: str, path: str = "") -> Fault:
    """Return the fault that a message of msgspec tells of, in what stands at `path`."""
    problem, _, below = message.rpartition(" - at `")
    if not problem:
        problem, below = message, ""
    path = (path + below.removesuffix("`").removeprefix("$")).removeprefix(".")
    hint = EXAMPLES if "EDTF" in problem else None
    if not path and "object" in problem.lower():  # a list of rows, such as `timeline --json` writes
        hint = WHOLE
    return Fault(path, problem[:1].lower() + problem[1:], hint)


def _not_json(text: bytes, message: str) -> Fault:
    if not text.strip():
        return Fault("", "the file is empty", WHOLE)
    try:
        text.decode()
    except UnicodeDecodeError as error:
        if text[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return Fault("", "the file is UTF-16", "Save it as UTF-8.")
        line = text[: error.start].count(b"\n") + 1
        return Fault("", f"line {line} is not UTF-8", "Save the file as UTF-8.", line)
    place = re.search(r"\(byte (\d+)\)", message)
    if not place:
        return Fault("", f"this is not JSON ({message})", line=text.count(b"\n") + 1)
    line = text[: int(place[1])].count(b"\n") + 1
    return Fault(
        "", f"this is not JSON (line {line}: {message[: place.start()].strip()})", line=line
    )


# --- references ----------------------------------------------------------------------------------


REFERENCES: dict[str, dict[str, str]] = {
    "people": {"side": "sides"},
    "organizations": {"side": "sides", "leader": "people"},
    "routes": {"places": "places"},
    "events": {
        "side": "sides",
        "places": "places",
        "people": "people",
        "organizations": "organizations",
        "related": "events",
        "follows": "events",
    },
    "estimates": {"side": "sides", "dispute": "disputes", "event": "events"},
}
"""The fields that hold ids, and the array in which they must be found. Citations are looked for everywhere."""


def faults(dataset: Dataset) -> Iterator[Fault]:
    """Yield every id that is malformed, used twice or not there.

    The ids of an array are first held together against those that are known, and looked at one by one only when one is amiss:
    that is a tenth of the time for a large file that is sound.
    """
    ids = {key: frozenset(map(attrgetter("id"), getattr(dataset, key))) for key in KINDS.values()}
    everything = frozenset[str]().union(*ids.values())
    if len(everything) < sum(len(getattr(dataset, key)) for key in ids) or not are_slugs(
        everything
    ):
        yield from _identities(dataset)
    for key, fields in REFERENCES.items():
        records = getattr(dataset, key)
        amiss = {
            field: target
            for field, target in fields.items()
            if not _named(records, field) <= ids[target]
        }
        for number, item in enumerate(records if amiss else ()):
            for field, target in amiss.items():
                yield from _dangling(
                    f"{key}[{number}].{field}", getattr(item, field), ids[target], target
                )
    for number, dispute in enumerate(dataset.disputes):
        yield from _dangling(f"disputes[{number}].about", dispute.about, everything, "records")
    yield from _about(dataset, ids)
    for key in (
        "places",
        "people",
        "organizations",
        "routes",
        "phases",
        "events",
        "estimates",
        "disputes",
        "terms",
    ):
        records = getattr(dataset, key)
        for number, item in enumerate(() if _cited(records) <= ids["sources"] else records):
            yield from _uncited(f"{key}[{number}]", item, ids["sources"])
    yield from _uncited("dataset", dataset.metadata, ids["sources"])


def _named(records: Iterable[Value], field: str) -> set[str]:
    """Return the ids that a field holds in all the records together."""
    contents = set(map(attrgetter(field), records))
    return {
        identifier
        for held in contents
        for identifier in ((held,) if isinstance(held, str) else held or ())
    }


def _cited(items: Sequence[Any]) -> set[str]:
    """Return the ids of the sources that the items cite, themselves or in what they hold."""
    cited = {citation.source for item in items for citation in item.citations}
    for name in HOLDING_CITATIONS:
        if items and hasattr(items[0], name):
            cited |= _cited([part for item in items for part in getattr(item, name)])
    return cited


def _identities(dataset: Dataset) -> Iterator[Fault]:
    owner: dict[str, str] = {}
    for key in KINDS.values():
        for number, item in enumerate(getattr(dataset, key)):
            path = f"{key}[{number}].id"
            yield from identity(path, item.id)
            if item.id in owner:
                yield Fault(
                    path,
                    f"{item.id!r} is already the id of {owner[item.id]}",
                    "Ids are unique over the whole file.",
                )
            owner[item.id] = f"{key}[{number}]"


def identity(path: str, given: str) -> Iterator[Fault]:
    """Yield the fault of an id that is malformed."""
    if not is_slug(given):
        yield Fault(path, f"{given!r} is not an id", "Write 3 to 64 of a-z, 0-9 and hyphen.")


def _dangling(
    path: str, given: str | tuple[str, ...] | None, known: frozenset[str], what: str
) -> Iterator[Fault]:
    if isinstance(given, str):
        places = [(path, given)]
    else:
        places = [
            (f"{path}[{number}]", identifier) for number, identifier in enumerate(given or ())
        ]
    for at, identifier in places:
        if identifier not in known:
            way_out = Near(identifier, known, "Add the record, or mend the id.")
            yield Fault(at, f"there is no {identifier!r} among the {what}", way_out)


def _uncited(path: str, item: Value, sources: frozenset[str]) -> Iterator[Fault]:
    """Yield the citations of an item, and of what it holds, whose source is not there."""
    for at, citation in located_citations(path, item):
        yield from _dangling(f"{at}.source", citation.source, sources, "sources")


def located_citations(path: str, item: Any) -> Iterator[tuple[str, Citation]]:
    """Yield the path of each citation of an item, and of what it holds, with the citation."""
    for name in ("citations", *HOLDING_CITATIONS):
        for number, held in enumerate(getattr(item, name, ())):
            at = f"{path}.{name}[{number}]"
            if isinstance(held, Citation):
                yield at, held
            else:
                yield from located_citations(at, held)


def _about(dataset: Dataset, ids: dict[str, frozenset[str]]) -> Iterator[Fault]:
    for number, belligerent in enumerate(dataset.metadata.belligerents):
        path = f"dataset.belligerents[{number}]"
        yield from _dangling(f"{path}.side", belligerent.side, ids["sides"], "sides")
        yield from _dangling(f"{path}.commanders", belligerent.commanders, ids["people"], "people")


COMPARED = 500
"""The names that are compared letter by letter with one that is not there."""


@lru_cache(maxsize=4096)
def close_names(word: str, known: frozenset[str]) -> list[str]:
    """Return the names most like a word. Looking is slow, and who misspells a name may do it in a hundred records.

    Among many names only those are compared that share the most pairs of letters with it.
    """
    from difflib import get_close_matches
    from heapq import nlargest

    word, names = word[:100], sorted(known)  # a longer word is like no name
    if len(names) > COMPARED:
        pairs = {word[at : at + 2] for at in range(len(word) - 1)}
        names = nlargest(COMPARED, names, key=lambda name: sum(pair in name for pair in pairs))
    return get_close_matches(word, names, n=3)
