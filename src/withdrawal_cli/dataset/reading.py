"""Reads a JSON file, or a page of `export html`, into a `Dataset`. The only reader of files."""

import re
import sys
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, get_type_hints

import msgspec

from withdrawal_cli.dataset.faults import NOT_A_DATASET, TOO_DEEP, Fault, shape_fault
from withdrawal_cli.dataset.references import faults
from withdrawal_cli.dates import Edtf, parse_edtf
from withdrawal_cli.errors import WithdrawalError
from withdrawal_cli.model import Dataset
from withdrawal_cli.values import Value

BUNDLED = "events.json"

START = "start.json"
"""What `withdrawal new` writes."""

RECORDS = {
    "dataset" if name == "metadata" else name: kind
    for name, kind in get_type_hints(Dataset).items()
}
"""The keys of a file, and the type of each value."""

REQUIRED = ("dataset", "events")
"""The keys that every file must have."""


# --- files ---------------------------------------------------------------------------------------


def load_dataset(source: str | None = None) -> Dataset:
    """Return the dataset in the file `source`, on standard input for `-`, or the bundled one.

    A user's file is checked whole: WithdrawalError names its first fault. The bundled one is
    checked by the tests, and decoded only as far as it is used.
    """
    if not source:
        return Bundled(bundled_path().read_bytes())
    content = read_input(source)
    dataset = decode_dataset(content, source)
    # A large file is not kept in memory for the few answers that say what they were made from.
    dataset.came_from(content if source == "-" else Path(source))
    del content  # looking for faults takes memory of its own
    for fault in faults(dataset):
        raise _refusal(fault, source)
    _last_loaded[:] = [dataset]
    return dataset


_last_loaded: list[Dataset] = []
"""Held until the process ends: freeing 100,000 events when a command returns would take a tenth of
its time."""


def bundled_path(name: str = BUNDLED) -> Path:
    """Return the path of a file that comes with the program, installed or in a checkout."""
    package = Path(__file__).parent.parent
    checkout = package.parent.parent
    in_checkout = (checkout / name for name in ("data", "examples", "docs", "man"))
    for folder in (package / "data", package / "docs", *in_checkout):
        if (folder / name).is_file():
            return folder / name
    raise WithdrawalError(
        "the bundled data is missing from this installation",
        where=str(package / "data" / name),
        hint="Install withdrawal-cli again, or name a file with --data.",
    )


def read_input(
    where: str, hint: str = "Check the path; it may come from --data or WITHDRAWAL_DATA."
) -> bytes:
    """Return the content of the file `where`, or of standard input for `-`.

    Raises WithdrawalError; `hint` is what to do when there is no such file.
    """
    try:
        if where != "-":
            return Path(where).read_bytes()
        if sys.stdin is None:  # as after `<&-`
            raise WithdrawalError("standard input is closed", hint="Name a file with --data FILE.")
        return sys.stdin.buffer.read()
    except FileNotFoundError:
        raise WithdrawalError("there is no such file", where=where, hint=hint) from None
    except OSError as error:
        problem = f"the file cannot be read ({error.strerror or error})"
        raise WithdrawalError(problem, where=where) from None
    except ValueError:  # a path with a NUL in it
        raise WithdrawalError("that is not a file name", where=repr(where)) from None


# --- a user's file: decoded and checked whole ----------------------------------------------------


def decode_dataset(content: bytes, where: str) -> Dataset:
    """Return the dataset in JSON or in a page; its ids are not checked yet."""
    from withdrawal_cli.dataset.pages import carried  # only here: the bundled file is not a page

    try:
        inside = carried(content)
    except Fault as fault:
        raise _refusal(fault, where) from None
    try:
        document = decode_json(inside, msgspec.json.Decoder(document_type(), dec_hook=decode_date))
    except Fault as fault:
        from withdrawal_cli.dataset.foreign import foreign  # only here: most files are datasets

        raise _refusal(foreign(inside, where) or fault, where) from None
    return dataset_of(document)


def _refusal(fault: Fault, where: str) -> WithdrawalError:
    """Return the fault at which loading stops; if it lies inside the file, there may be more."""
    refusal = fault.located(where)
    if where != "-" and (fault.path or fault.line):
        import shlex

        check = f"withdrawal check {shlex.quote(where)} names every fault."
        refusal.hint = f"{refusal.hint}\n{check}" if refusal.hint else check
    return refusal


def document_type() -> type:
    """Return the type of a whole file: a Struct with a field for each key of RECORDS."""
    required = [(name, RECORDS[name]) for name in REQUIRED]
    optional = [(name, kind, ()) for name, kind in RECORDS.items() if name not in REQUIRED]
    return msgspec.defstruct("Document", [*required, *optional])


def decode_date(_expected: type, given: Any) -> Edtf:
    """Return a date; msgspec calls this for `Edtf`, the one type that it does not know."""
    if not isinstance(given, str):
        raise ValueError(f"a date is written as text, not {given!r}")
    return parse_edtf(given)


def dataset_of(document: Any) -> Dataset:
    """Return the dataset in a decoded document, an object of `document_type()`."""
    records = {key: getattr(document, key) for key in RECORDS if key != "dataset"}
    return Dataset(metadata=document.dataset, **records)


def decode_json(content: bytes, decoder: Any) -> Any:
    """Return a file decoded by msgspec. Raises the first Fault in it."""
    content = content.removeprefix(BOM_UTF8)
    try:
        return decoder.decode(content)
    except msgspec.ValidationError as error:
        raise shape_fault(str(error)) from None
    except RecursionError:
        raise Fault("", TOO_DEEP) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        message = str(error)
    if not content.strip():
        raise Fault("", "the file is empty", NOT_A_DATASET)
    decode_text(content)
    position = re.search(r"\(byte (\d+)\)", message)
    line = content[: int(position[1]) if position else None].count(b"\n") + 1
    said = f"line {line}: {message[: position.start()].strip()}" if position else message
    raise Fault("", f"this is not JSON ({said})", line=line)


def decode_text(content: bytes) -> str:
    """Return a file's text without its byte order mark. Raises Fault if it is not UTF-8."""
    # without a mark every other byte at the beginning of a text is a NUL
    every_other = content[:4:2], content[1:4:2]
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or b"\0\0" in every_other:
        raise Fault("", "the file is UTF-16", "Save it as UTF-8.")
    try:
        return content.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Fault("", f"line {line} is not UTF-8", "Save the file as UTF-8.", line) from None


# --- the bundled file: decoded in parts ----------------------------------------------------------


class Bundled(Dataset):
    """A dataset known to be sound, whose arrays are decoded when they are first used."""

    def __init__(self, content: bytes) -> None:
        self._raw = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode(content)
        self.came_from(content)

    def __getattr__(self, key: str) -> Any:
        """Decode what `Dataset` declares under this name, and keep it: Python calls this once."""
        in_file = "dataset" if key == "metadata" else key
        if in_file not in RECORDS:
            raise AttributeError(key)
        found = self._decode(in_file, RECORDS[in_file]) if in_file in self._raw else ()
        self.__dict__[key] = found
        return found

    @cached_property
    def ids_in_disputes(self) -> tuple[Sequence[Any], Sequence[Any]]:
        """As for every `Dataset`, but without decoding whole records."""
        return (
            self._decode("disputes", tuple[DisputeIds, ...]),
            self._decode("estimates", tuple[EstimateIds, ...]),
        )

    def _decode(self, key: str, kind: Any) -> Any:
        # The tests have validated the dates: each is parsed when it is first used.
        return msgspec.json.decode(
            self._raw[key], type=kind, dec_hook=lambda _expected, given: Edtf(given)
        )


class AccountDate(Value):
    """As much of an account as `ids_in_disputes` needs."""

    date: Edtf | None = None


class DisputeIds(Value):
    """As much of a dispute as `ids_in_disputes` needs."""

    id: str
    about: tuple[str, ...] = ()
    accounts: tuple[AccountDate, ...] = ()


class EstimateIds(Value):
    """As much of an estimate as `ids_in_disputes` needs."""

    id: str
    dispute: str | None = None
    event: str | None = None
