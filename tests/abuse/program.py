"""The program asked in this process, every question that there is, and what may never stand in an answer."""

import io
import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from tests.abuse.forms import hold_binary_to_form, hold_to_form
from tests.conftest import Outcome, status_of
from withdrawal_cli.exports import EXPORTS
from withdrawal_cli.formats import FORMATS, PICTURES
from withdrawal_cli.formats.citations import CITATIONS

Line = tuple[str, ...]
"""The words of a command line after the name of the program."""

LISTINGS = (
    "overview", "timeline", "phases", "casualties", "strength", "on", "show", "search", "disputes", "people", "places",
    "organizations", "sources", "map",
)  # fmt: skip
"""The commands that answer in every format."""
BINARY = ("sqlite", "datapackage", "xlsx")
"""The exports that are not text."""
IN_JSON = ("--json", "json", "jsonl", "csl-json")
"""The last words of command lines that ask for JSON, and are refused in JSON."""
OVERRIDES = {
    *map(chr, range(0x202A, 0x202F)),
    *map(chr, range(0x2066, 0x206A)),
    "\u200e",
    "\u200f",
    "\u061c",
}
"""What reverses the writing around it."""


def ask(
    *arguments: str, given: bytes = b"", out: BinaryIO | None = None, encoding: str = "utf-8"
) -> Outcome:
    """Return what the program does with a command line and `given` on standard input. What it does not catch is raised.

    Standard output is a pipe that is read, in an encoding, or the stream `out`, of which nothing is returned.
    """
    with _streams(given, out, encoding) as (kept, err):
        code = status_of(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
        return Outcome(
            code, kept.getvalue().decode("utf-8", "surrogateescape"), err.getvalue().decode()
        )


@contextmanager
def _streams(
    given: bytes, out: BinaryIO | None, encoding: str
) -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    """Stand in for the streams of a process whose standard output is no terminal."""
    before = sys.stdin, sys.stdout, sys.stderr
    kept, err = io.BytesIO(), io.BytesIO()
    sys.stdin = io.TextIOWrapper(io.BytesIO(given), encoding="utf-8")
    sys.stdout = wrapper = io.TextIOWrapper(out or kept, encoding=encoding, newline="\n")
    sys.stderr = io.TextIOWrapper(err, encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        yield kept, err
    finally:
        wrapper.detach()
        sys.stdin, sys.stdout, sys.stderr = before


def listings(ids: tuple[str, ...] = (), days: tuple[str, ...] = ("1900-01-01",)) -> list[Line]:
    """Return the command lines that can be answered in every format, but for `show`, without ids."""
    asked: dict[str, list[Line]] = {
        "on": [(day,) for day in days],
        "show": [tuple(ids), *((identifier,) for identifier in ids)] if ids else [],
        "search": [("war",), ("a", "10")],
        "timeline": [("--all",)],
        "map": [("--all",)],
        "strength": [("--all",)],
        "casualties": [(), ("--by", "year"), ("--by", "source")],
    }
    return [(name, *words) for name in LISTINGS for words in asked.get(name, [()])]


def questions(ids: tuple[str, ...] = (), days: tuple[str, ...] = ("1900-01-01",)) -> list[Line]:
    """Return every command line that reads a dataset: each command in each format and drawn, each export, each bibliography."""
    ways = [
        *(("-f", name) for name in (*FORMATS, *PICTURES)),
        ("--width", "80"),
        ("--width", "130", "--color", "always"),
    ]
    lines = [(*line, *way) for line in listings(ids, days) for way in ways]
    lines += [("export", name) for name in EXPORTS]
    lines += [
        ("cite", *(ids or ("--self",)), *way)
        for way in [*(("-f", name) for name in CITATIONS), ("--width", "80")]
    ]
    return lines


def dangerous(text: str, *, coloured: bool = False) -> set[str]:
    """Return what is in a text that commands a terminal or turns writing around; colour, where it was asked for, is none."""
    if coloured:
        text = re.sub(r"\x1b\[[\d;]*m|\x1b\]8;[^\x1b\x07]*\x1b\\", "", text)
    text = text.replace("\r\n", "\n")
    return {letter for letter in set(text) if letter not in "\n\t" and _commands(letter)}


def _commands(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cs") or letter in OVERRIDES


def hold_to_promises(outcome: Outcome, line: Line) -> None:
    """Hold an outcome to what is promised of every one: an answer with 0, or a refusal with 1 or 2 in plain words."""
    assert outcome.code in (0, 1, 2), (line, outcome)
    assert not (found := dangerous(outcome.err)), (line, found, outcome.err)
    if line[0] == "export" and not outcome.code:
        assert re.fullmatch("(Events left out: .*\n)?", outcome.err), (line, outcome.err)
    elif line[0] != "check":
        assert bool(outcome.err) == bool(outcome.code), (line, outcome)
    if outcome.code and outcome.err:
        assert outcome.out == "", line
        if line[-1] in IN_JSON:
            _hold_to_refusal_in_json(outcome, line)
        else:
            start = ("withdrawal: ", "Usage: withdrawal ")
            assert outcome.err.startswith(start), (line, outcome.err)
    elif line[-1] in BINARY:
        hold_binary_to_form(line, outcome.out.encode("utf-8", "surrogateescape"))
    else:
        assert not (found := dangerous(outcome.out, coloured="always" in line)), (line, found)
        hold_to_form(line, outcome.out)


def _hold_to_refusal_in_json(outcome: Outcome, line: Line) -> None:
    told = json.loads(outcome.err)
    assert list(told) == ["error", "where", "hint", "exit_status"], (line, told)
    assert told["error"], line
    assert told["exit_status"] == outcome.code, (line, told)
    # The escapes of JSON hide from a search of the bytes what its reader will print.
    assert not (found := dangerous("".join(str(text) for text in told.values()))), (line, found)
