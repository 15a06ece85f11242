"""Standard output at its worst, and strange surroundings: full, closed, too old, too narrow, in no language."""

import os
import shlex
import subprocess
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.abuse.datasets import CONTENT
from tests.abuse.program import Line, ask, hold_to_promises, listings
from tests.conftest import Outcome
from tests.test_process import COMMAND, environment, shell
from withdrawal_cli.exports import EXPORTS

DRAWN: list[Line] = list(
    {line[0]: line for line in (*listings(("siege-begins", "a-book")), ("cite", "--self"))}.values()
)
"""Each command that draws, once."""
EVERY: list[Line] = [
    *DRAWN,
    *(("export", name) for name in EXPORTS),
    ("schema",),
    ("new", "-"),
    ("completion", "bash"),
]


def ask_about_the_war(
    line: Line, *more: str, out: BinaryIO | None = None, encoding: str = "utf-8"
) -> Outcome:
    words = (*line, *more, *(() if line[0] in ("schema", "new", "completion") else ("--data", "-")))
    return ask(*words, given=CONTENT, out=out, encoding=encoding)


@pytest.mark.parametrize("line", EVERY, ids=" ".join)
def test_a_full_disk_is_an_error_in_plain_words_whatever_was_asked(line: Line) -> None:
    with Path("/dev/full").open("wb") as full:
        outcome = ask_about_the_war(line, out=full)
    assert (outcome.code, outcome.err) == (
        1,
        "withdrawal: standard output cannot be written to (No space left on device)\n",
    )


@pytest.mark.parametrize("line", EVERY, ids=" ".join)
def test_a_pipe_that_nobody_reads_ends_the_program_silently_whatever_was_asked(line: Line) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with open(writer, "wb") as pipe:  # noqa: PTH123 (a descriptor)
        outcome = ask_about_the_war(line, out=pipe)
    assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.parametrize("line", ["--help", "-h", "timeline --help", "export -h", "--version", ""])
def test_help_is_an_answer_like_any_other(line: str) -> None:
    full, closed = shell(f"withdrawal {line} >/dev/full"), shell(f"withdrawal {line} >&-")
    said = b"withdrawal: standard output cannot be written to (No space left on device)\n"
    assert (full.returncode, full.stderr) == (1, said)
    assert (closed.returncode, closed.stderr) == (1, b"withdrawal: standard output is closed\n")
    done = shell(f"withdrawal {line} | true; exit ${{PIPESTATUS[0]}}")
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("name", ["geojson", "sqlite"])
def test_the_head_of_an_export_is_enough(name: str) -> None:
    done = shell(f"set -o pipefail; withdrawal export {name} | head -c 100")
    assert (done.returncode, done.stderr, len(done.stdout)) == (0, b"", 100)


@pytest.mark.parametrize(
    "line", ["show nothing-like-it", "timeline --from soon", "timeline --no-such-option"]
)
def test_a_refusal_that_cannot_be_told_still_has_its_exit_status(line: str) -> None:
    told = shell(f"withdrawal {line}").returncode
    assert told in (1, 2)
    assert shell(f"withdrawal {line} 2>&-").returncode == told
    if "option" not in line:  # those are Typer's own
        assert shell(f"withdrawal {line} 2>/dev/full").returncode == told


@pytest.mark.parametrize("encoding", ["ascii", "koi8-r", "utf-16"])
@pytest.mark.parametrize("line", DRAWN, ids=lambda line: line[0])
def test_no_console_is_too_old_for_an_answer(line: Line, encoding: str) -> None:
    for way in ((), ("--width", "80"), ("--json",)):
        outcome = ask_about_the_war(line, *way, encoding=encoding)
        assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.parametrize("columns", ["0", "1", "x", "999999999999"])
@pytest.mark.parametrize("line", DRAWN, ids=lambda line: line[0])
def test_a_screen_of_any_width_is_drawn_upon(
    line: Line, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    outcome = ask_about_the_war(line, "--color", "always")
    assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.parametrize("line", DRAWN, ids=lambda line: line[0])
def test_a_width_is_a_number_of_columns_that_there_can_be(line: Line) -> None:
    for width in ("1", "10000"):
        assert ask_about_the_war(line, "--width", width).code == 0
    for width in ("0", "-1", "10001", "999999999999999999999", "wide"):
        outcome = ask_about_the_war(line, "--width", width)
        assert (outcome.code, outcome.out) == (2, "")
        assert width in outcome.err


@pytest.mark.parametrize(
    "surroundings",
    [
        "env -i",
        "env -u HOME",
        "env HOME=/nowhere",
        "env LANG=C LC_ALL=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0",
        "env LANG=xx_YY.nonsense LC_ALL=xx_YY.nonsense",
        "env TERM=dumb COLUMNS=0 LINES=0",
        "env TZ=Nowhere/Nothing",
        "env PYTHONHASHSEED=1",
    ],
)
def test_strange_surroundings_are_survived(surroundings: str) -> None:
    python = f"{surroundings} PYTHONPATH={environment()['PYTHONPATH']} {shlex.join(COMMAND)}"
    lines = ("search наджиб --width 80", "export ics --from today-1m")
    script = " && ".join(f"{python} {line}" for line in lines)
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, env=environment(), check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_folder_that_is_gone_is_no_trouble_unless_it_is_written_to(tmp_path: Path) -> None:
    done = shell(
        f"mkdir {tmp_path}/gone; cd {tmp_path}/gone; rmdir {tmp_path}/gone; withdrawal timeline -n 1 --fields id"
    )
    assert (done.returncode, done.stderr) == (0, b"")
    done = shell(
        f"mkdir {tmp_path}/gone; cd {tmp_path}/gone; rmdir {tmp_path}/gone; withdrawal timeline -o x.csv"
    )
    assert done.returncode == 1
    assert (
        done.stderr
        == b"withdrawal: x.csv: the file cannot be written (No such file or directory)\n"
    )


@pytest.mark.parametrize("line", EVERY, ids=lambda line: " ".join(line[:2]))
def test_words_that_are_not_utf8_are_answered_or_refused(line: Line) -> None:
    strange = ("--match", "\udcff") if line[0] in ("export", "timeline", "people") else ("\udcff",)
    outcome = ask_about_the_war(line, *strange)
    hold_to_promises(outcome, line)
