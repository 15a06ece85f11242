"""Standard error: messages wrapped for a person, one JSON object for a program."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run, event
from withdrawal_cli.cli import COMMANDS
from withdrawal_cli.errors import UsageError, WithdrawalError
from withdrawal_cli.system.messages import complaint, message, wants_json

ADDRESS = "https://example.org/a-very-long-address/that-nobody/should-ever-break.html"


@pytest.fixture
def columns(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Return a function that makes standard error a terminal of so many columns."""

    def set_columns(count: int) -> None:
        monkeypatch.setenv("COLUMNS", str(count))
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)

    return set_columns


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("there is no such-a-thing here", ["there is no", "such-a-thing here"]),
        (f"See {ADDRESS} for more", ["See", ADDRESS, "for more"]),
        (
            "The data has 3 people; withdrawal people lists them.",
            ["The data has 3", "people;", "withdrawal people", "lists them."],
        ),
        ("Write withdrawal show --json ID now.", ["Write", "withdrawal show --json ID", "now."]),
        (
            "Try:\n  withdrawal search why did they leave",
            ["Try:", "  withdrawal search why did they leave"],
        ),
        (
            "Name one:\n  ann-lee  Ann Lee of the Guard",
            ["Name one:", "  ann-lee  Ann Lee", "    of the Guard"],
        ),
    ],
)
def test_a_terminal_breaks_no_word_no_address_and_no_command(
    columns: Callable[[int], None], text: str, lines: list[str]
) -> None:
    columns(18)
    assert message(text).split("\n") == lines


def test_a_wide_terminal_has_lines_that_can_be_read(columns: Callable[[int], None]) -> None:
    columns(300)
    assert max(map(len, message("word " * 200).split("\n"))) == 99


def test_what_is_no_terminal_gets_each_sentence_on_one_line() -> None:
    assert message("word " * 200) == "word " * 200


def test_an_error_says_what_where_and_what_to_do() -> None:
    error = WithdrawalError("it is broken", where="mine.json", hint="Mend it.")
    assert complaint(error, ["timeline"]) == "withdrawal: mine.json: it is broken\nMend it."


def test_under_json_an_error_is_one_object() -> None:
    error = UsageError("a\x1b[31m\u202eb\udcff", where="é\nf")
    told = complaint(error, ["timeline", "--json"])
    assert told.isascii()
    assert json.loads(told) == {
        "error": "a\ufffd[31m\ufffdb\ufffd",
        "where": "é\nf",
        "hint": None,
        "exit_status": 2,
    }


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("timeline --json", True),
        ("timeline -f json", True),
        ("timeline -fjsonl", True),
        ("timeline --format=json", True),
        ("cite x --format csl-json", True),
        ("--json", True),
        ("timeline", False),
        ("timeline -f csv", False),
        ("search -- --json", False),
        ("search json", False),
    ],
)
def test_json_is_asked_for_by_option_or_format(line: str, wanted: bool) -> None:
    assert wants_json(line.split()) == wanted


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "broken", ["--nonsense", "--data", "--data=/nowhere/such.json", "--width=no"]
)
def test_every_command_tells_a_program_what_is_wrong_in_one_object(
    run: Run, command: str, broken: str
) -> None:
    outcome = run(f"{command} {broken} --json")
    if outcome.code == 0:  # it takes neither
        return
    assert outcome.out == ""
    told = json.loads(outcome.err)
    assert told.keys() == {"error", "where", "hint", "exit_status"}
    assert told["exit_status"] == outcome.code
    assert told["error"]


def test_the_names_of_errors_do_not_stand_in_a_pipe_with_answers(
    run: Run, write: Callable[..., str]
) -> None:
    outcome = run(f"timeline --json --person nobody --data {write(events=[event('one')])}")
    assert json.loads(outcome.err) == {
        "error": "there is no person 'nobody'",
        "where": None,
        "hint": "The data has no people.",
        "exit_status": 1,
    }


def test_a_terminal_as_narrow_as_40_columns(tmp_path: Path) -> None:
    """In a real one, whose standard output is a file."""
    pty = pytest.importorskip("pty")
    import fcntl
    import struct
    import termios

    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))
    command = [sys.executable, "-m", "withdrawal_cli", "timeline", "--during", "nonsense"]
    with (tmp_path / "out").open("w") as out:
        done = subprocess.run(command, stdout=out, stderr=its, check=False)
    told = os.read(ours, 10_000).decode().splitlines()
    assert done.returncode == 2
    assert told[0] == "withdrawal: 'nonsense' is not a date,"
    assert max(map(len, told)) <= 40
