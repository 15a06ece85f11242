"""A JSON file to a `Dataset`, checked on the way in. The only reader of files."""

import re
import sys
from collections.abc import Iterator
from dataclasses import make_dataclass
from pathlib import Path
from typing import Any, get_type_hints

import msgspec

from withdrawal_cli.dataset.faults import BYTE_ORDER_MARK, TOO_DEEP, WHOLE, Fault, shape_fault
from withdrawal_cli.dataset.pages import carried
from withdrawal_cli.dataset.references import faults
from withdrawal_cli.dates import Edtf, parse_edtf
from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.model import (
    Dataset,
    dispute_links,
)
from withdrawal_cli.values import Value, value

BUNDLED = "events.json"

START = "start.json"

"""What a new file begins with."""


RECORDS = {
    "dataset" if name == "metadata" else name: kind
    for name, kind in get_type_hints(Dataset).items()
}

"""The keys of a file, and the type of what stands under each."""


def bundled_path(name: str = BUNDLED) -> Path:
    """Return a file that comes with the program: beside the package when installed, in the checkout when editable."""
    package = Path(__file__).parent.parent
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
